//! A routine's own sound that can't be heard is found before the session; one
//! of an unusual kind that can is not.

use std::fs::File;

use crate::program::Program;

const ROUTINE: &str = r#"Routine(format: 1, name: "Own", phases: [
    Phase(name: "Back", position: Prone, steps: [
        Step(stroke: "Glide", region: Back, time: "1m", sound: "own.wav"),
    ]),
])"#;

/// A second of a WAV: a square wave at an eighth of full scale, or silence.
fn wav(channels: u16, rate: u32, bits: u16, silent: bool) -> Vec<u8> {
    let frame = channels * bits / 8;
    let size = rate * u32::from(frame);
    let mut file = Vec::new();
    file.extend(b"RIFF");
    file.extend((36 + size).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    file.extend(channels.to_le_bytes());
    file.extend(rate.to_le_bytes());
    file.extend(size.to_le_bytes());
    file.extend(frame.to_le_bytes());
    file.extend(bits.to_le_bytes());
    file.extend(b"data");
    file.extend(size.to_le_bytes());
    for i in 0..rate {
        let up = i / 50 % 2 == 0 && !silent;
        for _ in 0..channels {
            match (bits, up) {
                (8, true) => file.push(144),
                (8, false) => file.push(128),
                (_, true) => file.extend(4096_i16.to_le_bytes()),
                (_, false) => file.extend(0_i16.to_le_bytes()),
            }
        }
    }
    file
}

/// What `check` and `run` say with that sound, in one text each.
fn said(program: &Program) -> [(i32, String); 2] {
    // Without a terminal a routine that can run ends in 2, one that can't in 1.
    ["check", "run"].map(|command| {
        let done = program.run(&[command, "./own.ron"]);
        assert!(done.took.as_secs() < 10, "{command} took {:?}", done.took);
        (done.code, done.out + &done.err)
    })
}

fn with(sound: impl AsRef<[u8]>) -> Program {
    let program = Program::new();
    program.write("own.ron", ROUTINE);
    program.write("own.wav", sound);
    program
}

#[test]
fn what_cannot_be_heard_is_an_error_on_its_line_before_the_session() {
    let huge = with("");
    let file = File::create(huge.path("own.wav")).unwrap();
    file.set_len(300 * 1024 * 1024).unwrap();
    let pipe = with("");
    std::fs::remove_file(pipe.path("own.wav")).unwrap();
    pipe.make_pipe("own.wav");
    for (program, why) in [
        (
            with(b"RIFF, it says, and then words"),
            "is no sound that can be read",
        ),
        (
            with(b"ID3\x04 of another kind".repeat(99)),
            "is no sound that can be read",
        ),
        (with(""), "is empty"),
        (huge, "is too large: at most 200 MiB"),
        (with(wav(1, 48_000, 16, true)), "is silent"),
        (pipe, "is not a file"),
    ] {
        for (code, text) in said(&program) {
            assert_eq!(code, 1, "{text}");
            let line = format!("the sound \"own.wav\" {why}");
            assert!(text.contains(&line), "{why:?} is not in {text}");
            assert!(text.contains("own.ron:3:"), "{text}");
        }
    }
}

#[test]
fn eight_bits_192_khz_and_six_channels_are_taken() {
    for (channels, rate, bits) in [(1, 8000, 8), (2, 192_000, 16), (6, 48_000, 16)] {
        let [(checked, text), (run, _)] = said(&with(wav(channels, rate, bits, false)));
        assert_eq!((checked, run), (0, 2), "{channels} {rate} {bits}: {text}");
    }
}
