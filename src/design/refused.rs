//! Why an edit was not made, each as one plain sentence. It knows no document.

use std::time::Duration;

use crate::routine::text::printable;
use crate::routine::time::{self, TimeFault};
use crate::routine::{MAX_BYTES, MAX_REPEAT, MAX_TEXT};

/// Why an edit was not made. The text is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The rows can't be read while the text is broken.
    #[error("The text has to be mended first: {}.", printable(.0))]
    Broken(String),
    /// There is no such row.
    #[error("There is no such row.")]
    NoSuchRow,
    /// Nothing was edited before this.
    #[error("There is nothing to undo.")]
    NothingToUndo,
    /// Nothing was undone before this.
    #[error("There is nothing to redo.")]
    NothingToRedo,
    /// The rows do not stand beside each other in one list.
    #[error("These rows are not in one list: choose rows of one phase or one group.")]
    NotOneList,
    /// The row has no such field.
    #[error("A {thing} has no {field}.")]
    NoSuchField {
        /// What the row is.
        thing: &'static str,
        /// As asked.
        field: String,
    },
    /// The field can't be left out.
    #[error("A {thing} can't do without its {field}.")]
    Required {
        /// What the row is.
        thing: &'static str,
        /// Which.
        field: &'static str,
    },
    /// The value is of another kind than the field's.
    #[error("That is no value for {0}.")]
    WrongKind(&'static str),
    /// The word is not in the field's list.
    #[error("{} is none of the words for {field}{}.", printable(.word), did_you_mean(*.meant))]
    UnknownWord {
        /// The field.
        field: &'static str,
        /// As given.
        word: String,
        /// The one that comes near.
        meant: Option<&'static str>,
    },
    /// Nothing but space.
    #[error("Nothing is written there.")]
    EmptyText,
    /// Longer than [`MAX_TEXT`].
    #[error("A text can have {MAX_TEXT} characters at most; this has {0}.")]
    LongText(usize),
    /// A line break where one line is allowed.
    #[error("This text must stay on one line.")]
    SeveralLines,
    /// A character that could command a terminal or fool a reader.
    #[error("A text can't hold the invisible character {}.", .0.escape_unicode())]
    UnsafeText(char),
    /// What was typed is no time.
    #[error("No time: {}; {}.", .0, .0.help())]
    BadTime(TimeFault),
    /// A time of nothing.
    #[error("A time is 1 second at least.")]
    NoTime,
    /// A time over twelve hours.
    #[error("A time is 12 hours at most.")]
    LongTime,
    /// Shorter than the step's own `min`.
    #[error("Its shortest time (min) is {}: change that first.", time::units(*.0))]
    AtMin(Duration),
    /// Longer than the step's own `max`.
    #[error("Its longest time (max) is {}: change that first.", time::units(*.0))]
    AtMax(Duration),
    /// A time in the text that can't be read.
    #[error("The time {} can't be read: mend it first.", printable(.0))]
    UnreadTime(String),
    /// A list in which something else than texts stands.
    #[error("The lines of {0} can't be read: mend them in the text first.")]
    UnreadLines(&'static str),
    /// The list has no line of that number.
    #[error("There is no such line.")]
    NoSuchLine,
    /// The list has lines already.
    #[error("There are lines already.")]
    HasLines,
    /// The row has no time of its own.
    #[error("A {0} has no time of its own.")]
    Timeless(&'static str),
    /// A count out of its range.
    #[error("The number must be from {least} to {most}.")]
    OutOfRange {
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// Nothing stands above it.
    #[error("It is the first already.")]
    First,
    /// Nothing stands below it.
    #[error("It is the last already.")]
    Last,
    /// The kind of row can't stand there.
    #[error("A {thing} can't stand there.")]
    WrongPlace {
        /// What the row would be.
        thing: &'static str,
    },
    /// The edit means nothing for this kind of row.
    #[error("That can't be done with a {0}.")]
    NotThis(&'static str),
    /// Another sequence has the name.
    #[error("There is a sequence {} already.", printable(.0))]
    NameTaken(String),
    /// No sequence has the name.
    #[error("There is no sequence {}.", printable(.0))]
    NoSequence(String),
    /// The group has nothing in it.
    #[error("There is nothing in it: delete it instead.")]
    EmptyGroup,
    /// A repeat of other than 1 to [`MAX_REPEAT`].
    #[error("It can be repeated 1 to {MAX_REPEAT} times.")]
    RepeatCount,
    /// The length is out of what the steps' limits allow.
    #[error("It can last from {} to {}.", time::units(*.least), time::units(*.most))]
    OutOfReach {
        /// The shortest.
        least: Duration,
        /// The longest.
        most: Duration,
    },
    /// None of its steps has a time that may be changed here.
    #[error("It has no steps of its own to change.")]
    NothingToScale,
    /// The clipboard is of another kind or empty.
    #[error("There is nothing to paste.")]
    NothingToPaste,
    /// A range that is none of the text's.
    #[error("The text has changed since: look again.")]
    Outdated,
    /// Larger than a routine may be.
    #[error("A routine can have {} KiB at most.", MAX_BYTES / 1024)]
    TooLarge,
    /// The text after it would not mean what was meant.
    #[error("That would break the text, so nothing was changed.")]
    WouldBreak,
}

/// The word that was most likely meant, as the end of a sentence.
fn did_you_mean(meant: Option<&'static str>) -> String {
    meant.map_or_else(String::new, |meant| format!("; {meant} comes near"))
}
