//! What the page knows of maps: stages, lists and forms, from the one description that all else goes by.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::map::NodeKind;
use crate::map::form::{Ask, FORMS, Form, Writing};
use crate::map::record::{self, Kind, Presence, Record};
use crate::method;

/// What the page knows of maps.
#[derive(Serialize)]
struct Description {
    /// By record and part: what is asked, a line each.
    forms: BTreeMap<&'static str, BTreeMap<&'static str, Vec<Vec<Asked>>>>,
    /// By record: the list of the map that holds it.
    lists: BTreeMap<&'static str, &'static str>,
    /// In their order.
    stages: Vec<Stage>,
}

/// A stage.
#[derive(Serialize)]
struct Stage {
    heading: &'static str,
    kind: NodeKind,
    label: &'static str,
    /// What belongs there, in a sentence or two.
    sentence: &'static str,
    /// The question that says whether something belongs there.
    question: &'static str,
    /// Titles that are good ones.
    examples: &'static [&'static str],
}

/// A field that people are asked for.
#[derive(Serialize)]
struct Asked {
    field: &'static str,
    kind: Control,
    label: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    label_of_outcome: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    hint: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    placeholder: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    none: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    add: &'static str,
    required: bool,
    /// Of a reference: to which record.
    #[serde(skip_serializing_if = "Option::is_none")]
    refers_to: Option<&'static str>,
    /// The values that it may have, each with what people read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<(String, String)>,
    #[serde(skip_serializing_if = "is_zero")]
    rows: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<&'static str>,
    #[serde(skip_serializing_if = "is_zero")]
    shown: u8,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Asked>,
}

/// Whole numbers are chosen from a list up to so many, and typed beyond.
const MOST_OFFERED: u64 = 31;

/// What a control is for.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Control {
    Text,
    Texts,
    Flag,
    Number,
    Whole,
    Day,
    Choice,
    Reference,
    References,
    Numbers,
    Record,
    Records,
}

// The form that a condition of serde has.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(rows: &u8) -> bool {
    *rows == 0
}

/// The description as JSON.
pub(in crate::web) fn json() -> String {
    let stage = |kind: &NodeKind| {
        let subject = method::of_kind(*kind);
        Stage {
            heading: kind.heading(),
            kind: *kind,
            label: kind.label(),
            sentence: subject.sentence,
            question: subject.test,
            examples: subject.good,
        }
    };
    let description = Description {
        forms: FORMS.iter().map(|form| (form.record.name, form_of(form))).collect(),
        lists: lists(),
        stages: NodeKind::ALL.iter().map(stage).collect(),
    };
    // Writing to memory fails for nothing that is sent here.
    serde_json::to_string(&description).unwrap_or_default()
}

/// The lists of a map whose records have a name of their own, which a page is sent one by one.
fn lists() -> BTreeMap<&'static str, &'static str> {
    let lists = record::MAP.fields.iter().filter_map(|field| match field.kind {
        Kind::List(Kind::Record(record)) if !record.is_part() => Some((record.name, field.name)),
        _ => None,
    });
    lists.collect()
}

fn form_of(form: &Form) -> BTreeMap<&'static str, Vec<Vec<Asked>>> {
    let parts = form.parts.iter().map(|part| {
        let lines = part.lines.iter();
        let asked = lines.map(|line| line.iter().map(|ask| asked(form.record, ask)).collect());
        (part.name, asked.collect())
    });
    parts.collect()
}

fn asked(record: &Record, ask: &Ask) -> Asked {
    let field = record.at(ask.field);
    let kind = field.map_or(&Kind::Text, |field| &field.kind);
    let (control, inner) = match kind {
        _ if !ask.words.is_empty() => (Control::Choice, None),
        Kind::Flag => (Control::Flag, None),
        Kind::Number => (Control::Number, None),
        Kind::Whole { least, most } if most - least <= MOST_OFFERED => (Control::Whole, None),
        Kind::Whole { .. } => (Control::Number, None),
        Kind::Day => (Control::Day, None),
        Kind::Word(_) => (Control::Choice, None),
        Kind::Reference(_) | Kind::Threatened => (Control::Reference, None),
        Kind::List(Kind::Reference(_)) => (Control::References, None),
        Kind::List(Kind::Number) => (Control::Numbers, None),
        Kind::Record(inner) => (Control::Record, Some(*inner)),
        Kind::List(Kind::Record(inner)) => (Control::Records, Some(*inner)),
        Kind::List(_) => (Control::Texts, None),
        Kind::Text | Kind::Language | Kind::Id | Kind::Format | Kind::Trajectory => (Control::Text, None),
    };
    let same = |word: &str| (word.to_owned(), word.to_owned());
    let words = match kind {
        _ if !ask.words.is_empty() => {
            let pairs = ask.words.iter();
            pairs
                .map(|(word, shown)| ((*word).to_owned(), (*shown).to_owned()))
                .collect()
        }
        Kind::Word(words) => words.iter().map(|word| same(word)).collect(),
        Kind::Whole { least, most } if most - least <= MOST_OFFERED => {
            (*least..=*most).map(|number| same(&number.to_string())).collect()
        }
        _ => Vec::new(),
    };
    let parts = inner.map(|inner| ask.parts.iter().map(|part| asked(inner, part)).collect());
    Asked {
        field: ask.field,
        kind: control,
        label: ask.label,
        label_of_outcome: ask.label_of_outcome,
        hint: ask.hint,
        placeholder: ask.placeholder,
        none: ask.none,
        add: ask.add,
        required: field.is_some_and(|field| field.presence == Presence::Required),
        refers_to: match kind {
            Kind::Reference(record) | Kind::List(Kind::Reference(record)) => Some(record.name),
            Kind::Threatened => Some("threatened"),
            _ => None,
        },
        words,
        rows: ask.rows,
        written: match ask.form {
            Writing::Plain => None,
            Writing::Percent => Some("percent"),
            Writing::Money => Some("money"),
            Writing::Commas => Some("commas"),
        },
        shown: ask.shown,
        parts: parts.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn the_page_is_told_what_a_field_is_by_the_one_description() {
        let description: Value = serde_json::from_str(&super::json()).unwrap();
        let lists = json!({
            "node": "nodes", "link": "links", "owner": "owners", "kpi": "kpis", "risk": "risks", "plan": "plans",
            "partner": "partners",
        });
        assert_eq!(description["lists"], lists);
        assert_eq!(description["stages"][4]["heading"], "End outcomes");
        let kpi = &description["forms"]["kpi"]["all"];
        assert_eq!(
            kpi[0][0],
            json!({"field": "title", "kind": "text", "label": "What is measured", "required": false})
        );
        let targets = &kpi[4][0];
        assert_eq!(
            (&targets["kind"], &targets["add"]),
            (&json!("records"), &json!("Add a target"))
        );
        assert_eq!(
            targets["parts"][0],
            json!({"field": "value", "kind": "number", "label": "Value", "required": true})
        );
        let owner = &description["forms"]["node"]["first"][1][0];
        assert_eq!(
            (&owner["kind"], &owner["refers_to"]),
            (&json!("reference"), &json!("owner"))
        );
        let likelihood = &description["forms"]["risk"]["all"][1][0];
        assert_eq!(
            likelihood["words"],
            json!([["1", "1"], ["2", "2"], ["3", "3"], ["4", "4"], ["5", "5"]])
        );
    }

    #[test]
    fn no_label_and_no_word_of_a_form_is_in_the_scripts_of_the_page() {
        fn words<'a>(asks: impl Iterator<Item = &'a Ask>, out: &mut Vec<&'static str>) {
            for ask in asks {
                let texts = [ask.label, ask.label_of_outcome, ask.hint, ask.placeholder, ask.add];
                out.extend(texts.into_iter().chain(ask.words.iter().map(|(_, shown)| *shown)));
                words(ask.parts.iter(), out);
            }
        }
        let mut all = Vec::new();
        for form in FORMS {
            let asks = form.parts.iter().flat_map(|part| part.lines.iter().copied().flatten());
            words(asks, &mut all);
        }
        // A short word may be the name of something else.
        all.retain(|text| text.len() > 12);
        assert!(all.len() > 20, "{all:?}");
        for (name, _, script) in super::super::files().filter(|(name, ..)| name.ends_with(".js")) {
            for text in &all {
                assert!(
                    !script.contains(&format!("\"{text}\"")),
                    "{name} says `{text}` by itself"
                );
            }
        }
    }
}
