//! Published figures of other people's appraisals, and what this program makes of the same inputs.

use benefit_map::appraise::{
    Adjustment, Appraised, Assumed, Published, RateTable, Totals, additionality, appraise, income_ratio, mixed_bias,
    optimism_bias, published, triangular_mean, welfare_weight,
};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Timing};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

/// As published tables round: half away from zero, with all places written.
pub fn shown(value: Decimal, places: u32) -> String {
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    format!("{rounded:.*}", places as usize)
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn appraised(map: Value) -> Appraised {
    let map: BenefitMap = serde_json::from_value(map).unwrap();
    appraise(&BenefitGraph::new(&map), &Assumed::default()).unwrap_or_else(|why| panic!("{why}"))
}

/// A map with an investment and an outcome, their costs and amounts, and an appraisal.
fn map(appraisal: Value, costs: Value, amounts: Value) -> Value {
    json!({"format": 1, "appraisal": appraisal, "nodes": [
        {"id": "i", "kind": "investment", "cost": costs}, {"id": "o", "kind": "end-outcome"}],
        "links": [{"from": "i", "to": "o"}],
        "kpis": [{"id": "k", "node": "o", "value": {"class": "cash-releasing", "amounts": amounts, "source": "s"}}]})
}

fn each_year(from: i32, to: i32, amount: f64) -> Value {
    (from..=to)
        .map(|year| json!({"year": year.to_string(), "amount": amount}))
        .collect()
}

/// HM Treasury, Discounting guidance (February 2026), Table A.1: 3.5 %.
const STANDARD: &str = "1.0000 0.9662 0.9335 0.9019 0.8714 0.8420 0.8135 0.7860 0.7594 0.7337 0.7089 0.6849 0.6618 0.6394 \
    0.6178 0.5969 0.5767 0.5572 0.5384 0.5202 0.5026 0.4856 0.4692 0.4533 0.4380 0.4231 0.4088 0.3950 0.3817 0.3687 0.3563";
/// The same, Table A.2: 1.5 %.
const HEALTH: &str = "1.0000 0.9852 0.9707 0.9563 0.9422 0.9283 0.9145 0.9010 0.8877 0.8746 0.8617 0.8489 0.8364 0.8240 \
    0.8118 0.7999 0.7880 0.7764 0.7649 0.7536 0.7425 0.7315 0.7207 0.7100 0.6995 0.6892 0.6790 0.6690 0.6591 0.6494 0.6398";

#[test]
fn vector_1_and_2_factors_of_thirty_years() {
    for (name, published) in [("green-book-2026", STANDARD), ("green-book-2026-health", HEALTH)] {
        let factors = RateTable::named(name).unwrap().factors(30).unwrap();
        let ours: Vec<String> = (0..=30).map(|year| shown(factors.of(year, Timing::Start), 4)).collect();
        assert_eq!(
            ours.join(" "),
            published.split_whitespace().collect::<Vec<_>>().join(" "),
            "{name}"
        );
    }
}

/// The bands of the Green Book after year 30, recomputed by two independent programs.
#[test]
fn vector_3_factors_beyond_thirty_years() {
    let factors = RateTable::named("green-book-2026").unwrap().factors(301).unwrap();
    for (year, published) in [
        (31, "0.345901"),
        (40, "0.265105"),
        (50, "0.197263"),
        (60, "0.146782"),
        (75, "0.094214"),
        (76, "0.091916"),
        (100, "0.050818"),
        (125, "0.027411"),
        (126, "0.026873"),
        (200, "0.006207"),
        (201, "0.006116"),
        (300, "0.001401"),
        (301, "0.001387"),
    ] {
        assert_eq!(shown(factors.of(year, Timing::Start), 6), published, "{year}");
    }
    // The health rate after year 30 as published to two decimals: 0.4951 in year 50, and not 0.4955 of the unrounded rate.
    let health = RateTable::named("green-book-2026-health").unwrap().factors(75).unwrap();
    assert_eq!(shown(health.of(50, Timing::Start), 4), "0.4951");
    assert_eq!(shown(health.of(75, Timing::Start), 4), "0.3594");
    // (1 - r)^t, which is sometimes seen, is not what is used: it is 1.2 % lower after ten years.
    let standard = factors.of(10, Timing::Start);
    assert!(standard > decimal("0.7089") && decimal("0.7003") < standard);
}

/// Tests of a published workbook for health economics (workHORSE).
#[test]
fn vector_4_one_a_year() {
    for (name, last, published) in [
        ("green-book-2026", 20, "15.212"),
        ("green-book-2026-health", 20, "18.169"),
        ("green-book-2026", 26, "17.890"),
        ("green-book-2026-health", 26, "22.399"),
    ] {
        let factors = RateTable::named(name).unwrap().factors(last).unwrap();
        let worth = factors
            .present_value(&vec![Decimal::ONE; last + 1], Timing::Start)
            .unwrap();
        assert_eq!(shown(worth, 3), published, "{name} to year {last}");
    }
}

/// The read-me of the package `greenbook`.
#[test]
fn vector_5_one_appraisal() {
    let costs =
        json!([{"year": "2026", "amount": 100}, {"year": "2027", "amount": 50}, {"year": "2028", "amount": 50}]);
    let whole = appraised(map(
        json!({"base_year": "2026", "end": "2035", "rates": "green-book-2026"}),
        costs,
        each_year(2029, 2035, 30.0),
    ));
    let total = whole.options[0].society;
    assert_eq!(shown(total.pvc, 4), "194.9847");
    assert_eq!(shown(total.pvb, 4), "171.2398");
    assert_eq!(shown(total.npsv, 4), "-23.7449");
    assert_eq!(shown(total.bcr.unwrap(), 4), "0.8782");
    let second = appraised(map(
        json!({"base_year": "2026", "end": "2031"}),
        json!([{"year": "2026", "amount": 100}]),
        each_year(2027, 2031, 30.0),
    ));
    assert_eq!(shown(second.options[0].society.npsv, 4), "35.4516");
    assert_eq!(second.options[0].payback, Some(4));
}

/// The template of the New Zealand Treasury with four options: 8 %, benefits and running costs in the middle of the year,
/// capital at its start.
#[test]
fn vector_6_four_options() {
    let total = |benefit: f64, capital: Value| -> Totals {
        let mut costs = vec![json!({"year": "2011", "until": "2040", "amount": 500_000, "timing": "middle"})];
        costs.extend(capital.as_array().unwrap().iter().cloned());
        let mut whole = map(
            json!({"base_year": "2011", "end": "2040", "rates": "Treasury template, 2011",
                "bands": [{"from": 0, "rate": 0.08}]}),
            Value::Array(costs),
            each_year(2011, 2040, benefit),
        );
        whole["kpis"][0]["value"]["timing"] = json!("middle");
        appraised(whole).options[0].society
    };
    let factors = RateTable {
        bands: serde_json::from_value(json!([{"from": 0, "rate": 0.08}])).unwrap(),
        ..RateTable::named("green-book-2026").unwrap()
    };
    let factors = factors.factors(30).unwrap();
    let of = |timing| {
        (0..3)
            .map(|year| shown(factors.of(year, timing), 5))
            .collect::<Vec<_>>()
    };
    assert_eq!(of(Timing::Middle), ["0.96225", "0.89097", "0.82497"]);
    assert_eq!(of(Timing::Start), ["1.00000", "0.92593", "0.85734"]);
    let annuity = factors.present_value(&[Decimal::ONE; 30], Timing::Middle).unwrap();
    assert_eq!(shown(annuity, 6), "11.699432");

    let one = total(500_000.0, json!([]));
    assert_eq!(
        [shown(one.pvb, 0), shown(one.pvc, 0), shown(one.npsv, 0)],
        ["5849716", "5849716", "0"]
    );
    assert_eq!(shown(one.bcr.unwrap(), 2), "1.00");
    let two = total(650_000.0, json!([{"year": "2011", "amount": 2_000_000}]));
    assert_eq!(
        [shown(two.pvb, 0), shown(two.pvc, 0), shown(two.npsv, 0)],
        ["7604631", "7849716", "-245085"]
    );
    assert_eq!(shown(two.bcr.unwrap(), 2), "0.97");
    // The benefits of the other two are published as present values alone; their costs and ratios follow.
    let three = total(
        0.0,
        json!([{"year": "2011", "amount": 25_000_000}, {"year": "2012", "amount": 5_000_000}]),
    );
    let published_pvc = decimal("35479345");
    assert!((three.pvc - published_pvc).abs() < Decimal::ONE, "{}", three.pvc);
    assert_eq!(shown(decimal("39841423") / three.pvc, 2), "1.12");
    assert_eq!(shown(decimal("47718390") / decimal("43903348"), 2), "1.09");
}

/// Infrastructure Australia's table for a metro, in millions: rounded sums with and without wider benefits.
#[test]
fn vector_7_ratio_with_and_without_wider_benefits() {
    let total = |benefit: f64| {
        appraised(map(
            json!({"base_year": "2026", "end": "2026"}),
            json!([{"year": "2026", "amount": 6_700, "kind": "capital"}, {"year": "2026", "amount": 600, "kind": "revenue"}]),
            each_year(2026, 2026, benefit),
        ))
        .options[0]
            .society
    };
    let narrow = total(7_900.0);
    assert_eq!(
        (shown(narrow.npsv, 0), shown(narrow.bcr.unwrap(), 3)),
        ("600".into(), "1.082".into())
    );
    let wide = total(11_000.0);
    assert_eq!(
        (shown(wide.npsv, 0), shown(wide.bcr.unwrap(), 3)),
        ("3700".into(), "1.507".into())
    );
}

/// An Australian regulation impact statement: the totals are of unrounded rows.
#[test]
fn vector_8_a_published_total_of_unrounded_rows_is_not_corrected() {
    let (benefit, cost) = (decimal("57.1"), decimal("30.7"));
    assert_eq!(shown(benefit - cost, 1), "26.4");
    assert_eq!(shown(benefit / cost, 1), "1.9");
    // Ten rows as published, which sum to 57.2 and not to 57.1.
    let mut rows = vec![decimal("5.7"); 9];
    rows.push(decimal("5.9"));
    assert_eq!(
        published(&rows, benefit, 1),
        Some(Published::RowsRounded {
            sum: decimal("57.2"),
            most: decimal("0.55")
        })
    );
    assert_eq!(published(&rows, decimal("57.2"), 1), Some(Published::Same));
    assert!(matches!(
        published(&rows, decimal("58.1"), 1),
        Some(Published::Different { .. })
    ));
}

/// HM Treasury, supplementary guidance on optimism bias: a mix of two types of building.
#[test]
fn vector_9_optimism_bias_of_a_mix() {
    let mixed = |a: i32, b: i32| mixed_bias(&[(decimal("0.3"), a.into()), (decimal("0.7"), b.into())]).unwrap();
    assert_eq!(shown(mixed(51, 24), 1), "32.1");
    assert_eq!(shown(mixed(39, 4), 1), "14.5");
}

/// The same: 51 % of which 92 % is managed, on 100 million, and 7 million of risk management.
#[test]
fn vector_10_optimism_bias_that_is_managed() {
    let whole = appraised(map(
        json!({"base_year": "2026", "end": "2026"}),
        json!([{"year": "2026", "amount": 100, "optimism_bias":
            {"percent": 51, "type": "non-standard buildings", "mitigation": 0.92, "reason": "guidance"}},
            {"year": "2026", "amount": 7}]),
        json!([]),
    ));
    // The guidance rounds 4.08 % to 4 %.
    assert_eq!(shown(optimism_bias(51.into(), decimal("0.92")).unwrap(), 2), "1.04");
    assert_eq!(shown(whole.options[0].society.pvc, 0), "111");
    assert_eq!(shown(whole.lines[0].amounts[0], 2), "104.08");
}

/// HCA, Additionality Guide, third edition, with figures of its form.
#[test]
fn vector_11_additionality() {
    let lost = Adjustment {
        leakage: decimal("0.1"),
        displacement: decimal("0.25"),
        substitution: Decimal::ZERO,
        multiplier: decimal("1.1"),
    };
    let gross = additionality(100.into(), lost, Decimal::ZERO, lost).unwrap();
    assert_eq!(shown(gross, 2), "74.25");
    let reference = additionality(20.into(), lost, Decimal::ZERO, lost).unwrap();
    assert_eq!(shown(reference, 2), "14.85");
    assert_eq!(
        shown(additionality(100.into(), lost, 20.into(), lost).unwrap(), 1),
        "59.4"
    );
    // The same by the fields of a KPI.
    let mut whole = map(
        json!({"base_year": "2026", "end": "2026"}),
        json!([]),
        each_year(2026, 2026, 100.0),
    );
    let value = &mut whole["kpis"][0]["value"];
    for (name, share) in [("deadweight", 0.2), ("leakage", 0.1), ("displacement", 0.25)] {
        value[name] = json!({"share": share, "source": "guide"});
    }
    value["multiplier"] = json!({"factor": 1.1});
    assert_eq!(shown(appraised(whole).options[0].society.pvb, 1), "59.4");
}

/// HM Treasury, the Green Book, annex A3.
#[test]
fn vector_12_welfare_weights() {
    assert_eq!(format!("{:.4}", welfare_weight(2.0, 1.0).unwrap()), "2.4623");
    assert_eq!(format!("{:.4}", income_ratio(2.5).unwrap()), "2.0235");
    assert_eq!(format!("{:.4}", income_ratio(2.4).unwrap()), "1.9610");
    assert_eq!(welfare_weight(2.0, 0.0), None);
    assert_eq!(welfare_weight(f64::NAN, 1.0), None);
}

/// The Green Book (2003), box 4.5: the sums are published; the items are only known to sum to them, so only the sums are used.
#[test]
fn vector_13_the_best_guesses_sum_to_less_than_the_mean() {
    let mean = triangular_mean(decimal("311.8"), decimal("334.1"), decimal("365.2")).unwrap();
    assert_eq!(shown(mean, 4), "337.0333");
    assert!(mean > decimal("334.1"));
}
