//! A routine that does not ship, in real time: each stroke when it should, the
//! card with every item, out with code 0.

use std::time::{Duration, Instant};

use crate::terminal::{Lateness, Terminal};

/// Six seconds of strokes on both sides, with a hold between them.
const SHORT: &str = r#"Routine(format: 1, name: "Short", phases: [
    Phase(name: "All", position: Prone, stance: Floor, with: Hands, steps: [
        BothSides([Step(stroke: "Glide", region: Back, side: Left, time: "2s")]),
        Transition(kind: CheckIn, time: "1s", hold: true),
        Step(stroke: "Press", region: Back, time: "1s"),
        Step(stroke: "Rock", region: Back, time: "2s"),
    ]),
])"#;

/// What every card says, from top to bottom, from the mission's own document and the cautions
/// added to it.
const CARD: [&str; 17] = [
    "24 hours",
    "drink lots of water",
    "gentle stretches",
    "nice hot",
    "sauna",
    "biofreeze on the lower lumbar",
    "heavy objects",
    "35 lb",
    "rough contact",
    "hard chair",
    "heavy alcohol",
    "no heat (shower, sauna, heating pad)",
    "no sauna when dizzy",
    "slowly",
    "numbness",
    "dark urine",
    "treat yourself with love",
];

#[test]
fn a_session_in_real_time_from_the_countdown_to_the_card() {
    let lateness = Lateness::watch();
    let mut terminal = Terminal::run(SHORT);
    let ready = terminal.sees("Get ready");
    let mut moments: Vec<(&str, Instant, Instant)> = Vec::new();
    let mut expect = |what, due: Instant, came| moments.push((what, due, came));

    // Get ready shows it already.
    let begun = terminal.until("Glide, left", |t| {
        t.shows_large("Glide") && t.shows_large("LEFT") && !t.shows("Get ready")
    });
    expect("Glide, left", ready + Duration::from_secs(3), begun);
    let right = terminal.until("Glide, right", |t| {
        t.shows_large("Glide") && t.shows_large("RIGHT")
    });
    expect("Glide, right", begun + Duration::from_secs(2), right);
    let hold = terminal.is_at("Check in");
    expect("Check in", begun + Duration::from_secs(4), hold);
    let waits = terminal.sees("TAKE YOUR TIME");
    expect("the hold waits", begun + Duration::from_secs(5), waits);
    // It waits as long as one likes.
    let over = terminal.sees("+0:02");
    expect("2 s over", begun + Duration::from_secs(7), over);
    terminal.send("\r");
    let press = terminal.is_at("Press");
    let rock = terminal.is_at("Rock");
    expect("Rock", press + Duration::from_secs(1), rock);
    let card = terminal.sees("Finished. Step down slowly.");
    expect("the card", press + Duration::from_secs(3), card);

    let tolerance = lateness.tolerance();
    for (what, due, came) in moments {
        let off = came
            .saturating_duration_since(due)
            .max(due.saturating_duration_since(came));
        assert!(
            off <= tolerance,
            "{what} came {off:?} off; {tolerance:?} is allowed"
        );
    }

    // Two columns in a row: what is not yet shown stands below.
    for item in CARD {
        let is_shown = |t: &Terminal| t.text().to_lowercase().contains(item);
        while !is_shown(&terminal) {
            let before = terminal.text();
            terminal.send("\x1b[B");
            terminal.until(item, |t| t.text() != before);
        }
    }
    terminal.send("q");
    assert_eq!(terminal.code(), 0);
    terminal.given_back();
}

/// Thirty minutes, so that no number of presses gets to the end.
fn long() -> String {
    let step = r#"Step(stroke: "Glide", region: Back, side: Left, time: "1m"),"#;
    let steps = format!("BothSides([{}])", step.repeat(40));
    format!(
        r#"Routine(format: 1, name: "Long", phases: [
            Phase(name: "All", position: Prone, stance: Floor, with: Hands, steps: [{steps}]),
        ])"#
    )
}

#[test]
fn after_150_presses_and_sizes_at_random_the_picture_is_right() {
    const KEYS: [&str; 23] = [
        " ",
        "n",
        "p",
        "\x1b[C",
        "\x1b[D",
        "\r",
        "+",
        "-",
        "l",
        "e",
        "f",
        "u",
        "r",
        "m",
        "\t",
        "?",
        "\x1b[5~",
        "\x1b[6~",
        "\x1b[A",
        "x",
        "a",
        "o",
        "\x1b[200~qq\x1b[201~",
    ];
    let mut terminal = Terminal::run(&long());
    terminal.is_at("Glide");
    // Always the same way: a failure can be looked at again.
    let mut random = 20_260_302_u64;
    let mut pick = |below: usize| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % below
    };
    for _ in 0..150 {
        if pick(4) == 0 {
            let (columns, rows) = (20 + pick(110), 5 + pick(40));
            terminal.resize(
                u16::try_from(columns).unwrap(),
                u16::try_from(rows).unwrap(),
            );
        } else {
            terminal.send(KEYS[pick(KEYS.len())]);
        }
        terminal.look_on(Duration::from_millis(15));
    }
    // Back to a state that does not move: any help closed, all shown, paused.
    terminal.resize(120, 40);
    terminal.until("a picture in the new window", |t| {
        t.shows("Glide") || t.shows("keys ·")
    });
    if terminal.shows("keys ·") {
        terminal.send("q");
        terminal.until("no help", |t| !t.shows("keys ·"));
    }
    if !terminal.shows("PAUSED") {
        terminal.send(" ");
        terminal.sees("PAUSED");
    }
    for _ in 0..3 {
        if terminal.shows("next  ") {
            break;
        }
        let before = terminal.text();
        terminal.send("\t");
        terminal.until("another view", |t| t.text() != before);
    }
    // A notice goes by itself; then nothing moves.
    let is_still = |t: &Terminal| t.shows("Space go on") || t.shows("silent:");
    terminal.until("no notice", is_still);
    let drawn_bit_by_bit = terminal.text();
    terminal.resize(130, 50);
    terminal.until("the larger window", |t| {
        t.text() != drawn_bit_by_bit && is_still(t)
    });
    terminal.resize(120, 40);
    terminal.until("the same picture, drawn anew", |t| {
        t.text() == drawn_bit_by_bit
    });

    // A q that closed the help may have been this moment: within a tenth of a
    // second the next one would be the same press.
    terminal.look_on(Duration::from_millis(150));
    terminal.send("q");
    terminal.sees("Leave the session?");
    terminal.look_on(Duration::from_millis(150));
    terminal.send("q");
    terminal.sees("Ended early.");
    terminal.look_on(Duration::from_millis(150));
    terminal.send("q");
    assert_eq!(terminal.code(), 0);
    terminal.given_back();
}
