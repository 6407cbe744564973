//! The benefits realisation plan of each owner (PAS 184, 5.4.3 b): what they answer for, do, measure and watch.

use std::collections::{BTreeMap, BTreeSet};

use crate::map::{
    Activity, ActivityId, BenefitMap, Day, Kpi, Node, NodeId, Owner, OwnerId, Risk, RiskStatus, Threatened,
};

/// All that one owner has to see to.
#[derive(Debug, Clone, PartialEq)]
pub struct RealizationPlan<'m> {
    /// The owner.
    pub owner: &'m Owner,
    /// The outcomes that they answer for: end outcomes first, then by due day (those without one last), then by id.
    pub outcomes: Vec<&'m Node>,
    /// Everything else that they answer for, the latest stage first, in the same order.
    pub outputs: Vec<&'m Node>,
    /// Their activities, each after all that it waits for.
    pub activities: Vec<PlannedActivity<'m>>,
    /// The KPIs of their nodes, and those that they are to measure for others, by id.
    pub kpis: Vec<&'m Kpi>,
    /// The risks that they own and the risks to their nodes: the greatest exposure first (those not scored last), then by
    /// id. Closed risks are left out.
    pub risks: Vec<&'m Risk>,
}

/// An activity in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedActivity<'m> {
    /// The activity.
    pub activity: &'m Activity,
    /// What it waits for, each with its owner, in the order of `after`; `None` where the map has no such activity.
    pub waits_for: Vec<(&'m ActivityId, Option<&'m OwnerId>)>,
    /// Whether it waits, directly or not, for itself: then no order is right.
    pub in_loop: bool,
}

/// The plan of every owner of the map, by id, of those who have anything to see to.
///
/// The order of activities takes all plans together: what waits comes after what it waits for, also where that is
/// somebody else's; among those that are free to begin, by first day (those without one last), then by priority (1
/// first, without one last), then by id. Activities in a loop come last.
/// ```
/// use benefit_map::map::BenefitMap;
/// use benefit_map::track::realization_plans;
///
/// let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "Rounds",
///   "owners": [{"id": "dir", "name": "Director"}],
///   "plans": [{"owner": "dir", "activities": [
///     {"id": "train", "title": "Train the crews", "after": ["buy"]}, {"id": "buy", "title": "Buy the sensors"}]}]}"#)?;
/// let plans = realization_plans(&map);
/// let order: Vec<&str> = plans[0].activities.iter().map(|planned| planned.activity.id.as_str()).collect();
/// assert_eq!(order, ["buy", "train"], "what waits comes after what it waits for");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn realization_plans(map: &BenefitMap) -> Vec<RealizationPlan<'_>> {
    let mut owners: BTreeMap<&OwnerId, &Owner> = BTreeMap::new();
    for owner in &map.owners {
        owners.entry(&owner.id).or_insert(owner);
    }
    let mut plans: BTreeMap<&OwnerId, RealizationPlan<'_>> = owners
        .into_iter()
        .map(|(id, owner)| (id, RealizationPlan::of(owner)))
        .collect();

    let mut owner_of: BTreeMap<&NodeId, &OwnerId> = BTreeMap::new();
    let mut nodes: Vec<&Node> = map.nodes.iter().collect();
    nodes.sort_by_key(|node| {
        let stage = std::cmp::Reverse(node.kind.stage());
        (stage, node.due.is_none(), node.due, &node.id)
    });
    for node in nodes {
        let Some(owner) = &node.owner else { continue };
        owner_of.insert(&node.id, owner);
        if let Some(plan) = plans.get_mut(owner) {
            let list = if node.kind.is_outcome() {
                &mut plan.outcomes
            } else {
                &mut plan.outputs
            };
            list.push(node);
        }
    }
    for (owner, activity) in in_order(map) {
        if let Some(plan) = plans.get_mut(owner) {
            plan.activities.push(activity);
        }
    }
    let mut kpis: Vec<&Kpi> = map.kpis.iter().collect();
    kpis.sort_by(|a, b| a.id.cmp(&b.id));
    for kpi in kpis {
        let responsible = kpi.measurement.as_ref().and_then(|m| m.responsible.as_ref());
        for id in both(owner_of.get(&kpi.node).copied(), responsible) {
            if let Some(plan) = plans.get_mut(id) {
                plan.kpis.push(kpi);
            }
        }
    }
    let mut risks: Vec<&Risk> = map
        .risks
        .iter()
        .filter(|risk| risk.status == RiskStatus::Open)
        .collect();
    risks.sort_by_key(|risk| (std::cmp::Reverse(risk.exposure()), &risk.id));
    for risk in risks {
        let threatened = match &risk.threatens {
            Some(Threatened::Node(id)) => owner_of.get(id).copied(),
            // A link is its target's: that is where the benefit fails to come.
            Some(Threatened::Link { to, .. }) => owner_of.get(to).copied(),
            None => None,
        };
        for id in both(threatened, risk.owner.as_ref()) {
            if let Some(plan) = plans.get_mut(id) {
                plan.risks.push(risk);
            }
        }
    }
    plans.into_values().filter(|plan| !plan.is_empty()).collect()
}

/// The owners of the two, each once.
fn both<'m>(a: Option<&'m OwnerId>, b: Option<&'m OwnerId>) -> impl Iterator<Item = &'m OwnerId> {
    a.into_iter().chain(b.filter(|b| a != Some(*b)))
}

impl<'m> RealizationPlan<'m> {
    fn of(owner: &'m Owner) -> Self {
        Self {
            owner,
            outcomes: Vec::new(),
            outputs: Vec::new(),
            activities: Vec::new(),
            kpis: Vec::new(),
            risks: Vec::new(),
        }
    }

    fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
            && self.outputs.is_empty()
            && self.activities.is_empty()
            && self.kpis.is_empty()
            && self.risks.is_empty()
    }
}

/// All activities of all plans in one order, each with whose it is. Of several with one id the first stands for it.
fn in_order(map: &BenefitMap) -> Vec<(&OwnerId, PlannedActivity<'_>)> {
    let mut all: Vec<(&OwnerId, &Activity)> = Vec::new();
    let mut place: BTreeMap<&ActivityId, usize> = BTreeMap::new();
    for plan in &map.plans {
        for activity in &plan.activities {
            place.entry(&activity.id).or_insert(all.len());
            all.push((&plan.owner, activity));
        }
    }
    let mut waiting = vec![0usize; all.len()];
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
    for (at, (_, activity)) in all.iter().enumerate() {
        let after: BTreeSet<_> = activity.after.iter().filter_map(|id| place.get(id)).collect();
        for before in after {
            next[*before].push(at);
            waiting[at] += 1;
        }
    }
    type Key<'m> = (bool, Option<Day>, u16, &'m ActivityId, usize);
    let key = |at: usize| -> Key<'_> {
        let a = all[at].1;
        (a.start.is_none(), a.start, a.priority.unwrap_or(u16::MAX), &a.id, at)
    };
    let mut free: BTreeSet<Key<'_>> = (0..all.len()).filter(|at| waiting[*at] == 0).map(key).collect();
    let mut order = Vec::with_capacity(all.len());
    while let Some((.., at)) = free.pop_first() {
        order.push(at);
        for later in &next[at] {
            waiting[*later] -= 1;
            if waiting[*later] == 0 {
                free.insert(key(*later));
            }
        }
    }
    let stuck: BTreeSet<Key<'_>> = (0..all.len()).filter(|at| waiting[*at] > 0).map(key).collect();
    let sorted = order.len();
    order.extend(stuck.into_iter().map(|(.., at)| at));
    let in_loop = loops(&next, &order[sorted..]);
    order
        .into_iter()
        .map(|at| {
            let (owner, activity) = all[at];
            let waits_for = activity
                .after
                .iter()
                .map(|id| (id, place.get(id).map(|before| all[*before].0)))
                .collect();
            let planned = PlannedActivity {
                activity,
                waits_for,
                in_loop: in_loop.contains(&at),
            };
            (owner, planned)
        })
        .collect()
}

/// Those of the stuck activities that come round to themselves, or stand between two such loops; the others only wait
/// for one that does.
fn loops(next: &[Vec<usize>], stuck: &[usize]) -> BTreeSet<usize> {
    // What nothing stuck waits for is in no loop; such are taken away, one after the other, until none is left.
    let mut left: BTreeSet<usize> = stuck.iter().copied().collect();
    let mut before: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut later: BTreeMap<usize, usize> = BTreeMap::new();
    for at in stuck {
        // Whatever waits for something stuck is stuck itself.
        later.insert(*at, next[*at].len());
        for waiting in &next[*at] {
            before.entry(*waiting).or_default().push(*at);
        }
    }
    let mut ends: Vec<usize> = stuck.iter().copied().filter(|at| next[*at].is_empty()).collect();
    while let Some(end) = ends.pop() {
        left.remove(&end);
        for at in before.get(&end).into_iter().flatten() {
            if let Some(count) = later.get_mut(at) {
                *count -= 1;
                if *count == 0 {
                    ends.push(*at);
                }
            }
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(json: &str) -> BenefitMap {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_plan_holds_what_the_owner_sees_to() {
        let map = map(
            r#"{"format": 1, "owners": [{"id": "b", "name": "B"}, {"id": "a", "name": "A"}, {"id": "c", "name": "C"}],
                "nodes": [{"id": "n1", "kind": "enabler", "owner": "a"},
                          {"id": "n2", "kind": "intermediate-outcome", "owner": "a", "due": "2027-01-01"},
                          {"id": "n3", "kind": "end-outcome", "owner": "a"},
                          {"id": "n4", "kind": "end-outcome", "owner": "a", "due": "2028-01-01"}],
                "kpis": [{"id": "k2", "node": "n1"}, {"id": "k1", "node": "n2", "measurement": {"responsible": "b"}}],
                "risks": [{"id": "r1", "threatens": "n1", "likelihood": 1, "impact": 1},
                          {"id": "r2", "threatens": "x -> n2", "likelihood": 5, "impact": 5},
                          {"id": "r3", "owner": "a"}, {"id": "r4", "owner": "a", "status": "closed"}]}"#,
        );
        let plans = realization_plans(&map);
        assert_eq!(plans.len(), 2);
        let ids = |nodes: &[&Node]| nodes.iter().map(|n| n.id.to_string()).collect::<Vec<_>>();
        assert_eq!(ids(&plans[0].outcomes), ["n4", "n3", "n2"]);
        assert_eq!(ids(&plans[0].outputs), ["n1"]);
        let kpis = |plan: &RealizationPlan<'_>| plan.kpis.iter().map(|k| k.id.to_string()).collect::<Vec<_>>();
        assert_eq!(kpis(&plans[0]), ["k1", "k2"]);
        assert_eq!(kpis(&plans[1]), ["k1"]);
        let risks: Vec<_> = plans[0].risks.iter().map(|r| r.id.to_string()).collect();
        assert_eq!(risks, ["r2", "r1", "r3"]);
    }

    #[test]
    fn activities_follow_what_they_wait_for_across_plans() {
        let map = map(
            r#"{"format": 1, "owners": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
                "plans": [
                  {"owner": "a", "activities": [
                    {"id": "late", "start": "2026-01-01", "after": ["far", "gone"]},
                    {"id": "plain"},
                    {"id": "second", "start": "2026-02-01", "priority": 2},
                    {"id": "first", "start": "2026-02-01", "priority": 1}]},
                  {"owner": "b", "activities": [
                    {"id": "far", "start": "2027-01-01"},
                    {"id": "hen", "after": ["egg"]}, {"id": "egg", "after": ["hen"]}, {"id": "omelette", "after": ["egg"]}]}]}"#,
        );
        let plans = realization_plans(&map);
        let order = |plan: &RealizationPlan<'_>| {
            plan.activities
                .iter()
                .map(|a| format!("{}{}", a.activity.id, if a.in_loop { " (loop)" } else { "" }))
                .collect::<Vec<_>>()
        };
        // `far` begins in 2027, before `plain`, which says no day; `late` waits for it whatever its own day says.
        assert_eq!(order(&plans[0]), ["first", "second", "late", "plain"]);
        assert_eq!(order(&plans[1]), ["far", "egg (loop)", "hen (loop)", "omelette"]);
        let late = &plans[0].activities[2];
        let waits: Vec<_> = late
            .waits_for
            .iter()
            .map(|(id, owner)| (id.as_str(), owner.map(|o| o.as_str())))
            .collect();
        assert_eq!(waits, [("far", Some("b")), ("gone", None)]);
    }
}
