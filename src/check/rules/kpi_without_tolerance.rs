//! BM412: KPIs that do not say how late is too late.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::Sink;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM412",
    slug: "kpi-without-tolerance",
    family: Family::Tracking,
    summary: "a KPI without a tolerance",
    source: "PAS 184:2017, 5.3",
    severities: severities("-NW"),
    page: include_str!("../../../docs/rules/kpi-without-tolerance.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis() {
        // A band says itself what is too much.
        if kpi.kpi.kept_within().is_some() {
            continue;
        }
        if kpi.kpi.tolerance.is_none_or(|t| t.amber.is_none() && t.red.is_none()) {
            let fault = kpi.fault(format!("{} has no tolerance", kpi.name()));
            sink.push(fault.help("agree by how much it may fall behind before somebody must act"));
        }
    }
}
