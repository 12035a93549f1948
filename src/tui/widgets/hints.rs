//! Which keys there are, on one line. It knows no screen, and not what they do.

use ratatui::text::{Line, Span};

use super::text::width;
use crate::tui::theme::Theme;

/// As many whole hints as fit. The first two go before the last two, which lead
/// out and to help, and these before what stands between.
#[must_use]
pub fn hint_line(hints: &[(String, &'static str)], room: u16, theme: &Theme) -> Line<'static> {
    const GAP: u16 = 3;
    let count = hints.len();
    let last = count.saturating_sub(2).max(2);
    let by_weight = (0..count.min(2))
        .chain((last..count).rev())
        .chain(2..last.min(count));
    let mut shown = vec![false; count];
    let mut used = 0;
    for index in by_weight {
        let Some(((key, word), shown)) = hints.get(index).zip(shown.get_mut(index)) else {
            continue;
        };
        let gap = if used == 0 { 0 } else { GAP };
        let wide = gap + width(key) + 1 + width(word);
        if used + wide > room {
            // What stands between ends at the first that has no room.
            if index >= 2 && index < last {
                break;
            }
            continue;
        }
        used += wide;
        *shown = true;
    }
    let mut spans = Vec::new();
    for ((key, word), _) in hints.iter().zip(shown).filter(|(_, shown)| *shown) {
        let gap = if spans.is_empty() { "" } else { "   " };
        spans.push(Span::styled(format!("{gap}{key} "), theme.text()));
        spans.push(Span::styled(*word, theme.dim()));
    }
    Line::from(spans)
}
