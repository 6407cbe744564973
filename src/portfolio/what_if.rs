//! What becomes of a portfolio without some of its maps, or without some nodes of them.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::Bounds;
use super::model::{NodeOf, Portfolio};
use super::totals::{Gathered, Held, Total, totals};
use super::year::Year;

/// What is cut.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cut {
    /// A whole map.
    Map(String),
    /// A node of a map, and with it all that only it leads to.
    Node(NodeOf),
}

/// A measure with all maps, and without those that are cut, in its last year.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Changed<'p> {
    /// The measure, with its outcome.
    pub total: Total<'p>,
    /// The year.
    pub year: Year,
    /// What is planned with all.
    pub with_all: Option<Bounds>,
    /// What is planned without.
    pub without: Option<Bounds>,
}

/// What follows from a cut.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct WithoutThem<'p> {
    /// Every measure that has claims.
    pub measures: Vec<Changed<'p>>,
    /// The outcomes that nothing leads to any more, by id.
    pub no_longer_served: Vec<&'p str>,
    /// The dependencies whose other side is gone: what waits, each as its map and its node.
    pub left_waiting: Vec<(&'p str, &'p str)>,
    /// The claims that fall away, each as its map and its KPI.
    pub claims: Vec<(&'p str, &'p str)>,
}

/// What follows where maps and nodes are left out.
///
/// Without a node, those that had no other chain from a beginning are gone too: a node is lost once all that leads to it is.
pub fn what_if<'p>(portfolio: &'p Portfolio, gathered: &Gathered<'_>, cuts: &[Cut]) -> WithoutThem<'p> {
    let maps = gathered.maps;
    let gone = Gone::of(maps, cuts);
    let kept: Portfolio = Portfolio {
        claims: portfolio
            .claims
            .iter()
            .filter(|claim| !gone.kpi(maps, &claim.map, claim.kpi.as_str()))
            .cloned()
            .collect(),
        ..portfolio.clone()
    };
    let last = |totals: &[Total<'_>]| {
        let mut by_measure: BTreeMap<String, Option<Bounds>> = BTreeMap::new();
        for total in totals {
            by_measure.insert(format!("{} {}", total.measure.id, total.year), total.planned);
        }
        by_measure
    };
    let before = totals(portfolio, gathered);
    let after = last(&totals(&kept, gathered));
    let mut measures: BTreeMap<&str, Changed<'p>> = BTreeMap::new();
    let mut order = Vec::new();
    for total in before {
        let key = format!("{} {}", total.measure.id, total.year);
        if !measures.contains_key(total.measure.id.as_str()) {
            order.push(total.measure.id.as_str());
        }
        let changed = Changed {
            year: total.year,
            with_all: total.planned,
            without: after.get(&key).copied().flatten(),
            total,
        };
        measures.insert(&changed.total.measure.id, changed);
    }
    let is_served = |outcome: &super::model::PlaceOutcome, is_gone: &dyn Fn(&str, &str) -> bool, kept: &Portfolio| {
        let by_link = portfolio
            .links
            .iter()
            .any(|link| link.outcome == outcome.id && !is_gone(&link.map, link.node.as_str()));
        let measures = &outcome.measures;
        by_link
            || kept
                .claims
                .iter()
                .any(|claim| measures.iter().any(|measure| measure.id == claim.measure))
    };
    let nothing = |_: &str, _: &str| false;
    let lost = |map: &str, node: &str| gone.node(map, node);
    let no_longer_served = portfolio
        .outcomes
        .iter()
        .filter(|outcome| is_served(outcome, &nothing, portfolio) && !is_served(outcome, &lost, &kept))
        .map(|outcome| outcome.id.as_str())
        .collect();
    let left_waiting = portfolio
        .dependencies
        .iter()
        .filter(|one| gone.node(&one.on.map, one.on.node.as_str()) && !gone.node(&one.map, one.node.as_str()))
        .map(|one| (one.map.as_str(), one.node.as_str()))
        .collect();
    let claims = portfolio
        .claims
        .iter()
        .filter(|claim| gone.kpi(maps, &claim.map, claim.kpi.as_str()))
        .map(|claim| (claim.map.as_str(), claim.kpi.as_str()))
        .collect();
    WithoutThem {
        measures: order.into_iter().filter_map(|id| measures.remove(id)).collect(),
        no_longer_served,
        left_waiting,
        claims,
    }
}

struct Gone {
    maps: BTreeSet<String>,
    nodes: BTreeSet<(String, String)>,
}

impl Gone {
    fn of(maps: &[Held<'_>], cuts: &[Cut]) -> Self {
        let mut gone = Self {
            maps: BTreeSet::new(),
            nodes: BTreeSet::new(),
        };
        for cut in cuts {
            match cut {
                Cut::Map(map) => {
                    gone.maps.insert(map.clone());
                }
                Cut::Node(one) => {
                    gone.nodes.insert((one.map.clone(), one.node.to_string()));
                }
            }
        }
        for held in maps {
            gone.spread(held);
        }
        gone
    }

    /// Takes along what has nothing left that leads to it.
    fn spread(&mut self, held: &Held<'_>) {
        let mut into: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut out: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for link in held.map.links.iter().filter(|link| !link.feedback) {
            into.entry(link.to.as_str()).or_default().push(link.from.as_str());
            out.entry(link.from.as_str()).or_default().push(link.to.as_str());
        }
        let own = |node: &str| (held.id.to_owned(), node.to_owned());
        let mut open: Vec<&str> = held.map.nodes.iter().map(|node| node.id.as_str()).collect();
        open.retain(|node| self.nodes.contains(&own(node)));
        while let Some(node) = open.pop() {
            for to in out.get(node).into_iter().flatten() {
                let before = into.get(to).into_iter().flatten();
                let is_lost = before.into_iter().all(|from| self.nodes.contains(&own(from)));
                if is_lost && self.nodes.insert(own(to)) {
                    open.push(to);
                }
            }
        }
    }

    fn node(&self, map: &str, node: &str) -> bool {
        self.maps.contains(map) || self.nodes.contains(&(map.to_owned(), node.to_owned()))
    }

    fn kpi(&self, maps: &[Held<'_>], map: &str, kpi: &str) -> bool {
        let held = maps.iter().find(|held| held.id == map);
        let kpi = held.and_then(|held| held.map.kpis.iter().find(|one| one.id.as_str() == kpi));
        self.maps.contains(map) || kpi.is_some_and(|kpi| self.node(map, kpi.node.as_str()))
    }
}
