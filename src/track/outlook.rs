//! How a KPI stands as of a day, and where it is heading.

use super::aggregation::aggregated;
use super::sensible::Sensible;
use super::trajectory::beside;
use super::{Forecast, Frequency, Goal, Measurements, Observation, Planned, Status, Trend};
use crate::map::{Day, Direction, Kpi, Number};

/// From how many periods at most, the last ones, a trend is reckoned.
pub const TREND_PERIODS: usize = 12;

/// How one KPI stands as of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook<'m> {
    /// The KPI.
    pub kpi: &'m Kpi,
    /// The day looked from: nothing measured later is known.
    pub as_of: Day,
    /// The last measurement, on or after the baseline's day, and with it all before where these add up or are averaged;
    /// `None` where there is none.
    pub last: Option<Observation>,
    /// What was expected on the day of that measurement; `None` where nothing was, where the KPI is to be kept within a
    /// band, or there is no measurement.
    pub expected: Option<Number>,
    /// The last value less the expected one, in the KPI's unit; of a band, how far it lies outside.
    pub variance: Option<Number>,
    /// The variance in per cent of the size of the expected value or the bound, to two places; `None` where that is zero.
    pub variance_percent: Option<Number>,
    /// How it stands.
    pub status: Status,
    /// Whether it is far enough behind to warn what depends on it: off track, or missed by more than the red tolerance.
    pub warns: bool,
    /// How many periods have ended without a measurement that was due in them, since the last one.
    pub overdue: u32,
    /// The pace of the last [`TREND_PERIODS`] periods, the last measurement of each; `None` with fewer than three.
    pub trend: Option<Trend>,
    /// Whether the KPI moves the way that it is meant to.
    pub heading: Heading,
    /// The first target, or else the goal, that falls due after `as_of`.
    pub next: Option<Goal>,
    /// What the trend comes to on the day of `next`; `None` where that lies further from the last measurement than the
    /// trend's first one does: a trend is not drawn further ahead than it looks back. Rounded to one decimal more than the
    /// KPI's figures have, and not outside what they can be: not below zero, nor above 100 %, where none of them is.
    pub forecast: Option<Forecast>,
    /// Whether `next` will be met, by the forecast.
    pub prospect: Option<Prospect>,
    /// The day on which the final target would be met if the pace held, however far ahead; `None` where it is met
    /// already, and where the trend does not lead there.
    pub would_meet: Option<Day>,
    /// The first day on which a measurement met the final target.
    pub first_met: Option<Day>,
    /// Where it was met once and is no longer: the day of the first measurement since which it is not.
    pub lost: Option<Day>,
}

crate::map::words! {
    /// Whether a KPI moves the way that it is meant to, by the sign of its trend.
    Heading {
        /// Its slope is in its direction.
        Better = "better",
        /// Its slope is zero.
        Steady = "steady",
        /// Its slope is against its direction.
        Worse = "worse",
        /// What is to be maintained moves, one way or the other.
        Moving = "moving",
        /// There is no trend, or no direction.
        Unknown = "unknown",
    }
}

crate::map::words! {
    /// Whether a target will be met, by the forecast and both ends of its interval (where it has one).
    Prospect {
        /// All of them meet it.
        Likely = "likely",
        /// Some meet it and some do not.
        Open = "open",
        /// None of them meets it.
        Unlikely = "unlikely",
    }
}

/// How a KPI stands as of a day.
///
/// The last measurement is judged on its own day: what was measured in March is held against what was expected in
/// March. Once the final target has fallen due it is judged by a measurement of its day or later, or of the measuring
/// period that its day lies in; until there is one, there is no data. Without any measurement the status is `no-data`
/// where one is overdue, else `not-due`. A good status outlives one missed period and no more: with two or more
/// periods overdue, `on-track` and `achieved` become `no-data`. A bad status stays until a measurement lifts it.
///
/// Overdue are the periods of the measurement plan's frequency that have ended after the one of the last measurement
/// (or of the baseline, or, with neither, from that of the first promised day on), up to the one in which the final
/// target falls due. Where the plan names no frequency, a measurement is due in the calendar month of each target.
pub fn outlook<'m>(kpi: &'m Kpi, measurements: &Measurements, as_of: Day) -> Outlook<'m> {
    let all = aggregated(kpi, measurements.of(&kpi.id));
    let baseline_day = kpi.baseline.and_then(|baseline| baseline.date);
    let from = baseline_day.map_or(0, |day| all.partition_point(|o| o.date < day));
    let to = all.partition_point(|o| o.date <= as_of).max(from);
    let known = &all[from..to];
    let last = known.last().copied();
    let plan = Planned::with_first_value(kpi, known.first().map(|o| o.value));
    let frequency = kpi.measurement.as_ref().and_then(|m| Frequency::of(&m.frequency));

    let overdue = overdue(kpi, &plan, last.map(|o| o.date).or(baseline_day), frequency, as_of);
    let status = status(&plan, last, overdue, frequency, as_of);
    let expected = last.and_then(|o| plan.expected(o.date));
    let (variance, variance_percent) = last.map_or((None, None), |o| beside(&plan, o.date, o.value));

    let every = frequency.unwrap_or(Frequency::Monthly).every();
    let trend = Trend::of(&last_of_periods(known, |day| every.last_day(day)));
    let heading = match (&trend, plan.direction()) {
        (None, _) | (_, None) => Heading::Unknown,
        (Some(trend), _) if trend.slope.is_zero() => Heading::Steady,
        (Some(_), Some(Direction::Maintain)) => Heading::Moving,
        (Some(trend), Some(direction)) => {
            if trend.slope.is_sign_positive() == (direction == Direction::Increase) {
                Heading::Better
            } else {
                Heading::Worse
            }
        }
    };
    let next = next_target(kpi, &plan, as_of);
    let forecast = trend
        .as_ref()
        .zip(next.and_then(|goal| goal.date))
        .filter(|(trend, date)| trend.looks_ahead_to(*date))
        .and_then(|(trend, date)| trend.at(date))
        .map(|forecast| Sensible::of(kpi, known).told(forecast));
    let prospect = forecast.zip(next).map(|(forecast, goal)| {
        let ends = forecast.interval.map(|(low, high)| [low, high]);
        let values = ends.into_iter().flatten().chain([forecast.value]);
        let (mut met, mut unmet) = (false, false);
        for value in values {
            if plan.meets(goal.value, value) {
                met = true
            } else {
                unmet = true
            }
        }
        match (met, unmet) {
            (true, false) => Prospect::Likely,
            (true, true) => Prospect::Open,
            (false, _) => Prospect::Unlikely,
        }
    });

    let goal = plan.goal();
    let meets = |o: &Observation| goal.is_some_and(|goal| plan.meets(goal.value, o.value));
    let met_now = last.as_ref().is_some_and(meets);
    let first_met = known.iter().find(|o| meets(o)).map(|o| o.date);
    let lost = (first_met.is_some() && !met_now)
        .then(|| {
            let met = known.iter().rposition(meets)?;
            known.get(met + 1).map(|o| o.date)
        })
        .flatten();
    let warns = match (status, last, goal) {
        (Status::OffTrack, ..) => true,
        (Status::Missed, Some(last), Some(goal)) => plan.is_far_from(goal.value, last.value),
        _ => false,
    };
    let would_meet = match (&trend, goal, heading) {
        (Some(trend), Some(goal), Heading::Better) if !met_now => trend.reaches(goal.value).or_else(|| {
            // A last value that falls short of a line which has passed the goal: the line is met the day after.
            let last = last?.date;
            let on_line = trend.at(last)?.value;
            let next_day = last.date().tomorrow().ok().map(Day::from)?;
            plan.meets(goal.value, on_line).then_some(next_day)
        }),
        _ => None,
    };
    Outlook {
        kpi,
        as_of,
        last,
        expected,
        variance,
        variance_percent,
        status,
        warns,
        overdue,
        trend,
        heading,
        next,
        forecast,
        prospect,
        would_meet,
        first_met,
        lost,
    }
}

fn status(plan: &Planned, last: Option<Observation>, overdue: u32, frequency: Option<Frequency>, as_of: Day) -> Status {
    let Some(last) = last else {
        return if overdue > 0 { Status::NoData } else { Status::NotDue };
    };
    let due = plan.goal().and_then(|goal| goal.date).filter(|due| *due <= as_of);
    let status = match due {
        Some(due) if last.date >= due => plan.status(last.date, last.value),
        Some(due) => {
            let frequency = frequency.unwrap_or(Frequency::Monthly);
            if frequency.period(last.date) == frequency.period(due) {
                plan.status(due, last.value)
            } else {
                Status::NoData
            }
        }
        None => plan.status(last.date, last.value),
    };
    match status {
        Status::OnTrack | Status::Achieved if overdue > 1 => Status::NoData,
        status => status,
    }
}

/// Periods that have ended by `as_of` without the measurement due in them.
fn overdue(kpi: &Kpi, plan: &Planned, measured: Option<Day>, frequency: Option<Frequency>, as_of: Day) -> u32 {
    let dated = kpi.targets.iter().filter_map(|target| target.date);
    let missed = match frequency {
        Some(frequency) => {
            let first = match (measured, plan.days()) {
                (Some(day), _) => frequency.period(day) + 1,
                (None, Some((first, _))) => frequency.period(first),
                (None, None) => return 0,
            };
            let after_goal = plan
                .goal()
                .and_then(|goal| goal.date)
                .map_or(i64::MAX, |due| frequency.period(due) + 1);
            frequency.ended(as_of).min(after_goal) - first
        }
        None => {
            // Each target's month, once.
            let monthly = Frequency::Monthly;
            let mut months: Vec<i64> = dated
                .map(|day| monthly.period(day))
                .filter(|month| measured.is_none_or(|day| *month > monthly.period(day)))
                .filter(|month| *month < monthly.ended(as_of))
                .collect();
            months.sort_unstable();
            months.dedup();
            months.len() as i64
        }
    };
    u32::try_from(missed.max(0)).unwrap_or(u32::MAX)
}

/// The last observation of each of the last [`TREND_PERIODS`] periods that have one, in order.
fn last_of_periods(known: &[Observation], period: impl Fn(Day) -> Day) -> Vec<Observation> {
    let mut points: Vec<Observation> = Vec::with_capacity(TREND_PERIODS);
    for o in known.iter().rev() {
        if points.last().is_some_and(|later| period(later.date) == period(o.date)) {
            continue;
        }
        if points.len() == TREND_PERIODS {
            break;
        }
        points.push(*o);
    }
    points.reverse();
    points
}

/// The first dated target after the day, of several on one day the last stated; else the goal, where that is ahead.
fn next_target(kpi: &Kpi, plan: &Planned, as_of: Day) -> Option<Goal> {
    let ahead = kpi.targets.iter().filter_map(|target| {
        target
            .date
            .filter(|date| *date > as_of)
            .map(|date| (date, target.value))
    });
    // `min_by_key` keeps the first of equals, and the last stated is wanted.
    let first = ahead.rev().min_by_key(|(date, _)| *date);
    match first {
        Some((date, value)) => Some(Goal {
            date: Some(date),
            value,
        }),
        None => plan.goal().filter(|goal| goal.date.is_some_and(|date| date > as_of)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::KpiId;
    use crate::track::Measurement;

    fn day(text: &str) -> Day {
        Day::new(text).unwrap()
    }

    fn number(text: &str) -> Number {
        Number::new(text).unwrap()
    }

    fn kpi(json: &str) -> Kpi {
        serde_json::from_str(&format!("{{\"id\": \"k\", \"node\": \"n\", {json}}}")).unwrap()
    }

    fn measured(rows: &[(&str, &str)]) -> Measurements {
        rows.iter()
            .map(|(date, value)| Measurement {
                kpi: KpiId::new("k").unwrap(),
                date: day(date),
                value: number(value),
                source: String::new(),
                note: String::new(),
            })
            .collect()
    }

    #[test]
    fn a_late_start_that_catches_up_is_off_track_and_forecast_to_meet() {
        // Acres restored in a neighbourhood programme (planned and achieved values as published by the programme).
        let kpi = kpi(
            r#""direction": "increase", "baseline": {"date": "2018-12-31", "value": 0},
               "targets": [{"date": "2026-12-31", "value": 33.66}]"#,
        );
        let rows = measured(&[("2023-12-31", "3.72"), ("2024-12-31", "5.83"), ("2025-12-31", "25.19")]);
        let o = outlook(&kpi, &rows, day("2026-03-31"));
        // 2,557 of 2,922 days: 33.66 x 2557 / 2922 = 29.4554; 25.19 is 4.2654 short, 14.48 %.
        assert!((o.expected.unwrap().to_f64() - 29.455_4).abs() < 5e-5);
        assert_eq!(o.variance_percent, Some(number("-14.48")));
        assert_eq!(o.status, Status::OffTrack);
        // Slopes 2.11 / 366, 19.36 / 365 and, between them, 21.47 / 731 a day: on 2026-12-31 the line through the first
        // and the last value comes to 25.19 + 365 x 21.47 / 731 = 35.9103; 33.66 is reached after 8.47 / 0.029371 =
        // 288.4 days, so on the 289th.
        // Told to three decimals, for the figures have two.
        assert_eq!(o.forecast.unwrap().value, number("35.91"));
        assert_eq!(o.forecast.unwrap().interval, None);
        assert_eq!(o.prospect, Some(Prospect::Likely));
        assert_eq!(o.would_meet, Some(day("2026-10-16")));
        assert_eq!((o.heading, o.overdue), (Heading::Better, 0));
    }

    #[test]
    fn without_a_baseline_the_figures_still_tell_the_direction_and_the_outlook() {
        // Incidents of illegal fishing (planned and achieved values as published by the programme).
        let kpi = kpi(r#""targets": [{"date": "2018-09-30", "value": 4}]"#);
        let rows = measured(&[
            ("2014-09-30", "20"),
            ("2015-09-30", "15"),
            ("2016-09-30", "18"),
            ("2017-09-30", "12"),
        ]);
        let before = outlook(&kpi, &rows, day("2018-03-31"));
        assert_eq!((before.status, before.expected), (Status::NotDue, None));
        assert_eq!(before.heading, Heading::Better);
        // Slopes a day -6/365, -5/365, -8/1096, -3/731, -2/731, 3/366: the median is (-8/1096 - 3/731) / 2 = -0.0057016.
        // On 2018-09-30 the lines come to 11.670, 8.751, 13.838, 9.919: median 10.795. The goal is 4.
        let forecast = before.forecast.unwrap();
        assert_eq!(forecast.value, number("10.8"));
        // Four points give the interval from the smallest to the largest slope: with -6/365 a day the lines come to -4.02,
        // -3.02, 6.00, 6.00, median 1.49, which would meet the goal: it is open.
        assert_eq!(before.prospect, Some(Prospect::Open));
        assert_eq!(forecast.interval.unwrap().0, number("1.5"));
        let after = outlook(&kpi, &rows, day("2019-01-01"));
        assert_eq!((after.status, after.overdue, after.next), (Status::NoData, 1, None));
    }

    #[test]
    fn a_target_met_early_and_then_lost_is_told() {
        let kpi = kpi(r#""direction": "increase", "targets": [{"date": "2026-12-31", "value": 130}]"#);
        let rows = measured(&[("2023-12-31", "100"), ("2024-12-31", "150"), ("2025-12-31", "80")]);
        let o = outlook(&kpi, &rows, day("2025-12-31"));
        assert_eq!(o.status, Status::NotDue);
        assert_eq!(
            (o.first_met, o.lost),
            (Some(day("2024-12-31")), Some(day("2025-12-31")))
        );
        assert_eq!((o.heading, o.would_meet), (Heading::Worse, None));
        let earlier = outlook(&kpi, &rows, day("2024-12-31"));
        assert_eq!((earlier.status, earlier.lost), (Status::Achieved, None));
    }

    #[test]
    fn periods_without_a_measurement_are_overdue_until_the_goal_is_judged() {
        let kpi = kpi(
            r#""direction": "increase", "baseline": {"date": "2025-12-31", "value": 0},
               "targets": [{"date": "2026-12-31", "value": 365}], "measurement": {"frequency": "monthly"}"#,
        );
        let on = |rows: &[(&str, &str)], as_of| {
            let o = outlook(&kpi, &measured(rows), day(as_of));
            (o.status, o.overdue)
        };
        assert_eq!(on(&[], "2026-01-30"), (Status::NotDue, 0));
        assert_eq!(on(&[], "2026-01-31"), (Status::NoData, 1));
        let march = [("2026-03-31", "90")];
        assert_eq!(on(&march, "2026-04-29"), (Status::OnTrack, 0));
        assert_eq!(on(&march, "2026-04-30"), (Status::OnTrack, 1));
        // Good news does not keep for ever; bad news does.
        assert_eq!(on(&march, "2026-05-31"), (Status::NoData, 2));
        assert_eq!(on(&[("2026-03-31", "10")], "2026-05-31"), (Status::OffTrack, 2));
        // The last month due is that of the final target.
        assert_eq!(on(&march, "2028-06-30"), (Status::NoData, 9));
        assert_eq!(on(&[("2026-12-20", "365")], "2028-06-30"), (Status::Achieved, 0));
        assert_eq!(on(&[("2026-11-30", "364")], "2028-06-30"), (Status::NoData, 1));
        assert_eq!(
            on(&[("2026-11-30", "364"), ("2027-02-01", "364")], "2028-06-30"),
            (Status::Missed, 0)
        );
    }

    #[test]
    fn what_was_measured_after_the_day_or_before_the_baseline_is_not_known() {
        let kpi = kpi(
            r#""direction": "decrease", "baseline": {"date": "2026-01-01", "value": 10},
               "targets": [{"date": "2026-12-31", "value": 5}, {"date": "2026-06-30", "value": 8},
                           {"date": "2026-06-30", "value": 7}]"#,
        );
        let rows = measured(&[("2025-06-30", "1"), ("2026-09-30", "6")]);
        let o = outlook(&kpi, &rows, day("2026-03-31"));
        assert_eq!((o.last, o.first_met), (None, None));
        assert_eq!(
            o.next,
            Some(Goal {
                date: Some(day("2026-06-30")),
                value: number("7")
            })
        );
        assert_eq!(outlook(&kpi, &rows, day("2026-12-30")).last.unwrap().value, number("6"));
    }

    #[test]
    fn a_trend_takes_the_last_value_of_each_period_and_twelve_periods() {
        let mut rows = Vec::new();
        let mut date = day("2026-01-15").date();
        for month in 0..14 {
            rows.push((date.to_string(), month.to_string()));
            rows.push((date.last_of_month().to_string(), (month * 10).to_string()));
            date = date.checked_add(jiff::Span::new().months(1)).unwrap();
        }
        let rows: Vec<(&str, &str)> = rows.iter().map(|(d, v)| (d.as_str(), v.as_str())).collect();
        let kpi = kpi(r#""direction": "decrease""#);
        let o = outlook(&kpi, &measured(&rows), day("2027-12-31"));
        let points = o.trend.unwrap().points;
        assert_eq!(points.len(), 12);
        assert_eq!(points[0].date, day("2026-03-31"));
        assert_eq!(points[11].value, number("130"));
        assert_eq!(o.heading, Heading::Worse);
    }
}
