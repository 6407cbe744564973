//! BM411: KPIs that nobody has been asked to measure.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::Sink;
use crate::check::wording::blank;
use crate::map::PlanGap;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM411",
    slug: "kpi-without-measurement-plan",
    family: Family::Tracking,
    summary: "a KPI that does not say how, how often and by whom it is measured",
    source: "PAS 184:2017, 5.3",
    severities: severities("-WE"),
    page: include_str!("../../../docs/rules/kpi-without-measurement-plan.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis() {
        let mut gaps = kpi.kpi.plan_gaps(ctx.owners());
        let plan = kpi.kpi.measurement.as_ref();
        // What only holds a place, and an owner who is not on the map, are told by rules of their own.
        gaps.retain(|gap| {
            !plan.is_some_and(|plan| match gap {
                PlanGap::How => !blank(&plan.source),
                PlanGap::HowOften => !blank(&plan.frequency),
                PlanGap::ByWhom => plan.responsible.is_some(),
            })
        });
        let words: Vec<&str> = gaps.iter().map(|gap| gap.words()).collect();
        let what = match words.as_slice() {
            [] => continue,
            [one] => (*one).to_owned(),
            [first, rest @ ..] => format!("{first} and {}", rest.join(" and ")),
        };
        let fault = match plan {
            None => kpi.fault(format!("{} has no measurement plan", kpi.name())),
            Some(_) => kpi
                .fault(format!("{} does not say {what} it is measured", kpi.name()))
                .field("measurement"),
        };
        sink.push(fault.help("say how it is measured, how often, and who is responsible"));
    }
}
