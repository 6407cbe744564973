//! Rules of a portfolio and their pages are one to one, and what a page shows is so.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use benefit_map::portfolio::{RULES, Rule};
use serde_json::Value;

use crate::support::folder::Folder;

/// The files that a page shows under a heading: of each block its name and its text.
fn files(rule: &Rule, heading: &str) -> BTreeMap<String, String> {
    let (_, rest) = rule
        .page
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("no {heading} on the page of {}", rule.slug));
    let section = rest.split("\n## ").next().unwrap();
    let blocks = section.split("\n```").filter_map(|block| {
        let (head, text) = block.split_once('\n')?;
        let name = head.strip_prefix("json ").or_else(|| head.strip_prefix("csv "))?;
        Some((name.to_owned(), text.to_owned()))
    });
    blocks.collect()
}

/// What is found in a portfolio of these files, by rule.
fn found(files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let folder = Folder::new();
    for (name, text) in files {
        folder.put(name, text);
    }
    let ran = folder.run("portfolio check portfolio.json --as-of 2028-04-01 --format json");
    assert!(ran.code < 2, "{}", ran.told);
    let out: Value = serde_json::from_str(&ran.out).unwrap();
    let all = out["findings"].as_array().unwrap();
    all.iter().map(|one| one["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_bad_portfolio_raises_this_rule_alone_and_the_good_one_none() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let mut shown = files(rule, "Bad");
        assert!(shown.contains_key("portfolio.json"), "{}", rule.slug);
        let bad = found(&shown);
        if bad != BTreeSet::from([rule.slug.to_owned()]) {
            wrong.push(format!("bad of {}: {bad:?}", rule.slug));
        }
        let better = files(rule, "Good");
        assert!(!better.is_empty(), "{}", rule.slug);
        shown.extend(better);
        let good = found(&shown);
        if !good.is_empty() {
            wrong.push(format!("good of {}: {good:?}", rule.slug));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_one_page_which_says_what_the_list_of_rules_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages: BTreeSet<String> = std::fs::read_dir(root.join("docs/portfolio-rules"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let rules: BTreeSet<String> = RULES.iter().map(|rule| format!("{}.md", rule.slug)).collect();
    assert_eq!(pages, rules);
    let list = std::fs::read_to_string(root.join("docs/portfolio.md")).unwrap();
    for rule in RULES {
        assert!(rule.page.starts_with(&format!("# {}\n", rule.slug)), "{}", rule.slug);
        let about = rule.page.lines().nth(2).unwrap().to_lowercase();
        assert_eq!(about, format!("{}.", rule.about.to_lowercase()));
        let severity = format!("\nSeverity: {}.\n", rule.severity);
        assert!(rule.page.contains(&severity), "{}", rule.slug);
        let row = format!("| [`{0}`](portfolio-rules/{0}.md) | {1} |\n", rule.slug, rule.about);
        assert!(list.contains(&row), "{row}");
    }
}

#[test]
fn explain_prints_the_page_of_a_rule_of_portfolios() {
    let folder = Folder::new();
    let ran = folder.run("explain benefit-in-two-maps");
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert!(ran.out.starts_with("# benefit-in-two-maps\n"), "{}", ran.out);
    // A rule of maps has the same name.
    assert!(
        folder
            .run("explain duplicate-id")
            .out
            .starts_with("# BM102 duplicate-id\n")
    );
    let ran = folder.run("explain portfolio duplicate-id");
    assert!(ran.out.starts_with("# duplicate-id\n"), "{}", ran.out);
    let ran = folder.run("explain benefit-in-two-map");
    assert_eq!(ran.code, 2);
    assert!(ran.told.contains("did you mean `benefit-in-two-maps`"), "{}", ran.told);
    let list = folder.run("explain").out;
    for rule in RULES {
        assert!(list.contains(rule.slug), "{}", rule.slug);
    }
}
