//! What a cue costs on its way: a session that goes on by a second and says what
//! the speaker is to do, and a sound from the loop to the speaker's thread until
//! its fate is known. Muted: what a device takes is its own.

#[path = "support/long.rs"]
mod long;

use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use ashiatsu::audio::{Chimes, Mute, Options, Report, Scheduled, SoundId, Speaker};
use ashiatsu::clock::{self, Clock};
use ashiatsu::cue::Cue;
use ashiatsu::tui::live::{Live, Now};
use divan::Bencher;

fn main() {
    divan::main();
}

/// A minute of a session, woken each second, with the orders that it gives.
#[divan::bench(args = [100, 1000, 10_000])]
fn a_minute_of_orders(bencher: Bencher<'_, '_>, steps: usize) {
    let Some(plan) = long::plan(steps) else {
        return;
    };
    let live = Live::start(Arc::unwrap_or_clone(plan), Duration::ZERO, &moment(0));
    bencher
        .with_inputs(|| live.clone())
        .bench_values(|mut live| {
            for second in 1..=60 {
                divan::black_box(live.advance(&moment(second)));
            }
            live
        });
}

/// There and back.
#[divan::bench(sample_count = 20, sample_size = 100)]
fn to_the_speaker(bencher: Bencher<'_, '_>) {
    let Ok(chimes) = Chimes::embedded() else {
        return;
    };
    let (tell, fates) = mpsc::channel();
    let options = Options {
        mute: Mute::On,
        ..Options::new(Arc::new(chimes))
    };
    let speaker = Speaker::start(options, move |report| {
        if let Report::Fate(told) = report {
            // The bench may be over.
            let _ = tell.send(told);
        }
    });
    let Ok(speaker) = speaker else {
        return;
    };
    let clock = Clock::new();
    let mut id = 0;
    bencher.bench_local(|| {
        id += 1;
        speaker.press(Scheduled {
            id: SoundId(id),
            cue: Cue::Shift,
            clip: None,
            voice: None,
            due: clock.instant(clock.now()),
        });
        fates.recv_timeout(Duration::from_secs(5))
    });
    speaker.shut_down();
}

fn moment(seconds: u64) -> Now {
    let mono = Duration::from_secs(seconds);
    let wall = clock::wall();
    Now {
        wall: wall.checked_add(mono).unwrap_or(wall),
        mono,
    }
}
