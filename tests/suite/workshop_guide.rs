//! The guide for facilitators has a picture for each step, taken in a real browser: `BLESS=1` takes them again.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::page::{EMPTY, Room, at};
use crate::support::picture::{picture, small};
use crate::support::webdriver::Browser;

/// The largest a picture may be, in bytes.
const LARGEST: usize = 80_000;
const SIZE: (u32, u32) = (1180, 800);

/// In the order of the guide.
const PICTURES: [&str; 9] = [
    "1-begin",
    "2-outcomes",
    "3-leftward",
    "4-reasons",
    "5-missing",
    "6-together",
    "7-health-check",
    "8-what-if",
    "9-end",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/images/workshop")
}

struct Guide {
    room: Room,
    page: Browser,
    n: u64,
}

impl Guide {
    fn take(&self, name: &str) {
        self.page.run("document.querySelector('#notice').hidden = true");
        std::fs::create_dir_all(folder()).unwrap();
        std::fs::write(folder().join(format!("{name}.png")), small(&picture(&self.page))).unwrap();
    }

    fn edit(&mut self, edit: Value) {
        self.n += 1;
        self.room.another(self.n, &edit);
    }

    fn deed(&self, client: &str, deed: &Value) {
        let url = self.room.edit.replace("/?", "/api/board?");
        ureq::post(&url)
            .send_json(json!({"client": client, "deed": deed}))
            .unwrap();
    }

    fn press(&self, place: &str, words: &str) {
        let button = format!(
            "[...document.querySelectorAll('{place} button')].find((one) => one.textContent.startsWith({}))",
            json!(words)
        );
        self.page.until(&button);
        self.page.run(&format!("{button}.click()"));
    }

    fn settled(&self) {
        self.page
            .until("!document.querySelector('.waits') && document.querySelector('#outbox-button').hidden");
    }
}

/// Takes the pictures; whether there is a browser.
fn take_all() -> bool {
    let room = Room::open_with(EMPTY, &["--closing", "editors"]);
    let Some(page) = room.browser(&room.edit, "Ada Nwosu", SIZE) else {
        return false;
    };
    let mut guide = Guide { room, page, n: 0 };
    guide
        .page
        .until("document.querySelectorAll('#empty button').length > 1");
    guide.take("1-begin");

    guide.page.click("[data-add=\"end-outcome\"]");
    for title in ["More children read for pleasure", "Fewer people feel alone"] {
        guide
            .page
            .until("document.activeElement?.matches('.entry') && document.activeElement.value === ''");
        guide.page.keys(&format!("{title}{{Enter}}"));
        guide.page.until(&format!(
            "document.querySelector('#map').textContent.includes('{}')",
            &title[..12]
        ));
    }
    guide.page.keys("Staff have time to h");
    guide.take("2-outcomes");
    guide.page.keys("{Escape}");
    guide.settled();

    let kinds = ["investment", "enabler", "business-change", "intermediate-outcome"];
    for (id, kind, title) in [
        ("fund", 0, "Sunday staffing budget"),
        ("kiosks", 1, "Self-service kiosks"),
        ("cards", 1, "Door access cards"),
        ("desk", 2, "Members borrow without the desk"),
        ("clubs", 2, "Librarians run reading clubs"),
        ("visits", 3, "More families visit on Sundays"),
    ] {
        guide.edit(json!({"do": "add", "what": "node", "fields": {"id": id, "kind": kinds[kind], "title": title}}));
    }
    for (from, to) in [
        ("fund", "kiosks"),
        ("fund", "cards"),
        ("kiosks", "desk"),
        ("cards", "desk"),
        ("desk", "clubs"),
        ("desk", "visits"),
        ("clubs", "visits"),
        ("visits", "more-children-read-for-pleasure"),
        ("visits", "fewer-people-feel-alone"),
    ] {
        guide.edit(json!({"do": "link", "from": from, "to": to}));
    }
    guide.page.until("document.querySelectorAll('.route').length === 9");
    guide.page.click("#fit");
    guide.page.hover(guide.page.middle(&at("visits")));
    guide.page.until("document.querySelector('#grip-before')");
    guide.take("3-leftward");

    guide.edit(json!({"do": "set", "what": "link clubs -> visits", "field": "rationale", "value": "Families come back for a club that meets every week"}));
    guide.page.click(&at("visits"));
    guide
        .page
        .until("document.querySelector('[data-field=\"node visits title\"]')");
    let why = "[...document.querySelectorAll('#panel .links button')].find((b) => b.ariaLabel?.startsWith('why:'))";
    guide.page.until(why);
    guide.page.run(&format!("{why}.click()"));
    guide
        .page
        .until("[...document.querySelectorAll('#panel textarea')].some((one) => one.value.includes('every week'))");
    guide.take("4-reasons");
    guide.page.click("#panel-close");

    guide.page.click("#findings-button");
    guide
        .page
        .run("const p = document.querySelector('#profile'); p.value = 'outline'; p.dispatchEvent(new Event('change'))");
    guide
        .page
        .until("document.querySelectorAll('#findings-groups details').length > 1");
    guide.take("5-missing");
    guide.page.click("#findings-close");

    guide.deed(
        "another-person-1",
        &json!({"do": "note", "id": "note000001", "text": "Who pays after 2030?"}),
    );
    guide.deed(
        "another-person-1",
        &json!({"do": "note", "id": "note000002", "text": "Ask the branch staff first", "about": "node kiosks"}),
    );
    guide.deed("another-person-1", &json!({"do": "open-vote", "id": "vote000001", "question": "Which change first?", "dots": 3, "among": {"stage": "business-change"}}));
    guide.page.until("document.querySelector('#strip .ask')");
    guide.page.click("#together-button");
    guide.page.until("document.querySelector('#together-vote')");
    guide.page.click(&at("clubs"));
    guide
        .page
        .until("document.querySelector('#strip').innerText.includes('Give a dot')");
    guide.page.click("#strip .main");
    guide
        .page
        .until("document.querySelector('#strip').innerText.includes('2 of 3 dots left')");
    guide.take("6-together");
    guide.deed("another-person-1", &json!({"do": "remove-vote", "id": "vote000001"}));

    guide.deed(
        "another-person-1",
        &json!({"do": "open-health", "id": "health0001", "set": "critical-success-factors"}),
    );
    let url = guide.room.edit.split("/?").next().unwrap().to_owned() + "/sets.json";
    let sets: Value = ureq::get(&url).call().unwrap().body_mut().read_json().unwrap();
    let set = sets
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["id"] == "critical-success-factors")
        .unwrap();
    let question = &set["groups"][0]["questions"][0]["id"];
    for (client, answer, note) in [
        ("another-person-1", "4", ""),
        ("another-person-2", "4", ""),
        ("another-person-3", "3", ""),
        ("another-person-4", "1", "The branch staff have not seen this map"),
        ("another-person-5", "don't know", ""),
    ] {
        guide.deed(
            client,
            &json!({"do": "mark", "id": "health0001", "question": question, "answer": answer, "note": note}),
        );
    }
    guide.deed("another-person-1", &json!({"do": "reveal-health", "id": "health0001"}));
    guide.press("#together-health", "See the answers");
    guide.page.until("document.querySelector('dialog.health .counts')");
    guide.take("7-health-check");
    guide.page.keys("{Escape}");
    guide.page.until("!document.querySelector('dialog')");
    guide.page.click("#together-button");
    guide.page.until("document.querySelector('#together').hidden");

    guide.edit(json!({"do": "add", "what": "kpi", "fields": {"id": "visitors", "node": "visits", "title": "Visitors on a Sunday"}}));
    guide.edit(
        json!({"do": "set", "what": "node kiosks", "field": "cost", "value": [{"year": "2027-28", "amount": 120000}]}),
    );
    guide.page.click("#what-if-button");
    guide.page.click(&at("desk"));
    guide
        .page
        .until("document.querySelector('#what-if-add').textContent.startsWith('Leave out')");
    guide.page.run("document.querySelector('#what-if-add').click()");
    guide.page.until("document.querySelector('[data-what-if=\"visits\"]')");
    guide.take("8-what-if");
    guide
        .page
        .run("document.querySelector('#what-if [aria-label]').click()");
    guide.page.until("!document.querySelector('[data-what-if]')");

    guide.page.run("document.dispatchEvent(new Event('finish'))");
    guide.page.until("document.querySelector('dialog.finish') && !document.querySelector('dialog.finish').innerText.includes('One moment')");
    guide.take("9-end");
    true
}

#[test]
fn the_guide_has_a_small_picture_for_each_step() {
    if std::env::var_os("BLESS").is_some() && !take_all() {
        return;
    }
    let page = include_str!("../../docs/workshop.md");
    for name in PICTURES {
        let path = folder().join(format!("{name}.png"));
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(bytes.len() < LARGEST, "{name}: {} bytes", bytes.len());
        assert!(bytes.starts_with(b"\x89PNG"), "{name}");
        let named = format!("](images/workshop/{name}.png)");
        assert_eq!(page.matches(&named).count(), 1, "{named} in docs/workshop.md");
    }
    let there = std::fs::read_dir(folder()).unwrap().count();
    assert_eq!(there, PICTURES.len(), "no picture that the guide does not show");
}
