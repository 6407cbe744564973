//! What is new, on its way to a room: packed it says the same as plain, and who missed a message gets everything again.

use serde_json::{Value, json};

use crate::support::page::{self, DESK, SMALL};
use crate::support::room::room;
use crate::support::wire::Events;

#[test]
fn a_packed_stream_says_the_same_as_a_plain_one_in_less() {
    let room = room();
    let mut plain = room.events("one-who-reads-plain");
    let mut packed = Events::open_packed(room.address, &room.edit, "one-who-unpacks").unwrap();
    assert!(packed.is_packed() && !plain.is_packed());
    let (one, other) = (plain.next("hello"), packed.next("hello"));
    for part in ["map", "picture", "findings", "links", "rev", "view", "hash"] {
        assert_eq!(one[part], other[part], "{part}");
    }
    let boxes: Vec<Value> = (0..60)
        .map(|n| json!({"do": "add-node", "kind": "enabler", "title": format!("Sensors of kind {n} in the streets")}))
        .collect();
    room.edit(
        "ada-who-edits",
        1,
        json!({"do": "group", "label": "sixty boxes", "edits": boxes}),
    );
    room.edit(
        "ada-who-edits",
        2,
        json!({"do": "set", "what": "map", "field": "currency", "value": "GBP"}),
    );
    loop {
        let (news, same) = (plain.next("map"), packed.next("map"));
        assert_eq!(news, same);
        if news["changed"]["map"]["currency"] == json!("GBP") {
            break;
        }
    }
    assert!(packed.came * 3 < plain.came, "{} of {}", packed.came, plain.came);
    room.workshop.stop();
    packed.next("bye");
}

#[test]
fn news_are_numbered_one_after_the_other() {
    let room = room();
    let mut events = room.events("one-who-counts");
    let mut view = events.next("hello")["view"].as_u64().unwrap();
    for n in 1..=5 {
        let title = format!("Title {n}");
        room.edit(
            "ada-who-edits",
            n,
            json!({"do": "set", "what": "node a", "field": "title", "value": title}),
        );
    }
    loop {
        let news = events.next("map");
        view += 1;
        assert_eq!(news["view"], json!(view));
        if news["rev"] == json!(5) {
            break;
        }
    }
}

#[test]
fn a_page_that_missed_a_message_gets_everything_again() {
    let room = page::Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    // The first news that comes is taken for one from long ago, and left aside.
    page.run(
        "window.lost = 0;
        const read = JSON.parse;
        JSON.parse = (text, ...more) => {
            const what = read(text, ...more);
            if (what?.changed && what.view && window.lost++ === 0) what.view = 0;
            return what;
        };",
    );
    let rename = |n: u64, id: &str, title: &str| {
        let edit = json!({"do": "set", "what": format!("node {id}"), "field": "title", "value": title});
        room.another(n, &edit);
    };
    let shows = |id: &str, title: &str| {
        format!("document.querySelector('[data-node=\"{id}\"]').textContent.includes('{title}')")
    };
    rename(1, "kiosks", "Kiosks that were missed");
    page.until("window.lost === 1");
    assert_eq!(page.run(&format!("return {}", shows("kiosks", "missed"))), json!(false));
    rename(2, "cards", "Cards that came");
    page.until(&format!("{} && {}", shows("kiosks", "missed"), shows("cards", "came")));
    // And it goes on from there.
    rename(3, "kiosks", "Kiosks after it");
    page.until(&shows("kiosks", "after it"));
}
