//! BM102: ids are unique across the map.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::quoted;
use crate::finding::Subject;
use std::collections::{HashMap, HashSet};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM102",
    slug: "duplicate-id",
    family: Family::Structure,
    summary: "an id that is used by several things",
    source: "benefit-map file format",
    severities: severities("EEEE"),
    plain: Plain::counted("1 id is used twice", "# ids are used twice"),
    page: include_str!("../../../docs/rules/duplicate-id.md"),
    ..Rule::of(run)
};

/// The sorts of record that have an id, in the order in which they are looked at.
const NOUNS: [&str; 6] = ["a node", "an owner", "a KPI", "a risk", "an activity", "a partner"];

#[derive(Default)]
struct Taken {
    /// The first record of the id, and its title.
    first: Option<(usize, String)>,
    /// How many records of each sort have it.
    count: [usize; 6],
}

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let map = ctx.map;
    // Two passes: nearly always nothing is found, and the titles are only needed where something is.
    let activities = || map.plans.iter().flat_map(|plan| &plan.activities);
    let records = || {
        let nodes = map.nodes.iter().map(|r| (0, r.id.as_str(), r.title.as_str()));
        let owners = map.owners.iter().map(|r| (1, r.id.as_str(), r.name.as_str()));
        let kpis = map.kpis.iter().map(|r| (2, r.id.as_str(), r.title.as_str()));
        let risks = map.risks.iter().map(|r| (3, r.id.as_str(), r.title.as_str()));
        let activities = activities().map(|r| (4, r.id.as_str(), r.title.as_str()));
        let partners = map.partners.iter().map(|r| (5, r.id.as_str(), r.name.as_str()));
        nodes
            .chain(owners)
            .chain(kpis)
            .chain(risks)
            .chain(activities)
            .chain(partners)
    };
    let mut twice: HashMap<&str, Taken> = HashMap::new();
    // The graph knows the nodes' ids already.
    for (position, _) in ctx.graph.duplicates() {
        twice.entry(map.nodes[*position].id.as_str()).or_default();
    }
    let mut others = HashSet::with_capacity(map.kpis.len());
    for (_, id, _) in records().skip(map.nodes.len()) {
        if !others.insert(id) || ctx.graph.find(id).is_some() {
            twice.entry(id).or_default();
        }
    }
    if !twice.is_empty() {
        for (sort, id, title) in records() {
            let Some(entry) = twice.get_mut(id) else { continue };
            let occurrence = entry.count[sort];
            entry.count[sort] += 1;
            let Some((first, first_title)) = &entry.first else {
                entry.first = Some((sort, quoted(title)));
                continue;
            };
            let message = format!(
                "id `{id}` is given to {} {}, and before that to {} {first_title}",
                NOUNS[sort],
                quoted(title),
                NOUNS[*first],
            );
            let fault = Fault::new(subject(sort, id), message)
                .field("id")
                .occurrence(occurrence);
            let fault = fault.related(subject(*first, id), "the first thing with this id");
            sink.push(fault.help("give one of them another id, and correct the references that mean it"));
        }
    }
    let mut plans: HashMap<&str, usize> = HashMap::new();
    for plan in &map.plans {
        let count = plans.entry(plan.owner.as_str()).or_insert(0);
        if *count > 0 {
            let message = format!("owner `{}` has more than one plan", plan.owner);
            let fault = Fault::new(Subject::Plan(plan.owner.clone()), message)
                .field("owner")
                .occurrence(*count);
            sink.push(fault.help("put all activities of the owner into one plan"));
        }
        *count += 1;
    }
}

fn subject(sort: usize, id: &str) -> Subject {
    let text = format!("{} {id}", ["node", "owner", "kpi", "risk", "activity", "partner"][sort]);
    // What is an id for one sort is one for all.
    text.parse().unwrap_or(Subject::Map)
}
