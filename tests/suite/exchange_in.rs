//! Files that other drawing and modelling tools wrote, on their way in: what becomes of every part, and what is refused.

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
            "it is a draw.io file, but a GraphML file is needed",
        ),
        (import_graphml, b"<graphml/>", "line 1: the file has no `graph`"),
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
            "it is a `model` of another type",
        ),
        (
            import_archimate,
            b"<a><b></a>",
            "line 1, column 7: this is not well-formed XML",
        ),
        (
            import_dot,
            b"graph {\n a -- }",
            "line 2, column 7: `}` is where the node that the edge leads to should be",
        ),
        (
            import_kumu,
            b"{\n \"elements\": [,]}",
            "line 2, column 15: this is not JSON",
        ),
        (import_kumu, b"[]", "line 1: a Kumu project is an object"),
        (import_kumu, b"{\"elements\": [1]}", "element 1: it is not an object"),
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

/// Types of elements that ArchiMate has: with a place on a map, and without.
const TYPES: [(&str, bool); 10] = [
    ("Resource", true),
    ("WorkPackage", true),
    ("Capability", true),
    ("CourseOfAction", true),
    ("Outcome", true),
    ("Goal", true),
    ("Stakeholder", false),
    ("Driver", false),
    ("Requirement", false),
    ("Value", false),
];
/// Elements and relations of a model as large as those of a department.
const LARGE: (usize, usize) = (1500, 1200);

/// The ends of a relation of a large model.
fn ends(at: usize) -> (usize, usize) {
    (at * 7 % LARGE.0, (at * 13 + 5) % LARGE.0)
}

fn large_archimate() -> String {
    let elements = (0..LARGE.0).map(|at| {
        let word = TYPES[at % TYPES.len()].0;
        format!("<element identifier=\"id-{at}\" xsi:type=\"{word}\"><name>{word} {at}</name></element>")
    });
    let relations = (0..LARGE.1).map(|at| {
        let ((from, to), word) = (
            ends(at),
            ["Association", "Influence", "Realization", "Composition"][at % 4],
        );
        format!("<relationship identifier=\"r-{at}\" source=\"id-{from}\" target=\"id-{to}\" xsi:type=\"{word}\"/>")
    });
    format!(
        "<model xmlns=\"http://www.opengroup.org/xsd/archimate/3.0/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         identifier=\"m\"><name>Large</name><elements>{}</elements><relationships>{}</relationships></model>",
        elements.collect::<String>(),
        relations.collect::<String>()
    )
}

fn large_archi() -> Vec<Sheet> {
    let sheet = |name: &str, header: &[&str], rows: Vec<Vec<String>>| Sheet {
        name: name.to_owned(),
        header: header.iter().map(|name| (*name).to_owned()).collect(),
        rows: rows
            .into_iter()
            .zip(2..)
            .map(|(cells, number)| Row { number, cells })
            .collect(),
    };
    let elements = (0..LARGE.0).map(|at| {
        let word = TYPES[at % TYPES.len()].0;
        vec![
            format!("id-{at}"),
            word.to_owned(),
            format!("{word} {at}"),
            String::new(),
        ]
    });
    let relations = (0..LARGE.1).map(|at| {
        let ((from, to), word) = (
            ends(at),
            ["Association", "Influence", "Realization", "Composition"][at % 4],
        );
        let cells = [
            format!("r-{at}"),
            format!("{word}Relationship"),
            String::new(),
            String::new(),
        ];
        cells
            .into_iter()
            .chain([format!("id-{from}"), format!("id-{to}")])
            .collect()
    });
    vec![
        sheet(
            "elements.csv",
            &["ID", "Type", "Name", "Documentation"],
            elements.collect(),
        ),
        sheet(
            "relations.csv",
            &["ID", "Type", "Name", "Documentation", "Source", "Target"],
            relations.collect(),
        ),
    ]
}

fn large_kumu() -> String {
    let elements = (0..LARGE.0).map(|at| {
        let word = ["Goal", "Outcome", "Activity", "Project", "Intervention"][at % 5];
        format!("{{\"_id\": \"e{at}\", \"attributes\": {{\"label\": \"{word} {at}\", \"element type\": \"{word}\"}}}}")
    });
    let connections = (0..LARGE.1).map(|at| {
        let ((from, to), way) = (ends(at), ["directed", "mutual", "undirected"][at % 3]);
        format!("{{\"_id\": \"c{at}\", \"from\": \"e{from}\", \"to\": \"e{to}\", \"direction\": \"{way}\", \"attributes\": {{}}}}")
    });
    format!(
        "{{\"elements\": [{}], \"connections\": [{}]}}",
        elements.collect::<Vec<_>>().join(","),
        connections.collect::<Vec<_>>().join(",")
    )
}

#[test]
fn all_of_a_large_file_of_other_tools_is_accounted_for() {
    let none = Choices::default();
    let kept = (0..LARGE.0).filter(|at| TYPES[at % TYPES.len()].1).count();
    let imports = [
        (import_archimate(large_archimate().as_bytes(), &none).unwrap(), kept),
        (import_archi_csv(&large_archi(), &none).unwrap(), kept),
        (import_kumu(large_kumu().as_bytes(), &none).unwrap(), LARGE.0),
    ];
    for (import, nodes) in imports {
        assert_eq!(import.count(What::Element), (LARGE.0, nodes));
        assert_eq!(import.count(What::Relation).0, LARGE.1);
        assert_eq!(import.map.nodes.len(), nodes);
        let graph = BenefitGraph::new(&import.map);
        assert!(graph.duplicates().is_empty() && graph.dangling().is_empty());
        let told: usize = import.groups().iter().map(|group| group.count).sum();
        assert_eq!(told, import.accounts.len());
    }
}
