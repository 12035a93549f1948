//! The document against the format it reads: what it keeps, what it finds, what it says of a broken
//! text, and whether it agrees with ron about what is well formed.

use std::fmt::Write;
use std::ops::Range;

use ashiatsu::document::{DEEPEST, Document, Node, NodeKind, Place, ProblemKind, TokenKind};
use proptest::prelude::*;
use ron::extensions::Extensions;

const GROUNDING: &str = include_str!("document/grounding.ron");

fn root() -> Place {
    Place::root()
}

fn ron_reads(text: &str) -> Result<ron::Value, ron::error::SpannedError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .from_str(text)
}

/// The text with a replacement made.
fn replaced(text: &str, range: Range<usize>, with: &str) -> String {
    let mut text = text.to_owned();
    text.replace_range(range, with);
    text
}

/// What holds for any text at all.
fn check_shape(document: &Document) {
    let mut end = 0;
    for token in document.tokens() {
        assert_eq!(token.range.start, end, "tokens tile the text");
        assert!(token.range.end > token.range.start, "no token is empty");
        end = token.range.end;
    }
    assert_eq!(end, document.text().len());
    let joined: String = document
        .tokens()
        .iter()
        .map(|token| document.slice(token.range.clone()))
        .collect();
    assert_eq!(joined, document.text());
    if let Some(root) = document.root() {
        check_node(root);
    }
    for problem in document.problems() {
        let related = problem.related.iter().map(|related| &related.range);
        for range in related
            .chain(
                problem
                    .replacement
                    .iter()
                    .map(|replacement| &replacement.range),
            )
            .chain([&problem.range])
        {
            assert!(document.text().get(range.clone()).is_some(), "{problem:?}");
        }
    }
}

fn check_node(node: Node<'_>) {
    let mut end = node.range().start;
    for child in node.children() {
        assert!(child.item_range().start >= end, "{child:?}");
        assert!(
            child.range().end <= node.range().end,
            "{:?} in {:?}",
            child.range(),
            node.range()
        );
        assert_eq!(child.parent(), Some(node));
        let extent = child.extent();
        assert!(extent.start <= child.item_range().start && child.range().end <= extent.end);
        if let Some(key) = child.key() {
            assert!(key.range().end <= child.range().start);
            assert_eq!(key.parent(), Some(child));
            check_node(key);
        }
        if let Some(comma) = child.comma_after() {
            assert!(child.range().end <= comma.start && comma.end <= node.range().end);
        }
        end = child.range().end;
        check_node(child);
    }
    if let Some(decoded) = node.decoded() {
        for at in 0..=decoded.value().len() {
            assert!(node.range().contains(&decoded.byte_at(at)) || at == decoded.value().len());
        }
    }
}

/// What the format refuses though ron takes it, and what ron knows and no routine has.
fn is_outside_the_format(document: &Document) -> bool {
    let kinds = document.problems().iter().map(|problem| &problem.kind);
    kinds
        .into_iter()
        .any(|kind| matches!(kind, ProblemKind::LineBreakInText))
        || document.tokens().iter().any(|token| {
            let text = document.slice(token.range.clone());
            matches!(token.kind, TokenKind::Bytes | TokenKind::Hash)
                || matches!(text, "Some" | "None" | "true" | "false" | "inf" | "NaN")
                || (token.kind == TokenKind::Ident
                    && (text.starts_with("inff") || text.starts_with("NaNf")))
                || (token.kind == TokenKind::Number && text.contains(".."))
        })
}

fn check_agreement(text: &str) {
    let document = Document::parse(text);
    check_shape(&document);
    if is_outside_the_format(&document) {
        return;
    }
    let (ours, rons) = (document.problems(), ron_reads(text).err());
    assert_eq!(
        ours.is_empty(),
        rons.is_none(),
        "{ours:?} against {rons:?}\n{text}"
    );
}

/// Where each problem is, what it says, where else it points, and the line that it offers.
fn said(text: &str) -> String {
    let document = Document::parse(text);
    let at = |byte: usize| {
        let at = document.line_column(byte);
        format!("{}:{}", at.line, at.column)
    };
    let lines = document.problems().iter().map(|problem| {
        let mut said = format!("{} {problem}", at(problem.range.start));
        if let Some(related) = &problem.related {
            let _ = write!(said, " ({:?} {})", related.role, at(related.range.start));
        }
        if let Some(offered) = &problem.replacement {
            let text = replaced(text, offered.range.clone(), &offered.text);
            let line = document.line_column(offered.range.start).line;
            let _ = write!(
                said,
                " => {}",
                text.lines().nth(line - 1).unwrap_or("").trim()
            );
        }
        said
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn broken_texts_are_told_exactly() {
    let table = include_str!("document/broken.txt");
    let cases: Vec<_> = table.split("=====\n").skip(1).collect();
    assert!(cases.len() >= 30);
    for case in cases {
        let (text, expected) = case.split_once("\n-----\n").unwrap();
        assert_eq!(said(text), expected.trim_end(), "{text}");
        check_agreement(text);
        check_agreement(&text.replace('\n', "\r\n"));
    }
}

/// Each single bracket, quote, comma and colon of the sample lost in turn.
#[test]
fn one_lost_character_is_one_problem_near_it_and_what_is_offered_mostly_mends_it() {
    let sample = Document::parse(GROUNDING);
    let (mut mended, mut all) = (0, 0);
    for (at, _) in GROUNDING.match_indices(['"', ')', ']', '}', ',', ':']) {
        let token = sample.token_at(at).unwrap();
        let last = at + 1 == token.range.end || at == token.range.start;
        if token.kind.is_comment() || !last {
            continue;
        }
        let broken = replaced(GROUNDING, at..at + 1, "");
        let document = Document::parse(&broken);
        check_shape(&document);
        let [problem] = document.problems() else {
            assert!(
                document.problems().is_empty() && ron_reads(&broken).is_ok(),
                "{}",
                said(&broken)
            );
            continue;
        };
        all += 1;
        if let Some(offered) = &problem.replacement {
            let text = replaced(&broken, offered.range.clone(), &offered.text);
            mended += usize::from(ron_reads(&text).is_ok());
        }
    }
    assert!(all > 230 && mended * 100 > all * 95, "{mended} of {all}");
}

#[test]
fn values_are_found_by_place_through_everything_that_encloses_them() {
    let document = Document::parse(GROUNDING);
    let text = |place: Place| document.find(&place).map(Node::text);
    let both = root().field("phases").index(0).field("steps").index(2);
    assert_eq!(text(root().field("format")), Some("1"));
    assert_eq!(
        text(
            root()
                .field("sequences")
                .key("warm-up")
                .index(1)
                .field("pace")
        ),
        Some("\"8s\"")
    );
    assert_eq!(
        text(both.index(0).index(0).field("region")),
        Some("MidBack")
    );
    assert_eq!(document.find(&both).unwrap().name(), Some("BothSides"));
    let repeat = root().field("phases").index(0).field("steps").index(3);
    assert_eq!(text(repeat.index(0)), Some("2"));
    assert_eq!(
        text(repeat.index(1).index(0).field("stroke")),
        Some("\"Push-pull\"")
    );
    assert_eq!(
        text(root().field("aftercare").field("for_hours")),
        Some("24")
    );
    assert_eq!(document.find(&both.index(1)), None);
    assert_eq!(
        document.find(&root().field("sequences").key("nowhere")),
        None
    );
    assert_eq!(
        document
            .nearest(&both.index(0).index(9).field("time"))
            .unwrap()
            .kind(),
        NodeKind::List
    );

    let key = document
        .key_range(&both.index(0).index(0).field("region"))
        .unwrap();
    assert_eq!(document.slice(key), "region");
    let key = document
        .key_range(&root().field("sequences").key("warm-up"))
        .unwrap();
    assert_eq!(document.slice(key), "\"warm-up\"");
}

#[test]
fn some_is_looked_through() {
    let document =
        Document::parse("A(side: Some(Left), steps: Some([Some((x: r#\"y\"#))]), r#in: 1)");
    assert_eq!(document.problems(), []);
    let side = root().field("side");
    assert_eq!(document.find(&side).unwrap().text(), "Left");
    assert_eq!(document.find_written(&side).unwrap().text(), "Some(Left)");
    let inner = root().field("steps").index(0).field("x");
    assert_eq!(
        document.find(&inner).unwrap().decoded().unwrap().value(),
        "y"
    );
    assert_eq!(document.find(&root().field("in")).unwrap().text(), "1");
}

#[test]
fn the_innermost_value_is_found_by_a_byte() {
    let document = Document::parse(GROUNDING);
    let node = |part: &str| document.node_at(GROUNDING.find(part).unwrap() + 1).unwrap();
    assert_eq!(node("MidBack").text(), "MidBack");
    assert_eq!(node("warm-up").kind(), NodeKind::Text);
    assert_eq!(node("region: MidBack").parent().unwrap().text(), "MidBack");
    assert_eq!(node("// The client's left side").kind(), NodeKind::List);
}

#[test]
fn comments_and_commas_belong_to_their_values() {
    let text = "// file\n\n// one\n/* two */\nRoutine(\n    a: 1, // after a\n    // above b\n    // and again\n    b: 2 // after b\n    ,\n\n    // loose\n\n    c: [/* x */ 1, /* y */ 2 /* z */], // after c\n    // last\n)\n";
    let document = Document::parse(text);
    assert_eq!(document.problems(), []);
    check_shape(&document);
    let find = |name: &'static str| document.find(&root().field(name)).unwrap();
    let leading = |node: Node<'_>| {
        let comments = node.leading_comments().into_iter();
        comments
            .map(|token| document.slice(token.range.clone()).to_owned())
            .collect::<Vec<_>>()
    };
    let trailing = |node: Node<'_>| {
        node.trailing_comment()
            .map(|token| document.slice(token.range.clone()).to_owned())
    };
    assert_eq!(leading(document.root().unwrap()), ["// one", "/* two */"]);
    assert_eq!(
        (leading(find("a")), trailing(find("a"))),
        (vec![], Some("// after a".into()))
    );
    assert_eq!(leading(find("b")), ["// above b", "// and again"]);
    assert_eq!(trailing(find("b")).as_deref(), Some("// after b"));
    assert_eq!(document.slice(find("b").comma_after().unwrap()), ",");
    assert_eq!(leading(find("c")), [""; 0]);
    assert_eq!(trailing(find("c")).as_deref(), Some("// after c"));
    let items: Vec<_> = find("c").children().collect();
    assert_eq!(
        (leading(items[0]), trailing(items[0])),
        (vec!["/* x */".into()], None)
    );
    assert_eq!(
        (leading(items[1]), trailing(items[1])),
        (vec!["/* y */".into()], Some("/* z */".into()))
    );
    assert_eq!(items[1].comma_after(), None);
    let extent = document.slice(find("b").extent());
    assert!(
        extent.starts_with("// above b") && extent.ends_with(','),
        "{extent}"
    );
    let last = document.tokens_in(find("c").extent().end..text.len());
    assert!(
        last.iter()
            .any(|token| document.slice(token.range.clone()) == "// last")
    );
}

#[test]
fn a_text_s_value_leads_back_to_its_bytes() {
    let document = Document::parse("A(a: \"x\\u{e9}{foot}\", b: r#\"{foot}\"#, c: 'c')");
    for name in ["a", "b"] {
        let decoded = document
            .find(&root().field(name))
            .unwrap()
            .decoded()
            .unwrap();
        let offset = decoded.value().find("foot").unwrap();
        let byte = decoded.byte_at(offset);
        assert_eq!(document.slice(byte..byte + 4), "foot");
    }
    assert_eq!(document.find(&root().field("c")).unwrap().decoded(), None);
}

#[test]
fn a_position_of_ron_is_a_byte_here() {
    for text in ["A(\u{e9}: \"\u{1f9b6}\",\r\n  b: ?)", "\u{feff}A(b: ?)"] {
        let error = ron_reads(text).unwrap_err();
        let document = Document::parse(text);
        let byte = document.byte_of(error.span.end.line, error.span.end.col);
        assert_eq!(document.slice(byte..byte + 1), "?");
        assert_eq!(document.line_column(byte).column, error.span.end.col);
    }
}

#[test]
fn a_byte_order_mark_is_a_token_and_no_problem() {
    let document = Document::parse("\u{feff}A(b: 1)");
    assert_eq!(document.tokens()[0].kind, TokenKind::ByteOrderMark);
    assert_eq!(document.problems(), []);
    assert_eq!(document.line_column(3).column, 1);
}

#[test]
fn nesting_without_end_is_one_problem_and_no_overflow() {
    for unit in ["[", "(", "{", "A(", "[(", "{\"a\":", "Some("] {
        for tail in ["", "]", ")"] {
            let text = unit.repeat(50_000) + &tail.repeat(50_000);
            let document = Document::parse(&text);
            let kinds: Vec<_> = document
                .problems()
                .iter()
                .map(|problem| &problem.kind)
                .collect();
            assert_eq!(kinds, [&ProblemKind::TooDeep], "{unit}");
        }
    }
    let fits = "[".repeat(DEEPEST) + &"]".repeat(DEEPEST);
    assert_eq!(Document::parse(&fits).problems(), []);
}

/// What could make a reader search the same bytes again and again. A quadratic one takes 256 times as
/// long for sixteen times the text; the bound leaves room for a busy machine.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the time a test takes is what it measures"
)]
fn time_grows_with_the_size_of_the_text() {
    let parse = |unit: &str, size: usize| {
        let text = format!("(x: [{}", unit.repeat(size / unit.len()));
        let start = std::time::Instant::now();
        let document = Document::parse(&text);
        assert!(document.problems().len() <= 2000);
        start.elapsed()
    };
    for unit in [
        "a: \"b\", ",
        "\"a\n",
        "\"\\\"\n",
        "\" , x: 5 \\",
        "r#\"x, y: 1 ",
        "r##\"x\"#\n",
        "'a",
        "'ab',",
        "\u{201c}a",
        "[{(",
        ")",
        "(]",
        "a b ",
        "# ",
        "/*",
        "/**/",
        "\"\\\n",
        "#![",
        "{a ",
        "\u{e9} ",
        ",",
        "        )\n",
        "Step a: ",
        "\"a\" b",
    ] {
        let small = parse(unit, 16_384)
            .min(parse(unit, 16_384))
            .max(std::time::Duration::from_millis(2));
        // The best of several: another test may have the machine just then.
        let large = (0..3).map(|_| parse(unit, 262_144)).min().unwrap();
        assert!(large < small * 100, "{unit:?}: {small:?}, then {large:?}");
    }
}

#[test]
fn the_format_s_own_sample_is_well_formed() {
    let document = Document::parse(GROUNDING);
    check_shape(&document);
    assert_eq!(document.problems(), []);
    ron_reads(GROUNDING).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_kept_byte_for_byte(text in any::<String>()) {
        check_shape(&Document::parse(&text));
    }

    #[test]
    fn any_soup_of_ron_is_kept_and_judged_as_ron_judges_it(
        words in proptest::collection::vec(prop::sample::select(SOUP), 0..40)
    ) {
        check_agreement(&words.concat());
    }

    #[test]
    fn well_formed_ron_has_no_problem_and_every_value_its_place(value in ron_value()) {
        let document = Document::parse(&value);
        check_shape(&document);
        prop_assert_eq!(document.problems(), []);
        prop_assert!(ron_reads(&value).is_ok(), "{}", value);
    }

    #[test]
    fn a_damaged_routine_is_kept_and_judged_as_ron_judges_it(
        cuts in proptest::collection::vec((0..GROUNDING.len(), 0..3_usize, prop::sample::select(SOUP)), 1..3)
    ) {
        let mut text = GROUNDING.to_owned();
        for (at, length, word) in cuts {
            // An earlier word may be of more than one byte, so a cut can fall inside it.
            let start = character_start(&text, at);
            let end = character_start(&text, at + length);
            text.replace_range(start..end, word);
        }
        check_agreement(&text);
    }
}

/// The last start of a character at or before `byte`.
fn character_start(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

const SOUP: &[&str] = &[
    "",
    "",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\"a\"",
    "\"\\n\"",
    "\\",
    "r#\"",
    "\"#",
    "r\"x\"",
    "'",
    "'c'",
    " ",
    "\n",
    "\n    ",
    "\r\n",
    "//",
    "// note\n",
    "/*",
    "*/",
    "/* x */",
    "1",
    "-1.5",
    "2m",
    "Step",
    "Left",
    "a",
    "name: ",
    "x: 1,",
    "Use(\"x\")",
    "()",
    "#",
    "=",
    "\u{e9}",
    "\u{201c}",
    "\u{feff}",
    ".",
    "-",
    "_",
    "r",
    "b",
    "\t",
];

/// Well-formed RON, written every way a hand may write it.
fn ron_value() -> impl Strategy<Value = String> {
    let space = prop::sample::select(
        &[
            "",
            " ",
            "\n    ",
            "\r\n",
            " // note, with (\n",
            "/* a /* nested */ \" */",
            "\t",
        ][..],
    );
    let name = prop::sample::select(&["Step", "a", "_x1", "r#in-side", "time"][..]);
    let leaf = prop_oneof![
        prop::sample::select(
            &[
                "1",
                "-2.5",
                "0x1F",
                "1_000",
                "Left",
                "None",
                "true",
                "()",
                "'\\''",
                "b\"x\"",
                "r##\"a\"#\nb\"##"
            ][..]
        )
        .prop_map(str::to_owned),
        "[ -~]{0,12}".prop_map(|text| format!("{text:?}")),
        any::<i32>().prop_map(|number| number.to_string()),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        let items =
            proptest::collection::vec((space.clone(), name.clone(), inner, space.clone()), 1..5);
        (items, 0..4_u8, name.clone(), any::<bool>()).prop_map(|(items, kind, name, comma)| {
            let items: Vec<String> = items
                .into_iter()
                .enumerate()
                .map(|(at, (before, field, value, after))| match kind {
                    0 => format!("{before}{field}{at}{after}:{before}{value}{after}"),
                    1 => format!("{before}\"k{at}\"{after}:{before}{value}{after}"),
                    _ => format!("{before}{value}{after}"),
                })
                .collect();
            let items = items.join(",") + if comma { "," } else { "" };
            match kind {
                0 => format!("{name}({items})"),
                1 => format!("{{{items}}}"),
                2 => format!("[{items}]"),
                _ => format!("{name} ({items})"),
            }
        })
    })
}
