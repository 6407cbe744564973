//! Tracking: planned paths, variances, statuses and trajectories, against figures worked by hand.

use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Day, KpiId, Locale, Number};
use benefit_map::track::{
    Every, Measurement, Measurements, Row, Status, escalate, outlook, series, standing, trajectory,
};

const PAGE: &str = include_str!("../../docs/tracking.md");

fn day(text: &str) -> Day {
    Day::new(text).unwrap()
}

/// What stands in the first fenced block of that language.
fn block(language: &str) -> &'static str {
    let (_, rest) = PAGE
        .split_once(&format!("```{language}\n"))
        .expect("the page has the block");
    rest.split_once("```").unwrap().0
}

fn measurements(csv: &str) -> Measurements {
    csv.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let mut made = Measurement::new(
                KpiId::new(cells[0]).unwrap(),
                day(cells[1]),
                Number::new(cells[2]).unwrap(),
            );
            made.source = cells.get(3).copied().unwrap_or_default().to_owned();
            made
        })
        .collect()
}

fn cells(row: &Row<'_>) -> [String; 6] {
    let show = |n: Option<Number>| n.map(|n| n.to_string()).unwrap_or_default();
    [
        row.date.to_string(),
        show(row.expected),
        show(row.actual),
        show(row.variance),
        show(row.variance_percent),
        row.status.to_string(),
    ]
}

#[test]
fn the_worked_example_of_the_page_holds() {
    let map: BenefitMap = serde_json::from_str(block("json")).unwrap();
    let measured = measurements(block("csv"));
    let rows = trajectory(&map, &measured, Some(day("2027-12-31")), Every::Quarter);

    let written: Vec<Vec<&str>> = PAGE
        .split_once("| date | expected | actual |")
        .unwrap()
        .1
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let shown = |row: &Row<'_>| {
        let [date, expected, actual, rest @ ..] = cells(row);
        let measured = row.measured.map(|day| day.to_string()).unwrap_or_default();
        let then = row.expected_then.map(|n| n.to_string()).unwrap_or_default();
        [vec![date, expected, actual, measured, then], rest.to_vec()].concat()
    };
    let reckoned: Vec<Vec<String>> = rows.iter().map(shown).collect();
    assert_eq!(reckoned, written);

    // By hand, apart from the page: on 2026-12-15 there are 259 days gone at 2 km a day, so 5200 - 518 = 4682;
    // 5400 is 718 too many, and 718 / 4682 = 0.15335: beyond red (0.15).
    assert_eq!(
        cells(&rows[3]),
        ["2026-12-31", "4650", "5400", "718", "15.34", "off-track"]
    );
    // On 2027-09-30, 183 days at 4 km a day after 4470: 3738; 3610 is the final target, met 32 days early.
    assert_eq!(
        cells(&rows[6]),
        ["2027-09-30", "3738", "3610", "-128", "-3.42", "achieved"]
    );
}

#[test]
fn measurements_raise_findings_only_where_they_are_known_and_leave_allowances_alone() {
    use benefit_map::check::{Options, Profile, check, check_measured};
    let map: BenefitMap = serde_json::from_str(
        r#"{"format": 1, "kpis": [{"id": "missed-bins", "node": "n", "targets": [{"date": "2026-04-30", "value": 1}]}],
            "allow": [{"rule": "measurement-overdue", "subject": "kpi missed-bins", "reason": "the depot is moving"}]}"#,
    )
    .unwrap();
    let graph = benefit_map::graph::BenefitGraph::new(&map);
    let told = |report: benefit_map::finding::Report| -> Vec<String> {
        let of_interest = |code: &str| ["BM413", "BM414", "BM901"].contains(&code);
        let all = report.findings.iter().filter(|f| of_interest(f.code));
        all.map(|f| format!("{} {}: {}; {}", f.code, f.subject, f.message, f.help))
            .collect()
    };
    let mut options = Options::new(Profile::Audit);
    // Without measurements nothing is known of them, and the allowance may be needed.
    assert_eq!(told(check(&graph, &options)), [""; 0]);
    let misspelt = [
        "BM413 kpi missed-bin: the map has no KPI `missed-bin`, which has 2 measurements; did you mean `missed-bins`?",
    ];
    let rows = "kpi,date,value\nmissed-bin,2026-04-30,1\nmissed-bin,2026-05-31,1\n";
    assert_eq!(told(check_measured(&graph, &measurements(rows), &options)), misspelt);
    options.as_of = Some(day("2026-05-31"));
    let report = check_measured(&graph, &measurements(rows), &options);
    assert_eq!(report.allowed, 1);
    assert_eq!(told(report), misspelt);
    // The same through an intake, which leaves the rows out.
    let mut intake = benefit_map::track::Intake::new(&map, Default::default());
    for (at, row) in rows.lines().enumerate().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let raw = benefit_map::track::RawMeasurement {
            kpi: cells[0],
            date: cells[1],
            value: cells[2],
        };
        intake.row(at as u32 + 1, raw);
    }
    let taken = intake.finish();
    assert_eq!(told(check_measured(&graph, &taken.measurements, &options)), misspelt);
    options.as_of = Some(day("2026-04-30"));
    let done = measurements("kpi,date,value\nmissed-bins,2026-04-30,1\n");
    let unused = told(check_measured(&graph, &done, &options));
    assert!(
        unused.len() == 1 && unused[0].starts_with("BM901 allowance 1"),
        "{unused:?}"
    );
}

#[test]
fn a_baseline_of_zero_leaves_the_variance_per_cent_empty() {
    let map: BenefitMap = serde_json::from_str(
        r#"{"format": 1, "kpis": [{"id": "k", "node": "n", "baseline": {"date": "2026-01-31", "value": 0},
            "targets": [{"date": "2026-05-11", "value": 100}]}]}"#,
    )
    .unwrap();
    let measured = measurements("kpi,date,value\nk,2026-01-31,2\nk,2026-02-28,28\n");
    let rows = trajectory(&map, &measured, Some(day("2026-02-28")), Every::Month);
    // 100 days for 100: one a day. 28 February is the 28th day, 31 March the 59th, 30 April the 89th. What was
    // measured on the baseline's day stands before the baseline itself.
    let reckoned: Vec<_> = rows.iter().map(cells).collect();
    assert_eq!(
        reckoned,
        [
            ["2026-01-31", "0", "2", "2", "", "on-track"],
            ["2026-02-28", "28", "28", "0", "0", "on-track"],
            ["2026-03-31", "59", "", "", "", "not-due"],
            ["2026-04-30", "89", "", "", "", "not-due"],
            ["2026-05-11", "100", "", "", "", "not-due"],
        ]
    );
}

#[test]
fn rows_come_by_kpi_then_day_whatever_the_order_of_the_map() {
    let map: BenefitMap = serde_json::from_str(
        r#"{"format": 1, "kpis": [
            {"id": "b", "node": "n", "targets": [{"date": "2027-12-31", "value": 9}, {"date": "2026-06-15", "value": 5}]},
            {"id": "c", "node": "n"},
            {"id": "a", "node": "n", "baseline": {"date": "2024-02-29", "value": 1}}]}"#,
    )
    .unwrap();
    let rows = trajectory(&map, &Measurements::default(), None, Every::Year);
    let short: Vec<_> = rows
        .iter()
        .map(|row| format!("{} {} {}", row.kpi, row.date, row.status))
        .collect();
    // `c` has neither plan nor measurement; `a` promises nothing, and its baseline is all there is.
    assert_eq!(
        short,
        [
            "a 2024-02-29 not-due",
            "b 2026-06-15 not-due",
            "b 2026-12-31 not-due",
            "b 2027-12-31 not-due"
        ]
    );
    assert_eq!(rows[0].actual, Some(Number::ONE));
}

#[test]
fn a_measurement_is_not_carried_into_the_next_period_nor_from_before_the_baseline() {
    let map: BenefitMap = serde_json::from_str(
        r#"{"format": 1, "kpis": [{"id": "k", "node": "n", "baseline": {"date": "2026-01-15", "value": 10},
            "targets": [{"date": "2026-04-25", "value": 20}], "measurement": {"frequency": "monthly"}}]}"#,
    )
    .unwrap();
    let measured = measurements("kpi,date,value\nk,2026-01-14,99\nk,2026-02-10,12\nk,2026-02-20,13\nk,2026-05-02,20\n");
    let rows = trajectory(&map, &measured, None, Every::Month);
    let short: Vec<_> = rows
        .iter()
        .map(|row| (row.date.to_string(), row.actual.map(|n| n.to_string()), row.status))
        .collect();
    let seen = |date: &str, actual: Option<&str>, status| (date.to_owned(), actual.map(str::to_owned), status);
    assert_eq!(
        short,
        [
            seen("2026-01-15", Some("10"), Status::OnTrack),
            // The 99 of the day before the baseline is history, though it lies in January too; nothing is due in the
            // baseline's own month.
            seen("2026-01-31", None, Status::NotDue),
            // Measured on the 36th of 100 days: 13.6 expected, 13 is 0.6 short, at risk without any tolerance agreed.
            seen("2026-02-28", Some("13"), Status::AtRisk),
            seen("2026-03-31", None, Status::NoData),
            seen("2026-04-25", None, Status::NoData),
            seen("2026-04-30", None, Status::NoData),
            // Measured on 2 May: without a day of looking, its month is taken as ended.
            seen("2026-05-31", Some("20"), Status::Achieved),
        ]
    );
}

/// Rows of the one KPI of a map, by quarter unless told otherwise.
fn rows_of(kpi: &str, csv: &str, as_of: &str, every: Every) -> Vec<[String; 6]> {
    let json = format!(
        r#"{{"format": 1, "nodes": [{{"id": "n", "kind": "enabler"}}], "kpis": [{{"id": "k", "node": "n", {kpi}}}]}}"#
    );
    let map: BenefitMap = serde_json::from_str(&json).unwrap();
    let measured = measurements(&format!("kpi,date,value\n{csv}"));
    trajectory(&map, &measured, Some(day(as_of)), every)
        .iter()
        .map(cells)
        .collect()
}

#[test]
fn what_adds_up_is_held_against_the_plan_as_a_total() {
    // 10 a day from 2026-03-31 on: 91 days to June, 183 to September, 365 to March.
    let rows = rows_of(
        r#""direction": "increase", "aggregation": "cumulative", "baseline": {"date": "2026-03-31", "value": 0},
           "targets": [{"date": "2027-03-31", "value": 3650}], "measurement": {"frequency": "quarterly"}"#,
        "k,2026-03-15,9999\nk,2026-04-30,300\nk,2026-06-30,500\nk,2027-03-31,2900",
        "2027-03-31",
        Every::Quarter,
    );
    assert_eq!(
        rows,
        [
            ["2026-03-31", "0", "0", "0", "", "on-track"],
            ["2026-06-30", "910", "800", "-110", "-12.09", "off-track"],
            ["2026-09-30", "1830", "", "", "", "no-data"],
            ["2026-12-31", "2750", "", "", "", "no-data"],
            // 300 + 500 + 2900: all of it, though two quarters were never reported.
            ["2027-03-31", "3650", "3700", "50", "1.37", "achieved"],
        ]
    );
}

#[test]
fn what_is_averaged_is_held_against_the_plan_as_the_mean_of_a_year() {
    let rows = rows_of(
        r#""direction": "increase", "aggregation": "average", "baseline": {"date": "2026-12-31", "value": 60},
           "targets": [{"date": "2028-12-31", "value": 133.1}]"#,
        "k,2027-06-30,80\nk,2027-12-31,110\nk,2028-06-30,160\nk,2028-12-31,120",
        "2028-12-31",
        Every::Year,
    );
    // 0.1 a day for 731 days. 2027: (80 + 110) / 2. On 2028-12-31 that of a year before has just left: (160 + 120) / 2.
    assert_eq!(
        rows,
        [
            ["2026-12-31", "60", "60", "0", "0", "on-track"],
            ["2027-12-31", "96.5", "95", "-1.5", "-1.55", "at-risk"],
            ["2028-12-31", "133.1", "140", "6.9", "5.18", "achieved"],
        ]
    );
}

const KEPT: &str = r#""band": {"lower": 18, "upper": 24}, "baseline": {"date": "2026-03-31", "value": 20},
    "tolerance": {"amber": 0.05, "red": 0.15}, "measurement": {"frequency": "monthly"}"#;

#[test]
fn what_is_kept_within_a_band_is_judged_by_how_far_it_lies_outside() {
    let csv = "k,2026-04-30,24\nk,2026-05-31,25\nk,2026-06-30,26\nk,2026-07-31,14\nk,2026-09-30,18";
    let rows = rows_of(KEPT, csv, "2026-09-30", Every::Month);
    // Of 24: 1 is 4.17%, within amber; 2 is 8.33%, between amber and red. Of 18: 4 is 22.22%, beyond red.
    assert_eq!(
        rows,
        [
            ["2026-03-31", "", "20", "0", "0", "on-track"],
            ["2026-04-30", "", "24", "0", "0", "on-track"],
            ["2026-05-31", "", "25", "1", "4.17", "on-track"],
            ["2026-06-30", "", "26", "2", "8.33", "at-risk"],
            ["2026-07-31", "", "14", "-4", "-22.22", "off-track"],
            ["2026-08-31", "", "", "", "", "no-data"],
            ["2026-09-30", "", "18", "0", "0", "on-track"],
        ]
    );
}

#[test]
fn a_band_is_met_within_its_bounds_and_not_within_a_tolerance_of_them() {
    let until = format!(r#"{KEPT}, "targets": [{{"date": "2026-06-30", "value": 21}}]"#);
    let status = |value: &str| {
        let rows = rows_of(&until, &format!("k,2026-06-30,{value}"), "2026-06-30", Every::Quarter);
        rows.last().unwrap()[5].clone()
    };
    assert_eq!(status("24"), "achieved");
    assert_eq!(status("18"), "achieved");
    assert_eq!(status("24.5"), "missed");
    // Before its day it is never achieved, wherever it lies in the band.
    let early = rows_of(&until, "k,2026-04-30,21", "2026-04-30", Every::Month);
    assert_eq!(early[1][5], "on-track");
}

#[test]
fn a_bound_of_zero_takes_its_tolerance_from_the_width_and_a_side_may_be_open() {
    let rows = |band: &str, value: &str| {
        let kpi = format!(r#""direction": "maintain", "band": {band}"#);
        let rows = rows_of(&kpi, &format!("k,2026-06-30,{value}"), "2026-06-30", Every::Month);
        let [_, expected, _, variance, percent, status] = &rows[0];
        format!("{expected} {variance} {percent} {status}")
    };
    // No tolerance is stated: beyond a tenth of the width of 10, that is beyond 1, it is off track.
    assert_eq!(rows(r#"{"lower": 0, "upper": 10}"#, "-0.5"), " -0.5  at-risk");
    assert_eq!(rows(r#"{"lower": 0, "upper": 10}"#, "-1.5"), " -1.5  off-track");
    assert_eq!(rows(r#"{"lower": 0, "upper": 10}"#, "0"), " 0 0 on-track");
    assert_eq!(rows(r#"{"upper": 50}"#, "-1000"), " 0 0 on-track");
    assert_eq!(rows(r#"{"upper": 50}"#, "55"), " 5 10 at-risk");
    assert_eq!(rows(r#"{"lower": 50}"#, "44"), " -6 -12 off-track");
}

#[test]
fn a_target_met_early_and_lost_again_is_on_track_and_told() {
    let map: BenefitMap = serde_json::from_str(
        r#"{"format": 1, "owners": [{"id": "ann", "name": "Ann"}],
            "nodes": [{"id": "n", "kind": "end-outcome", "title": "Cleaner streets", "owner": "ann"}],
            "kpis": [{"id": "k", "node": "n", "title": "Clean streets", "unit": "streets", "direction": "increase",
                      "baseline": {"date": "2024-12-31", "value": 0}, "targets": [{"date": "2026-12-31", "value": 100}]}]}"#,
    )
    .unwrap();
    let measured = measurements("kpi,date,value\nk,2025-06-30,105\nk,2025-12-31,60");
    // 365 of 730 days: 50 expected, 60 measured.
    let outlook = outlook(&map.kpis[0], &measured, day("2025-12-31"));
    assert_eq!(outlook.status, Status::OnTrack);
    assert_eq!(
        (outlook.first_met, outlook.lost),
        (Some(day("2025-06-30")), Some(day("2025-12-31")))
    );
    let verdict = series(&map.kpis[0], &measured, day("2025-12-31")).verdict();
    assert_eq!(
        verdict,
        "on track: 60 on 31 December 2025, 20% above plan; final target met before, lost on 31 December 2025"
    );
    let graph = BenefitGraph::new(&map);
    let standing = standing(&graph, &measured, day("2025-12-31"));
    let told = escalate(&map, &standing);
    assert_eq!(
        told[0].matters[0].facts(Locale::plain()),
        "60 streets measured on 2025-12-31; the final target was met on 2025-06-30 and lost on 2025-12-31"
    );
}

/// The four profiles, as the fields of a KPI; the points bend the path on a leap day.
const PROFILES: [&str; 4] = [
    r#""trajectory": {"profile": "linear"},"#,
    r#""trajectory": {"profile": "s-curve"},"#,
    r#""trajectory": {"profile": "step"},"#,
    r#""trajectory": {"points": [{"date": "2024-02-29", "value": 574}]},"#,
];

#[test]
fn a_decrease_that_overshoots_agrees_with_figures_by_hand_at_every_profile_and_period_end() {
    // 366 days of a leap year for 732 less. Quarters end after 91, 182, 274 and 366 of them. Linear: 2 a day. S-curve:
    // 3t² - 2t³ of 732, so 113.25, 363.00 and 616.50 less. Points: 426 less by day 60, then 1 a day.
    let expected = [
        ["818", "636", "452"],
        ["886.75", "637", "383.5"],
        ["1000", "1000", "1000"],
        ["543", "452", "360"],
    ];
    let beside = [
        [["-618", "-75.55"], ["264", "41.51"], ["-462", "-102.21"]],
        [["-686.75", "-77.45"], ["263", "41.29"], ["-393.5", "-102.61"]],
        [["-800", "-80"], ["-100", "-10"], ["-1010", "-101"]],
        [["-343", "-63.17"], ["448", "99.12"], ["-370", "-102.78"]],
    ];
    let csv = "k,2024-03-31,200\nk,2024-06-30,900\nk,2024-09-30,-10\nk,2024-12-31,250\n";
    for (at, profile) in PROFILES.iter().enumerate() {
        let kpi = format!(
            r#"{profile} "direction": "decrease", "baseline": {{"date": "2023-12-31", "value": 1000}},
               "targets": [{{"date": "2024-12-31", "value": 268}}]"#
        );
        // Lost again after it was met early; only the step expects nothing yet.
        let lost = if at == 2 { "on-track" } else { "off-track" };
        let row = |date: &str, quarter: usize, actual: &str, status: &str| {
            let [variance, percent] = beside[at][quarter];
            [date, expected[at][quarter], actual, variance, percent, status].map(str::to_owned)
        };
        assert_eq!(
            rows_of(&kpi, csv, "2024-12-31", Every::Quarter),
            [
                ["2023-12-31", "1000", "1000", "0", "0", "on-track"].map(str::to_owned),
                row("2024-03-31", 0, "200", "achieved"),
                row("2024-06-30", 1, "900", lost),
                row("2024-09-30", 2, "-10", "achieved"),
                ["2024-12-31", "268", "250", "-18", "-6.72", "achieved"].map(str::to_owned),
            ],
            "{profile}"
        );
        // The end of February is the leap day, the 60th: t = 60/366, 3t² - 2t³ = 0.0718.
        let by_month = rows_of(&kpi, csv, "2024-12-31", Every::Month);
        let leap = ["880", "947.43", "1000", "574"][at];
        assert_eq!(by_month[2][..2], ["2024-02-29", leap].map(str::to_owned), "{profile}");
        assert_eq!(by_month.len(), 13);
    }
}

#[test]
fn a_target_on_the_baselines_day_and_a_baseline_of_zero_agree_with_figures_by_hand_at_every_profile() {
    for profile in &PROFILES[..3] {
        let same_day = format!(
            r#"{profile} "baseline": {{"date": "2024-02-29", "value": 10}}, "targets": [{{"date": "2024-02-29", "value": 20}}]"#
        );
        assert_eq!(
            rows_of(&same_day, "k,2024-05-31,25\n", "2024-05-31", Every::Quarter),
            [
                ["2024-02-29", "20", "10", "-10", "-50", "missed"],
                ["2024-03-31", "20", "", "", "", "no-data"],
                ["2024-05-31", "20", "25", "5", "25", "achieved"],
            ]
            .map(|row| row.map(str::to_owned)),
            "{profile}"
        );
        let zero = format!(
            r#"{profile} "baseline": {{"date": "2023-12-31", "value": 0}}, "targets": [{{"date": "2024-12-31", "value": 732}}]"#
        );
        for (csv, actual) in [("", "0"), ("k,2023-12-31,5\n", "5")] {
            let rows = rows_of(&zero, csv, "2023-12-31", Every::Year);
            let expected = ["2023-12-31", "0", actual, actual, "", "on-track"].map(str::to_owned);
            assert_eq!(rows[0], expected, "{profile}");
        }
    }
}
