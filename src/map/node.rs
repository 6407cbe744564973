//! The boxes of a benefit map.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Day, FreeFields, NodeId, Number, OptionId, OwnerId, PartnerId, PriceBasis, Range, ReviewPlan, Stakeholder, Timing,
    is_false, words,
};

words! {
    /// What a node is in the benefit chain, in the order of the stages from money to outcome.
    ///
    /// Source: PAS 184:2017, 5.2; OASIS TGF, benefits realization.
    NodeKind {
        /// Money or effort put in.
        Investment = "investment",
        /// An output that makes change possible, but delivers no benefit by itself.
        Enabler = "enabler",
        /// An output that is a new way of working.
        BusinessChange = "business-change",
        /// A result on the way to an end outcome.
        IntermediateOutcome = "intermediate-outcome",
        /// A result that the city or the programme exists for.
        EndOutcome = "end-outcome",
    }
}

impl NodeKind {
    /// The stage from 0 (investment) to 4 (end outcome).
    pub fn stage(self) -> usize {
        self as usize
    }

    /// Whether the node is an output: an enabler or a business change.
    pub fn is_output(self) -> bool {
        matches!(self, Self::Enabler | Self::BusinessChange)
    }

    /// Whether the node is an outcome: intermediate or end.
    pub fn is_outcome(self) -> bool {
        matches!(self, Self::IntermediateOutcome | Self::EndOutcome)
    }

    /// The name to show, in the singular and in sentence case.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Investment => "Investment",
            Self::Enabler => "Enabler",
            Self::BusinessChange => "Business change",
            Self::IntermediateOutcome => "Intermediate outcome",
            Self::EndOutcome => "End outcome",
        }
    }

    /// The heading of the stage: the plural, in sentence case.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Investment => "Investments",
            Self::Enabler => "Enablers",
            Self::BusinessChange => "Business changes",
            Self::IntermediateOutcome => "Intermediate outcomes",
            Self::EndOutcome => "End outcomes",
        }
    }
}

/// One box of the map: an investment, an output or an outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Node {
    /// Unique across the map.
    pub id: NodeId,
    /// The stage that the node belongs to.
    pub kind: NodeKind,
    /// The text in the box.
    #[serde(default)]
    pub title: String,
    /// More than fits in the box.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Who answers for it: for an outcome, the benefit owner (PAS 184, 5.4.3 a).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<OwnerId>,
    /// First day of the work, or of the effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Day>,
    /// The day by which it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// An early benefit that builds confidence (PAS 184, 5.2.2 c).
    #[serde(default, skip_serializing_if = "is_false")]
    pub quick_win: bool,
    /// An outcome that somebody sees as negative.
    #[serde(default, skip_serializing_if = "is_false")]
    pub disbenefit: bool,
    /// An outcome that nobody aims at, but that is foreseen (PAS 184, 5.4.3 e).
    #[serde(default, skip_serializing_if = "is_false")]
    pub unintended: bool,
    /// Who shares in it, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<PartnerId>,
    /// Free words for filtering and grouping, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What it costs, by financial year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cost: Vec<Cost>,
    /// The objectives that it serves, of the city, the organisation or the programme.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objectives: Vec<String>,
    /// What it has to keep within, such as a law, a budget or a date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<String>,
    /// Who is better or worse off with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stakeholders: Vec<Stakeholder>,
    /// When it is looked at again, and to whom its owner reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewPlan>,
    /// Fields of the organisation's own, each named `x-` and a word.
    #[serde(flatten)]
    pub free: FreeFields,
}

impl Node {
    /// A node with an id, a kind and a title, and nothing else set.
    pub fn new(id: NodeId, kind: NodeKind, title: impl Into<String>) -> Self {
        Self {
            id,
            kind,
            title: title.into(),
            description: String::new(),
            owner: None,
            start: None,
            due: None,
            quick_win: false,
            disbenefit: false,
            unintended: false,
            partners: Vec::new(),
            tags: Vec::new(),
            cost: Vec::new(),
            objectives: Vec::new(),
            constraints: Vec::new(),
            stakeholders: Vec::new(),
            review: None,
            free: FreeFields::default(),
        }
    }
}

/// What a node costs in one financial year, in the map's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// The financial year in the organisation's own writing, such as `2026-27`.
    pub year: String,
    /// The amount in units of the map's currency.
    pub amount: Number,
    /// Where the amount is booked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cost_centre: String,
    /// What sort of cost it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<CostKind>,
    /// The last year in which the same amount is paid again; in its own year alone where it is left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub until: String,
    /// Real or nominal; real where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<PriceBasis>,
    /// What is added because estimates of this sort have turned out too low.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub optimism_bias: Option<OptimismBias>,
    /// The least and the most that the amount may turn out to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// The one option of the appraisal that it belongs to; to all that its node belongs to where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<OptionId>,
    /// When in the year it is paid; as the appraisal says where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
}

words! {
    /// What sort of cost it is.
    CostKind {
        /// Spent once on something that lasts.
        Capital = "capital",
        /// Spent on running things.
        Revenue = "revenue",
        /// Work or goods that nobody is paid for.
        InKind = "in-kind",
    }
}

impl CostKind {
    /// The name to show, in sentence case.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Capital => "Capital",
            Self::Revenue => "Revenue",
            Self::InKind => "In kind",
        }
    }
}

/// What is added to a cost because estimates of its sort have turned out too low.
///
/// Source: HM Treasury, supplementary Green Book guidance: optimism bias.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct OptimismBias {
    /// The percentage that is added before mitigation: 51 adds 51 %.
    pub percent: Number,
    /// The type of project that the percentage is for, such as `non-standard buildings`.
    #[serde(rename = "type", default, skip_serializing_if = "String::is_empty")]
    pub of_type: String,
    /// The share of the causes that is managed: 0.92 leaves 8 % of the percentage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mitigation: Option<Number>,
    /// Where the percentage comes from, and why it is mitigated so far.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl OptimismBias {
    /// A percentage that is added (51 adds 51 %), with nothing else set.
    pub fn new(percent: Number) -> Self {
        Self {
            percent,
            of_type: String::new(),
            mitigation: None,
            reason: String::new(),
        }
    }
}

impl Cost {
    /// An amount in a financial year, booked nowhere in particular.
    pub fn new(year: impl Into<String>, amount: Number) -> Self {
        Self {
            year: year.into(),
            amount,
            cost_centre: String::new(),
            kind: None,
            until: String::new(),
            basis: None,
            optimism_bias: None,
            range: None,
            option: None,
            timing: None,
        }
    }
}
