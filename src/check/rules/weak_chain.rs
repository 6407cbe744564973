//! BM303: end outcomes that rest on assumptions.

use crate::check::broken::aimed_at;
use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::graph::{Backing, NodeIx, Way};
use crate::map::NodeKind;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM303",
    slug: "weak-chain",
    family: Family::TheoryOfChange,
    summary: "an end outcome that no chain reaches with evidence at every step",
    source: "HM Treasury, Magenta Book (2020), theories of change; PAS 184:2017, 5.2; widest paths: M. Pollack, Operations Research 8 (1960)",
    severities: severities("--WE"),
    plain: Plain::counted(
        "1 end outcome rests on assumptions alone",
        "# end outcomes rest on assumptions alone",
    ),
    also_said_by: &["BM302"],
    page: include_str!("../../../docs/rules/weak-chain.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    // A map without any evidence is told of that once, as the links are.
    if ctx.is_without_evidence() {
        return;
    }
    let graph = ctx.graph;
    let doubtful = graph.reach(ctx.doubtful_upstream().iter(), Way::Downstream);
    let from_investments = graph.best_chains(graph.of_kind(NodeKind::Investment), Way::Downstream);
    let first = |ix: &NodeIx| graph.neighbours(*ix, Way::Upstream).next().is_none();
    let mut from_first = None;
    for end in graph.of_kind(NodeKind::EndOutcome) {
        if doubtful.contains(end) || ctx.is_twofold(end) || !aimed_at(ctx.node(end)) {
            continue;
        }
        let best = match from_investments.backing(end) {
            Some(_) => &from_investments,
            None => from_first.get_or_insert_with(|| graph.best_chains(graph.nodes().filter(first), Way::Downstream)),
        };
        let (Some(backing), Some(weakest)) = (best.backing(end), best.weakest(end)) else {
            continue;
        };
        if backing.is_evidence() {
            continue;
        }
        let message = format!(
            "no chain to {} is backed by evidence at every step: the best is {}, and the step from {} to {} {}",
            ctx.kind_and_name(end),
            ctx.chain(&best.chain(end)),
            ctx.name(weakest.from),
            ctx.name(weakest.to),
            what_there_is(backing)
        );
        let mut fault = Fault::new(ctx.subject(end), message);
        let steps = best.links(end);
        for step in steps.iter().filter(|step| !step.backing().is_evidence()).take(MOST) {
            let phrase = format!(
                "from {} to {}: {}",
                ctx.name(step.from),
                ctx.name(step.to),
                step.backing().label()
            );
            fault = fault.related(ctx.link_subject(step.from, step.to), phrase);
        }
        sink.push(fault.help("find evidence for that step, or lead a chain to the outcome whose every step has some"));
    }
}

fn what_there_is(backing: Backing) -> &'static str {
    match backing {
        Backing::Assumed => "is only assumed",
        _ => "has no evidence",
    }
}

/// Steps that are named one by one.
const MOST: usize = 50;
