//! Kumu projects: as JSON, and as the tables that Kumu imports.

mod json;
mod sheets;

pub(super) use json::read;
pub(super) use sheets::read as read_sheets;

use super::draft::{Course, Element, Nature, Relation};
use super::fields::Attribute;

use super::text::{fold, one_line};
use crate::map::{Evidence, NodeKind, Strength};

/// What stands under a connection or an element, by folded name.
struct Said(Vec<Attribute>);

impl Said {
    /// Takes out the first of such a name that says something.
    fn take(&mut self, names: &[&str]) -> Option<String> {
        let mut found = None;
        for name in names {
            let at = self
                .0
                .iter()
                .position(|(own, text)| fold(own) == *name && !text.trim().is_empty());
            if let Some(at) = at {
                let (_, text) = self.0.remove(at);
                found.get_or_insert(text);
            }
        }
        found
    }
}

/// An element of what is said of it; without a type its kind is seen by its place.
fn element(key: String, place: String, mut said: Said) -> Element {
    let title = said.take(&["label", "name", "title"]).unwrap_or_default();
    let word = said.take(&["element_type", "type", "kind"]).unwrap_or_default();
    Element {
        title,
        nature: NodeKind::named(&word).map_or(Nature::ByPlace, Nature::Kind),
        description: said.take(&["description"]).unwrap_or_default(),
        word,
        own_id: None,
        short_name: None,
        attributes: said.0,
        key,
        place,
    }
}

/// A connection of what is said of it; it runs on that course where it does not say another.
fn relation(id: String, place: String, ends: (String, String), mut said: Said, course: Course) -> Relation {
    let direction = said.take(&["direction"]).unwrap_or_default();
    let word = said
        .take(&["connection_type", "type", "polarity", "sign"])
        .unwrap_or_default();
    let label = one_line(&said.take(&["label", "name"]).unwrap_or_default());
    let description = said.take(&["description", "rationale"]).unwrap_or_default();
    let mut evidence: Vec<Evidence> = marked(&label).into_iter().collect();
    if let Some(source) = said.take(&["source", "evidence"]) {
        evidence.push(Evidence {
            source: one_line(&source),
            strength: None,
            url: String::new(),
        });
    }
    let rationale = match (description.trim().is_empty(), evidence.is_empty() || !is_mark(&label)) {
        (true, true) => label.clone(),
        _ => description,
    };
    Relation {
        id,
        place,
        hinders: hinders(&word) || (word.is_empty() && hinders(&label)),
        word,
        from: ends.0,
        to: ends.1,
        rationale,
        attributes: said.0,
        evidence,
        course: match fold(&direction).as_str() {
            "mutual" | "both" => Course::Both,
            "undirected" | "none" => Course::Either,
            _ => course,
        },
    }
}

/// Whether a label is a mark such as `[A]`, with which people say what a connection rests on.
fn is_mark(label: &str) -> bool {
    label.starts_with('[') && label.ends_with(']') && label.chars().count() <= 6
}

/// The evidence that a mark stands for: `[A]` is an assumption; what other marks mean is for people to say.
fn marked(label: &str) -> Option<Evidence> {
    let mark = label.trim_matches(['[', ']', '?', '*']);
    is_mark(label).then(|| Evidence {
        source: format!("marked {label} in Kumu"),
        strength: (mark == "A").then_some(Strength::Assumed),
        url: String::new(),
    })
}

/// Whether a connection of that type stands against its target: `-`, or `+-` and `-+`, where more makes less.
fn hinders(word: &str) -> bool {
    let word = word.trim();
    let signs: Vec<bool> = word.chars().map(|c| matches!(c, '-' | '−' | '–')).collect();
    match word.chars().all(|c| matches!(c, '+' | '-' | '−' | '–')) && !word.is_empty() {
        true => signs.iter().filter(|minus| **minus).count() % 2 == 1,
        false => matches!(
            fold(word).as_str(),
            "negative" | "opposite" | "o" | "hinders" | "inhibits" | "decreases" | "reduces" | "weakens"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_multiply() {
        for (word, against) in [
            ("+", false),
            ("++", false),
            ("--", false),
            ("-", true),
            ("+-", true),
            ("-+", true),
            ("−", true),
            ("", false),
            ("opposite", true),
        ] {
            assert_eq!(hinders(word), against, "{word}");
        }
    }

    #[test]
    fn marks_are_evidence_and_words_are_not() {
        assert_eq!(marked("[A]").unwrap().strength, Some(Strength::Assumed));
        assert_eq!(marked("[X]").unwrap().strength, None);
        assert_eq!(marked("because"), None);
    }
}
