//! What a benefit is worth in money, and how much of it the map can claim.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::appraisal::within;
use super::{Beneficiary, Number, PriceBasis, Range, Timing, words};

words! {
    /// What sort of benefit it is, for the business case.
    BenefitClass {
        /// It frees money that can be spent on something else.
        CashReleasing = "cash-releasing",
        /// It has a value in money, but frees none.
        NonCashReleasing = "non-cash-releasing",
        /// It can be counted, but has no value in money.
        Quantifiable = "quantifiable",
        /// It can only be described.
        Qualitative = "qualitative",
    }
}

words! {
    /// Who gains.
    Gains {
        /// The public organisations behind the map.
        PublicDirect = "public-direct",
        /// Other public organisations.
        PublicIndirect = "public-indirect",
        /// Everybody else.
        Society = "society",
    }
}

words! {
    /// How sure people are of a value.
    Confidence {
        /// Little more than a guess.
        Low = "low",
        /// Backed by some evidence.
        Medium = "medium",
        /// Backed by sound evidence.
        High = "high",
    }
}

/// What the benefit that a KPI measures is worth in money.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct BenefitValue {
    /// What sort of benefit it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<BenefitClass>,
    /// Who gains; society where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gains: Option<Gains>,
    /// Which groups of people have which share of it, for results with weights.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beneficiaries: Vec<Beneficiary>,
    /// What one unit of the KPI is worth a year, in the map's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_value: Option<Number>,
    /// What it is worth by year, in place of a value for each unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<YearAmount>,
    /// Where the value comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The year whose prices it is in; the price year of the appraisal where it is left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub price_year: String,
    /// Real or nominal; real where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<PriceBasis>,
    /// The first year in which there is a benefit; where it is left out, that in which the plan of the KPI begins.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// The last year in which there is a benefit; the last year of the appraisal where it is left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub until: String,
    /// The share that would happen anyway: the reference case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadweight: Option<SourcedShare>,
    /// The share that goes to others than those it is meant for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leakage: Option<SourcedShare>,
    /// The share that is lost elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub displacement: Option<SourcedShare>,
    /// The share that only takes the place of something else that the same people would do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub substitution: Option<SourcedShare>,
    /// What further effects multiply it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiplier: Option<Multiplier>,
    /// The share that is due to the work on the map, and not to the work of others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<SourcedShare>,
    /// By how many months the benefit comes later than the KPI shows.
    #[serde(
        default,
        deserialize_with = "within::<_, 0, 1200>",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(range(min = 0, max = 1200))]
    pub delay: Option<u16>,
    /// The share of the benefit in its first years, one share a year; all of it after them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub build_up: Vec<Number>,
    /// The share that is lost each year once the benefit is there in full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drop_off: Option<SourcedShare>,
    /// The least and the most: of the value of a unit, or of the sum of the amounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// How sure people are of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// When in a year it is gained; as the appraisal says where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
}

impl BenefitValue {
    /// Whether it says what the benefit is worth in money.
    pub fn is_in_money(&self) -> bool {
        self.unit_value.is_some() || !self.amounts.is_empty()
    }
}

/// What a benefit is worth in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct YearAmount {
    /// The year, as costs write it.
    pub year: String,
    /// In units of the map's currency; below zero for a loss.
    pub amount: Number,
}

impl YearAmount {
    /// An amount in a year.
    pub fn new(year: impl Into<String>, amount: Number) -> Self {
        Self {
            year: year.into(),
            amount,
        }
    }
}

/// A share, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct SourcedShare {
    /// From 0 to 1: 0.2 is 20 %.
    pub share: Number,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

impl SourcedShare {
    /// A share and its source.
    pub fn new(share: Number, source: impl Into<String>) -> Self {
        Self {
            share,
            source: source.into(),
        }
    }
}

/// A factor, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Multiplier {
    /// 1.1 is a tenth more.
    pub factor: Number,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

impl Multiplier {
    /// A factor and its source.
    pub fn new(factor: Number, source: impl Into<String>) -> Self {
        Self {
            factor,
            source: source.into(),
        }
    }
}
