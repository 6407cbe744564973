//! The workshop: people change one map together, nothing that was acknowledged is lost, and everybody sees the same.

use serde_json::{Value, json};

use crate::support::room::{ADA, BO, Room, add, room, titles};
use crate::support::wire::Wire;

#[path = "../../examples/workshop_load/mirror.rs"]
#[allow(
    dead_code,
    reason = "shared with the measurement of a full room, which uses all of it"
)]
mod mirror;
use mirror::Mirror;

fn title(node: &str, title: &str) -> Value {
    json!({"do": "set", "what": format!("node {node}"), "field": "title", "value": title})
}

#[test]
fn everybody_sees_what_one_person_does_and_it_is_saved_first() {
    let room = room();
    let (mut ada, mut bo) = (room.events(ADA), room.events(BO));
    let (first, second) = (ada.next("hello"), bo.next("hello"));
    assert_eq!((&first["rev"], &first["hash"]), (&second["rev"], &second["hash"]));
    assert_eq!(first["role"], "edit");
    assert_eq!(first["map"]["nodes"].as_array().unwrap().len(), 2);

    let answer = room.edit(
        ADA,
        1,
        json!({"do": "add-node", "kind": "business-change", "title": "Kiosks", "from": ["a"], "to": ["b"]}),
    );
    assert_eq!((answer["rev"].as_u64(), &answer["ids"]), (Some(1), &json!(["kiosks"])));
    assert_eq!(answer["undo"]["label"], "add the box \"Kiosks\"");
    // Acknowledged is saved.
    assert_eq!(titles(&room.saved()), ["A", "Kiosks", "B"]);
    for events in [&mut ada, &mut bo] {
        let news = events.next("map");
        assert_eq!(news["rev"], 1);
        assert_eq!(news["hash"], answer["hash"]);
        assert_eq!(news["changed"]["node kiosks"]["title"], "Kiosks");
        assert!(news["changed"]["link a -> kiosks"].is_object());
        assert_eq!(news["edits"][0]["client"], first["client"]);
        assert!(
            news["picture"]["cards"]["kiosks"]["svg"]
                .as_str()
                .unwrap()
                .contains("Kiosks")
        );
        let line = &news["picture"]["routes"]["kiosks -> b"]["line"];
        assert!(line.as_str().unwrap().starts_with('M'));
    }
}

#[test]
fn events_alone_keep_a_map_that_is_the_servers() {
    let room = room();
    let mut events = room.events(ADA);
    let mut mirror = Mirror::new(&events.next("hello"));
    assert_eq!(mirror.own_hash(), mirror.hash);
    let steps = [
        json!({"do": "add", "what": "owner", "fields": {"id": "o", "name": "Olga"}}),
        json!({"do": "set", "what": "node a", "field": "owner", "value": "o"}),
        json!({"do": "add", "what": "kpi", "fields": {"id": "k", "node": "b", "title": "How many", "targets": [{"value": 3.5}]}}),
        json!({"do": "add", "what": "activity", "plan": "o", "fields": {"id": "t", "title": "Train", "node": "a"}}),
        json!({"do": "set", "what": "map", "field": "period", "value": {"start": "2026-04-01"}}),
        json!({"do": "arrange", "kind": "enabler", "order": ["a"]}),
        json!({"do": "set", "what": "node a", "field": "tags", "value": ["z", "a", "z"]}),
        json!({"do": "allow", "rule": "no-quick-win", "subject": "map", "reason": "later"}),
        json!({"do": "remove", "what": "node b"}),
        json!({"do": "remove", "what": "owner o"}),
    ];
    for (n, step) in (1..).zip(steps) {
        let answer = room.edit(ADA, n, step);
        mirror.take(serde_json::from_value(events.next("map")).unwrap());
        assert_eq!(mirror.hash, answer["hash"]);
        assert_eq!(mirror.own_hash(), mirror.hash, "{n}");
    }
    assert_eq!(room.get("/api/map")["hash"], mirror.hash.as_str());
}

#[test]
fn an_edit_that_is_sent_again_is_done_once() {
    let room = room();
    let first = room.edit(ADA, 1, add("Once"));
    let again = room.edit(ADA, 1, add("Once"));
    assert_eq!((&first["rev"], &first["ids"]), (&again["rev"], &again["ids"]));
    let other = room.edit(BO, 1, add("Once"));
    assert_eq!(other["ids"], json!(["once-2"]));
    let room = room.again();
    let again = room.edit(ADA, 1, add("Once"));
    assert_eq!(first["rev"], again["rev"]);
    assert_eq!(
        titles(&room.saved()).iter().filter(|title| **title == "Once").count(),
        2
    );
    // A refused one may be sent again too.
    let body = json!({"client": ADA, "n": 2, "edit": {"do": "unlink", "from": "b", "to": "a"}});
    assert_eq!(
        room.refused("/api/edits", &body, "refused"),
        room.refused("/api/edits", &body, "refused")
    );
}

#[test]
fn many_edits_at_once_are_each_acknowledged_once() {
    let room = room();
    let (address, key) = (room.address, &room.edit);
    let mut events = room.events("listener");
    let mut mirror = Mirror::new(&events.next("hello"));
    let mut revs: Vec<u64> =
        std::thread::scope(|scope| {
            let people: Vec<_> =
                (0..4)
                    .map(|person| {
                        scope.spawn(move || {
                    let mut wire = Wire::open(address).unwrap();
                    let client = format!("person-{person}-of-four");
                    let edit = |n: u64| json!({"client": client, "n": n, "edit": add(&format!("Box {n} of {person}"))});
                    let send = |n| wire.post("/api/edits", key, &edit(n)).unwrap().json()["rev"].as_u64().unwrap();
                    (1..=10).map(send).collect::<Vec<u64>>()
                })
                    })
                    .collect();
            people.into_iter().flat_map(|person| person.join().unwrap()).collect()
        });
    revs.sort_unstable();
    assert_eq!(revs, (1..=40).collect::<Vec<u64>>());
    while mirror.rev < 40 {
        mirror.take(serde_json::from_value(events.next("map")).unwrap());
    }
    assert_eq!(mirror.own_hash(), mirror.hash);
    assert_eq!(room.saved().nodes.len(), 42);
}

#[test]
fn undo_is_each_persons_own() {
    let room = room();
    room.edit(ADA, 1, title("a", "Ada's"));
    room.edit(BO, 1, title("b", "Bo's"));
    let undone = room.post("/api/undo", &json!({"client": ADA, "n": 2})).json();
    assert_eq!(undone["label"], "rename the box \"A\"");
    assert_eq!(
        (&undone["undo"], &undone["redo"]["label"]),
        (&Value::Null, &json!("rename the box \"A\""))
    );
    assert_eq!(titles(&room.saved()), ["A", "Bo's"]);
    room.refused("/api/undo", &json!({"client": ADA, "n": 3}), "nothing");
    let redone = room.post("/api/redo", &json!({"client": ADA, "n": 4}));
    assert_eq!(redone.status, 200, "{}", redone.text());
    assert_eq!(titles(&room.saved()), ["Ada's", "Bo's"]);
    room.refused("/api/redo", &json!({"client": ADA, "n": 5}), "nothing");

    // What Bo has done since is not taken from Bo.
    room.edit(BO, 2, title("a", "Bo's too"));
    let why = room.refused("/api/undo", &json!({"client": ADA, "n": 6}), "refused");
    assert_eq!(
        why,
        "this cannot be undone: rename the box \"A\". Since then, somebody did this: rename the box \"Ada's\""
    );
    let undone = room.post("/api/undo", &json!({"client": BO, "n": 3}));
    assert_eq!(undone.status, 200);
    assert_eq!(room.post("/api/undo", &json!({"client": ADA, "n": 7})).status, 200);
    assert_eq!(titles(&room.saved()), ["A", "Bo's"]);

    // And it outlasts the server.
    let room = room.again();
    assert_eq!(room.post("/api/undo", &json!({"client": BO, "n": 4})).status, 200);
    assert_eq!(titles(&room.saved()), ["A", "B"]);
    assert_eq!(room.post("/api/redo", &json!({"client": BO, "n": 5})).status, 200);
    assert_eq!(titles(&room.saved()), ["A", "Bo's"]);
}

/// The boxes of a stage from the top, as the picture has them.
fn column(picture: &Value, ids: &[&str]) -> Vec<String> {
    let cards = picture["cards"].as_object().unwrap();
    let mut found: Vec<(f64, String)> = ids
        .iter()
        .map(|id| (cards[*id]["y"].as_f64().unwrap(), (*id).to_owned()))
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, id)| id).collect()
}

#[test]
fn the_picture_holds_still_and_new_boxes_go_where_they_are_wished() {
    let room = room();
    let ids = ["p", "q", "r", "s"];
    for (n, id) in (1..).zip(ids) {
        room.edit(
            ADA,
            n,
            json!({"do": "add-node", "id": id, "kind": "enabler", "title": id, "to": ["b"]}),
        );
    }
    let picture = |room: &Room| room.hello()["picture"].clone();
    let before = column(&picture(&room), &ids);
    // A link that a fresh layout would turn the column over for.
    for (n, id) in (10..).zip(ids) {
        room.edit(ADA, n, json!({"do": "add-node", "id": format!("{id}x"), "kind": "investment", "title": id, "to": [id], "below": ""}));
    }
    assert_eq!(column(&picture(&room), &ids), before);
    let (first, second) = (before[0].clone(), before[1].clone());
    room.edit(
        ADA,
        20,
        json!({"do": "add-node", "id": "new", "kind": "enabler", "title": "New", "below": first}),
    );
    let now = column(&picture(&room), &["p", "q", "r", "s", "new"]);
    assert_eq!(now[..3], [first, "new".to_owned(), second]);
    assert!(room.saved().arrangement.is_none());
    let order: Vec<&str> = now.iter().rev().map(String::as_str).collect();
    room.edit(ADA, 21, json!({"do": "arrange", "kind": "enabler", "order": order}));
    let turned: Vec<String> = now.iter().rev().cloned().collect();
    assert_eq!(column(&picture(&room), &["p", "q", "r", "s", "new"]), turned);
    assert_eq!(room.post("/api/tidy", &json!({"client": ADA})).status, 200);
}

#[test]
fn people_see_who_is_there_and_on_what() {
    let room = room();
    let mut listener = room.events(BO);
    listener.next("hello");
    let mut ada = room.events(ADA);
    let known = ada.next("hello")["client"].clone();
    room.post(
        "/api/presence",
        &json!({"client": ADA, "name": "Ada", "colour": 15, "at": "node a", "field": "title"}),
    );
    let told = listener.until("people", |told| {
        told["people"].as_array().is_some_and(|people| !people.is_empty())
    });
    let expected =
        json!({"client": known, "name": "Ada", "colour": 3, "role": "edit", "at": "node a", "field": "title"});
    assert_eq!(told["people"], json!([expected]));
    room.post("/api/presence", &json!({"client": ADA, "name": ""}));
    listener.until("people", |told| told["people"] == json!([]) && told["others"] == 2);
    drop(ada);
    let body = json!({"client": "a viewer's", "name": "x"});
    assert_eq!(room.post("/api/presence", &body).status, 400);
}

#[test]
fn findings_come_in_plain_words_by_profile() {
    let room = room();
    let found = room.get("/api/findings?profile=audit");
    let groups = found["groups"].as_array().unwrap();
    let words: Vec<&str> = groups.iter().map(|group| group["words"].as_str().unwrap()).collect();
    assert!(
        words.contains(&"none of the 2 outcomes and outputs has an owner"),
        "{words:?}"
    );
    assert!(found["summary"]["errors"].is_u64());
    let answer = Wire::open(room.address)
        .unwrap()
        .get("/api/findings?profile=other", &room.edit)
        .unwrap();
    assert_eq!(answer.status, 400);
    assert!(answer.text().contains("business-case"), "{}", answer.text());
    assert!(
        room.get("/api/explain?rule=BM501")["page"]
            .as_str()
            .unwrap()
            .starts_with('#')
    );

    // They are told live, and only where they are new.
    let mut events = room.events(ADA);
    events.next("hello");
    room.edit(
        ADA,
        1,
        json!({"do": "set", "what": "node a", "field": "description", "value": "More of it"}),
    );
    assert_eq!(events.next("map")["findings"], Value::Null);
    room.edit(
        ADA,
        2,
        json!({"do": "set", "what": "node a", "field": "title", "value": null}),
    );
    let told = events.next("map")["findings"].clone();
    assert_eq!(told["profile"], "workshop");
}

#[test]
fn the_map_can_be_taken_away_in_every_format() {
    let room = room();
    let formats = room.get("/api/export");
    let names = |name: &str| formats["formats"].as_array().unwrap().iter().any(|f| f["name"] == name);
    let built_in: &[&str] = if cfg!(feature = "documents") {
        &["svg", "png", "pdf", "json"]
    } else {
        &["svg", "json"]
    };
    for name in built_in {
        assert!(names(name), "{name}");
    }
    for format in formats["formats"].as_array().unwrap() {
        let name = format["name"].as_str().unwrap();
        let answer = Wire::open(room.address)
            .unwrap()
            .get(&format!("/api/export/{name}"), &room.view)
            .unwrap();
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        let disposition = crate::support::wire::header(&answer.head, "content-disposition").unwrap();
        assert_eq!(
            disposition,
            format!("attachment; filename=\"map.{}\"", format["ending"].as_str().unwrap())
        );
        let start: &[u8] = match name {
            "svg" => b"<svg",
            "json" => b"{\n",
            "xlsx" | "csv" => b"PK\x03\x04",
            "png" => b"\x89PNG",
            "pdf" => b"%PDF",
            _ => b"",
        };
        assert!(answer.body.starts_with(start), "{name}");
    }
    let answer = Wire::open(room.address)
        .unwrap()
        .get("/api/export/svg", &room.view)
        .unwrap();
    let svg = answer.text();
    assert!(
        svg.contains("data-from=\"a\" data-to=\"b\"") && svg.contains("data-id=\"a\""),
        "{svg}"
    );
    let qr = Wire::open(room.address)
        .unwrap()
        .get("/api/qr?link=view", &room.view)
        .unwrap();
    assert!(qr.text().contains("<svg"), "{}", qr.text());
}

#[test]
fn only_the_file_its_journal_and_its_links_are_written() {
    let room = room();
    room.edit(ADA, 1, title("a", "../../etc/passwd"));
    room.get("/api/history");
    for format in ["svg", "json", "..%2f..%2fmap"] {
        let _ = Wire::open(room.address)
            .unwrap()
            .get(&format!("/api/export/{format}"), &room.edit)
            .unwrap();
    }
    assert_eq!(
        crate::support::folder::names(room.dir.path()),
        ["map.json", "map.json.journal", "map.json.links"]
    );
}
