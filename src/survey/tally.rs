//! How many people gave each answer to a question, and what follows from that. Never a mean: the points have an order and no
//! distances.

use super::agreement::{agreement, consensus};
use super::{DONT_KNOW, Reply, Scale};

/// Below this agreement an answer is said to divide the room.
pub const DIVIDED: f64 = 0.3;

/// How many must have answered before the room is said to be divided.
pub const ENOUGH: u64 = 3;

/// The middle answer: half of those who answered are at or below it. Of an even number the two middle answers, which may be
/// different points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Median {
    /// The lower of the two.
    pub low: u8,
    /// The higher of the two; the same where they are one point.
    pub high: u8,
}

impl Median {
    /// As a number: the point, or the half between two.
    pub fn number(self) -> f64 {
        f64::from(u16::from(self.low) + u16::from(self.high)) / 2.0
    }

    /// In words, such as `tend to agree`, or `between tend to disagree and tend to agree`.
    pub fn words(self, scale: Scale) -> String {
        match self.low == self.high {
            true => scale.word_of(self.low).to_owned(),
            false => format!("between {} and {}", scale.word_of(self.low), scale.word_of(self.high)),
        }
    }
}

/// How many people gave each answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// For each point of the scale, lowest first.
    pub counts: Vec<u64>,
    /// Who could not say.
    pub dont_know: u64,
    /// For whom the question does not fit.
    pub not_applicable: u64,
}

impl Tally {
    /// Nobody has answered yet.
    pub fn new(scale: Scale) -> Self {
        Self {
            counts: vec![0; scale.points().len()],
            dont_know: 0,
            not_applicable: 0,
        }
    }

    /// Counts one answer.
    pub fn add(&mut self, reply: Reply) {
        match reply {
            Reply::Point(point) => {
                let at = usize::from(point).saturating_sub(1);
                if let Some(count) = self.counts.get_mut(at) {
                    *count += 1;
                }
            }
            Reply::DontKnow => self.dont_know += 1,
            Reply::NotApplicable => self.not_applicable += 1,
        }
    }

    /// How many gave a point of the scale.
    pub fn n(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// How many gave any answer.
    pub fn answered(&self) -> u64 {
        self.n() + self.dont_know + self.not_applicable
    }

    /// The answer at a place among all, lowest first, from 0.
    fn at(&self, place: u64) -> Option<u8> {
        let mut seen = 0;
        for (count, point) in self.counts.iter().zip(1u8..) {
            seen += count;
            if place < seen {
                return Some(point);
            }
        }
        None
    }

    /// The middle answer; `None` where nobody gave a point.
    pub fn median(&self) -> Option<Median> {
        let n = self.n();
        let low = self.at(n.checked_sub(1)? / 2)?;
        let high = self.at(n / 2)?;
        Some(Median { low, high })
    }

    /// The lowest point that anybody gave.
    pub fn lowest(&self) -> Option<u8> {
        self.at(0)
    }

    /// The answers in words: `median tend to agree, lowest tend to agree: 2 tend to agree, 1 don't know`.
    pub fn words(&self, scale: Scale) -> String {
        let unknown = match self.dont_know {
            0 => String::new(),
            count => format!(", {count} {DONT_KNOW}"),
        };
        let Some((median, lowest)) = self.median().zip(self.lowest()) else {
            return format!("no answer on the scale{unknown}");
        };
        let counts = scale.points().iter().zip(&self.counts).filter(|(_, count)| **count > 0);
        let counts: Vec<String> = counts.map(|(word, count)| format!("{count} {word}")).collect();
        let apart = if self.divides() { "; people are far apart" } else { "" };
        format!(
            "median {}, lowest {}: {}{unknown}{apart}",
            median.words(scale),
            scale.word_of(lowest),
            counts.join(", ")
        )
    }

    /// How many gave a point below that one.
    pub fn below(&self, point: u8) -> u64 {
        self.counts.iter().take(usize::from(point).saturating_sub(1)).sum()
    }

    /// Van der Eijk's agreement, see [`agreement`].
    pub fn agreement(&self) -> Option<f64> {
        agreement(&self.counts)
    }

    /// Tastle and Wierman's consensus, see [`consensus`].
    pub fn consensus(&self) -> Option<f64> {
        consensus(&self.counts)
    }

    /// Whether those who answered are so far apart that it should be talked about: [`ENOUGH`] answered and their agreement is
    /// below [`DIVIDED`].
    pub fn divides(&self) -> bool {
        self.n() >= ENOUGH && self.agreement().is_some_and(|agreement| agreement < DIVIDED)
    }
}
