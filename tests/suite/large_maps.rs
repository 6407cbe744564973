//! Maps that are too large for what is to be made of them are refused at once, in one sentence, and nothing is written.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use benefit_map::exchange::{self, Format};
use benefit_map::graph::BenefitGraph;
use benefit_map::layout::{self, Extent, LayoutOptions, Rest};
use benefit_map::map::limits::{self, LIMITS, Limit};
use benefit_map::map::{BenefitMap, Kpi, KpiId, Link, Node, NodeId, NodeKind, group_digits};
use benefit_map::{draw, file, table};

use crate::support::program::program;

fn id(n: usize) -> NodeId {
    NodeId::new(format!("n{n}")).unwrap()
}

/// Boxes of one kind without links.
fn boxes(count: usize, kind: NodeKind) -> BenefitMap {
    let mut map = BenefitMap::new("Large");
    map.nodes = (0..count).map(|n| Node::new(id(n), kind, "Box")).collect();
    map
}

/// One box leads to all the others: a link each.
fn star(links: usize) -> BenefitMap {
    let mut map = boxes(links + 1, NodeKind::Enabler);
    map.links = (1..=links).map(|n| Link::new(id(0), id(n))).collect();
    map
}

/// So many KPIs with so many targets each.
fn measured(kpis: usize, targets: usize) -> BenefitMap {
    let mut map = boxes(1, NodeKind::EndOutcome);
    let one: Kpi = serde_json::from_value(serde_json::json!({
        "id": "k", "node": "n0", "title": "K",
        "targets": vec![serde_json::json!({"date": "2027-01-01", "value": 1}); targets],
    }))
    .unwrap();
    map.kpis = (0..kpis)
        .map(|n| {
            let mut kpi = one.clone();
            kpi.id = KpiId::new(format!("k{n}")).unwrap();
            kpi
        })
        .collect();
    map
}

fn grouped(count: usize) -> String {
    group_digits(&count.to_string())
}

/// One sentence that names the limit, how much there is and what to do.
fn says(told: &str, limit: &Limit, have: usize) {
    let told = told.trim();
    for part in [
        format!("{} has {} {} at most", limit.of, grouped(limit.most), limit.counted),
        format!("would have {}", grouped(have)),
        format!(": {}", limit.instead),
    ] {
        assert!(told.contains(&part), "{told}: {part}");
    }
    assert!(
        !told.contains('\n') && !told.trim_end_matches('.').contains(". "),
        "{told}"
    );
}

fn run(arguments: &[&str], folder: &Path) -> Output {
    Command::new(program())
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// The command refuses the map with the words of the limit, and an earlier output is as it was.
fn refuses(map: &BenefitMap, command: &str, output: &str, limit: &Limit, have: usize) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("map.json"), file::write(map)).unwrap();
    let there = folder.path().join(output);
    let is_folder = command.starts_with("pack");
    if !is_folder {
        fs::write(&there, "as it was").unwrap();
    }
    let arguments: Vec<&str> = command.split(' ').chain(["map.json", "-o", output]).collect();
    let done = run(&arguments, folder.path());
    let told = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{command}: {told}");
    let last = told.trim().lines().last().unwrap_or_default();
    says(last.trim_start_matches("error: "), limit, have);
    match is_folder {
        true => assert!(!there.exists(), "{command}"),
        false => assert_eq!(fs::read_to_string(&there).unwrap(), "as it was", "{command}"),
    }
}

#[test]
fn the_documentation_has_every_limit() {
    let page = fs::read_to_string("docs/security.md").unwrap();
    for limit in LIMITS {
        let row = format!("| {} | {} | {} |", limit.of, limit.counted, grouped(limit.most));
        assert!(page.contains(&row), "docs/security.md wants the row {row}");
    }
    let letters = format!(
        "| a picture in points or on a page | letters | {} |",
        grouped(draw::MOST_LETTERS)
    );
    assert!(page.contains(&letters), "docs/security.md wants the row {letters}");
    assert_eq!(limits::SHEET_LINES.most, draw::MOST_LINES);
    let table = page.split("| what | counted | at most |").nth(1).unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    assert_eq!(rows.count(), LIMITS.len() + 1, "a limit that is documented is gone");
}

#[test]
fn every_limit_says_what_to_do_and_honest_large_maps_are_within_all() {
    for limit in LIMITS {
        assert!(limit.hold(limit.most).is_ok());
        says(
            &limit.hold(limit.most + 1).unwrap_err().to_string(),
            limit,
            limit.most + 1,
        );
        assert!(!limit.instead.is_empty() && !limit.instead.ends_with('.'));
    }
    let mut map = star(9_999);
    let more = (0..10_001).map(|n| Link::new(id(n % 9_998 + 1), id(n % 9_997 + 2)));
    map.links.extend(more);
    let graph = BenefitGraph::new(&map);
    limits::of_map(&map).unwrap();
    limits::of_document(&map).unwrap();
    limits::of_workbook(&map).unwrap();
    layout::within_limits(&graph, &LayoutOptions::default()).unwrap();
}

#[test]
fn a_file_with_more_than_is_read_is_refused_with_its_place() {
    let most = limits::LINKS.most;
    let link = r#"{"from":"a","to":"b"}"#;
    let mut text = format!("{{\"format\":1,\n\"links\":[{link}");
    for _ in 0..most {
        text.push(',');
        text.push_str(link);
    }
    text.push_str("]}");
    let faults = file::parse("map.json", &text).unwrap_err();
    let [fault] = faults.list() else { panic!("{faults}") };
    assert_eq!((fault.line, fault.column), (2, 9));
    assert_eq!(
        fault.kind.message(),
        "a map has 1,000,000 links at most, but this one has 1,000,001"
    );
    assert_eq!(fault.kind.help(), limits::LINKS.instead);
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_is_too_long_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.json");
    // It is sparse: no disk is filled.
    fs::File::create(&path).unwrap().set_len((300 << 20) + 1).unwrap();
    let done = run(&["check", "map.json"], folder.path());
    assert_eq!(done.status.code(), Some(2));
    let told = String::from_utf8(done.stderr).unwrap();
    says(told.trim_start_matches("error: map.json: "), &limits::MAP_SIZE, 301);
    let error = file::read(&path).unwrap_err().to_string();
    assert!(error.contains("a file has 256 MiB at most"), "{error}");
}

#[test]
fn a_map_that_could_not_be_read_again_is_known() {
    let map = boxes(limits::BOXES.most + 1, NodeKind::Enabler);
    says(
        &limits::of_map(&map).unwrap_err().to_string(),
        &limits::BOXES,
        limits::BOXES.most + 1,
    );
}

#[test]
fn pictures_of_too_many_boxes_are_refused_in_every_format() {
    let most = limits::PICTURE_BOXES.most;
    let map = boxes(most + 1, NodeKind::EndOutcome);
    refuses(&map, "draw", "map.svg", &limits::PICTURE_BOXES, most + 1);
    let graph = BenefitGraph::new(&map);
    for format in [Format::Drawio, Format::Graphml, Format::Archimate] {
        let refused = exchange::within_limits(&map, format).unwrap_err();
        says(&refused.to_string(), &limits::PICTURE_BOXES, most + 1);
    }
    assert!(exchange::within_limits(&map, Format::Dot).is_ok());
    // What is to be done instead is within the limits.
    let mut part = LayoutOptions::default();
    part.focus = vec![id(7)];
    part.rest = Rest::Hidden;
    assert_eq!(layout::shown(&graph, &part).boxes, 1);
    layout::within_limits(&graph, &part).unwrap();
}

#[test]
fn pictures_of_too_many_lines_are_refused_and_equal_links_are_one_line() {
    let most = limits::PICTURE_LINES.most;
    let side = 317;
    let mut map = boxes(2 * side, NodeKind::Enabler);
    for from in 0..side {
        map.links.extend((0..side).map(|to| Link::new(id(from), id(side + to))));
    }
    assert!(map.links.len() > most);
    let refused = layout::within_limits(&BenefitGraph::new(&map), &LayoutOptions::default()).unwrap_err();
    says(&refused.to_string(), &limits::PICTURE_LINES, side * side);
    let mut equal = boxes(2, NodeKind::Enabler);
    equal.links = vec![Link::new(id(0), id(1)); most + 1];
    let graph = BenefitGraph::new(&equal);
    assert_eq!(layout::shown(&graph, &LayoutOptions::default()).lines, 1);
    layout::within_limits(&graph, &LayoutOptions::default()).unwrap();
}

#[test]
fn an_overview_is_counted_as_it_is_drawn() {
    let mut map = star(300);
    for node in &mut map.nodes {
        node.kind = NodeKind::EndOutcome;
    }
    map.nodes[0].kind = NodeKind::Investment;
    let graph = BenefitGraph::new(&map);
    let mut overview = LayoutOptions::default();
    overview.extent = Extent::Overview;
    let (shown, drawn) = (layout::shown(&graph, &overview), layout::layout(&graph, &overview));
    assert!(drawn.cards.len() <= shown.boxes && drawn.routes.len() <= shown.lines);
    let whole = layout::shown(&graph, &LayoutOptions::default());
    let drawn = layout::layout(&graph, &LayoutOptions::default());
    assert_eq!((whole.boxes, whole.lines), (drawn.cards.len(), drawn.routes.len()));
}

#[test]
fn a_business_case_of_too_much_is_refused_in_every_format() {
    let most = limits::DOCUMENT_BOXES.most;
    let map = boxes(most + 1, NodeKind::Enabler);
    for output in ["case.docx", "case.pdf", "case.html", "case.md"] {
        refuses(&map, "report business-case", output, &limits::DOCUMENT_BOXES, most + 1);
    }
    let targets = measured(51, 1_000);
    refuses(
        &targets,
        "report business-case",
        "case.html",
        &limits::DOCUMENT_TARGETS,
        51_000,
    );
    let mut links = BenefitMap::new("Links");
    links.nodes = boxes(2, NodeKind::Enabler).nodes;
    links.links = vec![Link::new(id(0), id(1)); limits::DOCUMENT_LINKS.most + 1];
    let refused = limits::of_document(&links).unwrap_err();
    says(
        &refused.to_string(),
        &limits::DOCUMENT_LINKS,
        limits::DOCUMENT_LINKS.most + 1,
    );
    let mut costs = boxes(1, NodeKind::Investment);
    let years: Vec<_> = (0..101)
        .map(|n| serde_json::json!({"year": format!("y{n}"), "amount": 1}))
        .collect();
    costs.nodes[0].cost = serde_json::from_value(years.into()).unwrap();
    says(
        &limits::of_document(&costs).unwrap_err().to_string(),
        &limits::DOCUMENT_YEARS,
        101,
    );
}

#[test]
fn a_workbook_of_too_much_is_refused() {
    let map = measured(101, 1_000);
    refuses(&map, "export xlsx", "map.xlsx", &limits::WORKBOOK_TARGETS, 101_000);
    let refused = table::xlsx::workbook(&map).unwrap_err();
    says(&refused.to_string(), &limits::WORKBOOK_TARGETS, 101_000);
}

#[test]
fn paper_and_slides_of_too_much_are_refused_before_anything_is_laid_out() {
    let most = limits::PAPER_BOXES.most;
    refuses(
        &boxes(most + 1, NodeKind::Enabler),
        "draw --paper a4",
        "map.pdf",
        &limits::PAPER_BOXES,
        most + 1,
    );
    let most = limits::PAPER_LINES.most;
    let mut map = boxes(202, NodeKind::Enabler);
    let pairs = (0..202).flat_map(|a| (0..202).filter(move |b| *b != a).map(move |b| (a, b)));
    map.links = pairs.take(most + 1).map(|(a, b)| Link::new(id(a), id(b))).collect();
    refuses(&map, "draw --paper a3", "map.pdf", &limits::PAPER_LINES, most + 1);
    refuses(&map, "draw", "map.pptx", &limits::SLIDES_LINES, most + 1);
}

#[test]
fn one_sheet_of_too_much_is_refused_before_anything_is_laid_out() {
    let most = limits::SHEET_BOXES.most;
    let map = boxes(most + 1, NodeKind::Enabler);
    for output in ["map.png", "map.pdf"] {
        refuses(&map, "draw", output, &limits::SHEET_BOXES, most + 1);
    }
    let most = limits::SHEET_LINES.most;
    let mut map = boxes(202, NodeKind::Enabler);
    let pairs = (0..202).flat_map(|a| (0..202).filter(move |b| *b != a).map(move |b| (a, b)));
    map.links = pairs.take(most + 1).map(|(a, b)| Link::new(id(a), id(b))).collect();
    refuses(&map, "draw", "map.pdf", &limits::SHEET_LINES, most + 1);
    // As SVG it can be had.
    layout::within_limits(&BenefitGraph::new(&map), &LayoutOptions::default()).unwrap();
    let most = limits::PAGE_BOXES.most;
    refuses(
        &boxes(most + 1, NodeKind::Enabler),
        "draw",
        "map.html",
        &limits::PAGE_BOXES,
        most + 1,
    );
}

#[test]
fn an_overview_of_too_much_is_refused() {
    // Ten thousand enablers, one after the other, and as many end outcomes at the end of the chain.
    let half = 10_001;
    let mut map = boxes(2 * half, NodeKind::Enabler);
    for node in map.nodes.iter_mut().skip(half) {
        node.kind = NodeKind::EndOutcome;
    }
    map.links = (1..half).map(|n| Link::new(id(n - 1), id(n))).collect();
    map.links
        .extend((half..2 * half).map(|n| Link::new(id(half - 1), id(n))));
    let looks = limits::OVERVIEW_BOXES.most / (half + 1) * (half + 1) + (half + 1);
    refuses(&map, "draw --overview", "map.svg", &limits::OVERVIEW_BOXES, looks);
}

#[test]
fn a_report_of_too_many_letters_is_no_pdf() {
    let mut map = boxes(4_000, NodeKind::Enabler);
    for node in &mut map.nodes {
        node.title = format!("{} {}", node.id, "w".repeat(900));
    }
    map.links = (1..4_000).map(|n| Link::new(id(n - 1), id(n))).collect();
    for link in &mut map.links {
        link.rationale = "w ".repeat(450);
    }
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("input.json");
    fs::write(&input, file::write(&map)).unwrap();
    let done = run(
        &["report", "business-case", "input.json", "-o", "case.pdf"],
        folder.path(),
    );
    let told = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{told}");
    assert!(told.contains("a PDF report has 4,000,000 letters at most"), "{told}");
    assert!(told.contains(limits::REPORT_LETTERS.instead), "{told}");
    assert!(!folder.path().join("case.pdf").exists());
}

#[test]
fn drawings_of_too_many_links_are_not_made_for_other_tools() {
    let most = limits::EXCHANGE_LINKS.most;
    let mut map = boxes(2, NodeKind::Enabler);
    map.links = (0..=most).map(|_| Link::new(id(0), id(1))).collect();
    refuses(&map, "export dot", "map.dot", &limits::EXCHANGE_LINKS, most + 1);
    for format in [Format::Mermaid, Format::Drawio, Format::Graphml, Format::Archimate] {
        let refused = exchange::within_limits(&map, format).unwrap_err();
        says(&refused.to_string(), &limits::EXCHANGE_LINKS, most + 1);
    }
}

#[test]
fn packs_slides_and_audits_of_too_much_are_refused() {
    let ends = boxes(limits::PACK_VIEWS.most, NodeKind::EndOutcome);
    // With the whole and the overview.
    refuses(&ends, "pack", "pack", &limits::PACK_VIEWS, limits::PACK_VIEWS.most + 2);
    // The whole, the overview of three rows in five stages, and three end outcomes that all of it leads to.
    let mut shared = boxes(3_000, NodeKind::Enabler);
    for node in shared.nodes.iter_mut().take(3) {
        node.kind = NodeKind::EndOutcome;
    }
    shared.links = (3..3_000)
        .flat_map(|n| (0..3).map(move |end| Link::new(id(n), id(end))))
        .collect();
    let all = 3_000 + 3 * 5 + 3 * 2_998;
    refuses(&shared, "pack", "pack", &limits::PACK_PAINTED_BOXES, all);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("input.json"), file::write(&shared)).unwrap();
    let plain = run(&["pack", "input.json", "-o", "pack", "--formats", "svg"], folder.path());
    assert_eq!(
        plain.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&plain.stderr)
    );
    let most = limits::SLIDES_BOXES.most;
    refuses(
        &boxes(most + 1, NodeKind::Enabler),
        "draw",
        "map.pptx",
        &limits::SLIDES_BOXES,
        most + 1,
    );
    let mut map = boxes(10_001, NodeKind::Investment);
    for node in map.nodes.iter_mut().take(5_000) {
        node.kind = NodeKind::EndOutcome;
    }
    refuses(&map, "report audit", "audit.html", &limits::AUDIT_PAIRS, 5_001 * 5_000);
}
