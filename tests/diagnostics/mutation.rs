//! Single slips of the hand in good routines: one character lost, put in, changed or swapped with the
//! next, and how far from it the nearest mark is.

use std::fmt;

use ashiatsu::check::{self, Checked};
use ashiatsu::diagnostic::Lines;
use ashiatsu::library::SHIPPED;
use ashiatsu::routine::read::NoSounds;
use ron::extensions::Extensions;

const SAMPLE: &str = include_str!("../document/grounding.ron");

/// What a hand puts in by mistake.
const KEYS: &[char] = &[
    '"', '\'', ',', '.', ':', ';', '(', ')', '[', ']', '{', '}', '/', '\\', '#', '-', ' ', '\n',
    '\t', '0', '5', 'a', 'e', 'S', 'L', 'm', 's', '_', '=', 'é', '背', '”',
];

/// What came of many slips.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    accepted: usize,
    refused: usize,
    near: usize,
    /// Slips after which a routine is made of what ron does not read.
    pub(crate) accepted_though_ron_refuses: Vec<String>,
    far: Vec<String>,
}

impl Tally {
    /// How many of a hundred that are refused have a mark within one line of the slip.
    #[expect(clippy::cast_precision_loss, reason = "counts of thousands")]
    pub(crate) fn near(&self) -> f64 {
        100.0 * self.near as f64 / self.refused.max(1) as f64
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} slips: {} harmless, {} refused, {:.2} of 100 of these marked within one line",
            self.accepted + self.refused,
            self.accepted,
            self.refused,
            self.near()
        )?;
        for far in self.far.iter().take(60) {
            writeln!(f, "  {far}")?;
        }
        Ok(())
    }
}

/// Numbers without an order, the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % most
    }
}

/// The text with one slip, and the byte where it is.
fn slip(text: &str, dice: &mut Dice) -> (String, usize) {
    let mut at = dice.below(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let here = text[at..].chars().next().unwrap();
    let key = KEYS[dice.below(KEYS.len())];
    let mut slipped = text.to_owned();
    match dice.below(4) {
        0 => slipped.replace_range(at..at + here.len_utf8(), ""),
        1 => slipped.insert(at, key),
        2 => slipped.replace_range(at..at + here.len_utf8(), key.encode_utf8(&mut [0; 4])),
        _ => {
            if let Some(next) = text[at..].chars().nth(1) {
                let end = at + here.len_utf8() + next.len_utf8();
                slipped.replace_range(at..end, &format!("{next}{here}"));
            }
        }
    }
    (slipped, at)
}

/// Makes so many slips and looks at what is said of each.
pub(crate) fn run(count: usize, seed: u64) -> Tally {
    let texts: Vec<&str> = SHIPPED
        .iter()
        .map(|(_, text)| *text)
        .chain([SAMPLE])
        .collect();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ seed);
    let mut tally = Tally::default();
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    for _ in 0..count {
        let text = texts[dice.below(texts.len())];
        let (slipped, at) = slip(text, &mut dice);
        let Checked {
            routine,
            diagnostics,
            ..
        } = check::check(&slipped, &NoSounds);
        let lines = Lines::new(&slipped);
        let line = lines.position(at.min(slipped.len())).0;
        let told = || {
            let (here, _) = lines.position(at);
            let said = diagnostics.first().map(|one| one.one_line(&slipped));
            format!(
                "{here}: {:?} -> {}",
                lines.text(here).trim(),
                said.unwrap_or_default()
            )
        };
        if routine.is_some() {
            tally.accepted += 1;
            let body = slipped.strip_prefix('\u{feff}').unwrap_or(&slipped);
            if options.from_str::<ron::Value>(body).is_err() {
                tally.accepted_though_ron_refuses.push(told());
            }
            continue;
        }
        tally.refused += 1;
        let near = diagnostics.iter().any(|diagnostic| {
            let related = diagnostic.related.iter().map(|related| &related.range);
            related
                .chain([&diagnostic.range])
                .any(|range| lines.position(range.start).0.abs_diff(line) <= 1)
        });
        if near {
            tally.near += 1;
        } else {
            tally.far.push(told());
        }
    }
    tally
}
