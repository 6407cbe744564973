//! BM207: maps of things bought, not of ways of working.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::count;
use crate::finding::Subject;
use crate::map::NodeKind;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM207",
    slug: "enabler-heavy-map",
    family: Family::LineOfSight,
    summary: "many enablers for few business changes",
    source: "PAS 184:2017, 5.2.2 b",
    severities: severities("-NNW"),
    plain: Plain::of_the_map("there are many enablers for few business changes"),
    also_said_by: &["BM204"],
    page: include_str!("../../../docs/rules/enabler-heavy-map.md"),
    ..Rule::of(run)
};

/// Fewer enablers than this say nothing yet.
const LEAST: usize = 4;
/// More enablers than this for each business change are many.
const RATIO: usize = 2;

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let of = |kind| ctx.graph.of_kind(kind).count();
    let (enablers, changes) = (of(NodeKind::Enabler), of(NodeKind::BusinessChange));
    if ctx.without_business_change().is_some() {
        // That is told by the rule on chains without a business change.
        return;
    }
    if enablers >= LEAST && enablers > RATIO * changes {
        let message = format!(
            "the map has {} for {}: much is bought or built, and little is done differently",
            count(enablers, "enabler"),
            count(changes, "business change")
        );
        let fault = Fault::new(Subject::Map, message);
        sink.push(
            fault.help("ask of each enabler who will work differently because of it, and add those business changes"),
        );
    }
}
