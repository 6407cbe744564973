//! What happened to the map of late: what takes each step back, who may undo what, and what was answered to whom. What is older is in
//! the archive.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::archive::Archive;
use super::error::Refused;
use super::line::{Change, Step};
use super::told::{Does, TOUCHES, hash};
use crate::edit::{self, Edit, EditableMap};
use crate::file;
use crate::map::{BenefitMap, too_long};

/// How many steps of one person can be undone.
const UNDOABLE: usize = 500;
/// How many answers to one browser are kept, should it ask again.
pub(super) const ANSWERS: u64 = 256;
/// How far a browser's numbers may go ahead of what it was answered.
const AHEAD: u64 = 10_000;
/// The highest number that a browser may begin with that is not known here: it may have counted in a workshop whose journal is gone.
const UNKNOWN: u64 = 1_000_000;
/// How many browsers are remembered.
const BROWSERS: usize = 1_000;
/// How many steps are held so that they can be undone.
const STEPS: usize = 5_000;
/// How much memory they may take, in bytes of JSON.
const WEIGHT: usize = 16 << 20;

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

/// What was done, as it is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Done {
    /// The revision.
    pub rev: u64,
    /// What was added.
    pub ids: Vec<String>,
    /// What was done, in words.
    pub label: String,
}

/// What is done next.
#[derive(Debug)]
pub(super) enum Wish {
    /// An edit.
    Edit(Box<Edit>),
    /// The client's last step taken back.
    Undo,
    /// That taken back again.
    Redo,
    /// The map as it was at a revision.
    Return(u64, Box<BenefitMap>),
    /// A map that was changed outside.
    Take(Box<BenefitMap>),
}

/// Who wishes it.
#[derive(Debug, Clone, Default)]
pub(super) struct Who {
    /// Their browser, as the others know it.
    pub client: String,
    pub name: String,
    pub colour: u8,
}

/// What one browser can undo and redo, and what it was answered, as revisions.
#[derive(Debug, Clone, Default)]
struct Browser {
    undo: VecDeque<u64>,
    redo: Vec<u64>,
    /// The highest number that was answered.
    last: u64,
    answers: BTreeMap<u64, u64>,
    /// The revision of its last step.
    active: u64,
}

/// What a step does, its label, its change, and the map that it leads to where it is one.
type Planned = (Does, String, Change, Option<Box<BenefitMap>>);

/// A step that is not saved yet.
#[derive(Debug)]
struct Fresh {
    step: Step,
    /// Where the step put another map in the place of the one before: that one.
    before: Option<Box<EditableMap>>,
}

/// The map with what happened to it.
#[derive(Debug)]
pub(super) struct Chronicle {
    map: EditableMap,
    rev: u64,
    entries: VecDeque<Entry>,
    weight: usize,
    browsers: BTreeMap<String, Browser>,
    fresh: Vec<Fresh>,
    archive: Arc<Archive>,
}

impl Browser {
    /// Takes note of a step of this browser.
    fn note(&mut self, does: Does, rev: u64) {
        match does {
            Does::Edit | Does::Return => {
                self.undo.push_back(rev);
                self.redo.clear();
            }
            Does::Undo => {
                self.undo.pop_back();
                self.redo.push(rev);
            }
            Does::Redo => {
                self.redo.pop();
                self.undo.push_back(rev);
            }
            Does::Take => {}
        }
        if self.undo.len() > UNDOABLE {
            self.undo.pop_front();
        }
        self.active = rev;
    }

    fn answer(&mut self, n: u64, rev: u64) {
        self.last = self.last.max(n);
        self.answers.insert(n, rev);
        let oldest = self.last.saturating_sub(ANSWERS);
        while self.answers.first_key_value().is_some_and(|(n, _)| *n <= oldest) {
            self.answers.pop_first();
        }
    }
}

impl Chronicle {
    pub fn new(map: BenefitMap, rev: u64, archive: Arc<Archive>) -> Self {
        Self {
            map: EditableMap::new(map),
            rev,
            entries: VecDeque::new(),
            weight: 0,
            browsers: BTreeMap::new(),
            fresh: Vec::new(),
            archive,
        }
    }

    /// What browsers were answered before, as the journal has it.
    pub fn remember(&mut self, answers: BTreeMap<String, BTreeMap<u64, u64>>) {
        for (client, answers) in answers {
            let browser = self.browsers.entry(client).or_default();
            for (n, rev) in answers {
                browser.answer(n, rev);
                browser.active = browser.active.max(rev);
            }
        }
        self.forget_browsers();
    }

    /// Forgets those that have done nothing for the longest.
    fn forget_browsers(&mut self) {
        while self.browsers.len() > BROWSERS {
            let oldest = self.browsers.iter().min_by_key(|(_, browser)| browser.active);
            let Some(client) = oldest.map(|(client, _)| client.clone()) else {
                return;
            };
            self.browsers.remove(&client);
        }
    }

    /// The revision of the map as it is.
    pub fn rev(&self) -> u64 {
        self.rev
    }

    /// The map as it is, in its canonical order.
    pub fn shown(&self) -> Arc<BenefitMap> {
        let mut map = self.map.to_map();
        map.canonicalize();
        Arc::new(map)
    }

    /// Does what is wished, as one step that waits to be saved.
    pub fn wish(&mut self, who: &Who, n: Option<u64>, at: String, wish: Wish) -> Result<Done, Refused> {
        let nothing = |what| Refused::new(409, "nothing", format!("there is nothing to {what}"));
        let (does, label, change, target) = match wish {
            Wish::Edit(edit) => {
                edit::check(&edit)?;
                (Does::Edit, self.map.label(&edit), Change::Edit(*edit), None)
            }
            Wish::Undo => {
                let last = self.browsers.get(&who.client).and_then(|b| b.undo.back().copied());
                self.backward(
                    Does::Undo,
                    last.and_then(|rev| self.entry(rev)).ok_or_else(|| nothing("undo"))?,
                )?
            }
            Wish::Redo => {
                let last = self.browsers.get(&who.client).and_then(|b| b.redo.last().copied());
                self.backward(
                    Does::Redo,
                    last.and_then(|rev| self.entry(rev)).ok_or_else(|| nothing("redo"))?,
                )?
            }
            Wish::Return(rev, map) => {
                let label = format!("return to step {rev}");
                (Does::Return, label, Change::Return(rev), Some(map))
            }
            Wish::Take(map) => (
                Does::Take,
                "take the file as it was changed outside".to_owned(),
                Change::Map(map),
                None,
            ),
        };
        within_limits(&change, target.as_deref())?;
        let step = Step {
            rev: self.rev + 1,
            at,
            client: who.client.clone(),
            n,
            name: who.name.clone(),
            colour: who.colour,
            does,
            label,
            touches: Vec::new(),
            change,
        };
        self.perform(step, target)
    }

    fn entry(&self, rev: u64) -> Option<&Entry> {
        let first = self.entries.front()?.rev;
        self.entries.get(usize::try_from(rev.checked_sub(first)?).ok()?)
    }

    /// The change that takes an entry back, its label, and the map that it leads to where it is one.
    fn backward(&self, does: Does, entry: &Entry) -> Result<Planned, Refused> {
        let label = entry.label.clone();
        match &entry.back {
            Back::Edit(edit) => {
                edit::check_texts(edit)?;
                Ok((does, label, Change::Edit(edit.clone()), None))
            }
            Back::Map(was) => {
                if hash(&file::write(&self.map.to_map())) != *was {
                    let why = "the map was changed since, and that would be lost: return to an earlier step instead";
                    return Err(Refused::new(409, "refused", why));
                }
                let before = entry.rev - 1;
                let map = self.archive.at(before)?;
                Ok((does, label, Change::Return(before), Some(Box::new(map))))
            }
        }
    }

    /// Does a step again that the journal holds and that is saved.
    pub fn replay(&mut self, step: Step) -> Result<(), Refused> {
        let target = match &step.change {
            Change::Return(rev) => Some(Box::new(self.archive.at(*rev)?)),
            Change::Edit(_) | Change::Map(_) => None,
        };
        self.perform(step, target)?;
        self.commit();
        Ok(())
    }

    fn perform(&mut self, mut step: Step, target: Option<Box<BenefitMap>>) -> Result<Done, Refused> {
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
            (Change::Return(rev), None) => {
                let why = format!("there is no map of step {rev}");
                return Err(Refused::new(409, "refused", why));
            }
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
        let browser = self.browsers.entry(step.client.clone()).or_default();
        browser.note(step.does, step.rev);
        let done = Done {
            rev: step.rev,
            ids,
            label: step.label.clone(),
        };
        self.rev = step.rev;
        self.weight += weight;
        self.entries.push_back(entry);
        self.fresh.push(Fresh { step, before });
        Ok(done)
    }

    /// The steps that wait to be saved.
    pub fn fresh(&self) -> Vec<Step> {
        self.fresh.iter().map(|fresh| fresh.step.clone()).collect()
    }

    /// Whether the last of them put another map in the place of the one before.
    pub fn is_replaced(&self) -> bool {
        self.fresh.last().is_some_and(|fresh| fresh.before.is_some())
    }

    /// What waited to be saved is saved.
    pub fn commit(&mut self) {
        self.fresh.clear();
        while self.entries.len() > STEPS || (self.weight > WEIGHT && self.entries.len() > 1) {
            if let Some(entry) = self.entries.pop_front() {
                self.weight -= entry.weight;
            }
        }
        self.forget_browsers();
    }

    /// What waited to be saved has never been.
    pub fn roll_back(&mut self) {
        while let Some(Fresh { step, before }) = self.fresh.pop() {
            let entry = self.entries.pop_back();
            self.rev = step.rev - 1;
            self.weight -= entry.as_ref().map_or(0, |entry| entry.weight);
            match (before, entry.map(|entry| entry.back)) {
                (Some(map), _) => self.map = *map,
                (None, Some(Back::Edit(edit))) => drop(self.map.apply_again(&edit)),
                (None, _) => {}
            }
        }
        for browser in self.browsers.values_mut() {
            browser.undo.clear();
            browser.redo.clear();
        }
        for entry in &self.entries {
            let browser = self.browsers.entry(entry.client.clone()).or_default();
            browser.note(entry.does, entry.rev);
        }
    }

    /// What a browser would undo and redo.
    pub fn standing(&self, client: &str) -> (Option<String>, Option<String>) {
        let label = |rev: Option<&u64>| rev.and_then(|rev| self.entry(*rev)).map(|entry| entry.label.clone());
        match self.browsers.get(client) {
            Some(browser) => (label(browser.undo.back()), label(browser.redo.last())),
            None => (None, None),
        }
    }

    /// What was answered to a browser, should it ask the same again; a refusal where that is too long ago to know, or where its number is
    /// far from any that it could have come to.
    pub fn answered(&self, client: &str, n: u64) -> Option<Result<Done, Refused>> {
        let browser = self.browsers.get(client);
        let last = browser.map_or(0, |browser| browser.last);
        let ahead = if last == 0 { UNKNOWN } else { AHEAD };
        if n > last.saturating_add(ahead) {
            let why = format!("edits are numbered one after the other, and {n} is more than {ahead} ahead of {last}");
            return Some(Err(Refused::new(409, "refused", why)));
        }
        let too_old = || {
            let why = format!("edit {n} of this browser is too old: it was answered long ago");
            Refused::new(409, "refused", why)
        };
        match browser.and_then(|browser| browser.answers.get(&n)) {
            Some(rev) => Some(self.archive.step(*rev).map(|step| done(&step)).ok_or_else(too_old)),
            None => (last.saturating_sub(n) >= ANSWERS).then(|| Err(too_old())),
        }
    }

    /// Remembers what is answered.
    pub fn answer(&mut self, client: &str, n: u64, rev: u64) {
        self.browsers.entry(client.to_owned()).or_default().answer(n, rev);
    }
}

/// What was answered to a step.
fn done(step: &Step) -> Done {
    let ids = match &step.change {
        Change::Edit(edit) => edit.each().into_iter().filter_map(added).collect(),
        Change::Map(_) | Change::Return(_) => Vec::new(),
    };
    Done {
        rev: step.rev,
        ids,
        label: step.label.clone(),
    }
}

/// The id of what an edit added.
fn added(edit: &Edit) -> Option<String> {
    match edit {
        Edit::AddNode { id, .. } => id.as_ref().map(ToString::to_string),
        Edit::Add { fields, .. } => fields.get("id")?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// Whether a change keeps within the limits of maps, so that the file can be read again. What a journal holds from before there were
/// limits may not.
fn within_limits(change: &Change, target: Option<&BenefitMap>) -> Result<(), Refused> {
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
