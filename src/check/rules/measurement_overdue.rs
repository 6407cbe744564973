//! BM414: measurements that have not come.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::Sink;
use crate::check::wording::count;
use crate::track::outlook;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM414",
    slug: "measurement-overdue",
    family: Family::Tracking,
    summary: "a KPI whose measurement has fallen due and has not come",
    source: "PAS 184:2017, 5.3",
    severities: severities("-WW"),
    page: include_str!("../../../docs/rules/measurement-overdue.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let (Some(measurements), Some(as_of)) = (ctx.measurements, ctx.as_of) else {
        return;
    };
    for kpi in ctx.kpis() {
        let outlook = outlook(kpi.kpi, measurements, as_of);
        if outlook.overdue == 0 {
            continue;
        }
        let last = match outlook.last {
            Some(last) => format!("which was last measured on {}", last.date),
            None => "which has never been measured".to_owned(),
        };
        let message = format!(
            "{} {} overdue for {}, {last}",
            count(outlook.overdue as usize, "measurement"),
            if outlook.overdue == 1 { "is" } else { "are" },
            kpi.name()
        );
        let fault = kpi.fault(message).field("measurement");
        sink.push(
            fault.help("measure it, or say that it is no longer measured by closing its plan with a final target"),
        );
    }
}
