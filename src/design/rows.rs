//! From rows to the text: their nodes, their places, the lists that they stand in, and all bytes that
//! move with one. It reads only.

use std::ops::Range;

use super::layout;
use super::outline::list_in;
use super::{Design, Refused, Row, RowKind};
use crate::document::{Node, NodeKind, Place};

/// A list that rows stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// `phases`
    Phases,
    /// `sequences`
    Sequences,
    /// That of a phase, sequence or group.
    Inside(usize),
}

/// What a list is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Phases, and groups of phases.
    Phases,
    /// Lists of steps by name.
    Sequences,
    /// Steps, and groups of steps.
    Steps,
}

/// Rows that stand beside each other in one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selected {
    pub(super) list: Container,
    /// Their positions in the list.
    pub(super) items: Range<usize>,
    /// The rows, with all in them.
    pub(super) rows: Range<usize>,
}

impl Design {
    /// The place of a row, as plans and diagnostics name it; none for a sequence whose name can't be read.
    #[must_use]
    pub fn place(&self, row: usize) -> Option<Place> {
        if row == 0 {
            return self.rows().first().map(|_| Place::root());
        }
        let Row { kind, index, .. } = self.rows().get(row)?;
        match self.container(row)? {
            Container::Phases => Some(Place::root().field("phases").index(*index)),
            Container::Sequences => {
                let name = self.node(row)?.key()?.decoded()?.value().to_owned();
                Some(Place::root().field("sequences").key(name))
            }
            Container::Inside(parent) => {
                let place = self.place(parent)?;
                let list = match self.rows().get(parent)?.kind {
                    RowKind::Phase => place.field("steps"),
                    RowKind::BothSides => place.index(0),
                    RowKind::Repeat => place.index(1),
                    _ => place,
                };
                debug_assert!(*kind != RowKind::Sequence, "sequences stand in none");
                Some(list.index(*index))
            }
        }
    }

    /// All bytes that move with a row: from the comments above it to the one behind it on its line.
    #[must_use]
    pub fn extent(&self, row: usize) -> Option<Range<usize>> {
        self.node(row)
            .map(|node| layout::extent(&self.document, node))
    }

    /// The text of a row's comments: those above it and the one behind it, without their slashes.
    #[must_use]
    pub fn comments(&self, row: usize) -> Vec<String> {
        let Some((node, extent)) = self.node(row).zip(self.extent(row)) else {
            return Vec::new();
        };
        let item = node.item_range();
        let parts = [extent.start..item.start, item.end..extent.end];
        let tokens = parts
            .into_iter()
            .flat_map(|part| self.document.tokens_in(part));
        let comments = tokens.filter(|token| token.kind.is_comment());
        let bare = comments.map(|token| {
            let text = self.document.slice(token.range.clone());
            let text = text.strip_prefix("/*").unwrap_or(text);
            let text = text.strip_suffix("*/").unwrap_or(text);
            text.trim_start_matches('/').trim().to_owned()
        });
        bare.collect()
    }

    /// A row, or why there is none.
    pub(super) fn known(&self, row: usize) -> Result<&Row, Refused> {
        if let Err(broken) = &self.outline {
            return Err(Refused::Broken(broken.message.clone()));
        }
        self.rows().get(row).ok_or(Refused::NoSuchRow)
    }

    /// The value of a row.
    pub(super) fn node(&self, row: usize) -> Option<Node<'_>> {
        let range = &self.rows().get(row)?.range;
        let is_it = |node: &Node<'_>| node.item_range() == *range;
        let found = self.document.node_at(range.start)?;
        if is_it(&found) {
            return Some(found);
        }
        found.parent().filter(is_it)
    }

    /// The list that a row stands in; none for the head.
    pub(super) fn container(&self, row: usize) -> Option<Container> {
        let Row { kind, parent, .. } = self.rows().get(row)?;
        match (kind, parent) {
            (RowKind::Routine, _) => None,
            (_, Some(parent)) => Some(Container::Inside(*parent)),
            (RowKind::Sequence, None) => Some(Container::Sequences),
            (_, None) => Some(Container::Phases),
        }
    }

    /// What a list is made for.
    pub(super) fn class(&self, list: Container) -> Class {
        match list {
            Container::Phases => Class::Phases,
            Container::Sequences => Class::Sequences,
            Container::Inside(row) => match self.rows().get(row).map(|row| row.kind) {
                Some(RowKind::BothSides) => self
                    .container(row)
                    .map_or(Class::Steps, |list| self.class(list)),
                _ => Class::Steps,
            },
        }
    }

    /// A list as it is written; none if there is none.
    pub(super) fn list(&self, list: Container) -> Option<Node<'_>> {
        let field = |name, kind| {
            let node = self.document.root()?.field(name)?.unwrapped();
            (node.kind() == kind).then_some(node)
        };
        match list {
            Container::Phases => field("phases", NodeKind::List),
            Container::Sequences => field("sequences", NodeKind::Map),
            Container::Inside(row) => list_in(self.rows().get(row)?.kind, self.node(row)?),
        }
    }

    /// The rows directly in a list.
    pub(super) fn children(&self, list: Container) -> impl Iterator<Item = usize> {
        let (first, end) = match list {
            Container::Inside(row) => (row + 1, self.rows().get(row).map_or(0, |row| row.end)),
            Container::Phases | Container::Sequences => (1, self.rows().len()),
        };
        let mut next = first;
        std::iter::from_fn(move || {
            while next < end {
                let (at, row) = (next, self.rows().get(next)?);
                next = row.end.max(next + 1);
                let fits = match list {
                    Container::Inside(_) => true,
                    Container::Phases => row.kind != RowKind::Sequence,
                    Container::Sequences => row.kind == RowKind::Sequence,
                };
                if fits {
                    return Some(at);
                }
            }
            None
        })
    }

    /// The rows of a range, as what stands beside each other in one list.
    pub(super) fn select(&self, rows: Range<usize>) -> Result<Selected, Refused> {
        self.known(rows.start)?;
        let list = self.container(rows.start);
        let list = list.ok_or(Refused::NotThis(RowKind::Routine.thing()))?;
        let first = self.known(rows.start)?.index;
        let (mut next, mut count) = (rows.start, 0);
        while next < rows.end.max(rows.start + 1) {
            let row = self.known(next)?;
            if self.container(next) != Some(list) {
                return Err(Refused::NotOneList);
            }
            count += 1;
            next = row.end;
        }
        Ok(Selected {
            list,
            items: first..first + count,
            rows: rows.start..next,
        })
    }
}
