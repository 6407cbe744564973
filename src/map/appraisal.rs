//! How costs and benefits are appraised: years, prices, rates, options, and how sure amounts are.
//!
//! Source of the terms: HM Treasury, the Green Book.

use schemars::JsonSchema;
use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};

use super::{NodeId, Number, OptionId, Weights, words};

words! {
    /// When in a year amounts are paid or gained: how many years they are discounted.
    Timing {
        /// At the start: those of year t are discounted for t years, and those of year 0 not at all.
        Start = "start",
        /// In the middle: for t + ½ years.
        Middle = "middle",
        /// At the end: for t + 1 years.
        End = "end",
    }
}

words! {
    /// The prices that an amount is in.
    PriceBasis {
        /// In the prices of the price year.
        Real = "real",
        /// In the prices of the year in which it is paid or gained.
        Nominal = "nominal",
    }
}

words! {
    /// What an option is among the others.
    OptionKind {
        /// What happens without any decision: everything else is compared with it.
        BusinessAsUsual = "business-as-usual",
        /// The least that must be done.
        DoMinimum = "do-minimum",
        /// What is proposed.
        Preferred = "preferred",
        /// Any other.
        Other = "other",
    }
}

impl OptionKind {
    /// The name to show, in sentence case.
    pub const fn label(self) -> &'static str {
        match self {
            Self::BusinessAsUsual => "Business as usual",
            Self::DoMinimum => "Do minimum",
            Self::Preferred => "Preferred option",
            Self::Other => "Other option",
        }
    }
}

/// What an economic appraisal of the map goes by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Appraisal {
    /// Year 0, as costs write their years: `2026-27`, or `2026` for a calendar year.
    pub base_year: String,
    /// The year whose prices real amounts are in; the base year where it is left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub price_year: String,
    /// The last year that is appraised.
    pub end: String,
    /// The month in which a year such as `2026-27` begins; April where it is left out.
    #[serde(
        default,
        deserialize_with = "within::<_, 1, 12>",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(range(min = 1, max = 12))]
    pub first_month: Option<u16>,
    /// When in a year amounts fall; the start where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
    /// The name of the table of discount rates; where `bands` are given, where those come from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rates: String,
    /// Discount rates of the map's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<RateBand>,
    /// The table that brings nominal amounts to the prices of the price year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deflator: Option<Deflator>,
    /// How much benefits count by who has them; where it is left out, only results without weights are worked out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Weights>,
    /// What is compared; without any the map itself is the preferred option.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<AppraisalOption>,
}

impl Appraisal {
    /// An appraisal from the base year to the last year, with nothing else set.
    pub fn new(base_year: impl Into<String>, end: impl Into<String>) -> Self {
        Self {
            base_year: base_year.into(),
            price_year: String::new(),
            end: end.into(),
            first_month: None,
            timing: None,
            rates: String::new(),
            bands: Vec::new(),
            deflator: None,
            weights: None,
            options: Vec::new(),
        }
    }

    /// The option that is proposed: the first preferred one, else the first that is not business as usual, else the first; `None` where
    /// the map has no options.
    pub fn proposed(&self) -> Option<&AppraisalOption> {
        self.options
            .get(proposed(self.options.iter().map(AppraisalOption::kind_or_other)))
    }
}

/// The place of the option that is proposed among options of these kinds: of the first preferred one, else of the first that is not
/// business as usual, else of the first.
pub(crate) fn proposed(kinds: impl Iterator<Item = OptionKind> + Clone) -> usize {
    let place = |is: fn(OptionKind) -> bool| kinds.clone().position(is);
    let preferred = place(|kind| kind == OptionKind::Preferred);
    preferred
        .or_else(|| place(|kind| kind != OptionKind::BusinessAsUsual))
        .unwrap_or(0)
}

/// The discount rate of some years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct RateBand {
    /// The first year that it holds for, counted from year 0.
    #[serde(deserialize_with = "year_on")]
    #[schemars(range(min = 0, max = 1000))]
    pub from: u16,
    /// The last year that it holds for; no end where it is left out.
    #[serde(
        default,
        deserialize_with = "within::<_, 0, 1000>",
        skip_serializing_if = "Option::is_none"
    )]
    #[schemars(range(min = 0, max = 1000))]
    pub to: Option<u16>,
    /// The rate as a share: 0.035 is 3.5%.
    pub rate: Number,
}

impl RateBand {
    /// A rate (0.035 is 3.5%) from one year to another; `None` leaves the end open.
    pub fn new(from: u16, to: Option<u16>, rate: Number) -> Self {
        Self { from, to, rate }
    }
}

/// How prices change from year to year.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Deflator {
    /// Where the index comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The level of prices in each year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub index: Vec<PriceIndex>,
}

/// The level of prices in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct PriceIndex {
    /// The year, as costs write it.
    pub year: String,
    /// The index, such as 100 for the price year.
    pub level: Number,
}

impl PriceIndex {
    /// The level of prices in a year.
    pub fn new(year: impl Into<String>, level: Number) -> Self {
        Self {
            year: year.into(),
            level,
        }
    }
}

/// One of the options that an appraisal compares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct AppraisalOption {
    /// Unique among the options.
    pub id: OptionId,
    /// What it is among the others; `other` where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<OptionKind>,
    /// What it is called.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The investments, enablers and business changes that belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nodes: Vec<NodeId>,
    /// What costs and values are in it, compared with those written in the map.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
}

impl AppraisalOption {
    /// What it is among the others, also where the map does not say.
    pub fn kind_or_other(&self) -> OptionKind {
        self.kind.unwrap_or(OptionKind::Other)
    }

    /// An option with an id, and nothing else set.
    pub fn new(id: OptionId) -> Self {
        Self {
            id,
            kind: None,
            title: String::new(),
            nodes: Vec::new(),
            differences: Vec::new(),
        }
    }
}

/// What differs in an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// The id of a node, for its costs, or of a KPI, for its value.
    pub of: String,
    /// What the amounts in the map are multiplied by in this option: 0.5 is half.
    pub factor: Number,
    /// Why they differ.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Difference {
    /// The amounts of a node or a KPI times a factor, for no reason given.
    pub fn new(of: impl Into<String>, factor: Number) -> Self {
        Self {
            of: of.into(),
            factor,
            reason: String::new(),
        }
    }
}

/// The least and the most that an amount may turn out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Number>,
    /// The most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Number>,
}

impl Range {
    /// From the least to the most; `None` leaves a side as the best guess has it.
    pub fn new(low: Option<Number>, high: Option<Number>) -> Self {
        Self { low, high }
    }
}

/// A whole number within bounds, or nothing.
pub(super) fn within<'de, D: Deserializer<'de>, const LEAST: u16, const MOST: u16>(
    deserializer: D,
) -> Result<Option<u16>, D::Error> {
    let number = Option::<u16>::deserialize(deserializer)?;
    match number {
        Some(number) if !(LEAST..=MOST).contains(&number) => Err(D::Error::custom(format!(
            "{number} is not a whole number from {LEAST} to {MOST}"
        ))),
        number => Ok(number),
    }
}

fn year_on<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    within::<D, 0, 1000>(deserializer)?.ok_or_else(|| D::Error::custom("a year is a whole number from 0 to 1000"))
}
