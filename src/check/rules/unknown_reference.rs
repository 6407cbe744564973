//! BM101: references to nothing.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;
use crate::map::{BenefitMap, Threatened};
use std::collections::{HashMap, HashSet};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM101",
    slug: "unknown-reference",
    family: Family::Structure,
    summary: "a reference to something that is not in the map",
    source: "benefit-map file format",
    severities: severities("EEE"),
    page: include_str!("../../../docs/rules/unknown-reference.md"),
    run,
};

/// What ids of one sort there are, and what was perhaps meant by those that there are not.
struct Ids<'m> {
    noun: &'static str,
    /// In the map's order, in which they are searched for what was meant.
    all: Vec<&'m str>,
    known: HashSet<&'m str>,
    meant: HashMap<&'m str, Option<&'m str>>,
}

impl<'m> Ids<'m> {
    fn new(noun: &'static str, ids: impl Iterator<Item = &'m str>) -> Self {
        let all: Vec<&str> = ids.collect();
        Self {
            noun,
            known: all.iter().copied().collect(),
            all,
            meant: HashMap::new(),
        }
    }

    /// The fault of a reference to `id`, with an article of the role that it plays; `None` where the id is known.
    fn fault(
        &mut self,
        ctx: &Context<'m>,
        id: &'m str,
        role: &str,
        field: &'static str,
        subject: impl FnOnce() -> Subject,
    ) -> Option<Fault> {
        if self.known.contains(id) {
            return None;
        }
        let all = self.all.iter().copied();
        let meant = *self.meant.entry(id).or_insert_with(|| ctx.meant(id, all));
        let noun = self.noun;
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("add the {noun}, or correct the id"),
        };
        let message = format!("{role} `{id}`, but there is no {noun} of that id");
        Some(Fault::new(subject(), message).field(field).help(help))
    }
}

/// Counts the records that share an id as they come.
#[derive(Default)]
struct Seen<'m>(HashMap<&'m str, usize>);

impl<'m> Seen<'m> {
    fn next(&mut self, id: &'m str) -> usize {
        let count = self.0.entry(id).or_insert(0);
        *count += 1;
        *count - 1
    }
}

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let map: &BenefitMap = ctx.map;
    let mut nodes = Ids::new("node", map.nodes.iter().map(|node| node.id.as_str()));
    let mut owners = Ids::new("owner", map.owners.iter().map(|owner| owner.id.as_str()));
    let mut partners = Ids::new("partner", map.partners.iter().map(|partner| partner.id.as_str()));
    let activities = map.plans.iter().flat_map(|plan| &plan.activities);
    let mut activity_ids = Ids::new("activity", activities.clone().map(|activity| activity.id.as_str()));

    let mut seen = Seen::default();
    for node in &map.nodes {
        let at = seen.next(node.id.as_str());
        let subject = || Subject::Node(node.id.clone());
        let owner = node.owner.iter();
        let owner = owner.filter_map(|id| owners.fault(ctx, id.as_str(), "its owner is", "owner", subject));
        let partner = node.partners.iter();
        let partner = partner.filter_map(|id| partners.fault(ctx, id.as_str(), "a partner is", "partners", subject));
        owner.chain(partner).for_each(|fault| sink.push(fault.occurrence(at)));
    }

    // A million links to one missing node are one fault, told once.
    let mut told: HashMap<(&str, &str), usize> = HashMap::new();
    for dangling in ctx.graph.dangling() {
        let link = dangling.link;
        *told.entry((link.from.as_str(), link.to.as_str())).or_insert(0) += 1;
    }
    for dangling in ctx.graph.dangling() {
        let link = dangling.link;
        let Some(times) = told.remove(&(link.from.as_str(), link.to.as_str())) else {
            continue;
        };
        let subject = || Subject::Link {
            from: link.from.clone(),
            to: link.to.clone(),
        };
        let which = match times {
            1 => "the link".to_owned(),
            _ => format!("each of {times} such links"),
        };
        let ends = [(&link.from, "begins at", "from"), (&link.to, "leads to", "to")];
        for (id, verb, field) in ends {
            let role = format!("{which} {verb}");
            if let Some(fault) = nodes.fault(ctx, id.as_str(), &role, field, subject) {
                sink.push(fault);
            }
        }
    }

    let mut seen = Seen::default();
    for kpi in &map.kpis {
        let at = seen.next(kpi.id.as_str());
        let subject = || Subject::Kpi(kpi.id.clone());
        let node = nodes.fault(ctx, kpi.node.as_str(), "the KPI measures", "node", subject);
        let responsible = kpi.measurement.iter().filter_map(|plan| plan.responsible.as_ref());
        let responsible = responsible.filter_map(|id| {
            owners.fault(
                ctx,
                id.as_str(),
                "whoever delivers its values is",
                "measurement",
                subject,
            )
        });
        node.into_iter()
            .chain(responsible)
            .for_each(|fault| sink.push(fault.occurrence(at)));
    }

    let mut links: Option<HashSet<(&str, &str)>> = None;
    let mut seen = Seen::default();
    for risk in &map.risks {
        let at = seen.next(risk.id.as_str());
        let subject = || Subject::Risk(risk.id.clone());
        let owner = risk.owner.iter();
        let owner = owner.filter_map(|id| owners.fault(ctx, id.as_str(), "its owner is", "owner", subject));
        owner.for_each(|fault| sink.push(fault.occurrence(at)));
        match &risk.threatens {
            None => {}
            Some(Threatened::Node(id)) => {
                if let Some(fault) = nodes.fault(ctx, id.as_str(), "the risk threatens", "threatens", subject) {
                    sink.push(fault.occurrence(at));
                }
            }
            Some(Threatened::Link { from, to }) => {
                let all = map.links.iter();
                let links = links.get_or_insert_with(|| all.map(|l| (l.from.as_str(), l.to.as_str())).collect());
                if !links.contains(&(from.as_str(), to.as_str())) {
                    let message = format!("the risk threatens the link `{from} -> {to}`, but there is no such link");
                    let fault = Fault::new(subject(), message).field("threatens").occurrence(at);
                    sink.push(fault.help("add the link, or name the node or the link that is meant"));
                }
            }
        }
    }

    let (mut seen, mut seen_activities) = (Seen::default(), Seen::default());
    for plan in &map.plans {
        let at = seen.next(plan.owner.as_str());
        let subject = || Subject::Plan(plan.owner.clone());
        if let Some(fault) = owners.fault(ctx, plan.owner.as_str(), "the plan is that of", "owner", subject) {
            sink.push(fault.occurrence(at));
        }
        for activity in &plan.activities {
            let at = seen_activities.next(activity.id.as_str());
            let subject = || Subject::Activity(activity.id.clone());
            let node = activity.node.iter();
            let node = node.filter_map(|id| nodes.fault(ctx, id.as_str(), "the activity serves", "node", subject));
            let after = activity.after.iter();
            let after = after
                .filter_map(|id| activity_ids.fault(ctx, id.as_str(), "the activity comes after", "after", subject));
            node.chain(after).for_each(|fault| sink.push(fault.occurrence(at)));
        }
    }
}
