//! Routines as all sorts of hands write them: in lines and in one line, with tabs and other line ends,
//! with comments everywhere, raw texts, and commas only where they must be.

use std::fmt::Write;

use ashiatsu::design::RowKind;

use crate::model::Node;

/// Random numbers that are the same each time.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below the number.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }

    /// That many times in a hundred.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// How the items of a bracket stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Lines,
    Inline,
    Mixed,
}

/// Writes a routine and keeps what it means.
pub(crate) struct Writer<'a> {
    dice: &'a mut Dice,
    line_end: &'static str,
    unit: &'static str,
    comments: usize,
    next: usize,
    sequences: Vec<String>,
}

/// A routine and what it means.
pub(crate) fn routine(dice: &mut Dice) -> (String, Node) {
    let line_end = *dice.pick(&["\n", "\n", "\r\n"]);
    let unit = *dice.pick(&["    ", "    ", "  ", "\t"]);
    let comments = *dice.pick(&[0, 30, 60]);
    let mut writer = Writer {
        dice,
        line_end,
        unit,
        comments,
        next: 0,
        sequences: Vec::new(),
    };
    writer.routine()
}

impl Writer<'_> {
    fn id(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    fn routine(&mut self) -> (String, Node) {
        let nl = self.line_end;
        let mut root = Node::new(RowKind::Routine).with("name", "Random");
        let mut text = String::new();
        if self.dice.chance(15) {
            text.push('\u{feff}');
        }
        if self.dice.chance(20) {
            let _ = write!(text, "#![enable(implicit_some)]{nl}");
        }
        if self.dice.chance(60) {
            let comment = format!("// loose {}", self.id());
            let _ = write!(text, "{comment}{nl}{nl}");
            root.loose.push(comment);
        }
        let unit = self.unit;
        let count = self.dice.below(3);
        let names: Vec<String> = (0..count).map(|_| format!("s{}", self.id())).collect();
        let has_sequences = count > 0 || self.dice.chance(20);
        let (sequences, in_sequences) = self.list(RowKind::Sequence, &names, unit, 0);
        self.sequences.clone_from(&names);
        let count = 1 + self.dice.below(3);
        let names: Vec<String> = (0..count).map(|_| format!("P{}", self.id())).collect();
        let (phases, in_phases) = self.list(RowKind::Phase, &names, unit, 0);
        let mut fields = vec!["format: 1".to_owned(), "name: \"Random\"".to_owned()];
        if self.dice.chance(40) {
            fields.push("author: \"Mika\"".to_owned());
            root = root.with("author", "Mika");
        }
        let sequences = has_sequences.then(|| format!("sequences: {sequences}"));
        let phases = format!("phases: {phases}");
        let both = if self.dice.chance(20) {
            root.children.extend(in_phases.0);
            root.loose.extend(in_phases.1);
            root.children.extend(in_sequences.0);
            [Some(phases), sequences]
        } else {
            root.children.extend(in_sequences.0);
            root.children.extend(in_phases.0);
            root.loose.extend(in_phases.1);
            [sequences, Some(phases)]
        };
        if has_sequences {
            root.loose.extend(in_sequences.1);
        }
        fields.extend(both.into_iter().flatten());
        for name in ["preparation", "contraindications", "self_check"] {
            if self.dice.chance(35) {
                let (written, lines) = self.texts(unit, &mut root.loose);
                fields.push(format!("{name}: {written}"));
                root = root.with(name, lines);
            }
        }
        if self.dice.chance(40) {
            let (written, card) = self.card(unit, root);
            root = card;
            fields.push(format!("aftercare: {written}"));
        }
        text += "Routine(";
        let blank = if self.dice.chance(50) { nl } else { "" };
        for field in fields {
            let has_lines = field.contains('[');
            let _ = write!(text, "{}{nl}{unit}", if has_lines { blank } else { "" });
            if self.chance() {
                let comment = format!("// loose {}", self.id());
                let _ = write!(text, "{comment}{nl}{unit}");
                root.loose.push(comment);
            }
            text += &field;
            text.push(',');
        }
        let _ = write!(text, "{nl})");
        if self.dice.chance(80) {
            text += nl;
        }
        (text, root)
    }

    fn chance(&mut self) -> bool {
        self.dice.chance(self.comments)
    }

    /// A list, or the map of sequences, with what is in it and its own comments. Names are for those that
    /// have to have one.
    fn list(
        &mut self,
        kind: RowKind,
        names: &[String],
        indent: &str,
        depth: usize,
    ) -> (String, (Vec<Node>, Vec<String>)) {
        let nl = self.line_end;
        let (open, close) = match kind {
            RowKind::Sequence => ('{', '}'),
            _ => ('[', ']'),
        };
        let mode = match self.dice.below(10) {
            0..6 => Mode::Lines,
            6 | 7 => Mode::Inline,
            _ => Mode::Mixed,
        };
        let inner = format!("{indent}{}", self.unit);
        let breaks = |dice: &mut Dice| match mode {
            Mode::Lines => true,
            Mode::Inline => false,
            Mode::Mixed => dice.chance(50),
        };
        let (mut text, mut nodes, mut loose) = (open.to_string(), Vec::new(), Vec::new());
        let mut on_line = breaks(self.dice);
        if on_line && !names.is_empty() && self.dice.chance(self.comments / 4) {
            let comment = format!("// loose {}", self.id());
            let _ = write!(text, " {comment}");
            loose.push(comment);
        }
        for (at, name) in names.iter().enumerate() {
            let mut above = Vec::new();
            if on_line {
                text += nl;
                if self.dice.chance(15) {
                    text += nl;
                    if self.dice.chance(self.comments / 2) {
                        let comment = format!("// loose {}", self.id());
                        let _ = write!(text, "{inner}{comment}{nl}{nl}");
                        loose.push(comment);
                    }
                }
                text += &inner;
                while self.chance() && above.len() < 2 {
                    let id = self.id();
                    let comment = match self.dice.below(3) {
                        0 => format!("/* above /* nested */ {id} */"),
                        1 => format!("/* above{nl}  lines {id} */"),
                        _ => format!("// above {id}"),
                    };
                    let _ = write!(text, "{comment}{nl}{inner}");
                    above.push(comment.replace("\r\n", "\n"));
                }
            } else if at > 0 {
                text += " ";
            }
            if self.dice.chance(self.comments / 4) {
                let comment = format!("/* above {} */", self.id());
                let _ = write!(text, "{comment} ");
                above.push(comment);
            }
            let (written, mut node) = self.item(kind, name, &inner, depth);
            text += &written;
            node.above = above;
            let is_last = at + 1 == names.len();
            on_line = breaks(self.dice);
            if self.dice.chance(self.comments / 4) {
                let comment = format!("/* beside {} */", self.id());
                let _ = write!(text, " {comment}");
                node.beside.push(comment);
            }
            if !is_last || self.dice.chance(if on_line { 60 } else { 15 }) {
                text.push(',');
            }
            if on_line && self.chance() {
                let id = self.id();
                let comment = match self.dice.below(3) {
                    0 => format!("/* beside {id} */"),
                    _ => format!("// beside {id}"),
                };
                let _ = write!(text, "   {comment}");
                node.beside.push(comment);
            }
            nodes.push(node);
        }
        if on_line {
            if self.dice.chance(self.comments / 3) {
                let comment = format!("// loose {}", self.id());
                let _ = write!(text, "{nl}{inner}{comment}");
                loose.push(comment);
            }
            let _ = write!(text, "{nl}{indent}");
        }
        text.push(close);
        (text, (nodes, loose))
    }

    /// A list of texts; each says which it is, and so do its comments.
    fn texts(&mut self, indent: &str, loose: &mut Vec<String>) -> (String, String) {
        let nl = self.line_end;
        let inner = format!("{indent}{}", self.unit);
        let has_lines = self.dice.chance(60);
        let count = self.dice.below(4);
        let (mut text, mut lines) = ("[".to_owned(), Vec::new());
        for at in 0..count {
            let name = format!("L{}", self.id());
            if has_lines {
                let _ = write!(text, "{nl}{inner}");
                if self.chance() {
                    let comment = format!("// loose above {name} //");
                    let _ = write!(text, "{comment}{nl}{inner}");
                    loose.push(comment);
                }
            } else if at > 0 {
                text.push(' ');
            }
            if self.dice.chance(self.comments / 4) {
                let comment = format!("/* loose above {name} */");
                let _ = write!(text, "{comment} ");
                loose.push(comment);
            }
            let written = match self.dice.below(4) {
                0 => format!("r#\"{name} a \"line\"\"#"),
                _ => format!("\"{name} a \\\"line\\\"\""),
            };
            text += &written;
            lines.push(format!("{name} a \"line\""));
            let is_last = at + 1 == count;
            if !is_last || self.dice.chance(if has_lines { 60 } else { 10 }) {
                text.push(',');
            }
            if has_lines && self.chance() {
                let comment = format!("// loose beside {name} //");
                let _ = write!(text, "   {comment}");
                loose.push(comment);
            }
        }
        if has_lines {
            if self.dice.chance(self.comments / 3) {
                let comment = format!("// loose {}", self.id());
                let _ = write!(text, "{nl}{nl}{inner}{comment}");
                loose.push(comment);
            }
            let _ = write!(text, "{nl}{indent}");
        }
        text.push(']');
        (text, lines.join("\n"))
    }

    /// The client's card with some of its fields.
    fn card(&mut self, indent: &str, mut root: Node) -> (String, Node) {
        let nl = self.line_end;
        let inner = format!("{indent}{}", self.unit);
        let mut fields = Vec::new();
        if self.dice.chance(50) {
            fields.push("for_hours: 48".to_owned());
            root = root.with("for_hours", "48");
        }
        for name in ["recommend", "avoid", "caution"] {
            if self.dice.chance(40) {
                let (written, lines) = self.texts(&inner, &mut root.loose);
                fields.push(format!("{name}: {written}"));
                root = root.with(name, lines);
            }
        }
        if self.dice.chance(40) {
            fields.push("note: \"Rest.\"".to_owned());
            root = root.with("note", "Rest.");
        }
        let has_lines = self.dice.chance(70);
        let open = if has_lines {
            format!("{nl}{inner}")
        } else {
            String::new()
        };
        let close = if has_lines {
            format!(",{nl}{indent}")
        } else {
            String::new()
        };
        let between = if has_lines {
            format!(",{nl}{inner}")
        } else {
            ", ".to_owned()
        };
        let written = if fields.is_empty() {
            "Aftercare()".to_owned()
        } else {
            format!("Aftercare({open}{}{close})", fields.join(&between))
        };
        if self.dice.chance(15) {
            (format!("Some({written})"), root)
        } else {
            (written, root)
        }
    }

    fn steps(&mut self, indent: &str, depth: usize) -> (String, (Vec<Node>, Vec<String>)) {
        let count = 1 + self.dice.below(4);
        let names: Vec<String> = (0..count).map(|_| format!("S{}", self.id())).collect();
        self.list(RowKind::Step, &names, indent, depth + 1)
    }

    fn item(&mut self, kind: RowKind, name: &str, indent: &str, depth: usize) -> (String, Node) {
        let group = |node: Node, (children, loose): (Vec<Node>, Vec<String>)| Node {
            children,
            loose,
            ..node
        };
        match (kind, self.dice.below(10)) {
            (RowKind::Sequence, _) => {
                let (list, inner) = self.steps(indent, depth);
                let node = Node::new(RowKind::Sequence).with("name", name);
                (format!("\"{name}\": {list}"), group(node, inner))
            }
            (RowKind::Phase, 0) if depth < 1 => {
                let names = [format!("P{}", self.id())];
                let (list, inner) = self.list(RowKind::Phase, &names, indent, depth + 1);
                let node = Node::new(RowKind::BothSides);
                (format!("BothSides({list})"), group(node, inner))
            }
            (RowKind::Phase, _) => {
                let (list, inner) = self.steps(indent, depth);
                let node = Node::new(RowKind::Phase)
                    .with("name", name)
                    .with("position", "Prone");
                let nl = self.line_end;
                let gap = match self.dice.below(4) {
                    0 => format!("{nl}{indent}      "),
                    _ => " ".to_owned(),
                };
                let written =
                    format!("Phase(name: \"{name}\", position: Prone,{gap}steps: {list})");
                (written, group(node, inner))
            }
            (_, 0) if depth < 4 => {
                let (list, inner) = self.steps(indent, depth);
                let mut node = group(Node::new(RowKind::BothSides), inner);
                let comment = format!("/* loose {} */", self.id());
                if self.dice.chance(self.comments / 4) {
                    node.loose.push(comment.clone());
                    return (format!("BothSides({comment} {list})"), node);
                }
                (format!("BothSides({list})"), node)
            }
            (_, 1) if depth < 4 => {
                let (list, inner) = self.steps(indent, depth);
                let node = Node::new(RowKind::Repeat).with("times", "2");
                let comma = if self.dice.chance(20) { "," } else { "" };
                (format!("Repeat(2, {list}{comma})"), group(node, inner))
            }
            (_, 2) if !self.sequences.is_empty() => {
                let name = self.dice.pick(&self.sequences).clone();
                let node = Node::new(RowKind::Use).with("name", name.clone());
                (format!("Use(\"{name}\")"), node)
            }
            (_, 3 | 4) => {
                let node = Node::new(RowKind::Transition).with("kind", "Rest");
                self.block(
                    "Transition",
                    vec![("kind", "Rest".to_owned())],
                    node,
                    indent,
                )
            }
            _ => {
                let node = Node::new(RowKind::Step)
                    .with("stroke", name)
                    .with("region", "Back");
                let fields = vec![
                    ("stroke", format!("\"{name}\"")),
                    ("region", "Back".to_owned()),
                ];
                self.block("Step", fields, node, indent)
            }
        }
    }

    /// A step or transition with some of its fields.
    fn block(
        &mut self,
        name: &str,
        mut fields: Vec<(&'static str, String)>,
        mut node: Node,
        indent: &str,
    ) -> (String, Node) {
        let nl = self.line_end;
        let time = *self.dice.pick(&["1m", "1m 30s", "2:15", "90s", "1m15s"]);
        fields.push(("time", format!("\"{time}\"")));
        node = node.with("time", time);
        for (field, written, meant) in [
            ("side", "Left".to_owned(), "Left"),
            ("working", "Some(Left)".to_owned(), "Left"),
            ("min", "\"30s\"".to_owned(), "30s"),
            ("max", "\"4m\"".to_owned(), "4m"),
            ("hold", "true".to_owned(), "true"),
            (
                "cue",
                "\"Say \\\"yes\\\", // no\"".to_owned(),
                "Say \"yes\", // no",
            ),
            (
                "note",
                format!("r#\"One, \"two\" /*{nl}  // three{nl}]four\"#"),
                "One, \"two\" /*\n  // three\n]four",
            ),
        ] {
            if self.dice.chance(25) {
                fields.push((field, written));
                node = node.with(field, meant);
            }
        }
        if self.dice.chance(30) {
            let at = self.dice.below(fields.len());
            fields.rotate_left(at);
        }
        let has_lines = self.dice.chance(40);
        let aligned = format!("{nl}{indent}{}", " ".repeat(name.len() + 1));
        let mut written = format!("{name}(");
        let count = fields.len();
        for (at, (field, value)) in fields.into_iter().enumerate() {
            let breaks = has_lines && self.dice.chance(40);
            if at > 0 {
                written += if breaks { &aligned } else { " " };
            }
            if self.dice.chance(self.comments / 12) {
                let comment = format!("/* loose {} */", self.id());
                let _ = write!(written, "{comment} ");
                node.loose.push(comment);
            }
            let _ = write!(written, "{field}: {value}");
            let is_last = at + 1 == count;
            if !is_last || self.dice.chance(15) {
                written.push(',');
            }
            if self.dice.chance(self.comments / 12) && has_lines {
                let comment = format!("// loose {}", self.id());
                let _ = write!(written, " {comment}{aligned}");
                node.loose.push(comment);
            }
        }
        let written = written.replace(&format!("{aligned}{aligned}"), &aligned);
        let written = written.replace(&format!("{aligned} "), &aligned);
        (format!("{written})"), node)
    }
}
