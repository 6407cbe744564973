//! BM606: side effects that are known of and not watched.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::{Fault, Sink};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM606",
    slug: "unintended-impact-not-tracked",
    family: Family::Risk,
    summary: "an unintended outcome that nobody measures",
    source: "PAS 184:2017, 5.4.3 e",
    severities: severities("-WE"),
    page: include_str!("../../../docs/rules/unintended-impact-not-tracked.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let measured = ctx.measured(|_| true);
    for ix in ctx.graph.nodes() {
        let node = ctx.node(ix);
        if !node.unintended || !node.kind.is_outcome() || measured.contains(ix) || ctx.is_twofold(ix) {
            continue;
        }
        let message = format!(
            "{} is marked as unintended and has no KPI, so nobody would see it come",
            ctx.kind_and_name(ix)
        );
        let fault = Fault::new(ctx.subject(ix), message);
        sink.push(fault.help("add a KPI with a baseline and a tolerance, and somebody who looks at it"));
    }
}
