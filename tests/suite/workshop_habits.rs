//! What people do out of habit: paste a list or a letter, press Copy, type box after box far below, press Tab and Escape; on a
//! screen of any size.

use serde_json::json;

use crate::support::page::{DESK, EMPTY, Room, SMALL, at, titled};
use crate::support::webdriver::Browser;

/// Whether what a selector finds lies within the window.
fn is_in_sight(selector: &str) -> String {
    let selector = json!(selector);
    format!(
        "(() => {{ const r = document.querySelector({selector})?.getBoundingClientRect();
           return r && r.top >= 0 && r.left >= 0 && r.bottom <= innerHeight && r.right <= innerWidth; }})()"
    )
}

fn paste_at(page: &Browser, selector: &str, text: &str) {
    page.until(&format!("document.querySelector('{selector}')"));
    page.run(&format!("document.querySelector('{selector}').focus()"));
    page.paste(text);
}

#[test]
fn a_list_keeps_its_order_and_a_letter_is_asked_about_before_it_becomes_boxes() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    paste_at(
        &page,
        "[data-add=\"enabler\"]",
        "Zebra crossings\n- Night bus\n2. App\n",
    );
    room.until("a list", |map| map.nodes.len() == 8);
    page.until("!document.querySelector('.waits')");
    let top = |title: &str| {
        let box_ = format!("[...document.querySelectorAll('.box')].find((one) => one.textContent.includes('{title}'))");
        page.until(&box_);
        page.run(&format!("return {box_}.getBoundingClientRect().y"))
            .as_f64()
            .unwrap()
    };
    let (first, second, third) = (top("Zebra crossings"), top("Night bus"), top("App"));
    assert!(first < second && second < third, "{first} {second} {third}");
    page.keys("{Escape}");
    page.run("document.activeElement.blur()");
    // A letter is no list: what it would become is shown first.
    paste_at(
        &page,
        "[data-add=\"enabler\"]",
        "Dear all,\nplease find attached the minutes.\nKind regards,\nAda\n",
    );
    page.until("document.querySelector('dialog.small')?.innerText.includes('Add 4 boxes?')");
    let said = page.run("return document.querySelector('dialog.small').innerText");
    assert!(said.as_str().unwrap().contains("“Dear all,”"), "{said}");
    assert_eq!(page.barriers(), [""; 0], "asked about a letter");
    page.keys("{Escape}");
    page.until("!document.querySelector('dialog')");
    assert_eq!(room.map().nodes.len(), 8);
}

#[test]
fn a_link_is_copied_where_the_page_may_not_use_the_clipboard_and_that_is_said_over_the_dialog() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    // As on a page of a local network, which is no secure context.
    page.run("Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})");
    page.click("#share");
    page.until("document.querySelector('dialog .share button')");
    let codes = page.run(
        "return [...document.querySelectorAll('dialog .share img')].map((one) => one.getBoundingClientRect().width)",
    );
    assert!(
        codes
            .as_array()
            .unwrap()
            .iter()
            .all(|wide| wide.as_f64().unwrap() >= 250.0),
        "to be read from a chair: {codes}"
    );
    page.click("dialog .share button");
    page.until("document.querySelector('dialog #notice') && !document.querySelector('#notice').hidden");
    page.until("document.querySelector('#notice').textContent.includes('Copied')");
    page.until("document.elementFromPoint(...(() => { const r = document.querySelector('#notice').getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })())?.closest('#notice')");
    page.keys("{Escape}");
    page.until("!document.querySelector('dialog') && document.body.contains(document.querySelector('#notice'))");
    page.run("document.querySelector('#search').focus()");
    page.keys("{Control+v}");
    page.until(&format!(
        "document.querySelector('#search').value === {}",
        json!(room.edit)
    ));
}

#[test]
fn an_empty_map_is_not_praised_and_a_bare_one_is_judged_at_the_level_that_is_named() {
    let room = Room::open(EMPTY);
    let Some(page) = room.browser(&room.view, "Ada", DESK) else {
        return;
    };
    page.click("#findings-button");
    page.until("!document.querySelector('#findings').hidden");
    let sum = || {
        page.run("return document.querySelector('#findings-sum').textContent")
            .as_str()
            .unwrap()
            .to_owned()
    };
    page.until("document.querySelector('#findings-sum').textContent.length > 5");
    assert!(
        !sum().contains("Well done") && !sum().contains("Nothing is missing"),
        "{}",
        sum()
    );
    room.another(
        1,
        &json!({"do": "add-node", "kind": "end-outcome", "title": "More readers"}),
    );
    page.run(
        "const p = document.querySelector('#profile'); p.value = 'business-case'; p.dispatchEvent(new Event('change'))",
    );
    page.until("document.querySelectorAll('#findings-groups details').length > 0");
    assert!(sum().contains("to "), "{}", sum());
    let label = page.run("return document.querySelector('label[for=profile]').textContent");
    assert!(label.as_str().unwrap().contains("for you alone"), "{label}");
}

#[test]
fn tab_goes_on_to_the_next_field_after_a_change_is_saved_and_escape_leads_back_to_the_map() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.click(&at("kiosks"));
    let title = "#panel [data-field=\"node kiosks title\"]";
    page.until(&format!("document.querySelector('{title}')"));
    page.run("document.querySelector('details[data-part$=\"more\"]').open = true");
    let tags = "#panel [data-field=\"node kiosks tags\"]";
    page.until(&format!("document.querySelector('{tags}')"));
    page.run(&format!(
        "document.querySelector('{tags}').scrollIntoView({{block: 'center'}}); document.querySelector('{tags}').focus()"
    ));
    page.keys("quiet, doors{Tab}");
    room.until("tags", |map| {
        titled(map, "Kiosks").is_some_and(|node| node.tags.len() == 2)
    });
    page.until("document.activeElement !== document.body && document.activeElement.closest('#panel')");
    let field = page.run("return document.activeElement.dataset.field ?? document.activeElement.tagName");
    assert_ne!(field, json!("node kiosks tags"), "it went on");
    // Another change of it, by somebody else, leaves the focus there.
    room.another(
        1,
        &json!({"do": "set", "what": "node kiosks", "field": "tags", "value": ["other"]}),
    );
    page.until(&format!("document.querySelector('{tags}').value.includes('other')"));
    page.until("document.activeElement.closest('#panel')");
    // Escape leaves the details for the box that they are about.
    page.keys("{Escape}");
    page.until("document.activeElement?.dataset?.node === 'kiosks' || document.activeElement?.id === 'map'");
    // In the outline, a deleted box leaves the focus in the outline.
    page.click("#outline-button");
    page.until("document.querySelector('[data-out=\"cards title\"]')");
    page.run("document.querySelector('[data-out=\"cards title\"]').focus()");
    page.keys(" at night{Escape}");
    page.until("document.querySelector('[data-out=\"cards title\"]').value === 'Door cards'");
    page.until("document.activeElement?.closest('#outline')");
}

#[test]
fn a_very_large_screen_is_filled_by_the_map() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.devtools(
        "Emulation.setDeviceMetricsOverride",
        json!({"width": 3840, "height": 2160, "deviceScaleFactor": 1, "mobile": false}),
    );
    page.until("innerWidth === 3840");
    page.until("document.querySelector('#fit')");
    page.click("#fit");
    page.until("parseInt(document.querySelector('#zoom').textContent) > 125");
    let wide = page.run(
        "const boxes = [...document.querySelectorAll('.box')].map((one) => one.getBoundingClientRect());
         return (Math.max(...boxes.map((one) => one.right)) - Math.min(...boxes.map((one) => one.left))) / document.querySelector('#stage').clientWidth",
    );
    assert!(wide.as_f64().unwrap() > 0.5, "{wide} of the width");
    let letters = page.run("return parseFloat(getComputedStyle(document.querySelector('header button')).fontSize) * (parseFloat(getComputedStyle(document.querySelector('header')).zoom) || 1)");
    assert!(letters.as_f64().unwrap() > 18.0, "{letters} px in the bar");
}

#[test]
fn the_field_for_the_next_box_is_in_sight_however_far_one_has_zoomed_in() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", (1280, 720)) else {
        return;
    };
    page.click(&at("cards"));
    page.until("document.querySelector('[data-field=\"node cards title\"]')");
    for _ in 0..4 {
        page.click("#in");
    }
    page.run(&format!("document.querySelector('{}').focus()", at("cards")));
    page.keys("n");
    for title in ["One", "Two", "Three", "Four", "Five", "Six", "Seven"] {
        page.until("document.activeElement?.matches('.entry') && document.activeElement.value === ''");
        page.until(&is_in_sight(".entry"));
        page.keys(&format!("{title}{{Enter}}"));
        room.until(title, |map| titled(map, title).is_some());
    }
    page.until(&is_in_sight(".entry"));
}

#[test]
fn what_is_sought_is_found_by_owner_counted_stepped_through_and_said_where_there_is_none() {
    let room = Room::open(&SMALL.replace(
        "\"nodes\": [",
        "\"owners\": [{\"id\": \"ada\", \"name\": \"Ada Nwosu\"}], \"nodes\": [{\"id\": \"lamps\", \"kind\": \"enabler\", \"title\": \"Lamps\", \"owner\": \"ada\"}, {\"id\": \"doors\", \"kind\": \"enabler\", \"title\": \"Doors\", \"owner\": \"ada\"}, ",
    ));
    let Some(page) = room.browser(&room.view, "Cyd", DESK) else {
        return;
    };
    page.run("document.querySelector('#search').focus()");
    page.keys("nwosu");
    page.until("document.querySelector('#found').textContent === '2 found' && document.querySelectorAll('.box.found').length === 2");
    page.keys("{Enter}");
    page.until("document.querySelector('#found').textContent === '1 of 2'");
    page.keys("{Enter}");
    page.until("document.querySelector('#found').textContent === '2 of 2'");
    page.keys("{Control+a}wombat");
    page.until("document.querySelector('#found').textContent === 'No box found'");
    assert!(
        page.run(
            "const r = document.querySelector('#found').getBoundingClientRect(); return r.width > 10 && r.height > 5"
        ) == json!(true),
        "it is seen"
    );
}
