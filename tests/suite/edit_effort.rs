//! Edits take time in proportion to what they touch. Small ones are held against the same ones on a smaller map, in one run; of
//! large ones it counts that they are done at all, in a suite that is not optimised, where anything that looks through the whole map
//! for every edit would take hours.

use std::time::{Duration, Instant};

use benefit_map::edit::{Edit, EditableMap, Refusal, apply};
use benefit_map::map::{BenefitMap, Link, Node, NodeId, NodeKind, Owner, OwnerId};
use serde_json::{Value, json};

fn edit(json: Value) -> Edit {
    serde_json::from_value(json).unwrap()
}

fn group(edits: Vec<Value>) -> Edit {
    edit(json!({"do": "group", "edits": edits}))
}

fn canonical(mut map: BenefitMap) -> BenefitMap {
    map.canonicalize();
    map
}

const MANY: usize = 19_000;

/// A map of so many boxes, to be edited.
fn of_boxes(count: usize) -> EditableMap {
    let mut map = BenefitMap::new("Large");
    let ids = (0..count).map(|n| NodeId::new(format!("n{n}")).unwrap());
    map.nodes = ids.map(|id| Node::new(id, NodeKind::Enabler, "Box")).collect();
    EditableMap::new(map)
}

/// How long two hundred small edits of each sort take, all of them undone.
fn small_edits(map: &mut EditableMap) -> Duration {
    let edits: Vec<Edit> = (0..200)
        .flat_map(|n| {
            [
                json!({"do": "link", "from": format!("n{n}"), "to": format!("n{}", n + 1)}),
                json!({"do": "set", "what": format!("node n{n}"), "field": "title", "value": "Other"}),
                json!({"do": "add", "what": "kpi", "fields": {"id": format!("k{n}"), "node": format!("n{n}"), "title": "Visits"}}),
                json!({"do": "remove", "what": format!("node n{}", n + 500)}),
            ]
        })
        .map(edit)
        .collect();
    let begun = Instant::now();
    let inverses: Vec<Edit> = edits.iter().map(|one| map.apply(one).unwrap().inverse).collect();
    for inverse in inverses.iter().rev() {
        map.apply_again(inverse).unwrap();
    }
    begun.elapsed()
}

#[test]
fn edits_are_quick_on_large_maps() {
    let (mut small, mut large) = (of_boxes(1_000), of_boxes(40_000));
    // Turn by turn, and the best of each: what else this machine does meanwhile makes single turns slow, and no turn quick.
    let turns: Vec<(Duration, Duration)> = (0..7)
        .map(|_| (small_edits(&mut small), small_edits(&mut large)))
        .collect();
    let best = |of: fn(&(Duration, Duration)) -> Duration| turns.iter().map(of).min().unwrap();
    let (small, large) = (best(|turn| turn.0), best(|turn| turn.1));
    // Forty times as many boxes: whatever looks at each of them takes forty times as long.
    assert!(
        large < small * 5,
        "the same edits take {small:?} on 1,000 boxes and {large:?} on 40,000"
    );
}

#[test]
fn boxes_that_share_one_title_are_numbered_in_one_go() {
    let mut map = EditableMap::new(BenefitMap::new("Paste"));
    let boxes = vec![json!({"do": "add-node", "kind": "enabler", "title": "Kiosks"}); MANY];
    let applied = map.apply(&group(boxes.clone())).unwrap();
    assert_eq!(applied.ids[..3], ["kiosks", "kiosks-2", "kiosks-3"]);
    assert_eq!(applied.ids[MANY - 1], format!("kiosks-{MANY}"));
    // And once more, where all of these are taken.
    let again = map.apply(&group(boxes)).unwrap();
    assert_eq!(again.ids[0], format!("kiosks-{}", MANY + 1));
    map.apply_again(&again.inverse).unwrap();
    map.apply_again(&applied.inverse).unwrap();
    assert_eq!(map.into_map(), BenefitMap::new("Paste"));
}

#[test]
fn a_paste_of_boxes_with_links_is_undone_in_one_go() {
    let mut map = EditableMap::new(BenefitMap::new("Paste"));
    let first = json!({"do": "add-node", "kind": "investment", "title": "Money", "id": "money"});
    let boxes = (1..MANY / 2)
        .map(|n| json!({"do": "add-node", "kind": "enabler", "title": format!("Box {n}"), "from": ["money"]}));
    let pasted = map.apply(&group([first].into_iter().chain(boxes).collect())).unwrap();
    let before = canonical(map.to_map());
    assert_eq!((before.nodes.len(), before.links.len()), (MANY / 2, MANY / 2 - 1));
    // The box in the middle takes all its links along, and they all come back.
    let removed = map.apply(&edit(json!({"do": "remove", "what": "node money"}))).unwrap();
    assert_eq!(map.to_map().links, []);
    map.apply_again(&removed.inverse).unwrap();
    assert_eq!(canonical(map.to_map()), before);
    map.apply_again(&pasted.inverse).unwrap();
    assert_eq!(map.into_map(), BenefitMap::new("Paste"));
}

#[test]
fn everything_that_is_arranged_can_be_removed_in_one_go() {
    let mut map = BenefitMap::new("Arranged");
    let ids: Vec<NodeId> = (0..MANY).map(|n| NodeId::new(format!("n{n}")).unwrap()).collect();
    map.nodes = ids
        .iter()
        .map(|id| Node::new(id.clone(), NodeKind::Enabler, "x"))
        .collect();
    map.links = ids
        .windows(2)
        .map(|two| Link::new(two[0].clone(), two[1].clone()))
        .collect();
    let mut map = EditableMap::new(map);
    map.apply(&edit(json!({"do": "arrange", "kind": "enabler", "order": ids})))
        .unwrap();
    let before = canonical(map.to_map());
    let removals = ids
        .iter()
        .map(|id| json!({"do": "remove", "what": format!("node {id}")}));
    let removed = map.apply(&group(removals.collect())).unwrap();
    assert_eq!(map.to_map(), BenefitMap::new("Arranged"));
    // What takes it back is as large as what was removed, not as large as that times itself.
    let length = serde_json::to_string(&removed.inverse).unwrap().len();
    assert!(length < 10_000_000, "{length}");
    map.apply_again(&removed.inverse).unwrap();
    assert_eq!(canonical(map.into_map()), before);
}

#[test]
fn an_owner_of_everything_can_be_removed_in_one_go() {
    let mut map = BenefitMap::new("Owned");
    let owner = OwnerId::new("o").unwrap();
    map.owners.push(Owner::new(owner.clone(), "O".to_owned()));
    map.nodes = (0..MANY)
        .map(|n| {
            let mut node = Node::new(NodeId::new(format!("n{n}")).unwrap(), NodeKind::Enabler, "x");
            node.owner = Some(owner.clone());
            node
        })
        .collect();
    let before = map.clone();
    let removed = apply(&mut map, &edit(json!({"do": "remove", "what": "owner o"}))).unwrap();
    assert!(map.nodes.iter().all(|node| node.owner.is_none()));
    let mut map = EditableMap::new(map);
    map.apply_again(&removed.inverse).unwrap();
    assert_eq!(map.into_map(), before);
}

#[test]
fn many_small_edits_of_one_large_record_are_refused_before_they_take_for_ever() {
    let targets = vec![json!({"value": 1}); 20_000];
    let mut map = EditableMap::new(BenefitMap::new("Large"));
    map.apply(&edit(json!({"do": "add-node", "kind": "enabler", "title": "A"})))
        .unwrap();
    map.apply(&edit(
        json!({"do": "add", "what": "kpi", "fields": {"id": "k", "node": "a", "targets": targets}}),
    ))
    .unwrap();
    let before = map.to_map();
    let set = |n: usize| json!({"do": "set", "what": "kpi k", "field": "unit", "value": format!("{n}")});
    let refusal = map.apply(&group((0..1_000).map(set).collect())).unwrap_err();
    assert_eq!(refusal, Refusal::TooMuch);
    assert!(refusal.to_string().contains("in parts"), "{refusal}");
    assert_eq!(map.to_map(), before);
    assert!(map.apply(&set_one(set(1))).is_ok());
}

fn set_one(set: Value) -> Edit {
    edit(set)
}

#[test]
fn an_edit_that_fails_at_its_end_leaves_even_a_map_with_faults_as_it_was() {
    let node = |id: &str| json!({"id": id, "kind": "enabler", "title": id});
    let plan = |activities: Value| json!({"owner": "o", "activities": activities});
    let map: BenefitMap = serde_json::from_value(json!({
        "format": 1, "title": "Faults",
        "nodes": [node("a"), node("b"), node("a"), node("c")],
        "links": [{"from": "a", "to": "b"}, {"from": "a", "to": "b"}, {"from": "b", "to": "nowhere"}],
        "owners": [{"id": "o", "name": "O"}, {"id": "a", "name": "Shares an id"}],
        "risks": [{"id": "r", "title": "R", "threatens": "a -> b"}],
        "plans": [plan(json!([{"id": "x", "title": "X"}])), plan(json!([{"id": "y", "title": "Y", "after": ["x", "gone"]}]))],
        "allow": [{"rule": "orphan", "subject": "node a", "reason": "1"}, {"rule": "orphan", "subject": "node a", "reason": "2"}],
        "arrangement": {"order": {"enabler": ["a", "stale", "b"]}},
    }))
    .unwrap();
    let fails = json!({"do": "remove", "what": "node nothing"});
    for what in [
        "node a",
        "node b",
        "link a -> b",
        "owner o",
        "activity x",
        "activity y",
        "plan o",
        "risk r",
        "owner a",
    ] {
        let mut tried = EditableMap::new(map.clone());
        let removal = json!({"do": "remove", "what": what});
        assert!(tried.apply(&group(vec![removal, fails.clone()])).is_err(), "{what}");
        assert_eq!(canonical(tried.into_map()), canonical(map.clone()), "{what}");
    }
}
