//! How a whole map stands: every KPI, every node from its KPIs, and early warnings that travel down the chains.
//!
//! The rule, with nothing weighed:
//! 1. A node stands as the worst of its KPIs does. A node without KPIs has no status of its own.
//! 2. A node with a KPI that is off track, or missed by more than the red tolerance, brings about less than planned of what
//!    it stands for; a disbenefit brings more of it. Along a link that supports, less leads to less and more to more; along a
//!    link that hinders, less leads to more and more to less. Feedback carries nothing.
//! 3. Less of a benefit than planned, or more of a disbenefit, is an early warning to that node, whatever its own status
//!    is. The warning names the shortest way from the nearest such node.
//!
//! What is only at risk, or missed narrowly, sends no warning: it may yet recover, and a map in which everything warns warns of nothing.

use std::collections::{BTreeMap, VecDeque};

use super::{Measurements, Outlook, Reception, Status, outlook};
use crate::graph::{BenefitGraph, NodeIx, Way};
use crate::map::{Day, Effect, Kpi, Node};

/// How a map stands as of a day.
#[derive(Debug, Clone)]
pub struct Standing<'m> {
    /// The day looked from.
    pub as_of: Day,
    /// Every KPI of the map, by id.
    pub kpis: Vec<Outlook<'m>>,
    /// Every node of the graph, in the map's order.
    pub nodes: Vec<NodeStanding<'m>>,
    /// How many rows of measurements were given, and which were left out.
    pub reception: Reception,
}

/// How one node stands.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeStanding<'m> {
    /// The node.
    pub node: &'m Node,
    /// The worst status of its KPIs; `None` where it has none.
    pub status: Option<Status>,
    /// The KPI that decides it, the first by id of several; `None` where it has none.
    pub decided_by: Option<&'m Kpi>,
    /// What is behind upstream of it.
    pub warning: Option<Warning<'m>>,
}

/// Something upstream that is off track or far from its target, and the way from there.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning<'m> {
    /// How the source stands: missed or off track, the worst of its KPIs that are far behind.
    pub status: Status,
    /// The KPI that says so.
    pub kpi: &'m Kpi,
    /// The chain from the source to the node that is warned, both included.
    pub path: Vec<&'m Node>,
    /// The effect of each link of the chain: one fewer than nodes.
    pub effects: Vec<Effect>,
}

/// How the map stands as of a day, by the rule at the head of this module's source and in `docs/tracking.md`.
/// Takes time in proportion to measurements looked at, nodes and links.
/// ```
/// use benefit_map::graph::BenefitGraph;
/// use benefit_map::map::BenefitMap;
/// use benefit_map::track::{Measurement, Status, standing};
///
/// let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "Rounds",
///   "nodes": [{"id": "rounds", "kind": "business-change"}, {"id": "streets", "kind": "end-outcome"}],
///   "links": [{"from": "rounds", "to": "streets"}],
///   "kpis": [{"id": "km", "node": "rounds", "unit": "km", "baseline": {"date": "2026-01-01", "value": 100},
///             "targets": [{"date": "2026-03-31", "value": 50}]}]}"#)?;
/// let measured = Measurement::new("km".parse().unwrap(), "2026-03-31".parse().unwrap(), 60.into());
/// let graph = BenefitGraph::new(&map);
/// let standing = standing(&graph, &[measured].into_iter().collect(), "2026-04-30".parse().unwrap());
/// assert_eq!(standing.nodes[0].status, Some(Status::Missed));
/// // The end outcome has no KPI of its own; it is warned by what leads to it.
/// assert_eq!(standing.nodes[1].status, None);
/// assert_eq!(standing.nodes[1].warning.as_ref().unwrap().to_string(), "rounds (missed) -> streets");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn standing<'m>(graph: &BenefitGraph<'m>, measurements: &Measurements, as_of: Day) -> Standing<'m> {
    let mut kpis: Vec<Outlook<'m>> = graph
        .map()
        .kpis
        .iter()
        .map(|kpi| outlook(kpi, measurements, as_of))
        .collect();
    kpis.sort_by(|a, b| a.kpi.id.cmp(&b.kpi.id));

    let worst = worst_of(graph, kpis.iter());
    let sources = worst_of(graph, kpis.iter().filter(|outlook| outlook.warns));
    let spread = Spread::new(graph, &sources);
    let nodes = graph
        .nodes()
        .map(|ix| NodeStanding {
            node: graph.node(ix),
            status: worst.get(&ix).map(|(status, _)| *status),
            decided_by: worst.get(&ix).map(|(_, kpi)| *kpi),
            warning: spread.nearest(ix),
        })
        .collect();
    Standing {
        as_of,
        kpis,
        nodes,
        reception: measurements.reception().clone(),
    }
}

/// For each node the worst of those of its KPIs, of equals the first.
fn worst_of<'o, 'm: 'o>(
    graph: &BenefitGraph<'m>,
    kpis: impl Iterator<Item = &'o Outlook<'m>>,
) -> BTreeMap<NodeIx, (Status, &'m Kpi)> {
    let mut worst: BTreeMap<NodeIx, (Status, &'m Kpi)> = BTreeMap::new();
    for outlook in kpis {
        let Some(ix) = graph.find(outlook.kpi.node.as_str()) else {
            continue;
        };
        let entry = worst.entry(ix).or_insert((outlook.status, outlook.kpi));
        if outlook.status < entry.0 {
            *entry = (outlook.status, outlook.kpi);
        }
    }
    worst
}

impl<'m> Standing<'m> {
    /// How a KPI of the map stands: that very record, where several share an id.
    pub fn of(&self, kpi: &Kpi) -> Option<&Outlook<'m>> {
        let itself = self.kpis.iter().find(|outlook| std::ptr::eq(outlook.kpi, kpi));
        itself.or_else(|| self.kpis.iter().find(|outlook| outlook.kpi.id == kpi.id))
    }

    /// The nodes by the attention they need: missed, off track, at risk; then those warned from upstream; then without
    /// data, on track, achieved, not due, and last those without KPIs. Among equals in the map's order.
    pub fn worst_first(&self) -> Vec<&NodeStanding<'m>> {
        let mut nodes: Vec<_> = self.nodes.iter().collect();
        nodes.sort_by_key(|node| node.attention());
        nodes
    }
}

impl NodeStanding<'_> {
    /// The place in the order of [`Standing::worst_first`], 0 for what needs most attention.
    pub fn attention(&self) -> u8 {
        match self.status {
            Some(Status::Missed) => 0,
            Some(Status::OffTrack) => 1,
            Some(Status::AtRisk) => 2,
            _ if self.warning.is_some() => 3,
            Some(Status::NoData) => 4,
            Some(Status::OnTrack) => 5,
            Some(Status::Achieved) => 6,
            Some(Status::NotDue) => 7,
            None => 8,
        }
    }
}

/// Less or more than planned of what a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Amount {
    Less,
    More,
}

impl Amount {
    fn after(self, effect: Effect) -> Self {
        match (self, effect) {
            (amount, Effect::Supports) => amount,
            (Self::Less, Effect::Hinders) => Self::More,
            (Self::More, Effect::Hinders) => Self::Less,
        }
    }

    /// What nobody wants of that node.
    fn unwelcome(node: &Node) -> Self {
        if node.disbenefit { Self::More } else { Self::Less }
    }

    /// The place of a node with this amount in a table of two entries a node.
    fn slot(self, ix: NodeIx) -> usize {
        ix.index() * 2 + self as usize
    }
}

/// How far what is behind reaches: for each node and amount, the two nearest sources, as the nearer may be the very node
/// that is to be warned.
struct Spread<'g, 'm> {
    graph: &'g BenefitGraph<'m>,
    sources: &'g BTreeMap<NodeIx, (Status, &'m Kpi)>,
    reached: Vec<[Option<Reached>; 2]>,
}

/// A place in the table: the node, the amount, and which of its two sources.
type Place = (NodeIx, Amount, usize);

#[derive(Clone, Copy)]
struct Reached {
    source: NodeIx,
    steps: u32,
    /// Where it came from, with the effect of the link; `None` at the source.
    before: Option<(Place, Effect)>,
}

impl<'g, 'm> Spread<'g, 'm> {
    /// One walk breadth first from all sources at once.
    fn new(graph: &'g BenefitGraph<'m>, sources: &'g BTreeMap<NodeIx, (Status, &'m Kpi)>) -> Self {
        let mut reached = vec![[None; 2]; graph.len() * 2];
        let mut queue: VecDeque<Place> = VecDeque::new();
        for ix in sources.keys() {
            let amount = Amount::unwelcome(graph.node(*ix));
            reached[amount.slot(*ix)][0] = Some(Reached {
                source: *ix,
                steps: 0,
                before: None,
            });
            queue.push_back((*ix, amount, 0));
        }
        while let Some(place) = queue.pop_front() {
            let (ix, amount, which) = place;
            let Some(here): Option<Reached> = reached[amount.slot(ix)][which] else {
                continue;
            };
            for link in graph.links_of(ix, Way::Downstream).filter(|link| link.flows()) {
                let next = amount.after(link.link.effect);
                let there = &mut reached[next.slot(link.to)];
                if there.iter().flatten().any(|met| met.source == here.source) {
                    continue;
                }
                let Some(free) = there.iter().position(Option::is_none) else {
                    continue;
                };
                there[free] = Some(Reached {
                    source: here.source,
                    steps: here.steps + 1,
                    before: Some((place, link.link.effect)),
                });
                queue.push_back((link.to, next, free));
            }
        }
        Self {
            graph,
            sources,
            reached,
        }
    }

    /// The warning to a node by the nearest source other than itself; of several equally near, the one along the link
    /// that stands first in the map.
    fn nearest(&self, ix: NodeIx) -> Option<Warning<'m>> {
        let unwelcome = Amount::unwelcome(self.graph.node(ix));
        let mut best: Option<(u32, Place, Effect)> = None;
        for link in self.graph.links_of(ix, Way::Upstream).filter(|link| link.flows()) {
            let effect = link.link.effect;
            // The amount at the other end that comes out as the unwelcome one: a turn taken twice is none.
            let amount = unwelcome.after(effect);
            for (which, there) in self.reached[amount.slot(link.from)].iter().enumerate() {
                let Some(there) = there else { continue };
                if there.source != ix && best.is_none_or(|(steps, ..)| there.steps < steps) {
                    best = Some((there.steps, (link.from, amount, which), effect));
                }
            }
        }
        let (_, mut place, effect) = best?;
        let mut path = vec![self.graph.node(ix)];
        let mut effects = vec![effect];
        loop {
            let (at, amount, which) = place;
            path.push(self.graph.node(at));
            match self.reached[amount.slot(at)][which]?.before {
                None => break,
                Some((before, effect)) => {
                    effects.push(effect);
                    place = before;
                }
            }
        }
        let at = place.0;
        path.reverse();
        effects.reverse();
        let (status, kpi) = *self.sources.get(&at)?;
        Some(Warning {
            status,
            kpi,
            path,
            effects,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{BenefitMap, KpiId, Number};
    use crate::track::Measurement;

    /// Nodes by id, `-` before a disbenefit; links `a>b`, `a|b` hinders, `a~b` feedback; a KPI for each node of
    /// `off` (measured at 0 of 100), `at_risk` (95) and `on` (100).
    fn stand(nodes: &[&str], links: &[&str], off: &[&str], at_risk: &[&str], on: &[&str]) -> Vec<String> {
        let mut json = serde_json::json!({"format": 1, "nodes": [], "links": [], "kpis": []});
        let push = |json: &mut serde_json::Value, list: &str, value| json[list].as_array_mut().unwrap().push(value);
        for id in nodes {
            let node = serde_json::json!({"id": id.trim_start_matches('-'), "kind": "enabler", "title": "",
                "disbenefit": id.starts_with('-')});
            push(&mut json, "nodes", node);
        }
        for link in links {
            let at = link.find(['>', '|', '~']).unwrap();
            let effect = if &link[at..=at] == "|" { "hinders" } else { "supports" };
            let link = serde_json::json!({"from": link[..at], "to": link[at + 1..], "effect": effect,
                "feedback": &link[at..=at] == "~"});
            push(&mut json, "links", link);
        }
        let mut rows = Vec::new();
        for (ids, value) in [(off, 0), (at_risk, 95), (on, 100)] {
            for id in ids {
                let kpi = serde_json::json!({"id": id, "node": id, "direction": "increase",
                    "baseline": {"date": "2026-01-01", "value": 100},
                    "targets": [{"date": "2026-06-30", "value": 100}, {"date": "2027-12-31", "value": 200}],
                    "trajectory": {"profile": "step"}});
                push(&mut json, "kpis", kpi);
                rows.push(Measurement::new(
                    KpiId::new(id).unwrap(),
                    Day::new("2026-12-31").unwrap(),
                    Number::from(value),
                ));
            }
        }
        let map: BenefitMap = serde_json::from_value(json).unwrap();
        let graph = BenefitGraph::new(&map);
        let measurements = rows.into_iter().collect();
        standing(&graph, &measurements, Day::new("2026-12-31").unwrap())
            .nodes
            .iter()
            .map(|n| {
                let status = n.status.map_or("-".to_owned(), |s| s.to_string());
                let warning = n.warning.as_ref().map_or("-".to_owned(), |w| w.to_string());
                format!("{}: {status}; {warning}", n.node.id)
            })
            .collect()
    }

    #[test]
    fn off_track_upstream_warns_downstream_with_the_way_named() {
        assert_eq!(
            stand(&["a", "b", "c", "d"], &["a>b", "b>c", "d>c"], &["a"], &["d"], &["c"]),
            [
                "a: off-track; -",
                "b: -; a (off-track) -> b",
                "c: on-track; a (off-track) -> b -> c",
                "d: at-risk; -"
            ]
        );
    }

    #[test]
    fn a_link_that_hinders_turns_it_round() {
        // Less of a means less hindrance of b: no warning. Twice turned it is one again.
        assert_eq!(
            stand(&["a", "b", "c"], &["a|b", "b|c"], &["a"], &[], &[]),
            ["a: off-track; -", "b: -; -", "c: -; a (off-track) -| b -| c"]
        );
        // More of a disbenefit than planned hinders more.
        assert_eq!(
            stand(&["-a", "b"], &["a|b"], &["a"], &[], &[]),
            ["a: off-track; -", "b: -; a (off-track) -| b"]
        );
        // Less of what brings a disbenefit about is welcome; less of what holds it down is not.
        assert_eq!(
            stand(&["a", "-b", "c", "-d"], &["a>b", "c|d"], &["a", "c"], &[], &[]),
            [
                "a: off-track; -",
                "b: -; -",
                "c: off-track; -",
                "d: -; c (off-track) -| d"
            ]
        );
    }

    #[test]
    fn feedback_carries_nothing_and_loops_end() {
        assert_eq!(
            stand(&["a", "b"], &["a~b"], &["a"], &[], &[]),
            ["a: off-track; -", "b: -; -"]
        );
        assert_eq!(
            stand(&["a", "b"], &["a>b", "b>a"], &["a"], &[], &[]),
            ["a: off-track; -", "b: -; a (off-track) -> b"]
        );
        assert_eq!(
            stand(&["a", "b"], &["a>b", "b>a"], &["a", "b"], &[], &[]),
            ["a: off-track; b (off-track) -> a", "b: off-track; a (off-track) -> b"]
        );
    }

    #[test]
    fn the_nearest_source_is_named_and_leads_on_to_its_own() {
        assert_eq!(
            stand(&["a", "b", "c"], &["a>b", "b>c", "a>c"], &["a", "b"], &[], &[]),
            [
                "a: off-track; -",
                "b: off-track; a (off-track) -> b",
                "c: -; b (off-track) -> c"
            ]
        );
    }

    #[test]
    fn a_target_missed_narrowly_warns_nobody() {
        let warned = |value: &str| {
            let map: BenefitMap = serde_json::from_str(
                r#"{"format": 1, "nodes": [{"id": "a", "kind": "enabler"}, {"id": "b", "kind": "end-outcome"}],
                    "links": [{"from": "a", "to": "b"}],
                    "kpis": [{"id": "k", "node": "a", "direction": "increase", "tolerance": {"amber": 0.08, "red": 0.2},
                              "targets": [{"date": "2026-06-30", "value": 80}]}]}"#,
            )
            .unwrap();
            let row = Measurement::new(
                KpiId::new("k").unwrap(),
                Day::new("2026-06-30").unwrap(),
                Number::new(value).unwrap(),
            );
            let graph = BenefitGraph::new(&map);
            let standing = standing(&graph, &[row].into_iter().collect(), Day::new("2026-07-01").unwrap());
            assert_eq!(standing.nodes[0].status, Some(Status::Missed));
            standing.nodes[1].warning.is_some()
        };
        // A fifth of 80 is 16: from 64 on it is within red.
        assert!(!warned("78.6"));
        assert!(!warned("64"));
        assert!(warned("63.9"));
    }

    #[test]
    fn worst_comes_first() {
        let map: BenefitMap = serde_json::from_str(
            r#"{"format": 1, "nodes": [{"id": "a", "kind": "enabler"}, {"id": "b", "kind": "enabler"}],
                "kpis": [{"id": "k", "node": "b", "targets": [{"date": "2026-01-01", "value": 1}]},
                         {"id": "lost", "node": "nowhere"}]}"#,
        )
        .unwrap();
        let graph = BenefitGraph::new(&map);
        let standing = standing(&graph, &Measurements::default(), Day::new("2026-12-31").unwrap());
        let order: Vec<&str> = standing.worst_first().iter().map(|n| n.node.id.as_str()).collect();
        assert_eq!(order, ["b", "a"]);
        assert_eq!(standing.nodes[1].status, Some(Status::NoData));
        assert_eq!(standing.kpis.len(), 2);
    }
}
