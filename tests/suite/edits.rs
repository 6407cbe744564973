//! Edits: each with its inverse, and no sequence of them makes a map that does not read back or points at nothing.

use benefit_map::check::{self, Options, Profile};
use benefit_map::edit::{Applied, Edit, Refusal, Sort, apply, label};
use benefit_map::file;
use benefit_map::finding::Subject;
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{BenefitMap, Node, NodeId, NodeKind};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::generate::{maps, some_text, text};

fn edit(json: Value) -> Edit {
    serde_json::from_value(json).unwrap()
}

fn done(map: &mut BenefitMap, json: Value) -> Applied {
    apply(map, &edit(json.clone())).unwrap_or_else(|refusal| panic!("{json}: {refusal}"))
}

fn refused(map: &mut BenefitMap, json: Value) -> String {
    let before = map.clone();
    let refusal = apply(map, &edit(json)).unwrap_err();
    assert_eq!(*map, before, "{refusal}");
    refusal.to_string()
}

/// The faults of a map that no edit may bring in.
fn broken(map: &BenefitMap) -> Vec<String> {
    let graph = BenefitGraph::new(map);
    let json = check::check(&graph, &Options::new(Profile::Audit)).to_json(&benefit_map::finding::Nowhere);
    let report: Value = serde_json::from_str(&json).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .filter(|f| matches!(f["code"].as_str(), Some("BM101" | "BM102" | "BM103" | "BM104")))
        // Not the message: it quotes titles, which edits change.
        .map(|f| format!("{} {} {}", f["code"], f["subject"], f["field"]))
        .collect()
}

/// What an edit may be about: anything in the map, or now and then something that is not there.
fn subjects(map: &BenefitMap) -> Vec<String> {
    let mut out: Vec<String> = vec!["map".into(), "node nowhere".into(), "link no -> where".into()];
    out.extend(map.nodes.iter().map(|r| format!("node {}", r.id)));
    out.extend(map.links.iter().map(|r| format!("link {} -> {}", r.from, r.to)));
    out.extend(map.owners.iter().map(|r| format!("owner {}", r.id)));
    out.extend(map.kpis.iter().map(|r| format!("kpi {}", r.id)));
    out.extend(map.risks.iter().map(|r| format!("risk {}", r.id)));
    out.extend(map.partners.iter().map(|r| format!("partner {}", r.id)));
    out.extend(map.plans.iter().map(|r| format!("plan {}", r.owner)));
    out.extend(
        map.plans
            .iter()
            .flat_map(|p| &p.activities)
            .map(|r| format!("activity {}", r.id)),
    );
    out
}

/// An edit of the map as it is, from a few numbers and texts.
pub fn some_edit(map: &BenefitMap, what: usize, a: usize, b: usize, words: &str) -> Edit {
    let all = subjects(map);
    let subject = &all[a % all.len()];
    let id = |at: usize| match map.nodes.get(at % (map.nodes.len() + 1)) {
        Some(node) => node.id.to_string(),
        None => "nowhere".to_owned(),
    };
    let owner = |at: usize| map.owners.get(at % map.owners.len().max(1)).map(|o| o.id.to_string());
    let kind = NodeKind::ALL[b % 5].as_str();
    edit(match what {
        0 => json!({"do": "add-node", "kind": kind, "title": words, "from": [id(a)], "to": [id(b)]}),
        1 => json!({"do": "add-node", "kind": kind, "title": words, "below": id(a)}),
        2 => json!({"do": "add", "what": "kpi", "fields": {"node": id(a), "title": words, "targets": [{"value": b}]}}),
        3 => json!({"do": "add", "what": "owner", "fields": {"name": words, "senior": true}}),
        4 => {
            json!({"do": "add", "what": "risk", "fields": {"title": words, "threatens": format!("{} -> {}", id(a), id(b))}})
        }
        5 => json!({"do": "add", "what": "activity", "plan": owner(b), "fields": {"title": words, "node": id(a)}}),
        6 => json!({"do": "add", "what": "partner", "fields": {"name": words}, "at": a}),
        7 | 8 => json!({"do": "remove", "what": subject}),
        9 => json!({"do": "link", "from": id(a), "to": id(b)}),
        10 => match map.links.get(a % map.links.len().max(1)) {
            Some(link) => json!({"do": "unlink", "from": link.from, "to": link.to}),
            None => json!({"do": "unlink", "from": "no", "to": "where"}),
        },
        11 => json!({"do": "arrange", "kind": kind, "order": [id(a), id(b), id(a + b), id(a)]}),
        12 => json!({"do": "set", "what": format!("node {}", id(a)), "field": "kind", "value": kind}),
        13 => {
            let fields = [
                "title",
                "name",
                "owner",
                "partners",
                "rationale",
                "evidence",
                "measurement",
                "threatens",
                "after",
                "period",
            ];
            let values = [
                json!(words),
                Value::Null,
                json!(owner(a)),
                json!([words]),
                json!({"responsible": owner(b)}),
                json!([{"source": words, "strength": "weak"}]),
                json!(id(b)),
                json!({"start": "2026-04-01"}),
            ];
            json!({"do": "set", "what": subject, "field": fields[b % fields.len()], "value": values[(a + b) % values.len()]})
        }
        14 => json!({
            "do": "allow", "rule": "orphan", "subject": subject, "reason": words, "by": words, "until": "2027-03-31"
        }),
        15 => match map.allow.get(a % map.allow.len().max(1)) {
            Some(entry) => json!({"do": "disallow", "rule": entry.rule, "subject": entry.subject}),
            None => json!({"do": "disallow", "rule": "x", "subject": "map"}),
        },
        _ => {
            let parts = [
                some_edit(map, a % 16, b, a, words),
                some_edit(map, b % 16, a + 1, b + 2, words),
            ];
            return Edit::Group {
                label: words.to_owned(),
                edits: parts.to_vec(),
            };
        }
    })
}

pub fn canonical(map: &BenefitMap) -> BenefitMap {
    let mut map = map.clone();
    map.canonicalize();
    map
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// An edit and its inverse give the same map again; a refused one leaves it as it was; the edit that was told does the
    /// same again; and what is left reads back and points at nothing that is not there.
    #[test]
    fn every_edit_has_its_inverse_and_leaves_a_sound_map(
        whole in maps(),
        steps in proptest::collection::vec((0usize..17, 0usize..40, 0usize..40, text()), 1..12),
    ) {
        let mut map = whole;
        let faults = broken(&map);
        let mut done = Vec::new();
        for (what, a, b, words) in steps {
            let edit = some_edit(&map, what, a, b, &words);
            let before = map.clone();
            let told = label(&map, &edit);
            prop_assert!(!told.is_empty());
            match apply(&mut map, &edit) {
                Err(_) => prop_assert_eq!(&canonical(&map), &canonical(&before)),
                Ok(applied) => {
                    let mut again = before.clone();
                    let repeated = apply(&mut again, &applied.edit).unwrap();
                    prop_assert_eq!(&again, &map);
                    prop_assert_eq!(repeated.edit, applied.edit.clone());
                    let mut back = map.clone();
                    let undone = apply(&mut back, &applied.inverse)
                        .unwrap_or_else(|refusal| panic!("{edit:?}\n{:?}\n{refusal}", applied.inverse));
                    prop_assert_eq!(&canonical(&back), &canonical(&before), "{:?}", applied.inverse);
                    apply(&mut back, &undone.inverse).unwrap();
                    prop_assert_eq!(&canonical(&back), &canonical(&map));
                    let inverse: Edit = serde_json::from_str(&serde_json::to_string(&applied.inverse).unwrap()).unwrap();
                    prop_assert_eq!(&inverse, &applied.inverse);
                    done.push((before, applied));
                }
            }
            let text = file::write(&map);
            prop_assert_eq!(&file::parse("map.json", &text).unwrap(), &canonical(&map));
            let now = broken(&map);
            prop_assert!(now.iter().all(|fault| faults.contains(fault)), "{:?}\n{:?}", edit, now);
        }
        for (before, applied) in done.iter().rev() {
            apply(&mut map, &applied.inverse).unwrap();
            prop_assert_eq!(&canonical(&map), &canonical(before));
        }
    }

    /// Whatever a browser sends: no panic, and a map that reads back.
    #[test]
    fn no_value_panics(field in "[a-z_]{1,12}", value in "[\\[\\]{}\":,0-9a-z. -]{0,30}", words in some_text()) {
        let mut map = small();
        let value = serde_json::from_str(&value).unwrap_or(Value::String(value));
        for what in ["map", "node a", "link a -> b", "owner o", "kpi k"] {
            let _ = apply(&mut map, &edit(json!({"do": "set", "what": what, "field": field, "value": value})));
            let _ = apply(&mut map, &edit(json!({"do": "add", "what": "risk", "fields": {field.clone(): value, "title": words}})));
        }
        file::parse("map.json", &file::write(&map)).unwrap();
    }
}

fn small() -> BenefitMap {
    let mut map = BenefitMap::new("Small");
    for step in [
        json!({"do": "add-node", "kind": "enabler", "title": "A"}),
        json!({"do": "add-node", "kind": "end-outcome", "title": "B", "from": ["a"]}),
        json!({"do": "add", "what": "owner", "fields": {"id": "o", "name": "Olga"}}),
        json!({"do": "add", "what": "kpi", "fields": {"id": "k", "node": "b", "title": "How many"}}),
        json!({"do": "add", "what": "risk", "fields": {"id": "r", "title": "Nobody comes", "threatens": "a -> b", "owner": "o"}}),
        json!({"do": "add", "what": "activity", "plan": "o", "fields": {"id": "t", "title": "Train", "node": "a"}}),
    ] {
        done(&mut map, step);
    }
    map
}

#[test]
fn ids_are_made_from_titles_and_are_unique() {
    let mut map = BenefitMap::new("");
    let mut add = |title: &str| done(&mut map, json!({"do": "add-node", "kind": "enabler", "title": title})).ids;
    assert_eq!(add("Kiosks in libraries"), ["kiosks-in-libraries"]);
    assert_eq!(add("Kiosks in libraries"), ["kiosks-in-libraries-2"]);
    assert_eq!(add("Kiosks, in libraries!"), ["kiosks-in-libraries-3"]);
    assert_eq!(add("図書館"), ["node-2"]);
    assert_eq!(add(""), ["node-3"]);
    let long = add(&"word ".repeat(40)).remove(0);
    assert!(long.len() <= 48 && long.ends_with("word"), "{long}");
    let owner = done(
        &mut map,
        json!({"do": "add", "what": "owner", "fields": {"name": "Kiosks in libraries"}}),
    );
    assert_eq!(owner.ids, ["kiosks-in-libraries-4"]);
}

#[test]
fn removing_a_box_takes_what_cannot_be_without_it_and_undo_brings_all_back() {
    let mut map = small();
    let before = map.clone();
    let applied = done(&mut map, json!({"do": "remove", "what": "node b"}));
    assert!(map.links.is_empty() && map.kpis.is_empty());
    assert_eq!(map.risks[0].threatens, None);
    assert_eq!(map.nodes.len(), 1);
    apply(&mut map, &applied.inverse).unwrap();
    assert_eq!(map, before);

    let applied = done(&mut map, json!({"do": "remove", "what": "owner o"}));
    assert!(map.owners.is_empty() && map.plans.is_empty() && map.risks[0].owner.is_none());
    apply(&mut map, &applied.inverse).unwrap();
    assert_eq!(map, before);
}

#[test]
fn what_would_make_an_invalid_map_is_refused_in_plain_words() {
    let mut map = small();
    let told = [
        (
            json!({"do": "link", "from": "a", "to": "a"}),
            "the box \"A\" cannot lead to itself",
        ),
        (
            json!({"do": "link", "from": "a", "to": "b"}),
            "the link from \"A\" to \"B\" exists already",
        ),
        (
            json!({"do": "link", "from": "a", "to": "c"}),
            "`to` names node c, which is not on the map",
        ),
        (
            json!({"do": "set", "what": "node a", "field": "owner", "value": "p"}),
            "`owner` names owner p, which is not on the map",
        ),
        (
            json!({"do": "set", "what": "node c", "field": "title", "value": "p"}),
            "node c is no longer on the map",
        ),
        (
            json!({"do": "set", "what": "node a", "field": "id", "value": "p"}),
            "`id` of node a cannot be set to this: an id stays as it is",
        ),
        (
            json!({"do": "add-node", "id": "o", "kind": "enabler", "title": "O"}),
            "the id `o` is taken: leave it out, and one is made from the title",
        ),
        (
            json!({"do": "set", "what": "map", "field": "nodes", "value": []}),
            "only title, purpose, period, currency, language, document and appraisal",
        ),
        (
            json!({"do": "set", "what": "node a", "field": "due", "value": "2026-02-30"}),
            "`2026-02-30` is not a date in the calendar",
        ),
        (
            json!({"do": "set", "what": "node a", "field": "titel", "value": "x"}),
            "unknown field `titel`",
        ),
        (
            json!({"do": "set", "what": "link a -> b", "field": "contribution", "value": 0.123_456_789_012_345_67}),
            "more than 15 significant digits",
        ),
        (
            json!({"do": "add", "what": "plan", "fields": {"owner": "o"}}),
            "the plan of \"Olga\" exists already",
        ),
        (
            json!({"do": "take", "what": "node a", "was": {"id": "a", "kind": "enabler", "title": "A"}}),
            "the box \"A\" is still needed by the link from \"A\" to \"B\"",
        ),
        (json!({"do": "remove", "what": "map"}), "map cannot be removed"),
    ];
    for (edit, words) in told {
        let message = refused(&mut map, edit.clone());
        assert!(message.contains(words), "{edit}\n{message}");
    }
}

#[test]
fn a_group_is_all_or_nothing() {
    let mut map = small();
    let group = json!({"do": "group", "edits": [
        {"do": "add-node", "kind": "enabler", "title": "C"},
        {"do": "link", "from": "c", "to": "b"},
        {"do": "link", "from": "c", "to": "nowhere"},
    ]});
    assert!(refused(&mut map, group).contains("nowhere"));
}

#[test]
fn what_somebody_else_changed_is_not_lost_by_an_undo() {
    let mut map = small();
    let mine = done(
        &mut map,
        json!({"do": "set", "what": "node a", "field": "title", "value": "Mine"}),
    );
    done(
        &mut map,
        json!({"do": "set", "what": "node b", "field": "title", "value": "Beside"}),
    );
    let mut other = map.clone();
    apply(&mut other, &mine.inverse).unwrap();
    assert_eq!(
        (other.nodes[0].title.as_str(), other.nodes[1].title.as_str()),
        ("A", "Beside")
    );

    done(
        &mut map,
        json!({"do": "set", "what": "node a", "field": "title", "value": "Theirs"}),
    );
    let refusal = apply(&mut map, &mine.inverse).unwrap_err();
    assert!(matches!(refusal, Refusal::SetSince { .. }));
    assert_eq!(
        refusal.to_string(),
        "the title of the box \"Theirs\" was changed in the meantime: it is now \"Theirs\""
    );

    let added = done(&mut map, json!({"do": "add-node", "kind": "enabler", "title": "New"}));
    let linked = done(&mut map, json!({"do": "link", "from": "new", "to": "b"}));
    assert!(matches!(
        apply(&mut map, &added.inverse),
        Err(Refusal::StillNeeded { .. })
    ));
    apply(&mut map, &linked.inverse).unwrap();
    apply(&mut map, &added.inverse).unwrap();
}

#[test]
fn a_box_that_changes_its_stage_leaves_the_order_of_the_old_one() {
    let mut map = small();
    done(&mut map, json!({"do": "add-node", "kind": "enabler", "title": "C"}));
    done(
        &mut map,
        json!({"do": "arrange", "kind": "enabler", "order": ["c", "nowhere", "a", "c"]}),
    );
    let order = |map: &BenefitMap| -> Vec<String> {
        let arrangement = map.arrangement.iter();
        arrangement
            .flat_map(|a| a.order.of(NodeKind::Enabler))
            .map(NodeId::to_string)
            .collect()
    };
    assert_eq!(order(&map), ["c", "a"]);
    let before = map.clone();
    let moved = done(
        &mut map,
        json!({"do": "set", "what": "node c", "field": "kind", "value": "business-change"}),
    );
    assert_eq!(order(&map), ["a"]);
    apply(&mut map, &moved.inverse).unwrap();
    assert_eq!(map, before);
}

#[test]
fn labels_read_well_after_undo() {
    let map = small();
    let told = |json| label(&map, &edit(json));
    assert_eq!(told(json!({"do": "remove", "what": "node a"})), "remove the box \"A\"");
    assert_eq!(
        told(json!({"do": "set", "what": "node a", "field": "title", "value": "x"})),
        "rename the box \"A\""
    );
    assert_eq!(
        told(json!({"do": "set", "what": "kpi k", "field": "baseline", "value": {"value": 1}})),
        "set the baseline of the KPI \"How many\""
    );
    assert_eq!(
        told(json!({"do": "set", "what": "node a", "field": "kind", "value": "business-change"})),
        "make the box \"A\" one of the business changes"
    );
    assert_eq!(
        told(json!({"do": "link", "from": "a", "to": "b"})),
        "add the link from \"A\" to \"B\""
    );
    assert_eq!(
        told(json!({"do": "add", "what": "kpi", "fields": {"title": "Visits"}})),
        "add the KPI \"Visits\""
    );
}

#[test]
fn a_box_with_two_links_is_removed_with_both_and_the_map_is_called_so() {
    let mut map = BenefitMap::new("Chain");
    for n in 0..4 {
        let id = NodeId::new(format!("n{n}")).unwrap();
        map.nodes.push(Node::new(id, NodeKind::Enabler, format!("Box {n}")));
    }
    for n in 0..3 {
        done(
            &mut map,
            json!({"do": "link", "from": format!("n{n}"), "to": format!("n{}", n + 1)}),
        );
    }
    let removed = apply(&mut map, &edit(json!({"do": "remove", "what": "node n1"}))).unwrap();
    let touched: Vec<String> = removed.touches.iter().map(ToString::to_string).collect();
    assert_eq!(touched.len(), 3, "{touched:?}");
    assert_eq!((map.nodes.len(), map.links.len()), (3, 1));
    assert_eq!(Sort::ALL.len(), 8);
    assert_eq!(benefit_map::edit::describe(&map, &Subject::Map), "the map");
}
