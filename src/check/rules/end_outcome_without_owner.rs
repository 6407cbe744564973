//! BM501: end outcomes that nobody answers for.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::map::NodeKind;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM501",
    slug: "end-outcome-without-owner",
    family: Family::Delivery,
    summary: "an end outcome that nobody answers for",
    source: "PAS 184:2017, 5.4.3 a",
    severities: severities("-EE"),
    page: include_str!("../../../docs/rules/end-outcome-without-owner.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for ix in ctx.graph.nodes() {
        let node = ctx.node(ix);
        if node.owner.is_none() && node.kind == NodeKind::EndOutcome && !ctx.is_twofold(ix) {
            let fault = Fault::new(ctx.subject(ix), format!("{} has no owner", ctx.kind_and_name(ix))).field("owner");
            sink.push(fault.help("name the one senior person who answers for it"));
        }
    }
}
