//! What becomes of the screens when the program itself breaks, seen in a
//! terminal of its own.

use std::io::Read;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::*;

/// Set where the test runs itself in a terminal, to break there.
const BREAKS: &str = "ASHIATSU_TEST_BREAKS";

#[test]
fn a_panic_of_another_thread_is_said_and_without_keys_the_program_leaves() {
    if std::env::var_os(BREAKS).is_some() {
        let shell = Shell::start(Options::showing(First::Home), Clock::new()).unwrap();
        for name in ["side", messages::INPUT] {
            let thread = std::thread::Builder::new().name(name.to_owned());
            let broken = thread.spawn(|| panic!("on purpose")).unwrap();
            assert!(broken.join().is_err());
        }
        let left = shell.run();
        assert_eq!(left.code, ExitCode::from(101));
        panic!("left with: {}", left.lost.join(" "));
    }
    let home = tempfile::tempdir().unwrap();
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args([
        "--exact",
        "--nocapture",
        "tui::tests::a_panic_of_another_thread_is_said_and_without_keys_the_program_leaves",
    ]);
    command.env_clear();
    command.env(BREAKS, "1");
    command.env("HOME", home.path());
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut written = Vec::new();
    // A terminal without a program ends in an error on Linux.
    let _ = pair
        .master
        .try_clone_reader()
        .unwrap()
        .read_to_end(&mut written);
    assert!(!child.wait().unwrap().success());
    // Higher than the window: what the sound's library says behind it moves nothing out of sight.
    let cells = |count| std::num::NonZero::new(count).unwrap();
    let mut screen = vt100::Parser::new(cells(200), cells(80), 0);
    screen.process(&written);
    let screen = screen.screen();
    assert!(!screen.alternate_screen() && !screen.hide_cursor());
    let words = screen.contents();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("left with: the program broke: its thread side panicked at"),
        "{words}"
    );
    assert!(words.contains("the program broke: its thread input panicked at"));
    // Nothing is drawn once it is given back, and each panic is said once.
    let written = String::from_utf8_lossy(&written);
    assert_eq!(written.matches("\x1b[?1049l").count(), 1);
    assert_eq!(written.matches("on purpose").count(), 2, "{words}");
}
