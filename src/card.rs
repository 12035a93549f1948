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
        let span = match self.aftercare.for_hours {
            1 => "For the first hour".to_owned(),
            hours => format!("For the first {hours} hours"),
        };
        match self.until_words() {
            Some(until) => format!("{span}, until {until}"),
            None => span,
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
             <body>\n<main>\n<header>\n<h1>{TITLE}</h1>\n<p>{holds}</p>\n</header>\n\
             <div class=\"lists\">\n{recommend}{avoid}</div>\n{caution}\
             <p class=\"note\">{note}</p>\n\
             <footer>Your therapist <span></span></footer>\n\
             </main>\n</body>\n</html>\n",
            style = include_str!("card/card.css"),
            size = self.print_size(),
            holds = markup::html(&self.holds()),
            recommend = self.recommend().html(),
            avoid = self.avoid().html(),
            caution = self.caution().html(),
            note = note.join("<br>\n"),
        )
    }

    /// The largest type, in points, in which everything should stand on a
    /// sheet of A5 with the margins of the style sheet.
    fn print_size(&self) -> u32 {
        /// 124 by 186 mm, in points, less the head, the note's rule and the
        /// line for the name, which are in ems.
        const WIDTH: usize = 351;
        const HEIGHT: usize = 527;
        const FURNITURE_EMS: usize = 15;
        // A letter is about half as wide as the type is high; a line with its
        // leading about one and a half times as high.
        let fits = |size: usize| {
            let across = |text: &str, width: usize| {
                let letters = (2 * width / size).max(1);
                text.chars().count().div_ceil(letters).max(1)
            };
            let list = |lines: &[String], width: usize| -> usize {
                lines.iter().map(|line| across(line, width)).sum::<usize>() + 2
            };
            let Aftercare {
                recommend,
                avoid,
                caution,
                ..
            } = &self.aftercare;
            let column = WIDTH / 2 - 2 * size;
            let lines = list(recommend, column).max(list(avoid, column))
                + list(caution, WIDTH - size)
                + self.note().map(|line| across(line, WIDTH)).sum::<usize>();
            (FURNITURE_EMS * size) + lines * size * 3 / 2 <= HEIGHT
        };
        (7..=12).rev().find(|&size| fits(size)).map_or(6, |size| {
            // From 7 to 12.
            u32::try_from(size).unwrap_or(12)
        })
    }
}
