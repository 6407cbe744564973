//! A set of questions: what is asked, in groups, each with the clause that it comes from. Sets are data.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::scale::Scale;
use crate::map::is_id;

/// The most questions that a set may have.
pub const MOST_QUESTIONS: usize = 1000;

/// The most characters that a text of a set may have.
pub const LONGEST_TEXT: usize = 2000;

/// Questions that are asked together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct QuestionSet {
    /// The form of the file, 1 today.
    pub format: u64,
    /// Where the schema of the file is; empty where not said.
    #[serde(rename = "$schema", default, skip_serializing_if = "String::is_empty")]
    pub schema: String,
    /// Unique among the sets that are used together.
    pub id: String,
    /// Changes whenever a question changes what it asks. Empty where not said.
    #[serde(default)]
    pub version: String,
    /// What people read above the questions.
    pub title: String,
    /// What the set is for, in one sentence.
    #[serde(default)]
    pub purpose: String,
    /// Where the questions come from.
    #[serde(default)]
    pub source: String,
    /// What its questions are answered on.
    pub scale: Scale,
    /// The questions, in the order in which they are asked.
    pub groups: Vec<Group>,
}

/// Questions on one subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Unique in the set.
    pub id: String,
    /// The subject.
    pub title: String,
    /// The questions, in the order in which they are asked.
    pub questions: Vec<Question>,
}

/// One question, or one statement that people agree with or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Unique in the set; kept for as long as the question asks the same.
    pub id: String,
    /// The part of the group's subject that it belongs to; empty where a group has no parts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub factor: String,
    /// What is asked.
    pub text: String,
    /// The clause that it comes from; empty where it comes from nobody else.
    #[serde(default)]
    pub source: String,
}

impl QuestionSet {
    /// Every question with its group, in order.
    pub fn questions(&self) -> impl Iterator<Item = (&Group, &Question)> {
        self.groups
            .iter()
            .flat_map(|group| group.questions.iter().map(move |question| (group, question)))
    }

    /// The set of a file, or the first thing that is wrong with it. `file` is its name as the user gave it.
    ///
    /// # Errors
    /// [`SetError`] with the line and the column where the text is not a set, else with the question that is at fault.
    pub fn parse(file: &str, text: &str) -> Result<Self, SetError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let set: Self = serde_json::from_str(text).map_err(|error| SetError {
            file: file.to_owned(),
            place: Some((error.line(), error.column())),
            message: crate::escape::json::reason(&error),
            help: "Compare the file with what `survey sets --format json` prints, and with docs/health-check.md."
                .to_owned(),
        })?;
        match set.fault() {
            Some((message, help)) => Err(SetError {
                file: file.to_owned(),
                place: None,
                message,
                help: help.to_owned(),
            }),
            None => Ok(set),
        }
    }

    /// What is wrong with a set that could be read, and what to do.
    fn fault(&self) -> Option<(String, &'static str)> {
        if self.format != 1 {
            return Some((
                format!("the format is {}, and this program reads 1", self.format),
                "Write `\"format\": 1`.",
            ));
        }
        let mut groups = BTreeSet::new();
        let mut questions = BTreeSet::new();
        let ids = std::iter::once((&self.id, "set"))
            .chain(self.groups.iter().map(|group| (&group.id, "group")))
            .chain(self.questions().map(|(_, question)| (&question.id, "question")));
        for (id, what) in ids {
            if !is_id(id) {
                return Some((
                    format!("the id `{id}` of a {what} is not an id"),
                    "Begin with a-z or 0-9 and go on with these, `.`, `_` or `-`, 100 characters at most.",
                ));
            }
            let fresh = match what {
                "group" => groups.insert(id),
                "question" => questions.insert(id),
                _ => true,
            };
            if !fresh {
                return Some((format!("two {what}s have the id `{id}`"), "Give each an id of its own."));
            }
        }
        if questions.is_empty() {
            return Some((
                "the set has no question".to_owned(),
                "Add a group with at least one question.",
            ));
        }
        if questions.len() > MOST_QUESTIONS {
            return Some((
                format!(
                    "the set has {} questions, and {MOST_QUESTIONS} are the most",
                    questions.len()
                ),
                "Split it into several sets.",
            ));
        }
        let texts = [(&self.title, &self.id)]
            .into_iter()
            .chain(self.groups.iter().map(|group| (&group.title, &group.id)))
            .chain(self.questions().map(|(_, question)| (&question.text, &question.id)));
        for (text, id) in texts {
            if text.trim().is_empty() {
                return Some((format!("`{id}` has no text"), "Say what people are to read there."));
            }
            if text.chars().count() > LONGEST_TEXT {
                return Some((
                    format!("the text of `{id}` is too long"),
                    "Keep it below 2,000 characters.",
                ));
            }
        }
        None
    }
}

/// Why a file is not a set of questions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {message}", .place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default())]
#[non_exhaustive]
pub struct SetError {
    /// The file as the user gave it.
    pub file: String,
    /// The line and the column, from 1, where they are known.
    pub place: Option<(usize, usize)>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The sets that the program brings, each with the name of its file.
const BUILT_IN: [(&str, &str); 12] = [
    (
        "critical-success-factors.json",
        include_str!("../../assets/questions/critical-success-factors.json"),
    ),
    ("visionary.json", include_str!("../../assets/questions/visionary.json")),
    (
        "citizen-centric.json",
        include_str!("../../assets/questions/citizen-centric.json"),
    ),
    ("digital.json", include_str!("../../assets/questions/digital.json")),
    (
        "open-and-collaborative.json",
        include_str!("../../assets/questions/open-and-collaborative.json"),
    ),
    (
        "customer-engagement.json",
        include_str!("../../assets/questions/customer-engagement.json"),
    ),
    (
        "supplier-engagement.json",
        include_str!("../../assets/questions/supplier-engagement.json"),
    ),
    (
        "operating-model.json",
        include_str!("../../assets/questions/operating-model.json"),
    ),
    (
        "commercial-model.json",
        include_str!("../../assets/questions/commercial-model.json"),
    ),
    (
        "financial-model.json",
        include_str!("../../assets/questions/financial-model.json"),
    ),
    (
        "delivery-model.json",
        include_str!("../../assets/questions/delivery-model.json"),
    ),
    (
        "managing-risks.json",
        include_str!("../../assets/questions/managing-risks.json"),
    ),
];

/// The sets that the program brings: the health check first, then the eleven checklists in the order of PAS 184.
pub fn built_in() -> Vec<QuestionSet> {
    let read = |(file, text): &(&str, &str)| {
        QuestionSet::parse(file, text).expect("the sets of the program are read by a test")
    };
    BUILT_IN.iter().map(read).collect()
}

/// The JSON Schema of a file of questions.
pub const SET_SCHEMA: &str = include_str!("../../assets/questions/question-set.schema.json");

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(change: impl FnOnce(&mut serde_json::Value)) -> String {
        let mut value = serde_json::json!({
            "format": 1, "id": "mine", "title": "Mine", "scale": "agreement",
            "groups": [{"id": "g", "title": "All", "questions": [{"id": "a", "text": "We agree."}]}]
        });
        change(&mut value);
        match QuestionSet::parse("mine.json", &value.to_string()) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_set_of_ones_own_is_read_and_its_faults_are_named() {
        assert_eq!(fault(|_| {}), "");
        assert!(
            fault(|set| set["scale"] = "stars".into()).contains("`stars`, expected one of `agreement`, `checklist`")
        );
        assert!(fault(|set| set["format"] = 2.into()).contains("the format is 2"));
        assert!(fault(|set| set["id"] = "My set".into()).contains("`My set` of a set is not an id"));
        assert!(fault(|set| set["groups"][0]["questions"] = serde_json::json!([])).contains("no question"));
        assert!(fault(|set| set["groups"][0]["questions"][0]["text"] = " ".into()).contains("`a` has no text"));
        assert!(fault(|set| set["groups"][0]["questions"][0]["txt"] = "x".into()).starts_with("mine.json:1:"));
        let twice = serde_json::json!([{"id": "a", "text": "One."}, {"id": "a", "text": "Two."}]);
        assert!(fault(|set| set["groups"][0]["questions"] = twice).contains("two questions have the id `a`"));
    }
}
