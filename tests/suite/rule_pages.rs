//! Rules and their pages are one to one, and what a page shows is so.

use std::collections::BTreeSet;
use std::path::Path;

use benefit_map::check::{Family, Known, Options, Profile, RULES, Rule, check_with};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::BenefitMap;
use benefit_map::survey::{Answers, Intake, QuestionSet, Row, built_in, links_set};
use benefit_map::track::{Measurement, Measurements};

/// Families that every page's maps are clean of; a page of another family is judged by these and by its own, so that
/// a new family does not need a word in every page.
const GROUND: [Family; 4] = [
    Family::Structure,
    Family::LineOfSight,
    Family::Delivery,
    Family::Checker,
];

/// The JSON block under a heading.
fn block<'p>(rule: &Rule, heading: &str, page: &'p str) -> &'p str {
    let found = page
        .split_once(&format!("\n## {heading}\n"))
        .and_then(|(_, rest)| rest.trim_start().strip_prefix("```json\n"))
        .and_then(|rest| rest.split_once("\n```"));
    found
        .unwrap_or_else(|| panic!("no JSON under {heading} on the page of {}", rule.slug))
        .0
}

/// The day by which the maps of pages are judged.
const AS_OF: &str = "2026-05-15";

/// The rows of the CSV block under a heading, where there is one.
fn measurements(heading: &str, page: &str) -> Option<Measurements> {
    let (_, rest) = page.split_once(&format!("\n## {heading}\n"))?;
    let section = rest.split("\n## ").next()?;
    let rows = section.split_once("```csv\nkpi,date,value\n")?.1.split_once("\n```")?.0;
    let read = |row: &str| {
        let cells: Vec<&str> = row.split(',').collect();
        Measurement::new(
            cells[0].parse().unwrap(),
            cells[1].parse().unwrap(),
            cells[2].parse().unwrap(),
        )
    };
    Some(rows.lines().map(read).collect())
}

/// The answers of the CSV block under a heading, where there is one, with the sets that are answered.
fn answers(heading: &str, page: &str, graph: &BenefitGraph<'_>) -> Option<(Vec<QuestionSet>, Answers)> {
    let (_, rest) = page.split_once(&format!("\n## {heading}\n"))?;
    let section = rest.split("\n## ").next()?;
    let rows = section
        .split_once("```csv\nset,question,respondent,answer,on\n")?
        .1
        .split_once("\n```")?
        .0;
    let mut sets = built_in();
    sets.push(links_set(graph, None));
    let mut intake = Intake::new(&sets);
    for line in rows.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let mut row = Row::default();
        (row.set, row.question, row.respondent, row.answer, row.on) =
            (cells[0], cells[1], cells[2], cells[3], cells[4]);
        intake.row(&row);
    }
    let answers = intake.finish();
    assert_eq!(answers.left_out(), 0, "{heading}: {:?}", answers.remarks);
    Some((sets, answers))
}

fn codes(rule: &Rule, heading: &str) -> Vec<&'static str> {
    let map: BenefitMap = serde_json::from_str(block(rule, heading, rule.page))
        .unwrap_or_else(|error| panic!("{heading} of {}: {error}", rule.slug));
    let graph = BenefitGraph::new(&map);
    let mut options = Options::new(Profile::Audit);
    options.as_of = Some(AS_OF.parse().unwrap());
    let (rows, answered) = (measurements(heading, rule.page), answers(heading, rule.page, &graph));
    let mut known = Known::default();
    known.measurements = rows.as_ref();
    known.answered = answered.as_ref().map(|(sets, answers)| (&sets[..], answers));
    let report = check_with(&graph, known, &options);
    let judged = |code: &str| {
        let found = RULES.iter().find(|rule| rule.code == code).unwrap();
        GROUND.contains(&found.family) || found.family == rule.family
    };
    let findings = report.findings.iter().filter(|finding| judged(finding.code));
    for finding in findings.clone() {
        assert!(
            !finding.message.is_empty() && !finding.message.ends_with('.'),
            "{}",
            finding.message
        );
        assert!(!finding.help.ends_with('.'), "{}", finding.help);
    }
    findings.map(|finding| finding.code).collect()
}

#[test]
fn the_bad_map_raises_this_rule_alone_and_the_good_one_none() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let (bad, good) = (codes(rule, "Bad"), codes(rule, "Good"));
        if bad != [rule.code] {
            wrong.push(format!("bad map of {} {}: {bad:?}", rule.code, rule.slug));
        }
        if !good.is_empty() {
            wrong.push(format!("good map of {} {}: {good:?}", rule.code, rule.slug));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_one_page_and_every_page_a_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let pages: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md")
        .collect();
    let rules: BTreeSet<String> = RULES.iter().map(|rule| format!("{}.md", rule.slug)).collect();
    assert_eq!(pages, rules);
}

#[test]
fn a_page_says_what_the_registry_says() {
    for rule in RULES {
        let title = format!("# {} {}\n", rule.code, rule.slug);
        assert!(rule.page.starts_with(&title), "{}", rule.slug);
        assert!(
            rule.page.contains(&format!("\nSource: {}.\n", rule.source)),
            "{}",
            rule.slug
        );
        let shown = Profile::ALL.iter().map(|profile| match rule.severities.of(*profile) {
            Some(severity) => severity.as_str(),
            None => "off",
        });
        let row = format!(
            "| workshop | outline | business-case | audit |\n|---|---|---|---|\n| {} |\n",
            { shown.collect::<Vec<_>>().join(" | ") }
        );
        assert!(rule.page.contains(&row), "{}: {row}", rule.slug);
        assert!(rule.severities.audit.is_some(), "{}: audit is everything", rule.slug);
        assert!(
            rule.summary.chars().next().is_some_and(char::is_lowercase),
            "{}",
            rule.slug
        );
    }
}
