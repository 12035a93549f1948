//! A shift for the eye: the edge of the screen swells and fades, slowly,
//! where the ear can't have it. Never a flash.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::theme::Theme;

/// How long a swell lasts.
pub const LASTS: Duration = Duration::from_secs(2);
/// How bright it is, of the brightest there is, until so many eighths of its time:
/// seen, not startling, and to the eye the weaker light is halfway. The steps are
/// few, so that it costs little; what is drawn within one, for the clock's sake or
/// the breath pacer's, leaves the edge alone. It begins a little after the shift,
/// whose picture is written without changing colours in each row then.
const STEPS: [(u32, f32); 4] = [(1, 0.0), (3, 0.3), (6, 0.7), (8, 0.3)];

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
        let mut steps = ends().zip(STEPS);
        steps.find_map(|(end, (_, strength))| (age < end).then_some(strength))
    }

    /// When it looks different next.
    #[must_use]
    pub fn next_change(self, now: Duration) -> Option<Duration> {
        let age = now.checked_sub(self.began)?;
        ends().find(|&end| end > age).map(|end| self.began + end)
    }

    /// Draws it on the empty cells of the edge of `area`.
    pub fn render(self, now: Duration, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let Some(strength) = self.strength(now).filter(|&strength| strength > 0.0) else {
            return;
        };
        let (symbol, style) = theme.swell(strength);
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

/// When each step ends, since it began.
fn ends() -> impl Iterator<Item = Duration> {
    STEPS.into_iter().map(|(end, _)| LASTS * end / 8)
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
        assert_eq!(at(300), at(1999));
        assert!(at(0) < at(300) && at(300) < at(1000));
        assert_eq!(at(2000), None);
        assert_eq!(
            swell.next_change(Duration::from_millis(5100)),
            Some(Duration::from_secs(5) + LASTS / 8)
        );
        assert_eq!(swell.next_change(Duration::from_secs(7)), None);
    }
}
