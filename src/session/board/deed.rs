//! What people do to a board.

use serde::{Deserialize, Serialize};

use super::measured::MeasuredRow;
use super::round::{Names, Question};
use super::vote::{Among, Ballot};
use crate::map::{Day, KpiId};
use crate::session::Author;

/// What somebody does to a board. Ids are made by whoever sends them, so that the same sent twice is done once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Deed {
    /// A note is written, about a box or a link; about nothing, it is in the parking place.
    Note {
        /// Its id.
        id: String,
        /// What it says.
        text: String,
        /// `node ID` or `link FROM -> TO`.
        #[serde(default)]
        about: Option<String>,
    },
    /// A note says something else.
    Reword {
        /// Which.
        id: String,
        /// What it says now.
        text: String,
        /// What it said when that was begun.
        was: String,
    },
    /// A note is about something else.
    Move {
        /// Which.
        id: String,
        /// As of a new one.
        #[serde(default)]
        about: Option<String>,
    },
    /// A note is dealt with, or open again.
    Settle {
        /// Which.
        id: String,
        /// Whether it is dealt with.
        done: bool,
    },
    /// A note is deleted.
    RemoveNote {
        /// Which.
        id: String,
    },
    /// A vote begins.
    OpenVote(NewVote),
    /// Somebody gives their dots: all of them each time.
    Vote {
        /// In which vote.
        id: String,
        /// How many to what.
        dots: Ballot,
    },
    /// A vote ends, and everybody sees the counts.
    CloseVote {
        /// Which.
        id: String,
    },
    /// A vote is deleted.
    RemoveVote {
        /// Which.
        id: String,
    },
    /// Everybody is asked something, to answer alone.
    OpenRound(NewRound),
    /// Somebody answers; `None` takes the answer back.
    Answer {
        /// In which round.
        id: String,
        /// What they say.
        answer: Option<String>,
    },
    /// Everybody sees all answers at once.
    Reveal {
        /// Of which round.
        id: String,
    },
    /// A round is deleted.
    RemoveRound {
        /// Which.
        id: String,
    },
    /// Everybody is asked to mark the statements of a set, alone.
    OpenHealth(NewHealth),
    /// Somebody marks a statement.
    Mark {
        /// In which round.
        id: String,
        /// Which statement.
        question: String,
        /// The mark, as its scale has it; `None` takes it back.
        answer: Option<String>,
        /// What they write beside it.
        #[serde(default)]
        note: String,
    },
    /// Everybody sees all marks at once.
    RevealHealth {
        /// Of which round.
        id: String,
    },
    /// The room agrees on a mark.
    Agree {
        /// In which round.
        id: String,
        /// For which statement.
        question: String,
        /// The mark; `None` takes it back.
        answer: Option<String>,
        /// What is written beside it.
        #[serde(default)]
        note: String,
    },
    /// A round of a health check is deleted.
    RemoveHealth {
        /// Which.
        id: String,
    },
    /// Values were measured; each takes the place of that of the same KPI and day.
    Measure {
        /// The values.
        rows: Vec<MeasuredRow>,
    },
    /// A value was not measured after all.
    Unmeasure {
        /// Of which KPI.
        kpi: KpiId,
        /// Of which day.
        date: Day,
    },
    /// A timer begins, in the place of any other.
    StartTimer {
        /// How long.
        seconds: u32,
        /// What it is for.
        #[serde(default)]
        label: String,
    },
    /// The timer waits.
    PauseTimer,
    /// It goes on.
    ResumeTimer,
    /// It is taken away.
    StopTimer,
}

impl Deed {
    /// Whether its effect is work that people would miss: it is then kept over a restart.
    pub fn is_kept(&self) -> bool {
        !matches!(
            self,
            Self::StartTimer { .. } | Self::PauseTimer | Self::ResumeTimer | Self::StopTimer
        )
    }
}

/// A vote as it is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewVote {
    /// Its id.
    pub id: String,
    /// What is to be decided.
    pub question: String,
    /// How many dots each person has.
    pub dots: u8,
    /// What they can be given to.
    pub among: Among,
}

/// A private round as it is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRound {
    /// Its id.
    pub id: String,
    /// What everybody is asked.
    pub question: Question,
    /// What they choose from; nothing for an answer in words of their own.
    #[serde(default)]
    pub choices: Vec<String>,
    /// Whether it is shown who said what.
    #[serde(default)]
    pub names: Names,
}

/// A round of a health check as it is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewHealth {
    /// Its id.
    pub id: String,
    /// The id of the set of questions.
    pub set: String,
    /// The id of the group that alone is asked; nothing for all of them.
    #[serde(default)]
    pub group: Option<String>,
    /// Whether it is shown who said what.
    #[serde(default)]
    pub names: Names,
}

impl NewRound {
    pub(super) fn weight(&self) -> usize {
        self.question.text.len() + self.choices.iter().map(String::len).sum::<usize>()
    }
}

/// A deed with who did it and when, as it is written down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardStep {
    /// When, as RFC 3339 writes it.
    pub at: String,
    /// Who.
    pub who: Author,
    /// What.
    pub deed: Deed,
}
