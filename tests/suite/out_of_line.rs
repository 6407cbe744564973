//! Figures that are a hundred or a thousand times off the others of their KPI: found, and seldom where there is nothing.

use benefit_map::check::{Options, Profile, check_measured};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Day, KpiId, Number};
use benefit_map::track::{Measurement, Measurements};

/// What the rule says of a KPI, by its fields without id and node, and its monthly values from January 2026 on.
fn found(kpi: &str, values: &[f64]) -> Vec<String> {
    let json = format!(r#"{{"format": 1, "kpis": [{{"id": "k", "node": "n", "title": "Fees", {kpi}}}]}}"#);
    let map: BenefitMap = serde_json::from_str(&json).unwrap();
    let rows: Measurements = values
        .iter()
        .zip(0i16..)
        .map(|(value, month)| {
            let date = jiff::civil::date(2026 + month / 12, (month % 12 + 1) as i8, 1).last_of_month();
            Measurement::new(
                KpiId::new("k").unwrap(),
                Day::from(date),
                Number::new(&format!("{value:.2}")).unwrap(),
            )
        })
        .collect();
    let mut options = Options::new(Profile::Audit);
    options.as_of = Some(Day::new("2029-12-31").unwrap());
    let report = check_measured(&BenefitGraph::new(&map), &rows, &options);
    let of_rule = report.findings.into_iter().filter(|finding| finding.code == "BM420");
    of_rule.map(|finding| finding.message).collect()
}

const FEES: &str = r#""direction": "decrease", "unit": "GBP", "baseline": {"date": "2025-12-31", "value": 48000},
    "targets": [{"date": "2027-12-31", "value": 40000}, {"date": "2028-12-31", "value": 30000}]"#;

#[test]
fn a_slip_of_the_keyboard_is_named_with_its_day_and_how_far_it_is_off() {
    assert_eq!(
        found(FEES, &[45_000.0, 44_000_000.0, 42_500.0]),
        ["the measured value of KPI `Fees` is 44,000,000 on 2026-02-28, about 1,000 times its other figures"]
    );
    assert_eq!(
        found(FEES, &[45_000.0, 44.0, 42_500.0]),
        ["the measured value of KPI `Fees` is 44 on 2026-02-28, about one part in 1,000 of its other figures"]
    );
    // Without a plan to hold it against, its neighbours say so.
    assert_eq!(found(r#""unit": "GBP""#, &[450.0, 44_000.0, 425.0]).len(), 1);
    // All in another unit is one finding.
    let thousands = found(FEES, &[45.0, 44.0, 43.0, 42.0, 41.0]);
    assert!(thousands.len() == 1 || thousands.is_empty(), "{thousands:?}");
}

#[test]
fn shares_among_percentages_and_slips_of_the_plan_are_found() {
    let percent = r#""direction": "increase", "unit": "% of homes", "baseline": {"date": "2025-12-31", "value": 60},
        "targets": [{"date": "2027-12-31", "value": 75}, {"date": "2028-12-31", "value": 90}]"#;
    assert_eq!(found(percent, &[62.0, 0.63, 64.0]).len(), 1);
    assert_eq!(found(percent, &[62.0, 63.0, 64.0]), [""; 0]);
    let share = percent.replace("\"value\": 90", "\"value\": 0.9");
    let told = found(&share, &[62.0, 63.0]);
    assert_eq!(
        told,
        ["the target of 2028-12-31 of KPI `Fees` is 0.9, about one part in 100 of its other figures"]
    );
    let target = FEES.replace("\"value\": 40000", "\"value\": 40000000");
    let told = found(&target, &[45_000.0]);
    assert!(
        told.len() == 1 && told[0].starts_with("the target of 2027-12-31 of KPI `Fees` is 40,000,000"),
        "{told:?}"
    );
    let baseline = FEES.replace("\"value\": 48000", "\"value\": 48000000");
    let told = found(&baseline, &[45_000.0, 44_000.0]);
    assert!(
        told.len() == 1 && told[0].starts_with("the baseline of KPI `Fees` is 48,000,000"),
        "{told:?}"
    );
}

#[test]
fn real_jumps_are_not_out_of_line() {
    let unplanned = r#""unit": "people""#;
    // From nothing, and from very little, to much.
    let from_nothing = r#""direction": "increase", "unit": "people", "baseline": {"date": "2025-12-31", "value": 0},
        "targets": [{"date": "2027-12-31", "value": 2500}, {"date": "2028-12-31", "value": 5000}]"#;
    assert_eq!(found(from_nothing, &[0.0, 3.0, 12.0, 60.0, 400.0, 2600.0]), [""; 0]);
    assert_eq!(found(unplanned, &[3.0, 20.0, 150.0, 1100.0, 8000.0, 60_000.0]), [""; 0]);
    // Down to nothing.
    let to_nothing = FEES.replace("30000", "0");
    assert_eq!(found(&to_nothing, &[40_000.0, 9000.0, 1200.0, 300.0, 0.0]), [""; 0]);
    // One month of ice each winter.
    let mut winters = vec![3.0; 24];
    (winters[0], winters[12]) = (260.0, 190.0);
    (winters[1], winters[13]) = (2.0, 4.0);
    assert_eq!(found(unplanned, &winters), [""; 0]);
    let ice = [
        2.0, 3.0, 2.0, 3.0, 240.0, 3.0, 2.0, 3.0, 2.0, 3.0, 2.0, 3.0, 2.0, 3.0, 2.0, 3.0, 300.0, 2.0,
    ];
    assert_eq!(found(unplanned, &ice), [""; 0]);
    // A balance that is now above zero, now below, and a plan that leads through zero.
    assert_eq!(
        found(unplanned, &[-3.0, 140.0, 2.0, -160.0, 4.0, 3.0, -200.0, 5.0]),
        [""; 0]
    );
    let balance = r#""direction": "increase", "unit": "GBP", "baseline": {"date": "2025-12-31", "value": -60000},
        "targets": [{"date": "2027-12-31", "value": 20000}, {"date": "2028-12-31", "value": 50000}]"#;
    assert_eq!(found(balance, &[-55_000.0, -20_000.0, -150.0, 90.0, 19_000.0]), [""; 0]);
    // Less than one in a hundred is a percentage too.
    let take_up = r#""direction": "increase", "unit": "%", "baseline": {"date": "2025-12-31", "value": 5},
        "targets": [{"date": "2027-12-31", "value": 12}, {"date": "2028-12-31", "value": 20}]"#;
    assert_eq!(found(take_up, &[4.0, 0.9, 0.8, 1.0]), [""; 0]);
    let faults = r#""direction": "decrease", "unit": "% of rounds", "baseline": {"date": "2025-12-31", "value": 12},
        "targets": [{"date": "2027-12-31", "value": 8}, {"date": "2028-12-31", "value": 6}]"#;
    assert_eq!(found(faults, &[11.0, 4.0, 0.8, 0.7]), [""; 0]);
}

#[test]
fn a_slip_below_zero_is_a_slip_too() {
    let loss = r#""direction": "increase", "unit": "GBP", "baseline": {"date": "2025-12-31", "value": -60000},
        "targets": [{"date": "2027-12-31", "value": -40000}, {"date": "2028-12-31", "value": -10000}]"#;
    assert_eq!(found(loss, &[-55_000.0, -54_000_000.0, -53_000.0]).len(), 1);
    assert_eq!(found(loss, &[-55_000.0, -54_000.0, -53_000.0]), [""; 0]);
}

/// Numbers between 0 and 1 that are the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        // Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// A KPI that goes from one size to another, in a line, slowly at first or by growing, with noise and a season.
fn series(random: &mut Random) -> (String, Vec<f64>) {
    let from = [0.0, 3.0, 60.0, 5_200.0, 48_000.0][(random.next() * 5.0) as usize] * (0.5 + random.next());
    let to = match (random.next() * 4.0) as usize {
        0 => from * 0.1,
        1 => from * 0.7,
        2 => from * 1.5 + 1.0,
        _ => from * 8.0 + 500.0,
    };
    let shape = (random.next() * 3.0) as usize;
    let noise = random.next() * 0.25;
    let months = 8 + (random.next() * 16.0) as usize;
    let values = (0..months).map(|month| {
        let t = month as f64 / 24.0;
        let way = match shape {
            0 => t,
            1 => t * t * (3.0 - 2.0 * t),
            _ => t * t,
        };
        let season = 1.0 + 0.2 * f64::from(u8::from(month % 12 > 5));
        ((from + (to - from) * way) * season * (1.0 + noise * (random.next() - 0.5) * 2.0)).max(0.0)
    });
    let values: Vec<f64> = values.collect();
    let kpi = format!(
        r#""unit": "people", "baseline": {{"date": "2025-12-31", "value": {from:.1}}},
           "targets": [{{"date": "2026-12-31", "value": {:.1}}}, {{"date": "2027-12-31", "value": {to:.1}}}]"#,
        from + (to - from) * [0.5, 0.5, 0.25][shape]
    );
    (kpi, values)
}

#[test]
fn few_are_told_of_nothing_and_few_slips_go_untold() {
    let mut random = Random(1);
    let (mut of_nothing, mut told, mut slips) = (0, 0, 0);
    for _ in 0..2000 {
        let (kpi, mut values) = series(&mut random);
        of_nothing += usize::from(!found(&kpi, &values).is_empty());
        let at = (random.next() * values.len() as f64) as usize;
        let factor = [0.001, 0.01, 100.0, 1000.0][(random.next() * 4.0) as usize];
        values[at] *= factor;
        // Below the last digit that is written there is nothing to see; a KPI from nothing passes through small values.
        if factor > 1.0 && values[at] >= 1.0 || factor < 1.0 && values[at] >= 1.0 && !kpi.contains("\"value\": 0.0}") {
            slips += 1;
            told += usize::from(!found(&kpi, &values).is_empty());
        }
    }
    assert!(of_nothing <= 10, "{of_nothing} of 2000 series without a slip");
    assert!(slips > 1000 && told * 100 >= slips * 85, "{told} of {slips} slips");
}
