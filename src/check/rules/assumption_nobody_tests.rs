//! BM305: assumptions that nothing would show to be wrong.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
use crate::check::wording::quoted;
use crate::map::{NodeKind, Threatened};
use std::collections::HashSet;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM305",
    slug: "assumption-nobody-tests",
    family: Family::TheoryOfChange,
    summary: "an assumption that nothing would show to be wrong",
    source: "HM Treasury, Magenta Book (2020), theories of change; PAS 184:2017, 5.2",
    severities: severities("--NW"),
    plain: Plain::counted("nobody tests 1 assumption", "nobody tests # assumptions"),
    page: include_str!("../../../docs/rules/assumption-nobody-tests.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let assuming = || {
        ctx.flowing_pairs()
            .filter(|pair| pair.assumption.is_some() && !pair.backing.is_evidence())
    };
    if assuming().next().is_none() {
        return;
    }
    // Looked at in earnest: with a whole plan.
    let measured = ctx.measured(|kpi| kpi.plan_gaps(ctx.owners()).is_empty());
    let watched: HashSet<(&str, &str)> = ctx
        .map
        .risks
        .iter()
        .filter(|risk| ctx.owners().answering(risk.owner.as_ref()).is_some())
        .filter_map(|risk| match &risk.threatens {
            Some(Threatened::Link { from, to }) => Some((from.as_str(), to.as_str())),
            _ => None,
        })
        .collect();
    let untested = Lacking::among(assuming(), |pair| {
        let begins = measured.contains(pair.from) || ctx.kind(pair.from) == NodeKind::Investment;
        let ends = (ctx.graph.id(pair.from).as_str(), ctx.graph.id(pair.to).as_str());
        let shown = (begins && measured.contains(pair.to)) || watched.contains(&ends);
        !shown
    });
    if let Some(all) = untested.all() {
        let message = format!("nothing would show it if what any of the {all} links assumes were wrong");
        let links = untested.records.iter().map(|pair| ctx.link_subject(pair.from, pair.to));
        sink.push(Fault::of_all(message, links).field("assumptions").help(HELP));
        return;
    }
    for pair in untested.records {
        let Some(assumption) = pair.assumption else { continue };
        let message = format!(
            "that {} brings about {} assumes {}, and nothing would show if that were wrong",
            ctx.name(pair.from),
            ctx.name(pair.to),
            quoted(assumption)
        );
        let fault = Fault::new(ctx.link_subject(pair.from, pair.to), message).field("assumptions");
        sink.push(fault.help(HELP));
    }
}

const HELP: &str = "cite evidence for the link, measure both its ends with KPIs, or enter a risk to the link with an owner who watches it";
