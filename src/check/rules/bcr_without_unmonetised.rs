//! BM715: an end outcome that is neither valued in money nor said to have no value in money.

use crate::check::context::Context;
use crate::check::money::valued;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::graph::{NodeIx, Way};
use crate::map::NodeKind;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM715",
    slug: "bcr-without-unmonetised",
    family: Family::MoneyAndPartners,
    summary: "an end outcome that is neither valued in money nor said to have no value in money",
    source: "HM Treasury, Green Book, costs and benefits",
    severities: severities("--WW"),
    plain: Plain::counted(
        "1 end outcome is missing from the appraisal",
        "# end outcomes are missing from the appraisal",
    ),
    page: include_str!("../../../docs/rules/bcr-without-unmonetised.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    if ctx.map.appraisal.is_none() {
        return;
    }
    let said: Vec<NodeIx> = valued(ctx).filter_map(|(at, _)| at.node).collect();
    let outcomes = said.into_iter().filter(|ix| ctx.kind(*ix).is_outcome());
    let reached = ctx.graph.reach(outcomes, Way::Downstream);
    for ix in ctx
        .graph
        .of_kind(NodeKind::EndOutcome)
        .filter(|ix| !reached.contains(*ix))
    {
        let message = format!(
            "{} has no value in money, and no KPI says that it has none",
            ctx.kind_and_name(ix)
        );
        let help = "give one of its KPIs a `value`: in money, or with the class `quantifiable` or `qualitative`";
        sink.push(Fault::new(ctx.subject(ix), message).help(help));
    }
}
