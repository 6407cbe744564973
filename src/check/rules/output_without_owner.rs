//! BM503: outputs that nobody answers for.

use crate::check::context::Context;
use crate::check::owners::{self, Asked};
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::Sink;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM503",
    slug: "output-without-owner",
    family: Family::Delivery,
    summary: "an enabler or a business change that nobody answers for",
    source: "PAS 184:2017, 5.4.3",
    severities: severities("-NNW"),
    plain: Plain::counted("1 output has no owner", "# outputs have no owner"),
    fixes: &[Fix::SetOwner],
    also_said_by: &["BM501", "BM502"],
    page: include_str!("../../../docs/rules/output-without-owner.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    owners::tell(ctx, sink, Asked::Outputs, "name the one person who delivers it");
}
