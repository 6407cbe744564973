//! Dates as people write them in tables and workbooks: read as the day that they mean, or left out with what to write.

#![allow(clippy::disallowed_methods, reason = "a test makes its own workbooks")]

use benefit_map::map::written::{DayOrder, Notation};
use benefit_map::map::{BenefitMap, Day};
use benefit_map::table::{Decision, DecisionKind, Handling, Import, Missing, RawTable, csv, import, onto, xlsx};
use rust_xlsxwriter::{Format, Workbook};

use crate::support::decisions::but_faults_of_the_map;

fn tables(files: &[(&str, &str)], notation: Notation) -> Vec<RawTable> {
    files
        .iter()
        .map(|(name, text)| RawTable {
            notation,
            ..csv::read(name, text.as_bytes()).unwrap()
        })
        .collect()
}

/// Nodes with these due dates.
fn due(cells: &[&str], notation: Notation) -> Import {
    let rows: String = cells
        .iter()
        .enumerate()
        .map(|(at, cell)| format!("n{at},enabler,N{at},\"{cell}\"\n"))
        .collect();
    import(&tables(
        &[("nodes.csv", &format!("id,kind,title,due\n{rows}"))],
        notation,
    ))
    .unwrap()
}

fn days(map: &BenefitMap) -> Vec<String> {
    map.nodes
        .iter()
        .map(|node| node.due.map_or("-".to_owned(), |day| day.to_string()))
        .collect()
}

fn messages(import: &Import, handling: Handling) -> Vec<&str> {
    let of = import.decisions.iter().filter(|d| d.handling == handling);
    of.map(|d| d.message.as_str()).collect()
}

#[test]
fn one_date_settles_its_column() {
    let import = due(&["01/04/2031", "31/12/2026", "1/4/31"], Notation::default());
    assert_eq!(days(&import.map), ["2031-04-01", "2026-12-31", "2031-04-01"]);
    assert_eq!(import.decisions.len(), 3);
    let import = due(&["01/04/2031", "12/31/2026"], Notation::default());
    assert_eq!(days(&import.map), ["2031-01-04", "2026-12-31"]);
}

#[test]
fn a_column_that_leaves_it_open_is_refused_with_what_to_declare() {
    let import = due(&["01/04/2031", "2026-12-31"], Notation::default());
    assert_eq!(days(&import.map), ["-", "2026-12-31"]);
    assert_eq!(
        messages(&import, Handling::LeftOut),
        [
            "`01/04/2031` may be 1 April 2031 or 4 January 2031, and no other date of the column shows which, so it was left out"
        ]
    );
    assert!(import.decisions[0].help.contains("--dates dmy or --dates mdy"));
    let first = |order| {
        let mut made = Notation::default();
        made.days = Some(order);
        made
    };
    assert_eq!(
        days(&due(&["01/04/2031"], first(DayOrder::DayFirst)).map),
        ["2031-04-01"]
    );
    assert_eq!(
        days(&due(&["01/04/2031"], first(DayOrder::MonthFirst)).map),
        ["2031-01-04"]
    );
    let import = due(&["12/31/2026"], first(DayOrder::DayFirst));
    assert_eq!(days(&import.map), ["-"]);
    assert_eq!(import.decisions[0].help, "Write 2026-12-31, or leave --dates out.");
}

#[test]
fn a_column_that_contradicts_itself_names_both_cells() {
    let import = due(&["01/04/2031", "31/12/2026", "12/31/2027"], Notation::default());
    assert_eq!(days(&import.map), ["-", "2026-12-31", "2027-12-31"]);
    assert_eq!(
        messages(&import, Handling::LeftOut),
        [
            "`01/04/2031` may be 1 April 2031 or 4 January 2031, and the column has both `31/12/2026` in row 3 and \
             `12/31/2027` in row 4, so it was left out"
        ]
    );
}

#[test]
fn each_column_is_settled_by_itself() {
    let text = "id,kind,title,start,due\na,enabler,A,01/04/2027,01/04/2031\nb,enabler,B,31/12/2026,2031-01-01\n";
    let import = import(&tables(&[("nodes.csv", text)], Notation::default())).unwrap();
    assert_eq!(import.map.nodes[0].start, Some(Day::new("2027-04-01").unwrap()));
    assert_eq!(import.map.nodes[0].due, None);
}

#[test]
fn every_common_writing_of_a_day_is_read_and_told() {
    let cells = [
        "31.03.2025",
        "2025/03/31",
        "20250331",
        "31 March 2025",
        "31-Mar-25",
        "2025-03-31T00:00:00",
        "2025-03-31 00:00:00",
        "Monday 31st March 2025",
    ];
    let import = due(&cells, Notation::default());
    assert!(days(&import.map).iter().all(|day| day == "2025-03-31"));
    assert_eq!(messages(&import, Handling::Taken).len(), cells.len());
    assert_eq!(import.decisions[0].message, "`31.03.2025` was taken as 2025-03-31");
}

#[test]
fn a_span_is_its_last_day_where_something_falls_due_and_its_first_where_it_begins() {
    let text = "id,kind,title,start,due\n\
                a,enabler,A,March 2029,March 2029\n\
                b,enabler,B,2026-27,2028/29\n\
                c,enabler,C,Q1 26/27,Q1 26/27\n\
                d,enabler,D,Q3 2026,2026-Q1\n\
                e,enabler,E,2029-03,2030\n";
    let read = |first_month| {
        let mut notation = Notation::default();
        notation.first_month = first_month;
        let import = import(&tables(&[("nodes.csv", text)], notation)).unwrap();
        let both = |node: &benefit_map::map::Node| format!("{} {}", node.start.unwrap(), node.due.unwrap());
        (import.map.nodes.iter().map(both).collect::<Vec<_>>(), import)
    };
    let (days, import) = read(4);
    assert_eq!(
        days,
        [
            "2029-03-01 2029-03-31",
            "2026-04-01 2029-03-31",
            "2026-04-01 2026-06-30",
            "2026-07-01 2026-03-31",
            "2029-03-01 2030-12-31",
        ]
    );
    let told = messages(&import, Handling::Taken);
    assert_eq!(told.len(), 10);
    assert_eq!(
        told[0],
        "`March 2029` was taken as 2029-03-01, the first day of March 2029"
    );
    assert_eq!(
        told[3],
        "`2028/29` was taken as 2029-03-31, the last day of the year from April 2028"
    );
    assert_eq!(
        told[5],
        "`Q1 26/27` was taken as 2026-06-30, the last day of the quarter from April 2026"
    );
    // Where financial years begin in another month.
    let (days, _) = read(10);
    assert_eq!(days[1..3], ["2026-10-01 2029-09-30", "2026-10-01 2026-12-31"]);
}

#[test]
fn what_may_be_two_things_is_left_out_with_both() {
    let import = due(&["2011-12", "Ongoing", "46113"], Notation::default());
    assert_eq!(days(&import.map), ["-", "-", "-"]);
    let helps: Vec<_> = import.decisions.iter().map(|d| d.help.as_str()).collect();
    assert_eq!(helps[0], "Write 2012-03-31 or 2011-12-31.");
    assert_eq!(helps[2], "As a spreadsheet counts days it is 2026-04-01: write that.");
}

#[test]
fn a_year_typed_into_a_date_cell_is_a_year() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("nodes").unwrap();
    sheet.write_row(0, 0, ["id", "kind", "title", "start", "due"]).unwrap();
    sheet.write_row(1, 0, ["a", "enabler", "A"]).unwrap();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_number_with_format(1, 3, 2027, &date).unwrap();
    sheet.write_number_with_format(1, 4, 2030, &date).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let import = import(&xlsx::read("map.xlsx", &bytes).unwrap()).unwrap();
    assert_eq!(days(&import.map), ["2030-12-31"]);
    assert_eq!(import.map.nodes[0].start, Some(Day::new("2027-01-01").unwrap()));
    assert_eq!(
        messages(&import, Handling::Taken)[1],
        "`2030` was taken as 2030-12-31, the last day of 2030"
    );
}

#[test]
fn days_around_1905_still_go_out_and_come_back() {
    for day in ["1905-07-22", "1906-01-07", "1906-01-08", "1900-03-01"] {
        let map: BenefitMap = serde_json::from_str(&format!(
            r#"{{"format": 1, "title": "Old",
                 "nodes": [{{"id": "a", "kind": "enabler", "title": "A", "due": "{day}"}}]}}"#
        ))
        .unwrap();
        let back = import(&xlsx::read("map.xlsx", &xlsx::workbook(&map).unwrap()).unwrap()).unwrap();
        assert_eq!(days(&back.map), [day]);
        assert!(but_faults_of_the_map(&back.decisions).is_empty(), "{day}");
    }
}

#[test]
fn a_day_far_from_the_maps_period_is_a_fault() {
    let map = "title,start,end\nM,2026-04-01,2031-03-31\n";
    let nodes = "id,kind,title,due\na,enabler,A,1905-07-22\nb,enabler,B,31/03/2206\nc,enabler,C,2060-01-01\n";
    let files = [("map.csv", map), ("nodes.csv", nodes)];
    let import = import(&tables(&files, Notation::default())).unwrap();
    assert_eq!(
        messages(&import, Handling::Fault),
        [
            "`1905-07-22` lies 121 years before the map's period, so it may be a mistake",
            "`2206-03-31` lies 175 years after the map's period, so it may be a mistake",
        ]
    );
    // What was measured may be a good deal older than what is planned.
    let kpis = "id,node,title,baseline_date,baseline_value\nk,a,K,1990-12-31,5\nl,a,L,1890-12-31,5\n";
    let files = [
        ("map.csv", map),
        ("nodes.csv", "id,kind,title\na,enabler,A\n"),
        ("kpis.csv", kpis),
    ];
    let import = benefit_map::table::import(&tables(&files, Notation::default())).unwrap();
    assert_eq!(messages(&import, Handling::Fault).len(), 1);
}

#[test]
fn a_day_that_is_far_off_leaves_what_the_map_has() {
    let map: BenefitMap = serde_json::from_str(
        r#"{"format": 1, "title": "M", "period": {"start": "2026-04-01"},
            "nodes": [{"id": "a", "kind": "enabler", "title": "A", "due": "2028-03-31"},
                      {"id": "b", "kind": "enabler", "title": "B", "due": "1900-01-01"}]}"#,
    )
    .unwrap();
    let nodes = tables(
        &[("nodes.csv", "id,due\na,1905-07-22\nb,1900-01-01\n")],
        Notation::default(),
    );
    let after = onto(&map, &nodes, Missing::Keep).unwrap();
    assert_eq!(days(&after.map), ["2028-03-31", "1900-01-01"]);
    let told: Vec<String> = after.decisions.iter().map(Decision::to_string).collect();
    // Of what the map has already nothing is said.
    assert_eq!(
        told,
        [
            "nodes.csv, row 2, column due: `1905-07-22` lies 121 years before the map's period, so what the map has, \
          `2028-03-31`, was kept"
        ]
    );
    assert_eq!(after.decisions[0].kind, DecisionKind::FarDay);
}
