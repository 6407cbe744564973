//! BM208: maps without an early benefit.

use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM208",
    slug: "no-quick-win",
    family: Family::LineOfSight,
    summary: "a map without a quick win",
    source: "PAS 184:2017, 5.2.2 c",
    severities: severities("-NNW"),
    plain: Plain::of_the_map("the map has no quick win"),
    fixes: &[Fix::MarkQuickWin],
    page: include_str!("../../../docs/rules/no-quick-win.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let has_outcomes = ctx.map.nodes.iter().any(|node| node.kind.is_outcome());
    if has_outcomes && !ctx.map.nodes.iter().any(|node| node.quick_win) {
        let fault = Fault::new(Subject::Map, "nothing in the map is marked as a quick win");
        sink.push(
            fault.help("mark the outcomes or changes that people will feel first, or add one that can be had early"),
        );
    }
}
