//! Files for Word and PowerPoint held against the standard (ECMA-376) by a validator that is not ours, and by reading
//! them as another program would: what is named is there, once, and of a type that is declared.
//!
//! The validator (`openxml-audit`, from PyPI) knows the schemas and the rules of the Open XML SDK. Where it is missing,
//! what is left is the reading here, which knows names, relations and types, and no schema.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use benefit_map::draw::pptx;
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::LayoutOptions;
use benefit_map::map::{BenefitMap, Day, Link, Node, NodeId, NodeKind};
use benefit_map::report::deck::{DeckOptions, SlideKind, deck, report_deck};
use benefit_map::report::{CaseOptions, ProfileOptions, Report, benefit_profiles, business_case, docx};
use benefit_map::scene::theme::DEFAULT;
use benefit_map::track::{Measurements, standing};

use crate::support::archive::{packed, parts};
use crate::support::example::{example, fonts};
use crate::support::hostile::{HOSTILE, everything, long_word};

type Parts = BTreeMap<String, Vec<u8>>;

/// The validator: on the path, or where `scripts/test.sh` puts it.
fn validator() -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/openxml-audit/bin/openxml-audit");
    let there = |program: &Path| {
        Command::new(program)
            .arg("--help")
            .output()
            .is_ok_and(|done| done.status.success())
    };
    let found = [PathBuf::from("openxml-audit"), own].into_iter().find(|p| there(p));
    if found.is_none() {
        crate::support::skip::skip(
            "openxml-audit is not installed (PyPI; scripts/test.sh installs it), so Office files were not held against the schemas",
        );
    }
    found
}

/// What the validator says, and whether it is content.
fn validated(program: &Path, name: &str, bytes: &[u8]) -> (bool, String) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let done = Command::new(program)
        .args(["--policy", "strict", "--max-errors", "20"])
        .arg(&path)
        .output()
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    (done.status.success(), said)
}

fn hostile() -> BenefitMap {
    let mut map = BenefitMap::new(HOSTILE.join(" "));
    let long = long_word();
    for (i, words) in HOSTILE.into_iter().chain([long.as_str()]).enumerate() {
        let id = NodeId::new(format!("n{i}")).unwrap();
        map.nodes.push(Node::new(id, NodeKind::ALL[i % 5], words));
    }
    let ids: Vec<NodeId> = map.nodes.iter().map(|node| node.id.clone()).collect();
    map.links
        .extend(ids.windows(2).map(|pair| Link::new(pair[0].clone(), pair[1].clone())));
    map
}

fn slides(map: &BenefitMap) -> Vec<u8> {
    let graph = BenefitGraph::new(map);
    let known = Measurements::default();
    let standing = standing(&graph, &known, day());
    let mut options = DeckOptions::new(vec![SlideKind::Overview, SlideKind::Outcomes, SlideKind::Status]);
    options.layout = LayoutOptions::default();
    options.theme = &DEFAULT;
    options.standing = Some(&standing);
    pptx::write(&deck(&graph, &options)).unwrap()
}

/// What a board reads.
fn board(map: &BenefitMap) -> Vec<u8> {
    let graph = BenefitGraph::new(map);
    let known = Measurements::default();
    let mut case = CaseOptions::new(day());
    case.measurements = Some(&known);
    let mut options = DeckOptions::new(SlideKind::of_board());
    options.layout.as_of = Some(day());
    options.board = Some(case);
    pptx::write(&deck(&graph, &options)).unwrap()
}

/// The profiles of all end outcomes.
fn profiles(map: &BenefitMap) -> Report {
    benefit_profiles(&BenefitGraph::new(map), &ProfileOptions::new(day()))
}

fn document(report: &Report) -> Vec<u8> {
    docx::write(report, &fonts(), None).unwrap()
}

fn case(map: &BenefitMap) -> Vec<u8> {
    let graph = BenefitGraph::new(map);
    let known = Measurements::default();
    document(&business_case(&graph, &{
        let mut options = CaseOptions::new(day());
        options.measurements = Some(&known);
        options.source = "map.json".to_owned();
        options
    }))
}

fn day() -> Day {
    "2028-04-01".parse().unwrap()
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("example.pptx", slides(&example())),
        ("hostile.pptx", slides(&hostile())),
        ("empty.pptx", slides(&BenefitMap::new(""))),
        ("board.pptx", board(&example())),
        ("hostile-board.pptx", board(&hostile())),
        (
            "profiles.pptx",
            pptx::write(&report_deck(&profiles(&example()), &DEFAULT, None)).unwrap(),
        ),
        ("profiles.docx", document(&profiles(&example()))),
        ("hostile-profiles.docx", document(&profiles(&hostile()))),
        ("example.docx", case(&example())),
        ("hostile.docx", case(&hostile())),
        ("everything.docx", document(&everything())),
    ]
}

#[test]
fn a_validator_of_others_has_nothing_to_say_and_would_say_something() {
    let Some(program) = validator() else { return };
    for (name, bytes) in files() {
        let (content, said) = validated(&program, name, &bytes);
        assert!(content && said.contains("Errors: 0"), "{name}: {said}");
    }
    // What is out of the order of the schema is told: it would be no proof otherwise.
    for (name, bytes, part, before, after) in [
        (
            "broken.pptx",
            slides(&example()),
            "ppt/slides/slide1.xml",
            "<p:nvGrpSpPr>",
            "<p:grpSpPr/><p:nvGrpSpPr>",
        ),
        (
            "broken.docx",
            document(&everything()),
            "word/document.xml",
            "<w:pPr>",
            "<w:pPr><w:jc w:val=\"center\"/><w:keepNext/>",
        ),
    ] {
        let mut parts = Parts::from_iter(parts(&bytes));
        let xml = String::from_utf8(parts[part].clone()).unwrap();
        assert!(xml.contains(before));
        parts.insert(part.to_owned(), xml.replacen(before, after, 1).into_bytes());
        let (content, said) = validated(&program, name, &packed(&Vec::from_iter(parts)));
        assert!(!content && !said.contains("Errors: 0"), "{name}: {said}");
    }
}

/// Where the relations of a part lead, by their ids; and the parts among them.
fn relations(parts: &Parts, part: &str) -> BTreeMap<String, Option<String>> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let Some(xml) = parts.get(&format!("{folder}/_rels/{name}.rels").trim_start_matches('/').to_owned()) else {
        return BTreeMap::new();
    };
    let text = std::str::from_utf8(xml).unwrap();
    let document = roxmltree::Document::parse(text).unwrap();
    let mut out = BTreeMap::new();
    for relation in document.root_element().children().filter(roxmltree::Node::is_element) {
        let target = relation.attribute("Target").unwrap();
        let inside = relation.attribute("TargetMode") != Some("External");
        let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
        for step in target.split('/') {
            if step == ".." {
                path.pop().unwrap();
            } else {
                path.push(step);
            }
        }
        let id = relation.attribute("Id").unwrap().to_owned();
        let known = out.insert(id.clone(), inside.then(|| path.join("/")));
        assert!(known.is_none(), "{part}: {id} twice");
    }
    out
}

#[test]
fn whatever_a_part_names_is_there_once_and_of_a_declared_type() {
    for (file, bytes) in files() {
        let parts = Parts::from_iter(parts(&bytes));
        let types = std::str::from_utf8(&parts["[Content_Types].xml"]).unwrap();
        let types = roxmltree::Document::parse(types).unwrap();
        let all = |name: &str, key: &'static str| -> BTreeSet<String> {
            let found = types
                .descendants()
                .filter(|n| n.has_tag_name(("http://schemas.openxmlformats.org/package/2006/content-types", name)));
            found.map(|n| n.attribute(key).unwrap().to_owned()).collect()
        };
        let (by_name, by_ending) = (all("Override", "PartName"), all("Default", "Extension"));
        let mut reached = BTreeSet::from(["[Content_Types].xml".to_owned()]);
        for name in parts.keys() {
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
            let declared = by_name.contains(&format!("/{name}"))
                || (ending != "xml" && by_ending.contains(ending))
                || name == "[Content_Types].xml";
            assert!(declared, "{file}: {name} has no type");
        }
        for name in &by_name {
            assert!(
                parts.contains_key(&name[1..]),
                "{file}: {name} is declared and not there"
            );
        }
        // From the package down: what no relation leads to would be dropped, or be a fault, in a program of others.
        let mut ahead = vec![String::new()];
        while let Some(part) = ahead.pop() {
            let own = relations(&parts, &part);
            let (folder, name) = part.rsplit_once('/').unwrap_or(("", &part));
            reached.insert(format!("{folder}/_rels/{name}.rels").trim_start_matches('/').to_owned());
            for target in own.values().flatten() {
                assert!(
                    parts.contains_key(target),
                    "{file}: {part} leads to {target}, which is not there"
                );
                if reached.insert(target.clone()) {
                    ahead.push(target.clone());
                }
            }
            if !part.ends_with(".xml") {
                continue;
            }
            let xml = std::str::from_utf8(&parts[&part]).unwrap();
            let document = roxmltree::Document::parse(xml).unwrap_or_else(|e| panic!("{file}: {part}: {e}"));
            check_names(&format!("{file}: {part}"), &document, &own);
        }
        for name in parts.keys() {
            assert!(reached.contains(name), "{file}: nothing leads to {name}");
        }
    }
}

/// Relations that are used are there, ids of shapes and bookmarks occur once, connectors are glued to shapes of their
/// slide, and links within lead to bookmarks.
fn check_names(place: &str, document: &roxmltree::Document<'_>, relations: &BTreeMap<String, Option<String>>) {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut shapes = BTreeSet::new();
    let mut bookmarks = BTreeSet::new();
    let mut bookmark_ids = BTreeSet::new();
    let mut glued = Vec::new();
    let mut anchors = Vec::new();
    for element in document.descendants().filter(roxmltree::Node::is_element) {
        for attribute in element.attributes().filter(|a| a.namespace() == Some(RELATIONS)) {
            let id = attribute.value();
            assert!(id.is_empty() || relations.contains_key(id), "{place}: no relation {id}");
        }
        let own = |name: &str| {
            let found = element.attributes().find(|a| a.name() == name);
            found.map(|a| a.value().to_owned()).unwrap_or_default()
        };
        match element.tag_name().name() {
            "cNvPr" | "docPr" if element.tag_name().namespace().is_some_and(|n| !n.ends_with("/picture")) => {
                assert!(shapes.insert(own("id")), "{place}: shape {} twice", own("id"));
                // The slide itself is a group of shapes, and has no name.
                assert!(
                    !own("name").is_empty() || own("id") == "1",
                    "{place}: a shape without a name"
                );
            }
            "stCxn" | "endCxn" => glued.push(own("id")),
            "bookmarkStart" => {
                assert!(bookmark_ids.insert(own("id")), "{place}: bookmark {} twice", own("id"));
                assert!(bookmarks.insert(own("name")), "{place}: bookmark {} twice", own("name"));
                assert!(own("name").chars().count() <= 40, "{place}: {}", own("name"));
            }
            "hyperlink" if !own("anchor").is_empty() => anchors.push(own("anchor")),
            "cxnSp" => assert_eq!(
                element
                    .descendants()
                    .filter(|n| matches!(n.tag_name().name(), "stCxn" | "endCxn"))
                    .count(),
                2,
                "{place}: a connector is glued at both ends"
            ),
            _ => {}
        }
    }
    for id in glued {
        assert!(
            shapes.contains(&id),
            "{place}: a connector is glued to {id}, which is no shape here"
        );
    }
    for anchor in anchors {
        assert!(bookmarks.contains(&anchor), "{place}: no bookmark {anchor}");
    }
}
