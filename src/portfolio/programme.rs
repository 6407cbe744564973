//! A portfolio as one map, so that it is laid out and drawn as a map is.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Portfolio;
use super::own::kpi_of;
use super::totals::Held;
use crate::map::called::folded;
use crate::map::{BenefitMap, Evidence, Link, Node, NodeId, NodeKind, Owner, OwnerId};

/// The node of the programme map that is a project, by the id of its map.
pub fn project_node(map: &str) -> Option<NodeId> {
    NodeId::new(format!("project.{map}")).ok()
}

/// The programme map: each project is a business change, what of it leads to an outcome of the place an intermediate outcome, and
/// each outcome of the place an end outcome with its measures as KPIs. A project that waits for another is linked from it.
///
/// What cannot be shown is left out: what has no id, and what refers to nothing, which [`check`](super::check()) finds.
pub fn programme(portfolio: &Portfolio, maps: &[Held<'_>]) -> BenefitMap {
    let mut out = Drawn {
        map: BenefitMap::new(portfolio.title.clone()),
        owners: BTreeMap::new(),
        nodes: BTreeSet::new(),
        links: BTreeSet::new(),
    };
    out.map.purpose.clone_from(&portfolio.purpose);
    let held: BTreeMap<&str, &Held<'_>> = maps.iter().map(|held| (held.id, held)).collect();
    for member in &portfolio.maps {
        let title = held
            .get(member.id.as_str())
            .map(|held| held.map.title.trim())
            .unwrap_or_default();
        let title = if title.is_empty() { member.id.as_str() } else { title };
        if let Some(id) = project_node(&member.id) {
            out.node(Node::new(id, NodeKind::BusinessChange, title));
        }
    }
    for outcome in &portfolio.outcomes {
        let Ok(id) = NodeId::new(format!("outcome.{}", outcome.id)) else {
            continue;
        };
        let mut node = Node::new(id.clone(), NodeKind::EndOutcome, outcome.title.clone());
        node.owner = out.owner(&outcome.owner);
        out.node(node);
        for measure in &outcome.measures {
            out.map.kpis.extend(kpi_of(measure, &id));
        }
    }
    for link in &portfolio.links {
        let Some(theirs) = held.get(link.map.as_str()) else {
            continue;
        };
        let Some(own) = theirs.map.nodes.iter().find(|node| node.id == link.node) else {
            continue;
        };
        let (Some(project), Ok(id), Ok(to)) = (
            project_node(&link.map),
            NodeId::new(format!("{}.{}", link.map, link.node)),
            NodeId::new(format!("outcome.{}", link.outcome)),
        ) else {
            continue;
        };
        let mut node = Node::new(id.clone(), NodeKind::IntermediateOutcome, own.title.clone());
        let owner = own
            .owner
            .as_ref()
            .and_then(|owner| theirs.map.owners.iter().find(|one| one.id == *owner));
        node.owner = out.owner(owner.map_or("", |owner| owner.name.as_str()));
        node.due = own.due;
        out.node(node);
        out.link(Link::new(project, id.clone()));
        let mut last = Link::new(id, to);
        last.rationale.clone_from(&link.rationale);
        last.contribution = link.contribution;
        if let Some(strength) = link.evidence {
            let mut evidence = Evidence::new("As the portfolio says");
            evidence.strength = Some(strength);
            last.evidence.push(evidence);
        }
        out.link(last);
    }
    out.claims(portfolio);
    out.dependencies(portfolio);
    let Drawn { mut map, nodes, .. } = out;
    map.links
        .retain(|link| nodes.contains(&link.from) && nodes.contains(&link.to));
    map
}

struct Drawn {
    map: BenefitMap,
    owners: BTreeMap<String, OwnerId>,
    nodes: BTreeSet<NodeId>,
    links: BTreeSet<(NodeId, NodeId)>,
}

impl Drawn {
    fn node(&mut self, node: Node) {
        if self.nodes.insert(node.id.clone()) {
            self.map.nodes.push(node);
        }
    }

    fn link(&mut self, link: Link) {
        if self.links.insert((link.from.clone(), link.to.clone())) {
            self.map.links.push(link);
        }
    }

    fn owner(&mut self, name: &str) -> Option<OwnerId> {
        let key = folded(name);
        if key.is_empty() {
            return None;
        }
        if let Some(known) = self.owners.get(&key) {
            return Some(known.clone());
        }
        let id = OwnerId::new(format!("owner-{}", self.owners.len() + 1)).ok()?;
        self.map.owners.push(Owner::new(id.clone(), name.trim()));
        self.owners.insert(key, id.clone());
        Some(id)
    }

    /// A project of which only KPIs count, and no node leads to the outcome, is linked to it as a whole.
    fn claims(&mut self, portfolio: &Portfolio) {
        let outcome_of: BTreeMap<&str, &str> = portfolio
            .measures()
            .map(|(outcome, measure)| (measure.id.as_str(), outcome.id.as_str()))
            .collect();
        let linked: BTreeSet<(&str, &str)> = portfolio
            .links
            .iter()
            .map(|link| (link.map.as_str(), link.outcome.as_str()))
            .collect();
        for claim in &portfolio.claims {
            let Some(outcome) = outcome_of.get(claim.measure.as_str()) else {
                continue;
            };
            if linked.contains(&(claim.map.as_str(), outcome)) {
                continue;
            }
            if let (Some(from), Ok(to)) = (project_node(&claim.map), NodeId::new(format!("outcome.{outcome}"))) {
                self.link(Link::new(from, to));
            }
        }
    }

    fn dependencies(&mut self, portfolio: &Portfolio) {
        let mut after: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for one in portfolio.dependencies.iter().filter(|one| one.map != one.on.map) {
            let (Some(from), Some(to)) = (project_node(&one.on.map), project_node(&one.map)) else {
                continue;
            };
            let mut link = Link::new(from, to);
            link.rationale.clone_from(&one.reason);
            // Two projects may wait for each other at different times.
            link.feedback = leads(&after, &one.map, &one.on.map);
            if !link.feedback {
                after.entry(&one.on.map).or_default().insert(&one.map);
            }
            self.link(link);
        }
    }
}

/// Whether one project comes before another.
fn leads<'p>(after: &BTreeMap<&'p str, BTreeSet<&'p str>>, from: &'p str, to: &'p str) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(one) = open.pop() {
        if one == to {
            return true;
        }
        for next in after.get(one).into_iter().flatten() {
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    false
}
