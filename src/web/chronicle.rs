//! What happened to the map: every step with what takes it back, who may undo what, and what was answered to whom.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::error::Refused;
use super::journal::{Change, Does, Step};
use crate::edit::{self, Edit, EditableMap};
use crate::file;
use crate::map::{BenefitMap, too_long};

/// How many steps of one person can be undone.
const UNDOABLE: usize = 500;
/// How many answers to one browser are kept, should it ask again.
pub(super) const ANSWERS: u64 = 256;

/// What takes a step back.
#[derive(Debug, Clone)]
enum Back {
    Edit(Edit),
    /// The map as it was, as long as it is still the one of that hash.
    Map {
        map: Box<BenefitMap>,
        was: String,
    },
}

#[derive(Debug)]
struct Entry {
    step: Step,
    back: Back,
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
#[derive(Debug, Clone)]
pub(super) enum Wish {
    /// An edit.
    Edit(Box<Edit>),
    /// The client's last step taken back.
    Undo,
    /// That taken back again.
    Redo,
    /// The map as it was at a revision.
    Return(u64),
    /// A map that was changed outside.
    Take(Box<BenefitMap>),
}

/// Who wishes it.
#[derive(Debug, Clone, Default)]
pub(super) struct Who {
    pub client: String,
    pub name: String,
    pub colour: u8,
}

/// What one browser can undo and redo, as places in the entries, and what it was answered.
#[derive(Debug, Clone, Default)]
struct Browser {
    undo: VecDeque<usize>,
    redo: Vec<usize>,
    last: u64,
    answers: BTreeMap<u64, Result<Done, Refused>>,
}

/// The map with its history.
#[derive(Debug)]
pub(super) struct Chronicle {
    /// The map as it is.
    map: EditableMap,
    /// The map before the first entry.
    base: BenefitMap,
    /// Its revision.
    first: u64,
    entries: Vec<Entry>,
    browsers: BTreeMap<String, Browser>,
}

/// A place to come back to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark(usize);

impl Browser {
    /// Takes note of a step of this browser.
    fn note(&mut self, does: Does, at: usize) {
        match does {
            Does::Edit | Does::Return => {
                self.undo.push_back(at);
                self.redo.clear();
            }
            Does::Undo => {
                self.undo.pop_back();
                self.redo.push(at);
            }
            Does::Redo => {
                self.redo.pop();
                self.undo.push_back(at);
            }
            Does::Take => {}
        }
        if self.undo.len() > UNDOABLE {
            self.undo.pop_front();
        }
    }
}

impl Chronicle {
    pub fn new(map: BenefitMap, rev: u64) -> Self {
        Self {
            base: map.clone(),
            map: EditableMap::new(map),
            first: rev,
            entries: Vec::new(),
            browsers: BTreeMap::new(),
        }
    }

    /// The map as it is.
    pub fn map(&self) -> BenefitMap {
        self.map.to_map()
    }

    /// The revision of the map as it is.
    pub fn rev(&self) -> u64 {
        self.entries.last().map_or(self.first, |entry| entry.step.rev)
    }

    /// The earliest revision that can be returned to.
    pub fn first(&self) -> u64 {
        self.first
    }

    /// Does what is wished, as one step.
    pub fn wish(&mut self, who: &Who, n: Option<u64>, at: String, wish: Wish) -> Result<Done, Refused> {
        let nothing = |what| Refused::new(409, "nothing", format!("there is nothing to {what}"));
        let (does, label, change) = match wish {
            Wish::Edit(edit) => (Does::Edit, self.map.label(&edit), Change::Edit(*edit)),
            Wish::Undo => {
                let last = self.browsers.get(&who.client).and_then(|b| b.undo.back().copied());
                self.backward(Does::Undo, last.ok_or_else(|| nothing("undo"))?)?
            }
            Wish::Redo => {
                let last = self.browsers.get(&who.client).and_then(|b| b.redo.last().copied());
                self.backward(Does::Redo, last.ok_or_else(|| nothing("redo"))?)?
            }
            Wish::Return(rev) => {
                let map = self.at(rev)?;
                (
                    Does::Return,
                    format!("return to step {rev}"),
                    Change::Map(Box::new(map)),
                )
            }
            Wish::Take(map) => (
                Does::Take,
                "take the file as it was changed outside".to_owned(),
                Change::Map(map),
            ),
        };
        within_limits(does, &change)?;
        let step = Step {
            rev: self.rev() + 1,
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
        self.perform(step)
    }

    /// The change that takes an entry back, and its label.
    fn backward(&self, does: Does, at: usize) -> Result<(Does, String, Change), Refused> {
        let entry = &self.entries[at];
        let change = match &entry.back {
            Back::Edit(edit) => Change::Edit(edit.clone()),
            Back::Map { map, was } => {
                if hash(&file::write(&self.map())) != *was {
                    let why = "the map was changed since, and that would be lost: return to an earlier step instead";
                    return Err(Refused::new(409, "refused", why));
                }
                Change::Map(map.clone())
            }
        };
        Ok((does, entry.step.label.clone(), change))
    }

    /// Does a step again that a journal holds.
    pub fn replay(&mut self, step: Step) -> Result<(), Refused> {
        let (client, n) = (step.client.clone(), step.n);
        let done = self.perform(step)?;
        if let Some(n) = n {
            self.answer(&client, n, Ok(done));
        }
        Ok(())
    }

    fn perform(&mut self, mut step: Step) -> Result<Done, Refused> {
        let mut ids = Vec::new();
        let back = match &mut step.change {
            Change::Edit(edit) => {
                let applied = self.map.apply_again(edit)?;
                *edit = applied.edit;
                ids = applied.ids;
                step.touches = applied.touches.iter().map(ToString::to_string).collect();
                Back::Edit(applied.inverse)
            }
            Change::Map(map) => {
                let before = std::mem::replace(&mut self.map, EditableMap::new((**map).clone()));
                step.touches = vec!["map".to_owned()];
                Back::Map {
                    map: Box::new(before.into_map()),
                    was: hash(&file::write(map)),
                }
            }
        };
        let done = Done {
            rev: step.rev,
            ids,
            label: step.label.clone(),
        };
        let browser = self.browsers.entry(step.client.clone()).or_default();
        browser.note(step.does, self.entries.len());
        self.entries.push(Entry { step, back });
        Ok(done)
    }

    /// Where to come back to with [`Self::back_to`].
    pub fn mark(&self) -> Mark {
        Mark(self.entries.len())
    }

    /// Everything since the mark has never been.
    pub fn back_to(&mut self, mark: Mark) {
        while self.entries.len() > mark.0 {
            match self.entries.pop().map(|entry| entry.back) {
                Some(Back::Edit(edit)) => drop(self.map.apply_again(&edit)),
                Some(Back::Map { map, .. }) => self.map = EditableMap::new(*map),
                None => {}
            }
        }
        for browser in self.browsers.values_mut() {
            browser.undo.clear();
            browser.redo.clear();
        }
        for (at, Entry { step, .. }) in self.entries.iter().enumerate() {
            self.browsers
                .entry(step.client.clone())
                .or_default()
                .note(step.does, at);
        }
    }

    /// The steps since the mark.
    pub fn since(&self, mark: Mark) -> Vec<&Step> {
        self.entries[mark.0..].iter().map(|entry| &entry.step).collect()
    }

    /// The map at a revision.
    pub fn at(&self, rev: u64) -> Result<BenefitMap, Refused> {
        if rev < self.first || rev > self.rev() {
            let why = format!(
                "there is no step {rev}: the history goes from {} to {}",
                self.first,
                self.rev()
            );
            return Err(Refused::new(409, "refused", why));
        }
        let mut map = EditableMap::new(self.base.clone());
        for entry in self.entries.iter().take_while(|entry| entry.step.rev <= rev) {
            match &entry.step.change {
                Change::Edit(edit) => drop(map.apply_again(edit)?),
                Change::Map(other) => map = EditableMap::new((**other).clone()),
            }
        }
        Ok(map.into_map())
    }

    /// Steps before a revision, the newest first.
    pub fn steps(&self, before: u64, most: usize) -> Vec<&Step> {
        let older = self.entries.iter().rev().map(|entry| &entry.step);
        older.filter(|step| step.rev < before).take(most).collect()
    }

    /// What a browser would undo and redo.
    pub fn standing(&self, client: &str) -> (Option<String>, Option<String>) {
        let label = |at: Option<&usize>| at.map(|at| self.entries[*at].step.label.clone());
        match self.browsers.get(client) {
            Some(browser) => (label(browser.undo.back()), label(browser.redo.last())),
            None => (None, None),
        }
    }

    /// What was answered to a browser, should it ask the same again; a refusal where that is too long ago to know.
    pub fn answered(&self, client: &str, n: u64) -> Option<Result<Done, Refused>> {
        let browser = self.browsers.get(client)?;
        if let Some(answer) = browser.answers.get(&n) {
            return Some(answer.clone());
        }
        (n + ANSWERS <= browser.last).then(|| {
            let why = format!("edit {n} of this browser is too old: it was answered long ago");
            Err(Refused::new(409, "refused", why))
        })
    }

    /// Remembers what is answered.
    pub fn answer(&mut self, client: &str, n: u64, answer: Result<Done, Refused>) {
        let browser = self.browsers.entry(client.to_owned()).or_default();
        browser.last = browser.last.max(n);
        browser.answers.insert(n, answer);
        let oldest = browser.last.saturating_sub(ANSWERS);
        while browser.answers.first_key_value().is_some_and(|(n, _)| *n <= oldest) {
            browser.answers.pop_first();
        }
    }

    /// The map in its canonical order, to be shown.
    pub fn shown(&self) -> Arc<BenefitMap> {
        let mut map = self.map();
        map.canonicalize();
        Arc::new(map)
    }
}

/// Whether a change keeps within the limits of maps and edits, so that the file can be read again. What a journal holds from before
/// there were limits may not.
fn within_limits(does: Does, change: &Change) -> Result<(), Refused> {
    match change {
        Change::Edit(edit) if does == Does::Edit => edit::check(edit)?,
        Change::Edit(edit) => edit::check_texts(edit)?,
        Change::Map(map) => {
            if let Some(found) = too_long(&**map).into_iter().next() {
                return Err(edit::Refusal::TooLong(found).into());
            }
        }
    }
    Ok(())
}

/// The first 16 digits of the SHA-256 of a text.
pub(super) fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
