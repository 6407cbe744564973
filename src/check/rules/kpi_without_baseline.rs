//! BM404: KPIs of which nobody knows where they stood.

use crate::check::context::{Context, KpiAt};
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::check::whole::Lacking;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM404",
    slug: "kpi-without-baseline",
    family: Family::Tracking,
    summary: "a KPI without a baseline, or with one that has no date",
    source: "PAS 184:2017, 5.3",
    severities: severities("-WWE"),
    plain: Plain::counted("1 KPI has no baseline", "# KPIs have no baseline"),
    page: include_str!("../../../docs/rules/kpi-without-baseline.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let missing = |kpi: &KpiAt<'_>| kpi.kpi.dated_baseline().is_none();
    let without = Lacking::among(ctx.kpis(), missing);
    let none = without.records.iter().all(|kpi| kpi.kpi.baseline.is_none());
    let what = if none { "a baseline" } else { "a baseline with a date" };
    if let Some(fault) = without.as_one(KpiAt::subject, |all| format!("none of the {all} KPIs has {what}")) {
        sink.push(fault.field("baseline").help(MEASURE));
        return;
    }
    for kpi in &without.records {
        sink.push(match kpi.kpi.baseline {
            None => kpi.fault(format!("{} has no baseline", kpi.name())).help(MEASURE),
            Some(_) => kpi
                .fault(format!("the baseline of {} has no date", kpi.name()))
                .field("baseline")
                .help("say on which day the baseline was measured"),
        });
    }
}

const MEASURE: &str = "measure it before the change, and say when";
