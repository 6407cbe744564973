//! What is saved and what value is lost if a map is cut: present values where the map has an appraisal, else the sums of its costs.

use std::collections::{BTreeMap, HashMap, HashSet};

use rust_decimal::Decimal;

use super::appraisal::{Appraised, Assumed, OptionResult, Totals, appraise};
use super::exact::{sum, times};
use super::fault::Error;
use super::line::Side;
use super::membership::Choice;
use super::what_if::{Cut, WhatIf};
use crate::finding::Subject;
use crate::graph::BenefitGraph;
use crate::map::{Cost, KpiId, NodeId};

/// What a box costs that is left out, or that then has no use.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Saved {
    /// The box.
    pub node: NodeId,
    /// What it is called.
    pub title: String,
    /// The present value of its costs, or their sum where the map has no appraisal.
    pub amount: Decimal,
}

/// What of the value of a KPI is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LostValue {
    /// The KPI.
    pub kpi: KpiId,
    /// What it is called.
    pub title: String,
    /// The least of its present value that is lost; below 0 where a loss is spared.
    pub at_least: Decimal,
    /// The most.
    pub at_most: Decimal,
}

/// What a cut comes to in money.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CutMoney {
    /// The costs of boxes that are left out.
    pub saved: Vec<Saved>,
    /// The costs of boxes that no investment pays for any more, or that lead to no end outcome any more.
    pub idle: Vec<Saved>,
    /// Boxes that are left out and have no cost in the map: what they cost is not known.
    pub without_cost: usize,
    /// What the value of benefits becomes; `None` where the map has no appraisal, and costs are sums that are not discounted.
    pub value: Option<CutValue>,
}

/// What becomes of the value of benefits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CutValue {
    /// The option that is looked at.
    pub option: String,
    /// What it is called.
    pub title: String,
    /// What it comes to as the map is.
    pub before: Totals,
    /// What it comes to if everything is lost that may be, and nothing is saved but what is left out.
    pub worst: Totals,
    /// What it comes to if nothing is lost but what must be, and everything is saved that has no use any more.
    pub best: Totals,
    /// KPI by KPI, in the order of the map.
    pub lost: Vec<LostValue>,
}

impl CutMoney {
    /// The sum of what is saved for certain; `None` where it is too large to be held.
    pub fn saved_sum(&self) -> Option<Decimal> {
        sum(self.saved.iter().map(|one| one.amount))
    }

    /// The sum of what could be saved besides.
    pub fn idle_sum(&self) -> Option<Decimal> {
        sum(self.idle.iter().map(|one| one.amount))
    }
}

impl CutValue {
    /// The least and the most that is lost of all values together.
    pub fn lost_sum(&self) -> Option<(Decimal, Decimal)> {
        let least = sum(self.lost.iter().map(|one| one.at_least))?;
        Some((least, sum(self.lost.iter().map(|one| one.at_most))?))
    }
}

/// The present value of every cost of an option by its node, and of every value by its KPI.
pub(super) struct Present {
    pub(super) costs: HashMap<NodeId, Decimal>,
    values: HashMap<KpiId, Decimal>,
}

/// What the costs and values of an option are worth, business as usual not taken off.
pub(super) fn present(graph: &BenefitGraph<'_>, appraised: &Appraised, option: &OptionResult) -> Option<Present> {
    let map = graph.map();
    let choice = Choice::named(Choice::all(graph, map.appraisal.as_ref()?), Some(&option.id)).ok()?;
    let mut out = Present {
        costs: HashMap::new(),
        values: HashMap::new(),
    };
    for line in &appraised.lines {
        let worth = || appraised.factors.present_value(&line.amounts, line.timing);
        match (&line.subject, line.side) {
            (Subject::Node(id), Side::Cost) => {
                let node = graph.find(id.as_str()).map(|ix| graph.node(ix))?;
                let of = choice.of_cost(id, node.cost.get(line.nth).and_then(|cost| cost.option.as_ref()));
                let had = out.costs.entry(id.clone()).or_default();
                *had = had.checked_add(times(worth()?, of)?)?;
            }
            (Subject::Kpi(id), Side::Benefit) => {
                let kpi = map.kpis.iter().find(|kpi| kpi.id == *id)?;
                out.values
                    .insert(id.clone(), times(worth()?, choice.of_value(&kpi.node, id.as_str()))?);
            }
            _ => {}
        }
    }
    Some(out)
}

/// What the costs of every node of a map come to without an appraisal.
pub(super) fn sums(graph: &BenefitGraph<'_>) -> Option<HashMap<NodeId, Decimal>> {
    let mut out = HashMap::new();
    for ix in graph.nodes() {
        let node = graph.node(ix);
        if !node.cost.is_empty() {
            out.insert(node.id.clone(), sum(node.cost.iter().map(Cost::in_all))?);
        }
    }
    Some(out)
}

/// What a cut comes to in money, in the option of that id, or in the preferred one. Delays move benefits, and leave costs in their
/// years.
///
/// # Errors
/// As [`appraise`], but for a map without an appraisal.
pub fn what_if_money(
    graph: &BenefitGraph<'_>,
    (cut, found): (&Cut, &WhatIf),
    option: Option<&str>,
    assumed: &Assumed,
) -> Result<CutMoney, Error> {
    let map = graph.map();
    if map.appraisal.is_none() && option.is_none() {
        let costs = sums(graph).ok_or(Error::TooLarge)?;
        return Ok(spared(graph, found, &costs));
    }
    let appraised = appraise(graph, assumed)?;
    let option = match option {
        Some(id) => appraised.option(id)?,
        None => appraised.preferred().ok_or(Error::NoAppraisal)?,
    };
    let now = present(graph, &appraised, option).ok_or(Error::TooLarge)?;

    // Values that come later, at the least and at the most.
    let late = |most: bool| {
        let months = found.later.iter().filter_map(|one| {
            let months = if most { one.at_most } else { one.at_least };
            Some((one.kpi.clone()?, months)).filter(|(_, months)| *months > 0)
        });
        let mut assumed = assumed.clone();
        assumed.late = months.collect::<BTreeMap<_, _>>();
        assumed
    };
    let of = |assumed: Assumed| -> Result<Present, Error> {
        let appraised = appraise(graph, &assumed)?;
        let option = appraised.option(&option.id)?;
        present(graph, &appraised, option).ok_or(Error::TooLarge)
    };
    let later = match cut.delays.is_empty() {
        true => None,
        false => Some((of(late(false))?, of(late(true))?)),
    };

    let gone: HashSet<&KpiId> = found.kpis_lost.iter().map(|kpi| &kpi.id).collect();
    let weak: HashSet<&KpiId> = found.kpis_weakened.iter().map(|kpi| &kpi.id).collect();
    let mut lost = Vec::new();
    for kpi in &map.kpis {
        let Some(worth) = now.values.get(&kpi.id).copied().filter(|worth| !worth.is_zero()) else {
            continue;
        };
        let left = |present: &Present| present.values.get(&kpi.id).copied().unwrap_or_default();
        let (a, b) = match &later {
            _ if gone.contains(&kpi.id) => (worth, worth),
            Some((soon, late)) => (worth - left(soon), worth - left(late)),
            None => (Decimal::ZERO, Decimal::ZERO),
        };
        let (mut least, mut most) = (a.min(b), a.max(b));
        if weak.contains(&kpi.id) {
            (least, most) = (least.min(worth), most.max(worth));
        }
        if least.is_zero() && most.is_zero() {
            continue;
        }
        lost.push(LostValue {
            kpi: kpi.id.clone(),
            title: kpi.title.clone(),
            at_least: least,
            at_most: most,
        });
    }
    let mut money = spared(graph, found, &now.costs);
    let mut value = CutValue {
        option: option.id.clone(),
        title: option.title.clone(),
        before: option.society,
        worst: option.society,
        best: option.society,
        lost,
    };
    let ends = || {
        let (least, most) = value.lost_sum()?;
        let (saved, idle) = (money.saved_sum()?, money.idle_sum()?);
        let before = option.society;
        let after =
            |saved: Decimal, lost: Decimal| Totals::of(before.pvc.checked_sub(saved)?, before.pvb.checked_sub(lost)?);
        Some((after(saved, most)?, after(saved.checked_add(idle)?, least)?))
    };
    let (worst, best) = ends().ok_or(Error::TooLarge)?;
    (value.worst, value.best) = (worst, best);
    money.value = Some(value);
    Ok(money)
}

/// What is not paid for.
fn spared(graph: &BenefitGraph<'_>, found: &WhatIf, costs: &HashMap<NodeId, Decimal>) -> CutMoney {
    let of = |id: &NodeId| {
        let node = graph.find(id.as_str()).map(|ix| graph.node(ix))?;
        Some(Saved {
            node: id.clone(),
            title: node.title.clone(),
            amount: costs.get(id).copied().filter(|amount| !amount.is_zero())?,
        })
    };
    let mut seen = HashSet::new();
    let idle = found.unpaid.iter().chain(&found.leads_nowhere).map(|one| &one.id);
    let has_no_cost = |id: &&NodeId| {
        let node = graph.find(id.as_str()).map(|ix| graph.node(ix));
        node.is_some_and(|node| node.cost.is_empty() && !node.kind.is_outcome())
    };
    CutMoney {
        saved: found.without.iter().filter_map(|one| of(&one.id)).collect(),
        idle: idle.filter(|id| seen.insert(*id)).filter_map(of).collect(),
        without_cost: found.without.iter().map(|one| &one.id).filter(has_no_cost).count(),
        value: None,
    }
}
