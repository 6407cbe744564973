//! BM112: maps with nothing in them.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM112",
    slug: "empty-map",
    family: Family::Structure,
    summary: "a map without a single box",
    source: "PAS 184:2017, 5.2.1",
    severities: severities("NEEE"),
    plain: Plain::of_the_map("the map is empty"),
    page: include_str!("../../../docs/rules/empty-map.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    if ctx.map.nodes.is_empty() {
        let fault = Fault::new(Subject::Map, "the map has no boxes, so there is nothing to check");
        sink.push(fault.field("nodes").help(
            "begin with three to five end outcomes, then work back to what must change and what it costs; `benefit-map explain order` has the steps",
        ));
    }
}
