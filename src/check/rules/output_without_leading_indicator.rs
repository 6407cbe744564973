//! BM402: outputs that nothing shows to be on their way.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::map::Indicator;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM402",
    slug: "output-without-leading-indicator",
    family: Family::Tracking,
    summary: "an output without a leading indicator",
    source: "PAS 184:2017, 5.3",
    severities: severities("-NW"),
    page: include_str!("../../../docs/rules/output-without-leading-indicator.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let led = ctx.measured(|kpi| kpi.indicator != Some(Indicator::Outcome));
    for ix in ctx.graph.nodes() {
        if ctx.node(ix).kind.is_output() && !led.contains(ix) && !ctx.is_twofold(ix) {
            let fault = Fault::new(
                ctx.subject(ix),
                format!("{} has no leading indicator", ctx.kind_and_name(ix)),
            );
            sink.push(fault.help("add a leading KPI that moves before the outcomes do"));
        }
    }
}
