//! From keys and answers to edits of the routine. What is refused is said, and nothing changed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crossterm::event::KeyEvent;

use super::ask::{Anew, Answer, Ask, Picker, Picking, Place, Prompt, Typing};
use super::fields::{Fields, label};
use super::{Designer, Mode, Wish};
use crate::design::{Clip, Edited, FieldKind, New, Refused, RowKind, Spot, Wrap};
use crate::desk::{Order, Over, Save};
use crate::routine::time;
use crate::routine::vocabulary::{Position, Region, TransitionKind};
use crate::tui::keys::InDesign;

/// What a new step and a new transition last, unless said otherwise.
const STEP: &str = "2m";
const TRANSITION: &str = "30s";

fn word<T: Copy>(words: &[&str], all: &[T], wanted: &str) -> Option<T> {
    let at = words.iter().position(|word| *word == wanted)?;
    all.get(at).copied()
}

impl Designer {
    /// An edit of the marked rows.
    pub(super) fn edit(&mut self, action: InDesign, clip: Option<&Clip>) -> Vec<Wish> {
        let rows = self.selected();
        let cursor = self.design.cursor();
        let mut kept = None;
        let done = match action {
            InDesign::Duplicate => self.design.duplicate(rows),
            InDesign::Delete => self.design.delete(rows),
            InDesign::Cut => self.design.cut(rows).map(|(clip, edited)| {
                kept = Some(clip);
                edited
            }),
            InDesign::Copy => match self.design.copy(rows) {
                Ok(clip) => {
                    let count = clip.count();
                    let rows = if count == 1 { "row" } else { "rows" };
                    self.mark = None;
                    let line = format!("{count} {rows} copied · v pastes");
                    return vec![Wish::Keep(clip), Wish::Say(line)];
                }
                Err(why) => Err(why),
            },
            InDesign::Paste => match clip {
                Some(clip) => self.design.paste(self.below(), clip),
                None => Err(Refused::NothingToPaste),
            },
            InDesign::MoveUp => self.design.move_up(rows),
            InDesign::MoveDown => self.design.move_down(rows),
            InDesign::Time(seconds) => self.design.adjust_time(rows, seconds),
            InDesign::BothSides => self.design.wrap(rows, Wrap::BothSides),
            InDesign::Unwrap => self.design.unwrap(cursor),
            InDesign::Undo => self.design.undo(),
            InDesign::Redo => self.design.redo(),
            _ => return Vec::new(),
        };
        let mut wishes: Vec<Wish> = kept.map(Wish::Keep).into_iter().collect();
        match done {
            Ok(edited) => {
                let moved = matches!(action, InDesign::MoveUp | InDesign::MoveDown);
                let timed = matches!(action, InDesign::Time(_));
                if timed {
                    // It stays where it is, marked as it is.
                    self.design.set_cursor(cursor);
                } else if moved && self.mark.is_some() {
                    self.mark = Some(edited.rows.start);
                    self.design.set_cursor(edited.rows.end.saturating_sub(1));
                } else {
                    self.mark = None;
                }
                if self.design.too_broken().is_some() {
                    self.mode = self.rest();
                }
            }
            Err(why) => wishes.push(Wish::Say(why.to_string())),
        }
        wishes
    }

    /// Where something new goes: below the cursor, in an empty phase or group into it.
    fn below(&self) -> Spot {
        let cursor = self.design.cursor();
        match self.design.rows().get(cursor).map(|row| row.kind) {
            Some(RowKind::Routine) => Spot::Into(0),
            Some(RowKind::BothSides | RowKind::Repeat)
                if self
                    .design
                    .rows()
                    .get(cursor)
                    .is_some_and(|row| row.end == cursor + 1) =>
            {
                Spot::Into(cursor)
            }
            _ => Spot::After(cursor),
        }
    }

    /// Asks for what something new needs.
    pub(super) fn ask_new(&mut self, what: Anew) -> Vec<Wish> {
        let goes_in_phase = matches!(what, Anew::Step | Anew::Transition | Anew::Use);
        if goes_in_phase && self.design.cursor() == 0 {
            let line = if self.is_bare() {
                "that goes into a phase: i p writes one"
            } else {
                "that goes into a phase: choose one, then i"
            };
            return vec![Wish::Say(line.to_owned())];
        }
        let ask = match what {
            Anew::Step => Ask::Prompt(Prompt::new("stroke", "", Typing::Stroke)),
            Anew::Transition => Ask::Picker(Picker::kind()),
            Anew::Phase => Ask::Prompt(Prompt::new("the phase's name", "", Typing::Phase)),
            Anew::Sequence => Ask::Prompt(Prompt::new("the sequence's name", "", Typing::Sequence)),
            Anew::Use => {
                let names = self.design.sequence_names();
                if names.is_empty() {
                    return vec![Wish::Say("there is no sequence yet: i q writes one".into())];
                }
                Ask::Picker(Picker::sequence(names))
            }
        };
        self.mode = Mode::Ask(ask, None);
        Vec::new()
    }

    /// Takes a key at a question.
    pub(super) fn press_at_question(&mut self, key: &KeyEvent) -> Vec<Wish> {
        let Mode::Ask(mut ask, behind) = std::mem::replace(&mut self.mode, Mode::Table) else {
            return Vec::new();
        };
        let answer = ask.press(key);
        match answer {
            Answer::Open => self.mode = Mode::Ask(ask, behind),
            Answer::Closed => self.answered(behind),
            Answer::Chosen(choice) => return self.choose(choice, behind),
            Answer::Picked(picking, word) => return self.picked(picking, &word, behind),
            Answer::Typed(typing, text) => {
                let taken = self.typed(typing, &text, behind);
                match taken {
                    Ok(wishes) => return wishes,
                    Err((why, behind)) => {
                        if let Ask::Prompt(prompt) = &mut ask {
                            prompt.refuse(why.to_string());
                        }
                        self.mode = Mode::Ask(ask, behind);
                    }
                }
            }
        }
        Vec::new()
    }

    fn picked(&mut self, picking: Picking, picked: &str, behind: Option<Fields>) -> Vec<Wish> {
        match picking {
            Picking::Region(stroke) => {
                if let Some(region) = word(Region::WORDS, Region::ALL, picked) {
                    let title = format!("how long: {stroke}, {region}");
                    let typing = Typing::StepTime(stroke, region);
                    let prompt = Prompt::new(&title, STEP, typing);
                    self.mode = Mode::Ask(Ask::Prompt(prompt), None);
                }
                Vec::new()
            }
            Picking::Kind => {
                if let Some(kind) = word(TransitionKind::WORDS, TransitionKind::ALL, picked) {
                    let title = format!("how long: {kind}");
                    let prompt = Prompt::new(&title, TRANSITION, Typing::TransitionTime(kind));
                    self.mode = Mode::Ask(Ask::Prompt(prompt), None);
                }
                Vec::new()
            }
            Picking::Position(name) => {
                let Some(position) = word(Position::WORDS, Position::ALL, picked) else {
                    return Vec::new();
                };
                self.put(&New::Phase {
                    name,
                    position,
                    items: Vec::new(),
                })
            }
            Picking::Use => self.put(&New::Use(picked.to_owned())),
            Picking::Field(name) => {
                let set = self.design.set_typed(self.design.cursor(), name, picked);
                self.answered(behind);
                said(set)
            }
        }
    }

    /// Writes something new below the cursor.
    fn put(&mut self, new: &New) -> Vec<Wish> {
        self.mark = None;
        let done = self.design.insert(self.below(), new);
        self.mode = self.rest();
        said(done)
    }

    /// Takes what was typed, or says why not and gives back what stood behind.
    fn typed(
        &mut self,
        typing: Typing,
        text: &str,
        behind: Option<Fields>,
    ) -> Result<Vec<Wish>, (Refused, Option<Fields>)> {
        let trimmed = text.trim();
        if trimmed.is_empty() && !matches!(typing, Typing::Field(_)) {
            return Err((Refused::EmptyText, behind));
        }
        let time_of = |behind| match time::parse(trimmed) {
            Ok(time) if time.is_zero() => Err((Refused::NoTime, behind)),
            Ok(time) => Ok(time),
            Err(why) => Err((Refused::BadTime(why), behind)),
        };
        match typing {
            Typing::Stroke => {
                let picker = Picker::region(trimmed.to_owned(), self.region_here());
                self.mode = Mode::Ask(Ask::Picker(picker), None);
                Ok(Vec::new())
            }
            Typing::StepTime(stroke, region) => {
                let time = time_of(behind)?;
                self.insert(&New::Step {
                    stroke,
                    region,
                    time,
                })
            }
            Typing::TransitionTime(kind) => {
                let time = time_of(behind)?;
                self.insert(&New::Transition { kind, time })
            }
            Typing::Phase => {
                let now = self.position_here();
                let picker = Picker::position(trimmed.to_owned(), now);
                self.mode = Mode::Ask(Ask::Picker(picker), None);
                Ok(Vec::new())
            }
            Typing::Sequence => self.insert(&New::Sequence {
                name: trimmed.to_owned(),
                items: Vec::new(),
            }),
            Typing::Repeat => {
                let times = trimmed.parse().unwrap_or(0);
                let rows = self.selected();
                let done = self.design.wrap(rows, Wrap::Repeat(times));
                self.done(done, behind)
            }
            Typing::Length => {
                let length: Duration = time_of(None)?;
                let done = self.design.scale(self.design.cursor(), length);
                self.done(done, behind)
            }
            Typing::SaveAs => {
                let save = Save {
                    path: PathBuf::from(trimmed),
                    text: self.design.text().to_owned(),
                    expected: self
                        .on_disk
                        .clone()
                        .filter(|_| Path::new(trimmed) == self.path),
                    over: Over::Nothing,
                };
                self.answered(None);
                Ok(vec![Wish::Desk(Order::Save(Box::new(save)))])
            }
            Typing::Line(name, place) => {
                let row = self.design.cursor();
                let done = match place {
                    Place::New(at) => self.design.insert_line(row, name, at, text),
                    Place::Old(at) => self.design.set_line(row, name, at, text),
                };
                self.done(done, behind.map(|fields| self.lines_after(fields, place)))
            }
            Typing::Field(name) => {
                let done = self.design.set_typed(self.design.cursor(), name, text);
                self.done(done, behind)
            }
        }
    }

    fn insert(&mut self, new: &New) -> Result<Vec<Wish>, (Refused, Option<Fields>)> {
        let done = self.design.insert(self.below(), new);
        self.mark = None;
        self.done(done, None)
    }

    /// Closes the question after an edit; keeps it open where it was refused.
    fn done(
        &mut self,
        done: Result<Edited, Refused>,
        behind: Option<Fields>,
    ) -> Result<Vec<Wish>, (Refused, Option<Fields>)> {
        match done {
            Ok(_) => {
                self.mark = None;
                self.answered(behind);
                Ok(Vec::new())
            }
            Err(why) => Err((why, behind)),
        }
    }

    /// The region of the nearest step above: what follows is often there too.
    fn region_here(&self) -> Region {
        let above = (0..=self.design.cursor()).rev().take(50);
        let written = above.filter_map(|row| self.design.written(row, "region"));
        let mut known = written.filter_map(|written| word(Region::WORDS, Region::ALL, &written));
        known.next().unwrap_or(Region::Back)
    }

    /// How the client lies at the cursor.
    pub(super) fn position_here(&self) -> Position {
        let mut at = Some(self.design.cursor());
        while let Some(row) = at {
            if let Some(written) = self.design.written(row, "position")
                && let Some(position) = word(Position::WORDS, Position::ALL, &written)
            {
                return position;
            }
            at = self.design.rows().get(row).and_then(|row| row.parent);
        }
        Position::Prone
    }

    /// Opens the fields of the cursor's row.
    pub(super) fn open_fields(&mut self) -> Vec<Wish> {
        let row = self.design.cursor();
        if self.design.fields(row).is_empty() {
            let kind = self.design.rows().get(row).map(|row| row.kind);
            let line = match kind {
                Some(RowKind::Unknown) => "it can't be read: e shows it as text",
                _ => "it has no fields of its own",
            };
            return vec![Wish::Say(line.to_owned())];
        }
        self.mark = None;
        self.mode = Mode::Fields(Fields::default());
        Vec::new()
    }

    /// Asks for the value of a field.
    pub(super) fn ask_field(&mut self, fields: Fields) -> Vec<Wish> {
        let row = self.design.cursor();
        let all = self.design.fields(row);
        let Some(field) = all.get(fields.at) else {
            self.mode = Mode::Fields(fields);
            return Vec::new();
        };
        if field.kind == FieldKind::Lines {
            return self.open_lines(fields, field);
        }
        if field.kind == FieldKind::Flag {
            let other = if field.typed() == "true" { "no" } else { "yes" };
            let set = self.design.set_typed(row, field.name, other);
            self.mode = Mode::Fields(fields);
            return said(set);
        }
        let names = self.design.sequence_names();
        let now = match field.typed() {
            now if now.is_empty() => field.inherited.clone().unwrap_or_default(),
            now => now,
        };
        let ask = match Picker::field(field.name, field.kind, &now, names) {
            Some(picker) => Ask::Picker(picker),
            None => Ask::Prompt(Prompt::new(
                label(field),
                &field.typed(),
                Typing::Field(field.name),
            )),
        };
        self.mode = Mode::Ask(ask, Some(fields));
        Vec::new()
    }
}

/// What is said of an edit: nothing, or why it was not made.
pub(super) fn said(done: Result<Edited, Refused>) -> Vec<Wish> {
    let why = done.err();
    why.map(|why| Wish::Say(why.to_string()))
        .into_iter()
        .collect()
}
