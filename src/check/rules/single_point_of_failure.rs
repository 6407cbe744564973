//! BM209: end outcomes that hang on one node.

use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Needs, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::graph::{BenefitGraph, NodeIx, NodeSet, Way};
use crate::map::NodeKind;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM209",
    slug: "single-point-of-failure",
    family: Family::LineOfSight,
    summary: "an end outcome whose every chain runs through one node",
    source: "PAS 184:2017, 5.2, 5.4.3 c",
    severities: severities("-NN"),
    plain: Plain::counted(
        "1 end outcome hangs on a single box",
        "# end outcomes hang on a single box",
    ),
    needs: Needs::NOTHING,
    fixes: &[Fix::Link],
    also_said_by: &[],
    page: include_str!("../../../docs/rules/single-point-of-failure.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let graph = ctx.graph;
    let reached = graph.reached_from_investment();
    let bottlenecks = graph.bottlenecks();
    // Where chains meet: behind such a node alone is there more than one chain.
    let mut detours = Detours::new(graph);
    let mut meets = |ix: &NodeIx| {
        let nearest = bottlenecks.nearest(*ix);
        let mut feeders = graph.neighbours(*ix, Way::Upstream);
        ctx.kind(*ix) != NodeKind::Investment
            && match nearest.filter(|nearest| feeders.any(|from| from == *nearest)) {
                None => true,
                Some(nearest) => detours.part(*ix, nearest, &reached),
            }
    };
    let meeting: Vec<NodeIx> = reached.iter().filter(|ix| meets(ix)).collect();
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

/// How many links may be followed in search of detours, for each node and each link of the map: enough for any map of a
/// programme. Beyond it detours count as one.
const STEPS_A_LINK: usize = 4;

/// Tells whether what leads to a node beside a link from its nearest bottleneck is one longer chain, or several.
struct Detours<'g, 'm> {
    graph: &'g BenefitGraph<'m>,
    /// In which search each node was met last.
    met: Vec<u32>,
    search: u32,
    steps: usize,
}

impl<'g, 'm> Detours<'g, 'm> {
    fn new(graph: &'g BenefitGraph<'m>) -> Self {
        Self {
            graph,
            met: vec![0; graph.len()],
            search: 0,
            steps: STEPS_A_LINK * (graph.len() + graph.links().len()),
        }
    }

    /// Whether several chains lead from `nearest` to `ix`, apart from the link between the two: none of the other feeders
    /// has all the rest behind it.
    fn part(&mut self, ix: NodeIx, nearest: NodeIx, reached: &NodeSet) -> bool {
        let others = self.graph.neighbours(ix, Way::Upstream);
        let others = others.filter(|from| *from != nearest && *from != ix && reached.contains(*from));
        let mut others: Vec<NodeIx> = others.collect();
        others.sort_unstable();
        others.dedup();
        if others.len() < 2 {
            return false;
        }
        for last in &others {
            self.walk_up(*last, nearest);
            if self.steps == 0 || others.iter().all(|other| self.met[other.index()] == self.search) {
                return false;
            }
        }
        true
    }

    /// Marks what leads to a node, up to its bottleneck.
    fn walk_up(&mut self, from: NodeIx, bottleneck: NodeIx) {
        self.search += 1;
        self.met[from.index()] = self.search;
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            for before in self.graph.neighbours(at, Way::Upstream) {
                self.steps = self.steps.saturating_sub(1);
                let met = &mut self.met[before.index()];
                if before != bottleneck && *met != self.search && self.steps > 0 {
                    *met = self.search;
                    open.push(before);
                }
            }
        }
    }
}
