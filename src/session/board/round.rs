//! Private rounds: everybody answers alone, and all answers are shown at once.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::bounds::within;
use super::{BoardRefusal, NewRound, QUESTION, TEXT};
use crate::session::Author;

/// How many people may answer.
const PEOPLE: usize = 500;
/// How many answers there may be to choose from, and how long each may be.
const CHOICES: usize = 20;
const CHOICE: usize = 100;
/// The longest id of a question, and the longest subject.
const NAME: usize = 300;

/// What everybody is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What the question is known by where it comes from a list, such as that of a health check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The question.
    pub text: String,
    /// What it is about, as a finding names its subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

/// Whether it is shown who said what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Names {
    /// It is shown to nobody.
    #[default]
    Hidden,
    /// Everybody sees it when the answers are shown.
    Shown,
}

/// What somebody said, until it is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Answer {
    text: String,
    name: String,
    colour: u8,
}

/// A round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Round {
    number: u64,
    question: Question,
    choices: Vec<String>,
    names: Names,
    revealed: bool,
    /// By browser.
    answers: BTreeMap<String, Answer>,
}

/// What everybody may know of a round.
#[derive(Debug, PartialEq, Serialize)]
pub struct RoundNews<'b> {
    /// Later ones have higher numbers.
    pub number: u64,
    /// What everybody is asked.
    pub question: &'b Question,
    /// What they choose from; nothing for an answer in words of their own.
    pub choices: &'b [String],
    /// Whether it is shown who said what.
    pub names: Names,
    /// Whether the answers are shown.
    pub revealed: bool,
    /// How many have answered.
    pub answered: usize,
    /// All answers; only where they are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<Vec<Said<'b>>>,
}

/// An answer that is shown.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Said<'b> {
    /// The answer.
    pub answer: &'b str,
    /// Who said it, where that is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'b str>,
    /// Their colour, where that is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<u8>,
}

impl Round {
    pub fn new(new: &NewRound, number: u64) -> Result<Self, BoardRefusal> {
        let choices: Vec<String> = new
            .choices
            .iter()
            .map(|choice| within(choice, CHOICE, "an answer to choose"))
            .collect::<Result<_, _>>()?;
        let different = choices.iter().collect::<BTreeSet<_>>().len();
        if different != choices.len() || choices.len() == 1 || choices.len() > CHOICES {
            return Err(BoardRefusal::BadChoices { most: CHOICES });
        }
        for (text, what) in [
            (&new.question.id, "the id of a question"),
            (&new.question.about, "a subject"),
        ] {
            if let Some(text) = text {
                within(text, NAME, what)?;
            }
        }
        let text = within(&new.question.text, QUESTION, "a question")?;
        Ok(Self {
            number,
            question: Question {
                text,
                ..new.question.clone()
            },
            choices,
            names: new.names,
            revealed: false,
            answers: BTreeMap::new(),
        })
    }

    /// Takes an answer in the place of the one before; whether that is new.
    pub fn answer(&mut self, who: &Author, text: Option<&str>) -> Result<bool, BoardRefusal> {
        if self.revealed {
            return Err(BoardRefusal::Over { what: "round" });
        }
        let Some(text) = text else {
            return Ok(self.answers.remove(&who.client).is_some());
        };
        let text = within(text, TEXT, "an answer")?;
        if !self.choices.is_empty() && !self.choices.contains(&text) {
            return Err(BoardRefusal::NotAChoice);
        }
        if self.answers.len() >= PEOPLE && !self.answers.contains_key(&who.client) {
            return Err(BoardRefusal::TooMany {
                what: "people in a round",
                most: PEOPLE,
            });
        }
        let answer = Answer {
            text,
            name: who.name.clone(),
            colour: who.colour,
        };
        Ok(self.answers.insert(who.client.clone(), answer.clone()) != Some(answer))
    }

    /// Shows the answers to everybody; whether that is new.
    pub fn reveal(&mut self) -> bool {
        !std::mem::replace(&mut self.revealed, true)
    }

    /// What a browser answered.
    pub fn answer_of(&self, client: &str) -> Option<&str> {
        self.answers.get(client).map(|answer| answer.text.as_str())
    }

    pub fn weight(&self) -> usize {
        let answer = |(client, answer): (&String, &Answer)| client.len() + answer.text.len() + answer.name.len();
        let choices: usize = self.choices.iter().map(String::len).sum();
        self.question.text.len() + choices + self.answers.iter().map(answer).sum::<usize>()
    }

    /// What everybody may know.
    pub fn news(&self) -> RoundNews<'_> {
        fn said(answer: &Answer, names: Names) -> Said<'_> {
            let is_named = names == Names::Shown;
            Said {
                answer: &answer.text,
                name: is_named.then_some(answer.name.as_str()),
                colour: is_named.then_some(answer.colour),
            }
        }
        let answers = self.revealed.then(|| {
            let mut answers: Vec<Said> = self.answers.values().map(|one| said(one, self.names)).collect();
            // In the order of the choices, and else of the alphabet: the order must not show who said what.
            let place = |said: &Said| self.choices.iter().position(|choice| choice == said.answer);
            answers.sort_by(|a, b| (place(a), a).cmp(&(place(b), b)));
            answers
        });
        RoundNews {
            number: self.number,
            question: &self.question,
            choices: &self.choices,
            names: self.names,
            revealed: self.revealed,
            answered: self.answers.len(),
            answers,
        }
    }
}
