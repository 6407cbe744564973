//! BM210: links that say what a chain says already.

use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;
use crate::graph::Backing;
use crate::map::{Effect, NodeKind};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM210",
    slug: "redundant-link",
    family: Family::LineOfSight,
    summary: "a link beside a longer chain between the same two nodes",
    source: "PAS 184:2017, 5.2; transitive reduction: Aho, Garey, Ullman, SIAM J. Comput. 1 (1972)",
    severities: severities("---N"),
    plain: Plain::counted(
        "1 link says what a longer chain says already",
        "# links say what longer chains say already",
    ),
    fixes: &[Fix::DeleteLink],
    page: include_str!("../../../docs/rules/redundant-link.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let graph = ctx.graph;
    // What an investment is linked to it pays for, and that no chain says; so is what hinders a thing of its own.
    let steps = STEPS_A_LINK * (graph.len() + graph.links().len()) + STEPS_FOR_ANY_MAP;
    let follow = |link: &crate::graph::GraphLink<'_>| {
        link.link.effect == Effect::Supports && ctx.node(link.from).kind != NodeKind::Investment
    };
    let shortcuts = graph.shortcuts(follow, steps);
    for shortcut in &shortcuts.found {
        let (Some(from), Some(to)) = (shortcut.chain.first(), shortcut.chain.last()) else {
            continue;
        };
        let told_elsewhere =
            ctx.skipped(*from, *to).is_some() || (ctx.kind(*from) == NodeKind::Enabler && ctx.kind(*to).is_outcome());
        let doubtful = ctx.is_twofold(*from) || ctx.is_twofold(*to);
        let own_effect = graph
            .links_of(*from, crate::graph::Way::Downstream)
            .any(|link| link.to == *to && (link.link.contribution.is_some() || link.backing() > Backing::Nothing));
        if told_elsewhere || doubtful || own_effect {
            continue;
        }
        let message = format!(
            "the link from {} to {} says again what the longer chain says: {}",
            ctx.name(*from),
            ctx.name(*to),
            ctx.chain(&shortcut.chain)
        );
        let fault = Fault::new(ctx.link_subject(*from, *to), message);
        sink.push(
            fault.help("remove the link, unless it has an effect of its own: then give it its share or its evidence"),
        );
    }
    if let Some(ix) = shortcuts.stopped_at {
        let message = format!("links beside longer chains were looked for up to {} only", ctx.name(ix));
        let fault = Fault::new(Subject::Map, message);
        sink.push(fault.help(
            "the map is too densely linked to look at every chain; remove the links that are found, and look again",
        ));
    }
}

/// No way is known to find all such links in linear time, so the search may follow this many links for each node and
/// each link of the map, and some more. A map of a real programme takes a few for each.
const STEPS_A_LINK: usize = 32;
const STEPS_FOR_ANY_MAP: usize = 100_000;
