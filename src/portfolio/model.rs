//! What a portfolio is: the maps that belong to it, what the place wants, and what counts towards it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::map::{Baseline, Direction, KpiId, NodeId, Number, Strength, Target, words};

/// The portfolio of a place: many maps, and what they are to bring about together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Portfolio {
    /// Where editors find the JSON Schema of the file.
    #[serde(rename = "$schema", default, skip_serializing_if = "String::is_empty")]
    pub schema: String,
    /// The version of the format, which is 1.
    pub format: u32,
    /// What it is called.
    #[serde(default)]
    pub title: String,
    /// What the place wants, in a few sentences.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// The month in which a year begins: 4 makes the years `2029-30`, and 1, which holds where it is left out, `2029`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 12))]
    pub first_month: Option<u8>,
    /// Files of what was measured of the place, from the folder of the portfolio: tables in which each measure is named by its id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measurements: Vec<String>,
    /// The maps that belong to it.
    #[serde(default)]
    pub maps: Vec<Member>,
    /// What the place wants to come about, with how it is measured.
    #[serde(default)]
    pub outcomes: Vec<PlaceOutcome>,
    /// Which node of which map leads to which outcome of the place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<PlaceLink>,
    /// Which KPI of which map counts towards which measure, and how.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
    /// What a map needs from another before it can do its part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<Dependency>,
    /// What several maps pay for together, or show each in full: it is one cost of the place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared_costs: Vec<SharedCost>,
    /// How the money of all maps is added up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appraisal: Option<PlaceAppraisal>,
}

impl Portfolio {
    /// The measures of all outcomes, each with its outcome, in the portfolio's order.
    pub fn measures(&self) -> impl Iterator<Item = (&PlaceOutcome, &SharedMeasure)> {
        self.outcomes
            .iter()
            .flat_map(|outcome| outcome.measures.iter().map(move |measure| (outcome, measure)))
    }

    /// The measure of that id.
    pub fn measure(&self, id: &str) -> Option<&SharedMeasure> {
        self.measures().map(|(_, measure)| measure).find(|one| one.id == id)
    }
}

/// A map that belongs to a portfolio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// What the rest of the portfolio calls it.
    pub id: String,
    /// The file of the map, from the folder of the portfolio.
    pub file: String,
    /// Files of measurements, from the folder of the portfolio.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measurements: Vec<String>,
}

/// What a place wants to come about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct PlaceOutcome {
    /// Unique among the outcomes.
    pub id: String,
    /// What it is called.
    #[serde(default)]
    pub title: String,
    /// The objective of the place that it serves.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub objective: String,
    /// Who answers for it, by name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// How it is measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<SharedMeasure>,
}

words! {
    /// How the figures of several maps become the figure of the place.
    Adding {
        /// They are added up, within the bounds of what they may have in common.
        Summed = "summed",
        /// The place is measured as a whole, and what maps bring about explains a part of the change.
        WholePlace = "whole-place",
    }
}

/// A measure that several maps share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct SharedMeasure {
    /// Unique among all measures of the portfolio.
    pub id: String,
    /// What it is called.
    #[serde(default)]
    pub title: String,
    /// What it is measured in. A KPI that counts towards it has the same.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// What exactly is counted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub definition: String,
    /// Who answers for it, by name; who answers for the outcome where it is left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub owner: String,
    /// Which way is better; as the claims have it where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// How figures of maps become that of the place: summed where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adding: Option<Adding>,
    /// How many there are in all, for a measure in per cent: the denominator of the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Number>,
    /// The value of the place before the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
    /// The values that the place is to reach.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
}

/// A node of a map that leads to an outcome of the place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct PlaceLink {
    /// The map.
    pub map: String,
    /// The node.
    pub node: NodeId,
    /// The outcome of the place.
    pub outcome: String,
    /// Why the one brings about the other.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rationale: String,
    /// How well it is shown that it does; as the map has it where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Strength>,
    /// How much of the outcome it brings about, from 0 to 1, where somebody has said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<Number>,
}

words! {
    /// How a claim counts.
    Counts {
        /// It has nothing in common with any other claim.
        Adds = "adds",
        /// It has something in common with the claims that it names, and with no others.
        Overlaps = "overlaps",
        /// A share of it counts, which has nothing in common with any other claim.
        Share = "share",
        /// It is shown, and not counted.
        ShownOnly = "shown-only",
    }
}

/// A KPI of a map that counts towards a shared measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The map.
    pub map: String,
    /// The KPI.
    pub kpi: KpiId,
    /// The measure.
    pub measure: String,
    /// How it counts; where it is left out nobody has said, and it may have anything in common with others like it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<Counts>,
    /// The claims on the same measure that it has something in common with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Shared>,
    /// The share of it that counts, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Number>,
    /// How many there are in all, for a KPI in per cent: its denominator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Number>,
    /// Why it counts so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What a claim has in common with another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Shared {
    /// The map of the other claim.
    pub map: String,
    /// Its KPI.
    pub kpi: KpiId,
    /// How much, in the unit of the measure; where it is left out nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Number>,
}

/// A node of a map.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct NodeOf {
    /// The map.
    pub map: String,
    /// The node.
    pub node: NodeId,
}

impl NodeOf {
    /// A node of a map.
    pub fn new(map: impl Into<String>, node: NodeId) -> Self {
        Self { map: map.into(), node }
    }
}

/// What a node of a map needs from another map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Dependency {
    /// The map that waits.
    pub map: String,
    /// Its node that waits.
    pub node: NodeId,
    /// What it waits for.
    pub on: NodeOf,
    /// Why it needs it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// One cost of the place that several maps show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct SharedCost {
    /// Unique among the shared costs.
    pub id: String,
    /// What it is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The nodes that have it. The costs of the first are those of the place; those of the others are left out.
    #[serde(rename = "in")]
    pub nodes: Vec<NodeOf>,
}

/// How the money of all maps is added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct PlaceAppraisal {
    /// Year 0 of all maps, as `2026-27`.
    pub base_year: String,
    /// The last year that is appraised; the last that any map has where it is left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub end: String,
    /// The year whose prices all amounts are in; the base year where it is left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub price_year: String,
    /// The name of the table of discount rates.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rates: String,
    /// Maps of which one is not worth its money without the others: they are shown as one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<Vec<String>>,
}
