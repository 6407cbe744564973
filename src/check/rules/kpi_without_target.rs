//! BM406: KPIs that promise nothing.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::Sink;
use crate::map::Promise;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM406",
    slug: "kpi-without-target",
    family: Family::Tracking,
    summary: "a KPI without a target",
    source: "PAS 184:2017, 5.3",
    severities: severities("-WE"),
    page: include_str!("../../../docs/rules/kpi-without-target.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis() {
        if kpi.kpi.promise() == Promise::Nothing {
            let fault = kpi.fault(format!("{} has no target", kpi.name()));
            sink.push(fault.help("say which value it is to reach, and by when"));
        }
    }
}
