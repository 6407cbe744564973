//! The journal beside the map: one line of JSON for every batch of edits, flushed to the disk before anybody is told of them.
//!
//! The first line holds the map as it was when the journal began, so that every later state can be made again from it. A line that
//! was not written to its end is as if it had never been begun: nothing on it was acknowledged.

// The journal grows by lines; it is the one file that is not written whole.
#![allow(clippy::disallowed_methods)]

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::Error;
use crate::edit::Edit;
use crate::map::BenefitMap;

/// A journal that has grown beyond this is begun anew when the workshop opens, in bytes.
const GROWN: u64 = 64 << 20;

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Line {
    /// The first line.
    Begin {
        /// The number of the journal's format.
        journal: u32,
        /// The revision that the map had.
        rev: u64,
        /// When.
        at: String,
        /// The map.
        map: Box<BenefitMap>,
    },
    /// Steps that were done together.
    Batch(Vec<Step>),
    /// The batch before stands in the map's file.
    Saved(u64),
}

/// One step of the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Step {
    /// The revision that the map has after it.
    pub rev: u64,
    /// When, as RFC 3339 writes it.
    pub at: String,
    /// Whose browser.
    pub client: String,
    /// The browser's own counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
    /// What the person is called.
    pub name: String,
    /// The person's colour.
    pub colour: u8,
    /// What sort of step it is.
    pub does: Does,
    /// What it does, in words.
    pub label: String,
    /// What it touched, as findings name it.
    pub touches: Vec<String>,
    /// The change itself.
    pub change: Change,
}

/// What sort of step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Does {
    /// An edit.
    Edit,
    /// An edit taken back.
    Undo,
    /// That taken back again.
    Redo,
    /// The map as it was before.
    Return,
    /// The map as somebody changed it in the file.
    Take,
}

/// A change of the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Change {
    /// An edit.
    Edit(Edit),
    /// Another map in its place.
    Map(Box<BenefitMap>),
}

/// The open journal.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    length: u64,
}

impl Journal {
    /// Where the journal of a map stands: beside it, with `.journal` after its name.
    pub fn path_of(map: &Path) -> PathBuf {
        let mut name = map.file_name().unwrap_or_default().to_owned();
        name.push(".journal");
        map.with_file_name(name)
    }

    /// Opens the journal, makes it where it is missing, and holds it against other workshops as long as it is open. Gives its
    /// lines; what was not written to its end is cut off.
    pub fn open(path: PathBuf) -> Result<(Self, Vec<Line>), Error> {
        let file = OpenOptions::new().read(true).append(true).create(true).open(&path);
        let mut file = file.map_err(|source| failed(&path, "written", source))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Held { path }),
            // Some file systems know no locks; there the user has to see to it.
            Err(TryLockError::Error(_)) => {}
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)
            .map_err(|source| failed(&path, "read", source))?;
        let (lines, whole) = read(&path, &bytes)?;
        let mut journal = Self {
            path,
            file,
            length: bytes.len() as u64,
        };
        if whole < journal.length {
            journal.cut(whole)?;
        }
        Ok((journal, lines))
    }

    /// Whether it has grown so long that it is better begun anew.
    pub fn is_grown(&self) -> bool {
        self.length > GROWN
    }

    /// How long it is, in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Adds a line and flushes it to the disk. Where that fails, the journal is as it was.
    pub fn add(&mut self, line: &Line) -> Result<(), Error> {
        self.put(line, Flush::Now)
    }

    /// Adds a line that may be lost with the power.
    pub fn note(&mut self, line: &Line) -> Result<(), Error> {
        self.put(line, Flush::Later)
    }

    fn put(&mut self, line: &Line, flush: Flush) -> Result<(), Error> {
        let mut text =
            serde_json::to_vec(line).map_err(|error| failed(&self.path, "written", io::Error::other(error)))?;
        text.push(b'\n');
        let written = self.file.write_all(&text).and_then(|()| match flush {
            Flush::Now => self.file.sync_data(),
            Flush::Later => Ok(()),
        });
        match written {
            Ok(()) => {
                self.length += text.len() as u64;
                Ok(())
            }
            Err(source) => {
                let error = failed(&self.path, "written", source);
                self.cut(self.length)?;
                Err(error)
            }
        }
    }

    /// Forgets everything from that length on.
    pub fn cut(&mut self, length: u64) -> Result<(), Error> {
        let cut = self.file.set_len(length).and_then(|()| self.file.sync_data());
        cut.and_then(|()| self.file.seek(SeekFrom::End(0)))
            .map_err(|source| failed(&self.path, "written", source))?;
        self.length = length;
        Ok(())
    }

    /// Takes the file away: there is nothing in it that anybody could want back.
    pub fn remove(self) {
        // A journal that stays does no harm.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[derive(Clone, Copy)]
enum Flush {
    Now,
    Later,
}

fn failed(path: &Path, doing: &'static str, source: io::Error) -> Error {
    Error::Journal {
        path: path.to_owned(),
        doing,
        source,
    }
}

/// The lines of a journal, and how many bytes they take.
fn read(path: &Path, bytes: &[u8]) -> Result<(Vec<Line>, u64), Error> {
    let mut lines = Vec::new();
    let mut whole = 0;
    let pieces: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    for (at, piece) in pieces.iter().enumerate() {
        let is_last = at + 1 == pieces.len();
        let damaged = |why: String| Error::Damaged {
            path: path.to_owned(),
            line: at + 1,
            why,
        };
        let line = match piece.strip_suffix(b"\n") {
            Some(line) => serde_json::from_slice(line).map_err(|error| error.to_string()),
            None => Err("it ends in the middle".to_owned()),
        };
        match (line, at) {
            (Ok(Line::Begin { journal, .. }), 0) if journal != FORMAT => {
                return Err(damaged(format!(
                    "it is of format {journal}, and this version knows format {FORMAT}"
                )));
            }
            (Ok(line @ Line::Begin { .. }), 0) => lines.push(line),
            (Ok(Line::Begin { .. }), _) => return Err(damaged("it begins a journal again".to_owned())),
            (Ok(_), 0) => return Err(damaged("it is not the beginning of a journal".to_owned())),
            (Ok(line), _) => lines.push(line),
            // The first line that was ever written, and not to its end: nothing was acknowledged.
            (Err(_), 0) if is_last && piece.starts_with(b"{\"begin\"") => break,
            (Err(why), 0) => return Err(damaged(format!("it is not the beginning of a journal ({why})"))),
            (Err(_), _) if is_last => break,
            (Err(why), _) => return Err(damaged(why)),
        }
        whole += piece.len() as u64;
    }
    Ok((lines, whole))
}

/// The number of the journal's format.
pub(super) const FORMAT: u32 = 1;
