//! The line at the bottom of the session screen: what just happened, what is
//! wrong, or which keys there are; and what can be offered now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::{SessionScreen, View};
use crate::routine::vocabulary::Side;
use crate::session::Timing;
use crate::tui::widgets::hints::hint_line;
use crate::tui::widgets::text::{fit_parts, width};

/// What stands at the bottom.
#[derive(Debug)]
pub enum Foot<'a> {
    /// Something just happened.
    Notice(&'a str),
    /// Something is wrong that lasts.
    Trouble(&'a str),
    /// Which keys there are.
    Hints(Vec<(String, &'static str)>),
}

impl SessionScreen<'_> {
    /// Whether the offer stands here: a step that lingers has it beside what is
    /// said of that.
    pub(super) fn offers_in_foot(&self) -> bool {
        let lingers = self
            .live
            .session()
            .visit()
            .is_some_and(|visit| visit.timing == Timing::Lingering);
        self.even.is_some() && !lingers
    }

    /// The line at the bottom; what can be offered now stands beside a line
    /// that goes by itself, and before the hints.
    pub(super) fn foot(&self, area: Rect, buf: &mut Buffer) {
        let said = match &self.foot {
            Foot::Notice(line) | Foot::Trouble(line) => *line,
            Foot::Hints(_) => "",
        };
        let first = said.split(" · ").next().map_or(0, width);
        let offer = self
            .even
            .filter(|_| self.offers_in_foot())
            .map(offer)
            .filter(|offer| first + 3 + width(offer) <= area.width);
        let taken = offer.as_deref().map_or(0, |offer| width(offer) + 3);
        let room = area.width.saturating_sub(taken);
        let mut line = match &self.foot {
            Foot::Notice(notice) => Line::styled(fit_parts(notice, room), self.theme.bright()),
            Foot::Trouble(trouble) => Line::styled(fit_parts(trouble, room), self.theme.warn()),
            Foot::Hints(_) if self.view == View::Bare => Line::default(),
            Foot::Hints(hints) => hint_line(hints, room, self.theme),
        };
        if let Some(offer) = offer {
            let offer = Span::styled(offer, self.theme.bright());
            match self.foot {
                Foot::Hints(_) => {
                    line.spans.insert(0, Span::raw("   "));
                    line.spans.insert(0, offer);
                }
                Foot::Notice(_) | Foot::Trouble(_) => {
                    line.spans.push(Span::raw("   "));
                    line.spans.push(offer);
                }
            }
        }
        line.render(area, buf);
    }
}

/// That the time added here can be given to the other side too.
pub(super) fn offer(side: Side) -> String {
    format!("e same on {side}")
}
