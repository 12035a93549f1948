//! The page on which regions are left alone: what it lists, and how a line of
//! it reads. What a tick comes to is the program's business.

/// Whether something is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// It is.
    Alone,
    /// It is worked.
    Worked,
}

/// How far in a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A region.
    Whole,
    /// One side of the region above.
    Side,
}

/// A line of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AloneRow {
    /// The region, or one side of it.
    pub text: String,
    /// Which of the two.
    pub level: Level,
    /// Whether it is ticked.
    pub tick: Tick,
}

impl AloneRow {
    /// How it is ticked.
    pub(super) const fn sign(&self) -> &'static str {
        match (self.level, self.tick) {
            (Level::Whole, Tick::Alone) => "[x] ",
            (Level::Whole, Tick::Worked) => "[ ] ",
            (Level::Side, Tick::Alone) => "  [x] ",
            (Level::Side, Tick::Worked) => "  [ ] ",
        }
    }
}
