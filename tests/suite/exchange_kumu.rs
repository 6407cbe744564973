//! Kumu projects in every form: JSON, tables and workbooks, with what their templates hold.

use benefit_map::exchange::{Choices, Import, Outcome, What, import_kumu, import_kumu_sheets};
use benefit_map::map::BenefitMap;
use benefit_map::table::xlsx::Cover;
use benefit_map::table::{Cell, Column, Table, Values};

use crate::support::imported::{Folder, import, links, nodes, sheet, titles, why_of, whys};

fn sheets(elements: (&[&str], &[&[&str]]), connections: (&[&str], &[&[&str]])) -> Import {
    let tables = [
        sheet("elements.csv", elements.0, elements.1),
        sheet("connections.csv", connections.0, connections.1),
    ];
    import_kumu_sheets(&tables, &Choices::default()).unwrap()
}

/// A sheet: its name, its header and its rows.
type Rows<'t> = (&'t str, &'t [&'t str], &'t [&'t [&'t str]]);

/// A workbook with these sheets.
fn workbook(tables: &[Rows<'_>]) -> Vec<u8> {
    let column = |name: &&str| Column {
        name: (*name).to_owned().into(),
        values: Values::Text,
    };
    let cell = |text: &&str| match *text {
        "" => Cell::Empty,
        text => Cell::Text(text.to_owned()),
    };
    let table = |(name, header, rows): &Rows<'_>| Table {
        name: (*name).to_owned(),
        columns: header.iter().map(column).collect(),
        rows: rows.iter().map(|cells| cells.iter().map(cell).collect()).collect(),
    };
    let tables: Vec<Table> = tables.iter().map(table).collect();
    let cover = Cover {
        title: "Square".to_owned(),
        paragraphs: Vec::new(),
    };
    benefit_map::table::xlsx::write(&tables, &cover).unwrap()
}

#[test]
fn an_element_that_only_a_connection_names_is_made_in_every_form() {
    let json = "{\"elements\": [{\"_id\": \"elem-1\", \"attributes\": {\"label\": \"Seats\"}}], \"connections\": \
        [{\"from\": \"elem-1\", \"to\": \"Rest\"}, {\"from\": \"Rest\", \"to\": \"Seats\"}]}";
    let made = "made for a connection, as no element has this label";
    let header: &[&str] = &["Label", "Type"];
    let ends: &[&str] = &["From", "To"];
    let folder = Folder::of(&[(
        "book.xlsx",
        &workbook(&[
            ("Elements", header, &[&["Seats", ""]]),
            ("Connections", ends, &[&["Seats", "Rest"], &["Rest", "Seats"]]),
        ]),
    )]);
    let (code, said) = folder.said("import kumu book.xlsx -o book.json");
    assert_eq!(code, 0, "{said}");
    assert!(said.contains(made), "{said}");
    let map: BenefitMap = serde_json::from_str(&std::fs::read_to_string(folder.path("book.json")).unwrap()).unwrap();
    for import in [
        import(import_kumu, json),
        sheets(
            (header, &[&["Seats", ""]]),
            (ends, &[&["Seats", "Rest"], &["Rest", "Seats"]]),
        ),
    ] {
        assert_eq!(titles(&import), ["Rest", "Seats"]);
        assert_eq!(links(&import), ["rest -> seats", "seats -> rest"]);
        assert!(
            whys(&import, What::Element, Outcome::Kept)
                .iter()
                .any(|why| why.starts_with(made))
        );
        assert_eq!((&import.map.nodes, &import.map.links), (&map.nodes, &map.links));
    }
}

#[test]
fn kumu_workbook_gives_what_the_same_sheets_give_as_tables() {
    let elements: &[&[&str]] = &[
        &["Benches", "Output", "40 of them", "east|west"],
        &["People rest", "Outcome", "", ""],
        &["TBC", "n/a", "", ""],
    ];
    let connections: &[&[&str]] = &[
        &["Benches", "People rest", "-", "mutual"],
        &["People rest", "TBC", "+", "undirected"],
    ];
    let header: &[&str] = &["Label", "Type", "Description", "Tags"];
    let ends: &[&str] = &["From", "To", "Type", "Direction"];
    let plain = sheets((header, elements), (ends, connections));
    let folder = Folder::of(&[(
        "square.xlsx",
        &workbook(&[("Elements", header, elements), ("Connections", ends, connections)]),
    )]);
    let (code, said) = folder.said("import kumu square.xlsx -o map.json");
    assert_eq!(code, 0, "{said}");
    let map: BenefitMap = serde_json::from_str(&std::fs::read_to_string(folder.path("map.json")).unwrap()).unwrap();
    assert_eq!((&map.nodes, &map.links), (&plain.map.nodes, &plain.map.links));
    assert_eq!(
        links(&plain),
        ["benches -| people-rest", "people-rest ~| benches", "tbc -> people-rest"]
    );
    assert_eq!(nodes(&plain)[0], "enabler Benches");
    assert_eq!(plain.map.nodes[0].tags, ["east", "west"]);
}

#[test]
fn nothing_that_is_said_of_a_connection_is_lost_without_a_word() {
    let import = sheets(
        (&["Label", "Name"], &[&["A", "Alpha"], &["B", ""]]),
        (
            &["From", "To", "Label", "Description", "Source", "Delay"],
            &[&[
                "A",
                "B",
                "by habit",
                "Those who come once come again.",
                "Survey 2025",
                "2 years",
            ]],
        ),
    );
    let link = &import.map.links[0];
    assert_eq!(link.rationale, "by habit\nThose who come once come again.");
    assert_eq!(link.evidence[0].source, "Survey 2025");
    let left: Vec<&str> = import
        .accounts
        .iter()
        .filter(|account| account.what == What::Attribute)
        .map(|account| account.word.as_str())
        .collect();
    assert_eq!(left, ["Delay", "Name"]);
}

#[test]
fn tables_under_a_title_and_rows_without_a_label_are_told() {
    let tables = [
        sheet(
            "e.csv",
            &["Our project"],
            &[&["of 2026"], &["Label", "Type"], &["A", "Output"], &["", "Goal"]],
        ),
        sheet("c.csv", &["From", "To"], &[&["A", "B"], &["A", ""]]),
        sheet("notes.csv", &["Note"], &[&["x"]]),
    ];
    let import = import_kumu_sheets(&tables, &Choices::default()).unwrap();
    assert_eq!(titles(&import), ["A", "B"]);
    assert_eq!(
        whys(&import, What::Other, Outcome::LeftOut),
        [
            "it is above the column names",
            "it has neither labels of elements nor ends of connections",
        ]
    );
    assert_eq!(
        whys(&import, What::Other, Outcome::Fault),
        ["it has no label, so it names no element"]
    );
    assert_eq!(
        whys(&import, What::Relation, Outcome::Fault),
        ["it ends at something that is not an element of the file"]
    );
}

#[test]
fn directions_and_signs_of_kumu_stay_with_what_is_told_of_them() {
    let import = sheets(
        (&["Label"], &[&["A"], &["B"], &["C"]]),
        (
            &["From", "To", "Type", "Direction"],
            &[
                &["A", "B", "-", "directed"],
                &["B", "C", "+", "sideways"],
                &["C", "A", "", "undirected"],
            ],
        ),
    );
    assert_eq!(links(&import), ["a -| b", "a -> c", "b -> c"]);
    assert_eq!(why_of(&import, "a -> b"), "hinders by its type `-`");
    assert_eq!(
        why_of(&import, "b -> c"),
        "its direction is not in known words, so it runs as it is written"
    );
    assert!(why_of(&import, "a -> c").contains("no direction of its own"));
}

#[test]
fn a_stream_and_a_file_of_any_name_are_known_by_what_is_in_them() {
    let folder = Folder::of(&[
        (
            "project.txt",
            b"\n {\"elements\": [{\"label\": \"A\"}], \"connections\": []}",
        ),
        ("both.txt", b"From,To\nA,B\n"),
    ]);
    for (name, says) in [("project.txt", "1 node"), ("both.txt", "2 nodes, 1 link")] {
        let (code, said) = folder.said(&format!("import kumu {name} -o m.json --replace"));
        assert_eq!(code, 0, "{said}");
        assert!(said.contains(says), "{said}");
    }
}
