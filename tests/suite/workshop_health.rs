//! A round of a health check, played in three browsers: everybody answers alone and unseen, then the room sees, then it agrees.

use serde_json::{Value, json};

use crate::support::page::{DESK, Room, SMALL};
use crate::support::picture::look_at;
use crate::support::program::program;
use crate::support::room;
use crate::support::webdriver::Browser;

/// From now on the page keeps all that it is sent, from its first line on.
const KEEP_ALL: &str = "window.sent = [];
    const add = EventSource.prototype.addEventListener;
    EventSource.prototype.addEventListener = function (kind, listener, more) {
      return add.call(this, kind, (event) => { if (event.data) window.sent.push(event.data); listener(event); }, more);
    };
    const old = window.fetch;
    window.fetch = async (...what) => {
      const answer = await old(...what);
      answer.clone().text().then((text) => window.sent.push(text));
      return answer;
    };";

fn joined(room: &Room, link: &str, name: &str) -> Option<Browser> {
    let page = room.browser(link, name, DESK)?;
    page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": KEEP_ALL}));
    page.reload();
    page.until(
        "window.sent?.length && document.querySelector('#stage') && !document.querySelector('#stage').hasAttribute('aria-busy')",
    );
    Some(page)
}

/// Opens the part of the panel.
fn together(page: &Browser) {
    page.click("#together-button");
    page.until("document.querySelector('#together-health')");
    page.run("const fold = document.querySelector('#together-health'); fold.open = true; fold.scrollIntoView()");
}

/// Presses a button of the page by its first words.
fn press(page: &Browser, place: &str, words: &str) {
    let button = format!(
        "[...document.querySelectorAll('{place} button')].find((one) => one.textContent.startsWith({}) && !one.disabled)",
        json!(words)
    );
    page.until(&button);
    page.run(&format!(
        "for (const one of document.querySelectorAll('#pressed')) one.id = '';
         const one = {button}; one.id = 'pressed'; one.scrollIntoView({{block: 'center'}})"
    ));
    page.click("#pressed");
}

/// Marks the statement of that number, by its radio button.
fn mark(page: &Browser, at: usize, answer: &str) {
    let radio = format!(
        "document.querySelectorAll('dialog .statement')[{at}]?.querySelector(`[value={}]`)",
        json!(answer)
    );
    page.until(&radio);
    page.run(&format!(
        "for (const one of document.querySelectorAll('#marked')) one.id = '';
         const one = {radio}; one.id = 'marked'; one.scrollIntoView({{block: 'center'}})"
    ));
    page.click("#marked");
    page.until(&format!("{radio}.checked"));
}

fn says(page: &Browser, words: &str) {
    page.until(&format!("document.body.innerText.includes({})", json!(words)));
}

fn export(room: &Room, name: &str) -> String {
    let url = room.edit.replace("/?", &format!("/api/export/{name}?"));
    ureq::get(&url).call().unwrap().body_mut().read_to_string().unwrap()
}

#[test]
fn a_health_check_in_three_browsers_is_answered_unseen_then_shown_then_agreed() {
    let room = Room::open(SMALL);
    let Some(ada) = joined(&room, &room.edit, "Ada") else {
        return;
    };
    let ben = joined(&room, &room.edit, "Ben").unwrap();
    let cyd = joined(&room, &room.view, "Cyd").unwrap();
    together(&ada);
    ada.until("document.querySelectorAll('#health-set option').length > 10");
    ada.until("document.querySelectorAll('#health-group option').length > 5");
    ada.run("document.querySelector('#health-group').focus()");
    ada.keys("{ArrowDown}");
    press(&ada, "#together-health", "Begin the health check");
    says(&ben, "Health check:");
    says(&cyd, "0 people have answered.");
    // Ada and Ben answer, each alone; a note by keyboard.
    press(&ada, "#strip", "Answer");
    mark(&ada, 0, "strongly agree");
    mark(&ada, 1, "don't know");
    assert_eq!(ada.barriers(), [""; 0], "answering");
    look_at(&ada, "health-answering");
    press(&ben, "#strip", "Answer");
    mark(&ben, 0, "strongly disagree");
    ben.until("document.querySelector('dialog .statement input[type=text]')");
    ben.run("document.querySelector('dialog .statement input[type=text]').focus()");
    ben.keys("Zebrafish are not consulted{Tab}");
    mark(&ben, 1, "not applicable");
    says(&cyd, "2 people have answered");
    says(&ada, "2 people have answered");
    // What was sent to the others until now: how many, and nobody's answer.
    for (page, others) in [
        (&ada, &["Zebrafish", "strongly disagree\"", "not applicable\""][..]),
        (&cyd, &["Zebrafish", "\"answer\"", "\"marks\""][..]),
    ] {
        let sent = page.run("return window.sent.filter((one) => !one.includes('\"points\"')).join('\\n')");
        let sent = sent.as_str().unwrap();
        assert!(sent.contains("\"people\":2"), "{sent}");
        for secret in others {
            assert!(!sent.contains(secret), "{secret} was sent: {sent}");
        }
    }
    assert!(!export(&room, "health-csv").contains("Zebrafish"));
    assert!(!export(&room, "notes-json").contains("Zebrafish"));
    // An own answer outlives a reload.
    ben.reload();
    ben.until("document.querySelector('#strip button')");
    press(&ben, "#strip", "Answer");
    ben.until("document.querySelector('dialog .statement input:checked')?.value === 'strongly disagree'");
    ben.keys("{Escape}");
    ada.keys("{Escape}");
    ada.until("!document.querySelector('dialog')");
    press(&ada, "#together-health", "Show the answers of all");
    press(&ada, "dialog", "Show the answers");
    says(&ada, "Zebrafish are not consulted");
    press(&ada, "dialog.health", "×");
    ada.until("!document.querySelector('dialog')");
    press(&ada, "#together-health", "See the answers");
    says(&ada, "The room is divided.");
    assert_eq!(ada.barriers(), [""; 0], "answers");
    look_at(&ada, "health-answers");
    together(&cyd);
    press(&cyd, "#together-health", "See the answers");
    says(&cyd, "Zebrafish are not consulted");
    assert!(
        !cyd.run("return document.querySelector('dialog').innerText")
            .as_str()
            .unwrap()
            .contains("Ben"),
        "names are not shown"
    );
    // The room agrees on a mark with a note; the others see it.
    ada.run("document.querySelector('dialog .statement select').focus()");
    ada.keys("Tend to d");
    ada.until("document.querySelector('dialog .statement select').value === 'tend to disagree'");
    ada.run("document.querySelector('dialog .statement form input').focus()");
    ada.keys("Staff were asked late{Enter}");
    says(&cyd, "Agreed: Tend to disagree. Staff were asked late");
    assert!(room.map().risks.is_empty(), "nothing of it is in the map");
    // All three stages are there to take away, and are read by the results of a survey.
    let (answers, agreed) = (export(&room, "health-csv"), export(&room, "agreed-csv"));
    assert_eq!(answers.lines().count(), 1 + 4, "{answers}");
    assert!(
        answers.starts_with("set,question,respondent,role,answer,note,on,round,version"),
        "{answers}"
    );
    assert!(!answers.contains("Ben"), "{answers}");
    assert_eq!(agreed.lines().count(), 1 + 1, "{agreed}");
    assert!(
        agreed.contains("Staff were asked late") && agreed.contains(",2,"),
        "{agreed}"
    );
    for text in [&answers, &agreed] {
        let file = room.file.with_file_name("answers.csv");
        std::fs::write(&file, text).unwrap();
        let done = std::process::Command::new(program())
            .args([
                "survey",
                "results",
                room.file.to_str().unwrap(),
                "--format",
                "json",
                "--answers",
            ])
            .arg(&file)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let results: Value = serde_json::from_slice(&done.stdout).unwrap();
        let first = results.as_array().unwrap().iter().find(|one| one["n"] != 0).unwrap();
        let counts = if text == &answers {
            json!([1, 0, 0, 1])
        } else {
            json!([0, 1, 0, 0])
        };
        assert_eq!(first["counts"], counts, "{first}");
    }
}

#[test]
fn a_health_check_outlives_a_restart_at_each_stage_and_refuses_what_is_not_of_it() {
    let mut room = room::room();
    let deed = |room: &room::Room, client: &str, deed: Value| {
        let answer = room.post("/api/board", &json!({"client": client, "deed": deed}));
        (answer.status, answer.json())
    };
    let opened = json!({"do": "open-health", "id": "health01", "set": "critical-success-factors"});
    assert_eq!(deed(&room, room::ADA, opened.clone()).0, 200);
    let hello = room.events("one-who-looks-in").next("board");
    let check = &hello["health"]["health01"];
    assert_eq!((&check["round"], &check["people"]), (&json!(1), &json!(0)), "{hello}");
    let sets: Value = {
        let answer = crate::support::wire::Wire::open(room.address)
            .unwrap()
            .get("/sets.json", "")
            .unwrap();
        answer.json()
    };
    let set = sets
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == "critical-success-factors");
    let question = set.unwrap()["groups"][0]["questions"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let mark = |answer: Value, note: &str| json!({"do": "mark", "id": "health01", "question": question, "answer": answer, "note": note});
    for (wrong, says) in [
        (
            json!({"do": "open-health", "id": "health02", "set": "wombat"}),
            "not known",
        ),
        (
            json!({"do": "open-health", "id": "health02", "set": "visionary", "group": "wombat"}),
            "not known",
        ),
        (
            json!({"do": "mark", "id": "health01", "question": "wombat", "answer": "4"}),
            "not part",
        ),
        (mark(json!("5"), ""), "choose one"),
        (mark(json!("yes"), ""), "choose one"),
        (mark(json!("4"), &"x".repeat(1_001)), "1000 characters"),
        (
            json!({"do": "mark", "id": "health99", "question": question, "answer": "4"}),
            "deleted",
        ),
        (
            json!({"do": "agree", "id": "health01", "question": question, "answer": "4"}),
            "show the answers first",
        ),
    ] {
        let (status, told) = deed(&room, room::ADA, wrong.clone());
        assert_eq!(status, 409, "{wrong}: {told}");
        assert!(told["refused"].as_str().unwrap().contains(says), "{wrong}: {told}");
    }
    // The later mark of one browser holds; a number is read as its word.
    deed(&room, room::ADA, mark(json!("4"), "first"));
    let (_, own) = deed(&room, room::ADA, mark(json!("2"), "<b>second</b>"));
    assert_eq!(
        own["own"]["health"]["health01"][&question],
        json!({"answer": "tend to disagree", "note": "<b>second</b>"})
    );
    deed(&room, room::BO, mark(json!("3"), ""));
    room = room.again();
    let after = room.events(room::ADA).next("board");
    assert_eq!(
        after["own"]["health"]["health01"][&question]["answer"], "tend to disagree",
        "{after}"
    );
    assert_eq!(after["health"]["health01"]["people"], 2);
    assert!(!room.events(room::BO).next("board").to_string().contains("second"));
    assert_eq!(
        deed(&room, room::ADA, json!({"do": "reveal-health", "id": "health01"})).0,
        200
    );
    let (status, late) = deed(&room, room::BO, mark(json!("1"), ""));
    assert_eq!(
        (status, late["refused"].as_str().unwrap().contains("ended")),
        (409, true),
        "{late}"
    );
    let agree = json!({"do": "agree", "id": "health01", "question": question, "answer": "3", "note": "for now"});
    assert_eq!(deed(&room, room::BO, agree).0, 200);
    room = room.again();
    let after = room.events(room::BO).next("board");
    let check = &after["health"]["health01"];
    assert_eq!(check["results"][&question]["counts"], json!([0, 1, 1, 0]), "{check}");
    assert_eq!(check["agreed"][&question]["answer"], "tend to agree", "{check}");
    // Asked again, it is the next round.
    let again = json!({"do": "open-health", "id": "health02", "set": "critical-success-factors"});
    assert_eq!(deed(&room, room::ADA, again).0, 200);
    let after = room.events(room::BO).next("board");
    assert_eq!(after["health"]["health02"]["round"], 2, "{after}");
    room.workshop.stop();
}
