//! BM402: outputs that nothing shows to be on their way.

use super::outcome_without_kpi::is_unmeasured;
use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
use crate::map::Indicator;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM402",
    slug: "output-without-leading-indicator",
    family: Family::Tracking,
    summary: "an output without a leading indicator",
    source: "PAS 184:2017, 5.3",
    severities: severities("---W"),
    plain: Plain::counted(
        "1 output has no leading indicator",
        "# outputs have no leading indicator",
    ),
    fixes: &[Fix::AddKpi],
    also_said_by: &["BM401"],
    page: include_str!("../../../docs/rules/output-without-leading-indicator.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    if is_unmeasured(ctx) {
        return;
    }
    let led = ctx.measured(|kpi| kpi.indicator != Some(Indicator::Outcome));
    let outputs = ctx
        .graph
        .nodes()
        .filter(|ix| ctx.kind(*ix).is_output() && !ctx.is_twofold(*ix));
    let without = Lacking::among(outputs, |ix| !led.contains(*ix));
    if let Some(all) = without.all() {
        let message = format!("none of the {all} enablers and business changes has a leading indicator");
        let fault = Fault::of_all(message, without.records.iter().map(|ix| ctx.subject(*ix)));
        sink.push(fault.help("begin with the business changes: add leading KPIs, which move before the outcomes do"));
        return;
    }
    for ix in without.records {
        let fault = Fault::new(
            ctx.subject(ix),
            format!("{} has no leading indicator", ctx.kind_and_name(ix)),
        );
        sink.push(fault.help("add a leading KPI that moves before the outcomes do"));
    }
}
