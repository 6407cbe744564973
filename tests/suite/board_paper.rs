//! What a business case holds for whom: a few pages for a board, everything for the annex, or the sections that are asked for.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use benefit_map::file;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Day, Kpi, Link, Node, NodeKind};
use benefit_map::report::{Audience, Block, CaseOptions, Inline, Report, Section, Width, business_case, html, pdf};

use crate::support::example::{example, fonts};
use crate::support::foreign::{there, told_of_pdf};
use crate::support::program::program;

const MAP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/maps/smart-waste/map.json");
const MEASURED: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/examples/maps/smart-waste/measurements.csv"
);

fn case(map: &BenefitMap, audience: Option<Audience>, sections: &[Section]) -> Report {
    let mut options = CaseOptions::new(Day::new("2028-04-01").unwrap());
    options.audience = audience;
    options.sections = sections.to_vec();
    business_case(&BenefitGraph::new(map), &options)
}

fn anchors(report: &Report) -> Vec<&str> {
    let of = |block| match block {
        &Block::Heading {
            level: 1, ref anchor, ..
        } => Some(anchor.as_str()),
        _ => None,
    };
    report.blocks.iter().filter_map(of).collect()
}

/// How many pages it has as PDF, as pdfinfo counts them.
fn pages(report: &Report) -> usize {
    let told = told_of_pdf(&pdf::write(report, &fonts()).unwrap());
    let (_, after) = told.split_once("Pages:").unwrap();
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap()
}

/// A map of so many boxes in five stages, each linked to some of the next.
fn staged(boxes: usize) -> BenefitMap {
    let mut map = BenefitMap::new("Many");
    let id = |n: usize| format!("n{n}").parse().unwrap();
    for n in 0..boxes {
        let kind = NodeKind::ALL[n % 5];
        let title = format!("Something that box {n} of this map brings about");
        map.nodes.push(Node::new(id(n), kind, title));
        if n >= 10 && n % 5 > 0 {
            map.links.push(Link::new(id(n - 1 - 5 * (1 + n % 2)), id(n)));
        }
        if n % 5 > 0 {
            map.links.push(Link::new(id(n - 1), id(n)));
        }
    }
    map.links.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    map.links.dedup_by(|a, b| a.from == b.from && a.to == b.to);
    map
}

fn run(arguments: &[&str], folder: &Path) -> Output {
    Command::new(program())
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

#[test]
fn a_board_paper_has_what_a_board_decides_on_and_nothing_else() {
    let report = case(&example(), Some(Audience::Board), &[]);
    assert_eq!(
        anchors(&report),
        [
            "summary",
            "purpose",
            "chains",
            "outcomes",
            "costs",
            "appraisal",
            "risks",
            "decisions"
        ]
    );
    let page = html::write(&report);
    assert!(page.contains("paper for the board"));
    assert!(!page.contains("Points to resolve"));
    assert!(page.contains("The board is asked"));
    // Eight risks of 18, and the others counted.
    assert!(page.contains("… and 9 more, in the annex") || page.contains("… and 10 more, in the annex"));
}

#[test]
fn a_board_paper_has_at_most_six_pages_for_the_example_and_ten_for_a_large_map() {
    if !there("pdftotext") {
        return;
    }
    assert!(pages(&case(&example(), Some(Audience::Board), &[])) <= 6);
    assert!(pages(&case(&staged(233), Some(Audience::Board), &[])) <= 10);
}

#[test]
fn no_map_is_shown_in_type_under_seven_points() {
    // The smallest type of a map is 13 px, and a page is as wide as ISO 216 says, less its margins.
    for boxes in [30, 150, 233] {
        let map = staged(boxes);
        for audience in [None, Some(Audience::Board)] {
            // Many lines of sight take long to draw, and are drawn like the map.
            let sections = match boxes {
                30 => &[Section::Map, Section::Sights][..],
                _ => &[Section::Map],
            };
            let report = case(&map, audience, sections);
            let mut seen = 0;
            for block in &report.blocks {
                let Block::Picture(picture) = block else { continue };
                seen += 1;
                let room = match picture.width {
                    Width::Text => 793.7 - 2.0 * 75.6,
                    Width::Landscape => 1122.5 - 2.0 * 53.0,
                    Width::Foldout => 2.0 * 793.7 - 2.0 * 53.0,
                };
                let points = 13.0 * 0.75 * (room / picture.scene.width).min(1.0);
                assert!(points >= 6.99, "{boxes} boxes, {}: {points} pt", picture.caption);
            }
            assert!(seen > 0 || audience.is_some(), "{boxes} boxes are in no picture");
        }
    }
}

#[test]
fn the_annex_has_everything_and_the_points_to_resolve() {
    let annex = case(&example(), Some(Audience::Annex), &[]);
    assert_eq!(anchors(&annex).last(), Some(&"findings"));
    let open = case(&staged(10), Some(Audience::Annex), &[]);
    let page = html::write(&open);
    assert!(page.contains(" to resolve, listed in <a"), "the summary says where");
    assert!(page.contains("Points to resolve, most serious first"));
    let plain = case(&example(), None, &[]);
    assert!(!anchors(&plain).contains(&"findings"));
    let of = |report: &Report| -> BTreeSet<String> { anchors(report).into_iter().map(str::to_owned).collect() };
    assert!(of(&plain).is_subset(&of(&annex)));
}

#[test]
fn sections_come_in_the_order_that_is_asked_for() {
    let asked = [Section::Risks, Section::Summary, Section::Decisions];
    assert_eq!(
        anchors(&case(&example(), None, &asked)),
        ["risks", "summary", "decisions"]
    );
    for section in Section::ALL {
        let report = case(&example(), None, &[*section]);
        assert_eq!(anchors(&report).len(), 1, "{section}");
        assert!(report.blocks.len() > 1, "{section} says something");
        // What a section refers to is in the document.
        assert!(!html::write(&report).contains(">evidence<"), "{section}");
        let empty = case(&BenefitMap::new(""), None, &[*section]);
        assert!(
            (2..=4).contains(&empty.blocks.len()),
            "{section} of an empty map: {:?}",
            empty.blocks
        );
    }
}

#[test]
fn what_everything_leads_to_is_not_drawn_twice() {
    let mut map = BenefitMap::new("One");
    map.nodes = vec![
        Node::new("a".parse().unwrap(), NodeKind::Enabler, "A"),
        Node::new("b".parse().unwrap(), NodeKind::EndOutcome, "B"),
    ];
    map.links = vec![Link::new("a".parse().unwrap(), "b".parse().unwrap())];
    let pictures = |report: &Report| {
        let is = |block: &&Block| matches!(block, Block::Picture(_));
        report.blocks.iter().filter(is).count()
    };
    let both = case(&map, None, &[Section::Map, Section::Sights]);
    assert_eq!(pictures(&both), 1);
    assert!(html::write(&both).contains("Everything on the map leads to it: see"));
    assert_eq!(pictures(&case(&map, None, &[Section::Sights])), 1);
}

#[test]
fn links_and_kpis_with_nothing_to_say_are_counted_and_not_listed() {
    let mut map = staged(10);
    map.links[0].rationale = "Because it is so".to_owned();
    let silent = map.links.len() - 1;
    let report = case(&map, None, &[Section::Evidence]);
    let page = html::write(&report);
    assert!(page.contains("Because it is so"));
    assert!(!page.contains("No reason is recorded"));
    assert!(page.contains("The table leaves out "), "{silent} links");
    let mut kpi = Kpi::new("bare".parse().unwrap(), map.nodes[4].id.clone(), "Bare");
    kpi.unit = "number".to_owned();
    map.kpis.push(kpi);
    let report = case(&map, None, &[Section::Kpis]);
    let words = html::write(&report);
    assert!(words.contains("One KPI has no chart"), "{words}");
    assert!(!report.blocks.iter().any(|block| matches!(block, Block::Picture(_))));
}

#[test]
fn decisions_are_what_the_map_leaves_open() {
    let map: BenefitMap = serde_json::from_str(
        r#"{"format": 1, "title": "Open", "currency": "GBP",
            "owners": [{"id": "dir", "name": "Director"}],
            "nodes": [
              {"id": "app", "kind": "investment", "title": "App", "cost": [{"year": "2026-27", "amount": 500}]},
              {"id": "lost", "kind": "investment", "title": "Lost", "cost": [{"year": "2026-27", "amount": 70}]},
              {"id": "fast", "kind": "end-outcome", "title": "Faster", "owner": "dir"},
              {"id": "calm", "kind": "end-outcome", "title": "Calmer"}],
            "links": [{"from": "app", "to": "fast"}, {"from": "app", "to": "calm"}],
            "risks": [
              {"id": "r1", "title": "It rains", "threatens": "fast", "likelihood": 2, "impact": 2,
               "responses": [{"action": "Buy umbrellas", "cost": 9}, {"action": "Stay in"}]},
              {"id": "r2", "title": "It snows", "threatens": "fast", "likelihood": 5, "impact": 4},
              {"id": "r3", "title": "Small", "threatens": "fast", "likelihood": 1, "impact": 1},
              {"id": "r4", "title": "Settled", "threatens": "fast", "likelihood": 5, "impact": 5,
               "responses": [{"action": "Done", "chosen": true}]}]}"#,
    )
    .unwrap();
    let report = case(&map, None, &[Section::Decisions]);
    let Some(Block::List { items, .. }) = report.blocks.iter().find(|block| matches!(block, Block::List { .. })) else {
        panic!("no list of decisions");
    };
    let said: Vec<String> = items
        .iter()
        .map(|line| {
            let words = line.iter().map(|inline| match inline {
                Inline::Text(words) | Inline::Strong(words) => words.as_str(),
                _ => "",
            });
            words.collect()
        })
        .collect();
    assert_eq!(
        said,
        [
            "To agree a response to the risk “It snows”. None is proposed yet. Its exposure is 20 of 25.",
            "To choose a response to the risk “It rains”: Buy umbrellas (£9); or Stay in. Its exposure is 4 of 25.",
            "To name an owner for “Calmer”. Nobody answers for this yet.",
            "To stop or to justify “Lost”. Its £70 lead to no end outcome on the map that they help.",
        ]
    );
    let settled = case(&BenefitMap::new(""), None, &[Section::Decisions]);
    assert!(html::write(&settled).contains("Nothing on the map waits for a decision of the board."));
}

#[test]
fn the_command_takes_a_reader_and_sections_and_refuses_what_it_does_not_know() {
    let folder = tempfile::tempdir().unwrap();
    let to = |more: &[&str]| {
        let mut arguments = vec!["report", "business-case", MAP, "-m", MEASURED, "--as-of", "2028-04-01"];
        arguments.extend(more);
        run(&arguments, folder.path())
    };
    let done = to(&["--for", "board", "-o", "board.html"]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let page = std::fs::read_to_string(folder.path().join("board.html")).unwrap();
    assert!(
        page.contains("To decide what is done about"),
        "KPIs that are behind are to be decided on"
    );
    let done = to(&["--sections", "risks,summary", "-o", "short.html"]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let page = std::fs::read_to_string(folder.path().join("short.html")).unwrap();
    assert!(page.find("Risks and responses").unwrap() < page.find("Summary").unwrap());
    for (arguments, said) in [
        (["--sections", "risks,risks"], "names `risks` twice"),
        (["--sections", "risk"], "summary"),
        (["--for", "bord"], "board"),
    ] {
        let done = to(&[arguments[0], arguments[1], "-o", "none.html"]);
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{told}");
        assert!(told.contains(said), "{told}");
        assert!(!folder.path().join("none.html").exists());
    }
    // The example is what the tests above read.
    assert_eq!(file::write(&example()), std::fs::read_to_string(MAP).unwrap());
}
