//! The planned path, by figures worked by hand.

use super::*;
use crate::map::{Baseline, KpiId, NodeId, Point, Tolerance};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::new(text).unwrap()
}

fn number(text: &str) -> Number {
    Number::new(text).unwrap()
}

fn kpi(baseline: Option<(&str, &str)>, targets: &[(&str, &str)]) -> Kpi {
    let date = |text: &str| (!text.is_empty()).then(|| day(text));
    let mut kpi = Kpi::new(KpiId::new("k").unwrap(), NodeId::new("n").unwrap(), "");
    kpi.baseline = baseline.map(|(d, v)| Baseline {
        date: date(d),
        value: number(v),
    });
    kpi.targets = targets
        .iter()
        .map(|(d, v)| Target {
            date: date(d),
            value: number(v),
        })
        .collect();
    kpi
}

fn at(kpi: &Kpi, date: &str) -> Option<String> {
    expected(kpi, day(date)).map(|n| n.to_string())
}

#[test]
fn a_straight_line_from_the_baseline_to_the_target() {
    // 100 days from 2026-01-01 to 2026-04-11, 50 to 80: 0.3 a day.
    let kpi = kpi(Some(("2026-01-01", "50")), &[("2026-04-11", "80")]);
    assert_eq!(at(&kpi, "2025-12-31"), None);
    assert_eq!(at(&kpi, "2026-01-01").unwrap(), "50");
    assert_eq!(at(&kpi, "2026-01-02").unwrap(), "50.3");
    assert_eq!(at(&kpi, "2026-01-31").unwrap(), "59"); // 30 days: 50 + 9
    assert_eq!(at(&kpi, "2026-04-11").unwrap(), "80");
    assert_eq!(at(&kpi, "2030-01-01").unwrap(), "80");
}

#[test]
fn an_s_curve_is_three_t_squared_less_two_t_cubed() {
    let mut kpi = kpi(Some(("2026-01-01", "0")), &[("2026-04-11", "1000")]);
    kpi.trajectory = Some(Trajectory::Profile(Profile::SCurve));
    // t = 0.1: 3 x 0.01 - 2 x 0.001 = 0.028; t = 0.25: 3/16 - 2/64 = 0.15625; t = 0.5: 0.5; t = 0.9: 0.972.
    for (date, value) in [
        ("2026-01-11", "28"),
        ("2026-01-26", "156.25"),
        ("2026-02-20", "500"),
        ("2026-04-01", "972"),
        ("2026-04-11", "1000"),
    ] {
        assert_eq!(at(&kpi, date).unwrap(), value, "{date}");
    }
}

#[test]
fn a_step_holds_until_the_day() {
    let mut kpi = kpi(Some(("2026-01-01", "5")), &[("2026-04-11", "7"), ("2026-12-31", "9")]);
    kpi.trajectory = Some(Trajectory::Profile(Profile::Step));
    for (date, value) in [
        ("2026-01-01", "5"),
        ("2026-04-10", "5"),
        ("2026-04-11", "7"),
        ("2026-12-30", "7"),
        ("2026-12-31", "9"),
    ] {
        assert_eq!(at(&kpi, date).unwrap(), value, "{date}");
    }
}

#[test]
fn leap_days_are_days_like_any_other() {
    // 2024 has 366 days: 2023-12-31 to 2024-12-31; the 60th of them is 29 February.
    let kpi = kpi(Some(("2023-12-31", "0")), &[("2024-12-31", "366")]);
    assert_eq!(at(&kpi, "2024-02-29").unwrap(), "60");
    assert_eq!(at(&kpi, "2024-03-01").unwrap(), "61");
}

#[test]
fn targets_are_taken_in_the_order_of_their_days_and_the_last_of_a_day_wins() {
    let kpi = kpi(
        Some(("2026-01-01", "0")),
        &[
            ("2026-01-21", "40"),
            ("", "999"),
            ("2026-01-11", "5"),
            ("2026-01-11", "10"),
        ],
    );
    assert_eq!(at(&kpi, "2026-01-06").unwrap(), "5"); // half way to 10
    assert_eq!(at(&kpi, "2026-01-11").unwrap(), "10");
    assert_eq!(at(&kpi, "2026-01-16").unwrap(), "25"); // half way from 10 to 40
    assert_eq!(at(&kpi, "2026-02-01").unwrap(), "40");
}

#[test]
fn a_target_on_the_baselines_day_replaces_it_at_once() {
    let kpi = kpi(Some(("2026-01-01", "10")), &[("2026-01-01", "20")]);
    assert_eq!(at(&kpi, "2025-12-31"), None);
    assert_eq!(at(&kpi, "2026-01-01").unwrap(), "20");
    assert_eq!(Planned::of(&kpi).direction(), Some(Direction::Increase));
}

#[test]
fn without_a_dated_start_the_plan_begins_at_the_first_target() {
    for baseline in [None, Some(("", "10"))] {
        let kpi = kpi(baseline, &[("2026-01-11", "20"), ("2026-01-21", "30")]);
        assert_eq!(at(&kpi, "2026-01-10"), None);
        assert_eq!(at(&kpi, "2026-01-11").unwrap(), "20");
        assert_eq!(at(&kpi, "2026-01-16").unwrap(), "25");
    }
}

#[test]
fn a_baseline_alone_or_undated_targets_promise_nothing_for_a_day() {
    assert_eq!(at(&kpi(Some(("2026-01-01", "10")), &[]), "2026-01-01"), None);
    assert_eq!(at(&kpi(Some(("2026-01-01", "10")), &[("", "20")]), "2026-06-01"), None);
    assert_eq!(at(&kpi(None, &[]), "2026-01-01"), None);
}

#[test]
fn what_lies_before_the_baseline_is_left_out() {
    let before = kpi(Some(("2026-01-01", "10")), &[("2025-01-01", "20")]);
    assert_eq!(at(&before, "2026-01-01"), None);
    let both = kpi(
        Some(("2026-01-01", "10")),
        &[("2025-01-01", "99"), ("2026-01-11", "20")],
    );
    assert_eq!(at(&both, "2026-01-06").unwrap(), "15");
}

#[test]
fn points_replace_the_targets_as_far_as_they_reach() {
    let mut kpi = kpi(
        Some(("2026-01-01", "0")),
        &[("2026-01-16", "1000"), ("2026-01-31", "100")],
    );
    let point = |d, v| Point {
        date: day(d),
        value: number(v),
    };
    kpi.trajectory = Some(Trajectory::Points(vec![
        point("2026-01-21", "50"),
        point("2026-01-11", "10"),
    ]));
    assert_eq!(at(&kpi, "2026-01-06").unwrap(), "5"); // joined to the baseline
    assert_eq!(at(&kpi, "2026-01-16").unwrap(), "30"); // the line between the points, not the target on that day
    assert_eq!(at(&kpi, "2026-01-26").unwrap(), "75"); // on to the target after the last point
    assert_eq!(at(&kpi, "2026-02-26").unwrap(), "100");
    kpi.targets.clear();
    kpi.baseline = None;
    assert_eq!(at(&kpi, "2026-01-10"), None); // points alone stand alone
    assert_eq!(at(&kpi, "2026-03-01").unwrap(), "50");
    assert_eq!(Planned::of(&kpi).goal().unwrap().date, Some(day("2026-01-21")));
}

#[test]
fn a_missing_direction_is_read_off_the_figures() {
    let direction = |k: &Kpi, first: Option<&str>| Planned::with_first_value(k, first.map(number)).direction();
    let from = |b, t| kpi(Some(("2026-01-01", b)), &[("2027-01-01", t)]);
    assert_eq!(direction(&from("1", "2"), None), Some(Direction::Increase));
    assert_eq!(direction(&from("2", "1"), None), Some(Direction::Decrease));
    assert_eq!(direction(&from("2", "2"), None), Some(Direction::Maintain));
    let alone = kpi(None, &[("2027-01-01", "4")]);
    assert_eq!(direction(&alone, None), None);
    assert_eq!(direction(&alone, Some("20")), Some(Direction::Decrease));
    let two = kpi(None, &[("2026-01-01", "4"), ("2027-01-01", "9")]);
    assert_eq!(direction(&two, None), Some(Direction::Increase));
    let mut stated = from("1", "2");
    stated.direction = Some(Direction::Maintain);
    assert_eq!(direction(&stated, None), Some(Direction::Maintain));
}

#[test]
fn tolerances_are_shares_of_the_expected_value_and_count_on_the_wrong_side_only() {
    let mut kpi = kpi(Some(("2026-01-01", "5200")), &[("2026-04-11", "3200")]);
    kpi.tolerance = Some(Tolerance {
        amber: Some(number("0.05")),
        red: Some(number("0.15")),
    });
    let plan = Planned::of(&kpi);
    // Day 60 of 100: 5200 - 0.6 x 2000 = 4000; amber beyond 4200, red beyond 4600.
    let status = |actual| plan.status(day("2026-03-02"), number(actual));
    assert_eq!(plan.expected(day("2026-03-02")), Some(number("4000")));
    assert_eq!(status("4200"), Status::OnTrack);
    assert_eq!(status("4200.01"), Status::AtRisk);
    assert_eq!(status("4600"), Status::AtRisk);
    assert_eq!(status("4600.01"), Status::OffTrack);
    assert_eq!(status("3300"), Status::OnTrack); // ahead is never a fault
    assert_eq!(status("3200"), Status::Achieved); // met early
    assert_eq!(status("-5"), Status::Achieved); // a decrease that overshoots
    let end = |actual| plan.status(day("2026-04-11"), number(actual));
    assert_eq!(end("3200"), Status::Achieved);
    assert_eq!(end("3200.01"), Status::Missed);
    assert_eq!(
        plan.tolerated(number("4000"), plan.tolerances().0),
        (None, Some(number("4200")))
    );
}

#[test]
fn no_tolerance_stated_means_none_agreed_and_a_tenth_is_red() {
    let plan = Planned::of(&kpi(Some(("2026-01-01", "100")), &[("2026-04-11", "300")]));
    // Day 50 of 100: 200.
    let status = |actual| plan.status(day("2026-02-20"), number(actual));
    assert_eq!(status("200"), Status::OnTrack);
    assert_eq!(status("199.99"), Status::AtRisk);
    assert_eq!(status("180"), Status::AtRisk);
    assert_eq!(status("179.99"), Status::OffTrack);
    let mut amber = kpi(None, &[]);
    amber.tolerance = Some(Tolerance {
        amber: Some(number("0.2")),
        red: None,
    });
    assert_eq!(
        Planned::of(&amber).tolerances(),
        (number("0.2").decimal(), number("0.2").decimal())
    );
}

#[test]
fn where_zero_is_expected_a_shortfall_is_a_share_of_the_planned_change() {
    // 0 until the step to 100: the planned change is 100, so red (a tenth) is 10 below zero.
    let mut kpi = kpi(Some(("2026-01-01", "0")), &[("2027-01-01", "100")]);
    kpi.trajectory = Some(Trajectory::Profile(Profile::Step));
    let plan = Planned::of(&kpi);
    let status = |actual| plan.status(day("2026-06-01"), number(actual));
    assert_eq!(status("0"), Status::OnTrack);
    assert_eq!(status("-10"), Status::AtRisk);
    assert_eq!(status("-10.1"), Status::OffTrack);
    assert_eq!(status("3"), Status::OnTrack);
}

#[test]
fn what_is_to_be_maintained_may_stray_to_neither_side() {
    let mut kpi = kpi(Some(("2026-01-01", "80")), &[("2026-12-31", "80")]);
    kpi.tolerance = Some(Tolerance {
        amber: Some(number("0.05")),
        red: Some(number("0.1")),
    });
    let plan = Planned::of(&kpi);
    let status = |date, actual| plan.status(day(date), number(actual));
    for (actual, before, after) in [
        ("80", Status::OnTrack, Status::Achieved),
        ("84", Status::OnTrack, Status::Achieved),
        ("76", Status::OnTrack, Status::Achieved),
        ("86", Status::AtRisk, Status::Achieved),
        ("74", Status::AtRisk, Status::Achieved),
        ("89", Status::OffTrack, Status::Missed),
        ("71", Status::OffTrack, Status::Missed),
    ] {
        assert_eq!(status("2026-06-30", actual), before, "{actual}");
        assert_eq!(status("2026-12-31", actual), after, "{actual}");
    }
}

#[test]
fn an_early_goal_counts_only_where_nothing_stricter_is_expected() {
    let mut kpi = kpi(
        Some(("2026-01-01", "0")),
        &[("2026-07-01", "100"), ("2026-12-31", "80")],
    );
    kpi.direction = Some(Direction::Increase);
    let plan = Planned::of(&kpi);
    assert_eq!(plan.status(day("2026-07-01"), number("85")), Status::OffTrack);
    assert_eq!(plan.status(day("2026-07-01"), number("100")), Status::Achieved);
}

#[test]
fn expected_values_have_two_decimals_more_than_the_figures_of_the_map() {
    // 365 days; after one of them a 365th of the way: 100/365 = 0.27397…
    let after_a_day = |from: &str, to: &str| {
        expected(
            &kpi(Some(("2026-01-01", from)), &[("2027-01-01", to)]),
            day("2026-01-02"),
        )
        .map(|n| n.to_string())
    };
    assert_eq!(after_a_day("200", "300").as_deref(), Some("200.27"));
    assert_eq!(after_a_day("200.5", "300.5").as_deref(), Some("200.774"));
    // Four digits where two decimals would leave fewer: 0.27397 and 0.0027397.
    assert_eq!(after_a_day("0", "100").as_deref(), Some("0.274"));
    assert_eq!(after_a_day("0", "1").as_deref(), Some("0.00274"));
}

#[test]
fn before_anything_is_promised_it_is_not_due_but_a_goal_can_be_met() {
    let mut undated = kpi(None, &[("", "130")]);
    undated.direction = Some(Direction::Increase);
    let plan = Planned::of(&undated);
    assert_eq!(plan.status(day("2026-01-01"), number("80")), Status::NotDue);
    assert_eq!(plan.status(day("2026-01-01"), number("150")), Status::Achieved);
}

#[test]
fn the_longest_span_and_the_largest_values_are_still_reckoned() {
    for profile in Profile::ALL {
        let mut kpi = kpi(
            Some(("0001-01-01", "-999999999999999")),
            &[("9999-12-31", "999999999999999")],
        );
        kpi.trajectory = Some(Trajectory::Profile(*profile));
        assert!(expected(&kpi, day("5000-01-01")).is_some());
        kpi.targets[0].value = number("0.000000000000001");
        assert!(expected(&kpi, day("5000-01-01")).is_some());
    }
}

proptest! {
    #[test]
    fn the_path_runs_through_its_targets_and_never_leaves_their_range(
        start in -1_000_000i32..1_000_000, values in prop::collection::vec((1u16..2000, -1_000_000i32..1_000_000), 1..5),
        profile in prop::sample::select(Profile::ALL), ask in 0u16..9000,
    ) {
        let first = day("2020-02-29");
        let later = |days: i64| Day::from(first.date().checked_add(jiff::Span::new().days(days)).unwrap());
        let mut made = kpi(Some(("2020-02-29", "0")), &[]);
        made.baseline.as_mut().unwrap().value = Number::from(start);
        made.trajectory = Some(Trajectory::Profile(profile));
        let mut gone = 0;
        for (days, value) in &values {
            gone += i64::from(*days);
            made.targets.push(Target { date: Some(later(gone)), value: Number::from(*value) });
        }
        for target in &made.targets {
            prop_assert_eq!(expected(&made, target.date.unwrap()), Some(target.value));
        }
        let asked = later(i64::from(ask));
        let got = expected(&made, asked).unwrap().to_f64();
        // The same by floating point, from the definition.
        let mut from = (first, f64::from(start));
        let mut naive = f64::from(values.last().unwrap().1);
        for target in &made.targets {
            let to = (target.date.unwrap(), target.value.to_f64());
            if asked < to.0 {
                let t = from.0.days_until(asked) as f64 / from.0.days_until(to.0) as f64;
                let share = match profile {
                    Profile::Linear => t,
                    Profile::SCurve => t * t * (3.0 - 2.0 * t),
                    Profile::Step => 0.0,
                };
                naive = from.1 + (to.1 - from.1) * share;
                break;
            }
            from = to;
        }
        // Whole figures: the path is told to two decimals.
        prop_assert!((got - naive).abs() < 0.005 + 1e-6, "{} {}", got, naive);
    }
}
