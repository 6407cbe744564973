//! BM414: measurements that have not come.

use crate::check::context::Context;
use crate::check::registry::{Family, Needs, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
use crate::check::wording::count;
use crate::track::outlook;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM414",
    slug: "measurement-overdue",
    family: Family::Tracking,
    summary: "a KPI whose measurement is overdue",
    source: "PAS 184:2017, 5.3",
    severities: severities("--WW"),
    plain: Plain::counted(
        "measurements of 1 KPI are overdue",
        "measurements of # KPIs are overdue",
    ),
    needs: Needs::MEASUREMENTS_AND_DAY,
    page: include_str!("../../../docs/rules/measurement-overdue.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let (Some(measurements), Some(as_of)) = (ctx.measurements, ctx.as_of) else {
        return;
    };
    let outlooks = ctx.kpis().map(|kpi| {
        let outlook = outlook(kpi.kpi, measurements, as_of);
        (outlook.overdue, outlook.last.map(|last| last.date), kpi)
    });
    let asked = outlooks.filter(|(overdue, last, _)| *overdue > 0 || last.is_some());
    let late = Lacking::among(asked, |(overdue, ..)| *overdue > 0);
    let never = late.records.iter().all(|(_, last, _)| last.is_none());
    if let Some(all) = late.all().filter(|_| never) {
        let message = format!("none of the {all} KPIs whose measurement is due has ever been measured");
        let fault = Fault::of_all(message, late.records.iter().map(|(.., kpi)| kpi.subject()));
        sink.push(
            fault
                .field("measurement")
                .help("measure them, or correct how often they are to be measured"),
        );
        return;
    }
    for (overdue, last, kpi) in late.records {
        let last = match last {
            Some(day) => format!("which was last measured on {day}"),
            None => "which has never been measured".to_owned(),
        };
        let message = format!(
            "{} {} overdue for {}, {last}",
            count(overdue as usize, "measurement"),
            if overdue == 1 { "is" } else { "are" },
            kpi.name()
        );
        let fault = kpi.fault(message).field("measurement");
        sink.push(
            fault.help("measure it, or say that it is no longer measured by closing its plan with a final target"),
        );
    }
}
