//! What would follow if boxes were left out, an assumption did not hold, or boxes came later: which outcomes lose line of sight, and
//! which KPIs lose support.
//!
//! It is read from the links of the map alone. Where every chain that does an outcome good is cut, the outcome is lost; where some are
//! left, nobody can know from a map how much remains, and it is listed as weakened.

use std::collections::{BTreeMap, HashSet};

use super::fault::Error;
use super::membership::Choice;
use crate::graph::{BenefitGraph, NodeIx, NodeSet, SignedReach, Way};
use crate::map::{BenefitMap, Day, Effect, Kpi, KpiId, NodeId, NodeKind};

/// What is said beside everything that a map shows of what would follow.
pub const LOGIC: &str =
    "A map shows the logic of its authors: what they expect to lead to what. It does not prove what would happen.";

/// What is changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Cut {
    /// Boxes that are left out.
    pub nodes: Vec<NodeId>,
    /// Assumptions that do not hold, word by word as links have them: no link that rests on one of them works.
    pub assumptions: Vec<String>,
    /// Boxes that come later, and by how many months.
    pub delays: Vec<(NodeId, u16)>,
}

/// A box of which something is said.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Touched {
    /// Its id.
    pub id: NodeId,
    /// What it is called.
    pub title: String,
    /// Its kind.
    pub kind: NodeKind,
}

impl Touched {
    pub(super) fn of(graph: &BenefitGraph<'_>, ix: NodeIx) -> Self {
        let node = graph.node(ix);
        Self {
            id: node.id.clone(),
            title: node.title.clone(),
            kind: node.kind,
        }
    }
}

/// A KPI of which something is said.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TouchedKpi {
    /// Its id.
    pub id: KpiId,
    /// What it is called.
    pub title: String,
    /// The box that it measures.
    pub node: NodeId,
}

/// A box or a KPI that may come later.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Later {
    /// The box.
    pub node: NodeId,
    /// The KPI whose last target it is; `None` for the box itself.
    pub kpi: Option<KpiId>,
    /// What it is called.
    pub title: String,
    /// The fewest months: 0 where a chain that is not late leads to it too.
    pub at_least: u16,
    /// The most months: those of all late boxes on one chain together.
    pub at_most: u16,
    /// When the box is due, or the last target is to be reached; `None` where the map does not say.
    pub due: Option<Day>,
}

impl Later {
    /// When it comes at the latest.
    pub fn then(&self) -> Option<Day> {
        Some(self.due?.months_later(self.at_most))
    }
}

/// What would follow.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WhatIf {
    /// Boxes that are left out.
    pub without: Vec<Touched>,
    /// The option whose boxes alone were looked at; `None` where all chains of the map are followed.
    pub option: Option<String>,
    /// Boxes that do not belong to it.
    pub outside: Vec<Touched>,
    /// Links that do not work any more because an assumption does not hold.
    pub cut_links: Vec<(NodeId, NodeId)>,
    /// Outcomes that a chain from an investment does good, and none any more; the end outcomes first.
    pub lost: Vec<Touched>,
    /// Outcomes that lose some of those chains and keep others; the end outcomes first.
    pub weakened: Vec<Touched>,
    /// Harm that investments lead to, and none any more.
    pub no_more_harm: Vec<Touched>,
    /// KPIs of boxes that are left out or lost.
    pub kpis_lost: Vec<TouchedKpi>,
    /// KPIs of boxes that are weakened.
    pub kpis_weakened: Vec<TouchedKpi>,
    /// Outputs that an investment leads to, and none any more.
    pub unpaid: Vec<Touched>,
    /// Investments and outputs that lead to an end outcome, and to none any more.
    pub leads_nowhere: Vec<Touched>,
    /// End outcomes that no investment does good as the map is: nothing of them can be lost.
    pub out_of_sight_before: Vec<Touched>,
    /// What comes later, in the order of the map.
    pub later: Vec<Later>,
}

/// What is done good by a chain from an investment, and what only follows from one.
struct Support {
    paid: SignedReach,
    reached: NodeSet,
    reaching: NodeSet,
}

impl Support {
    fn of(graph: &BenefitGraph<'_>) -> Self {
        let investments = graph.of_kind(NodeKind::Investment);
        Self {
            paid: graph.signed_reach(investments.map(|ix| (ix, Effect::Supports)), Way::Downstream),
            reached: graph.reached_from_investment(),
            reaching: graph.reaching_end_outcome(),
        }
    }

    /// Whether a chain from an investment does the box good: supports it, or hinders it where it is a disbenefit.
    fn serves(&self, graph: &BenefitGraph<'_>, ix: NodeIx) -> bool {
        match graph.node(ix).disbenefit {
            true => self.paid.hindering.contains(ix),
            false => self.paid.supporting.contains(ix),
        }
    }
}

/// The map without some boxes, their links and their KPIs, and without some links.
pub(super) fn reduced(map: &BenefitMap, without: &HashSet<&NodeId>, links: &HashSet<usize>) -> BenefitMap {
    let mut made = map.clone();
    made.nodes.retain(|node| !without.contains(&node.id));
    made.kpis.retain(|kpi| !without.contains(&kpi.node));
    let mut at = 0;
    made.links.retain(|link| {
        at += 1;
        !links.contains(&(at - 1)) && !without.contains(&link.from) && !without.contains(&link.to)
    });
    made
}

/// What would follow from a change of a map, by the logic of its links: [`LOGIC`]. Ids that the map does not have count for nothing.
///
/// ```
/// use benefit_map::appraise::{Cut, what_if};
/// use benefit_map::graph::BenefitGraph;
///
/// let map = serde_json::from_str(r#"{"format": 1, "nodes": [{"id": "vans", "kind": "investment"}, {"id": "apps", "kind": "investment"},
///   {"id": "streets", "kind": "end-outcome"}, {"id": "air", "kind": "end-outcome"}],
///   "links": [{"from": "vans", "to": "streets"}, {"from": "vans", "to": "air"}, {"from": "apps", "to": "streets"}]}"#)?;
/// let mut cut = Cut::default();
/// cut.nodes = vec!["vans".parse().unwrap()];
/// let found = what_if(&BenefitGraph::new(&map), &cut);
/// assert_eq!((found.lost[0].id.as_str(), found.weakened[0].id.as_str()), ("air", "streets"));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn what_if(graph: &BenefitGraph<'_>, cut: &Cut) -> WhatIf {
    let map = graph.map();
    let without: HashSet<&NodeId> = cut.nodes.iter().collect();
    let falls = |text: &String| cut.assumptions.contains(text);
    let cut_links: Vec<usize> = (0..map.links.len())
        .filter(|at| map.links[*at].assumptions.iter().any(falls))
        .collect();
    let made = reduced(map, &without, &cut_links.iter().copied().collect());
    let after_graph = BenefitGraph::new(&made);
    let (before, after) = (Support::of(graph), Support::of(&after_graph));
    // Below whatever is left out or does not work any more.
    let starts = graph.nodes().filter(|ix| without.contains(graph.id(*ix)));
    let ends = cut_links.iter().filter_map(|at| graph.find(map.links[*at].to.as_str()));
    let below = graph.reach(starts.chain(ends), Way::Downstream);

    let mut found = WhatIf {
        without: Vec::new(),
        option: None,
        outside: Vec::new(),
        cut_links: cut_links
            .iter()
            .map(|at| (map.links[*at].from.clone(), map.links[*at].to.clone()))
            .collect(),
        lost: Vec::new(),
        weakened: Vec::new(),
        no_more_harm: Vec::new(),
        kpis_lost: Vec::new(),
        kpis_weakened: Vec::new(),
        unpaid: Vec::new(),
        leads_nowhere: Vec::new(),
        out_of_sight_before: Vec::new(),
        later: Vec::new(),
    };
    let (mut gone, mut weak): (HashSet<&NodeId>, HashSet<&NodeId>) = (HashSet::new(), HashSet::new());
    for ix in graph.nodes() {
        let id = graph.id(ix);
        let kind = graph.kind(ix);
        let now = after_graph.find(id.as_str());
        let is_served = before.serves(graph, ix);
        if kind == NodeKind::EndOutcome && !is_served && !graph.node(ix).disbenefit {
            found.out_of_sight_before.push(Touched::of(graph, ix));
        }
        let Some(now) = now else {
            found.without.push(Touched::of(graph, ix));
            gone.insert(id);
            // An outcome that is left out is lost too: nothing is measured of it any more.
            if kind.is_outcome() && is_served {
                found.lost.push(Touched::of(graph, ix));
            }
            continue;
        };
        let is_served_now = after.serves(&after_graph, now);
        if kind.is_outcome() {
            if is_served && !is_served_now {
                found.lost.push(Touched::of(graph, ix));
                gone.insert(id);
            } else if is_served && below.contains(ix) {
                found.weakened.push(Touched::of(graph, ix));
                weak.insert(id);
            }
            let harms = |support: &Support, at| graph.node(ix).disbenefit && support.paid.supporting.contains(at);
            if harms(&before, ix) && !harms(&after, now) {
                found.no_more_harm.push(Touched::of(graph, ix));
            }
            continue;
        }
        if kind != NodeKind::Investment && before.reached.contains(ix) {
            if !after.reached.contains(now) {
                found.unpaid.push(Touched::of(graph, ix));
                gone.insert(id);
            } else if below.contains(ix) {
                weak.insert(id);
            }
        }
        if before.reaching.contains(ix) && !after.reaching.contains(now) {
            found.leads_nowhere.push(Touched::of(graph, ix));
        }
    }
    for list in [&mut found.lost, &mut found.weakened] {
        list.sort_by_key(|one| one.kind != NodeKind::EndOutcome);
    }
    for kpi in &map.kpis {
        let list = match () {
            () if gone.contains(&kpi.node) => &mut found.kpis_lost,
            () if weak.contains(&kpi.node) => &mut found.kpis_weakened,
            () => continue,
        };
        list.push(TouchedKpi {
            id: kpi.id.clone(),
            title: kpi.title.clone(),
            node: kpi.node.clone(),
        });
    }
    found.later = later(&after_graph, &cut.delays);
    found
}

/// The same in one option of the map's appraisal, in the one of that id or the proposed one: only chains through boxes that belong to it
/// are followed, as only their costs and values count in it. Where those make no chain from an investment to an outcome, as in an
/// option that names its investments alone, all chains of the map are.
///
/// # Errors
/// [`Error::UnknownOption`]; [`Error::NoAppraisal`] where an option is named and the map has no appraisal.
pub fn what_if_in(graph: &BenefitGraph<'_>, cut: &Cut, option: Option<&str>) -> Result<WhatIf, Error> {
    let Some(own) = OwnMap::of(graph, option)? else {
        return Ok(what_if(graph, cut));
    };
    let mut found = what_if(&BenefitGraph::new(&own.map), cut);
    (found.option, found.outside) = (Some(own.option), own.outside);
    Ok(found)
}

/// The map as an option has it.
pub(super) struct OwnMap {
    pub(super) map: BenefitMap,
    option: String,
    /// The boxes that it lacks.
    outside: Vec<Touched>,
}

impl OwnMap {
    /// `None` where all chains of the map are followed.
    pub(super) fn of(graph: &BenefitGraph<'_>, option: Option<&str>) -> Result<Option<Self>, Error> {
        let Some(appraisal) = &graph.map().appraisal else {
            return match option {
                Some(_) => Err(Error::NoAppraisal),
                None => Ok(None),
            };
        };
        let choice = Choice::named(Choice::all(graph, appraisal), option)?;
        let outside: Vec<NodeIx> = graph.nodes().filter(|ix| !choice.has(graph.id(*ix))).collect();
        if outside.is_empty() {
            return Ok(None);
        }
        let ids: HashSet<&NodeId> = outside.iter().map(|ix| graph.id(*ix)).collect();
        let map = reduced(graph.map(), &ids, &HashSet::new());
        let own = BenefitGraph::new(&map);
        let support = Support::of(&own);
        let mut outcomes = own.nodes().filter(|ix| own.kind(*ix).is_outcome());
        if !outcomes.any(|ix| support.serves(&own, ix)) {
            return Ok(None);
        }
        let outside = outside.iter().map(|ix| Touched::of(graph, *ix)).collect();
        Ok(Some(Self {
            map,
            option: choice.id,
            outside,
        }))
    }
}

/// What comes later if some boxes do: the boxes themselves, all that they lead to, and the last targets of their KPIs.
fn later(graph: &BenefitGraph<'_>, delays: &[(NodeId, u16)]) -> Vec<Later> {
    let mut late: BTreeMap<NodeIx, u16> = BTreeMap::new();
    for (id, months) in delays {
        if let Some(ix) = graph.find(id.as_str()) {
            let had = late.entry(ix).or_default();
            *had = had.saturating_add(*months);
        }
    }
    let late: Vec<(NodeIx, u16)> = late.into_iter().filter(|(_, months)| *months > 0).collect();
    if late.is_empty() {
        return Vec::new();
    }
    let (at_least, at_most) = (certain(graph, &late), longest(graph, &late));
    let mut kpis: BTreeMap<&NodeId, Vec<&Kpi>> = BTreeMap::new();
    for kpi in &graph.map().kpis {
        kpis.entry(&kpi.node).or_default().push(kpi);
    }
    let mut out = Vec::new();
    for ix in graph.nodes().filter(|ix| at_most[ix.index()] > 0) {
        let node = graph.node(ix);
        let one = |kpi: Option<&Kpi>| Later {
            node: node.id.clone(),
            kpi: kpi.map(|kpi| kpi.id.clone()),
            title: kpi.map_or(&node.title, |kpi| &kpi.title).clone(),
            at_least: at_least[ix.index()],
            at_most: at_most[ix.index()],
            due: match kpi {
                Some(kpi) => kpi.targets.iter().filter_map(|target| target.date).max(),
                None => node.due,
            },
        };
        out.push(one(None));
        out.extend(kpis.get(&node.id).into_iter().flatten().map(|kpi| one(Some(kpi))));
    }
    out
}

/// For every box the fewest months: a late box that every chain to it runs through makes it that late. Where investments lead to a
/// box, their chains count, else those from wherever chains begin.
fn certain(graph: &BenefitGraph<'_>, late: &[(NodeIx, u16)]) -> Vec<u16> {
    let mut out = vec![0; graph.len()];
    let investments: Vec<NodeIx> = graph.of_kind(NodeKind::Investment).collect();
    let begins = |ix: &NodeIx| graph.neighbours(*ix, Way::Upstream).next().is_none();
    let begins: Vec<NodeIx> = graph.nodes().filter(begins).collect();
    let paid = graph.reached_from_investment();
    for (ix, months) in late {
        let around = |from: &[NodeIx]| {
            let other = from.iter().copied().filter(|begin| begin != ix);
            graph.reach_along(other, Way::Downstream, |link| link.to != *ix)
        };
        let (from_money, from_any) = (around(&investments), around(&begins));
        let is_around = |below: &NodeIx| match paid.contains(*below) {
            true => from_money.contains(*below),
            false => from_any.contains(*below),
        };
        for below in graph.downstream(*ix).iter() {
            if below == *ix || !is_around(&below) {
                let had = &mut out[below.index()];
                *had = (*had).max(*months);
            }
        }
    }
    out
}

/// For every box the most months: those of late boxes that lead one to the other and to it, together.
fn longest(graph: &BenefitGraph<'_>, late: &[(NodeIx, u16)]) -> Vec<u16> {
    let reach: Vec<NodeSet> = late.iter().map(|(ix, _)| graph.downstream(*ix)).collect();
    // A box that more late boxes lead to comes after those. In a loop each leads to each, and their months add up.
    let before = |at: usize| reach.iter().filter(|set| set.contains(late[at].0)).count();
    let mut order: Vec<usize> = (0..late.len()).collect();
    order.sort_by_key(|at| before(*at));
    let mut so_far = vec![0u16; late.len()];
    for (nth, at) in order.iter().enumerate() {
        let earlier = order[..nth].iter().filter(|from| reach[**from].contains(late[*at].0));
        let most = earlier.map(|from| so_far[*from]).max().unwrap_or(0);
        so_far[*at] = most.saturating_add(late[*at].1);
    }
    let mut out = vec![0; graph.len()];
    for (at, set) in reach.iter().enumerate() {
        for ix in set.iter() {
            out[ix.index()] = out[ix.index()].max(so_far[at]);
        }
    }
    out
}
