//! The breath pacer: a slow swell that rises and falls once a stroke. Silent.
//! It is told how far the step is, and knows no clock.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use crate::tui::theme::Theme;

/// The shortest time between two pictures: twelve a second, and no more.
const FRAME: Duration = Duration::from_nanos(1_000_000_000_u64.div_ceil(12));
/// So much after a picture's change it is surely seen, for all rounding.
const SURELY: Duration = Duration::from_millis(1);

/// The pace of a step's strokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    stroke: Duration,
}

/// A swell on the screen, `at` so far into its step.
#[derive(Debug, Clone, Copy)]
pub struct Pacer<'a> {
    /// How long a stroke takes.
    pub pace: Pace,
    /// How far the step is, in real time.
    pub at: Duration,
    /// Colours.
    pub theme: &'a Theme,
}

impl Pace {
    /// The pace at which one stroke takes so long; none for no time at all.
    #[must_use]
    pub fn new(stroke: Duration) -> Option<Self> {
        (!stroke.is_zero()).then_some(Self { stroke })
    }

    /// How far the stroke is, from 0 to 1.
    fn phase(self, at: Duration) -> f64 {
        let within = at.as_nanos() % self.stroke.as_nanos().max(1);
        let within = u64::try_from(within).map_or(Duration::ZERO, Duration::from_nanos);
        within.as_secs_f64() / self.stroke.as_secs_f64()
    }

    /// How far the swell has risen, from 0 to 1: 0 where a stroke begins and
    /// ends, 1 in its middle.
    #[must_use]
    pub fn strength(self, at: Duration) -> f64 {
        (1.0 - (self.phase(at) * std::f64::consts::TAU).cos()) / 2.0
    }

    /// How many of `steps` it shows.
    fn level(self, at: Duration, steps: u32) -> u32 {
        let level = (self.strength(at) * f64::from(steps)).round();
        // Between 0 and a count of steps.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to steps"
        )]
        let level = level as u32;
        level.min(steps)
    }

    /// How far the step is when the picture in `area` looks different next; at
    /// most twelve times a second. None where it never does.
    #[must_use]
    pub fn next_change(self, at: Duration, area: Rect) -> Option<Duration> {
        let steps = Way::of(area).steps(area);
        if steps == 0 {
            return None;
        }
        let phase = self.phase(at);
        let level = f64::from(self.level(at, steps));
        // Where between two steps the level changes, as a part of the stroke:
        // the swell is an even curve, so falling is rising backwards.
        let rises = |level: f64| {
            let strength = (level / f64::from(steps)).clamp(0.0, 1.0);
            (1.0 - 2.0 * strength).acos() / std::f64::consts::TAU
        };
        let top = f64::from(steps);
        let changes = if phase < 0.5 && level < top {
            rises(level + 0.5)
        } else if level > 0.0 {
            1.0 - rises(level - 0.5)
        } else {
            1.0 + rises(0.5)
        };
        let wait = self.stroke.mul_f64((changes - phase).max(0.0)) + SURELY;
        at.checked_add(wait.max(FRAME))
    }
}

/// Which way it grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// A line of one row, from the left.
    Along,
    /// A column, from below.
    Up,
}

impl Way {
    const fn of(area: Rect) -> Self {
        if area.height == 1 {
            Self::Along
        } else {
            Self::Up
        }
    }

    /// How many pictures there are beyond the lowest.
    fn steps(self, area: Rect) -> u32 {
        match self {
            _ if area.is_empty() => 0,
            Self::Along => u32::from(area.width) * 2,
            Self::Up => u32::from(area.height) * 8,
        }
    }
}

const EIGHTHS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

impl Widget for &Pacer<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let way = Way::of(area);
        let level = self.pace.level(self.at, way.steps(area));
        let (low, high) = (self.theme.faint(), self.theme.dim());
        let mut put = |x: u16, y: u16, symbol: &str, style: Style| {
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.set_symbol(symbol).set_style(style);
            }
        };
        match way {
            Way::Along => {
                for (x, left) in (area.left()..area.right()).zip((0..).map(|i| 2 * i)) {
                    match level.saturating_sub(left) {
                        0 => put(x, area.y, "─", low),
                        1 => put(x, area.y, "╾", high),
                        _ => put(x, area.y, "━", high),
                    }
                }
            }
            Way::Up => {
                for (y, below) in (area.top()..area.bottom()).rev().zip((0..).map(|i| 8 * i)) {
                    let eighths = usize::try_from(level.saturating_sub(below)).unwrap_or(0);
                    let symbol = eighths.min(8).checked_sub(1).and_then(|i| EIGHTHS.get(i));
                    for x in area.left()..area.right() {
                        if let Some(symbol) = symbol {
                            put(x, y, symbol, high);
                        } else if below == 0 {
                            // Where it rises from.
                            put(x, y, "▁", low);
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Depth;

    const LINE: Rect = Rect::new(0, 0, 20, 1);
    const COLUMN: Rect = Rect::new(0, 0, 2, 8);

    fn pace(seconds: u64) -> Pace {
        Pace::new(Duration::from_secs(seconds)).unwrap()
    }

    fn drawn(pace: Pace, at: Duration, area: Rect) -> Buffer {
        let mut buf = Buffer::empty(area);
        let theme = Theme::new(Depth::True);
        (&Pacer {
            pace,
            at,
            theme: &theme,
        })
            .render(area, &mut buf);
        buf
    }

    #[test]
    fn it_rises_and_falls_once_a_stroke() {
        let pace = pace(8);
        let at = |ms: u64| pace.strength(Duration::from_millis(ms));
        assert!(at(0) < 0.01 && at(8000) < 0.01 && at(16_000) < 0.01);
        assert!(at(4000) > 0.99 && at(12_000) > 0.99);
        assert!((0..39).all(|i| at(i * 100) < at((i + 1) * 100)));
        assert!((40..79).all(|i| at(i * 100) > at((i + 1) * 100)));
        assert_eq!(Pace::new(Duration::ZERO), None);
    }

    #[test]
    fn the_picture_goes_from_nothing_to_full() {
        let lines = |at: u64| {
            drawn(pace(8), Duration::from_secs(at), LINE)
                .content()
                .iter()
                .map(ratatui::buffer::Cell::symbol)
                .collect::<String>()
        };
        assert_eq!(lines(0), "─".repeat(20));
        assert_eq!(lines(4), "━".repeat(20));
        assert_eq!(lines(2), "━".repeat(10) + &"─".repeat(10));
        let full = drawn(pace(8), Duration::from_secs(4), COLUMN);
        assert!(full.content().iter().all(|cell| cell.symbol() == "█"));
    }

    #[test]
    fn it_is_drawn_when_it_looks_different_and_seldom() {
        for (seconds, area) in [(8, LINE), (8, COLUMN), (3, LINE), (12, COLUMN), (1, COLUMN)] {
            let pace = pace(seconds);
            let until = Duration::from_secs(seconds * 5);
            let (mut at, mut wakes, mut idle) = (Duration::ZERO, 0_u64, 0);
            while at < until {
                let next = pace.next_change(at, area).unwrap();
                assert!(next >= at + FRAME);
                // Nothing has been missed by more than a frame.
                if next > at + FRAME + SURELY {
                    let before = next.saturating_sub(SURELY * 3);
                    assert_eq!(drawn(pace, at, area), drawn(pace, before, area));
                }
                idle += u64::from(drawn(pace, at, area) == drawn(pace, next, area));
                wakes += 1;
                at = next;
            }
            assert!(wakes <= until.as_secs() * 12, "{wakes} in {until:?}");
            assert!(idle * 10 <= wakes, "{idle} of {wakes} show nothing new");
        }
    }

    #[test]
    fn where_nothing_is_drawn_nothing_wakes() {
        for area in [Rect::ZERO, Rect::new(0, 0, 0, 1), Rect::new(0, 0, 3, 0)] {
            assert_eq!(pace(8).next_change(Duration::ZERO, area), None);
            drawn(pace(8), Duration::from_secs(1), area);
        }
        let long = Pace::new(Duration::MAX).unwrap();
        assert!(long.strength(Duration::MAX) <= 1.0);
        let _ = long.next_change(Duration::MAX, LINE);
    }
}
