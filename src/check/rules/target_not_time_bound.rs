//! BM407: targets that never fall due.

use crate::check::context::{Context, KpiAt};
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::check::whole::Lacking;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM407",
    slug: "target-not-time-bound",
    family: Family::Tracking,
    summary: "a target without a date",
    source: "PAS 184:2017, 5.3",
    severities: severities("-WWE"),
    plain: Plain::counted("1 target has no date", "# targets have no date"),
    page: include_str!("../../../docs/rules/target-not-time-bound.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let help = "say by which day the target is to be reached";
    let asked = ctx.kpis().filter(|kpi| !kpi.kpi.targets.is_empty());
    let without = Lacking::among(asked, |kpi| kpi.kpi.targets.iter().all(|target| target.date.is_none()));
    if let Some(fault) = without.as_one(KpiAt::subject, |all| {
        format!("none of the {all} KPIs with a target says by which day it is to be reached")
    }) {
        sink.push(fault.field("targets").help(help));
        return;
    }
    for kpi in ctx.kpis() {
        if let Some(target) = kpi.kpi.targets.iter().find(|target| target.date.is_none()) {
            let message = format!("{} has a target of {} without a date", kpi.name(), target.value);
            let fault = kpi.fault(message).field("targets");
            sink.push(fault.help(help));
        }
    }
}
