//! Rows copied, cut, doubled and deleted, each with its comments.

use std::ops::Range;

use super::insert::Slot;
use super::{Planned, Shape};
use crate::design::fields::NAME;
use crate::design::layout::List;
use crate::design::rows::{Class, Container, Selected};
use crate::design::run::Run;
use crate::design::{Design, Edited, Refused, lists};

/// Rows that were cut or copied, with their comments. It can be pasted into any design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    pub(super) run: Run,
    pub(super) class: Class,
    /// Depths from 0.
    pub(super) shape: Shape,
    /// Where sequences have their names.
    pub(super) names: Vec<(Range<usize>, String)>,
}

impl Clip {
    /// The text as it was written, with its comments.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.run.text
    }

    /// How many rows it holds, without those in groups.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shape.iter().filter(|(_, depth)| *depth == 0).count()
    }
}

impl Design {
    /// Copies rows with their comments.
    ///
    /// # Errors
    ///
    /// The rows are not in one list, or are the head.
    pub fn copy(&self, rows: Range<usize>) -> Result<Clip, Refused> {
        let selected = self.select(rows)?;
        self.clip(&selected)
    }

    fn clip(&self, selected: &Selected) -> Result<Clip, Refused> {
        let list = self.list_of(selected)?;
        let run = Run::of(&list, selected.items.clone()).ok_or(Refused::WouldBreak)?;
        let start = list
            .extent(selected.items.start)
            .map_or(0, |item| item.start);
        let depth = self.depth(selected.list);
        let rows = self.rows().get(selected.rows.clone()).unwrap_or(&[]);
        let top = selected
            .rows
            .clone()
            .filter(|_| selected.list == Container::Sequences);
        let names = top.filter_map(|row| {
            let key = self.node(row)?.key().filter(|key| {
                self.rows().get(row).is_some_and(|row| row.parent.is_none())
                    && key.decoded().is_some()
            })?;
            let range = key.range();
            Some((
                range.start - start..range.end - start,
                self.written(row, NAME)?,
            ))
        });
        Ok(Clip {
            run,
            class: self.class(selected.list),
            shape: rows
                .iter()
                .map(|row| (row.kind, row.depth - depth))
                .collect(),
            names: names.collect(),
        })
    }

    /// Copies rows and deletes them.
    ///
    /// # Errors
    ///
    /// As of [`copy`](Self::copy).
    pub fn cut(&mut self, rows: Range<usize>) -> Result<(Clip, Edited), Refused> {
        let clip = self.copy(rows.clone())?;
        Ok((clip, self.delete(rows)?))
    }

    /// Writes rows a second time right below them, with their comments; a sequence under a new name.
    ///
    /// # Errors
    ///
    /// The rows are not in one list, or are the head.
    pub fn duplicate(&mut self, rows: Range<usize>) -> Result<Edited, Refused> {
        let selected = self.select(rows)?;
        let clip = self.clip(&selected)?;
        let slot = Slot {
            list: selected.list,
            at: selected.items.end,
        };
        let planned = self.put_clip(slot, &clip)?;
        self.commit(planned)
    }

    /// Deletes rows with their comments.
    ///
    /// # Errors
    ///
    /// The rows are not in one list, or are the head.
    pub fn delete(&mut self, rows: Range<usize>) -> Result<Edited, Refused> {
        let selected = self.select(rows)?;
        let list = self.list_of(&selected)?;
        let splices = lists::remove(&list, selected.items.clone());
        let mut shape = self.shape();
        shape.drain(selected.rows.clone());
        let start = selected.rows.start;
        // The cursor stays in the list: on what follows there, else on what stood before.
        let follows = self.container(selected.rows.end) == Some(selected.list);
        let before = selected.items.start.checked_sub(1);
        let before = before.and_then(|at| self.children(selected.list).nth(at));
        let cursor = match before {
            Some(before) if !follows => before,
            _ if !follows => start.saturating_sub(1),
            _ => start,
        };
        self.commit(Planned {
            splices: splices.ok_or(Refused::WouldBreak)?,
            shape,
            rows: cursor..cursor,
        })
    }

    /// The list that rows stand in, as it is written.
    pub(super) fn list_of(&self, selected: &Selected) -> Result<List<'_>, Refused> {
        let list = self.list(selected.list);
        let list = list.and_then(|node| List::of(&self.document, node));
        list.filter(|list| selected.items.end <= list.len())
            .ok_or(Refused::WouldBreak)
    }
}
