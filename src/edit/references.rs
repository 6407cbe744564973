//! What points at what: what a record names, and who names a record.

use std::collections::BTreeSet;

use super::record::Record;
use crate::finding::Subject;
use crate::map::{Activity, ActivityId, Threatened};

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
            let ids: BTreeSet<&ActivityId> = plan.activities.iter().map(|activity| &activity.id).collect();
            let own = |subject: &Subject| matches!(subject, Subject::Activity(id) if ids.contains(id));
            let all = plan.activities.iter().flat_map(of_activity);
            out.extend(all.filter(|(_, subject)| !own(subject)));
        }
        Record::Activity(activity) => out.extend(of_activity(activity)),
        Record::Owner(_) | Record::Partner(_) => {}
    }
    out
}

/// Tells of every reference of a record: what refers, and to what. The activities of a plan refer by themselves.
pub(super) fn each_reference(record: &Record, mut tell: impl FnMut(Subject, Subject)) {
    if let Record::Plan(plan) = record {
        tell(record.subject(), Subject::Owner(plan.owner.clone()));
        for activity in &plan.activities {
            let user = Subject::Activity(activity.id.clone());
            of_activity(activity).for_each(|(_, target)| tell(user.clone(), target));
        }
        return;
    }
    let user = record.subject();
    of(record)
        .into_iter()
        .for_each(|(_, target)| tell(user.clone(), target));
}
