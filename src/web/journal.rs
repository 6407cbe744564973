//! The journal beside the map: a line for every batch of steps, flushed to the disk before anybody is told of them.
//!
//! The first line holds the map as it was when the journal began, and now and then a line holds the map again, so that every state
//! can be made without going far back. A line that was not written to its end is as if it had never been begun: nothing on it was
//! acknowledged.

// The journal grows by lines; it is the one file that is not written whole.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::error::Error;
use super::journal_entry::{Age, Entry, EntryHead, FORMAT};
use super::private::{self, Narrowed};
use super::snapshots;
use crate::session::board::Board;
use crate::session::{Span, Timeline};

/// A journal that has grown beyond this is shortened when the workshop opens, in bytes.
const GROWN: u64 = 64 << 20;

/// The longest line that is read, in bytes.
const LONGEST: u64 = 512 << 20;

/// The highest revision that there can be: what browsers count up to.
const HIGHEST: u64 = 1 << 53;

/// How many damaged lines are told of one by one.
const TOLD: usize = 10;

/// The open journal.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    length: u64,
}

/// What is to be known of a journal before anything of it is done again.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub timeline: Timeline,
    /// What browsers were answered: by their number, the revision.
    pub answers: BTreeMap<String, BTreeMap<u64, u64>>,
    /// What people had beside the map.
    pub board: Board,
    /// Lines that cannot be read, from 1, and why not; the first of them.
    pub damaged: Vec<(usize, String)>,
    /// How many more there are.
    pub more: usize,
    /// The last revision that is said to be saved.
    pub saved: u64,
    /// How many bytes there are up to the end of the last whole line.
    whole: u64,
    /// Whether any line shows that this is a journal at all.
    is_ours: bool,
    /// What a first line says that is of a later format.
    later: Option<u32>,
}

/// What has become of the journal since it was looked at last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It is as we left it.
    Whole,
    /// There is nothing any more where it stood.
    Gone,
    /// It is shorter or longer than we left it.
    Changed,
    /// Something else stands in its place.
    Replaced,
}

impl Journal {
    /// Where the journal of a map stands: beside it, with `.journal` after its name.
    pub fn path_of(map: &Path) -> PathBuf {
        let mut name = map.file_name().unwrap_or_default().to_owned();
        name.push(".journal");
        map.with_file_name(name)
    }

    /// Opens the journal, makes it where it is missing, and holds it against other workshops as long as it is open. Tells what stands
    /// in it; what was not written to its end is cut off.
    pub fn open(path: PathBuf) -> Result<(Self, Scan), Error> {
        let file = private::open_own(&path).map_err(|source| failed(&path, "opened", source))?;
        lock(&file, &path)?;
        let scan = scan(&file).map_err(|source| failed(&path, "read", source))?;
        if let Some(format) = scan.later {
            return Err(Error::Damaged {
                path,
                line: 1,
                why: format!("it is of format {format}, and this version knows formats up to {FORMAT}"),
            });
        }
        let length = file.metadata().map_err(|source| failed(&path, "read", source))?.len();
        if !scan.is_ours && scan.whole > 0 {
            let why = scan
                .damaged
                .into_iter()
                .next()
                .map_or_else(String::new, |(_, why)| format!(" ({why})"));
            let why = format!("it is not the beginning of a journal{why}");
            return Err(Error::Damaged { path, line: 1, why });
        }
        let mut journal = Self { path, file, length };
        if scan.whole < length {
            journal.cut(scan.whole)?;
        }
        Ok((journal, scan))
    }

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file, to be read beside what is written.
    pub fn reader(&self) -> Result<File, Error> {
        self.file
            .try_clone()
            .map_err(|source| failed(&self.path, "read", source))
    }

    /// Whether it has grown so long that it is better shortened.
    pub fn is_grown(&self) -> bool {
        self.length > GROWN
    }

    /// How long it is, in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Lets nobody read it who may not read the map.
    pub fn as_private_as(&self, map: &Path) -> Result<Narrowed, Error> {
        private::as_private_as(&self.file, map).map_err(|source| failed(&self.path, "kept private", source))
    }

    /// Adds a line and flushes it to the disk. Where that fails, the journal is as it was.
    pub fn add(&mut self, line: &Entry) -> Result<Span, Error> {
        self.put(line, Flush::Now)
    }

    /// Adds a line that may be lost with the power.
    pub fn note(&mut self, line: &Entry) -> Result<Span, Error> {
        self.put(line, Flush::Later)
    }

    fn put(&mut self, line: &Entry, flush: Flush) -> Result<Span, Error> {
        let text = line
            .encode()
            .map_err(|why| failed(&self.path, "written", io::Error::other(why)))?;
        let written = self.file.write_all(&text).and_then(|()| match flush {
            Flush::Now => self.file.sync_data(),
            Flush::Later => Ok(()),
        });
        match written {
            Ok(()) => {
                let (offset, length) = (self.length, text.len() - 1);
                self.length += text.len() as u64;
                Ok(Span { offset, length })
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
        cut.map_err(|source| failed(&self.path, "written", source))?;
        self.length = length;
        Ok(())
    }

    /// Whether it is still there, and as we left it.
    pub fn state(&self) -> State {
        match (fs::symlink_metadata(&self.path), self.file.metadata()) {
            (Err(error), _) if error.kind() == io::ErrorKind::NotFound => State::Gone,
            (Ok(there), Ok(own)) if !there.is_file() || !private::is_same(&there, &own) => State::Replaced,
            (Ok(_), Ok(own)) if own.len() != self.length => State::Changed,
            // What cannot be looked at cannot be written to either, which is told then.
            _ => State::Whole,
        }
    }

    /// Puts what was deleted there again, from the file that is still open.
    pub fn restore(&mut self) -> Result<(), Error> {
        let wrong = |source| failed(&self.path, "made again", source);
        let mut file = private::make_own(&self.path).map_err(wrong)?;
        lock(&file, &self.path)?;
        let copied = self.file.seek(SeekFrom::Start(0)).and_then(|_| {
            io::copy(&mut (&self.file).take(self.length), &mut file)?;
            file.sync_all()
        });
        if let Err(source) = copied {
            let _ = fs::remove_file(&self.path);
            return Err(failed(&self.path, "made again", source));
        }
        crate::file::sync_folder(&self.path);
        self.file = file;
        Ok(())
    }

    /// Everything from a byte on.
    pub fn bytes_from(&self, offset: u64) -> io::Result<Vec<u8>> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        file.take(self.length.saturating_sub(offset)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The journal with other contents, written whole or not at all: a first line, and what comes after it.
    pub fn replaced(self, first: &Entry, rest: &[u8]) -> Result<(Self, Scan), Error> {
        let begin = first
            .encode()
            .map_err(|why| failed(&self.path, "written", io::Error::other(why)))?;
        crate::file::save(&self.path, &[begin.as_slice(), rest].concat())?;
        let path = self.path.clone();
        drop(self);
        Self::open(path)
    }

    /// Takes it as it is now, up to its last whole line.
    pub fn accept(&mut self) -> Result<Scan, Error> {
        let scan = scan(&self.file).map_err(|source| failed(&self.path, "read", source))?;
        self.cut(scan.whole)?;
        Ok(scan)
    }

    /// Takes the file away: there is nothing in it that anybody could want back.
    pub fn remove(self) {
        // What somebody else put there stays, and a journal that stays does no harm.
        if self.state() == State::Whole {
            let _ = fs::remove_file(&self.path);
        }
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

fn lock(file: &File, path: &Path) -> Result<(), Error> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(Error::Held { path: path.to_owned() }),
        // Some file systems know no locks; there the user has to see to it.
        Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// Reads a journal line by line, each looked at by itself.
fn scan(mut file: &File) -> io::Result<Scan> {
    file.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let mut scan = Scan::default();
    let (mut offset, mut number) = (0, 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = (&mut reader).take(LONGEST).read_until(b'\n', &mut line)? as u64;
        // What was not written to its end has never been: nobody was told of it.
        let Some(text) = line.strip_suffix(b"\n") else {
            if read == LONGEST {
                return Err(io::Error::other(format!(
                    "line {} is longer than {} MiB",
                    number + 1,
                    LONGEST >> 20
                )));
            }
            // Unless it is the first and looks like nothing that we began: that is somebody's text.
            if number == 0 && read > 0 && !begins_a_journal(&line) {
                scan.damaged.push((1, "it ends in the middle".to_owned()));
                scan.whole = read;
            }
            return Ok(scan);
        };
        number += 1;
        let piece = Span {
            offset,
            length: text.len(),
        };
        offset += read;
        scan.whole = offset;
        let noted = EntryHead::decode(text).and_then(|(age, head)| scan.note(number, age, head, piece));
        match noted {
            Err(why) if scan.damaged.len() < TOLD => scan.damaged.push((number, why)),
            Err(_) => scan.more += 1,
            Ok(()) => {}
        }
    }
}

/// Whether the beginning of a line could be that of a first line that was not written to its end.
fn begins_a_journal(line: &[u8]) -> bool {
    const BEGIN: &[u8] = b"{\"begin\"";
    let is_begin = |text: &[u8]| text.starts_with(BEGIN) || BEGIN.starts_with(text);
    let is_sum = |sum: &[u8]| sum.iter().all(u8::is_ascii_hexdigit);
    match line.split_at_checked(16) {
        Some((sum, rest)) => {
            is_begin(line)
                || (is_sum(sum) && rest.first().is_none_or(|b| *b == b' ') && is_begin(&rest[rest.len().min(1)..]))
        }
        None => is_begin(line) || is_sum(line),
    }
}

impl Scan {
    fn note(&mut self, number: usize, age: Age, head: EntryHead, piece: Span) -> Result<(), String> {
        if head.highest() > HIGHEST {
            return Err("its number is out of all bounds".to_owned());
        }
        match &head {
            EntryHead::Begin { journal, .. } if *journal > FORMAT => {
                self.later = Some(*journal);
                return Ok(());
            }
            EntryHead::Begin { .. } if number > 1 => return Err("it begins a journal again".to_owned()),
            // A line of the first format shows nothing: anybody's text may look like it.
            EntryHead::Begin { .. } => self.is_ours = true,
            EntryHead::Saved(rev) => self.saved = self.saved.max(*rev),
            EntryHead::Board(steps) => {
                for step in steps {
                    // What was done on a board whose beginning is missing cannot all be done again.
                    let _ = self.board.apply(step, 0);
                }
            }
            EntryHead::Beside(board) => self.board.clone_from(board),
            EntryHead::Batch(_) | EntryHead::Steps { .. } | EntryHead::Map { .. } => {}
        }
        self.is_ours |= age == Age::New;
        snapshots::note(&mut self.timeline, &head, piece)?;
        if let EntryHead::Batch(steps) | EntryHead::Steps { steps, .. } = head {
            for step in steps {
                // A number that no browser comes to would keep it from ever being answered again.
                if let Some(n) = step.n.filter(|n| *n <= HIGHEST) {
                    self.answers.entry(step.client.clone()).or_default().insert(n, step.rev);
                }
            }
        }
        Ok(())
    }
}
