//! Any text, edited at random: an edit is made or refused, the text stays one that can be read as
//! before, what one edit did one undo takes back to the byte, and redo makes it again.

#![no_main]

use std::time::Duration;

use ashiatsu::design::{Clip, Design, New, RowKind, Shift, Spot, Wrap};
use ashiatsu::document::Document;
use ashiatsu::routine::vocabulary::{Position, Region};
use libfuzzer_sys::arbitrary::{self, Arbitrary, Unstructured};
use libfuzzer_sys::fuzz_target;

/// A text to begin with, where the bytes bring none of their own.
const SAMPLE: &str = "// first\nRoutine(\n    format: 1,\n    name: \"Sample\",\n    sequences: {\n        \
    \"warm-up\": [Step(stroke: \"Fan\", region: Back, side: Left, time: \"45s\")],\n    },\n    phases: [\n        \
    Phase(name: \"Back\", position: Prone, steps: [\n            Transition(kind: Mount, time: \"20s\"), // up\n            \
    BothSides([Use(\"warm-up\"), Step(stroke: \"Glide\", region: Back, side: Left, time: \"1m 30s\")]),\n            \
    Repeat(2, [Step(stroke: \"Press\", region: Hips, side: Both, time: \"15s\")]),\n        ]),\n    ],\n)\n";

#[derive(Debug, Arbitrary)]
enum Edit {
    Adjust(u8, u8, i8),
    Scale(u8, u16),
    Insert(Place, u8, NewKind, String),
    Delete(u8, u8),
    Duplicate(u8, u8),
    Cut(u8, u8),
    Copy(u8, u8),
    Paste(Place, u8),
    Up(u8, u8),
    Down(u8, u8),
    Wrap(u8, u8, u8),
    Unwrap(u8),
    Type(u8, u8, String),
    Clear(u8, u8),
    PutLine(u8, u8, String),
    SetLine(u8, u8, String),
    TakeLine(u8, u8),
    MoveLine(u8, u8, bool),
    Undo,
    Redo,
    Replace(String),
    ReplaceFurther(String),
}

#[derive(Debug, Arbitrary)]
enum Place {
    Before,
    After,
    Into,
}

#[derive(Debug, Arbitrary)]
enum NewKind {
    Step,
    Use,
    Phase,
    Sequence,
}

fuzz_target!(|bytes: &[u8]| {
    let mut bytes = Unstructured::new(bytes);
    let _ = run(&mut bytes);
});

fn run(bytes: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    let own = bytes.arbitrary::<bool>()?;
    let text = if own { bytes.arbitrary::<String>()? } else { SAMPLE.to_owned() };
    let mut design = Design::new(&text);
    assert_eq!(design.text(), text);
    let mut clip = None;
    for _ in 0..24 {
        let edit = bytes.arbitrary::<Edit>()?;
        let before = design.text().to_owned();
        let travels = matches!(edit, Edit::Undo | Edit::Redo);
        // It joins the edit before it, and may be what that one took away.
        let joins = matches!(edit, Edit::ReplaceFurther(_));
        let made = make(&mut design, &edit, &mut clip);
        check(&design);
        let after = design.text().to_owned();
        if !made {
            assert_eq!(before, after, "refused, and changed: {edit:?}");
        } else if joins && before != after {
            let ways = std::iter::from_fn(|| design.undo().ok()).count();
            assert_eq!(design.text(), text, "not all taken back: {edit:?}");
            for _ in 0..ways {
                assert!(design.redo().is_ok());
            }
            assert_eq!(design.text(), after, "not made again: {edit:?}");
        } else if !travels && before != after {
            assert!(design.undo().is_ok());
            assert_eq!(design.text(), before, "not taken back: {edit:?}");
            assert!(design.redo().is_ok());
            assert_eq!(design.text(), after, "not made again: {edit:?}");
        }
    }
    Ok(())
}

/// Whether it was made.
fn make(design: &mut Design, edit: &Edit, clip: &mut Option<Clip>) -> bool {
    let rows = design.rows().len() + 1;
    let row = |n: &u8| usize::from(*n) % rows;
    let range = |n: &u8, more: &u8| row(n)..row(n) + usize::from(more % 4);
    let spot = |place: &Place, n: &u8| match place {
        Place::Before => Spot::Before(row(n)),
        Place::After => Spot::After(row(n)),
        Place::Into => Spot::Into(row(n)),
    };
    match edit {
        Edit::Adjust(n, more, by) => design.adjust_time(range(n, more), i64::from(*by)).is_ok(),
        Edit::Scale(n, to) => design.scale(row(n), Duration::from_secs(u64::from(*to))).is_ok(),
        Edit::Insert(place, n, kind, name) => design.insert(spot(place, n), &new(kind, name)).is_ok(),
        Edit::Delete(n, more) => design.delete(range(n, more)).is_ok(),
        Edit::Duplicate(n, more) => design.duplicate(range(n, more)).is_ok(),
        Edit::Cut(n, more) => match design.cut(range(n, more)) {
            Ok((cut, _)) => {
                *clip = Some(cut);
                true
            }
            Err(_) => false,
        },
        Edit::Copy(n, more) => {
            *clip = design.copy(range(n, more)).ok().or(clip.take());
            false
        }
        Edit::Paste(place, n) => match clip {
            Some(clip) => design.paste(spot(place, n), clip).is_ok(),
            None => false,
        },
        Edit::Up(n, more) => design.move_up(range(n, more)).is_ok(),
        Edit::Down(n, more) => design.move_down(range(n, more)).is_ok(),
        Edit::Wrap(n, more, times) => {
            let wrap = match times {
                0 => Wrap::BothSides,
                times => Wrap::Repeat(u32::from(*times)),
            };
            design.wrap(range(n, more), wrap).is_ok()
        }
        Edit::Unwrap(n) => design.unwrap(row(n)).is_ok(),
        Edit::Type(n, field, typed) => match name(design, row(n), *field) {
            Some(name) => design.set_typed(row(n), name, typed).is_ok(),
            None => false,
        },
        Edit::Clear(n, field) => match name(design, row(n), *field) {
            Some(name) => design.clear(row(n), name).is_ok(),
            None => false,
        },
        Edit::PutLine(field, at, text) => match name(design, 0, *field) {
            Some(name) => design.insert_line(0, name, usize::from(*at), text).is_ok(),
            None => false,
        },
        Edit::SetLine(field, at, text) => match name(design, 0, *field) {
            Some(name) => design.set_line(0, name, usize::from(*at), text).is_ok(),
            None => false,
        },
        Edit::TakeLine(field, at) => match name(design, 0, *field) {
            Some(name) => design.remove_line(0, name, usize::from(*at)).is_ok(),
            None => false,
        },
        Edit::MoveLine(field, at, up) => match name(design, 0, *field) {
            Some(name) => {
                let shift = if *up { Shift::Up } else { Shift::Down };
                design.move_line(0, name, usize::from(*at), shift).is_ok()
            }
            None => false,
        },
        Edit::Undo => design.undo().is_ok(),
        Edit::Redo => design.redo().is_ok(),
        Edit::Replace(text) => design.replace_text(text).is_ok(),
        Edit::ReplaceFurther(text) => design.replace_text_further(text).is_ok(),
    }
}

fn name(design: &Design, row: usize, nth: u8) -> Option<&'static str> {
    let fields = design.fields(row);
    let nth = usize::from(nth).checked_rem(fields.len())?;
    fields.get(nth).map(|field| field.name)
}

fn new(kind: &NewKind, name: &str) -> New {
    let step = New::Step {
        stroke: name.to_owned(),
        region: Region::Back,
        time: Duration::from_secs(60),
    };
    match kind {
        NewKind::Step => step,
        NewKind::Use => New::Use(name.to_owned()),
        NewKind::Phase => New::Phase {
            name: name.to_owned(),
            position: Position::Prone,
            items: vec![step],
        },
        NewKind::Sequence => New::Sequence {
            name: name.to_owned(),
            items: vec![step],
        },
    }
}

/// What holds of any design: the text is whole, and whatever is asked of any row is answered.
fn check(design: &Design) {
    let document = Document::parse(design.text());
    let kept: String = document
        .tokens()
        .iter()
        .map(|token| document.slice(token.range.clone()))
        .collect();
    assert_eq!(kept, design.text());
    let rows = design.rows();
    assert!(design.cursor() < rows.len().max(1));
    for (index, row) in rows.iter().enumerate() {
        let _ = (design.title(index), design.fields(index), design.comments(index));
        if let Some(extent) = design.extent(index) {
            assert!(design.text().get(extent).is_some());
        }
        assert!(matches!(row.kind, RowKind::Routine) || index > 0 || design.too_broken().is_some());
    }
    let _ = (design.total(), design.sequence_names());
}
