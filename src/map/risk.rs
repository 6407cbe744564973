//! Risks to nodes and links, with their responses (PAS 184, 5.4.3 c).

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::{BadId, Day, FreeFields, NodeId, Number, OwnerId, RiskId, is_false, words};

words! {
    /// Whether a risk is still open.
    RiskStatus {
        /// It is still open.
        Open = "open",
        /// It has passed, or has been dealt with.
        Closed = "closed",
    }
}

/// What a risk threatens: a node, written as its id, or a link, written `from -> to`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'_, str>", into = "String")]
pub enum Threatened {
    /// A node.
    Node(NodeId),
    /// A link.
    Link {
        /// Where the link begins.
        from: NodeId,
        /// Where it ends.
        to: NodeId,
    },
}

impl fmt::Display for Threatened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(id) => write!(f, "{id}"),
            Self::Link { from, to } => write!(f, "{from} -> {to}"),
        }
    }
}

impl std::str::FromStr for Threatened {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        match text.split_once("->") {
            Some((from, to)) => Ok(Self::Link {
                from: NodeId::new(from.trim())?,
                to: NodeId::new(to.trim())?,
            }),
            None => NodeId::new(text).map(Self::Node),
        }
    }
}

impl TryFrom<Cow<'_, str>> for Threatened {
    type Error = BadId;
    fn try_from(text: Cow<'_, str>) -> Result<Self, BadId> {
        text.parse()
    }
}

impl From<Threatened> for String {
    fn from(threatened: Threatened) -> String {
        threatened.to_string()
    }
}

impl JsonSchema for Threatened {
    fn schema_name() -> Cow<'static, str> {
        "Threatened".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[a-z0-9][a-z0-9._-]*(\\s*->\\s*[a-z0-9][a-z0-9._-]*)?$",
        })
    }
}

/// Something that could stop a benefit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Risk {
    /// Unique across the map.
    pub id: RiskId,
    /// What may happen.
    #[serde(default)]
    pub title: String,
    /// The node or the link that would suffer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threatens: Option<Threatened>,
    /// From 1 (rare) to 5 (almost certain).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<Score>,
    /// From 1 (slight) to 5 (severe).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Score>,
    /// Who watches it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerId>,
    /// What could be done about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responses: Vec<Response>,
    /// The day by which it is to be settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub close_by: Option<Day>,
    /// Whether it is still open.
    #[serde(default = "open", skip_serializing_if = "is_open")]
    #[schemars(default = "open")]
    pub status: RiskStatus,
    /// Fields of the organisation's own, each named `x-` and a word.
    #[serde(flatten)]
    pub free: FreeFields,
}

impl Risk {
    /// An open risk with an id and a title, and nothing else set.
    pub fn new(id: RiskId, title: impl Into<String>) -> Self {
        Self {
            id,
            title: title.into(),
            threatens: None,
            likelihood: None,
            impact: None,
            owner: None,
            responses: Vec::new(),
            close_by: None,
            status: RiskStatus::Open,
            free: FreeFields::default(),
        }
    }

    /// Likelihood times impact, from 1 to 25; `None` where either is missing.
    pub fn exposure(&self) -> Option<u8> {
        Some(self.likelihood?.get() * self.impact?.get())
    }
}

fn open() -> RiskStatus {
    RiskStatus::Open
}

fn is_open(status: &RiskStatus) -> bool {
    *status == RiskStatus::Open
}

/// A likelihood or an impact, from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u8")]
pub struct Score(u8);

/// Why a number is no [`Score`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a score: write a whole number from 1 to 5")]
pub struct BadScore(pub u64);

impl Score {
    /// The score, or why the number is none.
    ///
    /// # Errors
    /// [`BadScore`] outside 1 to 5.
    pub fn new(value: u64) -> Result<Self, BadScore> {
        match u8::try_from(value) {
            Ok(v @ 1..=5) => Ok(Self(v)),
            _ => Err(BadScore(value)),
        }
    }

    /// The number, from 1 to 5.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u64> for Score {
    type Error = BadScore;
    fn try_from(value: u64) -> Result<Self, BadScore> {
        Self::new(value)
    }
}

impl From<Score> for u8 {
    fn from(score: Score) -> u8 {
        score.0
    }
}

impl JsonSchema for Score {
    fn schema_name() -> Cow<'static, str> {
        "Score".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": 5 })
    }
}

/// One way of dealing with a risk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// What would be done.
    pub action: String,
    /// What it would cost, in units of the map's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Number>,
    /// Whether this response was chosen.
    #[serde(default, skip_serializing_if = "is_false")]
    pub chosen: bool,
}

impl Response {
    /// A response of unknown cost that nobody has decided on.
    pub fn new(action: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            cost: None,
            chosen: false,
        }
    }
}
