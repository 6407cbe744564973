//! Answers, and what had to be said of the rows that they come from.

use super::Reply;
use super::set::QuestionSet;
use crate::map::{Day, words};

/// One answer of one person to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The place of the set among those that the answers were read with.
    pub set: usize,
    /// The place of the question in its set.
    pub question: usize,
    /// Who answered; empty where the name was left out.
    pub respondent: String,
    /// In what role; empty where not said.
    pub role: String,
    /// What they answered.
    pub reply: Reply,
    /// What they wrote beside it; empty where nothing.
    pub note: String,
    /// The day on which they answered.
    pub on: Option<Day>,
    /// The round, from 1.
    pub round: u32,
    /// The file that the answer comes from, as the user gave it.
    pub file: String,
    /// Its row there, as a spreadsheet counts.
    pub row: usize,
}

words! {
    /// What there is to say of a row of answers.
    RemarkKind {
        /// It names a set that is not among those in use.
        UnknownSet = "unknown-set",
        /// It names a question that its set does not have.
        UnknownQuestion = "unknown-question",
        /// Its answer is not on the scale of the question.
        OtherScale = "other-scale",
        /// It has no answer.
        Empty = "empty",
        /// Its round is not a number.
        BadRound = "bad-round",
        /// A later answer of the same person holds.
        Superseded = "superseded",
        /// It answers another version of the set.
        OtherVersion = "other-version",
        /// Its day cannot be read; the answer counts.
        BadDay = "bad-day",
        /// Its note holds markup, which is shown as it is written.
        Markup = "markup",
        /// The whole file has no answer.
        EmptyFile = "empty-file",
    }
}

impl RemarkKind {
    /// Whether the row stays out of the results.
    pub fn leaves_out(self) -> bool {
        !matches!(self, Self::OtherVersion | Self::BadDay | Self::Markup)
    }
}

/// Something to say of a row of answers, or of a file of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// What kind of thing.
    pub kind: RemarkKind,
    /// The file as the user gave it.
    pub file: String,
    /// The row as a spreadsheet counts; `None` for the whole file.
    pub row: Option<usize>,
    /// What is wrong, or what was done.
    pub message: String,
    /// What to do; empty where nothing.
    pub help: String,
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.row {
            Some(row) => write!(f, "{}, row {row}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

/// The answers that hold, with what had to be said of their rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answers {
    /// At most one of each person, question and round; in the order in which they were read.
    pub all: Vec<Answer>,
    /// In the order of the files and rows.
    pub remarks: Vec<Remark>,
    /// How many rows were read.
    pub rows: usize,
}

impl Answers {
    /// How many rows stay out of the results.
    pub fn left_out(&self) -> usize {
        self.remarks
            .iter()
            .filter(|remark| remark.kind.leaves_out() && remark.row.is_some())
            .count()
    }

    /// The rounds in which a set was answered, first to last.
    pub fn rounds(&self, set: usize) -> Vec<u32> {
        let mut rounds: Vec<u32> = self
            .all
            .iter()
            .filter(|answer| answer.set == set)
            .map(|answer| answer.round)
            .collect();
        rounds.sort_unstable();
        rounds.dedup();
        rounds
    }

    /// The answers as the rows of a table: set, question, respondent, role, answer, note, on, round, version. Only what holds
    /// is among them.
    pub fn to_rows(&self, sets: &[QuestionSet]) -> Vec<[String; 9]> {
        let row = |answer: &Answer| {
            let set = sets.get(answer.set)?;
            let (_, question) = set.questions().nth(answer.question)?;
            Some([
                set.id.clone(),
                question.id.clone(),
                answer.respondent.clone(),
                answer.role.clone(),
                answer.reply.written(set.scale),
                answer.note.clone(),
                answer.on.map(|day| day.to_string()).unwrap_or_default(),
                answer.round.to_string(),
                set.version.clone(),
            ])
        };
        self.all.iter().filter_map(row).collect()
    }
}

/// The columns of a table of answers, in the order in which they are written. Only `question` and `answer` are needed.
pub const COLUMNS: [&str; 9] = [
    "set",
    "question",
    "respondent",
    "role",
    "answer",
    "note",
    "on",
    "round",
    "version",
];
