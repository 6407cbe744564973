//! Files that were made to fill the memory or to stop the program are answered, or refused in a sentence.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::{Command, Output};

use benefit_map::audit;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Link, Node, NodeId, NodeKind};
use benefit_map::report::{Block, CaseOptions, business_case, html};
use tempfile::TempDir;

use crate::support::program::program;

fn run(dir: &Path, args: &[&str]) -> Output {
    Command::new(program())
        .current_dir(dir)
        .env("SOURCE_DATE_EPOCH", "1774958400")
        .args(args)
        .output()
        .unwrap()
}

fn id(text: &str) -> NodeId {
    NodeId::new(text).unwrap()
}

/// So many investments and end outcomes, and no link.
fn two_stages(count: usize) -> BenefitMap {
    let mut map = BenefitMap::new("Two stages");
    for n in 0..count {
        map.nodes
            .push(Node::new(id(&format!("i{n}")), NodeKind::Investment, "Fund"));
        map.nodes
            .push(Node::new(id(&format!("o{n}")), NodeKind::EndOutcome, "Good"));
    }
    map
}

#[test]
fn a_matrix_that_would_fill_the_memory_is_refused_before_it_is_made() {
    let dir = TempDir::new().unwrap();
    let write =
        |name: &str, count| fs::write(dir.path().join(name), benefit_map::file::write(&two_stages(count))).unwrap();
    write("list.json", 5_001);
    write("grid.json", 2_001);
    for args in [
        &["trace", "list.json"][..],
        &["trace", "list.json", "--format", "json"],
        &["trace", "grid.json", "-o", "matrix.xlsx"],
        &["trace", "grid.json", "-o", "matrix.csv"],
        &["trace", "grid.json", "-o", "matrix.html"],
    ] {
        let output = run(dir.path(), args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(
            said.contains("rows and")
                && said.contains("at most")
                && said.contains("cells")
                && said.contains("--from and --to"),
            "{args:?}: {said}"
        );
    }
    let listed = run(dir.path(), &["trace", "grid.json", "--rows", "owner"]);
    assert_eq!(
        listed.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&listed.stderr)
    );
    let files = fs::read_dir(dir.path()).unwrap().count();
    assert_eq!(files, 2, "nothing was written");
}

#[test]
fn many_links_between_the_same_boxes_are_compared_one_by_one() {
    let mut old = two_stages(1);
    let link = Link::new(id("i0"), id("o0"));
    old.links = vec![link; 50_000];
    let mut new = old.clone();
    assert!(audit::compare(&old, &new, None).is_same());
    new.links.truncate(49_000);
    new.links[0].rationale = "why".to_owned();
    let compared = audit::compare(&old, &new, None);
    let counts: Vec<usize> = compared.counts().iter().map(|(_, count)| *count).collect();
    assert_eq!(counts.iter().sum::<usize>(), 1_001, "{counts:?}");
}

#[test]
fn a_document_about_a_very_large_map_says_what_it_does_not_draw() {
    let mut map = BenefitMap::new("Large");
    map.nodes.push(Node::new(id("end"), NodeKind::EndOutcome, "Good"));
    for n in 0..2_100 {
        let node = id(&format!("e{n}"));
        map.links.push(Link::new(node.clone(), id("end")));
        map.nodes.push(Node::new(node, NodeKind::Enabler, "Work"));
    }
    let graph = BenefitGraph::new(&map);
    let options = CaseOptions::new("2027-01-01".parse().unwrap());
    let report = business_case(&graph, &options);
    let pictures = report
        .blocks
        .iter()
        .filter(|block| matches!(block, Block::Picture(_)))
        .count();
    assert_eq!(pictures, 0);
    let page = html::write(&report);
    for note in ["has 2,000 at most", "is too large to be drawn here"] {
        assert!(page.contains(note), "{note}");
    }
}

/// The package with a piece of text put before the first element of a part.
fn with_document_type(docx: &[u8], part: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == part {
            let text = String::from_utf8(bytes).unwrap();
            let (head, rest) = text.split_once("?>").unwrap();
            let bomb = "<!DOCTYPE a [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;&l;&l;&l;&l;&l;&l;\">]>";
            bytes = format!("{head}?>{bomb}{rest}").into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_template_with_a_document_type_in_any_part_that_is_taken_is_refused() {
    let dir = TempDir::new().unwrap();
    let at = |name: &str| dir.path().join(name);
    assert_eq!(run(dir.path(), &["new", "map.json"]).status.code(), Some(0));
    let made = run(dir.path(), &["report", "business-case", "map.json", "-o", "house.docx"]);
    assert_eq!(made.status.code(), Some(0), "{}", String::from_utf8_lossy(&made.stderr));
    let house = fs::read(at("house.docx")).unwrap();
    for part in [
        "word/styles.xml",
        "word/document.xml",
        "word/numbering.xml",
        "word/theme/theme1.xml",
    ] {
        fs::write(at("bomb.docx"), with_document_type(&house, part)).unwrap();
        let args = [
            "report",
            "business-case",
            "map.json",
            "-o",
            "case.docx",
            "--template",
            "bomb.docx",
        ];
        let output = run(dir.path(), &args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{part}: {said}");
        assert!(said.contains(part) && said.contains("save it again"), "{said}");
        assert!(!at("case.docx").exists());
    }
}
