//! A document as a flat list of rows, as a table shows it. It reads the tree; it edits nothing.

use std::collections::HashMap;
use std::ops::Range;
use std::time::Duration;

use super::timing;
use crate::document::{Document, Node, NodeKind};
pub use crate::plan::Facing;
use crate::routine::time;
use crate::routine::written;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// The routine's own fields; always the first row.
    Routine,
    /// A named list of steps under `sequences`.
    Sequence,
    /// A phase.
    Phase,
    /// A stroke.
    Step,
    /// What happens between strokes.
    Transition,
    /// A group worked on one side, then mirrored.
    BothSides,
    /// A group worked several times.
    Repeat,
    /// A sequence by its name.
    Use,
    /// Something in a list that is none of these. It can be moved and deleted as it is written.
    Unknown,
}

impl RowKind {
    /// As a sentence calls it.
    #[must_use]
    pub const fn thing(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Sequence => "sequence",
            Self::Phase => "phase",
            Self::Step => "step",
            Self::Transition => "transition",
            Self::BothSides | Self::Repeat => "group",
            Self::Use => "used sequence",
            Self::Unknown => "row that can't be read",
        }
    }

    /// Whether it has a time of its own.
    #[must_use]
    pub const fn is_timed(self) -> bool {
        matches!(self, Self::Step | Self::Transition)
    }

    /// Whether it is a group among steps or phases.
    #[must_use]
    pub const fn is_group(self) -> bool {
        matches!(self, Self::BothSides | Self::Repeat)
    }
}

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// How far in it stands: 0 for the head, sequences and phases.
    pub depth: usize,
    /// The row of the phase, sequence or group that it is in; none for the head, sequences and
    /// phases that stand in no group.
    pub parent: Option<usize>,
    /// Its position in its list, from 0.
    pub index: usize,
    /// The row behind the last that is in it.
    pub end: usize,
    /// Its bytes, without its comments and comma.
    pub range: Range<usize>,
    /// How long it lasts when worked once where it stands: of a `BothSides` both rounds, of a
    /// `Repeat` all, of a sequence and phase all that is in it. None while a time in it can't be read.
    pub length: Option<Duration>,
    /// Where it stands in the plan, in the plan's order: once for each time that it is worked. Empty
    /// for what gives no step, for a sequence that is not used, and while the routine is too large to
    /// be expanded.
    pub occurrences: Vec<Occurrence>,
}

/// One of the times that a row is worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The number, from 1, of its first step in the plan.
    pub number: usize,
    /// How many steps of the plan come of it.
    pub steps: usize,
    /// When it begins; none behind a time that can't be read.
    pub start: Option<Duration>,
    /// Whether it is mirrored here.
    pub facing: Facing,
}

/// How long the routine lasts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// The sum of all times that can be read.
    pub length: Duration,
    /// How many steps the plan has.
    pub steps: u64,
    /// How many of these have a time that can't be read.
    pub unread: u64,
}

/// Why a text has no rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooBroken {
    /// The first problem that makes nonsense of the rest, in one sentence without its full stop.
    pub message: String,
    /// Where.
    pub range: Range<usize>,
}

/// The rows of a document.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    pub(super) rows: Vec<Row>,
    pub(super) total: Total,
}

impl Outline {
    /// The rows of a document, if its shape is sound.
    pub(super) fn of(document: &Document) -> Result<Self, TooBroken> {
        let root = sound_root(document)?;
        let mut rows = Rows {
            rows: Vec::new(),
            sequences: HashMap::new(),
        };
        rows.routine(root);
        let mut rows = rows.finished();
        let total = timing::place(&mut rows.0, &rows.1);
        Ok(Self {
            rows: rows.0.into_iter().map(|written| written.row).collect(),
            total,
        })
    }

    /// The innermost row that a byte belongs to.
    pub(super) fn row_at(&self, byte: usize) -> usize {
        let before = self.rows.partition_point(|row| row.range.start <= byte);
        let mut at = before.saturating_sub(1);
        while let Some(row) = self.rows.get(at).filter(|_| at > 0) {
            if row.range.contains(&byte) || row.range.start == byte {
                break;
            }
            at = row.parent.unwrap_or(0);
        }
        at
    }
}

/// The routine's block, if nothing makes nonsense of what is in it.
fn sound_root(document: &Document) -> Result<Node<'_>, TooBroken> {
    let problem = document
        .problems()
        .iter()
        .find(|problem| written::hides_the_rest(&problem.kind));
    if let Some(problem) = problem {
        return Err(TooBroken {
            message: written::diagnostic(document, problem).message,
            range: problem.range.clone(),
        });
    }
    let Some(root) = document.root() else {
        return Err(TooBroken {
            message: "the file is empty".to_owned(),
            range: 0..0,
        });
    };
    match root.kind() {
        NodeKind::Struct | NodeKind::Unit => Ok(root),
        NodeKind::Tuple if root.children().next().is_none() => Ok(root),
        _ => Err(TooBroken {
            message: "this is no routine: it begins with Routine(".to_owned(),
            range: root.range(),
        }),
    }
}

/// A row with what its place in time depends on.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) row: Row,
    pub(super) timing: Timing,
}

/// What a row's place in time depends on besides what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Timing {
    /// Of a step or transition: its time, if it can be read.
    Time(Option<Duration>),
    /// The same of a `ChangeSides`, which as a `BothSides`' last is left out the second time.
    ChangeSides(Option<Duration>),
    /// How often a group's list is worked, if that can be read.
    Times(Option<u32>),
    /// On both sides.
    Twice,
    /// As the sequence of that row.
    Sequence(usize),
    /// Its list, once.
    Once,
    /// Who knows how long.
    Unread,
}

/// The rows so far.
struct Rows<'a> {
    rows: Vec<(Written, Option<Node<'a>>)>,
    /// The first sequence of each name.
    sequences: HashMap<String, usize>,
}

impl<'a> Rows<'a> {
    fn routine(&mut self, root: Node<'a>) {
        self.push(RowKind::Routine, root, 0, None, 0);
        for field in root.children() {
            let value = field.unwrapped();
            match (field.key().and_then(Node::name), value.kind()) {
                (Some("phases"), NodeKind::List) => self.list(value, 0, None),
                (Some("sequences"), NodeKind::Map) => {
                    for (index, list) in value.children().enumerate() {
                        self.sequence(list, index);
                    }
                }
                _ => {}
            }
        }
        self.close(0);
    }

    fn sequence(&mut self, list: Node<'a>, index: usize) {
        let at = self.push(RowKind::Sequence, list, 0, None, index);
        if let Some(name) = list.key().and_then(Node::decoded) {
            self.sequences.entry(name.value().to_owned()).or_insert(at);
        }
        if list.kind() == NodeKind::List {
            self.list(list, 1, Some(at));
        }
        self.close(at);
    }

    fn list(&mut self, list: Node<'a>, depth: usize, parent: Option<usize>) {
        for (index, node) in list.children().enumerate() {
            let kind = kind_of(node);
            let at = self.push(kind, node, depth, parent, index);
            if let Some(inner) = list_in(kind, node) {
                self.list(inner, depth + 1, Some(at));
            }
            self.close(at);
        }
    }

    fn push(
        &mut self,
        kind: RowKind,
        node: Node<'a>,
        depth: usize,
        parent: Option<usize>,
        index: usize,
    ) -> usize {
        let at = self.rows.len();
        let timing = match kind {
            RowKind::Step => Timing::Time(time_of(node)),
            RowKind::Transition => {
                let changes = |kind: Node<'_>| kind.unwrapped().name() == Some("ChangeSides");
                if node.field("kind").is_some_and(changes) {
                    Timing::ChangeSides(time_of(node))
                } else {
                    Timing::Time(time_of(node))
                }
            }
            RowKind::BothSides => Timing::Twice,
            RowKind::Repeat => {
                let times = node.children().next();
                Timing::Times(times.and_then(|times| times.text().parse().ok()))
            }
            RowKind::Use | RowKind::Unknown => Timing::Unread,
            RowKind::Routine | RowKind::Sequence | RowKind::Phase => Timing::Once,
        };
        let row = Row {
            kind,
            depth,
            parent,
            index,
            end: at + 1,
            range: node.item_range(),
            length: None,
            occurrences: Vec::new(),
        };
        let used = (kind == RowKind::Use).then_some(node);
        self.rows.push((Written { row, timing }, used));
        at
    }

    fn close(&mut self, at: usize) {
        let end = self.rows.len();
        if let Some((written, _)) = self.rows.get_mut(at) {
            written.row.end = end;
        }
    }

    /// The rows, each `Use` with the row of its sequence, and the rows of the sequences.
    fn finished(self) -> (Vec<Written>, Vec<usize>) {
        let Self { rows, sequences } = self;
        let resolved = rows.into_iter().map(|(mut written, used)| {
            let name = used.and_then(|node| node.children().next());
            let name = name.and_then(|name| name.unwrapped().decoded());
            if let Some(&sequence) = name.and_then(|name| sequences.get(name.value())) {
                written.timing = Timing::Sequence(sequence);
            }
            written
        });
        let resolved: Vec<Written> = resolved.collect();
        let sequences = (0..resolved.len())
            .filter(|&at| {
                resolved
                    .get(at)
                    .is_some_and(|written| written.row.kind == RowKind::Sequence)
            })
            .collect();
        (resolved, sequences)
    }
}

/// What an item of a list is.
fn kind_of(node: Node<'_>) -> RowKind {
    if !matches!(node.kind(), NodeKind::Struct | NodeKind::Tuple) {
        return RowKind::Unknown;
    }
    match node.name() {
        Some("Step") => RowKind::Step,
        Some("Transition") => RowKind::Transition,
        Some("Phase") => RowKind::Phase,
        Some("BothSides") => RowKind::BothSides,
        Some("Repeat") => RowKind::Repeat,
        Some("Use") => RowKind::Use,
        _ => RowKind::Unknown,
    }
}

/// The list in a row's block, if it is there.
pub(super) fn list_in(kind: RowKind, node: Node<'_>) -> Option<Node<'_>> {
    let list = match kind {
        RowKind::Sequence => node,
        RowKind::Phase => node.field("steps")?,
        RowKind::BothSides => node.children().next()?,
        RowKind::Repeat => node.children().nth(1)?,
        _ => return None,
    };
    Some(list.unwrapped()).filter(|list| list.kind() == NodeKind::List)
}

/// The time of a step or transition, if it can be read.
fn time_of(node: Node<'_>) -> Option<Duration> {
    let node = node.field("time")?.unwrapped();
    if node.kind() != NodeKind::Text {
        return None;
    }
    let plain = node
        .text()
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let time = match plain.filter(|text| !text.contains('\\')) {
        Some(text) => time::parse(text),
        None => time::parse(node.decoded()?.value()),
    };
    time.ok().filter(|time| !time.is_zero())
}
