//! BM403: indicators where they cannot tell what they should.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::map::{Indicator, NodeKind};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM403",
    slug: "indicator-on-wrong-stage",
    family: Family::Tracking,
    summary: "an outcome indicator on an output, or a leading one on an end outcome",
    source: "PAS 184:2017, 5.3",
    severities: severities("-WWE"),
    plain: Plain::counted(
        "1 KPI is the wrong type for its box",
        "# KPIs are the wrong type for their box",
    ),
    page: include_str!("../../../docs/rules/indicator-on-wrong-stage.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis() {
        let Some(ix) = kpi.node.filter(|ix| !ctx.is_twofold(*ix)) else {
            continue;
        };
        let kind = ctx.kind(ix);
        let (what, help) = match kpi.kpi.indicator {
            Some(Indicator::Outcome) if !kind.is_outcome() => (
                "an outcome indicator",
                "make it a leading indicator, or measure the outcome that it describes",
            ),
            Some(Indicator::Leading) if kind == NodeKind::EndOutcome => (
                "a leading indicator",
                "make it an outcome indicator, or move it to a node that comes before",
            ),
            _ => continue,
        };
        let message = format!("{} is {what} on {}", kpi.name(), ctx.kind_and_name(ix));
        sink.push(kpi.fault(message).field("indicator").help(help));
    }
}
