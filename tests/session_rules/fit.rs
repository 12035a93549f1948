//! Fitting what remains to a length.

use std::time::Duration;

use ashiatsu::session::{Event, FitResult};

use crate::script::{Script, both_sides, secs, step, step_with, transition};

/// What the fit came to.
fn result(s: &Script) -> Option<FitResult> {
    s.last.iter().find_map(|event| match event {
        Event::Fitted { result, .. } => Some(*result),
        _ => None,
    })
}

/// A current step, then one that can change by 30 either way, one that can't,
/// and one that can only shrink, by 30.
fn four() -> Script {
    Script::unwarned([
        step_with("Now", 60, "min: \"10s\", max: \"200s\""),
        step_with("Supple", 60, "min: \"30s\", max: \"90s\""),
        step("Stiff", 120),
        step_with("Shrinks", 120, "min: \"90s\""),
    ])
}

#[test]
fn every_step_that_may_change_gives_the_same_share_of_its_room() {
    let mut s = four();
    // 50 + 300 remain; 30 less are asked for, of 60 that can go.
    s.at(10.0).fit(320.0);
    assert_eq!(result(&s), Some(FitResult::Met));
    assert_eq!(
        s.all_last(),
        [secs(60.0), secs(45.0), secs(120.0), secs(105.0)]
    );
    assert_eq!(s.place(), (1, 50.0));
    let now = s.session.now();
    assert_eq!(s.session.remaining(now), secs(320.0));
    s.at(10.0 + 319.9);
    assert_eq!(s.step(), Some(4));
    s.at(10.0 + 320.0);
    assert!(s.is_finished());
}

#[test]
fn to_last_longer_only_the_longest_counts() {
    let mut s = four();
    s.at(10.0).fit(350.0 + 15.0);
    assert_eq!(result(&s), Some(FitResult::Met));
    assert_eq!(
        s.all_last(),
        [secs(60.0), secs(75.0), secs(120.0), secs(120.0)]
    );
}

#[test]
fn a_new_fit_replaces_the_last() {
    let mut s = four();
    s.at(10.0).fit(365.0).fit(320.0);
    let twice = s.all_last();
    let mut s = four();
    s.at(10.0).fit(320.0);
    assert_eq!(s.all_last(), twice);
    s.fit(350.0);
    assert_eq!(
        s.all_last(),
        [secs(60.0), secs(60.0), secs(120.0), secs(120.0)]
    );
}

#[test]
fn beyond_reach_it_goes_as_far_as_it_can_and_says_what_remains() {
    let mut s = four();
    s.at(10.0).fit(1000.0);
    assert_eq!(s.lasts(1), 90.0);
    assert_eq!(result(&s), Some(FitResult::StillShort(secs(620.0))));

    let mut s = four();
    s.at(10.0).fit(100.0);
    assert_eq!((s.lasts(1), s.lasts(3)), (30.0, 90.0));
    // 50 + 30 + 120 + 90.
    assert_eq!(result(&s), Some(FitResult::StillLong(secs(190.0))));
}

#[test]
fn what_remains_counts_the_current_step_even_where_that_alone_is_too_long() {
    let mut s = four();
    s.at(10.0).fit(20.0);
    assert_eq!((s.lasts(1), s.lasts(3)), (30.0, 90.0));
    assert_eq!(result(&s), Some(FitResult::StillLong(secs(270.0))));

    let mut s = four();
    s.at(10.0).fit(0.0);
    assert_eq!(result(&s), Some(FitResult::StillLong(secs(290.0))));
}

#[test]
fn the_current_step_over_its_time_counts_nothing() {
    let mut s = four();
    s.at(10.0).linger().at(100.0).fit(270.0);
    assert_eq!(result(&s), Some(FitResult::Met));
    assert_eq!(
        s.all_last(),
        [secs(60.0), secs(45.0), secs(120.0), secs(105.0)]
    );
}

fn sides() -> Script {
    Script::unwarned([
        both_sides([
            step_with("Glide", 60, "side: Left, min: \"40s\", max: \"100s\""),
            step_with("Fan", 60, "side: Left, min: \"40s\", max: \"100s\""),
            transition("ChangeSides", 20, ""),
        ]),
        step_with("Close", 60, "min: \"30s\", max: \"300s\""),
    ])
}

#[test]
fn the_second_side_gets_what_the_first_really_got() {
    let mut s = sides();
    // Left: 75 s of Glide (a pause does not count) and 35 s of Fan.
    s.at(10.0)
        .pause()
        .at(20.0)
        .resume()
        .linger()
        .at(85.0)
        .next();
    s.at(120.0).next();
    assert_eq!((s.worked(0), s.worked(1)), (75.0, 35.0));
    // In the change of sides: 20 + 75 + 40 (at least its min) + 100.
    s.fit(20.0 + 75.0 + 40.0 + 100.0);
    assert_eq!(result(&s), Some(FitResult::Met));
    assert_eq!((s.lasts(3), s.lasts(4), s.lasts(5)), (75.0, 40.0, 100.0));
}

#[test]
fn the_second_side_stays_within_its_longest() {
    let mut s = sides();
    s.at(10.0).linger().at(500.0).next().at(560.0);
    s.fit(20.0 + 100.0 + 60.0 + 90.0);
    assert_eq!((s.lasts(3), s.lasts(4), s.lasts(5)), (100.0, 60.0, 90.0));
}

#[test]
fn sides_that_are_both_to_come_stay_equal() {
    let mut s = Script::unwarned([
        step("Open", 60),
        both_sides([
            step_with("Glide", 61, "side: Left, min: \"17s\", max: \"103s\""),
            step_with("Fan", 67, "side: Left, min: \"23s\", max: \"101s\""),
        ]),
    ]);
    for target in [150.0, 199.999, 233.333, 300.001, 400.0] {
        s.at(10.0).fit(target);
        assert_eq!(result(&s), Some(FitResult::Met), "{target}");
        assert_eq!(s.lasts(1), s.lasts(3), "{target}");
        assert_eq!(s.lasts(2), s.lasts(4), "{target}");
        let remains = s.session.remaining(s.session.now());
        assert!(remains.abs_diff(secs(target)) < Duration::from_millis(1));
    }
}

#[test]
fn the_last_step_has_nothing_to_fit() {
    let mut s = Script::unwarned([step_with("Only", 60, "min: \"10s\", max: \"90s\"")]);
    s.at(10.0).fit(80.0);
    assert!(s.refusal().is_some());
    assert_eq!(s.place(), (1, 50.0));
}
