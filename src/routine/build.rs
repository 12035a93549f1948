//! From a file's shape to a routine that is valid by construction: every
//! limit, time, text and name is checked here, and every fault is found, not
//! only the first. It knows places in the document, no byte positions.

use std::collections::HashMap;
use std::time::Duration;

use super::fault::{Fault, MAX_AFTERCARE_HOURS};
use super::text::{self, Lines, did_you_mean, find_unsafe};
use super::time;
use super::vocabulary::{Side, Working};
use super::{
    Aftercare, Common, DEFAULT_PREPARE, Ends, Item, MAX_REPEAT, MAX_TEXT, Phase, PhaseItem,
    Routine, Sequence, Sound, Step, Transition, file,
};
use super::{measure, placeholder};
use crate::cue::Cue;
use crate::document::Place;

/// A fault and the value that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What.
    pub fault: Fault,
}

/// What is known of a sound file that a routine names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SoundState {
    /// It lies in the routine's folder.
    Present,
    /// It does not.
    Missing,
    /// It is named, or a link leads, outside the folder.
    Outside,
    /// It can't be heard, for this reason: "is silent".
    Unusable(String),
}

/// The routine's folder, as far as sounds go. The shell looks on the disk; a
/// routine that ships has none.
pub trait SoundFolder {
    /// Whether the file of that name may be used.
    fn state(&self, name: &str) -> SoundState;
}

/// A folder without any sound.
#[derive(Debug, Clone, Copy)]
pub struct NoSounds;

impl SoundFolder for NoSounds {
    fn state(&self, _name: &str) -> SoundState {
        SoundState::Missing
    }
}

/// The routine that `file` means.
pub(super) fn build(
    file: file::Routine,
    sounds: &dyn SoundFolder,
) -> Result<Routine, Vec<Finding>> {
    let mut builder = Builder {
        findings: Vec::new(),
        names: HashMap::new(),
        looked_for: 0,
        sounds,
    };
    let routine = builder.routine(file);
    builder.findings.extend(measure::measure(&routine));
    if builder.findings.is_empty() {
        Ok(routine)
    } else {
        Err(builder.findings)
    }
}

/// For how many unknown names of sequences a known one is looked for: each is held against all of them.
const MOST_LOOKED_FOR: usize = 64;

struct Builder<'a> {
    findings: Vec<Finding>,
    /// Sequence name to index.
    names: HashMap<String, usize>,
    /// For how many unknown names a known one was looked for.
    looked_for: usize,
    sounds: &'a dyn SoundFolder,
}

impl Builder<'_> {
    fn find(&mut self, place: Place, fault: Fault) {
        self.findings.push(Finding { place, fault });
    }

    fn routine(&mut self, file: file::Routine) -> Routine {
        let root = Place::root();
        if file.format != super::FORMAT {
            self.find(root.field("format"), Fault::UnknownFormat(file.format));
        }
        let sequences = file.sequences.unwrap_or_default().0;
        self.names = sequences
            .iter()
            .enumerate()
            .map(|(index, (name, _))| (name.clone(), index))
            .collect();
        let in_sequences = root.field("sequences");
        let sequences = sequences
            .into_iter()
            .map(|(name, items)| {
                let place = in_sequences.key(name.clone());
                self.check_text(&place, "name", &name, Lines::One);
                Sequence {
                    items: self.items(items, &place),
                    name,
                    place,
                }
            })
            .collect();
        Routine {
            name: self.text(file.name, &root, "name"),
            author: self.maybe_text(file.author, &root, "author"),
            description: file.description.inspect(|text| {
                self.check_text(&root.field("description"), "description", text, Lines::Many);
            }),
            level: file.level,
            length: self.maybe_time(file.length, &root, "length"),
            prepare: file
                .prepare
                .map_or(DEFAULT_PREPARE, |text| self.time(&text, &root, "prepare")),
            sequences,
            phases: self.phase_items(file.phases, &root.field("phases")),
            preparation: self
                .lines(file.preparation, &root, "preparation")
                .unwrap_or_default(),
            contraindications: self
                .lines(file.contraindications, &root, "contraindications")
                .unwrap_or_default(),
            self_check: self
                .lines(file.self_check, &root, "self_check")
                .unwrap_or_default(),
            aftercare: self.aftercare(file.aftercare, &root.field("aftercare")),
        }
    }

    fn aftercare(&mut self, file: Option<file::Aftercare>, place: &Place) -> Aftercare {
        let mut aftercare = Aftercare::default();
        let Some(file) = file else { return aftercare };
        if let Some(hours) = file.for_hours {
            if !(1..=MAX_AFTERCARE_HOURS).contains(&hours) {
                self.find(place.field("for_hours"), Fault::AftercareHours(hours));
            }
            aftercare.for_hours = hours;
        }
        for (own, lines, field) in [
            (file.recommend, &mut aftercare.recommend, "recommend"),
            (file.avoid, &mut aftercare.avoid, "avoid"),
            (file.caution, &mut aftercare.caution, "caution"),
        ] {
            if let Some(own) = self.lines(own, place, field) {
                *lines = own;
            }
        }
        if let Some(note) = file.note {
            self.check_text(&place.field("note"), "note", &note, Lines::Many);
            aftercare.note = note;
        }
        aftercare
    }

    fn lines(
        &mut self,
        lines: Option<Vec<String>>,
        place: &Place,
        field: &'static str,
    ) -> Option<Vec<String>> {
        let lines = lines?;
        let place = place.field(field);
        for (n, line) in lines.iter().enumerate() {
            self.check_text(&place.index(n), field, line, Lines::One);
        }
        Some(lines)
    }

    fn phase_items(&mut self, items: Vec<file::PhaseItem>, place: &Place) -> Vec<PhaseItem> {
        if items.is_empty() {
            self.find(place.clone(), Fault::EmptyList);
        }
        items
            .into_iter()
            .enumerate()
            .map(|(n, item)| {
                let place = place.index(n);
                match item {
                    file::PhaseItem::Phase {
                        name,
                        position,
                        stance,
                        with,
                        pressure,
                        steps,
                    } => PhaseItem::Phase(Phase {
                        name: self.text(name, &place, "name"),
                        position,
                        stance,
                        with,
                        pressure,
                        items: self.items(steps, &place.field("steps")),
                        place,
                    }),
                    file::PhaseItem::BothSides(items) => {
                        PhaseItem::BothSides(self.phase_items(items, &place.index(0)), place)
                    }
                }
            })
            .collect()
    }

    fn items(&mut self, items: Vec<file::Item>, place: &Place) -> Vec<Item> {
        if items.is_empty() {
            self.find(place.clone(), Fault::EmptyList);
        }
        items
            .into_iter()
            .enumerate()
            .filter_map(|(n, item)| self.item(item, place.index(n)))
            .collect()
    }

    fn item(&mut self, item: file::Item, place: Place) -> Option<Item> {
        Some(match item {
            file::Item::Step {
                stroke,
                region,
                toward,
                with,
                stance,
                pressure,
                pace,
                time,
                min,
                max,
                hold,
                side,
                working,
                cue,
                note,
                sound,
            } => Item::Step(Step {
                stroke: self.text(stroke, &place, "stroke"),
                region,
                toward,
                with,
                stance,
                pressure,
                pace: pace.map(|text| self.positive_time(&text, &place, "pace")),
                common: self.common(
                    Written {
                        time,
                        min,
                        max,
                        hold,
                        side,
                        working,
                        cue,
                        note,
                        sound,
                    },
                    place,
                ),
            }),
            file::Item::Transition {
                kind,
                time,
                min,
                max,
                hold,
                side,
                working,
                cue,
                note,
                sound,
            } => Item::Transition(Transition {
                kind,
                common: self.common(
                    Written {
                        time,
                        min,
                        max,
                        hold,
                        side,
                        working,
                        cue,
                        note,
                        sound,
                    },
                    place,
                ),
            }),
            file::Item::BothSides(items) => {
                Item::BothSides(self.items(items, &place.index(0)), place)
            }
            file::Item::Repeat(times, items) => {
                if !(1..=MAX_REPEAT).contains(&times) {
                    self.find(place.index(0), Fault::RepeatCount(times));
                }
                Item::Repeat(times, self.items(items, &place.index(1)), place)
            }
            file::Item::Use(name) => {
                let Some(&index) = self.names.get(&name) else {
                    let meant = self.nearest_sequence(&name);
                    self.find(
                        place.index(0),
                        Fault::UnknownSequence { found: name, meant },
                    );
                    return None;
                };
                Item::Use(index, place)
            }
        })
    }

    /// The sequence whose name was most likely meant, the first of several.
    fn nearest_sequence(&mut self, found: &str) -> Option<String> {
        self.looked_for += 1;
        if self.looked_for > MOST_LOOKED_FOR {
            return None;
        }
        let mut names: Vec<(&str, usize)> = self
            .names
            .iter()
            .map(|(name, index)| (name.as_str(), *index))
            .collect();
        names.sort_unstable_by_key(|&(_, index)| index);
        did_you_mean(found, names.into_iter().map(|(name, _)| name)).map(str::to_owned)
    }

    fn common(&mut self, written: Written, place: Place) -> Common {
        let time = self.positive_time(&written.time, &place, "time");
        let min = written
            .min
            .map_or(time, |text| self.positive_time(&text, &place, "min"));
        let max = written
            .max
            .map_or(time, |text| self.positive_time(&text, &place, "max"));
        // A time that could not be read is zero here and told already.
        if time > Duration::ZERO {
            if min > time {
                self.find(place.field("min"), Fault::MinOverTime);
            }
            if max < time && max > Duration::ZERO {
                self.find(place.field("max"), Fault::MaxUnderTime);
            }
        }
        for (text, field, lines) in [
            (&written.cue, "cue", Lines::One),
            (&written.note, "note", Lines::Many),
        ] {
            let Some(text) = text else { continue };
            let at = place.field(field);
            self.check_text(&at, field, text, lines);
            match placeholder::check(text, written.side, written.working) {
                Ok(()) => {}
                Err(placeholder::Fault::Unknown(brace, byte)) => {
                    self.find(at, Fault::UnknownPlaceholder { brace, byte });
                }
                Err(placeholder::Fault::Unfilled(name, byte)) => {
                    self.find(at, Fault::UnfilledPlaceholder { name, byte });
                }
            }
        }
        Common {
            time,
            min,
            max,
            ends: match written.hold {
                Some(true) => Ends::WhenReady,
                Some(false) | None => Ends::ByTime,
            },
            side: written.side,
            working: written.working,
            cue: written.cue,
            note: written.note,
            sound: written.sound.map(|name| self.sound(name, &place)),
            place,
        }
    }

    fn sound(&mut self, name: String, place: &Place) -> Sound {
        if let Some(cue) = Cue::from_name(&name) {
            return Sound::Cue(cue);
        }
        let at = place.field("sound");
        if !self.check_text(&at, "sound", &name, Lines::One) {
            return Sound::File(name);
        }
        match self.sounds.state(&name) {
            SoundState::Present => {}
            SoundState::Missing => self.find(at, Fault::SoundMissing(name.clone())),
            SoundState::Outside => self.find(at, Fault::SoundOutside(name.clone())),
            SoundState::Unusable(why) => self.find(
                at,
                Fault::SoundUnusable {
                    name: name.clone(),
                    why,
                },
            ),
        }
        Sound::File(name)
    }

    fn text(&mut self, text: String, place: &Place, field: &'static str) -> String {
        self.check_text(&place.field(field), field, &text, Lines::One);
        text
    }

    fn maybe_text(
        &mut self,
        text: Option<String>,
        place: &Place,
        field: &'static str,
    ) -> Option<String> {
        text.map(|text| self.text(text, place, field))
    }

    /// Whether the text may stand there; what is wrong is found.
    fn check_text(&mut self, at: &Place, field: &'static str, text: &str, lines: Lines) -> bool {
        let length = text::length(text);
        let fault = if text.trim().is_empty() {
            Fault::EmptyText(field)
        } else if length > MAX_TEXT {
            Fault::LongText(length)
        } else {
            match find_unsafe(text, lines) {
                None => return true,
                Some((_, '\n' | '\r')) => Fault::BrokenText,
                Some((_, c)) => Fault::UnsafeText(c),
            }
        };
        self.find(at.clone(), fault);
        false
    }

    /// The time, or zero where it can't be read.
    fn time(&mut self, text: &str, place: &Place, field: &'static str) -> Duration {
        time::parse(text).unwrap_or_else(|fault| {
            self.find(place.field(field), Fault::Time(fault));
            Duration::ZERO
        })
    }

    fn positive_time(&mut self, text: &str, place: &Place, field: &'static str) -> Duration {
        match time::parse(text) {
            Ok(Duration::ZERO) => {
                self.find(place.field(field), Fault::ZeroTime(field));
                Duration::ZERO
            }
            Ok(time) => time,
            Err(fault) => {
                self.find(place.field(field), Fault::Time(fault));
                Duration::ZERO
            }
        }
    }

    fn maybe_time(
        &mut self,
        text: Option<String>,
        place: &Place,
        field: &'static str,
    ) -> Option<Duration> {
        text.map(|text| self.positive_time(&text, place, field))
    }
}

/// What steps and transitions have in common, as written.
struct Written {
    time: String,
    min: Option<String>,
    max: Option<String>,
    hold: Option<bool>,
    side: Option<Side>,
    working: Option<Working>,
    cue: Option<String>,
    note: Option<String>,
    sound: Option<String>,
}
