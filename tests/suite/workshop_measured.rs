//! Measurements in a workshop: a file that is handed in, a value that is typed, and how the map stands by them.

use std::io::Write;

use serde_json::{Value, json};

use crate::support::page::{DESK, Room as PageRoom};
use crate::support::room::{ADA, BO, Room, open};
use crate::support::wire::Wire;

const MAP: &str = r#"{"format": 1, "title": "Libraries open on Sundays", "nodes": [
  {"id": "kiosks", "kind": "enabler", "title": "Kiosks"}, {"id": "readers", "kind": "end-outcome", "title": "More readers"}],
  "links": [{"from": "kiosks", "to": "readers"}],
  "kpis": [{"id": "visits", "node": "readers", "title": "Visits a month", "indicator": "outcome", "unit": "visits",
    "direction": "increase", "baseline": {"date": "2026-01-31", "value": 100},
    "targets": [{"date": "2026-12-31", "value": 200}]}]}"#;

const CSV: &str = "kpi,date,value,source,note\nvisits,2026-03-31,105,gate,\nVisits a month,2026-06-30,110,gate,\nnothing,2026-06-30,5,,\nvisits,soon,7,,\n";

fn room() -> Room {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("map.json"), MAP).unwrap();
    open(dir, |options| options.today = Some("2026-07-15".parse().unwrap()))
}

fn hand_in(room: &Room, text: &str, take: bool) -> Value {
    let body = json!({"client": ADA, "name": "counts.csv", "text": text, "take": take});
    let answer = room.post("/api/measurements", &body);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[test]
fn a_file_is_read_first_taken_when_wanted_and_kept() {
    let room = room();
    let mut bo = room.events(BO);
    bo.next("board");
    let read = hand_in(&room, CSV, false);
    assert_eq!(
        (&read["rows"], &read["kpis"], &read["left_out"]),
        (&json!(2), &json!(1), &json!(2)),
        "{read}"
    );
    let said = read["remarks"].to_string();
    assert!(
        said.contains("Row 4: ") && said.contains("nothing") && said.contains("Row 5: ") && said.contains("soon"),
        "{said}"
    );
    assert_eq!(room.get("/api/status")["rows"], 0, "only read");
    hand_in(&room, CSV, true);
    assert_eq!(bo.next("board")["measured"]["rows"], 2);
    let status = room.get("/api/status");
    assert_eq!(status["as_of"], "2026-07-15");
    assert_eq!(
        status["kpis"]["visits"]["points"],
        json!([["2026-03-31", 105], ["2026-06-30", 110]]),
        "{status}"
    );
    assert_eq!(status["nodes"]["readers"], status["kpis"]["visits"]["status"]);
    let early = room.get("/api/status?as_of=2026-04-15");
    assert_eq!(early["kpis"]["visits"]["last"], json!(["2026-03-31", 105]));
    // One value takes the place of that of the same day, and one can be taken away.
    let measure = |deed: Value| room.post("/api/board", &json!({"client": ADA, "deed": deed})).status;
    let row = json!({"kpi": "visits", "date": "2026-06-30", "value": 110.5, "source": "Ada"});
    assert_eq!(measure(json!({"do": "measure", "rows": [row]})), 200);
    assert_eq!(
        room.get("/api/status")["kpis"]["visits"]["last"],
        json!(["2026-06-30", 110.5])
    );
    assert_eq!(
        measure(json!({"do": "unmeasure", "kpi": "visits", "date": "2026-03-31"})),
        200
    );
    let room = room.again();
    let csv = Wire::open(room.address)
        .unwrap()
        .get("/api/export/measurements", &room.view)
        .unwrap();
    assert_eq!(
        csv.text().trim_start_matches('\u{feff}').replace("\r\n", "\n"),
        "kpi,date,value,source,note\nvisits,2026-06-30,110.5,Ada,\n"
    );
    let chart = Wire::open(room.address)
        .unwrap()
        .get("/api/chart?kpi=visits", &room.view)
        .unwrap();
    assert!(
        chart.text().contains("<svg") && chart.text().contains("Visits a month"),
        "{}",
        chart.text()
    );
    assert_eq!(
        Wire::open(room.address)
            .unwrap()
            .get("/api/chart?kpi=x", &room.view)
            .unwrap()
            .status,
        404
    );
    assert_eq!(
        Wire::open(room.address)
            .unwrap()
            .get("/api/status?as_of=soon", &room.view)
            .unwrap()
            .status,
        400
    );
    // Nothing of it is in the map.
    assert_eq!(std::fs::read_to_string(room.path()).unwrap(), MAP);
}

#[test]
fn what_is_no_table_of_measurements_is_refused_in_words() {
    let room = room();
    for (text, words) in [
        ("", "is empty"),
        ("a,b\n1,2\n", "has no column"),
        ("PK\u{3}\u{4}rubbish", "counts.csv"),
        ("PK\u{3}\u{4}\u{1234}", "not the bytes of a workbook"),
    ] {
        let body = json!({"client": ADA, "name": "counts.csv", "text": text, "take": true});
        let why = room.refused("/api/measurements", &body, "refused");
        assert!(why.contains(words), "{text:?}: {why}");
    }
    assert_eq!(room.get("/api/status")["rows"], 0);
    let body = json!({"client": ADA, "name": "counts.csv", "text": CSV, "take": true});
    let viewer = Wire::open(room.address)
        .unwrap()
        .post("/api/measurements", &room.view, &body)
        .unwrap();
    assert_eq!(viewer.status, 403);
}

#[test]
fn a_workbook_is_read_by_its_columns() {
    let room = room();
    let folder = tempfile::tempdir().unwrap();
    let workbook = folder.path().join("form.xlsx");
    let table = benefit_map::table::Table {
        name: "Counts".to_owned(),
        columns: ["kpi", "date", "value"]
            .map(|name| benefit_map::table::Column {
                name: name.into(),
                values: benefit_map::table::Values::Text,
            })
            .into(),
        rows: vec![
            ["visits", "2026-05-31", "120"]
                .map(|cell| benefit_map::table::Cell::Text(cell.to_owned()))
                .into(),
        ],
    };
    let cover = benefit_map::table::xlsx::Cover {
        title: String::new(),
        paragraphs: Vec::new(),
    };
    let bytes = benefit_map::table::xlsx::write(&[table], &cover).unwrap();
    std::fs::File::create(&workbook).unwrap().write_all(&bytes).unwrap();
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let read = hand_in(&room, &text, true);
    assert_eq!(read["rows"], 1, "{read}");
    assert_eq!(
        room.get("/api/status")["kpis"]["visits"]["last"],
        json!(["2026-05-31", 120])
    );
}

#[test]
fn boxes_show_their_status_and_details_a_line_and_a_chart() {
    let room = PageRoom::open(MAP);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let viewer = room.browser(&room.view, "Cyd", DESK).unwrap();
    page.click("[data-node=\"readers\"]");
    page.until("document.querySelector('#panel [data-part=\"kpi visits\"]')");
    page.run("document.querySelector('#panel [data-part=\"kpi visits\"]').open = true");
    let measure = |value: &str, date: &str| {
        page.until("document.querySelector('#value-visits')");
        page.run("document.querySelector('#value-visits').scrollIntoView({block: 'center'})");
        page.click("#value-visits");
        page.keys(value);
        page.run(&format!(
            "const d = document.querySelector('#date-visits'); d.value = '{date}'; d.dispatchEvent(new Event('input', {{bubbles: true}}))"
        ));
        page.click("#value-visits");
        page.keys("{Enter}");
    };
    measure("a lot", "2026-03-31");
    page.until("document.querySelector('#fault-visits')?.textContent.includes('is not a number')");
    page.keys("{Control+a}{Delete}");
    measure("104", "2026-03-31");
    page.until("document.querySelector('.measured-at').innerText.includes('104')");
    measure("150.5", "2026-06-30");
    page.until("document.querySelector('.measured-at').innerText.includes('150.5') && document.querySelector('.spark polyline')");
    viewer.until("document.querySelector('.marks[data-at=\"readers\"] .status-at')");
    page.run(
        "[...document.querySelectorAll('.measured-at button')].find((one) => one.textContent === 'Chart').id = 'chart'",
    );
    page.click("#chart");
    page.until("document.querySelector('.measured-at img')?.naturalWidth > 0");
    assert_eq!(page.barriers(), [""; 0], "measured");
    // As of a day before, the line ends there.
    page.click("#together-button");
    page.until("document.querySelector('#together-measured')");
    page.run("document.querySelector('#together-measured').open = true");
    page.run("const d = document.querySelector('#as-of'); d.value = '2026-04-30'; d.dispatchEvent(new Event('change', {bubbles: true}))");
    page.until("document.querySelector('.measured-at').innerText.includes('104')");
    // A file that is dropped is shown before it is taken.
    page.run(
        "const data = new DataTransfer(); data.items.add(new File(['kpi,date,value\\nvisits,2026-07-31,170\\n'], 'july.csv'));
         document.querySelector('#map').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}))",
    );
    page.until("document.querySelector('dialog')?.innerText.includes('1 value of 1 KPI')");
    page.click("dialog .main");
    page.until("document.querySelector('#together-measured summary').textContent.includes('(3)')");
    assert_eq!(page.barriers(), [""; 0], "measurements");
}
