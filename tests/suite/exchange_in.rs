//! Files that other drawing and modelling tools wrote, on their way in: what becomes of every part, and what is refused.

#![allow(clippy::print_stderr, reason = "a test that skips says so")]

use std::path::{Path, PathBuf};

use benefit_map::exchange::{
    Choices, Error, Fate, Import, Row, Sheet, What, import_archi_csv, import_archimate, import_dot, import_graphml,
    import_kumu, import_kumu_sheets,
};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{Effect, NodeKind, Strength};
use benefit_map::table;

type Reader = fn(&[u8], &Choices) -> Result<Import, Error>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn fixture(name: &str) -> PathBuf {
    root().join("tests/fixtures/exchange").join(name)
}

fn sheets(paths: &[PathBuf]) -> Vec<Sheet> {
    let sheet = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        let raw = table::csv::read(&name, &std::fs::read(path).unwrap()).unwrap();
        let row = |row: &table::RawRow| Row {
            number: row.number,
            cells: row.cells.iter().map(|cell| cell.to_text().into_owned()).collect(),
        };
        Sheet {
            name: raw.file.clone(),
            header: raw.header.clone(),
            rows: raw.rows.iter().map(row).collect(),
        }
    };
    paths.iter().map(sheet).collect()
}

/// The accounts in short: what the thing is called in the file, and what became of it.
fn fates(import: &Import, what: What) -> Vec<String> {
    let of_it = import.accounts.iter().filter(|account| account.what == what);
    let fate = |fate: &Fate| match fate {
        Fate::Kept {
            id, kind: Some(kind), ..
        } => format!("{kind} {id}"),
        Fate::Kept { id, .. } => id.clone(),
        Fate::LeftOut { .. } => "-".to_owned(),
        Fate::Fault { .. } => "fault".to_owned(),
    };
    of_it
        .map(|account| format!("{} {}: {}", account.id, account.word, fate(&account.fate)))
        .collect()
}

#[test]
fn a_model_of_another_tool_is_read_and_all_of_it_accounted_for() {
    let bytes = std::fs::read(fixture("model.xml")).unwrap();
    let import = import_archimate(&bytes, &Choices::default()).unwrap();
    assert_eq!(import.map.title, "Libraries");
    assert_eq!(
        fates(&import, What::Element),
        [
            "id-1 Resource: investment library-budget",
            "id-2 Deliverable: enabler kiosks-in-every-library",
            "id-3 WorkPackage: investment staff-freed-from-the-desk",
            "id-4 Outcome: intermediate-outcome shorter-queues",
            "id-5 Goal: end-outcome more-people-reading",
            "id-6 Stakeholder: -",
            "id-7 Outcome: intermediate-outcome shorter-queues-2",
        ]
    );
    assert_eq!(
        fates(&import, What::Relation),
        [
            "r-1 Assignment: library-budget -> kiosks-in-every-library",
            "r-2 Realization: kiosks-in-every-library -> shorter-queues",
            "r-3 Influence: staff-freed-from-the-desk -> shorter-queues",
            "r-4 Association: shorter-queues -> more-people-reading",
            "r-5 Composition: shorter-queues-2 -> shorter-queues",
            "r-6 Association: -",
            "r-7 Specialization: -",
            "r-8 Influence: shorter-queues -> more-people-reading",
            "r-9 Realization: fault",
        ]
    );
    let hinders: Vec<_> = import
        .map
        .links
        .iter()
        .filter(|link| link.effect == Effect::Hinders)
        .map(|link| link.from.as_str())
        .collect();
    assert_eq!(hinders, ["staff-freed-from-the-desk"]);
    assert_eq!(
        import
            .map
            .nodes
            .iter()
            .find(|node| node.kind == NodeKind::Enabler)
            .unwrap()
            .tags,
        ["self-service"]
    );
    let kinds = Choices::new(
        ["Stakeholder=enabler", "deliverable=leave-out", "Driver=enabler"].map(|choice| choice.parse().unwrap()),
    );
    let chosen = import_archimate(&bytes, &kinds).unwrap();
    assert_eq!(chosen.unused, ["Driver"]);
    assert_eq!(
        fates(&chosen, What::Element)[5],
        "id-6 Stakeholder: enabler head-librarian"
    );
    assert_eq!(fates(&chosen, What::Element)[1], "id-2 Deliverable: -");
    assert_eq!(fates(&chosen, What::Relation)[0], "r-1 Assignment: -");
}

#[test]
fn the_tables_of_archi_are_read() {
    let paths = ["elements.csv", "relations.csv", "properties.csv"].map(|name| fixture("archi").join(name));
    let import = import_archi_csv(&sheets(&paths), &Choices::default()).unwrap();
    assert_eq!(import.map.title, "Libraries");
    assert_eq!(
        fates(&import, What::Element),
        [
            "id-1 Capability: enabler kiosks",
            "id-2 Outcome: intermediate-outcome shorter-queues",
            "id-3 Driver: -"
        ]
    );
    assert_eq!(
        fates(&import, What::Relation),
        ["r-1 Realization: kiosks -> shorter-queues", "r-2 Influence: -"]
    );
    assert_eq!(import.map.nodes[0].tags, ["self-service"]);
    assert!(matches!(
        import_archi_csv(&sheets(&paths[1..]), &Choices::default()),
        Err(Error::NoElements { .. })
    ));
}

#[test]
fn a_kumu_project_is_read_as_json_and_as_tables() {
    let import = import_kumu(&std::fs::read(fixture("kumu.json")).unwrap(), &Choices::default()).unwrap();
    assert_eq!(
        fates(&import, What::Element),
        [
            "elem-1 Intervention: enabler reading-clubs",
            "elem-2 Faktor: intermediate-outcome freude-am-lesen",
            "elem-3 Goal: end-outcome more-people-reading",
            "elem-9 : end-outcome elem-9",
        ]
    );
    assert_eq!(
        fates(&import, What::Relation),
        [
            "conn-1 ++: reading-clubs -> freude-am-lesen",
            "conn-2 ++: freude-am-lesen -> more-people-reading",
            "conn-3 +-: reading-clubs -> more-people-reading",
            "conn-4 : reading-clubs -> elem-9",
        ]
    );
    let first = &import.map.links.iter().find(|link| link.evidence.len() == 1).unwrap();
    assert_eq!(first.evidence[0].strength, Some(Strength::Assumed));
    let hinders = import
        .map
        .links
        .iter()
        .filter(|link| link.effect == Effect::Hinders)
        .count();
    assert_eq!(hinders, 1);
    // A connection that runs both ways is a link and its feedback.
    assert_eq!(import.map.links.iter().filter(|link| link.feedback).count(), 1);
    let paths = ["elements.csv", "connections.csv"].map(|name| fixture("kumu").join(name));
    let import = import_kumu_sheets(&sheets(&paths), &Choices::default()).unwrap();
    assert_eq!(
        fates(&import, What::Element),
        [
            "Reading clubs Activity: enabler reading-clubs",
            "Joy Outcome: intermediate-outcome joy",
            "Health : end-outcome health"
        ]
    );
    assert_eq!(
        fates(&import, What::Relation),
        [" : reading-clubs -> joy", " +: joy -> health"]
    );
    assert_eq!(
        import
            .map
            .nodes
            .iter()
            .find(|node| node.id.as_str() == "reading-clubs")
            .unwrap()
            .tags,
        ["adults", "children"]
    );
}

#[test]
fn a_drawing_of_yed_is_read_with_its_groups_and_arrows() {
    let import = import_graphml(&std::fs::read(fixture("yed.graphml")).unwrap(), &Choices::default()).unwrap();
    assert_eq!(
        fates(&import, What::Element),
        [
            "n0 group: -",
            "n0::n0 Enablers: enabler kiosks",
            "n0::n1 Enablers: enabler training",
            "n1 : intermediate-outcome shorter-queues",
            "n2 goal: end-outcome more-people-reading",
        ]
    );
    assert_eq!(
        fates(&import, What::Relation),
        [
            "e0 : kiosks -> shorter-queues",
            "e1 : shorter-queues -> more-people-reading",
            "e2 : training -> shorter-queues",
            "e3 : -",
        ]
    );
    let reason = &import
        .map
        .links
        .iter()
        .find(|link| link.from.as_str() == "kiosks")
        .unwrap()
        .rationale;
    assert_eq!(reason, "no waiting");
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    const HEAD: &str = "<model xmlns=\"http://www.opengroup.org/xsd/archimate/3.0/\" xmlns:xsi=\"x\" identifier=\"m\">";
    let laughs = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><graphml>&b;</graphml>";
    let twice =
        format!("{HEAD}\n<elements>\n<element identifier=\"a\"/>\n<element identifier=\"a\"/></elements></model>");
    let nameless = format!("{HEAD}\n<elements>\n<element/></elements></model>");
    let cases: Vec<(Reader, &[u8], &str)> = vec![
        (
            import_graphml,
            laughs.as_bytes(),
            "line 1, column 1: the file has a document type",
        ),
        (
            import_graphml,
            b"<mxfile/>",
            "it is a draw.io file, and a GraphML file was asked for",
        ),
        (import_graphml, b"<graphml/>", "line 1: there is no `graph` in the file"),
        (
            import_graphml,
            b"<graphml><graph><node/></graph></graphml>",
            "line 1: this `node` has no `id`",
        ),
        (
            import_graphml,
            b"<?xml version=\"1.0\" encoding=\"KOI8-R\"?><graphml>\xC1</graphml>",
            "line 1: the file says that its encoding is `koi8-r`",
        ),
        (
            import_graphml,
            b"<graphml>\n\x81</graphml>",
            "line 2: the byte 0x81 is not UTF-8",
        ),
        (
            import_archimate,
            twice.as_bytes(),
            "line 4: the id `a` is taken by the one at line 3",
        ),
        (
            import_archimate,
            nameless.as_bytes(),
            "line 3: this `element` has no `identifier`",
        ),
        (
            import_archimate,
            b"<archimate:model xmlns:archimate=\"http://www.archimatetool.com/archimate\"/>",
            "it is a `model` of another sort",
        ),
        (
            import_archimate,
            b"<a><b></a>",
            "line 1, column 7: this is not well-formed XML",
        ),
        (
            import_dot,
            b"graph {\n a -- }",
            "line 2, column 7: `}` stands where the node that the edge leads to is meant",
        ),
        (
            import_kumu,
            b"{\n \"elements\": [,]}",
            "line 2, column 15: this is not JSON",
        ),
        (import_kumu, b"[]", "line 1: a Kumu project is an object"),
        (import_kumu, b"{\"elements\": [1]}", "element 1: it is no object"),
        (
            import_kumu,
            b"{\"elements\": [{\"_id\":\"a\"},{\"_id\":\"a\"}]}",
            "element 2: the id `a` is taken by the one at element 1",
        ),
        (import_kumu, b"PK\x03\x04", "it is a workbook or an archive"),
    ];
    for (read, bytes, says) in cases {
        let error = read(bytes, &Choices::default()).unwrap_err().to_string();
        assert!(error.starts_with(says), "{}: {error}", String::from_utf8_lossy(bytes));
    }
    let deep = format!("{{\"elements\": {}", "[".repeat(100_000));
    assert!(matches!(
        import_kumu(deep.as_bytes(), &Choices::default()),
        Err(Error::Syntax { .. })
    ));
}

/// Where files stand that other tools wrote, beside the checkout.
fn samples() -> Option<PathBuf> {
    let folder = root().join("../shared/samples");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: there are no files of other tools at {}", folder.display());
    None
}

#[test]
fn files_that_other_tools_wrote_are_accounted_for() {
    let Some(folder) = samples() else { return };
    let archi = ["elements.csv", "relations.csv"].map(|name| folder.join("archi-csv-esdc-2859").join(name));
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let none = Choices::default();
    let imports = [
        (
            import_archimate(&read("archimate-oef-esdc-1439.xml"), &none).unwrap(),
            (1439, 449),
            1146,
        ),
        (import_archi_csv(&sheets(&archi), &none).unwrap(), (2859, 492), 2588),
        (
            import_kumu(&read("kumu-drm-main-189x687.json"), &none).unwrap(),
            (189, 189),
            687,
        ),
        (
            import_kumu(&read("kumu-drm-dailies-impact.json"), &none).unwrap(),
            (12, 12),
            15,
        ),
    ];
    for (import, elements, relations) in imports {
        assert_eq!(import.count(What::Element), elements);
        assert_eq!(import.count(What::Relation).0, relations);
        assert_eq!(import.map.nodes.len(), elements.1);
        let graph = BenefitGraph::new(&import.map);
        assert!(graph.duplicates().is_empty() && graph.dangling().is_empty());
        let told: usize = import.groups().iter().map(|group| group.count).sum();
        assert_eq!(told, import.accounts.len());
    }
}
