//! BM202: money and work that lead to no end outcome.

use crate::check::context::Context;
use crate::check::context::kind;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;
use crate::map::NodeKind;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM202",
    slug: "no-line-of-sight-to-end-outcome",
    family: Family::LineOfSight,
    summary: "a chain that never reaches an end outcome",
    source: "PAS 184:2017, 5.2.1: a line of sight from every investment to an end outcome",
    severities: severities("-EEE"),
    plain: Plain::counted("1 box leads to no end outcome", "# boxes lead to no end outcome"),
    fixes: &[Fix::Link],
    page: include_str!("../../../docs/rules/no-line-of-sight-to-end-outcome.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    if ctx.graph.is_empty() {
        return;
    }
    if ctx.lacks(NodeKind::EndOutcome) {
        let fault = Fault::new(
            Subject::Map,
            "the map has no end outcome, so nothing in it has a line of sight to one",
        );
        sink.push(fault.help("add the end outcomes that the map is drawn for, and link the chains to them"));
        return;
    }
    let broken = ctx.broken();
    for ix in &broken.heads {
        let way = ctx.way(&broken.way, *ix);
        let stop = broken.way.target(*ix).unwrap_or(*ix);
        let (where_it_stops, help) = if broken.stops.contains(stop) {
            (
                format!("stops at {} `{}`", kind(ctx.kind(stop)), ctx.node(stop).id),
                format!(
                    "link {} to the outcome that it brings about, or take the chain out",
                    ctx.name(stop)
                ),
            )
        } else {
            (
                format!("runs into a loop at `{}` that nothing leads out of", ctx.node(stop).id),
                "lead the chain out of the loop to an outcome".to_owned(),
            )
        };
        let message = match broken.way.distance(*ix) {
            Some(0) => format!(
                "{} reaches no end outcome: it is on a loop that nothing leads out of",
                ctx.kind_and_name(*ix)
            ),
            _ => format!(
                "{} reaches no end outcome: the chain {way} {where_it_stops}",
                ctx.kind_and_name(*ix)
            ),
        };
        let fault = Fault::new(ctx.subject(*ix), message).help(help);
        sink.push(if stop == *ix {
            fault
        } else {
            fault.related(ctx.subject(stop), "the chain stops here")
        });
    }
}
