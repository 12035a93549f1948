//! The lists of texts and the client's card, line by line.

use ashiatsu::design::Shift;

use super::{Cases, clear, set};
use crate::GROUNDING;

const LONG: &str =
    "A line that says a little more than most of them do, for those who like to read";

/// A routine that says nothing of its own, as the designer begins it.
const BARE: &str = "Routine(
    format: 1,
    name: \"Bare\",

    phases: [
        Phase(name: \"P\", position: Prone, steps: []),
    ],
)
";

const TALKED: &str = "Routine(
\tformat: 1,
\tname: \"Talked\",
\tphases: [],
\t// Of the room.
\tpreparation: [
\t\t// Always.
\t\t\"One\", // first
\t\tr#\"\"Two\"\"#,

\t\t// Last of all.
\t\t\"Three\" // third
\t],
\tself_check: Some([\"One\", /* then */ \"Two\"]),
\taftercare: Aftercare(for_hours: 12, /* gently */ avoid: []),
)
";

#[test]
fn lists_line_by_line() {
    let mut cases = Cases::of(GROUNDING);
    cases
        .case("a line more", |d| {
            d.insert_line(0, "preparation", 1, "Two towels")
        })
        .case("a line too long for the list's own", |d| {
            d.insert_line(0, "preparation", 0, LONG)
        })
        .case("a line changed", |d| {
            d.set_line(0, "avoid", 0, "\"Heavy\" things")
        })
        .case("the only line deleted", |d| d.remove_line(0, "caution", 0))
        .case("a list cleared", |d| d.clear(0, "self_check"))
        .case("hours", set("Grounding Back Flow", "for_hours", "48"))
        .case(
            "too many hours",
            set("Grounding Back Flow", "for_hours", "673"),
        )
        .case(
            "words over lines",
            set("Grounding Back Flow", "note", "One.\nTwo."),
        )
        .case(
            "a field of the card cleared",
            clear("Grounding Back Flow", "note"),
        );
    insta::assert_snapshot!(cases.told());
}

#[test]
fn lists_and_the_card_begun() {
    let mut cases = Cases::of(BARE);
    cases
        .case("bare: the first line", |d| {
            d.insert_line(0, "contraindications", 0, "Fever")
        })
        .case("bare: three lists, one after another", |d| {
            d.insert_line(0, "self_check", 0, "No rings")?;
            d.insert_line(0, "contraindications", 0, "Fever")?;
            d.insert_line(0, "preparation", 0, "Two towels")
        })
        .case("bare: the first field of the card, and others", |d| {
            d.insert_line(0, "avoid", 0, "Heavy things")?;
            d.insert_line(0, "recommend", 0, LONG)?;
            d.insert_line(0, "recommend", 1, LONG)?;
            d.set_typed(0, "for_hours", "12")?;
            d.set_typed(0, "note", "Rest.")
        })
        .case("bare: a list begun with several", |d| {
            d.begin_lines(0, "caution", &["One".to_owned(), "Two".to_owned()])
        })
        .case("bare: the card and back", |d| {
            d.set_typed(0, "for_hours", "12")?;
            d.clear(0, "for_hours")
        })
        .case("bare: no line", |d| d.insert_line(0, "avoid", 0, " "))
        .case("bare: two lines for one", |d| {
            d.insert_line(0, "avoid", 0, "a\nb")
        })
        .case("bare: no such line", |d| d.remove_line(0, "avoid", 0))
        .case("bare: no such list", |d| d.insert_line(1, "avoid", 0, "a"))
        .case("bare: no list", |d| d.insert_line(0, "name", 0, "a"));
    insta::assert_snapshot!(cases.told());
}

#[test]
fn lists_with_comments() {
    let mut cases = Cases::of(TALKED);
    cases
        .case("talked: moved down", |d| {
            d.move_line(0, "preparation", 0, Shift::Down)
        })
        .case("talked: moved up", |d| {
            d.move_line(0, "preparation", 2, Shift::Up)
        })
        .case("talked: up no more", |d| {
            d.move_line(0, "preparation", 0, Shift::Up)
        })
        .case("talked: down no more", |d| {
            d.move_line(0, "preparation", 2, Shift::Down)
        })
        .case("talked: the first deleted", |d| {
            d.remove_line(0, "preparation", 0)
        })
        .case("talked: the last deleted", |d| {
            d.remove_line(0, "preparation", 2)
        })
        .case("talked: put in between", |d| {
            d.insert_line(0, "preparation", 1, "New")
        })
        .case("talked: put in at the end", |d| {
            d.insert_line(0, "preparation", 3, "New")
        })
        .case("talked: quotes stay", |d| {
            d.set_line(0, "preparation", 1, "\"2\"")
        })
        .case("talked: in a line", |d| {
            d.move_line(0, "self_check", 0, Shift::Down)
        })
        .case("talked: in an empty list", |d| {
            d.insert_line(0, "avoid", 0, "Heavy things")
        })
        .case("talked: lines already", |d| {
            d.begin_lines(0, "preparation", &["One".to_owned()])
        });
    insta::assert_snapshot!(cases.told());
}

#[test]
fn lists_in_a_routine_of_one_line() {
    let mut cases = Cases::of(
        "Routine(format: 1, name: \"A\", phases: [], avoid: 1, preparation: [2], aftercare: None)",
    );
    cases
        .case("one line: a list", |d| {
            d.insert_line(0, "self_check", 0, "One")
        })
        .case("one line: no card before", |d| {
            d.insert_line(0, "avoid", 0, "One")
        })
        .case("one line: what can't be read", |d| {
            d.insert_line(0, "preparation", 0, "One")
        });
    insta::assert_snapshot!(cases.told());
}
