//! Several people at one map: undo that goes on, a history that can be read, names and colours, and a line that goes quiet.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::page::{DESK, Room, SMALL, at, titled};
use crate::support::webdriver::Browser;

fn rename(page: &Browser, id: &str, title: &str) {
    page.run(&format!("document.querySelector('{}').focus()", at(id)));
    page.keys("{F2}");
    page.until("document.activeElement?.matches('.entry')");
    page.typed(&format!("{{Control+a}}{title}{{Enter}}"));
}

#[test]
fn undo_says_who_changed_what_since_and_goes_on_to_the_step_before() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    rename(&page, "cards", "Door passes");
    room.until("first", |map| titled(map, "Door passes").is_some());
    rename(&page, "kiosks", "Kiosks everywhere");
    room.until("second", |map| titled(map, "Kiosks everywhere").is_some());
    room.another(
        1,
        &json!({"do": "set", "what": "node kiosks", "field": "title", "value": "Kiosks at schools"}),
    );
    page.until("document.querySelector('[data-node=\"kiosks\"]').textContent.includes('schools')");
    page.until("!document.querySelector('#undo').disabled");
    page.click("#undo");
    page.until("document.querySelector('#notice button')?.textContent === 'Skip this step'");
    let said = page.run("return document.querySelector('#notice').innerText");
    let said = said.as_str().unwrap();
    assert!(
        said.contains("somebody") && said.contains("Kiosks everywhere"),
        "{said}"
    );
    page.click("#notice button");
    room.until("the step before", |map| titled(map, "Door cards").is_some());
    assert!(
        titled(&room.map(), "Kiosks at schools").is_some(),
        "what the other did stays"
    );
    page.until("document.querySelector('#undo').disabled");
}

#[test]
fn the_history_is_grouped_and_asks_before_the_map_goes_back_for_everybody() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    for n in 1..=250_u64 {
        room.another(
            n,
            &json!({"do": "set", "what": "node kiosks", "field": "title", "value": format!("Kiosks {n}")}),
        );
    }
    page.until("document.querySelector('[data-node=\"kiosks\"]').textContent.includes('Kiosks 250')");
    page.click("#history");
    page.until("document.querySelectorAll('.history li').length === 200");
    assert!(
        page.run("return document.querySelectorAll('.history section').length")
            .as_u64()
            .unwrap()
            < 20
    );
    assert_eq!(page.barriers(), [""; 0], "history");
    page.run("document.querySelector('.earlier').scrollIntoView()");
    page.click(".earlier");
    page.until("document.querySelectorAll('.history li').length === 250 && !document.querySelector('.earlier')");
    page.run("[...document.querySelectorAll('.history .when button')].pop().id = 'first'");
    page.run("document.querySelector('#first').scrollIntoView()");
    page.click("#first");
    page.until("document.querySelector('#sure-title')?.textContent.includes('Go back')");
    assert!(titled(&room.map(), "Kiosks 250").is_some(), "nothing goes back unasked");
    page.run("[...document.querySelectorAll('dialog button')].find((b) => b.textContent === 'Cancel').click()");
    page.until("!document.querySelector('#sure-title')");
    page.click("#first");
    page.until("document.querySelector('#sure-title')");
    page.run("[...document.querySelectorAll('dialog button')].find((b) => b.textContent === 'Go back').click()");
    room.until("as it was", |map| titled(map, "Kiosks").is_some());
}

#[test]
fn names_are_at_boxes_in_colours_that_differ_and_a_viewer_is_told_to_be_one() {
    let room = Room::open(SMALL);
    let Some(ada) = room.browser(&room.edit, "Ada Lovelace", DESK) else {
        return;
    };
    let Some(bo) = room.browser(&room.edit, "Bo", DESK) else {
        return;
    };
    let Some(visitor) = room.browser(&room.view, "Visitor", DESK) else {
        return;
    };
    ada.until("document.querySelectorAll('#people li').length === 3");
    let colours = "return new Set([...document.querySelectorAll('#people li')].map((li) => li.dataset.colour)).size";
    assert_eq!(ada.run(colours), json!(3));
    bo.click(&at("kiosks"));
    visitor.click(&at("kiosks"));
    ada.until(
        "[...document.querySelectorAll('.layer-who text')].map((t) => t.textContent).sort().join() === 'Bo,Visitor'",
    );
    visitor.until("!document.querySelector('#viewing').hidden");
    for keys in ["{F2}", "{Delete}"] {
        visitor.run("document.querySelector('#notice').hidden = true");
        visitor.keys(keys);
        visitor.until("document.querySelector('#notice').innerText.includes('You can view this map, not change it')");
    }
    visitor.run("document.querySelector('#notice').hidden = true");
    visitor.double_click(visitor.middle(&at("desk")));
    visitor.until("!document.querySelector('#notice').hidden");
    assert_eq!(visitor.barriers(), [""; 0], "a viewer");
    assert_eq!(room.history().len(), 0);
}

/// Whether a line is quiet, and what wakes those who wait for that to end.
type Quiet = Arc<(Mutex<bool>, Condvar)>;

/// Carries bytes from one end to the other, and holds them back while it is quiet.
fn carry(mut from: TcpStream, mut to: TcpStream, quiet: Quiet) {
    std::thread::spawn(move || {
        let mut part = [0; 4096];
        while let Ok(read @ 1..) = from.read(&mut part) {
            let (is_quiet, woken) = &*quiet;
            drop(
                woken
                    .wait_while(is_quiet.lock().unwrap(), |is_quiet| *is_quiet)
                    .unwrap(),
            );
            if to.write_all(&part[..read]).is_err() {
                break;
            }
        }
        // Whoever closes is followed.
        let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
    });
}

fn hush(quiet: &Quiet, is: bool) {
    *quiet.0.lock().unwrap() = is;
    quiet.1.notify_all();
}

#[test]
fn a_line_that_goes_quiet_is_noticed_within_ten_seconds_and_what_is_typed_then_is_kept() {
    let room = Room::open(SMALL);
    let port: u16 = room.edit.split(['/', ':']).nth(4).unwrap().parse().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = listener.local_addr().unwrap().port();
    let is_quiet = Quiet::default();
    let quiet = is_quiet.clone();
    std::thread::spawn(move || {
        for near in listener.incoming().flatten() {
            let far = TcpStream::connect(("127.0.0.1", port)).unwrap();
            carry(near.try_clone().unwrap(), far.try_clone().unwrap(), quiet.clone());
            carry(far, near, quiet.clone());
        }
    });
    // The server knows its own address alone, so the browser asks for that and is led by the way that can go quiet.
    let way = format!("--host-resolver-rules=MAP 127.0.0.1:{port} 127.0.0.1:{own}");
    let Some(page) = Browser::open_by(DESK.0, DESK.1, &way) else {
        return;
    };
    page.go(&room.edit);
    page.until("document.querySelector('#my-name')");
    page.keys("Ada{Enter}");
    page.until("document.querySelector('[data-node=\"kiosks\"]')");
    page.until("!document.querySelector('#my-name')");
    page.run("document.querySelector('dialog')?.close()");
    hush(&is_quiet, true);
    let begun = Instant::now();
    page.until("!document.querySelector('#offline').hidden");
    let noticed = begun.elapsed();
    assert!(noticed < Duration::from_secs(13), "{noticed:?}");
    page.run("document.querySelector('[data-add=\"enabler\"]').focus()");
    page.keys("{Enter}");
    page.until("document.activeElement?.matches('.entry')");
    page.typed("Night bus{Enter}{Escape}");
    page.until("[...document.querySelectorAll('.box.waits')].some((box) => box.textContent.includes('Night bus'))");
    hush(&is_quiet, false);
    room.until("sent", |map| titled(map, "Night bus").is_some());
    page.until("document.querySelector('#offline').hidden");
}

#[test]
fn letters_do_nothing_but_on_the_map_and_words_are_no_shortcuts() {
    let room = Room::open(SMALL);
    let Some(page) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    page.run("document.activeElement.blur()");
    page.keys("p");
    page.run("document.querySelector('#undo').focus()");
    page.typed("fop");
    page.click(&at("kiosks"));
    page.typed("parking fees");
    page.until("document.querySelector('#notice').innerText.includes('F2')");
    let quiet = "return document.querySelector('#present').hidden && document.querySelector('#findings').hidden
        && document.querySelector('#outline').hidden && !document.querySelector('.entry')";
    assert_eq!(page.run(quiet), json!(true));
    // One letter by itself is a shortcut, and can be switched off.
    page.pause(800);
    page.keys("f");
    page.until("!document.querySelector('#findings').hidden");
    page.click("#findings-close");
    page.click("#help");
    page.until("document.querySelector('#letters')");
    page.run("document.querySelector('#letters').scrollIntoView()");
    page.click("#letters");
    page.keys("{Escape}");
    page.click(&at("kiosks"));
    page.keys("f");
    page.pause(500);
    assert_eq!(page.run(quiet), json!(true));
}
