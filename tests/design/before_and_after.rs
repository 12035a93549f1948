//! Each edit as a reviewer sees it: the lines that change, in the pictures beside this file.

mod lists;

use std::fmt::Write;
use std::time::Duration;

use ashiatsu::design::{Design, Edited, New, Refused, Spot, Value, Wrap};
use ashiatsu::routine::vocabulary::{Position, Region, TransitionKind};

use crate::diff::diff;
use crate::{GROUNDING, row, rows};

/// Edits of one text, each made alone.
struct Cases {
    text: String,
    told: String,
}

impl Cases {
    fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            told: String::new(),
        }
    }

    /// Makes an edit, notes what it changed, and makes sure that it can be undone.
    fn case(
        &mut self,
        title: &str,
        edit: impl FnOnce(&mut Design) -> Result<Edited, Refused>,
    ) -> &mut Self {
        let mut design = Design::new(&self.text);
        let _ = writeln!(self.told, "## {title}");
        match edit(&mut design) {
            Ok(_) => {
                let after = design.text().to_owned();
                self.told += &diff(&self.text, &after);
                assert!(design.too_broken().is_none());
                while design.can_undo() {
                    design.undo().unwrap();
                }
                assert_eq!(design.text(), self.text, "{title}");
            }
            Err(refused) => {
                assert_eq!(design.text(), self.text, "{title}");
                let _ = writeln!(self.told, "  {refused}");
            }
        }
        self.told.push('\n');
        self
    }

    fn told(&self) -> String {
        self.told.replace('\r', "␍").replace('\t', "→")
    }
}

fn step(stroke: &str) -> New {
    New::Step {
        stroke: stroke.to_owned(),
        region: Region::Back,
        time: Duration::from_secs(60),
    }
}

fn phase(name: &str) -> New {
    New::Phase {
        name: name.to_owned(),
        position: Position::Supine,
        items: vec![
            step("New stroke"),
            New::Transition {
                kind: TransitionKind::Rest,
                time: Duration::from_secs(90),
            },
        ],
    }
}

fn set(
    title: &str,
    field: &str,
    typed: &str,
) -> impl FnOnce(&mut Design) -> Result<Edited, Refused> {
    move |design| design.set_typed(row(design, title), field, typed)
}

fn clear(title: &str, field: &str) -> impl FnOnce(&mut Design) -> Result<Edited, Refused> {
    move |design| design.clear(row(design, title), field)
}

#[test]
fn fields() {
    let mut cases = Cases::of(GROUNDING);
    cases
        .case("a time", set("Effleurage", "time", "1:30"))
        .case(
            "a text",
            set("Gliding compression", "note", "Say \"more\" or \"less\"."),
        )
        .case(
            "a text over lines",
            set("Gliding compression", "note", "One.\nTwo."),
        )
        .case("a word", set("Compression", "region", "mid back"))
        .case("a field in the middle", set("Effleurage", "with", "arch"))
        .case("a field in a row of times", set("Effleurage", "min", "1m"))
        .case(
            "a cue at the end",
            set("Long glide", "cue", "Slower and slower"),
        )
        .case(
            "a cue that makes the line too wide",
            set(
                "Push-pull",
                "cue",
                "Push away, draw back, in one rhythm, as far as the weight carries",
            ),
        )
        .case(
            "a note below a cue",
            set("Effleurage", "note", "One glide, one breath."),
        )
        .case("a flag", set("Quiet hold", "hold", "yes"))
        .case("a flag that is cleared", set("Sit up", "hold", "no"))
        .case("a phase's own word", set("Close", "pressure", "light"))
        .case(
            "a word of the phase in the middle",
            set("Close", "stance", "Seated"),
        )
        .case(
            "the head's text",
            set("Grounding Back Flow", "author", "Noor"),
        )
        .case(
            "the head's time",
            set("Grounding Back Flow", "prepare", "15s"),
        )
        .case("how often", set("2 times", "times", "3"))
        .case("a sequence's name", |design| {
            design.set(
                design.row_at(GROUNDING.find("\"warm-up\": [").unwrap()),
                "name",
                &Value::Text("opening".into()),
            )
        })
        .case("a field that is cleared", clear("Effleurage", "pace"))
        .case(
            "the last field cleared",
            clear("Gliding compression", "note"),
        )
        .case(
            "the first on a line cleared",
            clear("Gliding compression", "pressure"),
        )
        .case(
            "a field with its comment cleared",
            clear("Grounding Back Flow", "author"),
        )
        .case("a field that can't be cleared", clear("Effleurage", "time"));
    insta::assert_snapshot!(cases.told());
}

#[test]
fn times() {
    let mut cases = Cases::of(GROUNDING);
    cases
        .case("a step longer", |design| {
            design.adjust_time(row(design, "Long glide")..row(design, "Long glide") + 1, 15)
        })
        .case("a step shorter, as far as its min goes", |design| {
            design.adjust_time(
                rows(design, "Gliding compression", "Gliding compression"),
                -600,
            )
        })
        .case("all of a group", |design| {
            design.adjust_time(rows(design, "Both sides", "Both sides"), 10)
        })
        .case("a phase to a length", |design| {
            design.scale(row(design, "Back"), Duration::from_secs(20 * 60))
        })
        .case(
            "a phase to a length that its steps do not allow",
            |design| design.scale(row(design, "Back"), Duration::from_secs(5)),
        )
        .case("a sequence to a length", |design| {
            design.scale(row(design, "warm-up"), Duration::from_secs(61))
        })
        .case("the whole routine to an hour", |design| {
            design.scale(0, Duration::from_secs(3600))
        })
        .case(
            "the whole routine so short that transitions give too",
            |design| design.scale(0, Duration::from_secs(200)),
        );
    insta::assert_snapshot!(cases.told());
}

#[test]
fn inserts() {
    let mut cases = Cases::of(GROUNDING);
    cases
        .case("a step below a row", |design| {
            design.insert(Spot::After(row(design, "Mount")), &step("New stroke"))
        })
        .case("a step above a row with a comment", |design| {
            design.insert(Spot::Before(row(design, "Both sides")), &step("New stroke"))
        })
        .case("a step below a phase's head", |design| {
            design.insert(Spot::After(row(design, "Back")), &step("New stroke"))
        })
        .case("a step above a phase goes to the phase before", |design| {
            design.insert(Spot::Before(row(design, "Close")), &step("New stroke"))
        })
        .case("a step at the end of a group", |design| {
            design.insert(Spot::Into(row(design, "Both sides")), &step("New stroke"))
        })
        .case("a used sequence", |design| {
            design.insert(
                Spot::After(row(design, "Long glide")),
                &New::Use("warm-up".into()),
            )
        })
        .case("a phase below a step of another", |design| {
            design.insert(Spot::After(row(design, "Push-pull")), &phase("Front"))
        })
        .case("a phase at the end", |design| {
            design.insert(Spot::Into(0), &phase("Front"))
        })
        .case("a sequence", |design| {
            let items = vec![step("Rocking")];
            design.insert(
                Spot::Into(0),
                &New::Sequence {
                    name: "wind-down".into(),
                    items,
                },
            )
        });
    insta::assert_snapshot!(cases.told());
}

#[test]
fn the_first_sequence() {
    let text = "Routine(\n    format: 1,\n    name: \"A\",\n\n    // The phases.\n    phases: [\n        Phase(name: \"P\", position: Prone, steps: []),\n    ],\n)\n";
    let mut cases = Cases::of(text);
    cases
        .case("a sequence where there was none", |design| {
            let items = vec![step("Rocking")];
            design.insert(
                Spot::Into(0),
                &New::Sequence {
                    name: "warm-up".into(),
                    items,
                },
            )
        })
        .case("a step in an empty phase", |design| {
            design.insert(Spot::Into(row(design, "P")), &step("New stroke"))
        });
    insta::assert_snapshot!(cases.told());
}

#[test]
fn deletes_and_doubles() {
    let mut cases = Cases::of(GROUNDING);
    cases
        .case("a step with its comment", |design| {
            design.delete(rows(design, "Change sides", "Change sides"))
        })
        .case("several rows with what is in them", |design| {
            design.delete(
                rows(design, "warm-up", "Gliding compression").end - 2..row(design, "2 times"),
            )
        })
        .case("a group with its comment", |design| {
            design.delete(rows(design, "Both sides", "Both sides"))
        })
        .case("the last step of a phase", |design| {
            design.delete(rows(design, "Sit up", "Sit up"))
        })
        .case("a phase", |design| {
            design.delete(rows(design, "Back", "Back"))
        })
        .case("a step doubled with its comment", |design| {
            design.duplicate(rows(design, "Change sides", "Change sides"))
        })
        .case("a group doubled", |design| {
            design.duplicate(rows(design, "Both sides", "Both sides"))
        })
        .case("a sequence doubled under a new name", |design| {
            design.duplicate(rows(design, "warm-up", "warm-up"))
        });
    insta::assert_snapshot!(cases.told());
}

#[test]
fn moves() {
    let mut cases = Cases::of(GROUNDING);
    let one = |title: &'static str| move |design: &Design| rows(design, title, title);
    cases
        .case("down past a row", |design| {
            design.move_down(one("Dismount")(design))
        })
        .case("up past a row", |design| {
            design.move_up(one("Sit up")(design))
        })
        .case("a row with its comments", |design| {
            design.move_up(one("Change sides")(design))
        })
        .case("down into a group", |design| {
            let warm_up = row(design, "Mount") + 1;
            design.move_down(warm_up..warm_up + 1)
        })
        .case("up into a group", |design| {
            design.move_up(one("Long glide")(design))
        })
        .case("down out of a group", |design| {
            design.move_down(one("Change sides")(design))
        })
        .case("up out of a group", |design| {
            design.move_up(one("Gliding compression")(design))
        })
        .case("the only row out of a group", |design| {
            design.move_up(one("Push-pull")(design))
        })
        .case("a group past a group", |design| {
            design.move_down(one("Both sides")(design))
        })
        .case("down into the next phase", |design| {
            design.move_down(one("Long glide")(design))
        })
        .case("up into the phase before", |design| {
            design.move_up(one("Dismount")(design))
        })
        .case("a phase", |design| design.move_down(one("Back")(design)))
        .case("two rows", |design| {
            design.move_up(rows(design, "Dismount", "Quiet hold"))
        })
        .case("beyond the end", |design| {
            design.move_down(one("Sit up")(design))
        })
        .case("beyond the beginning", |design| {
            design.move_up(one("Mount")(design))
        });
    insta::assert_snapshot!(cases.told());
}

#[test]
fn groups() {
    let mut cases = Cases::of(GROUNDING);
    cases
        .case("a row on both sides", |design| {
            design.wrap(rows(design, "Long glide", "Long glide"), Wrap::BothSides)
        })
        .case("rows repeated", |design| {
            design.wrap(rows(design, "Dismount", "Quiet hold"), Wrap::Repeat(3))
        })
        .case("rows with comments and groups", |design| {
            design.wrap(rows(design, "Mount", "2 times"), Wrap::BothSides)
        })
        .case("a phase on both sides", |design| {
            design.wrap(rows(design, "Close", "Close"), Wrap::BothSides)
        })
        .case("a phase can't be repeated", |design| {
            design.wrap(rows(design, "Close", "Close"), Wrap::Repeat(2))
        })
        .case("a group dissolved", |design| {
            design.unwrap(row(design, "2 times"))
        })
        .case("a group with a comment dissolved", |design| {
            design.unwrap(row(design, "Both sides"))
        });
    insta::assert_snapshot!(cases.told());
}

#[test]
fn clips() {
    let source = Design::new(
        "Routine(\r\n\tformat: 1,\r\n\tname: \"Tabs\",\r\n\tphases: [\r\n\t\tPhase(name: \"P\", position: Prone, steps: [\r\n\t\t\t// Slow.\r\n\t\t\tRepeat(2, [\r\n\t\t\t\tStep(stroke: \"Tabbed\", region: Back, time: \"1m\", note: r#\"One\r\n\t\ttwo\"#), // twice\r\n\t\t\t]),\r\n\t\t]),\r\n\t],\r\n)\r\n",
    );
    let clip = source.copy(rows(&source, "2 times", "2 times")).unwrap();
    let mut cases = Cases::of(GROUNDING);
    cases
        .case("from a text with tabs and other line ends", |design| {
            design.paste(Spot::After(row(design, "Dismount")), &clip)
        })
        .case("cut and pasted", |design| {
            let (clip, _) = design.cut(rows(design, "Both sides", "2 times"))?;
            design.paste(Spot::Into(row(design, "Close")), &clip)
        })
        .case("a sequence whose name is taken", |design| {
            let clip = design.copy(rows(design, "warm-up", "warm-up"))?;
            design.paste(Spot::Before(1), &clip)
        });
    let mut told = cases.told();
    let mut cases = Cases::of(source.text());
    let clip = Design::new(GROUNDING);
    let clip = clip.copy(rows(&clip, "Both sides", "Both sides")).unwrap();
    cases.case("to a text with tabs and other line ends", |design| {
        design.paste(Spot::Before(row(design, "Tabbed")), &clip)
    });
    told += &cases.told();
    insta::assert_snapshot!(told);
}

/// Ways of writing that the sample does not have.
#[test]
fn layouts() {
    let wrapped = |steps: &str| {
        format!(
            "Routine(format: 1, name: \"R\", phases: [\n  Phase(name: \"P\", position: Prone, steps: {steps}),\n])"
        )
    };
    let (a, b, c) = (
        "Step(stroke: \"A\", region: Back, time: \"1m\")",
        "Step(stroke: \"B\", region: Back, time: \"1m\")",
        "Step(stroke: \"C\", region: Back, time: \"1m\")",
    );
    let mut told = String::new();
    let mut add = |cases: &Cases| told += &cases.told();
    let one = |design: &Design, title: &str| rows(design, title, title);

    let mut cases = Cases::of(&wrapped(&format!("[{a}, {b}, {c}]")));
    cases
        .case("inline: inserted in the middle", |d| {
            d.insert(Spot::After(row(d, "A")), &step("N"))
        })
        .case("inline: inserted at the beginning", |d| {
            d.insert(Spot::Before(row(d, "A")), &step("N"))
        })
        .case("inline: inserted at the end", |d| {
            d.insert(Spot::After(row(d, "C")), &step("N"))
        })
        .case("inline: first deleted", |d| d.delete(one(d, "A")))
        .case("inline: last deleted", |d| d.delete(one(d, "C")))
        .case("inline: all deleted", |d| d.delete(rows(d, "A", "C")))
        .case("inline: last moved up", |d| d.move_up(one(d, "C")))
        .case("inline: wrapped", |d| {
            d.wrap(rows(d, "B", "C"), Wrap::Repeat(2))
        });
    add(&cases);

    let mut cases = Cases::of(&wrapped(&format!(
        "[\n    {a}, // a\n\n    // b\n    {b} // b\n  ]"
    )));
    cases
        .case("no last comma: inserted at the end", |d| {
            d.insert(Spot::After(row(d, "B")), &step("N"))
        })
        .case("no last comma: last moved up", |d| d.move_up(one(d, "B")))
        .case("no last comma: last deleted", |d| d.delete(one(d, "B")))
        .case("no last comma: doubled", |d| d.duplicate(one(d, "B")))
        .case("no last comma: wrapped", |d| {
            d.wrap(one(d, "B"), Wrap::BothSides)
        });
    add(&cases);

    let mut cases = Cases::of(&wrapped(&format!(
        "[{a}, // a\n    {b} /* b */, /* c */ {c}]"
    )));
    cases
        .case("mixed: first deleted", |d| d.delete(one(d, "A")))
        .case("mixed: first moved down", |d| d.move_down(one(d, "A")))
        .case("mixed: last deleted", |d| d.delete(one(d, "C")))
        .case("mixed: exchanged", |d| d.move_down(one(d, "B")));
    add(&cases);

    let mut cases = Cases::of(&wrapped(&format!(
        "[BothSides([{a}, {b}]), /* r */ Repeat(2, [{c}]) /* s */]"
    )));
    cases
        .case("inline groups: dissolved", |d| {
            d.unwrap(row(d, "Both sides"))
        })
        .case("inline groups: with comments dissolved", |d| {
            d.unwrap(row(d, "2 times"))
        })
        .case("inline groups: moved out", |d| d.move_down(one(d, "B")))
        .case("inline groups: moved in", |d| {
            d.move_down(one(d, "B"))?;
            d.move_down(one(d, "B"))
        });
    add(&cases);

    let mut cases = Cases::of(&wrapped("[\n    // nothing yet\n  ]"));
    cases.case("an empty list with a comment", |d| {
        d.insert(Spot::Into(row(d, "P")), &step("N"))
    });
    add(&cases);

    let mut cases = Cases::of(&wrapped(
        "[Repeat(2, [ // twice\n      Use(\"x\"),\n      // done\n    ]), // so\n    Use(\"y\")]",
    ));
    cases.case("a group with comments everywhere dissolved", |d| {
        d.unwrap(row(d, "2 times"))
    });
    add(&cases);

    insta::assert_snapshot!(told);
}
