//! BM508: effects that come before their causes.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::count;
use crate::finding::Subject;
use crate::graph::{GraphLink, NodeIx, Way};
use crate::map::{Day, Effect};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM508",
    slug: "time-runs-backwards",
    family: Family::Delivery,
    summary: "an effect that is due before its cause, or a day outside the map's period",
    source: "PAS 184:2017, 5.2, 5.4.3 b",
    severities: severities("-WWE"),
    plain: Plain::counted(
        "1 date is before its cause or outside the map's period",
        "# dates are before their cause or outside the map's period",
    ),
    page: include_str!("../../../docs/rules/time-runs-backwards.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    before_its_cause(ctx, sink);
    of_kpis(ctx, sink);
    outside_the_period(ctx, sink);
}

/// The first day on which a node can have an effect, and the node whose start that is.
type Earliest = Option<(Day, NodeIx)>;

fn before_its_cause(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    if !ctx.map.nodes.iter().any(|node| node.due.is_some()) {
        return;
    }
    let earliest = earliest(ctx);
    for ix in ctx.graph.nodes().filter(|ix| !ctx.is_twofold(*ix)) {
        let Some(due) = ctx.node(ix).due else { continue };
        // Of several causes that come too late, the latest is named.
        let starts = causes(ctx, ix).filter_map(|cause| {
            let (day, origin) = earliest[cause.index()].filter(|(day, _)| *day > due)?;
            Some((day, origin, cause))
        });
        let late: Vec<_> = starts.collect();
        let delivered = causes(ctx, ix).filter_map(|cause| {
            let node = ctx.node(cause);
            let day = node.due.filter(|day| *day > due && node.kind.is_output())?;
            Some((day, cause, cause))
        });
        let delivered: Vec<_> = if late.is_empty() {
            delivered.collect()
        } else {
            Vec::new()
        };
        let Some((day, origin, cause)) = late.iter().chain(&delivered).max_by_key(|(day, ..)| *day).copied() else {
            continue;
        };
        let what = match (late.is_empty(), origin == cause) {
            (true, _) => format!(
                "{}, which leads to it, is itself due on {day}",
                ctx.kind_and_name(cause)
            ),
            (false, true) => format!("{}, which leads to it, starts on {day}", ctx.kind_and_name(cause)),
            (false, false) => format!(
                "{}, which it rests on through {}, starts on {day}",
                ctx.kind_and_name(origin),
                ctx.name(cause)
            ),
        };
        let message = format!("{} is due on {due}, but {what}", ctx.kind_and_name(ix));
        let mut fault = Fault::new(ctx.subject(ix), message).field("due");
        for (day, origin, _) in late.iter().chain(&delivered).take(MOST) {
            let phrase = if late.is_empty() { "due" } else { "starts" };
            fault = fault.related(ctx.subject(*origin), format!("{phrase} on {day}"));
        }
        sink.push(fault.help("correct one of the days, or the link: an effect comes after its cause"));
    }
}

/// What supports a node directly, each once, feedback left out.
fn causes<'c>(ctx: &'c Context<'_>, ix: NodeIx) -> impl Iterator<Item = NodeIx> + 'c {
    let links = ctx.graph.links_of(ix, Way::Upstream).filter(move |link| supports(link));
    links.map(|link| link.from)
}

fn supports(link: &GraphLink<'_>) -> bool {
    link.flows() && link.from != link.to && link.link.effect == Effect::Supports
}

/// For every node, the first day on which it can have an effect: its own start, or that of the earliest of what
/// supports it where that is later. What is on a loop or behind one, and what is fed by something without a day or by
/// something that nobody knows, has its own start alone.
fn earliest(ctx: &Context<'_>) -> Vec<Earliest> {
    let graph = ctx.graph;
    if ctx.map.nodes.iter().all(|node| node.start.is_none()) {
        return vec![None; graph.len()];
    }
    let own = |ix: NodeIx| ctx.node(ix).start.map(|day| (day, ix));
    let mut earliest: Vec<Earliest> = graph.nodes().map(own).collect();
    let mut waiting: Vec<u32> = graph.nodes().map(|ix| causes(ctx, ix).count() as u32).collect();
    let mut open: Vec<NodeIx> = graph.nodes().filter(|ix| waiting[ix.index()] == 0).collect();
    while let Some(ix) = open.pop() {
        if !ctx.doubtful_upstream().contains(ix) {
            let mut fed = causes(ctx, ix).map(|cause| earliest[cause.index()]);
            // One cause of which no day is known may be there from the first.
            let first = fed.try_fold(None, |first: Earliest, cause| {
                let cause = cause?;
                Some(Some(first.map_or(cause, |first| first.min(cause))))
            });
            let first = first.flatten();
            earliest[ix.index()] = match (own(ix), first) {
                (Some(own), Some(first)) if first.0 > own.0 => Some(first),
                (Some(own), _) => Some(own),
                (None, first) => first,
            };
        }
        for link in graph.links_of(ix, Way::Downstream).filter(|link| supports(link)) {
            let left = &mut waiting[link.to.index()];
            *left -= 1;
            if *left == 0 {
                open.push(link.to);
            }
        }
    }
    earliest
}

/// What is said of a node's own KPIs.
fn of_kpis(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis() {
        let Some(ix) = kpi.node.filter(|ix| !ctx.is_twofold(*ix)) else {
            continue;
        };
        let node = ctx.node(ix);
        let baseline = kpi.kpi.baseline.and_then(|baseline| baseline.date);
        let target = kpi.kpi.final_target().and_then(|target| target.date);
        // An effect that has begun is in the figure already; work that has begun mostly is not.
        let begun = node.start.filter(|_| node.kind.is_outcome());
        let (message, field) = match (baseline, node.due, begun, target, node.start) {
            (Some(day), Some(due), ..) if day > due => (
                format!(
                    "the baseline of {} was measured on {day}, after {} was due on {due}",
                    kpi.name(),
                    ctx.kind_and_name(ix)
                ),
                "baseline",
            ),
            (Some(day), _, Some(start), ..) if day > start => (
                format!(
                    "the baseline of {} was measured on {day}, after {} began on {start}, so a part of the effect is in it",
                    kpi.name(),
                    ctx.kind_and_name(ix)
                ),
                "baseline",
            ),
            (.., Some(day), Some(start)) if day < start => (
                format!(
                    "the last target of {} is for {day}, before {} begins on {start}",
                    kpi.name(),
                    ctx.kind_and_name(ix)
                ),
                "targets",
            ),
            _ => continue,
        };
        let fault = kpi
            .fault(message)
            .field(field)
            .related(ctx.subject(ix), "what the KPI measures");
        sink.push(fault.help("correct one of the two days"));
    }
}

/// Days that lie outside the time that the map covers. Where most of its days do, the period is at fault.
fn outside_the_period(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(period) = ctx.map.period else { return };
    if period.start.zip(period.end).is_some_and(|(start, end)| start > end) {
        // That is told by another rule.
        return;
    }
    let mut asked = 0;
    let mut found: Vec<(Fault, Day)> = Vec::new();
    let mut boxes = 0;
    for ix in ctx.graph.nodes() {
        let node = ctx.node(ix);
        let days = [(node.due, "is due on", "due"), (node.start, "starts on", "start")];
        asked += usize::from(node.due.or(node.start).is_some());
        for (day, verb, field) in days {
            let outside = day.and_then(|day| Some((day, outside(day, period.start, period.end)?)));
            let Some((day, where_to)) = outside else { continue };
            let message = format!("{} {verb} {day}, {where_to}", ctx.kind_and_name(ix));
            found.push((Fault::new(ctx.subject(ix), message).field(field).help(WIDEN), day));
            boxes += 1;
            // One day of a box that lies outside is enough.
            break;
        }
    }
    let mut targets = 0;
    for kpi in ctx.kpis() {
        let days = || kpi.kpi.targets.iter().filter_map(|target| target.date);
        asked += usize::from(days().next().is_some());
        let outside = days()
            .filter_map(|day| Some((day, outside(day, period.start, period.end)?)))
            .max();
        let Some((day, where_to)) = outside else { continue };
        let message = format!("{} has a target for {day}, {where_to}", kpi.name());
        found.push((kpi.fault(message).field("targets").help(WIDEN), day));
        targets += 1;
    }
    if found.len() > 1 && 2 * found.len() > asked {
        let parts = [
            (boxes > 0).then(|| crate::check::wording::boxes(boxes)),
            (targets > 0).then(|| format!("targets of {}", count(targets, "KPI"))),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let days = || found.iter().map(|(_, day)| *day);
        let (first, last) = (days().min(), days().max());
        let span = match (period.start, period.end) {
            (Some(start), Some(end)) => format!("which is {start} to {end}"),
            (Some(start), None) => format!("which begins on {start}"),
            (None, Some(end)) => format!("which ends on {end}"),
            (None, None) => return,
        };
        let reach = match (first, last) {
            (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
            (Some(day), _) => day.to_string(),
            _ => return,
        };
        let message = format!(
            "the days of {} lie outside the map's period, {span}: they are {reach}",
            parts.join(" and ")
        );
        sink.push(Fault::new(Subject::Map, message).field("period").help(WIDEN));
        return;
    }
    found.into_iter().for_each(|(fault, _)| sink.push(fault));
}

const WIDEN: &str = "correct the day, or widen the map's `period`";

/// Where a day lies that is outside; `None` for one within.
fn outside(day: Day, start: Option<Day>, end: Option<Day>) -> Option<String> {
    match (start, end) {
        (Some(start), _) if day < start => Some(format!("before the map's period begins on {start}")),
        (_, Some(end)) if day > end => Some(format!("after the map's period ends on {end}")),
        _ => None,
    }
}

/// Causes that are named one by one.
const MOST: usize = 50;
