//! BM707: a value in money that does not say where it comes from.

use crate::check::context::Context;
use crate::check::money::valued;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::map::is_blank;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM707",
    slug: "value-without-source",
    family: Family::MoneyAndPartners,
    summary: "a value in money that does not say where it comes from",
    source: "HM Treasury, Green Book, costs and benefits",
    severities: severities("-WEE"),
    plain: Plain::counted("1 value has no source", "# values have no source"),
    page: include_str!("../../../docs/rules/value-without-source.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for (at, value) in valued(ctx) {
        if value.is_in_money() && is_blank(&value.source) {
            let message = format!("the value of {} does not say where it comes from", at.name());
            sink.push(
                at.fault(message)
                    .field("value")
                    .help("name the study, the table or the ledger in `source`"),
            );
        }
    }
}
