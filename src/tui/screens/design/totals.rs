//! What the routine comes to: its length against what it is meant to last, each region's share, left
//! against right.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Designer;
use crate::plan::Plan;
use crate::routine::time::{self, clock};
use crate::routine::vocabulary::{Region, Side};
use crate::tui::theme::Theme;
use crate::tui::widgets::text::fit_parts;

/// Time by region and by side.
#[derive(Debug, Clone, Default)]
pub(super) struct Shares {
    /// The longest first.
    regions: Vec<(Region, Duration)>,
    left: Duration,
    right: Duration,
    /// All that is worked, without transitions.
    worked: Duration,
}

impl Shares {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut regions: BTreeMap<Region, Duration> = BTreeMap::new();
        let mut shares = Self::default();
        for segment in &plan.segments {
            let Some(region) = segment.region() else {
                continue;
            };
            *regions.entry(region).or_default() += segment.time;
            shares.worked += segment.time;
            match segment.side {
                Some(Side::Left) => shares.left += segment.time,
                Some(Side::Right) => shares.right += segment.time,
                _ => {}
            }
        }
        shares.regions = regions.into_iter().collect();
        shares
            .regions
            .sort_by_key(|(_, time)| std::cmp::Reverse(*time));
        shares
    }
}

impl Designer {
    pub(super) fn render_totals(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let rows = [self.length_line(), self.sides_line(), self.regions_line()];
        // The first row stands empty where there is room for it.
        let skip = u16::from(area.height > 3);
        for (y, line) in (area.y + skip..area.bottom()).zip(rows) {
            let line = fit_parts(&line, area.width);
            let style = if y == area.y + skip {
                theme.text()
            } else {
                theme.dim()
            };
            buf.set_string(area.x, y, line, style);
        }
    }

    fn length_line(&self) -> String {
        let total = self.design.total();
        let mut parts = vec![clock(total.length)];
        let meant = self.design.written(0, "length");
        if let Some(meant) = meant.and_then(|meant| time::parse(&meant).ok()) {
            let off = clock(total.length.abs_diff(meant));
            parts = vec![
                format!("{} of {}", clock(total.length), clock(meant)),
                match total.length.cmp(&meant) {
                    Ordering::Greater => format!("{off} too long"),
                    Ordering::Less => format!("{off} still free"),
                    Ordering::Equal => "as meant".to_owned(),
                },
            ];
        }
        let steps = if total.steps == 1 { "step" } else { "steps" };
        parts.push(format!("{} {steps}", total.steps));
        if total.unread > 0 {
            let unread = total.unread;
            parts.push(format!("{unread} without a time that can be read"));
        }
        parts.join(" · ")
    }

    fn sides_line(&self) -> String {
        let Shares {
            left,
            right,
            worked,
            ..
        } = self.shares;
        if left.is_zero() && right.is_zero() {
            return format!("{} worked", clock(worked));
        }
        let against = if left == right {
            "even".to_owned()
        } else {
            let more = if left > right { "left" } else { "right" };
            format!("{} more on the {more}", clock(left.abs_diff(right)))
        };
        format!("left {} · right {} · {against}", clock(left), clock(right))
    }

    fn regions_line(&self) -> String {
        let all = self.shares.worked.as_secs().max(1);
        let shares = self.shares.regions.iter();
        let shares = shares.map(|(region, time)| {
            let percent = (time.as_secs() * 100 + all / 2) / all;
            format!("{region} {} {percent} %", clock(*time))
        });
        shares.collect::<Vec<_>>().join(" · ")
    }
}
