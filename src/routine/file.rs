//! The shape of a routine file for serde, exactly as it is written. Nothing is
//! checked here but names and kinds of values; meaning is `build`'s.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, MapAccess, Visitor};

use super::vocabulary::{
    Level, Position, Pressure, Region, Side, Stance, TransitionKind, With, Working,
};

#[derive(Debug, Deserialize)]
#[serde(rename = "Routine", deny_unknown_fields)]
pub(super) struct Routine {
    pub(super) format: u32,
    pub(super) name: String,
    pub(super) author: Option<String>,
    pub(super) description: Option<String>,
    pub(super) level: Option<Level>,
    pub(super) length: Option<String>,
    pub(super) prepare: Option<String>,
    pub(super) sequences: Option<Sequences>,
    pub(super) phases: Vec<PhaseItem>,
    pub(super) preparation: Option<Vec<String>>,
    pub(super) contraindications: Option<Vec<String>>,
    pub(super) self_check: Option<Vec<String>>,
    pub(super) aftercare: Option<Aftercare>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum PhaseItem {
    Phase {
        name: String,
        position: Position,
        stance: Option<Stance>,
        with: Option<With>,
        pressure: Option<Pressure>,
        steps: Vec<Item>,
    },
    BothSides(Vec<PhaseItem>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Item {
    Step {
        stroke: String,
        region: Region,
        time: String,
        side: Option<Side>,
        toward: Option<Region>,
        with: Option<With>,
        working: Option<Working>,
        stance: Option<Stance>,
        pressure: Option<Pressure>,
        pace: Option<String>,
        cue: Option<String>,
        note: Option<String>,
        sound: Option<String>,
        min: Option<String>,
        max: Option<String>,
        hold: Option<bool>,
    },
    Transition {
        kind: TransitionKind,
        time: String,
        side: Option<Side>,
        working: Option<Working>,
        cue: Option<String>,
        note: Option<String>,
        sound: Option<String>,
        min: Option<String>,
        max: Option<String>,
        hold: Option<bool>,
    },
    BothSides(Vec<Item>),
    Repeat(u32, Vec<Item>),
    Use(String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Aftercare {
    pub(super) for_hours: Option<u32>,
    pub(super) recommend: Option<Vec<String>>,
    pub(super) avoid: Option<Vec<String>>,
    pub(super) caution: Option<Vec<String>>,
    pub(super) note: Option<String>,
}

/// The `sequences` in the file's order. A map would silently let the last of
/// two equal names win.
#[derive(Debug, Default)]
pub(super) struct Sequences(pub(super) Vec<(String, Vec<Item>)>);

/// How [`Sequences`] begins its message on a name that is there already.
pub(super) const REPEATED_SEQUENCE: &str = "repeated sequence ";

impl<'de> Deserialize<'de> for Sequences {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Sequences;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("sequences by name, in braces")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Sequences, M::Error> {
                let mut sequences = Vec::new();
                let mut seen = std::collections::HashSet::new();
                while let Some(name) = map.next_key::<String>()? {
                    if !seen.insert(name.clone()) {
                        return Err(de::Error::custom(format_args!("{REPEATED_SEQUENCE}{name}")));
                    }
                    sequences.push((name, map.next_value()?));
                }
                Ok(Sequences(sequences))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}
