//! Beside the table: the fields of the cursor's row, and where it is worked on the client.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::Designer;
use super::fields::Fields;
use crate::routine::vocabulary::{Region, Side};
use crate::tui::theme::Theme;
use crate::tui::widgets::body::{BodyMap, Head, Spot};

impl Designer {
    pub(super) fn render_aside(
        &self,
        fields: Option<&Fields>,
        area: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        head: Head,
    ) {
        let wanted = self.design.fields(self.design.cursor()).len() + 2;
        let wanted = u16::try_from(wanted).unwrap_or(u16::MAX);
        let spot = self.spot();
        let least = BodyMap::SMALLEST.1;
        let has_body = spot.is_some() && area.height > least + 4;
        let height = if has_body {
            wanted.min(area.height - least)
        } else {
            area.height
        };
        self.render_fields(fields, Rect { height, ..area }, buf, theme);
        if !has_body {
            return;
        }
        let map = BodyMap {
            position: self.position_here(),
            head,
            now: spot,
            next: None,
            worked: &[],
            theme,
        };
        map.render(
            Rect {
                y: area.y + height,
                height: area.height - height,
                ..area
            },
            buf,
        );
    }

    /// Where the cursor's step is worked.
    fn spot(&self) -> Option<Spot> {
        let row = self.design.cursor();
        let word = |field: &str| {
            let field = self.design.field(row, field)?;
            Some(field.typed())
                .filter(|typed| !typed.is_empty())
                .or(field.inherited)
        };
        let region = |field: &str| {
            let word = word(field)?;
            Region::ALL
                .iter()
                .copied()
                .find(|known| known.word() == word)
        };
        let side = word("side");
        Some(Spot {
            region: region("region")?,
            side: Side::ALL
                .iter()
                .copied()
                .find(|known| Some(known.word()) == side.as_deref()),
            toward: region("toward"),
        })
    }
}
