//! What shaping a routine costs: `design_cost [STEPS]` opens a routine of that
//! many steps and prints how long opening it and each edit takes: the best of
//! several, for what else the machine does is not what is measured.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement: what goes wrong stops it, and its figures are its purpose"
)]

use std::fmt::Write;
use std::time::Duration;

use ashiatsu::check::check;
use ashiatsu::clock::Clock;
use ashiatsu::design::{Design, Edited, New, Refused, Spot, Wrap};
use ashiatsu::document::Document;
use ashiatsu::routine::read::NoSounds;
use ashiatsu::routine::vocabulary::Region;

const ROUNDS: u32 = 9;

fn main() {
    let steps = std::env::args().nth(1);
    let steps: usize = steps.map_or(10_000, |steps| steps.parse().unwrap());
    for (name, phases) in [("in one phase", 1), ("in phases of 20", steps / 20)] {
        let text = routine(steps, phases.max(1));
        println!("{steps} steps {name}, {} KiB", text.len() / 1024);
        measure(&text);
    }
}

/// A routine of about a hundred bytes a step, with a comment at every tenth.
fn routine(steps: usize, phases: usize) -> String {
    let mut text = "Routine(\n    format: 1,\n    name: \"Large\",\n    phases: [\n".to_owned();
    for phase in 0..phases {
        let _ = writeln!(
            text,
            "        Phase(name: \"P{phase}\", position: Prone, steps: ["
        );
        for step in 0..steps / phases {
            if step % 10 == 0 {
                text += "            // Slow.\n";
            }
            let _ = writeln!(
                text,
                "            Step(stroke: \"S{step}\", region: Back, time: \"3s\", cue: \"On\"),"
            );
        }
        text += "        ]),\n";
    }
    text + "    ],\n)\n"
}

fn measure(text: &str) {
    let mut design = Design::new(text);
    let middle = design.rows().len() / 2;
    let rows = design.rows().get(middle..).unwrap_or(&[]);
    let kinds: Vec<bool> = rows.iter().map(|row| row.kind.is_timed()).collect();
    // Three steps beside each other.
    let steps = kinds
        .windows(3)
        .position(|three| three.iter().all(|step| *step));
    let middle = middle + steps.unwrap();
    let two = middle..middle + 2;
    tell("open", || drop(Design::new(text)));
    tell("of that, the tree", || drop(Document::parse(text)));
    tell("check", || drop(check(text, &NoSounds)));
    tell("a screen's rows read", || {
        for row in middle..middle + 40 {
            let _ = (
                design.title(row),
                design.written(row, "time"),
                design.written(row, "side"),
            );
        }
    });
    tell("all fields of a row read", || drop(design.fields(middle)));
    tell("whether it is modified", || {
        let _ = design.is_modified();
    });
    let new = New::Step {
        stroke: "New".to_owned(),
        region: Region::Back,
        time: Duration::from_secs(3),
    };
    edit(&mut design, "time", |design| {
        design.adjust_time(two.clone(), 1)
    });
    edit(&mut design, "set", |design| {
        design.set_typed(middle, "note", "Slower")
    });
    edit(&mut design, "insert", |design| {
        design.insert(Spot::After(middle), &new)
    });
    edit(&mut design, "duplicate", |design| {
        design.duplicate(two.clone())
    });
    edit(&mut design, "delete", |design| design.delete(two.clone()));
    edit(&mut design, "move down", |design| {
        design.move_down(two.clone())
    });
    edit(&mut design, "wrap", |design| {
        design.wrap(two.clone(), Wrap::BothSides)
    });
    edit(&mut design, "cut and paste", |design| {
        let (clip, _) = design.cut(two.clone())?;
        design.paste(Spot::Before(3), &clip)
    });
    edit(&mut design, "scale all", |design| {
        design.scale(0, Duration::from_secs(35_000))
    });
    edit(&mut design, "longer, all", |design| {
        design.adjust_time(1..2, 1)
    });
    edit(&mut design, "duplicate a phase", |design| {
        let end = design.rows().get(1).unwrap().end;
        let last = design.rows().len() - 1;
        if end > 100 {
            design.move_up(last..last + 1)
        } else {
            design.duplicate(1..2)
        }
    });
    edit(&mut design, "one letter typed", |design| {
        let mut text = design.text().to_owned();
        text.insert(text.len() / 2, 'x');
        design.replace_text(&text)
    });
}

/// An edit, and its undo.
fn edit(
    design: &mut Design,
    name: &str,
    mut make: impl FnMut(&mut Design) -> Result<Edited, Refused>,
) {
    let (mut there, mut back) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        let clock = Clock::new();
        make(design).unwrap();
        there = there.min(clock.now());
        let clock = Clock::new();
        while design.can_undo() {
            design.undo().unwrap();
        }
        back = back.min(clock.now());
    }
    println!("  {name:24} {:7.2} ms, undo {:7.2} ms", ms(there), ms(back));
}

fn tell(name: &str, mut act: impl FnMut()) {
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let clock = Clock::new();
        act();
        best = best.min(clock.now());
    }
    println!("  {name:24} {:7.2} ms", ms(best));
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
