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
    Binding {
        keys: &[Key::Char(' '), Key::Char('.'), Key::Char('b')],
        action: InSession::PauseOrResume,
        does: "pause, go on",
        hint: Some("pause"),
    },
    Binding {
        keys: &[
            Key::Code(KeyCode::Right),
            Key::Char('n'),
            Key::Code(KeyCode::PageDown),
        ],
        action: InSession::Next,
        does: "next step; on a hold, ready",
        hint: Some("next"),
    },
    Binding {
        keys: &[
            Key::Code(KeyCode::Left),
            Key::Char('p'),
            Key::Code(KeyCode::PageUp),
        ],
        action: InSession::Back,
        does: "back to this step's start, or to the step before",
        hint: Some("back"),
    },
    Binding {
        keys: &[Key::Code(KeyCode::Enter), Key::Code(KeyCode::F(5))],
        action: InSession::Ready,
        does: "ready: ends a hold; goes on when paused; else plays the cue again",
        hint: Some("ready"),
    },
    Binding {
        keys: &[Key::Char('+'), Key::Char('=')],
        action: InSession::More,
        does: "30 s more for this step",
        hint: Some("30 s more"),
    },
    Binding {
        keys: &[Key::Char('-'), Key::Char('_')],
        action: InSession::Less,
        does: "30 s less for this step",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('l')],
        action: InSession::Linger,
        does: "linger: this step has no end until next",
        hint: Some("linger"),
    },
    Binding {
        keys: &[Key::Char('e')],
        action: InSession::Even,
        does: "the same added time for the other side",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('f')],
        action: InSession::Fit,
        does: "fit what is left to the planned end",
        hint: Some("fit"),
    },
    Binding {
        keys: &[Key::Char('u')],
        action: InSession::Undo,
        does: "undo",
        hint: Some("undo"),
    },
    Binding {
        keys: &[Key::Char('r')],
        action: InSession::Repeat,
        does: "play the cue again",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('m')],
        action: InSession::Mute,
        does: "mute, sound",
        hint: None,
    },
    Binding {
        keys: &[Key::Code(KeyCode::Up)],
        action: InSession::Louder,
        does: "louder",
        hint: None,
    },
    Binding {
        keys: &[Key::Code(KeyCode::Down)],
        action: InSession::Softer,
        does: "softer",
        hint: None,
    },
    Binding {
        keys: &[Key::Code(KeyCode::Tab)],
        action: InSession::View,
        does: "another view: full, bare, plan",
        hint: None,
    },
    Binding {
        keys: &[Key::Char('k')],
        action: InSession::Lock,
        does: "lock the keys: all but Space, Enter, the clicker's, k and Ctrl-C",
        hint: Some("lock"),
    },
    Binding {
        keys: &[Key::Char('?')],
        action: InSession::Help,
        does: "help",
        hint: Some("help"),
    },
    Binding {
        keys: &[Key::Char('q'), Key::Ctrl('c')],
        action: InSession::Leave,
        does: "leave: asks first; pressed twice, ends here",
        hint: Some("leave"),
    },
    Binding {
        keys: &[Key::Code(KeyCode::Esc)],
        action: InSession::Close,
        does: "close what is open",
        hint: None,
    },
    Binding {
        keys: &[Key::Ctrl('z')],
        action: InSession::Suspend,
        does: "pause, and to the shell; fg comes back",
        hint: None,
    },
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
