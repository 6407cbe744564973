//! The one thread that changes the map: edits one after the other, journalled and saved before anybody is told.
//!
//! Whatever has come in while the disk was busy is done as one batch: one line in the journal, one saving of the file, however many
//! edits there were. So a slow disk makes batches larger, not the queue longer.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError};

use tokio::sync::oneshot;

use super::current::{Current, Newest};
use super::error::Refused;
use super::hub::{Event, Hub};
use super::journal_writer::JournalWriter;
use super::map_file::{Found, MapFile};
use super::private::LARGEST;
use super::recover::Recovered;
use super::renderer::Render;
use super::snapshots::Snapshots;
use super::wire::{Answer, FileState, Keep};
use super::{beside, now, now_in_ms};
use crate::file;
use crate::map::BenefitMap;
use crate::session::board::{Board, BoardStep, Changed, Deed};
use crate::session::{Action, Author, Command, Done, HistoryEntry, Revision, Session, Step, Undoable, hash};

/// How many wishes are done together at most.
const BATCH: usize = 256;
/// How many edits they may be in all before no more are taken in.
const VOLUME: usize = 20_000;

/// What the edit loop is sent.
pub(super) enum Message {
    /// To change the map.
    Change {
        who: Author,
        n: Option<u64>,
        action: Action,
        reply: oneshot::Sender<Result<Answer, Refused>>,
    },
    /// Something that somebody does beside the map.
    Board { who: Author, deed: Deed, reply: BoardReply },
    /// What to do about a file that was changed outside.
    File {
        who: Author,
        keep: Keep,
        reply: oneshot::Sender<Result<u64, Refused>>,
    },
    /// To look at the file.
    Look,
    /// To draw the map anew.
    Tidy,
    /// What a browser would undo and redo.
    Undoable {
        client: String,
        reply: oneshot::Sender<Undoable>,
    },
    /// To finish.
    Stop,
}

pub(super) struct EditLoop {
    session: Session,
    snapshots: Arc<Snapshots>,
    /// `None` where nobody may edit.
    journal: Option<JournalWriter>,
    map_file: MapFile,
    board: Arc<Board>,
    /// The file was changed outside, and nobody has said what to do about it.
    outside: Option<Found>,
    /// What is the matter with the journal.
    trouble: Option<String>,
    shown: Arc<BenefitMap>,
    hash: String,
    hub: Arc<Hub>,
    newest: Arc<Newest>,
    renderer: Sender<Render>,
    /// Nobody waits any more: nothing more is done or written.
    ending: Arc<AtomicBool>,
}

type BoardReply = oneshot::Sender<Result<Arc<Board>, Refused>>;
type Reply = oneshot::Sender<Result<Answer, Refused>>;

/// An edit that was done and is not acknowledged yet.
struct Pending {
    client: String,
    n: Option<u64>,
    done: Done,
    reply: Reply,
}

fn view_only() -> Refused {
    Refused::view_only("this workshop is only for viewing")
}

fn not_saved(error: &dyn std::error::Error) -> Refused {
    let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
    let why = format!("this could not be saved, and nothing was changed: {error}{cause}");
    Refused::new(500, "not-saved", why)
}

impl EditLoop {
    pub fn new(
        recovered: Recovered,
        hub: Arc<Hub>,
        newest: Arc<Newest>,
        renderer: Sender<Render>,
        ending: Arc<AtomicBool>,
    ) -> Self {
        Self {
            hash: recovered.hash,
            shown: recovered.shown,
            session: recovered.session,
            snapshots: recovered.snapshots,
            journal: recovered.journal,
            map_file: recovered.map_file,
            board: Arc::new(recovered.board),
            outside: None,
            trouble: None,
            hub,
            newest,
            renderer,
            ending,
        }
    }

    /// Does what is asked until it is asked to stop, or nobody can ask any more.
    pub fn run(mut self, asked: &Receiver<Message>) {
        let mut next = None;
        loop {
            let ask = match next.take() {
                Some(ask) => ask,
                None => match asked.recv() {
                    Ok(ask) => ask,
                    Err(_) => break,
                },
            };
            match ask {
                Message::Change { who, n, action, reply } => next = self.batch((who, n, action, reply), asked),
                Message::Board { who, deed, reply } => next = self.beside((who, deed, reply), asked),
                Message::File { who, keep, reply } => {
                    let answer = self.settle(who, keep);
                    let _ = reply.send(answer);
                }
                Message::Look => self.look(),
                Message::Tidy => drop(self.renderer.send(Render::Tidy)),
                Message::Undoable { client, reply } => drop(reply.send(self.session.undoable(&client))),
                Message::Stop => break,
            }
        }
        // A history in which nothing happened is not worth a file.
        let is_unused = self.session.rev() == 0 && self.board.is_empty();
        if let Some(journal) = self.journal.filter(|_| is_unused) {
            journal.remove();
        }
    }

    /// Does what somebody does beside the map and whatever else of that has come in, with one line in the journal. Gives what came in
    /// and is nothing of that.
    fn beside(&mut self, first: (Author, Deed, BoardReply), asked: &Receiver<Message>) -> Option<Message> {
        self.look();
        let before = self.board.clone();
        let (mut replies, mut steps, mut changed) = (Vec::new(), Vec::new(), BTreeSet::new());
        let mut next = Some(first);
        let mut left = None;
        while let Some((who, deed, reply)) = next.take() {
            let at = now();
            let step = BoardStep { at, who, deed };
            match self.deed(&step) {
                Err(refused) => drop(reply.send(Err(refused))),
                Ok(done) => {
                    if done.is_some() && step.deed.is_kept() {
                        steps.push(step);
                    }
                    changed.extend(done);
                    replies.push(reply);
                }
            }
            if self.is_hindered() {
                break;
            }
            match asked.try_recv() {
                Ok(Message::Board { who, deed, reply }) if replies.len() < BATCH => next = Some((who, deed, reply)),
                Ok(other) => left = Some(other),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => {}
            }
        }
        let written = match (&mut self.journal, steps.is_empty()) {
            (Some(journal), false) => journal.write_board(steps).map_err(|error| not_saved(&error)),
            _ => Ok(()),
        };
        if written.is_err() {
            self.board = before;
        } else if !changed.is_empty() {
            let changed: Vec<Changed> = changed.into_iter().collect();
            let news = beside::news(&self.board, &changed);
            self.hub.send(Event::Board(self.board.clone(), news));
        }
        for reply in replies {
            let _ = reply.send(written.clone().map(|()| self.board.clone()));
        }
        left
    }

    /// Does one deed in memory.
    fn deed(&mut self, step: &BoardStep) -> Result<Option<Changed>, Refused> {
        match (&self.journal, &self.trouble) {
            _ if self.ending.load(Ordering::Relaxed) => return Err(Refused::stopping()),
            (None, _) => return Err(view_only()),
            (_, Some(why)) if step.deed.is_kept() => {
                return Err(Refused::new(500, "not-saved", format!("nothing was changed: {why}")));
            }
            _ => {}
        }
        // Everybody who was sent the board as it was still has it: it is copied where that is so.
        let mut board = (*self.board).clone();
        let done = board.apply(step, now_in_ms())?;
        if done.is_some() {
            self.board = Arc::new(board);
        }
        Ok(done)
    }

    /// Whether the file or the journal is in the way of changes, as far as was seen at the last look.
    fn is_hindered(&self) -> bool {
        self.outside.is_some() || self.trouble.is_some()
    }

    /// Does one change and whatever else has come in. Gives what came in and is no change, or must wait for this batch.
    fn batch(&mut self, first: (Author, Option<u64>, Action, Reply), asked: &Receiver<Message>) -> Option<Message> {
        self.look();
        let mut pending: Vec<Pending> = Vec::new();
        let mut volume = 0;
        let mut next = Some(first);
        let mut left = None;
        while let Some((who, n, action, reply)) = next.take() {
            volume += match &action {
                Action::Edit(edit) => edit.each().len(),
                _ => 1,
            };
            self.one(who, n, action, reply, &mut pending);
            // What puts another map in the place of this one is saved at once, for both are held until then.
            // What was refused for the file's sake has been answered already: who comes next may have put the file right, so it is looked
            // at again.
            if pending.len() >= BATCH || volume >= VOLUME || self.session.is_replaced() || self.is_hindered() {
                break;
            }
            match asked.try_recv() {
                Ok(Message::Change { who, n, action, reply }) => {
                    let is_pending = |p: &Pending| p.client == who.client && p.n == n && n.is_some();
                    if pending.iter().any(is_pending) {
                        left = Some(Message::Change { who, n, action, reply });
                    } else {
                        next = Some((who, n, action, reply));
                    }
                }
                Ok(other) => left = Some(other),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => {}
            }
        }
        if pending.is_empty() {
            return left;
        }
        let steps = self.session.pending();
        match self.save(steps) {
            Ok(steps) => {
                for Pending { client, n, done, reply } in pending {
                    if let Some(n) = n {
                        self.session.answer(&client, n, done.rev);
                    }
                    let answer = self.answer(&client, done);
                    let _ = reply.send(Ok(answer));
                }
                self.show(&steps);
            }
            Err(refused) => {
                self.session.roll_back();
                for one in pending {
                    let _ = one.reply.send(Err(refused.clone()));
                }
            }
        }
        left
    }

    /// Does one change in memory, or answers at once why not.
    fn one(&mut self, who: Author, n: Option<u64>, action: Action, reply: Reply, pending: &mut Vec<Pending>) {
        let answered = n.map(|n| self.session.answered(&who.client, n, &*self.snapshots));
        if let Some(answer) = answered.and_then(Result::transpose) {
            let answer = answer.map(|done| self.answer(&who.client, done));
            let _ = reply.send(answer.map_err(Refused::from));
            return;
        }
        let refused = match (&self.journal, &self.outside, &self.trouble) {
            _ if self.ending.load(Ordering::Relaxed) => Some(Refused::stopping()),
            (None, ..) => Some(view_only()),
            (_, Some(_), _) => Some(Refused::new(
                409,
                "file-changed",
                "the file was changed outside the workshop: take it or keep ours first",
            )),
            (_, _, Some(why)) => Some(Refused::new(500, "not-saved", format!("nothing was changed: {why}"))),
            _ => None,
        };
        let done = match refused {
            Some(refused) => Err(refused),
            None => self.perform(who.clone(), n, action),
        };
        match done {
            Ok(done) => pending.push(Pending {
                client: who.client,
                n,
                done,
                reply,
            }),
            Err(refused) => drop(reply.send(Err(refused))),
        }
    }

    fn perform(&mut self, who: Author, number: Option<u64>, action: Action) -> Result<Done, Refused> {
        let command = Command {
            who,
            number,
            at: now(),
            action,
        };
        Ok(self.session.apply(command, &*self.snapshots)?)
    }

    /// What is acknowledged last.
    fn revision(&self) -> Revision {
        Revision {
            rev: self.session.rev(),
            hash: self.hash.clone(),
            map: self.shown.clone(),
        }
    }

    fn answer(&self, client: &str, done: Done) -> Answer {
        Answer {
            rev: done.rev,
            hash: self.hash.clone(),
            ids: done.ids,
            label: done.label,
            undoable: self.session.undoable(client),
        }
    }

    /// Journals the steps and saves the map with them. Where that fails, neither has happened.
    fn save(&mut self, steps: Vec<Step>) -> Result<Vec<Step>, Refused> {
        let journal = self.journal.as_mut().ok_or_else(view_only)?;
        let shown = self.session.map();
        let text = file::write(&shown);
        if text.len() as u64 > LARGEST {
            let why = format!(
                "the map would be larger than {} MiB, the largest map that a workshop can hold",
                LARGEST >> 20
            );
            return Err(Refused::new(409, "refused", why));
        }
        let hash = hash(&text);
        if self.ending.load(Ordering::Relaxed) {
            return Err(Refused::stopping());
        }
        let written = journal.write(&hash, steps).map_err(|error| not_saved(&error))?;
        if let Err(error) = self.map_file.save(&text) {
            journal.take_back(&written).map_err(|error| not_saved(&error))?;
            return Err(not_saved(&error));
        }
        let steps = journal.settle(written, &shown, text.len());
        self.session.commit();
        self.publish(shown, hash);
        Ok(steps)
    }

    /// What is acknowledged from now on.
    fn publish(&mut self, shown: Arc<BenefitMap>, hash: String) {
        self.newest
            .set(Current::new(self.session.rev(), hash.clone(), shown.clone()));
        (self.shown, self.hash) = (shown, hash);
    }

    /// Has the map drawn and told to everybody, after these steps.
    fn show(&self, steps: &[Step]) {
        let _ = self.renderer.send(Render::Map {
            revision: self.revision(),
            steps: steps.iter().map(HistoryEntry::from).collect(),
            placements: steps.iter().flat_map(Step::placements).collect(),
        });
    }

    /// Looks whether somebody else has written to the file or to the journal, and tells everybody where that is new.
    fn look(&mut self) {
        let Some(journal) = &mut self.journal else {
            return self.follow();
        };
        let found = match self.map_file.look(&self.shown) {
            Found::Ours => None,
            other => Some(other),
        };
        let notice = journal.look(&self.shown, &self.hash, self.session.rev());
        let is_new = found != self.outside || notice.is_some();
        if matches!(notice, Some(Ok(()))) && !self.board.is_empty() {
            // Whatever was done to the journal, it leads up to the board again.
            let _ = journal.write_beside(&self.board);
        }
        self.outside = found;
        if let Some(notice) = notice {
            self.trouble = notice.err();
        }
        if is_new {
            self.hub.send(Event::File(self.file_state()));
        }
    }

    /// Where nobody edits here, the file is shown as others change it.
    fn follow(&mut self) {
        match self.map_file.look(&self.shown) {
            Found::Theirs(map) => {
                self.map_file.accept();
                let rev = self.session.rev() + 1;
                self.session = Session::new((*map).clone(), rev);
                self.outside = None;
                self.hub.send(Event::File(self.file_state()));
                let shown = self.session.map();
                let hash = hash(&file::write(&shown));
                self.publish(shown, hash);
                self.show(&[]);
            }
            found => {
                let found = (found != Found::Ours).then_some(found);
                if found != self.outside {
                    self.outside = found;
                    self.hub.send(Event::File(self.file_state()));
                }
            }
        }
    }

    fn file_state(&self) -> FileState {
        let name = self.map_file.name();
        let state = match &self.outside {
            None | Some(Found::Ours) => FileState::saved(name),
            Some(Found::Theirs(_)) => FileState::changed(name),
            Some(Found::Unreadable(why)) => FileState::unreadable(name, why.clone()),
        };
        let notice = self.journal.as_ref().and_then(JournalWriter::notice);
        FileState {
            journal: self.trouble.as_deref().or(notice).map(str::to_owned),
            ..state
        }
    }

    /// Takes the file, or writes ours over it.
    fn settle(&mut self, who: Author, keep: Keep) -> Result<u64, Refused> {
        self.look();
        let Some(outside) = self.outside.clone() else {
            return Ok(self.session.rev());
        };
        if self.journal.is_none() {
            return Err(view_only());
        }
        match (keep, outside) {
            (Keep::Theirs, Found::Unreadable(why)) => return Err(Refused::new(409, "refused", why)),
            (Keep::Theirs, Found::Theirs(map)) => {
                if let Some(why) = &self.trouble {
                    return Err(Refused::new(500, "not-saved", why.clone()));
                }
                self.perform(who, None, Action::Take(Box::new((*map).clone())))?;
                let shown = self.session.map();
                let text = file::write(&shown);
                let hash = hash(&text);
                let journal = self.journal.as_mut().ok_or_else(view_only)?;
                match journal.write(&hash, self.session.pending()) {
                    Err(error) => {
                        self.session.roll_back();
                        return Err(not_saved(&error));
                    }
                    Ok(written) => {
                        let steps = journal.settle(written, &shown, text.len());
                        self.session.commit();
                        self.map_file.accept();
                        self.outside = None;
                        self.publish(shown, hash);
                        self.show(&steps);
                    }
                }
            }
            _ => {
                self.map_file
                    .save(&file::write(&self.shown))
                    .map_err(|error| not_saved(&error))?;
                self.outside = None;
            }
        }
        self.hub.send(Event::File(self.file_state()));
        Ok(self.session.rev())
    }
}
