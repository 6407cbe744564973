//! Files: read whole, and written whole or not at all.

// Here is where files are read and written.
#![allow(clippy::disallowed_methods)]

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::fault::Faults;
use super::read::{decode, of_a_map, parse_with};
use super::source::{Index, Source};
use super::temporary;
use crate::map::BenefitMap;
use crate::map::limits::{self, Limit, TooMuch};

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The system refused.
    #[error("{} could not be {}: {}", path.display(), doing.past(), why(*doing, path, source))]
    Io {
        /// The file.
        path: PathBuf,
        /// What was tried.
        doing: Doing,
        /// Why it was refused.
        source: io::Error,
    },
    /// A file stands where a new one was to be made.
    #[error("{} already exists: name another file, or move it away", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file may not be written to.
    #[error("{} is read-only: name another file, or allow writing to it first", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The file is longer than is read.
    #[error("{}: {too_much}", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// How long it is, and how long it may be.
        too_much: TooMuch,
    },
    /// The file holds no map.
    #[error(transparent)]
    Faults(#[from] Faults),
}

/// What was tried with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Reading it.
    Read,
    /// Writing it.
    Write,
}

impl Doing {
    fn past(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "written",
        }
    }
}

/// Why the system refused, in plain words where there are some, and what to do about it.
fn why(doing: Doing, path: &Path, source: &io::Error) -> String {
    use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem, StorageFull};
    let why = match (source.kind(), doing) {
        _ if path.is_dir() && source.kind() != PermissionDenied => "it is a folder, but a file is needed",
        (NotFound, Doing::Read) => "no such file or folder exists",
        (NotFound, Doing::Write) => "its folder does not exist; create it first",
        (NotADirectory, _) if path.is_file() => "it is a file, but a folder is needed",
        (NotADirectory, _) => "what should be its folder is a file",
        (PermissionDenied, Doing::Read) => "you do not have permission to read it",
        (PermissionDenied, Doing::Write) => "you do not have permission to write there",
        (ReadOnlyFilesystem, _) => "the disk is read-only",
        (StorageFull, _) => "the disk is full",
        _ => {
            let text = source.to_string();
            return text.split(" (os error").next().unwrap_or_default().to_owned();
        }
    };
    why.to_owned()
}

/// A map with the text that it was read from.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text, which knows where the map's things stand.
    pub source: Source,
    /// The map.
    pub map: BenefitMap,
}

impl Document {
    /// The map in the bytes of a file; `name` is what messages call it.
    ///
    /// # Errors
    /// [`Faults`] where the bytes hold no map.
    pub fn parse(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Self, Faults> {
        let bytes = bytes.into();
        of_a_map(name, &bytes)?;
        let (map, index) = parse_with(name, decode(name, &bytes)?, Index::of)?;
        // The text is not copied: that of a large map is the most that is in memory.
        let mut text = String::from_utf8(bytes).unwrap_or_default();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Ok(Self {
            source: Source::indexed(name.to_owned(), text, index),
            map,
        })
    }
}

/// The bytes of a file.
///
/// # Errors
/// [`Error::Io`] where it cannot be read, [`Error::TooLarge`] beyond [`limits::FILE_SIZE`].
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    read_up_to(path, &limits::FILE_SIZE)
}

fn read_up_to(path: &Path, limit: &'static Limit) -> Result<Vec<u8>, Error> {
    let most = (limit.most as u64) << 20;
    let failed = |source| Error::Io {
        path: path.to_owned(),
        doing: Doing::Read,
        source,
    };
    let too_large = |bytes: u64| Error::TooLarge {
        path: path.to_owned(),
        too_much: TooMuch {
            limit,
            have: usize::try_from(bytes.div_ceil(1 << 20)).unwrap_or(usize::MAX),
        },
    };
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_or(0, |about| about.len());
    if length > most {
        return Err(too_large(length));
    }
    let mut bytes = Vec::with_capacity(length as usize);
    // One byte more than the limit tells a file that is too long, also where its length is not known beforehand.
    file.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > most {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

/// The map of a file.
///
/// # Errors
/// As [`read`], and [`Error::Faults`] where the file holds no map.
pub fn load(path: &Path) -> Result<Document, Error> {
    Ok(Document::parse(
        &path.display().to_string(),
        read_up_to(path, &limits::MAP_SIZE)?,
    )?)
}

/// Writes a file whole or not at all: beside it under another name, flushed to the disk, then renamed over it.
///
/// An existing file keeps its permissions, and one that is read-only is left alone; a symbolic link stays, and the file it leads
/// to is replaced. What is no regular file, such as a pipe, is written to directly. What an ended process left in the folder
/// half written is cleared away.
///
/// # Errors
/// [`Error::ReadOnly`], or [`Error::Io`]; the file is then as it was, and nothing is left beside it.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |source| Error::Io {
        path: path.to_owned(),
        doing: Doing::Write,
        source,
    };
    let target = match fs::symlink_metadata(path) {
        Ok(about) if about.is_symlink() => fs::canonicalize(path).map_err(failed)?,
        _ => path.to_owned(),
    };
    let there = fs::metadata(&target).ok();
    if let Some(about) = &there {
        if about.is_dir() {
            return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        if !about.is_file() {
            let mut file = fs::OpenOptions::new().write(true).open(&target).map_err(failed)?;
            return file.write_all(bytes).map_err(failed);
        }
        if is_read_only(&target, about) {
            return Err(Error::ReadOnly { path: path.to_owned() });
        }
    }
    let mut file = temporary::beside(&target, there.as_ref()).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    if let Some(about) = &there {
        temporary::take_permissions(&file, about).map_err(failed)?;
    }
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&target).map_err(|error| failed(error.error))?;
    sync_folder(&target);
    Ok(())
}

/// Clears away what ended processes of this user left half written in the folder of a file.
#[cfg(any(feature = "web", test))]
pub(crate) fn clear_left_over(path: &Path) {
    // Making one clears the others away; where none can be made, none can be cleared away either.
    drop(temporary::beside(path, None));
}

/// Whether [`save`] may write there, as far as it can be known beforehand.
///
/// # Errors
/// [`Error::ReadOnly`] where a file of that name may not be written to, [`Error::Io`] where a folder has that name.
pub fn writable(path: &Path) -> Result<(), Error> {
    match fs::metadata(path) {
        Ok(about) if about.is_dir() => Err(Error::Io {
            path: path.to_owned(),
            doing: Doing::Write,
            source: io::Error::from(io::ErrorKind::IsADirectory),
        }),
        Ok(about) if about.is_file() && is_read_only(path, &about) => Err(Error::ReadOnly { path: path.to_owned() }),
        _ => Ok(()),
    }
}

/// Whether a file may not be written to. Renaming another over it would ask for rights on its folder alone.
fn is_read_only(path: &Path, about: &fs::Metadata) -> bool {
    let refused = || fs::OpenOptions::new().write(true).open(path);
    about.permissions().readonly() || refused().is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied)
}

/// Writes a new file whole or not at all, and never over one that is there.
///
/// # Errors
/// [`Error::Exists`] where there is a file of that name, [`Error::Io`] where it cannot be written.
pub fn save_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |source| Error::Io {
        path: path.to_owned(),
        doing: Doing::Write,
        source,
    };
    if fs::symlink_metadata(path).is_ok() {
        return Err(Error::Exists { path: path.to_owned() });
    }
    let mut file = temporary::beside(path, None).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist_noclobber(path).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists { path: path.to_owned() },
        _ => failed(error.error),
    })?;
    sync_folder(path);
    Ok(())
}

/// Makes the renaming itself last through a loss of power, where the system can.
pub(crate) fn sync_folder(path: &Path) {
    if let Ok(folder) = File::open(temporary::folder_of(path)) {
        // Some systems cannot flush a folder; the file itself is safe already.
        let _ = folder.sync_all();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_read_only_file_is_left_alone_and_the_others_keep_their_permissions() {
        let dir = tempfile::tempdir().unwrap();
        let map = dir.path().join("map.json");
        let mode = |mode| fs::set_permissions(&map, fs::Permissions::from_mode(mode)).unwrap();
        fs::write(&map, "before").unwrap();
        mode(0o444);
        let refused = save(&map, b"after").unwrap_err();
        assert!(matches!(refused, Error::ReadOnly { .. }), "{refused}");
        assert_eq!(fs::read_to_string(&map).unwrap(), "before");
        mode(0o640);
        save(&map, b"after").unwrap();
        assert_eq!(fs::read_to_string(&map).unwrap(), "after");
        assert_eq!(fs::metadata(&map).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
