//! The commands as a user types them: what they print, where, and the exit
//! code.

mod manners;
#[path = "../support/mounted.rs"]
mod mounted;
mod own_sounds;
mod plans;
mod program;
mod sheet;
mod voice;
mod written_files;
mod wrong_files;

/// A routine of 7 steps with both sides in it.
const SAMPLE: &str = r#"Routine(
    format: 1,
    name: "Sample",
    level: Intermediate,
    author: "Mika",
    length: "10m",
    phases: [
        Phase(name: "Back", position: Prone, stance: OneFoot, steps: [
            Transition(kind: Mount, time: "30s", hold: true),
            BothSides([
                Step(stroke: "Gliding compression", region: LowBack, side: Left, working: Left,
                     time: "2m", min: "1m", max: "3m", cue: "The {side} | beside *it*"),
                Transition(kind: ChangeSides, time: "15s"),
            ]),
            Step(stroke: "Long glide", region: Back, time: "4m", max: "5m"),
            Transition(kind: Dismount, time: "45s"),
        ]),
        Phase(name: "Close", position: Prone, stance: Floor, steps: [
            Step(stroke: "Quiet hold", region: Sacrum, time: "30s"),
        ]),
    ],
)
"#;
