//! The state of a session: the map as it is, what takes each step back, who may undo what, and what was answered to whom.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use serde::Serialize;

use super::Refusal;
use super::browser::Browsers;
use super::past::Past;
use super::step::{Author, Change, Does, Step, TOUCHES, hash};
use crate::edit::{self, Edit, EditableMap};
use crate::file;
use crate::map::{BenefitMap, too_long};

/// How many steps are held so that they can be undone.
const STEPS: usize = 5_000;
/// How much memory they may take, in bytes of JSON.
const WEIGHT: usize = 16 << 20;

/// How many of the last steps are looked at for one that somebody built on another.
const LOOKED_AT: u64 = 500;

/// What is to be done.
#[derive(Debug)]
pub enum Action {
    /// An edit, or several as a group.
    Edit(Box<Edit>),
    /// The author's last step taken back.
    Undo,
    /// That taken back again.
    Redo,
    /// The author's last step left as it is, so that the one before it can be taken back.
    Skip,
    /// The map as it was at a revision.
    Return {
        /// The revision.
        rev: u64,
        /// The map then.
        map: Box<BenefitMap>,
    },
    /// A map that was changed outside.
    Take(Box<BenefitMap>),
}

/// What is to be done, by whom and when.
#[derive(Debug)]
pub struct Command {
    /// Who does it.
    pub who: Author,
    /// The browser's own counter: the same number is done once, however often it is sent. `None` for what no browser sends.
    pub number: Option<u64>,
    /// When, as RFC 3339 writes it.
    pub at: String,
    /// What.
    pub action: Action,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The revision that the map has now.
    pub rev: u64,
    /// The ids of what was added, in order.
    pub ids: Vec<String>,
    /// What was done, in words.
    pub label: String,
}

/// What a browser would undo and redo.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Undoable {
    /// The step that it would undo; `None` where there is nothing.
    pub undo: Option<Labelled>,
    /// The step that it would redo; `None` where there is nothing.
    pub redo: Option<Labelled>,
}

/// A step by its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Labelled {
    /// What it does, in words.
    pub label: String,
}

/// What takes a step back.
#[derive(Debug, Clone)]
enum Back {
    Edit(Edit),
    /// The map as it was before, as long as it is still the one of that hash.
    Map(String),
}

#[derive(Debug)]
struct Entry {
    rev: u64,
    client: String,
    does: Does,
    label: String,
    back: Back,
    /// In bytes of JSON.
    weight: usize,
}

/// A step before it has its revision: what it does, its label, its change, and the map that it leads to where it is one.
type Planned = (Does, String, Change, Option<Box<BenefitMap>>);

/// A step that is not committed yet.
#[derive(Debug)]
struct Pending {
    step: Step,
    /// Where the step put another map in the place of the one before: that one.
    before: Option<Box<EditableMap>>,
}

/// A map that several people change, with what happened to it of late.
///
/// Steps are done at once and wait to be committed, so that the driver can write them down first, several together.
/// See the [page of the room](super) for the way of one edit.
#[derive(Debug)]
pub struct Session {
    map: EditableMap,
    rev: u64,
    entries: VecDeque<Entry>,
    weight: usize,
    browsers: Browsers,
    pending: Vec<Pending>,
}

impl Session {
    /// A session that begins with a map at a revision.
    pub fn new(map: BenefitMap, rev: u64) -> Self {
        Self {
            map: EditableMap::new(map),
            rev,
            entries: VecDeque::new(),
            weight: 0,
            browsers: Browsers::default(),
            pending: Vec::new(),
        }
    }

    /// Takes over what browsers were answered before: by browser and number, the revision.
    pub fn remember(&mut self, answers: BTreeMap<String, BTreeMap<u64, u64>>) {
        for (client, answers) in answers {
            for (n, rev) in answers {
                self.browsers.remember(client.clone(), n, rev);
            }
        }
        self.browsers.forget_idle();
    }

    /// The revision of the map as it is.
    pub fn rev(&self) -> u64 {
        self.rev
    }

    /// The map as it is, in its canonical order.
    pub fn map(&self) -> Arc<BenefitMap> {
        let mut map = self.map.to_map();
        map.canonicalize();
        Arc::new(map)
    }

    /// Does what a command says, as one step that waits to be committed.
    ///
    /// # Errors
    /// [`Refusal`] where it cannot be done; the map is then as it was.
    pub fn apply(&mut self, command: Command, past: &dyn Past) -> Result<Done, Refusal> {
        let Command {
            who,
            number,
            at,
            action,
        } = command;
        let (does, label, change, target) = match action {
            Action::Edit(edit) => {
                edit::check(&edit)?;
                (Does::Edit, self.map.label(&edit), Change::Edit(*edit), None)
            }
            Action::Undo => {
                let (last, _) = self.browsers.undoable(&who.client);
                let entry = last.and_then(|rev| self.entry(rev)).ok_or(Refusal::NothingToUndo)?;
                self.backward(Does::Undo, entry, past)?
            }
            Action::Redo => {
                let (_, last) = self.browsers.undoable(&who.client);
                let entry = last.and_then(|rev| self.entry(rev)).ok_or(Refusal::NothingToRedo)?;
                self.backward(Does::Redo, entry, past)?
            }
            Action::Skip => {
                let (last, _) = self.browsers.undoable(&who.client);
                let entry = last.and_then(|rev| self.entry(rev)).ok_or(Refusal::NothingToUndo)?;
                let nothing = Change::Edit(Edit::group(Vec::new()));
                (Does::Skip, entry.label.clone(), nothing, None)
            }
            Action::Return { rev, map } => {
                let label = format!("return to step {rev}");
                (Does::Return, label, Change::Return(rev), Some(map))
            }
            Action::Take(map) => (
                Does::Take,
                "take the file as it was changed outside".to_owned(),
                Change::Map(map),
                None,
            ),
        };
        within_limits(&change, target.as_deref())?;
        let undone = match does {
            Does::Undo => self.browsers.undoable(&who.client).0,
            _ => None,
        };
        let step = Step {
            rev: self.rev + 1,
            at,
            client: who.client,
            n: number,
            name: who.name,
            colour: who.colour,
            does,
            label,
            touches: Vec::new(),
            change,
        };
        let client = step.client.clone();
        let done = self.perform(step, target);
        done.map_err(|refusal| {
            undone
                .and_then(|rev| self.built_on(rev, &client, past))
                .unwrap_or(refusal)
        })
    }

    /// Who did what since a step to the same records, where somebody else did.
    fn built_on(&self, rev: u64, client: &str, past: &dyn Past) -> Option<Refusal> {
        let step = |rev: u64| {
            let pending = self.pending.iter().map(|pending| &pending.step);
            let waiting = pending.rev().find(|step| step.rev == rev).cloned();
            waiting.or_else(|| past.step(rev))
        };
        let label = self.entry(rev)?.label.clone();
        let mine = step(rev)?;
        let oldest = (rev + 1).max(self.rev.saturating_sub(LOOKED_AT));
        (oldest..=self.rev).rev().filter_map(step).find_map(|later| {
            let is_same = later.touches.iter().any(|touched| mine.touches.contains(touched));
            (later.client != client && is_same).then(|| Refusal::BuiltOn {
                label: label.clone(),
                who: later.name,
                did: later.label,
            })
        })
    }

    fn entry(&self, rev: u64) -> Option<&Entry> {
        let first = self.entries.front()?.rev;
        self.entries.get(usize::try_from(rev.checked_sub(first)?).ok()?)
    }

    /// The change that takes an entry back, its label, and the map that it leads to where it is one.
    fn backward(&self, does: Does, entry: &Entry, past: &dyn Past) -> Result<Planned, Refusal> {
        let label = entry.label.clone();
        match &entry.back {
            Back::Edit(edit) => {
                edit::check_texts(edit)?;
                Ok((does, label, Change::Edit(edit.clone()), None))
            }
            Back::Map(was) => {
                if hash(&file::write(&self.map.to_map())) != *was {
                    return Err(Refusal::MapChangedSince);
                }
                let before = entry.rev - 1;
                let map = past.map_at(before)?;
                Ok((does, label, Change::Return(before), Some(Box::new(map))))
            }
        }
    }

    /// Does a step again that was committed in an earlier session.
    ///
    /// # Errors
    /// [`Refusal`] where it does not follow from the map as it is.
    pub fn replay(&mut self, step: Step, past: &dyn Past) -> Result<(), Refusal> {
        let target = match &step.change {
            Change::Return(rev) => Some(Box::new(past.map_at(*rev)?)),
            Change::Edit(_) | Change::Map(_) => None,
        };
        self.perform(step, target)?;
        self.commit();
        Ok(())
    }

    fn perform(&mut self, mut step: Step, target: Option<Box<BenefitMap>>) -> Result<Done, Refusal> {
        let mut ids = Vec::new();
        let mut before = None;
        let other = match (&mut step.change, target) {
            (Change::Edit(edit), _) => {
                let applied = self.map.apply_again(edit)?;
                *edit = applied.edit;
                ids = applied.ids;
                step.touches = applied.touches.iter().take(TOUCHES).map(ToString::to_string).collect();
                Err(applied.inverse)
            }
            (Change::Map(map), _) => Ok((**map).clone()),
            (Change::Return(_), Some(map)) => Ok(*map),
            (Change::Return(rev), None) => return Err(Refusal::NoMap { rev: *rev }),
        };
        let back = match other {
            Err(inverse) => Back::Edit(inverse),
            Ok(map) => {
                step.touches = vec!["map".to_owned()];
                let was = hash(&file::write(&map));
                before = Some(Box::new(std::mem::replace(&mut self.map, EditableMap::new(map))));
                Back::Map(was)
            }
        };
        let weight = step.label.len() + step.client.len() + weight_of(&back);
        let entry = Entry {
            rev: step.rev,
            client: step.client.clone(),
            does: step.does,
            label: step.label.clone(),
            back,
            weight,
        };
        self.browsers.note(&step.client, step.does, step.rev);
        let done = Done {
            rev: step.rev,
            ids,
            label: step.label.clone(),
        };
        self.rev = step.rev;
        self.weight += weight;
        self.entries.push_back(entry);
        self.pending.push(Pending { step, before });
        Ok(done)
    }

    /// The steps that wait to be committed, in order.
    pub fn pending(&self) -> Vec<Step> {
        self.pending.iter().map(|pending| pending.step.clone()).collect()
    }

    /// Whether the last of them put another map in the place of the one before. Both are held until it is committed.
    pub fn is_replaced(&self) -> bool {
        self.pending.last().is_some_and(|pending| pending.before.is_some())
    }

    /// What waited is written down: it counts from now on.
    pub fn commit(&mut self) {
        self.pending.clear();
        while self.entries.len() > STEPS || (self.weight > WEIGHT && self.entries.len() > 1) {
            if let Some(entry) = self.entries.pop_front() {
                self.weight -= entry.weight;
            }
        }
        self.browsers.forget_idle();
    }

    /// What waited could not be written down: the map is again as it was before.
    pub fn roll_back(&mut self) {
        while let Some(Pending { step, before }) = self.pending.pop() {
            let entry = self.entries.pop_back();
            self.rev = step.rev - 1;
            self.weight -= entry.as_ref().map_or(0, |entry| entry.weight);
            match (before, entry.map(|entry| entry.back)) {
                (Some(map), _) => self.map = *map,
                (None, Some(Back::Edit(edit))) => drop(self.map.apply_again(&edit)),
                (None, _) => {}
            }
        }
        let entries = self.entries.iter();
        self.browsers
            .note_only(entries.map(|entry| (entry.client.as_str(), entry.does, entry.rev)));
    }

    /// What a browser would undo and redo.
    pub fn undoable(&self, client: &str) -> Undoable {
        let labelled = |rev: Option<u64>| {
            let label = rev.and_then(|rev| self.entry(rev))?.label.clone();
            Some(Labelled { label })
        };
        let (undo, redo) = self.browsers.undoable(client);
        Undoable {
            undo: labelled(undo),
            redo: labelled(redo),
        }
    }

    /// What was answered to a browser, should it send the same again; `None` where it has not sent that number yet.
    ///
    /// # Errors
    /// [`Refusal`] where that is too long ago to know, or the number is far from any that the browser could have come to.
    pub fn answered(&self, client: &str, number: u64, past: &dyn Past) -> Result<Option<Done>, Refusal> {
        let Some(rev) = self.browsers.answered(client, number)? else {
            return Ok(None);
        };
        let step = past.step(rev).ok_or(Refusal::AnsweredLongAgo { number })?;
        Ok(Some(Done {
            rev: step.rev,
            ids: step.added(),
            label: step.label,
        }))
    }

    /// Remembers what a browser is answered: that its number led to a revision.
    pub fn answer(&mut self, client: &str, number: u64, rev: u64) {
        self.browsers.answer(client, number, rev);
    }
}

/// Whether a change keeps within the limits of maps, so that the file can be read again. What a journal holds from before there were
/// limits may not.
fn within_limits(change: &Change, target: Option<&BenefitMap>) -> Result<(), Refusal> {
    let map = match (change, target) {
        (_, Some(map)) => map,
        (Change::Map(map), None) => map,
        _ => return Ok(()),
    };
    match too_long(map).into_iter().next() {
        Some(found) => Err(edit::Refusal::TooLong(found).into()),
        None => Ok(()),
    }
}

/// How long what takes a step back is as JSON, in bytes.
fn weight_of(back: &Back) -> usize {
    struct Scales(usize);
    impl std::io::Write for Scales {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut scales = Scales(0);
    match back {
        // It refuses nothing.
        Back::Edit(edit) => drop(serde_json::to_writer(&mut scales, edit)),
        Back::Map(was) => scales.0 = was.len(),
    }
    scales.0
}
