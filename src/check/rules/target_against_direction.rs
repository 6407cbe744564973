//! BM408: targets on the wrong side of the baseline.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::map::{Direction, Kpi};
use crate::track::Planned;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM408",
    slug: "target-against-direction",
    family: Family::Tracking,
    summary: "a target on the wrong side of the baseline",
    source: "PAS 184:2017, 5.3",
    severities: severities("WEEE"),
    plain: Plain::counted("1 target points the wrong way", "# targets point the wrong way"),
    page: include_str!("../../../docs/rules/target-against-direction.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis() {
        if let Some(message) = against_band(kpi.kpi) {
            let fault = kpi.fault(format!("{} {message}", kpi.name())).field("band");
            sink.push(fault.help("correct the band, the direction or the target"));
            continue;
        }
        let (Some(direction), Some(baseline)) = (kpi.kpi.direction, kpi.kpi.baseline) else {
            continue;
        };
        let plan = Planned::of(kpi.kpi);
        let wrong = kpi.kpi.targets.iter().find(|target| match direction {
            Direction::Increase => target.value < baseline.value,
            Direction::Decrease => target.value > baseline.value,
            Direction::Maintain if kpi.kpi.kept_within().is_some() => false,
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

/// What the band of a KPI contradicts; `None` where there is none, or nothing.
fn against_band(kpi: &Kpi) -> Option<String> {
    let band = kpi.band?;
    if let Some(direction @ (Direction::Increase | Direction::Decrease)) = kpi.direction {
        return Some(format!("is to {direction}, and has a band to be kept within, {band}"));
    }
    if let (Some(lower), Some(upper)) = (band.lower, band.upper)
        && lower > upper
    {
        return Some(format!(
            "has a band whose lower bound, {lower}, is above its upper bound, {upper}"
        ));
    }
    let plan = Planned::of(kpi);
    let outside = kpi
        .targets
        .iter()
        .find(|target| !plan.meets(target.value, target.value))?;
    Some(format!(
        "is to be kept within {band}, and its target is {}",
        outside.value
    ))
}
