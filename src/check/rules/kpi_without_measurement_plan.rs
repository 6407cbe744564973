//! BM411: KPIs that nobody has been asked to measure.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::Sink;
use crate::check::wording::quoted;
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
        let responsible = plan.and_then(|plan| plan.responsible.as_ref());
        // That there is no such owner, or that the owner has no name at all, is told by rules of their own.
        if responsible.is_some_and(|id| ctx.is_told_of_owner(id)) {
            gaps.retain(|gap| *gap != PlanGap::ByWhom);
        }
        let words: Vec<&str> = gaps.iter().map(|gap| gap.words()).collect();
        let what = match words.as_slice() {
            [] => continue,
            [one] => (*one).to_owned(),
            [first, rest @ ..] => format!("{first} and {}", rest.join(" and ")),
        };
        let fault = match plan {
            None => kpi.fault(format!("{} has no measurement plan", kpi.name())),
            Some(plan) => {
                let said = [
                    (PlanGap::How, plan.source.as_str()),
                    (PlanGap::HowOften, plan.frequency.as_str()),
                    (
                        PlanGap::ByWhom,
                        responsible
                            .and_then(|id| ctx.owners().get(id))
                            .map_or("", |owner| owner.name.as_str()),
                    ),
                ];
                let blank: Vec<String> = said
                    .iter()
                    .filter(|(gap, text)| gaps.contains(gap) && !text.trim().is_empty())
                    .map(|(_, text)| quoted(text))
                    .collect();
                let mut message = format!("{} does not say {what} it is measured", kpi.name());
                if !blank.is_empty() {
                    message += &format!(": {} says nothing", blank.join(", "));
                }
                kpi.fault(message).field("measurement")
            }
        };
        sink.push(fault.help("say how it is measured, how often, and who is responsible"));
    }
}
