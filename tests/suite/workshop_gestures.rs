//! The ways of the hand on the workshop's page that are not the mouse's: fingers, wheel and pinch, the clipboard, and the
//! steps of a presentation.

use benefit_map::map::NodeKind;
use serde_json::json;

use crate::support::page::{DESK, Room, SMALL, at, has_link, is_lowest_enabler, titled};
use crate::support::webdriver::Browser;

/// A point of the picture under a point of the window, and how large it is drawn.
fn under(page: &Browser, (x, y): (i64, i64)) -> (f64, f64, f64) {
    let told = page.run(&format!(
        "const m = document.querySelector('#world').getCTM(), b = document.querySelector('#map').getBoundingClientRect();
         return [({x} - b.left - m.e) / m.a, ({y} - b.top - m.f) / m.d, m.a]"
    ));
    let number = |at: usize| told[at].as_f64().unwrap();
    (number(0), number(1), number(2))
}

#[test]
fn fingers_link_and_order() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", (768, 1024)) else {
        return;
    };
    let choose = |id: &str| {
        page.touch(&[page.middle(&at(id))]);
        page.until(&format!(
            "document.querySelector('[data-node=\"{id}\"]').getAttribute('aria-pressed') === 'true'"
        ));
        page.until("document.querySelector('#grip').style.display === ''");
        // The map makes room for what is told of the box.
        page.run_later("const done = arguments[arguments.length - 1]; requestAnimationFrame(() => requestAnimationFrame(() => done(1)))");
    };
    choose("cards");
    page.touch(&[page.middle("#grip"), page.middle(&at("desk"))]);
    room.until("a finger from the grip links", |map| has_link(map, "cards", "desk"));
    page.until("document.querySelector('[data-field$=\"rationale\"]')");
    // By mouse, as below: a tap so soon after another touch is none to the browser.
    page.click("#panel-close");
    page.until("document.querySelector('#panel').hidden");

    let (upper, lower) = if page.middle(&at("kiosks")).1 < page.middle(&at("cards")).1 {
        ("kiosks", "cards")
    } else {
        ("cards", "kiosks")
    };
    choose(upper);
    let (x, y) = page.middle(&at(lower));
    page.touch(&[page.middle(&at(upper)), (x, y + 24)]);
    room.until("a finger moves what is chosen", |map| is_lowest_enabler(map, upper));

    let top = |id: &str| format!("document.querySelector('[data-node=\"{id}\"]').getBoundingClientRect().top");
    page.until(&format!("{} > {}", top(upper), top(lower)));
    page.run(
        "const button = [...document.querySelectorAll('#panel button')].find((b) => b.textContent === 'Rename on the map');
         button.id = 'rename-it'; button.scrollIntoView({block: 'center'})",
    );
    page.click("#rename-it");
    page.until("document.activeElement?.matches('.entry')");
    page.keys("Open doors{Enter}");
    room.until("renamed from the panel", |map| titled(map, "Open doors").is_some());
}

#[test]
fn a_list_pasted_into_the_open_field_is_boxes_and_one_undo_takes_them_away() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.click("[data-add=\"enabler\"]");
    page.until("document.activeElement?.matches('.entry')");
    page.paste("Longer hours\tx\nNight bus\ty\n");
    room.until("a pasted list", |map| {
        ["Longer hours", "Night bus"]
            .iter()
            .all(|t| titled(map, t).is_some_and(|n| n.kind == NodeKind::Enabler))
    });
    page.until("document.querySelector('#notice button')?.textContent === 'Undo'");
    page.click("#notice button");
    room.until("undone at once", |map| {
        ["Longer hours", "Night bus"].iter().all(|t| titled(map, t).is_none())
    });
    assert_eq!(room.map().nodes.len(), 5);
}

#[test]
fn wheel_and_pinch_zoom_where_they_are() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let place = page.middle(&at("desk"));
    let (x, y) = place;
    let near = |a: (f64, f64, f64), b: (f64, f64, f64)| (a.0 - b.0).abs() < 2.0 && (a.1 - b.1).abs() < 2.0;
    let first = under(&page, place);
    page.run(&format!(
        "document.querySelector('#map').dispatchEvent(new WheelEvent('wheel', {{deltaY: -240, clientX: {x}, clientY: {y}, bubbles: true, cancelable: true}}))"
    ));
    let wheeled = under(&page, place);
    assert!(wheeled.2 > first.2 * 1.2, "{first:?} {wheeled:?}");
    assert!(
        near(first, wheeled),
        "what is under the pointer stays: {first:?} {wheeled:?}"
    );

    let fingers = |kind: &str, apart: i64| {
        let points = match apart {
            0 => json!([]),
            _ => json!([{"x": x - apart, "y": y, "id": 1}, {"x": x + apart, "y": y, "id": 2}]),
        };
        page.devtools("Input.dispatchTouchEvent", json!({"type": kind, "touchPoints": points}));
    };
    fingers("touchStart", 120);
    for apart in [110, 90, 70, 60] {
        fingers("touchMove", apart);
    }
    fingers("touchEnd", 0);
    page.until(&format!(
        "document.querySelector('#world').getCTM().a < {}",
        wheeled.2 * 0.6
    ));
    let pinched = under(&page, place);
    assert!((pinched.2 / wheeled.2 - 0.5).abs() < 0.05, "{wheeled:?} {pinched:?}");
    assert!(
        near(wheeled, pinched),
        "what is between the fingers stays: {wheeled:?} {pinched:?}"
    );
}

#[test]
fn a_presentation_goes_from_the_outcome_along_each_chain_to_what_is_open() {
    let whole = SMALL.replace(
        "{\"from\": \"kiosks\", \"to\": \"desk\"}",
        "{\"from\": \"kiosks\", \"to\": \"desk\"}, {\"from\": \"desk\", \"to\": \"readers\", \"rationale\": \"No queue\"}",
    );
    let room = Room::open(&whole);
    let Some(page) = room.browser(&room.view, "Ada", DESK) else {
        return;
    };
    page.click("#present-button");
    page.until("!document.querySelector('#present').hidden");
    let head = |words: &str| {
        page.until(&format!(
            "document.querySelector('#present-head').textContent === '{words}'"
        ))
    };
    head("More readers");
    page.until("document.querySelector('#present-count').textContent === '1 / 3'");
    page.keys("{ArrowRight}");
    head("Kiosks");
    let boxes = "[...document.querySelectorAll('#present-list strong')].map((one) => one.textContent).join(' > ')";
    page.until(&format!(
        "{boxes} === 'Sunday fund > Kiosks > Loans without a desk > More readers'"
    ));
    page.until("document.querySelector('#present-list').textContent.includes('No queue')");
    page.keys("{ArrowRight}");
    head("Nothing is open on these chains");
    page.until("document.querySelector('#present-next').disabled");
    page.click("#present-back");
    head("Kiosks");
    // What is not on the chain is faded.
    page.until("document.querySelector('[data-node=\"cards\"]').classList.contains('dim')");
    page.until("!document.querySelector('[data-node=\"kiosks\"]').classList.contains('dim')");
    page.keys("{Escape}");
    page.until("document.querySelector('#present').hidden && !document.querySelector('.dim')");
}
