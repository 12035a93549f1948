//! Where in a RON document something is written, by the way there: which
//! field, which entry. It outlives edits that byte positions do not.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// One step of the way to a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PlaceStep {
    /// The field of a struct.
    Field(Cow<'static, str>),
    /// An entry of a list, or a positional value of a tuple; from 0.
    Index(usize),
    /// The value of a map's text key.
    Key(String),
}

/// The way from the root of a document to a value; empty for the root.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Place(Vec<PlaceStep>);

impl Place {
    /// The document's outermost value.
    #[must_use]
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// The way itself.
    #[must_use]
    pub fn steps(&self) -> &[PlaceStep] {
        &self.0
    }

    /// One step further.
    #[must_use]
    fn with(&self, step: PlaceStep) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(step);
        Self(steps)
    }

    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &'static str) -> Self {
        self.with(PlaceStep::Field(Cow::Borrowed(name)))
    }

    /// The entry of that index, from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.with(PlaceStep::Index(index))
    }

    /// The value under that text key.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.with(PlaceStep::Key(key.to_owned()))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, step) in self.0.iter().enumerate() {
            match step {
                PlaceStep::Field(name) if n == 0 => f.write_str(name)?,
                PlaceStep::Field(name) => write!(f, ".{name}")?,
                PlaceStep::Index(index) => write!(f, "[{index}]")?,
                PlaceStep::Key(key) => write!(f, "[{key:?}]")?,
            }
        }
        Ok(())
    }
}
