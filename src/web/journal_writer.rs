//! The journal and what is known of it: steps are written, taken back or settled, the map is written again now and then, and what
//! others do to the file meanwhile is noticed.

use std::path::Path;
use std::sync::Arc;

use super::error::Error;
use super::journal::{Journal, State};
use super::journal_entry::{ChangeHead, Entry, EntryHead, FORMAT, StepHead};
use super::now;
use super::private::Narrowed;
use super::snapshots::Snapshots;
use crate::map::BenefitMap;
use crate::session::board::{Board, BoardStep};
use crate::session::{Change, Span, Step};

/// The map is written again after so many bytes of steps at least, and not before they are as many as the map takes: so it takes no more
/// than half of the journal, and the way back to it is never long.
const APART: u64 = 256 << 10;

#[derive(Debug)]
pub(super) struct JournalWriter {
    journal: Journal,
    snapshots: Arc<Snapshots>,
    /// How many bytes were written since the map was last.
    since: u64,
    /// What has happened to the journal while it was open.
    notice: Option<String>,
    /// What is the matter with it now.
    trouble: Option<String>,
}

/// Steps that stand in the journal and do not count yet.
#[derive(Debug)]
pub(super) struct Written {
    hash: String,
    steps: Vec<Step>,
    piece: Span,
    /// How long the journal was before.
    before: u64,
}

impl JournalWriter {
    /// A journal with so many bytes since the map stands in it last.
    pub fn new(journal: Journal, snapshots: Arc<Snapshots>, since: u64) -> Self {
        Self {
            journal,
            snapshots,
            since,
            notice: None,
            trouble: None,
        }
    }

    /// Lets nobody read the journal who may not read the map.
    pub fn as_private_as(&self, map: &Path) -> Result<Narrowed, Error> {
        self.journal.as_private_as(map)
    }

    /// The first line, where there is none.
    pub fn begin(&mut self, rev: u64, map: &BenefitMap) -> Result<(), Error> {
        if self.journal.length() > 0 {
            return Ok(());
        }
        let line = Entry::Begin {
            journal: FORMAT,
            rev,
            at: now(),
            map: Box::new(map.clone()),
        };
        let piece = self.journal.add(&line)?;
        self.snapshots.note(&EntryHead::Begin { journal: FORMAT, rev }, piece);
        crate::file::sync_folder(self.journal.path());
        self.since = 0;
        Ok(())
    }

    /// Writes steps, flushed to the disk; the hash is that of the map after them.
    pub fn write(&mut self, hash: &str, steps: Vec<Step>) -> Result<Written, Error> {
        let before = self.journal.length();
        let line = Entry::Steps {
            hash: hash.to_owned(),
            steps,
        };
        let piece = self.journal.add(&line)?;
        let hash = hash.to_owned();
        let steps = line.into_steps();
        Ok(Written {
            hash,
            steps,
            piece,
            before,
        })
    }

    /// What was written has never been.
    pub fn take_back(&mut self, written: &Written) -> Result<(), Error> {
        self.journal.cut(written.before)
    }

    /// What was written stands in the map's file too, which takes so many bytes.
    pub fn settle(&mut self, written: Written, map: &BenefitMap, length: usize) -> Vec<Step> {
        let Written {
            hash,
            steps,
            piece,
            before,
        } = written;
        let head = EntryHead::Steps {
            hash: hash.clone(),
            steps: steps.iter().map(head_of).collect(),
        };
        self.snapshots.note(&head, piece);
        let rev = steps.last().map_or(0, |step| step.rev);
        // It only tells that the file was written; without it, the next start looks more closely.
        let _ = self.journal.note(&Entry::Saved(rev));
        self.since += self.journal.length() - before;
        if self.is_far(length) {
            // Without it, the way back is longer.
            let _ = self.write_map(rev, &hash, map);
        }
        steps
    }

    /// Notes that the map of that revision stands in its file.
    pub fn saved(&mut self, rev: u64) -> Result<(), Error> {
        self.journal.note(&Entry::Saved(rev)).map(|_| ())
    }

    /// Whether it is time to write the map again.
    pub fn is_far(&self, length: usize) -> bool {
        self.since >= APART.max(length as u64)
    }

    /// Writes the map as it is.
    pub fn write_map(&mut self, rev: u64, hash: &str, map: &BenefitMap) -> Result<(), Error> {
        let line = Entry::Map {
            rev,
            hash: hash.to_owned(),
            map: Box::new(map.clone()),
        };
        let piece = self.journal.note(&line)?;
        self.snapshots.note(&EntryHead::Map { rev }, piece);
        self.since = 0;
        Ok(())
    }

    /// Writes what people did beside the map, flushed to the disk.
    pub fn write_board(&mut self, steps: Vec<BoardStep>) -> Result<(), Error> {
        self.journal.add(&Entry::Board(steps)).map(|_| ())
    }

    /// Writes all that is beside the map, where the journal may not lead up to it.
    pub fn write_beside(&mut self, board: &Board) -> Result<(), Error> {
        self.journal.add(&Entry::Beside(Box::new(board.clone()))).map(|_| ())
    }

    /// What has happened to the journal while it was open, in words.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Looks after the journal: one that was deleted is made again, and one that was changed goes on with the map as it is. Gives what is
    /// new: that it is well, or what is the matter and has to be seen to by somebody.
    pub fn look(&mut self, map: &BenefitMap, hash: &str, rev: u64) -> Option<Result<(), String>> {
        let name = self
            .journal
            .path()
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let done = match self.journal.state() {
            State::Whole if self.trouble.is_none() => return None,
            State::Whole => Ok(()),
            State::Gone => self.restore().map(|()| {
                self.notice = Some(format!("{name} was deleted or moved while the workshop was open, and was made again"));
            }),
            State::Changed => self.go_on(map, hash, rev).map(|()| {
                self.notice = Some(format!(
                    "{name} was changed by another program while the workshop was open: earlier steps may be missing in it"
                ));
            }),
            State::Replaced => Err(format!(
                "another file is in the place of {name}: move it away, and the journal is written again"
            )),
        };
        match done {
            Ok(()) => self.trouble = None,
            Err(why) if self.trouble.as_ref() == Some(&why) => return None,
            Err(why) => self.trouble = Some(why),
        }
        Some(self.trouble.clone().map_or(Ok(()), Err))
    }

    fn restore(&mut self) -> Result<(), String> {
        let restored = self.journal.restore().and_then(|()| self.journal.reader());
        let file = restored.map_err(|error| history_entries(&error))?;
        self.snapshots.go_on_in(file);
        Ok(())
    }

    fn go_on(&mut self, map: &BenefitMap, hash: &str, rev: u64) -> Result<(), String> {
        let mut accept = || {
            let scan = self.journal.accept()?;
            self.snapshots.move_to(self.journal.reader()?, scan.timeline);
            self.begin(rev, map)?;
            self.write_map(rev, hash, map)
        };
        accept().map_err(|error| history_entries(&error))
    }

    /// Whether nothing stands in it yet.
    pub fn is_empty(&self) -> bool {
        self.journal.length() == 0
    }

    /// Whether it has grown so long that it is better shortened.
    pub fn is_grown(&self) -> bool {
        self.journal.is_grown()
    }

    pub fn into_journal(self) -> Journal {
        self.journal
    }

    /// Takes the journal away: there is nothing in it that anybody could want back.
    pub fn remove(self) {
        self.journal.remove();
    }
}

fn history_entries(error: &Error) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
    format!("{error}{}", cause.unwrap_or_default())
}

fn head_of(step: &Step) -> StepHead {
    StepHead {
        rev: step.rev,
        client: step.client.clone(),
        n: step.n,
        change: match &step.change {
            Change::Edit(_) => ChangeHead::Edit(serde::de::IgnoredAny),
            Change::Map(_) => ChangeHead::Map(serde::de::IgnoredAny),
            Change::Return(rev) => ChangeHead::Return(*rev),
        },
    }
}
