//! What people do beside the map: notes, votes, private rounds, a timer, and who shows the map to the others.

use serde_json::{Value, json};

use crate::support::room::{ADA, BO, Room, room, small};
use crate::support::wire::{Events, Wire};

fn deed(room: &Room, client: &str, deed: Value) -> Value {
    let answer = room.post("/api/board", &json!({"client": client, "deed": deed}));
    assert_eq!(answer.status, 200, "{deed}: {}", answer.text());
    answer.json()
}

fn note(text: &str) -> Value {
    json!({"do": "note", "id": "note0001", "text": text, "about": "node a"})
}

#[test]
fn what_one_does_beside_the_map_everybody_is_sent_and_it_outlives_a_restart() {
    let room = room();
    let mut bo = room.events(BO);
    bo.next("hello");
    assert_eq!(
        bo.next("board"),
        json!({"whole": true, "notes": {}, "votes": {}, "rounds": {}, "health": {}, "own": {"votes": {}, "answers": {}, "health": {}}})
    );
    room.post("/api/presence", &json!({"client": ADA, "name": "Ada", "colour": 4}));
    deed(&room, ADA, note("Who pays?"));
    let news = bo.next("board");
    assert_eq!(
        (&news["whole"], &news["notes"]["note0001"]["name"]),
        (&json!(false), &json!("Ada"))
    );
    deed(&room, ADA, note("Who pays?"));
    deed(&room, ADA, json!({"do": "start-timer", "seconds": 60}));
    let timer = bo.next("board");
    assert_eq!(timer["notes"], json!({}), "what is sent again is no news");
    assert!(
        (50_000..=60_000).contains(&timer["timer"]["left"].as_i64().unwrap()),
        "{timer}"
    );
    let why = room.refused(
        "/api/board",
        &json!({"client": ADA, "deed": {"do": "remove-vote"}}),
        "unreadable",
    );
    assert!(why.contains("missing field `id`"), "{why}");
    room.refused(
        "/api/board",
        &json!({"client": ADA, "deed": {"do": "answer", "id": "x", "answer": "x"}}),
        "refused",
    );
    // Nothing of it is in the map, and the map's history goes on without it.
    assert_eq!(room.saved(), small());
    room.edit(
        ADA,
        1,
        json!({"do": "set", "what": "node a", "field": "title", "value": "AA"}),
    );
    deed(
        &room,
        BO,
        json!({"do": "reword", "id": "note0001", "text": "Who pays for it?", "was": "Who pays?"}),
    );
    let room = room.again();
    assert_eq!(room.workshop.notes().len(), 1, "{:?}", room.workshop.notes());
    let mut events = room.events(BO);
    let board = events.next("board");
    assert_eq!(board["notes"]["note0001"]["text"], "Who pays for it?");
    assert_eq!(board.get("timer"), None, "a timer is of its moment");
    assert_eq!(room.get("/api/history")["entries"].as_array().unwrap().len(), 1);
}

#[test]
fn a_board_without_a_step_of_the_map_is_kept_and_a_damaged_line_is_named() {
    let room = room();
    deed(&room, ADA, note("One"));
    deed(&room, ADA, json!({"do": "note", "id": "note0002", "text": "Two"}));
    let journal = room.journal();
    let room = room.again();
    let Room { dir, workshop, .. } = room;
    workshop.stop();
    let text = std::fs::read_to_string(&journal).unwrap();
    assert!(text.contains("\"One\""), "{text}");
    std::fs::write(&journal, text.replace("\"One\"", "\"0ne\"")).unwrap();
    let room = crate::support::room::open(dir, |_| {});
    let told = room.workshop.notes().join("\n");
    assert!(told.contains("line 2 of map.json.journal is damaged"), "{told}");
    let board = room.events(BO).next("board");
    assert_eq!(
        board["notes"].as_object().unwrap().keys().collect::<Vec<_>>(),
        ["note0002"]
    );
}

#[test]
fn nobodys_answer_reaches_another_browser_before_the_reveal() {
    let room = room();
    let question = json!({"text": "How sure are you?", "id": "hc-4"});
    let mut listening: Vec<Events> = vec![room.events(BO), Events::open(room.address, &room.view, BO).unwrap()];
    deed(
        &room,
        ADA,
        json!({"do": "open-round", "id": "round001", "question": question, "names": "shown"}),
    );
    let own = deed(
        &room,
        ADA,
        json!({"do": "answer", "id": "round001", "answer": "hardly-at-all"}),
    );
    assert_eq!(own["own"]["answers"], json!({"round001": "hardly-at-all"}));
    // Whoever comes now, with either link, under the same id by the other one, or after a restart.
    let room = room.again();
    for (key, client) in [(&room.edit, BO), (&room.view, BO), (&room.view, ADA), (&room.edit, "")] {
        let mut events = Events::open(room.address, key, client).unwrap();
        let all = [events.next("hello"), events.next("board"), events.next("lead")];
        assert!(!all.iter().any(|one| one.to_string().contains("hardly")), "{all:?}");
        assert_eq!(all[1]["rounds"]["round001"]["answered"], 1);
    }
    for path in [
        "/api/map",
        "/api/history",
        "/api/export/notes-json",
        "/api/export/notes-csv",
    ] {
        for key in [&room.edit, &room.view] {
            let answer = Wire::open(room.address).unwrap().get(path, key).unwrap();
            assert_eq!(answer.status, 200, "{path}");
            assert!(!answer.text().contains("hardly"), "{path}");
        }
    }
    let mine = room.events(ADA).next("board");
    assert_eq!(
        mine["own"]["answers"],
        json!({"round001": "hardly-at-all"}),
        "one's own comes back"
    );
    for events in &mut listening {
        // Until the workshop closed; nothing of what they were sent had it.
        while let Ok((_, data)) = events.next_text() {
            assert!(!data.contains("hardly"), "{data}");
        }
    }
    let mut bo = Events::open(room.address, &room.view, BO).unwrap();
    bo.next("lead");
    deed(&room, BO, json!({"do": "reveal", "id": "round001"}));
    let shown = bo.next("board");
    assert_eq!(shown["rounds"]["round001"]["answers"][0]["answer"], "hardly-at-all");
}

#[test]
fn dots_are_counted_when_the_vote_ends() {
    let room = room();
    let open = json!({"do": "open-vote", "id": "vote0001", "question": "What first?", "dots": 2, "among": {"stage": "enabler"}});
    deed(&room, ADA, open);
    let vote = |client: &str, dots: Value| deed(&room, client, json!({"do": "vote", "id": "vote0001", "dots": dots}));
    assert_eq!(
        vote(ADA, json!({"node a": 2}))["own"]["votes"],
        json!({"vote0001": {"node a": 2}})
    );
    vote(BO, json!({"node a": 1}));
    let mut bo = room.events(BO);
    let now = bo.next("board");
    assert_eq!(
        (
            &now["votes"]["vote0001"]["given"],
            now["votes"]["vote0001"].get("counts")
        ),
        (&json!(3), None)
    );
    deed(&room, BO, json!({"do": "close-vote", "id": "vote0001"}));
    assert_eq!(bo.next("board")["votes"]["vote0001"]["counts"], json!({"node a": 3}));
}

#[test]
fn one_person_leads_and_everybody_can_be_asked_to_look_somewhere_once() {
    let room = room();
    let look = |x: f64| json!({"x": x, "y": 0, "w": 100, "h": 50, "chosen": "node a"});
    let lead = |client: &str, what: &str, look: Value| {
        room.post("/api/lead", &json!({"client": client, "do": what, "look": look}))
    };
    room.post("/api/presence", &json!({"client": ADA, "name": "Ada"}));
    let mut ada = room.events(ADA);
    let mut viewer = Events::open(room.address, &room.view, BO).unwrap();
    assert_eq!(viewer.next("lead"), json!({"lead": null}));
    assert_eq!(lead(ADA, "begin", look(1.0)).status, 200);
    assert_eq!(viewer.next("lead")["lead"]["name"], "Ada");
    lead(ADA, "go", look(2.0));
    viewer.until("lead", |news| news["lead"]["look"]["x"] == 2.0);
    assert_eq!(lead(BO, "go", look(3.0)).status, 409, "nobody leads for another");
    assert_eq!(lead(BO, "end", Value::Null).status, 200);
    for wrong in [
        Value::Null,
        json!({"x": 1e9, "y": 0, "w": 1, "h": 1}),
        json!({"x": 0, "y": 0, "w": 0, "h": 1}),
    ] {
        assert_eq!(lead(ADA, "go", wrong.clone()).status, 400, "{wrong}");
        assert_eq!(lead(ADA, "gather", wrong).status, 400);
    }
    lead(BO, "gather", look(9.0));
    assert_eq!(viewer.next("gather")["look"]["x"], 9.0);
    let mut late = room.events("client-who-is-late");
    assert_eq!(
        late.next("lead")["lead"]["look"]["x"],
        2.0,
        "who comes later can follow, and is not gathered"
    );
    ada.next("hello");
    drop(ada);
    // Who is gone for ten seconds leads no longer.
    viewer.until("lead", |news| news["lead"].is_null());
}
