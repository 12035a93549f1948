//! What one sees in a glance: the words of the session screen, from the
//! session as it stands. It knows no layout.

use crate::plan::{Plan, Segment, Speed, Work};
use crate::routine::time::{ceil_seconds, clock, clock_left};
use crate::routine::vocabulary::{Side, With, Working};
use crate::session::{GET_READY, Left, State, Timing};
use crate::tui::keys::Calls;
use crate::tui::live::{Live, Now};
use crate::tui::widgets::text::width;

/// Whose side, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SideWords {
    /// LEFT.
    pub(super) word: String,
    /// What stands over it.
    pub(super) over: &'static str,
    /// Which way it points.
    arrows: (&'static str, &'static str),
}

impl SideWords {
    fn new(side: Side) -> Self {
        let (word, over, arrows) = match side {
            Side::Left => ("LEFT", "client’s", ("◀ ", "")),
            Side::Right => ("RIGHT", "client’s", ("", " ▶")),
            Side::Both => ("BOTH", "client’s sides:", ("◀ ", " ▶")),
            Side::Midline => ("MIDLINE", "client’s", ("", "")),
        };
        Self {
            word: word.to_owned(),
            over,
            arrows,
        }
    }

    /// The side on one line of at most `most` cells.
    pub(super) fn line(&self, most: u16) -> String {
        let (before, after) = self.arrows;
        let whose = match self.word.as_str() {
            "BOTH" => "BOTH SIDES".to_owned(),
            word => format!("CLIENT’S {word}"),
        };
        [format!("{before}{whose}{after}"), whose]
            .into_iter()
            .find(|line| width(line) <= most)
            .unwrap_or_else(|| self.word.clone())
    }
}

/// That nothing moves, or has no end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Status {
    /// What is said of it in large letters: the best words first, those that
    /// fit anywhere last.
    pub(super) words: &'static [&'static str],
    /// How to go on; none where no key does.
    pub(super) hint: Option<String>,
}

impl Status {
    fn new(words: &'static [&'static str], key: Option<&str>, does: &str) -> Self {
        Self {
            words,
            hint: key.map(|key| format!("{key} {does}")),
        }
    }

    fn paused(calls: &Calls) -> Self {
        Self::new(&["PAUSED"], calls.go_on.as_deref(), "goes on")
    }

    /// The line that goes with it: the whole of it where it stands alone.
    pub(super) fn line(&self, large: Option<&str>) -> String {
        let best = self.words.first().copied();
        // Part of the word says as much.
        let said = large.is_some_and(|large| best.is_some_and(|best| best.starts_with(large)));
        let parts = [best.filter(|_| !said), self.hint.as_deref()];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        parts.join(" · ")
    }
}

/// The words of the session screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glance {
    pub(super) name: String,
    pub(super) time: String,
    pub(super) side: Option<SideWords>,
    /// The therapist's own foot or hand.
    pub(super) working: Option<String>,
    /// Region, what touches, stance, pressure.
    pub(super) place: Option<String>,
    pub(super) cue: Option<String>,
    pub(super) note: Option<String>,
    pub(super) next: String,
    /// Where in the routine, from the fullest words to the fewest.
    pub(super) head: Vec<String>,
    /// When it ends, and how far behind; nothing that moves in a pause.
    pub(super) ends: Option<(String, String)>,
    /// That it is paused, waits or lingers.
    pub(super) status: Option<Status>,
    pub(super) paused: bool,
}

impl Glance {
    pub(super) fn new(live: &Live, calls: &Calls, now: &Now) -> Self {
        let session = live.session();
        let plan = session.plan();
        let paused = matches!(session.state(), State::Paused { .. });
        let Some(segment) = session.segment() else {
            return Self::between(live, calls, now, paused);
        };
        let left = session.left(live.at(now));
        let timing = session.visit().map(|visit| visit.timing);
        let time = match left {
            Some(Left::Time(left)) => clock_left(left),
            Some(Left::Over(over)) => format!("+{}", clock(over)),
            None => String::new(),
        };
        let told = live.prompts().shows_lines();
        let waits = matches!(timing, Some(Timing::Waiting { .. }));
        let status = if paused {
            Some(Status::paused(calls))
        } else if waits {
            Some(Status::new(
                &["TAKE YOUR TIME", "READY?"],
                calls.ready.as_deref(),
                "when ready",
            ))
        } else if timing == Some(Timing::Lingering) {
            Some(Status::new(
                &["LINGERING", "LINGER"],
                calls.next.as_deref(),
                "goes on",
            ))
        } else {
            None
        };
        let phase = plan
            .phase_of(segment)
            .map(|phase| phase.name.as_str())
            .unwrap_or_default();
        let total = plan.segments.last().map_or(0, |last| last.number);
        let step = format!("step {} of {total}{}", segment.number, faster(plan));
        Self {
            name: segment.name().to_owned(),
            time,
            side: segment.side.map(SideWords::new),
            working: working(segment),
            place: place(segment),
            cue: told
                .then_some(segment.cue.as_ref())
                .flatten()
                .map(|cue| format!("“{cue}”")),
            note: segment.note.clone().filter(|_| told),
            next: next_line(live, calls),
            head: vec![
                format!("{} · {phase} · {step}", plan.name),
                format!("{phase} · {step}"),
                step,
            ],
            ends: if paused { None } else { live.end_line(now) },
            status,
            paused,
        }
    }

    /// In get-ready, or over: the countdown stands where the time will be, and
    /// what begins is read before it does.
    fn between(live: &Live, calls: &Calls, now: &Now, paused: bool) -> Self {
        let session = live.session();
        let first = live.next_segment();
        let told = live.prompts().shows_lines();
        let left = match session.state() {
            State::GetReady { since, .. } => {
                GET_READY.saturating_sub(live.at(now).saturating_sub(*since))
            }
            _ => GET_READY,
        };
        Self {
            name: first.map_or("Finished", Segment::name).to_owned(),
            time: ceil_seconds(left).as_secs().max(1).to_string(),
            side: first.and_then(|segment| segment.side).map(SideWords::new),
            working: first.and_then(working),
            place: first.and_then(place),
            cue: first
                .filter(|_| told)
                .and_then(|segment| segment.cue.as_ref())
                .map(|cue| format!("“{cue}”")),
            note: None,
            next: next_line(live, calls),
            head: vec![
                format!(
                    "Get ready · {}{}",
                    session.plan().name,
                    faster(session.plan())
                ),
                "Get ready".to_owned(),
            ],
            ends: None,
            status: paused.then(|| Status::paused(calls)),
            paused,
        }
    }
}

/// In a rehearsal, how many times as fast: its minutes are no therapist's.
fn faster(plan: &Plan) -> String {
    if plan.speed > Speed::REAL {
        format!(" · ×{}", plan.speed)
    } else {
        String::new()
    }
}

/// What comes next; hidden where it is to be recalled.
fn next_line(live: &Live, calls: &Calls) -> String {
    match live.next_segment() {
        None => "the end".to_owned(),
        Some(_) if !live.prompts().shows_next() => match &calls.repeat {
            Some(key) => format!("… · {key} asks"),
            None => "…".to_owned(),
        },
        Some(next) => announce(next),
    }
}

/// "Gliding compression · RIGHT ▶ · 2:15".
#[must_use]
pub fn announce(segment: &Segment) -> String {
    let side = match segment.side {
        Some(Side::Left) => " · ◀ LEFT",
        Some(Side::Right) => " · RIGHT ▶",
        Some(Side::Both) => " · BOTH",
        Some(Side::Midline) => " · MIDLINE",
        None => "",
    };
    format!("{}{side} · {}", segment.name(), clock(segment.time))
}

/// "your RIGHT foot".
fn working(segment: &Segment) -> Option<String> {
    let hand = matches!(
        segment.work,
        Work::Stroke {
            with: Some(With::Hands | With::Forearms),
            ..
        }
    );
    let (one, both) = if hand {
        ("hand", "hands")
    } else {
        ("foot", "feet")
    };
    Some(match segment.working? {
        Working::Left => format!("your LEFT {one}"),
        Working::Right => format!("your RIGHT {one}"),
        Working::Both => format!("BOTH {both}"),
    })
}

/// "mid back → upper back · heel · deep · one foot".
fn place(segment: &Segment) -> Option<String> {
    let Work::Stroke {
        region,
        toward,
        with,
        stance,
        pressure,
        ..
    } = &segment.work
    else {
        return None;
    };
    let mut parts = vec![match toward {
        Some(toward) => format!("{region} → {toward}"),
        None => region.to_string(),
    }];
    parts.extend(with.map(|with| with.to_string()));
    parts.extend(pressure.map(|pressure| pressure.to_string()));
    parts.extend(stance.map(|stance| stance.to_string()));
    Some(parts.join(" · "))
}
