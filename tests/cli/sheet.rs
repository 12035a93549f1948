//! The sheet to print: a page that stands alone, with the whole plan on it.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail where it stands"
)]

use std::collections::{BTreeMap, BTreeSet};

use ashiatsu::library::SHIPPED;
use serde_json::Value;

use crate::SAMPLE;
use crate::program::Program;

fn sheet(program: &Program, arguments: &[&str]) -> String {
    let arguments = [&["show", "--format", "html"], arguments].concat();
    let done = program.run(&arguments);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    done.out
}

/// A tag as it is written, without its brackets: `p class="a"`, `/p`, `path d=""/`.
fn tags(page: &str) -> Vec<&str> {
    page.split('<')
        .skip(1)
        .map(|rest| {
            let (tag, text) = rest.split_once('>').expect("each tag is closed");
            assert!(!text.contains('>'), "a bracket in a text: {text}");
            tag
        })
        .collect()
}

/// The attributes of a tag; each has a value, in quotes.
fn attributes(tag: &str) -> BTreeMap<&str, &str> {
    let mut found = BTreeMap::new();
    let (_, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    while let Some((name, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').expect("a value's end");
        let known = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        assert!(known && !name.is_empty(), "{tag}");
        assert_eq!(found.insert(name, value), None, "{name} twice: {tag}");
        rest = after.trim_start();
    }
    assert!(rest.is_empty() || rest == "/", "{tag}");
    found
}

/// Fails unless every element is closed where it must be, every name is there
/// once, whatever is referred to is there, and nothing comes from elsewhere.
fn assert_sound(page: &str) {
    let page = page.strip_prefix("<!DOCTYPE html>\n").expect("HTML 5");
    assert!(page.starts_with("<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"));
    let (before, style) = page.split_once("<style>").unwrap();
    let (style, after) = style.split_once("</style>").unwrap();
    for fetched in ["url(", "@import", "http", "</"] {
        assert!(!style.contains(fetched), "{fetched} in the style sheet");
    }
    let page = format!("{before}{after}");
    let mut open = Vec::new();
    let (mut ids, mut referred) = (BTreeSet::new(), BTreeSet::new());
    for tag in tags(&page) {
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        let is_void = ["meta", "br", "col"].contains(&name);
        if !tag.ends_with('/') && !is_void {
            open.push(name);
        }
        assert!(!["script", "img", "link", "iframe", "object"].contains(&name));
        for (attribute, value) in attributes(tag) {
            match attribute {
                "id" => assert!(ids.insert(value.to_owned()), "{value} twice"),
                "aria-labelledby" => drop(referred.insert(value.to_owned())),
                "href" => drop(referred.insert(value.strip_prefix('#').unwrap().to_owned())),
                "src" | "style" => panic!("{tag}"),
                _ => assert!(!attribute.starts_with("on"), "{tag}"),
            }
            if let Some(url) = value.strip_prefix("url(#") {
                referred.insert(url.strip_suffix(')').unwrap().to_owned());
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
    let missing: Vec<_> = referred.difference(&ids).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for picture in page.split("<svg ").skip(1) {
        let (tag, inside) = picture.split_once('>').unwrap();
        let is_named =
            tag.contains("role=\"img\"") && inside.trim_start().starts_with("<title id=");
        assert!(is_named || tag.contains("aria-hidden=\"true\""), "{tag}");
    }
}

/// A cell's or title's text.
fn text(marked_up: &str) -> String {
    let mut text = String::new();
    let mut rest = marked_up;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = tag.split_once('>').unwrap().1;
    }
    text.push_str(rest);
    let unescaped = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    unescaped.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The page's phases, and in each the cells of its steps.
fn phases(page: &str) -> Vec<(&str, Vec<Vec<String>>)> {
    page.split("<section class=\"phase\"")
        .skip(1)
        .map(|phase| {
            let (_, table) = phase.split_once("<table class=\"steps\">").unwrap();
            let (_, body) = table.split_once("<tbody>").unwrap();
            let rows = body.split("<tr ").skip(1).map(|row| {
                let (_, cells) = row.split_once('>').unwrap();
                let cells = cells.split("</td>").flat_map(|cell| cell.split("</th>"));
                let mut cells: Vec<String> = cells.map(text).collect();
                cells.pop();
                cells
            });
            (phase, rows.collect())
        })
        .collect()
}

/// A clock's minutes and seconds, as seconds.
fn seconds(clock: &str) -> f64 {
    clock
        .split(':')
        .map(|part| part.parse::<f64>().unwrap())
        .fold(0.0, |sum, part| sum * 60.0 + part)
}

/// `LowBack` as people read it.
fn human(word: &Value) -> String {
    let mut human = String::new();
    for (n, c) in word.as_str().unwrap_or_default().chars().enumerate() {
        if n > 0 && c.is_uppercase() {
            human.push(' ');
        }
        human.extend(c.to_lowercase());
    }
    human.replace("it band", "IT band")
}

#[test]
fn every_shipped_routine_is_a_page_with_its_whole_plan() {
    let program = Program::new();
    for (stem, _) in SHIPPED {
        let page = sheet(&program, &[stem]);
        assert_sound(&page);
        let plan = program.run(&["show", stem, "--format", "json"]).json();
        let mut steps = plan["steps"].as_array().unwrap().iter().peekable();
        for (phase, rows) in phases(&page) {
            let mut worked = BTreeSet::new();
            for row in rows {
                let step = steps.next().unwrap();
                let what = format!("{stem}: {step} {row:?}");
                assert_eq!(row[0], step["number"].to_string(), "{what}");
                let near = |cell: &str, field: &str| {
                    let cell = cell.split(' ').next().unwrap();
                    (seconds(cell) - step[field].as_f64().unwrap()).abs() <= 0.5
                };
                assert!(
                    near(&row[1], "start_s") && near(&row[2], "time_s"),
                    "{what}"
                );
                let waits = row[2].ends_with("waits for you");
                assert_eq!(waits, step["hold"].as_bool().unwrap(), "{what}");
                assert!(row[3].starts_with(step["name"].as_str().unwrap()), "{what}");
                let (region, side) = (human(&step["region"]), human(&step["side"]));
                assert_eq!(row[4], side, "{what}");
                assert!(row[5].starts_with(&region), "{what}");
                assert!(!row[6].is_empty(), "no cue: {what}");
                assert!(phase.contains(&format!("<strong>{}</strong>", human(&step["position"]))));
                if !region.is_empty() {
                    worked.insert((region, side));
                }
            }
            // What is shaded is what is worked, and nothing else.
            let shaded: BTreeSet<(String, String)> = phase
                .split("<g class=\"region\"")
                .skip(1)
                .map(|group| {
                    let (_, title) = group.split_once("<title>").unwrap();
                    let (what, _) = title.split_once(": step").unwrap();
                    let (region, side) = what.split_once(", ").unwrap_or((what, ""));
                    assert!(group.contains("<path "), "{what} has no shape");
                    (region.to_owned(), side.to_owned())
                })
                .collect();
            assert_eq!(shaded, worked, "{stem}");
            assert_eq!(
                phase.matches("<svg ").count(),
                usize::from(!worked.is_empty())
            );
        }
        assert_eq!(steps.next(), None, "{stem}");
    }
}

#[test]
fn nothing_in_a_file_marks_up_the_page() {
    let program = Program::new();
    let nasty = r#"<b onclick='x'> & "quoted" </style><script>alert(1)</script>"#;
    let written = nasty.replace('"', "\\\"");
    let routine = format!(
        r#"Routine(format: 1, name: "{written}", author: "{written}", description: "{written}\nTwo",
        preparation: ["{written}"], contraindications: ["{written}"], self_check: ["{written}"],
        phases: [Phase(name: "{written}", position: Sitting, steps: [
            Step(stroke: "{written}", region: Neck, time: "1m", cue: "{written}", note: "{written}\nTwo"),
        ])])"#
    );
    program.write("nasty.ron", routine);
    let page = sheet(&program, &["nasty.ron"]);
    assert_sound(&page);
    assert!(!page.contains("<b ") && !page.contains("<script"), "{page}");
    let escaped = "&lt;b onclick=&#39;x&#39;&gt; &amp; &quot;quoted&quot; &lt;/style&gt;\
                   &lt;script&gt;alert(1)&lt;/script&gt;";
    // Title, heading, author, description, three lists; the phase, twice; the
    // step's three.
    assert_eq!(page.matches(escaped).count(), 12, "{page}");
    assert!(page.contains("<br>\nTwo") && page.contains("<br>Two"));
}

#[test]
fn a_sheet_that_is_fitted_says_so() {
    let program = Program::new();
    program.write("sample.ron", SAMPLE);
    assert!(!sheet(&program, &["sample.ron"]).contains("as written"));
    let page = sheet(&program, &["sample.ron", "--fit", "8m"]);
    assert_sound(&page);
    assert!(page.contains("<strong>8m</strong>, 10m as written, 7 steps, intermediate, by Mika"));
    let times: Vec<String> = phases(&page)
        .into_iter()
        .flat_map(|(_, rows)| rows)
        .map(|row| row[2].clone())
        .collect();
    assert_eq!(
        times,
        [
            "0:30 waits for you",
            "1:00",
            "0:15",
            "1:00",
            "4:00",
            "0:45",
            "0:30"
        ]
    );
}

#[test]
fn the_lists_before_are_the_users() {
    let program = Program::new();
    program.write(
        "mine.ron",
        SAMPLE.replace(
            "    phases: [",
            "    preparation: [\"A bolster\"],\n    contraindications: [\"Tired?\"],\n    \
             self_check: [\"Rested\"],\n    phases: [",
        ),
    );
    let page = sheet(&program, &["mine.ron"]);
    for line in [
        "A bolster",
        "Tired?",
        "Rested",
        "Charger in",
        "Kidney disorder",
    ] {
        assert!(page.contains(&format!("<li>{line}</li>")), "{line}");
    }
    program.write(
        ".config/ashiatsu/settings.ron",
        "(leave_out: [\"Charger\", \"Kidney\"])",
    );
    let page = sheet(&program, &["mine.ron"]);
    assert!(page.contains("A bolster") && page.contains("Table stable"));
    assert!(!page.contains("Charger") && !page.contains("Kidney"));
}

#[test]
fn the_totals_compare_left_and_right() {
    let program = Program::new();
    program.write("sample.ron", SAMPLE);
    let page = sheet(&program, &["sample.ron"]);
    let row = |name: &str| {
        let (_, row) = page
            .split_once(&format!("<th scope=\"row\">{name}</th>"))
            .unwrap();
        text(row.split_once("</tr>").unwrap().0)
    };
    assert_eq!(row("low back"), "2m 2m – 4m");
    assert_eq!(row("back"), "– – 4m 4m");
    assert_eq!(row("all strokes"), "2m 2m 4m 30s 8m 30s");
    assert_eq!(row("between strokes"), "1m 30s");
    assert_eq!(row("in all"), "10m");
    assert!(page.contains("Left and right are worked for the same time."));
    program.write(
        "left.ron",
        SAMPLE.replace("region: Back, time", "region: Back, side: Left, time"),
    );
    let page = sheet(&program, &["left.ron"]);
    assert!(page.contains("The left is worked 4m longer than the right."));
}

#[test]
fn the_sheet_of_a_routine() {
    let program = Program::new();
    program.write("sample.ron", SAMPLE);
    let page = sheet(&program, &["sample.ron"]);
    let (_, body) = page.split_once("<main>").unwrap();
    insta::assert_snapshot!(body);
}
