//! BM401: outcomes that nobody measures.

use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
use crate::graph::NodeIx;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM401",
    slug: "outcome-without-kpi",
    family: Family::Tracking,
    summary: "an outcome without a KPI",
    source: "PAS 184:2017, 5.3",
    severities: severities("-WWE"),
    plain: Plain::counted("1 outcome has no KPI", "# outcomes have no KPI"),
    fixes: &[Fix::AddKpi],
    page: include_str!("../../../docs/rules/outcome-without-kpi.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let measured = ctx.measured(|_| true);
    let without = Lacking::among(asked(ctx), |ix| !measured.contains(*ix));
    if let Some(all) = without.all() {
        let message =
            format!("none of the {all} outcomes has a KPI, so nobody would see whether any of them comes about");
        let fault = Fault::of_all(message, without.records.iter().map(|ix| ctx.subject(*ix)));
        sink.push(
            fault.help("begin with the end outcomes: give each a KPI with a baseline and a target that has a date"),
        );
        return;
    }
    for ix in without.records {
        let fault = Fault::new(ctx.subject(ix), format!("{} has no KPI", ctx.kind_and_name(ix)));
        sink.push(fault.help("add a KPI with a baseline and a target that has a date"));
    }
}

/// The outcomes that should have a KPI. An unintended one without is told by the rule on those.
fn asked<'c>(ctx: &'c Context<'_>) -> impl Iterator<Item = NodeIx> + 'c {
    let wanted = |ix: &NodeIx| ctx.kind(*ix).is_outcome() && !ctx.node(*ix).unintended && !ctx.is_twofold(*ix);
    ctx.graph.nodes().filter(wanted)
}

/// Whether the map has no KPI at all, and several outcomes that should have one: that is told once, of the outcomes.
pub(super) fn is_unmeasured(ctx: &Context<'_>) -> bool {
    ctx.map.kpis.is_empty() && asked(ctx).nth(1).is_some()
}
