//! The score of the nine cues: which strokes, when, on what. How a stroke
//! sounds is the instruments' business.
//!
//! All notes are of one pentatonic scale on D, so that no two cues quarrel;
//! each cue starts on a note of its own and has a rhythm of its own.

use ashiatsu::cue::Cue;

use crate::instruments::Instrument::{self, Bar, Bowl, RubbedBowl};
use crate::instruments::{Sound, Stroke};

/// Hz, equal temperament on A4 = 440.
const A3: f64 = 220.0;
const B3: f64 = 246.94;
const D4: f64 = 293.66;
const E4: f64 = 329.63;
const F4_SHARP: f64 = 369.99;
const A4: f64 = 440.0;
const B4: f64 = 493.88;
const D5: f64 = 587.33;
const E5: f64 = 659.26;

/// Momentary loudness of the cues that open something.
const OPENING: f64 = -21.0;
/// A word aside, before a step's time ends.
const ASIDE: f64 = -25.5;
/// The answer to a press.
const ANSWER: f64 = -27.0;

fn stroke(at_s: f64, on: Instrument, hz: f64, level: f64) -> Stroke {
    Stroke {
        at_s,
        on,
        hz,
        level,
    }
}

/// The sound of a cue.
pub(crate) fn of(cue: Cue) -> Sound {
    let (strokes, length_s, fade_s, lufs) = match cue {
        // One short soft bar; a shade under the others, it comes three times.
        Cue::Ready => (vec![stroke(0.0, Bar, A4, 1.0)], 0.45, 0.20, OPENING - 1.0),
        // Two knocks on the same low bar, the second fainter.
        Cue::Prepare => (
            vec![stroke(0.0, Bar, A3, 1.0), stroke(0.26, Bar, A3, 0.85)],
            0.90,
            0.30,
            ASIDE,
        ),
        // One bowl on the home note.
        Cue::Shift => (vec![stroke(0.0, Bowl, D4, 1.0)], 1.25, 0.60, OPENING),
        // A bowl, and its answer from the other side.
        Cue::Side => (
            vec![
                stroke(0.0, Bowl, F4_SHARP, 0.8),
                stroke(0.40, Bowl, B4, 1.0),
            ],
            1.35,
            0.60,
            OPENING,
        ),
        // Three even steps of wood, up and back.
        Cue::Turn => (
            vec![
                stroke(0.0, Bar, B3, 1.0),
                stroke(0.16, Bar, E4, 0.9),
                stroke(0.32, Bar, B3, 1.0),
            ],
            0.95,
            0.35,
            OPENING,
        ),
        // A rubbed bowl that swells, waits, and lifts by a fifth: left open.
        Cue::Hold => (
            vec![
                stroke(0.0, RubbedBowl, E4, 0.8),
                stroke(0.70, RubbedBowl, B4, 0.8),
            ],
            1.70,
            0.60,
            OPENING,
        ),
        // A sixth down. Going on is a fourth up, quicker, on other notes.
        Cue::Paused => (
            vec![stroke(0.0, Bar, D5, 1.0), stroke(0.19, Bar, F4_SHARP, 0.9)],
            0.75,
            0.30,
            ANSWER,
        ),
        Cue::Resumed => (
            vec![stroke(0.0, Bar, B4, 0.9), stroke(0.12, Bar, E5, 1.0)],
            0.65,
            0.30,
            ANSWER,
        ),
        // Down the scale and home, the last on the low bowl with its octave.
        Cue::Finish => (
            vec![
                stroke(0.0, Bowl, E5, 0.8),
                stroke(0.29, Bowl, A4, 0.8),
                stroke(0.58, Bowl, D4, 1.0),
                stroke(0.58, Bowl, D5, 0.3),
            ],
            1.95,
            0.80,
            OPENING,
        ),
    };
    Sound {
        strokes,
        length_s,
        fade_s,
        lufs,
    }
}
