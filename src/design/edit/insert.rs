//! Rows put in: written anew or from a clip, beside a row or in a list, at the nearest place where they
//! can stand.

use super::set::checked_text;
use super::{Clip, New, Planned, Shape, Spot};
use crate::design::blocks::{self, Form, NewField};
use crate::design::layout::{self, List};
use crate::design::rows::{Class, Container};
use crate::design::run::{Comma, Run};
use crate::design::splice::Splice;
use crate::design::{Design, Edited, Refused, RowKind, Within, lists, write};
use crate::document::Node;
use crate::routine::text::Lines;
use crate::routine::time::LONGEST;

/// A place in a list: before the item of that number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) list: Container,
    pub(super) at: usize,
}

impl Design {
    /// Writes something anew.
    ///
    /// # Errors
    ///
    /// It can't stand there, or a value in it can't be.
    pub fn insert(&mut self, spot: Spot, new: &New) -> Result<Edited, Refused> {
        let (class, mut shape) = self.checked_new(new)?;
        let target = self.slot(spot, class)?;
        let depth = self.depth(target.list);
        for (_, inner) in &mut shape {
            *inner += depth;
        }
        let unit = layout::unit(&self.document);
        let run = Run::new(write::block(new, unit));
        let planned = self.put(target, &run, &shape)?;
        self.commit(planned)
    }

    /// Puts a clip's rows into the text, indented as the others are there and with the text's line ends.
    /// A sequence whose name is taken gets a new one.
    ///
    /// # Errors
    ///
    /// They can't stand there.
    pub fn paste(&mut self, spot: Spot, clip: &Clip) -> Result<Edited, Refused> {
        let target = self.slot(spot, clip.class)?;
        let planned = self.put_clip(target, clip)?;
        self.commit(planned)
    }

    /// Puts a clip's rows into a list.
    pub(super) fn put_clip(&self, slot: Slot, clip: &Clip) -> Result<Planned, Refused> {
        let depth = self.depth(slot.list);
        let shape: Shape = clip
            .shape
            .iter()
            .map(|(kind, inner)| (*kind, depth + inner))
            .collect();
        let mut taken = self.sequence_names();
        let mut run = clip.run.clone();
        let mut renamed = Vec::new();
        for (range, name) in &clip.names {
            let free = free_name(name, &taken);
            if free != *name {
                let old = run.text.get(range.clone());
                renamed.push((range.clone(), write::text(&free, old, "\n")));
            }
            taken.push(free);
        }
        for (range, name) in renamed.into_iter().rev() {
            run = run.replaced(range, &name);
        }
        self.put(slot, &run, &shape)
    }

    /// Puts items into a list; the shape is of the rows that come of them.
    pub(super) fn put(&self, slot: Slot, run: &Run, shape: &Shape) -> Result<Planned, Refused> {
        let splices = match self.list(slot.list) {
            Some(node) => {
                let list = List::of(&self.document, node).ok_or(Refused::WouldBreak)?;
                lists::insert(&list, slot.at, run)
            }
            None => self.new_list(slot.list, run),
        };
        let at = self.row_position(slot);
        let mut all = self.shape();
        let kind = shape.first().map_or(RowKind::Unknown, |(kind, _)| *kind);
        if at > all.len() {
            return Err(Refused::WrongPlace {
                thing: kind.thing(),
            });
        }
        all.splice(at..at, shape.iter().copied());
        Ok(Planned {
            splices: splices.ok_or(Refused::WrongPlace {
                thing: kind.thing(),
            })?,
            shape: all,
            rows: at..at + shape.len(),
        })
    }

    /// Writes a list that is not there with these items in it: the field of a block.
    fn new_list(&self, list: Container, run: &Run) -> Option<Vec<Splice>> {
        let (row, name, brackets) = match list {
            Container::Phases => (0, "phases", ("[", "]")),
            Container::Sequences => (0, "sequences", ("{", "}")),
            Container::Inside(row) => (row, "steps", ("[", "]")),
        };
        let kind = self.rows().get(row)?.kind;
        let is_free = self.value_node(row, name).is_none();
        let block = self
            .node(row)
            .filter(|_| is_free && matches!(kind, RowKind::Routine | RowKind::Phase))?;
        let fields = List::of(&self.document, block)?;
        let line_end = layout::line_end(self.text(), block.range().start);
        let outer = if fields.breaks(0) {
            fields.indent(0)
        } else {
            fields.outer().to_owned()
        };
        let inner = format!("{outer}{}", layout::unit(&self.document));
        let items = run.indented(Comma::Yes, &inner, line_end);
        let (open, close) = brackets;
        let value = format!("{open}{line_end}{inner}{items}{line_end}{outer}{close}");
        let field = NewField {
            name,
            value: &value,
            form: Form::Long,
        };
        let mut splices = blocks::insert(&fields, blocks::order(kind, Within::Row), field)?;
        // Set apart from the fields before it as what follows it is.
        let phases = fields
            .items
            .iter()
            .position(|item| item.key().and_then(Node::name) == Some("phases"));
        let spaced = phases.is_some_and(|at| at > 0 && fields.is_spaced(at));
        if let Some(splice) = splices
            .last_mut()
            .filter(|_| spaced && list == Container::Sequences)
        {
            splice.text.insert_str(0, line_end);
        }
        Some(splices)
    }

    /// Where a list's rows stand in the table.
    pub(super) fn depth(&self, list: Container) -> usize {
        match list {
            Container::Phases | Container::Sequences => 0,
            Container::Inside(row) => self.rows().get(row).map_or(0, |row| row.depth + 1),
        }
    }

    /// The row that something put in there becomes.
    fn row_position(&self, slot: Slot) -> usize {
        let rows = self.rows();
        if let Some(row) = self.children(slot.list).nth(slot.at) {
            return row;
        }
        let last = self.children(slot.list).last();
        match (slot.list, last.and_then(|last| rows.get(last))) {
            (_, Some(last)) => last.end,
            (Container::Inside(row), None) => row + 1,
            (Container::Phases, None) => self.first_row_behind(Container::Phases, rows.len()),
            (Container::Sequences, None) => self.first_row_behind(Container::Sequences, 1),
        }
    }

    /// The first row behind an empty list.
    fn first_row_behind(&self, list: Container, missing: usize) -> usize {
        let Some(node) = self.list(list) else {
            return missing;
        };
        let end = node.range().end;
        let before = self.rows().partition_point(|row| row.range.start < end);
        before.max(1)
    }

    /// The nearest place at a spot where something of a class can stand.
    pub(super) fn slot(&self, spot: Spot, class: Class) -> Result<Slot, Refused> {
        let row = match spot {
            Spot::Before(row) | Spot::After(row) | Spot::Into(row) => row,
        };
        self.known(row)?;
        let found = match spot {
            Spot::Into(row) => self.slot_in(row, class),
            Spot::Before(row) => self.slot_beside(row, class, 0),
            Spot::After(row) => self.slot_beside(row, class, 1),
        };
        found.ok_or(Refused::WrongPlace {
            thing: match class {
                Class::Phases => RowKind::Phase.thing(),
                Class::Sequences => RowKind::Sequence.thing(),
                Class::Steps => RowKind::Step.thing(),
            },
        })
    }

    fn slot_in(&self, row: usize, class: Class) -> Option<Slot> {
        let list = match (self.rows().get(row)?.kind, class) {
            (RowKind::Routine, Class::Phases) => Container::Phases,
            (RowKind::Routine, Class::Sequences) => Container::Sequences,
            (RowKind::Routine, Class::Steps) => return None,
            (kind, _) => {
                let list = Container::Inside(row);
                let can = self.list(list).is_some() || kind == RowKind::Phase;
                can.then_some(list)?
            }
        };
        (self.class(list) == class).then(|| self.end_of(list))
    }

    /// The place behind the last item of a list.
    pub(super) fn end_of(&self, list: Container) -> Slot {
        let at = self.children(list).count();
        Slot { list, at }
    }

    /// The place before a row, or `behind` it.
    fn slot_beside(&self, row: usize, class: Class, behind: usize) -> Option<Slot> {
        let mut at = row;
        while let Some(list) = self.container(at) {
            if self.class(list) == class {
                let index = self.rows().get(at)?.index;
                return Some(Slot {
                    list,
                    at: index + behind,
                });
            }
            match self.rows().get(at)?.parent {
                Some(parent) if class != Class::Steps => at = parent,
                _ => break,
            }
        }
        // No list around the row takes it.
        match class {
            Class::Sequences => Some(self.end_of(Container::Sequences)),
            Class::Phases => Some(Slot {
                list: Container::Phases,
                at: 0,
            }),
            Class::Steps if behind == 0 => {
                let before = self.rows().get(..row)?.iter().enumerate().rev();
                let mut lists = before.filter(|(_, row)| row.kind == RowKind::Phase);
                lists.find_map(|(at, _)| self.slot_in(at, class))
            }
            Class::Steps => {
                let takes = matches!(
                    self.rows().get(row)?.kind,
                    RowKind::Phase | RowKind::Sequence
                );
                let slot = self.slot_in(row, class).filter(|_| takes)?;
                Some(Slot { at: 0, ..slot })
            }
        }
    }

    /// What something new is, if all in it may be.
    fn checked_new(&self, new: &New) -> Result<(Class, Shape), Refused> {
        let one_line = |text: &str| checked_text(text, Lines::One).map(|_| ());
        let timed = |time: std::time::Duration| match time.as_secs() {
            0 => Err(Refused::NoTime),
            _ if time > LONGEST => Err(Refused::LongTime),
            _ => Ok(()),
        };
        let (kind, class, items) = match new {
            New::Step { stroke, time, .. } => {
                one_line(stroke)?;
                timed(*time)?;
                (RowKind::Step, Class::Steps, [].as_slice())
            }
            New::Transition { time, .. } => {
                timed(*time)?;
                (RowKind::Transition, Class::Steps, [].as_slice())
            }
            New::Use(name) => {
                if !self.sequence_names().contains(name) {
                    return Err(Refused::NoSequence(name.clone()));
                }
                (RowKind::Use, Class::Steps, [].as_slice())
            }
            New::Phase { name, items, .. } => {
                one_line(name)?;
                (RowKind::Phase, Class::Phases, items.as_slice())
            }
            New::Sequence { name, items } => {
                one_line(name)?;
                if self.sequence_names().contains(name) {
                    return Err(Refused::NameTaken(name.clone()));
                }
                (RowKind::Sequence, Class::Sequences, items.as_slice())
            }
        };
        let mut shape = vec![(kind, 0)];
        for item in items {
            let (class, inner) = self.checked_new(item)?;
            if class != Class::Steps {
                let thing = inner
                    .first()
                    .map_or(RowKind::Unknown, |(kind, _)| *kind)
                    .thing();
                return Err(Refused::WrongPlace { thing });
            }
            shape.extend(inner.into_iter().map(|(kind, depth)| (kind, depth + 1)));
        }
        Ok((class, shape))
    }
}

/// A name that is not taken, as near to the wanted one as can be: `warm-up 2`.
fn free_name(name: &str, taken: &[String]) -> String {
    if !taken.iter().any(|other| other == name) {
        return name.to_owned();
    }
    let numbered = name
        .rsplit_once(' ')
        .filter(|(stem, number)| !stem.is_empty() && number.chars().all(|c| c.is_ascii_digit()));
    let stem = numbered.map_or(name, |(stem, _)| stem);
    let mut free = (2_usize..).map(|number| format!("{stem} {number}"));
    let free = free.find(|free| !taken.contains(free));
    free.unwrap_or_else(|| name.to_owned())
}
