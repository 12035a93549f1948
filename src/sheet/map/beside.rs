//! Numbers beside a figure, each with a line to what it means. It knows heights
//! and texts, no body. Lengths are in thousandths of a body height.

use std::fmt::Write as _;

use crate::figure::shape::Point;

/// From one line of numbers to the next.
const LINE: f64 = 80.0;
/// The letters' height above their line's foot.
pub(super) const RISE: f64 = 26.0;
/// The most characters of numbers in a line, and lines.
const WIDEST: usize = 8;
const MOST_LINES: usize = 3;

/// Numbers beside the figure.
pub(super) struct Label {
    /// Where its line ends, on the page.
    pub(super) end: Point,
    pub(super) lines: Vec<String>,
    pub(super) top: f64,
}

impl Label {
    fn height(&self) -> f64 {
        LINE * f64::from(u32::try_from(self.lines.len()).unwrap_or(1))
    }

    pub(super) fn drawn(&self, x: f64, page: f64, anchor: &str) -> String {
        let (to_x, to_y) = self.end;
        let from_y = self.top + LINE / 2.0;
        let mut text = format!(
            "<path d=\"M{:.0} {from_y:.0}L{to_x:.0} {to_y:.0}\"/>\
             <circle cx=\"{to_x:.0}\" cy=\"{to_y:.0}\" r=\"8\"/>",
            x - page * 12.0
        );
        let mut y = from_y + RISE;
        for line in &self.lines {
            let _ = write!(
                text,
                "<text x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"{anchor}\">{line}</text>"
            );
            y += LINE;
        }
        text.push('\n');
        text
    }
}

/// Each label near its region's height, none upon another, none beyond the
/// figure's foot while there is room above.
pub(super) fn spread(labels: &mut [Label], high: f64) {
    labels.sort_by(|a, b| a.end.1.total_cmp(&b.end.1));
    let mut free = 0.0_f64;
    for label in labels.iter_mut() {
        label.top = (label.end.1 - label.height() / 2.0).max(free);
        free = label.top + label.height();
    }
    let mut foot = high;
    for label in labels.iter_mut().rev() {
        label.top = label.top.min(foot - label.height()).max(0.0);
        foot = label.top;
    }
}

/// Numbers in lines that fit beside the figure; what is left out has an
/// ellipsis, and stands in the table.
pub(super) fn lines(numbers: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for span in numbers.split(", ") {
        match lines.last_mut() {
            Some(line) if line.chars().count() + span.chars().count() + 2 <= WIDEST => {
                let _ = write!(line, ", {span}");
            }
            Some(line) => {
                line.push(',');
                lines.push(span.to_owned());
            }
            None => lines.push(span.to_owned()),
        }
    }
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(line) = lines.last_mut() {
            let kept = line.trim_end_matches(',').len();
            line.truncate(kept);
            line.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_beside_each_other_never_on_each_other() {
        let label = |y: f64, count: usize| Label {
            end: (0.0, y),
            lines: vec!["12, 13".to_owned(); count],
            top: 0.0,
        };
        let mut labels = vec![
            label(980.0, 2),
            label(970.0, 1),
            label(500.0, 1),
            label(10.0, 1),
        ];
        labels.extend([label(505.0, 3), label(990.0, 1)]);
        spread(&mut labels, 1037.0);
        for pair in labels.windows(2) {
            assert!(pair[0].top + pair[0].height() <= pair[1].top + 0.001);
        }
        let last = labels.last().unwrap();
        assert!(labels[0].top >= 0.0 && last.top + last.height() <= 1037.001);
    }

    #[test]
    fn many_numbers_stand_in_a_few_short_lines() {
        assert_eq!(lines("7"), ["7"]);
        assert_eq!(lines("34, 35"), ["34, 35"]);
        assert_eq!(lines("15, 18, 21, 24"), ["15, 18,", "21, 24"]);
        let many = lines("101, 103, 105, 107, 109, 111, 113");
        assert_eq!(many, ["101, 103,", "105, 107,", "109, 111…"]);
    }
}
