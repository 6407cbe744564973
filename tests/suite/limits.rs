//! How long the texts of a map may be: the same in a file, in tables, in other tools' files and in edits.

use std::process::Command;

use benefit_map::edit::{self, Edit, Refusal};
use benefit_map::map::limits::{LONGEST_ID, LONGEST_TEXT, LONGEST_TITLE};
use benefit_map::map::{BenefitMap, Node, NodeId, NodeKind, too_long};
use benefit_map::table::{DecisionKind, Handling, csv};
use benefit_map::{exchange, file, table};
use serde_json::json;

use crate::support::program::program;

fn map(title: &str, description: &str) -> BenefitMap {
    let mut map = BenefitMap::new("Limits");
    let mut node = Node::new(NodeId::new("a").unwrap(), NodeKind::Enabler, title);
    node.description = description.to_owned();
    map.nodes.push(node);
    map
}

#[test]
fn a_file_with_a_text_that_is_too_long_is_refused_with_its_place() {
    let good = map(&"é".repeat(LONGEST_TITLE), &"é".repeat(LONGEST_TEXT));
    assert_eq!(file::parse("map.json", &file::write(&good)).unwrap(), good);
    let long = map(&"é".repeat(LONGEST_TITLE + 1), &"é".repeat(LONGEST_TEXT + 1));
    let faults = file::parse("map.json", &file::write(&long)).unwrap_err();
    let told: Vec<_> = faults.list().iter().map(|f| (f.line, f.kind.message())).collect();
    assert_eq!(
        told,
        [
            (8, "`title` has 1,001 characters, and 1,000 is the most".to_owned()),
            (
                9,
                "`description` has 32,768 characters, and 32,767 is the most".to_owned()
            ),
        ]
    );
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("map.json");
    std::fs::write(&path, file::write(&long)).unwrap();
    let checked = Command::new(program()).arg("check").arg(&path).output().unwrap();
    assert_eq!(checked.status.code(), Some(2));
    let told = String::from_utf8(checked.stderr).unwrap();
    assert!(told.contains("map.json:8:16") && told.contains("shorten it"), "{told}");
    assert!(told.len() < 2_000, "{told}");
    // An id is as long as a file's name may well be, and no longer.
    let id = |length| {
        format!(
            r#"{{"format": 1, "nodes": [{{"id": "{}", "kind": "enabler"}}]}}"#,
            "a".repeat(length)
        )
    };
    assert!(file::parse("m", &id(LONGEST_ID)).is_ok());
    let faults = file::parse("m", &id(LONGEST_ID + 1)).unwrap_err();
    assert!(
        faults
            .to_string()
            .contains("an id has 100 characters at most, and this has 101"),
        "{faults}"
    );
}

#[test]
fn a_table_gives_the_beginning_of_a_text_that_is_too_long_and_tells_so() {
    let (title, tag) = ("t".repeat(1_200), "g".repeat(1_001));
    let rows = format!(
        "id,kind,title,tags,description\na,enabler,{title},x; {tag},{}\n",
        "d; ".repeat(11_000)
    );
    let import = table::import(&[csv::read("nodes.csv", rows.as_bytes()).unwrap()]).unwrap();
    assert_eq!(too_long(&import.map), []);
    let node = &import.map.nodes[0];
    assert_eq!(
        (node.title.len(), node.tags[1].len(), node.description.len()),
        (1_000, 1_000, LONGEST_TEXT)
    );
    let told: Vec<_> = import
        .decisions
        .iter()
        .map(|d| (d.kind, d.handling, d.column.as_deref().unwrap()))
        .collect();
    let left = |column| (DecisionKind::TextTooLong, Handling::LeftOut, column);
    assert_eq!(told, [left("title"), left("tags"), left("description")]);
    assert_eq!(
        import.decisions[0].to_string(),
        "nodes.csv, row 2, column title: the text has 1,200 characters, of which the first 1,000 were taken"
    );
}

#[test]
fn another_tools_file_gives_the_beginning_of_a_text_that_is_too_long_and_tells_so() {
    let text = format!("digraph {{ a [label=\"{}\"]; a -> b; }}", "t".repeat(1_500));
    let import = exchange::import_dot(text.as_bytes(), &Default::default()).unwrap();
    assert_eq!(too_long(&import.map), []);
    let told = import.accounts.iter().any(|account| {
        account.title == "`title` has 1,500 characters, and 1,000 is the most"
            && matches!(&account.fate, exchange::Fate::LeftOut { why } if why.contains("1,000 characters"))
    });
    assert!(told, "{:?}", import.accounts);
}

#[test]
fn an_edit_that_goes_beyond_the_limits_is_refused_and_changes_nothing() {
    let long = "t".repeat(LONGEST_TITLE + 1);
    let mut map = map("A", "");
    let before = map.clone();
    let deep = (0..9).fold(
        json!({"do": "add-node", "kind": "enabler", "title": "x"}),
        |inner, _| json!({"do": "group", "edits": [inner]}),
    );
    for wrong in [
        json!({"do": "set", "what": "node a", "field": "title", "value": long}),
        json!({"do": "group", "edits": [
            {"do": "set", "what": "node a", "field": "title", "value": "B"},
            {"do": "add-node", "kind": "enabler", "title": long},
        ]}),
        deep,
    ] {
        let edit: Edit = serde_json::from_value(wrong).unwrap();
        let refusal = edit::apply(&mut map, &edit).unwrap_err();
        assert!(
            matches!(refusal, Refusal::TooLong(_) | Refusal::TooDeep { .. }),
            "{refusal}"
        );
        assert_eq!(map, before);
    }
}
