//! Distributional weights: how much a benefit counts by who has it, always beside the figures without weights.
//!
//! Source: HM Treasury, the Green Book, on distributional appraisal: a gain of money is worth (median ÷ income) to the power of
//! the elasticity to those who have it. What no group has, and what is paid, counts once.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::exact::{ONE, sum, times};
use super::fault::Faults;
use super::formulas::to_the_power;
use crate::finding::Subject;
use crate::map::{BenefitValue, IncomeGroup, Kpi, Weights};

/// The elasticity where the map gives none.
pub(super) const USUAL_ELASTICITY: Decimal = Decimal::from_parts(13, 0, 0, false, 1);
/// The most groups of people.
pub(super) const MOST_GROUPS: usize = 100;
/// The largest weight: more than a hundred times as much is incomes of different kinds, such as of a week and of a year.
const MOST_WEIGHT: Decimal = Decimal::ONE_HUNDRED;
/// The largest elasticity.
const MOST_ELASTICITY: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

/// How much benefits count by who has them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Weighting {
    /// Where incomes and weights come from; empty where the map does not say.
    pub source: String,
    /// The income that has a weight of 1; `None` where every weight is stated.
    pub median_income: Option<Decimal>,
    /// What the ratio of incomes is raised to.
    pub elasticity: Decimal,
    /// The groups, in the order of the map.
    pub groups: Vec<GroupWeight>,
}

/// A group of people and its weight.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupWeight {
    /// What it is called.
    pub name: String,
    /// Its income, where the weight follows from it; `None` where the map states the weight.
    pub income: Option<Decimal>,
    /// Its weight.
    pub weight: Decimal,
}

/// The share of a benefit that a group has.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupShare {
    /// The place of the group in [`Weighting::groups`].
    pub group: usize,
    /// From 0 to 1.
    pub share: Decimal,
    /// Where it comes from; empty where the map does not say.
    pub source: String,
}

impl Weighting {
    /// What the map says of weights. What cannot be used is told, and counts once.
    pub(super) fn of(weights: &Weights, faults: &mut Faults) -> Self {
        let mut tell = |message: String, help: &str| faults.tell(Subject::Map, "appraisal", message, help);
        let elasticity = weights
            .elasticity
            .map_or(USUAL_ELASTICITY, |elasticity| elasticity.decimal());
        if elasticity < Decimal::ZERO || elasticity > MOST_ELASTICITY || elasticity.normalize().scale() > 2 {
            tell(
                format!("the elasticity of the weights is {elasticity}"),
                "give a number from 0 to 5 with two decimals at most; the Green Book has 1.3",
            );
        }
        let median_income = weights.median_income.map(|median| median.decimal());
        if let Some(median) = median_income
            && median <= Decimal::ZERO
        {
            tell(format!("the median income is {median}"), "give an income above 0");
        }
        if weights.groups.is_empty() {
            tell(
                "the weights have no groups".to_owned(),
                "list the groups of people in `groups`, each with an income or a weight, or leave `weights` out",
            );
        }
        if weights.groups.len() > MOST_GROUPS {
            tell(
                format!(
                    "the weights have {} groups, and {MOST_GROUPS} is the most",
                    weights.groups.len()
                ),
                "put groups together",
            );
        }
        let mut seen = BTreeSet::new();
        let groups = weights.groups.iter().take(MOST_GROUPS).map(|group| {
            let name = group.name.trim();
            if name.is_empty() {
                tell("a group of the weights has no name".to_owned(), "give it a `name`");
            } else if !seen.insert(name.to_owned()) {
                tell(
                    format!("two groups are called `{name}`"),
                    "give one of them another name",
                );
            }
            let weight = weight(group, median_income, elasticity);
            GroupWeight {
                name: name.to_owned(),
                income: group.income.map(|income| income.decimal()),
                weight: weight.unwrap_or_else(|(why, help)| {
                    tell(format!("the group `{name}` {why}"), help);
                    ONE
                }),
            }
        });
        Self {
            groups: groups.collect(),
            source: weights.source.trim().to_owned(),
            median_income,
            elasticity,
        }
    }

    /// What a benefit counts that groups have so: 1 for what none has, and its weight for each share.
    pub(super) fn counts(&self, shares: &[GroupShare]) -> Option<Decimal> {
        let more = shares
            .iter()
            .map(|one| times(one.share, self.groups[one.group].weight.checked_sub(ONE)?));
        let more: Option<Vec<Decimal>> = more.collect();
        ONE.checked_add(sum(more?)?)
    }
}

/// The weight of a group, or what is wrong with it and what to do.
fn weight(
    group: &IncomeGroup,
    median: Option<Decimal>,
    elasticity: Decimal,
) -> Result<Decimal, (String, &'static str)> {
    let weight = match (group.income, group.weight) {
        (Some(_), Some(_)) => return Err(("has both an income and a weight".to_owned(), "keep one of them")),
        (None, None) => {
            return Err((
                "has neither an income nor a weight".to_owned(),
                "give its `income`, or its `weight` with a source",
            ));
        }
        (None, Some(weight)) => weight.decimal(),
        (Some(income), None) => {
            let income = income.decimal();
            if income <= Decimal::ZERO {
                return Err((format!("has an income of {income}"), "give an income above 0"));
            }
            let Some(median) = median else {
                return Err((
                    "has an income, but the weights have no median income".to_owned(),
                    "give `median_income`, or the `weight` of the group",
                ));
            };
            // A median or an elasticity that cannot be used is told once, and not for every group.
            raised(median, income, elasticity).unwrap_or(ONE)
        }
    };
    match weight {
        weight if weight <= Decimal::ZERO => Err((format!("has a weight of {weight}"), "give a weight above 0")),
        weight if weight > MOST_WEIGHT => Err((
            format!("has a weight of {}, more than {MOST_WEIGHT}", weight.round_dp(1)),
            "give the incomes of the group and the median for the same time and the same households, or a smaller weight",
        )),
        weight => Ok(weight),
    }
}

/// (median ÷ income) to the power of the elasticity, to twelve significant digits.
fn raised(median: Decimal, income: Decimal, elasticity: Decimal) -> Option<Decimal> {
    if median <= Decimal::ZERO || elasticity < Decimal::ZERO || elasticity > MOST_ELASTICITY {
        return None;
    }
    let hundredths = times(elasticity, Decimal::ONE_HUNDRED)?.to_u32()?;
    let whole = (1..=100u32).rev().find(|n| hundredths % n == 0 && 100 % n == 0)?;
    let ratio = median.checked_div(income)?.to_f64()?;
    let weight = to_the_power(ratio, hundredths / whole, 100 / whole);
    // Beyond what a decimal holds it is far above the most, which is told.
    let held = weight.min(1e15);
    Decimal::from_f64(held)?.round_sf(12)
}

/// Which groups have which share of a value; what cannot be used is told and left out.
pub(super) fn shares(
    kpi: &Kpi,
    value: &BenefitValue,
    weighting: Option<&Weighting>,
    faults: &mut Faults,
) -> Vec<GroupShare> {
    let mut tell = |message: String, help: &str| faults.tell(Subject::Kpi(kpi.id.clone()), "value", message, help);
    let mut out: Vec<GroupShare> = Vec::new();
    if value.beneficiaries.is_empty() {
        return out;
    }
    let Some(weighting) = weighting else {
        tell(
            "the value says which groups gain, but the appraisal has no weights".to_owned(),
            "describe the groups in `weights` of the appraisal, or leave out `beneficiaries`",
        );
        return out;
    };
    for one in &value.beneficiaries {
        let name = one.group.trim();
        let share = one.share.decimal();
        let Some(group) = weighting.groups.iter().position(|group| group.name == name) else {
            tell(
                format!("the value names the group `{name}`, which the weights of the appraisal do not have"),
                "correct the name in `beneficiaries`, or add the group to `weights`",
            );
            continue;
        };
        if share < Decimal::ZERO || share > ONE {
            tell(
                format!("the share of the group `{name}` is {share}"),
                "give a share from 0 to 1: 0.4 is 40%",
            );
            continue;
        }
        if out.iter().any(|other| other.group == group) {
            tell(
                format!("the value names the group `{name}` twice"),
                "keep one of both in `beneficiaries`",
            );
            continue;
        }
        out.push(GroupShare {
            group,
            share,
            source: one.source.trim().to_owned(),
        });
    }
    if let Some(all) = sum(out.iter().map(|one| one.share))
        && all > ONE
    {
        tell(
            format!("the shares of its groups come to {all}, more than all of it"),
            "correct the shares in `beneficiaries`: 1 is all of it",
        );
    }
    out
}
