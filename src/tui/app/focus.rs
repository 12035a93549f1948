//! Whether keys come to this window. Where the terminal does not tell, they do.

use super::App;

/// Where keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Focus {
    /// To this window.
    #[default]
    Here,
    /// To another one.
    Elsewhere,
}

/// What is said in a session while keys go elsewhere; the shorter one where the
/// window is narrow.
const SAID: [&str; 3] = [
    "this window has no focus: the clicker's keys go elsewhere",
    "no focus: the keys go elsewhere",
    "no focus",
];

impl App {
    pub(super) const fn focus(&mut self, focus: Focus) {
        self.focus = focus;
    }

    /// What is to be said of it, if anything.
    pub(super) fn unfocused(&self) -> Option<&'static str> {
        // The session screen keeps a cell or two free on either side.
        let room = usize::from(self.area.width).saturating_sub(4);
        let fits = |line: &&&str| line.len() <= room;
        let line = SAID.iter().find(fits).or(SAID.last())?;
        (self.focus == Focus::Elsewhere).then_some(line)
    }
}
