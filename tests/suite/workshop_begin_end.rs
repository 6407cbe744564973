//! How a workshop begins on an empty map, how it ends with a sheet and files to take away, and what a printer gives.

use benefit_map::map::NodeKind;
use serde_json::{Value, json};

use crate::support::page::{DESK, EMPTY, Room, SMALL, press};
use crate::support::webdriver::Browser;

fn fetch(room: &Room, path: &str) -> Vec<u8> {
    let url = room.edit.replace("/?", &format!("{path}?"));
    let mut answer = ureq::get(&url).call().unwrap_or_else(|error| panic!("{path}: {error}"));
    answer.body_mut().read_to_vec().unwrap()
}

/// What is seen of the page on paper.
fn on_paper(page: &Browser, is_paper: bool) {
    let media = if is_paper { "print" } else { "" };
    page.devtools("Emulation.setEmulatedMedia", json!({"media": media}));
}

fn is_seen(page: &Browser, selector: &str) -> bool {
    let selector = json!(selector);
    let seen = page.run(&format!(
        "return [...document.querySelectorAll({selector})].some((one) => one.getClientRects().length > 0)"
    ));
    seen == json!(true)
}

/// How many pages a printer gives.
fn pages(page: &Browser) -> usize {
    let printed = page.devtools("Page.printToPDF", json!({"preferCSSPageSize": true}));
    let data = printed["data"]
        .as_str()
        .or_else(|| printed["value"]["data"].as_str())
        .unwrap()
        .to_owned();
    let script = format!(
        "return atob({}).split(/\\/Type\\s*\\/Page[^s]/).length - 1",
        json!(data)
    );
    usize::try_from(page.run(&script).as_u64().unwrap()).unwrap()
}

#[test]
fn an_empty_map_asks_each_stage_its_question_and_begins_with_an_example() {
    let room = Room::open(EMPTY);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let viewer = room.browser(&room.view, "Cyd", (390, 844)).unwrap();
    page.until("document.querySelectorAll('.begin ol li').length === 5 && document.querySelectorAll('.begin ul button').length >= 7");
    assert_eq!(page.barriers(), [""; 0], "an empty map");
    assert!(!is_seen(&viewer, ".begin"), "a viewer begins nothing");
    // A stage of the list opens its field.
    page.click(".begin summary");
    page.run("[...document.querySelectorAll('.begin ol button')].find((one) => one.textContent === 'End outcomes').id = 'ends'");
    page.click("#ends");
    page.until("document.activeElement?.matches('.entry')");
    page.keys("{Escape}");
    page.run("[...document.querySelectorAll('.begin ul button')][0].id = 'example'");
    page.run("document.querySelector('#example').scrollIntoView({block: 'center'})");
    page.click("#example");
    room.until("the example", |map| map.nodes.len() >= 5);
    let map = room.map();
    assert!(
        NodeKind::ALL
            .iter()
            .all(|kind| map.nodes.iter().any(|node| node.kind == *kind))
    );
    assert!(!map.kpis.is_empty() && !map.owners.is_empty() && !map.links.is_empty());
    assert_eq!(map.title, "Libraries open on Sundays", "the title stays");
    page.until("!document.querySelector('#empty') || document.querySelector('#empty').hidden");
    viewer.until("document.querySelectorAll('.box').length >= 5");
    // It is one step.
    page.until("!document.querySelector('#undo').disabled && !document.querySelector('.waits')");
    page.click("#undo");
    room.until("nothing again", |map| map.nodes.is_empty() && map.owners.is_empty());
}

#[test]
fn every_template_can_be_begun_with() {
    let room = Room::open(EMPTY);
    let names: Value = serde_json::from_slice(&fetch(&room, "/templates.json")).unwrap();
    let names: Vec<&str> = names
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    assert!(names.len() >= 7, "{names:?}");
    for name in names {
        let map: benefit_map::map::BenefitMap =
            serde_json::from_slice(&fetch(&room, &format!("/templates/{name}.json"))).unwrap();
        assert!(map.nodes.len() >= 5, "{name}");
    }
}

#[test]
fn the_end_shows_what_changed_what_is_open_and_who_owns_what_and_hands_everything_out() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    room.another(
        1,
        &json!({"do": "add", "what": "owner", "fields": {"id": "dir", "name": "Director of Libraries"}}),
    );
    room.another(
        2,
        &json!({"do": "set", "what": "node readers", "field": "owner", "value": "dir"}),
    );
    room.another(3, &json!({"do": "add-node", "kind": "enabler", "title": "Night bus"}));
    room.another(
        4,
        &json!({"do": "set", "what": "node cards", "field": "title", "value": "Door passes"}),
    );
    page.until("document.querySelector('[data-node=\"night-bus\"]')");
    page.click("#together-button");
    page.until("document.querySelector('#line-parking')");
    page.click("#line-parking");
    page.keys("Ask the unions{Enter}");
    page.until("document.querySelector('#together .note') && !document.querySelector('#together .note.waits')");
    press(&page, "End the workshop…");
    page.until("document.querySelectorAll('dialog.finish .plain a').length > 8");
    page.until("document.querySelector('dialog.finish').innerText.includes('Night bus')");
    let text = page.run("return document.querySelector('dialog.finish').innerText");
    let text = text.as_str().unwrap();
    for words in [
        "1 box added: Night bus",
        "1 box renamed: Door cards → Door passes",
        "1 owner added: Director of Libraries",
        "Director of Libraries: More readers",
        "Nobody yet: ",
        "What is left open",
        "Ask the unions",
        "Slides (PowerPoint)",
        "Business case (Word)",
        "Benefits register",
        "One page to send (HTML)",
        "Workbook (Excel)",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(page.barriers(), [""; 0], "the end");
    for (name, begins) in [
        ("pptx", "PK"),
        ("docx", "PK"),
        ("case", "%PDF"),
        ("register", "PK"),
        ("html", "<!"),
        ("xlsx", "PK"),
        ("json", "{"),
        ("notes-csv", "kind"),
        ("notes-json", "{"),
    ] {
        let bytes = fetch(&room, &format!("/api/export/{name}"));
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(16)]).into_owned();
        assert!(
            head.trim_start_matches('\u{feff}')
                .to_lowercase()
                .starts_with(&begins.to_lowercase()),
            "{name}: {head}"
        );
    }
    assert!(
        String::from_utf8(fetch(&room, "/api/export/notes-csv"))
            .unwrap()
            .contains("Ask the unions")
    );
    // On paper the sheet is the page, and nothing of the map's buttons.
    on_paper(&page, true);
    assert!(is_seen(&page, "#sheet h2"));
    assert!(!is_seen(&page, "header, dialog, #map, #strip, button"));
    assert!((1..=3).contains(&pages(&page)));
    on_paper(&page, false);
    page.keys("{Escape}");
    page.until("!document.querySelector('dialog') && !document.querySelector('#sheet')");
}

#[test]
fn a_map_is_printed_whole_on_one_page_without_buttons() {
    let room = Room::open(&crate::workshop_views::twenty());
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.click("#in");
    page.click("#in");
    page.click(&crate::support::page::at("b21"));
    page.run("dispatchEvent(new Event('beforeprint'))");
    on_paper(&page, true);
    for hidden in ["header", "#side", ".zoom", "#strip", ".plus", "#notice"] {
        assert!(!is_seen(&page, hidden), "{hidden}");
    }
    let whole = page.run(
        "const m = document.querySelector('#map').getBoundingClientRect();
         return [...document.querySelectorAll('.box')].every((box) => { const r = box.getBoundingClientRect();
           return r.left >= m.left - 1 && r.right <= m.right + 1 && r.top >= m.top - 1 && r.bottom <= m.bottom + 1; })",
    );
    assert_eq!(whole, json!(true), "every box is on the page");
    page.run("dispatchEvent(new Event('afterprint'))");
    assert_eq!(pages(&page), 1);
    on_paper(&page, false);
    assert!(is_seen(&page, "header") && is_seen(&page, ".zoom"));
}
