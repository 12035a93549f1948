//! Thousands of edits of texts as all sorts of hands write them, each made on the text and on what is
//! kept beside it. `DESIGN_EDITS` says how many.

mod acts;
mod lines;
mod values;

use std::collections::BTreeMap;

use ashiatsu::design::{Clip, Design, Edited, Refused, RowKind};
use ashiatsu::document::Place;

use crate::model::{Node, Touched, compare};
use crate::writer::{Dice, routine};

/// How many edits, unless the environment says otherwise.
const EDITS: usize = 3000;
/// How many kinds of edits are counted.
const KINDS: usize = 26;
/// How many of one text.
const OF_ONE: usize = 40;

/// Rows taken from a list, with the comments between them that belong to none.
#[derive(Clone, Debug, Default)]
struct Run {
    nodes: Vec<Node>,
    between: Vec<String>,
}

impl From<Node> for Run {
    fn from(node: Node) -> Self {
        Self {
            nodes: vec![node],
            between: Vec::new(),
        }
    }
}

impl Run {
    /// The same, indented otherwise.
    fn moved(mut self) -> Self {
        for node in &mut self.nodes {
            node.each(&mut |node| node.touched = Touched::Moved);
        }
        self
    }
}

/// A text under edit.
struct Bench {
    dice: Dice,
    design: Design,
    model: Node,
    /// What it was before each edit that can be undone.
    before: Vec<(String, Node)>,
    /// The same between two edits that are made as one.
    between: Option<(String, Node)>,
    clip: Option<(Clip, Run)>,
    next: usize,
    /// Whether the last edit may have been one of the head's own fields.
    of_head: bool,
    /// The last edit, and the text before it.
    last: String,
}

impl Drop for Bench {
    #[expect(
        clippy::print_stderr,
        reason = "a test: what failed is to be found again"
    )]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}\n--- to\n{}", self.last, self.design.text());
        }
    }
}

#[test]
fn whatever_is_edited_means_what_was_meant_and_no_comment_is_parted() {
    let wanted = std::env::var("DESIGN_EDITS").ok();
    let wanted = wanted.map_or(EDITS, |count| count.parse().unwrap());
    let mut made: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut clip, mut seed) = (None, 0);
    while made.values().sum::<usize>() < wanted {
        seed += 1;
        let mut dice = Dice::new(seed);
        let (text, mut model) = routine(&mut dice);
        let design = Design::new(&text);
        assert!(
            design.too_broken().is_none(),
            "{:?}\n{text}",
            design.too_broken()
        );
        compare(&mut model, &design);
        let mut bench = Bench {
            dice,
            design,
            model,
            before: Vec::new(),
            between: None,
            clip,
            next: 1000,
            of_head: false,
            last: String::new(),
        };
        for _ in 0..OF_ONE {
            if let Some(name) = bench.edit(seed) {
                *made.entry(name).or_default() += 1;
            }
        }
        bench.there_and_back(&text);
        clip = bench.clip.take();
    }
    let least = wanted / 1000;
    let rare: Vec<_> = made.iter().filter(|(_, count)| **count < least).collect();
    assert!(rare.is_empty() && made.len() == KINDS, "{made:?}");
}

impl Bench {
    /// Undoes all and makes all again.
    fn there_and_back(&mut self, original: &str) {
        while self.design.can_redo() {
            self.design.redo().unwrap();
        }
        let last = self.design.text().to_owned();
        while self.design.can_undo() {
            self.design.undo().unwrap();
        }
        assert_eq!(self.design.text(), original);
        assert!(!self.design.is_modified());
        while self.design.can_redo() {
            self.design.redo().unwrap();
        }
        assert_eq!(self.design.text(), last);
    }

    /// One edit, and its name if it was made.
    fn edit(&mut self, seed: u64) -> Option<&'static str> {
        let (text, model) = (self.design.text().to_owned(), self.model.clone());
        let row = self.dice.below(self.design.rows().len());
        self.of_head = row == 0;
        self.last = format!("row {row}, seed {seed}, from\n{text}");
        let (name, result) = match self.dice.below(28) {
            0 | 1 => ("delete", self.delete(row)),
            2 => ("duplicate", self.duplicate(row)),
            3 => ("copy and paste", self.paste(row)),
            4 => ("cut and paste", self.cut(row)),
            5..=8 => ("move up", self.shift(row, Up::Yes)),
            9..=12 => ("move down", self.shift(row, Up::No)),
            13 => ("wrap", self.wrap(row)),
            14 => ("unwrap", self.unwrap(row)),
            15 => ("insert a step", self.insert_step(row)),
            16 => ("insert a phase", self.insert_phase(row)),
            17 => self.insert_other(row),
            18 | 19 => self.set(row),
            20 => ("clear", self.clear(row)),
            21 => ("adjust", self.adjust(row)),
            22 => ("scale", self.scale(row)),
            23..=26 => self.lines(),
            _ => return self.undo_and_redo(),
        };
        self.last.insert_str(0, &format!("{name}, "));
        match result {
            Ok(edited) => {
                self.ancestors_changed(&edited);
                compare(&mut self.model, &self.design);
                self.check_manners(&text, name);
                if self.design.text() != text {
                    self.before.push((text, model));
                }
                self.before.extend(self.between.take());
                Some(name)
            }
            Err(Refused::WouldBreak) => panic!("{name} of row {row}, seed {seed}\n{text}"),
            Err(_) => {
                assert_eq!(self.design.text(), text);
                self.model = model;
                None
            }
        }
    }

    /// What else a reader would notice: what stands around the lists, line ends, and blanks at lines' ends.
    fn check_manners(&self, before: &str, name: &str) {
        let text = self.design.text();
        let parts = |text: &str| {
            let design = Design::new(text);
            let document = design.document();
            let lists = ["sequences", "phases"].map(|name| Place::root().field(name));
            let ranges = lists.iter().filter_map(|list| {
                let key = document.key_range(list)?;
                Some(key.start..document.find(list)?.range().end)
            });
            let ranges: Vec<_> = ranges.collect();
            let start = ranges.iter().map(|range| range.start).min().unwrap();
            let end = ranges.iter().map(|range| range.end).max().unwrap();
            (
                ranges.len(),
                text[..start].to_owned(),
                text[end..].to_owned(),
            )
        };
        let (old, new) = (parts(before), parts(text));
        if old.0 == new.0 && !self.of_head {
            assert_eq!(old, new, "{name}");
        }
        if before.contains("\r\n") {
            let lone = text.replace("\r\n", "");
            assert!(!lone.contains('\n'), "{name}: {text:?}");
        } else {
            assert!(!text.contains('\r'), "{name}: {text:?}");
        }
        for line in text.lines() {
            assert_eq!(line.trim_end(), line, "{name}, from\n{before}\nto\n{text}");
        }
        assert_eq!(before.ends_with('\n'), text.ends_with('\n'));
        assert_eq!(before.starts_with('\u{feff}'), text.starts_with('\u{feff}'));
    }

    /// The bytes of what is around an edit are others.
    fn ancestors_changed(&mut self, edited: &Edited) {
        for row in edited.rows.clone().chain([edited.row]) {
            let path = self.model.path(row.min(self.model.size() - 1));
            for length in 0..=path.len() {
                let node = self.model.at(&path[..length]);
                if length < path.len() || !node.children.is_empty() {
                    node.touched = Touched::Changed;
                }
            }
        }
        self.model.touched = Touched::Changed;
    }

    /// Notes that the bytes of all that a row is in are others.
    fn around(&mut self, path: &[usize]) {
        for length in 0..path.len() {
            self.model.at(&path[..length]).touched = Touched::Changed;
        }
    }

    /// Rows of one list from this one on, and where they are.
    fn some(&mut self, row: usize) -> (std::ops::Range<usize>, Vec<usize>, usize) {
        let path = self.model.path(row);
        let Some((&at, above)) = path.split_last() else {
            return (0..1, Vec::new(), 1);
        };
        let siblings = &self.model.get(above).children;
        let is_sequence = |node: &Node| node.kind() == RowKind::Sequence;
        let kind = is_sequence(&siblings[at]);
        let alike = siblings[at..]
            .iter()
            .take_while(|node| is_sequence(node) == kind);
        let count = (1 + self.dice.below(2)).min(alike.count());
        let size: usize = siblings[at..at + count].iter().map(Node::size).sum();
        (row..row + size, path, count)
    }

    /// Rows as they stand, before they are taken.
    fn run(&self, path: &[usize], count: usize) -> Run {
        let Some((at, above)) = path.split_last() else {
            return Run::default();
        };
        let nodes = self.model.get(above).children[*at..at + count].to_vec();
        let row = self.model.row(path);
        let size: usize = nodes.iter().map(Node::size).sum();
        let last = (row..row + size).rfind(|row| self.model.path(*row).len() == path.len());
        let extent = |row| self.design.extent(row).unwrap();
        let range = extent(row).start..extent(last.unwrap()).end;
        let tokens = self.design.document().tokens_in(range);
        let comments = tokens.iter().filter(|token| token.kind.is_comment());
        let mut between: Vec<String> = comments
            .map(|token| self.design.text()[token.range.clone()].replace("\r\n", "\n"))
            .filter(|comment| comment.contains("loose"))
            .collect();
        for own in nodes.iter().flat_map(Node::comments) {
            if let Some(at) = between.iter().position(|comment| *comment == own) {
                between.remove(at);
            }
        }
        Run { nodes, between }
    }

    fn take(&mut self, path: &[usize], count: usize, run: &Run) {
        let (at, above) = path.split_last().unwrap();
        self.around(path);
        let above = self.model.at(above);
        above.children.drain(*at..at + count);
        for comment in &run.between {
            let at = above.loose.iter().position(|loose| loose == comment);
            above.loose.remove(at.unwrap());
        }
    }

    /// Puts rows at a place in the list of a node.
    fn put(&mut self, above: &[usize], at: usize, run: Run) {
        let path: Vec<usize> = above.iter().copied().chain([at]).collect();
        self.around(&path);
        let above = self.model.at(above);
        above.children.splice(at..at, run.nodes);
        above.loose.extend(run.between);
    }

    /// New names for sequences that had to get one.
    fn named(&mut self, edited: &Edited) {
        for row in edited.rows.clone() {
            if self.design.rows()[row].kind == RowKind::Sequence {
                let path = self.model.path(row);
                let name = self.design.title(row);
                let node = self.model.at(&path);
                node.fields.insert("name", name);
                node.touched = Touched::Changed;
            }
        }
        let mut names = self.design.sequence_names();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count, "each sequence has a name of its own");
    }

    /// Puts nodes where the design put its rows.
    fn place(&mut self, edited: &Edited, run: Run) {
        let rows = self.design.rows();
        let first = &rows[edited.rows.start];
        let above = first
            .parent
            .map_or_else(Vec::new, |parent| self.model.path(parent));
        let mut at = first.index;
        if first.parent.is_none() {
            // Sequences and phases are counted each for themselves.
            let is_sequence = first.kind == RowKind::Sequence;
            let top = rows[1..edited.rows.start].iter();
            let others = top.filter(|row| {
                row.parent.is_none() && (row.kind == RowKind::Sequence) != is_sequence
            });
            at += others.count();
        }
        self.put(&above, at, run);
    }

    /// What the list is for that a row stands in.
    fn class(&self, path: &[usize]) -> Class {
        if path.len() == 1 {
            return match self.model.get(path).kind() {
                RowKind::Sequence => Class::Sequences,
                _ => Class::Phases,
            };
        }
        let above = &path[..path.len() - 1];
        match self.model.get(above).kind() {
            RowKind::BothSides => self.class(above),
            _ => Class::Steps,
        }
    }

    fn id(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    fn times(&self) -> Vec<Option<String>> {
        let rows = self.model.rows();
        rows.iter()
            .map(|(_, node)| node.fields.get("time").cloned())
            .collect()
    }

    /// Times may have changed anywhere.
    fn all_changed(&mut self) {
        self.model.each(&mut |node| node.touched = Touched::Changed);
    }

    /// Types on after an undo, which is an edit of its own, and takes it back.
    fn type_and_undo(&mut self, text: &str) {
        for typed in ["// t", "// ty", "// ty", "// typ"] {
            let typed = format!("{text}{typed}");
            self.design.replace_text_further(&typed).unwrap();
            assert_eq!(self.design.text(), typed);
        }
        self.design.undo().unwrap();
        assert_eq!(self.design.text(), text);
    }

    /// Some steps back and some of them forth again.
    fn undo_and_redo(&mut self) -> Option<&'static str> {
        let text = self.design.text().to_owned();
        let back = 1 + self.dice.below(4);
        let mut undone = 0;
        while undone < back && self.design.can_undo() {
            self.design.undo().unwrap();
            undone += 1;
        }
        // A key that changes nothing, between them.
        let between = self.design.text().to_owned();
        self.design.replace_text_further(&between).unwrap();
        for _ in 0..undone {
            self.design.redo().unwrap();
        }
        assert_eq!(self.design.text(), text);
        if self.dice.chance(50)
            && let Some((text, model)) = self.before.pop()
        {
            self.design.undo().unwrap();
            assert_eq!(self.design.text(), text);
            if self.dice.chance(50) {
                self.type_and_undo(&text);
            }
            self.model = model;
            self.all_changed();
            compare(&mut self.model, &self.design);
        }
        (undone > 0).then_some("undo and redo")
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Up {
    Yes,
    No,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Phases,
    Sequences,
    Steps,
}
