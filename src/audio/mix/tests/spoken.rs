//! Spoken lines among the chimes, listened to.

use super::*;

/// A chime of 500 ms at 0.3 that brings a line of so many ms, whole half
/// seconds, at 0.1.
fn spoken(bench: &Bench, id: u64, ms: u64, line_ms: usize) -> Scheduled {
    let line = Clip::tone(220.0, 500, 0.1).samples().repeat(line_ms / 500);
    Scheduled {
        voice: Some(Arc::new(Clip::from_samples(line, RATE))),
        ..bench.tone(id, ms, 0.3)
    }
}

fn speaking_bench() -> Bench {
    let mut bench = Bench::new(0);
    bench.mix.set_levels(Levels {
        chimes: Volume::FULL.gain(),
        speech: Volume::FULL.gain(),
    });
    bench.mix.begin_device();
    bench
}

#[test]
fn a_line_begins_once_its_chime_is_over_at_its_own_volume() {
    let mut bench = speaking_bench();
    bench.mix.set_levels(Levels {
        chimes: Volume::FULL.gain(),
        speech: Gain(0.5),
    });
    bench.mix.begin_device();
    let sound = spoken(&bench, 1, 100, 1000);
    bench.mix.queue.push(sound, Manner::Ahead);
    bench.run(2200);
    assert!((bench.peak(200, 500) - 0.3).abs() < 0.01, "the chime");
    assert!(bench.peak(605, 745) < 1e-4, "the gap");
    assert!((bench.peak(800, 1700) - 0.05).abs() < 0.005, "the line");
    assert!(bench.peak(1755, 2200) < 1e-4);
    assert_eq!(bench.told.len(), 1);
}

#[test]
fn a_chime_ends_the_line_that_sounds_and_is_heard_alone() {
    let mut bench = speaking_bench();
    let first = spoken(&bench, 1, 0, 3000);
    bench.mix.queue.push(first, Manner::Ahead);
    bench.run(2000);
    assert!(bench.peak(1800, 2000) > 0.09);
    bench
        .mix
        .queue
        .push(bench.tone(2, 2300, 0.3), Manner::Ahead);
    bench.run(4200);
    assert!(bench.peak(2100, 2290) > 0.09, "up to the chime");
    let alone = bench.peak(2360, 2790);
    assert!((alone - 0.3).abs() < 0.01, "{alone}");
    assert!(bench.peak(2805, 4200) < 1e-4, "the line does not come back");
    assert_eq!(bench.told.len(), 2);
}

#[test]
fn a_press_and_a_hush_end_a_line_that_sounds_and_one_that_waits() {
    for (until, press) in [(300, true), (300, false), (1500, true), (1500, false)] {
        let mut bench = speaking_bench();
        let sound = spoken(&bench, 1, 0, 3000);
        bench.mix.queue.push(sound, Manner::Ahead);
        bench.run(until);
        let at = bench.heard.len() / 48;
        if press {
            let quiet = Scheduled {
                clip: Some(Arc::new(Clip::tone(1.0, 20, 0.0))),
                ..bench.tone(2, u64::try_from(until).unwrap(), 0.0)
            };
            bench.mix.queue.push(quiet, Manner::Press);
        } else {
            bench.mix.hush();
        }
        bench.run(5000);
        assert!(bench.peak(at + 51, 5000) < 1e-4, "{until} {press}");
        let jump = bench
            .heard
            .windows(2)
            .fold(0.0_f32, |j, w| j.max((w[1] - w[0]).abs()));
        assert!(jump < 0.03, "a jump of {jump} clicks");
    }
}

#[test]
fn a_cancelled_cue_takes_its_line_along_and_one_that_began_keeps_it() {
    let mut bench = speaking_bench();
    let (first, second) = (spoken(&bench, 1, 0, 500), spoken(&bench, 2, 2000, 500));
    bench.mix.queue.push(first, Manner::Ahead);
    bench.mix.queue.push(second, Manner::Ahead);
    bench.run(100);
    bench.mix.queue.cancel_all();
    bench.run(4000);
    assert!(bench.peak(700, 1100) > 0.09, "what began is said");
    assert!(bench.peak(1200, 4000) < 1e-4, "what was cancelled is not");
}

#[test]
fn a_line_that_the_next_chime_would_cut_off_early_is_not_begun() {
    // The line would begin at 650 ms and last 3 s.
    for (next, begun) in [(1000, false), (2500, false), (2700, true), (4000, true)] {
        let mut bench = speaking_bench();
        let sound = spoken(&bench, 1, 0, 3000);
        bench.mix.queue.push(sound, Manner::Ahead);
        bench
            .mix
            .queue
            .push(bench.tone(2, next, 0.3), Manner::Ahead);
        bench.run(5000);
        assert_eq!(bench.peak(660, 990) > 0.09, begun, "next at {next}");
    }
}

#[test]
fn with_chimes_turned_down_a_line_is_heard_at_once_and_the_chime_told_as_muted() {
    let mut bench = speaking_bench();
    bench.mix.set_levels(Levels {
        chimes: Volume::SILENT.gain(),
        speech: Volume::FULL.gain(),
    });
    bench.mix.begin_device();
    let sound = spoken(&bench, 1, 100, 500);
    bench.mix.queue.push(sound, Manner::Ahead);
    bench.run(1500);
    assert!(bench.onset().abs_diff(100 * 48) <= 40, "{}", bench.onset());
    assert!((bench.peak(200, 500) - 0.1).abs() < 0.01);
    assert_eq!(bench.told[0].fate, Fate::Dropped(Dropped::Muted));
}

#[test]
fn the_device_is_kept_until_the_line_is_over() {
    let mut bench = speaking_bench();
    let sound = spoken(&bench, 1, 0, 2000);
    bench.mix.queue.push(sound, Manner::Ahead);
    let slot = Slot {
        taken: bench.start,
        heard: bench.start,
        rate: RATE,
    };
    let told = bench.mix.render(&mut [0.0; PERIOD], slot);
    assert_eq!(told[0].1, bench.at(500 + 150 + 2000));
}
