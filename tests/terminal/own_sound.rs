//! A sound of a routine's own that can't be heard is said before a session that
//! is picked at home, and not in it.

use tempfile::TempDir;

use crate::leaving::BETWEEN_PRESSES;
use crate::terminal::Terminal;

const ROUTINE: &str = r#"Routine(format: 1, name: "Aaron's own", phases: [
    Phase(name: "All", position: Prone, stance: Floor, with: Hands, steps: [
        Step(stroke: "Glide", region: Back, time: "10m", sound: "own.wav"),
    ]),
])"#;

#[test]
fn it_is_said_in_the_lists_and_not_in_the_session() {
    let home = TempDir::with_prefix("ashiatsu").unwrap();
    let write = |path: &str, bytes: &[u8]| {
        let path = home.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    write(".config/ashiatsu/routines/own.ron", ROUTINE.as_bytes());
    write(".config/ashiatsu/routines/own.wav", b"no sound at all");
    write(
        ".config/ashiatsu/settings.ron",
        b"(sound: Muted, awake: Off)",
    );
    write(
        ".local/share/ashiatsu/remembered.ron",
        b"(first_start:Over)",
    );
    let mut terminal = Terminal::start(home, &[], &[]);
    terminal.sees("Aaron's own");
    terminal.send("\r");
    terminal.sees("own.wav: is no sound that can be read");
    for page in ["1 of 3", "2 of 3", "3 of 3", "Press any key"] {
        terminal.sees(page);
        terminal.look_on(BETWEEN_PRESSES);
        terminal.send("\r");
    }
    terminal.sees("Get ready");
    // A picture may come in two pieces.
    terminal.until("nothing of it", |t| !t.shows("own.wav"));
    terminal.is_at("Glide");
    assert!(!terminal.shows("own.wav"), "{}", terminal.text());
}
