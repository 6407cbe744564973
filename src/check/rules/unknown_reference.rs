//! BM101: references to nothing.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
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
    severities: severities("EEEE"),
    plain: Plain::counted(
        "1 thing points at something that is not there",
        "# things point at something that is not there",
    ),
    page: include_str!("../../../docs/rules/unknown-reference.md"),
    ..Rule::of(run)
};

/// What ids of one sort there are, and what was perhaps meant by those that there are not.
struct Ids<'m> {
    noun: &'static str,
    /// In the map's order, in which they are searched for what was meant.
    all: Vec<&'m str>,
    /// The same, for looking up; `None` for nodes, which the graph knows.
    known: Option<HashSet<&'m str>>,
    meant: HashMap<&'m str, Option<&'m str>>,
}

impl<'m> Ids<'m> {
    fn of_nodes(ctx: &Context<'m>) -> Self {
        Self {
            noun: "node",
            all: ctx.graph.nodes().map(|ix| ctx.graph.id(ix).as_str()).collect(),
            known: None,
            meant: HashMap::new(),
        }
    }

    fn new(noun: &'static str, ids: impl Iterator<Item = &'m str>) -> Self {
        let all: Vec<&str> = ids.collect();
        Self {
            noun,
            known: Some(all.iter().copied().collect()),
            all,
            meant: HashMap::new(),
        }
    }

    fn has(&self, ctx: &Context<'m>, id: &str) -> bool {
        match &self.known {
            Some(known) => known.contains(id),
            None => ctx.graph.find(id).is_some(),
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
        if self.has(ctx, id) {
            return None;
        }
        let all = self.all.iter().copied();
        let meant = *self.meant.entry(id).or_insert_with(|| ctx.meant(id, all));
        let noun = self.noun;
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("add the {noun}, or correct the id"),
        };
        let message = format!("{role} `{id}`, but the map has no {noun} with that id");
        Some(Fault::new(subject(), message).field(field).help(help))
    }
}

/// Hands over the faults of records, each given by its place in the list, with their places among those of one id.
fn push<'m>(sink: &mut Sink<'_>, ids: impl Iterator<Item = &'m str>, faults: Vec<(usize, Fault)>) {
    let mut faults = faults.into_iter().peekable();
    if faults.peek().is_none() {
        return;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (at, id) in ids.enumerate() {
        let count = seen.entry(id).or_insert(0);
        while let Some((_, fault)) = faults.next_if(|(of, _)| *of == at) {
            sink.push(fault.occurrence(*count));
        }
        *count += 1;
    }
}

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let map: &BenefitMap = ctx.map;
    let mut nodes = Ids::of_nodes(ctx);
    let mut owners = Ids::new("owner", map.owners.iter().map(|owner| owner.id.as_str()));
    let mut partners = Ids::new("partner", map.partners.iter().map(|partner| partner.id.as_str()));
    let activities = map.plans.iter().flat_map(|plan| &plan.activities);
    let mut activity_ids = Ids::new("activity", activities.clone().map(|activity| activity.id.as_str()));

    let in_appraisal = || map.appraisal.iter().flat_map(|appraisal| &appraisal.options);
    let mut options = Ids::new("option", in_appraisal().map(|option| option.id.as_str()));
    for (option, id) in in_appraisal().flat_map(|option| option.nodes.iter().map(move |id| (option, id))) {
        let role = format!("the option `{}` names", option.id);
        if let Some(fault) = nodes.fault(ctx, id.as_str(), &role, "appraisal", || Subject::Map) {
            sink.push(fault);
        }
    }

    let mut faults = Vec::new();
    for (at, node) in map.nodes.iter().enumerate() {
        let subject = || Subject::Node(node.id.clone());
        let owner = node.owner.iter();
        let owner = owner.filter_map(|id| owners.fault(ctx, id.as_str(), "its owner is", "owner", subject));
        let partner = node.partners.iter();
        let partner = partner.filter_map(|id| partners.fault(ctx, id.as_str(), "a partner is", "partners", subject));
        let option = node.cost.iter().filter_map(|cost| cost.option.as_ref());
        let option =
            option.filter_map(|id| options.fault(ctx, id.as_str(), "a cost belongs to the option", "cost", subject));
        faults.extend(owner.chain(partner).chain(option).map(|fault| (at, fault)));
    }
    push(sink, map.nodes.iter().map(|node| node.id.as_str()), faults);

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

    for (_, id) in map.arrangement.iter().flat_map(|arrangement| arrangement.order.iter()) {
        let role = "the arrangement names";
        if let Some(fault) = nodes.fault(ctx, id.as_str(), role, "arrangement", || Subject::Map) {
            sink.push(fault);
        }
    }

    let mut faults = Vec::new();
    for (at, kpi) in map.kpis.iter().enumerate() {
        let subject = || Subject::Kpi(kpi.id.clone());
        let node = nodes.fault(ctx, kpi.node.as_str(), "the KPI measures", "node", subject);
        let responsible = kpi.measurement.iter().filter_map(|plan| plan.responsible.as_ref());
        let responsible = responsible.filter_map(|id| {
            owners.fault(
                ctx,
                id.as_str(),
                "the person responsible for its values is",
                "measurement",
                subject,
            )
        });
        faults.extend(node.into_iter().chain(responsible).map(|fault| (at, fault)));
    }
    push(sink, map.kpis.iter().map(|kpi| kpi.id.as_str()), faults);

    let mut links: Option<HashSet<(&str, &str)>> = None;
    let mut faults = Vec::new();
    for (at, risk) in map.risks.iter().enumerate() {
        let subject = || Subject::Risk(risk.id.clone());
        let owner = risk.owner.iter();
        let owner = owner.filter_map(|id| owners.fault(ctx, id.as_str(), "its owner is", "owner", subject));
        faults.extend(owner.map(|fault| (at, fault)));
        match &risk.threatens {
            None => {}
            Some(Threatened::Node(id)) => {
                let fault = nodes.fault(ctx, id.as_str(), "the risk threatens", "threatens", subject);
                faults.extend(fault.map(|fault| (at, fault)));
            }
            Some(Threatened::Link { from, to }) => {
                let all = map.links.iter();
                let links = links.get_or_insert_with(|| all.map(|l| (l.from.as_str(), l.to.as_str())).collect());
                if !links.contains(&(from.as_str(), to.as_str())) {
                    let message = format!("the risk threatens the link `{from} -> {to}`, but the map has no such link");
                    let fault = Fault::new(subject(), message).field("threatens");
                    faults.push((
                        at,
                        fault.help("add the link, or name the node or the link that is meant"),
                    ));
                }
            }
        }
    }
    push(sink, map.risks.iter().map(|risk| risk.id.as_str()), faults);

    let (mut of_plans, mut faults) = (Vec::new(), Vec::new());
    for (at, plan) in map.plans.iter().enumerate() {
        let subject = || Subject::Plan(plan.owner.clone());
        let fault = owners.fault(ctx, plan.owner.as_str(), "the plan is that of", "owner", subject);
        of_plans.extend(fault.map(|fault| (at, fault)));
    }
    push(sink, map.plans.iter().map(|plan| plan.owner.as_str()), of_plans);
    for (at, activity) in activities.clone().enumerate() {
        let subject = || Subject::Activity(activity.id.clone());
        let node = activity.node.iter();
        let node = node.filter_map(|id| nodes.fault(ctx, id.as_str(), "the activity serves", "node", subject));
        let after = activity.after.iter();
        let role = "the activity comes after";
        let after = after.filter_map(|id| activity_ids.fault(ctx, id.as_str(), role, "after", subject));
        faults.extend(node.chain(after).map(|fault| (at, fault)));
    }
    push(sink, activities.map(|activity| activity.id.as_str()), faults);
}
