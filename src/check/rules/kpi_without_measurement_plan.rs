//! BM411: KPIs that nobody has been asked to measure.

use crate::check::context::{Context, KpiAt};
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::blank;
use crate::map::PlanGap;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM411",
    slug: "kpi-without-measurement-plan",
    family: Family::Tracking,
    summary: "a KPI that does not say how, how often and by whom it is measured",
    source: "PAS 184:2017, 5.3",
    severities: severities("--WE"),
    plain: Plain::counted(
        "nobody has said how 1 KPI is measured",
        "nobody has said how # KPIs are measured",
    ),
    page: include_str!("../../../docs/rules/kpi-without-measurement-plan.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let help = "say how it is measured, how often, and who is responsible";
    let kpis: Vec<(KpiAt<'_>, Vec<PlanGap>)> = ctx
        .kpis()
        .map(|kpi| (missing(ctx, &kpi), kpi))
        .map(|(gaps, kpi)| (kpi, gaps))
        .collect();
    // What no KPI says is one fact about the map.
    let mut never = match kpis.as_slice() {
        [(_, first), _, ..] => first.clone(),
        _ => Vec::new(),
    };
    never.retain(|gap| kpis.iter().all(|(_, gaps)| gaps.contains(gap)));
    if !never.is_empty() {
        let message = if kpis.iter().all(|(kpi, _)| kpi.kpi.measurement.is_none()) {
            format!("none of the {} KPIs has a measurement plan", kpis.len())
        } else {
            format!("none of the {} KPIs says {} it is measured", kpis.len(), named(&never))
        };
        let fault = Fault::of_all(message, kpis.iter().map(|(kpi, _)| kpi.subject()));
        sink.push(fault.field("measurement").help(help));
    }
    for (kpi, mut gaps) in kpis {
        gaps.retain(|gap| !never.contains(gap));
        if gaps.is_empty() {
            continue;
        }
        let fault = match &kpi.kpi.measurement {
            None if never.is_empty() => kpi.fault(format!("{} has no measurement plan", kpi.name())),
            _ => kpi
                .fault(format!("{} does not say {} it is measured", kpi.name(), named(&gaps)))
                .field("measurement"),
        };
        sink.push(fault.help(help));
    }
}

/// What the plan of a KPI does not say. What only holds a place, and an owner who is not on the map, are told by rules of
/// their own.
fn missing(ctx: &Context<'_>, kpi: &KpiAt<'_>) -> Vec<PlanGap> {
    let mut gaps = kpi.kpi.plan_gaps(ctx.owners());
    let plan = kpi.kpi.measurement.as_ref();
    gaps.retain(|gap| {
        !plan.is_some_and(|plan| match gap {
            PlanGap::How => !blank(&plan.source),
            PlanGap::HowOften => !blank(&plan.frequency),
            PlanGap::ByWhom => plan.responsible.is_some(),
        })
    });
    gaps
}

/// The gaps in words: `how, how often and by whom`.
fn named(gaps: &[PlanGap]) -> String {
    let words: Vec<&str> = gaps.iter().map(|gap| gap.words()).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
