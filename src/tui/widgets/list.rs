//! A list with one marked entry that is always in view. It knows entries by
//! their number alone.

use ratatui::layout::{Position, Rect};

/// Which entry is marked, and which one stands at the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marked {
    /// The marked entry, from 0.
    pub index: usize,
}

/// A way to move the mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// By so many entries, up if negative.
    By(isize),
    /// To the first.
    First,
    /// To the last.
    Last,
}

impl Marked {
    /// Moves the mark in a list of `count`.
    pub fn go(&mut self, to: Move, count: usize) {
        let last = count.saturating_sub(1);
        self.index = match to {
            Move::By(by) => self.index.saturating_add_signed(by).min(last),
            Move::First => 0,
            Move::Last => last,
        };
    }

    /// The entry at the top of a window of `rows`.
    #[must_use]
    pub const fn top(self, count: usize, rows: usize) -> usize {
        let most = count.saturating_sub(rows);
        let wanted = self.index.saturating_sub(rows / 2);
        if wanted < most { wanted } else { most }
    }

    /// The entry under the mouse, in a list of `count` drawn in `area` a row
    /// each.
    #[must_use]
    pub fn hit(self, area: Rect, at: Position, count: usize) -> Option<usize> {
        if !area.contains(at) {
            return None;
        }
        let index = self.top(count, usize::from(area.height)) + usize::from(at.y - area.y);
        (index < count).then_some(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stays_in_the_list_and_in_view() {
        let mut marked = Marked::default();
        marked.go(Move::By(-1), 5);
        assert_eq!(marked.index, 0);
        marked.go(Move::By(99), 5);
        assert_eq!(marked.index, 4);
        for index in 0..50 {
            let top = Marked { index }.top(50, 10);
            assert!((top..top + 10).contains(&index), "{index}: {top}");
        }
    }

    #[test]
    fn a_click_finds_what_is_under_it() {
        let area = Rect::new(2, 3, 20, 10);
        let marked = Marked { index: 30 };
        let top = marked.top(50, 10);
        assert_eq!(marked.hit(area, Position::new(5, 4), 50), Some(top + 1));
        assert_eq!(marked.hit(area, Position::new(0, 4), 50), None);
        assert_eq!(Marked::default().hit(area, Position::new(5, 8), 3), None);
    }
}
