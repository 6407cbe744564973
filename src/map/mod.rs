//! The domain in the field's own words: a [`BenefitMap`] and all that stands in it.
//!
//! Plain values that read and write themselves with serde, and nothing else: no file, no graph, no rule.
//! A map of this type may still be wrong in itself, with a link to nothing or two nodes of one id: that is for
//! `check` to find. What cannot be represented at all, such as a date that is none, never gets this far.
//!
//! An empty text and a missing one are the same; so are an empty list and a missing one.
//!
//! Source of the terms: PAS 184:2017 clause 5, PAS 181:2014, OASIS Transformational Government Framework.

mod appraisal;
mod arrangement;
mod blank;
pub(crate) mod called;
mod canonical;
mod control;
mod cost;
mod custom;
mod day;
pub mod form;
mod form_ask;
mod form_money;
mod form_words;
mod free;
mod id;
mod kind_words;
mod kpi;
mod label;
mod language;
pub mod limits;
mod link;
mod listed;
mod long_texts;
mod lookup;
mod node;
mod number;
mod people;
pub mod record;
mod review;
mod risk;
mod shown;
mod stated;
mod value;
mod weights;
mod word;
pub mod written;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use appraisal::proposed;
pub use appraisal::{
    Appraisal, AppraisalOption, Deflator, Difference, OptionKind, PriceBasis, PriceIndex, Range, RateBand, Timing,
};
pub use arrangement::{Arrangement, StageOrder};
pub use blank::is_blank;
pub use control::{Approval, DocumentControl, ReviewPlan, Stake, Stakeholder};
pub use cost::{BadEnd, MOST_COST_YEARS};
pub use day::{BadDay, Day};
pub use free::{FreeFields, FreeValue, is_free_name};
pub use id::{ActivityId, BadId, ID_PATTERN, KpiId, NodeId, OptionId, OwnerId, PartnerId, RiskId, is_id, slug};
pub use kind_words::NamedKind;
pub use kpi::{
    Aggregation, Band, Baseline, Direction, Indicator, Kpi, MeasurementPlan, Method, Point, Profile, Target, Tolerance,
    Trajectory, adds_up, difference_with_unit, with_unit,
};
pub use language::{BadLanguage, LANGUAGE, Language};
pub use link::{Effect, Evidence, Link, Strength};
pub(crate) use listed::WordList;
pub use long_texts::{cut_long_texts, too_long};
pub use lookup::Lookup;
pub use node::{Cost, CostKind, Node, NodeKind, OptimismBias};
pub use number::{BadNumber, MAX_DIGITS, Number, group_digits};
pub use people::{Activity, Owner, Partner, Plan};
pub use review::{Binding, Fingerprints, Review, Says, digest};
pub(crate) use review::{json_digest, sha256};
pub use risk::{BadScore, Response, Risk, RiskStatus, Score, Threatened};
pub use shown::Locale;
pub use stated::{NamedOwners, PlanGap, Promise};
pub use value::{BenefitClass, BenefitValue, Confidence, Gains, Multiplier, SourcedShare, YearAmount};
pub use weights::{Beneficiary, IncomeGroup, Weights};
pub(crate) use word::words;
pub use word::{BadWord, Words};

/// The number of the file format that this version reads and writes.
pub const FORMAT: u32 = 1;

/// How investments become outputs, intermediate outcomes and end outcomes, with owners, KPIs, risks and plans.
///
/// Lists keep the order they are given in; [`BenefitMap::canonicalize`] brings them into the one order that
/// files are written in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct BenefitMap {
    /// Where editors find the JSON Schema of the file.
    #[serde(rename = "$schema", default, skip_serializing_if = "String::is_empty")]
    pub schema: String,
    /// Always [`FORMAT`].
    #[serde(deserialize_with = "the_format")]
    #[schemars(schema_with = "format_schema")]
    pub format: u32,
    /// What the map is about.
    #[serde(default)]
    pub title: String,
    /// The strategic purpose, and the objectives that it serves (PAS 184, 5.2.1).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// The time that the map covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// ISO 4217 code of every amount in the map.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub currency: String,
    /// The language of its texts; [`LANGUAGE`] where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Which version of the map this is, and who has approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentControl>,
    /// What an economic appraisal of the map goes by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appraisal: Option<Appraisal>,
    /// Who answers for what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Owner>,
    /// The boxes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nodes: Vec<Node>,
    /// The arrows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// How nodes are measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kpis: Vec<Kpi>,
    /// What could go wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub risks: Vec<Risk>,
    /// The benefits realisation plans, one for each owner.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<Plan>,
    /// Who shares in the work or the benefit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<Partner>,
    /// Who has reviewed what, and what they said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<Review>,
    /// The order in which people want to see the nodes; `None` where they have not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrangement: Option<Arrangement>,
    /// Findings that are accepted, each with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<Allowance>,
}

impl BenefitMap {
    /// A map with a title and nothing in it.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            schema: String::new(),
            format: FORMAT,
            title: title.into(),
            purpose: String::new(),
            period: None,
            currency: String::new(),
            language: None,
            document: None,
            appraisal: None,
            owners: Vec::new(),
            nodes: Vec::new(),
            links: Vec::new(),
            kpis: Vec::new(),
            risks: Vec::new(),
            plans: Vec::new(),
            partners: Vec::new(),
            reviews: Vec::new(),
            arrangement: None,
            allow: Vec::new(),
        }
    }

    /// The language of its texts, which pictures, pages and documents name and whose days and numbers they write: British English
    /// where the map names none.
    pub fn language(&self) -> Language {
        self.language.unwrap_or_default()
    }

    /// The owner of that id, the first where several share it.
    pub fn owner(&self, id: &OwnerId) -> Option<&Owner> {
        self.owners.iter().find(|owner| owner.id == *id)
    }

    /// The KPIs of a node, in the map's order.
    pub fn kpis_of<'m>(&'m self, node: &'m NodeId) -> impl Iterator<Item = &'m Kpi> {
        self.kpis.iter().filter(move |kpi| kpi.node == *node)
    }
}

impl Default for BenefitMap {
    /// A map without a title and with nothing in it.
    fn default() -> Self {
        Self::new("")
    }
}

/// The time that a map covers, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Day>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Day>,
}

impl Period {
    /// From a first day to a last one; `None` leaves an end open.
    pub fn new(start: Option<Day>, end: Option<Day>) -> Self {
        Self { start, end }
    }
}

/// A finding that is accepted, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// The rule's slug, such as `no-quick-win`, or its code.
    pub rule: String,
    /// What the finding is about, as findings write it: `map`, `node bin-sensors`, `link a -> b`, `kpi rounds-km`.
    pub subject: String,
    /// Why the finding is accepted.
    pub reason: String,
    /// Who has accepted it: the id of an owner, or a name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// The last day on which it is accepted; after it the finding is reported again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

impl Allowance {
    /// The finding of that rule about that subject is accepted for that reason, by nobody in particular and without an end.
    pub fn new(rule: impl Into<String>, subject: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            subject: subject.into(),
            reason: reason.into(),
            by: String::new(),
            until: None,
        }
    }
}

fn the_format<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u64::deserialize(deserializer)? {
        1 => Ok(FORMAT),
        other => Err(serde::de::Error::custom(format!(
            "format {other} is not known: this version reads format {FORMAT}"
        ))),
    }
}

fn format_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "integer", "const": FORMAT })
}

fn is_false(value: &bool) -> bool {
    !value
}
