//! A second opinion on every figure of tracking: `docs/tracking.md` worked out again by other code, for random maps.
//!
//! What is here shares nothing with the program but its types. It is naive on purpose: fractions of whole numbers, days
//! counted one by one, periods found by walking along them, intervals of slopes by trying all orders of the values.

use benefit_map::map::{BenefitMap, Day, KpiId, Number};
use benefit_map::track::{Every, Heading, Measurement, Measurements, Prospect, Status, outlook, trajectory};
use proptest::prelude::*;

mod age;
mod ahead;
mod calendar;
mod fraction;
mod kpi;
mod network;

use ahead::DAYS_AHEAD;
use calendar::day_of;
use fraction::Frac;
use kpi::{Case, Rows, Words, number_of, shown};

fn measured(rows: &Rows) -> Measurements {
    rows.iter()
        .map(|(date, value)| Measurement::new(KpiId::new("k").unwrap(), day_of(*date), number_of(*value)))
        .collect()
}

fn map(case: &Case) -> BenefitMap {
    serde_json::from_str(&case.json()).unwrap()
}

fn text(value: Option<Number>) -> String {
    value.map(|n| n.to_string()).unwrap_or_default()
}

fn months(every: Every) -> i64 {
    match every {
        Every::Month => 1,
        Every::Quarter => 3,
        Every::Year => 12,
    }
}

prop_compose! {
    fn cases()(
        (way, profile, aggregation, tolerance) in (0..4usize, 0..5usize, 0..4usize, 0..8usize),
        baseline in proptest::option::weighted(0.85, (0i64..400, -300i64..3000, any::<bool>())),
        targets in proptest::collection::vec((proptest::option::weighted(0.9, 60i64..1500), -300i64..3000), 0..4),
        points in proptest::collection::vec((30i64..1500, -300i64..3000), 1..4),
        band in proptest::option::weighted(0.3, (-200i64..1000, 0i64..2000, 0..3usize)),
        frequency in 0..Words::COUNT,
        rows in proptest::collection::btree_map(0i64..1800, -400i64..3600, 0..16),
        near in proptest::collection::vec((0i64..1500, -40i64..41, 0i64..4), 0..6),
        as_of in 0i64..2200,
        scale in 0u32..3,
    ) -> (Case, Rows, i64) {
        let mut case = Case { way, profile, aggregation, tolerance, baseline, targets, points, band, frequency, scale };
        case.tidy();
        let mut rows = rows;
        // Values round the plan, and round the days on which something is promised.
        let promised: Vec<i64> = case.targets.iter().filter_map(|target| target.0).collect();
        for (at, off, before) in near {
            let date = match promised.get(at as usize % (promised.len() + 1)) {
                Some(date) => (date - before * 10 + off % 3).max(0),
                None => at,
            };
            let plan = case.expected(date).map(|value| value.whole(case.scale));
            rows.insert(date, plan.unwrap_or(100) + off);
        }
        let rows: Vec<(i64, i64)> = rows.into_iter().collect();
        let rows = case.scaled(&rows);
        (case, rows, as_of)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_of_a_status_is_what_the_page_says((case, rows, as_of) in cases()) {
        let map = map(&case);
        let measured = measured(&rows);
        let o = outlook(&map.kpis[0], &measured, day_of(as_of));
        let told = case.status_as_of(&rows, as_of);
        let context = format!("{}\n{:?}\nas of {}", case.json(), shown(&rows), day_of(as_of));
        prop_assert_eq!(o.last.map(|last| last.date), told.last.map(|last| day_of(last.0)), "{}", context);
        prop_assert_eq!(text(o.last.map(|last| last.value)), told.last.map(|l| l.1.text()).unwrap_or_default(), "{}", context);
        prop_assert_eq!(text(o.expected), told.expected.map(Frac::text).unwrap_or_default(), "expected: {}", context);
        prop_assert_eq!(text(o.variance), told.variance.map(Frac::text).unwrap_or_default(), "variance: {}", context);
        prop_assert_eq!(text(o.variance_percent), told.percent.map(Frac::text).unwrap_or_default(), "%: {}", context);
        prop_assert_eq!((o.status.as_str(), o.missing.map_or("", |m| m.as_str())), told.verdict, "{}", context);
        prop_assert_eq!(i64::from(o.overdue), told.overdue, "overdue: {}", context);
        if let Some(until) = o.holds_until {
            prop_assert_eq!(until, day_of(told.holds_until.unwrap()), "holds until: {}", context);
        }
        prop_assert_eq!(o.first_met, told.first_met.map(day_of), "first met: {}", context);
        prop_assert_eq!(o.lost, told.lost.map(day_of), "lost: {}", context);
    }

    #[test]
    fn every_row_of_a_trajectory_is_what_the_page_says(((case, rows, as_of), by) in (cases(), 0..3usize)) {
        let map = map(&case);
        let by = Every::ALL[by];
        let written: Vec<String> = trajectory(&map, &measured(&rows), Some(day_of(as_of)), by)
            .iter()
            .map(|row| {
                format!(
                    "{} {} {} {} {} {} {} {}",
                    row.date,
                    text(row.expected),
                    text(row.actual),
                    row.measured.map(|day| day.to_string()).unwrap_or_default(),
                    text(row.expected_then),
                    text(row.variance),
                    text(row.variance_percent),
                    row.status
                )
            })
            .collect();
        let told = case.trajectory(&rows, as_of, months(by));
        prop_assert_eq!(written, told, "{}\n{:?}\nas of {}", case.json(), shown(&rows), day_of(as_of));
    }

    #[test]
    fn trend_forecast_and_prospect_are_what_the_page_says((case, rows, as_of) in cases()) {
        let map = map(&case);
        let o = outlook(&map.kpis[0], &measured(&rows), day_of(as_of));
        let told = case.outlook(&rows, as_of);
        let context = format!("{}\n{:?}\nas of {}", case.json(), shown(&rows), day_of(as_of));
        prop_assert_eq!(o.trend.is_some(), told.slope.is_some(), "{}", context);
        if let (Some(trend), Some(slope)) = (&o.trend, told.slope) {
            prop_assert!((trend.slope.try_into().unwrap_or(f64::NAN) - slope.float()).abs() < 1e-9, "slope: {}", context);
            prop_assert_eq!(trend.interval.is_some(), told.interval.is_some(), "interval: {}", context);
        }
        prop_assert_eq!(o.heading.as_str(), told.heading, "heading: {}", context);
        prop_assert_eq!(o.next.and_then(|next| next.date), told.next.map(|next| day_of(next.0)), "next: {}", context);
        prop_assert_eq!(text(o.forecast.map(|f| f.value)), told.forecast.map(|f| f.0.text()).unwrap_or_default(), "forecast: {}", context);
        let ends = o.forecast.and_then(|f| f.interval).map(|(low, high)| (low.to_string(), high.to_string()));
        let expected = told.forecast.and_then(|f| f.1).map(|(low, high)| (low.text(), high.text()));
        prop_assert_eq!(ends, expected, "interval of the forecast: {}", context);
        prop_assert_eq!(o.prospect.map_or("", Prospect::as_str), told.prospect, "prospect: {}", context);
        // The second opinion looks day by day, and gives up after some fifty years.
        let looked_at = |day: &Day| o.last.is_some_and(|last| last.date.days_until(*day) < DAYS_AHEAD);
        prop_assert_eq!(o.would_meet.filter(looked_at), told.would_meet.map(day_of), "would meet: {}", context);
        prop_assert!(o.would_meet.is_none_or(|day| day > day_of(as_of)), "{}", context);
        if matches!(o.heading, Heading::Better | Heading::Worse) {
            prop_assert!(o.trend.unwrap().interval.is_some(), "{}", context);
        }
    }

    #[test]
    fn no_status_gets_better_by_waiting(((case, rows, _), from, wait) in (cases(), 0i64..2200, 1i64..900)) {
        let map = map(&case);
        let known: Rows = rows.iter().copied().filter(|row| row.0 <= from).collect();
        let measured = measured(&known);
        let at = |day: i64| outlook(&map.kpis[0], &measured, day_of(day)).status;
        let (before, after) = (at(from), at(from + wait));
        prop_assert!(worth(after) <= worth(before), "{} becomes {} after {} days\n{}\n{:?}\nfrom {}",
            before, after, wait, case.json(), shown(&known), day_of(from));
        // What is behind is not even less behind.
        if before.is_behind() {
            prop_assert!(after <= before, "{} becomes {}: {}", before, after, case.json());
        }
        // What nobody has looked at does not come to be good.
        if before == Status::NoData {
            prop_assert_eq!(after, Status::NoData, "{}", case.json());
        }
    }

    #[test]
    fn leaving_out_the_last_measurements_makes_nothing_good_that_they_did_not(((case, rows, as_of), n) in (cases(), 1usize..4)) {
        let map = map(&case);
        let rows: Rows = rows.into_iter().filter(|row| row.0 <= as_of).collect();
        if rows.len() <= n || case.aggregation >= 2 { return Ok(()) }
        let fewer: Rows = rows[..rows.len() - n].to_vec();
        let status = |rows: &Rows| outlook(&map.kpis[0], &measured(rows), day_of(as_of));
        let (whole, cut) = (status(&rows), status(&fewer));
        let context = format!("{} becomes {}\n{}\n{:?}\nas of {}", whole.status, cut.status, case.json(), shown(&rows), day_of(as_of));
        // What was left out can hide that things got worse only as long as the value before it holds.
        if worth(cut.status) > worth(whole.status) {
            let holds = cut.holds_until.is_none_or(|until| day_of(as_of) <= until);
            prop_assert!(holds || cut.status == Status::NoData || cut.status.is_behind() || cut.status == Status::NotDue, "{}", context);
            // Without a figure of the last days nothing is missed or achieved on the day of the target.
            prop_assert!(whole.status.is_behind() || whole.status == Status::NoData, "{}", context);
        }
    }

    #[test]
    fn a_measurement_on_plan_never_makes_it_worse((case, rows, as_of) in cases()) {
        let map = map(&case);
        if case.aggregation >= 2 { return Ok(()) }
        let rows: Rows = rows.into_iter().filter(|row| row.0 < as_of).collect();
        let Some(plan) = case.expected(as_of) else { return Ok(()) };
        let before = outlook(&map.kpis[0], &measured(&rows), day_of(as_of));
        let mut more = rows.clone();
        more.push((as_of, plan));
        let after = outlook(&map.kpis[0], &measured(&more), day_of(as_of));
        let context = format!("{} becomes {}\n{}\n{:?}\nas of {}", before.status, after.status, case.json(), shown(&rows), day_of(as_of));
        // As planned is on track, or has reached the end of the path; that an earlier target is missed stays true.
        let promised = Status::Missed == after.status;
        prop_assert!(matches!(after.status, Status::OnTrack | Status::Achieved) || promised, "{}", context);
        if !promised {
            prop_assert!(worth(after.status) >= worth(before.status), "{}", context);
        }
        prop_assert!(after.overdue <= before.overdue, "{}", context);
    }
}

/// Behind, unknown, or well.
fn worth(status: Status) -> u8 {
    match status {
        Status::Missed | Status::OffTrack | Status::AtRisk => 0,
        Status::NoData => 1,
        Status::OnTrack | Status::Achieved | Status::NotDue => 2,
    }
}

#[test]
fn the_second_opinion_knows_the_calendar() {
    for (number, date) in [
        (0, "2024-01-01"),
        (59, "2024-02-29"),
        (60, "2024-03-01"),
        (366, "2025-01-01"),
    ] {
        assert_eq!(day_of(number), Day::new(date).unwrap());
    }
}
