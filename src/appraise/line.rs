//! One cost or one value of the map, as amounts by year.

use rust_decimal::Decimal;

use super::weighting::GroupShare;
use crate::finding::Subject;
use crate::map::{BenefitClass, CostKind, Gains, Timing};

/// Which side of the account an amount is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// It is paid.
    Cost,
    /// It is gained.
    Benefit,
}

/// An input of an amount, which the amount is a straight line of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What it is: `capital cost`, `deadweight`.
    pub name: &'static str,
    /// The field that has it.
    pub field: &'static str,
    /// What the map says.
    pub value: Decimal,
    /// By what share of itself the amount grows if the input grows by one.
    pub per_unit: Decimal,
    /// What it is in.
    pub unit: InputUnit,
    /// Where it comes from; empty where the map does not say.
    pub source: String,
    /// Of an optimism bias, the share that is mitigated; 0 for anything else.
    pub mitigation: Decimal,
}

/// What an input is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputUnit {
    /// Money.
    Money,
    /// A share of one.
    Share,
    /// A percentage.
    Percent,
    /// A factor.
    Factor,
}

/// A cost or a value of the map, in real prices of the price year.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Line {
    /// The node that costs, or the KPI that is worth something.
    pub subject: Subject,
    /// Which of the costs of the node it is, from 0.
    pub nth: usize,
    /// The title of the node with the first year of the cost, or that of the KPI; empty where the map has none.
    pub title: String,
    /// Cost or benefit.
    pub side: Side,
    /// What sort of cost it is.
    pub kind: Option<CostKind>,
    /// What sort of benefit it is.
    pub class: Option<BenefitClass>,
    /// Who gains; `None` for a cost.
    pub gains: Option<Gains>,
    /// When in a year it falls.
    pub timing: Timing,
    /// By year, from year 0.
    pub amounts: Vec<Decimal>,
    /// What a benefit is a year later, by year; `None` for a cost, which stays, and where it is too large to be held.
    pub(super) year_later: Option<Vec<Decimal>>,
    /// By how much the KPI moves the right way, by year; empty where amounts are stated by year.
    pub quantities: Vec<Decimal>,
    /// What the amounts are multiplied by at the low and the high end of their range; `None` without a range.
    pub range: Option<(Decimal, Decimal)>,
    /// The inputs; the first is the amount itself, or what a unit is worth.
    pub inputs: Vec<Input>,
    /// Which groups of people have which share of it; empty for a cost, and where the map does not say.
    pub shares: Vec<GroupShare>,
    /// How much it counts in results with weights: 1 where nothing is said of who has it.
    pub weight: Decimal,
    /// How the amounts follow from the inputs: what is done, and the figure.
    pub steps: Vec<(String, String)>,
}

impl Line {
    /// The sum of its amounts over all years; `None` where it is too large to be held.
    pub fn total(&self) -> Option<Decimal> {
        super::exact::sum(self.amounts.iter().copied())
    }

    /// 1 for a benefit, −1 for a cost: how it counts towards the net value.
    pub fn sign(&self) -> Decimal {
        match self.side {
            Side::Cost => Decimal::NEGATIVE_ONE,
            Side::Benefit => Decimal::ONE,
        }
    }

    /// Whether it counts in the view of the public sector: all costs but those in kind, and what public bodies gain.
    pub fn is_public(&self) -> bool {
        match self.side {
            Side::Cost => self.kind != Some(CostKind::InKind),
            Side::Benefit => matches!(self.gains, Some(Gains::PublicDirect | Gains::PublicIndirect)),
        }
    }
}
