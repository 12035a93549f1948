//! A shift for the eye: the edge of the screen swells and fades, slowly,
//! where the ear can't have it. Never a flash.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::theme::Theme;

/// How long a swell lasts.
pub const LASTS: Duration = Duration::from_secs(2);
/// How bright it becomes, of the brightest there is: seen, not startling.
const PEAK: f32 = 0.7;
/// How many pictures it has, with the first, on which there is nothing to see:
/// few enough to cost little.
const PICTURES: u32 = 6;
/// Weaker than this it can't be told from the ground.
const SEEN: f32 = 0.05;

/// A swell that began at some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swell {
    /// When it began, since the program began.
    pub began: Duration,
}

impl Swell {
    /// How strong it is at `now`, from 0 to 1; none when it is over.
    #[must_use]
    pub fn strength(self, now: Duration) -> Option<f32> {
        let age = now.saturating_sub(self.began);
        (age < LASTS).then(|| {
            let phase = age.as_secs_f32() / LASTS.as_secs_f32();
            (phase * std::f32::consts::PI).sin()
        })
    }

    /// When it looks different next.
    #[must_use]
    pub fn next_change(self, now: Duration) -> Option<Duration> {
        let age = now.checked_sub(self.began)?;
        let shown = (1..=PICTURES).map(|picture| LASTS * picture / PICTURES);
        shown.filter(|&at| at > age).min().map(|at| self.began + at)
    }

    /// Draws it on the empty cells of the edge of `area`.
    pub fn render(self, now: Duration, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let strength = self.strength(now).filter(|&strength| strength >= SEEN);
        let Some(strength) = strength.map(|strength| strength * PEAK) else {
            return;
        };
        let symbol = match strength {
            s if s < 0.15 => "░",
            s if s < 0.35 => "▒",
            s if s < 0.55 => "▓",
            _ => "█",
        };
        let style = theme.swell(strength);
        let (right, bottom) = (
            area.right().saturating_sub(1),
            area.bottom().saturating_sub(1),
        );
        // A small window has no free rows at its top and bottom.
        let rows_too = area.width >= 60 && area.height >= 20;
        let edge = |x: u16, y: u16| {
            x == area.x || x == right || (rows_too && (y == area.y || y == bottom))
        };
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                if edge(x, y)
                    && let Some(cell) = buf.cell_mut((x, y))
                    && cell.symbol() == " "
                {
                    cell.set_symbol(symbol).set_style(style);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_swells_and_fades_within_its_time() {
        let swell = Swell {
            began: Duration::from_secs(5),
        };
        let at = |ms: u64| swell.strength(Duration::from_millis(5000 + ms));
        assert!(at(100).unwrap() < 0.2);
        assert!(at(1000).unwrap() > 0.99);
        assert_eq!(at(2000), None);
        assert_eq!(
            swell.next_change(Duration::from_millis(5100)),
            Some(Duration::from_secs(5) + LASTS / 6)
        );
        assert_eq!(swell.next_change(Duration::from_secs(7)), None);
    }
}
