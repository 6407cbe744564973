//! The past as the journal holds it, by revision: read from the file beside the thread that edits, and never kept in memory.

use std::fs::File;
use std::io;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::journal_entry::{Entry, EntryHead, history_entries};
use crate::file;
use crate::map::BenefitMap;
use crate::session::{HistoryEntry, Mark, Past, Recipe, Refusal, Span, Step, Timeline, hash, replay};

/// Takes note of a line of the journal. Gives why not, where its steps are there already.
pub(super) fn note(timeline: &mut Timeline, head: &EntryHead, span: Span) -> Result<(), String> {
    let (steps, hash) = match head {
        EntryHead::Begin { rev, .. } | EntryHead::Map { rev, .. } => {
            timeline.note_snapshot(*rev, span);
            return Ok(());
        }
        EntryHead::Saved(_) | EntryHead::Board(_) | EntryHead::Beside(_) => return Ok(()),
        EntryHead::Batch(steps) => (steps, None),
        EntryHead::Steps { steps, hash } => (steps, Some(hash.as_str())),
    };
    let marks: Vec<Mark> = steps.iter().map(super::journal_entry::StepHead::mark).collect();
    Ok(timeline.note_steps(&marks, hash, span)?)
}

/// The past.
#[derive(Debug, Default)]
pub(super) struct Snapshots(RwLock<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// `None` where nothing is kept.
    file: Option<Arc<File>>,
    timeline: Timeline,
}

impl Snapshots {
    /// What a journal holds.
    pub fn new(file: File, timeline: Timeline) -> Self {
        let file = Some(Arc::new(file));
        Self(RwLock::new(Inner { file, timeline }))
    }

    fn read(&self) -> RwLockReadGuard<'_, Inner> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Inner> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of a line that was written and counts.
    pub fn note(&self, head: &EntryHead, span: Span) {
        // Lines of our own are numbered as they should be.
        let _ = note(&mut self.write().timeline, head, span);
    }

    /// The same is held in another file now.
    pub fn go_on_in(&self, file: File) {
        self.write().file = Some(Arc::new(file));
    }

    /// What there is now is held in that file.
    pub fn move_to(&self, file: File, timeline: Timeline) {
        *self.write() = Inner {
            file: Some(Arc::new(file)),
            timeline,
        };
    }

    /// The earliest and the last revision that it has.
    pub fn reach(&self) -> Option<(u64, u64)> {
        let inner = self.read();
        Some((inner.timeline.first()?, inner.timeline.last()?))
    }

    /// What a line says.
    pub fn line(&self, span: Span) -> Result<Entry, String> {
        let file = self.read().file.clone();
        let file = file.ok_or_else(|| "no journal is kept".to_owned())?;
        Entry::decode(&text(&file, span).map_err(|error| error.to_string())?)
    }

    /// What is where.
    pub fn timeline(&self) -> Timeline {
        self.read().timeline.clone()
    }

    /// Steps before a revision, the newest first.
    pub fn steps(&self, before: u64, most: usize) -> Vec<HistoryEntry> {
        let (file, spans) = {
            let inner = self.read();
            let Some(file) = inner.file.clone() else {
                return Vec::new();
            };
            (file, inner.timeline.before(before, most))
        };
        let mut out = Vec::new();
        for span in spans {
            // What is damaged was reported at the start.
            let steps = text(&file, span).map_err(|error| error.to_string());
            let steps = steps.and_then(|text| history_entries(&text)).unwrap_or_default();
            out.extend(steps.into_iter().rev().filter(|step| step.rev < before));
            if out.len() >= most {
                break;
            }
        }
        out.truncate(most);
        out
    }
}

impl Past for Snapshots {
    fn map_at(&self, rev: u64) -> Result<BenefitMap, Refusal> {
        let (file, recipe) = {
            let inner = self.read();
            let reach = inner.timeline.first().zip(inner.timeline.last());
            let (Some((first, last)), Some(file)) = (reach, inner.file.clone()) else {
                return Err(Refusal::NoHistory);
            };
            if rev < first || rev > last {
                return Err(Refusal::NoSuchStep { rev, first, last });
            }
            let recipe = inner.timeline.recipe(rev);
            (file, recipe.map_err(|missing| Refusal::StepMissing { rev, missing })?)
        };
        made(&file, recipe).map_err(|why| Refusal::NotRestored { rev, why })
    }

    fn step(&self, rev: u64) -> Option<Step> {
        let (file, span) = {
            let inner = self.read();
            (inner.file.clone()?, inner.timeline.step(rev)?)
        };
        let line = Entry::decode(&text(&file, span).ok()?).ok()?;
        line.into_steps().into_iter().find(|step| step.rev == rev)
    }
}

/// The map that a recipe makes.
fn made(file: &File, recipe: Recipe) -> Result<BenefitMap, String> {
    let read = |span| Entry::decode(&text(file, span).map_err(|error| error.to_string())?);
    let (Entry::Begin { map, .. } | Entry::Map { map, .. }) = read(recipe.base)? else {
        return Err("the journal was changed".to_owned());
    };
    let steps = recipe.parts.iter().flat_map(|part| match read(part.span) {
        Ok(line) => {
            let steps = line.into_steps().into_iter();
            let wanted = steps.filter(|step| (part.first..=part.last).contains(&step.rev));
            wanted.map(Ok).collect()
        }
        Err(why) => vec![Err(why)],
    });
    let map = replay(*map, steps)?;
    match recipe.hash {
        Some(expected) if *hash(&file::write(&map)) != *expected => {
            Err("its steps do not lead to what they led to then: the journal was changed".to_owned())
        }
        _ => Ok(map),
    }
}

/// The bytes of a line.
fn text(file: &File, span: Span) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; span.length];
    read_exact_at(file, &mut bytes, span.offset)?;
    Ok(bytes)
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, offset)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                bytes = &mut bytes[read..];
                offset += read as u64;
            }
        }
    }
    Ok(())
}
