//! The pages of a folder, used in a real browser as people use them: the list, a map and the way back, a dashboard that follows.

use std::process::Child;

use serde_json::json;

use crate::support::page::{DESK, begin};
use crate::support::poll;
use crate::support::webdriver::Browser;
use crate::workshop_folder_dashboard::example;

/// A workshop of the example of the docs, in a folder of its own.
struct City {
    server: Child,
    edit: String,
    view: String,
    folder: tempfile::TempDir,
}

impl City {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        example(folder.path());
        std::fs::write(
            folder.path().join("broken.json"),
            "{\"format\": 1, \"titel\": \"<b>x</b>\"}",
        )
        .unwrap();
        let (server, edit, view) = begin(folder.path(), &[]);
        Self {
            server,
            edit,
            view,
            folder,
        }
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }
}

impl Drop for City {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Goes on with the Tab key until that element has the focus.
fn tab_to(page: &Browser, selector: &str) {
    for _ in 0..40 {
        page.keys("{Tab}");
        let is_there = format!("return document.activeElement?.matches({})", json!(selector));
        if page.run(&is_there) == json!(true) {
            return;
        }
    }
    panic!("{selector} is not reached with the Tab key");
}

/// Past the first questions of a map's page.
fn enter(page: &Browser, name: &str) {
    page.until("document.querySelector('#my-name')");
    page.keys(name);
    page.keys("{Enter}");
    page.until("!document.querySelector('#my-name')");
    page.run("document.querySelector('dialog')?.close()");
    page.until("!document.querySelector('dialog')");
}

const WIDE: &str = "return document.documentElement.scrollWidth <= innerWidth";

#[test]
fn a_map_is_opened_changed_and_left_by_keys_while_a_dashboard_follows() {
    let city = City::new();
    let (Some(page), Some(second)) = (Browser::open(DESK.0, DESK.1), Browser::open(DESK.0, DESK.1)) else {
        return;
    };
    second.go(&city.view);
    second.until("document.querySelector('#portfolios a')");
    assert_eq!(
        second.run("return document.querySelector('#new').hidden"),
        json!(true),
        "who views makes no map"
    );
    assert_eq!(
        second.run("return document.querySelector('#viewing').hidden"),
        json!(false)
    );
    tab_to(&second, "#portfolios a");
    second.keys("{Enter}");
    second.until("document.querySelector('#report table')");
    assert_eq!(second.barriers(), [""; 0], "the dashboard");
    assert_eq!(
        second.run("return document.querySelectorAll('#report main, #report h1').length"),
        json!(2)
    );
    // The look of the report is there, though the policy lets in nothing that is written in a page.
    assert_eq!(
        second.run("return getComputedStyle(document.querySelector('#report thead th')).borderBottomWidth"),
        json!("2px")
    );
    assert!(
        second
            .run("return document.title")
            .as_str()
            .unwrap()
            .ends_with("dashboard")
    );

    page.go(&city.edit);
    page.until("document.querySelectorAll('#maps a').length === 5");
    assert_eq!(page.barriers(), [""; 0], "the list");
    let broken = page.run("return document.querySelector('#broken').textContent");
    let broken = broken.as_str().unwrap();
    assert!(broken.contains("broken.json") && broken.contains("line 1"), "{broken}");
    tab_to(&page, "#maps li[data-name='maps/warm-homes.json'] a");
    page.keys("{Enter}");
    enter(&page, "Ada");
    page.until("document.querySelector('.box') && document.querySelector('#all-maps')");
    assert_eq!(page.barriers(), [""; 0], "a map of the folder");
    // An outcome that the dashboard shows beside its owner.
    page.run("document.querySelector('[data-node=\"less-fuel-poverty\"]').focus()");
    page.keys("{F2}");
    page.until("document.activeElement?.matches('.entry')");
    page.run("document.activeElement.select()");
    page.keys("Fewer cold homes says Ada{Enter}");
    poll::until(
        || city.text("maps/warm-homes.json").contains("Fewer cold homes says Ada"),
        || "the title to be saved".to_owned(),
    );
    second.until("document.querySelector('#report').textContent.includes('Fewer cold homes says Ada')");
    second.until("document.querySelector('#state').textContent.startsWith('Drawn again')");
    assert_eq!(second.barriers(), [""; 0], "the dashboard, drawn again");

    // By a program outside.
    let rows = city.text("measurements/city.csv");
    assert!(!rows.contains("30.25"));
    std::fs::write(
        city.folder.path().join("measurements/city.csv"),
        format!("{rows}no2,2026-06-30,30.25,Street monitors,\n"),
    )
    .unwrap();
    second.until("document.querySelector('#report').textContent.includes('the place measured 30.25')");

    tab_to(&page, "#all-maps");
    page.keys("{Enter}");
    page.until("document.querySelectorAll('#maps a').length === 5");
}

#[test]
fn a_new_map_is_made_from_the_list_and_a_viewer_looks_on() {
    let city = City::new();
    let (Some(page), Some(second)) = (Browser::open(390, 844), Browser::open(DESK.0, DESK.1)) else {
        return;
    };
    page.go(&city.edit);
    page.until("document.querySelectorAll('#maps a').length === 5");
    assert_eq!(page.run(WIDE), json!(true), "the list fits a phone");
    assert_eq!(page.barriers(), [""; 0], "the list on a phone");
    tab_to(&page, "#new-title");
    page.keys("{Enter}");
    page.until("document.querySelector('#new-why').textContent === 'Type a title first.'");
    page.keys("Broken{Enter}");
    page.until("document.querySelector('#new-why').textContent.includes('already')");
    assert_eq!(page.barriers(), [""; 0], "a refusal");
    page.run("document.querySelector('#new-title').select()");
    page.keys("Safe parks{Enter}");
    page.until("location.pathname === '/map'");
    enter(&page, "Bo");
    page.until("document.querySelector('#title').textContent === 'Safe parks'");
    assert!(city.text("safe-parks.json").contains("Safe parks"));

    second.go(&city.view);
    second.until(
        "document.querySelector('#maps li[data-name=\"safe-parks.json\"]')?.textContent.includes('1 person is here')",
    );
    tab_to(&second, "#maps li[data-name='safe-parks.json'] a");
    second.keys("{Enter}");
    enter(&second, "Cy");
    second.until("!document.querySelector('#viewing').hidden");
    second.run("document.querySelector('#map').focus()");
    second.keys("n");
    assert_eq!(
        second.run("return document.querySelectorAll('.entry').length"),
        json!(0),
        "nothing to type in for who views"
    );
    // Every request of the page names the map.
    let links = page
        .run("return performance.getEntriesByType('resource').some((one) => one.name.includes('map=safe-parks.json'))");
    assert_eq!(links, json!(true));
}

#[test]
fn what_is_typed_at_one_map_is_never_sent_to_another() {
    let city = City::new();
    let Some(page) = Browser::open(DESK.0, DESK.1) else {
        return;
    };
    page.go(&city.edit);
    page.until("document.querySelectorAll('#maps a').length === 5");
    page.click("#maps li[data-name='maps/solar-city.json'] a");
    enter(&page, "Ada");
    page.until("document.querySelector('.box')");
    // The change cannot be sent before the page is left.
    page.run("const send = window.fetch; window.fetch = (to, how) => how?.method === 'POST' && String(to).includes('/api/edits') ? new Promise(() => {}) : send(to, how)");
    page.run("document.querySelector('[data-add=\"enabler\"]').focus()");
    page.keys("{Enter}");
    page.until("document.querySelector('.entry')");
    page.keys("Roofs that wait{Enter}{Escape}");
    page.until("document.querySelector('.waits')");
    page.click("#all-maps");
    page.until("document.querySelector('#maps')");
    page.click("#maps li[data-name='maps/clean-buses.json'] a");
    page.until("document.querySelector('.box') && document.querySelector('#all-maps')");
    page.click("#all-maps");
    page.until("document.querySelector('#maps li a')");
    assert!(!city.text("maps/clean-buses.json").contains("Roofs that wait"));
    page.click("#maps li[data-name='maps/solar-city.json'] a");
    poll::until(
        || city.text("maps/solar-city.json").contains("Roofs that wait"),
        || "what was typed to be sent".to_owned(),
    );
    assert!(!city.text("maps/clean-buses.json").contains("Roofs that wait"));
}
