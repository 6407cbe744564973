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

/// Chooses from a list of a field.
fn choose(page: &Browser, field: &str, value: &str) {
    let control = format!("document.querySelector('[data-field=\"{field}\"]')");
    page.until(&control);
    page.run(&format!(
        "const c = {control}; c.focus(); c.value = '{value}'; c.dispatchEvent(new Event('change', {{bubbles: true}}));"
    ));
}

#[test]
fn the_rest_of_the_record_is_filled_in_on_the_page() {
    let map = SMALL.replace(
        "\"nodes\": [",
        "\"currency\": \"GBP\", \"partners\": [{\"id\": \"charity\", \"name\": \"Reading charity\"}],
         \"kpis\": [{\"id\": \"visits\", \"node\": \"readers\", \"title\": \"Visits\"}], \"nodes\": [",
    );
    let room = Room::open(&map);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.click(&at("readers"));
    fill(&page, "node readers objectives", "A city that reads{Control+Enter}");
    fill(&page, "node readers review.next", "03012027{Tab}{Tab}");
    press(&page, "Add a stakeholder");
    page.until("document.activeElement?.dataset?.field === 'node readers stakeholders.who'");
    page.typed("Parents{Tab}");
    // By keys, and on to the next field at once: what was chosen is not lost to the pause before it is taken.
    fill(&page, "node readers partners", "r{Tab}");
    room.until("the partner", |map| json!(map)["nodes"].to_string().contains("charity"));
    choose(&page, "kpi visits trajectory.profile", "s-curve");
    room.until("the path", |map| {
        json!(map)["kpis"][0]["trajectory"]["profile"] == "s-curve"
    });
    press(&page, "Add a point of its path");
    page.until("document.activeElement?.dataset?.field === 'kpi visits trajectory.points.date'");
    page.typed("03012027{Tab}{Tab}120{Tab}");
    room.until("points", |map| {
        json!(map)["kpis"][0]["trajectory"]["points"][0]["value"] == 120
    });
    fill(&page, "kpi visits value.unit_value", "4.50{Tab}");
    fill(&page, "kpi visits value.deadweight.source", "A survey{Tab}");
    fill(&page, "kpi visits value.deadweight.share", "20{Tab}");
    fill(&page, "kpi visits value.build_up", "0.2, 0.6{Tab}");
    press(&page, "Add a cost");
    page.until("document.activeElement?.dataset?.field === 'node readers cost.year'");
    page.typed("2027-28{Tab}1200{Tab}");
    fill(&page, "node readers cost.optimism_bias.reason", "No tenders yet{Tab}");
    fill(&page, "node readers cost.optimism_bias.percent", "24{Tab}");
    fill(&page, "node readers cost.optimism_bias.mitigation", "92{Tab}");
    fill(&page, "node readers cost.range.high", "2000{Tab}");
    room.until("the cost", |map| json!(map)["nodes"].to_string().contains("2000"));
    press(&page, "Add a field of our own");
    page.until("document.activeElement?.id === 'asked'");
    page.typed("Programme code{Enter}");
    page.until("document.querySelector('#ask-title')?.textContent === 'Programme code'");
    page.typed("P-17{Enter}");
    room.until("the field of our own", |map| {
        json!(map)["kpis"][0]["x-programme-code"] == "P-17"
    });
    assert_eq!(page.barriers(), [""; 0], "details");
    page.click("#about");
    fill(&page, "map document.version", "0.3{Tab}");
    press(&page, "Add an approval");
    page.until("document.activeElement?.dataset?.field === 'map document.approvals.by'");
    page.typed("The board{Tab}");
    fill(&page, "map appraisal.base_year", "2026-27{Tab}");
    fill(&page, "map appraisal.end", "2035-36{Tab}");
    room.until("the appraisal", |map| json!(map)["appraisal"]["end"] == "2035-36");
    press(&page, "Add an option");
    page.until("document.activeElement?.dataset?.field === 'map appraisal.options.id'");
    page.typed("do-less{Tab}");
    room.until("the option", |map| {
        json!(map)["appraisal"]["options"][0]["id"] == "do-less"
    });
    assert_eq!(page.barriers(), [""; 0], "about the map");
    let map = json!(room.map());
    let readers = map["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .find(|node| node["id"] == "readers")
        .unwrap();
    assert_eq!(readers["objectives"], json!(["A city that reads"]));
    assert_eq!(readers["stakeholders"], json!([{"who": "Parents"}]));
    assert_eq!(readers["review"]["next"], "2027-03-01");
    let cost = json!({"year": "2027-28", "amount": 1200, "optimism_bias": {"percent": 24, "mitigation": 0.92, "reason": "No tenders yet"}, "range": {"high": 2000}});
    assert_eq!(readers["cost"], json!([cost]));
    assert_eq!(
        map["kpis"][0]["trajectory"],
        json!({"points": [{"date": "2027-03-01", "value": 120}]})
    );
    let value = &map["kpis"][0]["value"];
    assert_eq!(value["deadweight"], json!({"share": 0.2, "source": "A survey"}));
    assert_eq!(
        (&value["build_up"], &value["unit_value"]),
        (&json!([0.2, 0.6]), &json!(4.5))
    );
    assert_eq!(
        map["document"],
        json!({"version": "0.3", "approvals": [{"by": "The board"}]})
    );
}
