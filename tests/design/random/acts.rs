//! Edits of rows, made on a text and on what is kept beside it.

use std::time::Duration;

use ashiatsu::design::{Edited, New, Refused, RowKind, Spot, Wrap};
use ashiatsu::routine::vocabulary::{Position, Region, TransitionKind};

use super::{Bench, Class, Run, Up};
use crate::model::Node;

impl Bench {
    pub(super) fn delete(&mut self, row: usize) -> Result<Edited, Refused> {
        let (rows, path, count) = self.some(row);
        let run = self.run(&path, count);
        let edited = self.design.delete(rows)?;
        self.take(&path, count, &run);
        Ok(edited)
    }

    pub(super) fn duplicate(&mut self, row: usize) -> Result<Edited, Refused> {
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
    pub(super) fn paste(&mut self, row: usize) -> Result<Edited, Refused> {
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
    pub(super) fn cut(&mut self, row: usize) -> Result<Edited, Refused> {
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

    pub(super) fn shift(&mut self, row: usize, up: Up) -> Result<Edited, Refused> {
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

    pub(super) fn wrap(&mut self, row: usize) -> Result<Edited, Refused> {
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

    pub(super) fn unwrap(&mut self, row: usize) -> Result<Edited, Refused> {
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

    pub(super) fn insert_step(&mut self, row: usize) -> Result<Edited, Refused> {
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

    pub(super) fn insert_phase(&mut self, row: usize) -> Result<Edited, Refused> {
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

    pub(super) fn insert_other(&mut self, row: usize) -> (&'static str, Result<Edited, Refused>) {
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
}

fn step(stroke: &str) -> Node {
    Node::new(RowKind::Step)
        .with("stroke", stroke)
        .with("region", "Feet")
        .with("time", "1m 15s")
}
