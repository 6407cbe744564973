//! Confidence in links: asked for each link, drawn on the map, named where people are far apart, and never evidence.

use serde_json::{Value, json};

use crate::support::folder::Folder;

const MAP: &str = r#"{"format": 1, "title": "Kiosks", "nodes": [
    {"id": "kiosks", "kind": "enabler", "title": "Kiosks"},
    {"id": "self-service", "kind": "business-change", "title": "Visitors renew loans themselves"},
    {"id": "queues", "kind": "intermediate-outcome", "title": "Shorter queues"},
    {"id": "learning", "kind": "end-outcome", "title": "More people learn"}],
  "links": [{"from": "kiosks", "to": "self-service"}, {"from": "self-service", "to": "queues"},
    {"from": "queues", "to": "learning"}]}"#;

/// Four people: sure of the first link, far apart on the second, and nobody can say anything of the third.
fn votes() -> String {
    let mut rows = String::from("set,question,respondent,answer\n");
    for (link, answers) in [
        ("kiosks -> self-service", ["4", "very sure", "4", "4"]),
        ("self-service -> queues", ["1", "not at all sure", "4", "4"]),
        ("queues -> learning", ["don't know", "don't know", "", "n/a"]),
    ] {
        for (person, answer) in answers.iter().enumerate() {
            rows.push_str(&format!("links,{link},p{person},{answer}\n"));
        }
    }
    rows
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.put("map.json", MAP);
    folder.put("votes.csv", votes());
    folder
}

#[test]
fn the_links_that_divide_the_room_are_named() {
    let folder = folder();
    let ran = folder.run("survey results map.json --answers votes.csv");
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert!(
        ran.out
            .contains("People are far apart (agreement below 0.3) on self-service -> queues."),
        "{}",
        ran.out
    );
    let ran = folder.run("survey results map.json --answers votes.csv --format json");
    let results: Value = serde_json::from_str(&ran.out).unwrap();
    let divides: Vec<&Value> = results.as_array().unwrap().iter().map(|one| &one["divides"]).collect();
    assert_eq!(divides, [&json!(false), &json!(true), &json!(false)]);
    // Votes are never triggers of risks, and nobody's evidence.
    let ran = folder.run("survey triggers map.json --answers votes.csv --stage before-commitment --format json");
    assert_eq!((ran.code, ran.out.trim()), (0, "[]"), "{}", ran.told);
}

#[test]
fn the_map_is_drawn_by_the_least_sure_and_by_disagreement() {
    let folder = folder();
    let ran = folder.run("draw map.json --lines confidence --answers votes.csv -o map.svg");
    assert_eq!(ran.code, 0, "{}", ran.told);
    let picture = std::fs::read_to_string(folder.at("map.svg")).unwrap();
    for words in [
        "Everyone who answered is very sure",
        "the least sure: not at all sure",
        "nobody could say, or nobody was asked",
        "Thick: people are far apart",
    ] {
        assert!(picture.contains(words), "{words}");
    }
    assert!(
        !picture.contains("the least sure: fairly sure"),
        "the legend has only what occurs"
    );
    assert!(
        picture.contains("lowest not at all sure: 2 not at all sure, 2 very sure; people are far apart"),
        "{picture}"
    );
    // The same map without votes is drawn as ever.
    let ran = folder.run("draw map.json --lines plain -o plain.svg");
    assert_eq!(ran.code, 0, "{}", ran.told);
    assert!(
        !std::fs::read_to_string(folder.at("plain.svg"))
            .unwrap()
            .contains("far apart")
    );
}

#[test]
fn a_picture_of_confidence_needs_answers_and_answers_need_it() {
    let folder = folder();
    folder.put("other.csv", "question,answer\nclarity.scope,4\n");
    for (line, said) in [
        (
            "draw map.json --lines confidence -o map.svg",
            "name the files with --answers",
        ),
        (
            "draw map.json --answers votes.csv -o map.svg",
            "--answers is for `--lines confidence`",
        ),
        (
            "draw map.json --lines confidence --answers other.csv -o map.svg",
            "nobody answered `links`",
        ),
    ] {
        let ran = folder.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.told);
        assert!(ran.told.contains(said), "{line}: {}", ran.told);
        assert!(!folder.at("map.svg").exists());
    }
}
