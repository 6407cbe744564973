//! BM105: loops, named whole.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::count;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM105",
    slug: "cycle",
    family: Family::Structure,
    summary: "links that run in a loop",
    source: "PAS 184:2017, 5.2: a chain runs from investments to end outcomes",
    severities: severities("EEEE"),
    plain: Plain::counted("1 chain runs in a circle", "# chains run in a circle"),
    page: include_str!("../../../docs/rules/cycle.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for cycle in ctx.cycles() {
        let nodes = &cycle.nodes;
        let (from, to) = ctx.closing_step(cycle);
        let mut round = nodes.clone();
        round.push(nodes[0]);
        let mut message = format!("links run in a loop: {}", ctx.chain(&round));
        if cycle.knot > nodes.len() {
            message += &format!("; {} are tied together by loops here", count(cycle.knot, "node"));
        }
        let mut fault = Fault::new(ctx.link_subject(from, to), message).help(format!(
            "remove one of these links, or mark as feedback the one that runs back: perhaps that from {} to {}",
            ctx.name(from),
            ctx.name(to)
        ));
        let steps = round.windows(2).map(|step| (step[0], step[1]));
        for (a, b) in steps.filter(|step| *step != (from, to)).take(MOST_STEPS) {
            let phrase = format!("from {} to {}", ctx.name(a), ctx.name(b));
            fault = fault.related(ctx.link_subject(a, b), phrase);
        }
        sink.push(fault);
    }
}

/// A loop may have a hundred thousand links: more than these are counted in the message alone.
const MOST_STEPS: usize = 100;
