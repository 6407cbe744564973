//! BM420: figures that are a hundred or a thousand times off the others of their KPI.

use crate::check::context::{Context, KpiAt};
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::map::{Aggregation, Direction, Kpi, Number, Trajectory};
use crate::track::{Observation, Planned};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM420",
    slug: "figure-out-of-line",
    family: Family::Tracking,
    summary: "a figure of a KPI that is a hundred or a thousand times larger or smaller than the others",
    source: "PAS 184:2017, 5.3",
    severities: severities("NWWW"),
    plain: Plain::counted("1 figure is far from the others", "# figures are far from the others"),
    page: include_str!("../../../docs/rules/figure-out-of-line.md"),
    ..Rule::of(run)
};

/// How many times off both neighbours, or all of the plan, a figure is out of line.
const OFF: f64 = 40.0;
/// The same for the first and the last figure of a plan, which has only one side.
const OFF_AT_AN_END: f64 = 95.0;
/// The same where the plan leads that way: from little to much, or from much to little.
const OFF_ALONG_THE_WAY: f64 = 500.0;
/// Neighbours that agree are within so many times of each other.
const ALIKE: f64 = 5.0;
/// Years before and after in which the same season is looked for.
const SEASONS: i64 = 5;
/// More measured values than this make one finding.
const EACH: usize = 3;

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for kpi in ctx.kpis() {
        let measured = ctx.measurements.map_or(&[][..], |all| all.of(&kpi.kpi.id));
        if are_close(kpi.kpi, measured) {
            continue;
        }
        let stated = stated(kpi.kpi);
        let off = measured_off(kpi.kpi, &stated, measured);
        tell_measured(&kpi, measured, &off, sink);
        let inside = measured
            .iter()
            .zip(0..)
            .filter(|(_, at)| off.iter().all(|off| off.at != *at));
        let typical = middle(inside.map(|(o, _)| size(o.value)).filter(|size| *size > 0.0).collect());
        // What is measured in parts says nothing of its sum.
        let typical = typical.filter(|_| kpi.kpi.aggregation != Some(Aggregation::Cumulative));
        for (at, times) in stated_off(kpi.kpi, &stated, typical) {
            let figure = &stated[at];
            let message = format!(
                "{} of {} is {}, {} its other figures",
                figure.what,
                kpi.name(),
                figure.value.grouped(),
                about(times)
            );
            sink.push(kpi.fault(message).field(figure.field).help(HELP));
        }
    }
}

const HELP: &str =
    "check the number and its unit: a slip of the keyboard, thousands or millions, or a percentage beside a share";

/// Whether no two figures of the KPI are so far from each other that one could be out of line, which is so of nearly all
/// KPIs and quickly seen.
fn are_close(kpi: &Kpi, measured: &[Observation]) -> bool {
    let points = match &kpi.trajectory {
        Some(Trajectory::Points(points)) => points.as_slice(),
        _ => &[],
    };
    let stated = kpi.baseline.iter().map(|baseline| baseline.value);
    let stated = stated.chain(points.iter().map(|point| point.value));
    let stated = stated.chain(kpi.targets.iter().map(|target| target.value));
    let sizes = stated.chain(measured.iter().map(|o| o.value)).map(size);
    let (least, most) = sizes
        .filter(|size| *size > 0.0)
        .fold((f64::INFINITY, 0.0), |(least, most): (f64, f64), size| {
            (least.min(size), most.max(size))
        });
    let share = least <= 1.0 && most >= 5.0 && kpi.unit.trim().starts_with('%');
    !share && (most < OFF * least || most == 0.0)
}

/// A figure that the map states, in the order of time.
struct Figure {
    what: String,
    field: &'static str,
    value: Number,
}

fn stated(kpi: &Kpi) -> Vec<Figure> {
    let baseline = kpi.baseline.map(|baseline| Figure {
        what: "the baseline".to_owned(),
        field: "baseline",
        value: baseline.value,
    });
    let mut later: Vec<(Option<crate::map::Day>, Figure)> = Vec::new();
    if let Some(Trajectory::Points(points)) = &kpi.trajectory {
        later.extend(points.iter().map(|point| {
            let figure = Figure {
                what: format!("the point of {}", point.date),
                field: "trajectory",
                value: point.value,
            };
            (Some(point.date), figure)
        }));
    }
    later.extend(kpi.targets.iter().map(|target| {
        let figure = Figure {
            what: match target.date {
                Some(date) => format!("the target of {date}"),
                None => "the target without a date".to_owned(),
            },
            field: "targets",
            value: target.value,
        };
        (target.date, figure)
    }));
    // Without a day last: some day.
    later.sort_by_key(|(date, _)| (date.is_none(), *date));
    baseline
        .into_iter()
        .chain(later.into_iter().map(|(_, figure)| figure))
        .collect()
}

/// How large a figure is, whatever its sign.
fn size(value: Number) -> f64 {
    value.to_f64().abs()
}

fn middle(mut sizes: Vec<f64>) -> Option<f64> {
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied()
}

/// How many times the size of `value` is off that of all others, from that factor on: above 1 larger, below 1 smaller than
/// all. `None` where it is within, where there are fewer than two to compare with, and below them where one of them is zero
/// or on the other side of it: on the way through zero anything is small for a while.
fn off(value: f64, others: &[f64], factor: f64) -> Option<f64> {
    let sizes: Vec<f64> = others
        .iter()
        .map(|other| other.abs())
        .filter(|other| *other > 0.0)
        .collect();
    if sizes.len() < 2 || value == 0.0 {
        return None;
    }
    let least = sizes.iter().copied().fold(f64::INFINITY, f64::min);
    let most = sizes.iter().copied().fold(0.0, f64::max);
    let through_zero = !others.iter().all(|other| other * value > 0.0);
    let value = value.abs();
    if value >= factor * most || (!through_zero && value * factor <= least) {
        return middle(sizes).map(|middle| value / middle);
    }
    None
}

/// Whether a share stands among percentages: no more than 1 beside figures of 5 and more, and in line with them in per
/// cent. `0.9` beside 5 and 20 is a slow start.
fn is_share_among_percentages(kpi: &Kpi, value: f64, others: &[f64]) -> bool {
    let others: Vec<f64> = others.iter().copied().filter(|other| *other != 0.0).collect();
    let least = others.iter().copied().fold(f64::INFINITY, f64::min);
    let most = others.iter().copied().fold(0.0, f64::max);
    let percent = 100.0 * value;
    kpi.unit.trim().starts_with('%')
        && value > 0.0
        && value <= 1.0
        && others.len() > 1
        && least >= 5.0
        && (least / 2.0..=most * 2.0).contains(&percent)
}

/// A measured value that is out of line: its place, and how many times it is off.
struct Off {
    at: usize,
    times: f64,
}

fn measured_off(kpi: &Kpi, stated: &[Figure], measured: &[Observation]) -> Vec<Off> {
    let values: Vec<f64> = measured.iter().map(|o| o.value.to_f64()).collect();
    let sizes: Vec<f64> = values.iter().map(|value| value.abs()).collect();
    // Parts of a sum are not held against the plan of the sum.
    let plan: Vec<f64> = match kpi.aggregation {
        Some(Aggregation::Cumulative) => Vec::new(),
        _ => stated.iter().map(|figure| figure.value.to_f64()).collect(),
    };
    let alike = |a: f64, b: f64| a.max(b) <= ALIKE * a.min(b);
    let decreases = Planned::of(kpi).direction() == Some(Direction::Decrease);
    // A like value at the same time of another year, within a month.
    let seasonal = |at: usize| {
        let day = measured[at].date;
        let years = (-SEASONS..=SEASONS).filter(|years| *years != 0);
        years.map(|years| years * 365).any(|days| {
            let from = measured.partition_point(|o| day.days_until(o.date) < days - 31);
            let until = measured.partition_point(|o| day.days_until(o.date) <= days + 31);
            sizes[from..until].iter().any(|size| alike(*size, sizes[at]))
        })
    };
    let off_plan = |at: usize| {
        let value = sizes[at];
        if is_share_among_percentages(kpi, values[at], &plan) {
            return middle(plan.clone()).map(|middle| value / middle);
        }
        let times = off(values[at], &plan, OFF)?;
        // Far below the plan of what is to decrease is what everybody hopes for, unless it comes all at once.
        let before = at
            .checked_sub(1)
            .map_or_else(|| plan.first().map_or(value, |first| first.abs()), |at| sizes[at]);
        let sudden = before >= OFF * value || sizes.get(at + 1).is_some_and(|after| *after >= OFF * value);
        (times > 1.0 || !decreases || sudden).then_some(times)
    };
    let off_neighbours = |at: usize| {
        let (before, after) = (*values.get(at.checked_sub(1)?)?, *values.get(at + 1)?);
        // What is now above zero and now below it is a difference, and may be of any size.
        if before * after <= 0.0 || values[at] * after < 0.0 || !alike(before.abs(), after.abs()) {
            return None;
        }
        off(values[at], &[before, after], OFF).filter(|_| !seasonal(at))
    };
    let found = (0..sizes.len()).filter_map(|at| {
        let times = off_plan(at).or_else(|| off_neighbours(at))?;
        Some(Off { at, times })
    });
    found.collect()
}

fn tell_measured(kpi: &KpiAt<'_>, measured: &[Observation], off: &[Off], sink: &mut Sink<'_>) {
    let shown = |off: &Off| format!("{} on {}", measured[off.at].value.grouped(), measured[off.at].date);
    if let ([first, ..], true) = (off, off.len() > EACH) {
        let message = format!(
            "{} of the {} measured values of {} are out of line with its other figures, the first {}, {} them",
            off.len(),
            measured.len(),
            kpi.name(),
            shown(first),
            about(first.times)
        );
        sink.push(kpi.fault(message).help(HELP));
        return;
    }
    for off in off {
        let message = format!(
            "the measured value of {} is {}, {} its other figures",
            kpi.name(),
            shown(off),
            about(off.times)
        );
        sink.push(kpi.fault(message).help(HELP));
    }
}

/// The stated figures that are out of line with the others and with what is typically measured.
fn stated_off(kpi: &Kpi, stated: &[Figure], typical: Option<f64>) -> Vec<(usize, f64)> {
    let sizes: Vec<f64> = stated.iter().map(|figure| figure.value.to_f64()).collect();
    let direction = Planned::of(kpi).direction();
    let last = sizes.len().saturating_sub(1);
    let found = sizes.iter().enumerate().filter_map(|(at, value)| {
        let others = sizes
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(_, size)| *size);
        let others: Vec<f64> = others.chain(typical).collect();
        if is_share_among_percentages(kpi, *value, &others) {
            return Some((
                at,
                value.abs() / middle(others.iter().map(|other| other.abs()).collect())?,
            ));
        }
        let factor = match (at, direction) {
            _ if at != 0 && at != last => OFF,
            (0, _) => OFF_ALONG_THE_WAY,
            (_, Some(Direction::Increase | Direction::Decrease)) => {
                // At the end of the way much or little is what is planned.
                let along =
                    (direction == Some(Direction::Increase)) == (others.iter().all(|other| value.abs() > other.abs()));
                if along { OFF_ALONG_THE_WAY } else { OFF_AT_AN_END }
            }
            _ => OFF_AT_AN_END,
        };
        off(*value, &others, factor).map(|times| (at, times))
    });
    found.collect()
}

/// `about 1,000 times`, `about a hundredth of`: the nearest power of ten.
fn about(times: f64) -> String {
    let (larger, mut times) = (times >= 1.0, if times >= 1.0 { times } else { 1.0 / times });
    // Half-way between two powers is their geometric middle.
    let mut power = 0;
    while times >= 3.162 && power < 15 {
        times /= 10.0;
        power += 1;
    }
    let number = Number::new(&format!("1{}", "0".repeat(power)))
        .unwrap_or(Number::ONE)
        .grouped();
    match larger {
        true => format!("about {number} times"),
        false => format!("about one part in {number} of"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_of_ten_is_named() {
        assert_eq!(about(978.0), "about 1,000 times");
        assert_eq!(about(40.0), "about 100 times");
        assert_eq!(about(0.0011), "about one part in 1,000 of");
    }

    #[test]
    fn a_value_is_off_where_it_is_off_all_of_several() {
        assert_eq!(off(-4000.0, &[-90.0, -100.0], OFF), Some(40.0));
        // On the way through zero.
        assert_eq!(off(0.2, &[-80.0, 100.0], OFF), None);
        assert_eq!(off(4000.0, &[90.0, 100.0], OFF), Some(40.0));
        assert_eq!(off(3999.0, &[90.0, 100.0], OFF), None);
        assert_eq!(off(2.0, &[80.0, 100.0], OFF), Some(0.02));
        // Near to nothing is nothing strange beside nothing; and one other is no neighbourhood.
        assert_eq!(off(2.0, &[80.0, 100.0, 0.0], OFF), None);
        assert_eq!(off(2.0, &[100.0], OFF), None);
    }
}
