//! Rows of answers to answers: what counts, what holds of several, and what has to be said of the rest.

use std::collections::BTreeMap;

use super::answer::{Answer, Answers, Remark, RemarkKind};
use super::set::QuestionSet;
use crate::finding::nearest;
use crate::map::Day;

/// The last round that is read.
const LAST_ROUND: u32 = 9999;

/// One row of a table of answers, as it is written.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Row<'r> {
    /// The id or the title of the set; may be empty where one set alone has the question.
    pub set: &'r str,
    /// The id of the question.
    pub question: &'r str,
    /// Who answered.
    pub respondent: &'r str,
    /// In what role.
    pub role: &'r str,
    /// The answer, as a number or in words.
    pub answer: &'r str,
    /// What they wrote beside it.
    pub note: &'r str,
    /// The day, as 2027-03-31.
    pub on: &'r str,
    /// The round; 1 where it is empty.
    pub round: &'r str,
    /// The version of the set that was answered; may be empty.
    pub version: &'r str,
    /// The file that it is from.
    pub file: &'r str,
    /// Its row there.
    pub number: usize,
}

/// The person, the question and the round that one answer may be there for.
type Key = (usize, usize, u32, String);

/// Takes rows of answers one by one.
#[derive(Debug)]
pub struct Intake<'s> {
    sets: &'s [QuestionSet],
    /// The ids of the questions of each set, with their places.
    questions: Vec<BTreeMap<&'s str, usize>>,
    held: BTreeMap<Key, usize>,
    answers: Answers,
}

/// Lower case, with single blanks.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl<'s> Intake<'s> {
    /// Nothing is read yet. Rows are judged by these sets.
    pub fn new(sets: &'s [QuestionSet]) -> Self {
        let ids = |set: &'s QuestionSet| {
            set.questions()
                .enumerate()
                .map(|(at, (_, question))| (question.id.as_str(), at))
                .collect()
        };
        Self {
            sets,
            questions: sets.iter().map(ids).collect(),
            held: BTreeMap::new(),
            answers: Answers::default(),
        }
    }

    /// Takes one row.
    pub fn row(&mut self, row: &Row<'_>) {
        self.answers.rows += 1;
        let Some((set, question)) = self.asked(row) else { return };
        let scale = self.sets[set].scale;
        let text = row.answer.trim();
        if text.is_empty() {
            self.remark(
                row,
                RemarkKind::Empty,
                format!("`{}` has no answer", row.question.trim()),
                "",
            );
            return;
        }
        let Some(reply) = scale.read(text) else {
            let message = format!(
                "the answer `{}` is not on the scale of `{}`",
                short(text),
                row.question.trim()
            );
            self.remark(
                row,
                RemarkKind::OtherScale,
                message,
                &format!("Write {}.", scale.choices()),
            );
            return;
        };
        let Some(round) = round_of(row.round) else {
            let message = format!(
                "the round `{}` is not a number from 1 to {LAST_ROUND}",
                short(row.round.trim())
            );
            self.remark(
                row,
                RemarkKind::BadRound,
                message,
                "Write 1 for the first round, 2 for the next.",
            );
            return;
        };
        let on = self.day_of(row);
        self.look_at_version(row, set);
        if has_markup(row.note) {
            let message = "the note holds markup, which is shown as it is written".to_owned();
            self.remark(row, RemarkKind::Markup, message, "");
        }
        let answer = Answer {
            set,
            question,
            respondent: row.respondent.trim().to_owned(),
            role: row.role.trim().to_owned(),
            reply,
            note: row.note.trim().to_owned(),
            on,
            round,
            file: row.file.to_owned(),
            row: row.number,
        };
        self.keep(answer, row);
    }

    /// Says that a file has no row of answers.
    pub fn empty_file(&mut self, file: &str) {
        self.answers.remarks.push(Remark {
            kind: RemarkKind::EmptyFile,
            file: file.to_owned(),
            row: None,
            message: "the file has no answer".to_owned(),
            help: "Ask for it again, if somebody has filled it in.".to_owned(),
        });
    }

    /// The answers that hold, and all that there is to say of the rows.
    pub fn finish(self) -> Answers {
        self.answers
    }

    /// Keeps the answer, or the one that the person gave before, whichever is later.
    fn keep(&mut self, answer: Answer, row: &Row<'_>) {
        // Without a name nobody can say whether two answers are of one person.
        if answer.respondent.is_empty() {
            self.answers.all.push(answer);
            return;
        }
        let key = (answer.set, answer.question, answer.round, plain(&answer.respondent));
        let Some(at) = self.held.get(&key).copied() else {
            self.held.insert(key, self.answers.all.len());
            self.answers.all.push(answer);
            return;
        };
        let before = &self.answers.all[at];
        // Days decide where both are known and differ; else the row that comes later.
        let new_holds = match (before.on, answer.on) {
            (Some(old), Some(new)) => new >= old,
            _ => true,
        };
        let place = |one: &Answer| match one.file == row.file {
            true => format!("row {}", one.row),
            false => format!("{}, row {}", one.file, one.row),
        };
        let message = match new_holds {
            true => format!(
                "a second answer of `{}` to `{}` in round {}: this later one holds, and the one in {} does not count",
                short(&answer.respondent),
                row.question.trim(),
                answer.round,
                place(before)
            ),
            false => format!(
                "a second answer of `{}` to `{}` in round {}: the one in {} has a later day and holds, and this one does not count",
                short(&answer.respondent),
                row.question.trim(),
                answer.round,
                place(before)
            ),
        };
        if new_holds {
            self.answers.all[at] = answer;
        }
        let help = "Count another time as another round.";
        self.remark(row, RemarkKind::Superseded, message, help);
    }

    /// The set and the question of a row; says what is unknown.
    fn asked(&mut self, row: &Row<'_>) -> Option<(usize, usize)> {
        let (named, wanted) = (plain(row.set), row.question.trim());
        if named.is_empty() {
            let having: Vec<(usize, usize)> = self
                .questions
                .iter()
                .enumerate()
                .filter_map(|(set, ids)| ids.get(wanted).map(|question| (set, *question)))
                .collect();
            if let [one] = having[..] {
                return Some(one);
            }
            let message = match having.len() {
                0 => format!("no set has the question `{}`", short(wanted)),
                _ => format!("several sets have the question `{}`", short(wanted)),
            };
            self.unknown_question(row, message, None);
            return None;
        }
        let is_named = |set: &QuestionSet| plain(&set.id) == named || plain(&set.title) == named;
        let Some(set) = self.sets.iter().position(is_named) else {
            let near = nearest(&named, self.sets.iter().map(|set| set.id.as_str()));
            let help = match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "`benefit-map survey sets` lists the sets; name a set of your own with --set.".to_owned(),
            };
            let message = format!("the set `{}` is not known", short(row.set.trim()));
            self.remark(row, RemarkKind::UnknownSet, message, &help);
            return None;
        };
        if let Some(question) = self.questions[set].get(wanted) {
            return Some((set, *question));
        }
        let message = format!("the set `{}` has no question `{}`", self.sets[set].id, short(wanted));
        self.unknown_question(row, message, Some(set));
        None
    }

    fn unknown_question(&mut self, row: &Row<'_>, message: String, set: Option<usize>) {
        let ids = self
            .questions
            .iter()
            .enumerate()
            .filter(|(at, _)| set.is_none_or(|set| set == *at));
        let near = nearest(row.question.trim(), ids.flat_map(|(_, ids)| ids.keys().copied()));
        let help = match near {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "The form may be of another version of the set; `benefit-map survey sets` lists the questions."
                .to_owned(),
        };
        self.remark(row, RemarkKind::UnknownQuestion, message, &help);
    }

    fn look_at_version(&mut self, row: &Row<'_>, set: usize) {
        let (asked, now) = (row.version.trim(), self.sets[set].version.as_str());
        if asked.is_empty() || asked == now {
            return;
        }
        let message = format!(
            "it answers version {} of `{}`, and the set is now version {now}; it counts, as the set still has the question",
            short(asked),
            self.sets[set].id
        );
        let help = "Read the question again: its words may have changed.";
        self.remark(row, RemarkKind::OtherVersion, message, help);
    }

    fn day_of(&mut self, row: &Row<'_>) -> Option<Day> {
        let text = row.on.trim();
        if text.is_empty() {
            return None;
        }
        // A form may write the hour behind the day.
        let day = text.split(['T', ' ']).next().unwrap_or(text);
        let day = Day::new(day).ok();
        if day.is_none() {
            let message = format!(
                "the day `{}` cannot be read; the answer counts without a day",
                short(text)
            );
            self.remark(row, RemarkKind::BadDay, message, "Write it as 2027-03-31.");
        }
        day
    }

    fn remark(&mut self, row: &Row<'_>, kind: RemarkKind, message: String, help: &str) {
        self.answers.remarks.push(Remark {
            kind,
            file: row.file.to_owned(),
            row: Some(row.number),
            message,
            help: help.to_owned(),
        });
    }
}

/// The round that a cell says, where it says one. A spreadsheet may write 2 as `2.0`.
fn round_of(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.is_empty() {
        return Some(1);
    }
    let whole = text.strip_suffix(".0").unwrap_or(text);
    whole.parse().ok().filter(|round| (1..=LAST_ROUND).contains(round))
}

/// Whether a text holds what a page would take for a tag.
fn has_markup(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let next = text[at + 1..].chars().next();
        next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'))
    })
}

/// The beginning of a text that is too long for a message.
fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
