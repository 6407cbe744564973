//! BM209: end outcomes that hang on one node.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::graph::{NodeIx, NodeSet, Way};
use crate::map::NodeKind;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM209",
    slug: "single-point-of-failure",
    family: Family::LineOfSight,
    summary: "an end outcome whose every chain runs through one node",
    source: "PAS 184:2017, 5.2, 5.4.3 c",
    severities: severities("-NN"),
    page: include_str!("../../../docs/rules/single-point-of-failure.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let graph = ctx.graph;
    let reached = graph.reached_from_investment();
    let bottlenecks = graph.bottlenecks();
    // Where chains meet: behind such a node alone is there more than one chain. A node that is fed by its own nearest
    // bottleneck is on one chain, with detours at most.
    let meets = |ix: &NodeIx| {
        let nearest = bottlenecks.nearest(*ix);
        let mut feeders = graph.neighbours(*ix, Way::Upstream);
        ctx.kind(*ix) != NodeKind::Investment && !feeders.any(|from| nearest == Some(from))
    };
    let meeting: Vec<NodeIx> = reached.iter().filter(meets).collect();
    let several: NodeSet = graph.reach(meeting, Way::Downstream);
    let doubtful = graph.reach(ctx.doubtful_upstream().iter(), Way::Downstream);
    for end in graph.of_kind(NodeKind::EndOutcome) {
        if !several.contains(end) || doubtful.contains(end) {
            continue;
        }
        let narrow = bottlenecks
            .of(end)
            .take(LOOKED_AT)
            .filter(|ix| ctx.kind(*ix) != NodeKind::Investment);
        let narrow: Vec<_> = narrow.collect();
        let Some(nearest) = narrow.first() else { continue };
        let more = match narrow.len() {
            1 => String::new(),
            2..LOOKED_AT => format!(", and before that through {} more", narrow.len() - 1),
            _ => ", and before that through many more".to_owned(),
        };
        let message = format!(
            "every chain to {} runs through {}{more}",
            ctx.kind_and_name(end),
            ctx.kind_and_name(*nearest)
        );
        let mut fault = Fault::new(ctx.subject(end), message);
        for ix in narrow {
            fault = fault.related(ctx.subject(ix), format!("{} is on every chain", ctx.kind_and_name(ix)));
        }
        sink.push(fault.help("find a second way to the outcome, or give the node an owner and a risk of its own"));
    }
}

/// Nodes before an end outcome that are looked at: a longer list helps nobody.
const LOOKED_AT: usize = 32;
