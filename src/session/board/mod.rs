//! What belongs to the people in a workshop and not to the map: notes, votes, private rounds and a timer.
//!
//! In go [`Deed`]s, each with who does it and when; out comes what everybody may know, as [`BoardNews`], and what one browser alone may
//! know, as [`Own`]. The same deeds in the same order make the same board, so a driver can write them down and do them again. Absent: rights
//! and the clock, which belong to the driver, and the map: a note may be about a box that was deleted since.

mod bounds;
mod deed;
mod health;
mod measured;
mod note;
mod refusal;
mod round;
mod timer;
mod vote;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use deed::{BoardStep, Deed, NewHealth, NewRound, NewVote};
pub use health::{Agreed, HealthNews, Mark, MarkSaid, Marked};
pub use measured::{MeasuredNews, MeasuredRow};
pub use note::Note;
pub use refusal::BoardRefusal;
pub use round::{Names, Question, RoundNews, Said};
pub use timer::TimerNews;
pub use vote::{Among, Ballot, VoteNews};

use super::Author;
use crate::survey::COLUMNS;
use bounds::{is_subject, within};
use health::Health;
use measured::Measured;
use round::Round;
use timer::Timer;
use vote::Vote;

/// How many notes there may be.
const NOTES: usize = 500;
/// How many votes, and how many rounds.
const VOTES: usize = 50;
const ROUNDS: usize = 200;
/// How many rounds of health checks.
const HEALTH: usize = 30;
/// The longest text of a note or an answer, in characters.
const TEXT: usize = 1_000;
/// The longest question.
const QUESTION: usize = 300;
/// How much text there may be in all, in bytes.
const WEIGHT: usize = 1 << 20;

/// What the people in a workshop have beside the map.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Board {
    notes: BTreeMap<String, Note>,
    votes: BTreeMap<String, Vote>,
    rounds: BTreeMap<String, Round>,
    health: BTreeMap<String, Health>,
    measured: Measured,
    /// Other each time that something else was measured.
    version: u64,
    /// The number of the last of them.
    last: u64,
    #[serde(skip)]
    timer: Option<Timer>,
}

/// A part of a board that a deed changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// A note, by its id.
    Note(String),
    /// A vote.
    Vote(String),
    /// A round.
    Round(String),
    /// A round of a health check.
    Health(String),
    /// What was measured.
    Measured,
    /// The timer.
    Timer,
}

/// What everybody may know of a board, or of what is new in it.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct BoardNews<'b> {
    /// By id; `None` where it is gone.
    pub notes: BTreeMap<&'b str, Option<&'b Note>>,
    /// By id; `None` where it is gone.
    pub votes: BTreeMap<&'b str, Option<VoteNews<'b>>>,
    /// By id; `None` where it is gone.
    pub rounds: BTreeMap<&'b str, Option<RoundNews<'b>>>,
    /// By id; `None` where it is gone.
    pub health: BTreeMap<&'b str, Option<HealthNews<'b>>>,
    /// What was measured, where that is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<MeasuredNews>,
    /// The timer, where it is new; `Some(None)` where it was taken away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timer: Option<Option<TimerNews<'b>>>,
}

/// What one browser has said in votes and rounds, which is nobody else's to know before they end.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct Own<'b> {
    /// Its dots, by vote.
    pub votes: BTreeMap<&'b str, &'b Ballot>,
    /// Its answers, by round.
    pub answers: BTreeMap<&'b str, &'b str>,
    /// Its marks, by round of a health check and by question.
    pub health: BTreeMap<&'b str, &'b BTreeMap<String, Mark>>,
}

impl Board {
    /// Whether nothing is on it that is kept.
    pub fn is_empty(&self) -> bool {
        let asked = [self.votes.is_empty(), self.rounds.is_empty(), self.health.is_empty()];
        self.notes.is_empty() && asked == [true; 3] && self.measured.is_empty()
    }

    /// Does a deed; gives what it changed, or nothing where all was so already. `now` is in ms, by any clock that goes on over a deed.
    ///
    /// # Errors
    /// [`BoardRefusal`] where it cannot be done; the board is then as it was.
    pub fn apply(&mut self, step: &BoardStep, now: i64) -> Result<Option<Changed>, BoardRefusal> {
        let BoardStep { at, who, deed } = step;
        match deed {
            Deed::Note { id, text, about } => self.add_note(id, text, about.as_deref(), who, at),
            Deed::Reword { id, text, was } => {
                let text = within(text, TEXT, "a note")?;
                self.room_for(text.len())?;
                let note = self.note(id)?;
                if note.text == text {
                    return Ok(None);
                }
                if note.text != *was {
                    return Err(BoardRefusal::Reworded { now: note.text.clone() });
                }
                note.text = text;
                Ok(Some(Changed::Note(id.clone())))
            }
            Deed::Move { id, about } => {
                is_subject(about.as_deref())?;
                let note = self.note(id)?;
                Ok(replace(&mut note.about, about).then(|| Changed::Note(id.clone())))
            }
            Deed::Settle { id, done } => {
                let note = self.note(id)?;
                Ok(replace(&mut note.done, done).then(|| Changed::Note(id.clone())))
            }
            Deed::RemoveNote { id } => Ok(self.notes.remove(id).map(|_| Changed::Note(id.clone()))),
            Deed::OpenVote(new) => {
                is_id(&new.id)?;
                is_room(&self.votes, &new.id, VOTES, "votes")?;
                self.room_for(new.question.len())?;
                if self.votes.contains_key(&new.id) {
                    return Ok(None);
                }
                self.votes.insert(new.id.clone(), Vote::new(new, self.last + 1)?);
                self.last += 1;
                Ok(Some(Changed::Vote(new.id.clone())))
            }
            Deed::Vote { id, dots } => {
                self.room_for(dots.keys().map(String::len).sum())?;
                let vote = self.votes.get_mut(id).ok_or(BoardRefusal::Gone { what: "vote" })?;
                Ok(vote.cast(&who.client, dots)?.then(|| Changed::Vote(id.clone())))
            }
            Deed::CloseVote { id } => {
                let vote = self.votes.get_mut(id).ok_or(BoardRefusal::Gone { what: "vote" })?;
                Ok(vote.close().then(|| Changed::Vote(id.clone())))
            }
            Deed::RemoveVote { id } => Ok(self.votes.remove(id).map(|_| Changed::Vote(id.clone()))),
            Deed::OpenRound(new) => {
                is_id(&new.id)?;
                is_room(&self.rounds, &new.id, ROUNDS, "rounds")?;
                self.room_for(new.weight())?;
                if self.rounds.contains_key(&new.id) {
                    return Ok(None);
                }
                self.rounds.insert(new.id.clone(), Round::new(new, self.last + 1)?);
                self.last += 1;
                Ok(Some(Changed::Round(new.id.clone())))
            }
            Deed::Answer { id, answer } => {
                self.room_for(answer.as_ref().map_or(0, String::len))?;
                let round = self.rounds.get_mut(id).ok_or(BoardRefusal::Gone { what: "round" })?;
                Ok(round
                    .answer(who, answer.as_deref())?
                    .then(|| Changed::Round(id.clone())))
            }
            Deed::Reveal { id } => {
                let round = self.rounds.get_mut(id).ok_or(BoardRefusal::Gone { what: "round" })?;
                Ok(round.reveal().then(|| Changed::Round(id.clone())))
            }
            Deed::RemoveRound { id } => Ok(self.rounds.remove(id).map(|_| Changed::Round(id.clone()))),
            Deed::OpenHealth(_)
            | Deed::Mark { .. }
            | Deed::RevealHealth { .. }
            | Deed::Agree { .. }
            | Deed::RemoveHealth { .. } => self.checked(step),
            Deed::Measure { rows } => {
                let is_new = self.measured.take(rows)?;
                self.version += u64::from(is_new);
                Ok(is_new.then_some(Changed::Measured))
            }
            Deed::Unmeasure { kpi, date } => {
                let is_new = self.measured.remove(kpi, *date);
                self.version += u64::from(is_new);
                Ok(is_new.then_some(Changed::Measured))
            }
            Deed::StartTimer { seconds, label } => {
                self.timer = Some(Timer::new(*seconds, label, now)?);
                Ok(Some(Changed::Timer))
            }
            Deed::PauseTimer => Ok(self
                .timer
                .as_mut()
                .is_some_and(|timer| timer.pause(now))
                .then_some(Changed::Timer)),
            Deed::ResumeTimer => Ok(self
                .timer
                .as_mut()
                .is_some_and(|timer| timer.resume(now))
                .then_some(Changed::Timer)),
            Deed::StopTimer => Ok(self.timer.take().map(|_| Changed::Timer)),
        }
    }

    /// Does what is done in a health check.
    fn checked(&mut self, step: &BoardStep) -> Result<Option<Changed>, BoardRefusal> {
        let BoardStep { at, who, deed } = step;
        let (id, is_new) = match deed {
            Deed::OpenHealth(new) => {
                is_id(&new.id)?;
                is_room(&self.health, &new.id, HEALTH, "rounds of health checks")?;
                // The same sent again, because its answer was lost.
                let is_new = !self.health.contains_key(&new.id);
                if is_new {
                    let health = Health::new(new, self.last + 1, self.health.values())?;
                    self.health.insert(new.id.clone(), health);
                    self.last += 1;
                }
                (&new.id, is_new)
            }
            Deed::Mark {
                id,
                question,
                answer,
                note,
            } => {
                self.room_for(note.len() + answer.as_ref().map_or(0, String::len))?;
                let answer = answer.as_deref();
                (id, self.health(id)?.mark((who, at), question, answer, note)?)
            }
            Deed::RevealHealth { id } => (id, self.health(id)?.reveal()),
            Deed::Agree {
                id,
                question,
                answer,
                note,
            } => {
                self.room_for(note.len() + answer.as_ref().map_or(0, String::len))?;
                let answer = answer.as_deref();
                (id, self.health(id)?.agree((who, at), question, answer, note)?)
            }
            Deed::RemoveHealth { id } => (id, self.health.remove(id).is_some()),
            _ => return Ok(None),
        };
        Ok(is_new.then(|| Changed::Health(id.clone())))
    }

    fn health(&mut self, id: &str) -> Result<&mut Health, BoardRefusal> {
        let gone = BoardRefusal::Gone { what: "health check" };
        self.health.get_mut(id).ok_or(gone)
    }

    /// What was marked in health checks, as rows of a table of answers; only where it is shown.
    pub fn health_answers(&self) -> Vec<[String; COLUMNS.len()]> {
        self.in_order().flat_map(Health::answers).collect()
    }

    /// What the room agreed on, as rows of the same table.
    pub fn health_agreed(&self) -> Vec<[String; COLUMNS.len()]> {
        self.in_order().flat_map(Health::agreed).collect()
    }

    fn in_order(&self) -> impl Iterator<Item = &Health> {
        let mut all: Vec<&Health> = self.health.values().collect();
        all.sort_by_key(|one| one.news().number);
        all.into_iter()
    }

    fn add_note(
        &mut self,
        id: &str,
        text: &str,
        about: Option<&str>,
        who: &Author,
        at: &str,
    ) -> Result<Option<Changed>, BoardRefusal> {
        is_id(id)?;
        is_room(&self.notes, id, NOTES, "notes")?;
        let text = within(text, TEXT, "a note")?;
        is_subject(about)?;
        // The same sent again, because its answer was lost.
        if self.notes.contains_key(id) {
            return Ok(None);
        }
        self.room_for(text.len())?;
        let note = Note {
            about: about.map(str::to_owned),
            at: at.to_owned(),
            colour: who.colour,
            done: false,
            name: who.name.clone(),
            number: self.last + 1,
            text,
        };
        self.notes.insert(id.to_owned(), note);
        self.last += 1;
        Ok(Some(Changed::Note(id.to_owned())))
    }

    fn note(&mut self, id: &str) -> Result<&mut Note, BoardRefusal> {
        self.notes.get_mut(id).ok_or(BoardRefusal::Gone { what: "note" })
    }

    /// Refuses text that there is no room for.
    fn room_for(&self, more: usize) -> Result<(), BoardRefusal> {
        let notes: usize = self.notes.values().map(Note::weight).sum();
        let votes: usize = self.votes.values().map(Vote::weight).sum();
        let rounds: usize = self.rounds.values().map(Round::weight).sum();
        let health: usize = self.health.values().map(Health::weight).sum();
        match notes + votes + rounds + health + more > WEIGHT {
            true => Err(BoardRefusal::Full { most: WEIGHT }),
            false => Ok(()),
        }
    }

    /// All that everybody may know.
    pub fn all(&self, now: i64) -> BoardNews<'_> {
        BoardNews {
            notes: self.notes.iter().map(|(id, note)| (id.as_str(), Some(note))).collect(),
            votes: self
                .votes
                .iter()
                .map(|(id, vote)| (id.as_str(), Some(vote.news())))
                .collect(),
            rounds: self
                .rounds
                .iter()
                .map(|(id, round)| (id.as_str(), Some(round.news())))
                .collect(),
            health: self
                .health
                .iter()
                .map(|(id, one)| (id.as_str(), Some(one.news())))
                .collect(),
            measured: (!self.measured.is_empty()).then(|| self.measured_news()),
            timer: self.timer.as_ref().map(|timer| Some(timer.news(now))),
        }
    }

    /// What everybody may know of what changed.
    pub fn news<'b>(&'b self, changed: &'b [Changed], now: i64) -> BoardNews<'b> {
        let mut news = BoardNews::default();
        for one in changed {
            match one {
                Changed::Note(id) => drop(news.notes.insert(id, self.notes.get(id))),
                Changed::Vote(id) => drop(news.votes.insert(id, self.votes.get(id).map(Vote::news))),
                Changed::Round(id) => drop(news.rounds.insert(id, self.rounds.get(id).map(Round::news))),
                Changed::Health(id) => drop(news.health.insert(id, self.health.get(id).map(Health::news))),
                Changed::Measured => news.measured = Some(self.measured_news()),
                Changed::Timer => news.timer = Some(self.timer.as_ref().map(|timer| timer.news(now))),
            }
        }
        news
    }

    /// What one browser has said.
    pub fn own(&self, client: &str) -> Own<'_> {
        let votes = self.votes.iter();
        let rounds = self.rounds.iter();
        Own {
            votes: votes
                .filter_map(|(id, vote)| Some((id.as_str(), vote.ballot(client)?)))
                .collect(),
            answers: rounds
                .filter_map(|(id, round)| Some((id.as_str(), round.answer_of(client)?)))
                .collect(),
            health: (self.health.iter())
                .filter_map(|(id, one)| Some((id.as_str(), one.own(client)?)))
                .collect(),
        }
    }

    /// What was measured, by KPI and day.
    pub fn measured(&self) -> impl Iterator<Item = &MeasuredRow> {
        self.measured.rows()
    }

    fn measured_news(&self) -> MeasuredNews {
        MeasuredNews {
            rows: self.measured.len(),
            version: self.version,
        }
    }

    /// The notes, in the order in which they were written.
    pub fn notes(&self) -> Vec<&Note> {
        let mut notes: Vec<&Note> = self.notes.values().collect();
        notes.sort_by_key(|note| note.number);
        notes
    }
}

/// Refuses an id that is none.
fn is_id(id: &str) -> Result<(), BoardRefusal> {
    let is_one = (8..=40).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if is_one { Ok(()) } else { Err(BoardRefusal::BadId) }
}

/// Refuses what would be one too many.
fn is_room<T>(there: &BTreeMap<String, T>, id: &str, most: usize, what: &'static str) -> Result<(), BoardRefusal> {
    match there.len() >= most && !there.contains_key(id) {
        true => Err(BoardRefusal::TooMany { what, most }),
        false => Ok(()),
    }
}

/// Puts a value in the place of another; whether it differs.
fn replace<T: PartialEq + Clone>(place: &mut T, value: &T) -> bool {
    let is_new = place != value;
    if is_new {
        place.clone_from(value);
    }
    is_new
}

#[cfg(test)]
mod tests;
