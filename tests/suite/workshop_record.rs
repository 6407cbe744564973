//! What findings ask for can be put right in the page: owners, plans, the definition and the tolerance of a KPI, responses to
//! risks, the period of the map.

use serde_json::json;

use crate::support::page::{DESK, Room, SMALL, at, press};
use crate::support::webdriver::Browser;

/// Presses a button by its words, and answers the question that it asks.
fn ask(page: &Browser, words: &str, answer: &str) {
    press(page, words);
    page.until("document.activeElement?.id === 'asked'");
    page.typed(answer);
    page.keys("{Enter}");
    page.until("!document.querySelector('#asked')");
}

/// Types into a field of the details or of a dialog, wherever it is folded away.
fn fill(page: &Browser, field: &str, text: &str) {
    let control = format!("document.querySelector('[data-field=\"{field}\"]')");
    page.until(&control);
    page.run(&format!(
        "const c = {control}; for (let up = c.closest('details'); up; up = up.parentElement.closest('details')) up.open = true;
         c.focus(); c.scrollIntoView({{block: 'center'}})"
    ));
    page.typed(text);
}

#[test]
fn owners_plans_tolerances_responses_and_the_period_are_filled_in_on_the_page() {
    let map = SMALL.replace(
        "\"nodes\": [",
        "\"owners\": [{\"id\": \"dir\", \"name\": \"Director of Place\"}], \"kpis\": [{\"id\": \"visits\", \"node\": \"readers\", \"title\": \"Visits\"}],
         \"risks\": [{\"id\": \"late\", \"title\": \"Kiosks come late\", \"threatens\": \"readers\"}], \"nodes\": [",
    );
    let map = map.replace(
        "\"title\": \"More readers\"",
        "\"title\": \"More readers\", \"owner\": \"dir\"",
    );
    let room = Room::open(&map);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.click(&at("readers"));
    fill(&page, "owner dir organisation", "City council{Enter}");
    fill(&page, "owner dir senior", " ");
    ask(&page, "Add an activity", "Train staff");
    room.until("the activity", |map| {
        json!(map)["plans"][0]["activities"][0]["title"] == "Train staff"
    });
    let activity = json!(room.map())["plans"][0]["activities"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    fill(&page, &format!("activity {activity} start"), "03012027{Tab}{Tab}");
    fill(
        &page,
        "kpi visits definition",
        "Visits of an hour or more{Control+Enter}",
    );
    fill(&page, "kpi visits tolerance.amber", "5{Tab}");
    fill(&page, "kpi visits tolerance.red", "10{Tab}");
    press(&page, "Add a response");
    page.until("document.activeElement?.dataset?.field === 'risk late responses.action'");
    page.typed("Order early{Tab}{Tab}");
    room.until("the response", |map| {
        json!(map)["risks"][0]["responses"][0]["action"] == "Order early"
    });
    page.click("#about");
    fill(&page, "map period.start", "04012027{Tab}{Tab}");
    ask(&page, "Add a partner", "Reading charity");
    room.until("the period and the partner", |map| {
        let map = json!(map);
        map["period"]["start"] == "2027-04-01" && map["partners"][0]["name"] == "Reading charity"
    });
    assert_eq!(page.barriers(), [""; 0], "about the map");
    let map = json!(room.map());
    assert_eq!(
        map["owners"][0],
        json!({"id": "dir", "name": "Director of Place", "organisation": "City council", "senior": true})
    );
    assert_eq!(map["plans"][0]["activities"][0]["start"], "2027-03-01");
    assert_eq!(map["kpis"][0]["definition"], "Visits of an hour or more");
    assert_eq!(map["kpis"][0]["tolerance"], json!({"amber": 0.05, "red": 0.1}));
}
