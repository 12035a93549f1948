//! Fields of rows: written, cleared, and times made longer or shorter.

use std::ops::Range;
use std::time::Duration;

use super::Planned;
use crate::design::blocks::{self, Form, NewField, WIDE_FOR_LONG};
use crate::design::fields::{
    AFTERCARE, FieldKind, FieldState, NAME, Need, Spec, Value, Words, specs, state,
};
use crate::design::layout::{self, List};
use crate::design::rows::Container;
use crate::design::splice::Splice;
use crate::design::{Design, Edited, Refused, RowKind, Within, write};
use crate::document::{Node, NodeKind};
use crate::routine::text::{Lines, Match, closest, find_unsafe};
use crate::routine::time::{self, LONGEST};
use crate::routine::{MAX_REPEAT, MAX_TEXT};

impl Design {
    /// Writes a value in a field, in the way in which the field or its neighbours are written. `Flag(false)`
    /// clears. A sequence's new name is written wherever it is used, too.
    ///
    /// # Errors
    ///
    /// The row has no such field, or the value is none for it.
    pub fn set(&mut self, row: usize, field: &str, value: &Value) -> Result<Edited, Refused> {
        let spec = self.spec(row, field)?;
        let value = checked(spec, value)?;
        if value == Value::Flag(false) {
            return self.clear(row, field);
        }
        self.check_name(row, spec, &value)?;
        let node = self.value_node(row, spec.name);
        if state(spec.kind, node) == FieldState::Value(value.clone()) {
            return self.commit(self.unmoved(row, Vec::new()));
        }
        let splices = match node {
            Some(node) => {
                let inner = node.unwrapped();
                let written = self.literal(row, &value, Some(inner.text()));
                let gap = if inner.kind() == NodeKind::Missing {
                    " "
                } else {
                    ""
                };
                let mut splices = vec![Splice::new(inner.range(), format!("{gap}{written}"))];
                splices.extend(self.renamed_uses(row, &value));
                splices
            }
            None => self.new_field(row, spec, &value)?,
        };
        let edited = self.commit(self.unmoved(row, splices))?;
        // What can't be read back as it was meant was not written well.
        let read = state(spec.kind, self.value_node(row, spec.name));
        if read == FieldState::Value(value) {
            return Ok(edited);
        }
        self.take_back();
        Err(Refused::WouldBreak)
    }

    /// Reads what was typed for a field and writes it; nothing typed clears the field. Words are
    /// understood as people read them, too: `mid back`.
    ///
    /// # Errors
    ///
    /// As of [`set`](Self::set) and [`clear`](Self::clear); what was typed is no value.
    pub fn set_typed(&mut self, row: usize, field: &str, typed: &str) -> Result<Edited, Refused> {
        let spec = self.spec(row, field)?;
        if typed.trim().is_empty() {
            return self.clear(row, field);
        }
        let value = match spec.kind {
            FieldKind::Time => Value::Time(time::parse(typed).map_err(Refused::BadTime)?),
            FieldKind::Text | FieldKind::LongText | FieldKind::Sound | FieldKind::Sequence => {
                Value::Text(typed.to_owned())
            }
            FieldKind::Word(words) => Value::Word(understood(spec.name, words, typed)?),
            FieldKind::Number(least, most) => {
                let number = typed.trim().parse();
                Value::Number(number.map_err(|_| Refused::OutOfRange { least, most })?)
            }
            // A list has lines, each typed for itself.
            FieldKind::Lines => return Err(Refused::WrongKind(spec.name)),
            FieldKind::Flag => match typed.trim().to_lowercase().as_str() {
                "true" | "yes" | "y" => Value::Flag(true),
                "false" | "no" | "n" => Value::Flag(false),
                _ => return Err(Refused::WrongKind(spec.name)),
            },
        };
        self.set(row, field, &value)
    }

    /// Takes a field out. On a line that it shares with others its comments stay.
    ///
    /// # Errors
    ///
    /// The row has no such field, or can't do without.
    pub fn clear(&mut self, row: usize, field: &str) -> Result<Edited, Refused> {
        let spec = self.spec(row, field)?;
        if spec.need == Need::Required {
            return Err(Refused::Required {
                thing: self.known(row)?.kind.thing(),
                field: spec.name,
            });
        }
        let Some(value) = self.value_node(row, spec.name) else {
            return self.commit(self.unmoved(row, Vec::new()));
        };
        let own = self.node(row).ok_or(Refused::WouldBreak)?;
        let (mut block, mut value) = (own, value);
        if spec.within == Within::Aftercare {
            let aftercare = own.field(AFTERCARE).ok_or(Refused::WouldBreak)?;
            if self.is_alone(aftercare) {
                // Nothing is left of the card: what is empty goes.
                value = aftercare;
            } else {
                block = aftercare.unwrapped();
            }
        }
        let list = List::of(&self.document, block).ok_or(Refused::WouldBreak)?;
        let at = list.items.iter().position(|item| *item == value);
        let splices = at.and_then(|at| blocks::remove(&list, at));
        self.commit(self.unmoved(row, splices.ok_or(Refused::WouldBreak)?))
    }

    /// Makes the steps and transitions among the rows longer or shorter by so many seconds each, as far
    /// as their own `min` and `max` go, and not below a second. Of groups and phases among the rows all
    /// that is written in them.
    ///
    /// # Errors
    ///
    /// None of them changes: all are at their limits, or there are none.
    pub fn adjust_time(&mut self, rows: Range<usize>, seconds: i64) -> Result<Edited, Refused> {
        let selected = self.select(rows)?;
        let (mut splices, mut refused) = (Vec::new(), None);
        for row in selected.rows.clone() {
            let kind = self.known(row)?.kind;
            if !kind.is_timed() {
                continue;
            }
            match self.adjusted(row, seconds) {
                Ok(time) => splices.extend(self.time_splice(row, "time", time)),
                Err(why) => refused = refused.or(Some(why)),
            }
        }
        if splices.is_empty() {
            let kind = self.known(selected.rows.start)?.kind;
            return Err(refused.unwrap_or(Refused::Timeless(kind.thing())));
        }
        let mut planned = self.unmoved(selected.rows.start, splices);
        planned.rows = selected.rows;
        self.commit(planned)
    }

    /// A row's time after a change.
    fn adjusted(&self, row: usize, seconds: i64) -> Result<Duration, Refused> {
        let time = self.time(row, "time")?.ok_or_else(|| Refused::Required {
            thing: RowKind::Step.thing(),
            field: "time",
        })?;
        let (least, most) = self.limits(row);
        let wanted = time.as_secs().saturating_add_signed(seconds);
        let wanted = Duration::from_secs(wanted);
        let bounded = if seconds < 0 {
            wanted.max(least.min(time))
        } else {
            wanted.min(most.max(time))
        };
        if bounded != time || seconds == 0 {
            return Ok(bounded);
        }
        Err(match (seconds < 0, least, most) {
            (true, least, _) if least.as_secs() <= 1 => Refused::NoTime,
            (true, least, _) => Refused::AtMin(least),
            (false, _, most) if most >= LONGEST => Refused::LongTime,
            (false, _, most) => Refused::AtMax(most),
        })
    }

    /// How short and how long a step may become by its own `min` and `max`; by none a second and twelve
    /// hours. What can't be read limits nothing.
    pub(super) fn limits(&self, row: usize) -> (Duration, Duration) {
        let read = |name| self.time(row, name).ok().flatten();
        let least = read("min").filter(|least| !least.is_zero());
        (
            least.unwrap_or(Duration::from_secs(1)),
            read("max").unwrap_or(LONGEST),
        )
    }

    /// A time as it is written in a row; none if there is none.
    pub(super) fn time(&self, row: usize, name: &str) -> Result<Option<Duration>, Refused> {
        match state(FieldKind::Time, self.value_node(row, name)) {
            FieldState::Value(Value::Time(time)) => Ok(Some(time)),
            FieldState::Unread(written) => Err(Refused::UnreadTime(written)),
            _ => Ok(None),
        }
    }

    /// Writes another time in a row that has one in that field.
    pub(super) fn time_splice(&self, row: usize, field: &str, time: Duration) -> Option<Splice> {
        let node = self.value_node(row, field)?.unwrapped();
        Some(Splice::new(
            node.range(),
            write::time(time, Some(node.text())),
        ))
    }

    /// An edit that leaves all rows where they are.
    pub(super) fn unmoved(&self, row: usize, splices: Vec<Splice>) -> Planned {
        let end = self.rows().get(row).map_or(row, |row| row.end);
        Planned {
            splices,
            shape: self.shape(),
            rows: row..end,
        }
    }

    pub(super) fn spec(&self, row: usize, field: &str) -> Result<Spec, Refused> {
        let kind = self.known(row)?.kind;
        let spec = specs(kind).into_iter().find(|spec| spec.name == field);
        spec.ok_or_else(|| Refused::NoSuchField {
            thing: kind.thing(),
            field: field.to_owned(),
        })
    }

    /// Whether a name may be given, or used.
    fn check_name(&self, row: usize, spec: Spec, value: &Value) -> Result<(), Refused> {
        let Value::Text(name) = value else {
            return Ok(());
        };
        let is_sequence = self.known(row)?.kind == RowKind::Sequence;
        let mut sequences = self.children(Container::Sequences);
        let found = sequences.find(|at| self.written(*at, NAME).as_ref() == Some(name));
        match (spec.kind, found) {
            (FieldKind::Sequence, None) => Err(Refused::NoSequence(name.clone())),
            (_, Some(other)) if is_sequence && other != row => {
                Err(Refused::NameTaken(name.clone()))
            }
            _ => Ok(()),
        }
    }

    /// A value as it is to be written in a row.
    fn literal(&self, row: usize, value: &Value, before: Option<&str>) -> String {
        match value {
            Value::Time(time) => write::time(*time, before),
            Value::Text(text) => {
                let start = self.rows().get(row).map_or(0, |row| row.range.start);
                write::text(text, before, layout::line_end(self.text(), start))
            }
            Value::Word(word) => word.clone(),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::Lines(lines) => write::lines(lines, None, ""),
        }
    }

    /// Whether a block has one field alone, and no comments.
    fn is_alone(&self, block: Node<'_>) -> bool {
        let extent = layout::extent(&self.document, block);
        let mut tokens = self.document.tokens_in(extent).iter();
        block.unwrapped().children().count() == 1 && !tokens.any(|token| token.kind.is_comment())
    }

    /// A sequence's new name wherever the old one is used.
    fn renamed_uses(&self, row: usize, value: &Value) -> Vec<Splice> {
        let is_sequence = self.rows().get(row).map(|row| row.kind) == Some(RowKind::Sequence);
        let (Some(old), Value::Text(new)) = (self.written(row, NAME), value) else {
            return Vec::new();
        };
        let rows = self.rows().iter().enumerate();
        let uses = rows.filter(|(_, row)| is_sequence && row.kind == RowKind::Use);
        let renamed = uses.filter_map(|(at, _)| {
            let name = self.value_node(at, NAME)?.unwrapped();
            let is_old = name.decoded()?.value() == old;
            is_old.then(|| Splice::new(name.range(), write::text(new, Some(name.text()), "\n")))
        });
        renamed.collect()
    }

    /// Writes a field that is not there.
    pub(super) fn new_field(
        &self,
        row: usize,
        spec: Spec,
        value: &Value,
    ) -> Result<Vec<Splice>, Refused> {
        let kind = self.known(row)?.kind;
        let own = self.node(row).ok_or(Refused::NoSuchRow)?;
        let fields = self.fields_of(own).ok_or(Refused::NotThis(kind.thing()))?;
        if spec.within == Within::Row {
            let value = self.field_text(row, &fields, spec.name, value, 0);
            return Self::put_field(&fields, kind, spec, &value);
        }
        match own.field(AFTERCARE).map(Node::unwrapped) {
            Some(card) if card.kind() == NodeKind::Missing => {
                let card = Splice::new(
                    card.range(),
                    format!(" {}", self.card(&fields, row, spec, value)),
                );
                Ok(vec![card])
            }
            Some(card) if card.name() == Some("None") => {
                let text = self.card(&fields, row, spec, value);
                Ok(vec![Splice::new(card.range(), text)])
            }
            Some(card) => {
                let fields = self.fields_of(card).ok_or(Refused::NotThis(AFTERCARE))?;
                let value = self.field_text(row, &fields, spec.name, value, 0);
                Self::put_field(&fields, kind, spec, &value)
            }
            None => {
                let card = self.card(&fields, row, spec, value);
                let whole = Spec {
                    name: AFTERCARE,
                    within: Within::Row,
                    ..spec
                };
                Self::put_field(&fields, kind, whole, &card)
            }
        }
    }

    /// A block's fields, if they have names.
    fn fields_of<'a>(&'a self, block: Node<'a>) -> Option<List<'a>> {
        let has_names = block.kind() == NodeKind::Struct || block.children().next().is_none();
        List::of(&self.document, block).filter(|_| has_names)
    }

    /// A value as it is to be written beside these fields, or as much further in.
    fn field_text(
        &self,
        row: usize,
        fields: &List<'_>,
        name: &str,
        value: &Value,
        levels: usize,
    ) -> String {
        let Value::Lines(lines) = value else {
            return self.literal(row, value, None);
        };
        let (has_lines, outer) = fields.lines_of_fields();
        if !has_lines {
            return write::lines(lines, None, "");
        }
        let unit = layout::unit(&self.document);
        let outer = format!("{outer}{}", unit.repeat(levels));
        let line_end = layout::line_end(self.text(), fields.open);
        let inline = write::lines(lines, None, "");
        let width = outer.chars().count() + name.len() + inline.chars().count() + 3;
        if lines.len() < 2 && width <= WIDE_FOR_LONG {
            return inline;
        }
        write::lines(lines, Some((&outer, unit)), line_end)
    }

    /// The `Aftercare( ... )` with this in it.
    fn card(&self, fields: &List<'_>, row: usize, spec: Spec, value: &Value) -> String {
        let name = spec.name;
        let (has_lines, outer) = fields.lines_of_fields();
        let value = self.field_text(row, fields, name, value, 1);
        if !has_lines {
            return format!("Aftercare({name}: {value})");
        }
        let unit = layout::unit(&self.document);
        let line_end = layout::line_end(self.text(), fields.open);
        format!("Aftercare({line_end}{outer}{unit}{name}: {value},{line_end}{outer})")
    }

    /// Puts a field in its place in a block.
    fn put_field(
        fields: &List<'_>,
        kind: RowKind,
        spec: Spec,
        value: &str,
    ) -> Result<Vec<Splice>, Refused> {
        let field = NewField {
            name: spec.name,
            value,
            form: match (spec.name, spec.within, kind) {
                ("cue" | "note" | "description" | AFTERCARE, ..) => Form::Long,
                _ if spec.kind == FieldKind::Lines => Form::Long,
                _ => Form::Short,
            },
        };
        let order = blocks::order(kind, spec.within);
        let mut splices =
            blocks::insert(fields, order, field).ok_or(Refused::NotThis(kind.thing()))?;
        let is_phases = |item: &Node<'_>| item.key().and_then(Node::name) == Some("phases");
        let phases = fields.items.iter().position(is_phases);
        if let Some(at) = phases.filter(|at| *at > 0 && kind == RowKind::Routine)
            && let Some(splice) = splices.last_mut()
            && fields.extent(at).map(|extent| extent.end) == Some(splice.range.start)
        {
            set_apart(fields, at, splice);
        }
        Ok(splices)
    }

    /// Takes the edit just made back as if it had never been.
    pub(super) fn take_back(&mut self) {
        if self.undo().is_ok() {
            self.history.undone.pop();
        }
    }
}

/// Sets what comes right behind the phases apart from them, as they are from what is before them; or
/// puts it to what is set apart from them already.
fn set_apart(fields: &List<'_>, phases: usize, splice: &mut Splice) {
    let text = fields.text();
    let line_end = layout::line_end(text, fields.open);
    let behind = fields.gap(phases + 1);
    let next = fields.extent(phases + 1);
    let next = next.filter(|_| text.get(behind).is_some_and(|gap| gap.trim().is_empty()));
    match next.filter(|_| fields.is_spaced(phases + 1)) {
        Some(next) => {
            let start = layout::line_start(text, next.start);
            let line = splice.text.trim_start_matches(['\r', '\n']);
            *splice = Splice::new(start..start, format!("{line}{line_end}"));
        }
        None if fields.is_spaced(phases) => splice.text.insert_str(0, line_end),
        None => {}
    }
}

/// The value as a field may have it.
fn checked(spec: Spec, value: &Value) -> Result<Value, Refused> {
    match (spec.kind, value) {
        (FieldKind::Time, Value::Time(time)) => {
            let time = Duration::from_secs(time.as_secs());
            match time {
                Duration::ZERO if spec.name != "prepare" => Err(Refused::NoTime),
                time if time > LONGEST => Err(Refused::LongTime),
                time => Ok(Value::Time(time)),
            }
        }
        (FieldKind::LongText, Value::Text(text)) => checked_text(text, Lines::Many),
        (FieldKind::Text | FieldKind::Sound | FieldKind::Sequence, Value::Text(text)) => {
            checked_text(text, Lines::One)
        }
        (FieldKind::Word(words), Value::Word(word)) if words.words().contains(&word.as_str()) => {
            Ok(value.clone())
        }
        (FieldKind::Word(words), Value::Word(word)) => Err(unknown(spec.name, words, word)),
        (FieldKind::Number(1, MAX_REPEAT), Value::Number(number))
            if !(1..=MAX_REPEAT).contains(number) =>
        {
            Err(Refused::RepeatCount)
        }
        (FieldKind::Number(least, most), Value::Number(number)) => {
            if (least..=most).contains(number) {
                Ok(value.clone())
            } else {
                Err(Refused::OutOfRange { least, most })
            }
        }
        (FieldKind::Flag, Value::Flag(_)) => Ok(value.clone()),
        _ => Err(Refused::WrongKind(spec.name)),
    }
}

/// The text with plain line ends, if the format takes it.
pub(super) fn checked_text(text: &str, lines: Lines) -> Result<Value, Refused> {
    let text = text.replace("\r\n", "\n");
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Err(Refused::EmptyText);
    }
    if length > MAX_TEXT {
        return Err(Refused::LongText(length));
    }
    match find_unsafe(&text, lines) {
        Some((_, '\n')) => Err(Refused::SeveralLines),
        Some((_, c)) => Err(Refused::UnsafeText(c)),
        None if text.contains('\r') => Err(Refused::UnsafeText('\r')),
        None => Ok(Value::Text(text)),
    }
}

/// The word of a list that was typed, as a file or as people have it.
fn understood(field: &'static str, words: Words, typed: &str) -> Result<String, Refused> {
    let plain = |text: &str| text.to_lowercase().replace([' ', '_', '-'], "");
    let is_it = |word: &&str| {
        let human = words.human(word).unwrap_or(word);
        plain(word) == plain(typed) || plain(human) == plain(typed)
    };
    let found = words.words().iter().copied().find(is_it);
    found
        .map(str::to_owned)
        .ok_or_else(|| unknown(field, words, typed.trim()))
}

fn unknown(field: &'static str, words: Words, word: &str) -> Refused {
    let meant = closest(word, words.words().iter().copied());
    Refused::UnknownWord {
        field,
        word: word.to_owned(),
        meant: meant
            .filter(|(_, certainty)| *certainty == Match::Certain)
            .and_then(|(meant, _)| words.words().iter().copied().find(|word| *word == meant)),
    }
}
