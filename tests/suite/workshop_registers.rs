//! A council's register in the workshop: what each column was taken as is shown and corrected before one step takes it.

use benefit_map::map::NodeKind;
use serde_json::{Value, json};

use crate::support::page::{DESK, EMPTY, Room, SMALL, titled};
use crate::support::picture::look_at;
use crate::support::poll;
use crate::support::room;
use crate::support::webdriver::Browser;

/// A register as councils keep it: a title above, heads of its own, a total below.
fn register() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Benefits").unwrap();
    sheet
        .write_string(0, 0, "Libraries programme: benefits register")
        .unwrap();
    let rows = [
        [
            "Ref",
            "Expected benefit",
            "Accountable officer",
            "Current position",
            "To be",
            "UoM",
            "By when",
            "RAG status",
            "Ward",
        ],
        [
            "LIB01",
            "More children read for pleasure",
            "Ada Nwosu",
            "41",
            "55",
            "%",
            "31/03/2029",
            "Amber",
            "North",
        ],
        [
            "LIB02",
            "Fewer journeys for returns",
            "Bo Lind",
            "1200",
            "700",
            "a week",
            "31/03/2028",
            "Green",
            "South",
        ],
    ];
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            sheet.write_string(row as u32 + 3, column as u16, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

const PASTED: &str = "Ref\tExpected benefit\tAccountable officer\tRAG status\n\
    LIB01\tMore children read for pleasure\tAda Nwosu\tAmber\n\
    LIB02\tFewer journeys for returns\tBo Lind\tGreen\n";

fn drop_file(page: &Browser, name: &str, bytes: &[u8]) {
    let bytes = json!(bytes);
    page.run(&format!(
        "const data = new DataTransfer(); data.items.add(new File([new Uint8Array({bytes})], '{name}'));
         const at = document.querySelector('#map').getBoundingClientRect();
         const more = {{dataTransfer: data, bubbles: true, cancelable: true, clientX: at.x + 200, clientY: at.y + 200}};
         for (const kind of ['dragenter', 'dragover', 'drop']) document.querySelector('#map').dispatchEvent(new DragEvent(kind, more));"
    ));
}

fn dialog(page: &Browser) -> String {
    let text = page.run("return document.querySelector('dialog').innerText");
    text.as_str().unwrap().to_owned()
}

/// The control that says what a column is.
fn column(head: &str) -> String {
    format!("document.querySelector('[aria-label=\"What column {head} is\"]')")
}

#[test]
fn a_register_with_its_own_heads_is_shown_column_by_column_corrected_and_taken_as_one_step() {
    let room = Room::open(EMPTY);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    drop_file(&page, "council.xlsx", &register());
    page.until("document.querySelector('#table-take')?.textContent === 'Add 2 boxes'");
    let seen = dialog(&page);
    for part in [
        "2 boxes to add, 2 owners, 2 KPIs",
        "row 4",
        "B: Expected benefit",
        "I: Ward",
        "Kept as a free field",
        "More children read for pleasure",
        "Left out",
        "benefits register",
    ] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
    let is = |head: &str| page.run(&format!("return {}.value", column(head)));
    assert_eq!(is("Expected benefit"), json!("title"));
    assert_eq!(is("Accountable officer"), json!("owner"));
    assert_eq!(is("Ward"), json!("x-ward"));
    assert_eq!(page.barriers(), [""; 0], "a register");
    look_at(&page, "register");
    assert!(room.map().nodes.is_empty(), "nothing before somebody says so");
    // By keyboard: the ward is a tag. The focus stays where the correction is made.
    page.run(&format!(
        "{}.scrollIntoView({{block: 'center'}}); {}.focus()",
        column("Ward"),
        column("Ward")
    ));
    page.keys("Tags");
    page.until(&format!("{}.value === 'tags'", column("Ward")));
    page.until(
        "[...document.querySelectorAll('#table-columns td')].some((one) => one.textContent === 'By the mapping')",
    );
    page.until(&format!("document.activeElement === {}", column("Ward")));
    page.until("!document.querySelector('#table-take').disabled");
    page.run("document.querySelector('#table-take').scrollIntoView()");
    page.click("#table-take");
    room.until("taken", |map| {
        map.nodes.len() == 2 && map.kpis.len() == 2 && map.owners.len() == 2
    });
    let map = room.map();
    let node = titled(&map, "More children read for pleasure").unwrap();
    assert_eq!(node.tags, ["North"]);
    assert!(node.kind == NodeKind::IntermediateOutcome || node.kind == NodeKind::EndOutcome);
    let kpi = map.kpis.iter().find(|kpi| kpi.node == node.id).unwrap();
    assert_eq!(json!(kpi)["baseline"]["value"], 41);
    assert_eq!(json!(kpi)["targets"][0], json!({"date": "2029-03-31", "value": 55}));
    poll::until(
        || room.history().len() == 1,
        || format!("one step: {:?}", room.history()),
    );
    page.until("!document.querySelector('#undo').disabled");
    page.click("#undo");
    room.until("one undo", |map| {
        map.nodes.is_empty() && map.owners.is_empty() && map.kpis.is_empty()
    });
}

#[test]
fn a_pasted_register_can_be_read_as_a_list_and_as_a_register_again() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.run("document.querySelector('#map').focus()");
    page.paste(PASTED);
    page.until("document.querySelector('#table-reader')?.value === 'register'");
    page.until("document.querySelector('#table-take')?.textContent === 'Add 2 boxes'");
    page.run("document.querySelector('#table-reader').focus()");
    page.keys("{ArrowUp}");
    page.until(
        "document.querySelector('#table-reader')?.value === 'list' && !document.querySelector('#table-columns')",
    );
    page.until("document.querySelector('#table-take')?.textContent === 'Add 3 boxes'");
    page.run("document.querySelector('#table-reader').focus()");
    page.keys("{ArrowDown}");
    page.until("document.querySelector('#table-columns')");
    page.keys("{Escape}");
    page.until("!document.querySelector('dialog')");
    assert_eq!(room.map().nodes.len(), 5);
}

#[test]
fn a_mapping_that_is_wrong_is_refused_with_its_place_and_changes_nothing() {
    let room = room::room();
    let ask = |body: Value| {
        let answer = room.post("/api/table", &body);
        (answer.status, answer.json())
    };
    let (status, read) = ask(json!({"kind": "enabler", "text": PASTED}));
    assert_eq!((status, &read["reader"]), (200, &json!("register")), "{read}");
    let mut mapping = read["register"]["mapping"].clone();
    mapping["sheets"][0]["columns"][3]["is"] = json!("left-out");
    let (status, left) = ask(json!({"kind": "enabler", "text": PASTED, "mapping": mapping}));
    assert_eq!(status, 200, "{left}");
    assert!(!left["edit"].to_string().contains("Amber"), "{left}");
    assert!(
        read["edit"].to_string().contains("Amber"),
        "kept in a free field: {read}"
    );
    for (place, wrong, says) in [
        ("/sheets/0/columns/3/is", json!("wombat"), "wombat"),
        ("/sheets/0/kind", json!("wombat"), "wombat"),
        ("/sheets/0/heads", json!([]), "heads"),
        ("/sheets/0/sheet", json!("Elsewhere"), ""),
    ] {
        let mut bad = mapping.clone();
        *bad.pointer_mut(place).unwrap() = wrong;
        let (status, told) = ask(json!({"kind": "enabler", "text": PASTED, "mapping": bad}));
        // A file of one sheet is known by any name.
        assert!(matches!(status, 400 | 409) || says.is_empty(), "{place}: {told}");
        assert!(told.to_string().contains(says), "{place}: {told}");
    }
    assert_eq!(room.saved().nodes.len(), 2);
    room.workshop.stop();
}
