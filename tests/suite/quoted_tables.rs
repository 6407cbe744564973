//! Tables in which every cell stands in quotes, as many programs write CSV, and tables under a marking: both are tables to
//! every command that reads some, although JSON begins with the same signs.

use crate::support::folder::Folder;

const MAP: &str = r#"{"format": 1, "title": "Dry cellars",
    "nodes": [{"id": "dry", "kind": "end-outcome", "title": "Cellars stay dry"}],
    "kpis": [{"id": "k", "node": "dry", "title": "Cellars dry all winter", "unit": "%", "direction": "increase",
              "baseline": {"date": "2024-03-31", "value": 40}, "targets": [{"date": "2027-03-31", "value": 70}]}]}"#;

/// The line runs, and its words hold these.
fn holds(folder: &Folder, line: &str, words: &str) {
    let ran = folder.run(line);
    let said = ran.out.clone() + &ran.told;
    assert_eq!(ran.code, 0, "{line}: {said}");
    assert!(said.contains(words), "{line}: {said}");
}

#[test]
fn measurements_in_quotes_are_measurements() {
    for (name, text) in [
        ("commas", "\"kpi\",\"date\",\"value\"\n\"k\",\"2026-03-31\",\"61\"\n"),
        (
            "semicolons",
            "\u{feff}\"kpi\";\"date\";\"value\"\r\n\"k\";\"2026-03-31\";\"61\"\r\n",
        ),
        (
            "a title",
            "\"Winter, 2026\"\n\"kpi\",\"date\",\"value\"\n\"k\",\"2026-03-31\",\"61\"\n",
        ),
        ("a marking", "[OFFICIAL]\nkpi,date,value\nk,2026-03-31,61\n"),
    ] {
        let folder = Folder::new();
        folder.put("map.json", MAP);
        folder.put("m.csv", text);
        let line = "status map.json --measurements m.csv --as-of 2026-04-30";
        assert!(folder.run(line).out.contains("61% on 2026-03-31"), "{name}");
        holds(&folder, line, "61% on 2026-03-31");
    }
}

#[test]
fn tables_in_quotes_are_read_by_every_import() {
    let folder = Folder::new();
    folder.put(
        "tables/nodes.csv",
        "\"id\",\"kind\",\"title\"\n\"a\",\"enabler\",\"Seats\"\n",
    );
    folder.put(
        "elements.csv",
        "\"label\",\"type\"\n\"Seats\",\"Output\"\n\"Rest\",\"Outcome\"\n",
    );
    folder.put("connections.csv", "\"from\",\"to\"\n\"Seats\",\"Rest\"\n");
    holds(
        &folder,
        "import tables tables -o a.json",
        "wrote a.json from tables: 1 node",
    );
    holds(
        &folder,
        "import kumu elements.csv connections.csv -o b.json",
        "2 nodes, 1 link",
    );
}

#[test]
fn archi_csv_directed_as_the_program_reads_it() {
    let folder = Folder::new();
    folder.put(
        "elements.csv",
        "\"ID\",\"Type\",\"Name\",\"Documentation\",\"Specialization\"\n\"b\",\"Outcome\",\"Walls dry\",\"\",\"\"\n\"a\",\"Capability\",\"Pumps\",\"\",\"\"\n",
    );
    folder.put(
        "relations.csv",
        "\"ID\",\"Type\",\"Name\",\"Documentation\",\"Source\",\"Target\",\"Specialization\"\n\"r\",\"AssociationRelationship\",\"\",\"\",\"b\",\"a\",\"\"\n",
    );
    folder.put(
        "properties.csv",
        "\"ID\",\"Key\",\"Value\"\n\"r\",\"Directed\",\"true\"\n",
    );
    holds(&folder, "import archi-csv . -o map.json", "2 nodes, 1 link");
    let map: benefit_map::map::BenefitMap =
        serde_json::from_slice(&std::fs::read(folder.at("map.json")).unwrap()).unwrap();
    let titles = |id: &benefit_map::map::NodeId| map.nodes.iter().find(|node| node.id == *id).unwrap().title.clone();
    assert_eq!(
        (titles(&map.links[0].from), titles(&map.links[0].to)),
        ("Walls dry".to_owned(), "Pumps".to_owned())
    );
}

#[test]
fn a_table_in_quotes_where_a_map_is_meant_is_called_one() {
    let folder = Folder::new();
    folder.put("nodes.csv", "\"id\",\"kind\",\"title\"\n\"a\",\"enabler\",\"Seats\"\n");
    let ran = folder.run("check nodes.csv");
    assert_eq!(ran.code, 2);
    assert!(
        ran.told.contains("this is a table (CSV), and not a benefit map"),
        "{}",
        ran.told
    );
}
