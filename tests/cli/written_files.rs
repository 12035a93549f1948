//! What the commands write: cards, and routines to start from.

use std::fs;
use std::io::Write as _;

use crate::SAMPLE;
use crate::mounted::Mounted;
use crate::program::Program;

#[test]
fn the_card_says_what_the_routine_says() {
    let program = Program::new();
    let own =
        "    aftercare: Aftercare(for_hours: 48, avoid: [\"Ski <fast>\"], note: \"Rest.\"),\n)\n";
    program.write(
        "own.ron",
        SAMPLE.replace("    ],\n)\n", &format!("    ],\n{own}")),
    );
    let done = program.run(&["aftercare", "own.ron"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert!(
        done.out
            .starts_with("AFTER YOUR MASSAGE\nFor the first 48 hours, until "),
        "{}",
        done.out
    );
    assert!(
        done.out.contains("\nDo\n  - Drink lots of water.\n"),
        "{}",
        done.out
    );
    assert!(
        done.out.contains("\nDo not\n  - Ski <fast>\n"),
        "{}",
        done.out
    );
    assert!(done.out.ends_with("\nRest.\n"), "{}", done.out);
    let page = program
        .run(&["aftercare", "own.ron", "--format", "html"])
        .out;
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Ski &lt;fast&gt;"));
}

#[test]
fn nothing_is_ever_overwritten() {
    let program = Program::new();
    for (first, again) in [
        (
            &["aftercare", "-o", "card.html"][..],
            &["aftercare", "back-basics", "-o", "card.html"][..],
        ),
        (&["new", "mine.ron"], &["new", "mine.ron"]),
    ] {
        let done = program.run(first);
        assert_eq!(
            (done.code, done.out.as_str(), done.err.as_str()),
            (0, "", "")
        );
        let file = first.last().unwrap();
        let written = program.read(file);
        assert!(!written.is_empty());
        program.write(file, "mine now");
        let done = program.run(again);
        assert_eq!((done.code, done.out.as_str()), (1, ""));
        assert_eq!(
            done.err,
            format!(
                "error: {file} is already there, and nothing is written over it\nhelp: give another name\n"
            )
        );
        assert_eq!(program.read(file), "mine now");
    }
    let done = program.run(&["aftercare", "-o", "nowhere/card.html"]);
    assert_eq!(done.code, 1);
    assert_eq!(
        done.err,
        "error: nowhere/card.html can't be written: there is no such folder\n\
         help: make the folder first, or give another name\n"
    );
}

#[test]
fn a_files_ending_says_how_the_card_is_written() {
    let program = Program::new();
    for (file, begins) in [
        ("card.html", "<!DOCTYPE html>"),
        ("card.md", "# After"),
        ("card.txt", "AFTER"),
        ("card", "AFTER"),
    ] {
        assert_eq!(program.run(&["aftercare", "-o", file]).code, 0);
        assert!(program.read(file).starts_with(begins), "{file}");
    }
    let said = &["aftercare", "--format", "markdown", "-o", "other.html"];
    assert_eq!(program.run(said).code, 0);
    assert!(program.read("other.html").starts_with("# After"));
}

#[test]
fn what_new_writes_is_a_routine_without_a_doubt() {
    let program = Program::new();
    assert_eq!(program.run(&["new", "mine.ron"]).code, 0);
    let done = program.run(&["check", "--strict", "mine.ron"]);
    assert_eq!(
        (done.code, done.out.as_str()),
        (0, "1 file checked: no errors, no warnings\n")
    );
    // The lines that are offered behind slashes are right as well.
    let all = program
        .read("mine.ron")
        .lines()
        .map(|line| {
            let field = line.trim_start().strip_prefix("// ").filter(|rest| {
                rest.split_once(": ").is_some_and(|(name, value)| {
                    name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                        && value.contains([',', '('])
                        && !name.is_empty()
                })
            });
            field.unwrap_or(line).to_owned() + "\n"
        })
        .collect::<String>();
    assert!(
        all.lines().any(|line| line.starts_with("aftercare: ")),
        "{all}"
    );
    program.write("all.ron", all);
    let done = program.run(&["check", "--strict", "all.ron"]);
    assert_eq!(done.code, 0, "{}", done.out);
}

#[test]
fn settings_are_written_once_with_every_value_and_where_they_are_is_said() {
    let program = Program::new();
    let done = program.run(&["settings"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    let path = std::path::PathBuf::from(done.out.trim_end());
    assert!(path.ends_with("ashiatsu/settings.ron"), "{}", done.out);
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(program.run(&["settings", "--print"]).out, text);
    let (settings, wrong) = ashiatsu::settings::read(&text);
    assert_eq!(
        (settings, wrong),
        (ashiatsu::settings::Settings::default(), vec![])
    );
    // What the user has stays as it is.
    std::fs::write(&path, "(volume: 7) // mine").unwrap();
    let again = program.run(&["settings"]);
    assert_eq!(
        (again.code, again.out, again.err.as_str()),
        (0, done.out, "")
    );
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        "(volume: 7) // mine"
    );
    // And what is wrong in it is said.
    std::fs::write(&path, "(volume: 700, keys: {\"F9\": Nxet})").unwrap();
    let wrong = program.run(&["settings"]);
    assert_eq!(wrong.code, 1);
    assert_eq!(
        wrong.err,
        "warning: settings: `volume` must be a number from 0 to 100; the default is used\n\
         warning: settings: in `keys`, \"F9\" can't mean Nxet; did you mean Next?\n"
    );
}

/// Half a routine would stand in the way of a whole one, and be refused in its place.
#[test]
fn on_a_full_disk_nothing_is_left_behind() {
    let program = Program::new();
    fs::create_dir_all(program.path(".config")).unwrap();
    let Some(disk) = Mounted::on(&program.path(".config"), "size=64k,mode=0700") else {
        println!("left out: this user can't mount a small disk");
        return;
    };
    let mut filler = fs::File::create(disk.path().join("filler")).unwrap();
    while filler.write_all(&[1; 512]).is_ok() {}
    for (arguments, file) in [
        (&["new", ".config/mine.ron"][..], ".config/mine.ron"),
        (&["settings"], ".config/ashiatsu/settings.ron"),
    ] {
        let done = program.run(arguments);
        assert!(done.err.contains("No space left"), "{}", done.err);
        assert!(!program.path(file).exists(), "{file}");
    }
}
