//! What becomes of rows of measurements.

use super::*;

fn map() -> BenefitMap {
    serde_json::from_str(
        r#"{"format": 1, "kpis": [
            {"id": "b", "node": "n", "title": "Trees planted", "unit": "%"},
            {"id": "a", "node": "n", "title": "Distance", "baseline": {"date": "2026-01-31", "value": 0},
             "targets": [{"date": "2026-12-31", "value": 9}], "measurement": {"frequency": "monthly"}}]}"#,
    )
    .unwrap()
}

/// The rows of each file, from row 2 on, cut at `|`; a file whose name ends in `;` is one with that sign between its cells.
fn take(notation: Notation, files: &[(&str, &[&str])]) -> (Taken, Vec<String>) {
    let map = map();
    let mut intake = Intake::new(&map, notation);
    for (file, rows) in files {
        let own = (!file.ends_with(';')).then_some(DecimalMark::Point);
        intake.file(file.trim_end_matches(';'), own);
        for (at, row) in rows.iter().enumerate() {
            let mut cells = row.split('|');
            let mut cell = || cells.next().unwrap_or_default();
            let (kpi, date, value) = (cell(), cell(), cell());
            intake.row(at as u32 + 2, RawMeasurement { kpi, date, value });
        }
    }
    let taken = intake.finish();
    let told = taken.remarks.iter().map(|r| format!("{} {r}", r.kind)).collect();
    (taken, told)
}

fn values(taken: &Taken, kpi: &str) -> Vec<String> {
    let id = KpiId::new(kpi).unwrap();
    taken
        .measurements
        .of(&id)
        .iter()
        .map(|o| format!("{} {}", o.date, o.value))
        .collect()
}

#[test]
fn every_row_is_taken_or_told_of() {
    let rows: &[&str] = &[
        " a | 2026-03-31 | 3 ",
        "||",
        "c|2026-03-31|1",
        "a||1",
        "a|soon|1",
        "a|2026-04-30|n/a",
        "a|2026-04-30|many",
        "a|2026-04-30|1,234",
        "a|2026-04-30|4",
        "b|2026-04-30|1",
    ];
    let (taken, told) = take(Notation::default(), &[("m.csv", rows)]);
    assert_eq!(
        told,
        [
            "unknown-kpi m.csv, row 4, column kpi: the map has no KPI `c`, and the row is left out",
            "missing-cell m.csv, row 5, column date: the date is missing, and the row is left out",
            "bad-date m.csv, row 6, column date: `soon` cannot be read as a date, and the row is left out",
            "missing-cell m.csv, row 7, column value: `n/a` has no content, and the row is left out",
            "bad-value m.csv, row 8, column value: `many` cannot be read as a number, and the row is left out",
            "undeclared-notation m.csv, row 9, column value: `1,234` may be 1234 or 1.234, and no other number of the column \
             shows which, and the row is left out",
        ]
    );
    let reception = taken.measurements.reception();
    assert_eq!((reception.rows, reception.count()), (9, 6));
    assert_eq!(taken.measurements.len() as u64 + reception.count(), reception.rows);
    assert_eq!(values(&taken, "a"), ["2026-03-31 3", "2026-04-30 4"]);
}

#[test]
fn a_later_row_supersedes_also_from_a_later_file() {
    let (taken, told) = take(
        Notation::default(),
        &[
            (
                "one.csv",
                &["b|2026-02-01|2", "b|2026-01-01|1", "b|2026-02-01|3", "b|2026-01-01|1"],
            ),
            ("two.csv", &["b|2026-02-01|4"]),
        ],
    );
    assert_eq!(
        told,
        [
            "correction one.csv, row 4, column value: 3 replaces 2 of row 2 for `b` on 2026-02-01",
            "duplicate one.csv, row 5: says of `b` on 2026-01-01 what row 3 says",
            "correction two.csv, row 2, column value: 4 replaces 3 of one.csv, row 4 for `b` on 2026-02-01",
        ]
    );
    assert_eq!(values(&taken, "b"), ["2026-01-01 1", "2026-02-01 4"]);
}

#[test]
fn gaps_and_history_are_told() {
    let rows: &[&str] = &["a|2025-06-30|1", "a|2026-02-28|1", "a|2026-05-31|2", "a|2026-07-31|2"];
    let (taken, told) = take(Notation::default(), &[("m.csv", rows)]);
    // March, April and June lie empty.
    assert_eq!(
        told,
        [
            "before-baseline m.csv, row 2, column date: 2025-06-30 is before the baseline of `a`",
            "gap `a` is to be measured monthly, and 3 periods have no measurement, the first between 2026-02-28 and 2026-05-31",
        ]
    );
    assert_eq!(taken.measurements.len(), 4);
}

#[test]
fn the_cells_of_all_files_show_how_they_are_written() {
    // Nothing in the first file shows it, and the second does.
    let one: &[&str] = &["b|01/04/2026|4.000", "b|2026-05-31|7"];
    let two: &[&str] = &["b|31/03/2026|8.500,5"];
    let (taken, told) = take(Notation::default(), &[("one.csv;", one), ("two.csv;", two)]);
    assert_eq!(
        values(&taken, "b"),
        ["2026-03-31 8500.5", "2026-04-01 4000", "2026-05-31 7"]
    );
    assert_eq!(
        told,
        [
            "understood one.csv, row 2, column date: `01/04/2026` was taken as 2026-04-01",
            "understood one.csv, row 2, column value: `4.000` was taken as 4000",
            "understood two.csv, row 2, column date: `31/03/2026` was taken as 2026-03-31",
            "understood two.csv, row 2, column value: `8.500,5` was taken as 8500.5",
        ]
    );
    // A file whose own cells show it goes by them.
    let english: &[&str] = &["b|04/13/2026|1,234", "b|01/04/2026|12.5"];
    let (taken, _) = take(Notation::default(), &[("two.csv;", two), ("three.csv", english)]);
    assert_eq!(
        values(&taken, "b"),
        ["2026-01-04 12.5", "2026-03-31 8500.5", "2026-04-13 1234"]
    );
    // One whose make says the opposite of what others show is left alone.
    let silent: &[&str] = &["b|2026-04-30|1.234"];
    let (taken, told) = take(Notation::default(), &[("two.csv;", two), ("three.csv", silent)]);
    assert_eq!(values(&taken, "b"), ["2026-03-31 8500.5"]);
    assert!(
        told.last().unwrap().starts_with("undeclared-notation three.csv, row 2"),
        "{told:?}"
    );
    let (taken, told) = take(Notation::default(), &[("three.csv", silent)]);
    assert_eq!(
        (values(&taken, "b"), told),
        (vec!["2026-04-30 1.234".to_owned()], Vec::new())
    );
}

#[test]
fn an_open_date_and_an_open_value_of_one_row_leave_it_out_once() {
    let (taken, told) = take(
        Notation::default(),
        &[("m.csv;", &["b|01/04/2026|1.234", "b|2026-05-31|2"])],
    );
    assert_eq!(values(&taken, "b"), ["2026-05-31 2"]);
    assert_eq!(told.len(), 1);
    assert!(
        told[0].starts_with("undeclared-order m.csv, row 2, column date: `01/04/2026` may be"),
        "{told:?}"
    );
    let declared = Notation {
        decimal: Some(DecimalMark::Comma),
        days: Some(crate::map::written::DayOrder::MonthFirst),
        first_month: 4,
    };
    let (taken, _) = take(declared, &[("m.csv;", &["b|01/04/2026|1.234"])]);
    assert_eq!(values(&taken, "b"), ["2026-01-04 1234"]);
}

#[test]
fn a_kpi_is_found_by_its_code_and_its_title_and_told_once() {
    let rows: &[&str] = &[
        " B |2026-01-31|1",
        "B|2026-02-28|2",
        "trees  planted|2026-03-31|3",
        "Tree planted|2026-04-30|4",
    ];
    let (taken, told) = take(Notation::default(), &[("m.csv", rows)]);
    assert_eq!(values(&taken, "b").len(), 3);
    assert_eq!(
        told,
        [
            "understood m.csv, row 2, column kpi: `B` was taken as the KPI `b`",
            "understood m.csv, row 4, column kpi: `trees  planted` was taken as the KPI `b`",
            "unknown-kpi m.csv, row 5, column kpi: the map has no KPI `Tree planted`, and the row is left out",
        ]
    );
}

#[test]
fn values_are_read_in_the_unit_of_their_kpi() {
    let (taken, told) = take(
        Notation::default(),
        &[("m.csv", &["b|2026-01-31|61.5%", "a|2026-02-28|61.5%"])],
    );
    assert_eq!(values(&taken, "b"), ["2026-01-31 61.5"]);
    assert_eq!(told.len(), 2);
    assert_eq!(
        taken.remarks[1].help,
        "Give the KPI the unit %, or write 0.615 if it is a share."
    );
}

#[test]
fn days_after_the_day_of_looking_and_far_ones_are_told() {
    let map = map();
    let day = |text| Day::new(text).unwrap();
    let mut intake = Intake::new(&map, Notation::default()).looking_from(day("2026-03-31"), day("2026-06-30"));
    intake.file("m.csv", Some(DecimalMark::Point));
    for (at, date) in ["2026-03-31", "2026-04-30", "2026-07-31", "2082-06-30", "1826-06-30"]
        .iter()
        .enumerate()
    {
        let raw = RawMeasurement {
            kpi: "b",
            date,
            value: "1",
        };
        intake.row(at as u32 + 2, raw);
    }
    let taken = intake.finish();
    let told: Vec<String> = taken.remarks.iter().map(|r| format!("{} {r}", r.kind)).collect();
    assert_eq!(
        told,
        [
            "after-looking m.csv, row 3, column date: 2026-04-30 is after the reporting date, and is not used",
            "after-today m.csv, row 4, column date: 2026-07-31 is after the reporting date, and after today, and is not used",
            "far-day m.csv, row 5, column date: 2082-06-30 is after the reporting date, and after today: it lies 56 years after \
             the map's period, and the row is left out",
            "far-day m.csv, row 6, column date: 1826-06-30 lies 200 years before the map's period, and the row is left out",
        ]
    );
    assert_eq!(taken.measurements.len(), 3);
}

#[test]
fn remarks_are_counted_beyond_those_kept() {
    let map = map();
    let mut intake = Intake::new(&map, Notation::default());
    intake.file("m.csv", None);
    for row in 2..2002 {
        let raw = RawMeasurement {
            kpi: "elsewhere",
            date: "2026-01-01",
            value: "1",
        };
        intake.row(row, raw);
    }
    // As many open rows as that, too.
    for row in 2002..4002 {
        let raw = RawMeasurement {
            kpi: "b",
            date: "2026-01-01",
            value: "1,234",
        };
        intake.row(row, raw);
    }
    let taken = intake.finish();
    assert_eq!(taken.remarks.len(), 2 * KEPT_REMARKS);
    assert_eq!(taken.counts[&RemarkKind::UnknownKpi], 2000);
    assert_eq!(taken.counts[&RemarkKind::UndeclaredNotation], 2000);
    assert_eq!(taken.remarks[999].place, Some(("m.csv".to_owned(), 1001)));
    assert!(taken.measurements.is_empty());
}

#[test]
fn a_row_takes_24_bytes() {
    assert_eq!(size_of::<Entry>(), 24);
    assert_eq!(size_of::<Observation>(), 20);
    assert_eq!(size_of::<Held>(), 8);
}
