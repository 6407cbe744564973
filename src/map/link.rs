//! The arrows of a benefit map: what brings about what, and why it should be believed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{FreeFields, NodeId, Number, is_false, words};

words! {
    /// Whether a link helps or hinders its target.
    Effect {
        /// More of the source brings about more of the target.
        Supports = "supports",
        /// More of the source works against the target.
        Hinders = "hinders",
    }
}

impl Effect {
    /// What two links in a row do together, and so the effect of a chain: what hinders something that hinders supports.
    pub fn then(self, next: Self) -> Self {
        if self == next { Self::Supports } else { Self::Hinders }
    }
}

words! {
    /// How strong a piece of evidence is, the strongest first.
    Strength {
        /// Shown repeatedly, in settings like this one.
        Strong = "strong",
        /// Shown, but rarely or elsewhere.
        Moderate = "moderate",
        /// Suggested.
        Weak = "weak",
        /// Only assumed.
        Assumed = "assumed",
    }
}

/// One arrow of the map: `from` is said to help bring about `to`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Link {
    /// The node that the link starts from: the cause.
    pub from: NodeId,
    /// The node that the link leads to: the effect.
    pub to: NodeId,
    /// Why the first brings about the second: the theory of change of this step.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rationale: String,
    /// The share of the target that comes through this link, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<Number>,
    /// Whether it helps or hinders its target.
    #[serde(default = "supports", skip_serializing_if = "is_supports")]
    #[schemars(default = "supports")]
    pub effect: Effect,
    /// A link that runs back on purpose; it is left out of cycles and of line of sight.
    #[serde(default, skip_serializing_if = "is_false")]
    pub feedback: bool,
    /// What must hold for the step to work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
    /// What shows that the step works.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Fields of the organisation's own, each named `x-` and a word.
    #[serde(flatten)]
    pub free: FreeFields,
}

impl Link {
    /// A link that supports its target, with nothing else set.
    pub fn new(from: NodeId, to: NodeId) -> Self {
        Self {
            from,
            to,
            rationale: String::new(),
            contribution: None,
            effect: Effect::Supports,
            feedback: false,
            assumptions: Vec::new(),
            evidence: Vec::new(),
            free: FreeFields::default(),
        }
    }
}

fn supports() -> Effect {
    Effect::Supports
}

fn is_supports(effect: &Effect) -> bool {
    *effect == Effect::Supports
}

/// One piece of evidence for a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The study, report or data, as it would be cited.
    pub source: String,
    /// How strong it is; `None` where nobody has weighed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<Strength>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
}

impl Evidence {
    /// Evidence from that source, which nobody has weighed, without an address.
    pub fn new(source: impl Into<String>) -> Self {
        Self {
            source: source.into(),
            strength: None,
            url: String::new(),
        }
    }
}
