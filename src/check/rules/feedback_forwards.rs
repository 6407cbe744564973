//! BM114: feedback that feeds nothing back.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use std::collections::HashSet;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM114",
    slug: "feedback-forwards",
    family: Family::Structure,
    summary: "a link marked as feedback that runs forwards and closes no loop",
    source: "PAS 184:2017, 5.2: a chain runs from investments to end outcomes",
    severities: severities("-WWE"),
    plain: Plain::counted("1 feedback link runs forwards", "# feedback links run forwards"),
    page: include_str!("../../../docs/rules/feedback-forwards.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let forwards = || {
        let feedback = ctx
            .graph
            .links()
            .iter()
            .filter(|link| !link.flows() && link.from != link.to);
        feedback.filter(|link| ctx.kind(link.from).stage() <= ctx.kind(link.to).stage())
    };
    if forwards().next().is_none() {
        return;
    }
    let knots = ctx.graph.knots(ctx.guessed_links());
    let mut told = HashSet::new();
    for link in forwards() {
        let (from, to) = (link.from, link.to);
        let doubtful = ctx.is_twofold(from) || ctx.is_twofold(to);
        if doubtful || knots.tie(from, to) || !told.insert((from, to)) {
            continue;
        }
        let message = format!(
            "the link from {} to {} is marked as feedback, but {1} does not lead back to {0}: nothing flows along the link",
            ctx.kind_and_name(from),
            ctx.kind_and_name(to),
        );
        let fault = Fault::new(ctx.link_subject(from, to), message).field("feedback");
        sink.push(fault.help("take the mark `feedback` away, so that the link counts, or take the link away"));
    }
}
