//! Files of other drawing and modelling tools, out and in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use benefit_map::exchange::{
    Choices, Error, Format, Import, What, export, import_archimate, import_dot, import_graphml, import_kumu,
};
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{LayoutOptions, layout};
use benefit_map::map::{BenefitMap, Effect, Link, Node, NodeId, NodeKind};
use proptest::prelude::*;
use roxmltree::Document;

use crate::support::generate;
use crate::support::program::program;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn example() -> BenefitMap {
    let text = std::fs::read_to_string(root().join("examples/maps/smart-waste/map.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What the formats with attributes carry of a map: all but measures, risks, plans, orders and accepted findings.
fn carried(map: &BenefitMap) -> BenefitMap {
    let mut map = map.clone();
    map.schema.clear();
    map.document = None;
    map.appraisal = None;
    map.kpis.clear();
    map.risks.clear();
    map.plans.clear();
    map.allow.clear();
    map.reviews.clear();
    map.arrangement = None;
    map.canonicalize();
    map
}

type Reader = fn(&[u8], &Choices) -> Result<Import, Error>;

const BOTH_WAYS: [(Format, Reader); 3] = [
    (Format::Dot, import_dot),
    (Format::Graphml, import_graphml),
    (Format::Archimate, import_archimate),
];

fn node(id: &str, kind: NodeKind, title: &str) -> Node {
    Node::new(NodeId::new(id).unwrap(), kind, title)
}

fn link(from: &str, to: &str) -> Link {
    Link::new(NodeId::new(from).unwrap(), NodeId::new(to).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_a_format_carries_comes_back(map in generate::maps()) {
        for (format, read) in BOTH_WAYS {
            let text = export(&map, format).text;
            let import = read(text.as_bytes(), &Choices::default()).unwrap();
            prop_assert_eq!(&import.map, &carried(&map), "{}", format);
            prop_assert_eq!(import.count(What::Element), (map.nodes.len(), map.nodes.len()));
        }
    }

    #[test]
    fn the_order_of_the_records_has_no_say(map in generate::maps()) {
        let mut turned = map.clone();
        turned.nodes.reverse();
        turned.links.reverse();
        turned.owners.reverse();
        for format in Format::ALL {
            prop_assert_eq!(export(&map, *format), export(&turned, *format));
        }
    }

    #[test]
    fn every_drawing_is_sound(map in generate::maps()) {
        the_drawio_file_is_sound(&map);
        the_model_keeps_the_schema(&export(&map, Format::Archimate).text);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[<>/a-z =\"'&;#{}\\[\\]:,\\->\n]{0,120}") {
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            for read in [import_dot, import_graphml, import_archimate, import_kumu] {
                let _ = read(bytes, &Choices::default());
            }
        }
    }
}

/// The text of a piece of HTML, as a browser shows it.
fn shown(html: &str) -> String {
    let wrapped = format!("<p>{}</p>", html.replace("<br>", "\n"));
    let document = Document::parse(&wrapped).unwrap_or_else(|e| panic!("{html}: {e}"));
    document
        .descendants()
        .filter(|part| part.is_text())
        .map(|part| part.text().unwrap())
        .collect()
}

fn words(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Reads a draw.io file as another XML reader sees it: ids once, lines attached to shapes that there are, boxes where
/// the picture has them, titles as they are.
fn the_drawio_file_is_sound(map: &BenefitMap) {
    let text = export(map, Format::Drawio).text;
    let document = Document::parse(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
    assert_eq!(document.root_element().tag_name().name(), "mxfile");
    let cells: Vec<_> = document
        .descendants()
        .filter(|part| part.has_tag_name("mxCell"))
        .collect();
    let id = |cell: &roxmltree::Node<'_, '_>| {
        let holder = if cell.parent().unwrap().has_tag_name("object") {
            cell.parent().unwrap()
        } else {
            *cell
        };
        holder.attribute("id").unwrap().to_owned()
    };
    let ids: Vec<String> = cells.iter().map(&id).collect();
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "each id once");
    let number =
        |part: &roxmltree::Node<'_, '_>, name: &str| part.attribute(name).unwrap_or("0").parse::<f64>().unwrap();
    let mut areas: BTreeMap<String, (f64, f64, f64, f64)> = BTreeMap::new();
    for cell in &cells {
        if let Some(parent) = cell.attribute("parent") {
            assert!(unique.contains(&parent.to_owned()), "the parent `{parent}` is there");
        }
        let Some(geometry) = cell.children().find(|part| part.has_tag_name("mxGeometry")) else {
            continue;
        };
        if cell.attribute("vertex") == Some("1") {
            let (x, y) = areas
                .get(cell.attribute("parent").unwrap())
                .map_or((0.0, 0.0), |(x, y, ..)| (*x, *y));
            let [w, h] = ["width", "height"].map(|name| number(&geometry, name));
            areas.insert(id(cell), (x + number(&geometry, "x"), y + number(&geometry, "y"), w, h));
        }
    }
    let mut map = map.clone();
    map.canonicalize();
    let graph = BenefitGraph::new(&map);
    let scene = layout(&graph, &LayoutOptions::default());
    assert_eq!(areas.keys().filter(|id| id.starts_with("node-")).count(), graph.len());
    for card in &scene.cards {
        let (x, y, w, h) = areas[&format!("node-{}", card.id)];
        let area = card.area();
        for (there, here) in [(x, area.x), (y, area.y), (w, area.w), (h, area.h)] {
            assert!((there - here).abs() < 0.02, "{}: {there} and {here}", card.id);
        }
    }
    let mut lines = 0;
    for cell in cells.iter().filter(|cell| cell.attribute("edge") == Some("1")) {
        if id(cell).starts_with("legend") {
            continue;
        }
        lines += 1;
        for end in ["source", "target"] {
            assert!(
                areas.contains_key(cell.attribute(end).unwrap()),
                "{end} of {}",
                id(cell)
            );
        }
        let style = cell.attribute("style").unwrap();
        assert!(style.contains("exitX=") && style.contains("entryX="), "{style}");
    }
    assert_eq!(lines, graph.links().len());
    for object in document
        .descendants()
        .filter(|part| part.has_tag_name("object") && part.attribute("node").is_some())
    {
        let node = map
            .nodes
            .iter()
            .find(|node| Some(node.id.as_str()) == object.attribute("node"))
            .unwrap();
        assert_eq!(object.attribute("title").unwrap_or(""), node.title);
        assert!(
            words(&shown(object.attribute("label").unwrap())).starts_with(&words(&node.title)),
            "{}",
            node.title
        );
        assert_eq!(object.attribute("kind"), Some(node.kind.as_str()));
    }
}

/// Holds a model against what the schemas of The Open Group ask for (archimate3_Model.xsd and archimate3_Diagram.xsd):
/// the order of parts, ids of their kind and each once, references to what is there, whole numbers.
fn the_model_keeps_the_schema(text: &str) {
    const SPACE: &str = "http://www.opengroup.org/xsd/archimate/3.0/";
    let document = Document::parse(text).unwrap_or_else(|e| panic!("{e}: {text}"));
    let order = |parent: &str| -> &[&str] {
        match parent {
            "model" => &[
                "name",
                "documentation",
                "properties",
                "metadata",
                "elements",
                "relationships",
                "organizations",
                "propertyDefinitions",
                "views",
            ],
            "element" | "relationship" => &["name", "documentation", "properties"],
            "propertyDefinition" => &["name", "documentation"],
            "view" => &["name", "documentation", "properties", "node", "connection"],
            "node" => &["label", "documentation", "style", "viewRef", "node"],
            "connection" => &[
                "label",
                "documentation",
                "style",
                "viewRef",
                "sourceAttachment",
                "bendpoint",
                "targetAttachment",
            ],
            "elements" => &["element"],
            "relationships" => &["relationship"],
            "propertyDefinitions" => &["propertyDefinition"],
            "properties" => &["property"],
            "property" => &["value"],
            "views" => &["diagrams"],
            "diagrams" => &["view"],
            "style" => &["fillColor", "lineColor", "font"],
            _ => &[],
        }
    };
    let mut ids: BTreeMap<&str, &str> = BTreeMap::new();
    for part in document.descendants().filter(|part| part.is_element()) {
        assert_eq!(part.tag_name().namespace(), Some(SPACE));
        let name = part.tag_name().name();
        let places: Vec<usize> = part
            .children()
            .filter(|child| child.is_element())
            .map(|child| {
                let found = order(name).iter().position(|own| *own == child.tag_name().name());
                found.unwrap_or_else(|| panic!("`{}` in `{name}`", child.tag_name().name()))
            })
            .collect();
        assert!(
            places.is_sorted(),
            "the parts of `{name}` stand in the order of the schema"
        );
        if name.ends_with('s') && name != "views" && name != "diagrams" {
            assert!(!places.is_empty(), "`{name}` may not be empty");
        }
        if let Some(id) = part.attribute("identifier") {
            assert!(id.starts_with(|c: char| c.is_ascii_alphabetic()), "`{id}` is an NCName");
            assert!(
                id.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b)),
                "`{id}` is an NCName"
            );
            assert!(ids.insert(id, name).is_none(), "`{id}` stands once");
        }
        for (name, least) in [("x", 0), ("y", 0), ("w", 1), ("h", 1)] {
            if let Some(value) = part.attribute(name) {
                assert!(value.parse::<u64>().unwrap() >= least);
            }
        }
    }
    const TYPE: (&str, &str) = ("http://www.w3.org/2001/XMLSchema-instance", "type");
    for part in document.descendants().filter(|part| part.is_element()) {
        let refers = |attribute: &str, wanted: &[&str]| {
            let id = part
                .attribute(attribute)
                .unwrap_or_else(|| panic!("`{attribute}` of `{}`", part.tag_name().name()));
            assert!(wanted.contains(&ids[id]), "`{attribute}` names a {}", ids[id]);
        };
        match part.tag_name().name() {
            "relationship" => {
                refers("source", &["element", "relationship"]);
                refers("target", &["element", "relationship"]);
                assert!(
                    ["Association", "Realization", "Influence", "Assignment"].contains(&part.attribute(TYPE).unwrap())
                );
            }
            "element" => assert!(
                ["Resource", "Capability", "CourseOfAction", "Outcome", "Goal"]
                    .contains(&part.attribute(TYPE).unwrap())
            ),
            "property" => refers("propertyDefinitionRef", &["propertyDefinition"]),
            "propertyDefinition" => assert_eq!(part.attribute("type"), Some("string")),
            "connection" => {
                refers("relationshipRef", &["relationship"]);
                refers("source", &["node", "connection"]);
                refers("target", &["node", "connection"]);
            }
            "node" if part.attribute(TYPE) == Some("Element") => refers("elementRef", &["element"]),
            _ => {}
        }
    }
}

#[test]
fn the_example_goes_out_and_comes_back() {
    let map = example();
    the_drawio_file_is_sound(&map);
    the_model_keeps_the_schema(&export(&map, Format::Archimate).text);
    for (format, read) in BOTH_WAYS {
        let sent = export(&map, format);
        assert_eq!(
            read(sent.text.as_bytes(), &Choices::default()).unwrap().map,
            carried(&map)
        );
        let left: Vec<usize> = sent.left.iter().map(|left| left.count).collect();
        let ordered = map.arrangement.as_ref().unwrap().order.iter().count();
        assert_eq!(
            left,
            [
                usize::from(map.appraisal.is_some()),
                usize::from(map.document.is_some()),
                map.kpis.len(),
                map.risks.len(),
                map.plans.len(),
                map.reviews.len(),
                ordered,
                map.allow.len()
            ],
            "{format}"
        );
    }
    let mermaid = export(&map, Format::Mermaid);
    assert!(
        mermaid.left.iter().any(|left| left.what.1 == "pieces of evidence"),
        "{:?}",
        mermaid.left
    );
    let arrows = mermaid.text.lines().filter(|line| {
        [" --> ", " --x|", " -.->|", " -.-x|", " -.-|"]
            .iter()
            .any(|arrow| line.contains(arrow))
    });
    assert_eq!(arrows.count(), map.links.len());
}

#[test]
fn links_to_nothing_and_second_nodes_of_an_id_are_told() {
    let mut map = BenefitMap::new("");
    map.nodes = vec![node("a", NodeKind::Enabler, "A"), node("a", NodeKind::Enabler, "B")];
    map.links = vec![link("a", "nothing")];
    for format in Format::ALL {
        let left: Vec<&str> = export(&map, *format).left.iter().map(|left| left.what.0).collect();
        assert_eq!(left, ["node whose id is another's", "link to nothing"]);
    }
}

/// Titles that break what is careless.
fn hostile() -> Vec<String> {
    let mut titles: Vec<String> = [
        "a < b & c > d \"e\" 'f' ]]> <!-- -->",
        "<script>alert(1)</script> &lt; &amp;amp; &#65;",
        "שלום עולם, مدينة",
        "👩🏽‍🔧 🚮 日本",
        "two\nlines",
        "\\N \\G \\l \\\\ \\",
        "1. not a list",
        "- nor this",
        "`*bold*` __x__ ~~y~~ #quot; %% end; subgraph a|b|c {x} [y] (z)",
        "\"\"]:::c --> n_b %%{init: {}}%%",
        "---\ntitle: x",
        "100 % $x^2$ -> -- ; : ,",
    ]
    .map(str::to_owned)
    .to_vec();
    titles.push("w".repeat(400));
    titles.push(format!("short {} end", "ü".repeat(400)));
    titles
}

fn hostile_map() -> BenefitMap {
    let mut map = BenefitMap::new("<T> & \"title\" ]]> \\");
    for (at, title) in hostile().into_iter().enumerate() {
        let kind = NodeKind::ALL[at % NodeKind::ALL.len()];
        let mut node = node(&format!("n{at}"), kind, &title);
        node.description.clone_from(&title);
        node.tags = vec![title];
        map.nodes.push(node);
    }
    let mut tie = link("n0", "n1");
    tie.rationale = hostile().concat();
    map.links = vec![tie, link("n1", "n2"), link("n2", "n3")];
    map.links[1].effect = Effect::Hinders;
    map.links[2].feedback = true;
    map
}

#[test]
fn hostile_texts_come_out_right_everywhere() {
    let map = hostile_map();
    the_drawio_file_is_sound(&map);
    the_model_keeps_the_schema(&export(&map, Format::Archimate).text);
    for (format, read) in BOTH_WAYS {
        let text = export(&map, format).text;
        assert_eq!(
            read(text.as_bytes(), &Choices::default()).unwrap().map,
            carried(&map),
            "{format}"
        );
    }
    let document = export(&map, Format::Graphml).text;
    let document = Document::parse(&document).unwrap();
    let titles: Vec<&str> = document
        .descendants()
        .filter(|part| part.attribute("key") == Some("n.title"))
        .map(|part| part.text().unwrap())
        .collect();
    for title in hostile() {
        assert!(titles.contains(&title.as_str()), "{title}");
    }
    // In Mermaid no sign of a title is left bare: what stands between the quotes of a label is letters, numbers and blanks.
    let mermaid = export(&map, Format::Mermaid).text;
    for line in mermaid.lines().filter(|line| line.starts_with("    n_")) {
        let label = line
            .split_once('"')
            .unwrap()
            .1
            .rsplit_once('"')
            .unwrap()
            .0
            .replace("<br/>", "");
        assert!(
            !label.contains(['"', '<', '>', '`', '*', '[', ']', '{', '}', '|', '\\', '%']),
            "{label}"
        );
        assert!(label.split('#').skip(1).all(|part| part.contains(';')), "{label}");
    }
}

#[test]
fn graphviz_draws_what_is_written() {
    let program = Command::new("dot").arg("-V").output();
    if program.is_err() {
        crate::support::skip::skip("no program `dot`, so Graphviz drew nothing (Debian: graphviz)");
        return;
    }
    for map in [example(), hostile_map()] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("map.dot");
        std::fs::write(&path, export(&map, Format::Dot).text).unwrap();
        let drawn = Command::new("dot").args(["-Tjson"]).arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&drawn.stderr);
        assert!(drawn.status.success() && !said.contains("Error"), "{said}");
        let json: serde_json::Value = serde_json::from_slice(&drawn.stdout).unwrap();
        let objects = json["objects"].as_array().unwrap();
        assert_eq!(
            objects.iter().filter(|object| object["kind"].is_string()).count(),
            map.nodes.len()
        );
    }
}

#[test]
fn the_page_of_other_tools_is_true() {
    let page = std::fs::read_to_string(root().join("docs/exchange.md")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let fixtures = root().join("tests/fixtures/exchange");
    std::fs::copy(
        root().join("examples/maps/smart-waste/map.json"),
        dir.path().join("map.json"),
    )
    .unwrap();
    std::fs::copy(fixtures.join("kumu.json"), dir.path().join("kumu.json")).unwrap();
    for name in ["elements.csv", "connections.csv"] {
        std::fs::copy(fixtures.join("kumu").join(name), dir.path().join(name)).unwrap();
    }
    std::fs::create_dir(dir.path().join("archi")).unwrap();
    for name in ["elements.csv", "relations.csv", "properties.csv"] {
        std::fs::copy(fixtures.join("archi").join(name), dir.path().join("archi").join(name)).unwrap();
    }
    let script = page.split_once("```sh\n").unwrap().1.split_once("```").unwrap().0;
    let mut run = 0;
    for line in script.lines().filter(|line| !line.is_empty()) {
        let command = line.split_once("  #").map_or(line, |(command, _)| command).trim();
        let words = command
            .strip_prefix("benefit-map ")
            .unwrap()
            .split(' ')
            .map(|word| word.trim_matches('\''));
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let program = program();
        let output = Command::new(program)
            .current_dir(dir.path())
            .args(&words)
            .output()
            .unwrap();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let said = String::from_utf8_lossy(&output.stderr);
        let written = words[words.iter().position(|word| *word == "-o").unwrap() + 1];
        assert!(
            dir.path().join(written).is_file() && said.contains(&format!("wrote {written}")),
            "{command}: {said}"
        );
        run += 1;
    }
    assert_eq!(run, 11);
    let report = std::fs::read_to_string(dir.path().join("report.csv")).unwrap();
    assert!(
        report.starts_with("what,id,type,title,place,fate,became,kind,why\n"),
        "{report}"
    );
    for format in Format::ALL {
        assert!(page.contains(&format!(" {format} |")), "{format} has a column");
    }
    // A map that is there is written over only where that is asked for.
    let again = |more: &[&str]| {
        let mut command = Command::new(program());
        command
            .current_dir(dir.path())
            .args(["import", "dot", "map.dot", "-o", "map.json"])
            .args(more);
        command.output().unwrap().status.code()
    };
    let before = std::fs::read(dir.path().join("map.json")).unwrap();
    assert_eq!(again(&[]), Some(2));
    assert_eq!(std::fs::read(dir.path().join("map.json")).unwrap(), before);
    std::fs::write(dir.path().join("bad.dot"), "digraph {").unwrap();
    let bad = ["import", "dot", "bad.dot", "-o", "map.json", "--replace"];
    let output = Command::new(program())
        .current_dir(dir.path())
        .args(bad)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("line 1, column 10"),
        "{output:?}"
    );
    assert_eq!(std::fs::read(dir.path().join("map.json")).unwrap(), before);
    assert_eq!(again(&["--replace"]), Some(0));
    assert_ne!(std::fs::read(dir.path().join("map.json")).unwrap(), before);
}
