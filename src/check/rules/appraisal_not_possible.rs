//! BM705: something that an appraisal cannot be made with.

use crate::appraise::{self, FaultKind};
use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM705",
    slug: "appraisal-not-possible",
    family: Family::MoneyAndPartners,
    summary: "something that an appraisal cannot be made with",
    source: "HM Treasury, Green Book, costs and benefits",
    severities: severities("WEEE"),
    plain: Plain::counted(
        "1 thing keeps the appraisal from being made",
        "# things keep the appraisal from being made",
    ),
    page: include_str!("../../../docs/rules/appraisal-not-possible.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for fault in appraise::faults(ctx.map) {
        if fault.kind != FaultKind::RealAndNominal {
            sink.push(
                Fault::new(fault.subject, fault.message)
                    .field(fault.field)
                    .help(fault.help),
            );
        }
    }
}
