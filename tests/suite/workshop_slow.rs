//! A line that is slow: what is typed about a record before the server has given it its id.

use serde_json::json;

use crate::support::page::{DESK, Room, SMALL, at, press};
use crate::support::webdriver::Browser;

/// Lets every answer to this browser take so long.
fn slow(page: &Browser, ms: u32) {
    page.devtools("Network.enable", json!({}));
    page.devtools(
        "Network.emulateNetworkConditions",
        json!({"offline": false, "latency": ms, "downloadThroughput": -1, "uploadThroughput": -1}),
    );
}

#[test]
fn a_measure_and_its_fields_are_typed_before_the_measure_is_saved() {
    for ms in [700, 2500] {
        let room = Room::open(SMALL);
        let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
            return;
        };
        slow(&page, ms);
        page.click(&at("desk"));
        page.until("document.querySelector('details[data-part$=\"kpis\"]')");
        page.run("document.querySelector('details[data-part$=\"kpis\"]').open = true");
        press(&page, "Add a KPI");
        page.until("document.activeElement.id === 'asked'");
        page.typed("Loans without a desk{Enter}");
        page.until("document.activeElement?.dataset?.field?.endsWith(' unit')");
        page.typed("a week{Tab}{Tab}{Tab}4125{Tab}12312025{Tab}{Tab}");
        press(&page, "Add a target");
        page.until("document.activeElement?.dataset?.field?.endsWith(' targets.value')");
        page.typed("9000{Tab}12312028{Tab}{Tab}");
        // Once and no more, while the answer is on its way and after it.
        let records = "return document.querySelectorAll('#panel details.record').length";
        assert_eq!(page.run(records), json!(1), "{ms} ms");
        room.until("all that was typed", |map| {
            let kpi = json!(map.kpis.first());
            kpi["unit"] == "a week"
                && kpi["baseline"] == json!({"value": 4125, "date": "2025-12-31"})
                && kpi["targets"] == json!([{"value": 9000, "date": "2028-12-31"}])
        });
        assert_eq!(page.run(records), json!(1), "{ms} ms");
        page.until("document.querySelector('#outbox-button').textContent === 'Not saved yet: 0'");
    }
}
