//! BM602: risks that nobody watches.

use crate::check::context::{Context, RiskAt};
use crate::check::registry::{Family, Needs, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM602",
    slug: "risk-without-owner",
    family: Family::Risk,
    summary: "an open risk that nobody watches",
    source: "PAS 184:2017, 5.4.3 c",
    severities: severities("--WE"),
    plain: Plain::counted("1 risk has no owner", "# risks have no owner"),
    needs: Needs::NOTHING,
    fixes: &[],
    also_said_by: &[],
    page: include_str!("../../../docs/rules/risk-without-owner.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let help = "name the person who watches it and raises the alarm when it happens";
    let without = Lacking::among(ctx.open_risks(), |at| at.risk.owner.is_none());
    if let Some(all) = without.all() {
        let message = format!("none of the {all} open risks has an owner");
        let fault = Fault::of_all(message, without.records.iter().map(RiskAt::subject));
        sink.push(fault.field("owner").help(help));
        return;
    }
    for at in without.records {
        let fault = at.fault(format!("{} has no owner", at.name())).field("owner");
        sink.push(fault.help(help));
    }
}
