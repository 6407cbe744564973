//! Tables that are pasted into a workshop, dropped on it or chosen as a file: shown first, then one step; and what is too much or
//! of the wrong kind.

use benefit_map::map::{BenefitMap, NodeKind};
use serde_json::{Value, json};

use crate::support::page::{DESK, EMPTY, Room, SMALL, titled};
use crate::support::poll;
use crate::support::room;
use crate::support::webdriver::Browser;

const TABLE: &str = "Stage\tTitle\tOwner\tKPI\tBaseline\tTarget\tTarget date\tLeads to\n\
    enabler\tZebra crossings\tAda Nwosu\tCrossings built\t0\t12\t2027-03-31\tDrivers slow down\n\
    business change\tDrivers slow down\tBo Lind\tMean speed\t48\t40\t2028-03-31\tAir is cleaner\n\
    enabler\tApp\tAda Nwosu\t\t\t\t\tNowhere\n\
    end outcome\tAir is cleaner\t<b>Cy</b>\t\t\t\tsoon\t\n";

fn read(room: &room::Room, body: &Value) -> (u16, Value) {
    let answer = room.post("/api/table", body);
    (answer.status, answer.json())
}

fn enablers(map: &BenefitMap) -> Vec<&str> {
    let there = map.nodes.iter().filter(|node| node.kind == NodeKind::Enabler);
    there.map(|node| node.title.as_str()).collect()
}

fn paste(page: &Browser, text: &str) {
    page.run("document.querySelector('#map').focus()");
    page.paste(text);
}

#[test]
fn a_pasted_table_is_shown_first_and_is_then_one_step_in_its_order() {
    let room = Room::open(EMPTY);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    paste(&page, TABLE);
    page.until("document.querySelector('#table-take')?.textContent === 'Add 4 boxes'");
    let seen = page.run("return document.querySelector('dialog').innerText");
    let seen = seen.as_str().unwrap();
    for part in [
        "4 boxes to add, 3 owners, 2 KPIs, 2 links.",
        "Zebra crossings",
        "Nowhere",
        "Left out",
    ] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
    assert_eq!(
        page.run("return document.querySelectorAll('dialog b').length"),
        json!(0)
    );
    assert_eq!(page.barriers(), [""; 0], "a table");
    assert!(room.map().nodes.is_empty(), "nothing before somebody says so");
    page.click("#table-take");
    room.until("taken", |map| {
        map.nodes.len() == 4 && map.links.len() == 2 && map.kpis.len() == 2
    });
    let map = room.map();
    let order = map.arrangement.as_ref().unwrap().order.of(NodeKind::Enabler).to_vec();
    let titles: Vec<&str> = order
        .iter()
        .map(|id| map.nodes.iter().find(|node| node.id == *id).unwrap().title.as_str())
        .collect();
    assert_eq!(titles, ["Zebra crossings", "App"], "in the order of the rows");
    assert_eq!(map.kpis.iter().map(|kpi| kpi.targets.len()).sum::<usize>(), 2);
    page.until("!document.querySelector('#undo').disabled");
    poll::until(
        || room.history().len() == 1,
        || format!("one step: {:?}", room.history()),
    );
    page.click("#undo");
    room.until("one undo", |map| {
        map.nodes.is_empty() && map.owners.is_empty() && map.kpis.is_empty()
    });
}

#[test]
fn a_table_without_stages_asks_for_one_and_one_without_heads_gives_its_first_column() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.run("document.querySelector('[data-add=\"enabler\"]').focus()");
    page.paste("Longer hours\t3\nNight bus\t4\nKiosks\t5\n");
    page.until("document.querySelector('#table-take')?.textContent === 'Add 2 boxes'");
    page.until("document.querySelector('dialog').innerText.includes('1 box is on the map already')");
    page.until("document.querySelector('#table-kind').value === 'enabler'");
    page.run("const s = document.querySelector('#table-kind'); s.value = 'business-change'; s.dispatchEvent(new Event('change', {bubbles: true}))");
    page.until("document.querySelector('.sheet td')?.textContent === 'Business change'");
    page.click("#table-take");
    room.until("in the stage that was chosen", |map| {
        titled(map, "Night bus").is_some_and(|node| node.kind == NodeKind::BusinessChange) && map.nodes.len() == 7
    });
    // By keyboard alone, from the menu of the map.
    page.until("document.querySelectorAll('.box.picked').length === 2");
    page.keys("{Escape}");
    page.run("document.querySelector('#map').focus()");
    page.keys("{Shift+F10}");
    page.until("document.querySelector('.menu')");
    page.run("[...document.querySelectorAll('[role=menuitem]')].find((i) => i.textContent.startsWith('Add a table')).focus()");
    page.keys("{Enter}");
    page.until("document.querySelector('#table-text')");
    page.run("document.querySelector('#table-text').focus()");
    page.keys("Title");
    page.until("document.querySelector('dialog').innerText.includes('nothing new')");
    assert_eq!(page.barriers(), [""; 0], "an empty table");
    page.keys("{Escape}");
    page.until("!document.querySelector('dialog')");
    assert_eq!(room.map().nodes.len(), 7);
}

/// Drops a file of these bytes on the map, as a person drags it there.
fn drop_file(page: &Browser, name: &str, bytes: &[u8]) {
    let bytes = json!(bytes);
    page.run(&format!(
        "const data = new DataTransfer(); data.items.add(new File([new Uint8Array({bytes})], '{name}'));
         const at = document.querySelector('#map').getBoundingClientRect();
         const more = {{dataTransfer: data, bubbles: true, cancelable: true, clientX: at.x + 200, clientY: at.y + 200}};
         for (const kind of ['dragenter', 'dragover', 'drop']) document.querySelector('#map').dispatchEvent(new DragEvent(kind, more));"
    ));
}

#[test]
fn a_workbook_is_dropped_and_one_of_the_wrong_kind_is_refused_in_a_sentence() {
    let room = Room::open(EMPTY);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in [
        ["Stage", "Benefit", "Who"],
        ["Enabler", "Masts", "Ada"],
        ["End outcome", "Quiet", ""],
    ]
    .iter()
    .enumerate()
    {
        for (column, text) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *text).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    drop_file(&page, "boxes.xlsx", &bytes);
    page.until("document.querySelector('#table-take')?.textContent === 'Add 2 boxes'");
    page.click("#table-take");
    room.until("from the workbook", |map| map.nodes.len() == 2 && map.owners.len() == 1);
    for (name, bytes, says) in [
        (
            "letter.docx",
            b"PK\x03\x04 no workbook at all".to_vec(),
            "a ZIP archive",
        ),
        ("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "a PNG picture"),
        (
            "letter.pdf",
            b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(),
            "a PDF document",
        ),
        ("nothing.csv", Vec::new(), "nothing in this table"),
    ] {
        drop_file(&page, name, &bytes);
        page.until(&format!(
            "document.querySelector('dialog .refusal')?.textContent.includes('{says}')"
        ));
        let said = page.run("return document.querySelector('dialog .refusal').textContent");
        assert!(said.as_str().unwrap().len() < 400, "{said}");
        page.keys("{Escape}");
        page.until("!document.querySelector('dialog')");
    }
    assert_eq!(room.map().nodes.len(), 2);
}

#[test]
fn ten_thousand_lines_are_refused_with_the_numbers_and_nothing_is_lost() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let make = "Array.from({length: 10000}, (_, i) => `Line ${i}";
    let paste = |tail: &str| {
        page.run(&format!(
            "document.querySelector('[data-add=\"enabler\"]').focus();
             const data = new DataTransfer(); data.setData('text/plain', {make}{tail}`).join('\\n'));
             document.activeElement.dispatchEvent(new ClipboardEvent('paste', {{clipboardData: data, bubbles: true, cancelable: true}}))"
        ));
    };
    paste("");
    page.until("document.querySelector('#notice').textContent.includes('10,000 lines, and at most 1,000 boxes')");
    paste("\\tsomething");
    page.until("document.querySelector('dialog .refusal')?.textContent.includes('10,000 rows, and at most 1,000')");
    page.keys("{Escape}");
    assert_eq!(room.map().nodes.len(), 5);
}

#[test]
fn a_table_read_by_a_program_is_one_edit_and_changes_nothing_by_itself() {
    let room = room::room();
    let (status, read_) = read(&room, &json!({"kind": "enabler", "text": TABLE}));
    assert_eq!(status, 200, "{read_}");
    assert_eq!(
        (&read_["count"], &read_["known"], &read_["needs_kind"]),
        (&json!(4), &json!(0), &json!(false))
    );
    assert_eq!(room.saved().nodes.len(), 2);
    room.edit(room::ADA, 1, read_["edit"].clone());
    assert_eq!(room.saved().nodes.len(), 6);
    assert_eq!(enablers(&room.saved()).len(), 3);
    // The same table again has nothing new of boxes, and says so.
    let (_, again) = read(
        &room,
        &json!({"kind": "enabler", "text": "Title\tStage\nApp\tenabler\n"}),
    );
    assert_eq!((&again["count"], &again["known"]), (&json!(0), &json!(1)));
    assert!(again.get("edit").is_none(), "{again}");
    // By ids, as the tables of a map have them, what is there is changed.
    let (_, by_id) = read(
        &room,
        &json!({"kind": "enabler", "name": "nodes.csv", "text": "id,kind,title\na,enabler,Another title\n"}),
    );
    assert_eq!((&by_id["count"], &by_id["changed"]), (&json!(0), &json!(1)), "{by_id}");
    room.edit(room::ADA, 2, by_id["edit"].clone());
    assert!(titled(&room.saved(), "Another title").is_some());
    room.workshop.stop();
}

#[test]
fn what_cannot_be_read_as_a_table_is_refused_and_viewers_may_not_ask() {
    let room = room::room();
    for (body, says) in [
        (json!({"kind": "enabler"}), "either"),
        (json!({"kind": "enabler", "text": "a", "bytes": "b"}), "either"),
        (json!({"kind": "enabler", "bytes": "\u{1f600}"}), "255"),
        (json!({"kind": "wombat", "text": "a"}), "wombat"),
        (json!({"kind": "enabler", "text": ""}), "nothing"),
        (
            json!({"kind": "enabler", "bytes": "PK\u{3}\u{4}rubbish"}),
            "pasted table",
        ),
        (json!({"kind": "enabler", "text": "a\u{0}b"}), "pasted table"),
    ] {
        let (status, told) = read(&room, &body);
        assert!(matches!(status, 400 | 409), "{body}: {told}");
        assert!(told["refused"].as_str().unwrap().contains(says), "{body}: {told}");
    }
    assert_eq!(room.saved().nodes.len(), 2);
    room.workshop.stop();
}
