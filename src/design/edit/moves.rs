//! Rows moved up and down: past a row, into a group and out of it, from phase to phase.

use std::ops::Range;

use super::Planned;
use super::insert::Slot;
use crate::design::rows::{Container, Selected};
use crate::design::run::Run;
use crate::design::{Design, Edited, Refused, RowKind, lists};

impl Design {
    /// Moves rows one place up: above the row before them, into the end of a group before them, out of
    /// the group that they are the first of, or into the end of the phase before.
    ///
    /// # Errors
    ///
    /// They are the first already, or not in one list.
    pub fn move_up(&mut self, rows: Range<usize>) -> Result<Edited, Refused> {
        let selected = self.select(rows)?;
        let Selected { list, items, .. } = &selected;
        let before = items.start.checked_sub(1);
        let sibling = before.and_then(|before| self.children(*list).nth(before));
        let planned = match (before, sibling) {
            (Some(_), Some(sibling)) if self.takes(sibling, *list) => {
                self.moved(&selected, self.end_of(Container::Inside(sibling)))?
            }
            (Some(before), Some(_)) => {
                let (planned, other) = self.exchanged(*list, before, items.start, items.end)?;
                debug_assert_eq!(
                    planned.rows.end, other.start,
                    "they stand beside each other"
                );
                planned
            }
            _ => {
                let slot = self.above(*list).ok_or(Refused::First)?;
                self.moved(&selected, slot)?
            }
        };
        self.commit(planned)
    }

    /// Moves rows one place down: below the row behind them, into the beginning of a group behind them,
    /// out of the group that they are the last of, or into the beginning of the next phase.
    ///
    /// # Errors
    ///
    /// They are the last already, or not in one list.
    pub fn move_down(&mut self, rows: Range<usize>) -> Result<Edited, Refused> {
        let selected = self.select(rows)?;
        let Selected { list, items, .. } = &selected;
        let planned = match self.children(*list).nth(items.end) {
            Some(sibling) if self.takes(sibling, *list) => {
                let list = Container::Inside(sibling);
                self.moved(&selected, Slot { list, at: 0 })?
            }
            Some(_) => {
                let Range { start, end } = *items;
                let (planned, rows) = self.exchanged(*list, start, end, end + 1)?;
                Planned { rows, ..planned }
            }
            None => {
                let slot = self.below(*list).ok_or(Refused::Last)?;
                self.moved(&selected, slot)?
            }
        };
        self.commit(planned)
    }

    /// Whether a row is a group that takes what stands beside it.
    fn takes(&self, row: usize, beside: Container) -> bool {
        let inside = Container::Inside(row);
        self.rows().get(row).is_some_and(|row| row.kind.is_group())
            && self.class(inside) == self.class(beside)
            && self.list(inside).is_some()
    }

    /// Where the first of a list goes when it goes up.
    fn above(&self, list: Container) -> Option<Slot> {
        let Container::Inside(row) = list else {
            return None;
        };
        let kind = self.rows().get(row)?.kind;
        if kind.is_group() {
            let at = self.rows().get(row)?.index;
            return Some(Slot {
                list: self.container(row)?,
                at,
            });
        }
        let before = self.rows().get(..row)?.iter().enumerate().rev();
        let phase = before.filter(|(_, row)| row.kind == RowKind::Phase);
        let mut lists = phase.map(|(at, _)| Container::Inside(at));
        let list = lists.find(|list| kind == RowKind::Phase && self.list(*list).is_some())?;
        Some(self.end_of(list))
    }

    /// Where the last of a list goes when it goes down.
    fn below(&self, list: Container) -> Option<Slot> {
        let Container::Inside(row) = list else {
            return None;
        };
        let here = self.rows().get(row)?;
        if here.kind.is_group() {
            let at = here.index + 1;
            return Some(Slot {
                list: self.container(row)?,
                at,
            });
        }
        let behind = self.rows().iter().enumerate().skip(here.end);
        let phase = behind.filter(|(_, row)| row.kind == RowKind::Phase);
        let mut lists = phase.map(|(at, _)| Container::Inside(at));
        let is_phase = here.kind == RowKind::Phase;
        let list = lists.find(|list| is_phase && self.list(*list).is_some())?;
        Some(Slot { list, at: 0 })
    }

    /// Items exchanged with those behind them. The rows are those that moved up; those that moved down
    /// are given beside it.
    fn exchanged(
        &self,
        list: Container,
        first: usize,
        middle: usize,
        end: usize,
    ) -> Result<(Planned, Range<usize>), Refused> {
        let row = |at: usize| self.children(list).nth(at);
        let start = row(first).ok_or(Refused::NoSuchRow)?;
        let between = row(middle).ok_or(Refused::NoSuchRow)?;
        let bottom = row(end - 1).and_then(|row| self.rows().get(row));
        let stop = bottom.ok_or(Refused::NoSuchRow)?.end;
        let selected = Selected {
            list,
            items: first..end,
            rows: start..stop,
        };
        let splice = lists::exchange(&self.list_of(&selected)?, first, middle, end);
        let mut shape = self.shape();
        if let Some(rows) = shape.get_mut(start..stop) {
            rows.rotate_left(between - start);
        }
        Ok((
            Planned {
                splices: vec![splice.ok_or(Refused::WouldBreak)?],
                shape,
                rows: start..start + (stop - between),
            },
            start + (stop - between)..stop,
        ))
    }

    /// Rows taken out of their list and put into another.
    fn moved(&self, selected: &Selected, slot: Slot) -> Result<Planned, Refused> {
        let list = self.list_of(selected)?;
        let run = Run::of(&list, selected.items.clone()).ok_or(Refused::WouldBreak)?;
        let (old, new) = (self.depth(selected.list), self.depth(slot.list));
        let rows = self.rows().get(selected.rows.clone()).unwrap_or(&[]);
        let shape = rows.iter().map(|row| (row.kind, row.depth - old + new));
        let mut planned = self.put(slot, &run, &shape.collect())?;
        let removed = lists::remove(&list, selected.items.clone());
        planned.splices.extend(removed.ok_or(Refused::WouldBreak)?);
        let count = selected.rows.len();
        let gone = if planned.rows.start <= selected.rows.start {
            selected.rows.start + count..selected.rows.end + count
        } else {
            planned.rows = planned.rows.start - count..planned.rows.end - count;
            selected.rows.clone()
        };
        planned.shape.drain(gone);
        Ok(planned)
    }
}
