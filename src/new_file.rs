//! A file that was not there before: whole on the disk, or not there at all. It must not know what is in
//! it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes it down to the disk, never over another. A link that leads nowhere is another too.
///
/// # Errors
///
/// [`AlreadyExists`](io::ErrorKind::AlreadyExists) where there is one, else what the disk says; then
/// nothing is left behind, for half a routine would stand in the way of a whole one.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    if written.is_err() {
        // Why it can't be written is what is worth saying.
        let _ = fs::remove_file(path);
    }
    written
}
