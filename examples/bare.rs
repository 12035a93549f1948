//! The least that a full-screen program by the same library can cost: it wakes
//! once a second, draws the seconds and a bar, and ends with `q`. `scripts/measure`
//! sets the product's figures beside this one's.

use std::time::{Duration, Instant};

use crossterm::event::{self, Event, KeyCode};
use ratatui::layout::{Constraint, Layout};
use ratatui::widgets::{Block, Gauge, Paragraph};

#[expect(
    clippy::disallowed_methods,
    reason = "a program of its own, and all of it a shell"
)]
fn main() -> std::io::Result<()> {
    let begun = Instant::now();
    let mut terminal = ratatui::try_init()?;
    let mut pressed = 0_u32;
    loop {
        let seconds = begun.elapsed().as_secs();
        terminal.draw(|frame| {
            let [lines, bar] =
                Layout::vertical([Constraint::Min(3), Constraint::Length(3)]).areas(frame.area());
            frame.render_widget(
                Paragraph::new(format!("{seconds} s, {pressed} keys")).block(Block::bordered()),
                lines,
            );
            let share = u16::try_from(seconds % 60 * 100 / 60).unwrap_or(100);
            frame.render_widget(Gauge::default().percent(share), bar);
        })?;
        let next = Duration::from_secs(seconds + 1);
        if event::poll(next.saturating_sub(begun.elapsed()))?
            && let Event::Key(key) = event::read()?
        {
            if key.code == KeyCode::Char('q') {
                break;
            }
            pressed += 1;
        }
    }
    ratatui::try_restore()
}
