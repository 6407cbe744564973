use super::*;
use crate::map::{BenefitMap, KpiId};
use crate::track::{RemarkKind, Taken};

fn take(bytes: &[u8]) -> Result<(Taken, Cut), Error> {
    let map: BenefitMap =
        serde_json::from_str(r#"{"format": 1, "kpis": [{"id": "a", "node": "n"}, {"id": "b", "node": "n"}]}"#).unwrap();
    let mut intake = Intake::new(&map, Default::default());
    let cut = measurements("m.csv", bytes, &mut intake)?;
    Ok((intake.finish(), cut))
}

fn values(taken: &Taken, kpi: &str) -> Vec<String> {
    let all = taken.measurements.of(&KpiId::new(kpi).unwrap());
    all.iter().map(|o| format!("{} {}", o.date, o.value)).collect()
}

#[test]
fn every_way_of_writing_a_table_gives_the_same_rows() {
    let plain = "kpi,date,value,note\na,2026-01-31,1,\n\nb,2026-01-31,2,\"two\nlines, and a comma\"\na,2026-02-28,x,\n";
    let utf16: Vec<u8> = format!("\u{feff}{plain}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for bytes in [
        plain.as_bytes().to_vec(),
        plain.replace('\n', "\r\n").into_bytes(),
        plain.replace('\n', "\r").into_bytes(),
        plain.trim_end().as_bytes().to_vec(),
        format!("\u{feff}{plain}").into_bytes(),
        plain.replace(',', ";").into_bytes(),
        plain.replace(',', "\t").into_bytes(),
        utf16,
    ] {
        let (taken, cut) = take(&bytes).unwrap();
        assert_eq!((cut.decisions.len(), cut.rows), (0, 3));
        assert_eq!(values(&taken, "a"), ["2026-01-31 1"]);
        assert_eq!(values(&taken, "b"), ["2026-01-31 2"]);
        assert_eq!(taken.measurements.reception().rows, 3);
        // The blank row counts, and the cell of two lines is one row: as a spreadsheet shows it.
        assert_eq!(
            taken.remarks[0].to_string(),
            "m.csv, row 5, column value: `x` cannot be read as a number, and the row is left out"
        );
    }
    let (taken, _) = take(b"sep=;\r\nkpi;date;value\r\na;2026-01-31;1\r\n").unwrap();
    assert_eq!(values(&taken, "a"), ["2026-01-31 1"]);
}

#[test]
fn columns_are_found_by_name_and_what_is_not_read_is_told() {
    let (taken, cut) = take(b"Value,region,KPI_ID,Date,source\n3,north,a,2026-01-31,ledger\n").unwrap();
    assert_eq!(values(&taken, "a"), ["2026-01-31 3"]);
    let told: Vec<String> = cut.decisions.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["m.csv, row 1, column region: measurements have no such column, so it was not read"]
    );
    let error = take(b"kpi,when,actual value\na,2026-01-31,3\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "m.csv has no column `date` or `value`: a row near its top must name the columns, but the first row is `kpi,when,actual value`"
    );
    for empty in [&b""[..], b"\n \n", b"\xEF\xBB\xBF"] {
        assert!(
            matches!(take(empty), Err(Error::Empty { .. }) | Err(Error::NoColumns { .. })),
            "{empty:?}"
        );
    }
    assert_eq!(take(b"kpi,date,value").unwrap().1.rows, 0);
}

#[test]
fn a_value_cut_at_its_comma_is_left_out_and_told() {
    let (taken, cut) = take(b"kpi,date,value\na,2026-01-31,1,234\nb,2026-01-31,\"1,234\"\nb,2026-02-28,5,,\n").unwrap();
    assert!(values(&taken, "a").is_empty());
    assert_eq!(values(&taken, "b"), ["2026-02-28 5"]);
    assert_eq!(cut.decisions, []);
    assert_eq!(taken.counts[&RemarkKind::RaggedRow], 1);
    assert_eq!(taken.counts[&RemarkKind::UndeclaredNotation], 1);
    assert_eq!(taken.measurements.reception().count(), 2);
}

#[test]
fn a_quote_that_never_closes_ends_the_table_and_is_told() {
    let (taken, cut) = take(b"kpi,date,value,note\na,2026-01-31,1,\nb,2026-01-31,2,\"open\na,2026-02-28,3,\n").unwrap();
    assert_eq!((taken.measurements.len(), cut.decisions.len()), (1, 0));
    assert_eq!(taken.remarks[0].kind, RemarkKind::OpenQuote);
    assert_eq!(taken.remarks[0].place, Some(("m.csv".to_owned(), 3)));
    // A quote within a cell is a sign like any other.
    let (taken, cut) = take(b"kpi,date,value,note\na,2026-01-31,1,5\" pipe\nb,2026-01-31,2,\n").unwrap();
    assert_eq!((taken.measurements.len(), cut.decisions.len()), (2, 0));
}

#[test]
fn rows_above_the_names_of_the_columns_are_passed_over_and_told() {
    let (taken, cut) =
        take(b"Readings of the square;;\n;;\nExported 3 March;;\nkpi;date;value\na;2026-01-31;3\n").unwrap();
    assert_eq!(values(&taken, "a"), ["2026-01-31 3"]);
    let told: Vec<String> = cut.decisions.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["m.csv, row 1: 3 rows above the column names were left out: row 4 names them"]
    );
}

#[test]
fn a_workbook_and_a_source_that_fails_are_errors() {
    assert!(matches!(take(b"PK\x03\x04...."), Err(Error::Table(_))));
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let map: BenefitMap = serde_json::from_str(r#"{"format": 1}"#).unwrap();
    let mut intake = Intake::new(&map, Default::default());
    assert!(matches!(
        measurements("m.csv", Broken, &mut intake),
        Err(Error::Read { .. })
    ));
}

#[test]
fn marks_and_bytes_of_other_encodings_are_dealt_with() {
    let (taken, cut) = take(b"kpi,date,value\na,2026-01-31,'-5\nd\xe9p\xf4t,2026-01-31,1\n").unwrap();
    assert_eq!(values(&taken, "a"), ["2026-01-31 -5"]);
    assert_eq!(cut.decisions[0].kind, DecisionKind::Encoding);
    assert_eq!(
        taken.remarks[0].message,
        "the map has no KPI `d\u{e9}p\u{f4}t`, and the row is left out"
    );
}
