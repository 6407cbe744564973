//! BM419: targets that fall due long after what they measure.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::map::{Day, Target};
use jiff::ToSpan;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM419",
    slug: "target-after-due",
    family: Family::Tracking,
    summary: "a KPI whose target falls long after the day on which its box is due",
    source: "PAS 184:2017, 5.3",
    severities: severities("-NNW"),
    plain: Plain::counted(
        "1 target comes long after its box is due",
        "# targets come long after their box is due",
    ),
    page: include_str!("../../../docs/rules/target-after-due.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis() {
        let Some(ix) = kpi.node.filter(|ix| !ctx.is_twofold(*ix)) else {
            continue;
        };
        let Some(due) = ctx.node(ix).due else { continue };
        let last = kpi.kpi.final_target().and_then(dated);
        let Some((last, value)) = last.filter(|(day, _)| *day > year_after(due)) else {
            continue;
        };
        // A target at about the day says what is promised for it, and the later ones say how it goes on.
        let mut days = kpi.kpi.targets.iter().filter_map(dated).map(|(day, _)| day);
        if days.any(|day| day <= year_after(due) && due <= year_after(day)) {
            continue;
        }
        let message = format!(
            "{} is due on {due}, and the target of {}, {}, is for {last}: nothing says what is to be reached when it is due",
            ctx.kind_and_name(ix),
            kpi.name(),
            kpi.kpi.amount(value)
        );
        let fault = kpi
            .fault(message)
            .field("targets")
            .related(ctx.subject(ix), "what the KPI measures");
        sink.push(fault.help("add a target for the day on which it is due, or correct one of the two days"));
    }
}

fn dated(target: &Target) -> Option<(Day, crate::map::Number)> {
    Some((target.date?, target.value))
}

/// The same day of the next year; the last day of the calendar where there is none.
fn year_after(day: Day) -> Day {
    Day::from(day.date().saturating_add(1.year()))
}
