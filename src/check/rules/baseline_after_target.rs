//! BM405: targets in the past of their baseline.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM405",
    slug: "baseline-after-target",
    family: Family::Tracking,
    summary: "a target dated before the baseline",
    source: "PAS 184:2017, 5.3",
    severities: severities("WEEE"),
    plain: Plain::counted(
        "1 baseline is later than its target",
        "# baselines are later than their target",
    ),
    page: include_str!("../../../docs/rules/baseline-after-target.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis() {
        let Some(start) = kpi.kpi.baseline.and_then(|baseline| baseline.date) else {
            continue;
        };
        let first = kpi.kpi.targets.iter().filter_map(|target| target.date).min();
        if let Some(target) = first.filter(|date| *date < start) {
            let message = format!(
                "{} has a target on {target}, before its baseline on {start}",
                kpi.name()
            );
            sink.push(kpi.fault(message).field("targets").help("correct one of the two days"));
        }
    }
}
