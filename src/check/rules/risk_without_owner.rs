//! BM602: risks that nobody watches.

use crate::check::context::{Context, RiskAt};
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::check::whole::Lacking;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM602",
    slug: "risk-without-owner",
    family: Family::Risk,
    summary: "an open risk that nobody watches",
    source: "PAS 184:2017, 5.4.3 c",
    severities: severities("--WE"),
    plain: Plain::counted("1 risk has no owner", "# risks have no owner"),
    page: include_str!("../../../docs/rules/risk-without-owner.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let help = "name the person who watches it and raises the alarm when it happens";
    let without = Lacking::among(ctx.open_risks(), |at| at.risk.owner.is_none());
    if let Some(fault) = without.as_one(RiskAt::subject, |all| {
        format!("none of the {all} open risks has an owner")
    }) {
        sink.push(fault.field("owner").help(help));
        return;
    }
    for at in without.records {
        let fault = at.fault(format!("{} has no owner", at.name())).field("owner");
        sink.push(fault.help(help));
    }
}
