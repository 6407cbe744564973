//! BM713: a value that does not say what sort of benefit it is.

use crate::check::context::Context;
use crate::check::money::valued;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM713",
    slug: "benefit-without-class",
    family: Family::MoneyAndPartners,
    summary: "a value that does not say what sort of benefit it is",
    source: "HM Treasury, Green Book, costs and benefits",
    severities: severities("-WWE"),
    plain: Plain::counted("1 value has no class", "# values have no class"),
    page: include_str!("../../../docs/rules/benefit-without-class.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for (at, value) in valued(ctx) {
        if value.class.is_none() {
            let message = format!("the value of {} does not say what sort of benefit it is", at.name());
            let help = "write `cash-releasing`, `non-cash-releasing`, `quantifiable` or `qualitative` as its `class`";
            sink.push(at.fault(message).field("value").help(help));
        }
    }
}
