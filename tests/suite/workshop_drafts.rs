//! What people type into the details: one edit a field, in the field where it was typed, and never lost.

use benefit_map::map::BenefitMap;
use serde_json::{Value, json};

use crate::support::page::{DESK, Room, SMALL, at, press, titled};
use crate::support::webdriver::Browser;

/// Opens a part of the details.
fn open_part(page: &Browser, part: &str) {
    page.until(&format!("document.querySelector('details[data-part$=\"{part}\"]')"));
    page.run(&format!(
        "document.querySelector('details[data-part$=\"{part}\"]').open = true"
    ));
}

fn labels(room: &Room) -> Vec<String> {
    let entries = room.history();
    let mine = entries.iter().filter(|entry| entry["name"] == "Ada");
    mine.map(|entry| entry["label"].as_str().unwrap().to_owned()).collect()
}

fn choose(page: &Browser, id: &str) {
    page.click(&at(id));
    page.until(&format!("document.querySelector('[data-field=\"node {id} title\"]')"));
}

fn field(name: &str) -> String {
    format!("#panel [data-field=\"{name}\"]")
}

/// What a field shows, and what is focused.
fn shown(page: &Browser, name: &str) -> Value {
    page.run(&format!("return document.querySelector('{}').value", field(name)))
}

#[test]
fn a_kpi_and_two_costs_are_one_edit_a_field_while_another_person_adds_boxes() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    // Another person, who adds a box about every second.
    page.run(
        "let n = 0; window.other = setInterval(() => {
           n += 1;
           const edit = {do: 'add-node', kind: 'enabler', title: `Other ${n}`};
           fetch(`/api/edits${location.search}`, {method: 'POST', headers: {'Content-Type': 'application/json'},
             body: JSON.stringify({client: 'another-person-1', n, edit})});
         }, 900)",
    );
    choose(&page, "desk");
    open_part(&page, "kpis");
    press(&page, "Add a KPI");
    page.until("document.activeElement.id === 'asked'");
    page.typed("Loans without a desk{Enter}");
    page.until("document.querySelector('details.record[open]')");
    // The focus is in the unit; from there by the tab key alone.
    page.until("document.activeElement?.dataset?.field?.endsWith(' unit')");
    page.typed("a week{Tab}{Tab}{Tab}4125{Tab}12312025{Tab}{Tab}");
    press(&page, "Add a target");
    page.typed("9000{Tab}12312028{Tab}{Tab}");
    press(&page, "Add a target");
    page.typed("12000{Tab}12312030{Tab}{Tab}");
    open_part(&page, "costs");
    press(&page, "Add a cost");
    page.typed("2026-27{Tab}1200{Tab}CC-9{Tab}");
    press(&page, "Add a cost");
    page.typed("2027-28{Tab}800{Tab}CC-4471{Tab}");
    room.until("the last is saved", |map| json!(map).to_string().contains("CC-4471"));
    page.run("clearInterval(window.other)");
    let map = json!(room.map());
    let kpi = &map["kpis"][0];
    assert_eq!(kpi["unit"], "a week");
    assert_eq!(kpi["baseline"], json!({"value": 4125, "date": "2025-12-31"}));
    assert_eq!(
        kpi["targets"],
        json!([{"value": 9000, "date": "2028-12-31"}, {"value": 12000, "date": "2030-12-31"}])
    );
    let desk = map["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|n| n["id"] == "desk")
        .unwrap();
    assert_eq!(
        desk["cost"],
        json!([{"year": "2026-27", "amount": 1200, "cost_centre": "CC-9"},
               {"year": "2027-28", "amount": 800, "cost_centre": "CC-4471"}])
    );
    // The KPI; unit; value and date of the baseline and of each target; of a cost the year waits for the amount.
    let done = labels(&room);
    assert_eq!(done.len(), 1 + 1 + 2 + 4 + 4, "{done:#?}");
    // Each is taken back by one undo.
    for left in (0..done.len()).rev() {
        page.until("!document.querySelector('#undo').disabled");
        page.click("#undo");
        let undone = |map: &BenefitMap| {
            let undone = room.history().iter().filter(|e| e["does"] == "undo").count();
            map.nodes.len() >= 5 && undone == done.len() - left
        };
        room.until("undone", undone);
    }
    let map = json!(room.map());
    assert!(map.get("kpis").is_none_or(|kpis| kpis.as_array().unwrap().is_empty()));
    assert!(!map.to_string().contains("2027-28"));
}

#[test]
fn a_date_is_typed_by_keyboard_and_a_year_that_is_half_typed_is_refused_in_words() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    choose(&page, "kiosks");
    open_part(&page, "more");
    page.run(&format!(
        "document.querySelector('{}').focus()",
        field("node kiosks due")
    ));
    page.typed("12312030{Tab}{Tab}");
    room.until("due", |map| json!(map).to_string().contains("2030-12-31"));
    page.run(&format!(
        "document.querySelector('{}').focus()",
        field("node kiosks start")
    ));
    page.typed("123120{Tab}{Tab}{Tab}");
    page.until("document.querySelector('#panel .fault:not(:empty)')?.textContent.includes('four digits')");
    assert_eq!(labels(&room).len(), 1, "{:?}", labels(&room));
    assert!(!json!(room.map()).to_string().contains("0020"));
}

#[test]
fn enter_ends_a_title_without_a_line_break_and_escape_gives_the_old_one_back() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    choose(&page, "kiosks");
    page.click(&field("node kiosks title"));
    page.typed("{Control+a}Open doors{Enter}");
    room.until("renamed", |map| titled(map, "Open doors").is_some());
    page.typed(" and more{Escape}");
    page.until(&format!(
        "document.querySelector('{}').value === 'Open doors'",
        field("node kiosks title")
    ));
    page.until("!document.querySelector('#panel').hidden");
    page.keys("{Tab}");
    page.pause(400);
    assert_eq!(labels(&room).len(), 1, "what was left as it was is no edit");
    assert_eq!(room.map().nodes.len(), 5);
}

#[test]
fn where_two_write_in_one_field_both_texts_are_shown_and_either_can_be_kept() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let theirs = |n: u64, title: &str| {
        room.another(
            n,
            &json!({"do": "set", "what": "node kiosks", "field": "title", "value": title}),
        );
    };
    choose(&page, "kiosks");
    let title = field("node kiosks title");
    page.click(&title);
    page.typed("{Control+a}Kiosks in eve");
    theirs(1, "Kiosks on main roads");
    page.until("document.querySelector('#panel .clash blockquote')?.textContent === 'Kiosks on main roads'");
    page.typed("ry library{Tab}");
    assert_eq!(shown(&page, "node kiosks title"), json!("Kiosks in every library"));
    assert!(
        titled(&room.map(), "Kiosks on main roads").is_some(),
        "nobody is overwritten"
    );
    assert_eq!(page.barriers(), [""; 0], "a clash");
    press(&page, "Keep mine");
    room.until("mine", |map| titled(map, "Kiosks in every library").is_some());
    page.until("!document.querySelector('#panel .clash')");

    page.click(&title);
    page.typed("{Control+a}Half");
    theirs(2, "Kiosks at schools");
    page.until("document.querySelector('#panel .clash')");
    press(&page, "Take theirs");
    page.until(&format!(
        "document.querySelector('{title}').value === 'Kiosks at schools'"
    ));
    assert!(titled(&room.map(), "Kiosks at schools").is_some());

    // Another part of the same record is no clash: both are kept.
    open_part(&page, "kpis");
    press(&page, "Add a KPI");
    page.until("document.activeElement.id === 'asked'");
    page.typed("Visits{Enter}");
    page.until("document.querySelector('details.record[open]')");
    room.until("the KPI", |map| map.kpis.len() == 1);
    let subject = format!("kpi {}", room.map().kpis[0].id.as_str());
    room.another(
        3,
        &json!({"do": "set", "what": subject, "field": "baseline", "value": {"value": 7}}),
    );
    page.until(&format!(
        "document.querySelector('{}').value === '7'",
        field(&format!("{subject} baseline.value"))
    ));
    page.run(&format!(
        "document.querySelector('{}').focus()",
        field(&format!("{subject} baseline.date"))
    ));
    page.typed("123120");
    room.another(
        4,
        &json!({"do": "set", "what": subject, "field": "baseline", "value": {"value": 8}}),
    );
    page.typed("25{Tab}{Tab}");
    room.until("both", |map| {
        json!(map)["kpis"][0]["baseline"] == json!({"value": 8, "date": "2025-12-31"})
    });
}

#[test]
fn what_is_typed_survives_a_reload_and_a_killed_server() {
    let mut room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    choose(&page, "kiosks");
    open_part(&page, "more");
    let words = "Readers borrow by themselves, also when";
    page.click(&field("node kiosks description"));
    page.typed(words);
    page.reload();
    page.until("document.querySelector('[data-node=\"kiosks\"]') && document.querySelector('#panel').hidden");
    choose(&page, "kiosks");
    open_part(&page, "more");
    assert_eq!(shown(&page, "node kiosks description"), json!(words));
    assert!(labels(&room).is_empty(), "a reload finishes nothing");

    page.run(&format!(
        "document.querySelector('{}').focus()",
        field("node kiosks description")
    ));
    page.run("document.activeElement.setSelectionRange(999, 999)");
    page.typed(" nobody ");
    room.kill();
    page.until("!document.querySelector('#offline').hidden");
    page.typed("is there.");
    let port = room
        .edit
        .split("/?")
        .next()
        .unwrap()
        .rsplit(':')
        .next()
        .unwrap()
        .to_owned();
    room.again(&["--port", &port]);
    page.until("document.querySelector('#offline').hidden");
    assert_eq!(
        shown(&page, "node kiosks description"),
        json!(format!("{words} nobody is there."))
    );
    page.keys("{Tab}");
    room.until("all of it", |map| {
        map.nodes
            .iter()
            .any(|n| n.description == format!("{words} nobody is there."))
    });
    // A server that was killed knows the name again when the page has said it once more.
    crate::support::poll::until(|| !labels(&room).is_empty(), || "an edit of Ada's".to_owned());
    assert_eq!(labels(&room).len(), 1, "{:?}", labels(&room));

    // The field for a new box, too.
    page.run("document.querySelector('[data-add=\"enabler\"]').scrollIntoView()");
    page.click("[data-add=\"enabler\"]");
    page.until("document.activeElement?.matches('.entry')");
    page.typed("Night b");
    page.reload();
    page.until("document.querySelector('.entry')?.value === 'Night b'");
    page.run("document.activeElement.setSelectionRange(99, 99)");
    page.typed("us{Enter}");
    room.until("the box", |map| titled(map, "Night bus").is_some());
}

#[test]
fn words_about_what_was_deleted_wait_in_a_list_with_the_reason() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    choose(&page, "kiosks");
    open_part(&page, "more");
    page.click(&field("node kiosks description"));
    page.typed("Readers borrow by themselves");
    room.another(1, &json!({"do": "remove", "what": "node kiosks"}));
    page.until("!document.querySelector('#outbox-button').hidden");
    page.until("document.querySelector('#outbox-button').textContent === 'Not saved: 1'");
    page.click("#outbox-button");
    page.until("document.querySelector('dialog .outbox blockquote')?.textContent === 'Readers borrow by themselves'");
    let said = page.run("return document.querySelector('dialog .outbox').innerText");
    assert!(said.as_str().unwrap().contains("deleted “Kiosks”"), "{said}");
    assert_eq!(page.barriers(), [""; 0], "the list of what is not saved");
    press(&page, "Throw away");
    page.until("document.querySelector('dialog').innerText.includes('Everything is saved')");
    page.keys("{Escape}");
    page.until("document.querySelector('#outbox-button').hidden");
}

#[test]
fn without_a_line_everything_is_seen_at_once_and_is_sent_when_the_line_is_back() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.line(false);
    page.until("!document.querySelector('#offline').hidden");
    page.click("[data-add=\"enabler\"]");
    page.until("document.activeElement?.matches('.entry')");
    for title in ["One", "Two", "Three", "Four", "Five", "Six"] {
        page.typed(title);
        page.typed("{Enter}");
        page.until(&format!(
            "[...document.querySelectorAll('.box.waits')].some((box) => box.textContent.trim() === '{title}')"
        ));
    }
    page.typed("Seven{Tab}");
    page.typed("Eight{Enter}{Escape}");
    page.until("[...document.querySelectorAll('.route .waits')].length === 1");
    page.run("document.querySelector('[data-node=\"cards\"]').focus()");
    page.keys("{F2}");
    page.until("document.activeElement?.matches('.entry')");
    page.typed("{Control+a}Door passes{Enter}");
    page.until("document.querySelector('[data-node=\"cards\"]').textContent.includes('Door passes')");
    page.run("document.querySelector('[data-node=\"fund\"]').focus()");
    page.keys("{Delete}");
    page.until("!document.querySelector('[data-node=\"fund\"]')");
    page.until("document.querySelector('#outbox-button').textContent === 'Not saved yet: 10'");
    // Another person deletes what was renamed here.
    room.another(1, &json!({"do": "remove", "what": "node cards"}));
    assert_eq!(room.map().nodes.len(), 4);
    page.line(true);
    room.until("all sent, in their order", |map| {
        let named = |title: &str| titled(map, title).map(|n| n.id.as_str().to_owned());
        ["One", "Two", "Three", "Four", "Five", "Six"]
            .iter()
            .all(|t| named(t).is_some())
            && map.nodes.iter().all(|n| n.id.as_str() != "fund")
            && map.links.iter().any(|l| {
                named("Seven").as_deref() == Some(l.from.as_str()) && named("Eight").as_deref() == Some(l.to.as_str())
            })
    });
    page.until("document.querySelectorAll('.box.waits, .route .waits').length === 0");
    // The one that was refused is there with its words.
    page.until("document.querySelector('#outbox-button').textContent === 'Not saved: 1'");
    page.click("#outbox-button");
    page.until("document.querySelector('dialog .outbox').innerText.includes('Door passes')");
}
