//! BM602: risks that nobody watches.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::Sink;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM602",
    slug: "risk-without-owner",
    family: Family::Risk,
    summary: "an open risk that nobody watches",
    source: "PAS 184:2017, 5.4.3 c",
    severities: severities("-WE"),
    page: include_str!("../../../docs/rules/risk-without-owner.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for at in ctx.open_risks().filter(|at| at.risk.owner.is_none()) {
        let fault = at.fault(format!("{} has no owner", at.name())).field("owner");
        sink.push(fault.help("name the person who watches it and who calls for help when it comes"));
    }
}
