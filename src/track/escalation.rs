//! What each owner must be told: who has to act, on what, and why.

use std::collections::BTreeMap;

use crate::map::{BenefitMap, Kpi, Node, Owner, words};

use super::{Outlook, Prospect, Standing, Status, Warning};

words! {
    /// Why somebody must be told, the gravest first.
    Cause {
        /// A final target has fallen due and is not met.
        Missed = "missed",
        /// A KPI is behind its trajectory by more than the red tolerance.
        OffTrack = "off-track",
        /// A final target was met, and is no longer.
        Lost = "lost",
        /// A KPI is behind its trajectory by more than the amber tolerance.
        AtRisk = "at-risk",
        /// A KPI is not behind, but neither its forecast nor either end of the interval meets its next target.
        TargetUnlikely = "target-unlikely",
        /// Something upstream of an outcome is missed or off track.
        EarlyWarning = "early-warning",
        /// A measurement that was due has not come, or the final figure has not.
        Overdue = "overdue",
    }
}

/// All that one owner must be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalation<'m> {
    /// The owner; `None` for matters that nobody in the map owns.
    pub owner: Option<&'m Owner>,
    /// The matters, the gravest first, then by node and KPI; never empty.
    pub matters: Vec<Matter<'m>>,
}

/// One thing that an owner must be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Matter<'m> {
    /// Why.
    pub cause: Cause,
    /// The node that it is about; `None` where the KPI's node is not in the map.
    pub node: Option<&'m Node>,
    /// The KPI that shows it: for an early warning, the one upstream.
    pub kpi: &'m Kpi,
    /// What shows it, which [`Matter::facts`] puts into words.
    pub sign: Sign<'m>,
}

/// What shows that there is a matter.
#[derive(Debug, Clone, PartialEq)]
pub enum Sign<'m> {
    /// How the KPI itself stands.
    Itself(Box<Outlook<'m>>),
    /// What is behind upstream.
    Upstream(Warning<'m>),
}

/// What each owner must be told, by owner id, last what nobody owns; owners with nothing to be told are left out.
///
/// A KPI's matters go to the owner of its node, an early warning to the owner of the outcome that is warned, and an
/// overdue measurement also to whoever is responsible for it. A KPI has one matter of its standing, the gravest, and
/// besides it may be overdue.
/// ```
/// use benefit_map::graph::BenefitGraph;
/// use benefit_map::map::{BenefitMap, Locale};
/// use benefit_map::track::{Cause, Measurement, escalate, standing};
///
/// let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "Rounds",
///   "owners": [{"id": "dir", "name": "Director"}],
///   "nodes": [{"id": "rounds", "kind": "business-change", "owner": "dir"}],
///   "kpis": [{"id": "km", "node": "rounds", "unit": "km", "baseline": {"date": "2026-01-01", "value": 100},
///             "targets": [{"date": "2026-03-31", "value": 50}]}]}"#)?;
/// let measured = Measurement::new("km".parse().unwrap(), "2026-03-31".parse().unwrap(), 60.into());
/// let standing = standing(&BenefitGraph::new(&map), &[measured].into_iter().collect(), "2026-04-30".parse().unwrap());
/// let letters = escalate(&map, &standing);
/// assert_eq!(letters[0].owner.map(|owner| owner.name.as_str()), Some("Director"));
/// let matter = &letters[0].matters[0];
/// assert_eq!(matter.cause, Cause::Missed);
/// assert_eq!(matter.facts(Locale::plain()), "60 km measured on 2026-03-31, the target was 50 km by 2026-03-31");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn escalate<'m>(map: &'m BenefitMap, standing: &Standing<'m>) -> Vec<Escalation<'m>> {
    let owners = first_by_id(&map.owners, |owner| &owner.id);
    let nodes = first_by_id(&map.nodes, |node| &node.id);
    let owner_of = |node: Option<&'m Node>| node?.owner.as_ref().and_then(|id| owners.get(id).copied());
    let mut told: Vec<(Option<&'m Owner>, Matter<'m>)> = Vec::new();
    for outlook in &standing.kpis {
        let node = nodes.get(&outlook.kpi.node).copied();
        let owner = owner_of(node);
        let matter = |cause| Matter {
            cause,
            node,
            kpi: outlook.kpi,
            sign: Sign::Itself(Box::new(outlook.clone())),
        };
        if let Some(cause) = gravest(outlook) {
            told.push((owner, matter(cause)));
        }
        if outlook.overdue > 0 {
            let responsible = outlook.kpi.measurement.as_ref().and_then(|m| m.responsible.as_ref());
            let responsible = responsible.and_then(|id| owners.get(id).copied());
            told.push((owner, matter(Cause::Overdue)));
            if let Some(responsible) = responsible.filter(|r| owner.is_none_or(|o| o.id != r.id)) {
                told.push((Some(responsible), matter(Cause::Overdue)));
            }
        }
    }
    for standing in standing.nodes.iter().filter(|s| s.node.kind.is_outcome()) {
        if let Some(warning) = &standing.warning {
            let matter = Matter {
                cause: Cause::EarlyWarning,
                node: Some(standing.node),
                kpi: warning.kpi,
                sign: Sign::Upstream(warning.clone()),
            };
            told.push((owner_of(Some(standing.node)), matter));
        }
    }
    told.sort_by(|(a, x), (b, y)| {
        let owner = |o: &Option<&'m Owner>| (o.is_none(), o.map(|o| &o.id));
        let place = |m: &Matter<'m>| (m.cause, m.node.map(|n| &n.id), &m.kpi.id);
        (owner(a), place(x)).cmp(&(owner(b), place(y)))
    });
    let mut out: Vec<Escalation<'m>> = Vec::new();
    for (owner, matter) in told {
        match out.last_mut() {
            Some(last) if last.owner.map(|o| &o.id) == owner.map(|o| &o.id) => last.matters.push(matter),
            _ => out.push(Escalation {
                owner,
                matters: vec![matter],
            }),
        }
    }
    out
}

/// Where several share an id the first stands for it, as in the graph.
fn first_by_id<'m, T, Id: Ord>(all: &'m [T], id: impl Fn(&'m T) -> &'m Id) -> BTreeMap<&'m Id, &'m T> {
    let mut index = BTreeMap::new();
    for thing in all {
        index.entry(id(thing)).or_insert(thing);
    }
    index
}

/// The gravest that is to be told of how a KPI stands; `None` where all is well or nothing is known.
fn gravest(o: &Outlook<'_>) -> Option<Cause> {
    o.last?;
    match o.status {
        Status::Missed => Some(Cause::Missed),
        Status::OffTrack => Some(Cause::OffTrack),
        _ if o.lost.is_some() => Some(Cause::Lost),
        Status::AtRisk => Some(Cause::AtRisk),
        Status::OnTrack | Status::NotDue if o.prospect == Some(Prospect::Unlikely) => Some(Cause::TargetUnlikely),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::BenefitGraph;
    use crate::map::{Day, KpiId, Locale, Number};
    use crate::track::{Measurement, standing};

    #[test]
    fn each_owner_is_told_what_is_theirs_gravest_first() {
        let map: BenefitMap = serde_json::from_str(
            r#"{"format": 1,
                "owners": [{"id": "zoe", "name": "Zoe"}, {"id": "ann", "name": "Ann"}, {"id": "idle", "name": "Idle"}],
                "nodes": [
                  {"id": "sensors", "kind": "enabler", "owner": "zoe"},
                  {"id": "rounds", "kind": "business-change"},
                  {"id": "cost", "kind": "end-outcome", "owner": "ann"}],
                "links": [{"from": "sensors", "to": "rounds"}, {"from": "rounds", "to": "cost"}],
                "kpis": [
                  {"id": "live", "node": "sensors", "unit": "sensors", "baseline": {"date": "2026-01-01", "value": 0},
                   "targets": [{"date": "2026-04-11", "value": 200}, {"date": "2026-12-31", "value": 400}],
                   "measurement": {"frequency": "monthly", "responsible": "ann"}},
                  {"id": "km", "node": "rounds", "unit": "km", "baseline": {"date": "2026-01-01", "value": 100},
                   "targets": [{"date": "2026-03-31", "value": 50}]}]}"#,
        )
        .unwrap();
        let row = |kpi: &str, date: &str, value: i32| {
            Measurement::new(KpiId::new(kpi).unwrap(), Day::new(date).unwrap(), Number::from(value))
        };
        let rows = [
            row("live", "2026-02-20", 40),
            row("km", "2026-03-30", 60),
            row("km", "2026-03-31", 60),
        ];
        let graph = BenefitGraph::new(&map);
        let standing = standing(&graph, &rows.into_iter().collect(), Day::new("2026-04-30").unwrap());
        let told: Vec<String> = escalate(&map, &standing)
            .iter()
            .flat_map(|e| {
                let owner = e.owner.map_or("nobody", |o| o.id.as_str()).to_owned();
                e.matters
                    .iter()
                    .map(move |m| format!("{owner}: {} {}: {}", m.cause, m.kpi.id, m.facts(Locale::plain())))
            })
            .collect();
        // 50 of 100 days: 100 of 200 sensors expected, 40 live: 60% short. Due since: March and April.
        assert_eq!(
            told,
            [
                "ann: early-warning km: rounds (missed) -> cost",
                "ann: overdue live: 2 periods overdue (to be measured: monthly), last measured on 2026-02-20",
                "zoe: off-track live: 40 sensors measured on 2026-02-20, 100 sensors expected (-60%)",
                "zoe: overdue live: 2 periods overdue (to be measured: monthly), last measured on 2026-02-20",
                "nobody: missed km: 60 km measured on 2026-03-31, the target was 50 km by 2026-03-31",
            ]
        );
    }
}
