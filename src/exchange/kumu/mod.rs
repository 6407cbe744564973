//! Kumu projects: as JSON, and as the tables that Kumu imports.

mod json;
mod sheets;

use crate::map::called::folded;
use std::collections::HashMap;

pub(super) use json::read;
pub(super) use sheets::read as read_sheets;

use super::draft::{Course, Draft, Element, Nature, Relation};
use super::fields::Attribute;
use super::kinds;
use super::signs::{self, Doubled, Signs};
use super::text::one_line;
use crate::map::{Evidence, Strength};

/// What stands under a connection or an element.
#[derive(Debug, Default)]
struct Said(Vec<Attribute>);

impl Said {
    /// Takes out the first of such a name that says something.
    fn take(&mut self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let says = |one: &Attribute| folded(&one.name) == *name && !one.text.trim().is_empty();
            let at = self.0.iter().position(says)?;
            Some(self.0.remove(at).text)
        })
    }
}

/// An element of what is said of it; without a type its kind is seen by its place.
fn element(key: String, place: String, mut said: Said) -> Element {
    let title = one_line(&said.take(&["label", "name", "title"]).unwrap_or_default());
    let word = said.take(&["element_type", "type", "kind"]).unwrap_or_default();
    let chosen = kinds::chosen(&[word.trim()], &[]);
    let is_textless = title.is_empty() && chosen.nature == Nature::ByPlace;
    Element {
        title: if is_textless { key.clone() } else { title },
        nature: if is_textless { Nature::Textless } else { chosen.nature },
        note: if is_textless {
            "its id is its title, as it has no label".to_owned()
        } else {
            String::new()
        },
        description: said.take(&["description"]).unwrap_or_default(),
        word: chosen.word,
        attributes: said.0,
        key,
        place,
        ..Element::default()
    }
}

/// What connections call the elements of a project, and those that they name and nothing declares.
#[derive(Debug, Default)]
struct Elements {
    keys: HashMap<String, String>,
}

impl Elements {
    /// Knows an element by all that a connection may call it: its id before its label.
    fn know(&mut self, key: &str, label: &str) {
        self.keys.entry(one_line(label)).or_insert_with(|| key.to_owned());
        self.keys.insert(key.to_owned(), key.to_owned());
    }

    /// The key of the element that a connection names; Kumu makes one of every label that no element has.
    fn named(&mut self, name: &str, place: &str, draft: &mut Draft) -> String {
        let name = one_line(name);
        if name.is_empty() {
            return name;
        }
        if let Some(key) = self.keys.get(&name) {
            return key.clone();
        }
        draft.elements.push(Element {
            key: name.clone(),
            place: place.to_owned(),
            title: name.clone(),
            note: "made for a connection, as no element has this label".to_owned(),
            ..Element::default()
        });
        self.keys.insert(name.clone(), name.clone());
        name
    }
}

/// A connection of what is said of it; it runs on that course where it does not say another.
fn relation(id: String, place: String, ends: (String, String), mut said: Said, course: Course) -> Relation {
    let direction = said.take(&["direction"]).unwrap_or_default();
    let word = said.take(&["connection_type", "type"]).unwrap_or_default();
    let mut signs = Signs::none();
    // The types of causal loop diagrams name both ends: `--` is a minus of a minus.
    signs.add(
        signs::of_word(&word, Doubled::Cancels),
        format!("its type `{}`", word.trim()),
    );
    for tag in said
        .0
        .iter()
        .filter(|one| matches!(folded(&one.name).as_str(), "tags" | "tag"))
    {
        for word in tags(&tag.text) {
            signs.add(signs::of_word(&word, Doubled::Cancels), format!("its tag `{word}`"));
        }
    }
    let label = one_line(&said.take(&["label", "name"]).unwrap_or_default());
    let (effect, rest) = signs::of_label(&label, Doubled::Cancels);
    signs.add(effect, format!("its label `{label}`"));
    let description = said.take(&["description", "rationale"]).unwrap_or_default();
    let mut evidence: Vec<Evidence> = marked(&label).into_iter().collect();
    if let Some(source) = said.take(&["source", "evidence"]) {
        evidence.push(Evidence {
            source: one_line(&source),
            strength: None,
            url: String::new(),
        });
    }
    // Signs and marks are read as what they stand for.
    let label = if is_mark(&rest) { "" } else { rest.as_str() };
    let rationale = match (label, description.trim()) {
        ("", only) | (only, "") => only.to_owned(),
        (label, description) if description.contains(label) => description.to_owned(),
        (label, description) => format!("{label}\n{description}"),
    };
    let (course, note) = directed(&direction, course);
    Relation {
        id,
        place,
        word,
        from: ends.0,
        to: ends.1,
        rationale,
        attributes: said.0,
        evidence,
        signs,
        course,
        note: note.to_owned(),
        ..Relation::default()
    }
}

/// Which way a connection runs by its direction, and what to say where that is no direction that is known.
fn directed(direction: &str, otherwise: Course) -> (Course, &'static str) {
    let turned = Course::Turned("turned round, as its direction says");
    let bare: String = direction.chars().filter(|c| !c.is_whitespace()).collect();
    match bare.as_str() {
        "->" | "→" | "-->" | "=>" | ">" => return (Course::Onward, ""),
        "<-" | "←" | "<--" | "<=" | "<" => return (turned, ""),
        "<->" | "↔" | "<-->" | "<=>" | "<>" => return (Course::Both, ""),
        "-" | "--" | "—" | "–" | "---" => return (Course::Either, ""),
        _ => {}
    }
    match folded(direction).as_str() {
        "" | "directed" | "forward" | "forwards" | "one_way" | "oneway" | "uni" | "unidirectional" | "to" => {
            (otherwise, "")
        }
        "mutual" | "both" | "both_ways" | "two_way" | "bidirectional" | "bi_directional" | "reciprocal" => {
            (Course::Both, "")
        }
        "undirected" | "none" | "no" | "no_direction" => (Course::Either, ""),
        "reverse" | "reversed" | "backward" | "backwards" | "back" | "from" => (turned, ""),
        _ => (
            otherwise,
            "its direction is not in known words, so it runs as it is written",
        ),
    }
}

/// The tags in a text: a list as JSON, or with `|`, `,` or `;` between them.
fn tags(text: &str) -> Vec<String> {
    let list = serde_json::from_str::<Vec<String>>(text);
    let plain = || text.split(['|', ',', ';']).map(|tag| tag.trim().to_owned()).collect();
    list.unwrap_or_else(|_| plain())
}

/// Whether a label is a mark such as `[A]`, with which people say what a connection rests on.
fn is_mark(label: &str) -> bool {
    label.starts_with('[') && label.ends_with(']') && label.chars().count() <= 6
}

/// The evidence that a mark stands for: `[A]` is an assumption; what other marks mean is for people to say.
fn marked(label: &str) -> Option<Evidence> {
    let mark = label.trim_matches(['[', ']', '?', '*']);
    let is_sign = signs::of_label(label, Doubled::Cancels).0.is_some();
    (is_mark(label) && !is_sign).then(|| Evidence {
        source: format!("marked {label} in Kumu"),
        strength: (mark == "A").then_some(Strength::Assumed),
        url: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Effect;

    fn effect(pairs: &[(&str, &str)]) -> Effect {
        let said = Said(
            pairs
                .iter()
                .map(|(name, text)| Attribute::new(*name, *text, ""))
                .collect(),
        );
        let mut relation = relation(String::new(), String::new(), Default::default(), said, Course::Onward);
        relation.signs.take_from(&mut relation.attributes);
        relation.signs.effect()
    }

    #[test]
    fn signs_are_read_wherever_kumu_keeps_them() {
        for pairs in [
            &[("Type", "-")][..],
            &[("type", "+-")],
            &[("Connection type", "Negative")],
            &[("Polarity", "-")],
            &[("tags", "important|negative")],
            &[("Tags", "[\"minus\"]")],
            &[("label", "-")],
            &[("Label", "noise (-)")],
            &[("strength", "-0.4")],
            &[("effect", "hinders")],
        ] {
            assert_eq!(effect(pairs), Effect::Hinders, "{pairs:?}");
        }
        for pairs in [
            &[("Type", "--")][..],
            &[("type", "Causal")],
            &[("tags", "a, b")],
            &[("strength", "3")],
        ] {
            assert_eq!(effect(pairs), Effect::Supports, "{pairs:?}");
        }
    }

    #[test]
    fn directions_are_read_in_words_and_arrows() {
        let of = |text: &str| directed(text, Course::Onward).0;
        for text in ["", "directed", "->", "Forward", "one-way"] {
            assert_eq!(of(text), Course::Onward, "{text}");
        }
        assert!(["mutual", "<->", "Two-way"].iter().all(|text| of(text) == Course::Both));
        assert!(
            ["undirected", "none", "--"]
                .iter()
                .all(|text| of(text) == Course::Either)
        );
        assert!(
            ["<-", "reversed"]
                .iter()
                .all(|text| matches!(of(text), Course::Turned(_)))
        );
        assert!(!directed("sideways", Course::Onward).1.is_empty());
    }

    #[test]
    fn marks_are_evidence_and_words_are_not() {
        assert_eq!(marked("[A]").unwrap().strength, Some(Strength::Assumed));
        assert_eq!(marked("[X]").unwrap().strength, None);
        assert_eq!(marked("because"), None);
        assert_eq!(marked("[-]"), None);
    }
}
