//! A room of people at the page: who is where, notes and the parking place, votes, private rounds, a timer, and one screen that
//! others follow.

use serde_json::{Value, json};

use crate::support::page::{DESK, Room, SMALL, at, press};
use crate::support::webdriver::Browser;

/// Opens the panel, and a part of it.
fn together(page: &Browser, part: &str) {
    page.click("#together-button");
    page.until("document.querySelector('#together-title')");
    let fold = format!("document.querySelector('#together-{part}')");
    page.until(&fold);
    page.run(&format!("{fold}.open = true; {fold}.scrollIntoView()"));
}

fn shows(page: &Browser, selector: &str, words: &str) {
    let (selector, words) = (json!(selector), json!(words));
    page.until(&format!(
        "[...document.querySelectorAll({selector})].some((one) => one.innerText.includes({words}))"
    ));
}

fn type_into(page: &Browser, selector: &str, text: &str) {
    page.until(&format!("document.querySelector('{selector}')"));
    page.run(&format!(
        "document.querySelector('{selector}').scrollIntoView({{block: 'center'}})"
    ));
    page.click(selector);
    page.keys(text);
}

fn view(page: &Browser) -> Value {
    page.run("return document.querySelector('#world').getAttribute('transform')")
}

/// The middle of what is seen, in px of the picture.
fn seen(page: &Browser) -> (f64, f64) {
    let at = page.run(
        "const b = document.querySelector('#map').getBoundingClientRect();
         const m = document.querySelector('#world').getCTM();
         return [(b.width / 2 - m.e) / m.a, (b.height / 2 - m.f) / m.d]",
    );
    (at[0].as_f64().unwrap(), at[1].as_f64().unwrap())
}

#[test]
fn notes_and_the_parking_place_are_seen_by_all_and_outlive_a_kill_and_a_cut_line() {
    let mut room = Room::open(SMALL);
    let Some(ada) = room.browser(&room.edit, "Ada Lovelace", DESK) else {
        return;
    };
    let viewer = room.browser(&room.view, "Cyd", DESK).unwrap();
    together(&ada, "notes");
    assert_eq!(ada.barriers(), [""; 0], "nothing yet");
    type_into(&ada, "#line-parking", "Who pays after 2030?{Enter}<b>Second</b>{Enter}");
    shows(&ada, "#together .note", "<b>Second</b>");
    ada.click(&at("kiosks"));
    ada.run("document.querySelector('#panel [data-part=\"node kiosks notes\"]').open = true");
    type_into(&ada, "#panel .line input", "Ask the staff first{Enter}");
    shows(&ada, "#panel .note", "Ask the staff first");
    // Everybody sees the mark at the box, and who is there.
    viewer.until("document.querySelector('.marks[data-at=\"kiosks\"] .notes-at')?.textContent.includes('1')");
    viewer.until("document.querySelector('.layer-who').textContent.includes('Ada Lovelace')");
    together(&viewer, "notes");
    shows(&viewer, "#together .note", "Who pays after 2030?");
    shows(&viewer, "#together .people li", "Cyd (you), can view");
    assert_eq!(
        viewer.run("return document.querySelectorAll('#together [type=text], #together form').length"),
        json!(0)
    );
    assert_eq!(viewer.barriers(), [""; 0], "a viewer");
    assert_eq!(ada.barriers(), [""; 0], "notes");
    assert_eq!(room.map().nodes.len(), 5, "nothing of it is in the map");

    // A parked thing becomes a box.
    ada.run("const s = [...document.querySelectorAll('#together .note select')].find((one) => one.getAttribute('aria-label').includes('Second')); s.value = 'enabler'; s.dispatchEvent(new Event('change', {bubbles: true}))");
    room.until("a box", |map| {
        map.nodes.iter().any(|node| node.title == "<b>Second</b>")
    });
    shows(&ada, "#together .note.done", "<b>Second</b>");

    // Cut off: it is shown, marked, and sent later; the server is killed meanwhile.
    ada.line(false);
    type_into(&ada, "#line-parking", "Written without a line{Enter}");
    shows(&ada, "#together .note.waits", "Written without a line");
    room.kill();
    room.again(&[]);
    ada.line(true);
    let late = room.browser(&room.edit, "Ben", DESK).unwrap();
    together(&late, "notes");
    shows(&late, "#together .note", "Written without a line");
    shows(&late, "#together .note", "Ask the staff first");
    ada.until(
        "document.querySelectorAll('#together .note').length === 4 && !document.querySelector('#together .note.waits')",
    );
}

#[test]
fn dots_are_given_by_mouse_and_keyboard_and_counted_at_the_end() {
    let room = Room::open(SMALL);
    let Some(ada) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let ben = room.browser(&room.edit, "Ben", (390, 844)).unwrap();
    let viewer = room.browser(&room.view, "Cyd", DESK).unwrap();
    together(&ada, "vote");
    type_into(&ada, "#vote-question", "What first?{Enter}");
    shows(&ben, "#strip", "What first?");
    shows(&ada, "#strip", "3 of 3 dots left");
    // By mouse: choose a box, then the button.
    ada.click(&at("kiosks"));
    shows(&ada, "#strip button", "Give a dot (0 here)");
    ada.click("#strip .main");
    ada.click("#strip .main");
    shows(&ada, "#strip", "1 of 3 dots left");
    ada.until("document.querySelector('.marks[data-at=\"kiosks\"] .mine')?.textContent.includes('2')");
    // By keyboard: D gives, Shift D takes back.
    ada.run(&format!("document.querySelector('{}').focus()", at("cards")));
    ada.click(&at("cards"));
    ada.keys("d");
    shows(&ada, "#strip", "0 of 3 dots left");
    ada.keys("{Shift+D}");
    shows(&ada, "#strip", "1 of 3 dots left");
    // By touch, in the list.
    ben.run("[...document.querySelectorAll('#strip button')].find((one) => one.textContent === 'List').id = 'list'");
    ben.touch(&[ben.middle("#list")]);
    let plus = "#together .ballot [aria-label=\"Give a dot to Door cards\"]";
    ben.until(&format!("document.querySelector('{plus}')"));
    for left in ["2 of 3", "1 of 3", "0 of 3"] {
        ben.run(&format!(
            "document.querySelector('{plus}').scrollIntoView({{block: 'center'}})"
        ));
        ben.touch(&[ben.middle(plus)]);
        shows(&ben, "#strip", left);
    }
    ben.until(&format!("document.querySelector('{plus}').disabled"));
    assert_eq!(ben.barriers(), [""; 0], "a vote on a phone");
    // Nobody sees where the dots are.
    shows(&ada, "#together .asked", "2 people have given 5 dots");
    assert_eq!(
        viewer.run("return document.querySelectorAll('.marks').length"),
        json!(0)
    );
    press(&ada, "End the vote");
    ada.until("document.querySelector('dialog .main')");
    ada.click("dialog .main");
    viewer.until("document.querySelector('.marks[data-at=\"cards\"] .counted')?.textContent.includes('3')");
    viewer.until("document.querySelector('.marks[data-at=\"kiosks\"] .counted')?.textContent.includes('2')");
    shows(&ben, "#together .counts li", "Door cards");
    assert_eq!(ada.barriers(), [""; 0], "counts");
}

#[test]
fn everybody_answers_alone_and_all_answers_are_shown_at_once() {
    let room = Room::open(SMALL);
    let Some(ada) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let ben = room.browser(&room.edit, "Ben", DESK).unwrap();
    together(&ada, "ask");
    ada.run("document.querySelector('#round-names').scrollIntoView()");
    ada.click("#round-names");
    type_into(&ada, "#round-question", "How sure are you?{Enter}");
    shows(&ben, "#strip", "How sure are you?");
    press(&ben, "Answer");
    type_into(&ben, "#together .asked .line input", "Hardly at all{Enter}");
    shows(&ben, "#together .asked", "You answered: Hardly at all");
    shows(&ada, "#together .asked", "1 person has answered");
    let all = ada.run("return document.documentElement.outerHTML + JSON.stringify(performance.getEntries())");
    assert!(
        !all.as_str().unwrap().contains("Hardly"),
        "it is nowhere in another's page"
    );
    // What is half typed survives a reload, and an answer comes back.
    type_into(&ada, "#together .asked .line input", "Quite");
    ada.reload();
    ada.until("document.querySelector('#stage') && !document.querySelector('#stage').hasAttribute('aria-busy')");
    together(&ada, "ask");
    ada.until("document.querySelector('#together .asked .line input')?.value === 'Quite'");
    type_into(&ada, "#together .asked .line input", "{End} sure{Enter}");
    shows(&ada, "#together .asked", "You answered: Quite sure");
    ben.reload();
    ben.until("document.querySelector('#stage') && !document.querySelector('#stage').hasAttribute('aria-busy')");
    shows(&ben, "#strip", "You answered");
    press(&ada, "Show the answers");
    ada.until("document.querySelector('dialog .main')");
    assert_eq!(ada.barriers(), [""; 0], "asked before all are shown");
    ada.click("dialog .main");
    shows(&ada, "#together .counts li", "Hardly at all");
    together(&ben, "ask");
    shows(&ben, "#together .counts li", "Quite sure");
    shows(&ben, "#together .counts li", "Ada");
    assert_eq!(ben.barriers(), [""; 0], "answers");
}

#[test]
fn a_timer_is_seen_by_all_waits_and_says_when_time_is_up() {
    let room = Room::open(SMALL);
    let Some(ada) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let viewer = room.browser(&room.view, "Cyd", (390, 844)).unwrap();
    together(&ada, "timer");
    type_into(&ada, "#timer-label", "Outcomes");
    type_into(&ada, "#timer-minutes", "0.1{Enter}");
    shows(&viewer, "#strip", "Outcomes");
    let time = "document.querySelector('#strip .time').textContent";
    viewer.until(&format!("/^0:0[1-6]$/.test({time})"));
    assert_eq!(
        viewer.run("return document.querySelectorAll('#strip button').length"),
        json!(0)
    );
    press(&ada, "Pause");
    shows(&viewer, "#strip", "paused");
    let before = viewer.run(&format!("return {time}"));
    viewer.pause(1200);
    assert_eq!(viewer.run(&format!("return {time}")), before, "it waits");
    press(&ada, "Go on");
    viewer.until(&format!("{time} === 'Time is up'"));
    viewer.until("document.querySelector('#said').textContent.includes('Time is up')");
    assert_eq!(viewer.barriers(), [""; 0], "time is up");
    press(&ada, "Close");
    viewer.until("!document.querySelector('#strip .time')");
}

#[test]
fn others_follow_until_they_leave_and_who_types_is_never_moved() {
    let room = Room::open(SMALL);
    let Some(ada) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let viewer = room.browser(&room.view, "Cyd", DESK).unwrap();
    let ben = room.browser(&room.edit, "Ben", (1180, 820)).unwrap();
    // Ben is in the middle of a word.
    ben.run(&format!("document.querySelector('{}').focus()", at("cards")));
    ben.keys("{F2}");
    ben.until("document.activeElement?.matches('.entry')");
    ben.keys(" and");
    let place = view(&ben);
    together(&ada, "people");
    press(&ada, "Follow me");
    shows(&viewer, "#strip", "You follow Ada");
    shows(&ben, "#strip", "You follow Ada");
    let (x, y) = ada.middle(&at("readers"));
    ada.run(&format!(
        "document.querySelector('#map').dispatchEvent(new WheelEvent('wheel', {{deltaY: -400, ctrlKey: true, clientX: {x}, clientY: {y}, bubbles: true, cancelable: true}}))"
    ));
    ada.pause(900);
    let same = |page: &Browser| {
        let (a, b) = (seen(&ada), seen(page));
        (a.0 - b.0).abs() < 8.0 && (a.1 - b.1).abs() < 8.0
    };
    for _ in 0..30 {
        if same(&viewer) {
            break;
        }
        viewer.pause(100);
    }
    assert!(same(&viewer), "{:?} {:?}", seen(&ada), seen(&viewer));
    assert_eq!(viewer.barriers(), [""; 0], "following");
    assert_eq!(view(&ben), place, "nothing moves while somebody types");
    assert_eq!(ben.run("return document.querySelector('.entry').value"), json!(" and"));
    ben.keys("{Escape}");
    ben.until(&format!(
        "document.querySelector('#world').getAttribute('transform') !== {place}"
    ));
    // A viewer leaves by a wheel of their own, by a key, and by the button; and may come back.
    let before = viewer.middle(&at("readers"));
    viewer.run(&format!(
        "document.querySelector('#map').dispatchEvent(new WheelEvent('wheel', {{deltaY: 200, clientX: {}, clientY: {}, bubbles: true, cancelable: true}}))",
        before.0, before.1
    ));
    shows(&viewer, "#strip", "Ada shows the map");
    let stays = view(&viewer);
    ada.click("#fit");
    ada.pause(800);
    assert_eq!(view(&viewer), stays);
    viewer.click("#strip button");
    shows(&viewer, "#strip", "You follow Ada");
    viewer.run("document.querySelector('#map').focus()");
    viewer.keys("{Escape}");
    shows(&viewer, "#strip", "Ada shows the map");
    press(&ada, "Stop showing");
    viewer.until("!document.querySelector('#strip').innerText");

    // Bring everyone here, once; with the way back.
    ada.click("#in");
    ada.click("#in");
    ada.click("#in");
    ada.pause(400);
    let own = view(&viewer);
    press(&ada, "Bring everyone here");
    shows(&viewer, "#notice", "Ada brought everyone here");
    for _ in 0..30 {
        if same(&viewer) {
            break;
        }
        viewer.pause(100);
    }
    assert!(same(&viewer), "{:?} {:?}", seen(&ada), seen(&viewer));
    press(&viewer, "Go back");
    viewer.until(&format!(
        "document.querySelector('#world').getAttribute('transform') !== {own}"
    ));
}

#[test]
fn screens_that_follow_show_the_same_step_and_can_leave() {
    let whole = SMALL.replace(
        "{\"from\": \"kiosks\", \"to\": \"desk\"}",
        "{\"from\": \"kiosks\", \"to\": \"desk\"}, {\"from\": \"desk\", \"to\": \"readers\"}",
    );
    let room = Room::open(&whole);
    let Some(ada) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let phone = room.browser(&room.view, "Cyd", (390, 844)).unwrap();
    together(&ada, "people");
    press(&ada, "Follow me");
    shows(&phone, "#strip", "You follow Ada");
    ada.click("#present-button");
    let head = "document.querySelector('#present-head').textContent";
    phone.until(&format!(
        "!document.querySelector('#present').hidden && {head} === 'More readers'"
    ));
    ada.keys("{ArrowRight}");
    phone.until(&format!("{head} === 'Kiosks'"));
    assert_eq!(phone.barriers(), [""; 0], "following a presentation");
    phone.touch(&[phone.middle("#present-close")]);
    phone.until("document.querySelector('#present').hidden");
    ada.keys("{ArrowRight}");
    ada.until(&format!("{head} === 'Nothing is open on these chains'"));
    phone.pause(600);
    assert_eq!(
        phone.run("return document.querySelector('#present').hidden"),
        json!(true),
        "who has left is left alone"
    );
    shows(&phone, "#strip", "Ada shows the map");
}
