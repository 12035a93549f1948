//! How a screen divides its window: room at its sides, a head, what it shows,
//! and a foot. It knows cells alone.

use ratatui::layout::{Constraint, Layout, Margin, Rect};

/// The bands of a window that shows one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bands {
    /// What it is.
    pub head: Rect,
    /// What it shows.
    pub body: Rect,
    /// The keys.
    pub foot: Rect,
}

impl Bands {
    /// Those of `area`.
    #[must_use]
    pub fn of(area: Rect) -> Self {
        let [head, body, foot] = Layout::vertical([
            Constraint::Length(if area.height >= 14 { 2 } else { 1 }),
            Constraint::Min(1),
            Constraint::Length(1),
        ])
        .areas(within(area));
        Self { head, body, foot }
    }
}

/// `area` without the room at its sides, which a narrow window can't spare.
#[must_use]
pub fn within(area: Rect) -> Rect {
    let margin = if area.width >= 60 { 2 } else { 0 };
    area.inner(Margin::new(margin, 0))
}
