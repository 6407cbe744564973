//! BM203: chains that nothing pays for.

use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;
use crate::graph::{NodeSet, Way};
use crate::map::NodeKind;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM203",
    slug: "no-line-of-sight-from-investment",
    family: Family::LineOfSight,
    summary: "a chain that begins without an investment",
    source: "PAS 184:2017, 5.2.1: a line of sight from every investment to an end outcome",
    severities: severities("-WWE"),
    plain: Plain::counted(
        "1 outcome is not paid for by any investment",
        "# outcomes are not paid for by any investment",
    ),
    fixes: &[Fix::Link],
    page: include_str!("../../../docs/rules/no-line-of-sight-from-investment.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    if ctx.graph.is_empty() {
        return;
    }
    if ctx.lacks(NodeKind::Investment) {
        let fault = Fault::new(
            Subject::Map,
            "the map has no investment, so nothing in it can be traced back to one",
        );
        sink.push(fault.help("add what is put in, in money or in effort, and link it to what it pays for"));
        return;
    }
    let linked = ctx.linked().iter();
    let part: NodeSet = linked
        .filter(|ix| !ctx.reached_from_investment().contains(*ix))
        .collect();
    // An outcome that nothing leads to lacks an output first of all.
    let heads = ctx.heads(&part, Way::Downstream);
    for ix in heads.iter().filter(|ix| !ctx.without_output().contains(*ix)) {
        let fed = ctx.graph.neighbours(ix, Way::Upstream).any(|before| before != ix);
        let why = if fed {
            "only nodes of a loop lead to it"
        } else {
            "the chain begins here"
        };
        let mut message = format!("no investment leads to {}: {why}", ctx.kind_and_name(ix));
        let end = ctx
            .graph
            .nearest(ix, Way::Downstream, |to| ctx.kind(to) == NodeKind::EndOutcome);
        if let Some(chain) = end.filter(|chain| chain.len() > 1) {
            message += &match fed {
                true => format!("; from it the chain runs {}", ctx.chain(&chain)),
                false => format!(", and runs {}", ctx.chain(&chain)),
            };
        }
        let fault = Fault::new(ctx.subject(ix), message);
        sink.push(fault.help("link the investment that pays for it, or that it is done with"));
    }
}
