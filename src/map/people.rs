//! Owners, partners and the benefits realisation plans of owners (PAS 184, 5.4).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ActivityId, Day, NodeId, OwnerId, PartnerId, is_false};

/// A person or a post that answers for nodes, KPIs or risks: the benefit owner of an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// Unique across the map.
    pub id: OwnerId,
    /// The person or the post.
    pub name: String,
    /// The organisation.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// Senior enough to answer for an outcome (PAS 184, 5.4.3 a).
    #[serde(default, skip_serializing_if = "is_false")]
    pub senior: bool,
}

impl Owner {
    /// An owner with an id and a name: of no organisation, and not senior.
    pub fn new(id: OwnerId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            organisation: String::new(),
            senior: false,
        }
    }

    /// The name, and after a comma the organisation where there is one.
    pub fn in_full(&self) -> String {
        match self.organisation.as_str() {
            "" => self.name.clone(),
            organisation => format!("{}, {organisation}", self.name),
        }
    }
}

/// An organisation that shares in the work or the benefit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// Unique across the map.
    pub id: PartnerId,
    /// Its name.
    pub name: String,
}

impl Partner {
    /// A partner with an id and a name.
    pub fn new(id: PartnerId, name: impl Into<String>) -> Self {
        Self { id, name: name.into() }
    }
}

/// The benefits realisation plan of one owner (PAS 184, 5.4.3 b).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Whose plan it is.
    pub owner: OwnerId,
    /// What is to be done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
}

impl Plan {
    /// A plan of that owner with nothing in it.
    pub fn new(owner: OwnerId) -> Self {
        Self {
            owner,
            activities: Vec::new(),
        }
    }
}

/// One piece of work in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Unique across the map.
    pub id: ActivityId,
    /// What is done.
    #[serde(default)]
    pub title: String,
    /// The node that it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeId>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Day>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Day>,
    /// What must be finished before it begins; activities of any plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<ActivityId>,
    /// 1 is the most urgent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u16>,
}

impl Activity {
    /// An activity with an id and a title, and nothing else set.
    pub fn new(id: ActivityId, title: impl Into<String>) -> Self {
        Self {
            id,
            title: title.into(),
            node: None,
            start: None,
            end: None,
            after: Vec::new(),
            priority: None,
        }
    }
}
