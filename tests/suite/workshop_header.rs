//! Nothing moves under the hand: the bar at the top, the map under it and the zoom keep their places, whatever is said around them.

use serde_json::{Value, json};

use crate::support::page::{DESK, Room, SMALL};
use crate::support::webdriver::Browser;

const WIDTHS: [u32; 11] = [320, 390, 600, 601, 768, 1000, 1180, 1366, 1440, 1600, 1920];

/// Where all that a hand may be over is, by its name: left, top, right and bottom.
fn places(page: &Browser) -> Value {
    page.run(
        "const all = {};
        const put = (name, element) => {
            const { left, top, right, bottom } = element.getBoundingClientRect();
            if (right > left) all[name] = [left, top, right, bottom].map((one) => Math.round(one * 10) / 10);
        };
        for (const element of document.querySelectorAll('header :is(button, input), .zoom, .zoom button, #map, .box, .plus'))
            if (element.id !== 'found') put(element.id || element.dataset.node || element.dataset.add || element.className, element);
        return all;",
    )
}

fn resize(page: &Browser, width: u32) {
    let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
    page.devtools("Emulation.setDeviceMetricsOverride", size);
    page.until(&format!("innerWidth === {width}"));
    page.pause(150);
}

/// What comes and goes, and the script that brings it.
const COMING: [(&str, &str); 7] = [
    (
        "Not saved",
        "const b = document.querySelector('#outbox-button'); b.textContent = 'Not saved: 12'; b.hidden = false;",
    ),
    (
        "no connection",
        "const b = document.querySelector('#offline'); b.hidden = false;
        b.textContent = 'Not connected. The page tries again by itself. What you type is kept. 12 changes are kept in this page.'",
    ),
    (
        "the file",
        "const b = document.querySelector('#file-bar'); b.hidden = false; b.textContent = 'The file was changed outside.'",
    ),
    (
        "a notice",
        "return import('/dom.js').then((dom) => dom.notice('Ada changed the whole map: go back to 12:01.'))",
    ),
    (
        "people",
        "return import('/state.js').then(({ state, changed }) => {
            state.people = [1, 2, 3, 4, 5, 6, 7].map((n) => ({ client: `c${n}`, name: `Person Number ${n}`, colour: n, role: 'edit' }));
            state.others = 12;
            changed('people');
        })",
    ),
    (
        "what is found",
        "const s = document.querySelector('#search'); s.value = 'no such box'; s.dispatchEvent(new Event('input'));",
    ),
    (
        "findings and names",
        "document.querySelector('#findings-button .count').textContent = '1888';
        document.querySelector('#me-name').textContent = 'Bartholomew Featherstonehaugh of the North';
        document.querySelector('#title').textContent = 'A much longer title of a map that somebody has just given it';",
    ),
];

#[test]
fn the_bar_and_the_map_keep_their_places_at_every_width() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    // The strip of a vote, from another person, is real.
    let vote = "return import('/beside.js').then(({ does }) => does({ do: 'open-vote', id: 'voteone1', question: 'Which of these boxes should come first in the next year?', dots: 3, among: 'boxes' }))";
    let mut moved = Vec::new();
    let mut before = Vec::new();
    for width in WIDTHS {
        resize(&page, width);
        before.push(places(&page));
    }
    for (n, width) in WIDTHS.into_iter().enumerate() {
        resize(&page, width);
        for (what, script) in COMING {
            page.run(script);
            let now = places(&page);
            if now != before[n] {
                for (name, place) in before[n].as_object().unwrap() {
                    if now[name] != *place {
                        moved.push(format!("{width} px, {what}: {name} from {place} to {}", now[name]));
                    }
                }
            }
        }
        // As it was, for the next width.
        page.run(
            "for (const id of ['outbox-button', 'offline', 'file-bar', 'notice']) document.getElementById(id).hidden = true;
            document.querySelector('#search').value = '';
            document.querySelector('#search').dispatchEvent(new Event('input'));",
        );
    }
    page.run(vote);
    page.until("document.querySelector('#strip').innerText.includes('Which of these')");
    for (n, width) in WIDTHS.into_iter().enumerate() {
        resize(&page, width);
        let now = places(&page);
        for (name, place) in before[n].as_object().unwrap() {
            if now[name] != *place {
                moved.push(format!("{width} px, a vote: {name} from {place} to {}", now[name]));
            }
        }
        let covers = page.run(
            "const a = document.querySelector('.zoom').getBoundingClientRect();
            return [...document.querySelectorAll('#strip .now')].some((one) => {
                const b = one.getBoundingClientRect();
                return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
            })",
        );
        let is_seen = "return [...document.querySelectorAll('#strip button')].every((one) => {
            const { left, right } = one.getBoundingClientRect();
            return left >= 0 && right <= innerWidth;
        })";
        if page.run(is_seen) != json!(true) {
            moved.push(format!("{width} px: a button of the vote is beyond the screen"));
        }
        if covers == json!(true) {
            moved.push(format!("{width} px: the vote covers the zoom"));
        }
    }
    assert!(moved.is_empty(), "{}", moved.join("\n"));
}
