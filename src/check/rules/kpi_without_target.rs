//! BM406: KPIs that promise nothing.

use crate::check::context::{Context, KpiAt};
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::check::whole::Lacking;
use crate::map::Promise;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM406",
    slug: "kpi-without-target",
    family: Family::Tracking,
    summary: "a KPI without a target",
    source: "PAS 184:2017, 5.3",
    severities: severities("-WWE"),
    plain: Plain::counted("1 KPI has no target", "# KPIs have no target"),
    page: include_str!("../../../docs/rules/kpi-without-target.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let without = Lacking::among(ctx.kpis(), |kpi| kpi.kpi.promise() == Promise::Nothing);
    let help = "say which value it is to reach, and by when";
    if let Some(fault) = without.as_one(KpiAt::subject, |all| format!("none of the {all} KPIs has a target")) {
        sink.push(fault.field("targets").help(help));
        return;
    }
    for kpi in &without.records {
        sink.push(kpi.fault(format!("{} has no target", kpi.name())).help(help));
    }
}
