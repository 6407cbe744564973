//! Several boxes at once on the workshop's page: chosen by a frame, by presses and by keys, changed as one step, copied to other
//! pages; and the menu of what can be done.

use benefit_map::map::{BenefitMap, NodeKind};
use serde_json::{Value, json};

use crate::support::page::{DESK, EMPTY, Room, SMALL, at, has_link, titled};
use crate::support::webdriver::Browser;
use crate::workshop_views::twenty;

fn picked(page: &Browser) -> u64 {
    page.run("return document.querySelectorAll('.box.picked').length")
        .as_u64()
        .unwrap()
}

fn undo(page: &Browser) {
    page.until("!document.querySelector('#undo').disabled");
    page.click("#undo");
}

fn owners(map: &BenefitMap) -> usize {
    map.nodes.iter().filter(|n| n.owner.is_some()).count()
}

#[test]
fn one_owner_for_20_boxes_takes_three_actions_and_one_undo() {
    let text = twenty().replace(
        "{\"format\":1",
        "{\"owners\":[{\"id\":\"ada\",\"name\":\"Ada Nwosu\"}],\"format\":1",
    );
    let room = Room::open(&text);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    assert_eq!(room.map().owners.len(), 1, "{text}");
    // All are chosen, the list is entered, and a letter chooses in it.
    page.keys("{Control+a}");
    page.until("document.querySelector('#panel-title')?.textContent === '20 boxes chosen'");
    assert_eq!(picked(&page), 20);
    assert_eq!(page.barriers(), [""; 0], "several boxes");
    page.run("document.querySelector('#several-owner').focus()");
    page.typed("Ada");
    room.until("an owner on all", |map| owners(map) == 20);
    assert_eq!(room.history().len(), 1, "one step");
    assert_eq!(
        room.history()[0]["label"],
        json!("make “Ada Nwosu” the owner of 20 boxes")
    );
    undo(&page);
    room.until("taken back at once", |map| owners(map) == 0);
    // Somebody new.
    page.keys("{Control+a}");
    page.run("const s = document.querySelector('#several-owner'); s.value = '\\0new'; s.dispatchEvent(new Event('change', {bubbles: true}))");
    page.until("document.querySelector('#asked')");
    page.keys("Director of Place{Enter}");
    room.until("somebody new", |map| owners(map) == 20 && map.owners.len() == 2);
    undo(&page);
    room.until("taken back with them", |map| owners(map) == 0 && map.owners.len() == 1);
}

#[test]
fn a_frame_and_presses_choose_and_stage_tags_and_deletion_are_one_step_each() {
    let room = Room::open(&twenty());
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let ((x0, y0), (x1, y1)) = (page.middle(&at("b00")), page.middle(&at("b12")));
    page.hold_and_drag("Shift", &[(x0 - 125, y0 - 24), (x1, y1)]);
    let rows =
        page.run("return [...document.querySelectorAll('.box.picked')].map((b) => b.dataset.node).sort().join(' ')");
    assert_eq!(rows, json!("b00 b01 b02 b10 b11 b12"), "what the frame touches");
    // One more, and one less.
    page.hold_and_drag("Shift", &[page.middle(&at("b20"))]);
    assert_eq!(picked(&page), 7);
    page.hold_and_drag("Control", &[page.middle(&at("b20"))]);
    page.hold_and_drag("Control", &[page.middle(&at("b12"))]);
    assert_eq!(picked(&page), 5);
    // A tag.
    page.click("#several-tag");
    page.typed("pilot{Enter}");
    let tagged = |map: &BenefitMap| map.nodes.iter().filter(|n| n.tags == ["pilot"]).count();
    room.until("tagged", |map| tagged(map) == 5);
    // A stage, by dragging one of them a stage further.
    let (x, y) = page.middle(&at("b10"));
    let dx = page.middle(&at("b20")).0 - x;
    page.drag(&[(x, y), (x + dx, y + 6)]);
    let kind = |map: &BenefitMap, id: &str| map.nodes.iter().find(|n| n.id.as_str() == id).unwrap().kind;
    room.until("all a stage on", |map| {
        kind(map, "b00") == NodeKind::Enabler && kind(map, "b10") == NodeKind::BusinessChange
    });
    undo(&page);
    room.until("back", |map| {
        kind(map, "b00") == NodeKind::Investment && kind(map, "b10") == NodeKind::Enabler
    });
    // Down a place, by keyboard, once the picture is as it was.
    let left = |id: &str| format!("document.querySelector('[data-node=\"{id}\"]').getBoundingClientRect().left");
    page.until(&format!("Math.abs({} - {}) < 2", left("b10"), left("b13")));
    page.until("document.querySelectorAll('.box.waits').length === 0");
    page.run("document.querySelector('[data-node=\"b10\"]').focus({preventScroll: true})");
    assert_eq!(picked(&page), 5, "the focus by script is no choice");
    let stand = page.run(
        "return ['b10', 'b11', 'b12', 'b13'].sort((a, b) => document.querySelector(`[data-node=${a}]`).getBoundingClientRect().top - document.querySelector(`[data-node=${b}]`).getBoundingClientRect().top)",
    );
    let stand: Vec<String> = serde_json::from_value(stand).unwrap();
    let is_mine = |id: &String| ["b10", "b11"].contains(&id.as_str());
    let is_lowest = is_mine(&stand[3]);
    page.keys(if is_lowest { "{Alt+ArrowUp}" } else { "{Alt+ArrowDown}" });
    let (mine, mut wanted): (Vec<String>, Vec<String>) = stand.iter().cloned().partition(is_mine);
    let place = match is_lowest {
        true => stand.iter().position(is_mine).unwrap() - 1,
        // One below those of the others that are above the lowest of them.
        false => stand.iter().rposition(is_mine).unwrap() - (mine.len() - 1) + 1,
    };
    wanted.splice(place..place, mine);
    room.until("a place further, together", |map| {
        let order = map.arrangement.as_ref().map(|a| a.order.of(NodeKind::Enabler).to_vec());
        order.is_some_and(|order| order.iter().map(|id| id.as_str()).eq(wanted.iter()))
    });
    // Away with them, and back with their links.
    page.keys("{Delete}");
    room.until("deleted", |map| map.nodes.len() == 15);
    undo(&page);
    room.until("there again", |map| map.nodes.len() == 20 && map.links.len() == 16);
    assert_eq!(room.history().iter().filter(|e| e["does"] == "edit").count(), 4);
}

#[test]
fn by_keyboard_alone_boxes_are_chosen_copied_and_duplicated() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.run("document.querySelector('[data-node=\"fund\"]').focus()");
    page.keys("{Enter}");
    page.until("document.activeElement?.id === 'panel-title'");
    page.run("document.querySelector('[data-node=\"fund\"]').focus()");
    page.keys("{Control+ArrowRight}");
    page.until("document.activeElement?.dataset.node === 'kiosks' || document.activeElement?.dataset.node === 'cards'");
    if page.run("return document.activeElement.dataset.node") == json!("cards") {
        page.keys("{Control+ArrowUp}");
        page.keys("{Control+ArrowDown}");
        page.run("document.querySelector('[data-node=\"kiosks\"]').focus()");
    }
    page.keys("{Control+Space}");
    page.until("document.querySelectorAll('.box.picked').length === 2");
    page.keys("{Control+d}");
    room.until("duplicated with the link", |map| {
        map.nodes.len() == 7 && map.links.len() == 3
    });
    let map = room.map();
    let copies: Vec<&str> = map
        .nodes
        .iter()
        .filter(|n| n.title == "Kiosks")
        .map(|n| n.id.as_str())
        .collect();
    assert_eq!(copies.len(), 2);
    page.until("document.querySelectorAll('.box.picked').length === 2");
    undo(&page);
    room.until("one undo", |map| map.nodes.len() == 5 && map.links.len() == 2);
    page.keys("{Escape}");
    page.until("!document.querySelector('.box.picked')");
}

/// What a copy or a cut of the page puts on the clipboard as text.
fn put_on_clipboard(page: &Browser, kind: &str) -> String {
    let text = page.run(&format!(
        "const data = new DataTransfer();
         document.activeElement.dispatchEvent(new ClipboardEvent('{kind}', {{clipboardData: data, bubbles: true, cancelable: true}}));
         return data.getData('text/plain')"
    ));
    text.as_str().unwrap().to_owned()
}

#[test]
fn what_is_copied_is_pasted_in_another_window_with_links_owners_and_kpis() {
    let rich = SMALL
        .replace(
            "{\"id\": \"kiosks\", \"kind\": \"enabler\", \"title\": \"Kiosks\"}",
            "{\"id\": \"kiosks\", \"kind\": \"enabler\", \"title\": \"<b>Kiosks</b> & \\\"more\\\"\", \"owner\": \"ada\", \"tags\": [\"pilot\"]}",
        )
        .replace(
            "{\"from\": \"kiosks\", \"to\": \"desk\"}",
            "{\"from\": \"kiosks\", \"to\": \"desk\", \"rationale\": \"No queue\"}",
        )
        .replace(
            "\"links\"",
            "\"owners\": [{\"id\": \"ada\", \"name\": \"Ada\"}], \"kpis\": [{\"id\": \"visits\", \"node\": \"kiosks\", \"title\": \"Visits\"}], \"links\"",
        );
    let (one, two) = (Room::open(&rich), Room::open(EMPTY));
    let (Some(here), Some(there)) = (one.browser(&one.edit, "Ada", DESK), two.browser(&two.edit, "Bo", DESK)) else {
        return;
    };
    here.keys("{Control+a}");
    here.until("document.querySelectorAll('.box.picked').length === 5");
    let text = put_on_clipboard(&here, "copy");
    assert_eq!(
        serde_json::from_str::<Value>(&text).unwrap()["nodes"]
            .as_array()
            .unwrap()
            .len(),
        5
    );
    there.run("document.querySelector('#map').focus()");
    there.paste(&text);
    two.until("all of it", |map| {
        map.nodes.len() == 5 && map.links.len() == 2 && map.kpis.len() == 1
    });
    let map = two.map();
    let kiosks = titled(&map, "<b>Kiosks</b> & \"more\"").unwrap();
    assert_eq!(kiosks.tags, ["pilot"]);
    assert_eq!(map.owners[0].name, "Ada");
    assert_eq!(kiosks.owner.as_ref(), Some(&map.owners[0].id));
    assert_eq!(
        map.links.iter().find(|l| l.from == kiosks.id).unwrap().rationale,
        "No queue"
    );
    there.until("document.querySelectorAll('.box.picked').length === 5");
    assert_eq!(
        there.run("return document.querySelectorAll('#map b, #panel b').length"),
        json!(0)
    );
    undo(&there);
    two.until("one undo", |map| {
        map.nodes.is_empty() && map.owners.is_empty() && map.kpis.is_empty()
    });
    // Cut and pasted it is what it was, by its ids too.
    here.run("document.querySelector('[data-node=\"kiosks\"]').focus()");
    here.keys("{Control+a}");
    here.until("document.querySelectorAll('.box.picked').length === 5");
    let text = put_on_clipboard(&here, "cut");
    one.until("cut", |map| map.nodes.is_empty());
    here.run("document.querySelector('#map').focus()");
    here.paste(&text);
    one.until("pasted", |map| {
        map.nodes.len() == 5 && has_link(map, "fund", "kiosks") && map.kpis.len() == 1
    });
}

#[test]
fn broken_boxes_on_the_clipboard_are_refused_in_words_and_nothing_is_lost() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let mark = "\"benefit-map boxes\": 1";
    for (text, says) in [
        (format!("{{{mark}, \"nodes\": [{{"), "not complete"),
        (format!("{{{mark}, \"nodes\": \"x\"}}"), "not a list"),
        (format!("{{{mark}, \"nodes\": []}}"), "no boxes"),
        (
            format!("{{{mark}, \"nodes\": [{{\"id\": \"a\", \"kind\": \"script\", \"title\": \"x\"}}]}}"),
            "another version",
        ),
        (
            format!(
                "{{{mark}, \"nodes\": [{{\"id\": \"a\", \"kind\": \"enabler\", \"title\": \"{}\"}}]}}",
                "x".repeat(5_000)
            ),
            "Not saved",
        ),
    ] {
        page.run("document.querySelector('#map').focus(); document.querySelector('#notice').textContent = ''");
        page.paste(&text);
        page.until(&format!(
            "document.querySelector('#notice').textContent.includes({})",
            json!(says)
        ));
    }
    assert_eq!(room.map().nodes.len(), 5);
}

#[test]
fn the_menu_opens_by_the_right_button_by_a_long_press_and_by_shift_f10() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let items = || {
        page.run(
            "return [...document.querySelectorAll('[role=menuitem]')].map((i) => i.firstChild.textContent).join('|')",
        )
    };
    // A box, by the right button; then one word of it by keyboard.
    page.right_click(page.middle(&at("kiosks")));
    page.until("document.activeElement?.getAttribute('role') === 'menuitem'");
    assert!(
        items().as_str().unwrap().contains("Rename|Add what it leads to"),
        "{}",
        items()
    );
    assert_eq!(page.barriers(), [""; 0], "menu");
    page.keys("du{Enter}");
    page.until("!document.querySelector('.menu')");
    room.until("duplicated by a letter of the menu", |map| map.nodes.len() == 6);
    undo(&page);
    room.until("back", |map| map.nodes.len() == 5);
    // Escape gives the focus back.
    page.run("document.querySelector('[data-node=\"desk\"]').focus()");
    page.keys("{Shift+F10}");
    page.until("document.querySelector('.menu')?.getAttribute('aria-label').includes('Loans')");
    page.keys("{Escape}");
    page.until("!document.querySelector('.menu') && document.activeElement.dataset.node === 'desk'");
    // A link.
    let point = page.run(
        "const p = document.querySelector('.hit'), l = p.getTotalLength(), q = p.getPointAtLength(l / 2), m = p.getScreenCTM();
         return [q.x * m.a + m.e, q.y * m.d + m.f]",
    );
    let px = |i: usize| point[i].as_f64().unwrap() as i64;
    page.right_click((px(0), px(1)));
    page.until("document.querySelector('.menu')");
    assert!(
        items()
            .as_str()
            .unwrap()
            .contains("Turn link round|Change where it leads"),
        "{}",
        items()
    );
    page.keys("{Escape}");
    // An empty place, by a finger that rests.
    let (x, y) = page.middle("[data-add=\"end-outcome\"]");
    page.run("document.querySelector('#panel-close')?.click()");
    page.rest((x, y + 90), 900);
    page.until("document.querySelector('.menu')");
    assert!(items().as_str().unwrap().contains("Add to end outcomes"), "{}", items());
    page.keys("{Escape}");
    page.rest(page.middle(&at("cards")), 900);
    page.until("document.querySelector('.menu')?.getAttribute('aria-label').includes('Door cards')");
    // Several by touch.
    page.run("[...document.querySelectorAll('[role=menuitem]')].find((i) => i.textContent.startsWith('Choose several')).id = 'choose'");
    page.touch(&[page.middle("#choose")]);
    page.until("document.querySelector('#several').getAttribute('aria-pressed') === 'true'");
    page.touch(&[page.middle(&at("desk"))]);
    page.until("document.querySelectorAll('.box.picked').length === 2");
    assert_eq!(page.barriers(), [""; 0], "several by touch");
}

#[test]
fn an_end_of_a_link_goes_to_another_box_by_keyboard_and_its_reason_stays() {
    let map = SMALL.replace(
        "{\"from\": \"kiosks\", \"to\": \"desk\"}",
        "{\"from\": \"kiosks\", \"to\": \"desk\", \"rationale\": \"No queue\", \"evidence\": [{\"source\": \"Survey\"}]}",
    );
    let room = Room::open(&map);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.run("document.querySelector('[data-node=\"kiosks\"]').focus()");
    page.keys("{Enter}");
    page.run("[...document.querySelectorAll('#panel .links button')].find((b) => b.textContent === 'why').id = 'why'");
    page.click("#why");
    crate::support::page::press(&page, "Change where it leads");
    page.until("document.querySelector('#notice').textContent.includes('instead of')");
    page.run("document.querySelector('[data-node=\"readers\"]').focus()");
    page.keys("{Enter}");
    room.until("led elsewhere", |map| {
        has_link(map, "kiosks", "readers") && !has_link(map, "kiosks", "desk")
    });
    let saved = json!(room.map());
    let link = saved["links"]
        .as_array()
        .unwrap()
        .iter()
        .find(|l| l["to"] == "readers")
        .unwrap()
        .clone();
    assert_eq!(
        (&link["rationale"], &link["evidence"]),
        (&json!("No queue"), &json!([{"source": "Survey"}]))
    );
    undo(&page);
    room.until("undone", |map| has_link(map, "kiosks", "desk"));
}

#[test]
fn an_end_of_a_link_is_dragged_to_another_box_and_let_go_elsewhere_stays() {
    let map = SMALL.replace(
        "{\"from\": \"kiosks\", \"to\": \"desk\"}",
        "{\"from\": \"kiosks\", \"to\": \"desk\", \"rationale\": \"No queue\"}",
    );
    let map = map.replace(
        "\"links\"",
        "\"risks\": [{\"id\": \"r\", \"title\": \"Nobody comes\", \"threatens\": \"kiosks -> desk\"}], \"links\"",
    );
    let room = Room::open(&map);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.run("document.querySelector('[data-node=\"kiosks\"]').focus()");
    page.keys("{Enter}");
    page.run("[...document.querySelectorAll('#panel .links button')].find((b) => b.textContent === 'why').id = 'why'");
    page.click("#why");
    page.until("document.querySelector('#end-to').style.display === ''");
    let (x, y) = page.middle("#end-to");
    page.drag(&[(x, y), (x, y + 180)]);
    page.until("document.querySelector('#notice').textContent.includes('as it was')");
    page.drag(&[page.middle("#end-to"), page.middle(&at("readers"))]);
    room.until("its head is there", |map| {
        has_link(map, "kiosks", "readers") && !has_link(map, "kiosks", "desk")
    });
    page.until("document.querySelector('[data-link=\"link kiosks -> readers\"]')");
    page.until("document.querySelector('#end-from').style.display === ''");
    page.pause(400);
    page.drag(&[page.middle("#end-from"), page.middle(&at("cards"))]);
    room.until("its foot is there", |map| has_link(map, "cards", "readers"));
    let saved = json!(room.map());
    let links = saved["links"].as_array().unwrap();
    let link = links.iter().find(|l| l["from"] == "cards").unwrap();
    assert_eq!(link["rationale"], "No queue");
    assert_eq!(
        saved["risks"][0]["threatens"], "cards -> readers",
        "what threatened it does so still"
    );
    assert_eq!(room.history().len(), 2, "one step each");
    undo(&page);
    undo(&page);
    room.until("as at first", |map| {
        has_link(map, "kiosks", "desk") && map.links.len() == 2
    });
}
