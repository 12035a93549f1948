//! The card that the client takes home: what to do and what not, and until
//! when. It knows no clock and no file, and nothing of how the session went:
//! that is for the therapist alone.

use jiff::civil::DateTime;
use jiff::{ToSpan, ZonedDateTime};

use crate::markup;
use crate::routine::Aftercare;
use crate::routine::text::printable;

const TITLE: &str = "After your massage";

/// A client's card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What it says.
    pub aftercare: Aftercare,
    /// The day and hour until which it holds, on the client's clock; without
    /// one only for how long.
    pub until: Option<DateTime>,
}

/// A list of the card under its heading.
struct Section<'a> {
    heading: &'static str,
    lines: &'a [String],
}

impl Section<'_> {
    /// The list in HTML; nothing where it is empty.
    fn html(&self) -> String {
        if self.lines.is_empty() {
            return String::new();
        }
        let items: Vec<String> = self
            .lines
            .iter()
            .map(|line| format!("<li>{}</li>\n", markup::html(line)))
            .collect();
        let items = items.concat();
        let heading = self.heading;
        format!("<section>\n<h2>{heading}</h2>\n<ul>\n{items}</ul>\n</section>\n")
    }
}

impl Card {
    /// The card as it is handed over at `end`, when the session is over.
    #[must_use]
    pub fn handed_over(aftercare: Aftercare, end: &ZonedDateTime) -> Self {
        let until = end
            .checked_add(i64::from(aftercare.for_hours).hours())
            .ok()
            .map(|until| until.datetime());
        Self { aftercare, until }
    }

    /// For how long, and until when: `For the first 24 hours, until Tuesday 24
    /// November, 15:02`.
    #[must_use]
    pub fn holds(&self) -> String {
        match self.until_words() {
            Some(until) => format!("{}, until {until}", self.span()),
            None => self.span(),
        }
    }

    fn span(&self) -> String {
        match self.aftercare.for_hours {
            1 => "For the first hour".to_owned(),
            hours => format!("For the first {hours} hours"),
        }
    }

    /// The day and hour: `Tuesday 24 November, 15:02`.
    #[must_use]
    pub fn until_words(&self) -> Option<String> {
        self.until
            .map(|until| until.strftime("%A %-d %B, %H:%M").to_string())
    }

    /// The lists that have something in them.
    fn sections(&self) -> impl Iterator<Item = Section<'_>> {
        [self.recommend(), self.avoid(), self.caution()]
            .into_iter()
            .filter(|section| !section.lines.is_empty())
    }

    fn recommend(&self) -> Section<'_> {
        Section {
            heading: "Do",
            lines: &self.aftercare.recommend,
        }
    }

    fn avoid(&self) -> Section<'_> {
        Section {
            heading: "Do not",
            lines: &self.aftercare.avoid,
        }
    }

    fn caution(&self) -> Section<'_> {
        Section {
            heading: "Take care",
            lines: &self.aftercare.caution,
        }
    }

    /// The note's lines.
    fn note(&self) -> impl Iterator<Item = &str> {
        self.aftercare.note.trim().lines().map(str::trim_end)
    }

    /// Plain text, ending in a line break. Lines are as long as they are: a
    /// message or a mail wraps them itself.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = vec![TITLE.to_uppercase(), self.holds()];
        for section in self.sections() {
            lines.extend([String::new(), section.heading.to_owned()]);
            let items = section.lines.iter();
            lines.extend(items.map(|line| format!("  - {}", printable(line))));
        }
        lines.push(String::new());
        lines.extend(self.note().map(printable));
        lines.join("\n") + "\n"
    }

    /// Markdown, ending in a line break.
    #[must_use]
    pub fn markdown(&self) -> String {
        let holds = markup::markdown(&self.holds());
        let mut lines = vec![format!("# {TITLE}\n\n**{holds}**")];
        for section in self.sections() {
            lines.push(format!("\n## {}\n", section.heading));
            let items = section.lines.iter();
            lines.extend(items.map(|line| format!("- {}", markup::markdown(line))));
        }
        let note: Vec<String> = self.note().map(markup::markdown).collect();
        // Two spaces at a line's end break the line.
        lines.extend([String::new(), note.join("  \n")]);
        lines.join("\n") + "\n"
    }

    /// One page of HTML that needs nothing else and prints on one sheet of A5
    /// or Letter, unless it says more than anyone would read.
    #[must_use]
    pub fn html(&self) -> String {
        let note: Vec<String> = self.note().map(markup::html).collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{TITLE}</title>\n<style>\n{style}@media print {{ body {{ font-size: {size}pt; }} }}\n</style>\n</head>\n\
             <body>\n<main>\n<header>\n<h1>{TITLE}</h1>\n<p>{span}</p>\n</header>\n\
             <div class=\"lists\">\n{recommend}{avoid}</div>\n{caution}\
             <p class=\"note\">{note}</p>\n\
             <footer>Your therapist <span></span></footer>\n\
             </main>\n</body>\n</html>\n",
            style = include_str!("card/card.css"),
            size = self.print_size(),
            span = match self.until_words() {
                Some(until) => format!(
                    "{}, <strong>until {}</strong>",
                    self.span(),
                    markup::html(&until)
                ),
                None => self.span(),
            },
            recommend = self.recommend().html(),
            avoid = self.avoid().html(),
            caution = self.caution().html(),
            note = note.join("<br>\n"),
        )
    }

    /// The largest type, in points, in which everything should stand on a
    /// sheet of A5 with the margins of the style sheet.
    fn print_size(&self) -> usize {
        (7..=14)
            .rev()
            .find(|&size| self.height(size) <= Self::SHEET_HEIGHT)
            .unwrap_or(6)
    }

    /// What the margins leave of a sheet of A5, in points: 124 by 186 mm, and
    /// a little less, since words do not end where lines do.
    const SHEET_WIDTH: usize = 351;
    const SHEET_HEIGHT: usize = 510;

    /// How high the card becomes on that sheet with type of `size`, both in
    /// points, as the style sheet spaces it.
    fn height(&self, size: usize) -> usize {
        // All in hundredths of an em. A letter is about half as wide as the
        // type is high.
        let lines = |text: &str, width: usize| {
            let letters = (width / 50).max(1);
            text.chars().count().div_ceil(letters).max(1)
        };
        let list = |items: &[String], width: usize| match items {
            [] => 0,
            items => {
                let each = items.iter().map(|item| 135 * lines(item, width) + 35);
                260 + each.sum::<usize>()
            }
        };
        let width = Self::SHEET_WIDTH * 100 / size;
        let column = width.saturating_sub(200) / 2;
        let Aftercare {
            recommend,
            avoid,
            caution,
            ..
        } = &self.aftercare;
        let note = self.note().map(|line| 150 * lines(line, width * 10 / 11));
        let head_and_foot = 480 + 220 + 400;
        let height = head_and_foot
            + list(recommend, column - 110).max(list(avoid, column - 110))
            + list(caution, width - 110)
            + note.sum::<usize>();
        height * size / 100
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Card {
        Card {
            aftercare: Aftercare::default(),
            until: Some(jiff::civil::date(2026, 11, 24).at(15, 2, 0, 0)),
        }
    }

    #[test]
    fn it_says_until_which_day_and_hour() {
        assert_eq!(
            card().holds(),
            "For the first 24 hours, until Tuesday 24 November, 15:02"
        );
        let mut card = card();
        card.aftercare.for_hours = 1;
        card.until = None;
        assert_eq!(card.holds(), "For the first hour");
    }

    #[test]
    fn hours_are_counted_on_the_clock_even_where_it_is_put_back() {
        let end: ZonedDateTime = "2026-10-24T20:00[Europe/Berlin]".parse().unwrap();
        let card = Card::handed_over(Aftercare::default(), &end);
        assert_eq!(
            card.until_words().as_deref(),
            Some("Sunday 25 October, 19:00")
        );
    }

    #[test]
    fn every_form_has_every_item_under_its_heading() {
        let card = card();
        let Aftercare {
            recommend,
            avoid,
            caution,
            note,
            ..
        } = &card.aftercare;
        let plain = |text: String| text.replace('\\', "");
        for text in [card.text(), plain(card.markdown()), card.html()] {
            let mut from = 0;
            let mut follows = |part: &str| {
                let found = text.get(from..).unwrap().find(part);
                from += found.unwrap_or_else(|| panic!("{part:?} does not follow in {text}"));
            };
            follows("Tuesday 24 November, 15:02");
            for (heading, items) in [("Do", recommend), ("Do not", avoid), ("Take care", caution)] {
                follows(heading);
                for item in items {
                    follows(item);
                }
            }
            follows(note);
        }
    }

    #[test]
    fn nothing_on_it_marks_up_the_page_or_commands_a_terminal() {
        let mut card = card();
        card.aftercare.avoid = vec!["<script>\u{1b}[2J</script> & *stars*".to_owned()];
        card.aftercare.note = "One\nTwo\u{202e}".to_owned();
        assert!(
            card.html()
                .contains("&lt;script&gt;\\u{1b}[2J&lt;/script&gt; &amp; *stars*")
        );
        assert!(card.html().contains("One<br>\nTwo\\u{202e}"));
        assert!(card.markdown().contains("\\*stars\\*"));
        for text in [card.text(), card.markdown(), card.html()] {
            assert!(!text.contains(|c: char| c != '\n' && crate::routine::text::is_unsafe(c)));
        }
    }

    #[test]
    fn a_list_without_items_has_no_heading() {
        let mut card = card();
        card.aftercare.avoid = Vec::new();
        for text in [card.text(), card.markdown(), card.html()] {
            assert!(!text.contains("Do not"), "{text}");
        }
    }

    #[test]
    fn more_text_is_set_in_smaller_type() {
        let usual = card();
        let mut long = card();
        long.aftercare.caution = vec!["Something to be careful with. ".repeat(8); 8];
        assert!(usual.print_size() >= 11);
        assert!(long.print_size() < usual.print_size());
        assert!(long.height(long.print_size()) <= Card::SHEET_HEIGHT);
    }
}
