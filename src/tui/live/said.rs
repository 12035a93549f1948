//! What a press came to, in a few words for the screen: what it does to the
//! end by the clock, and to which steps. Parts are set apart by ` · `, the one
//! that counts first: a narrow window shows as many as it has room for.

use std::time::Duration;

use jiff::SignedDuration;

use super::{Answer, Live, Now, signed};
use crate::routine::time::{clock, round_seconds};
use crate::session::{Close, Command, Event, FitResult, Session, State};

/// What a command did to the times.
#[derive(Debug, Clone, Default)]
pub struct Effect {
    /// By how much it ends later; negative for earlier.
    later: SignedDuration,
    /// The steps whose time it changed.
    steps: Vec<Retimed>,
}

/// A step whose time was changed.
#[derive(Debug, Clone)]
struct Retimed {
    name: String,
    from: Duration,
    to: Duration,
}

impl Effect {
    /// What led from one session to the other, at that moment.
    pub(super) fn between(before: &Session, after: &Session, at: Duration) -> Self {
        let remaining = |session: &Session| signed(session.remaining(at));
        let segments = &after.plan().segments;
        let steps = segments.iter().enumerate().filter_map(|(index, segment)| {
            let (from, to) = (before.allotted(index), after.allotted(index));
            (from != to).then(|| Retimed {
                name: segment.name().to_owned(),
                from,
                to,
            })
        });
        Self {
            later: remaining(after) - remaining(before),
            steps: steps.collect(),
        }
    }

    /// "7 steps shorter, 2:10 saved"; none where no step changed.
    fn in_all(&self) -> Option<String> {
        let count = match self.steps.len() {
            0 => return None,
            1 => "1 step".to_owned(),
            count => format!("{count} steps"),
        };
        let by = clock(round_seconds(self.later.unsigned_abs()));
        Some(if self.later.is_negative() {
            format!("{count} shorter, {by} saved")
        } else {
            format!("{count} longer, {by} more")
        })
    }

    /// "Glide 2:00→1:30", the greatest change first; what is the same on both
    /// sides once.
    fn one_by_one(&self) -> Vec<String> {
        let mut groups: Vec<(&Retimed, usize)> = Vec::new();
        for step in &self.steps {
            let same = |other: &Retimed| {
                (&other.name, other.from, other.to) == (&step.name, step.from, step.to)
            };
            match groups.iter_mut().find(|(other, _)| same(other)) {
                Some((_, count)) => *count += 1,
                None => groups.push((step, 1)),
            }
        }
        groups.sort_by_key(|(step, _)| std::cmp::Reverse(step.from.abs_diff(step.to)));
        let time = |time: Duration| clock(round_seconds(time));
        groups
            .into_iter()
            .map(|(step, count)| {
                let times = if count > 1 {
                    format!("{count} × ")
                } else {
                    String::new()
                };
                format!("{times}{} {}→{}", step.name, time(step.from), time(step.to))
            })
            .collect()
    }
}

/// "+30 s", "−1:20"; none for less than half a second.
fn moved(by: SignedDuration) -> Option<String> {
    let time = round_seconds(by.unsigned_abs());
    let sign = if by.is_negative() { '−' } else { '+' };
    match time.as_secs() {
        0 => None,
        seconds @ 1..60 => Some(format!("{sign}{seconds} s")),
        _ => Some(format!("{sign}{}", clock(time))),
    }
}

impl Live {
    /// "ends 15:08"; nothing where no end can be told.
    fn ends_at(&self, now: &Now) -> String {
        self.ends(now).map_or_else(String::new, |ends| {
            format!("ends {}", ends.strftime("%H:%M"))
        })
    }

    /// What a press came to, in a few words for the screen.
    #[must_use]
    pub fn line(&self, answer: &Answer, now: &Now) -> Option<String> {
        let none = Effect::default();
        let effect = answer.effect.as_ref().unwrap_or(&none);
        let ends = || self.ends_at(now);
        let with_end = |parts: Vec<Option<String>>| {
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            parts.join(" · ")
        };
        let moved_end = || with_end(vec![moved(effect.later), Some(ends())]);
        let said = answer.events.iter().find_map(|event| match event {
            Event::Refused { why, .. } => Some(why.to_string()),
            Event::Undone { what, .. } => Some(format!("{what} taken back · {}", ends())),
            Event::Retimed { left, .. } => Some(format!(
                "{} · {} left now",
                moved_end(),
                clock(round_seconds(*left)),
            )),
            Event::Lingering { .. } => {
                Some(format!("no end until next · {} at the earliest", ends()))
            }
            Event::Evened { step, time, .. } => {
                let twin = self.session.plan().index_of(*step)?;
                let side = self.session.plan().segments.get(twin)?.side;
                let side = side.map_or("other side", |side| side.human());
                let time = clock(round_seconds(*time));
                Some(format!("{side} gets {time} too · {}", moved_end()))
            }
            Event::Revised { .. } => Some(format!("the changed routine goes on · {}", ends())),
            Event::Fitted { result, .. } => {
                let mut parts = match result {
                    FitResult::Met => vec![
                        effect
                            .in_all()
                            .map_or_else(|| "fitted".to_owned(), |all| format!("fitted: {all}")),
                        ends(),
                    ],
                    FitResult::StillLong(time) => {
                        let over = format!("{} over", clock(round_seconds(*time)));
                        let mut parts = vec!["as short as it goes".to_owned(), over];
                        parts.extend(effect.in_all());
                        parts
                    }
                    FitResult::StillShort(time) => {
                        let spare = format!("{} to spare", clock(round_seconds(*time)));
                        let mut parts = vec!["as long as it goes".to_owned(), spare];
                        parts.extend(effect.in_all());
                        parts
                    }
                };
                parts.push("u takes it back".to_owned());
                parts.extend(effect.one_by_one());
                Some(parts.join(" · "))
            }
            _ => None,
        });
        let over = matches!(
            self.session.state(),
            State::Finished { .. } | State::Left { .. }
        );
        said.or_else(|| match answer.command? {
            _ if over => None,
            Command::Next | Command::Ready | Command::Back => {
                let skipped = answer.events.iter().any(|event| {
                    matches!(
                        event,
                        Event::Closed {
                            how: Close::Skipped,
                            ..
                        }
                    )
                });
                let what = match answer.command? {
                    Command::Back => "back",
                    Command::Ready => "ready",
                    _ if skipped => "skipped",
                    _ => "next",
                };
                Some(format!("{what} · {} · u takes it back", moved_end()))
            }
            _ => None,
        })
    }
}
