//! BM502: intermediate outcomes that nobody answers for.

use crate::check::context::Context;
use crate::check::owners::{self, Asked};
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::Sink;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM502",
    slug: "outcome-without-owner",
    family: Family::Delivery,
    summary: "an intermediate outcome that nobody answers for",
    source: "PAS 184:2017, 5.4.3 a",
    severities: severities("-WWE"),
    plain: Plain::counted("1 outcome has no owner", "# outcomes have no owner"),
    fixes: &[Fix::SetOwner],
    also_said_by: &["BM501"],
    page: include_str!("../../../docs/rules/outcome-without-owner.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    owners::tell(
        ctx,
        sink,
        Asked::IntermediateOutcomes,
        "name the one person who answers for it",
    );
}
