//! What goes to the disk and comes back from it: the file read and saved, the draft, what was found
//! out of the text. It asks for all of that and does none of it.

use std::path::Path;

use super::ask::{Ask, Menu};
use super::problems::Problems;
use super::totals::Shares;
use super::{Designer, Mode, Wish};
use crate::design::begun;
use crate::desk::{Draft, Looked, NotSaved, Opened, Order, Over, Save};
use crate::routine::text::printable;

/// What follows a save that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    Stay,
    Leave,
}

impl Designer {
    /// Whether something would be lost.
    pub(super) fn is_modified(&self) -> bool {
        self.design.text() != self.kept
    }

    /// What was found out of a text.
    pub fn looked(&mut self, looked: Looked) {
        let Looked {
            revision,
            checked,
            plan,
        } = looked;
        if revision != self.design.revision() {
            return;
        }
        self.problems = Problems::new(revision, checked, &self.design);
        if let Some(plan) = plan {
            self.shares = Shares::of(&plan);
            self.plan = Some(plan);
        }
    }

    /// A save that is done, or why it is not.
    pub fn saved(&mut self, save: Save, done: Result<(), NotSaved>) -> Vec<Wish> {
        let then = std::mem::replace(&mut self.then, Then::Stay);
        let Err(why) = done else {
            let line = format!("saved: {}", save.path.display());
            let moved = save.path != self.path;
            let mut wishes = vec![Wish::Say(printable(&line))];
            if moved {
                wishes.push(Wish::Desk(Order::Forget(std::mem::replace(
                    &mut self.path,
                    save.path,
                ))));
            }
            self.on_disk = Some(save.text.clone());
            self.kept = save.text;
            self.design.mark_saved();
            if self.is_modified() {
                // Edited while it was written: that is to be kept again.
                self.asked = u64::MAX;
            } else if then == Then::Leave {
                wishes.push(Wish::Leave);
            }
            wishes.extend(self.follow_up());
            return wishes;
        };
        match why {
            NotSaved::Changed | NotSaved::Exists => {
                self.mode = Mode::Ask(Ask::Menu(Menu::changed(&why, save)), None);
                Vec::new()
            }
            why => vec![Wish::Say(printable(&format!("not saved: {why}")))],
        }
    }

    /// The file as it is on the disk now, in the place of all edits; they can be undone to.
    pub fn reloaded(&mut self, opened: Opened) -> Vec<Wish> {
        let Some(text) = opened.on_disk else {
            return vec![Wish::Say("there is no such file any more".to_owned())];
        };
        let shaped = to_shape(&text, &self.path);
        let _ = self.design.replace_text(&shaped);
        self.design.mark_saved();
        self.kept = shaped;
        self.on_disk = Some(text);
        self.mode = self.rest();
        let mut wishes = vec![Wish::Say("read again; u brings yours back".to_owned())];
        wishes.extend(self.follow_up());
        wishes
    }

    /// What the disk is to be told after an edit.
    pub fn follow_up(&mut self) -> Vec<Wish> {
        let revision = self.design.revision();
        if self.asked == revision {
            return Vec::new();
        }
        let first = self.asked == u64::MAX && self.problems.revision().is_none();
        self.problems.follow(&self.design);
        self.asked = revision;
        let look = Order::Look {
            path: self.path.clone(),
            revision,
            text: self.design.text().to_owned(),
        };
        let mut wishes = vec![Wish::Desk(look)];
        if self.is_modified() {
            wishes.push(Wish::Desk(Order::Keep(Box::new(Draft {
                path: self.path.clone(),
                base: self.on_disk.clone(),
                text: self.design.text().to_owned(),
            }))));
        } else if !first {
            wishes.push(Wish::Desk(Order::Forget(self.path.clone())));
        }
        wishes
    }

    /// Asks for a save.
    pub(super) fn save(&mut self, then: Then) -> Vec<Wish> {
        self.then = then;
        vec![Wish::Desk(Order::Save(Box::new(Save {
            path: self.path.clone(),
            text: self.design.text().to_owned(),
            expected: self.on_disk.clone(),
            over: Over::Nothing,
        })))]
    }
}

/// A file's text as it is shaped: where nothing stands in it, a routine named after the file.
pub(super) fn to_shape(text: &str, path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = stem.replace(['-', '_'], " ");
    let mut letters = name.trim().chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let name: String = first.chain(letters).collect();
    begun(text, &name).unwrap_or_else(|| text.to_owned())
}
