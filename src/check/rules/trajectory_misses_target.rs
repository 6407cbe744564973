//! BM409: trajectories that lead past their targets.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::map::Trajectory;
use crate::track::Planned;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM409",
    slug: "trajectory-misses-target",
    family: Family::Tracking,
    summary: "trajectory points that lead past a target without meeting it",
    source: "PAS 184:2017, 5.3",
    severities: severities("-WWE"),
    plain: Plain::counted("1 planned path misses its target", "# planned paths miss their target"),
    page: include_str!("../../../docs/rules/trajectory-misses-target.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis() {
        let Some(Trajectory::Points(points)) = &kpi.kpi.trajectory else {
            continue;
        };
        let plan = Planned::of(kpi.kpi);
        let last = points.iter().map(|point| point.date).max();
        // Of several targets for one day the last stated holds, here as on the path.
        let mut targets: Vec<_> = kpi
            .kpi
            .targets
            .iter()
            .filter_map(|t| Some((t.date?, t.value)))
            .collect();
        targets.reverse();
        targets.sort_by_key(|(date, _)| *date);
        targets.dedup_by_key(|(date, _)| *date);
        for (date, target) in targets.into_iter().filter(|(date, _)| Some(*date) <= last) {
            if let Some(planned) = plan.expected(date).filter(|planned| !plan.meets(target, *planned)) {
                let message = format!(
                    "the trajectory of {} comes to {planned} on {date}, when the target is {target}",
                    kpi.name()
                );
                let fault = kpi.fault(message).field("trajectory");
                sink.push(fault.help("lead the trajectory through the target, or correct the target"));
                break;
            }
        }
    }
}
