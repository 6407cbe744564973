//! The kind of a box, read from a word or a heading: one list for every file that comes in.

use benefit_map::exchange::{Choices, Import, Row, Sheet, import_dot, import_graphml, import_kumu, import_kumu_sheets};
use benefit_map::map::{BenefitMap, Node, NodeKind};
use benefit_map::table;

/// Headings of groups and columns, and what they mean.
const HEADINGS: &[(&str, NodeKind)] = &[
    ("Inputs", NodeKind::Investment),
    ("Projects", NodeKind::Enabler),
    ("Activities", NodeKind::Enabler),
    ("Activity 1.1.1", NodeKind::Enabler),
    ("Outputs", NodeKind::Enabler),
    ("Output 1.1", NodeKind::Enabler),
    ("Deliverables", NodeKind::Enabler),
    ("Products", NodeKind::Enabler),
    ("Capabilities", NodeKind::Enabler),
    ("Business changes", NodeKind::BusinessChange),
    ("BUSINESS_CHANGES", NodeKind::BusinessChange),
    ("Short-term outcomes", NodeKind::IntermediateOutcome),
    ("short term outcome", NodeKind::IntermediateOutcome),
    ("Medium-term", NodeKind::IntermediateOutcome),
    ("Results", NodeKind::IntermediateOutcome),
    ("Benefits", NodeKind::IntermediateOutcome),
    ("Outcome 1", NodeKind::IntermediateOutcome),
    ("Long-term outcomes", NodeKind::EndOutcome),
    ("Ultimate outcome", NodeKind::EndOutcome),
    ("Goals", NodeKind::EndOutcome),
    ("Strategic objectives", NodeKind::EndOutcome),
    ("Impacts", NodeKind::EndOutcome),
];

fn of<'m>(map: &'m BenefitMap, title: &str) -> &'m Node {
    map.nodes.iter().find(|node| node.title == title).unwrap()
}

fn sheet(name: &str, header: &[&str], rows: &[&[&str]]) -> Sheet {
    let texts = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    Sheet {
        name: name.to_owned(),
        header: texts(header),
        rows: rows
            .iter()
            .enumerate()
            .map(|(at, cells)| Row {
                number: at + 2,
                cells: texts(cells),
            })
            .collect(),
    }
}

/// The same three boxes in a row, the one in the middle under the heading, by every importer.
fn everywhere(heading: &str) -> Vec<(&'static str, BenefitMap)> {
    let none = Choices::default();
    let map = |import: Result<Import, _>| -> BenefitMap {
        let import: Result<Import, benefit_map::exchange::Error> = import;
        import.unwrap().map
    };
    let quoted = serde_json::to_string(heading).unwrap();
    let dot = format!(
        "digraph {{ a [label=A]; c [label=C]; subgraph cluster_1 {{ label={quoted}; b [label=B]; }} a -> b -> c; }}"
    );
    let typed = format!("digraph {{ a [label=A]; c [label=C]; b [label=B, type={quoted}]; a -> b -> c; }}");
    let graphml = format!(
        "<graphml><key id='k' for='node' attr.name='label'/><graph edgedefault='directed'><node id='a'><data key='k'>A</data></node>\
         <node id='g'><data key='k'>{heading}</data><graph><node id='b'><data key='k'>B</data></node></graph></node>\
         <node id='c'><data key='k'>C</data></node><edge source='a' target='b'/><edge source='b' target='c'/></graph></graphml>"
    );
    let kumu = format!(
        "{{\"elements\": [{{\"label\": \"A\"}}, {{\"label\": \"B\", \"type\": {quoted}}}, {{\"label\": \"C\"}}],\
          \"connections\": [{{\"from\": \"A\", \"to\": \"B\"}}, {{\"from\": \"B\", \"to\": \"C\"}}]}}"
    );
    let sheets = [
        sheet(
            "elements.csv",
            &["Label", "Type"],
            &[&["A", ""], &["B", heading], &["C", ""]],
        ),
        sheet("connections.csv", &["From", "To"], &[&["A", "B"], &["B", "C"]]),
    ];
    let nodes = format!("id,kind,title\nb,{heading},B\n");
    let tables = [table::csv::read("nodes.csv", nodes.as_bytes()).unwrap()];
    vec![
        ("dot, a cluster", map(import_dot(dot.as_bytes(), &none))),
        ("dot, an attribute", map(import_dot(typed.as_bytes(), &none))),
        ("graphml, a group", map(import_graphml(graphml.as_bytes(), &none))),
        ("kumu, json", map(import_kumu(kumu.as_bytes(), &none))),
        ("kumu, tables", map(import_kumu_sheets(&sheets, &none))),
        ("tables", table::import(&tables).unwrap().map),
    ]
}

#[test]
fn group_headings_plural_or_singular_mean_the_same_kind_in_every_file() {
    for (heading, kind) in HEADINGS {
        for (file, map) in everywhere(heading) {
            assert_eq!(of(&map, "B").kind, *kind, "{heading} in {file}");
        }
    }
}

#[test]
fn a_kind_that_a_heading_gives_counts_before_one_guessed_by_place() {
    // One end outcome leads on to the other.
    let text = "digraph { subgraph cluster_1 { label=\"Projects\"; benches } \
        subgraph cluster_2 { label=\"Short-term outcomes\"; rest } \
        subgraph cluster_3 { label=\"Long-term outcomes\"; trade; rents } benches -> rest -> trade -> rents; }";
    let import = import_dot(text.as_bytes(), &Choices::default()).unwrap();
    let kinds: Vec<(&str, NodeKind)> = import
        .map
        .nodes
        .iter()
        .map(|node| (node.id.as_str(), node.kind))
        .collect();
    assert_eq!(
        kinds,
        [
            ("benches", NodeKind::Enabler),
            ("rest", NodeKind::IntermediateOutcome),
            ("rents", NodeKind::EndOutcome),
            ("trade", NodeKind::EndOutcome),
        ]
    );
    assert!(import.map.nodes.iter().all(|node| node.tags.is_empty()));
}

#[test]
fn a_heading_that_says_more_than_the_kind_marks_what_is_under_it() {
    for (heading, marks) in [
        ("Disbenefits", (true, false)),
        ("Negative outcomes", (true, false)),
        ("Unintended consequences", (false, true)),
        ("Benefits", (false, false)),
    ] {
        for (file, map) in everywhere(heading) {
            let node = of(&map, "B");
            assert_eq!((node.disbenefit, node.unintended), marks, "{heading} in {file}");
            assert_eq!(node.kind, NodeKind::IntermediateOutcome, "{heading} in {file}");
        }
    }
}

#[test]
fn the_page_lists_the_words_that_are_read() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/exchange.md")).unwrap();
    let mut read = 0;
    for kind in NodeKind::ALL {
        let head = format!("| {} | ", kind.label().to_lowercase());
        let line = page.lines().find(|line| line.starts_with(&head)).unwrap();
        // What stands after a `;` is of two parts; the nouns before it stand alone.
        let (alone, rest) = line[head.len()..].split_once(';').unwrap_or((&line[head.len()..], ""));
        let more = rest.rsplit_once(';').map_or("", |(_, words)| words);
        for word in alone.split(',').chain(more.split(',')) {
            let word = word.trim_matches([' ', '|']);
            if word.is_empty() || word.contains(" or ") {
                continue;
            }
            assert_eq!(NodeKind::named(word), Some(*kind), "{word}");
            read += 1;
        }
    }
    assert!(read > 40, "{read}");
}
