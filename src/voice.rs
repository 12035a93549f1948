//! Which line is spoken with which cue, phrased for the ear: short sentences,
//! the client's side first, no signs that a voice would stumble over. It knows
//! the plan, but no clock, no sound and no program that speaks.
//!
//! Lines are the same text for the same step, so that each has to be rendered
//! once: what is spoken in a session is among [`lines()`] of its plan.

use std::collections::HashSet;

use crate::cue::Cue;
use crate::plan::{Plan, Segment, StepId, Work};
use crate::routine::Ends;
use crate::routine::text::is_unsafe;
use crate::routine::vocabulary::Side;

/// The longest cue that is spoken whole, in characters: some 12 s of speech.
/// More would still be heard when the stroke is half over.
const LONGEST_CUE: usize = 180;

/// What is said before the end of the last step.
const AT_THE_END: &str = "Next: the end.";

/// What is spoken after the chime of `cue` that belongs to `step`: at what opens
/// it its own line, at the warning what comes after it; nothing with other cues.
#[must_use]
pub fn line(plan: &Plan, step: StepId, cue: Cue) -> Option<String> {
    let index = plan.index_of(step)?;
    match cue {
        Cue::Shift | Cue::Side | Cue::Turn => plan.segments.get(index).map(opening),
        Cue::Prepare => Some(announcement(plan.segments.get(index + 1))),
        Cue::Ready | Cue::Hold | Cue::Paused | Cue::Resumed | Cue::Finish => None,
    }
}

/// Every line that `plan` may need, once each, in the order in which they are
/// first needed.
#[must_use]
pub fn lines(plan: &Plan) -> Vec<String> {
    let mut known = HashSet::new();
    let warned = |segment: &Segment| !plan.spans.prepare.is_zero() && segment.ends == Ends::ByTime;
    plan.segments
        .iter()
        .enumerate()
        .flat_map(|(index, segment)| {
            let next = || announcement(plan.segments.get(index + 1));
            [Some(opening(segment)), warned(segment).then(next)]
        })
        .flatten()
        .filter(|line| known.insert(line.clone()))
        .collect()
}

/// "Client's left. Gliding compression, mid back. Sink in slowly."
fn opening(segment: &Segment) -> String {
    let side = segment.side.map(|side| sentence(said(side)));
    let cue = segment.cue.as_deref().map(shortened);
    let sentences: Vec<String> = [
        side,
        Some(sentence(&work(segment))),
        cue.as_deref().map(sentence),
    ]
    .into_iter()
    .flatten()
    .filter(|sentence| !sentence.is_empty())
    .collect();
    sentences.join(" ")
}

/// "Next: client's left. Gliding compression, mid back.", or the end.
fn announcement(next: Option<&Segment>) -> String {
    let Some(segment) = next else {
        return AT_THE_END.to_owned();
    };
    let work = sentence(&work(segment));
    match segment.side {
        None => format!("Next: {work}"),
        Some(side) => format!("Next: {}. {work}", lowered(said(side))),
    }
}

const fn said(side: Side) -> &'static str {
    match side {
        Side::Left => "Client's left",
        Side::Right => "Client's right",
        Side::Both => "Both sides",
        Side::Midline => "Midline",
    }
}

fn lowered(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// "Gliding compression, mid back toward shoulders", or the transition's name.
fn work(segment: &Segment) -> String {
    match &segment.work {
        Work::Transition(kind) => kind.human().to_owned(),
        Work::Stroke {
            stroke,
            region,
            toward,
            ..
        } => {
            let toward = toward.map(|toward| format!(" toward {toward}"));
            format!("{stroke}, {region}{}", toward.unwrap_or_default())
        }
    }
}

/// As one sentence: only what a voice can say, and a full stop.
fn sentence(text: &str) -> String {
    let mut spoken = speakable(text);
    if spoken.ends_with([',', ';', ':']) {
        spoken.pop();
    }
    if !spoken.is_empty() && !spoken.ends_with(['.', '!', '?', '…']) {
        spoken.push('.');
    }
    spoken
}

/// What a voice can say of a text. Square and pointed brackets command some
/// programs that speak, and a text that begins with a dash may be taken for an
/// option: neither is left.
fn speakable(text: &str) -> String {
    let mut spoken = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => spoken.push_str(" and "),
            '→' => spoken.push_str(" to "),
            '·' | '–' | '—' => {
                spoken.truncate(spoken.trim_end().len());
                spoken.push_str(", ");
            }
            '’' => spoken.push('\''),
            '*' | '_' | '#' | '`' | '|' | '\\' | '^' | '~' | '<' | '>' | '[' | ']' | '{' | '}'
            | '"' | '“' | '”' | '„' => spoken.push(' '),
            c if is_unsafe(c) => spoken.push(' '),
            c => spoken.push(c),
        }
    }
    let words: Vec<&str> = spoken.split_whitespace().collect();
    words
        .join(" ")
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

/// The beginning of a long cue: to the end of a sentence if one ends beyond its
/// first third, else of a word. `1.5` ends none.
fn shortened(cue: &str) -> String {
    let Some((cut, _)) = cue.char_indices().nth(LONGEST_CUE) else {
        return cue.to_owned();
    };
    let head = cue.get(..cut).unwrap_or_default();
    let ends_word = |end: usize| {
        let behind = cue.get(end..).and_then(|rest| rest.chars().next());
        behind.is_none_or(char::is_whitespace)
    };
    let late = |end: &usize| end * 3 >= cut;
    let end = head
        .rmatch_indices(['.', '!', '?', ';'])
        .find(|(at, mark)| ends_word(at + mark.len()))
        .map(|(at, _)| at)
        .filter(late)
        .or_else(|| head.rfind(char::is_whitespace).filter(late))
        .unwrap_or(cut);
    head.get(..end).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routine::Routine;
    use crate::routine::read::{NoSounds, read};

    fn plan(steps: &str) -> Plan {
        let text = format!(
            r#"Routine(format: 1, name: "Spoken", phases: [
                Phase(name: "Back", position: Prone, stance: Floor, steps: [{steps}]),
            ])"#
        );
        Plan::whole(&routine(&text))
    }

    fn routine(text: &str) -> Routine {
        read(text, &NoSounds).expect("a valid routine")
    }

    fn spoken(plan: &Plan, number: usize, cue: Cue) -> String {
        line(plan, plan.segments[number - 1].id, cue).expect("a line")
    }

    #[test]
    fn each_step_is_spoken_for_the_ear() {
        for (step, expected) in [
            (
                r#"Step(stroke: "Gliding compression", region: MidBack, side: Left, time: "1m")"#,
                "Client's left. Gliding compression, mid back.",
            ),
            (
                r#"Step(stroke: "Effleurage", region: Shoulders, toward: UpperBack, side: Right, time: "1m", cue: "Glide to the {side}, breathe out")"#,
                "Client's right. Effleurage, shoulders toward upper back. Glide to the right, breathe out.",
            ),
            (
                r#"Step(stroke: "Long glide", region: Back, side: Both, time: "1m", cue: "Slowly!")"#,
                "Both sides. Long glide, back. Slowly!",
            ),
            (
                r#"Step(stroke: "Static hold", region: Sacrum, side: Midline, time: "1m")"#,
                "Midline. Static hold, sacrum.",
            ),
            (
                r#"Step(stroke: "Quiet hold", region: ItBand, time: "1m")"#,
                "Quiet hold, IT band.",
            ),
            (
                r#"Transition(kind: Stool, time: "1m", cue: "Stool at the head of the table")"#,
                "Change stool. Stool at the head of the table.",
            ),
            (
                r#"Transition(kind: TurnClient, time: "1m")"#,
                "Turn the client.",
            ),
        ] {
            let plan = plan(step);
            let opens = plan.segments[0].opens;
            assert_eq!(spoken(&plan, 1, opens), expected);
        }
    }

    #[test]
    fn what_a_voice_would_stumble_over_is_not_said() {
        for (written, said) in [
            ("- *Slow* & soft — now", "Slow and soft, now."),
            ("[[slnc 9000]] <break/> Go", "slnc 9000 break/ Go."),
            ("Hips → heels · rest,", "Hips to heels, rest."),
            ("Client’s “own” pace", "Client's own pace."),
            ("two\u{1b}[2J  lines\n\tof it", "two 2J lines of it."),
            ("--output=/etc/passwd", "output=/etc/passwd."),
            ("***", ""),
        ] {
            assert_eq!(sentence(written), said);
        }
    }

    #[test]
    fn the_warning_says_what_comes_next_and_at_last_the_end() {
        let plan = plan(
            r#"BothSides([Step(stroke: "Compression", region: Glutes, side: Left, time: "1m", cue: "Lean in")]),
               Transition(kind: SitUp, time: "1m")"#,
        );
        let next: Vec<String> = (1..=3).map(|n| spoken(&plan, n, Cue::Prepare)).collect();
        assert_eq!(
            next,
            [
                "Next: client's right. Compression, glutes.",
                "Next: Sit up.",
                "Next: the end.",
            ]
        );
        assert_eq!(
            spoken(&plan, 2, Cue::Side),
            "Client's right. Compression, glutes. Lean in."
        );
    }

    #[test]
    fn nothing_is_said_with_the_other_cues_nor_of_steps_that_are_not_there() {
        let plan = plan(r#"Step(stroke: "Compression", region: Back, time: "1m", hold: true)"#);
        let step = plan.segments[0].id;
        for cue in [
            Cue::Ready,
            Cue::Hold,
            Cue::Paused,
            Cue::Resumed,
            Cue::Finish,
        ] {
            assert_eq!(line(&plan, step, cue), None, "{cue}");
        }
        assert_eq!(line(&plan, StepId(999), Cue::Shift), None);
    }

    #[test]
    fn the_list_has_each_line_of_the_session_once() {
        let plan = plan(
            r#"Repeat(3, [Step(stroke: "Swirl", region: Hips, side: Left, time: "1m"),
                          Step(stroke: "Sweep", region: Back, time: "1m")])"#,
        );
        let all = lines(&plan);
        for segment in &plan.segments {
            for cue in [segment.opens, Cue::Prepare] {
                let line = line(&plan, segment.id, cue).unwrap();
                assert_eq!(all.iter().filter(|known| **known == line).count(), 1);
            }
        }
        assert_eq!(all.len(), 5, "{all:?}");
    }

    #[test]
    fn what_is_never_warned_of_is_not_announced() {
        let hold = plan(r#"Step(stroke: "Swirl", region: Hips, time: "1m", hold: true)"#);
        assert_eq!(lines(&hold), ["Swirl, hips."]);
        let mut unwarned = plan(r#"Step(stroke: "Swirl", region: Hips, time: "1m")"#);
        unwarned.spans.prepare = std::time::Duration::ZERO;
        assert_eq!(lines(&unwarned), ["Swirl, hips."]);
    }

    #[test]
    fn a_long_cue_ends_where_a_sentence_or_a_word_ends() {
        let sentences = format!("{} Rest.", "Breathe out slowly. ".repeat(20));
        let short = shortened(&sentences);
        assert!(short.ends_with("slowly") && short.chars().count() <= LONGEST_CUE);
        let words = "långsam ".repeat(60);
        assert!(shortened(&words).ends_with("långsam"));
        assert_eq!(shortened("Slow"), "Slow");
        // The last point stands in a number, the only sentence's end near the beginning.
        let numbers = format!("Slowly. {}1.5 kg or {}", "x ".repeat(82), "y ".repeat(30));
        let short = shortened(&numbers);
        assert!(short.ends_with("x 1.5 kg"), "{short}");
        let numbers = format!(
            "{}Breathe out. Press 1.5 kg {}",
            "x ".repeat(70),
            "y ".repeat(30)
        );
        assert!(shortened(&numbers).ends_with("Breathe out"));
        let pauses = format!("Ah... {}", "z".repeat(400));
        assert_eq!(shortened(&pauses).len(), LONGEST_CUE);
        let one = "a".repeat(400);
        assert_eq!(shortened(&one).len(), LONGEST_CUE);
    }
}
