//! The map's file: what we last wrote there, and whether somebody else has written since.

// Here the workshop looks at the file that it was given.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::private::{self, Held, Taken};
use crate::file::{self, Document};
use crate::map::BenefitMap;
use crate::session::hash;

/// What can be seen of a file without reading it.
type Stamp = Option<(SystemTime, u64, u64)>;

/// The map's file.
#[derive(Debug)]
pub(super) struct MapFile {
    path: PathBuf,
    stamp: Stamp,
    /// The hash of the bytes that are ours; of nothing where there is no file.
    ours: String,
    /// What was found there last that is not ours, and how it looked from outside.
    other: Option<(Stamp, Found)>,
    held: Held,
}

/// What is in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found {
    /// What we left there.
    Ours,
    /// Another map.
    Theirs(Arc<BenefitMap>),
    /// Nothing that reads as a map, and why.
    Unreadable(String),
}

impl MapFile {
    /// The file as it is now, taken as ours.
    pub fn new(path: PathBuf, bytes: &[u8]) -> Self {
        let stamp = stamp(&path);
        let ours = hash(&String::from_utf8_lossy(bytes));
        Self {
            path,
            stamp,
            ours,
            other: None,
            held: Held::default(),
        }
    }

    /// Holds the file against other workshops.
    pub fn hold(&mut self) -> Result<(), Taken> {
        self.held.hold(&self.path)
    }

    /// The name without its folders.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Whether somebody else has written to it since; reads it only where it looks so, and each time that it looks otherwise once.
    pub fn look(&mut self, map: &BenefitMap) -> Found {
        let stamp = stamp(&self.path);
        if stamp == self.stamp && stamp.is_some() {
            self.other = None;
            return Found::Ours;
        }
        if let Some((looked, found)) = &self.other
            && *looked == stamp
            && stamp.is_some()
        {
            return found.clone();
        }
        let found = self.read(stamp, map);
        self.other = (found != Found::Ours).then(|| (stamp, found.clone()));
        found
    }

    fn read(&mut self, stamp: Stamp, map: &BenefitMap) -> Found {
        let bytes = match private::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) => return Found::Unreadable(format!("{} cannot be read: {error}", self.name())),
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
            Ok(document) if file::write(&document.map) == file::write(map) => {
                // The same map, written in another form.
                (self.stamp, self.ours) = (stamp, now);
                Found::Ours
            }
            Ok(document) => Found::Theirs(Arc::new(document.map)),
        }
    }

    /// What is there now is ours, whatever it is.
    pub fn accept(&mut self) {
        let bytes = private::read(&self.path).unwrap_or_default();
        self.stamp = stamp(&self.path);
        self.ours = hash(&String::from_utf8_lossy(&bytes));
        self.keep_hold();
    }

    /// Writes the map whole.
    pub fn save(&mut self, text: &str) -> Result<(), file::Error> {
        private::refuse_what_is_no_file(&self.path).map_err(|source| file::Error::Io {
            path: self.path.clone(),
            doing: file::Doing::Write,
            source,
        })?;
        file::save(&self.path, text.as_bytes())?;
        self.stamp = stamp(&self.path);
        self.ours = hash(text);
        self.keep_hold();
        Ok(())
    }

    /// Holds the new file as the one before. Somebody who came between holds another map from then on.
    fn keep_hold(&mut self) {
        let _ = self.hold();
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
