//! Two texts as the lines that differ, with a line around them, as a reviewer reads a change.

use std::fmt::Write;

/// The lines of both, each with what became of it.
pub(crate) fn diff(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(old), lines(new));
    let same = |(a, b): &(&&str, &&str)| a == b;
    let before = old.iter().zip(&new).take_while(same).count();
    let rest = old.len().min(new.len()) - before;
    let behind = old.iter().rev().zip(new.iter().rev());
    let behind = behind.take(rest).take_while(same).count();
    let (from, to) = (
        &old[before..old.len() - behind],
        &new[before..new.len() - behind],
    );
    let mut told = String::new();
    if before > 0 {
        let _ = writeln!(told, "  {}", old[before - 1]);
    }
    let longest = common(from, to);
    let (mut a, mut b) = (0, 0);
    for line in longest.into_iter().map(Some).chain([None]) {
        while a < from.len() && Some(from[a]) != line {
            let _ = writeln!(told, "- {}", from[a]);
            a += 1;
        }
        while b < to.len() && Some(to[b]) != line {
            let _ = writeln!(told, "+ {}", to[b]);
            b += 1;
        }
        if let Some(line) = line {
            let _ = writeln!(told, "  {line}");
            (a, b) = (a + 1, b + 1);
        }
    }
    if behind > 0 {
        let _ = writeln!(told, "  {}", old[old.len() - behind]);
    }
    told
}

/// Lines with what can't be seen made visible.
fn lines(text: &str) -> Vec<&str> {
    text.split('\n').collect()
}

/// The longest lines that both have in the same order.
fn common<'a>(from: &[&'a str], to: &[&'a str]) -> Vec<&'a str> {
    let mut lengths = vec![vec![0; to.len() + 1]; from.len() + 1];
    for a in (0..from.len()).rev() {
        for b in (0..to.len()).rev() {
            lengths[a][b] = if from[a] == to[b] {
                lengths[a + 1][b + 1] + 1
            } else {
                lengths[a + 1][b].max(lengths[a][b + 1])
            };
        }
    }
    let (mut a, mut b, mut found) = (0, 0, Vec::new());
    while a < from.len() && b < to.len() {
        if from[a] == to[b] {
            found.push(from[a]);
            (a, b) = (a + 1, b + 1);
        } else if lengths[a + 1][b] >= lengths[a][b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    found
}
