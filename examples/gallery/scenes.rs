//! Every screen of the program, each as what leads to it. A new screen belongs
//! here: the gallery shows what stands here, and the tests of the colours look
//! at it.

use std::time::Duration;

use ashiatsu::library::{Entry, Library, Origin};
use ashiatsu::memory::FirstStart;
use ashiatsu::plan::Plan;
use ashiatsu::routine::Ends;
use ashiatsu::routine::read::NoSounds;
use ashiatsu::routine::vocabulary::Side;
use ashiatsu::session::GET_READY;
use ashiatsu::settings::Settings;
use ashiatsu::tui::app::{Before, Hearing};
use ashiatsu::tui::theme::Theme;
use crossterm::event::{Event, KeyCode};

use crate::practice;
use crate::told::{Failure, Told};

/// The routine that is worked.
const ROUTINE: &str = "back-basics";
/// What the session's pictures show, of the left side.
const STROKE: &str = "Gliding compression";
/// How far into it.
const INTO_STROKE: Duration = Duration::from_secs(48);
/// How long each hold is left waiting.
const WAITS: Duration = Duration::from_secs(12);
const SECOND: Duration = Duration::from_secs(1);
/// A notice is gone after it.
const NOTICED: Duration = Duration::from_secs(6);

/// A screen, and how one comes to it.
pub(crate) struct Scene {
    /// The picture's file name.
    pub(crate) name: &'static str,
    /// What is in it, to who can't see it.
    pub(crate) about: &'static str,
    /// What leads there.
    pub(crate) play: fn(&Theme) -> Result<Told, Failure>,
}

macro_rules! scenes {
    ($($name:ident: $about:literal,)*) => {
        /// All of them.
        pub(crate) const ALL: &[Scene] = &[
            $(Scene { name: stringify!($name), about: $about, play: $name },)*
        ];
    };
}

scenes! {
    welcome: "The first start of all",
    home: "The home screen: the list of routines, and the plan of the marked one",
    home_resume: "Home, with an interrupted session on top",
    home_broken: "Home, with a routine that can't run",
    home_find: "Home, a part of a name typed",
    home_help: "The help over the home screen",
    preflight_room: "Before a session: the room",
    preflight_client: "Before a session: the client, with a Yes",
    preflight_step_up: "Before a session: before you step up",
    preflight_today: "What is chosen for this session",
    preflight_in_place: "Before a session: in place",
    get_ready: "The countdown",
    session: "A running session: the stroke, the client's side and the time left in large letters",
    session_bare: "The same, stroke, side and time alone",
    session_plan: "The same as a list of steps",
    session_right: "The other side",
    session_hold: "A hold that waits",
    session_paused: "Paused",
    session_lingering: "A step without an end",
    session_notice: "What a press came to",
    session_silent: "A shift without sound: the border swells",
    session_no_focus: "The window has lost the focus",
    session_one_button: "One button that does it all",
    session_help: "The help over a session",
    session_leave: "The question before leaving",
    aftercare: "The end: the aftercare card, and beside it what was worked, left against right",
    aftercare_save: "The card, about to be saved",
    log: "The practice log",
    log_totals: "What the sessions come to",
    log_note: "A note is written",
    log_delete: "The question before a session is deleted",
    debrief: "A session, step by step",
    sounds: "The sounds, one by one",
    settings: "The settings that one changes often",
    settings_keys: "The page on which a key says what it sends",
    settings_key: "A key was pressed: what it sends, and what it may mean",
}

fn welcome(theme: &Theme) -> Result<Told, Failure> {
    let library = Library::load(None);
    Told::start_as_set(library, theme, Settings::default(), FirstStart::ToCome)
}

fn home(theme: &Theme) -> Result<Told, Failure> {
    let library = Library::load(None);
    let place = library
        .entries()
        .position(|entry| entry.stem == ROUTINE)
        .ok_or("the routine does not ship")?;
    let mut told = Told::start(library, theme)?;
    for _ in 0..place {
        told.wait(SECOND)?;
        told.press(KeyCode::Down)?;
    }
    Ok(told)
}

fn home_resume(theme: &Theme) -> Result<Told, Failure> {
    let mut told = Told::start(Library::load(None), theme)?;
    told.app.offer(vec![practice::interrupted()]);
    Ok(told)
}

fn home_broken(theme: &Theme) -> Result<Told, Failure> {
    let text = "Routine(format: 1, name: \"Broken\", phases: [\n    Phase(name: \"Back\", position: Prone, steps: [\n        Step(stroke: \"Effleurage\", regoin: Back, time: \"2m\"),\n    ]),\n])\n";
    let checked = ashiatsu::check::check(text, &NoSounds);
    let broken = Entry {
        stem: "broken".to_owned(),
        path: "broken.ron".to_owned(),
        origin: Origin::Shipped,
        text: text.to_owned(),
        content: Err(checked.diagnostics),
        unlisted: checked.more,
        warnings: Vec::new(),
    };
    let shipped = Library::load(None);
    let entries = std::iter::once(broken).chain(shipped.entries().cloned());
    let library = Library::of(entries.collect());
    Told::start(library, theme)
}

fn home_find(theme: &Theme) -> Result<Told, Failure> {
    let mut told = home(theme)?;
    told.types("/full")?;
    Ok(told)
}

fn home_help(theme: &Theme) -> Result<Told, Failure> {
    let mut told = home(theme)?;
    told.types("?")?;
    Ok(told)
}

fn preflight(theme: &Theme) -> Result<Told, Failure> {
    Ok(Told::routine(ROUTINE, "", theme, Before::Preflight)?.0)
}

fn preflight_room(theme: &Theme) -> Result<Told, Failure> {
    let mut told = preflight(theme)?;
    told.types(" ")?;
    told.press(KeyCode::Down)?;
    Ok(told)
}

fn preflight_client(theme: &Theme) -> Result<Told, Failure> {
    let mut told = preflight(theme)?;
    told.types("\nnny")?;
    Ok(told)
}

fn preflight_step_up(theme: &Theme) -> Result<Told, Failure> {
    let mut told = preflight(theme)?;
    told.types("\n\n ")?;
    Ok(told)
}

fn preflight_today(theme: &Theme) -> Result<Told, Failure> {
    let mut told = preflight(theme)?;
    told.types("o")?;
    told.press(KeyCode::Down)?;
    Ok(told)
}

fn preflight_in_place(theme: &Theme) -> Result<Told, Failure> {
    let mut told = preflight_client(theme)?;
    told.types("\n\n")?;
    Ok(told)
}

fn get_ready(theme: &Theme) -> Result<Told, Failure> {
    let (mut told, _) = Told::routine(ROUTINE, "", theme, Before::Nothing)?;
    told.wait(SECOND)?;
    Ok(told)
}

/// Works through a session as planned, holds left waiting for a while.
fn work(
    told: &mut Told,
    plan: &Plan,
    mut until: impl FnMut(&mut Told, &ashiatsu::plan::Segment) -> Result<Worked, Failure>,
) -> Result<(), Failure> {
    told.wait(GET_READY)?;
    for segment in &plan.segments {
        if until(told, segment)? == Worked::Enough {
            return Ok(());
        }
        told.wait(segment.time)?;
        if segment.ends == Ends::WhenReady {
            told.wait(WAITS)?;
            told.press(KeyCode::Enter)?;
        }
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worked {
    More,
    Enough,
}

/// In the stroke, on that side.
fn stroke(settings: &str, side: Side, theme: &Theme) -> Result<Told, Failure> {
    let (mut told, plan) = Told::routine(ROUTINE, settings, theme, Before::Nothing)?;
    let mut found = Worked::More;
    work(&mut told, &plan, |told, segment| {
        if segment.name() == STROKE && segment.side == Some(side) {
            told.wait(INTO_STROKE)?;
            found = Worked::Enough;
        }
        Ok(found)
    })?;
    if found == Worked::More {
        return Err("no such stroke".into());
    }
    Ok(told)
}

fn session(theme: &Theme) -> Result<Told, Failure> {
    stroke("", Side::Left, theme)
}

fn session_bare(theme: &Theme) -> Result<Told, Failure> {
    let mut told = session(theme)?;
    told.types("\t")?;
    Ok(told)
}

fn session_plan(theme: &Theme) -> Result<Told, Failure> {
    let mut told = session(theme)?;
    told.types("\t\t")?;
    Ok(told)
}

fn session_right(theme: &Theme) -> Result<Told, Failure> {
    stroke("(head: Down)", Side::Right, theme)
}

fn session_hold(theme: &Theme) -> Result<Told, Failure> {
    let (mut told, plan) = Told::routine(ROUTINE, "", theme, Before::Nothing)?;
    work(&mut told, &plan, |told, segment| {
        if segment.ends != Ends::WhenReady {
            return Ok(Worked::More);
        }
        told.wait(segment.time + WAITS)?;
        Ok(Worked::Enough)
    })?;
    Ok(told)
}

fn session_paused(theme: &Theme) -> Result<Told, Failure> {
    let mut told = session(theme)?;
    told.types(" ")?;
    told.wait(Duration::from_secs(75))?;
    Ok(told)
}

fn session_lingering(theme: &Theme) -> Result<Told, Failure> {
    let mut told = session(theme)?;
    told.types("l")?;
    told.wait(NOTICED)?;
    Ok(told)
}

fn session_notice(theme: &Theme) -> Result<Told, Failure> {
    let mut told = session(theme)?;
    told.types("+")?;
    told.wait(SECOND)?;
    Ok(told)
}

fn session_silent(theme: &Theme) -> Result<Told, Failure> {
    let mut told = session(theme)?;
    let now = told.now()?;
    let why = "no output device was found".to_owned();
    told.app.hear(Hearing::Silent(why), &now);
    told.types("n")?;
    told.wait(SECOND)?;
    Ok(told)
}

fn session_no_focus(theme: &Theme) -> Result<Told, Failure> {
    let mut told = session(theme)?;
    told.send(&Event::FocusLost)?;
    Ok(told)
}

fn session_one_button(theme: &Theme) -> Result<Told, Failure> {
    let (mut told, _) = Told::routine(ROUTINE, "(one_button: On)", theme, Before::Nothing)?;
    told.wait(GET_READY + NOTICED)?;
    Ok(told)
}

fn session_help(theme: &Theme) -> Result<Told, Failure> {
    let mut told = session(theme)?;
    told.types("?")?;
    Ok(told)
}

fn session_leave(theme: &Theme) -> Result<Told, Failure> {
    let mut told = session(theme)?;
    told.types("q")?;
    Ok(told)
}

fn aftercare(theme: &Theme) -> Result<Told, Failure> {
    let (mut told, plan) = Told::routine(ROUTINE, "", theme, Before::Nothing)?;
    work(&mut told, &plan, |_, _| Ok(Worked::More))?;
    // What was said of the last press goes by.
    told.wait(NOTICED)?;
    Ok(told)
}

fn aftercare_save(theme: &Theme) -> Result<Told, Failure> {
    let mut told = session(theme)?;
    told.types("qqw")?;
    Ok(told)
}

fn log(theme: &Theme) -> Result<Told, Failure> {
    let mut told = Told::start(Library::load(None), theme)?;
    told.types("l")?;
    told.app.set_log(Ok(practice::log()));
    Ok(told)
}

fn log_totals(theme: &Theme) -> Result<Told, Failure> {
    let mut told = log(theme)?;
    told.types("\t")?;
    Ok(told)
}

fn log_note(theme: &Theme) -> Result<Told, Failure> {
    let mut told = log(theme)?;
    told.types("n")?;
    Ok(told)
}

fn log_delete(theme: &Theme) -> Result<Told, Failure> {
    let mut told = log(theme)?;
    told.types("x")?;
    Ok(told)
}

fn debrief(theme: &Theme) -> Result<Told, Failure> {
    let mut told = log(theme)?;
    told.types("\n")?;
    told.app.set_review(Ok(practice::review()));
    Ok(told)
}

fn settings(theme: &Theme) -> Result<Told, Failure> {
    let mut told = Told::start(Library::load(None), theme)?;
    told.types(",")?;
    for _ in 0..6 {
        told.wait(SECOND)?;
        told.press(KeyCode::Down)?;
    }
    Ok(told)
}

fn sounds(theme: &Theme) -> Result<Told, Failure> {
    let mut told = Told::start(Library::load(None), theme)?;
    told.types("s")?;
    Ok(told)
}

fn settings_keys(theme: &Theme) -> Result<Told, Failure> {
    let mut told = settings(theme)?;
    told.wait(SECOND)?;
    told.press(KeyCode::End)?;
    told.types("\n")?;
    Ok(told)
}

fn settings_key(theme: &Theme) -> Result<Told, Failure> {
    let mut told = settings_keys(theme)?;
    told.wait(SECOND)?;
    told.press(KeyCode::PageDown)?;
    for _ in 0..3 {
        told.wait(SECOND)?;
        told.press(KeyCode::Down)?;
    }
    Ok(told)
}
