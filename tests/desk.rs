//! The routine that is shaped, on the disk: saved whole or not at all, whatever happens, and what
//! was not saved comes back.

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails says so by panicking; a measured figure is printed"
)]
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use ashiatsu::desk::{self, Desk, Draft, NotSaved, Order, Over, Report, Save, Undone};
use ashiatsu::paths::Paths;
use tempfile::TempDir;

const TEXT: &str = "Routine(format: 1, name: \"A\", phases: [Phase(name: \"P\", position: Prone, stance: Floor, with: Hands, steps: [Step(stroke: \"S\", region: Back, time: \"1m\")])])\n";

fn home() -> (TempDir, PathBuf) {
    let home = TempDir::with_prefix("ashiatsu").unwrap();
    let path = home.path().join("a.ron");
    (home, path)
}

fn paths(home: &TempDir) -> Paths {
    Paths {
        settings: home.path().join("settings"),
        data: home.path().join("data"),
    }
}

fn wanted(path: &Path, text: &str, expected: Option<&str>) -> Save {
    Save {
        path: path.to_owned(),
        text: text.to_owned(),
        expected: expected.map(str::to_owned),
        over: Over::Nothing,
    }
}

fn names(folder: &Path) -> Vec<String> {
    let listing = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = listing
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_save_leaves_the_file_and_nothing_else() {
    let (home, path) = home();
    desk::save(&wanted(&path, TEXT, None)).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), TEXT);
    assert_eq!(names(home.path()), ["a.ron"]);
}

#[test]
fn permissions_stay_and_a_link_leads_to_its_target() {
    let (home, path) = home();
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let (first, second) = (
        home.path().join("first.ron"),
        home.path().join("second.ron"),
    );
    symlink("a.ron", &first).unwrap();
    symlink(&first, &second).unwrap();
    desk::save(&wanted(&second, TEXT, Some("old"))).unwrap();
    assert!(fs::symlink_metadata(&second).unwrap().is_symlink());
    assert!(fs::symlink_metadata(&first).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&path).unwrap(), TEXT);
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn what_somebody_else_did_is_not_undone_unasked() {
    let (_home, path) = home();
    fs::write(&path, "theirs").unwrap();
    let save = wanted(&path, TEXT, Some("mine"));
    assert!(matches!(desk::save(&save), Err(NotSaved::Changed)));
    let save = wanted(&path, TEXT, None);
    assert!(matches!(desk::save(&save), Err(NotSaved::Exists)));
    assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
    fs::remove_file(&path).unwrap();
    let gone = wanted(&path, TEXT, Some("mine"));
    assert!(matches!(desk::save(&gone), Err(NotSaved::Changed)));
    let over = Over::Anything;
    desk::save(&Save { over, ..gone }).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), TEXT);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
    let save = wanted(&path, "new", Some(TEXT));
    assert!(matches!(desk::save(&save), Err(NotSaved::Protected)));
    assert_eq!(fs::read_to_string(&path).unwrap(), TEXT);
}

#[test]
fn a_folder_or_another_kind_of_text_is_not_opened() {
    let (home, path) = home();
    assert!(desk::open(home.path(), None).is_err());
    fs::write(&path, [0xff, 0xfe, 0x00]).unwrap();
    assert!(desk::open(&path, None).is_err());
}

#[test]
fn a_draft_is_found_by_any_name_of_its_file_until_it_is_saved() {
    let (home, path) = home();
    let paths = paths(&home);
    fs::write(&path, TEXT).unwrap();
    let draft = Draft {
        path: path.clone(),
        base: Some(TEXT.to_owned()),
        text: TEXT.replace("1m", "2m"),
    };
    let kept = desk::perform(Order::Keep(Box::new(draft.clone())), Some(&paths));
    assert!(kept.is_none(), "{kept:?}");
    let link = home.path().join("link.ron");
    symlink(&path, &link).unwrap();
    let found = |path: &Path| desk::open(path, Some(&paths)).unwrap().draft;
    assert_eq!(found(&path), Some(draft.clone()));
    assert_eq!(found(&link), Some(draft.clone()));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&paths.data.join("drafts")), 0o700);
    let save = wanted(&path, &draft.text, Some(TEXT));
    let saved = desk::perform(Order::Save(Box::new(save)), Some(&paths));
    assert!(matches!(saved, Some(Report::Saved(_, Ok(())))));
    assert_eq!(found(&path), None);
    assert_eq!(names(&paths.data.join("drafts")), [""; 0]);
}

/// What tells one file from another of the same name: its owner and number.
fn owner_and_number(path: &Path) -> (u32, u32, u64) {
    let there = fs::metadata(path).unwrap();
    (there.uid(), there.gid(), there.ino())
}

#[test]
fn a_file_with_a_second_name_is_saved_under_both() {
    let (home, path) = home();
    let long = TEXT.replace("\"S\"", "\"A longer name\"");
    fs::write(&path, &long).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let second = home.path().join("second.ron");
    fs::hard_link(&path, &second).unwrap();
    let before = owner_and_number(&path);
    desk::save(&wanted(&path, TEXT, Some(&long))).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), TEXT);
    assert_eq!(fs::read_to_string(&second).unwrap(), TEXT);
    assert_eq!(owner_and_number(&path), before);
    assert_eq!(owner_and_number(&second), before);
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert_eq!(names(home.path()), ["a.ron", "second.ron"]);
    desk::save(&wanted(&second, &long, Some(TEXT))).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), long);
}

#[test]
fn a_file_of_somebody_else_stays_theirs() {
    let (home, path) = home();
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).unwrap();
    if std::os::unix::fs::chown(&path, Some(12345), Some(12345)).is_err() {
        println!("left out: this user can't give a file away");
        return;
    }
    desk::save(&wanted(&path, TEXT, Some("old"))).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), TEXT);
    let (user, group, _) = owner_and_number(&path);
    assert_eq!((user, group), (12345, 12345));
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o664);
    assert_eq!(names(home.path()), ["a.ron"]);
}

/// A desk whose disk answers only when that is dropped.
fn frozen() -> (Desk, mpsc::Sender<()>) {
    let (thaw, frozen) = mpsc::channel::<()>();
    let desk = Desk::start(None, move |_| {
        let _ = frozen.recv();
    });
    let desk = desk.unwrap();
    let path = PathBuf::from("a.ron");
    let text = TEXT.to_owned();
    desk.order(Order::Look {
        path,
        revision: 0,
        text,
    });
    (desk, thaw)
}

#[test]
fn a_disk_that_does_not_answer_is_not_waited_for_and_what_is_lost_is_said() {
    let (home, path) = home();
    let (desk, thaw) = frozen();
    let draft = |path: &Path| Draft {
        path: path.to_owned(),
        base: None,
        text: TEXT.to_owned(),
    };
    let dropped = home.path().join("dropped.ron");
    desk.order(Order::Keep(Box::new(draft(&path))));
    desk.order(Order::Keep(Box::new(draft(&path))));
    desk.order(Order::Save(Box::new(wanted(&path, TEXT, None))));
    desk.order(Order::Keep(Box::new(draft(&dropped))));
    desk.order(Order::Forget(dropped));
    let undone = desk.finish(Duration::from_millis(50));
    assert_eq!(
        undone,
        [Undone::Draft(path.clone()), Undone::Save(path.clone())]
    );
    let said = undone[1].to_string();
    assert!(said.contains("a.ron may not be saved"), "{said}");
    drop(thaw);
}

#[test]
fn a_disk_that_answers_leaves_nothing_undone() {
    let (_home, path) = home();
    let desk = Desk::start(None, |_| {}).unwrap();
    desk.order(Order::Save(Box::new(wanted(&path, TEXT, None))));
    assert_eq!(desk.finish(Duration::from_secs(20)), []);
    assert_eq!(fs::read_to_string(&path).unwrap(), TEXT);
}

/// As large as a routine may be nearly, of so many steps.
fn large(steps: usize) -> String {
    let step = "            Step(stroke: \"Glide\", region: Back, time: \"30s\"),\n";
    let phase = |steps: &str| {
        format!(
            "        Phase(name: \"P\", position: Prone, stance: Floor, with: Hands, steps: [\n{steps}        ]),\n"
        )
    };
    let phases = phase(&step.repeat(100)).repeat(steps / 100);
    format!("Routine(\n    format: 1,\n    name: \"Large\",\n    phases: [\n{phases}    ],\n)\n")
}

/// Run with `--release` for figures that mean something.
#[test]
fn ten_thousand_steps_are_opened_and_edited() {
    use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
    use ratatui::{buffer::Buffer, layout::Rect};
    let (_home, path) = home();
    let text = large(10_000);
    fs::write(&path, &text).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a measurement")]
    let time = |what: &str, act: &mut dyn FnMut()| {
        let before = std::time::Instant::now();
        act();
        let took = before.elapsed();
        println!("{what}: {took:?}");
        took
    };
    let mut opened = None;
    let mut app = app();
    let now = ashiatsu::tui::live::Now {
        mono: Duration::ZERO,
        wall: jiff::civil::date(2026, 3, 2).in_tz("UTC").unwrap(),
    };
    let area = Rect::new(0, 0, 120, 40);
    let mut buf = Buffer::empty(area);
    time("open and draw", &mut || {
        opened = desk::open(&path, None).ok();
        app.open_designer(opened.take().unwrap());
        app.render(&mut buf, &now);
    });
    let mut looked = None;
    time("look", &mut || looked = Some(desk::look(&path, 0, &text)));
    app.desk(Report::Looked(Box::new(looked.unwrap())), &now);
    for code in [
        KeyCode::Down,
        KeyCode::PageDown,
        KeyCode::End,
        KeyCode::Char('+'),
        KeyCode::Char('d'),
        KeyCode::Delete,
        KeyCode::Char('K'),
        KeyCode::Char('u'),
        // In the text: a letter, and one that goes on with it.
        KeyCode::Char('e'),
        KeyCode::Char('/'),
        KeyCode::Char('/'),
    ] {
        time(&format!("{code:?}"), &mut || {
            let key = KeyEvent::new(code, KeyModifiers::NONE);
            app.handle(&Event::Key(key), &now);
            app.render(&mut buf, &now);
        });
    }
    assert!(app.designed().is_some());
}

fn app() -> ashiatsu::tui::app::App {
    use ashiatsu::library::Library;
    use ashiatsu::memory::Memory;
    use ashiatsu::settings::Settings;
    use ashiatsu::tui::app::{App, Setup};
    use ashiatsu::tui::theme::{Depth, Theme};
    let setup = Setup {
        settings: Settings::default(),
        complaints: Vec::new(),
        memory: Memory::default(),
        sound: None,
        volume: None,
        prompts: ashiatsu::store::Prompts::Full,
        theme: Theme::new(Depth::True),
        area: ratatui::layout::Rect::new(0, 0, 120, 40),
    };
    let now = ashiatsu::tui::live::Now {
        mono: std::time::Duration::ZERO,
        wall: jiff::civil::date(2026, 3, 2).in_tz("UTC").unwrap(),
    };
    App::new(Library::default(), setup, &now)
}
