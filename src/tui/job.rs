//! The program as a job of a shell: whether there is one to go back to, and
//! stopping until that continues it. It knows no screen.

#[cfg(unix)]
use std::{
    io,
    process::{Command, Stdio},
    thread,
};

/// Who would continue the program once it stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shell {
    /// One of which it is a job.
    Above,
    /// Nobody: the window, a launcher or a script started it.
    None,
}

/// Whether there is a shell to go back to. There is none where the program's
/// process group is orphaned (POSIX.1-2017, 3.264), whose members the system
/// itself does not let Ctrl-Z stop: nobody would ever continue them. That is so
/// for the group of the session's leader, and where the parent is gone or in
/// another session.
#[cfg(unix)]
pub(super) fn shell() -> Shell {
    // Of nix: rustix takes the 0 that stands for a session outside of the
    // program's container for impossible, and panics.
    use nix::unistd::{Pid, getpgrp, getppid, getsid};
    let session = |of: Option<Pid>| getsid(of).ok().map(Pid::as_raw);
    // Asked of process 0 the system tells our own session.
    let parent = Some(getppid()).filter(|parent| parent.as_raw() > 0);
    above(
        session(None),
        getpgrp().as_raw(),
        parent.and_then(|parent| session(Some(parent))),
    )
}

/// Who is above a process of this session and this group, whose parent is in that
/// session; 0 is one of another PID namespace (`pid_namespaces(7)`), where nobody
/// can be asked.
#[cfg(unix)]
fn above(session: Option<i32>, group: i32, parents: Option<i32>) -> Shell {
    match (session, parents) {
        (Some(ours), Some(theirs)) if ours > 0 && ours == theirs && group != ours => Shell::Above,
        _ => Shell::None,
    }
}

/// There is nothing to come back from.
#[cfg(not(unix))]
pub(super) fn shell() -> Shell {
    Shell::None
}

/// Stops the whole job, as Ctrl-Z does, until it is continued: what lies between
/// the program and the shell too, or the shell would go on waiting for that.
#[cfg(unix)]
pub(super) fn stop_here() {
    // Where it can't be stopped it simply goes on.
    let _ = rustix::process::kill_current_process_group(rustix::process::Signal::STOP);
}

/// Stops this program alone for a second, after which a child continues it: the
/// window is seen as it was, and nobody has to know how to go on.
///
/// # Errors
///
/// There is no child; then it is not stopped.
#[cfg(unix)]
pub(super) fn stop_for_a_second() -> io::Result<()> {
    let program = rustix::process::getpid().as_raw_nonzero().to_string();
    let mut child = Command::new("sh")
        // Keys that are signals again meanwhile must not end it before.
        .args([
            "-c",
            "trap '' INT QUIT TSTP; sleep 1; kill -CONT \"$0\"",
            &program,
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    signal_hook::low_level::raise(signal_hook::consts::SIGSTOP)?;
    // It ends by itself; only its number is to be given back.
    thread::spawn(move || child.wait());
    Ok(())
}

/// It is never asked for there.
#[cfg(not(unix))]
pub(super) fn stop_here() {}

/// Nor that.
#[cfg(not(unix))]
pub(super) fn stop_for_a_second() -> std::io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_shell_is_above_where_it_leads_the_session_and_another_group() {
        assert_eq!(above(Some(7), 9, Some(7)), Shell::Above);
        for (what, session, group, parents) in [
            ("the session's leader", Some(7), 7, Some(5)),
            ("in the leader's group", Some(7), 7, Some(7)),
            ("below another session", Some(7), 9, Some(5)),
            ("whose parent is gone", Some(7), 9, None),
            ("the first in a container", Some(7), 7, Some(0)),
            ("in a session from outside a container", Some(0), 0, Some(0)),
            ("in that, in a group of its own", Some(0), 9, Some(0)),
        ] {
            assert_eq!(above(session, group, parents), Shell::None, "{what}");
        }
    }
}
