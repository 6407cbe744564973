//! The question sets of the program: complete, each question with its source, in plain words; and the page that maps them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use benefit_map::map::is_id;
use benefit_map::survey::{QuestionSet, SET_SCHEMA, Scale, built_in};
use serde_json::Value;

const PAGE: &str = include_str!("../../docs/health-check.md");

/// How many statements each factor of Table C.1 has, and how many questions each checklist of clauses 3 and 4, counted in the
/// source.
const FACTORS: [(&str, &[usize]); 9] = [
    ("Strategic clarity", &[4, 3, 3]),
    ("Leadership", &[4, 3, 5]),
    ("User focus", &[3, 2, 2]),
    ("Stakeholder engagement", &[4, 2, 1]),
    ("Skills", &[3, 2]),
    ("Supplier partnership", &[3, 3]),
    ("Future-proofing", &[1, 1, 1, 1, 2]),
    ("Achievable delivery", &[4, 1, 4]),
    ("Benefits realization", &[4, 3, 2]),
];
const CHECKLISTS: [(&str, &str, usize); 11] = [
    ("visionary", "3.2, Checklist 1", 4),
    ("citizen-centric", "3.2, Checklist 2", 11),
    ("digital", "3.2, Checklist 3", 10),
    ("open-and-collaborative", "3.2, Checklist 4", 10),
    ("customer-engagement", "4.3.2, Checklist 5", 10),
    ("supplier-engagement", "4.3.2, Checklist 6", 10),
    ("operating-model", "4.4.2, Checklist 7", 6),
    ("commercial-model", "4.4.2, Checklist 8", 9),
    ("financial-model", "4.4.2, Checklist 9", 4),
    ("delivery-model", "4.4.2, Checklist 10", 6),
    ("managing-risks", "4.6.2, Checklist 11", 12),
];

fn set(id: &str) -> QuestionSet {
    built_in()
        .into_iter()
        .find(|set| set.id == id)
        .unwrap_or_else(|| panic!("{id}"))
}

#[test]
fn every_statement_of_the_annex_has_one_counterpart_and_its_source() {
    let check = set("critical-success-factors");
    assert_eq!(check.scale, Scale::Agreement);
    let titles: Vec<&str> = check.groups.iter().map(|group| group.title.as_str()).collect();
    assert_eq!(titles.len(), 9);
    let mut wanted = Vec::new();
    for (group, factors) in FACTORS {
        for (statements, factor) in factors.iter().copied().zip(1..) {
            wanted.extend((1..=statements).map(|at| format!("PAS 184, Annex, {group} {factor}, statement {at}")));
        }
    }
    let sources: Vec<String> = check.questions().map(|(_, question)| question.source.clone()).collect();
    assert_eq!(sources, wanted);
    // The factors of a group are those of the source: as many names as it has numbers.
    for ((_, factors), group) in FACTORS.iter().zip(&check.groups) {
        let names: BTreeSet<&str> = group
            .questions
            .iter()
            .map(|question| question.factor.as_str())
            .collect();
        assert_eq!(names.len(), factors.len(), "{}", group.title);
        assert!(!names.contains(""), "{}", group.title);
    }
}

#[test]
fn every_question_of_the_checklists_has_a_counterpart() {
    assert_eq!(built_in().len(), 1 + CHECKLISTS.len());
    for (id, clause, count) in CHECKLISTS {
        let list = set(id);
        assert_eq!(list.scale, Scale::Checklist, "{id}");
        assert_eq!(list.source, format!("PAS 184, {clause}"));
        let sources: BTreeSet<&str> = list.questions().map(|(_, question)| question.source.as_str()).collect();
        assert_eq!(list.questions().count(), count, "{id}");
        assert_eq!(sources.len(), count, "each question of {id} is from a place of its own");
        for (_, question) in list.questions() {
            assert!(question.source.starts_with(&list.source), "{}", question.id);
            assert!(question.text.ends_with('?'), "{}", question.id);
            assert!(question.id.starts_with(&format!("{id}.")), "{}", question.id);
        }
    }
}

#[test]
fn ids_are_unique_across_all_sets_and_nothing_is_asked_twice() {
    let sets = built_in();
    let questions: Vec<_> = sets
        .iter()
        .flat_map(QuestionSet::questions)
        .map(|(_, question)| question)
        .collect();
    let ids: BTreeSet<&str> = questions.iter().map(|question| question.id.as_str()).collect();
    let texts: BTreeSet<&str> = questions.iter().map(|question| question.text.as_str()).collect();
    assert_eq!((ids.len(), texts.len()), (questions.len(), questions.len()));
    assert_eq!(questions.len(), 71 + 92);
    for set in &sets {
        assert!(
            is_id(&set.id) && !set.purpose.is_empty() && !set.version.is_empty(),
            "{}",
            set.id
        );
    }
}

#[test]
fn questions_are_short_and_ask_one_thing_in_plain_words() {
    for set in built_in() {
        for (_, question) in set.questions() {
            let words = question.text.split_whitespace().count();
            assert!(words <= 42, "{}: {words} words", question.id);
            let ends = question.text.matches(['.', '?', '!']).count();
            assert_eq!(ends, 1, "{} is one sentence: {}", question.id, question.text);
            for jargon in [
                "leverage",
                "stakeholder buy-in",
                "utilise",
                "robust",
                "holistic",
                "synerg",
                "paradigm",
            ] {
                assert!(
                    !question.text.to_lowercase().contains(jargon),
                    "{}: {jargon}",
                    question.id
                );
            }
        }
    }
}

#[test]
fn the_files_are_valid_by_their_schema_and_named_after_their_sets() {
    let schema: Value = serde_json::from_str(SET_SCHEMA).unwrap();
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("set.json", schema).unwrap();
    let index = compiler.compile("set.json", &mut schemas).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/questions");
    for set in built_in() {
        let text = std::fs::read_to_string(folder.join(format!("{}.json", set.id))).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        schemas
            .validate(&value, index)
            .unwrap_or_else(|error| panic!("{}: {error}", set.id));
        assert_eq!(QuestionSet::parse("x.json", &text).unwrap(), set);
    }
    let count = std::fs::read_dir(folder).unwrap().count();
    assert_eq!(
        count,
        built_in().len() + 1,
        "every file is a set of the program, or the schema"
    );
    for wrong in [
        r#"{"format": 2}"#,
        r#"{"format":1,"id":"A b","title":"x","scale":"agreement","groups":[]}"#,
    ] {
        assert!(schemas.validate(&serde_json::from_str(wrong).unwrap(), index).is_err());
    }
}

#[test]
fn the_page_maps_every_question_to_its_clause() {
    let mut rows = BTreeMap::new();
    for line in PAGE.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if let [id, text, clause] = cells[..] {
            rows.insert(id.trim_matches('`').to_owned(), (text.to_owned(), clause.to_owned()));
        }
    }
    for set in built_in() {
        assert!(
            PAGE.contains(&format!("### {}\n\n`{}`, from {}.", set.title, set.id, set.source)),
            "{}",
            set.id
        );
        for (_, question) in set.questions() {
            let clause = question.source.trim_start_matches("PAS 184, ").to_owned();
            assert_eq!(
                rows.get(&question.id),
                Some(&(question.text.clone(), clause)),
                "{}",
                question.id
            );
        }
    }
}
