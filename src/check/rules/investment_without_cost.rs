//! BM701: investments that do not say what they cost.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::count;
use crate::map::NodeKind;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM701",
    slug: "investment-without-cost",
    family: Family::MoneyAndPartners,
    summary: "an investment that does not say what it costs",
    source: "PAS 184:2017, 5.2; HM Treasury, Green Book, costs and benefits",
    severities: severities("-WWE"),
    plain: Plain::counted("1 investment has no cost", "# investments have no cost"),
    page: include_str!("../../../docs/rules/investment-without-cost.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let investments = || {
        ctx.graph
            .of_kind(NodeKind::Investment)
            .filter(|ix| !ctx.is_twofold(*ix))
    };
    let without = || investments().filter(|ix| ctx.node(*ix).cost.is_empty());
    if without().count() > 1 && without().count() == investments().count() {
        let message = format!(
            "none of the {} says what it costs",
            count(without().count(), "investment")
        );
        let fault = Fault::of_all(message, without().map(|ix| ctx.subject(ix))).field("cost");
        sink.push(fault.help(HELP));
        return;
    }
    for ix in investments() {
        let cost = &ctx.node(ix).cost;
        let message = if cost.is_empty() {
            format!("{} does not say what it costs", ctx.kind_and_name(ix))
        } else if cost.iter().all(|cost| cost.amount.decimal().is_zero()) {
            format!("{} costs 0 in every year that it names", ctx.kind_and_name(ix))
        } else {
            continue;
        };
        let fault = Fault::new(ctx.subject(ix), message).field("cost");
        sink.push(fault.help(HELP));
    }
}

const HELP: &str = "add what it costs by financial year, as `cost`; time of your own people counts too";
