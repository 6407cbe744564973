//! How a KPI stands as of a day, and where it is heading.

use super::aggregation::aggregated;
use super::sensible::Sensible;
use super::trajectory::beside;
use super::{
    Every, Forecast, Frequency, Goal, Measurements, Missing, Observation, Planned, Status, Trend, Unclear, Verdict,
};
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
    /// How it stands on the day looked from.
    pub status: Status,
    /// Why the last value does not say how it stands: beside `no-data`, and beside the bad status that stays from an old
    /// value. `None` where the last value holds, and where nothing was due.
    pub missing: Option<Missing>,
    /// How many days old the last value is on the day looked from.
    pub age: Option<i64>,
    /// The last day on which the last value still says how it stands, unless the final target falls due before. `None`
    /// without a value, and where a final figure has settled it.
    pub holds_until: Option<Day>,
    /// How often it is to be measured; `None` where the map does not say so in words that are understood.
    pub frequency: Option<Frequency>,
    /// What the map says of it in a way that cannot be used, so that what is usual takes its place.
    pub unclear: Vec<Unclear>,
    /// Whether it is far enough behind to warn what depends on it: off track, or missed by more than the red tolerance.
    pub warns: bool,
    /// How many measurements have fallen due since the last one and have not come.
    pub overdue: u32,
    /// The pace of the last [`TREND_PERIODS`] periods, the last measurement of each; `None` with fewer than three.
    pub trend: Option<Trend>,
    /// Whether the KPI moves the way that it is meant to.
    pub heading: Heading,
    /// What it is finally to reach.
    pub goal: Option<Goal>,
    /// The first target, or else the goal, that falls due after `as_of`.
    pub next: Option<Goal>,
    /// What the trend comes to on the day of `next`; `None` where that lies further from the last measurement than the
    /// trend's first one does: a trend is not drawn further ahead than it looks back. Rounded to one decimal more than the
    /// KPI's figures have, and not outside what they can be: not below zero, nor above 100%, where none of them is.
    pub forecast: Option<Forecast>,
    /// Whether `next` will be met, by the forecast. `None` where there is no forecast.
    pub prospect: Option<Prospect>,
    /// The day on which the final target would be met if the pace held, however far ahead, but after the day looked from;
    /// `None` where it is met already, where the trend does not surely lead there, and where it would have led there by now.
    pub would_meet: Option<Day>,
    /// The first day of whose value it could be said that the final target is achieved.
    pub first_met: Option<Day>,
    /// Where it was met once and is no longer: the day of the first measurement since which it is not.
    pub lost: Option<Day>,
}

crate::map::words! {
    /// Whether a KPI moves the way that it is meant to, as far as its trend is sure of it.
    Heading {
        /// The whole interval of its slope is in its direction.
        Better = "better",
        /// Its slope is zero.
        Steady = "steady",
        /// The whole interval of its slope is against its direction.
        Worse = "worse",
        /// What is to be maintained moves: the whole interval of its slope lies on one side of zero.
        Moving = "moving",
        /// Its slope is not zero, but it may as well be: the interval holds zero, or there is none.
        Unclear = "unclear",
        /// There is no trend, or no direction.
        Unknown = "unknown",
    }
}

crate::map::words! {
    /// Whether a target will be met, by the forecast and both ends of its interval.
    Prospect {
        /// All of them meet it.
        Likely = "likely",
        /// Some meet it and some do not; or the forecast has no interval, or is made of values that no longer hold.
        Open = "open",
        /// None of them meets it.
        Unlikely = "unlikely",
    }
}

/// How a KPI stands as of a day: its last value by [`Planned::verdict`], what has fallen due by [`Planned::overdue`], and
/// where the trend leads. All of it is told in `docs/tracking.md`.
pub fn outlook<'m>(kpi: &'m Kpi, measurements: &Measurements, as_of: Day) -> Outlook<'m> {
    let all = aggregated(kpi, measurements.of(&kpi.id));
    let known = known(kpi, &all, as_of);
    let last = known.last().copied();
    let plan = Planned::with_first_value(kpi, known.first().map(|o| o.value));
    let overdue = plan.overdue(last, as_of);
    let Verdict { status, missing } = plan.verdict(last, as_of);
    let expected = last.and_then(|o| plan.expected(o.date));
    let (variance, variance_percent) = last.map_or((None, None), |o| beside(&plan, o.date, o.value));
    let settled = matches!(status, Status::Achieved | Status::Missed) && last.is_some_and(|o| plan.is_final(o));

    let every = plan.frequency().map_or(Every::Month, Frequency::condensed);
    let trend = Trend::of(&last_of_periods(known, |day| every.last_day(day)));
    let heading = heading(trend.as_ref(), plan.direction());
    let next = next_target(kpi, &plan, as_of);
    let forecast = trend
        .as_ref()
        .zip(next.and_then(|goal| goal.date))
        .and_then(|(trend, date)| ahead(trend, date, kpi, known));
    let prospect = forecast.zip(next).map(|(forecast, goal)| {
        let Some((low, high)) = forecast.interval.filter(|_| missing.is_none()) else {
            return Prospect::Open;
        };
        let values = [low, forecast.value, high];
        match values
            .into_iter()
            .filter(|value| plan.meets(goal.value, *value))
            .count()
        {
            3 => Prospect::Likely,
            0 => Prospect::Unlikely,
            _ => Prospect::Open,
        }
    });

    let goal = plan.goal();
    let meets = |o: &Observation| match plan.status(o.date, o.value) {
        Status::Achieved => true,
        // A figure of a few days before counts as one of the day itself.
        status if !status.is_behind() && plan.is_final(*o) => {
            plan.verdict(Some(*o), as_of.max(o.date)).status == Status::Achieved
        }
        _ => false,
    };
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
        (Some(trend), Some(goal), Heading::Better) if !met_now => trend.reaches(goal.value),
        _ => None,
    };
    let would_meet = would_meet.filter(|day| *day > as_of);
    Outlook {
        kpi,
        as_of,
        last,
        expected,
        variance,
        variance_percent,
        status,
        missing,
        age: last.map(|o| o.date.days_until(as_of)),
        holds_until: last.filter(|_| !settled).map(|o| plan.holds_until(o.date)),
        frequency: plan.frequency(),
        unclear: plan.unclear().to_vec(),
        warns,
        overdue,
        trend,
        heading,
        goal,
        next,
        forecast,
        prospect,
        would_meet,
        first_met,
        lost,
    }
}

impl Outlook<'_> {
    /// What the trend comes to on a day, by the rules of [`forecast`](Self::forecast). `measurements` are those that it was made from.
    pub fn forecast_on(&self, measurements: &Measurements, date: Day) -> Option<Forecast> {
        let all = aggregated(self.kpi, measurements.of(&self.kpi.id));
        ahead(self.trend.as_ref()?, date, self.kpi, known(self.kpi, &all, self.as_of))
    }
}

/// What was measured from the day of the baseline up to another.
fn known<'o>(kpi: &Kpi, all: &'o [Observation], as_of: Day) -> &'o [Observation] {
    let baseline_day = kpi.baseline.and_then(|baseline| baseline.date);
    let from = baseline_day.map_or(0, |day| all.partition_point(|o| o.date < day));
    let to = all.partition_point(|o| o.date <= as_of).max(from);
    &all[from..to]
}

/// What a trend comes to on a day; `None` where that is further ahead than it looks back.
fn ahead(trend: &Trend, date: Day, kpi: &Kpi, known: &[Observation]) -> Option<Forecast> {
    if !trend.looks_ahead_to(date) {
        return None;
    }
    let sensible = Sensible::of(kpi, known);
    trend.forecast(date, |value| sensible.told(value))
}

/// Which way it moves, where nine cases in ten agree on it.
fn heading(trend: Option<&Trend>, direction: Option<Direction>) -> Heading {
    let (Some(trend), Some(direction)) = (trend, direction) else {
        return Heading::Unknown;
    };
    if trend.slope.is_zero() {
        return Heading::Steady;
    }
    let zero = rust_decimal::Decimal::ZERO;
    let rises = match trend.interval {
        Some((low, _)) if low > zero => true,
        Some((_, high)) if high < zero => false,
        _ => return Heading::Unclear,
    };
    match direction {
        Direction::Maintain => Heading::Moving,
        Direction::Increase if rises => Heading::Better,
        Direction::Decrease if !rises => Heading::Better,
        Direction::Increase | Direction::Decrease => Heading::Worse,
    }
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
    use crate::track::sample::{self, day, number};

    fn kpi(json: &str) -> Kpi {
        serde_json::from_str(&format!("{{\"id\": \"k\", \"node\": \"n\", {json}}}")).unwrap()
    }

    fn measured(rows: &[(&str, &str)]) -> Measurements {
        sample::measured("k", rows)
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
        // 2,557 of 2,922 days: 33.66 x 2557 / 2922 = 29.4554; 25.19 is 4.2654 short, 14.48%.
        assert!((o.expected.unwrap().to_f64() - 29.455_4).abs() < 5e-5);
        assert_eq!(o.variance_percent, Some(number("-14.48")));
        assert_eq!(o.status, Status::OffTrack);
        // Slopes 2.11 / 366, 19.36 / 365 and, between them, 21.47 / 731 a day: on 2026-12-31 the line through the first
        // and the last value comes to 25.19 + 365 x 21.47 / 731 = 35.9103.
        // Told to three decimals, for the figures have two.
        assert_eq!(o.forecast.unwrap().value, number("35.91"));
        assert_eq!(o.forecast.unwrap().interval, None);
        // Three values are sure of nothing: no interval, so neither a prospect nor a heading.
        assert_eq!(o.prospect, Some(Prospect::Open));
        assert_eq!((o.heading, o.would_meet), (Heading::Unclear, None));
        assert_eq!((o.overdue, o.age), (0, Some(90)));
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
        // The interval runs from a fall to a rise.
        assert_eq!(before.heading, Heading::Unclear);
        // Slopes a day -6/365, -5/365, -8/1096, -3/731, -2/731, 3/366: the median is (-8/1096 - 3/731) / 2 = -0.0057016.
        // On 2018-09-30 the lines come to 11.670, 8.751, 13.838, 9.919: median 10.795. The goal is 4.
        let forecast = before.forecast.unwrap();
        assert_eq!(forecast.value, number("10.8"));
        // Four points give the interval from the smallest to the largest slope: with -6/365 a day the lines come to -4.02,
        // -3.02, 6.00, 6.00, median 1.49, which would meet the goal: it is open.
        assert_eq!(before.prospect, Some(Prospect::Open));
        assert_eq!(forecast.interval.unwrap().0, number("1.5"));
        let after = outlook(&kpi, &rows, day("2019-01-01"));
        // Overdue are the figure of the target's month and that of a year after the last.
        assert_eq!((after.status, after.overdue, after.next), (Status::NoData, 1, None));
        assert_eq!(after.missing, Some(Missing::AwaitingFinalFigure));
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
        assert_eq!((o.heading, o.would_meet), (Heading::Unclear, None));
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
            (o.status, o.missing, o.overdue)
        };
        let nothing = Some(Missing::NothingMeasured);
        let awaited = Some(Missing::AwaitingFinalFigure);
        assert_eq!(on(&[], "2026-01-30"), (Status::NotDue, None, 0));
        assert_eq!(on(&[], "2026-01-31"), (Status::NoData, nothing, 1));
        let march = [("2026-03-31", "90")];
        assert_eq!(on(&march, "2026-04-29"), (Status::OnTrack, None, 0));
        assert_eq!(on(&march, "2026-04-30"), (Status::OnTrack, None, 1));
        // The month after it, and 30 days more.
        assert_eq!(on(&march, "2026-05-30"), (Status::OnTrack, None, 1));
        assert_eq!(on(&march, "2026-05-31"), (Status::NoData, Some(Missing::Stale), 2));
        // Good news does not keep for ever; bad news does.
        let behind = [("2026-03-31", "10")];
        assert_eq!(on(&behind, "2026-05-31"), (Status::OffTrack, Some(Missing::Stale), 2));
        assert_eq!(on(&behind, "2028-06-30"), (Status::OffTrack, awaited, 9));
        // The last month due is that of the final target.
        assert_eq!(on(&march, "2028-06-30"), (Status::NoData, awaited, 9));
        // A figure of three days before the end is one of the end; one of four is not, and the month is not over with it.
        assert_eq!(on(&[("2026-12-28", "365")], "2028-06-30"), (Status::Achieved, None, 0));
        assert_eq!(on(&[("2026-12-28", "364")], "2026-12-31"), (Status::Missed, None, 0));
        assert_eq!(on(&[("2026-12-27", "365")], "2026-12-30"), (Status::Achieved, None, 0));
        assert_eq!(on(&[("2026-12-27", "365")], "2026-12-31"), (Status::NoData, awaited, 0));
        assert_eq!(on(&[("2026-12-27", "365")], "2027-01-01"), (Status::NoData, awaited, 1));
        assert_eq!(on(&[("2026-11-30", "364")], "2028-06-30"), (Status::NoData, awaited, 1));
        assert_eq!(
            on(&[("2026-11-30", "364"), ("2027-02-01", "364")], "2028-06-30"),
            (Status::Missed, None, 0)
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
        // Twelve values that rise, and less would be better: nine in ten of the slopes are above zero.
        assert_eq!(o.heading, Heading::Worse);
    }

    #[test]
    fn a_day_by_which_it_would_be_met_lies_ahead() {
        let kpi = kpi(
            r#""direction": "increase", "baseline": {"date": "2025-12-31", "value": 0},
               "targets": [{"date": "2027-12-31", "value": 60}], "measurement": {"frequency": "monthly"}"#,
        );
        // One a day.
        let rows = measured(&[
            ("2026-01-31", "31"),
            ("2026-02-28", "59"),
            ("2026-03-31", "90"),
            ("2026-04-30", "120"),
            ("2026-05-31", "151"),
        ]);
        let far = Kpi {
            targets: vec![crate::map::Target {
                date: Some(day("2028-12-31")),
                value: number("181"),
            }],
            ..kpi
        };
        let met_on = |as_of| outlook(&far, &rows, day(as_of)).would_meet;
        // 30 more, at one a day.
        assert_eq!(met_on("2026-05-31"), Some(day("2026-06-30")));
        assert_eq!(met_on("2026-06-29"), Some(day("2026-06-30")));
        // By then it would have been met, and nobody measured it.
        assert_eq!(met_on("2026-06-30"), None);
    }
}
