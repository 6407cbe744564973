//! BM104: one link says all there is to say of two nodes.

use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::graph::Way;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM104",
    slug: "duplicate-link",
    family: Family::Structure,
    summary: "several links between the same two nodes",
    source: "PAS 184:2017, 5.2",
    severities: severities("WEEE"),
    plain: Plain::counted("1 link is there twice", "# links are there twice"),
    fixes: &[Fix::DeleteLink],
    page: include_str!("../../../docs/rules/duplicate-link.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    // Which node was last found to lead to each, and how often; each pair is told once, however often it is linked.
    let mut times = vec![(None, 0usize); ctx.graph.len()];
    for from in ctx.graph.nodes().filter(|ix| !ctx.is_twofold(*ix)) {
        let links = || ctx.graph.links_of(from, Way::Downstream).map(|link| link.to);
        for to in links() {
            let (last, count) = &mut times[to.index()];
            *count = if *last == Some(from) { *count + 1 } else { 1 };
            *last = Some(from);
        }
        for to in links() {
            let count = std::mem::replace(&mut times[to.index()].1, 0);
            if count < 2 || from == to || ctx.is_twofold(to) {
                continue;
            }
            let message = format!("{} is linked to {} {count} times", ctx.name(from), ctx.name(to));
            let subject = ctx.link_subject(from, to);
            let fault = Fault::new(subject.clone(), message).occurrence(1);
            let fault = fault.related(subject, "the first of these links");
            sink.push(fault.help("keep one link, with the rationale, evidence and share of all of them"));
        }
    }
}
