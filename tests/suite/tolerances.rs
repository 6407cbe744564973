//! Tolerances that are no share: what is said of them is what the status does.

use benefit_map::map::{BenefitMap, Number};
use benefit_map::track::{Planned, Status};
use serde_json::json;

use crate::support::clinic::{clinic, messages, told};

#[test]
fn a_tolerance_of_500_percent_is_no_share() {
    for (tolerance, said) in [
        (
            json!({"amber": 5, "red": 15}),
            "the amber tolerance of KPI `Measure of fin` is 5 (500%) and its red one 15 (1,500%), so neither counts: \
             any shortfall is at risk, and one of more than 10% off track",
        ),
        (
            json!({"red": 1}),
            "the red tolerance of KPI `Measure of fin` is 1 (100%), so it does not count: \
             any shortfall is at risk, and one of more than 10% off track",
        ),
        (
            json!({"amber": -0.05}),
            "the amber tolerance of KPI `Measure of fin` is -0.05 (below 0), so it does not count: \
             any shortfall is at risk, and one of more than 10% off track",
        ),
        (
            json!({"amber": 5, "red": 0.15}),
            "the amber tolerance of KPI `Measure of fin` is 5 (500%), so it does not count: \
             any shortfall is at risk, and one of more than 15% off track",
        ),
        (
            json!({"amber": 0.2, "red": 15}),
            "the red tolerance of KPI `Measure of fin` is 15 (1,500%), so it does not count: \
             a shortfall of more than 20% is off track",
        ),
        (
            json!({"amber": 0.15, "red": 0.05}),
            "the red tolerance of KPI `Measure of fin` is 0.05, below its amber one of 0.15, so neither counts: \
             any shortfall is at risk, and one of more than 10% off track",
        ),
    ] {
        let mut map = clinic();
        map["kpis"][3]["tolerance"] = tolerance;
        assert_eq!(told(&map), ["BM415 kpi k-fin tolerance"]);
        assert_eq!(messages(&map), [said]);
    }
    let mut map = clinic();
    map["kpis"][3]["tolerance"] = json!({"amber": 0, "red": 0.99});
    assert_eq!(told(&map), [""; 0]);
    for kpi in map["kpis"].as_array_mut().unwrap() {
        kpi["tolerance"] = json!({"amber": 5, "red": 10});
    }
    assert_eq!(told(&map), ["BM415 map -"]);
    assert!(messages(&map)[0].contains("all 4 KPIs"), "{:?}", messages(&map));
}

/// The share, in per cent, that a message names after the words; 0 where it says `any shortfall`.
fn named(text: &str) -> f64 {
    let number = text.split('%').next().unwrap().rsplit(' ').next().unwrap();
    if text.starts_with("any shortfall") {
        0.0
    } else {
        number.parse().unwrap()
    }
}

#[test]
fn what_a_finding_says_of_a_tolerance_is_what_the_status_does() {
    let bounds = [
        None,
        Some(-0.1),
        Some(0.0),
        Some(0.04),
        Some(0.12),
        Some(0.3),
        Some(1.0),
        Some(20.0),
    ];
    let mut judged = 0;
    for (amber, red) in bounds
        .iter()
        .flat_map(|amber| bounds.iter().map(move |red| (amber, red)))
    {
        let mut map = clinic();
        map["kpis"][3]["tolerance"] = json!({});
        for (colour, bound) in [("amber", amber), ("red", red)] {
            if let Some(bound) = bound {
                map["kpis"][3]["tolerance"][colour] = json!(bound);
            }
        }
        let Some(message) = messages(&map).into_iter().find(|message| message.contains("tolerance")) else {
            continue;
        };
        let Some((_, counts)) = message.split_once(": ") else {
            continue;
        };
        let (at_risk, off_track) = match counts.split_once(" is at risk, and ") {
            Some((at_risk, off_track)) => (named(at_risk), named(off_track)),
            None => (named(counts), named(counts)),
        };
        let map: BenefitMap = serde_json::from_value(map).unwrap();
        let plan = Planned::of(&map.kpis[3]);
        let day = "2027-03-01".parse().unwrap();
        let expected = plan.expected(day).unwrap().decimal();
        for short in [0.0, 0.5, 3.0, 5.0, 9.0, 11.0, 13.0, 25.0, 35.0] {
            let share = rust_decimal::Decimal::try_from(1.0 - short / 100.0).unwrap();
            let status = plan.status(day, Number::rounded(expected * share).unwrap());
            let told = if short > off_track {
                Status::OffTrack
            } else if short > at_risk {
                Status::AtRisk
            } else {
                Status::OnTrack
            };
            assert_eq!(status, told, "{amber:?} {red:?}, {short}% short: {message}");
            judged += 1;
        }
    }
    assert!(judged > 300, "{judged}");
}
