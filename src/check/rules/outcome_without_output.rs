//! BM205: outcomes that nothing brings about.

use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
use crate::graph::{NodeIx, Way};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM205",
    slug: "outcome-without-output",
    family: Family::LineOfSight,
    summary: "an outcome that no output leads to",
    source: "PAS 184:2017, 5.2: outcomes come about through outputs",
    severities: severities("-WWE"),
    plain: Plain::counted("nothing brings about 1 outcome", "nothing brings about # outcomes"),
    fixes: &[Fix::Link],
    page: include_str!("../../../docs/rules/outcome-without-output.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    if ctx.has_no_output() {
        let outcomes = ctx.graph.nodes().filter(|ix| ctx.kind(*ix).is_outcome());
        let outcomes = Lacking::among(outcomes, |_: &NodeIx| true);
        if let Some(all) = outcomes.all() {
            let message = format!(
                "the map has neither enablers nor business changes, so nothing says what brings about its {all} outcomes"
            );
            let fault = Fault::of_all(message, outcomes.records.iter().map(|ix| ctx.subject(*ix)));
            sink.push(
                fault.help("add what is made or done for each outcome, and who will work differently because of it"),
            );
            return;
        }
    }
    // What only lies behind such an outcome follows from it, and is not told.
    for ix in ctx.heads(ctx.without_output(), Way::Downstream).iter() {
        let fed = ctx.graph.neighbours(ix, Way::Upstream).any(|before| before != ix);
        let why = if fed {
            "only outcomes lead to it, and they lead to each other"
        } else {
            "nothing leads to it"
        };
        let fault = Fault::new(
            ctx.subject(ix),
            format!("no output brings about {}: {why}", ctx.kind_and_name(ix)),
        );
        sink.push(fault.help("link the business change that brings it about, or add it"));
    }
}
