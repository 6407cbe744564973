//! BM401: outcomes that nobody measures.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::{Fault, Sink};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM401",
    slug: "outcome-without-kpi",
    family: Family::Tracking,
    summary: "an outcome without a KPI",
    source: "PAS 184:2017, 5.3",
    severities: severities("-WE"),
    page: include_str!("../../../docs/rules/outcome-without-kpi.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let measured = ctx.measured(|_| true);
    for ix in ctx.graph.nodes() {
        let node = ctx.node(ix);
        // An unintended outcome without a KPI is told by the rule on those.
        if node.kind.is_outcome() && !node.unintended && !measured.contains(ix) && !ctx.is_twofold(ix) {
            let fault = Fault::new(ctx.subject(ix), format!("{} has no KPI", ctx.kind_and_name(ix)));
            sink.push(fault.help("add a KPI with a baseline and a target that has a date"));
        }
    }
}
