//! BM408: targets on the wrong side of the baseline.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::Sink;
use crate::map::Direction;
use crate::track::Planned;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM408",
    slug: "target-against-direction",
    family: Family::Tracking,
    summary: "a target on the wrong side of the baseline",
    source: "PAS 184:2017, 5.3",
    severities: severities("WEE"),
    page: include_str!("../../../docs/rules/target-against-direction.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis() {
        let (Some(direction), Some(baseline)) = (kpi.kpi.direction, kpi.kpi.baseline) else {
            continue;
        };
        let plan = Planned::of(kpi.kpi);
        let wrong = kpi.kpi.targets.iter().find(|target| match direction {
            Direction::Increase => target.value < baseline.value,
            Direction::Decrease => target.value > baseline.value,
            Direction::Maintain => !plan.meets(baseline.value, target.value),
        });
        if let Some(target) = wrong {
            let message = format!(
                "{} is to {direction} from {}, and its target is {}",
                kpi.name(),
                baseline.value,
                target.value
            );
            let fault = kpi.fault(message).field("targets");
            sink.push(fault.help("correct the direction, the baseline or the target"));
        }
    }
}
