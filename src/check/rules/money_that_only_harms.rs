//! BM211: money that does no good.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
use crate::graph::{NodeIx, NodeSet, Way};
use crate::map::{Effect, NodeKind};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM211",
    slug: "money-that-only-harms",
    family: Family::LineOfSight,
    summary: "money that does harm on every chain to an end outcome",
    source: "PAS 184:2017, 5.2.1, 5.4.3 e; signed graphs: T. Zaslavsky, Discrete Applied Mathematics 4 (1982)",
    severities: severities("-WWE"),
    plain: Plain::counted("money of 1 box only does harm", "money of # boxes only does harm"),
    page: include_str!("../../../docs/rules/money-that-only-harms.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let graph = ctx.graph;
    // Where nothing hinders and nothing is a disbenefit, nothing harms.
    let harmless = |ix: NodeIx| !ctx.node(ix).disbenefit;
    if graph.of_kind(NodeKind::EndOutcome).all(harmless)
        && graph.links().iter().all(|link| link.link.effect == Effect::Supports)
    {
        return;
    }
    let sight = graph.sight();
    // What perhaps leads to something else is not judged.
    let doubtful = graph.reach(ctx.doubtful_downstream().iter(), Way::Upstream);
    let harms = |ix: &NodeIx| sight.only_harms(*ix) && !doubtful.contains(*ix);
    let leads = |ix: &NodeIx| sight.does_good(*ix) || sight.does_harm(*ix);
    let investments = Lacking::among(graph.of_kind(NodeKind::Investment).filter(leads), harms);
    if let Some(all) = investments.all() {
        let message =
            format!("none of the {all} investments does any good: every chain from them to an end outcome does harm");
        let fault = Fault::of_all(message, investments.records.iter().map(|ix| ctx.subject(*ix)));
        sink.push(fault.help(HELP));
        return;
    }
    // What an investment that only harms pays for is told with it.
    let paid: NodeSet = graph.reach(investments.records.iter().copied(), Way::Downstream);
    let costed = graph.nodes().filter(|ix| {
        let kind = ctx.kind(*ix);
        let spends = !ctx.node(*ix).cost.is_empty() && kind != NodeKind::Investment && kind != NodeKind::EndOutcome;
        spends && harms(ix) && !paid.contains(*ix)
    });
    let mut all = investments.records;
    all.extend(costed);
    for ix in all {
        let chain = graph.nearest(ix, Way::Downstream, |to| ctx.kind(to) == NodeKind::EndOutcome);
        let Some((end, chain)) = chain.and_then(|chain| Some((*chain.last()?, chain))) else {
            continue;
        };
        let what = match ctx.node(end).disbenefit {
            true => format!("brings about {}, which is a disbenefit", ctx.name(end)),
            false => format!("works against {}", ctx.name(end)),
        };
        let message = format!(
            "{} only does harm: the chain {} {what}",
            ctx.kind_and_name(ix),
            ctx.chain(&chain)
        );
        let fault = Fault::new(ctx.subject(ix), message).related(ctx.subject(end), "where the chain ends");
        sink.push(fault.help(HELP));
    }
}

const HELP: &str = "link it to the benefit that it is spent for; where a link or a disbenefit is marked wrongly, correct its `effect` or the mark";
