//! The method in plain words: the guide, the glossary and what `explain` prints are one text, and hold to what they teach.

use benefit_map::check::{Options, Profile, RULES, check};
use benefit_map::file;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Node, NodeKind};
use benefit_map::method::{self, SUBJECTS, TERMS};

use crate::support::folder::Folder;

/// Words that hide who does what, as `docs/style.md` lists them.
const LEFT_OUT: &[&str] = &[
    "told", "stands", "reckon", "reckons", "whoever", "anew", "mend", "mended", "twofold", "utilise", "leverage",
];

#[test]
fn the_guide_and_the_glossary_are_what_explain_says() {
    crate::support::golden::assert_same("docs/method.md", &method::guide());
    crate::support::golden::assert_same("docs/glossary.md", &method::glossary());
    let folder = Folder::new();
    for subject in SUBJECTS {
        let ran = folder.run_words(&["explain", subject.name]);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (0, subject.page().as_str()),
            "{}",
            subject.name
        );
    }
    // Every section of the guide is the page of a subject, one level of heading lower.
    let guide = method::guide();
    let sections: Vec<&str> = guide.split("\n## ").skip(1).collect();
    assert_eq!(sections.len(), 10);
    for (section, subject) in sections.into_iter().zip(SUBJECTS) {
        let page = subject.page();
        let page = page.split("\nIn the file of a map:\n").next().unwrap();
        assert_eq!(format!("# {}", section.trim_end()), page.trim_end());
    }
    for term in TERMS {
        let row = format!("| {} | {} | {} |\n", term.name, term.meaning, term.also.join(", "));
        assert!(method::glossary().contains(&row), "{row}");
    }
}

#[test]
fn the_guide_is_two_pages_and_keeps_the_words_of_the_house() {
    let guide = method::guide();
    let words = guide.split_whitespace().count();
    assert!((700..=1400).contains(&words), "{words} words");
    for (name, text) in [
        ("guide", guide.as_str()),
        ("glossary", &method::glossary()),
        (
            "first part of style.md",
            include_str!("../../docs/style.md")
                .split("## Words that")
                .next()
                .unwrap(),
        ),
    ] {
        let lower = text.to_lowercase();
        for word in lower.split(|c: char| !c.is_alphanumeric()) {
            assert!(!LEFT_OUT.contains(&word), "{name}: {word}");
        }
        for phrase in ["is none", "there is no ", "there is not"] {
            assert!(!lower.contains(phrase), "{name}: {phrase}");
        }
    }
}

#[test]
fn every_kind_has_three_good_and_three_poor_titles_and_a_test() {
    for kind in NodeKind::ALL {
        let subject = method::of_kind(*kind);
        assert_eq!(subject.kind, Some(*kind));
        assert_eq!((subject.good.len(), subject.bad.len()), (3, 3), "{}", subject.name);
        assert!(
            subject.test.contains('?') && !subject.sentence.is_empty(),
            "{}",
            subject.name
        );
    }
    for name in ["reason", "measure", "owner"] {
        let subject = SUBJECTS.iter().find(|subject| subject.name == name).unwrap();
        assert_eq!((subject.good.len(), subject.bad.len()), (3, 3), "{name}");
    }
}

/// The rules on wording that find something in a title of that kind.
fn wording(kind: NodeKind, title: &str) -> Vec<&'static str> {
    let mut map = BenefitMap::new("m");
    map.nodes.push(Node::new("n".parse().unwrap(), kind, title));
    let report = check(&BenefitGraph::new(&map), &Options::new(Profile::Audit));
    let codes = report.findings.iter().map(|finding| finding.code);
    codes
        .filter(|code| ["BM110", "BM111", "BM113"].contains(code))
        .collect()
}

#[test]
fn what_is_called_a_good_title_passes_the_rules_on_wording() {
    for kind in NodeKind::ALL {
        for good in method::of_kind(*kind).good {
            assert!(
                wording(*kind, good).is_empty(),
                "{kind}: {good}: {:?}",
                wording(*kind, good)
            );
        }
    }
}

#[test]
fn what_is_shown_of_a_file_is_a_sound_map() {
    let mut shown = 0;
    for subject in SUBJECTS.iter().filter(|subject| !subject.written.is_empty()) {
        shown += 1;
        let text = format!("{{\"format\": 1, \"title\": \"T\",\n{}}}", subject.written);
        let map = file::parse("map.json", &text).unwrap_or_else(|faults| panic!("{}: {faults}", subject.name));
        let graph = BenefitGraph::new(&map);
        let report = check(&graph, &Options::new(Profile::Workshop));
        let wrong: Vec<&str> = report.findings.iter().map(|f| f.message.as_str()).collect();
        // Pieces of a map have boxes that nothing leads to; nothing else is wrong with them.
        assert!(
            report.findings.iter().all(|f| f.code == "BM201"),
            "{}: {wrong:?}",
            subject.name
        );
        assert!(subject.page().contains(subject.written));
    }
    assert!(shown >= 6, "the subjects that people must write down show how");
}

#[test]
fn explain_alone_lists_everything_that_it_explains() {
    let ran = Folder::new().run("explain");
    assert_eq!(ran.code, 0, "{}", ran.told);
    for name in SUBJECTS
        .iter()
        .map(|subject| subject.name)
        .chain(TERMS.iter().map(|term| term.name))
    {
        assert!(ran.out.contains(name), "{name}");
    }
    for rule in RULES {
        assert!(
            ran.out.contains(rule.code) && ran.out.contains(rule.slug),
            "{}",
            rule.code
        );
    }
}

#[test]
fn several_words_need_no_quotes_and_rules_are_still_explained() {
    let folder = Folder::new();
    assert!(
        folder
            .run("explain theory of change")
            .out
            .starts_with("# Theory of change\n")
    );
    assert!(
        folder
            .run("explain Business Changes")
            .out
            .starts_with("# Business change\n")
    );
    assert!(folder.run("explain bm201").out.starts_with("# BM201 orphan\n"));
    assert!(folder.run("explain dead-end").out.starts_with("# BM206 dead-end\n"));
    assert!(folder.run("rules").out.contains("BM206"));
}

#[test]
fn an_unknown_subject_names_the_likely_one_and_ends_with_two() {
    let folder = Folder::new();
    for (typed, meant) in [
        ("explain enablr", "did you mean `enabler`?"),
        ("explain outcmoe", "did you mean `outcome`?"),
        ("explain busines chnage", "did you mean `business change`?"),
        ("explain orphn", "did you mean `orphan`?"),
        ("explain BM20l", "did you mean `BM201`?"),
        ("explain xyzzy", "or a term: `benefit-map explain` lists them all"),
    ] {
        let ran = folder.run(typed);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{typed}");
        assert!(ran.told.contains(meant), "{typed}: {}", ran.told);
        assert!(
            ran.told.contains("`benefit-map explain` lists them all"),
            "{typed}: {}",
            ran.told
        );
    }
}
