//! The database file: where it is, who may read it, its version, and what
//! happens to one that can't be used. It knows nothing of what is in it.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::trouble::Trouble;
use crate::clock;

/// The file's name in the program's data folder.
pub const FILE: &str = "sessions.db";
/// "Ashi" in ASCII: tells the file from other programs' databases.
const APPLICATION: i32 = 0x4173_6869;
/// Each brings the file from the version before to its own, from 1.
const MIGRATIONS: &[&str] = &[include_str!("schema.sql"), include_str!("fate_timing.sql")];
/// From this version on the file has when each sound was taken.
pub(super) const WITH_TIMING: i32 = 2;
/// How long a lock of another program is waited for.
const PATIENCE: Duration = Duration::from_secs(2);
/// Names tried for a file that is set aside.
const NAMES: u32 = 1000;

/// Opens the file in `folder`, makes both where they are missing, and brings
/// the file to this program's version.
pub(super) fn open(folder: &Path) -> Result<Connection, Trouble> {
    make_folder(folder)?;
    let path = folder.join(FILE);
    make_private(&path)?;
    let connection = match open_file(&path) {
        // It is there: only its companions can't be made.
        Err(Trouble::Closed) => Err(Trouble::ReadOnly),
        other => other,
    }?;
    // Only now it is known to be this program's.
    for ending in ["", "-wal", "-shm"] {
        close_to_others(&beside(&path, ending), 0o600)?;
    }
    Ok(connection)
}

/// What opening would wait for without end, or read without end, is no file
/// to be opened.
fn plain(path: &Path) -> Result<(), Trouble> {
    if fs::metadata(path)?.is_file() {
        Ok(())
    } else {
        Err(Trouble::NoFile)
    }
}

fn open_file(path: &Path) -> Result<Connection, Trouble> {
    let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.set_prepared_statement_cache_capacity(64);
    prepare(&mut connection)?;
    whole(&connection, path)?;
    Ok(connection)
}

/// Opens the file for reading, where it can't be written; none if there is
/// none.
pub(super) fn open_to_read(folder: &Path) -> Result<Option<Connection>, Trouble> {
    let path = folder.join(FILE);
    if !path.try_exists()? {
        return Ok(None);
    }
    plain(&path)?;
    let connection = connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let connection = match version(&connection) {
        Ok(_) => connection,
        // Beside a read-only file no shared memory can be made; nobody else
        // can write then either.
        Err(Trouble::Closed | Trouble::ReadOnly) => {
            let address = format!("file:{}?immutable=1", escaped(&path));
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(address, flags)?
        }
        Err(trouble) => return Err(trouble),
    };
    match version(&connection)? {
        0 => Ok(None),
        known if usize::try_from(known).is_ok_and(|known| known <= MIGRATIONS.len()) => {
            whole(&connection, &path)?;
            Ok(Some(connection))
        }
        _ => Err(Trouble::Newer),
    }
}

/// A path as part of an address; only what would end it is escaped.
fn escaped(path: &Path) -> String {
    path.to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23")
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, Trouble> {
    // Each connection stays on the thread that opened it.
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

fn make_folder(folder: &Path) -> Result<(), Trouble> {
    if folder.is_dir() {
        return close_to_others(folder, 0o700);
    }
    if let Some(above) = folder.parent() {
        fs::create_dir_all(above)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        // Another copy was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        other => Ok(other?),
    }
}

/// Makes the file with the right mode before `SQLite` does: its other files
/// take their mode from it.
fn make_private(path: &Path) -> Result<(), Trouble> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => plain(path),
        other => Ok(other.map(drop)?),
    }
}

/// Takes from others what they may read; leaves what has the mode or is not
/// there, and what a link leads to: somebody chose that and who may read it.
#[cfg(unix)]
fn close_to_others(path: &Path, mode: u32) -> Result<(), Trouble> {
    use std::os::unix::fs::PermissionsExt;
    let Ok(found) = fs::symlink_metadata(path) else {
        return Ok(());
    };
    let own = found.is_file() || found.is_dir();
    if own && found.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn close_to_others(_: &Path, _: u32) -> Result<(), Trouble> {
    Ok(())
}

/// Which version's file it is.
pub(super) fn version(connection: &Connection) -> Result<i32, Trouble> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

fn prepare(connection: &mut Connection) -> Result<(), Trouble> {
    let known = i32::try_from(MIGRATIONS.len()).unwrap_or(i32::MAX);
    let found = version(connection)?;
    if found > known {
        return Err(Trouble::Newer);
    }
    if found == 0 {
        // Both only take effect in a file that is still empty.
        connection.pragma_update(None, "page_size", 512)?;
    }
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is deleted is gone.
    connection.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
    connection.pragma_update(None, "cache_size", -4096)?;
    if found == known {
        return Ok(());
    }
    let change = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)?;
    // Another copy may have been quicker.
    let found = version(&change)?;
    if found == 0 {
        let foreign: i64 =
            change.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if foreign > 0 {
            return Err(Trouble::Damaged);
        }
        change.pragma_update(None, "application_id", APPLICATION)?;
    }
    for migration in MIGRATIONS
        .iter()
        .skip(usize::try_from(found).unwrap_or_default())
    {
        change.execute_batch(migration)?;
    }
    change.pragma_update(None, "user_version", known)?;
    Ok(change.commit()?)
}

/// Finds a file that was cut off, as far as that can be seen without reading
/// all of it. What lies deeper shows when it is read.
fn whole(connection: &Connection, path: &Path) -> Result<(), Trouble> {
    let tables: i64 = connection.query_row(
        "SELECT count(*) FROM sqlite_schema WHERE name IN \
         ('plan', 'session', 'input', 'beat', 'progress', 'anchor', 'fate', 'detail', 'worked')",
        [],
        |row| row.get(0),
    )?;
    let application: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if tables < 9 || application != APPLICATION {
        return Err(Trouble::Damaged);
    }
    if fs::metadata(beside(path, "-wal")).is_ok_and(|wal| wal.len() > 0) {
        // Pages that the file lacks may be in the other one.
        return Ok(());
    }
    let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
    let size: i64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0))?;
    let length = i64::try_from(fs::metadata(path)?.len()).unwrap_or(i64::MAX);
    if length < pages.saturating_mul(size) {
        return Err(Trouble::Damaged);
    }
    Ok(())
}

/// Which file stands under the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity(u64, u64);

/// Which file stands under the name in `folder` now; none if none is seen.
#[cfg(unix)]
pub(super) fn identity(folder: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let seen = fs::metadata(folder.join(FILE)).ok()?;
    Some(Identity(seen.dev(), seen.ino()))
}

/// A file that is open can be neither removed nor replaced there.
#[cfg(not(unix))]
pub(super) fn identity(_: &Path) -> Option<Identity> {
    Some(Identity(0, 0))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Moves a damaged file out of the way, under a name with the day in it, never
/// over another; none if another copy of the program has done so already.
pub(super) fn set_aside(folder: &Path) -> Result<Option<PathBuf>, Trouble> {
    let guard = File::create(folder.join("sessions.lock"))?;
    // Where files can't be locked there is hardly a second copy.
    let _ = guard.lock();
    if !matches!(verify(folder), Err(Trouble::Damaged)) {
        return Ok(None);
    }
    let path = folder.join(FILE);
    let day = clock::wall().strftime("%Y-%m-%d").to_string();
    for n in 1..=NAMES {
        let nth = if n == 1 {
            String::new()
        } else {
            format!("-{n}")
        };
        let aside = folder.join(format!("sessions-damaged-{day}{nth}.db"));
        if aside.try_exists()? {
            continue;
        }
        fs::rename(&path, &aside)?;
        // What belongs to it goes along; it may hold what can still be read.
        for ending in ["-wal", "-shm"] {
            let from = beside(&path, ending);
            if from.try_exists()? {
                fs::rename(from, beside(&aside, ending))?;
            }
        }
        return Ok(Some(aside));
    }
    Err(Trouble::Other(
        "too many damaged files are in the folder".to_owned(),
    ))
}

/// Reads all of the file.
fn verify(folder: &Path) -> Result<(), Trouble> {
    let connection = open(folder)?;
    let answer: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if answer == "ok" {
        Ok(())
    } else {
        Err(Trouble::Damaged)
    }
}
