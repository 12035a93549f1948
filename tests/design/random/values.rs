//! Edits of fields and times, made on a text and on what is kept beside it.

use std::collections::BTreeMap;
use std::time::Duration;

use ashiatsu::design::{Edited, FieldKind, Need, Refused, RowKind, Value};
use ashiatsu::routine::time;

use super::Bench;
use crate::model::{Touched, take_times};

impl Bench {
    pub(super) fn set(&mut self, row: usize) -> (&'static str, Result<Edited, Refused>) {
        let fields = self.design.fields(row);
        if fields.is_empty() {
            return ("set", Err(Refused::NoSuchRow));
        }
        let field = self.dice.pick(&fields).clone();
        if field.kind == FieldKind::Lines {
            let value = Value::Lines(vec!["L".to_owned()]);
            return ("set a text", self.design.set(row, field.name, &value));
        }
        let (name, value) = match field.kind {
            FieldKind::Time => {
                let time = Duration::from_secs(30 + self.dice.below(200) as u64);
                ("set a time", Value::Time(time))
            }
            FieldKind::Text | FieldKind::Sound => {
                let id = self.id();
                (
                    "set a text",
                    Value::Text(format!("T{id} \"quoted\" \\ // no")),
                )
            }
            FieldKind::LongText => {
                let lines = *self
                    .dice
                    .pick(&["One line", "Two\nlines", "Of \"#\n three\n lines"]);
                ("set a long text", Value::Text(lines.to_owned()))
            }
            FieldKind::Word(words) => {
                let word = *self.dice.pick(words.words());
                ("set a word", Value::Word(word.to_owned()))
            }
            FieldKind::Number(least, most) => {
                let number = least + u32::try_from(self.dice.below(most as usize)).unwrap();
                ("set a number", Value::Number(number))
            }
            FieldKind::Lines => unreachable!("left out above"),
            FieldKind::Flag => ("set a flag", Value::Flag(self.dice.chance(70))),
            FieldKind::Sequence => {
                let names = self.design.sequence_names();
                let name = if names.is_empty() {
                    "x".into()
                } else {
                    self.dice.pick(&names).clone()
                };
                ("set a text", Value::Text(name))
            }
        };
        let clears = value == Value::Flag(false);
        let comments = self.field_comments(row);
        let result = self.design.set(row, field.name, &value);
        if result.is_ok() {
            self.check_fields(row, field.name, comments);
            let path = self.model.path(row);
            let is_sequence = self.model.get(&path).kind() == RowKind::Sequence;
            let node = self.model.at(&path);
            let old = if clears {
                node.fields.remove(field.name)
            } else {
                let written = match &value {
                    // Times are written in the way of the one before.
                    Value::Time(_) => self.design.written(row, field.name).unwrap(),
                    _ => value.typed(),
                };
                node.fields.insert(field.name, written)
            };
            if let Value::Time(wanted) = value {
                let written = &node.fields[field.name];
                assert_eq!(time::parse(written), Ok(wanted));
            }
            node.touched = Touched::Changed;
            self.around(&path);
            if clears {
                self.forget_comments(row, 0);
            }
            let new = value.typed();
            if is_sequence {
                self.model.each(&mut |node| {
                    if node.kind() == RowKind::Use && node.fields.get("name") == old.as_ref() {
                        node.fields.insert("name", new.clone());
                    }
                    // Uses may be anywhere.
                    node.touched = Touched::Changed;
                });
            }
        }
        (name, result)
    }

    /// The comments of each field of a row.
    pub(super) fn field_comments(&self, row: usize) -> BTreeMap<String, Vec<String>> {
        let range = &self.design.rows()[row].range;
        let document = self.design.document();
        let node = document.node_at(range.start).unwrap();
        let card = node.field("aftercare").filter(|_| row == 0);
        let inner = card.map(|card| card.unwrapped().children().collect());
        let inner: Vec<_> = inner.unwrap_or_default();
        let fields = node.children().chain(inner).filter_map(|field| {
            let above = field.leading_comments().into_iter();
            let comments = above.chain(field.trailing_comment());
            let comments = comments.map(|token| document.slice(token.range.clone()).to_owned());
            Some((field.key()?.name()?.to_owned(), comments.collect()))
        });
        fields.collect()
    }

    /// No other field has lost a comment.
    pub(super) fn check_fields(
        &self,
        row: usize,
        name: &str,
        before: BTreeMap<String, Vec<String>>,
    ) {
        let after = self.field_comments(row);
        for (field, comments) in before {
            // The card goes with the last that is written in it.
            let is_gone =
                field == "aftercare" && comments.is_empty() && !after.contains_key(&field);
            if field != name && !is_gone {
                let kept = &after[&field];
                assert!(
                    comments.iter().all(|one| kept.contains(one)),
                    "{field}: {comments:?}"
                );
            }
        }
    }

    pub(super) fn clear(&mut self, row: usize) -> Result<Edited, Refused> {
        let fields = self.design.fields(row);
        let fields: Vec<_> = fields
            .into_iter()
            .filter(|field| field.need == Need::Optional && field.range.is_some())
            .collect();
        if fields.is_empty() {
            return Err(Refused::NoSuchRow);
        }
        let field = self.dice.pick(&fields);
        let (name, range) = (field.name, field.range.clone().unwrap());
        let within = self.design.document().tokens_in(range);
        let within = within.iter().filter(|token| token.kind.is_comment());
        let within = within.count();
        let comments = self.field_comments(row);
        let edited = self.design.clear(row, name)?;
        self.check_fields(row, name, comments);
        let path = self.model.path(row);
        let node = self.model.at(&path);
        node.fields.remove(name).unwrap();
        node.touched = Touched::Changed;
        self.around(&path);
        self.forget_comments(row, within);
        Ok(edited)
    }

    /// A field may take its own comments along.
    pub(super) fn forget_comments(&mut self, row: usize, within: usize) {
        let extent = match row {
            0 => 0..self.design.text().len(),
            row => self.design.extent(row).unwrap(),
        };
        let written = self.design.text()[extent].to_owned();
        let path = self.model.path(row);
        let node = self.model.at(&path);
        let before = node.loose.len();
        node.loose.retain(|comment| written.contains(comment));
        assert!(
            before - node.loose.len() <= 2 + within,
            "those of one field"
        );
    }

    pub(super) fn adjust(&mut self, row: usize) -> Result<Edited, Refused> {
        let (rows, ..) = self.some(row);
        let seconds = *self.dice.pick(&[-600_i64, -15, 15, 30, 600]);
        let old: Vec<Option<String>> = self.times();
        let edited = self.design.adjust_time(rows.clone(), seconds)?;
        take_times(&mut self.model, &self.design);
        let new = self.times();
        let nodes = self.model.rows();
        for (at, (old, new)) in old.iter().zip(&new).enumerate() {
            let (Some(old), Some(new)) = (old, new) else {
                continue;
            };
            if !rows.contains(&at) {
                assert_eq!(old, new);
                continue;
            }
            let read = |text: &String| time::parse(text).unwrap().as_secs();
            let limit = |name| nodes[at].1.fields.get(name).map(read);
            let (old, new) = (read(old), read(new));
            let wanted = old.saturating_add_signed(seconds);
            let bounded = if seconds < 0 {
                wanted.max(limit("min").unwrap_or(1).min(old))
            } else {
                wanted.min(limit("max").unwrap_or(12 * 3600).max(old))
            };
            assert_eq!(new, bounded);
        }
        self.all_changed();
        Ok(edited)
    }

    pub(super) fn scale(&mut self, row: usize) -> Result<Edited, Refused> {
        let length = Duration::from_secs(60 + self.dice.below(3000) as u64);
        let edited = self.design.scale(row, length)?;
        let reached = self.design.rows()[row].length.unwrap();
        assert!(reached <= length);
        let inside = self.design.rows()[row].clone();
        // The whole routine takes the sequences that it uses along.
        let within = if row == 0 {
            0..self.design.rows().len()
        } else {
            row..inside.end
        };
        let once = |at: &usize| {
            self.design.rows()[*at].kind.is_timed()
                && self.design.rows()[*at].parent == Some(row)
                && !self.model.rows()[*at].1.fields.contains_key("min")
                && !self.model.rows()[*at].1.fields.contains_key("max")
        };
        if inside.kind == RowKind::Phase && within.clone().any(|at| once(&at)) {
            assert_eq!(reached, length, "a step of its own takes the odd seconds");
        }
        let old = self.times();
        take_times(&mut self.model, &self.design);
        let new = self.times();
        for (at, (old, new)) in old.iter().zip(&new).enumerate() {
            assert!(old == new || within.contains(&at));
        }
        self.all_changed();
        Ok(edited)
    }
}
