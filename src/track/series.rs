//! What a chart of one KPI shows, as plain values: the planned path with its tolerances, targets, actuals, forecast.

use rust_decimal::Decimal;

use super::aggregation::aggregated;
use super::sensible::Sensible;
use super::{Forecast, Goal, Measurements, Observation, Outlook, Planned, outlook};
use crate::map::{Band, Day, Direction, Kpi, Language, Number, Profile, Trajectory};

/// Between two corners of an s-curve the path is told at so many places.
const STEPS: i64 = 32;

/// Between the last value and the next target the forecast is told at so many places.
const FORECAST_STEPS: i64 = 12;

/// One KPI as of a day, ready to be drawn. Whoever draws it needs no KPI and no rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Series<'m> {
    /// The language whose days and numbers charts and words write: that of [`LANGUAGE`](crate::map::LANGUAGE), unless
    /// [`Series::in_language`] has set another.
    pub language: Language,
    /// How it stands.
    pub outlook: Outlook<'m>,
    /// Which way it is meant to go; `None` where nothing tells.
    pub direction: Option<Direction>,
    /// Where it began; `None` where the baseline has no day.
    pub baseline: Option<Observation>,
    /// The band that it is to be kept within; `None` where it follows a path.
    pub band: Option<Band>,
    /// The planned path or the band, in the order of its days, up to its end or the day of looking, whichever is later; joined by
    /// straight lines it is the path, a step within one day. Empty where nothing dated is promised.
    pub planned: Vec<PlannedPoint>,
    /// The dated targets from the baseline's day on, in the order of their days, each day once: the last stated holds.
    pub targets: Vec<Observation>,
    /// What is to be reached some day; `None` where a target has a day, or there is none.
    pub undated_target: Option<Number>,
    /// What was measured up to the day of looking, in the order of the days.
    pub actuals: Vec<Observation>,
    /// The trend from the last value to the next target, in the order of the days, and no further ahead than it looks
    /// back; empty where there is no trend or nothing falls due any more.
    pub forecast: Vec<Forecast>,
}

impl Series<'_> {
    /// The same with the days and numbers of another language.
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }
}

/// A place on the planned path, with what is tolerated there. Where a side has no limit (more than planned of what is to
/// increase), the limit is the expected value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedPoint {
    /// The day.
    pub date: Day,
    /// The expected value; `None` where any value between two bounds is as planned.
    pub value: Option<Number>,
    /// From the lowest to the highest value within the amber tolerance.
    pub amber: (Number, Number),
    /// From the lowest to the highest value within the red tolerance.
    pub red: (Number, Number),
}

/// What was measured up to a day, the earliest first, aggregated as the KPI says.
pub fn actuals(kpi: &Kpi, measurements: &Measurements, as_of: Day) -> Vec<Observation> {
    let all = aggregated(kpi, measurements.of(&kpi.id));
    all[..all.partition_point(|o| o.date <= as_of)].to_vec()
}

/// What a chart of the KPI shows as of a day: nothing measured later is in it.
pub fn series<'m>(kpi: &'m Kpi, measurements: &Measurements, as_of: Day) -> Series<'m> {
    let outlook = outlook(kpi, measurements, as_of);
    let actuals = actuals(kpi, measurements, as_of);
    let baseline = kpi.baseline.and_then(|baseline| {
        baseline.date.map(|date| Observation {
            date,
            value: baseline.value,
        })
    });
    let start = baseline.map(|b| b.date);
    let first = actuals.iter().find(|o| start.is_none_or(|day| o.date >= day));
    let plan = Planned::with_first_value(kpi, first.map(|o| o.value));

    let mut targets: Vec<Observation> = kpi
        .targets
        .iter()
        .filter_map(|target| {
            target.date.map(|date| Observation {
                date,
                value: target.value,
            })
        })
        .filter(|target| start.is_none_or(|day| target.date >= day))
        .collect();
    targets.sort_by_key(|target| target.date);
    targets.reverse();
    targets.dedup_by_key(|target| target.date);
    targets.reverse();

    let undated_target = match plan.goal() {
        Some(Goal { date: None, value }) => Some(value),
        _ => None,
    };
    Series {
        language: Language::default(),
        direction: plan.direction(),
        baseline,
        planned: match plan.band() {
            Some(band) => {
                let first = start.or(actuals.first().map(|o| o.date));
                let first = first.into_iter().chain(plan.days().map(|days| days.0)).min();
                let last = plan.days().map_or(as_of, |days| days.1.max(as_of));
                kept_within(&plan, band, first.unwrap_or(as_of), last)
            }
            None => path(kpi, &plan, as_of),
        },
        band: plan.band(),
        targets,
        undated_target,
        forecast: forecast(&outlook, &Sensible::of(kpi, &actuals)),
        actuals,
        outlook,
    }
}

fn path(kpi: &Kpi, plan: &Planned, as_of: Day) -> Vec<PlannedPoint> {
    let corners: Vec<Day> = plan.corners().map(|(day, _)| day).collect();
    let Some((&first, &last)) = corners.first().zip(corners.last()) else {
        return Vec::new();
    };
    let mut days = Vec::new();
    for pair in corners.windows(2) {
        let whole = pair[0].days_until(pair[1]);
        days.push(pair[0]);
        let steps = match kpi.trajectory {
            Some(Trajectory::Profile(Profile::SCurve)) => STEPS,
            _ => 1,
        };
        let after = |n: i64| later(pair[0], n);
        days.extend((1..steps).filter_map(|i| after(whole * i / steps)));
        // The day after and the day before a corner: there a step, or a tolerance that depends on the sign, breaks.
        days.extend([after(1), after(whole - 1)].into_iter().flatten());
    }
    days.push(last);
    days.push(as_of.max(last));
    days.retain(|day| *day >= first);
    days.sort();
    days.dedup();
    days.into_iter().filter_map(|day| point(plan, day)).collect()
}

/// A band from its first to its last day.
fn kept_within(plan: &Planned, band: Band, first: Day, last: Day) -> Vec<PlannedPoint> {
    let (amber, red) = plan.tolerances();
    let value = match (band.lower, band.upper) {
        (Some(_), Some(_)) => None,
        (one, other) => one.or(other),
    };
    let limits = |tolerance: Decimal| {
        let below = band
            .lower
            .map(|bound| plan.tolerated(bound, tolerance).0.unwrap_or(bound));
        let above = band
            .upper
            .map(|bound| plan.tolerated(bound, tolerance).1.unwrap_or(bound));
        // The open side of a single bound ends at it.
        Some((below.or(value)?, above.or(value)?))
    };
    let Some((amber, red)) = limits(amber).zip(limits(red)) else {
        return Vec::new();
    };
    let point = |date| PlannedPoint {
        date,
        value,
        amber,
        red,
    };
    let mut points = vec![point(first), point(last)];
    points.dedup_by_key(|point| point.date);
    points
}

fn point(plan: &Planned, date: Day) -> Option<PlannedPoint> {
    let value = plan.expected(date)?;
    let (amber, red) = plan.tolerances();
    let limits = |tolerance: Decimal| {
        // On the single day on which a path passes zero, the share of the planned change that stands in for the share
        // of the expected value would show as a spike.
        if value == Number::ZERO && later(date, 1).and_then(|day| plan.expected(day)) != Some(value) {
            return (value, value);
        }
        let (low, high) = plan.tolerated(value, tolerance);
        (low.unwrap_or(value), high.unwrap_or(value))
    };
    Some(PlannedPoint {
        date,
        value: Some(value),
        amber: limits(amber),
        red: limits(red),
    })
}

fn later(day: Day, days: i64) -> Option<Day> {
    let span = jiff::Span::new().try_days(days).ok()?;
    day.date().checked_add(span).ok().map(Day::from)
}

fn forecast(outlook: &Outlook<'_>, sensible: &Sensible) -> Vec<Forecast> {
    let end = outlook.next.and_then(|goal| goal.date);
    let (Some(trend), Some(last), Some(end)) = (&outlook.trend, outlook.last, end) else {
        return Vec::new();
    };
    let back = trend.points.first().map_or(0, |first| first.date.days_until(last.date));
    let days = last.date.days_until(end).min(back);
    let mut dates: Vec<Day> = (0..=FORECAST_STEPS)
        .filter_map(|i| later(last.date, days * i / FORECAST_STEPS))
        .collect();
    dates.dedup();
    let told = |value: Decimal| Number::rounded(sensible.within(value));
    dates
        .into_iter()
        .filter_map(|date| trend.forecast(date, told))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Baseline;
    use crate::track::sample::{day, kpi, measured, number};

    #[test]
    fn the_tolerances_open_on_the_wrong_side_alone() {
        let kpi = kpi();
        let series = series(&kpi, &measured("km", &[]), day("2026-01-01"));
        let first = series.planned[0];
        assert_eq!((first.date, first.value), (day("2026-01-01"), Some(number("5000"))));
        assert_eq!(first.amber, (number("5000"), number("5250")));
        assert_eq!(first.red, (number("5000"), number("5500")));
        let last = series.planned.last().unwrap();
        assert_eq!((last.date, last.value), (day("2028-09-27"), Some(number("4000"))));
        assert!(series.forecast.is_empty());
    }

    #[test]
    fn a_step_is_a_step_and_a_path_through_zero_has_no_spike() {
        let mut kpi = kpi();
        kpi.baseline = Some(Baseline {
            date: Some(day("2026-01-01")),
            value: Number::ZERO,
        });
        let told = series(&kpi, &measured("km", &[]), day("2026-01-01"));
        assert_eq!(told.planned[0].red, (Number::ZERO, Number::ZERO));
        kpi.trajectory = Some(Trajectory::Profile(Profile::Step));
        let told = series(&kpi, &measured("km", &[]), day("2026-01-01"));
        let steps: Vec<_> = told.planned.iter().map(|p| (p.date.to_string(), p.value)).collect();
        let step = steps.windows(2).find(|pair| pair[0].1 != pair[1].1).unwrap();
        assert_eq!(step[0].0, "2028-09-26");
        assert_eq!(step[1], ("2028-09-27".to_owned(), Some(number("4000"))));
        // A tenth of the planned change of 4000, while zero is expected.
        assert_eq!(told.planned[0].red, (number("-400"), Number::ZERO));
    }

    #[test]
    fn a_forecast_looks_no_further_ahead_than_the_trend_looks_back() {
        let kpi = kpi();
        // Day 100, 200 and 300, half a km a day less: 200 days back, so to day 500, where it comes to 4750.
        let rows = [("2026-04-11", "4950"), ("2026-07-20", "4900"), ("2026-10-28", "4850")];
        let told = series(&kpi, &measured("km", &rows), day("2026-10-31"));
        let last = told.forecast.last().unwrap();
        assert_eq!((last.date, last.value), (day("2027-05-16"), number("4750")));
        assert!(!told.to_string().contains("recent pace"), "{told}");
    }
}
