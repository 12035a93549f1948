//! A panic that is expected and caught: of a decoder that asserts what a broken
//! file need not keep. Nobody is to hear of it, neither who reads what the program
//! prints nor who gives the terminal back. It knows no sound and no screen.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static EXPECTED: Cell<Expected> = const { Cell::new(Expected::No) };
}

/// Whether a panic of this thread is caught and answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// It is: a hook does nothing.
    Yes,
    /// It is the program's own mistake.
    No,
}

/// Whether a panic of this thread is, now.
#[must_use]
pub fn expected() -> Expected {
    EXPECTED.get()
}

/// Does that; none where it panicked, of which nothing is printed.
pub(super) fn catch<T>(may_panic: impl FnOnce() -> T) -> Option<T> {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if expected() == Expected::No {
                before(panic);
            }
        }));
    });
    let before = EXPECTED.replace(Expected::Yes);
    let caught = catch_unwind(AssertUnwindSafe(may_panic));
    EXPECTED.set(before);
    caught.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_expected_only_while_it_is_caught() {
        assert_eq!(catch(expected), Some(Expected::Yes));
        assert_eq!(catch(|| -> u8 { panic!("on purpose") }), None);
        assert_eq!(expected(), Expected::No);
    }

    #[test]
    fn a_panic_of_another_thread_is_not_expected_meanwhile() {
        let other = || std::thread::spawn(expected).join().unwrap();
        assert_eq!(catch(other), Some(Expected::No));
    }
}
