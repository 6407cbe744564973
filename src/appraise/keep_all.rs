//! The cheapest investments that keep every end outcome in sight.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;

use super::appraisal::{Assumed, appraise};
use super::cover::{self, Problem};
use super::exact::sum;
use super::fault::Error;
use super::what_if::{OwnMap, Touched};
use super::what_if_money::{present, sums};
use crate::graph::{BenefitGraph, NodeIx, Way};
use crate::map::{Effect, NodeId, NodeKind};

/// An investment in the search for the cheapest ones.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate {
    /// The investment.
    pub investment: Touched,
    /// What it costs by itself; `None` where the map does not say, and it counts as 0.
    pub cost: Option<Decimal>,
}

/// The cheapest investments that keep in sight every end outcome which is in sight with all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeepAll {
    /// The investments to keep, in the order of the map.
    pub kept: Vec<Candidate>,
    /// The others.
    pub left_out: Vec<Candidate>,
    /// What the kept ones cost with everything that they lead to.
    pub cost: Decimal,
    /// What no choice costs less than: the same as `cost` where it is proven that no other is cheaper.
    pub at_least: Decimal,
    /// What all investments cost with everything that they lead to.
    pub cost_of_all: Decimal,
    /// Whether costs are present values; else sums that are not discounted.
    pub is_present_value: bool,
    /// How many end outcomes are kept in sight.
    pub in_sight: usize,
    /// End outcomes that no investment does good, whatever is kept.
    pub out_of_sight: Vec<Touched>,
    /// Boxes with costs below 0 in sum, which count as 0 here.
    pub below_zero: Vec<NodeId>,
}

impl KeepAll {
    /// Whether it is proven that no other choice is cheaper.
    pub fn is_exact(&self) -> bool {
        self.cost == self.at_least
    }
}

/// The cheapest set of investments that keeps every end outcome in sight: a chain from one of them does each good. A set costs what
/// its investments cost, with every box that they lead to, counted once. Of equally cheap sets it is the one of fewest investments.
/// Costs are present values in the option of that id or the preferred one, whose boxes alone are looked at as in
/// [`what_if_in`](super::what_if_in), or sums where the map has no appraisal.
///
/// # Errors
/// As [`appraise`], but for a map without an appraisal.
pub fn keep_all(graph: &BenefitGraph<'_>, option: Option<&str>, assumed: &Assumed) -> Result<KeepAll, Error> {
    let is_present_value = graph.map().appraisal.is_some() || option.is_some();
    let costs = match is_present_value {
        false => sums(graph),
        true => {
            let appraised = appraise(graph, assumed)?;
            let option = match option {
                Some(id) => appraised.option(id)?,
                None => appraised.preferred().ok_or(Error::NoAppraisal)?,
            };
            present(graph, &appraised, option).map(|present| present.costs)
        }
    };
    let costs = costs.ok_or(Error::TooLarge)?;
    let own = OwnMap::of(graph, option)?;
    let own_graph = own.as_ref().map(|own| BenefitGraph::new(&own.map));
    let graph = own_graph.as_ref().unwrap_or(graph);
    let investments: Vec<NodeIx> = graph.of_kind(NodeKind::Investment).collect();
    let (problem, targets, below_zero) = problem(graph, &investments, &costs)?;
    let choice = cover::cheapest(&problem).ok_or(Error::TooLarge)?;
    let all = problem.own.iter().chain(&problem.shared).copied();
    let mut found = KeepAll {
        kept: Vec::new(),
        left_out: Vec::new(),
        cost: choice.cost,
        at_least: choice.at_least,
        cost_of_all: sum(all).ok_or(Error::TooLarge)?,
        is_present_value,
        in_sight: targets.len(),
        out_of_sight: Vec::new(),
        below_zero,
    };
    for (at, ix) in investments.iter().enumerate() {
        let candidate = Candidate {
            investment: Touched::of(graph, *ix),
            cost: match graph.node(*ix).cost.is_empty() {
                true => None,
                false => Some(costs.get(graph.id(*ix)).copied().unwrap_or_default()),
            },
        };
        let list = match choice.things.contains(&at) {
            true => &mut found.kept,
            false => &mut found.left_out,
        };
        list.push(candidate);
    }
    let ends = graph.of_kind(NodeKind::EndOutcome);
    let lacking = ends.filter(|ix| !targets.contains_key(ix) && !graph.node(*ix).disbenefit);
    found.out_of_sight = lacking.map(|ix| Touched::of(graph, ix)).collect();
    Ok(found)
}

type Targets = BTreeMap<NodeIx, usize>;

/// Which investments cover which end outcomes, what they cost by themselves, and what they share.
fn problem(
    graph: &BenefitGraph<'_>,
    investments: &[NodeIx],
    costs: &HashMap<NodeId, Decimal>,
) -> Result<(Problem, Targets, Vec<NodeId>), Error> {
    let mut targets = Targets::new();
    let mut made = Problem {
        own: vec![Decimal::ZERO; investments.len()],
        covers: vec![Vec::new(); investments.len()],
        brings: vec![Vec::new(); investments.len()],
        ..Problem::default()
    };
    let mut payers: Vec<Vec<usize>> = vec![Vec::new(); graph.len()];
    for (at, investment) in investments.iter().enumerate() {
        let reach = graph.signed_reach([(*investment, Effect::Supports)], Way::Downstream);
        for end in graph.of_kind(NodeKind::EndOutcome) {
            let good = match graph.node(end).disbenefit {
                true => &reach.hindering,
                false => &reach.supporting,
            };
            if good.contains(end) {
                let next = targets.len();
                made.covers[at].push(*targets.entry(end).or_insert(next));
            }
        }
        for ix in graph.downstream(*investment).iter() {
            if costs.contains_key(graph.id(ix)) {
                payers[ix.index()].push(at);
            }
        }
    }
    let mut below_zero = Vec::new();
    let mut shared: BTreeMap<&[usize], Decimal> = BTreeMap::new();
    for ix in graph.nodes().filter(|ix| !payers[ix.index()].is_empty()) {
        let amount = costs.get(graph.id(ix)).copied().unwrap_or_default();
        if amount < Decimal::ZERO {
            below_zero.push(graph.id(ix).clone());
            continue;
        }
        let payers = payers[ix.index()].as_slice();
        let had = match payers {
            [only] => &mut made.own[*only],
            several => shared.entry(several).or_default(),
        };
        *had = had.checked_add(amount).ok_or(Error::TooLarge)?;
    }
    for (payers, amount) in shared.into_iter().filter(|(_, amount)| !amount.is_zero()) {
        for payer in payers {
            made.brings[*payer].push(made.shared.len());
        }
        made.shared.push(amount);
    }
    made.targets = targets.len();
    Ok((made, targets, below_zero))
}
