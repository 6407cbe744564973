//! Work from the end outcomes to the left, as the guide recommends: by mouse, by keyboard, and by turning a link round.

use serde_json::json;

use crate::support::page::{DESK, EMPTY, Room, SMALL, at, has_link, is_chain, titled, type_chain};

#[test]
fn from_an_end_outcome_to_the_money_by_keyboard_alone() {
    let room = Room::open(EMPTY);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let titles = [
        "Children read more",
        "Children visit weekly",
        "Open on Sundays",
        "Kiosks",
        "Sunday fund",
    ];
    type_chain(&page, &titles);
    room.until("all", |map| map.nodes.len() == 5 && map.links.len() == 4);
    assert!(is_chain(&room.map(), &titles), "{:?}", room.map().links);
}

#[test]
fn a_drag_to_the_left_says_what_must_have_changed_before() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    // From the arrow at the left side to a box further left.
    page.hover(page.middle(&at("readers")));
    page.until("document.querySelector('#grip-before').style.display === ''");
    page.drag(&[page.middle("#grip-before"), page.middle(&at("desk"))]);
    room.until("linked", |map| has_link(map, "desk", "readers"));
    // From the arrow at the right side, the same: the stages say which comes before.
    page.hover(page.middle(&at("desk")));
    page.until("document.querySelector('#grip').style.display === ''");
    page.drag(&[page.middle("#grip"), page.middle(&at("cards"))]);
    room.until("linked too", |map| has_link(map, "cards", "desk"));
    // To an empty place of a stage further left: a new box there that leads here.
    page.hover(page.middle(&at("readers")));
    page.until("document.querySelector('#grip-before').style.display === ''");
    let (x, y) = page.middle("[data-add=\"intermediate-outcome\"]");
    page.drag(&[page.middle("#grip-before"), (x, y + 60)]);
    page.until("document.activeElement?.matches('.entry')");
    page.typed("Visits weekly{Enter}");
    room.until("the new box", |map| titled(map, "Visits weekly").is_some());
    let new = titled(&room.map(), "Visits weekly").unwrap().id.as_str().to_owned();
    assert!(has_link(&room.map(), &new, "readers"));
    assert_eq!(room.map().links.len(), 5);
}

#[test]
fn a_link_is_turned_round_with_its_reason_and_its_evidence() {
    let map = SMALL.replace(
        "{\"from\": \"kiosks\", \"to\": \"desk\"}",
        "{\"from\": \"readers\", \"to\": \"kiosks\", \"rationale\": \"They ask for it\", \"evidence\": [{\"source\": \"Survey\"}]}",
    );
    let room = Room::open(&map);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    // What is found about it offers the same.
    page.click("#findings-button");
    page.until("[...document.querySelectorAll('#findings .fix')].some((b) => b.textContent === 'Turn link round')");
    page.run(
        "[...document.querySelectorAll('#findings .fix')].find((b) => b.textContent === 'Turn link round').id = 'turn'",
    );
    page.click("#turn");
    room.until("turned", |map| has_link(map, "kiosks", "readers"));
    let link = |room: &Room| {
        let map = json!(room.map());
        let links = map["links"].as_array().unwrap().clone();
        links.into_iter().find(|l| l["rationale"] == "They ask for it").unwrap()
    };
    assert_eq!(link(&room)["evidence"], json!([{"source": "Survey"}]));
    // By the button of the link's own details, back again; and it can be undone.
    page.until("[...document.querySelectorAll('#panel button')].some((b) => b.textContent === 'Turn link round')");
    page.run("const b = [...document.querySelectorAll('#panel .buttons button')].find((b) => b.textContent === 'Turn link round'); b.id = 'back'; b.scrollIntoView()");
    page.click("#back");
    room.until("back", |map| has_link(map, "readers", "kiosks"));
    assert_eq!(link(&room)["evidence"], json!([{"source": "Survey"}]));
    page.until("!document.querySelector('#undo').disabled");
    page.click("#undo");
    room.until("undone", |map| has_link(map, "kiosks", "readers"));
}

#[test]
fn a_box_that_is_there_is_offered_while_its_title_is_typed() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.run("document.querySelector('[data-add=\"enabler\"]').focus()");
    page.keys("{Enter}");
    page.until("document.activeElement?.matches('.entry')");
    page.typed("Signs{Tab}");
    page.until("document.activeElement?.matches('.entry') && document.activeElement.value === ''");
    page.typed("loans wi");
    page.until("document.querySelector('.offers li')?.textContent.includes('Loans without a desk')");
    assert_eq!(page.barriers(), [""; 0], "offers");
    page.keys("{ArrowDown}{Enter}");
    room.until("linked instead of doubled", |map| {
        let id = titled(map, "Signs").map(|n| n.id.as_str().to_owned());
        id.is_some_and(|id| has_link(map, &id, "desk"))
    });
    assert_eq!(room.map().nodes.len(), 6);
}
