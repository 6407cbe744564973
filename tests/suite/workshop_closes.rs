//! The end of a workshop: closed from the page where the host lets editors do so, and said in words to everybody.

use serde_json::json;

use crate::support::page::{DESK, Room, SMALL};
use crate::support::room;
use crate::support::webdriver::Browser;

/// Opens the sheet of the end.
fn finish(page: &Browser) {
    page.click("#save");
    let button =
        "[...document.querySelectorAll('dialog button')].find((one) => one.textContent.startsWith('End the workshop'))";
    page.until(button);
    page.run(&format!("{button}.id = 'end-it'"));
    page.click("#end-it");
    page.until("document.querySelector('dialog.finish')");
}

#[test]
fn an_editor_closes_the_workshop_from_the_page_and_the_others_see_that_it_has_ended() {
    let mut room = Room::open_with(SMALL, &["--closing", "editors"]);
    let Some(ada) = room.browser(&room.edit, "Ada", DESK) else {
        return;
    };
    let cyd = room.browser(&room.view, "Cyd", DESK).unwrap();
    finish(&cyd);
    assert_eq!(
        cyd.run("return document.querySelectorAll('#shut').length"),
        json!(0),
        "a viewer cannot"
    );
    cyd.keys("{Escape}");
    finish(&ada);
    ada.until("document.querySelector('#shut')");
    ada.run("document.querySelector('#shut').scrollIntoView({block: 'center'})");
    // Thought better of: all goes on.
    ada.click("#shut");
    ada.until("document.querySelector('dialog.small')");
    assert_eq!(ada.barriers(), [""; 0], "asked once more");
    ada.keys("{Escape}");
    ada.until("!document.querySelector('dialog.small')");
    assert!(ada.run("return document.querySelector('#offline').hidden") == json!(true));
    ada.click("#shut");
    ada.until("document.querySelector('dialog.small .main')");
    ada.click("dialog.small .main");
    for page in [&ada, &cyd] {
        page.until("document.querySelector('#offline').innerText.includes('The workshop has ended: Ada closed it')");
        page.until("document.querySelector('#offline').innerText.includes('is saved')");
    }
    assert!(room.ended(), "the program ended well");
    assert_eq!(room.map().nodes.len(), 5);
}

#[test]
fn without_the_leave_of_the_host_nobody_closes_it_from_the_page() {
    let room = room::room();
    let why = room.refused("/api/close", &json!({"client": room::ADA}), "refused");
    assert!(why.contains("the person who started this workshop"), "{why}");
    let hello = room.hello();
    assert_eq!(hello["closable"], json!(false));
    room.edit(room::ADA, 1, room::add("Still open"));
    room.workshop.stop();
}
