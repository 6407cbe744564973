//! What a benefit profile says beside the benefit itself: who gains and who loses, when it is looked at next, and which
//! version of the map was approved by whom.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Day, words};

words! {
    /// Whether a stakeholder is better or worse off.
    Stake {
        /// Better off.
        Gains = "gains",
        /// Worse off.
        Loses = "loses",
    }
}

/// Who is better or worse off with a node, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Stakeholder {
    /// The group or the organisation, such as `Residents of the north`.
    pub who: String,
    /// Whether they gain or lose; `None` where nobody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stake: Option<Stake>,
    /// What they gain or lose.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
}

impl Stakeholder {
    /// A stakeholder of whom nothing else is said.
    pub fn new(who: impl Into<String>) -> Self {
        Self {
            who: who.into(),
            stake: None,
            what: String::new(),
        }
    }
}

/// When a node is looked at again, and to whom its owner reports.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct ReviewPlan {
    /// The day of the next review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Day>,
    /// To whom the owner reports, from the nearest to the highest, such as `Programme board, then Cabinet`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reporting_line: String,
}

/// Document control: which version of the map this is, and who has approved it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct DocumentControl {
    /// The version, such as `1.2`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// What the version is, such as `Draft` or `For approval`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub status: String,
    /// The protective marking, such as `OFFICIAL`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub marking: String,
    /// Who has approved it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
}

/// Who has approved a map, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The id of an owner, or a name.
    pub by: String,
    /// As what they approve it, such as `Senior Responsible Owner`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// The day of the approval; `None` where it is still to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Day>,
    /// The version that was approved; empty for the one that the map is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
}

impl Approval {
    /// An approval that is still to come.
    pub fn new(by: impl Into<String>) -> Self {
        Self {
            by: by.into(),
            role: String::new(),
            on: None,
            version: String::new(),
        }
    }
}
