//! Edits of texts that are wrong in some place: what can't be done is refused, nothing panics, and all
//! can be undone.

use std::time::Duration;

use ashiatsu::design::{Design, Edited, New, Refused, Shift, Spot, Wrap};
use ashiatsu::routine::vocabulary::{Region, TransitionKind};

use crate::model::LISTS;
use crate::writer::{Dice, routine};

/// What a slip of the hand puts into a text.
const SLIPS: [&str; 14] = [
    "(", ")", "[", "]", ",", ":", "\"", "//", "/*", "x", "\n", "Some(", "Step", " ",
];

/// A text with slips in it.
fn slipped(dice: &mut Dice, mut text: String) -> String {
    for _ in 0..=dice.below(3) {
        let mut at = dice.below(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        if dice.chance(50) {
            let slip = *dice.pick(&SLIPS);
            text.insert_str(at, slip);
            continue;
        }
        // A word or a bracket lost.
        let rest = text[at..].find(|c: char| !c.is_alphanumeric());
        let end = at + rest.unwrap_or(0).max(1);
        if text.is_char_boundary(end.min(text.len())) {
            text.replace_range(at..end.min(text.len()), "");
        }
    }
    text
}

fn any_edit(dice: &mut Dice, design: &mut Design) -> Result<Edited, Refused> {
    let row = dice.below(design.rows().len() + 2);
    let rows = row..row + dice.below(4);
    let spots = [Spot::Before(row), Spot::After(row), Spot::Into(row)];
    let spot = *dice.pick(&spots);
    let rest = New::Transition {
        kind: TransitionKind::Rest,
        time: Duration::from_secs(60),
    };
    match dice.below(18) {
        0 => design.delete(rows),
        1 => design.duplicate(rows),
        2 | 3 => design.move_up(rows),
        4 | 5 => design.move_down(rows),
        6 => design.wrap(rows, *dice.pick(&[Wrap::BothSides, Wrap::Repeat(2)])),
        7 => design.unwrap(row),
        8 => design.adjust_time(rows, 15),
        9 => design.scale(row, Duration::from_secs(600)),
        10 => design.insert(spot, &rest),
        11 => {
            let items = vec![New::Step {
                stroke: "New".to_owned(),
                region: Region::Back,
                time: Duration::from_secs(60),
            }];
            let name = "new".to_owned();
            design.insert(spot, &New::Sequence { name, items })
        }
        12 => {
            let (clip, edited) = design.cut(rows)?;
            let _ = design.paste(spot, &clip);
            Ok(edited)
        }
        13 => {
            let names: Vec<&str> = design.fields(row).iter().map(|field| field.name).collect();
            if names.is_empty() {
                return Err(Refused::NoSuchRow);
            }
            let name = *dice.pick(&names);
            design.set_typed(row, name, "1m")
        }
        14..=16 => {
            let (list, at) = (*dice.pick(&LISTS), dice.below(4));
            match dice.below(5) {
                0 | 1 => design.insert_line(0, list, at, "New"),
                2 => design.set_line(0, list, at, "New"),
                3 => design.remove_line(0, list, at),
                _ => design.move_line(0, list, at, *dice.pick(&[Shift::Up, Shift::Down])),
            }
        }
        _ => {
            let name = *dice.pick(&[
                "side",
                "note",
                "min",
                "time",
                "author",
                "avoid",
                "for_hours",
            ]);
            design.clear(row, name)
        }
    }
}

#[test]
fn a_text_with_slips_is_edited_or_not_and_comes_back_whole() {
    let (mut sound, mut made) = (0, 0);
    for seed in 0..600 {
        let mut dice = Dice::new(seed);
        let (text, _) = routine(&mut dice);
        let text = slipped(&mut dice, text);
        let mut design = Design::new(&text);
        sound += usize::from(design.too_broken().is_none());
        for _ in 0..25 {
            let before = design.text().to_owned();
            match any_edit(&mut dice, &mut design) {
                Ok(_) => made += 1,
                Err(_) => assert_eq!(design.text(), before),
            }
            assert!(before == text || design.too_broken().is_none());
            for row in 0..design.rows().len() {
                let (title, place) = (design.title(row), design.place(row));
                assert!(!title.contains('\n'), "{place:?}: {title}");
            }
        }
        let last = design.text().to_owned();
        while design.can_undo() {
            design.undo().unwrap();
        }
        assert_eq!(design.text(), text);
        while design.can_redo() {
            design.redo().unwrap();
        }
        assert_eq!(design.text(), last);
    }
    assert!(sound > 100 && made > 1000, "{sound} sound, {made} made");
}
