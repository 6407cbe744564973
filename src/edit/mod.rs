//! The one way anything changes a map: an [`Edit`], applied in place, with the edit that takes it back.
//!
//! In go a [`BenefitMap`](crate::map::BenefitMap) and an [`Edit`]; out come the changed map and its inverse, or a [`Refusal`] in plain words and the map
//! as it was. An edit never makes a map that points at nothing, links a box to itself or gives an id twice; faults that a
//! map had before stay for `check` to tell. Edits read and write themselves as JSON (`docs/workshop-protocol.md`). Absent: who
//! edits and when, which is for whoever keeps a history.

mod apply;
mod bounds;
mod editable;
mod keys;
mod label;
mod list;
mod map_fields;
mod record;
mod references;
mod refusal;
mod removal;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::finding::Subject;
use crate::map::record as fields;
use crate::map::{Day, NodeId, NodeKind, OwnerId, words};

pub use apply::{Applied, apply};
pub use bounds::{DEEPEST, MOST_EDITS, check, check_texts};
pub use editable::EditableMap;
pub use label::label;
pub use record::describe;
pub use refusal::Refusal;

words! {
    /// The sorts of record that a map holds.
    Sort {
        /// A box.
        Node = "node",
        /// An arrow.
        Link = "link",
        /// Somebody who answers for something.
        Owner = "owner",
        /// A measure of a box.
        Kpi = "kpi",
        /// Something that may go wrong.
        Risk = "risk",
        /// The plan of an owner.
        Plan = "plan",
        /// A piece of work in a plan.
        Activity = "activity",
        /// An organisation that shares in something.
        Partner = "partner",
    }
}

impl Sort {
    /// What records of the sort are made of.
    pub fn description(self) -> &'static fields::Record {
        match self {
            Self::Node => &fields::NODE,
            Self::Link => &fields::LINK,
            Self::Owner => &fields::OWNER,
            Self::Kpi => &fields::KPI,
            Self::Risk => &fields::RISK,
            Self::Plan => &fields::PLAN,
            Self::Activity => &fields::ACTIVITY,
            Self::Partner => &fields::PARTNER,
        }
    }
}

/// One change of a map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Edit {
    /// Adds a box, linked from and to others.
    AddNode {
        /// Made from the title where there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<NodeId>,
        /// Its stage.
        kind: NodeKind,
        /// What stands in it.
        title: String,
        /// Boxes that are to lead to it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        from: Vec<NodeId>,
        /// Boxes that it is to lead to.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        to: Vec<NodeId>,
        /// A wish for the next picture: under which box of its stage, or at the top where it is empty. The map does not keep it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        below: Option<String>,
    },
    /// Adds any record.
    Add {
        /// Its sort.
        what: Sort,
        /// Its fields, as in the file; an id that is missing is made from the title or the name.
        fields: Map<String, Value>,
        /// For an activity: whose plan it belongs to. The plan is made where there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        plan: Option<OwnerId>,
        /// Its place in the list, from 0, where it is put back; at the end where there is none. What is put back may share its
        /// id with a record of another sort, as it did in a map with that fault.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<usize>,
    },
    /// Removes a record with all that refers to it: what cannot be without it goes too, and what only pointed at it points at
    /// nothing.
    Remove {
        /// The record.
        #[serde(with = "as_text")]
        what: Subject,
    },
    /// Takes a record away that nothing refers to, and that is still as it was.
    Take {
        /// The record.
        #[serde(with = "as_text")]
        what: Subject,
        /// What it must look like.
        was: Value,
    },
    /// Sets a field of a record, or of the map.
    Set {
        /// The record.
        #[serde(with = "as_text")]
        what: Subject,
        /// The field, as the file names it.
        field: String,
        /// The value, as the file writes it; `null` empties the field.
        value: Value,
        /// What the field must say now; `None` where that does not matter.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "some_value")]
        was: Option<Value>,
    },
    /// Links two boxes.
    Link {
        /// The box that brings about.
        from: NodeId,
        /// The box that is brought about.
        to: NodeId,
    },
    /// Takes a link away, with all that refers to it.
    Unlink {
        /// Where it begins.
        from: NodeId,
        /// Where it ends.
        to: NodeId,
    },
    /// Says in which order people want the boxes of a stage.
    Arrange {
        /// The stage.
        kind: NodeKind,
        /// From the top; what is no box is left out. Empty where the layout is to decide.
        order: Vec<NodeId>,
    },
    /// Accepts a finding.
    Allow {
        /// The rule's slug or code.
        rule: String,
        /// What the finding speaks of.
        subject: String,
        /// Why it is accepted.
        reason: String,
        /// Who accepts it: the id of an owner, or a name; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        by: String,
        /// The last day on which it is accepted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Day>,
        /// A new entry at this place of the list; else an entry of the same rule and subject is replaced.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<usize>,
    },
    /// Accepts a finding no more.
    Disallow {
        /// The rule, as the entry has it.
        rule: String,
        /// The subject, as the entry has it.
        subject: String,
    },
    /// Several edits, all or none.
    Group {
        /// What they are together; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        label: String,
        /// In their order.
        edits: Vec<Edit>,
    },
}

/// A subject as the text that names it.
mod as_text {
    use crate::finding::Subject;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(subject: &Subject, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(subject)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Subject, D::Error> {
        let text = std::borrow::Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// A value that is there, `null` among them.
fn some_value<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Edit {
    /// A group without a label.
    pub fn group(edits: Vec<Edit>) -> Self {
        Self::Group {
            label: String::new(),
            edits,
        }
    }

    /// Every edit in it that is no group, in order.
    pub fn each(&self) -> Vec<&Edit> {
        let mut out = Vec::new();
        let mut rest = vec![self];
        while let Some(edit) = rest.pop() {
            match edit {
                Self::Group { edits, .. } => rest.extend(edits.iter().rev()),
                other => out.push(other),
            }
        }
        out
    }
}
