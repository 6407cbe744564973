//! Benefit profiles: one page a benefit, with what the map says of it and what it does not say yet; and the fields that they need.

use std::fs;

use benefit_map::graph::BenefitGraph;
use benefit_map::map::{
    Approval, BenefitClass, BenefitMap, BenefitValue, Day, DocumentControl, Gains, Node, NodeKind, ReviewPlan, Stake,
    Stakeholder, YearAmount,
};
use benefit_map::report::{Block, ProfileOptions, Report, benefit_profiles, html, pdf};
use benefit_map::table::{Missing, export, onto};

use crate::support::example::{example, fonts};
use crate::support::folder::Folder;
use crate::support::foreign::told_of_pdf;

/// The example without what profiles alone ask for.
fn unprofiled() -> BenefitMap {
    let mut map = example();
    map.document = None;
    for node in &mut map.nodes {
        node.objectives.clear();
        node.constraints.clear();
        node.stakeholders.clear();
        node.review = None;
    }
    map
}

/// The same with all that a profile asks for said of one of its benefits.
fn profiled() -> BenefitMap {
    let mut map = unprofiled();
    let node = map
        .nodes
        .iter_mut()
        .find(|node| node.id.as_str() == "lower-cost")
        .unwrap();
    node.objectives = vec!["A council within its means".to_owned()];
    node.constraints = vec!["The collection contract runs to 2029".to_owned()];
    let mut gains = Stakeholder::new("Residents");
    (gains.stake, gains.what) = (Some(Stake::Gains), "lower council tax".to_owned());
    let mut loses = Stakeholder::new("Agency crews");
    loses.stake = Some(Stake::Loses);
    node.stakeholders = vec![gains, loses];
    let mut review = ReviewPlan::default();
    review.next = Some(Day::new("2028-06-30").unwrap());
    review.reporting_line = "Programme board, then Cabinet".to_owned();
    node.review = Some(review);
    let mut document = DocumentControl::default();
    (document.version, document.status) = ("1.2".to_owned(), "For approval".to_owned());
    document.marking = "OFFICIAL".to_owned();
    let mut approval = Approval::new("dir-place");
    approval.role = "Senior Responsible Owner".to_owned();
    approval.on = Some(Day::new("2028-03-15").unwrap());
    document.approvals = vec![approval, Approval::new("Cabinet")];
    map.document = Some(document);
    let kpi = map.kpis.iter_mut().find(|kpi| kpi.id.as_str() == "net-cost").unwrap();
    let mut value = BenefitValue::default();
    (value.class, value.gains) = (Some(BenefitClass::CashReleasing), Some(Gains::PublicDirect));
    value.amounts = vec![YearAmount::new("2028-29", 100_000.into())];
    value.source = "Budget book".to_owned();
    value.price_year = "2026-27".to_owned();
    kpi.value = Some(Box::new(value));
    map
}

fn of(map: &BenefitMap, benefits: &[&str]) -> Report {
    let graph = BenefitGraph::new(map);
    let mut options = ProfileOptions::new(Day::new("2028-04-01").unwrap());
    options.benefits = benefits.iter().map(|id| graph.find(id).unwrap()).collect();
    benefit_profiles(&graph, &options)
}

fn pages(report: &Report) -> usize {
    let told = told_of_pdf(&pdf::write(report, &fonts()).unwrap());
    let (_, after) = told.split_once("Pages:").unwrap();
    let digits: String = after
        .chars()
        .skip_while(|c| *c == ' ')
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap()
}

#[test]
fn a_profile_says_all_that_the_map_says_of_a_benefit_on_one_page() {
    let report = of(&profiled(), &["lower-cost"]);
    assert_eq!(report.title, "Lower net cost of collection");
    let page = html::write(&report);
    for words in [
        "A council within its means",
        "The collection contract runs to 2029",
        "Residents gains: lower council tax",
        "Agency crews loses",
        "Programme board, then Cabinet",
        "Next review on 30 June 2028.",
        "1.2, For approval, OFFICIAL",
        "approved by Director of Place (Senior Responsible Owner) on 15 March 2028",
        "waits for the approval of Cabinet",
        "Gains: the public organisations behind the map",
        "Class: cash releasing.",
        "2028-29 £100,000",
        "not discounted",
        "Dependencies on others",
        "Disbenefits that come with it",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("Not yet said"), "{page}");
    assert_eq!(pages(&report), 1);
}

#[test]
fn without_a_benefit_every_end_outcome_has_its_page_after_a_list_of_them() {
    let map = profiled();
    let report = of(&map, &[]);
    let headings: Vec<&str> = report
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let ends = map
        .nodes
        .iter()
        .filter(|node| node.kind == NodeKind::EndOutcome)
        .count();
    assert_eq!((headings.len(), ends), (5, 5));
    assert_eq!(pages(&report), 1 + ends);
}

#[test]
fn what_a_map_does_not_say_is_named_and_never_made_up() {
    let mut map = BenefitMap::new("Bare");
    map.nodes
        .push(Node::new("end".parse().unwrap(), NodeKind::EndOutcome, "Less waste"));
    let page = html::write(&of(&map, &["end"]));
    for words in [
        "Not yet said",
        "No owner yet",
        "No measure yet",
        "No value in money is given",
        "The day on which it is due is not yet said.",
        "The day of the next review is not yet said.",
        "Nothing on the map leads to it yet",
        "Class: not yet said. Gains: not yet said.",
    ] {
        assert!(page.contains(words), "{words}");
    }
    map.nodes.clear();
    assert!(html::write(&of(&map, &[])).contains("The map has no end outcomes yet"));
}

#[test]
fn the_fields_of_a_profile_are_kept_by_tables_and_shown_only_where_they_are_filled() {
    let map = profiled();
    let tables = export(&map);
    let named = |name: &str| tables.iter().find(|table| table.name == name);
    assert_eq!(named("stakeholders").unwrap().rows.len(), 2);
    assert_eq!(named("approvals").unwrap().rows.len(), 2);
    assert!(named("document").is_some());
    let heads = |map: &BenefitMap| -> Vec<String> {
        let nodes = export(map).into_iter().find(|table| table.name == "nodes").unwrap();
        nodes.columns.iter().map(|column| column.name.to_string()).collect()
    };
    assert!(heads(&map).contains(&"review_next".to_owned()));
    assert!(!heads(&unprofiled()).contains(&"review_next".to_owned()));
    // Approvals alone make no blank row of document control, which would be read as one that was deleted.
    let mut bare = unprofiled();
    bare.document = Some(DocumentControl::default());
    bare.document.as_mut().unwrap().approvals = vec![Approval::new("Cabinet")];
    assert!(export(&bare).iter().all(|table| table.name != "document"));
    assert!(onto(&bare, &[], Missing::Keep).unwrap().map.document == bare.document);
}

#[test]
fn a_profile_of_what_is_not_on_the_map_is_refused_and_nothing_is_written() {
    let folder = Folder::new();
    fs::write(folder.at("map.json"), serde_json::to_string(&profiled()).unwrap()).unwrap();
    let ran = folder.run("report profile map.json --benefit lower-costs -o p.docx");
    assert_eq!(ran.code, 2, "{}", ran.told);
    assert!(ran.told.contains("did you mean `lower-cost`?"), "{}", ran.told);
    assert!(!folder.at("p.docx").exists());
    let ran = folder.run("report profile map.json --benefit lower-cost -o p.docx");
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert!(fs::read(folder.at("p.docx")).unwrap().starts_with(b"PK"));
}
