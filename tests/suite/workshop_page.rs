//! The page of the workshop, used in a real browser as people use it: by mouse, by keyboard, by touch, and by two at once.

use benefit_map::map::{BenefitMap, NodeKind};
use serde_json::json;

use crate::support::page::{DESK, EMPTY, Room, SMALL, at, has_link, is_lowest_enabler, titled};

#[test]
fn a_map_grows_by_typing_and_every_state_is_free_of_barriers() {
    let room = Room::open(EMPTY);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    assert_eq!(page.barriers(), [""; 0], "empty");
    page.click("[data-add=\"investment\"]");
    page.until("document.querySelector('.entry')");
    for (title, then) in [
        ("Sunday staffing", "{Enter}"),
        ("Kiosk fund", "{Tab}"),
        ("Kiosks in every library", "{Tab}"),
        ("Loans without a desk", "{Tab}"),
        ("Staff free for readers", "{Tab}"),
        ("More children read", "{Enter}"),
    ] {
        page.until("document.activeElement?.matches('.entry') && document.activeElement.value === ''");
        page.keys(title);
        page.keys(then);
        room.until(title, |map| titled(map, title).is_some());
    }
    page.until("document.querySelector('.entry')");
    page.keys("{Escape}");
    let map = room.map();
    assert_eq!((map.nodes.len(), map.links.len()), (6, 4), "Tab links, Enter does not");
    assert_eq!(titled(&map, "More children read").unwrap().kind, NodeKind::EndOutcome);

    page.until("document.querySelector('[data-node=\"more-children-read\"]') && !document.querySelector('.waits')");
    page.click(&at("more-children-read"));
    page.until("!document.querySelector('#panel').hidden");
    let faded = "return document.querySelectorAll('.box.dim').length";
    assert_eq!(page.run(faded), json!(0), "nothing fades until somebody asks for it");
    page.click("#sight");
    assert_eq!(page.run(faded), json!(1), "its line of sight is lit");
    assert_eq!(page.barriers(), [""; 0], "a chosen box");
    page.click("#findings-button");
    page.run(
        "const p = document.querySelector('#profile'); p.value = 'business-case'; p.dispatchEvent(new Event('change'))",
    );
    page.until("document.querySelectorAll('#findings-groups details').length > 2");
    assert_eq!(page.barriers(), [""; 0], "findings");
    page.click("#findings-close");
    page.click("#present-button");
    page.until("!document.querySelector('#present').hidden");
    page.keys("{ArrowRight}");
    page.until("document.querySelector('#present-head').textContent === 'Kiosks in every library'");
    assert_eq!(page.barriers(), [""; 0], "presenting");
    page.keys("{Escape}");
    page.click("#outline-button");
    page.until("!document.querySelector('#outline').hidden");
    assert_eq!(page.barriers(), [""; 0], "outline");
    page.click("#out-enabler");
    page.keys("Door cards{Enter}");
    room.until("added in the outline", |map| titled(map, "Door cards").is_some());
}

#[test]
fn boxes_are_linked_ordered_and_moved_by_mouse() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.hover(page.middle(&at("cards")));
    page.until("document.querySelector('#grip').style.display === ''");
    page.drag(&[page.middle("#grip"), page.middle(&at("desk"))]);
    room.until("a drag from the side links", |map| has_link(map, "cards", "desk"));
    page.until("document.querySelector('textarea[data-field$=\"rationale\"]')");
    page.click("textarea[data-field$=\"rationale\"]");
    page.keys("Doors open by themselves{Tab}");
    room.until("why", |map| {
        map.links.iter().any(|l| l.rationale == "Doors open by themselves")
    });
    page.keys("{Escape}");
    page.click("#fit");

    let (x, y) = page.middle(&at("kiosks"));
    let below = page.middle(&at("cards")).1 > y;
    let (from, to) = if below {
        ("kiosks", page.middle(&at("cards")))
    } else {
        ("cards", (x, y))
    };
    page.drag(&[page.middle(&at(from)), (to.0, to.1 + 26)]);
    room.until("a drag down orders", |map| is_lowest_enabler(map, from));
    let (x, y) = page.middle("[data-add=\"business-change\"]");
    page.double_click((x, y + 34));
    page.until("document.querySelector('.entry')");
    page.keys("Shelves by theme{Enter}");
    room.until("a double-click adds", |map| {
        titled(map, "Shelves by theme").is_some_and(|n| n.kind == NodeKind::BusinessChange)
    });
    page.until("document.querySelector('[data-node=\"shelves-by-theme\"]')");
    page.keys("{Escape}");
    let to = page.middle(&at("readers"));
    page.drag(&[page.middle(&at("cards")), (to.0, to.1 + 40)]);
    room.until("a drag to another column", |map| {
        map.nodes
            .iter()
            .any(|n| n.id.as_str() == "cards" && n.kind == NodeKind::EndOutcome)
    });
    page.until("document.querySelector('[data-node=\"cards\"]').getAttribute('aria-label').includes('End outcome')");
    page.until("!document.querySelector('.waits')");
    page.double_click(page.middle(&at("desk")));
    page.until("document.activeElement?.matches('.entry')");
    page.keys("Loans at kiosks{Enter}");
    room.until("a double-click renames", |map| titled(map, "Loans at kiosks").is_some());
    page.until("!document.querySelector('.entry')");
    page.paste("- One\n2. Two\nThree");
    room.until("a pasted list", |map| {
        ["One", "Two", "Three"].iter().all(|t| titled(map, t).is_some())
    });
}

#[test]
fn everything_is_done_by_keyboard() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.run("document.querySelector('.skip').focus()");
    page.keys("{Enter}");
    page.until("document.activeElement.id === 'map'");
    page.keys("{ArrowDown}");
    page.until("document.activeElement?.dataset?.node === 'fund'");
    page.keys("{ArrowRight}");
    page.until("document.activeElement?.dataset?.node === 'kiosks'");
    page.keys("n");
    page.until("document.querySelector('.entry')");
    page.keys("Signs{Enter}");
    room.until("n adds below", |map| titled(map, "Signs").is_some());
    page.keys("{Escape}");
    page.run(&format!("document.querySelector('{}').focus()", at("signs")));
    page.keys("l{ArrowRight}{Enter}");
    room.until("l links", |map| has_link(map, "signs", "desk"));
    page.until("document.activeElement?.dataset?.node === 'desk'");
    page.run(&format!("document.querySelector('{}').focus()", at("signs")));
    page.keys("{F2}");
    page.until("document.activeElement?.matches('.entry')");
    page.keys("Signs in four languages{Enter}");
    room.until("F2 renames", |map| titled(map, "Signs in four languages").is_some());
    page.until("document.activeElement?.dataset?.node === 'signs'");
    page.keys("{Alt+ArrowRight}");
    room.until("Alt and an arrow moves to the next stage", |map| {
        map.nodes
            .iter()
            .any(|n| n.id.as_str() == "signs" && n.kind == NodeKind::BusinessChange)
    });
    page.run(&format!("document.querySelector('{}').focus()", at("signs")));
    page.keys("{Delete}");
    room.until("Delete", |map| map.nodes.iter().all(|n| n.id.as_str() != "signs"));
    page.keys("{Control+z}");
    room.until("undone, with its link", |map| has_link(map, "signs", "desk"));
    page.until("!document.querySelector('#redo').disabled");
    page.keys("{Control+Shift+z}");
    room.until("done again", |map| map.nodes.iter().all(|n| n.id.as_str() != "signs"));
    page.run(&format!("document.querySelector('{}').focus()", at("readers")));
    page.keys("{Enter}");
    page.until("document.activeElement?.id === 'panel-title'");
    page.keys("{Escape}");
    page.until("document.querySelector('#panel').hidden");
}

#[test]
fn two_people_see_each_other_and_undo_only_their_own() {
    let room = Room::open(SMALL);
    let Some(ada) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let Some(bo) = room.browser(&room.edit, "Bo", DESK) else {
        return;
    };
    ada.until("document.querySelectorAll('#people li').length === 2");
    ada.click("[data-add=\"enabler\"]");
    ada.until("document.querySelector('.entry')");
    ada.keys("By Ada{Enter}");
    bo.until("document.querySelector('[data-node=\"by-ada\"]')");
    ada.keys("{Escape}");
    bo.click("[data-add=\"end-outcome\"]");
    bo.until("document.querySelector('.entry')");
    bo.keys("By Bo{Enter}");
    ada.until("document.querySelector('[data-node=\"by-bo\"]')");
    bo.keys("{Escape}");
    ada.click("#undo");
    bo.until("!document.querySelector('[data-node=\"by-ada\"]')");
    assert!(titled(&room.map(), "By Bo").is_some(), "what the other did stays");
    bo.click(&at("by-bo"));
    ada.until("document.querySelector('[data-node=\"by-bo\"]').dataset.colour !== undefined");
    // A page that is loaded anew is still the same person, who can undo.
    bo.reload();
    bo.until("document.querySelector('[data-node=\"by-bo\"]')");
    bo.until("!document.querySelector('#undo').disabled");
    bo.click("#undo");
    room.until("undone after loading anew", |map| titled(map, "By Bo").is_none());
}

#[test]
fn the_viewing_link_shows_and_cannot_change() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.view, "Visitor", DESK) else {
        return;
    };
    page.click(&at("kiosks"));
    page.until("!document.querySelector('#panel').hidden");
    assert_eq!(page.run("return [...document.querySelectorAll('#panel-body input, #panel-body textarea, #panel-body select')].every((e) => e.disabled)"), json!(true));
    page.run(&format!("document.querySelector('{}').focus()", at("kiosks")));
    page.keys("n{Delete}{F2}");
    let status = page.run_later(
        "const done = arguments[arguments.length - 1]; const key = new URLSearchParams(location.search).get('key');
         fetch('/api/edits?key=' + key, {method: 'POST', headers: {'Content-Type': 'application/json'},
           body: JSON.stringify({client: 'abcdefgh12', n: 1, edit: {do: 'remove', what: 'node kiosks'}})}).then((r) => done(r.status))",
    );
    assert_eq!(status, json!(403));
    assert_eq!(room.map(), serde_json::from_str::<BenefitMap>(SMALL).unwrap());
}

#[test]
fn text_is_never_markup_wherever_it_stands() {
    let nasty = r#"</script><script>window.hit=1</script><img src=x onerror="window.hit=1"><svg onload="window.hit=1">{color:red}"#;
    let map = json!({"format": 1, "title": nasty, "purpose": nasty,
        "owners": [{"id": "o", "name": nasty}],
        "nodes": [{"id": "a", "kind": "enabler", "title": nasty, "description": nasty, "owner": "o", "tags": [nasty]},
                  {"id": "b", "kind": "end-outcome", "title": nasty}],
        "links": [{"from": "a", "to": "b", "rationale": nasty, "assumptions": [nasty], "evidence": [{"source": nasty, "url": "javascript:window.hit=1"}]}],
        "kpis": [{"id": "k", "node": "b", "title": nasty, "unit": nasty}],
        "risks": [{"id": "r", "title": nasty, "threatens": "b"}]});
    let room = Room::open(&map.to_string());
    let Some(page) = room.browser(&room.edit, nasty, DESK) else {
        return;
    };
    for step in [
        "[data-node=\"a\"]",
        "#findings-button",
        "#findings-close",
        "[data-node=\"b\"]",
        "#outline-button",
    ] {
        page.click(step);
    }
    page.run("for (const d of document.querySelectorAll('details')) d.open = true");
    page.click("#history");
    page.until("document.querySelector('dialog')");
    page.keys("{Escape}");
    page.click("#out-enabler");
    page.keys(nasty);
    page.keys("{Enter}");
    room.until("typed", |map| map.nodes.len() == 3);
    page.until("document.querySelectorAll('#outline .boxes > li').length === 3");
    assert_eq!(page.run("return window.hit ?? null"), json!(null));
    assert_eq!(
        page.run("return document.querySelectorAll('img, main script, a[href^=javascript]').length"),
        json!(0)
    );
    assert_eq!(
        room.map().nodes.iter().filter(|n| n.title == nasty).count(),
        3,
        "and it is kept as it was typed"
    );
}

#[test]
fn what_turns_or_hides_text_is_seen_wherever_it_stands() {
    let turned = "gnp\u{202e}.exe\u{9b}2J\u{2066}";
    let map = json!({"format": 1, "title": turned, "owners": [{"id": "o", "name": turned}],
        "nodes": [{"id": "a", "kind": "enabler", "title": turned, "description": turned, "owner": "o"},
                  {"id": "b", "kind": "end-outcome", "title": turned}],
        "links": [{"from": "a", "to": "b", "rationale": turned}]});
    let room = Room::open(&map.to_string());
    let Some(page) = room.browser(&room.edit, turned, DESK) else {
        return;
    };
    assert_eq!(
        page.run("return document.title"),
        json!("gnp\u{fffd}.exe\u{fffd}2J\u{fffd} – workshop")
    );
    for step in [
        "[data-node=\"a\"]",
        "#findings-button",
        "#findings-close",
        "#outline-button",
    ] {
        page.click(step);
    }
    page.click("#history");
    page.until("document.querySelector('dialog')");
    // Fields hold what is in the map, so that it can be changed; everything else is shown.
    let unseen = "return [document.body.innerText, ...[...document.querySelectorAll('*')].flatMap((e) => [...e.attributes].filter((a) => a.name !== 'value').map((a) => a.value))].filter((text) => /[\\u0080-\\u009f\\u202a-\\u202e\\u2066-\\u2069]/.test(text))";
    assert_eq!(page.run(unseen), json!([]));
    room.until("kept", |map| map.title == turned);
}

#[test]
fn a_tablet_pans_chooses_and_moves_by_touch() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", (768, 1024)) else {
        return;
    };
    assert_eq!(
        page.run("return document.documentElement.scrollWidth <= innerWidth"),
        json!(true),
        "nothing hangs over"
    );
    let before = page.run("return document.querySelector('#world').getAttribute('transform')");
    page.touch(&[(300, 760), (240, 720)]);
    page.until(&format!(
        "document.querySelector('#world').getAttribute('transform') !== {before}"
    ));
    page.click("#fit");
    page.touch(&[page.middle(&at("readers"))]);
    page.until("!document.querySelector('#panel').hidden");
    page.touch(&[page.middle("#panel-close")]);
    page.until("document.querySelector('#panel').hidden");
    page.touch(&[page.middle("[data-add=\"end-outcome\"]")]);
    page.until("document.querySelector('.entry')");
    page.keys("Fewer lonely Sundays{Enter}");
    room.until("added by touch", |map| titled(map, "Fewer lonely Sundays").is_some());
}

#[test]
fn what_the_file_says_otherwise_is_told_and_nothing_is_overwritten() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    std::fs::write(&room.file, SMALL.replace("Kiosks", "Kiosks, from outside")).unwrap();
    page.until("!document.querySelector('#file-bar').hidden");
    page.click("#file-bar button");
    page.until("document.querySelector('[data-node=\"kiosks\"]').textContent.includes('outside')");
    assert!(titled(&room.map(), "Kiosks, from outside").is_some());
}

#[test]
fn the_page_works_at_twice_the_size() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    // Zoom of 200% leaves half of the px in each direction (WCAG 2.2, 1.4.4 and 1.4.10).
    page.devtools(
        "Emulation.setDeviceMetricsOverride",
        json!({"width": 720, "height": 450, "deviceScaleFactor": 2, "mobile": false}),
    );
    page.until("innerWidth === 720");
    assert_eq!(
        page.run("return document.documentElement.scrollWidth <= innerWidth"),
        json!(true),
        "nothing hangs over"
    );
    page.click("#fit");
    page.click(&at("kiosks"));
    page.until("!document.querySelector('#panel').hidden");
    assert_eq!(page.barriers(), [""; 0], "a chosen box");
    page.click("#panel-close");
    page.until("document.querySelector('#panel').hidden");
    page.click("[data-add=\"end-outcome\"]");
    page.until("document.querySelector('.entry')");
    page.keys("Fewer lonely Sundays{Enter}");
    room.until("added", |map| titled(map, "Fewer lonely Sundays").is_some());
}
