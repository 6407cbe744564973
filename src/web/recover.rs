//! What a workshop begins with: the map of its file, and what the journal knows of it.

use std::path::Path;

use super::chronicle::{Chronicle, Who, Wish};
use super::disk::Disk;
use super::error::Error;
use super::journal::{FORMAT, Journal, Line};
use super::now;
use crate::file::{self, Document};
use crate::map::BenefitMap;

/// Everything that is there at the beginning.
#[derive(Debug)]
pub(super) struct Begun {
    pub chronicle: Chronicle,
    /// `None` where nobody may edit.
    pub journal: Option<Journal>,
    pub disk: Disk,
    /// What the user is to be told, a sentence each.
    pub notes: Vec<String>,
}

/// Whether anything may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rights {
    /// There is a link that edits, and one that only views.
    Edit,
    /// There is only one that views; nothing is written at all.
    View,
}

/// The map's file and its journal brought together.
///
/// Where the journal is ahead of the file, because the power failed or the program was killed between the two, the file is
/// written. Where the file was changed in the meantime, it counts, and the journal keeps what was before.
pub(super) fn begin(path: &Path, rights: Rights) -> Result<Begun, Error> {
    let mut notes = Vec::new();
    let read = match file::read(path) {
        Ok(bytes) => Some(bytes),
        Err(file::Error::Io { source, .. })
            if source.kind() == std::io::ErrorKind::NotFound && rights == Rights::Edit =>
        {
            None
        }
        Err(error) => return Err(error.into()),
    };
    let there = match &read {
        Some(bytes) => {
            let document = Document::parse(&path.display().to_string(), bytes.clone());
            Some(document.map_err(file::Error::from)?.map)
        }
        None => None,
    };
    if rights == Rights::View {
        let map = there.unwrap_or_default();
        return Ok(Begun {
            chronicle: Chronicle::new(map, 0),
            journal: None,
            disk: Disk::new(path.to_owned(), &read.unwrap_or_default()),
            notes,
        });
    }
    let (mut journal, lines) = Journal::open(Journal::path_of(path))?;
    let history = replayed(path, lines)?;
    let mut is_behind = false;
    let mut chronicle = match (history, &there) {
        (None, Some(map)) => Chronicle::new(map.clone(), 0),
        (None, None) => {
            notes.push(format!("{} was not there: it is a new map", path.display()));
            is_behind = true;
            Chronicle::new(BenefitMap::new(title_of(path)), 0)
        }
        (Some(history), None) => {
            notes.push(format!(
                "{} was not there: it is made again from its journal",
                path.display()
            ));
            is_behind = true;
            history.chronicle
        }
        (Some(history), Some(map)) => {
            let text = file::write(map);
            let mut chronicle = history.chronicle;
            if text == file::write(&chronicle.map()) {
                chronicle
            } else if history
                .before
                .as_ref()
                .is_some_and(|before| text == file::write(before))
            {
                notes.push(format!(
                    "the last edits stood only in the journal: {} has them now",
                    path.display()
                ));
                is_behind = true;
                chronicle
            } else {
                notes.push(format!(
                    "{} was changed since the last workshop: it counts as it is, and the history keeps what was before",
                    path.display()
                ));
                let mark = chronicle.mark();
                let who = Who {
                    name: "the file".to_owned(),
                    ..Who::default()
                };
                let taken = chronicle.wish(&who, None, now(), Wish::Take(Box::new(map.clone())));
                if taken.is_ok() {
                    let steps = chronicle.since(mark).into_iter().cloned().collect();
                    let rev = chronicle.rev();
                    journal.add(&Line::Batch(steps))?;
                    journal.note(&Line::Saved(rev))?;
                }
                chronicle
            }
        }
    };
    let mut disk = Disk::new(path.to_owned(), &read.unwrap_or_default());
    if is_behind {
        disk.save(&file::write(&chronicle.map()))?;
        if journal.length() > 0 {
            journal.note(&Line::Saved(chronicle.rev()))?;
        }
    }
    if journal.is_grown() {
        notes.push("the journal had grown very long: its history begins anew".to_owned());
        let rev = chronicle.rev();
        chronicle = Chronicle::new(chronicle.map(), rev);
        journal.cut(0)?;
    }
    if journal.length() == 0 {
        journal.add(&Line::Begin {
            journal: FORMAT,
            rev: chronicle.rev(),
            at: now(),
            map: Box::new(chronicle.map()),
        })?;
        file::sync_folder(path);
    }
    Ok(Begun {
        chronicle,
        journal: Some(journal),
        disk,
        notes,
    })
}

/// What a journal holds.
struct History {
    chronicle: Chronicle,
    /// The map before the last batch, where nothing says that the batch was saved.
    before: Option<BenefitMap>,
}

/// The history of a journal's lines; `None` where it has none.
fn replayed(path: &Path, lines: Vec<Line>) -> Result<Option<History>, Error> {
    let mut history: Option<History> = None;
    let mut lines = lines.into_iter().enumerate().peekable();
    while let Some((at, line)) = lines.next() {
        let is_saved = matches!(lines.peek(), Some((_, Line::Saved(_))));
        match (line, &mut history) {
            (Line::Begin { rev, map, .. }, _) => {
                history = Some(History {
                    chronicle: Chronicle::new(*map, rev),
                    before: None,
                });
            }
            (Line::Batch(steps), Some(history)) => {
                history.before = (!is_saved).then(|| history.chronicle.map());
                for step in steps {
                    history.chronicle.replay(step).map_err(|refused| Error::Damaged {
                        path: Journal::path_of(path),
                        line: at + 1,
                        why: refused.why,
                    })?;
                }
            }
            (Line::Saved(_), Some(history)) => history.before = None,
            (Line::Batch(_) | Line::Saved(_), None) => {}
        }
    }
    Ok(history)
}

/// A title for a new map: its file's name in words.
fn title_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let words: Vec<&str> = stem
        .split(['-', '_', '.', ' '])
        .filter(|word| !word.is_empty())
        .collect();
    let title = words.join(" ");
    let mut letters = title.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
