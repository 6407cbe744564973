//! One step of the history: who changed what and when, and the change itself.

use serde::{Deserialize, Serialize};

use crate::edit::Edit;
use crate::map::{BenefitMap, sha256};

/// How many records that a step touched are named at most.
pub(super) const TOUCHES: usize = 200;

/// Who makes a change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The browser, by the id that others know it by.
    pub client: String,
    /// What the person is called.
    pub name: String,
    /// The person's colour.
    pub colour: u8,
}

/// What sort of step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Does {
    /// An edit.
    Edit,
    /// An edit taken back.
    Undo,
    /// That taken back again.
    Redo,
    /// Nothing is done: the person leaves their last step as it is, so that the one before can be undone.
    Skip,
    /// The map as it was before.
    Return,
    /// The map as somebody changed it in the file.
    Take,
}

/// A change of the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// An edit.
    Edit(Edit),
    /// Another map in its place.
    Map(Box<BenefitMap>),
    /// The map as it was at an earlier revision.
    Return(u64),
}

/// One step of the history, with all that it takes to do it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The revision that the map has after it.
    pub rev: u64,
    /// When, as RFC 3339 writes it.
    pub at: String,
    /// The browser, by the id that others know it by.
    pub client: String,
    /// The browser's own counter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
    /// What the person is called.
    pub name: String,
    /// The person's colour.
    pub colour: u8,
    /// What sort of step it is.
    pub does: Does,
    /// What it does, in words.
    pub label: String,
    /// What it touched, as findings name it; the first 200.
    pub touches: Vec<String>,
    /// The change itself.
    pub change: Change,
}

impl Step {
    /// New boxes, and below which box each should be drawn.
    pub fn placements(&self) -> Vec<Placement> {
        let Change::Edit(edit) = &self.change else {
            return Vec::new();
        };
        let placed = |edit: &Edit| match edit {
            Edit::AddNode {
                id: Some(id),
                below: Some(below),
                ..
            } => Some(Placement {
                id: id.to_string(),
                below: below.clone(),
            }),
            _ => None,
        };
        edit.each().into_iter().filter_map(placed).collect()
    }

    /// The ids of what it added, in order.
    pub(super) fn added(&self) -> Vec<String> {
        match &self.change {
            Change::Edit(edit) => edit.each().into_iter().filter_map(added).collect(),
            Change::Map(_) | Change::Return(_) => Vec::new(),
        }
    }
}

/// The id of what an edit added.
fn added(edit: &Edit) -> Option<String> {
    match edit {
        Edit::AddNode { id, .. } => id.as_ref().map(ToString::to_string),
        Edit::Add { fields, .. } => fields.get("id")?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// Where a new box should be drawn: a request for the next picture, which the map does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The new box.
    pub id: String,
    /// The box above it; empty for the top of the stage.
    pub below: String,
}

/// A step as the history lists it: without the change itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// The revision that the map has after it.
    pub rev: u64,
    /// When, as RFC 3339 writes it.
    pub at: String,
    /// The browser, by the id that others know it by.
    pub client: String,
    /// What the person is called.
    pub name: String,
    /// The person's colour.
    pub colour: u8,
    /// What sort of step it is.
    pub does: Does,
    /// What it does, in words.
    pub label: String,
    /// What it touched, as findings name it; the first 200.
    pub touches: Vec<String>,
}

impl From<&Step> for HistoryEntry {
    fn from(step: &Step) -> Self {
        Self {
            rev: step.rev,
            at: step.at.clone(),
            client: step.client.clone(),
            name: step.name.clone(),
            colour: step.colour,
            does: step.does,
            label: step.label.clone(),
            touches: step.touches.clone(),
        }
    }
}

/// The first 16 hexadecimal digits of the SHA-256 (FIPS 180-4) of a text: what a map's canonical text is known by.
pub fn hash(text: &str) -> String {
    let digest = sha256(text.as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_step_lists_what_it_added_and_where_each_box_should_be_drawn() {
        let edit = json!({"do": "group", "edits": [
            {"do": "add-node", "id": "a", "kind": "enabler", "title": "A", "below": ""},
            {"do": "add-node", "id": "b", "kind": "enabler", "title": "B"},
            {"do": "add", "what": "kpi", "fields": {"id": "k", "node": "a"}},
        ]});
        let step = Step {
            rev: 1,
            at: String::new(),
            client: String::new(),
            n: None,
            name: String::new(),
            colour: 0,
            does: Does::Edit,
            label: String::new(),
            touches: Vec::new(),
            change: Change::Edit(serde_json::from_value(edit).unwrap()),
        };
        assert_eq!(step.added(), ["a", "b", "k"]);
        let placements = step.placements();
        assert_eq!(placements.len(), 1);
        assert_eq!((placements[0].id.as_str(), placements[0].below.as_str()), ("a", ""));
    }

    #[test]
    fn a_hash_is_the_beginning_of_the_sha_256() {
        // FIPS 180-4, the example of one block.
        assert_eq!(hash("abc"), "ba7816bf8f01cfea");
    }
}
