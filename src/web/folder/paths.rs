//! Which files of a folder may be looked at: those below it that are hidden from nobody, and reached by no symbolic link.

// Here the workshop looks into the folder that it was given.
#![allow(clippy::disallowed_methods)]

use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

/// What can be seen of a file without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Stamp {
    pub changed: SystemTime,
    pub length: u64,
    number: u64,
}

/// How a file looks from outside; `None` where it is not there, is no file, or is a symbolic link.
pub(super) fn stamp(path: &Path) -> Option<Stamp> {
    stamp_of(&fs::symlink_metadata(path).ok()?)
}

pub(super) fn stamp_of(about: &Metadata) -> Option<Stamp> {
    if !about.is_file() {
        return None;
    }
    Some(Stamp {
        changed: about.modified().ok()?,
        length: about.len(),
        number: number(about),
    })
}

/// Another file of the same name has another number, where the system knows of such.
#[cfg(unix)]
fn number(about: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(about)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}

/// A file that is named from a folder: below it, and nowhere hidden. `None` where the name leads anywhere else.
pub(super) fn below(folder: &Path, named: &str) -> Option<PathBuf> {
    let mut out = folder.to_owned();
    for part in Path::new(named).components() {
        match part {
            Component::CurDir => {}
            Component::Normal(part) if !is_hidden(part.to_str()?) => out.push(part),
            _ => return None,
        }
    }
    (out != folder && !named.trim().is_empty()).then_some(out)
}

/// Whether a name is one that lists leave out.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_below_the_folder_or_nowhere() {
        let folder = Path::new("/city");
        let below = |named| below(folder, named);
        assert_eq!(below("a.json"), Some(folder.join("a.json")));
        assert_eq!(below("./north/a.json"), Some(folder.join("north/a.json")));
        for elsewhere in [
            "",
            " ",
            ".",
            "..",
            "../a.json",
            "north/../../a.json",
            "/etc/passwd",
            ".hidden.json",
            "north/.git/a.json",
        ] {
            assert_eq!(below(elsewhere), None, "{elsewhere}");
        }
    }
}
