//! BM607: risks that nobody has weighed.

use crate::check::context::{Context, RiskAt};
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::check::whole::Lacking;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM607",
    slug: "risk-not-scored",
    family: Family::Risk,
    summary: "an open risk that does not say how likely or how serious it is",
    source: "PAS 184:2017, 5.4.3 c",
    severities: severities("---W"),
    plain: Plain::counted(
        "nobody has said how likely or how serious 1 risk is",
        "nobody has said how likely or how serious # risks are",
    ),
    page: include_str!("../../../docs/rules/risk-not-scored.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let help = "give its `likelihood` and its `impact`, each from 1 to 5: without them nobody can see that it is high";
    let without = Lacking::among(ctx.open_risks(), |at| {
        at.risk.likelihood.is_none() && at.risk.impact.is_none()
    });
    if let Some(fault) = without.as_one(RiskAt::subject, |all| {
        format!("nobody has said how likely or how serious any of the {all} open risks is")
    }) {
        sink.push(fault.field("likelihood").help(help));
        return;
    }
    for at in ctx.open_risks() {
        let (what, field) = match (at.risk.likelihood, at.risk.impact) {
            (None, None) => ("does not say how likely or how serious it is", "likelihood"),
            (None, Some(_)) => ("does not say how likely it is", "likelihood"),
            (Some(_), None) => ("does not say how serious it is", "impact"),
            (Some(_), Some(_)) => continue,
        };
        let fault = at.fault(format!("{} {what}", at.name())).field(field);
        sink.push(fault.help(help));
    }
}
