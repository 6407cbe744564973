//! BM506: plans that cannot be followed.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::quoted;
use crate::finding::Subject;
use crate::map::{Activity, Day};
use std::collections::HashMap;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM506",
    slug: "plan-out-of-order",
    family: Family::Delivery,
    summary: "dates or activities that are in an impossible order",
    source: "PAS 184:2017, 5.4.3 b",
    severities: severities("WWWE"),
    plain: Plain::counted("1 plan is out of order", "# plans are out of order"),
    page: include_str!("../../../docs/rules/plan-out-of-order.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let map = ctx.map;
    if let Some(period) = map.period
        && let Some((start, end)) = reversed(period.start, period.end)
    {
        let message = format!("the map's period begins on {start}, after its end on {end}");
        sink.push(
            Fault::new(Subject::Map, message)
                .field("period")
                .help("correct one of the two days"),
        );
    }
    for ix in ctx.graph.nodes() {
        if let Some((start, due)) = reversed(ctx.node(ix).start, ctx.node(ix).due) {
            let message = format!("{} starts on {start}, after it is due on {due}", ctx.kind_and_name(ix));
            sink.push(
                Fault::new(ctx.subject(ix), message)
                    .field("start")
                    .help("correct one of the two days"),
            );
        }
    }
    let mut activities: Vec<&Activity> = Vec::new();
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    for activity in map.plans.iter().flat_map(|plan| &plan.activities) {
        let at = activities.len();
        if *by_id.entry(activity.id.as_str()).or_insert(at) == at {
            activities.push(activity);
        }
    }
    let before = |at: usize| {
        activities[at]
            .after
            .iter()
            .filter_map(|id| by_id.get(id.as_str()).copied())
    };
    for (at, activity) in activities.iter().enumerate() {
        let subject = || Subject::Activity(activity.id.clone());
        if let Some((start, end)) = reversed(activity.start, activity.end) {
            let message = format!("activity {} starts on {start}, after its end on {end}", title(activity));
            sink.push(
                Fault::new(subject(), message)
                    .field("start")
                    .help("correct one of the two days"),
            );
        }
        for earlier in before(at).map(|at| activities[at]) {
            // To begin on the last day of what comes before is no fault.
            if let Some((start, end)) = reversed(earlier.end, activity.start).map(|(end, start)| (start, end)) {
                let message = format!(
                    "activity {} starts on {start}, before {}, which it comes after, ends on {end}",
                    title(activity),
                    title(earlier)
                );
                let fault = Fault::new(subject(), message).field("after");
                let fault = fault.related(Subject::Activity(earlier.id.clone()), "what it comes after");
                sink.push(fault.help("move one of the activities, or take the other out of its `after`"));
            }
        }
    }
    for ring in rings(activities.len(), before) {
        let first = activities[ring[0]];
        let mut names: Vec<String> = ring.iter().take(12).map(|at| title(activities[*at])).collect();
        if ring.len() > names.len() {
            names.push(format!("({} more)", ring.len() - names.len()));
        }
        names.push(title(first));
        let message = format!("each of these activities waits for the next: {}", names.join(", "));
        let fault = Fault::new(Subject::Activity(first.id.clone()), message).field("after");
        sink.push(fault.help("take out of `after` what need not be finished before"));
    }
}

/// The two days where the first is later than the second.
fn reversed(first: Option<Day>, second: Option<Day>) -> Option<(Day, Day)> {
    first.zip(second).filter(|(first, second)| first > second)
}

fn title(activity: &Activity) -> String {
    let named = !crate::check::wording::blank(&activity.title);
    quoted(if named { &activity.title } else { activity.id.as_str() })
}

/// Loops of activities that wait for each other: one for each link that closes a loop on a depth-first walk, so every
/// activity that cannot begin is behind one of them. Each begins with its first activity in the map's order.
fn rings<I: Iterator<Item = usize>>(count: usize, before: impl Fn(usize) -> I) -> Vec<Vec<usize>> {
    const UNMET: u32 = u32::MAX;
    const DONE: u32 = u32::MAX - 1;
    let mut depth = vec![UNMET; count];
    let mut rings = Vec::new();
    let mut told = vec![false; count];
    for start in 0..count {
        let mut open: Vec<(usize, I)> = Vec::new();
        let mut next = (depth[start] == UNMET).then_some(start);
        loop {
            if let Some(at) = next.take() {
                depth[at] = open.len() as u32;
                open.push((at, before(at)));
            }
            let Some((at, rest)) = open.last_mut() else { break };
            match rest.next() {
                Some(to) if depth[to] == UNMET => next = Some(to),
                Some(to) if depth[to] != DONE => {
                    let ring: Vec<usize> = open[depth[to] as usize..].iter().map(|(at, _)| *at).collect();
                    // Each activity is told of once, or tangled plans would take the square of their size.
                    if !ring.iter().any(|at| told[*at]) {
                        ring.iter().for_each(|at| told[*at] = true);
                        let first = (0..ring.len()).min_by_key(|at| ring[*at]).unwrap_or(0);
                        rings.push([&ring[first..], &ring[..first]].concat());
                    }
                }
                Some(_) => {}
                None => {
                    depth[*at] = DONE;
                    open.pop();
                }
            }
        }
    }
    rings
}
