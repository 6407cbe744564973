//! The page in Firefox: the ways in which a room builds and changes a map, beside somebody in Chromium.
//!
//! All browser tests run in Firefox too where `BENEFIT_MAP_BROWSER=firefox` is set; those that cut the line or turn the clock of the page
//! ask for what only Chromium's protocol has.

use serde_json::json;

use crate::support::page::{DESK, EMPTY, Room, SMALL, at, has_link, is_chain, titled, type_chain};
use crate::support::webdriver::{Browser, Engine};

fn firefox(room: &Room, name: &str) -> Option<Browser> {
    room.browser_of(Engine::Firefox, &room.edit, name)
}

#[test]
fn a_chain_is_built_from_the_end_outcome_by_keyboard_alone() {
    let room = Room::open(EMPTY);
    let Some(page) = firefox(&room, "Ada") else {
        return;
    };
    assert!(
        page.run("return navigator.userAgent")
            .as_str()
            .unwrap()
            .contains("Firefox")
    );
    let titles = [
        "Children read more",
        "Children visit weekly",
        "Open on Sundays",
        "Sunday fund",
    ];
    type_chain(&page, &titles);
    room.until("all", |map| map.nodes.len() == 4 && map.links.len() == 3);
    assert!(is_chain(&room.map(), &titles), "{:?}", room.map().links);
    page.keys("{Control+z}");
    room.until("undone", |map| map.nodes.len() == 3);
}

#[test]
fn the_box_under_the_pointer_is_renamed_and_linked() {
    let room = Room::open(SMALL);
    let Some(page) = firefox(&room, "Ada") else {
        return;
    };
    for (id, title) in [
        ("cards", "Door passes"),
        ("readers", "Readers come back"),
        ("fund", "Fund for Sundays"),
    ] {
        page.double_click_slowly(page.middle(&at(id)));
        page.until("document.activeElement?.matches('.entry')");
        page.typed(&format!("{{Control+a}}{title}{{Enter}}"));
        room.until(title, |map| {
            titled(map, title).is_some_and(|node| node.id.as_str() == id)
        });
    }
    page.hover(page.middle(&at("desk")));
    page.until("document.querySelector('#grip').style.display === ''");
    page.drag(&[page.middle("#grip"), page.middle(&at("readers"))]);
    room.until("linked", |map| has_link(map, "desk", "readers"));
    page.until("!document.querySelector('#undo').disabled");
    page.click("#undo");
    room.until("not linked", |map| !has_link(map, "desk", "readers"));
}

#[test]
fn what_is_half_typed_outlives_the_edits_of_somebody_in_another_browser_and_a_reload() {
    let room = Room::open(SMALL);
    let (Some(page), Some(other)) = (firefox(&room, "Ada"), room.browser(&room.edit, "Ben", DESK)) else {
        return;
    };
    page.click(&at("desk"));
    let field = "#panel [data-field=\"node desk title\"]";
    page.until(&format!("document.querySelector('{field}')"));
    page.click(field);
    page.typed("{Control+a}Loans at any ho");
    other.run(&format!("document.querySelector('{}').focus()", at("cards")));
    other.keys("{F2}");
    other.until("document.activeElement?.matches('.entry')");
    other.typed("{Control+a}Door passes{Enter}");
    page.until("document.querySelector('[data-node=\"cards\"]').textContent.includes('Door passes')");
    assert_eq!(
        page.run("return document.activeElement.value"),
        json!("Loans at any ho")
    );
    page.typed("ur");
    page.reload();
    page.until("document.querySelector('[data-node=\"desk\"]')");
    page.click(&at("desk"));
    page.until(&format!(
        "document.querySelector('{field}')?.value === 'Loans at any hour'"
    ));
    page.click(field);
    page.keys("{Enter}");
    room.until("finished", |map| titled(map, "Loans at any hour").is_some());
    other.until("document.querySelector('[data-node=\"desk\"]').textContent.includes('any hour')");
}

#[test]
fn page_details_and_outline_have_no_barriers() {
    let room = Room::open(SMALL);
    let Some(page) = firefox(&room, "Ada") else {
        return;
    };
    assert_eq!(page.barriers(), [""; 0], "the map");
    page.click(&at("kiosks"));
    page.until("!document.querySelector('#panel').hidden");
    assert_eq!(page.barriers(), [""; 0], "details");
    page.click("#panel-close");
    page.until("document.querySelector('#panel').hidden");
    page.run("[...document.querySelectorAll('button')].find((b) => b.textContent.trim() === 'Outline').click()");
    page.until("document.querySelectorAll('#outline .boxes > li').length === 5");
    assert_eq!(page.barriers(), [""; 0], "outline");
}
