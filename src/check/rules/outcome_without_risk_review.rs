//! BM601: outcomes that nobody has asked what could go wrong with.

use crate::check::broken::aimed_at;
use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::count;
use crate::graph::{NodeIx, NodeSet};
use crate::map::Threatened;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM601",
    slug: "outcome-without-risk-review",
    family: Family::Risk,
    summary: "an outcome without any risk named",
    source: "PAS 184:2017, 5.4.3 c",
    severities: severities("--NW"),
    plain: Plain::counted(
        "nobody has asked what may go wrong with 1 outcome",
        "nobody has asked what may go wrong with # outcomes",
    ),
    page: include_str!("../../../docs/rules/outcome-without-risk-review.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let mut reviewed = NodeSet::with_capacity(ctx.graph.len());
    for risk in &ctx.map.risks {
        // A risk to a link is one to what the link is to bring about.
        let threatened = match &risk.threatens {
            Some(Threatened::Node(id) | Threatened::Link { to: id, .. }) => id.as_str(),
            None => continue,
        };
        reviewed.extend(ctx.graph.find(threatened).or_else(|| ctx.meant_node(threatened)));
    }
    let wanted = |ix: &NodeIx| ctx.kind(*ix).is_outcome() && aimed_at(ctx.node(*ix)) && !ctx.is_twofold(*ix);
    let outcomes = || ctx.graph.nodes().filter(wanted);
    let missing = || outcomes().filter(|ix| !reviewed.contains(*ix));
    if missing().count() > 1 && missing().count() == outcomes().count() {
        let message = format!(
            "the map names no risk to any of its {}",
            count(outcomes().count(), "outcome")
        );
        let fault = Fault::of_all(message, outcomes().map(|ix| ctx.subject(ix)));
        sink.push(fault.help("ask what could stop each outcome, and enter the answers as `risks` with owners"));
        return;
    }
    for ix in missing() {
        let message = format!("no risk to {} is named", ctx.kind_and_name(ix));
        let fault = Fault::new(ctx.subject(ix), message);
        sink.push(
            fault.help("ask what could stop it, and enter the answer as a risk; a risk that has passed counts too"),
        );
    }
}
