//! What a workshop begins with: the map of its file, and what the journal knows of it.

use std::path::Path;
use std::sync::Arc;

use super::error::Error;
use super::journal::{Journal, Scan};
use super::journal_entry::{Entry, FORMAT};
use super::journal_writer::JournalWriter;
use super::map_file::MapFile;
use super::now;
use super::private::{self, Narrowed};
use super::snapshots::Snapshots;
use crate::file::{self, Document};
use crate::map::BenefitMap;
use crate::session::board::Board;
use crate::session::{Action, Author, Command, Past as _, Session, Timeline, hash};

/// How many steps can be undone after a start, where the journal has so many.
const UNDOABLE: u64 = 1_000;

/// How much of a journal is kept that has grown too long, in bytes.
const KEPT: u64 = 32 << 20;

/// Everything that is there at the beginning.
#[derive(Debug)]
pub(super) struct Recovered {
    pub session: Session,
    pub snapshots: Arc<Snapshots>,
    /// `None` where nobody may edit.
    pub journal: Option<JournalWriter>,
    pub map_file: MapFile,
    /// What people had beside the map.
    pub board: Board,
    /// The map in its canonical order, and its hash.
    pub shown: Arc<BenefitMap>,
    pub hash: String,
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
pub(super) fn begin(path: &Path, rights: Rights) -> Result<Recovered, Error> {
    let read = match private::read(path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && rights == Rights::Edit => None,
        Err(source) => {
            let path = path.to_owned();
            return Err(Error::Map { path, source });
        }
    };
    let there = match &read {
        Some(bytes) => {
            let document = Document::parse(&path.display().to_string(), bytes.clone());
            Some(document.map_err(file::Error::from)?.map)
        }
        None => None,
    };
    let mut map_file = MapFile::new(path.to_owned(), &read.unwrap_or_default());
    if rights == Rights::View {
        let snapshots = Arc::new(Snapshots::default());
        let session = Session::new(there.unwrap_or_default(), 0);
        return Ok(recovered(
            (session, snapshots, None),
            map_file,
            Board::default(),
            Vec::new(),
        ));
    }
    if there.is_some() && private::is_read_only(path) {
        return Err(Error::ReadOnly { path: path.to_owned() });
    }
    map_file.hold().map_err(|_| Error::Held { path: path.to_owned() })?;
    let (journal, scan) = Journal::open(Journal::path_of(path))?;
    file::clear_left_over(path);
    let mut opened = Opened {
        since: journal.length().saturating_sub(scan.timeline.snapshots_end()),
        snapshots: Arc::new(Snapshots::new(journal.reader()?, scan.timeline.clone())),
        notes: damage(&journal, &scan),
        is_lost: false,
    };
    let board = scan.board.clone();
    let past = opened.past(scan);
    let (session, unsaved) = opened.together(past, there, &journal)?;
    let Opened {
        snapshots,
        since,
        mut notes,
        is_lost,
    } = opened;
    let mut journal = JournalWriter::new(journal, snapshots.clone(), since);
    let (session, shown, text) = saved(&mut map_file, &mut journal, session, unsaved)?;
    if journal.as_private_as(path)? == Narrowed::Yes {
        notes.push("the journal could be read by more people than the map: it no longer can".to_owned());
    }
    if journal.is_grown() {
        notes.push("the journal had grown very long: the oldest part of its history was left out".to_owned());
        journal = shortened(journal, &snapshots, &session, (&shown, &board))?;
    }
    journal.begin(session.rev(), &shown)?;
    if is_lost || journal.is_far(text.len()) {
        journal.write_map(session.rev(), &hash(&text), &shown)?;
    }
    Ok(recovered((session, snapshots, Some(journal)), map_file, board, notes))
}

fn recovered(
    (session, snapshots, journal): (Session, Arc<Snapshots>, Option<JournalWriter>),
    map_file: MapFile,
    board: Board,
    notes: Vec<String>,
) -> Recovered {
    let shown = session.map();
    let hash = hash(&file::write(&shown));
    Recovered {
        session,
        snapshots,
        journal,
        map_file,
        board,
        shown,
        hash,
        notes,
    }
}

/// A journal that was opened, on the way to a beginning.
struct Opened {
    snapshots: Arc<Snapshots>,
    since: u64,
    notes: Vec<String>,
    /// Whether the journal does not lead up to the map any more.
    is_lost: bool,
}

/// What the journal leads to.
enum Past {
    /// It has nothing.
    None,
    /// The map as it was left, and where the journal does not say that it was saved, the revision that the file may have instead.
    Known(Box<Session>, Option<u64>),
    /// Steps up to that revision, but not what the map was after them.
    Lost(u64),
}

impl Opened {
    fn past(&mut self, scan: Scan) -> Past {
        let Some(last) = scan.timeline.last().max((scan.saved > 0).then_some(scan.saved)) else {
            return Past::None;
        };
        let before = scan.timeline.before_last().filter(|_| scan.saved < last);
        let known = match scan.timeline.last() == Some(last) {
            true => self.replayed(&scan.timeline),
            false => None,
        };
        match known {
            Some(mut session) => {
                session.remember(scan.answers);
                Past::Known(Box::new(session), before)
            }
            None => {
                self.notes.push(
                    "the journal no longer leads up to the map, so the history goes on with the map as its file has it"
                        .to_owned(),
                );
                Past::Lost(last)
            }
        }
    }

    /// The map as the journal leaves it, with the last steps; `None` where it does not get there.
    fn replayed(&mut self, timeline: &Timeline) -> Option<Session> {
        let base = timeline.base(UNDOABLE)?;
        let mut failed = |why: String| {
            self.notes.push(format!("the journal cannot be followed: {why}"));
        };
        let map = match self.snapshots.map_at(base) {
            Ok(map) => map,
            Err(refusal) => {
                failed(refusal.to_string());
                return None;
            }
        };
        let mut session = Session::new(map, base);
        for piece in timeline.after(base) {
            let steps = self.snapshots.line(piece).map(Entry::into_steps);
            let later = steps.map(|steps| steps.into_iter().filter(|step| step.rev > base));
            let done = later.and_then(|mut steps| {
                steps.try_for_each(|step| {
                    let rev = step.rev;
                    session
                        .replay(step, &*self.snapshots)
                        .map_err(|refusal| format!("step {rev}: {refusal}"))
                })
            });
            if let Err(why) = done {
                failed(why);
                return None;
            }
        }
        let is_right = timeline
            .last_hash()
            .is_none_or(|last| last == hash(&file::write(&session.map())));
        if !is_right {
            failed("its steps do not lead to what they led to then".to_owned());
        }
        is_right.then_some(session)
    }

    /// The session to go on with, and what of it is not written yet.
    fn together(
        &mut self,
        past: Past,
        there: Option<BenefitMap>,
        journal: &Journal,
    ) -> Result<(Session, Unsaved), Error> {
        let path = journal.path().to_owned();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let fresh = Session::new;
        Ok(match (past, there) {
            (Past::None, Some(map)) => (fresh(map, 0), Unsaved::Nothing),
            (Past::None, None) => {
                let made = fresh(BenefitMap::new(title_of(Path::new(&name))), 0);
                self.notes.push(format!("{name} was not there: it is a new map"));
                (made, Unsaved::File)
            }
            (Past::Known(session, _), None) => {
                self.notes
                    .push(format!("{name} was not there: it is made again from its journal"));
                (*session, Unsaved::File)
            }
            (Past::Lost(_), None) => {
                let why = "without it the map cannot be rebuilt, and its file is missing".to_owned();
                return Err(Error::Damaged { path, line: 1, why });
            }
            (Past::Lost(rev), Some(map)) => {
                self.is_lost = true;
                (fresh(map, rev), Unsaved::Nothing)
            }
            (Past::Known(session, before), Some(map)) => {
                let (text, mut session) = (file::write(&map), *session);
                let was = |rev| {
                    self.snapshots
                        .map_at(rev)
                        .is_ok_and(|before| file::write(&before) == text)
                };
                if text == file::write(&session.map()) {
                    (session, Unsaved::Nothing)
                } else if before.is_some_and(was) {
                    self.notes
                        .push(format!("the last edits were only in the journal: {name} has them now"));
                    (session, Unsaved::File)
                } else {
                    self.notes.push(format!(
                        "{name} was changed since the last workshop: it counts as it is, and the history keeps what was before"
                    ));
                    let take = Command {
                        who: Author {
                            name: "the file".to_owned(),
                            ..Author::default()
                        },
                        number: None,
                        at: now(),
                        action: Action::Take(Box::new(map.clone())),
                    };
                    match session.apply(take, &*self.snapshots) {
                        Ok(_) => (session, Unsaved::Step),
                        // It counts all the same.
                        Err(_) => {
                            self.is_lost = true;
                            (fresh(map, session.rev()), Unsaved::Nothing)
                        }
                    }
                }
            }
        })
    }
}

/// What is not written yet at the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unsaved {
    Nothing,
    /// The step that takes the file as it was changed outside.
    Step,
    /// The file, where the journal is ahead of it or there is none.
    File,
}

/// Writes what is not written yet; gives the map as it is, and its text.
fn saved(
    map_file: &mut MapFile,
    journal: &mut JournalWriter,
    mut session: Session,
    unsaved: Unsaved,
) -> Result<(Session, Arc<BenefitMap>, String), Error> {
    let shown = session.map();
    let text = file::write(&shown);
    if unsaved == Unsaved::Step {
        let written = journal.write(&hash(&text), session.pending())?;
        journal.settle(written, &shown, text.len());
        session.commit();
    }
    if unsaved == Unsaved::File {
        map_file.save(&text)?;
        if !journal.is_empty() {
            journal.saved(session.rev())?;
        }
    }
    Ok((session, shown, text))
}

/// The journal with the oldest part of its history left out.
fn shortened(
    journal: JournalWriter,
    snapshots: &Arc<Snapshots>,
    session: &Session,
    (shown, board): (&BenefitMap, &Board),
) -> Result<JournalWriter, Error> {
    let (journal, timeline) = (journal.into_journal(), snapshots.timeline());
    let begin = |rev, map| Entry::Begin {
        journal: FORMAT,
        rev,
        at: now(),
        map: Box::new(map),
    };
    let tail = timeline.tail(journal.length().saturating_sub(KEPT));
    let kept = tail.and_then(|(rev, end)| Some((rev, snapshots.map_at(rev).ok()?, journal.bytes_from(end + 1).ok()?)));
    let (first, mut rest) = match kept {
        Some((rev, map, rest)) => (begin(rev, map), rest),
        None => (begin(session.rev(), shown.clone()), Vec::new()),
    };
    // What lies beside the map was written in lines that may be left out.
    let path = journal.path().to_owned();
    let unwritten = |why| Error::Journal {
        path,
        doing: "written",
        source: std::io::Error::other(why),
    };
    if !board.is_empty() {
        rest.extend(Entry::Beside(Box::new(board.clone())).encode().map_err(unwritten)?);
    }
    let (journal, scan) = journal.replaced(&first, &rest)?;
    let since = journal.length().saturating_sub(scan.timeline.snapshots_end());
    snapshots.move_to(journal.reader()?, scan.timeline);
    Ok(JournalWriter::new(journal, snapshots.clone(), since))
}

/// What is the matter with a journal, a sentence each.
fn damage(journal: &Journal, scan: &Scan) -> Vec<String> {
    let name = journal
        .path()
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut notes: Vec<String> = (scan.damaged.iter())
        .map(|(line, why)| format!("line {line} of {name} is damaged: {why}"))
        .collect();
    if scan.more > 0 {
        notes.push(format!("{} more lines of {name} are damaged", scan.more));
    }
    for (first, last) in scan.timeline.gaps() {
        notes.push(match first == last {
            true => format!("step {first} of the history is missing in {name}, and cannot be returned to"),
            false => format!("steps {first} to {last} of the history are missing in {name}, and cannot be returned to"),
        });
    }
    notes
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
