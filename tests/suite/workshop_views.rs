//! The map stays where it is under the hand: to choose a box changes neither its size nor its place, a double-click is about
//! the box that was pressed, and what others do moves nothing that one looks at.

use benefit_map::map::NodeKind;
use serde_json::{Value, json};

use crate::support::page::{Room, at, titled};
use crate::support::webdriver::Browser;

/// A map of 20 boxes, four in each stage.
pub fn twenty() -> String {
    let mut nodes = Vec::new();
    let mut links = Vec::new();
    for (column, kind) in NodeKind::ALL.iter().enumerate() {
        for row in 0..4 {
            let title = format!("Step {column}{row} towards quieter streets");
            nodes.push(json!({"id": format!("b{column}{row}"), "kind": kind, "title": title}));
            if column > 0 {
                links.push(json!({"from": format!("b{}{row}", column - 1), "to": format!("b{column}{row}")}));
            }
        }
    }
    json!({"format": 1, "title": "Quieter streets", "nodes": nodes, "links": links}).to_string()
}

fn ids() -> Vec<String> {
    (0..5)
        .flat_map(|column| (0..4).map(move |row| format!("b{column}{row}")))
        .collect()
}

/// Where the map is drawn, and how large.
fn view(page: &Browser) -> Value {
    page.run("return document.querySelector('#world').getAttribute('transform')")
}

/// Makes the window so large; with headless browsers the frame counts, so it is the page that is measured.
fn size(page: &Browser, width: u32, height: u32) {
    page.devtools(
        "Emulation.setDeviceMetricsOverride",
        json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}),
    );
    page.until(&format!("innerWidth === {width}"));
    page.click("#fit");
}

#[test]
fn a_double_click_renames_the_box_that_it_is_on_160_times_of_160() {
    let room = Room::open(&twenty());
    let Some(page) = room.browser(&room.edit, "Ada", (1440, 900)) else {
        return;
    };
    let mut right = 0;
    for (width, height) in [(1440, 900), (1920, 1080), (1366, 768), (1180, 820)] {
        size(&page, width, height);
        for is_open in [false, true] {
            for id in ids() {
                page.run("document.querySelector('#panel-close')?.click()");
                if is_open {
                    let other = if id == "b00" { "b10" } else { "b00" };
                    page.click(&at(other));
                    page.until("!document.querySelector('#panel').hidden");
                }
                let title = room
                    .map()
                    .nodes
                    .iter()
                    .find(|n| n.id.as_str() == id)
                    .unwrap()
                    .title
                    .clone();
                page.double_click_slowly(page.middle(&at(&id)));
                page.until("document.querySelector('.entry')");
                let typed_over = page.run("return document.querySelector('.entry').value");
                right += u32::from(typed_over == json!(title));
                page.keys("{Escape}");
                page.until("!document.querySelector('.entry')");
            }
        }
    }
    assert_eq!(right, 160);
}

#[test]
fn to_choose_changes_neither_the_size_nor_the_place_of_the_map() {
    let room = Room::open(&twenty());
    let Some(page) = room.browser(&room.edit, "Ada", (1440, 900)) else {
        return;
    };
    for (width, height) in [
        (1440, 900),
        (1180, 820),
        (1024, 768),
        (720, 450),
        (768, 1024),
        (390, 844),
    ] {
        size(&page, width, height);
        let before = view(&page);
        for id in ["b00", "b13", "b42"] {
            page.click(&at(id));
            page.until(&format!(
                "document.querySelector('{}').getAttribute('aria-pressed') === 'true'",
                at(id)
            ));
            page.until("!document.querySelector('#panel').hidden");
            assert_eq!(view(&page), before, "{width}×{height}: {id}");
            let faded = page.run("return document.querySelectorAll('.dim').length");
            assert_eq!(faded, json!(0), "nothing fades unasked");
            // And the details do not cover what was chosen.
            let (x, y) = page.middle(&at(id));
            let over = page.run(&format!(
                "return document.elementFromPoint({x}, {y})?.closest('[data-node]')?.dataset.node ?? null"
            ));
            assert_eq!(over, json!(id), "{width}×{height}");
            page.click("#panel-close");
            page.until("document.querySelector('#panel').hidden");
            assert_eq!(view(&page), before, "closed, {width}×{height}: {id}");
        }
    }
}

#[test]
fn what_others_add_moves_nothing_that_one_looks_at() {
    let room = Room::open(&twenty());
    let Some(page) = room.browser(&room.edit, "Ada", (1440, 900)) else {
        return;
    };
    page.click(&at("b21"));
    let place = page.middle(&at("b21"));
    for n in 1..=8_u64 {
        let title = format!("Another step {n}");
        room.another(n, &json!({"do": "add-node", "kind": "enabler", "title": title}));
        page.until(&format!(
            "[...document.querySelectorAll('.box')].some((box) => box.textContent.includes('step {n}'))"
        ));
        let now = page.middle(&at("b21"));
        assert!(
            (now.0 - place.0).abs() <= 2 && (now.1 - place.1).abs() <= 2,
            "{place:?} {now:?}"
        );
    }
}

#[test]
fn a_presentation_can_be_left_on_a_phone() {
    let room = Room::open(&twenty());
    let Some(page) = room.browser(&room.edit, "Ada", (1440, 900)) else {
        return;
    };
    page.devtools(
        "Emulation.setDeviceMetricsOverride",
        json!({"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true}),
    );
    page.until("innerWidth === 390");
    page.run("document.querySelector('#present-button').scrollIntoView()");
    page.click("#present-button");
    page.until("!document.querySelector('#present').hidden");
    for id in ["present-back", "present-next", "present-close"] {
        let whole = page.run(&format!(
            "const r = document.getElementById('{id}').getBoundingClientRect();
             return r.left >= 0 && r.right <= innerWidth && r.bottom <= innerHeight && r.height >= 40"
        ));
        assert_eq!(whole, json!(true), "{id}");
    }
    page.touch(&[page.middle("#present-next")]);
    page.until("document.querySelector('#present-count').textContent.startsWith('2 ')");
    page.run("document.activeElement.blur()");
    page.click("#present-close");
    page.until("document.querySelector('#present').hidden");
    assert!(titled(&room.map(), "Step 00 towards quieter streets").is_some());
}
