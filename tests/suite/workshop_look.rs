//! How one person looks at the map on the workshop's page: coloured and filtered, only some chains, a small map of the whole,
//! other pictures, dark and in large type; and the search.

use serde_json::{Value, json};

use crate::support::page::{DESK, Room, SMALL, at};
use crate::support::webdriver::Browser;
use crate::workshop_views::twenty;

/// Twenty boxes: Ada answers for those of the first row, some have a tag, and one chain has evidence.
fn rich() -> String {
    let mut map: Value = serde_json::from_str(&twenty()).unwrap();
    map["owners"] = json!([{"id": "ada", "name": "Ada Nwosu"}, {"id": "bo", "name": "Bo Lind"}]);
    for node in map["nodes"].as_array_mut().unwrap() {
        let id = node["id"].as_str().unwrap().to_owned();
        match id.chars().last() {
            Some('0') => node["owner"] = json!("ada"),
            Some('1') => node["tags"] = json!(["pilot", "2027"]),
            Some('2') => node["owner"] = json!("bo"),
            _ => {}
        }
    }
    for link in map["links"].as_array_mut().unwrap() {
        let is = |text: &str| link["from"].as_str().unwrap().ends_with(text);
        if is("0") {
            link["evidence"] = json!([{"source": "Trial", "strength": "strong"}]);
        } else if is("1") {
            link["evidence"] = json!([{"source": "Talk"}]);
        }
    }
    map.to_string()
}

fn choose(page: &Browser, by: &str) {
    page.until("document.querySelector('#look-by')");
    page.run(&format!(
        "const s = document.querySelector('#look-by'); s.value = '{by}'; s.dispatchEvent(new Event('change', {{bubbles: true}}))"
    ));
}

/// The list of what there is, as it is read.
fn legend(page: &Browser) -> String {
    let words = page.run(
        "return [...document.querySelectorAll('.legend button')].map((b) => b.lastChild.textContent.trim()).join('|')",
    );
    words.as_str().unwrap().to_owned()
}

fn count(page: &Browser, selector: &str) -> u64 {
    page.run(&format!("return document.querySelectorAll({}).length", json!(selector)))
        .as_u64()
        .unwrap()
}

#[test]
fn boxes_are_coloured_and_sought_by_owner_tag_and_evidence() {
    let room = Room::open(&rich());
    let Some(page) = room.browser(&room.view, "Ada", DESK) else {
        return;
    };
    page.click("#look-button");
    choose(&page, "owner");
    page.until("document.querySelectorAll('.tint').length === 20");
    assert_eq!(legend(&page), "Ada Nwosu (5)|Bo Lind (5)|No owner yet (10)");
    // Not by colour alone: the number of the list is on each box.
    let number = |id: &str| {
        page.run(&format!(
            "return document.querySelector('[data-tint=\"{id}\"] text').textContent"
        ))
    };
    assert_eq!(
        (number("b00"), number("b02"), number("b03")),
        (json!("1"), json!("2"), json!("–"))
    );
    let colours = page.run(
        "return new Set([...document.querySelectorAll('.tint circle')].map((c) => getComputedStyle(c).fill)).size",
    );
    assert_eq!(colours, json!(3));
    assert_eq!(page.barriers(), [""; 0], "view");
    page.click(".legend button");
    page.until("document.querySelectorAll('.box.dim').length === 15");
    page.until("document.querySelector('#shown-words').textContent === 'Showing 5 of 20 boxes: Ada Nwosu'");
    page.click("#shown-all");
    page.until("document.querySelectorAll('.box.dim').length === 0");
    choose(&page, "tag");
    assert_eq!(legend(&page), "2027 (5)|pilot (5)|No tag (15)");
    choose(&page, "evidence");
    assert_eq!(
        legend(&page),
        "strong (4)|not weighed (4)|no evidence (8)|nothing leads to it (4)"
    );
    // What others do is seen in the same way.
    room.another(1, &json!({"do": "set", "what": "link b02 -> b12", "field": "evidence", "value": [{"source": "x", "strength": "weak"}]}));
    page.until("document.querySelector('.legend').textContent.includes('weak (1)')");
    choose(&page, "");
    page.until("document.querySelectorAll('.tint').length === 0");
    page.run("document.querySelector('#look-by').focus()");
    page.keys("{Escape}");
    page.until("!document.querySelector('.look')");
}

#[test]
fn boxes_are_coloured_and_sought_by_the_status_of_their_kpis_once_something_is_measured() {
    let mut map: Value = serde_json::from_str(&rich()).unwrap();
    let kpi = |id: &str, node: &str| {
        json!({"id": id, "node": node, "title": id, "unit": "calls", "direction": "increase",
               "baseline": {"date": "2020-01-01", "value": 0}, "targets": [{"date": "2020-12-31", "value": 100}]})
    };
    map["kpis"] = json!([kpi("good", "b40"), kpi("bad", "b41"), kpi("unknown", "b42")]);
    let room = Room::open(&map.to_string());
    let Some(page) = room.browser(&room.view, "Ada", DESK) else {
        return;
    };
    page.click("#look-button");
    page.until("document.querySelector('#look-by')");
    let offered = "[...document.querySelector('#look-by').options].some((o) => o.value === 'status')";
    page.until(&format!("!{offered}"));
    let row = |kpi: &str, value: u32| json!({"kpi": kpi, "date": "2020-12-31", "value": value, "source": "count"});
    let deed = json!({"do": "measure", "rows": [row("good", 120), row("bad", 20)]});
    let url = room.edit.replace("/?", "/api/board?");
    ureq::post(&url)
        .send_json(json!({"client": "another-person-1", "deed": deed}))
        .unwrap();
    page.until(offered);
    choose(&page, "status");
    page.until("document.querySelectorAll('.tint').length === 20");
    assert_eq!(legend(&page), "Missed (1)|No data (1)|Achieved (1)|No KPI (17)");
    page.click(".legend button");
    page.until("document.querySelector('#shown-words').textContent === 'Showing 1 of 20 boxes: Missed'");
    assert_eq!(count(&page, ".box.dim"), 19);
    // Another value that comes in changes the colours at once.
    let deed = json!({"do": "measure", "rows": [row("unknown", 10)]});
    ureq::post(&url)
        .send_json(json!({"client": "another-person-1", "deed": deed}))
        .unwrap();
    page.until("document.querySelector('#shown-words').textContent === 'Showing 2 of 20 boxes: Missed'");
    assert_eq!(page.barriers(), [""; 0], "by status");
}

#[test]
fn only_the_chains_of_a_box_are_shown_and_keys_go_no_further() {
    let room = Room::open(&rich());
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.right_click(page.middle(&at("b21")));
    page.until("document.querySelector('.menu')");
    page.keys("sh{Enter}");
    page.until("document.querySelectorAll('.box.gone').length === 15");
    assert_eq!(count(&page, ".route.gone"), 12);
    assert_eq!(page.barriers(), [""; 0], "only the chains");
    page.run("document.querySelector('[data-node=\"b21\"]').focus()");
    page.keys("{ArrowDown}");
    assert_eq!(count(&page, ".box.gone"), 15, "there is none below");
    page.keys("{ArrowRight}");
    page.until("document.activeElement?.dataset.node === 'b31'");
    page.keys("{Control+a}");
    page.until("document.querySelectorAll('.box.picked').length === 5");
    // A box that is added is seen, and one that is looked for brings all back.
    page.keys("{Escape}");
    page.run("document.querySelector('[data-node=\"b31\"]').focus()");
    room.another(1, &json!({"do": "add-node", "kind": "enabler", "title": "Just added"}));
    page.until("[...document.querySelectorAll('.box:not(.gone)')].some((b) => b.textContent.includes('Just'))");
    page.click("#search");
    page.keys("Step 43{Enter}");
    page.until("document.querySelectorAll('.box.gone').length === 0");
}

#[test]
fn a_search_marks_counts_and_steps_there_and_back() {
    let room = Room::open(&rich());
    let Some(page) = room.browser(&room.view, "Ada", DESK) else {
        return;
    };
    page.click("#search");
    page.typed("bo lind");
    page.until("document.querySelector('#found').textContent === '5 found'");
    assert_eq!(count(&page, ".box.found"), 5);
    let place = |words: &str| page.until(&format!("document.querySelector('#found').textContent === '{words}'"));
    page.keys("{Enter}");
    place("1 of 5");
    page.until("document.querySelector('[data-node=\"b02\"]').classList.contains('chosen')");
    page.keys("{Enter}");
    place("2 of 5");
    page.keys("{Shift+Enter}");
    place("1 of 5");
    page.keys("{Shift+Enter}");
    place("5 of 5");
    page.keys("{Escape}");
    page.until("document.querySelectorAll('.box.found').length === 0");
}

#[test]
fn a_small_map_frames_what_is_in_sight_and_leads_there() {
    let room = Room::open(&rich());
    let Some(page) = room.browser(&room.view, "Ada", DESK) else {
        return;
    };
    page.click("#look-button");
    page.until("document.querySelector('#look-small-map')");
    page.click("#look-small-map");
    page.until("document.querySelector('#small-map').getBoundingClientRect().width > 80");
    assert_eq!(count(&page, "#small-map path"), 5);
    page.keys("{Escape}");
    for _ in 0..5 {
        page.click("#in");
    }
    let right = page.run("const r = document.querySelector('#small-map').getBoundingClientRect(); return [r.right - 8, r.top + r.height / 2]");
    let px = |i: usize| right[i].as_f64().unwrap() as i64;
    page.drag(&[(px(0), px(1))]);
    let at_middle = "(() => { const r = document.querySelector('[data-node=\"b41\"]').getBoundingClientRect(); return r.left > 0 && r.right < innerWidth })()";
    page.until(at_middle);
    // It is kept for the next time, and on paper there is none.
    page.reload();
    page.until("document.querySelector('#small-map')?.getBoundingClientRect().width > 80");
}

#[test]
fn dark_and_large_type_are_kept_and_other_pictures_are_drawn() {
    let room = Room::open(&rich());
    let Some(page) = room.browser(&room.view, "Ada", DESK) else {
        return;
    };
    page.click("#look-button");
    page.until("document.querySelector('#look-dark')");
    let high = page.run("return document.querySelector('header').getBoundingClientRect().height");
    page.click("#look-dark");
    page.click("#look-large");
    page.until("document.documentElement.matches('.dark.large')");
    page.until(&format!(
        "document.querySelector('header').getBoundingClientRect().height > {high}"
    ));
    for (words, least) in [("Overview", 200), ("Bands by owner", 400), ("Bands by tag", 400)] {
        page.run(&format!(
            "const b = [...document.querySelectorAll('.look button')].find((b) => b.textContent === '{words}'); b.click()"
        ));
        page.until(&format!(
            "document.querySelector('dialog img.view')?.naturalWidth > {least}"
        ));
        assert_eq!(page.barriers(), [""; 0], "{words}");
        page.run("document.querySelector('dialog').close()");
        page.until("!document.querySelector('dialog')");
    }
    page.reload();
    page.until("document.documentElement.matches('.dark.large') && document.querySelector('.box')");
}

#[test]
fn another_picture_is_asked_for_by_a_known_word() {
    let room = Room::open(SMALL);
    let get = |of: &str| {
        let url = room.view.replace("/?", &format!("/api/view?of={of}&"));
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut answer = agent.get(&url).call().unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    };
    for of in ["overview", "owner", "partner", "tag"] {
        let (status, svg) = get(of);
        assert!(
            status == 200 && svg.starts_with("<svg") && svg.contains("More readers"),
            "{of}: {svg}"
        );
    }
    let (status, why) = get("colour");
    assert!(
        status == 400 && why.contains("overview") && why.contains("partner"),
        "{why}"
    );
}
