//! Figures typed where nothing is read back, and measurements on a sheet of any name: said, never ignored.

use crate::support::archive::{packed, parts};
use crate::support::folder::Folder;
use crate::support::workbook::{by_hand, sheet};

const MAP: &str = r#"{"format": 1, "title": "Rounds",
    "nodes": [{"id": "rounds", "kind": "business-change", "title": "Rounds by need"}],
    "kpis": [{"id": "km", "node": "rounds", "title": "Distance", "unit": "km", "direction": "decrease",
              "baseline": {"date": "2026-01-01", "value": 100}, "targets": [{"date": "2026-12-31", "value": 50}]},
             {"id": "litres", "node": "rounds", "title": "Fuel", "unit": "l", "direction": "decrease",
              "baseline": {"date": "2026-01-01", "value": 900}, "targets": [{"date": "2026-12-31", "value": 700}]}]}"#;
const MEASURED: &str = "kpi,date,value\nkm,2026-03-31,87.25\nlitres,2026-03-31,851\n";

/// A folder with a map and a workbook of it, as of the end of June.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.put("map.json", MAP);
    folder.put("m.csv", MEASURED);
    let ran = folder.run("export xlsx map.json --measurements m.csv --as-of 2026-06-30 -o w.xlsx");
    assert_eq!(ran.code, 0, "{ran:?}");
    folder
}

/// The sheet of progress of the workbook with its parts, changed, as another workbook.
fn change(folder: &Folder, to: &str, change: impl Fn(String) -> String) {
    let mut parts = parts(&std::fs::read(folder.at("w.xlsx")).unwrap());
    let part = parts.iter_mut().find(|(name, _)| name == "xl/worksheets/sheet2.xml");
    let part = &mut part.unwrap().1;
    let before = String::from_utf8(part.clone()).unwrap();
    let after = change(before.clone());
    assert_ne!(before, after, "nothing was changed");
    *part = after.into_bytes();
    folder.put(to, packed(&parts));
}

/// The sheet with another number in that cell.
fn with_number(sheet: &str, cell: &str, number: &str) -> String {
    let from = sheet
        .find(&format!("<c r=\"{cell}\""))
        .unwrap_or_else(|| panic!("no {cell}"));
    let end = sheet[from..].find('>').unwrap() + from;
    let to = match sheet[..end].ends_with('/') {
        true => end + 1,
        false => sheet[from..].find("</c>").unwrap() + from + 4,
    };
    format!("{}<c r=\"{cell}\"><v>{number}</v></c>{}", &sheet[..from], &sheet[to..])
}

#[test]
fn an_actual_typed_over_on_progress_is_told_with_both_values_and_where_it_belongs() {
    let folder = folder();
    // Row 2 is km on the day of its baseline, row 3 that of the end of March, measured on that day.
    change(&folder, "typed.xlsx", |sheet| with_number(&sheet, "F3", "80.5"));
    let ran = folder.run("import xlsx typed.xlsx --onto map.json -o out.json");
    assert_eq!(ran.code, 1, "{ran:?}");
    for words in [
        "fault: typed.xlsx, sheet Progress, row 3, column actual: F3 held `87.25` and holds `80.5` now, which was not read",
        "`km,2026-03-31,80.5`",
        "--measurements",
    ] {
        assert!(ran.told.contains(words), "{words}: {}", ran.told);
    }
    assert_eq!(ran.told.matches("fault:").count(), 1, "{}", ran.told);
    // The map is written all the same: the figure is no part of it.
    assert!(folder.at("out.json").exists());
}

#[test]
fn an_actual_typed_into_an_empty_cell_is_told() {
    let folder = folder();
    let sheet_of = |folder: &Folder| {
        let parts = parts(&std::fs::read(folder.at("w.xlsx")).unwrap());
        let part = parts.into_iter().find(|(name, _)| name == "xl/worksheets/sheet2.xml");
        String::from_utf8(part.unwrap().1).unwrap()
    };
    // The first row without an actual value.
    let sheet = sheet_of(&folder);
    let row = (2..20).find(|row| {
        let cell = sheet.find(&format!("<c r=\"F{row}\"")).map(|at| &sheet[at..]);
        cell.is_some_and(|cell| cell[..cell.find('>').unwrap()].ends_with('/'))
    });
    let row = row.unwrap();
    change(&folder, "typed.xlsx", |sheet| {
        with_number(&sheet, &format!("F{row}"), "77")
    });
    let ran = folder.run("import xlsx typed.xlsx --onto map.json -o out.json");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.told.contains(&format!("F{row} was empty and holds `77` now")),
        "{}",
        ran.told
    );
}

#[test]
fn an_expected_value_and_a_tolerance_typed_over_are_told() {
    let folder = folder();
    change(&folder, "typed.xlsx", |sheet| {
        let sheet = with_number(&sheet, "E2", "90");
        with_number(&sheet, "N2", "0.25")
    });
    let ran = folder.run("import xlsx typed.xlsx --onto map.json -o out.json");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.told.contains("column expected: E2 held") && ran.told.contains("sheet `targets`"),
        "{}",
        ran.told
    );
    assert!(
        ran.told.contains("column red: N2 held `0.1` and holds `0.25` now"),
        "{}",
        ran.told
    );
    assert!(ran.told.contains("sheet `kpis`"), "{}", ran.told);
}

#[test]
fn a_workbook_that_comes_back_as_it_went_out_has_nothing_to_tell() {
    let folder = folder();
    let ran = folder.run("import xlsx w.xlsx --onto map.json -o out.json");
    assert_eq!((ran.code, ran.told.contains("Progress")), (0, false), "{ran:?}");
    // So has the one with nothing measured, and with other periods.
    assert_eq!(folder.run("export xlsx map.json --every month -o plain.xlsx").code, 0);
    let ran = folder.run("import xlsx plain.xlsx --onto map.json -o out2.json");
    assert_eq!((ran.code, ran.told.contains("Progress")), (0, false), "{ran:?}");
}

#[test]
fn without_its_hidden_column_progress_is_said_not_to_be_known() {
    let folder = folder();
    change(&folder, "bare.xlsx", |sheet| {
        let mut out = sheet;
        while let Some(from) = (1..30).find_map(|row| out.find(&format!("<c r=\"S{row}\""))) {
            let to = out[from..].find("</c>").unwrap() + from + 4;
            out.replace_range(from..to, "");
        }
        out
    });
    let ran = folder.run("import xlsx bare.xlsx --onto map.json -o out.json");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.told.contains("cannot see whether figures were changed"),
        "{}",
        ran.told
    );
}

#[test]
fn a_sheet_of_measurements_is_known_by_its_heads_whatever_it_is_called() {
    let folder = folder();
    let book = by_hand(|book| {
        sheet(book, "Notes", &["who", "what"]);
        let sheet = sheet(book, "Actuals 26-27", &["Collected by hand"]);
        for (at, head) in ["KPI", "Date", "Actual"].iter().enumerate() {
            sheet.write_string(1, at as u16, *head).unwrap();
        }
        for (row, (kpi, value)) in [("km", 87.25), ("litres", 851.0)].iter().enumerate() {
            let row = row as u32 + 2;
            sheet.write_string(row, 0, *kpi).unwrap();
            sheet.write_string(row, 1, "2026-03-31").unwrap();
            sheet.write_number(row, 2, *value).unwrap();
        }
    });
    folder.put("book.xlsx", &book);
    let status = |file: &str| {
        folder.run(&format!(
            "status map.json --measurements {file} --as-of 2026-06-30 --format csv"
        ))
    };
    let (by_book, by_csv) = (status("book.xlsx"), status("m.csv"));
    assert_eq!((by_book.code, &by_book.out), (0, &by_csv.out), "{by_book:?}");
    assert!(
        by_book
            .told
            .contains("not read, as it holds no measurements: book.xlsx, sheet Notes"),
        "{by_book:?}"
    );
}

#[test]
fn a_workbook_without_measurements_names_the_sheets_that_it_has() {
    let folder = folder();
    let book = by_hand(|book| {
        sheet(book, "Notes", &["who", "what"]);
        sheet(book, "Actuals", &["measure", "when", "how much"]);
    });
    folder.put("book.xlsx", &book);
    let ran = folder.run("status map.json --measurements book.xlsx --as-of 2026-06-30");
    assert_eq!(ran.code, 2, "{ran:?}");
    for words in [
        "kpi, date and value",
        "Notes, which begins with `who, what`",
        "Actuals, which begins with `measure, when",
    ] {
        assert!(ran.told.contains(words), "{words}: {}", ran.told);
    }
    // The map's own workbook holds none either, though `Progress` looks like some.
    let ran = folder.run("status map.json --measurements w.xlsx --as-of 2026-06-30");
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.told.contains("nor does `Progress`"), "{}", ran.told);
}

#[test]
fn an_actual_typed_over_on_progress_is_read_as_a_measurement_where_it_is_asked_for() {
    let folder = folder();
    change(&folder, "typed.xlsx", |sheet| with_number(&sheet, "F3", "80.5"));
    let ran = folder.run("import xlsx typed.xlsx --onto map.json -o out.json --actuals typed.csv");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.told
            .contains("F3 held `87.25`; `80.5` was read as the value measured on 2026-03-31"),
        "{}",
        ran.told
    );
    let written = std::fs::read_to_string(folder.at("typed.csv")).unwrap();
    assert_eq!(written, "kpi,date,value,source,note\nkm,2026-03-31,80.5,,\n");
    // The same as measurements, after those that the workbook was made with.
    let status = |line: &str| {
        let ran = folder.run(line);
        assert!(ran.code < 2, "{line}: {}", ran.told);
        ran.out
    };
    let by_csv =
        status("status map.json --measurements m.csv --measurements typed.csv --as-of 2026-06-30 --format csv");
    let by_book =
        status("status map.json --measurements m.csv --measurements typed.xlsx --as-of 2026-06-30 --format csv");
    assert!(by_csv.contains("80.5"), "{by_csv}");
    assert_eq!(by_book, by_csv);
    // Nothing typed is nothing read.
    let ran = folder.run("import xlsx w.xlsx --onto map.json -o out2.json --actuals none.csv");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        !folder.at("none.csv").exists() && ran.told.contains("none.csv was not written"),
        "{}",
        ran.told
    );
}
