//! BM410: planned paths whose days do not follow each other.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::map::{Day, Kpi, Trajectory};
use std::collections::BTreeSet;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM410",
    slug: "trajectory-out-of-order",
    family: Family::Tracking,
    summary: "trajectory points that are not in order of date, or two targets for one day",
    source: "PAS 184:2017, 5.3",
    severities: severities("-WWE"),
    plain: Plain::counted("1 planned path is out of order", "# planned paths are out of order"),
    page: include_str!("../../../docs/rules/trajectory-out-of-order.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis() {
        if let Some(what) = points_out_of_order(kpi.kpi) {
            let fault = kpi.fault(format!("the trajectory of {} {what}", kpi.name()));
            sink.push(fault.field("trajectory").help("correct the days of the points"));
        }
        if let Some(date) = twice(kpi.kpi.targets.iter().filter_map(|target| target.date)) {
            let fault = kpi.fault(format!("{} has two targets for {date}", kpi.name()));
            sink.push(fault.field("targets").help("keep the target that holds"));
        }
    }
}

fn points_out_of_order(kpi: &Kpi) -> Option<String> {
    let Some(Trajectory::Points(points)) = &kpi.trajectory else {
        return None;
    };
    let start = kpi.baseline.and_then(|baseline| baseline.date);
    if let Some(point) = points
        .iter()
        .find(|point| start.is_some_and(|start| point.date < start))
    {
        return Some(format!("has a point on {}, before the baseline", point.date));
    }
    if let Some(pair) = points.windows(2).find(|pair| pair[1].date < pair[0].date) {
        return Some(format!("goes back from {} to {}", pair[0].date, pair[1].date));
    }
    twice(points.iter().map(|point| point.date)).map(|date| format!("has two points for {date}"))
}

/// The first day that comes a second time.
fn twice(mut days: impl Iterator<Item = Day>) -> Option<Day> {
    let mut seen = BTreeSet::new();
    days.find(|day| !seen.insert(*day))
}
