//! BM412: KPIs that do not say how late is too late.

use crate::check::context::{Context, KpiAt};
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::check::whole::Lacking;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM412",
    slug: "kpi-without-tolerance",
    family: Family::Tracking,
    summary: "a KPI without a tolerance",
    source: "PAS 184:2017, 5.3",
    severities: severities("---W"),
    plain: Plain::counted("1 KPI has no tolerance", "# KPIs have no tolerance"),
    page: include_str!("../../../docs/rules/kpi-without-tolerance.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let help = "agree by how much it may fall behind before somebody must act";
    // A band says itself what is too much.
    let asked = ctx.kpis().filter(|kpi| kpi.kpi.kept_within().is_none());
    let missing = |kpi: &KpiAt<'_>| kpi.kpi.tolerance.is_none_or(|t| t.amber.is_none() && t.red.is_none());
    let without = Lacking::among(asked, missing);
    if let Some(fault) = without.as_one(KpiAt::subject, |all| format!("none of the {all} KPIs has a tolerance")) {
        sink.push(fault.field("tolerance").help(help));
        return;
    }
    for kpi in &without.records {
        sink.push(kpi.fault(format!("{} has no tolerance", kpi.name())).help(help));
    }
}
