//! What points at what: what a record names, and who names a record.

use super::record::Record;
use crate::finding::Subject;
use crate::map::{Activity, ActivityId, BenefitMap, Threatened};

/// What a threat is to, as a subject.
fn threatened(threat: &Threatened) -> Subject {
    match threat {
        Threatened::Node(id) => Subject::Node(id.clone()),
        Threatened::Link { from, to } => Subject::Link {
            from: from.clone(),
            to: to.clone(),
        },
    }
}

fn of_activity(activity: &Activity) -> impl Iterator<Item = (&'static str, Subject)> {
    let node = activity.node.iter().map(|id| ("node", Subject::Node(id.clone())));
    node.chain(activity.after.iter().map(|id| ("after", Subject::Activity(id.clone()))))
}

/// What a record points at, each with the field that does.
pub(super) fn of(record: &Record) -> Vec<(&'static str, Subject)> {
    let mut out = Vec::new();
    match record {
        Record::Node(node) => {
            out.extend(node.owner.iter().map(|id| ("owner", Subject::Owner(id.clone()))));
            out.extend(
                node.partners
                    .iter()
                    .map(|id| ("partners", Subject::Partner(id.clone()))),
            );
        }
        Record::Link(link) => {
            out.push(("from", Subject::Node(link.from.clone())));
            out.push(("to", Subject::Node(link.to.clone())));
        }
        Record::Kpi(kpi) => {
            out.push(("node", Subject::Node(kpi.node.clone())));
            let responsible = kpi.measurement.iter().filter_map(|plan| plan.responsible.as_ref());
            out.extend(responsible.map(|id| ("responsible", Subject::Owner(id.clone()))));
        }
        Record::Risk(risk) => {
            out.extend(risk.owner.iter().map(|id| ("owner", Subject::Owner(id.clone()))));
            out.extend(risk.threatens.iter().map(|threat| ("threatens", threatened(threat))));
        }
        Record::Plan(plan) => {
            out.push(("owner", Subject::Owner(plan.owner.clone())));
            let own = |subject: &Subject| {
                plan.activities
                    .iter()
                    .any(|activity| matches!(subject, Subject::Activity(id) if *id == activity.id))
            };
            let all = plan.activities.iter().flat_map(of_activity);
            out.extend(all.filter(|(_, subject)| !own(subject)));
        }
        Record::Activity(activity) => out.extend(of_activity(activity)),
        Record::Owner(_) | Record::Partner(_) => {}
    }
    out
}

/// The first record that points at another; of a plan, also what points at its activities from outside.
pub(super) fn who_needs(map: &BenefitMap, what: &Subject) -> Option<Subject> {
    let activities = || map.plans.iter().flat_map(|plan| &plan.activities);
    match what {
        Subject::Node(id) => {
            let links = map.links.iter().find(|link| link.from == *id || link.to == *id);
            let link = links.map(|link| Subject::Link {
                from: link.from.clone(),
                to: link.to.clone(),
            });
            let kpi = || {
                map.kpis
                    .iter()
                    .find(|kpi| kpi.node == *id)
                    .map(|kpi| Subject::Kpi(kpi.id.clone()))
            };
            let activity = || {
                activities()
                    .find(|activity| activity.node.as_ref() == Some(id))
                    .map(|activity| Subject::Activity(activity.id.clone()))
            };
            link.or_else(kpi).or_else(|| risk(map, what)).or_else(activity)
        }
        Subject::Link { .. } => risk(map, what),
        Subject::Owner(id) => {
            let node = map.nodes.iter().find(|node| node.owner.as_ref() == Some(id));
            let node = node.map(|node| Subject::Node(node.id.clone()));
            let kpi = || {
                let responsible = |kpi: &&crate::map::Kpi| {
                    kpi.measurement.as_ref().and_then(|plan| plan.responsible.as_ref()) == Some(id)
                };
                map.kpis
                    .iter()
                    .find(responsible)
                    .map(|kpi| Subject::Kpi(kpi.id.clone()))
            };
            let risk = || {
                let risk = map.risks.iter().find(|risk| risk.owner.as_ref() == Some(id));
                risk.map(|risk| Subject::Risk(risk.id.clone()))
            };
            let plan = || {
                let plan = map.plans.iter().find(|plan| plan.owner == *id);
                plan.map(|plan| Subject::Plan(plan.owner.clone()))
            };
            node.or_else(kpi).or_else(risk).or_else(plan)
        }
        Subject::Partner(id) => {
            let node = map.nodes.iter().find(|node| node.partners.contains(id));
            node.map(|node| Subject::Node(node.id.clone()))
        }
        Subject::Activity(id) => {
            let activity = activities().find(|activity| activity.after.contains(id) && activity.id != *id);
            activity.map(|activity| Subject::Activity(activity.id.clone()))
        }
        Subject::Plan(owner) => {
            let (own, others): (Vec<_>, Vec<_>) = map.plans.iter().partition(|plan| plan.owner == *owner);
            let own = |id: &ActivityId| own.iter().flat_map(|plan| &plan.activities).any(|a| a.id == *id);
            let mut others = others.iter().flat_map(|plan| &plan.activities);
            let after = others.find(|activity| activity.after.iter().any(own));
            after.map(|activity| Subject::Activity(activity.id.clone()))
        }
        Subject::Map | Subject::Kpi(_) | Subject::Risk(_) | Subject::Allowance(_) | Subject::Review(_) => None,
    }
}

/// The first risk that threatens it.
fn risk(map: &BenefitMap, what: &Subject) -> Option<Subject> {
    let threatens = |risk: &&crate::map::Risk| {
        risk.threatens
            .as_ref()
            .is_some_and(|threat| threatened(threat) == *what)
    };
    map.risks
        .iter()
        .find(threatens)
        .map(|risk| Subject::Risk(risk.id.clone()))
}

/// Whether a risk threatens it.
pub(super) fn threatens(risk: &crate::map::Risk, what: &Subject) -> bool {
    risk.threatens
        .as_ref()
        .is_some_and(|threat| threatened(threat) == *what)
}
