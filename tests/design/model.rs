//! What a text means and which comment belongs to what, kept beside it: each edit is made on both, and
//! then they are compared. The meaning is read with ron and serde alone, the comments from the tokens.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use ashiatsu::design::{Design, RowKind};
use ashiatsu::document::TokenKind;
use ashiatsu::routine::vocabulary::{
    Level, Position, Pressure, Region, Side, Stance, TransitionKind, With, Working,
};
use ron::extensions::Extensions;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

/// A row with all in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) kind: Option<RowKind>,
    /// By name, texts with plain line ends, words as they are written.
    pub(crate) fields: BTreeMap<&'static str, String>,
    pub(crate) children: Vec<Self>,
    /// The comments right above it.
    pub(crate) above: Vec<String>,
    /// The comments behind it on its line.
    pub(crate) beside: Vec<String>,
    /// Comments with it and in it that say nothing of a row.
    pub(crate) loose: Vec<String>,
    /// Its bytes when they were last looked at.
    pub(crate) written: String,
    pub(crate) touched: Touched,
}

/// What an edit may have done to a row's bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Touched {
    /// Nothing.
    #[default]
    No,
    /// It may be indented otherwise.
    Moved,
    /// Anything.
    Changed,
}

impl Node {
    pub(crate) fn new(kind: RowKind) -> Self {
        Self {
            kind: Some(kind),
            ..Self::default()
        }
    }

    pub(crate) fn kind(&self) -> RowKind {
        self.kind.unwrap()
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.insert(name, value.into());
        self
    }

    /// How many rows it is.
    pub(crate) fn size(&self) -> usize {
        1 + self.children.iter().map(Self::size).sum::<usize>()
    }

    /// Its rows in order: how deep, and which.
    pub(crate) fn rows(&self) -> Vec<(usize, &Self)> {
        let inner = self.children.iter().flat_map(Self::rows);
        let inner = inner.map(|(depth, node)| (depth + 1, node));
        [(0, self)].into_iter().chain(inner).collect()
    }

    pub(crate) fn each(&mut self, act: &mut impl FnMut(&mut Self)) {
        act(self);
        for child in &mut self.children {
            child.each(act);
        }
    }

    /// All comments in it and with it.
    pub(crate) fn comments(&self) -> Vec<String> {
        let rows = self.rows();
        let all = rows
            .iter()
            .flat_map(|(_, node)| node.above.iter().chain(&node.beside).chain(&node.loose));
        let mut all: Vec<String> = all.cloned().collect();
        all.sort();
        all
    }

    /// The way from the root to a row: positions among children.
    pub(crate) fn path(&self, row: usize) -> Vec<usize> {
        let (mut node, mut at, mut path) = (self, 0, Vec::new());
        while at < row {
            at += 1;
            for (index, child) in node.children.iter().enumerate() {
                if row < at + child.size() {
                    path.push(index);
                    node = child;
                    break;
                }
                at += child.size();
            }
        }
        path
    }

    pub(crate) fn at(&mut self, path: &[usize]) -> &mut Self {
        path.iter().fold(self, |node, at| &mut node.children[*at])
    }

    pub(crate) fn get(&self, path: &[usize]) -> &Self {
        path.iter().fold(self, |node, at| &node.children[*at])
    }

    /// The row that a way leads to.
    pub(crate) fn row(&self, path: &[usize]) -> usize {
        let (mut node, mut row) = (self, 0);
        for &at in path {
            row += 1 + node.children[..at].iter().map(Self::size).sum::<usize>();
            node = &node.children[at];
        }
        row
    }

    /// The same without what only its text says.
    fn meaning(&self) -> Meaning {
        Meaning {
            kind: self.kind(),
            fields: self.fields.clone(),
            children: self.children.iter().map(Self::meaning).collect(),
        }
    }
}

/// What a row means.
#[derive(Clone, PartialEq, Eq)]
struct Meaning {
    kind: RowKind,
    fields: BTreeMap<&'static str, String>,
    children: Vec<Meaning>,
}

impl fmt::Debug for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}{:?}", self.kind, self.fields)?;
        f.debug_list().entries(&self.children).finish()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Routine {
    format: u32,
    name: String,
    author: Option<String>,
    description: Option<String>,
    level: Option<Level>,
    length: Option<String>,
    prepare: Option<String>,
    sequences: Option<Sequences>,
    phases: Vec<Item>,
    preparation: Option<Vec<String>>,
    contraindications: Option<Vec<String>>,
    self_check: Option<Vec<String>>,
    aftercare: Option<Aftercare>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Aftercare {
    for_hours: Option<u32>,
    recommend: Option<Vec<String>>,
    avoid: Option<Vec<String>>,
    caution: Option<Vec<String>>,
    note: Option<String>,
}

/// The lists of texts that a routine's own fields can be.
pub(crate) const LISTS: [&str; 6] = [
    "preparation",
    "contraindications",
    "self_check",
    "recommend",
    "avoid",
    "caution",
];

struct Sequences(Vec<(String, Vec<Item>)>);

impl<'de> Deserialize<'de> for Sequences {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Sequences;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("sequences")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Sequences, M::Error> {
                let mut all = Vec::new();
                while let Some(one) = map.next_entry()? {
                    all.push(one);
                }
                Ok(Sequences(all))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
enum Item {
    Phase {
        name: String,
        position: Position,
        stance: Option<Stance>,
        with: Option<With>,
        pressure: Option<Pressure>,
        steps: Vec<Item>,
    },
    Step {
        stroke: String,
        region: Region,
        time: String,
        side: Option<Side>,
        toward: Option<Region>,
        with: Option<With>,
        working: Option<Working>,
        stance: Option<Stance>,
        pressure: Option<Pressure>,
        pace: Option<String>,
        cue: Option<String>,
        note: Option<String>,
        sound: Option<String>,
        min: Option<String>,
        max: Option<String>,
        hold: Option<bool>,
    },
    Transition {
        kind: TransitionKind,
        time: String,
        side: Option<Side>,
        working: Option<Working>,
        cue: Option<String>,
        note: Option<String>,
        sound: Option<String>,
        min: Option<String>,
        max: Option<String>,
        hold: Option<bool>,
    },
    BothSides(Vec<Item>),
    Repeat(u32, Vec<Item>),
    Use(String),
}

/// Puts fields into a node, each under its own name.
macro_rules! fields {
    ($node:ident; words $($word:ident)*; texts $($text:ident)*; options $($option:ident)*) => {
        $(if let Some(word) = $word { $node.fields.insert(stringify!($word), format!("{word:?}")); })*
        $($node.fields.insert(stringify!($text), $text.replace("\r\n", "\n"));)*
        $(if let Some(text) = $option {
            $node.fields.insert(stringify!($option), text.replace("\r\n", "\n"));
        })*
    };
}

impl From<Item> for Meaning {
    fn from(item: Item) -> Self {
        let mut node = Node::default();
        let list = |items: Vec<Item>| items.into_iter().map(Self::from).collect();
        let (kind, children) = match item {
            Item::Phase {
                name,
                position,
                stance,
                with,
                pressure,
                steps,
            } => {
                let position = Some(position);
                fields!(node; words position stance with pressure; texts name; options);
                (RowKind::Phase, list(steps))
            }
            Item::Step {
                stroke,
                region,
                time,
                side,
                toward,
                with,
                working,
                stance,
                pressure,
                pace,
                cue,
                note,
                sound,
                min,
                max,
                hold,
            } => {
                let region = Some(region);
                fields!(node; words region side toward with working stance pressure hold;
                    texts stroke time; options pace cue note sound min max);
                (RowKind::Step, Vec::new())
            }
            Item::Transition {
                kind,
                time,
                side,
                working,
                cue,
                note,
                sound,
                min,
                max,
                hold,
            } => {
                let kind = Some(kind);
                fields!(node; words kind side working hold; texts time;
                    options cue note sound min max);
                (RowKind::Transition, Vec::new())
            }
            Item::BothSides(items) => (RowKind::BothSides, list(items)),
            Item::Repeat(times, items) => {
                node.fields.insert("times", times.to_string());
                (RowKind::Repeat, list(items))
            }
            Item::Use(name) => {
                node.fields.insert("name", name);
                (RowKind::Use, Vec::new())
            }
        };
        Self {
            kind,
            fields: node.fields,
            children,
        }
    }
}

/// What ron makes of a text: the head's fields, the sequences and the phases.
fn read(text: &str) -> (Meaning, Vec<Meaning>, Vec<Meaning>) {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let routine: Routine = options
        .from_str(body)
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    let Routine {
        format,
        name,
        author,
        description,
        level,
        length,
        prepare,
        sequences,
        phases,
        preparation,
        contraindications,
        self_check,
        aftercare,
    } = routine;
    assert_eq!(format, 1);
    let mut node = Node::default();
    fields!(node; words level; texts name; options author description length prepare);
    let Aftercare {
        for_hours,
        recommend,
        avoid,
        caution,
        note,
    } = aftercare.unwrap_or_default();
    fields!(node; words for_hours; texts; options note);
    let lists = [
        preparation,
        contraindications,
        self_check,
        recommend,
        avoid,
        caution,
    ];
    for (name, lines) in LISTS.into_iter().zip(lists) {
        if let Some(lines) = lines {
            node.fields.insert(name, lines.join("\n"));
        }
    }
    let head = Meaning {
        kind: RowKind::Routine,
        fields: node.fields,
        children: Vec::new(),
    };
    let sequences = sequences.map_or_else(Vec::new, |all| all.0);
    let sequences = sequences.into_iter().map(|(name, items)| Meaning {
        kind: RowKind::Sequence,
        fields: BTreeMap::from([("name", name)]),
        children: items.into_iter().map(Meaning::from).collect(),
    });
    (
        head,
        sequences.collect(),
        phases.into_iter().map(Meaning::from).collect(),
    )
}

/// The times of all steps as they are written, in the order of the rows.
pub(crate) fn take_times(model: &mut Node, design: &Design) {
    let mut row = 0;
    model.each(&mut |node| {
        if let Some(time) = node.fields.get_mut("time") {
            *time = design.written(row, "time").unwrap();
        }
        row += 1;
    });
}

/// Compares a text with what is kept beside it, and looks anew at the bytes of its rows.
pub(crate) fn compare(model: &mut Node, design: &Design) {
    let text = design.text();
    assert!(design.document().problems().is_empty(), "{text}");
    let (head, sequences, phases) = read(text);
    let expected = model.meaning();
    assert_eq!(expected.fields, head.fields, "{text}");
    let (in_sequences, in_phases): (Vec<Meaning>, Vec<Meaning>) = expected
        .children
        .into_iter()
        .partition(|child| child.kind == RowKind::Sequence);
    assert_eq!(in_sequences, sequences, "{text}");
    assert_eq!(in_phases, phases, "{text}");

    let rows = design.rows();
    let nodes = model.rows();
    assert_eq!(rows.len(), nodes.len());
    for (at, (row, (depth, node))) in rows.iter().zip(&nodes).enumerate() {
        assert_eq!(row.kind, node.kind());
        assert_eq!(row.depth, depth.saturating_sub(1));
        assert_eq!(row.end, at + node.size());
    }
    compare_comments(&nodes, design);
    compare_lines(design);
    let written: Vec<String> = rows
        .iter()
        .map(|row| text[row.range.clone()].to_owned())
        .collect();
    let mut written = written.into_iter();
    model.each(&mut |node| {
        let written = written.next().unwrap();
        if node.touched == Touched::No && !node.written.is_empty() {
            assert_eq!(node.written, written, "bytes that no edit touched\n{text}");
        }
        if node.touched == Touched::Moved && node.children.is_empty() {
            assert_eq!(unspaced(&node.written), unspaced(&written), "{text}");
        }
        node.written = written;
        node.touched = Touched::No;
    });
    take_loose(model, design);
}

/// A comment at a line of a list says whose it is: it is still there.
fn compare_lines(design: &Design) {
    let document = design.document();
    let root = document.root().unwrap();
    let card = root
        .field("aftercare")
        .map(ashiatsu::document::Node::unwrapped);
    let lists = LISTS.iter().filter_map(|name| {
        let own = root.field(name);
        Some(own.or_else(|| card?.field(name))?.unwrapped())
    });
    for line in lists.flat_map(|list| list.children().collect::<Vec<_>>()) {
        let text = line.decoded().unwrap().value().to_owned();
        let name = text.split(' ').next().unwrap();
        let mut above: Vec<_> = line.leading_comments();
        above.retain(|token| document.slice(token.range.clone()).contains("above"));
        let beside = line.trailing_comment();
        let all = design.text().matches(&format!("above {name} ")).count();
        let found = above.iter().filter(|token| {
            document
                .slice(token.range.clone())
                .contains(&format!("above {name} "))
        });
        assert_eq!(
            found.count(),
            all,
            "{name} has its comments\n{}",
            design.text()
        );
        assert_eq!(above.len(), all, "{name} has no others\n{}", design.text());
        let is_own = format!("beside {name} ");
        let beside = beside.map(|token| document.slice(token.range.clone()));
        let beside = beside.filter(|comment| comment.contains("beside"));
        assert_eq!(
            beside.is_some_and(|comment| comment.contains(&is_own)),
            design.text().contains(&is_own),
            "{name}\n{}",
            design.text()
        );
        assert!(beside.is_none_or(|comment| comment.contains(&is_own)));
    }
}

/// Comments that belong to no row are where they are: each in the innermost row with whose bytes it moves.
fn take_loose(model: &mut Node, design: &Design) {
    let mut loose = vec![Vec::new(); design.rows().len()];
    let extents: Vec<Range<usize>> = (0..design.rows().len())
        .map(|row| design.extent(row).unwrap())
        .collect();
    for token in design.document().tokens() {
        let text = design.text()[token.range.clone()].replace("\r\n", "\n");
        if token.kind.is_comment() && text.contains("loose") {
            let owner = extents
                .iter()
                .rposition(|extent| extent.contains(&token.range.start));
            loose[owner.unwrap_or(0)].push(text);
        }
    }
    let mut loose = loose.into_iter();
    model.each(&mut |node| node.loose = loose.next().unwrap());
}

/// A text without what may change when it is indented otherwise.
fn unspaced(text: &str) -> Vec<String> {
    let design = Design::new(text);
    let tokens = design.document().tokens().iter();
    let tokens = tokens.filter(|token| token.kind != TokenKind::Space);
    tokens
        .map(|token| text[token.range.clone()].replace("\r\n", "\n"))
        .collect()
}

/// Each comment is right at its row, and none is lost or more than it was.
fn compare_comments(nodes: &[(usize, &Node)], design: &Design) {
    let text = design.text();
    let tokens = design.document().tokens();
    let comments = tokens.iter().filter(|token| token.kind.is_comment());
    let mut found: Vec<String> = comments
        .map(|token| text[token.range.clone()].replace("\r\n", "\n"))
        .collect();
    found.sort();
    assert_eq!(nodes[0].1.comments(), found, "{text}");
    let own = |comments: Vec<String>| {
        let own = comments.into_iter().filter(|text| !text.contains("loose"));
        own.map(|text| text.replace("\r\n", "\n"))
            .collect::<Vec<_>>()
    };
    for (row, (_, node)) in design.rows().iter().zip(nodes).skip(1) {
        let first = tokens.partition_point(|token| token.range.start < row.range.start);
        let line = |byte: usize| text[..byte].matches('\n').count();
        let mut above: Vec<Range<usize>> = Vec::new();
        for token in tokens[..first].iter().rev() {
            let breaks = text[token.range.clone()].matches('\n').count();
            match token.kind {
                kind if kind.is_comment() => above.push(token.range.clone()),
                TokenKind::Space if breaks > 1 => break,
                TokenKind::Space | TokenKind::ByteOrderMark => {}
                _ => {
                    // What begins on the line of something else is about that, if the row is not there too.
                    let here = line(token.range.end);
                    if line(row.range.start) != here {
                        above.retain(|comment| line(comment.start) != here);
                    }
                    break;
                }
            }
        }
        above.reverse();
        let above = above.into_iter().map(|range| text[range].to_owned());
        assert_eq!(
            own(above.collect()),
            node.above,
            "above {:?}\n{text}",
            row.range
        );
        let behind = tokens.partition_point(|token| token.range.start < row.range.end);
        let (mut beside, mut after_comma) = (Vec::new(), 0);
        let mut comma = false;
        for token in &tokens[behind..] {
            let piece = &text[token.range.clone()];
            match token.kind {
                kind if kind.is_comment() => {
                    beside.push(piece.to_owned());
                    after_comma += usize::from(comma);
                }
                TokenKind::Comma if !comma => comma = true,
                TokenKind::Space if !piece.contains('\n') => {}
                TokenKind::Space | TokenKind::Close(_) => break,
                _ => {
                    beside.truncate(beside.len() - after_comma);
                    break;
                }
            }
        }
        assert_eq!(own(beside), node.beside, "beside {:?}\n{text}", row.range);
    }
}
