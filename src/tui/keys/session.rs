//! The keys in a session.

use crossterm::event::KeyCode;

use super::{Binding, Key};

/// What a key can mean in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InSession {
    /// Pause or go on.
    PauseOrResume,
    /// The next step.
    Next,
    /// Back.
    Back,
    /// Ready; resumes; else repeats the cue.
    Ready,
    /// 30 s more.
    More,
    /// 30 s less.
    Less,
    /// No end until next.
    Linger,
    /// The same for the other side.
    Even,
    /// Fit what is left to the planned end.
    Fit,
    /// Take back.
    Undo,
    /// The cue once more.
    Repeat,
    /// Mute or sound.
    Mute,
    /// Louder.
    Louder,
    /// Softer.
    Softer,
    /// Another view.
    View,
    /// Lock or unlock the keys.
    Lock,
    /// Help.
    Help,
    /// Leave: asks.
    Leave,
    /// Close what is open.
    Close,
    /// To the shell, and back by `fg`.
    Suspend,
}

/// The keys in a session. What a presenter clicker sends is among them.
pub const SESSION: &[Binding<InSession>] = &[
    Binding::new(
        &[Key::Char(' '), Key::Char('.'), Key::Char('b')],
        InSession::PauseOrResume,
        "pause, go on",
    )
    .hinted("pause"),
    Binding::new(
        &[
            Key::Code(KeyCode::Right),
            Key::Char('n'),
            Key::Code(KeyCode::PageDown),
        ],
        InSession::Next,
        "next step; on a hold, ready",
    )
    .hinted("next"),
    Binding::new(
        &[
            Key::Code(KeyCode::Left),
            Key::Char('p'),
            Key::Code(KeyCode::PageUp),
        ],
        InSession::Back,
        "back to this step's start, or to the step before",
    )
    .hinted("back"),
    Binding::new(
        &[Key::Code(KeyCode::Enter), Key::Code(KeyCode::F(5))],
        InSession::Ready,
        "ready: ends a hold; goes on when paused; else plays the cue again",
    )
    .hinted("ready"),
    Binding::new(
        &[Key::Char('+'), Key::Char('=')],
        InSession::More,
        "30 s more for this step",
    )
    .hinted("30 s more"),
    Binding::new(
        &[Key::Char('-'), Key::Char('_')],
        InSession::Less,
        "30 s less for this step",
    ),
    Binding::new(
        &[Key::Char('l')],
        InSession::Linger,
        "linger: this step has no end until next",
    )
    .hinted("linger"),
    Binding::new(
        &[Key::Char('e')],
        InSession::Even,
        "the same added time for the other side",
    ),
    Binding::new(
        &[Key::Char('f')],
        InSession::Fit,
        "fit what is left to the planned end",
    )
    .hinted("fit"),
    Binding::new(&[Key::Char('u')], InSession::Undo, "undo").hinted("undo"),
    Binding::new(&[Key::Char('r')], InSession::Repeat, "play the cue again"),
    Binding::new(&[Key::Char('m')], InSession::Mute, "mute, sound"),
    Binding::new(&[Key::Code(KeyCode::Up)], InSession::Louder, "louder"),
    Binding::new(&[Key::Code(KeyCode::Down)], InSession::Softer, "softer"),
    Binding::new(
        &[Key::Code(KeyCode::Tab)],
        InSession::View,
        "another view: full, bare, plan",
    ),
    Binding::new(
        &[Key::Char('k')],
        InSession::Lock,
        "lock the keys: all but Space, Enter, the clicker's, k and Ctrl-C",
    )
    .hinted("lock"),
    Binding::new(&[Key::Char('?')], InSession::Help, "help").hinted("help"),
    Binding::new(
        &[Key::Char('q'), Key::Ctrl('c')],
        InSession::Leave,
        "leave: asks first; pressed twice, ends here",
    )
    .hinted("leave"),
    Binding::new(
        &[Key::Code(KeyCode::Esc)],
        InSession::Close,
        "close what is open",
    ),
    Binding::new(
        &[Key::Ctrl('z')],
        InSession::Suspend,
        "pause, and to the shell; fg comes back",
    ),
];

/// The keys that act although the keys are locked.
#[must_use]
pub fn acts_when_locked(key: Key) -> bool {
    matches!(
        key,
        Key::Char(' ' | '.' | 'b' | 'k')
            | Key::Code(
                KeyCode::Enter | KeyCode::F(5) | KeyCode::PageDown | KeyCode::PageUp | KeyCode::Esc
            )
            | Key::Ctrl('c' | 'z')
    )
}
