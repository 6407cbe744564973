//! BM704: costs below zero.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
use crate::check::wording::quoted;
use crate::finding::Subject;
use crate::map::Number;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM704",
    slug: "negative-cost",
    family: Family::MoneyAndPartners,
    summary: "a cost below 0",
    source: "PAS 184:2017, 5.2; HM Treasury, Green Book, costs and benefits",
    severities: severities("WEEE"),
    plain: Plain::counted("1 cost is below 0", "# costs are below 0"),
    page: include_str!("../../../docs/rules/negative-cost.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let costs = ctx
        .graph
        .nodes()
        .flat_map(|ix| ctx.node(ix).cost.iter().map(move |cost| (ix, cost)));
    let below = Lacking::among(costs, |(_, cost)| cost.amount < Number::ZERO);
    if let Some(all) = below.all() {
        let message = format!("all {all} costs in the map are below 0, so they would add up to income");
        sink.push(Fault::new(Subject::Map, message).help("write costs without the minus"));
    } else {
        for (ix, cost) in &below.records {
            let message = format!(
                "{} costs {} in {}, which is below 0",
                ctx.kind_and_name(*ix),
                cost.amount.grouped(),
                quoted(&cost.year)
            );
            sink.push(Fault::new(ctx.subject(*ix), message).field("cost").help(HELP));
        }
    }
    for at in ctx.risks() {
        for response in &at.risk.responses {
            let Some(cost) = response.cost.filter(|cost| *cost < Number::ZERO) else {
                continue;
            };
            let message = format!(
                "{} to {} costs {}, which is below 0",
                quoted(&response.action),
                at.name(),
                cost.grouped()
            );
            sink.push(at.fault(message).field("responses").help(HELP));
        }
    }
}

const HELP: &str =
    "write the cost without the minus; where money comes back, as a saving does, show it as an outcome with a KPI";
