//! The file that stands beside the one that is written until it is whole, and what is left of those whose process has ended.
//!
//! A temporary file is locked from its first byte until it has its name. A lock ends with its process, however that ends:
//! where the lock of such a file can be had, nobody will finish it, and it is cleared away.

// Here is where files are written.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::NamedTempFile;

const PREFIX: &str = ".benefit-map-";
const SUFFIX: &str = ".tmp";

/// How often another file is made where somebody cleared the one before away.
const TRIES: usize = 8;

/// A temporary file in the folder of `path`, so that renaming never crosses file systems; it removes itself.
///
/// Where there is a file already, nobody may read the temporary one who may not read that; it gets the permissions of the other
/// with [`take_permissions`]. A new file has from the beginning those that the user's mask allows.
pub(super) fn beside(path: &Path, there: Option<&Metadata>) -> io::Result<NamedTempFile> {
    let folder = folder_of(path);
    let mut tries = 0;
    loop {
        let file = make(folder, there)?;
        tries += 1;
        // Another process may take a file that is not locked yet for one that was left behind.
        if is_held(&file) || tries == TRIES {
            clear(folder, &file);
            return Ok(file);
        }
    }
}

/// Gives the temporary file the permissions of the one that it will replace.
pub(super) fn take_permissions(file: &NamedTempFile, there: &Metadata) -> io::Result<()> {
    file.as_file().set_permissions(there.permissions())
}

/// The folder that a file stands in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn make(folder: &Path, there: Option<&Metadata>) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = there.map_or(0o666, |about| about.permissions().mode() & 0o600);
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = there;
    builder.tempfile_in(folder)
}

/// Whether the file is locked by us and still has its name.
fn is_held(file: &NamedTempFile) -> bool {
    match file.as_file().try_lock() {
        // A file system without locks: nothing can be cleared away there either.
        Ok(()) | Err(TryLockError::Error(_)) => fs::symlink_metadata(file.path()).is_ok(),
        Err(TryLockError::WouldBlock) => false,
    }
}

/// Clears away what ended processes of this user left in the folder; once in each folder, as a workshop writes often.
fn clear(folder: &Path, ours: &NamedTempFile) {
    static CLEARED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let Ok(whole) = fs::canonicalize(folder) else { return };
    let is_first = CLEARED.lock().is_ok_and(|mut cleared| cleared.insert(whole));
    if is_first && let Ok(about) = ours.as_file().metadata() {
        clear_left_over(folder, &about);
    }
}

fn clear_left_over(folder: &Path, ours: &Metadata) {
    let Ok(listed) = fs::read_dir(folder) else { return };
    for entry in listed.flatten() {
        let name = entry.file_name();
        let is_temporary = name
            .to_str()
            .is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX));
        if is_temporary
            && fs::symlink_metadata(entry.path()).is_ok_and(|about| about.is_file() && same_user(&about, ours))
        {
            // What cannot be cleared away does no harm.
            let _ = clear_one(&entry.path());
        }
    }
}

/// Removes the file where nobody holds its lock, and holds it while it does.
fn clear_one(path: &Path) -> io::Result<()> {
    let file = File::open(path)?;
    match file.try_lock() {
        Ok(()) => fs::remove_file(path),
        Err(_) => Ok(()),
    }
}

#[cfg(unix)]
fn same_user(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.uid() == other.uid()
}

#[cfg(not(unix))]
fn same_user(_: &Metadata, _: &Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_holds_is_cleared_away_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        for name in [".benefit-map-dead.tmp", "notes.tmp", ".benefit-map-notes", "map.json"] {
            fs::write(at(name), "left").unwrap();
        }
        fs::create_dir(at(".benefit-map-folder.tmp")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(at("map.json"), at(".benefit-map-link.tmp")).unwrap();
        let held = File::create(at(".benefit-map-held.tmp")).unwrap();
        held.lock().unwrap();

        let ours = beside(&at("new.json"), None).unwrap();
        assert!(ours.path().exists());
        assert!(!at(".benefit-map-dead.tmp").exists());
        for name in [
            "notes.tmp",
            ".benefit-map-notes",
            "map.json",
            ".benefit-map-held.tmp",
            ".benefit-map-folder.tmp",
        ] {
            assert!(at(name).exists(), "{name}");
        }
        #[cfg(unix)]
        assert!(fs::symlink_metadata(at(".benefit-map-link.tmp")).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_may_read_it_who_may_not_read_what_it_replaces() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let map = dir.path().join("map.json");
        fs::write(&map, "private").unwrap();
        fs::set_permissions(&map, fs::Permissions::from_mode(0o640)).unwrap();
        let there = fs::metadata(&map).unwrap();
        let file = beside(&map, Some(&there)).unwrap();
        let mode = || file.as_file().metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode() & 0o077, 0, "from its first byte");
        take_permissions(&file, &there).unwrap();
        assert_eq!(mode(), 0o640);
    }
}
