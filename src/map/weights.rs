//! How much a benefit counts by who has it: distributional weights, and the shares of a benefit that groups of people have.
//!
//! Source of the terms: HM Treasury, the Green Book, on distributional appraisal.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Number;

/// How much benefits count by who has them. Results with weights are shown beside those without, and never in their place.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Where incomes and weights come from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The median income, which has a weight of 1: of the same kind and in the same money as those of the groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median_income: Option<Number>,
    /// How fast money is worth less to those who have more; 1.3 where it is left out, as in the Green Book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elasticity: Option<Number>,
    /// The groups of people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<IncomeGroup>,
}

/// A group of people whose income counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct IncomeGroup {
    /// What it is called; unique among the groups, as values know it by its name.
    pub name: String,
    /// What people of the group typically have. Their weight is (median ÷ income) to the power of the elasticity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub income: Option<Number>,
    /// Their weight, in place of an income.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Number>,
}

impl IncomeGroup {
    /// A group with that name, and nothing said of its income.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            income: None,
            weight: None,
        }
    }
}

/// The share of a benefit that a group has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Beneficiary {
    /// The name of the group, as the appraisal has it.
    pub group: String,
    /// From 0 to 1. What no group has counts with a weight of 1.
    pub share: Number,
    /// Where the share comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

impl Beneficiary {
    /// A group and its share, from no source.
    pub fn new(group: impl Into<String>, share: Number) -> Self {
        Self {
            group: group.into(),
            share,
            source: String::new(),
        }
    }
}
