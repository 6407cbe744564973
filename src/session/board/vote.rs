//! Votes by dots.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bounds::{is_votable, within};
use super::{BoardRefusal, NewVote, QUESTION};
use crate::map::NodeKind;

/// The most dots that each person may have.
const DOTS: u8 = 20;
/// How many people may vote.
const VOTERS: usize = 500;

/// The dots of one person: how many to what, `node ID` or `note ID`.
pub type Ballot = BTreeMap<String, u8>;

/// What dots can be given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Among {
    /// All boxes.
    Boxes,
    /// The boxes of a stage.
    Stage(NodeKind),
    /// The notes in the parking place.
    Parking,
}

/// A vote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Vote {
    number: u64,
    question: String,
    dots: u8,
    among: Among,
    closed: bool,
    /// By browser.
    ballots: BTreeMap<String, Ballot>,
}

/// What everybody may know of a vote.
#[derive(Debug, PartialEq, Serialize)]
pub struct VoteNews<'b> {
    /// Later ones have higher numbers.
    pub number: u64,
    /// What is to be decided.
    pub question: &'b str,
    /// How many dots each person has.
    pub dots: u8,
    /// What they can be given to.
    pub among: Among,
    /// Whether it is over.
    pub closed: bool,
    /// How many people have given dots.
    pub voters: usize,
    /// How many dots they have given.
    pub given: u32,
    /// The dots of each; only where the vote is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<BTreeMap<&'b str, u32>>,
}

impl Vote {
    pub fn new(new: &NewVote, number: u64) -> Result<Self, BoardRefusal> {
        if !(1..=DOTS).contains(&new.dots) {
            return Err(BoardRefusal::BadDots { most: DOTS });
        }
        Ok(Self {
            number,
            question: within(&new.question, QUESTION, "a question")?,
            dots: new.dots,
            among: new.among,
            closed: false,
            ballots: BTreeMap::new(),
        })
    }

    /// Takes the dots of a browser in the place of those that it gave before; whether that is new.
    pub fn cast(&mut self, client: &str, dots: &Ballot) -> Result<bool, BoardRefusal> {
        if self.closed {
            return Err(BoardRefusal::Over { what: "vote" });
        }
        let given: u32 = dots.values().map(|many| u32::from(*many)).sum();
        if given > u32::from(self.dots) {
            let have = self.dots;
            return Err(BoardRefusal::DotsOver { have, given });
        }
        let dots: Ballot = dots
            .iter()
            .filter(|(_, many)| **many > 0)
            .map(|(to, many)| (to.clone(), *many))
            .collect();
        dots.keys().try_for_each(|to| is_votable(to))?;
        if self.ballots.len() >= VOTERS && !self.ballots.contains_key(client) {
            return Err(BoardRefusal::TooMany {
                what: "people in a vote",
                most: VOTERS,
            });
        }
        if self.ballots.get(client).is_some_and(|before| *before == dots) {
            return Ok(false);
        }
        match dots.is_empty() {
            true => Ok(self.ballots.remove(client).is_some()),
            false => {
                self.ballots.insert(client.to_owned(), dots);
                Ok(true)
            }
        }
    }

    /// Ends it; whether that is new.
    pub fn close(&mut self) -> bool {
        !std::mem::replace(&mut self.closed, true)
    }

    /// The dots that a browser gave.
    pub fn ballot(&self, client: &str) -> Option<&Ballot> {
        self.ballots.get(client)
    }

    pub fn weight(&self) -> usize {
        let ballot = |(client, dots): (&String, &Ballot)| client.len() + dots.keys().map(String::len).sum::<usize>();
        self.question.len() + self.ballots.iter().map(ballot).sum::<usize>()
    }

    /// What everybody may know.
    pub fn news(&self) -> VoteNews<'_> {
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for (to, many) in self.ballots.values().flatten() {
            *counts.entry(to).or_default() += u32::from(*many);
        }
        VoteNews {
            number: self.number,
            question: &self.question,
            dots: self.dots,
            among: self.among,
            closed: self.closed,
            voters: self.ballots.len(),
            given: counts.values().sum(),
            counts: self.closed.then_some(counts),
        }
    }
}
