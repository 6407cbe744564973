//! A map as tables, out and back, and the tables that people bring.

#![allow(clippy::disallowed_methods, reason = "a test reads tables where they lie")]

use benefit_map::map::BenefitMap;
use benefit_map::table::{
    Decision, DecisionKind, Error, Handling, RawTable, csv, export, import, known_columns, kpi_register, measurements,
    trajectory,
};
use benefit_map::track::{self, Every, Measurements};
use proptest::prelude::*;

use crate::support::decisions::but_faults_of_the_map;
use crate::support::generate;

/// The map as CSV files, by name.
fn written(map: &BenefitMap) -> Vec<(String, Vec<u8>)> {
    export(map)
        .iter()
        .map(|table| (format!("{}.csv", table.name), csv::write(table)))
        .collect()
}

fn read(files: &[(String, Vec<u8>)]) -> Vec<RawTable> {
    files
        .iter()
        .map(|(name, bytes)| csv::read(name, bytes).unwrap())
        .collect()
}

/// The map in the texts of files, and what was decided, each as it is displayed.
fn brought(files: &[(&str, &str)]) -> (BenefitMap, Vec<String>) {
    let tables: Vec<RawTable> = files
        .iter()
        .map(|(name, text)| csv::read(name, text.as_bytes()).unwrap())
        .collect();
    let import = import(&tables).unwrap();
    let told = import.decisions.iter().map(Decision::to_string).collect();
    (import.map, told)
}

proptest! {
    #[test]
    fn out_and_back_loses_nothing(mut map in generate::maps()) {
        map.canonicalize();
        let files = written(&map);
        let back = import(&read(&files)).unwrap();
        prop_assert_eq!(but_faults_of_the_map(&back.decisions), Vec::<&Decision>::new());
        prop_assert_eq!(&back.map, &map);
        prop_assert_eq!(written(&back.map), files);
    }
}

/// Tables as people keep them: two that were published, and a dense one made up in the way of a real programme.
fn whole_tables() -> Vec<(String, Vec<RawTable>)> {
    // Tests run in the package's own folder.
    ["published/official-template", "published/logframe", "harbour"]
        .map(|folder| (folder.to_owned(), read(&fixture(folder))))
        .into()
}

#[test]
fn whole_tables_come_in_whole() {
    for (name, tables) in whole_tables() {
        let result = import(&tables).unwrap();
        let rows = |table: &str| tables.iter().find(|t| t.name == table).map_or(0, |t| t.rows.len());
        let map = &result.map;
        // Every row is in the map: these tables hold nothing that would have to be left out.
        assert_eq!(map.nodes.len(), rows("nodes"), "{name}");
        assert_eq!(map.links.len(), rows("links"), "{name}");
        assert_eq!(map.kpis.len(), rows("kpis"), "{name}");
        assert_eq!(
            map.kpis.iter().map(|kpi| kpi.targets.len()).sum::<usize>(),
            rows("targets"),
            "{name}"
        );
        assert_eq!(
            map.links.iter().map(|link| link.evidence.len()).sum::<usize>(),
            rows("evidence"),
            "{name}"
        );
        let lost: Vec<_> = result
            .decisions
            .iter()
            .filter(|d| d.handling != Handling::Taken)
            .collect();
        assert!(lost.is_empty(), "{name}: {lost:?}");
        for table in tables.iter().filter(|table| table.name == "measurements") {
            let (values, decisions) = measurements(table);
            assert_eq!(values.len(), table.rows.len(), "{name}");
            assert_eq!(decisions, [], "{name}");
        }
        // What came in goes out and comes back as it is.
        let mut canonical = result.map;
        canonical.canonicalize();
        let back = import(&read(&written(&canonical))).unwrap();
        assert_eq!((back.map, back.decisions), (canonical, Vec::new()), "{name}");
    }
}

/// The files of a folder among the fixtures, by name.
fn fixture(folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(format!("tests/fixtures/tables/{folder}"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn messy_tables_come_in_as_they_are_and_every_decision_is_told() {
    let import = import(&read(&fixture("messy"))).unwrap();
    let told: Vec<String> = import
        .decisions
        .iter()
        .map(|d| {
            let (row, column) = (d.row.map_or("-".to_owned(), |row| row.to_string()), d.column.clone());
            let file = d.file.strip_prefix("Smart bins - ").unwrap_or(&d.file);
            let place = format!("{file} {row} {}", column.unwrap_or_default());
            format!("{} {} {}", place.trim_end(), d.kind, d.handling)
        })
        .collect();
    // Read off the files by hand: each line is one thing that a person would have to decide.
    let expected = [
        "Nodes.csv 1 Due date unknown-column left-out",
        "Nodes.csv 1 I unknown-column left-out",
        "Nodes.csv 1 Ownr unknown-column left-out",
        "Nodes.csv 2 Id id-mended taken",
        "Nodes.csv 2 KIND word-understood taken",
        "Nodes.csv 2 Owner name-made-record taken",
        "Nodes.csv 2 due unreadable-date left-out",
        "Nodes.csv 2 Quick win word-understood taken",
        "Nodes.csv 2 Partners name-made-record taken",
        "Nodes.csv 2 Partners name-made-record taken",
        "Nodes.csv 3 Owner name-for-id taken",
        "Nodes.csv 3 due date-understood taken",
        "Nodes.csv 6 Id id-made taken",
        "Nodes.csv 6 KIND unreadable-word fault",
        "Nodes.csv 6 Owner name-made-record taken",
        "Nodes.csv 6 due unreadable-date left-out",
        "Nodes.csv 6 Quick win unreadable-word left-out",
        "Nodes.csv 7 due date-understood taken",
        "kpis.csv 2 direction word-understood taken",
        "kpis.csv 2 baseline_value number-understood taken",
        "kpis.csv 2 amber number-understood taken",
        "kpis.csv 2 responsible name-made-record taken",
        "kpis.csv 3 baseline_value missing-value left-out",
        "kpis.csv 4 node missing-value fault",
        "links.csv 1 colour unknown-column left-out",
        "links.csv 2 contribution number-understood taken",
        "links.csv 2 effect word-understood taken",
        "links.csv 3 contribution number-understood taken",
        "links.csv 4 from name-for-id taken",
        "links.csv 4 effect unreadable-word left-out",
        "links.csv 5 to missing-value fault",
        "risk.csv - unknown-table left-out",
        "targets.csv 2 value number-understood taken",
        "targets.csv 3 value number-understood taken",
        "targets.csv 3 date date-understood taken",
        "targets.csv 4 date unreadable-date left-out",
        "targets.csv 5 kpi no-such-record fault",
        "targets.csv 6 value missing-value left-out",
        "targets.csv 7 value unreadable-number left-out",
    ];
    assert_eq!(told, expected);
    assert_eq!(
        import.decisions[6].to_string(),
        "Smart bins - Nodes.csv, row 2, column due: `01/04/2026` may be 1 April 2026 or 4 January 2026, and no other date of \
         the column shows which, so it was left out"
    );

    let map = import.map;
    let nodes: Vec<_> = map
        .nodes
        .iter()
        .map(|node| (node.id.as_str(), node.kind.as_str(), node.title.as_str()))
        .collect();
    assert_eq!(
        nodes,
        [
            ("n-1", "enabler", "Fill-level sensors"),
            ("n2", "business-change", "Rounds planned\nby fill level"),
            ("fewer-full-bins", "enabler", "Fewer full bins"),
            ("n4", "end-outcome", "=Cleaner streets"),
        ]
    );
    let links: Vec<_> = map
        .links
        .iter()
        .map(|link| (link.from.as_str(), link.to.as_str()))
        .collect();
    assert_eq!(
        links,
        [
            ("n-1", "n2"),
            ("n2", "fewer-full-bins"),
            ("fewer-full-bins", "n4"),
            ("n2", "nowhere")
        ]
    );
    let names: Vec<_> = map.owners.iter().map(|owner| owner.name.as_str()).collect();
    assert_eq!(names, ["Director of Place", "Head of Fleet", "TWH; KCC"]);
    let names: Vec<_> = map.partners.iter().map(|partner| partner.name.as_str()).collect();
    assert_eq!(names, ["Riverside Council", "Smith; Sons"]);
    let targets: Vec<_> = map.kpis[0]
        .targets
        .iter()
        .map(|target| target.value.to_string())
        .collect();
    assert_eq!(targets, ["3100", "3100.5", "2900"]);
}

/// A map with one node of everything that the tables need.
fn small() -> BenefitMap {
    serde_json::from_str(
        r#"{"format": 1, "title": "Bins",
            "owners": [{"id": "dir", "name": "Director of Place"}],
            "nodes": [{"id": "a", "kind": "business-change", "title": "Rounds", "owner": "dir",
                       "cost": [{"year": "2026-27", "amount": 5}]},
                      {"id": "a", "kind": "enabler", "title": "The same id", "cost": [{"year": "2027-28", "amount": 7}]}],
            "links": [{"from": "a", "to": "b"}, {"from": "a", "to": "b", "evidence": [{"source": "S"}]}],
            "kpis": [{"id": "k2", "node": "nobody", "title": "Loose"},
                     {"id": "k1", "node": "a", "title": "Distance", "unit": "km", "direction": "decrease",
                      "indicator": "leading", "baseline": {"date": "2026-01-01", "value": 100},
                      "targets": [{"date": "2028-01-01", "value": 60}, {"date": "2027-01-01", "value": 80}],
                      "measurement": {"frequency": "monthly", "responsible": "dir"}}],
            "plans": [{"owner": "dir"}, {"owner": "dir", "activities": [{"id": "x", "title": "Do"}]}],
            "allow": [{"rule": "", "subject": "", "reason": ""}]}"#,
    )
    .unwrap()
}

#[test]
fn even_what_is_wrong_with_a_map_comes_back() {
    let map = small();
    let files = written(&map);
    let back = import(&read(&files)).unwrap();
    assert_eq!(back.map, map);
    assert!(but_faults_of_the_map(&back.decisions).is_empty());
    let costs = &files.iter().find(|(name, _)| name == "costs.csv").unwrap().1;
    assert_eq!(
        String::from_utf8_lossy(costs),
        "node,year,amount,cost_centre,nth\na,2026-27,5,,1\na,2027-28,7,,2\n"
    );
}

#[test]
fn the_tables_may_stand_in_any_order_with_any_order_of_columns() {
    let map = small();
    let mut tables = read(&written(&map));
    tables.reverse();
    for table in &mut tables {
        table.header.reverse();
        for row in &mut table.rows {
            row.cells.reverse();
        }
    }
    assert_eq!(import(&tables).unwrap().map, map);
}

#[test]
fn the_kpi_register_says_who_answers_for_what() {
    let register = kpi_register(&small());
    assert_eq!(
        String::from_utf8(csv::write(&register)).unwrap(),
        "id,node,kind,title,definition,indicator,unit,direction,aggregation,lower,upper,baseline_value,baseline_date,final_target_value,\
         final_target_date,owner,method,source,frequency,responsible\n\
         k1,a,business-change,Distance,,leading,km,decrease,,,,100,2026-01-01,60,2028-01-01,Director of Place,,,monthly,\
         Director of Place\n\
         k2,nobody,,Loose,,,,,,,,,,,,,,,,\n"
    );
}

#[test]
fn the_trajectory_register_holds_the_rows_as_reckoned() {
    let map = small();
    let text = "\u{feff}KPI;Date;Value;Note\r\nk1;2027-01-01;90;late\r\nk1;soon;80;\r\nk1;2027-02-01;n/a;\r\n";
    let (values, decisions) = measurements(&csv::read("actuals.csv", text.as_bytes()).unwrap());
    assert_eq!(values.len(), 1);
    assert_eq!(values[0].note, "late");
    let told: Vec<_> = decisions.iter().map(|d| (d.row, d.column.as_deref(), d.kind)).collect();
    assert_eq!(
        told,
        [
            (Some(3), Some("Date"), DecisionKind::UnreadableDate),
            (Some(4), Some("Value"), DecisionKind::UnreadableNumber),
        ]
    );
    let values: Measurements = values.into_iter().collect();
    let rows = track::trajectory(&map, &values, Some("2027-01-01".parse().unwrap()), Every::Year);
    let written = String::from_utf8(csv::write(&trajectory(&rows))).unwrap();
    assert!(
        written
            .starts_with("kpi,date,expected,actual,measured_on,expected_then,variance,variance_percent,status,why\n")
    );
    // 80 was promised and 90 measured: 10 over, an eighth of what was promised.
    assert!(
        written.contains("k1,2027-01-01,80,90,2027-01-01,80,10,12.5,"),
        "{written}"
    );
}

#[test]
fn what_cannot_be_read_at_all_is_refused() {
    let table = |name: &str, text: &str| csv::read(name, text.as_bytes()).unwrap();
    assert_eq!(
        import(&[table("links.csv", "from,to\na,b\n")]).unwrap_err().to_string(),
        "the table `nodes` is missing among links.csv"
    );
    assert!(matches!(import(&[]), Err(Error::NoNodes { .. })));
    for text in ["", "a,b,c\n1,2,3\n"] {
        assert!(matches!(
            import(&[table("nodes.csv", text)]),
            Err(Error::NoNodeColumns { .. })
        ));
    }
    // A header alone is an empty map, not a fault.
    let empty = import(&[table("nodes.csv", "id,kind,title\n"), table("links.csv", "from,to\n")]).unwrap();
    assert_eq!((empty.map, empty.decisions), (BenefitMap::default(), Vec::new()));
}

#[test]
fn columns_are_found_by_other_names_and_missing_ones_told_once() {
    let (map, told) = brought(&[
        ("nodes.csv", "id,type,name\na,enabler,A\n"),
        ("links.csv", "Source,Target\na,b\n"),
        ("kpis.csv", "id,title\nk,K\nl,L\n"),
        ("Nodes.csv", "id\nz\n"),
    ]);
    assert_eq!(map.nodes[0].title, "A");
    assert_eq!(map.links[0].to.as_str(), "b");
    assert_eq!(
        told,
        [
            "nodes.csv, row 1, column type: `type` was taken as the column `kind`",
            "nodes.csv, row 1, column name: `name` was taken as the column `title`",
            "links.csv, row 1, column Source: `Source` was taken as the column `from`",
            "links.csv, row 1, column Target: `Target` was taken as the column `to`",
            "kpis.csv, row 1: the table does not have the column `node`, so none of the 2 rows could be read",
            "Nodes.csv: an earlier table is also called `nodes`, so this one was left out",
        ]
    );
    // The right name wins, wherever it stands.
    let (map, told) = brought(&[("nodes.csv", "id,name,title,kind\na,no,yes,enabler\n")]);
    assert_eq!(map.nodes[0].title, "yes");
    assert_eq!(told.len(), 1);
}

proptest! {
    #[test]
    fn no_tables_are_too_much(cells in prop::collection::vec(select_cell(), 0..60), columns in 1usize..6) {
        let text: String = cells
            .chunks(columns)
            .map(|row| row.join(",") + "\n")
            .collect();
        for name in ["nodes", "links", "kpis", "risks", "activities"] {
            let nodes = csv::read("nodes.csv", format!("id,title\n{text}").as_bytes()).unwrap();
            let header: Vec<_> = known_columns(name).iter().map(|column| &*column.name).collect();
            let other = csv::read(&format!("{name}.csv"), format!("{}\n{text}", header.join(",")).as_bytes()).unwrap();
            let once = import(&[nodes, other]).unwrap().map;
            // Whatever came in is a map that goes out and comes back.
            let back = import(&read(&written(&once))).unwrap();
            prop_assert_eq!(back.map, once);
            prop_assert!(but_faults_of_the_map(&back.decisions).is_empty());
        }
    }
}

/// What may stand in a cell of a table that somebody made in a hurry.
fn select_cell() -> impl Strategy<Value = String> {
    prop::sample::select(
        &[
            "",
            "a",
            "b",
            "A",
            "A B",
            "1",
            "-5",
            "\"1,234\"",
            "5%",
            "TBC",
            "2026-04-01",
            "1/4/2026",
            "Impact",
            "enabler",
            "yes",
            "a -> B",
            "x; y",
            "'=x",
            "''",
            "…",
            " ",
            "é",
        ][..],
    )
    .prop_map(str::to_owned)
}

#[test]
fn text_that_a_spreadsheet_would_run_is_inert_in_every_table_and_comes_back() {
    let starts = ["=", "+", "-", "@", "\t"];
    let titles: Vec<String> = starts
        .iter()
        .map(|start| format!("{start}HYPERLINK(\"http://x\")"))
        .collect();
    let mut map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "=1+1"}"#).unwrap();
    for (at, title) in titles.iter().enumerate() {
        let record = format!(
            r#"{{"format": 1,
                "owners": [{{"id": "o{at}", "name": {title:?}, "organisation": {title:?}}}],
                "nodes": [{{"id": "n{at}", "kind": "enabler", "title": {title:?}, "description": {title:?}}}],
                "links": [{{"from": "n{at}", "to": "n0", "rationale": {title:?}}}],
                "kpis": [{{"id": "k{at}", "node": "n{at}", "title": {title:?}, "unit": {title:?}}}]}}"#
        );
        let mut one: BenefitMap = serde_json::from_str(&record).unwrap();
        map.owners.append(&mut one.owners);
        map.nodes.append(&mut one.nodes);
        map.links.append(&mut one.links);
        map.kpis.append(&mut one.kpis);
    }
    map.canonicalize();
    let files = written(&map);
    let mut cells = 0;
    for (name, bytes) in &files {
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(bytes.as_slice());
        for cell in reader
            .records()
            .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell:?}");
            cells += usize::from(cell.contains("HYPERLINK"));
        }
    }
    assert_eq!(cells, 7 * titles.len());
    let back = import(&read(&files)).unwrap();
    assert_eq!(back.decisions, []);
    assert_eq!(back.map, map);
}
