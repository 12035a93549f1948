//! A routine of so many good steps, for the benchmarks.
#![allow(
    dead_code,
    reason = "several benchmarks share it and none uses all of it"
)]

use std::fmt::Write as _;
use std::sync::Arc;

use ashiatsu::plan::Plan;
use ashiatsu::routine::read::{self, NoSounds};

/// Its text, within a file's and a session's limits.
pub(crate) fn text(steps: usize) -> String {
    let mut text = "Routine(format: 1, name: \"Long\", prepare: \"0s\", phases: [\n\
                    Phase(name: \"All\", position: Prone, steps: [\n"
        .to_owned();
    for number in 0..steps {
        // Writing into a String does not fail.
        let _ = writeln!(
            text,
            "  Step(stroke: \"S{number}\", region: Back, side: Left, time: \"4s\", cue: \"Glide on {{side}}\"),"
        );
    }
    text.push_str("])])\n");
    text
}

/// Its plan; none for a text with a mistake, which this one has not.
pub(crate) fn plan(steps: usize) -> Option<Arc<Plan>> {
    let routine = read::read(&text(steps), &NoSounds).ok()?;
    Some(Arc::new(Plan::whole(&routine)))
}
