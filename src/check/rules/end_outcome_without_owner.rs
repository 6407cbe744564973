//! BM501: end outcomes that nobody answers for.

use crate::check::context::Context;
use crate::check::owners::{self, Asked};
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::Sink;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM501",
    slug: "end-outcome-without-owner",
    family: Family::Delivery,
    summary: "an end outcome that nobody answers for",
    source: "PAS 184:2017, 5.4.3 a",
    severities: severities("-EEE"),
    plain: Plain::counted("1 end outcome has no owner", "# end outcomes have no owner"),
    fixes: &[Fix::SetOwner],
    page: include_str!("../../../docs/rules/end-outcome-without-owner.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    owners::tell(
        ctx,
        sink,
        Asked::EndOutcomes,
        "name the one senior person who answers for it",
    );
}
