//! What is not done, and what it says.

use std::time::Duration;

use ashiatsu::design::{Design, New, Spot, Value};
use ashiatsu::routine::vocabulary::Region;

use crate::{GROUNDING, row};

#[test]
fn an_edit_that_means_nothing_says_why_and_changes_nothing() {
    let mut design = Design::new(GROUNDING);
    let glide = row(&design, "Long glide");
    let gliding = row(&design, "Gliding compression");
    let warm_up = row(&design, "warm-up");
    let long = "x".repeat(501);
    let told = [
        design.set_typed(glide, "time", "2"),
        design.set_typed(glide, "time", "13h"),
        design.set(glide, "time", &Value::Time(Duration::ZERO)),
        design.set_typed(glide, "region", "Bakc"),
        design.set_typed(glide, "colour", "red"),
        design.set_typed(glide, "stroke", " "),
        design.set_typed(glide, "cue", "one\ntwo"),
        design.set_typed(glide, "cue", "\u{202e}"),
        design.set_typed(glide, "cue", &long),
        design.set_typed(row(&design, "2 times"), "times", "100"),
        design.set_typed(row(&design, "Mount") + 1, "name", "cool-down"),
        design.adjust_time(glide..glide + 1, 60 * 60 * 12),
        design.adjust_time(glide..glide + 1, 60),
        design.adjust_time(gliding..gliding + 1, 60),
        design.adjust_time(gliding..gliding + 1, 60),
        design.delete(0..1),
        design.delete(gliding..glide + 1),
        design.unwrap(glide),
        design.insert(
            Spot::Into(0),
            &New::Step {
                stroke: "A".into(),
                region: Region::Back,
                time: Duration::from_secs(9),
            },
        ),
        design.insert(
            Spot::Into(0),
            &New::Sequence {
                name: "warm-up".into(),
                items: Vec::new(),
            },
        ),
        design.move_up(warm_up..warm_up + 1),
        design.move_up(999..1000),
    ];
    let told: Vec<String> = told
        .into_iter()
        .map(|told| told.map_or_else(|refused| refused.to_string(), |_| "done".to_owned()))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_broken_text_has_no_rows_and_can_still_be_mended() {
    let broken = GROUNDING.replace("\"45s\", cue", "\"45s, cue");
    let mut design = Design::new(&broken);
    assert!(design.rows().is_empty());
    let why = design.too_broken().unwrap().message.clone();
    let refused = design.delete(1..2).unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!("The text has to be mended first: {why}.")
    );
    design.replace_text(GROUNDING).unwrap();
    assert_eq!(design.rows().len(), 17);
    design.undo().unwrap();
    assert_eq!(design.text(), broken);
    assert!(design.too_broken().is_some());
}

#[test]
fn a_certain_correction_is_made_and_undone() {
    let text = GROUNDING.replace("region: Sacrum", "region: Sacrm");
    let mut design = Design::new(&text);
    let checked = ashiatsu::check::check(&text, &ashiatsu::routine::read::NoSounds);
    let replacement = checked.diagnostics[0].replacement.clone().unwrap();
    assert_eq!(
        design.row_at(checked.diagnostics[0].range.start),
        row(&design, "Quiet hold")
    );
    design.apply(&replacement).unwrap();
    assert_eq!(design.text(), GROUNDING);
    assert!(design.is_modified());
    design.undo().unwrap();
    assert_eq!(design.text(), text);
    assert!(!design.is_modified());
    let mut outdated = replacement;
    outdated.range.end = text.len() + 9;
    assert!(design.apply(&outdated).is_err());
}

#[test]
fn what_changes_nothing_after_an_undo_loses_no_way() {
    let (one, two) = (format!("{GROUNDING}// one"), format!("{GROUNDING}// two"));
    let mut design = Design::new(GROUNDING);
    design.replace_text(&one).unwrap();
    design.replace_text(&two).unwrap();
    design.undo().unwrap();
    let revision = design.revision();
    design.replace_text_further(&one).unwrap();
    assert_eq!(design.revision(), revision);
    design.redo().unwrap();
    assert_eq!(design.text(), two);
    design.undo().unwrap();
    design.replace_text_further(&format!("{one}!")).unwrap();
    design.replace_text_further(&format!("{one}!!")).unwrap();
    assert!(!design.can_redo());
    design.undo().unwrap();
    assert_eq!(design.text(), one);
    design.undo().unwrap();
    assert_eq!(design.text(), GROUNDING);
    assert!(!design.can_undo());
}

#[test]
fn undo_brings_the_cursor_back_to_where_it_was() {
    let mut design = Design::new(GROUNDING);
    let close = row(&design, "Close");
    design.set_cursor(close);
    let mount = row(&design, "Mount");
    let edited = design.delete(mount..mount + 1).unwrap();
    assert_eq!((edited.row, design.cursor()), (mount, mount));
    assert_eq!(design.undo().unwrap().row, close);
    design.set_cursor(1);
    assert_eq!(design.redo().unwrap().row, mount);
    design.set_cursor(1);
    design.undo().unwrap();
    assert!(!design.can_undo());
    assert_eq!(
        design.undo().unwrap_err().to_string(),
        "There is nothing to undo."
    );
    design.adjust_time(mount..mount + 1, 15).unwrap();
    assert!(!design.can_redo(), "an edit ends what could be redone");
}
