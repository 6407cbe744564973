//! A map as an Excel workbook, out and back, and the workbooks that people and strangers bring.

#![allow(clippy::disallowed_methods, reason = "a test writes and reads files where it works")]

use std::collections::BTreeSet;
use std::path::Path;

use benefit_map::map::{BenefitMap, Cost, Node, NodeId, NodeKind};
use benefit_map::table::xlsx::{self, Cover};
use benefit_map::table::{Cell, Decision, DecisionKind, Error, Handling, RawTable, benefit_register, import};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula};

use crate::support::archive::{packed, parts};
use crate::support::decisions::but_faults_of_the_map;
use crate::support::generate;
use crate::support::workbook::{by_hand, sheet};

fn back(bytes: &[u8]) -> benefit_map::table::Import {
    import(&xlsx::read("map.xlsx", bytes).unwrap()).unwrap()
}

fn map_of(json: &str) -> BenefitMap {
    serde_json::from_str(json).unwrap()
}

fn example() -> BenefitMap {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/maps/smart-waste/map.json");
    let mut map = map_of(&std::fs::read_to_string(path).unwrap());
    map.canonicalize();
    map
}

proptest! {
    // A workbook is slower to make than a text.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn out_and_back_loses_nothing(mut map in generate::maps()) {
        map.canonicalize();
        let bytes = xlsx::workbook(&map).unwrap();
        let back = back(&bytes);
        prop_assert_eq!(but_faults_of_the_map(&back.decisions), Vec::<&Decision>::new());
        prop_assert_eq!(&back.map, &map);
        prop_assert_eq!(xlsx::workbook(&back.map).unwrap(), bytes);
    }

    #[test]
    fn every_text_is_inert_and_comes_back(texts in prop::collection::vec(
        prop_oneof!["[=+@'\t\r\n -]{1,3}[a-z(1]{0,4}[\r\n ]?", "_x00[0-4][0-9A-F]_[a-z_]{0,3}", "[\u{0}-\u{1f}\u{fffe}\u{ffff}\u{85}a]{1,4}", "\\PC{1,12}"],
        1..12,
    )) {
        let mut map = BenefitMap::default();
        for (at, text) in texts.iter().enumerate() {
            map.nodes.push(Node::new(NodeId::new(format!("n{at}")).unwrap(), NodeKind::Enabler, text));
        }
        let bytes = xlsx::workbook(&map).unwrap();
        let back = back(&bytes);
        prop_assert_eq!(&back.decisions, &[]);
        for (node, text) in back.map.nodes.iter().zip(&texts) {
            prop_assert_eq!(&node.title, text);
        }
        // No part of it holds a formula but the lists of the drop-downs.
        for (name, part) in parts(&bytes) {
            prop_assert!(!part.windows(3).any(|w| w == b"<f>" || w == b"<f "), "{} has a formula", name);
        }
    }
}

/// A part of the workbook as text.
fn part(bytes: &[u8], name: &str) -> String {
    let found = parts(bytes).into_iter().find(|(part, _)| part == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("there is no {name}")).1).unwrap()
}

#[test]
fn a_sheet_is_one_to_work_in() {
    let bytes = xlsx::workbook(&example()).unwrap();
    let book = part(&bytes, "xl/workbook.xml");
    // The cover comes first, and every table has a sheet, so that records can be added where there are none.
    let names: Vec<&str> = book
        .split("<sheet name=\"")
        .skip(1)
        .map(|s| s.split('"').next().unwrap())
        .collect();
    assert_eq!(names[..3], [xlsx::COVER_SHEET, "Progress", "Charts"]);
    assert_eq!(names[3..], *benefit_map::table::TABLES);
    // `nodes` is the fifth: frozen, filtered, words and owners offered, days as dates.
    let nodes = part(&bytes, "xl/worksheets/sheet5.xml");
    assert!(
        nodes.contains("state=\"frozen\"") && nodes.contains("<autoFilter ref=\"A1:P"),
        "{nodes}"
    );
    assert!(nodes.contains("investment,enabler,business-change,intermediate-outcome,end-outcome"));
    assert!(nodes.contains("<formula1>owners!$A$2:$A$"));
    let styles = part(&bytes, "xl/styles.xml");
    assert!(styles.contains("yyyy-mm-dd"));
    // An id cannot be typed over in a row that says anything else, and one that stands twice is marked; the sheet itself is
    // open, for in a protected one no program lets rows with locked cells be sorted.
    let last = example().nodes.len() + 1;
    let check = format!("sqref=\"A2:A{last}\"><formula1>COUNTA($B2:$P2)=0</formula1>");
    assert!(nodes.contains(&check), "{nodes}");
    assert!(nodes.contains("type=\"duplicateValues\"") && !nodes.contains("<sheetProtection"));
    // Nothing of the clock is in it.
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains(">2000-01-01T00:00:00Z</dcterms:created>"), "{core}");
}

#[test]
fn titles_that_a_spreadsheet_would_run_are_texts() {
    let mut map = BenefitMap::default();
    let titles = [
        "=1+1",
        "+44 20",
        "-5 % waste",
        "@sum",
        "\tx",
        "'=x",
        "007",
        "2026-04-01",
        "TRUE",
        "=HYPERLINK(\"http://x\")",
    ];
    for (at, title) in titles.iter().enumerate() {
        map.nodes.push(Node::new(
            NodeId::new(format!("n{at}")).unwrap(),
            NodeKind::Enabler,
            *title,
        ));
    }
    let bytes = xlsx::workbook(&map).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet3.xml");
    // Shared strings only: neither formula nor number nor boolean under `title`.
    for row in 2..2 + titles.len() {
        let cell = format!("<c r=\"C{row}\"");
        let at = sheet.find(&cell).unwrap_or_else(|| panic!("no cell C{row}"));
        assert!(sheet[at..].split('>').next().unwrap().contains("t=\"s\""), "C{row}");
    }
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""));
    let back = back(&bytes);
    assert_eq!(
        back.map
            .nodes
            .iter()
            .map(|node| node.title.as_str())
            .collect::<Vec<_>>(),
        titles
    );
}

#[test]
fn a_text_too_long_for_a_cell_is_refused_with_its_place() {
    let mut map = BenefitMap::default();
    let mut node = Node::new(NodeId::new("n").unwrap(), NodeKind::Enabler, "t");
    node.description = "é".repeat(32_767);
    map.nodes.push(node.clone());
    assert_eq!(back(&xlsx::workbook(&map).unwrap()).map.nodes, [node.clone()]);
    // Counted as spreadsheets count: two units for what lies beyond the first plane.
    node.description = "🚮".repeat(16_384);
    map.nodes[0] = node;
    let error = xlsx::workbook(&map).unwrap_err();
    assert_eq!(
        error,
        Error::CellTooLong {
            sheet: "nodes".to_owned(),
            row: 2,
            column: "description".to_owned(),
            units: 32_768
        }
    );
}

fn told(import: &benefit_map::table::Import) -> Vec<String> {
    import
        .decisions
        .iter()
        .map(|d| format!("{} {}: {d}", d.handling, d.kind))
        .collect()
}

#[test]
fn cells_mean_what_they_show() {
    let bytes = by_hand(|book| {
        let nodes = sheet(book, "Nodes", &["Kind", "id", "title", "due", "quick win", "tags"]);
        let date = Format::new().set_num_format("dd/mm/yyyy");
        for (row, (due, quick)) in [(46113.0, true), (46113.5, false)].into_iter().enumerate() {
            let row = row as u32 + 1;
            nodes.write_string(row, 0, "Enabler").unwrap();
            nodes.write_string(row, 1, format!("n{row}")).unwrap();
            nodes.write_number(row, 2, 2027.0).unwrap();
            nodes.write_number_with_format(row, 3, due, &date).unwrap();
            nodes.write_boolean(row, 4, quick).unwrap();
        }
        let kpis = sheet(book, "kpis", &["id", "node", "baseline_value", "amber"]);
        kpis.write_string(1, 0, "k").unwrap().write_string(1, 1, "n1").unwrap();
        // As a sum in a spreadsheet leaves it, and as a text that looks like a number.
        kpis.write_number(1, 2, 0.1 + 0.2)
            .unwrap()
            .write_string(1, 3, "0.05")
            .unwrap();
    });
    let import = back(&bytes);
    let [first, second] = import.map.nodes.as_slice() else {
        panic!("{import:?}")
    };
    assert_eq!((first.title.as_str(), first.quick_win), ("2027", true));
    assert_eq!(first.due.unwrap().to_string(), "2026-04-01");
    assert_eq!(second.due.unwrap().to_string(), "2026-04-01");
    assert_eq!(import.map.kpis[0].baseline.unwrap().value.to_string(), "0.3");
    assert_eq!(import.map.kpis[0].tolerance.unwrap().amber.unwrap().to_string(), "0.05");
    assert_eq!(
        told(&import),
        [
            "taken date-understood: map.xlsx, sheet Nodes, row 3, column due: `2026-04-01 12:00:00` was taken as 2026-04-01"
        ]
    );
}

#[test]
fn what_people_do_in_spreadsheets_is_taken_and_told() {
    let bytes = by_hand(|book| {
        let cover = sheet(book, "read me", &["anything"]);
        cover.write_string(5, 5, "at all").unwrap();
        let nodes = book.add_worksheet();
        nodes.set_name("nodes").unwrap();
        nodes.write_string(0, 0, "Our nodes, as agreed in March").unwrap();
        // The header stands in row 3; a note stands far to the right.
        for (at, name) in ["id", "kind", "title", "due"].iter().enumerate() {
            nodes.write_string(2, at as u16, *name).unwrap();
        }
        for (row, id) in [(3, "a"), (6, "b")] {
            nodes
                .write_string(row, 0, id)
                .unwrap()
                .write_string(row, 1, "enabler")
                .unwrap();
        }
        nodes
            .write_formula(3, 2, Formula::new("=\"Sen\"&\"sors\"").set_result("Sensors"))
            .unwrap();
        nodes
            .write_formula(6, 3, Formula::new("=#REF!+1").set_result("#REF!"))
            .unwrap();
        nodes.write_string(6, 7, "ask Ada").unwrap();
        nodes.merge_range(6, 2, 7, 2, "Depots", &Format::new()).unwrap();
        let costs = sheet(book, "costs", &["node", "year", "amount"]);
        costs
            .write_string(1, 0, "a")
            .unwrap()
            .write_string(1, 1, "2026")
            .unwrap();
        costs
            .write_formula(1, 2, Formula::new("=2*21").set_result("42"))
            .unwrap();
        costs.set_hidden(true);
        sheet(book, "My notes", &["anything"]);
    });
    let import = back(&bytes);
    assert_eq!(
        import.map.nodes.iter().map(|n| n.title.as_str()).collect::<Vec<_>>(),
        ["Sensors", "Depots"]
    );
    assert_eq!(import.map.nodes[0].cost[0].amount.to_string(), "42");
    assert_eq!(
        told(&import),
        [
            "left-out rows-above-header: map.xlsx, sheet nodes, row 1: 2 rows above the column names were left out: row 3 names them",
            "left-out unknown-column: map.xlsx, sheet nodes, row 3, column H: the column has no name, so its one cell was left out",
            "taken formula-value: map.xlsx, sheet nodes, row 4, column title: `=\"Sen\"&\"sors\"` is a formula, and its last value, Sensors, was taken",
            "left-out cell-error: map.xlsx, sheet nodes, row 7, column due: the cell holds the error `#REF!`, so it was left out",
            "taken hidden-sheet: map.xlsx, sheet costs: the sheet is hidden, but was read",
            "taken formula-value: map.xlsx, sheet costs, row 2, column amount: `=2*21` is a formula, and its last value, 42, was taken",
            "left-out unknown-table: map.xlsx, sheet My notes: a map has no table `my_notes`, so it was left out",
        ]
    );
}

#[test]
fn what_is_no_workbook_is_named() {
    let said = |bytes: &[u8]| xlsx::read("f", bytes).unwrap_err().to_string();
    assert!(said(b"id,kind\n").contains("no workbook"));
    assert!(said(b"").contains("no workbook"));
    assert!(said(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest").contains("old Excel workbook, or one with a password"));
    assert!(
        said(&packed(&[(
            "mimetype".to_owned(),
            b"application/vnd.oasis.opendocument.spreadsheet".to_vec()
        )]))
        .contains("OpenDocument")
    );
    assert!(said(&packed(&[("a.txt".to_owned(), b"a".to_vec())])).contains("an archive, not a workbook"));
    assert!(said(b"PK\x03\x04rubbish").contains("damaged"));
    // A register is a workbook, but no map.
    let register = xlsx::write(
        &[benefit_register(&example(), None)],
        &Cover::of_register(&example(), None),
    )
    .unwrap();
    let tables = xlsx::read("register.xlsx", &register).unwrap();
    assert!(matches!(import(&tables), Err(Error::NoNodes { .. })));
}

#[test]
fn a_workbook_that_would_fill_the_memory_is_refused() {
    let whole = parts(&xlsx::workbook(&BenefitMap::default()).unwrap());
    // A part of zeros: a quarter of a megabyte that unpacks to more than is allowed.
    let mut zeros = whole.clone();
    zeros.push(("xl/media/image1.png".to_owned(), vec![0; (256 << 20) + 1]));
    let error = xlsx::read("f", &packed(&zeros)).unwrap_err();
    assert!(
        matches!(error, Error::TooLarge { how, .. } if how.contains("256 MiB")),
        "{error}"
    );
    // Cells in the last column of many rows: a grid of them would not fit.
    let bytes = by_hand(|book| {
        let nodes = sheet(book, "nodes", &["id", "kind"]);
        for row in 0..700 {
            nodes.write_string(row, 16_383, "x").unwrap();
        }
    });
    let error = xlsx::read("f", &bytes).unwrap_err();
    assert!(
        matches!(error, Error::TooLarge { how, .. } if how.contains("cells")),
        "{error}"
    );
    // Two cells in opposite corners are no harm.
    let bytes = by_hand(|book| {
        let nodes = sheet(book, "nodes", &["id", "title"]);
        nodes
            .write_string(1, 0, "a")
            .unwrap()
            .write_string(1_048_575, 0, "b")
            .unwrap();
    });
    let tables = xlsx::read("f", &bytes).unwrap();
    assert_eq!(tables[0].rows.last().unwrap().number, 1_048_576);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn damage_gives_an_error_or_a_table(
        which in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        length in 0usize..12,
        instead in prop_oneof!["[A-Z]{1,12}[0-9]{0,12}", "[<>/=\"a-z0-9 ]{0,10}", Just("99999999999999999999".to_owned())],
    ) {
        let mut parts = parts(&small());
        let (_, part) = &mut parts[which.index(small_parts())];
        let from = at.index(part.len());
        let to = (from + length).min(part.len());
        part.splice(from..to, instead.bytes());
        // Whatever it gives, it gives it back.
        let _ = xlsx::read("f", &packed(&parts));
    }

    #[test]
    fn damaged_archives_give_an_error_or_a_table(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut bytes = small();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = xlsx::read("f", &bytes);
        bytes.truncate(cut.index(bytes.len()));
        prop_assert!(xlsx::read("f", &bytes).is_err());
    }
}

/// A small workbook with something of everything.
fn small() -> Vec<u8> {
    by_hand(|book| {
        let nodes = sheet(book, "nodes", &["id", "kind", "title", "due"]);
        nodes
            .write_string(1, 0, "a")
            .unwrap()
            .write_string(1, 1, "enabler")
            .unwrap();
        nodes
            .write_formula(1, 2, Formula::new("=\"x\"").set_result("x"))
            .unwrap();
        nodes
            .write_number_with_format(1, 3, 46113.0, &Format::new().set_num_format("yyyy-mm-dd"))
            .unwrap();
        nodes.merge_range(2, 0, 2, 1, "b", &Format::new()).unwrap();
    })
}

fn small_parts() -> usize {
    parts(&small()).len()
}

#[test]
fn a_cell_reference_that_overflows_is_damage() {
    let mut parts = parts(&small());
    for (name, part) in &mut parts {
        if name == "xl/worksheets/sheet1.xml" {
            *part = String::from_utf8(part.clone())
                .unwrap()
                .replace("r=\"B2\"", "r=\"ZZZZZZZZZZZZ2\"")
                .into_bytes();
        }
    }
    match xlsx::read("f", &packed(&parts)) {
        Err(Error::Damaged { .. } | Error::TooLarge { .. }) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_register_stands_in_one_workbook_with_its_cover() {
    let map = example();
    let bytes = xlsx::write(&[benefit_register(&map, None)], &Cover::of_register(&map, None)).unwrap();
    assert_eq!(
        bytes,
        xlsx::write(&[benefit_register(&map, None)], &Cover::of_register(&map, None)).unwrap()
    );
    let strings = part(&bytes, "xl/sharedStrings.xml");
    // The total is on the cover, added up here from the map's own figures in each of their years.
    let begins = |year: &str| year[..4].parse::<i64>().unwrap();
    let years = |cost: &Cost| match cost.until.as_str() {
        "" => 1,
        last => begins(last) + 1 - begins(&cost.year),
    };
    let sum: i64 = map
        .nodes
        .iter()
        .flat_map(|node| &node.cost)
        .map(|cost| cost.amount.to_string().parse::<i64>().unwrap() * years(cost))
        .sum();
    assert!(strings.contains(&format!("each counted once: GBP {sum}.")), "{sum}");
    let outcomes: BTreeSet<&str> = map
        .nodes
        .iter()
        .filter(|n| n.kind.is_outcome())
        .map(|n| n.id.as_str())
        .collect();
    let register = benefit_register(&map, None);
    let told: BTreeSet<String> = register.rows.iter().map(|row| row[0].to_text().into_owned()).collect();
    assert_eq!(told.iter().map(String::as_str).collect::<BTreeSet<_>>(), outcomes);
}

#[test]
fn a_hidden_row_and_an_empty_sheet_are_read_as_they_stand() {
    let bytes = by_hand(|book| {
        let nodes = sheet(book, "nodes", &["id", "kind", "title"]);
        for (row, id) in [(1, "a"), (2, "b")] {
            nodes
                .write_string(row, 0, id)
                .unwrap()
                .write_string(row, 1, "enabler")
                .unwrap();
        }
        nodes.set_row_hidden(1).unwrap();
        sheet(book, "links", &["from", "to"]);
        book.add_worksheet().set_name("owners").unwrap();
    });
    let tables: Vec<RawTable> = xlsx::read("map.xlsx", &bytes).unwrap();
    assert_eq!(
        tables
            .iter()
            .map(|t| (t.name.as_str(), t.rows.len()))
            .collect::<Vec<_>>(),
        [("nodes", 2), ("links", 0), ("owners", 0)]
    );
    assert_eq!(tables[0].rows[0].cells[0], Cell::Text("a".to_owned()));
    let import = import(&tables).unwrap();
    assert!(
        import
            .decisions
            .iter()
            .all(|d| d.kind != DecisionKind::UnknownTable && d.handling != Handling::Fault)
    );
    assert_eq!(import.map.nodes.len(), 2);
}

#[test]
fn titles_of_charts_are_words_and_no_references() {
    let map = |title: &str| {
        map_of(&format!(
            r#"{{"format": 1, "nodes": [{{"id": "n", "kind": "enabler", "title": "N"}}],
                "kpis": [{{"id": "k", "node": "n", "title": "{title}", "unit": "{title}",
                           "baseline": {{"date": "2026-03-31", "value": 1}}, "targets": [{{"date": "2026-06-30", "value": 2}}]}}]}}"#
        ))
    };
    for title in ["=cmd[x]", "=(a)", "costs!A1", "costs!$A$1:$B$2", "=costs!A1", "Plain"] {
        let chart = part(&xlsx::workbook(&map(title)).unwrap(), "xl/charts/chart1.xml");
        let written: Vec<&str> = chart
            .split("<a:t>")
            .skip(1)
            .map(|t| t.split('<').next().unwrap().trim())
            .collect();
        assert_eq!(written, [title, title]);
        // All references are to the sheet of progress.
        let references: Vec<&str> = chart.split("<c:f>").skip(1).collect();
        assert!(
            !references.is_empty() && references.iter().all(|f| f.starts_with("Progress!")),
            "{title}: {chart}"
        );
    }
}
