//! What if, as a mode of the page: what would follow without some boxes is shown with words on the map, and nothing is edited.

use serde_json::json;

use crate::support::page::{DESK, Room, at};
use crate::support::picture::look_at;
use crate::support::room;
use crate::support::webdriver::Browser;

const MAP: &str = r#"{"format": 1, "title": "Libraries open on Sundays", "currency": "GBP", "nodes": [
  {"id": "fund", "kind": "investment", "title": "Sunday fund", "cost": [{"year": "2027-28", "amount": 400000}]},
  {"id": "grant", "kind": "investment", "title": "Reading grant", "cost": [{"year": "2027-28", "amount": 90000}]},
  {"id": "kiosks", "kind": "enabler", "title": "Kiosks"}, {"id": "books", "kind": "enabler", "title": "More books"},
  {"id": "desk", "kind": "business-change", "title": "Loans without a desk"},
  {"id": "families", "kind": "business-change", "title": "Families come on Sundays"},
  {"id": "readers", "kind": "end-outcome", "title": "More readers"}, {"id": "queues", "kind": "end-outcome", "title": "Shorter queues"}],
  "links": [{"from": "fund", "to": "kiosks"}, {"from": "kiosks", "to": "desk"}, {"from": "desk", "to": "queues"},
    {"from": "desk", "to": "readers"}, {"from": "grant", "to": "books"}, {"from": "books", "to": "families"},
    {"from": "families", "to": "readers"}],
  "kpis": [{"id": "wait", "node": "queues", "title": "Minutes in the queue"}, {"id": "loans", "node": "readers", "title": "Loans a week"}]}"#;

fn mark(page: &Browser, id: &str) -> String {
    let text = page.run(&format!(
        "return document.querySelector('[data-what-if=\"{id}\"] text')?.textContent ?? ''"
    ));
    text.as_str().unwrap().to_owned()
}

fn panel(page: &Browser) -> String {
    page.run("return document.querySelector('#what-if').innerText")
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn boxes_are_left_out_by_mouse_and_key_and_what_follows_is_marked_in_words_until_escape() {
    let room = Room::open(MAP);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let before = std::fs::read(&room.file).unwrap();
    page.click("#what-if-button");
    page.until("!document.querySelector('#what-if').hidden && document.querySelector('#what-if-add')");
    assert_eq!(page.barriers(), [""; 0], "nothing left out");
    page.click(&at("kiosks"));
    page.until("document.querySelector('#what-if-add').textContent === 'Leave out “Kiosks”'");
    page.run("document.querySelector('#what-if-add').scrollIntoView()");
    page.click("#what-if-add");
    page.until("document.querySelector('#what-if-sum')");
    page.until("document.querySelector('[data-what-if=\"queues\"]')");
    assert_eq!(mark(&page, "kiosks"), "Left out");
    assert_eq!(mark(&page, "queues"), "Out of sight, 1 KPI");
    assert_eq!(mark(&page, "readers"), "Weakened");
    assert_eq!(mark(&page, "books"), "");
    let said = panel(&page);
    for part in [
        "1 outcome loses line of sight, 1 KPI loses support, 1 outcome is weakened",
        "Shorter queues",
        "Minutes in the queue",
        "More readers",
        "GBP 400,000",
        "The map puts no value on what is lost",
        "A map shows the logic of its authors",
        "does not prove",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(page.barriers(), [""; 0], "something left out");
    look_at(&page, "what-if");
    // Another by the key; the same key puts it back.
    page.run(&format!("document.querySelector('{}').focus()", at("grant")));
    page.click(&at("grant"));
    page.until("document.querySelector('#what-if-add').textContent.includes('Reading grant')");
    page.keys("w");
    page.until("document.querySelector('#what-if-sum').textContent.includes('2 outcomes lose line of sight')");
    page.keys("w");
    page.until("document.querySelector('#what-if-sum').textContent.includes('1 outcome loses line of sight')");
    // What somebody else does meanwhile counts at once.
    room.another(1, &json!({"do": "link", "from": "families", "to": "queues"}));
    page.until("document.querySelector('#what-if-sum').textContent.includes('0 outcomes lose line of sight')");
    assert_eq!(mark(&page, "queues"), "Weakened");
    page.keys("{Escape}");
    page.until("document.querySelector('#what-if').hidden && !document.querySelector('[data-what-if]')");
    page.until("document.querySelector('#what-if-button').getAttribute('aria-pressed') === 'false'");
    assert_eq!(
        room.history().len(),
        1,
        "nothing but the other person's link was edited"
    );
    let after = std::fs::read(&room.file).unwrap();
    assert_ne!(before, after, "the link of the other person");
    room.until("the boxes are all there", |map| {
        map.nodes.len() == 8 && map.links.len() == 8
    });
}

#[test]
fn a_viewer_asks_what_if_from_the_menu_of_a_box() {
    let room = Room::open(MAP);
    let Some(page) = room.browser(&room.view, "Cyd", DESK) else {
        return;
    };
    page.until(&format!("document.querySelector('{}')", at("fund")));
    page.right_click(page.middle(&at("fund")));
    page.until("document.querySelector('.menu [role=menuitem]')");
    page.run("[...document.querySelectorAll('[role=menuitem]')].find((i) => i.textContent.startsWith('What if')).id = 'item'");
    page.click("#item");
    page.until("document.querySelector('[data-what-if=\"queues\"]')");
    assert_eq!(mark(&page, "kiosks"), "Not paid for");
    assert!(room.history().is_empty());
}

#[test]
fn what_follows_is_asked_by_ids_that_there_are_and_changes_nothing() {
    let room = room::room();
    let none = room.get("/api/what-if");
    assert_eq!((&none["lost"], &none["rev"]), (&json!([]), &json!(0)), "{none}");
    let ask = |without: &str| {
        let path = format!("/api/what-if?without={without}");
        let answer = crate::support::wire::Wire::open(room.address)
            .unwrap()
            .get(&path, &room.view)
            .unwrap();
        (answer.status, answer.json())
    };
    let (status, found) = ask("a");
    assert_eq!(status, 200, "{found}");
    assert_eq!(found["without"][0]["id"], "a");
    assert!(found["note"].as_str().unwrap().contains("does not prove"));
    assert_eq!(ask("wombat").0, 404);
    assert_eq!(ask("A%20B").0, 400);
    let many = vec!["a"; 600].join(",");
    assert_eq!(ask(&many).0, 400);
    assert_eq!(room.saved().nodes.len(), 2);
    room.workshop.stop();
}
