//! BM104: one link says all there is to say of two nodes.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::{Fault, Sink};
use std::collections::HashMap;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM104",
    slug: "duplicate-link",
    family: Family::Structure,
    summary: "several links between the same two nodes",
    source: "PAS 184:2017, 5.2",
    severities: severities("WEE"),
    page: include_str!("../../../docs/rules/duplicate-link.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let mut times = HashMap::with_capacity(ctx.graph.links().len());
    for link in ctx.graph.links() {
        *times.entry((link.from, link.to)).or_insert(0usize) += 1;
    }
    // In the map's order; each pair is told once, however often it is linked.
    for link in ctx.graph.links() {
        let doubtful = ctx.is_twofold(link.from) || ctx.is_twofold(link.to);
        if doubtful || link.from == link.to {
            continue;
        }
        if let Some(times @ 2..) = times.remove(&(link.from, link.to)) {
            let (from, to) = (ctx.name(link.from), ctx.name(link.to));
            let subject = ctx.link_subject(link.from, link.to);
            let fault = Fault::new(subject.clone(), format!("{from} is linked to {to} {times} times"));
            let fault = fault.occurrence(1).related(subject, "the first of these links");
            sink.push(fault.help("keep one link, with the rationale, evidence and share of all of them"));
        }
    }
}
