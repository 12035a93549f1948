//! A small file system of its own, to be filled or closed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// It is there while this lives.
pub(crate) struct Mounted(PathBuf);

impl Mounted {
    /// On an empty folder; none where that is not allowed.
    pub(crate) fn on(folder: &Path, options: &str) -> Option<Self> {
        let mount = ["-t", "tmpfs", "-o", options, "tmpfs"];
        run("mount", &mount, folder).then(|| Self(folder.to_owned()))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        run("umount", &["-l"], &self.0);
    }
}

/// Whether the program did that with the path.
pub(crate) fn run(program: &str, arguments: &[&str], path: &Path) -> bool {
    Command::new(program)
        .args(arguments)
        .arg(path)
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
