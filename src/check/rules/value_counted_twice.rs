//! BM710: two values in money on one chain.

use crate::check::context::Context;
use crate::check::money::valued;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::graph::Way;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM710",
    slug: "value-counted-twice",
    family: Family::MoneyAndPartners,
    summary: "two values in money on one chain",
    source: "HM Treasury, Green Book, costs and benefits",
    severities: severities("-WEE"),
    plain: Plain::counted("1 value may be counted twice", "# values may be counted twice"),
    page: include_str!("../../../docs/rules/value-counted-twice.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let all: Vec<_> = valued(ctx).filter(|(_, value)| value.is_in_money()).collect();
    for (first, _) in &all {
        let Some(from) = first.node else { continue };
        let reached = ctx
            .graph
            .reach(ctx.graph.neighbours(from, Way::Downstream), Way::Downstream);
        for (second, _) in &all {
            let Some(to) = second.node.filter(|to| *to != from && reached.contains(*to)) else {
                continue;
            };
            let message = format!(
                "{} has a value in money, and {} leads to {}, which has one too",
                second.name(),
                first.name(),
                ctx.kind_and_name(to)
            );
            let help =
                "value one of the two, or accept the finding in `allow` with the reason why they are different money";
            sink.push(
                second
                    .fault(message)
                    .field("value")
                    .related(first.subject(), "the other value")
                    .help(help),
            );
        }
    }
}
