//! The sheet to hold: a routine's plan on paper, for who learns it and for who
//! teaches it, as one page of HTML that needs nothing else. It knows no clock,
//! no date and no session. What is for the client stands on a card of its own.

mod before;
mod map;
mod phase;
mod totals;

use std::time::Duration;

use crate::markup::html;
use crate::plan::{Plan, Segment};
use crate::preflight::Lists;
use crate::routine::Routine;
use crate::routine::time::{clock, round_seconds, units};

/// What a sheet shows.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// Whose sheet it is.
    pub routine: &'a Routine,
    /// Its plan, fitted or as written.
    pub plan: &'a Plan,
    /// What is looked at before.
    pub lists: &'a Lists,
}

/// A phase's steps, each with the time at which it opens.
type Placed<'a> = [(Duration, &'a Segment)];

impl Sheet<'_> {
    /// The page, ending in a line break.
    #[must_use]
    pub fn html(&self) -> String {
        let name = html(&self.routine.name);
        let placed: Vec<(Duration, &Segment)> = self.plan.placed().collect();
        let phases: Vec<&Placed> = placed
            .chunk_by(|(_, one), (_, next)| one.phase == next.phase)
            .collect();
        let drawn: Vec<String> = phases
            .iter()
            .enumerate()
            .map(|(index, steps)| phase::section(self.plan, index + 1, steps))
            .collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{name}</title>\n<style>\n{style}</style>\n</head>\n<body>\n\
             {outlines}<main>\n{head}<div class=\"overview\">\n{glance}{totals}</div>\n{before}{phases}\
             </main>\n</body>\n</html>\n",
            style = include_str!("sheet/sheet.css"),
            outlines = map::outlines(self.plan),
            head = self.head(),
            glance = self.glance(&phases),
            before = before::section(self.lists),
            phases = drawn.concat(),
            totals = totals::section(self.plan),
        )
    }

    /// The routine's name, and what it says of itself.
    fn head(&self) -> String {
        let mut facts = vec![format!("<strong>{}</strong>", long(self.plan.length()))];
        let written = Plan::whole(self.routine).length();
        if round_seconds(written) != round_seconds(self.plan.length()) {
            facts.push(format!("{} as written", long(written)));
        }
        facts.push(match self.plan.segments.len() {
            1 => "1 step".to_owned(),
            steps => format!("{steps} steps"),
        });
        facts.extend(self.routine.level.map(|level| level.human().to_owned()));
        let author = self.routine.author.as_deref();
        facts.extend(author.map(|author| format!("by {}", html(author))));
        let about = match self.routine.description.as_deref().map(str::trim) {
            Some(text) if !text.is_empty() => {
                let lines: Vec<String> = text.lines().map(html).collect();
                format!("<p class=\"about\">{}</p>\n", lines.join("<br>\n"))
            }
            _ => String::new(),
        };
        format!(
            "<header>\n<h1>{}</h1>\n<p class=\"facts\">{}</p>\n{about}</header>\n",
            html(&self.routine.name),
            facts.join(", "),
        )
    }

    /// The phases, one a line.
    fn glance(&self, phases: &[&Placed]) -> String {
        let rows: Vec<String> = phases
            .iter()
            .filter_map(|steps| {
                let &(start, first) = steps.first()?;
                let phase = self.plan.phase_of(first)?;
                Some(format!(
                    "<tr><td class=\"time\">{}</td><th scope=\"row\">{}</th><td>{}</td>\
                     <td class=\"number\">{}</td><td class=\"time\">{}</td></tr>\n",
                    clock(round_seconds(start)),
                    html(&phase.name),
                    phase.position,
                    numbers(steps.iter().map(|(_, step)| step.number)),
                    long(steps.iter().map(|(_, step)| step.time).sum()),
                ))
            })
            .collect();
        format!(
            "<section class=\"glance\">\n<h2>At a glance</h2>\n<table>\n<thead>\n<tr>\
             <th scope=\"col\" class=\"time\">Start</th><th scope=\"col\">Phase</th>\
             <th scope=\"col\">The client</th><th scope=\"col\" class=\"number\">Steps</th>\
             <th scope=\"col\" class=\"time\">Length</th></tr>\n</thead>\n<tbody>\n{}</tbody>\n\
             </table>\n<p class=\"aside\">The aftercare card is a sheet of its own, for the client \
             to take home.</p>\n</section>\n",
            rows.concat()
        )
    }
}

/// A span in words, to the second.
fn long(time: Duration) -> String {
    units(round_seconds(time))
}

/// Numbers in rising order, those that follow each other as one span:
/// `2–4, 7`.
fn numbers(rising: impl Iterator<Item = usize>) -> String {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for number in rising {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => spans.push((number, number)),
        }
    }
    let written: Vec<String> = spans
        .iter()
        .map(|&(first, last)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}, {last}"),
            _ => format!("{first}–{last}"),
        })
        .collect();
    written.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_follow_each_other_are_one_span() {
        let written = |all: &[usize]| numbers(all.iter().copied());
        assert_eq!(written(&[]), "");
        assert_eq!(written(&[7]), "7");
        assert_eq!(written(&[2, 3]), "2, 3");
        assert_eq!(written(&[2, 3, 4, 7, 9, 10, 11]), "2–4, 7, 9–11");
    }
}
