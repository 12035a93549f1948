//! The routine designer: a routine's text as a table that is shaped by keys, with what each change
//! does to the hour. It holds what is shown and answers presses with wishes; it touches no disk,
//! starts no session and makes no sound.

mod aside;
mod ask;
mod bare;
mod disk;
mod edits;
mod fields;
mod lines;
mod picture;
mod problems;
mod table;
mod text;
mod totals;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use crate::design::{Clip, Design, RowKind};
use crate::desk::{Opened, Order, Over, Save};
use crate::plan::Plan;
use crate::tui::keys::{self, InDesign, Key};
use ask::{Ask, Choice, Menu, Prompt};
use disk::{Then, to_shape};
use fields::Fields;
use picture::Areas;
use problems::Problems;
use text::TextPage;
use totals::Shares;

/// What is wished for by a press.
#[derive(Debug, Clone)]
pub enum Wish {
    /// A line to be read.
    Say(String),
    /// Something for the disk.
    Desk(Order),
    /// Keep these rows for pasting.
    Keep(Clip),
    /// Rehearse from the cursor's row, that many times as fast.
    Try(u32),
    /// Hear the row's cue and line.
    Hear,
    /// Show the session as it will be seen.
    Student,
    /// All keys.
    Help,
    /// To the shell.
    Suspend,
    /// Leave the designer.
    Leave,
}

/// What the keys go to.
#[derive(Debug)]
enum Mode {
    /// The table.
    Table,
    /// The fields of the cursor's row.
    Fields(Fields),
    /// A question; behind it the table, or the fields.
    Ask(Ask, Option<Fields>),
    /// The text itself.
    Text(TextPage),
}

/// The screen.
#[derive(Debug)]
pub struct Designer {
    design: Design,
    path: PathBuf,
    /// What the file holds, as far as is known; none where there is none.
    on_disk: Option<String>,
    /// What would be lost without a save is whatever differs from this.
    kept: String,
    /// The edit up to which drafts and checks were asked for.
    asked: u64,
    problems: Problems,
    plan: Option<Arc<Plan>>,
    shares: Shares,
    mark: Option<usize>,
    mode: Mode,
    /// How fast it is rehearsed.
    speed: u32,
    then: Then,
}

impl Designer {
    /// A file as it was opened; one that is empty, or not there yet, with a routine to be filled.
    #[must_use]
    pub fn open(opened: Opened) -> Self {
        let Opened {
            path,
            on_disk,
            draft,
        } = opened;
        let text = to_shape(on_disk.as_deref().unwrap_or_default(), &path);
        let design = Design::new(&text);
        let mut designer = Self {
            mode: Mode::Table,
            design,
            path,
            on_disk,
            kept: text,
            asked: u64::MAX,
            problems: Problems::default(),
            plan: None,
            shares: Shares::default(),
            mark: None,
            speed: 10,
            then: Then::Stay,
        };
        designer.mode = designer.rest();
        if let Some(draft) = draft {
            designer.mode = Mode::Ask(Ask::Menu(Menu::draft(draft)), None);
        }
        designer
    }

    /// The text as it is now.
    #[must_use]
    pub fn text(&self) -> &str {
        self.design.text()
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many steps of the plan come before the cursor's row begins, and one more: where a
    /// rehearsal begins. None for what gives no step.
    #[must_use]
    pub fn step_here(&self) -> Option<usize> {
        let rows = self.design.rows().get(self.design.cursor()..)?;
        let first = |row: &crate::design::Row| row.occurrences.first().map(|one| one.number);
        match rows.first()?.kind {
            RowKind::Routine => Some(1),
            _ => first(rows.first()?).or_else(|| rows.iter().find_map(first)),
        }
    }

    /// The plan of the text as it is now, if it is a routine and was looked at.
    #[must_use]
    pub fn plan(&self) -> Option<&Arc<Plan>> {
        let current = self.problems.revision() == Some(self.design.revision());
        self.plan
            .as_ref()
            .filter(|_| current && self.problems.runs())
    }

    /// Why there is no such plan, in a line.
    #[must_use]
    pub fn why_no_plan(&self) -> String {
        self.problems.first_line(self.design.text()).map_or_else(
            || "it is still being looked at".to_owned(),
            |line| format!("it can't run yet: {line}"),
        )
    }

    /// Where the keys go when nothing is asked.
    fn rest(&self) -> Mode {
        match self.design.too_broken() {
            Some(broken) => Mode::Text(TextPage::at(self.design.text(), broken.range.start)),
            None => Mode::Table,
        }
    }

    /// Closes a question.
    fn answered(&mut self, behind: Option<Fields>) {
        self.mode = match behind {
            Some(fields) => Mode::Fields(fields),
            None => self.rest(),
        };
    }

    /// Takes a key.
    pub fn press(&mut self, key: &KeyEvent, area: Rect, clip: Option<&Clip>) -> Vec<Wish> {
        if Key::exactly(key) == Key::Ctrl('z') {
            return vec![Wish::Suspend];
        }
        let mut wishes = match &self.mode {
            Mode::Table => self.press_in_table(key, area, clip),
            Mode::Fields(_) => self.press_in_fields(key),
            Mode::Ask(..) => self.press_at_question(key),
            Mode::Text(_) => self.press_in_text(key, area),
        };
        wishes.extend(self.follow_up());
        wishes
    }

    /// Text that was pasted from elsewhere.
    pub fn paste_text(&mut self, text: &str) -> Vec<Wish> {
        match &mut self.mode {
            Mode::Ask(Ask::Prompt(prompt), _) => prompt.insert(text),
            Mode::Text(_) => self.insert_text(text),
            _ => return Vec::new(),
        }
        self.follow_up()
    }

    fn press_in_table(&mut self, key: &KeyEvent, area: Rect, clip: Option<&Clip>) -> Vec<Wish> {
        let Some(action) = keys::meaning(keys::DESIGN, Key::exactly(key)) else {
            return Vec::new();
        };
        let page = usize::from(Areas::of(area).table.height.max(2) - 1);
        let cursor = self.design.cursor();
        let last = self.design.rows().len().saturating_sub(1);
        match action {
            InDesign::Up => self.design.set_cursor(cursor.saturating_sub(1)),
            InDesign::Down => self.design.set_cursor(cursor + 1),
            InDesign::PageUp => self.design.set_cursor(cursor.saturating_sub(page)),
            InDesign::PageDown => self.design.set_cursor(cursor + page),
            InDesign::First => self.design.set_cursor(0),
            InDesign::Last => self.design.set_cursor(last),
            InDesign::Fields => return self.open_fields(),
            InDesign::Insert => self.mode = Mode::Ask(Ask::Menu(Menu::insert()), None),
            InDesign::Mark => {
                self.mark = match self.mark {
                    None => Some(cursor),
                    Some(_) => None,
                };
            }
            InDesign::Repeat => self.mode = Mode::Ask(Ask::Prompt(Prompt::repeat()), None),
            InDesign::Scale => {
                let length = self.design.rows().get(cursor).and_then(|row| row.length);
                let length = match cursor {
                    0 => Some(self.design.total().length),
                    _ => length,
                };
                self.mode = Mode::Ask(Ask::Prompt(Prompt::length(length)), None);
            }
            InDesign::NextProblem => return self.next_problem(),
            InDesign::Correct => return self.correct(),
            InDesign::Try => self.mode = Mode::Ask(Ask::Menu(Menu::speed(self.speed)), None),
            InDesign::Hear => return vec![Wish::Hear],
            InDesign::Student => return vec![Wish::Student],
            InDesign::Text => {
                let at = self.design.rows().get(cursor).map(|row| row.range.start);
                let at = at.filter(|_| cursor > 0).unwrap_or(0);
                self.mode = Mode::Text(TextPage::at(self.design.text(), at));
            }
            InDesign::Save => return self.save(Then::Stay),
            InDesign::SaveAs => {
                self.mode = Mode::Ask(Ask::Prompt(Prompt::save_as(&self.path)), None);
            }
            InDesign::Help => return vec![Wish::Help],
            InDesign::Suspend => return vec![Wish::Suspend],
            InDesign::Close => return self.close(),
            edit => return self.edit(edit, clip),
        }
        Vec::new()
    }

    /// Does what was chosen from a menu.
    fn choose(&mut self, choice: Choice, behind: Option<Fields>) -> Vec<Wish> {
        self.answered(behind);
        match choice {
            Choice::Stay => {}
            Choice::Insert(what) => return self.ask_new(what),
            Choice::SaveAndLeave => return self.save(Then::Leave),
            Choice::DiscardAndLeave => {
                let forget = Order::Forget(self.path.clone());
                return vec![Wish::Desk(forget), Wish::Leave];
            }
            Choice::Reload => return vec![Wish::Desk(Order::Open(self.path.clone()))],
            Choice::Overwrite(save) => {
                let over = Over::Anything;
                return vec![Wish::Desk(Order::Save(Box::new(Save { over, ..*save })))];
            }
            Choice::SaveAs => {
                self.mode = Mode::Ask(Ask::Prompt(Prompt::save_as(&self.path)), None);
            }
            Choice::TakeDraft(draft) => {
                // A save then finds out that the file is another one by now.
                self.on_disk = draft.base;
                let _ = self.design.replace_text(&draft.text);
                self.mode = self.rest();
                return vec![Wish::Say("your edits are back; u undoes them".to_owned())];
            }
            Choice::DropDraft => return vec![Wish::Desk(Order::Forget(self.path.clone()))],
            Choice::Try(speed) => {
                self.speed = speed;
                return vec![Wish::Try(speed)];
            }
        }
        Vec::new()
    }

    /// Leaves, or asks first.
    fn close(&mut self) -> Vec<Wish> {
        if self.mark.take().is_some() {
            return Vec::new();
        }
        if !self.is_modified() {
            return vec![Wish::Leave];
        }
        self.mode = Mode::Ask(Ask::Menu(Menu::leave()), None);
        Vec::new()
    }

    /// The rows that an edit is for.
    fn selected(&self) -> Range<usize> {
        let cursor = self.design.cursor();
        let mark = self.mark.unwrap_or(cursor);
        mark.min(cursor)..mark.max(cursor) + 1
    }

    /// Marks the row under the mouse.
    pub fn click(&mut self, area: Rect, at: ratatui::layout::Position) {
        let table = Areas::of(area).table;
        if matches!(self.mode, Mode::Table)
            && let Some(row) = table::row_at(&self.design, table, at)
        {
            self.design.set_cursor(row);
        }
    }
}
