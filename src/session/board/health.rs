//! A round of a health check: everybody marks the statements of a set alone, all marks are shown at once, and then the room agrees
//! on one mark for each statement. All three are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::round::Names;
use super::{BoardRefusal, NewHealth, TEXT};
use crate::session::Author;
use crate::survey::{COLUMNS, Question, QuestionSet, Reply, Tally, agreement, built_in};

/// How many people may answer.
const PEOPLE: usize = 500;

static SETS: LazyLock<Vec<QuestionSet>> = LazyLock::new(built_in);

/// A mark on a statement, with what was written beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The answer in the words of the scale.
    pub answer: String,
    /// The note; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A mark that the room agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// The mark and the note.
    #[serde(flatten)]
    pub mark: Mark,
    /// Who wrote it down.
    pub name: String,
    /// When, as RFC 3339 writes it.
    pub at: String,
}

/// What one person marked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Respondent {
    name: String,
    /// The day of the last of the marks.
    on: String,
    /// By question.
    marks: BTreeMap<String, Mark>,
}

/// A round of a health check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Health {
    number: u64,
    set: String,
    version: String,
    group: Option<String>,
    round: u32,
    names: Names,
    revealed: bool,
    /// By browser.
    people: BTreeMap<String, Respondent>,
    /// By question.
    agreed: BTreeMap<String, Agreed>,
}

/// What everybody may know of a round of a health check.
#[derive(Debug, PartialEq, Serialize)]
pub struct HealthNews<'b> {
    /// Later ones have higher numbers.
    pub number: u64,
    /// The id of the set.
    pub set: &'b str,
    /// The id of the group; nothing for all groups.
    pub group: Option<&'b str>,
    /// Which round of these questions it is, from 1.
    pub round: u32,
    /// Whether it is shown who said what.
    pub names: Names,
    /// Whether the marks are shown.
    pub revealed: bool,
    /// How many people have marked something.
    pub people: usize,
    /// How many of them have marked everything.
    pub finished: usize,
    /// What was marked, by question; only where it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<BTreeMap<&'b str, Marked<'b>>>,
    /// What the room agreed on, by question; only where marks are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed: Option<&'b BTreeMap<String, Agreed>>,
}

/// What was marked on one statement.
#[derive(Debug, PartialEq, Serialize)]
pub struct Marked<'b> {
    /// How many gave each point of the scale, the lowest first.
    pub counts: Vec<u64>,
    /// How many do not know.
    pub dont_know: u64,
    /// For how many it does not apply.
    pub not_applicable: u64,
    /// How far people agree, from -1 to 1 (van der Eijk's A); nothing where nobody gave a point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<f64>,
    /// Every mark with a note, and every mark where names are shown.
    pub said: Vec<MarkSaid<'b>>,
}

/// A mark that is shown.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MarkSaid<'b> {
    /// The answer in the words of the scale.
    pub answer: &'b str,
    /// What was written beside it.
    pub note: &'b str,
    /// Who, where that is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'b str>,
}

fn set_of(id: &str) -> Result<&'static QuestionSet, BoardRefusal> {
    SETS.iter().find(|set| set.id == id).ok_or(BoardRefusal::UnknownSet)
}

impl Health {
    /// `before` are the rounds there are.
    pub fn new<'h>(new: &NewHealth, number: u64, before: impl Iterator<Item = &'h Self>) -> Result<Self, BoardRefusal> {
        let set = set_of(&new.set)?;
        if let Some(group) = &new.group
            && !set.groups.iter().any(|one| one.id == *group)
        {
            return Err(BoardRefusal::UnknownSet);
        }
        // The same statements asked again are another round of them.
        let is_same =
            |one: &&Self| one.set == new.set && (one.group.is_none() || new.group.is_none() || one.group == new.group);
        let last = before.filter(is_same).map(|one| one.round).max();
        Ok(Self {
            number,
            set: set.id.clone(),
            version: set.version.clone(),
            group: new.group.clone(),
            round: last.unwrap_or(0) + 1,
            names: new.names,
            revealed: false,
            people: BTreeMap::new(),
            agreed: BTreeMap::new(),
        })
    }

    fn questions(&self) -> impl Iterator<Item = &'static Question> {
        let group = self.group.as_deref();
        let all = set_of(&self.set).ok().into_iter().flat_map(QuestionSet::questions);
        all.filter(move |(one, _)| group.is_none_or(|group| one.id == group))
            .map(|(_, question)| question)
    }

    /// A mark as it is kept: on the scale of the set, and with a note that is short enough.
    fn read(&self, question: &str, answer: &str, note: &str) -> Result<Mark, BoardRefusal> {
        if !self.questions().any(|one| one.id == question) {
            return Err(BoardRefusal::UnknownQuestion);
        }
        let scale = set_of(&self.set)?.scale;
        let reply = scale.read(answer).ok_or(BoardRefusal::NotAChoice)?;
        let note = note.trim();
        let length = note.chars().count();
        if length > TEXT {
            return Err(BoardRefusal::TooLong {
                what: "a note",
                length,
                most: TEXT,
            });
        }
        Ok(Mark {
            answer: reply.words(scale).to_owned(),
            note: note.to_owned(),
        })
    }

    /// Takes a mark in the place of the one before; without an answer it is taken back. Whether that is new.
    pub fn mark(
        &mut self,
        (who, at): (&Author, &str),
        question: &str,
        answer: Option<&str>,
        note: &str,
    ) -> Result<bool, BoardRefusal> {
        if self.revealed {
            return Err(BoardRefusal::Over { what: "round" });
        }
        let Some(answer) = answer else {
            let Some(person) = self.people.get_mut(&who.client) else {
                return Ok(false);
            };
            let is_new = person.marks.remove(question).is_some();
            if person.marks.is_empty() {
                self.people.remove(&who.client);
            }
            return Ok(is_new);
        };
        let mark = self.read(question, answer, note)?;
        if self.people.len() >= PEOPLE && !self.people.contains_key(&who.client) {
            return Err(BoardRefusal::TooMany {
                what: "people in a round",
                most: PEOPLE,
            });
        }
        let person = self.people.entry(who.client.clone()).or_default();
        person.name.clone_from(&who.name);
        person.on = at.chars().take(10).collect();
        Ok(person.marks.insert(question.to_owned(), mark.clone()) != Some(mark))
    }

    /// Shows the marks to everybody; whether that is new.
    pub fn reveal(&mut self) -> bool {
        !std::mem::replace(&mut self.revealed, true)
    }

    /// Writes down what the room agreed on; without an answer it is taken back. Whether that is new.
    pub fn agree(
        &mut self,
        (who, at): (&Author, &str),
        question: &str,
        answer: Option<&str>,
        note: &str,
    ) -> Result<bool, BoardRefusal> {
        if !self.revealed {
            return Err(BoardRefusal::NotShown);
        }
        let Some(answer) = answer else {
            return Ok(self.agreed.remove(question).is_some());
        };
        let mark = self.read(question, answer, note)?;
        if self.agreed.get(question).is_some_and(|before| before.mark == mark) {
            return Ok(false);
        }
        let (name, at) = (who.name.clone(), at.to_owned());
        self.agreed.insert(question.to_owned(), Agreed { mark, name, at });
        Ok(true)
    }

    /// What a browser marked.
    pub fn own(&self, client: &str) -> Option<&BTreeMap<String, Mark>> {
        self.people.get(client).map(|person| &person.marks)
    }

    pub fn weight(&self) -> usize {
        let mark = |(question, mark): (&String, &Mark)| question.len() + mark.answer.len() + mark.note.len();
        let people = self.people.iter();
        let people: usize = people
            .map(|(client, one)| client.len() + one.name.len() + one.marks.iter().map(mark).sum::<usize>())
            .sum();
        let agreed = self.agreed.iter();
        people
            + agreed
                .map(|(id, one)| mark((id, &one.mark)) + one.name.len() + one.at.len())
                .sum::<usize>()
    }

    fn marked<'b>(&'b self, question: &str) -> Marked<'b> {
        let scale = set_of(&self.set).map_or(crate::survey::Scale::Agreement, |set| set.scale);
        let mut tally = Tally::new(scale);
        let mut said = Vec::new();
        for person in self.people.values() {
            let Some(mark) = person.marks.get(question) else {
                continue;
            };
            if let Some(reply) = scale.read(&mark.answer) {
                tally.add(reply);
            }
            let name = (self.names == Names::Shown).then_some(person.name.as_str());
            if name.is_some() || !mark.note.is_empty() {
                said.push(MarkSaid {
                    answer: &mark.answer,
                    note: &mark.note,
                    name,
                });
            }
        }
        // Their order must not show who said what.
        said.sort();
        Marked {
            agreement: agreement(&tally.counts),
            counts: tally.counts,
            dont_know: tally.dont_know,
            not_applicable: tally.not_applicable,
            said,
        }
    }

    /// What everybody may know.
    pub fn news(&self) -> HealthNews<'_> {
        let many = self.questions().count();
        let finished = self.people.values().filter(|person| person.marks.len() >= many);
        let results = || self.questions().map(|one| (one.id.as_str(), self.marked(&one.id)));
        HealthNews {
            number: self.number,
            set: &self.set,
            group: self.group.as_deref(),
            round: self.round,
            names: self.names,
            revealed: self.revealed,
            people: self.people.len(),
            finished: finished.count(),
            results: self.revealed.then(|| results().collect()),
            agreed: self.revealed.then_some(&self.agreed),
        }
    }

    fn row(&self, question: &str, (name, role): (&str, &str), (mark, on): (&Mark, &str)) -> [String; COLUMNS.len()] {
        let answer = match set_of(&self.set) {
            Ok(set) => set
                .scale
                .read(&mark.answer)
                .map(|reply| Reply::written(reply, set.scale)),
            Err(_) => None,
        };
        [
            &self.set,
            question,
            name,
            role,
            answer.as_deref().unwrap_or(&mark.answer),
            &mark.note,
            on,
            &self.round.to_string(),
            &self.version,
        ]
        .map(str::to_owned)
    }

    /// The marks of all as rows of a table of answers, where they are shown: set, question, respondent, role, answer, note, on,
    /// round, version. Without names where names are not shown.
    pub fn answers(&self) -> Vec<[String; COLUMNS.len()]> {
        if !self.revealed {
            return Vec::new();
        }
        let mut taken = BTreeSet::new();
        let mut rows = Vec::new();
        for person in self.people.values() {
            // Two people of one name are two respondents.
            let mut name = match self.names {
                Names::Shown => person.name.clone(),
                Names::Hidden => String::new(),
            };
            for again in 2.. {
                if name.is_empty() || taken.insert(name.to_lowercase()) {
                    break;
                }
                name = format!("{} ({again})", person.name);
            }
            for (question, mark) in &person.marks {
                rows.push(self.row(question, (&name, ""), (mark, &person.on)));
            }
        }
        rows.sort();
        rows
    }

    /// What the room agreed on, as rows of the same table.
    pub fn agreed(&self) -> Vec<[String; COLUMNS.len()]> {
        let all = self.agreed.iter();
        all.map(|(question, one)| {
            let on: String = one.at.chars().take(10).collect();
            self.row(question, ("agreed in the room", "the room"), (&one.mark, &on))
        })
        .collect()
    }
}
