//! BM706: amounts in the prices of different years that nothing brings together.

use crate::appraise::{self, FaultKind};
use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM706",
    slug: "real-and-nominal-mixed",
    family: Family::MoneyAndPartners,
    summary: "amounts in the prices of different years that nothing brings together",
    source: "HM Treasury, Green Book, costs and benefits",
    severities: severities("WEEE"),
    plain: Plain::counted(
        "1 amount is in prices that cannot be compared",
        "# amounts are in prices that cannot be compared",
    ),
    page: include_str!("../../../docs/rules/real-and-nominal-mixed.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for fault in appraise::faults(ctx.map) {
        if fault.kind == FaultKind::RealAndNominal {
            sink.push(
                Fault::new(fault.subject, fault.message)
                    .field(fault.field)
                    .help(fault.help),
            );
        }
    }
}
