//! BM714: a value in money that does not say how much of it is due to the map.

use crate::check::context::Context;
use crate::check::money::valued;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM714",
    slug: "attribution-missing",
    family: Family::MoneyAndPartners,
    summary: "a value in money that does not say how much of it is due to the map",
    source: "HM Treasury, Green Book, costs and benefits",
    severities: severities("--NW"),
    plain: Plain::counted(
        "1 value does not say how much of it is due to this work",
        "# values do not say how much of them is due to this work",
    ),
    page: include_str!("../../../docs/rules/attribution-missing.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for (at, value) in valued(ctx) {
        if value.is_in_money() && value.attribution.is_none() {
            let message = format!(
                "the value of {} does not say how much of it is due to this map",
                at.name()
            );
            let help = "add `attribution` with a share and its source: 1 where all of it is";
            sink.push(at.fault(message).field("value").help(help));
        }
    }
}
