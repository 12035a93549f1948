//! The terminal: taken over, drawn on, and always given back, by a panic too. A
//! panic of a thread that does not draw is told to who does, which leaves then.
//! One that does not read holds nobody up: it shows what it showed until it does.

mod out;
mod pen;

use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once};
use std::thread;
use std::time::Duration;

use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::style::Print;
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode,
    enable_raw_mode, size,
};
use crossterm::{cursor, execute, queue};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::{Terminal, TerminalOptions};

use crate::audio::caught::{self, Expected};
use crate::audio::quiet::{self, Quiet};
use crate::routine::text::printable;
pub(super) use out::Flow;
use out::Out;
use pen::{PLAIN, Pen};

/// Clicks and the wheel alone: a mouse that merely moves must wake nobody.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// How long a terminal that is given back may take to read that.
const GIVING: Duration = Duration::from_secs(1);

/// Whether the terminal is taken over; what gives it back looks here, so that
/// it is given back once.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal as a screen.
pub(super) struct Screen {
    /// Never dropped: its drop shows the cursor, which is done here, and where
    /// that fails it prints to a terminal that is gone, which panics.
    terminal: ManuallyDrop<Terminal<Pen<Out>>>,
    quiet: Option<Quiet>,
    free: Free,
    waits: Waits,
}

/// Tells that the terminal reads again.
type Free = Arc<dyn Fn() + Send + Sync>;

/// Whether somebody waits for the terminal to read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waits {
    Yes,
    No,
}

/// Whether somebody was told of a panic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Panic {
    /// The loop was, and goes on or leaves.
    Told,
    /// Nobody listens any more.
    Untold,
}

impl Screen {
    /// Takes the terminal over. Of a panic of another thread than this one `tell`
    /// is given the thread's name, and a line that says all. `free` is called, by
    /// some thread, once a terminal reads that did not: then [`Screen::reads`] is due.
    pub(super) fn take(
        tell: impl Fn(&str, &str) -> Panic + Send + Sync + 'static,
        free: impl Fn() + Send + Sync + 'static,
    ) -> io::Result<Self> {
        restore_on_panic(tell);
        let mut out = Out::open();
        take_over(&mut out)?;
        let pen = window().map(|window| Pen::new(out, window));
        let terminal = pen.and_then(|pen| Terminal::with_options(pen, TerminalOptions::default()));
        match terminal {
            Ok(terminal) => Ok(Self {
                terminal: ManuallyDrop::new(terminal),
                // What the sound libraries print would land on the picture.
                quiet: Quiet::begin().ok(),
                free: Arc::new(free),
                waits: Waits::No,
            }),
            Err(error) => {
                hand_back(&mut Out::open());
                Err(error)
            }
        }
    }

    /// Takes it over again: after [`Screen::give_back`], or where somebody else
    /// may have had it meanwhile. The next picture is drawn whole.
    pub(super) fn take_again(&mut self) -> io::Result<()> {
        take_over(self.out())?;
        if self.quiet.is_none() {
            self.quiet = Quiet::begin().ok();
        }
        let pen = self.terminal.backend_mut();
        pen.forget();
        pen.resize(window()?);
        let area = self.area();
        self.terminal.resize(area)
    }

    /// Gives it back; held where it does not read that.
    pub(super) fn give_back(&mut self) -> Flow {
        let flow = hand_back(self.out());
        self.quiet = None;
        flow
    }

    /// The window, as far as it is known.
    pub(super) fn area(&self) -> Rect {
        let size = self.terminal.backend().size();
        Rect::new(0, 0, size.width, size.height)
    }

    /// Looks how large the window is: it is asked for when it may have changed,
    /// not at each picture.
    pub(super) fn look(&mut self) -> Rect {
        // Where nobody says, it is as it was.
        if let Ok(size) = window()
            && size != self.terminal.backend().size()
        {
            self.terminal.backend_mut().resize(size);
        }
        self.area()
    }

    /// Draws a picture; only what has changed is written. Nothing is drawn while the
    /// terminal has not read the one before.
    pub(super) fn draw(&mut self, picture: impl FnOnce(&mut Buffer)) -> io::Result<()> {
        if self.send_rest()? == Flow::Free {
            self.terminal
                .draw(|frame| picture(frame.buffer_mut()))
                .map(|_| ())?;
        }
        if self.out().flow() == Flow::Held && self.waits == Waits::No {
            let free = Arc::clone(&self.free);
            // Without a thread it is tried at every picture.
            if self.out().tell_when_free(move || free()).is_ok() {
                self.waits = Waits::Yes;
            }
        }
        Ok(())
    }

    /// The terminal reads again, as far as is known: the next picture may be drawn.
    pub(super) const fn reads(&mut self) {
        self.waits = Waits::No;
    }

    /// Sends what the terminal did not take of the picture before.
    fn send_rest(&mut self) -> io::Result<Flow> {
        let waits = self.waits;
        let out = self.out();
        match (out.flow(), waits) {
            (Flow::Free, _) => Ok(Flow::Free),
            (Flow::Held, Waits::Yes) => out.send(Duration::ZERO),
            (Flow::Held, Waits::No) => out.flush().map(|()| out.flow()),
        }
    }

    fn out(&mut self) -> &mut Out {
        self.terminal.backend_mut().out()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.give_back();
    }
}

fn window() -> io::Result<Size> {
    size().map(Size::from)
}

fn take_over(out: &mut Out) -> io::Result<()> {
    let taken = if TAKEN.swap(true, Ordering::SeqCst) {
        // It counts as raw, but a shell may have had it since; and what was
        // pushed onto the keyboard's flags may still be there.
        disable_raw_mode()
            .and_then(|()| queue!(out, EnterAlternateScreen, PopKeyboardEnhancementFlags))
    } else {
        Ok(())
    };
    let taken = taken.and_then(|()| enable_raw_mode()).and_then(|()| {
        execute!(
            out,
            EnterAlternateScreen,
            DisableLineWrap,
            EnableBracketedPaste,
            EnableFocusChange,
            // Terminals that don't know these ignore them.
            PushKeyboardEnhancementFlags(
                KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES
                    | KeyboardEnhancementFlags::REPORT_EVENT_TYPES
            ),
            Print(MOUSE_ON),
            cursor::Hide,
        )
    });
    if taken.is_err() {
        hand_back(out);
    }
    taken
}

/// Gives the terminal back as it was, as far as it reads. Whatever fails, the rest
/// is tried.
fn hand_back(out: &mut Out) -> Flow {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return Flow::Free;
    }
    let queued = queue!(
        out,
        Print(PLAIN),
        Print(MOUSE_OFF),
        PopKeyboardEnhancementFlags,
        DisableFocusChange,
        DisableBracketedPaste,
        EnableLineWrap,
        LeaveAlternateScreen,
        cursor::Show,
    );
    // Of one that is gone there is nothing to wait for.
    let flow = queued.and_then(|()| out.send(GIVING)).unwrap_or(Flow::Free);
    out.forget();
    let _ = disable_raw_mode();
    flow
}

/// A panic gives the terminal back before it prints. One that is caught does
/// nothing, and one of another thread is told: who draws would go on drawing.
fn restore_on_panic(tell: impl Fn(&str, &str) -> Panic + Send + Sync + 'static) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        let draws = thread::current().id();
        std::panic::set_hook(Box::new(move |panic| {
            if caught::expected() == Expected::Yes {
                return;
            }
            let thread = thread::current();
            if thread.id() != draws {
                let name = thread.name().unwrap_or("nameless");
                let line = format!("the program broke: its thread {name} {panic}");
                let line = line.lines().collect::<Vec<_>>().join(" ");
                if tell(name, &printable(&line)) == Panic::Told {
                    return;
                }
            }
            hand_back(&mut Out::open());
            quiet::restore();
            before(panic);
        }));
    });
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read;

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};

    use super::*;

    /// Set where the test runs itself in a terminal, to panic there.
    const PANICS: &str = "ASHIATSU_TEST_PANICS";

    #[test]
    fn a_panic_gives_the_terminal_back_and_is_read_there() {
        if std::env::var_os(PANICS).is_some() {
            let mut screen = Screen::take(|_, _| Panic::Untold, || ()).unwrap();
            screen
                .draw(|buf| buf.set_string(0, 0, "drawn", ratatui::style::Style::new()))
                .unwrap();
            panic!("on purpose");
        }
        let pair = native_pty_system().openpty(PtySize::default()).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args([
            "--exact",
            "--nocapture",
            "tui::terminal::tests::a_panic_gives_the_terminal_back_and_is_read_there",
        ]);
        command.env(PANICS, "1");
        // A backtrace would scroll the message away.
        command.env("RUST_BACKTRACE", "0");
        let mut child = pair.slave.spawn_command(command).unwrap();
        // With the child's own hold the last one: the end is the end.
        drop(pair.slave);
        let mut written = Vec::new();
        // A terminal without a program ends in an error on Linux.
        let _ = pair
            .master
            .try_clone_reader()
            .unwrap()
            .read_to_end(&mut written);
        assert!(!child.wait().unwrap().success());
        let mut screen = vt100::Parser::default();
        screen.process(&written);
        let screen = screen.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        let text = screen.contents();
        assert!(text.contains("on purpose"), "{text}");
        assert!(!text.contains("drawn"), "{text}");
        // Cooked: a line feed goes to the line's beginning, so words stay whole.
        let written = String::from_utf8_lossy(&written);
        let after = written.rsplit("\x1b[?1049l").next().unwrap_or_default();
        assert!(
            written.contains("drawn") && after.contains("\r\n"),
            "{after:?}"
        );
        assert!(!after.replace("\r\n", "").contains('\n'), "raw: {after:?}");
    }
}
