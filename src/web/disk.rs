//! The map's file: what we last wrote there, and whether somebody else has written since.

// Here the workshop looks at the file that it was given.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::chronicle::hash;
use crate::file::{self, Document};
use crate::map::BenefitMap;

/// What can be seen of a file without reading it.
type Stamp = Option<(SystemTime, u64, u64)>;

/// The map's file.
#[derive(Debug)]
pub(super) struct Disk {
    path: PathBuf,
    stamp: Stamp,
    /// The hash of the bytes that are ours; of nothing where there is no file.
    ours: String,
}

/// What is in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found {
    /// What we left there.
    Ours,
    /// Another map.
    Theirs(Box<BenefitMap>),
    /// Nothing that reads as a map, and why.
    Unreadable(String),
}

impl Disk {
    /// The file as it is now, taken as ours.
    pub fn new(path: PathBuf, bytes: &[u8]) -> Self {
        let stamp = stamp(&path);
        let ours = hash(&String::from_utf8_lossy(bytes));
        Self { path, stamp, ours }
    }

    /// The name without its folders.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Whether somebody else has written to it since; reads it only where it looks so.
    pub fn look(&mut self, map: impl FnOnce() -> BenefitMap) -> Found {
        let stamp = stamp(&self.path);
        if stamp == self.stamp && stamp.is_some() {
            return Found::Ours;
        }
        let bytes = match file::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) => return Found::Unreadable(error.to_string()),
        };
        let now = hash(&String::from_utf8_lossy(&bytes));
        if now == self.ours {
            self.stamp = stamp;
            return Found::Ours;
        }
        match Document::parse(&self.name(), bytes) {
            Err(faults) => Found::Unreadable(format!(
                "{} can no longer be read: {}",
                self.name(),
                first_line(&faults)
            )),
            Ok(document) if file::write(&document.map) == file::write(&map()) => {
                // The same map, written in another form.
                (self.stamp, self.ours) = (stamp, now);
                Found::Ours
            }
            Ok(document) => Found::Theirs(Box::new(document.map)),
        }
    }

    /// What is there now is ours, whatever it is.
    pub fn accept(&mut self) {
        let bytes = file::read(&self.path).unwrap_or_default();
        self.stamp = stamp(&self.path);
        self.ours = hash(&String::from_utf8_lossy(&bytes));
    }

    /// Writes the map whole.
    pub fn save(&mut self, text: &str) -> Result<(), file::Error> {
        file::save(&self.path, text.as_bytes())?;
        self.stamp = stamp(&self.path);
        self.ours = hash(text);
        Ok(())
    }
}

fn stamp(path: &Path) -> Stamp {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len(), number(&about)))
}

/// Another file of the same name has another number, where the system knows of such.
#[cfg(unix)]
fn number(about: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(about)
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> u64 {
    0
}

fn first_line(faults: &file::Faults) -> String {
    match faults.list().first() {
        Some(fault) => format!("line {}, column {}", fault.line, fault.column),
        None => "it holds no map".to_owned(),
    }
}
