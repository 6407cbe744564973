//! What was refused waits with its words: it says why, survives a reload, and can be sent again, copied or thrown away.

use serde_json::{Value, json};

use crate::support::page::{DESK, Room, SMALL, at, press, titled};
use crate::support::webdriver::Browser;

/// Renames a box on the map by its key.
fn rename(page: &Browser, id: &str, title: &str) {
    page.until(&format!("document.querySelector('{}')", at(id)));
    page.run(&format!("document.querySelector('{}').focus()", at(id)));
    page.keys("{F2}");
    page.until("document.activeElement?.matches('.entry')");
    page.keys(&format!("{{Control+a}}{title}{{Enter}}"));
    page.until(&format!(
        "document.querySelector('{}').textContent.includes({})",
        at(id),
        json!(title)
    ));
}

fn open_outbox(page: &Browser, button: &str) {
    page.until(&format!(
        "!document.querySelector('#outbox-button').hidden && document.querySelector('#outbox-button').textContent === '{button}'"
    ));
    page.click("#outbox-button");
    page.until("document.querySelector('dialog .outbox')");
}

fn outbox(page: &Browser) -> String {
    let text = page.run("return document.querySelector('dialog .outbox').innerText");
    text.as_str().unwrap().to_owned()
}

fn reload(page: &Browser) {
    page.reload();
    page.until("document.querySelector('#stage') && !document.querySelector('#stage').hasAttribute('aria-busy')");
}

fn all_saved(page: &Browser) {
    page.until("document.querySelector('dialog').innerText.includes('Everything is saved')");
    page.until("document.querySelector('#outbox-button').hidden");
}

fn step(room: &Room, path: &str, body: &Value) {
    let url = room.edit.replace("/?", &format!("{path}?"));
    ureq::post(&url).send_json(body).unwrap();
}

#[test]
fn a_refused_draft_says_why_with_its_words_survives_a_reload_and_is_sent_again() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.line(false);
    page.until("!document.querySelector('#offline').hidden");
    rename(&page, "cards", "Door passes");
    room.another(1, &json!({"do": "remove", "what": "node cards"}));
    page.line(true);
    page.until("document.querySelector('#offline').hidden");
    page.until("document.querySelector('#outbox-button').textContent === 'Not saved: 1'");
    page.until(&format!("!document.querySelector('{}')", at("cards")));
    reload(&page);
    open_outbox(&page, "Not saved: 1");
    let said = outbox(&page);
    for part in [
        "Door cards",
        "deleted",
        "Door passes",
        "Send again",
        "Copy",
        "Throw away",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(page.barriers(), [""; 0], "the list of what is not saved");
    // Sent while it still cannot be: it says so, and waits as before with its words.
    press(&page, "Send again");
    page.until("document.querySelector('#notice').textContent.includes('once it is back')");
    page.until("document.querySelector('dialog .outbox blockquote')?.textContent === 'Door passes'");
    assert_eq!(room.map().nodes.len(), 4);
    // The box comes back, and now it can.
    step(&room, "/api/undo", &json!({"client": "another-person-1", "n": 2}));
    page.until(&format!("document.querySelector('{}')", at("cards")));
    press(&page, "Send again");
    room.until("sent again", |map| titled(map, "Door passes").is_some());
    all_saved(&page);
}

#[test]
fn a_refused_step_says_why_with_its_words_survives_a_reload_and_is_sent_again() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.line(false);
    page.until("!document.querySelector('#offline').hidden");
    // A box that the door cards lead to, typed while they are deleted.
    page.click(&at("cards"));
    page.until("document.querySelector('[data-field=\"node cards title\"]')");
    page.run(&format!("document.querySelector('{}').focus()", at("cards")));
    page.right_click(page.middle(&at("cards")));
    page.until("document.querySelector('.menu [role=menuitem]')");
    page.run(
        "[...document.querySelectorAll('[role=menuitem]')].find((i) => i.textContent.includes('leads to')).id = 'item'",
    );
    page.click("#item");
    page.until("document.activeElement?.matches('.entry') && document.activeElement.value === ''");
    page.keys("Night openings{Enter}");
    page.until(
        "[...document.querySelectorAll('.box.waits')].some((box) => box.textContent.includes('Night openings'))",
    );
    page.keys("{Escape}");
    room.another(1, &json!({"do": "remove", "what": "node cards"}));
    page.line(true);
    page.until("document.querySelector('#outbox-button').textContent === 'Not saved: 1'");
    reload(&page);
    open_outbox(&page, "Not saved: 1");
    let said = outbox(&page);
    for part in ["Add “Night openings”", "Door cards", "Send again", "Copy", "Throw away"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    press(&page, "Send again");
    page.until("document.querySelector('#notice').textContent.includes('Not saved')");
    page.until("document.querySelector('dialog .outbox blockquote')?.textContent === 'Night openings'");
    step(&room, "/api/undo", &json!({"client": "another-person-1", "n": 2}));
    page.until(&format!("document.querySelector('{}')", at("cards")));
    press(&page, "Send again");
    room.until("sent again", |map| titled(map, "Night openings").is_some());
    all_saved(&page);
}

#[test]
fn a_title_that_somebody_else_changed_is_shown_beside_mine_and_either_is_kept() {
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
    page.line(false);
    page.until("!document.querySelector('#offline').hidden");
    rename(&page, "kiosks", "Kiosks at schools");
    theirs(1, "Kiosks on main roads");
    page.line(true);
    open_outbox(&page, "Not saved: 1");
    page.until("document.querySelectorAll('dialog .outbox blockquote').length === 2");
    let said = outbox(&page);
    for part in ["Kiosks at schools", "It now says:", "Kiosks on main roads"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // A third text that comes now is seen before anything is written over it.
    theirs(2, "Kiosks in parks");
    page.until("document.querySelector('dialog .outbox').innerText.includes('Kiosks in parks')");
    // The details behind the list offer the same.
    page.run("[...document.querySelectorAll('dialog button')].find((b) => b.textContent === 'Keep mine').id = 'mine'");
    page.click("#mine");
    room.until("mine", |map| titled(map, "Kiosks at schools").is_some());
    all_saved(&page);
}

#[test]
fn an_answer_that_came_too_late_waits_with_its_words_until_it_is_thrown_away() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let other = |deed: &Value| {
        step(
            &room,
            "/api/board",
            &json!({"client": "another-person-1", "deed": deed}),
        );
    };
    other(&json!({"do": "open-round", "id": "question1", "question": {"text": "How sure are you?"}}));
    page.until("document.querySelector('#strip button')");
    press(&page, "Answer");
    let line = "#together .asked .line input";
    page.until(&format!("document.querySelector('{line}')"));
    page.line(false);
    page.until("!document.querySelector('#offline').hidden");
    page.run(&format!("document.querySelector('{line}').focus()"));
    page.keys("Hardly at all{Enter}");
    page.until("document.querySelector('#together .asked').innerText.includes('You answered: Hardly at all')");
    other(&json!({"do": "reveal", "id": "question1"}));
    page.line(true);
    open_outbox(&page, "Not saved: 1");
    let said = outbox(&page);
    for part in ["Your answer", "Hardly at all", "Send again", "Copy"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    press(&page, "Throw away");
    all_saved(&page);
}
