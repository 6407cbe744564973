//! BM404: KPIs of which nobody knows where they stood.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::Sink;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM404",
    slug: "kpi-without-baseline",
    family: Family::Tracking,
    summary: "a KPI without a baseline, or with one that has no date",
    source: "PAS 184:2017, 5.3",
    severities: severities("-WE"),
    page: include_str!("../../../docs/rules/kpi-without-baseline.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis() {
        if kpi.kpi.dated_baseline().is_some() {
            continue;
        }
        let fault = match kpi.kpi.baseline {
            None => kpi
                .fault(format!("{} has no baseline", kpi.name()))
                .help("measure where it stands before the change, and say when"),
            Some(_) => kpi
                .fault(format!("the baseline of {} has no date", kpi.name()))
                .field("baseline")
                .help("say on which day the baseline was measured"),
        };
        sink.push(fault);
    }
}
