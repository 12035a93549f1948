//! A settings file with one value changed, everything else byte for byte: the
//! bytes of the value are found and replaced. It must not know any file.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Document, Node, NodeKind, Place};

/// A value to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub what: What,
    /// What is to stand there, as RON; nothing: it goes.
    pub value: Option<String>,
}

/// Which value of a settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The setting of this name.
    Setting(&'static str),
    /// What this key means, by the name that stands in the file.
    Key(String),
}

/// The text with that change, or why it can't be made.
///
/// # Errors
///
/// The text is no settings file, or not one that is well formed.
pub fn splice(text: &str, change: &Change) -> Result<String, String> {
    // A text in quotes never holds what would need an escape: key names are
    // letters and signs.
    let quoted = |key: &str| format!("\"{}\"", key.escape_default());
    match (&change.what, &change.value) {
        (What::Setting(name), Some(value)) => put(text, &Place::root(), name, name, value),
        (What::Setting(name), None) => take(text, &Place::root().field(*name)),
        (What::Key(key), value) => {
            let keys = Place::root().field("keys");
            let document = parse(text)?;
            let is_map = document
                .find(&keys)
                .is_some_and(|keys| keys.kind() == NodeKind::Map);
            match value {
                Some(value) if is_map => put(text, &keys, key, &quoted(key), value),
                Some(value) => {
                    let map = format!("{{{}: {value}}}", quoted(key));
                    put(text, &Place::root(), "keys", "keys", &map)
                }
                None => take(text, &keys.key(key.clone())),
            }
        }
    }
}

fn parse(text: &str) -> Result<Document, String> {
    let document = Document::parse(text);
    let says = |document: &Document| !document.tokens().iter().all(|token| token.kind.is_trivia());
    if let Some(problem) = document.problems().first()
        && says(&document)
    {
        let line = document.line_column(problem.range.start).line;
        return Err(format!("line {line} is not well formed"));
    }
    Ok(document)
}

/// Puts a value where it stands, or where it would be expected: behind the last
/// one. `written` is its name as it is to be written.
fn put(
    text: &str,
    inside: &Place,
    name: &str,
    written: &str,
    value: &str,
) -> Result<String, String> {
    let document = parse(text)?;
    let Some(root) = document.root() else {
        // Nothing but comments.
        let gap = if text.is_empty() || text.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        return Ok(format!(
            "{text}{gap}Settings(\n    {written}: {value},\n)\n"
        ));
    };
    let list = if inside.steps().is_empty() {
        root
    } else {
        document.find(inside).ok_or("it holds no such list")?
    };
    let item = match list.kind() {
        NodeKind::Struct => inside.field(Cow::Owned(name.to_owned())),
        NodeKind::Map => inside.key(name.to_owned()),
        // `Settings()`, `()`: nothing in it yet.
        NodeKind::Tuple | NodeKind::Unit if list.children().next().is_none() => inside.clone(),
        _ => return Err("it does not look like Settings( ... )".to_owned()),
    };
    if item != *inside
        && let Some(there) = document.find_written(&item)
    {
        return Ok(replaced(text, there.range(), value));
    }
    let (at, new) = place(&document, list, &format!("{written}: {value}"));
    Ok(match list.children().next_back() {
        Some(end_item) if end_item.comma_after().is_none() => {
            let end = end_item.range().end;
            let behind = at.max(end);
            let with = replaced(text, behind..behind, &new);
            replaced(&with, end..end, ",")
        }
        _ => replaced(text, at..at, &new),
    })
}

/// Where a new item of a list goes, and as what.
fn place(document: &Document, list: Node<'_>, item: &str) -> (usize, String) {
    let text = document.text();
    let before_bracket = list.range().end.saturating_sub(1);
    let Some(before) = list.children().next_back() else {
        let inside = document.slice(list.range());
        let new = if inside.contains('\n') {
            format!("    {item},\n")
        } else {
            item.to_owned()
        };
        return (before_bracket, new);
    };
    let begins = text
        .get(..before.item_range().start)
        .and_then(|lines| lines.rfind('\n'))
        .map_or(0, |at| at + 1);
    let lead = document.slice(begins..before.item_range().start);
    let end = before.extent().end;
    if lead.trim().is_empty() && begins > 0 {
        (end, format!("\n{lead}{item},"))
    } else {
        // All on one line.
        let comment = before.trailing_comment().is_some();
        let gap = if comment { "\n    " } else { " " };
        (end, format!("{gap}{item}"))
    }
}

/// Takes an item away, with its line if nothing else is on it.
fn take(text: &str, place: &Place) -> Result<String, String> {
    let document = parse(text)?;
    let Some(item) = document.find_written(place) else {
        return Ok(text.to_owned());
    };
    let start = item.item_range().start;
    let end = item
        .comma_after()
        .map_or(item.range().end, |comma| comma.end);
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let line_begins = before.rfind('\n').map_or(0, |at| at + 1);
    let alone = before
        .get(line_begins..)
        .is_some_and(|lead| lead.trim().is_empty());
    let rest = after.find('\n').map(|at| at + 1);
    let range = match rest {
        Some(rest) if alone && after.get(..rest).is_some_and(|tail| tail.trim().is_empty()) => {
            line_begins..end + rest
        }
        // What follows on the same line moves up.
        _ => {
            let gap = after.len() - after.trim_start_matches(' ').len();
            start..end + gap
        }
    };
    Ok(replaced(text, range, ""))
}

fn replaced(text: &str, range: Range<usize>, new: &str) -> String {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    format!("{before}{new}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings;

    fn set(text: &str, name: &'static str, value: &str) -> Result<String, String> {
        let what = What::Setting(name);
        let value = Some(value.to_owned());
        let new = splice(text, &Change { what, value })?;
        let (_, wrong) = settings::read(&new);
        assert_eq!(wrong, Vec::<String>::new(), "{new}");
        Ok(new)
    }

    fn key(text: &str, key: &str, value: Option<&str>) -> String {
        let what = What::Key(key.to_owned());
        let value = value.map(str::to_owned);
        let new = splice(text, &Change { what, value }).unwrap();
        let (_, wrong) = settings::read(&new);
        assert_eq!(wrong, Vec::<String>::new(), "{new}");
        new
    }

    const OWN: &str = "// mine\nSettings( // keep\n\tvolume : 40 , /* loud */\n\n\t// why not\n\tpacer:On // the last\n\t// at the end\n)\n// bye";

    #[test]
    fn a_value_is_replaced_where_it_stands() {
        let new = set(OWN, "volume", "55").unwrap();
        assert_eq!(new, OWN.replace("40", "55"));
        let new = set(OWN, "pacer", "Off").unwrap();
        assert_eq!(new, OWN.replace("pacer:On", "pacer:Off"));
        let new = set("(device: Some(\"A, b\"), )", "device", "None").unwrap();
        assert_eq!(new, "(device: None, )");
    }

    #[test]
    fn a_new_one_stands_behind_the_last() {
        let new = set(OWN, "head", "Down").unwrap();
        let expected = OWN.replace(
            "pacer:On // the last\n",
            "pacer:On, // the last\n\thead: Down,\n",
        );
        assert_eq!(new, expected);
        for (text, expected) in [
            ("Settings(volume: 4)", "Settings(volume: 4, head: Down)"),
            ("(volume: 4,)", "(volume: 4, head: Down)"),
            ("Settings()", "Settings(head: Down)"),
            ("()", "(head: Down)"),
            ("(\n    // none\n)", "(\n    // none\n    head: Down,\n)"),
            (
                "(\n    volume: 4\n)",
                "(\n    volume: 4,\n    head: Down,\n)",
            ),
            (
                "(volume: 4 // low\n)",
                "(volume: 4, // low\n    head: Down\n)",
            ),
            ("", "Settings(\n    head: Down,\n)\n"),
            ("// x", "// x\nSettings(\n    head: Down,\n)\n"),
            ("\u{feff}(volume: 4)", "\u{feff}(volume: 4, head: Down)"),
            (
                "(\r\n    volume: 4,\r\n)",
                "(\r\n    volume: 4,\n    head: Down,\r\n)",
            ),
        ] {
            assert_eq!(set(text, "head", "Down").unwrap(), expected);
        }
    }

    #[test]
    fn keys_come_change_and_go() {
        let text = key("Settings()", "F9", Some("Next"));
        assert_eq!(text, "Settings(keys: {\"F9\": Next})");
        let text = key(&text, "x", Some("Ready"));
        assert_eq!(text, "Settings(keys: {\"F9\": Next, \"x\": Ready})");
        let text = key(&text, "F9", Some("Pause"));
        assert_eq!(text, "Settings(keys: {\"F9\": Pause, \"x\": Ready})");
        let text = key(&text, "F9", None);
        assert_eq!(text, "Settings(keys: {\"x\": Ready})");
        let text = key(&text, "x", None);
        assert_eq!(text, "Settings(keys: {})");
        assert_eq!(key(&text, "x", None), text);
        let long = "(keys: {\n    // left\n    \"F9\": Next,\n    // right\n    \"F8\": Back,\n})";
        assert_eq!(
            key(long, "F9", None),
            "(keys: {\n    // left\n    // right\n    \"F8\": Back,\n})"
        );
        for odd in ["\"", "\\", "'", "é", "{", "/"] {
            let text = key("()", odd, Some("Next"));
            assert_eq!(settings::read(&text).0.keys[0].0, odd, "{text}");
            assert_eq!(key(&text, odd, None), "(keys: {})");
        }
    }

    #[test]
    fn the_commented_file_keeps_its_comments() {
        let text = settings::commented::text();
        for setting in settings::commented::EXPLAINED {
            assert_eq!(set(&text, setting.name, setting.default).unwrap(), text);
        }
        let new = set(&text, "theme", "HighContrast").unwrap();
        assert_eq!(new, text.replace("theme: Warm", "theme: HighContrast"));
        let new = key(&text, "F9", Some("Next"));
        assert_eq!(new, text.replace("keys: {}", "keys: {\"F9\": Next}"));
    }

    #[test]
    fn a_broken_file_is_left_alone() {
        for text in ["Settings(volume: 4", "Settings(volume: \"4)", "[1, 2]", "7"] {
            let what = What::Setting("volume");
            let value = Some("5".to_owned());
            assert!(splice(text, &Change { what, value }).is_err(), "{text}");
        }
    }
}
