//! BM411: KPIs that nobody has been asked to measure.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::Sink;
use crate::check::wording::blank;

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
        let fault = match &kpi.kpi.measurement {
            None => kpi.fault(format!("{} has no measurement plan", kpi.name())),
            Some(plan) => {
                let missing: Vec<&str> = [
                    (plan.method.is_none() && blank(&plan.source), "how"),
                    (blank(&plan.frequency), "how often"),
                    (plan.responsible.is_none(), "by whom"),
                ]
                .into_iter()
                .filter_map(|(missing, what)| missing.then_some(what))
                .collect();
                let what = match missing.as_slice() {
                    [] => continue,
                    [one] => (*one).to_owned(),
                    [first, rest @ ..] => format!("{first} and {}", rest.join(" and ")),
                };
                kpi.fault(format!("{} does not say {what} it is measured", kpi.name()))
                    .field("measurement")
            }
        };
        sink.push(fault.help("say how it is measured, how often, and who is responsible"));
    }
}
