//! What an edit does, in a few plain words.

use serde_json::Value;

use super::record::{Names, described, shown};
use super::{Edit, Sort};
use crate::finding::Subject;
use crate::map::BenefitMap;

/// What an edit does, in a few words that read well after "undo": `rename the box "Kiosks"`. The map is that before the edit.
pub fn label(map: &BenefitMap, edit: &Edit) -> String {
    label_in(map, edit)
}

/// As [`label`], in whatever knows what the records are called.
pub(super) fn label_in(map: &impl Names, edit: &Edit) -> String {
    match edit {
        Edit::AddNode { title, .. } => format!("add the box {}", shown(title, "without a title")),
        Edit::Add { what, fields, .. } => {
            let title = ["title", "name", "owner"]
                .iter()
                .find_map(|field| fields.get(*field)?.as_str());
            match what {
                Sort::Link => {
                    let end = |field: &str| fields.get(field).and_then(Value::as_str)?.parse().ok();
                    match (end("from"), end("to")) {
                        (Some(from), Some(to)) => format!("add {}", described(map, &Subject::Link { from, to })),
                        _ => "add a link".to_owned(),
                    }
                }
                sort => format!(
                    "add the {} {}",
                    word(*sort),
                    shown(title.unwrap_or_default(), "without a name")
                ),
            }
        }
        Edit::Remove { what } | Edit::Take { what, .. } => format!("remove {}", described(map, what)),
        Edit::Unlink { from, to } => {
            let (from, to) = (from.clone(), to.clone());
            format!("remove {}", described(map, &Subject::Link { from, to }))
        }
        Edit::Link { from, to } => {
            let (from, to) = (from.clone(), to.clone());
            format!("add {}", described(map, &Subject::Link { from, to }))
        }
        Edit::Set { what, field, value, .. } => {
            let thing = described(map, what);
            match (field.as_str(), value) {
                ("title" | "name", _) => format!("rename {thing}"),
                ("kind", Value::String(kind)) => format!("make {thing} one of the {}", kind.replace('-', " ") + "s"),
                (field, Value::Null) => format!("clear the {} of {thing}", field.replace('_', " ")),
                (field, _) => format!("set the {} of {thing}", field.replace('_', " ")),
            }
        }
        Edit::Arrange { kind, .. } => format!("put the {} in order", kind.heading().to_lowercase()),
        Edit::Allow { rule, subject, .. } => format!("accept {rule} for {subject}"),
        Edit::Disallow { rule, subject } => format!("no longer accept {rule} for {subject}"),
        Edit::Group { label, .. } if !label.trim().is_empty() => shown(label, "").trim_matches('"').to_owned(),
        Edit::Group { edits, .. } => match edits.as_slice() {
            [] => "change nothing".to_owned(),
            [one] => label_in(map, one),
            [first, rest @ ..] => format!("{} and {} more", label_in(map, first), rest.len()),
        },
    }
}

fn word(sort: Sort) -> &'static str {
    match sort {
        Sort::Node => "box",
        Sort::Kpi => "KPI",
        other => other.as_str(),
    }
}
