//! Thousands of edits of texts as all sorts of hands write them, each made on the text and on what is
//! kept beside it. `DESIGN_EDITS` says how many.

use std::collections::BTreeMap;
use std::time::Duration;

use ashiatsu::design::{
    Clip, Design, Edited, FieldKind, Need, New, Refused, RowKind, Spot, Value, Wrap,
};
use ashiatsu::document::Place;
use ashiatsu::routine::time;
use ashiatsu::routine::vocabulary::{Position, Region, TransitionKind};

use crate::model::{Node, Touched, compare, take_times};
use crate::writer::{Dice, routine};

/// How many edits, unless the environment says otherwise.
const EDITS: usize = 3000;
/// How many kinds of edits are counted.
const KINDS: usize = 22;
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
        let (name, result) = match self.dice.below(24) {
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

    fn delete(&mut self, row: usize) -> Result<Edited, Refused> {
        let (rows, path, count) = self.some(row);
        let run = self.run(&path, count);
        let edited = self.design.delete(rows)?;
        self.take(&path, count, &run);
        Ok(edited)
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

    fn duplicate(&mut self, row: usize) -> Result<Edited, Refused> {
        let (rows, path, count) = self.some(row);
        let run = self.run(&path, count);
        let edited = self.design.duplicate(rows.clone())?;
        assert_eq!(edited.rows, rows.end..rows.end + rows.len());
        let (at, above) = path.split_last().unwrap();
        self.put(above, at + count, run.moved());
        self.named(&edited);
        Ok(edited)
    }

    /// Pastes what was copied last, maybe from another text, and copies something else.
    fn paste(&mut self, row: usize) -> Result<Edited, Refused> {
        let other = self.dice.below(self.design.rows().len());
        let (rows, path, count) = self.some(other);
        let run = self.run(&path, count);
        let copied = self.design.copy(rows).map(|clip| (clip, run));
        let clip = self.clip.take();
        self.clip = copied.ok();
        let Some((clip, run)) = clip else {
            return Err(Refused::NothingToPaste);
        };
        assert_eq!(clip.count(), run.nodes.len());
        let spots = [Spot::Before(row), Spot::After(row), Spot::Into(row)];
        let edited = self.design.paste(*self.dice.pick(&spots), &clip)?;
        self.place(&edited, run.moved());
        self.named(&edited);
        Ok(edited)
    }

    /// Cuts and pastes: two edits.
    fn cut(&mut self, row: usize) -> Result<Edited, Refused> {
        let (rows, path, count) = self.some(row);
        let run = self.run(&path, count);
        let (clip, edited) = self.design.cut(rows)?;
        self.take(&path, count, &run);
        let between = (self.design.text().to_owned(), self.model.clone());
        let spot = self.dice.below(self.design.rows().len());
        let spots = [Spot::Before(spot), Spot::After(spot), Spot::Into(spot)];
        let Ok(pasted) = self.design.paste(*self.dice.pick(&spots), &clip) else {
            return Ok(edited);
        };
        self.place(&pasted, run.moved());
        self.named(&pasted);
        self.between = Some(between);
        Ok(pasted)
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

    fn shift(&mut self, row: usize, up: Up) -> Result<Edited, Refused> {
        let (rows, path, count) = self.some(row);
        let run = self.run(&path, count);
        let edited = match up {
            Up::Yes => self.design.move_up(rows.clone())?,
            Up::No => self.design.move_down(rows.clone())?,
        };
        assert_eq!(edited.rows.len(), rows.len());
        let (&at, above) = path.split_last().unwrap();
        let class = self.class(&path);
        let siblings = self.model.get(above).children.len();
        let neighbour = match up {
            Up::Yes => at.checked_sub(1),
            Up::No => Some(at + count).filter(|next| *next < siblings),
        };
        let neighbour = neighbour.filter(|next| {
            let next = self.model.get(above).children[*next].kind();
            class != Class::Sequences && next != RowKind::Sequence
                || next == RowKind::Sequence && class == Class::Sequences
        });
        self.take(&path, count, &run);
        let run = run.moved();
        match (neighbour, up) {
            (Some(next), up) => {
                let next = if up == Up::Yes { next } else { at };
                let inner: Vec<usize> = above.iter().copied().chain([next]).collect();
                let group = self.model.get(&inner);
                let takes = match group.kind() {
                    RowKind::BothSides => true,
                    RowKind::Repeat => class == Class::Steps,
                    _ => false,
                };
                let end = group.children.len();
                match (takes, up) {
                    (true, Up::Yes) => self.put(&inner, end, run),
                    (true, Up::No) => self.put(&inner, 0, run),
                    (false, Up::Yes) => self.put(above, next, run),
                    (false, Up::No) => self.put(above, next + 1, run),
                }
            }
            (None, up) => {
                let (&index, outer) = above.split_last().unwrap();
                match self.model.get(above).kind() {
                    RowKind::BothSides | RowKind::Repeat => {
                        let beside = if up == Up::Yes { index } else { index + 1 };
                        self.put(outer, beside, run);
                    }
                    _ => {
                        let row = self.model.row(above);
                        let rows = self.model.rows();
                        let phases = rows.iter().enumerate();
                        let mut phases = phases.filter(|(at, (_, node))| {
                            node.kind() == RowKind::Phase
                                && if up == Up::Yes { *at < row } else { *at > row }
                        });
                        let next = if up == Up::Yes {
                            phases.next_back()
                        } else {
                            phases.next()
                        };
                        let path = self.model.path(next.unwrap().0);
                        let end = if up == Up::Yes {
                            self.model.get(&path).children.len()
                        } else {
                            0
                        };
                        self.put(&path, end, run);
                    }
                }
            }
        }
        Ok(edited)
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

    fn wrap(&mut self, row: usize) -> Result<Edited, Refused> {
        let (rows, path, count) = self.some(row);
        let (wrap, group) = if self.dice.chance(50) {
            (Wrap::BothSides, Node::new(RowKind::BothSides))
        } else {
            let group = Node::new(RowKind::Repeat).with("times", "3");
            (Wrap::Repeat(3), group)
        };
        let run = self.run(&path, count);
        let edited = self.design.wrap(rows.clone(), wrap)?;
        assert_eq!(edited.rows, rows.start..rows.end + 1);
        self.take(&path, count, &run);
        let Run { nodes, between } = run.moved();
        let (at, above) = path.split_last().unwrap();
        let group = Node {
            children: nodes,
            loose: between,
            ..group
        };
        self.put(above, *at, group.into());
        Ok(edited)
    }

    fn unwrap(&mut self, row: usize) -> Result<Edited, Refused> {
        let groups = self.design.rows().iter().enumerate();
        let groups = groups.filter(|(_, row)| row.kind.is_group());
        let groups: Vec<usize> = groups.map(|(row, _)| row).collect();
        let row = *groups.get(row % groups.len().max(1)).unwrap_or(&row);
        let edited = self.design.unwrap(row)?;
        let path = self.model.path(row);
        let group = self.model.get(&path).clone();
        self.take(&path, 1, &Run::default());
        let (at, above) = path.split_last().unwrap();
        let mut run = Run {
            nodes: group.children,
            between: group.loose,
        };
        let first = &mut run.nodes[0];
        first.above = [group.above, group.beside, first.above.clone()].concat();
        self.put(above, *at, run.moved());
        Ok(edited)
    }

    fn id(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    fn insert_step(&mut self, row: usize) -> Result<Edited, Refused> {
        let stroke = format!("N{}", self.id());
        let spot = *self
            .dice
            .pick(&[Spot::Before(row), Spot::After(row), Spot::Into(row)]);
        let new = New::Step {
            stroke: stroke.clone(),
            region: Region::Feet,
            time: Duration::from_secs(75),
        };
        let edited = self.design.insert(spot, &new)?;
        let node = step(&stroke);
        self.place(&edited, node.into());
        Ok(edited)
    }

    fn insert_phase(&mut self, row: usize) -> Result<Edited, Refused> {
        let spot = *self
            .dice
            .pick(&[Spot::Before(row), Spot::After(row), Spot::Into(0)]);
        let new = New::Phase {
            name: "New".into(),
            position: Position::Supine,
            items: vec![New::Transition {
                kind: TransitionKind::Mount,
                time: Duration::from_secs(5),
            }],
        };
        let edited = self.design.insert(spot, &new)?;
        let mount = Node::new(RowKind::Transition)
            .with("kind", "Mount")
            .with("time", "5s");
        let node = Node {
            children: vec![mount],
            ..Node::new(RowKind::Phase)
                .with("name", "New")
                .with("position", "Supine")
        };
        self.place(&edited, node.into());
        Ok(edited)
    }

    fn insert_other(&mut self, row: usize) -> (&'static str, Result<Edited, Refused>) {
        let names = self.design.sequence_names();
        if !names.is_empty() && self.dice.chance(60) {
            let name = self.dice.pick(&names).clone();
            let result = self
                .design
                .insert(Spot::After(row), &New::Use(name.clone()));
            let result = result.inspect(|edited| {
                self.place(edited, Node::new(RowKind::Use).with("name", name).into());
            });
            return ("insert a use", result);
        }
        let name = format!("q{}", self.id());
        let new = New::Sequence {
            name: name.clone(),
            items: vec![New::Step {
                stroke: "N".into(),
                region: Region::Feet,
                time: Duration::from_secs(75),
            }],
        };
        let result = self.design.insert(Spot::After(row), &new);
        let result = result.inspect(|edited| {
            let node = Node {
                children: vec![step("N")],
                ..Node::new(RowKind::Sequence).with("name", name)
            };
            self.place(edited, node.into());
        });
        ("insert a sequence", result)
    }

    fn set(&mut self, row: usize) -> (&'static str, Result<Edited, Refused>) {
        let fields = self.design.fields(row);
        if fields.is_empty() {
            return ("set", Err(Refused::NoSuchRow));
        }
        let field = self.dice.pick(&fields).clone();
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
                self.forget_comments(row);
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

    fn clear(&mut self, row: usize) -> Result<Edited, Refused> {
        let fields = self.design.fields(row);
        let fields: Vec<_> = fields
            .into_iter()
            .filter(|field| field.need == Need::Optional && field.range.is_some())
            .collect();
        if fields.is_empty() {
            return Err(Refused::NoSuchRow);
        }
        let name = self.dice.pick(&fields).name;
        let comments = self.field_comments(row);
        let edited = self.design.clear(row, name)?;
        self.check_fields(row, name, comments);
        let path = self.model.path(row);
        let node = self.model.at(&path);
        node.fields.remove(name).unwrap();
        node.touched = Touched::Changed;
        self.around(&path);
        self.forget_comments(row);
        Ok(edited)
    }

    /// The comments of each field of a row.
    fn field_comments(&self, row: usize) -> BTreeMap<String, Vec<String>> {
        let range = &self.design.rows()[row].range;
        let document = self.design.document();
        let node = document.node_at(range.start).unwrap();
        let fields = node.children().filter_map(|field| {
            let above = field.leading_comments().into_iter();
            let comments = above.chain(field.trailing_comment());
            let comments = comments.map(|token| document.slice(token.range.clone()).to_owned());
            Some((field.key()?.name()?.to_owned(), comments.collect()))
        });
        fields.collect()
    }

    /// No other field has lost a comment.
    fn check_fields(&self, row: usize, name: &str, before: BTreeMap<String, Vec<String>>) {
        let after = self.field_comments(row);
        for (field, comments) in before {
            if field != name {
                let kept = &after[&field];
                assert!(
                    comments.iter().all(|one| kept.contains(one)),
                    "{field}: {comments:?}"
                );
            }
        }
    }

    /// A field may take its own comments along.
    fn forget_comments(&mut self, row: usize) {
        let extent = match row {
            0 => 0..self.design.text().len(),
            row => self.design.extent(row).unwrap(),
        };
        let written = self.design.text()[extent].to_owned();
        let path = self.model.path(row);
        let node = self.model.at(&path);
        let before = node.loose.len();
        node.loose.retain(|comment| written.contains(comment));
        assert!(before - node.loose.len() <= 2, "those of one field");
    }

    fn adjust(&mut self, row: usize) -> Result<Edited, Refused> {
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

    fn scale(&mut self, row: usize) -> Result<Edited, Refused> {
        let length = Duration::from_secs(60 + self.dice.below(3000) as u64);
        let edited = self.design.scale(row, length)?;
        let reached = self.design.rows()[row].length.unwrap();
        assert!(reached <= length);
        let inside = self.design.rows()[row].clone();
        let within = row..inside.end;
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

    /// Some steps back and some of them forth again.
    fn undo_and_redo(&mut self) -> Option<&'static str> {
        let text = self.design.text().to_owned();
        let back = 1 + self.dice.below(4);
        let mut undone = 0;
        while undone < back && self.design.can_undo() {
            self.design.undo().unwrap();
            undone += 1;
        }
        for _ in 0..undone {
            self.design.redo().unwrap();
        }
        assert_eq!(self.design.text(), text);
        if self.dice.chance(50)
            && let Some((text, model)) = self.before.pop()
        {
            self.design.undo().unwrap();
            assert_eq!(self.design.text(), text);
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

fn step(stroke: &str) -> Node {
    Node::new(RowKind::Step)
        .with("stroke", stroke)
        .with("region", "Feet")
        .with("time", "1m 15s")
}
