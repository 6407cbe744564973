//! BM206: side branches that stop.

use crate::check::broken::may_stop;
use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::map::NodeKind;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM206",
    slug: "dead-end",
    family: Family::LineOfSight,
    summary: "a node that leads nowhere and is not an end outcome",
    source: "PAS 184:2017, 5.2.1: every chain runs to an end outcome",
    severities: severities("-WWW"),
    plain: Plain::counted("1 chain stops half way", "# chains stop half way"),
    fixes: &[Fix::Link],
    page: include_str!("../../../docs/rules/dead-end.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    if ctx.lacks(NodeKind::EndOutcome) {
        // Then every chain must stop somewhere, and that is told once, of the map.
        return;
    }
    let broken = ctx.broken();
    // A stop that is told as the end of a broken chain is not told again.
    for ix in broken.stops.iter().filter(|ix| !broken.told.contains(*ix)) {
        if may_stop(ctx.node(ix)) {
            continue;
        }
        let fault = Fault::new(
            ctx.subject(ix),
            format!("{} leads to nothing: the chain stops here", ctx.kind_and_name(ix)),
        );
        sink.push(fault.help("link it to the outcome that it brings about, or take it out"));
    }
}
