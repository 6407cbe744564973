//! Pages that come back: after the server has begun again, and after they were loaded anew; with everything that was typed, once.

use crate::support::page::{DESK, EMPTY, Room, SMALL, at, titled};
use benefit_map::map::BenefitMap;
use serde_json::json;

fn count(map: &BenefitMap, title: &str) -> usize {
    map.nodes.iter().filter(|node| node.title == title).count()
}

#[test]
fn pages_come_back_when_the_server_begins_again_and_send_what_waited_once() {
    let mut room = Room::open(SMALL);
    let (edit, view) = (room.edit.clone(), room.view.clone());
    let Some(ada) = room.browser(&edit, "Ada", DESK) else {
        return;
    };
    let Some(visitor) = room.browser(&view, "Visitor", DESK) else {
        return;
    };
    ada.click("[data-add=\"enabler\"]");
    ada.until("document.querySelector('.entry')");
    ada.keys("Before{Enter}");
    room.until("saved before", |map| count(map, "Before") == 1);
    ada.until("document.activeElement?.matches('.entry') && document.activeElement.value === ''");
    // The page knows that it is saved, too: else it would send it again, and say so.
    ada.until("!document.querySelector('#undo').disabled");

    room.kill();
    ada.until("!document.querySelector('#offline').hidden");
    // What is typed while nobody answers waits.
    ada.keys("Meanwhile{Enter}");
    ada.until("document.querySelector('#offline').textContent.includes('1 change is kept')");
    assert_eq!(ada.barriers(), [""; 0], "not connected");
    room.again(&[]);
    assert_eq!((&room.edit, &room.view), (&edit, &view), "the links hold again");

    ada.until("document.querySelector('#offline').hidden");
    room.until("sent again", |map| count(map, "Meanwhile") == 1);
    let new = at("meanwhile");
    ada.until(&format!("document.querySelector('{new}')"));
    visitor.until(&format!("document.querySelector('{new}')"));
    visitor.until("[...document.querySelectorAll('#people li')].some((li) => li.title === 'Ada')");
    // Everybody is who they were: each takes back only their own, also from before.
    ada.keys("{Escape}");
    for (step, title) in [("the later", "Meanwhile"), ("the earlier", "Before")] {
        ada.until("!document.querySelector('#undo').disabled");
        ada.click("#undo");
        room.until(step, |map| count(map, title) == 0);
    }
    ada.until("document.querySelector('#undo').disabled");
    assert_eq!(room.map().nodes.len(), 5);
}

#[test]
fn an_edit_whose_answer_was_lost_is_sent_again_after_a_reload_and_done_once() {
    let room = Room::open(EMPTY);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.run(
        "const real = window.fetch;
         window.fetch = (url, how) => (String(url).startsWith('/api/edits') ? real(url, how).then(() => { throw new TypeError('the line broke') }) : real(url, how))",
    );
    page.click("[data-add=\"enabler\"]");
    page.until("document.querySelector('.entry')");
    page.keys("Once{Enter}");
    room.until("done, though nobody was told", |map| count(map, "Once") == 1);
    page.until("document.querySelector('#offline').textContent.includes('1 change is kept')");
    page.reload();
    page.until("document.querySelector('[data-node=\"once\"]')");
    page.until("!document.querySelector('#undo').disabled");
    // The next one has a number of its own, and is not taken for the first.
    page.click("[data-add=\"enabler\"]");
    page.until("document.querySelector('.entry')");
    page.keys("Twice{Enter}");
    room.until("the next", |map| titled(map, "Twice").is_some());
    assert_eq!(count(&room.map(), "Once"), 1);
    page.keys("{Escape}");
    page.click("#history");
    page.until("document.querySelectorAll('dialog .history li').length === 2");
}

#[test]
fn a_tab_that_was_duplicated_is_somebody_of_its_own() {
    let room = Room::open(EMPTY);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    // A page that opens another takes the storage of its session along, as a duplicated tab does.
    page.run("window.open(location.href)");
    page.until("document.querySelectorAll('#people li').length === 2");
}

#[test]
fn new_links_throw_the_old_ones_away() {
    let mut room = Room::open(SMALL);
    let edit = room.edit.clone();
    let Some(page) = room.browser(&edit, "Ada", DESK) else {
        return;
    };
    let port = edit.split(['/', ':']).nth(4).unwrap().to_owned();
    room.kill();
    room.again(&["--new-links", "--port", &port]);
    assert_ne!(room.edit, edit);
    page.until("document.querySelector('#offline').textContent.includes('no longer valid')");
    assert_eq!(
        page.run("return document.querySelector('#offline').hidden"),
        json!(false)
    );
}
