//! BM209: end outcomes that hang on one node.

use std::collections::HashSet;

use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::graph::{Bottlenecks, NodeIx, NodeSet, Shortcut, Way};
use crate::map::NodeKind;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM209",
    slug: "single-point-of-failure",
    family: Family::LineOfSight,
    summary: "an end outcome whose every chain runs through one node",
    source: "PAS 184:2017, 5.2, 5.4.3 c",
    severities: severities("--NN"),
    plain: Plain::counted(
        "1 end outcome hangs on a single box",
        "# end outcomes hang on a single box",
    ),
    fixes: &[Fix::Link],
    page: include_str!("../../../docs/rules/single-point-of-failure.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let graph = ctx.graph;
    let reached = graph.reached_from_investment();
    let bottlenecks = graph.bottlenecks();
    let doubtful = graph.reach(ctx.doubtful_upstream().iter(), Way::Downstream);
    let narrow = |end: NodeIx| -> Vec<NodeIx> {
        let on_all = bottlenecks.of(end).take(LOOKED_AT);
        on_all.filter(|ix| ctx.kind(*ix) != NodeKind::Investment).collect()
    };
    let ends = graph
        .of_kind(NodeKind::EndOutcome)
        .filter(|end| !doubtful.contains(*end));
    let mut ends: Vec<(NodeIx, Vec<NodeIx>)> = ends.map(|end| (end, narrow(end))).collect();
    ends.retain(|(_, narrow)| !narrow.is_empty());
    let none = HashSet::new();
    let several = behind_a_meeting(ctx, &bottlenecks, &reached, &none);
    ends.retain(|(end, _)| several.contains(*end));
    if ends.is_empty() {
        return;
    }
    // A link beside a longer chain makes no second chain. These are looked for last, since that takes longest.
    let steps = STEPS_A_LINK * (graph.len() + graph.links().len());
    let before = graph.reach(ends.iter().map(|(end, _)| *end), Way::Upstream);
    let shortcuts = graph.shortcuts(|link| before.contains(link.to), steps).found;
    let ends_of = |shortcut: &Shortcut| Some((*shortcut.chain.first()?, *shortcut.chain.last()?));
    let beside: HashSet<(NodeIx, NodeIx)> = shortcuts.iter().filter_map(ends_of).collect();
    let several = behind_a_meeting(ctx, &bottlenecks, &reached, &beside);
    for (end, narrow) in ends.into_iter().filter(|(end, _)| several.contains(*end)) {
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

/// What is reached from a node where chains meet: behind such a node alone is there more than one.
fn behind_a_meeting(
    ctx: &Context<'_>,
    bottlenecks: &Bottlenecks,
    reached: &NodeSet,
    beside: &HashSet<(NodeIx, NodeIx)>,
) -> NodeSet {
    let graph = ctx.graph;
    // What comes round a loop has passed the node already.
    let is_back = |from: NodeIx, ix: NodeIx| graph.on_one_loop(from, ix) && bottlenecks.of(from).any(|at| at == ix);
    let meets = |ix: &NodeIx| {
        let feeders = graph.neighbours(*ix, Way::Upstream);
        let mut feeders = feeders.filter(|from| {
            from != ix && reached.contains(*from) && !beside.contains(&(*from, *ix)) && !is_back(*from, *ix)
        });
        let first = feeders.next();
        ctx.kind(*ix) != NodeKind::Investment && feeders.any(|from| Some(from) != first)
    };
    let meeting: Vec<NodeIx> = reached.iter().filter(meets).collect();
    graph.reach(meeting, Way::Downstream)
}

/// Nodes before an end outcome that are looked at: a longer list helps nobody.
const LOOKED_AT: usize = 32;

/// How many links may be followed in search of longer chains, for each node and each link of the map: enough for any map of a
/// programme. A link that was not looked at counts as a chain of its own.
const STEPS_A_LINK: usize = 4;
