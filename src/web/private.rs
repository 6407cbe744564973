//! Files that are opened without waiting and without following anybody elsewhere, and that are no more open to others than the map.

// Here the workshop opens the files that it was given.
#![allow(clippy::disallowed_methods)]

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest map that a workshop is held on, in bytes of its file.
pub(super) const LARGEST: u64 = 64 << 20;

/// Opening does not wait for another end, as that of a pipe does: a file may become one between looking and opening.
#[cfg(any(target_os = "linux", target_os = "android"))]
const AT_ONCE: i32 = 0o4000;
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
const AT_ONCE: i32 = 0x0004;

/// What stands where a file should.
fn what_it_is(about: &Metadata) -> Option<&'static str> {
    if about.is_file() {
        return None;
    }
    Some(match about {
        about if about.is_dir() => "it is a folder",
        about if about.is_symlink() => "it is a symbolic link",
        _ => "it is a pipe, a device or a socket",
    })
}

fn no_file(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, format!("{what}, not a file"))
}

/// The bytes of a map's file, read without waiting for anybody.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    whole(open_at_once(path, OpenOptions::new().read(true))?)
}

fn whole(file: File) -> io::Result<Vec<u8>> {
    let too_large = || {
        let why = format!(
            "it is longer than {} MiB, the largest that a workshop can open",
            LARGEST >> 20
        );
        io::Error::new(io::ErrorKind::FileTooLarge, why)
    };
    if file.metadata()?.len() > LARGEST {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > LARGEST {
        true => Err(too_large()),
        false => Ok(bytes),
    }
}

/// Whether a file is where its name says: neither it nor a folder on the way to it is a symbolic link.
///
/// # Errors
/// Where there is nothing of that name.
pub(super) fn is_in_place(path: &Path) -> io::Result<bool> {
    fs::canonicalize(path).map(|there| there == path)
}

/// The bytes of a file that is where its name says, so that nothing elsewhere is read by way of it.
pub(super) fn read_in_place(path: &Path) -> io::Result<Vec<u8>> {
    let elsewhere = || io::Error::new(io::ErrorKind::InvalidInput, "it is reached by a symbolic link");
    if !is_in_place(path)? {
        return Err(elsewhere());
    }
    let file = open_at_once(path, OpenOptions::new().read(true))?;
    // Something else may have come into its place meanwhile.
    if !is_in_place(path)? || !is_same(&fs::symlink_metadata(path)?, &file.metadata()?) {
        return Err(elsewhere());
    }
    whole(file)
}

/// Refuses what stands there where it is no file: writing to a pipe waits for whoever reads it.
pub(super) fn refuse_what_is_no_file(path: &Path) -> io::Result<()> {
    match fs::metadata(path).ok().as_ref().and_then(what_it_is) {
        Some(what) => Err(no_file(what)),
        None => Ok(()),
    }
}

/// Opens what is a file, and refuses what is anything else.
fn open_at_once(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    // Even opening a device may do something, so it is looked at first.
    if let Some(what) = what_it_is(&fs::metadata(path)?) {
        return Err(no_file(what));
    }
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, AT_ONCE);
    let file = options.open(path)?;
    match what_it_is(&file.metadata()?) {
        Some(what) => Err(no_file(what)),
        None => Ok(file),
    }
}

/// Opens a file of our own to be read and added to, and makes it where it is missing, so that from its first byte nobody may read it but
/// its owner. Refuses a symbolic link, which somebody else could have laid there.
pub(super) fn open_own(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true);
    for _ in 0..8 {
        match fs::symlink_metadata(path) {
            Ok(about) => {
                if let Some(what) = what_it_is(&about) {
                    return Err(no_file(what));
                }
                let file = open_at_once(path, &mut options.clone())?;
                if is_same(&about, &file.metadata()?) {
                    return Ok(file);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => match make_own(path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => return made,
            },
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("somebody else changes it all the time"))
}

/// Makes a file of our own, which is not there yet.
pub(super) fn make_own(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Lets nobody read or write the file who may not do so with the map; whether that took a right from somebody.
#[cfg(unix)]
pub(super) fn as_private_as(file: &File, map: &Path) -> io::Result<Narrowed> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let (map, own) = (fs::metadata(map)?, file.metadata()?);
    let mut wanted = map.mode() & 0o666 | 0o600;
    if map.gid() != own.gid() {
        // Another group would be let in.
        wanted &= 0o606;
    }
    let now = own.mode() & 0o777;
    if now == wanted {
        return Ok(Narrowed::No);
    }
    file.set_permissions(fs::Permissions::from_mode(wanted))?;
    Ok(if now & !wanted == 0 {
        Narrowed::No
    } else {
        Narrowed::Yes
    })
}

/// Elsewhere the folder's own rights count.
#[cfg(not(unix))]
pub(super) fn as_private_as(_: &File, _: &Path) -> io::Result<Narrowed> {
    Ok(Narrowed::No)
}

/// Whether somebody could read a file before who no longer can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Narrowed {
    Yes,
    No,
}

/// Whether two looks saw one and the same file, where the system can tell.
#[cfg(unix)]
pub(super) fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
pub(super) fn is_same(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// The map's path without symbolic links, so that everything beside it is named after the one true name of it.
pub(super) fn true_path(path: &Path) -> io::Result<PathBuf> {
    if fs::symlink_metadata(path).is_ok() {
        // A link that leads nowhere is refused here.
        return fs::canonicalize(path);
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let name = path.file_name().ok_or_else(|| no_file("it is a folder"))?;
    Ok(fs::canonicalize(folder)?.join(name))
}

/// Whether there is a file of that name.
pub(super) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether a file may not be written to.
pub(super) fn is_read_only(path: &Path) -> bool {
    matches!(crate::file::writable(path), Err(crate::file::Error::ReadOnly { .. }))
}

/// The map's file held against other workshops, by whatever name they come to it. Each saving makes a new file, which is held anew.
///
/// Only where a lock does not keep others from reading.
#[derive(Debug, Default)]
pub(super) struct Held(Option<File>);

/// Another workshop holds it.
#[derive(Debug)]
pub(super) struct Taken;

/// A folder held against other workshops on it, as long as it is kept.
#[derive(Debug)]
pub(super) struct HeldFolder(#[allow(dead_code)] File);

impl HeldFolder {
    /// Holds a folder; `None` where the system has no locks for folders.
    #[cfg(unix)]
    pub fn new(path: &Path) -> Result<Option<Self>, Taken> {
        let Ok(folder) = File::open(path) else { return Ok(None) };
        match folder.try_lock() {
            Ok(()) => Ok(Some(Self(folder))),
            Err(TryLockError::WouldBlock) => Err(Taken),
            Err(TryLockError::Error(_)) => Ok(None),
        }
    }

    #[cfg(not(unix))]
    pub fn new(_: &Path) -> Result<Option<Self>, Taken> {
        Ok(None)
    }
}

impl Held {
    /// Holds the file at that path instead of what was held before.
    #[cfg(unix)]
    pub fn hold(&mut self, path: &Path) -> Result<(), Taken> {
        let Ok(file) = open_at_once(path, OpenOptions::new().read(true)) else {
            return Ok(());
        };
        let is_held = |held: &File| {
            let both = held.metadata().ok().zip(file.metadata().ok());
            both.is_some_and(|(held, now)| is_same(&held, &now))
        };
        if self.0.as_ref().is_some_and(is_held) {
            return Ok(());
        }
        match file.try_lock() {
            Ok(()) => self.0 = Some(file),
            Err(TryLockError::WouldBlock) => return Err(Taken),
            // Some file systems know no locks; there the user has to see to it.
            Err(TryLockError::Error(_)) => {}
        }
        Ok(())
    }

    #[cfg(not(unix))]
    pub fn hold(&mut self, _: &Path) -> Result<(), Taken> {
        Ok(())
    }
}
