//! BM604: risks that stay open for ever.

use crate::check::context::{Context, RiskAt};
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::check::whole::Lacking;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM604",
    slug: "risk-without-close-date",
    family: Family::Risk,
    summary: "an open risk with no day by which it is to be settled",
    source: "PAS 184:2017, 5.4.3 c",
    severities: severities("---W"),
    plain: Plain::counted("1 risk has no closing date", "# risks have no closing date"),
    page: include_str!("../../../docs/rules/risk-without-close-date.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let help = "give it the day by which it will have passed or been dealt with, as `close_by`";
    let without = Lacking::among(ctx.open_risks(), |at| at.risk.close_by.is_none());
    if let Some(fault) = without.as_one(RiskAt::subject, |all| {
        format!("none of the {all} open risks has a day by which it is to be settled")
    }) {
        sink.push(fault.field("close_by").help(help));
        return;
    }
    for at in without.records {
        let message = format!("nobody has said by when {} is to be settled", at.name());
        let fault = at.fault(message).field("close_by");
        sink.push(fault.help(help));
    }
}
