//! The one thread that changes the map: edits one after the other, journalled and saved before anybody is told.
//!
//! Whatever has come in while the disk was busy is done as one batch: one line in the journal, one saving of the file, however many
//! edits there were. So a slow disk makes batches larger, not the queue longer.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError};

use serde::Serialize;
use tokio::sync::oneshot;

use super::chronicle::{Chronicle, Done, Who, Wish, hash};
use super::disk::{Disk, Found};
use super::error::Refused;
use super::hub::{Event, Hub};
use super::journal::{Does, Journal, Line, Step};
use super::now;
use super::painter::Painting;
use super::recover::Begun;
use crate::edit::Edit;
use crate::file;
use crate::map::BenefitMap;

/// How many edits are done together at most.
const BATCH: usize = 256;

/// What the keeper is asked.
pub(super) enum Ask {
    /// To change the map.
    Change {
        who: Who,
        n: Option<u64>,
        wish: Wish,
        reply: oneshot::Sender<Result<Answer, Refused>>,
    },
    /// What to do about a file that was changed outside.
    File {
        who: Who,
        keep: Keep,
        reply: oneshot::Sender<Result<u64, Refused>>,
    },
    /// To look at the file.
    Look,
    /// To draw the map anew.
    Tidy,
    /// Steps before a revision.
    History {
        before: u64,
        reply: oneshot::Sender<History>,
    },
    /// The map at a revision; as it is where there is none.
    Map {
        rev: Option<u64>,
        reply: oneshot::Sender<Result<(u64, BenefitMap), Refused>>,
    },
    /// What a browser would undo and redo.
    Standing {
        client: String,
        reply: oneshot::Sender<Standing>,
    },
    /// To finish.
    Stop,
}

/// Which of two maps is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Keep {
    /// The workshop's.
    Ours,
    /// The one in the file.
    Theirs,
}

/// What is answered to an edit.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Answer {
    pub rev: u64,
    pub hash: String,
    pub ids: Vec<String>,
    pub label: String,
    #[serde(flatten)]
    pub standing: Standing,
}

/// What a browser would undo and redo.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Standing {
    pub undo: Option<Labelled>,
    pub redo: Option<Labelled>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Labelled {
    pub label: String,
}

/// A step, as it is told.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Told {
    pub rev: u64,
    pub at: String,
    pub client: String,
    pub name: String,
    pub colour: u8,
    pub does: Does,
    pub label: String,
    pub touches: Vec<String>,
}

impl From<&Step> for Told {
    fn from(step: &Step) -> Self {
        Self {
            rev: step.rev,
            at: step.at.clone(),
            client: step.client.clone(),
            name: step.name.clone(),
            colour: step.colour,
            does: step.does,
            label: step.label.clone(),
            touches: step.touches.clone(),
        }
    }
}

/// A part of the history, as it is told.
#[derive(Debug, Serialize)]
pub(super) struct History {
    pub entries: Vec<Told>,
    pub first: u64,
    pub rev: u64,
}

/// How many steps of the history are told at once.
const STEPS: usize = 200;

pub(super) struct Keeper {
    chronicle: Chronicle,
    journal: Option<Journal>,
    disk: Disk,
    /// The file was changed outside, and nobody has said what to do about it.
    outside: Option<Found>,
    hash: String,
    hub: Arc<Hub>,
    painter: Sender<Painting>,
}

type Reply = oneshot::Sender<Result<Answer, Refused>>;

/// An edit that was done and is not acknowledged yet.
struct Pending {
    client: String,
    n: Option<u64>,
    done: Done,
    reply: Reply,
}

impl Keeper {
    pub fn new(begun: Begun, hub: Arc<Hub>, painter: Sender<Painting>) -> Self {
        let hash = hash(&file::write(&begun.chronicle.map()));
        Self {
            chronicle: begun.chronicle,
            journal: begun.journal,
            disk: begun.disk,
            outside: None,
            hash,
            hub,
            painter,
        }
    }

    /// Does what is asked until it is asked to stop, or nobody can ask any more.
    pub fn run(mut self, asked: &Receiver<Ask>) {
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
                Ask::Change { who, n, wish, reply } => next = self.batch((who, n, wish, reply), asked),
                Ask::File { who, keep, reply } => {
                    let answer = self.settle(&who, keep);
                    let _ = reply.send(answer);
                }
                Ask::Look => self.look(),
                Ask::Tidy => drop(self.painter.send(Painting::Tidy)),
                Ask::History { before, reply } => {
                    let steps = self.chronicle.steps(before, STEPS);
                    let _ = reply.send(History {
                        entries: steps.into_iter().map(Told::from).collect(),
                        first: self.chronicle.first(),
                        rev: self.chronicle.rev(),
                    });
                }
                Ask::Map { rev, reply } => {
                    let rev = rev.unwrap_or_else(|| self.chronicle.rev());
                    let map = self.chronicle.at(rev).map(|mut map| {
                        map.canonicalize();
                        (rev, map)
                    });
                    let _ = reply.send(map);
                }
                Ask::Standing { client, reply } => drop(reply.send(self.standing(&client))),
                Ask::Stop => break,
            }
        }
        // A history in which nothing happened is not worth a file.
        if let Some(journal) = self.journal.filter(|_| self.chronicle.rev() == 0) {
            journal.remove();
        }
    }

    fn standing(&self, client: &str) -> Standing {
        let (undo, redo) = self.chronicle.standing(client);
        Standing {
            undo: undo.map(|label| Labelled { label }),
            redo: redo.map(|label| Labelled { label }),
        }
    }

    /// Does one change and whatever else has come in. Gives what came in and is no change, or must wait for this batch.
    fn batch(&mut self, first: (Who, Option<u64>, Wish, Reply), asked: &Receiver<Ask>) -> Option<Ask> {
        self.look();
        let mark = self.chronicle.mark();
        let mut pending: Vec<Pending> = Vec::new();
        let mut next = Some(first);
        let mut left = None;
        while let Some((who, n, wish, reply)) = next.take() {
            self.one(who, n, wish, reply, &mut pending);
            if pending.len() >= BATCH {
                break;
            }
            match asked.try_recv() {
                Ok(Ask::Change { who, n, wish, reply }) => {
                    let is_pending = |p: &Pending| p.client == who.client && p.n == n && n.is_some();
                    if pending.iter().any(is_pending) {
                        left = Some(Ask::Change { who, n, wish, reply });
                    } else {
                        next = Some((who, n, wish, reply));
                    }
                }
                Ok(other) => left = Some(other),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => {}
            }
        }
        if pending.is_empty() {
            return left;
        }
        let steps: Vec<Step> = self.chronicle.since(mark).into_iter().cloned().collect();
        let shown = self.chronicle.shown();
        match self.save(&shown, &steps) {
            Ok(()) => {
                for Pending { client, n, done, reply } in pending {
                    if let Some(n) = n {
                        self.chronicle.answer(&client, n, Ok(done.clone()));
                    }
                    let answer = self.answer(&client, done);
                    let _ = reply.send(Ok(answer));
                }
                let below = steps.iter().flat_map(wishes).collect();
                self.show(shown, steps.iter().map(Told::from).collect(), below);
            }
            Err(refused) => {
                self.chronicle.back_to(mark);
                for one in pending {
                    let _ = one.reply.send(Err(refused.clone()));
                }
            }
        }
        left
    }

    /// Does one change in memory, or answers at once why not.
    fn one(&mut self, who: Who, n: Option<u64>, wish: Wish, reply: Reply, pending: &mut Vec<Pending>) {
        if let Some(answer) = n.and_then(|n| self.chronicle.answered(&who.client, n)) {
            let answer = answer.map(|done| self.answer(&who.client, done));
            let _ = reply.send(answer);
            return;
        }
        let refused = match (&self.journal, &self.outside) {
            (None, _) => Some(Refused::new(403, "view-only", "this workshop is only for viewing")),
            (_, Some(_)) => Some(Refused::new(
                409,
                "file-changed",
                "the file was changed outside the workshop: take it or keep ours first",
            )),
            _ => None,
        };
        let done = match refused {
            Some(refused) => Err(refused),
            None => self.chronicle.wish(&who, n, now(), wish),
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

    fn answer(&self, client: &str, done: Done) -> Answer {
        Answer {
            rev: done.rev,
            hash: self.hash.clone(),
            ids: done.ids,
            label: done.label,
            standing: self.standing(client),
        }
    }

    /// Journals the steps and saves the map with them. Where that fails, neither has happened.
    fn save(&mut self, shown: &BenefitMap, steps: &[Step]) -> Result<(), Refused> {
        let refused = |error: &dyn std::error::Error| {
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            Refused::new(
                500,
                "not-saved",
                format!("this could not be saved, and nothing was changed: {error}{cause}"),
            )
        };
        let Some(journal) = &mut self.journal else {
            return Err(Refused::new(403, "view-only", "this workshop is only for viewing"));
        };
        let length = journal.length();
        let text = file::write(shown);
        journal
            .add(&Line::Batch(steps.to_vec()))
            .map_err(|error| refused(&error))?;
        if let Err(error) = self.disk.save(&text) {
            journal.cut(length).map_err(|error| refused(&error))?;
            return Err(refused(&error));
        }
        self.hash = hash(&text);
        // It only tells that the file was written; without it, the next start looks more closely.
        let _ = journal.note(&Line::Saved(self.chronicle.rev()));
        Ok(())
    }

    /// Has the map drawn and told to everybody.
    fn show(&self, map: Arc<BenefitMap>, steps: Vec<Told>, below: Vec<(String, String)>) {
        let _ = self.painter.send(Painting::Map {
            map,
            rev: self.chronicle.rev(),
            hash: self.hash.clone(),
            steps,
            below,
        });
    }

    /// Looks whether somebody else has written to the file, and tells everybody where that is new.
    fn look(&mut self) {
        if self.journal.is_none() {
            return self.follow();
        }
        let found = match self.disk.look(|| self.chronicle.map()) {
            Found::Ours => None,
            other => Some(other),
        };
        if found != self.outside {
            self.outside = found;
            self.hub.send(Event::File(self.file_state()));
        }
    }

    /// Where nobody edits here, the file is shown as others change it.
    fn follow(&mut self) {
        match self.disk.look(|| self.chronicle.map()) {
            Found::Theirs(map) => {
                self.disk.accept();
                let rev = self.chronicle.rev() + 1;
                self.chronicle = Chronicle::new(*map, rev);
                self.hash = hash(&file::write(&self.chronicle.map()));
                self.outside = None;
                self.hub.send(Event::File(self.file_state()));
                self.show(self.chronicle.shown(), Vec::new(), Vec::new());
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

    fn file_state(&self) -> String {
        let name = self.disk.name();
        let state = match &self.outside {
            None | Some(Found::Ours) => serde_json::json!({"name": name, "state": "saved"}),
            Some(Found::Theirs(_)) => serde_json::json!({
                "name": name, "state": "changed", "readable": true,
                "why": format!("{name} was changed outside the workshop"),
            }),
            Some(Found::Unreadable(why)) => serde_json::json!({
                "name": name, "state": "changed", "readable": false, "why": why,
            }),
        };
        state.to_string()
    }

    /// Takes the file, or writes ours over it.
    fn settle(&mut self, who: &Who, keep: Keep) -> Result<u64, Refused> {
        self.look();
        let Some(outside) = self.outside.clone() else {
            return Ok(self.chronicle.rev());
        };
        let Some(journal) = &mut self.journal else {
            return Err(Refused::new(403, "view-only", "this workshop is only for viewing"));
        };
        let saved = |error: &dyn std::error::Error| Refused::new(500, "not-saved", error.to_string());
        match (keep, outside) {
            (Keep::Theirs, Found::Unreadable(why)) => return Err(Refused::new(409, "refused", why)),
            (Keep::Theirs, Found::Theirs(map)) => {
                let mark = self.chronicle.mark();
                self.chronicle.wish(who, None, now(), Wish::Take(map))?;
                let steps: Vec<Step> = self.chronicle.since(mark).into_iter().cloned().collect();
                if let Err(error) = journal.add(&Line::Batch(steps.clone())) {
                    self.chronicle.back_to(mark);
                    return Err(saved(&error));
                }
                let _ = journal.note(&Line::Saved(self.chronicle.rev()));
                self.disk.accept();
                self.hash = hash(&file::write(&self.chronicle.map()));
                self.outside = None;
                self.show(
                    self.chronicle.shown(),
                    steps.iter().map(Told::from).collect(),
                    Vec::new(),
                );
            }
            _ => {
                self.disk
                    .save(&file::write(&self.chronicle.map()))
                    .map_err(|error| saved(&error))?;
                self.outside = None;
            }
        }
        self.hub.send(Event::File(self.file_state()));
        Ok(self.chronicle.rev())
    }
}

/// Which new boxes are wished below which.
fn wishes(step: &Step) -> Vec<(String, String)> {
    let super::journal::Change::Edit(edit) = &step.change else {
        return Vec::new();
    };
    let wish = |edit: &Edit| match edit {
        Edit::AddNode {
            id: Some(id),
            below: Some(below),
            ..
        } => Some((id.to_string(), below.clone())),
        _ => None,
    };
    edit.each().into_iter().filter_map(wish).collect()
}
