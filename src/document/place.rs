//! A place in a routine's structure: `phases[0].steps[2].time`. It says which value, not where its text
//! is: the document finds that. It knows neither text nor bytes, so it may be kept, sent and stored.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// One step of the way from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceStep {
    /// Into a struct's field.
    Field(Cow<'static, str>),
    /// Into a list's or tuple's item, from 0.
    Index(usize),
    /// Into a map's entry, by the text of its key.
    Key(Cow<'static, str>),
}

/// The way from the file's one value to a value inside it. Cloning shares it; extending copies the few
/// steps that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Place(Arc<[PlaceStep]>);

impl Place {
    /// The file's one value itself.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The field of this name in the struct at this place.
    #[must_use]
    pub fn field(&self, name: impl Into<Cow<'static, str>>) -> Self {
        self.with(PlaceStep::Field(name.into()))
    }

    /// The item at this index, from 0, in the list or tuple at this place.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(PlaceStep::Index(index))
    }

    /// The entry under this key in the map at this place.
    #[must_use]
    pub fn key(&self, key: impl Into<Cow<'static, str>>) -> Self {
        self.with(PlaceStep::Key(key.into()))
    }

    /// One step further.
    #[must_use]
    pub fn with(&self, step: PlaceStep) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// The place that this one is directly inside; none for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (_, above) = self.0.split_last()?;
        Some(Self(above.into()))
    }

    /// The steps from the root.
    #[must_use]
    pub fn steps(&self) -> &[PlaceStep] {
        &self.0
    }

    /// Whether this place is the other one or inside it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }
}

impl FromIterator<PlaceStep> for Place {
    fn from_iter<I: IntoIterator<Item = PlaceStep>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                PlaceStep::Field(name) if at == 0 => f.write_str(name)?,
                PlaceStep::Field(name) => write!(f, ".{name}")?,
                PlaceStep::Index(index) => write!(f, "[{index}]")?,
                PlaceStep::Key(key) => write!(f, "[{key:?}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time() -> Place {
        Place::root()
            .field("phases")
            .index(0)
            .field("steps")
            .index(2)
            .field("time")
    }

    #[test]
    fn it_reads_as_an_author_would_write_it() {
        assert_eq!(time().to_string(), "phases[0].steps[2].time");
        let key = Place::root().field("sequences").key("warm-up").index(1);
        assert_eq!(key.to_string(), "sequences[\"warm-up\"][1]");
        assert_eq!(Place::root().to_string(), "");
    }

    #[test]
    fn it_goes_up_and_knows_what_it_is_within() {
        let step = time().parent().unwrap();
        assert_eq!(step.to_string(), "phases[0].steps[2]");
        assert!(time().is_within(&step));
        assert!(!step.is_within(&time()));
        assert_eq!(Place::root().parent(), None);
    }

    #[test]
    fn it_survives_being_stored() {
        let place = time().key("x");
        let stored = serde_json::to_string(&place).unwrap();
        assert!(
            stored.starts_with(r#"[{"field":"phases"},{"index":0}"#),
            "{stored}"
        );
        assert_eq!(serde_json::from_str::<Place>(&stored).unwrap(), place);
    }
}
