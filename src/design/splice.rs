//! Edits as splices: bytes of a text replaced by others, and back. It knows texts, not what they mean.

use std::ops::Range;

/// Bytes to replace. Positions are of the text before any splice of the same edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

impl Splice {
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self {
            range,
            text: text.into(),
        }
    }
}

/// Splices in order, none of which overlaps another. Of several at one byte the first stays first.
/// None if they overlap or cut a character.
pub(super) fn ordered(text: &str, mut splices: Vec<Splice>) -> Option<Vec<Splice>> {
    splices.sort_by_key(|splice| splice.range.start);
    splices.retain(|splice| text.get(splice.range.clone()) != Some(splice.text.as_str()));
    let mut end = 0;
    for splice in &splices {
        text.get(splice.range.clone())
            .filter(|_| splice.range.start >= end)?;
        end = splice.range.end;
    }
    Some(splices)
}

/// The text with ordered splices made, and the splices that make it the old one again.
pub(super) fn apply(text: &str, splices: &[Splice]) -> (String, Vec<Splice>) {
    let grown: usize = splices.iter().map(|splice| splice.text.len()).sum();
    let mut new = String::with_capacity(text.len() + grown);
    let mut back = Vec::with_capacity(splices.len());
    let mut end = 0;
    for splice in splices {
        new.push_str(text.get(end..splice.range.start).unwrap_or(""));
        let start = new.len();
        new.push_str(&splice.text);
        let old = text.get(splice.range.clone()).unwrap_or("");
        back.push(Splice::new(start..new.len(), old));
        end = splice.range.end;
    }
    new.push_str(text.get(end..).unwrap_or(""));
    (new, back)
}

/// The bytes of the new text that splices made, from the first to the last of them.
pub(super) fn changed(back: &[Splice]) -> Range<usize> {
    let start = back.first().map_or(0, |splice| splice.range.start);
    start..back.last().map_or(start, |splice| splice.range.end)
}

/// What makes one text the other: its differing middle; none if they are equal.
pub(super) fn difference(old: &str, new: &str) -> Option<Splice> {
    if old == new {
        return None;
    }
    let same = |(a, b): &(u8, u8)| a == b;
    let mut before = old.bytes().zip(new.bytes()).take_while(same).count();
    while !(old.is_char_boundary(before) && new.is_char_boundary(before)) {
        before -= 1;
    }
    let rest = old.len().min(new.len()) - before;
    let mut behind = old
        .bytes()
        .rev()
        .zip(new.bytes().rev())
        .take(rest)
        .take_while(same)
        .count();
    while !(old.is_char_boundary(old.len() - behind) && new.is_char_boundary(new.len() - behind)) {
        behind -= 1;
    }
    let middle = new.get(before..new.len() - behind).unwrap_or("");
    Some(Splice::new(before..old.len() - behind, middle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spliced_is_spliced_back() {
        let text = "one two three";
        let splices = ordered(
            text,
            vec![
                Splice::new(8..8, "b"),
                Splice::new(0..3, "1"),
                Splice::new(8..8, "c"),
                Splice::new(3..7, ""),
            ],
        )
        .unwrap();
        let (new, back) = apply(text, &splices);
        assert_eq!(new, "1 bcthree");
        assert_eq!(changed(&back), 0..4);
        assert_eq!(apply(&new, &back).0, text);
    }

    #[test]
    fn overlapping_splices_are_none() {
        assert!(ordered("abc", vec![Splice::new(0..2, ""), Splice::new(1..3, "")]).is_none());
        assert!(ordered("\u{e9}", vec![Splice::new(0..1, "")]).is_none());
        assert!(ordered("a", vec![Splice::new(0..9, "")]).is_none());
    }

    #[test]
    fn the_difference_is_as_small_as_characters_allow() {
        assert_eq!(difference("same", "same"), None);
        assert_eq!(difference("abcd", "abXd"), Some(Splice::new(2..3, "X")));
        assert_eq!(difference("aa", "aaa"), Some(Splice::new(2..2, "a")));
        assert_eq!(difference("", "x"), Some(Splice::new(0..0, "x")));
        let (old, new) = ("-\u{e9}-", "-\u{e8}-");
        let splice = difference(old, new).unwrap();
        assert_eq!(splice, Splice::new(1..3, "\u{e8}"));
        assert_eq!(apply(old, &[splice]).0, new);
        let (old, new) = ("\u{e9}", "\u{a9}");
        assert_eq!(apply(old, &[difference(old, new).unwrap()]).0, new);
    }
}
