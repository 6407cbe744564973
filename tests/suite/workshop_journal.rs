//! The workshop's journal: what is damaged in it is named and the rest is read, journals of the first format are read still, and what others
//! do to it while the workshop is open is noticed.

use std::path::Path;
use std::time::{Duration, Instant};

use benefit_map::file;
use benefit_map::web::{Error, Options, Workshop};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::room::{ADA, BO, Room, add, open, room, small, titles};

/// A folder with a map of two boxes and that journal.
fn folder(journal: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("map.json"), file::write(&small())).unwrap();
    std::fs::write(dir.path().join("map.json.journal"), journal).unwrap();
    dir
}

/// A folder in which six steps were done, and the lines of its journal.
fn done_before() -> (tempfile::TempDir, Vec<String>) {
    let room = room();
    for n in 1..=6 {
        room.edit(ADA, n, add(&format!("Box {n}")));
    }
    let journal = room.journal();
    let Room { dir, workshop, .. } = room;
    workshop.stop();
    let text = std::fs::read_to_string(journal).unwrap();
    (dir, text.lines().map(str::to_owned).collect())
}

/// The map and what was said at the start, where the journal is that.
fn begun_with(dir: tempfile::TempDir, journal: &[u8]) -> Room {
    let at = |name: &str| dir.path().join(name);
    std::fs::write(at("map.json.journal"), journal).unwrap();
    open(dir, |_| {})
}

fn notes(room: &Room) -> String {
    room.workshop.notes().join("\n")
}

#[test]
fn every_line_has_a_check_sum_as_the_page_says() {
    let (_dir, lines) = done_before();
    for line in lines {
        let (sum, text) = line.split_once(' ').unwrap();
        let digest = Sha256::digest(text.as_bytes());
        let wanted: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(sum, wanted, "{line}");
    }
}

#[test]
fn a_journal_of_the_first_format_is_read_and_goes_on_with_check_sums() {
    let step = |rev: u64, n: u64, change: Value| {
        json!({"rev": rev, "at": "2026-01-02T03:04:05Z", "client": ADA, "n": n, "name": "Ada", "colour": 3, "does": "edit",
               "label": "something", "touches": [], "change": change})
    };
    let add = |id: &str| json!({"edit": {"do": "add-node", "kind": "enabler", "title": id, "id": id}});
    let mut other = small();
    other.title = "Returned to".to_owned();
    let lines = [
        json!({"begin": {"journal": 1, "rev": 0, "at": "2026-01-02T03:04:05Z", "map": small()}}),
        json!({"batch": [step(1, 1, add("one")), step(2, 2, add("two"))]}),
        json!({"saved": 2}),
        json!({"batch": [step(3, 3, json!({"map": other}))]}),
        json!({"saved": 3}),
    ];
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let dir = folder(&text);
    std::fs::write(dir.path().join("map.json"), file::write(&other)).unwrap();
    let room = open(dir, |_| {});
    assert_eq!(notes(&room), "");
    assert_eq!(room.get("/api/map?rev=2")["map"]["nodes"].as_array().unwrap().len(), 4);
    // Who did it is who they were, and what was answered is known.
    assert_eq!(
        room.edit(
            ADA,
            2,
            json!({"do": "disallow", "rule": "no-quick-win", "subject": "map"})
        )["rev"],
        2
    );
    let known = room.events(ADA).next("hello")["client"].clone();
    assert_eq!(room.get("/api/history")["entries"][0]["client"], known);
    assert_eq!(room.post("/api/undo", &json!({"client": ADA, "n": 4})).status, 200);
    assert_eq!(titles(&room.saved()), ["A", "one", "two", "B"]);
    let room = room.again();
    let journal = std::fs::read_to_string(room.journal()).unwrap();
    assert!(journal.starts_with(&text), "what was there stays as it was");
    assert!(!journal[text.len()..].starts_with('{'));
    assert_eq!(room.get("/api/map")["rev"], 4);
}

#[test]
fn a_journal_of_a_later_format_is_refused_and_left_alone() {
    let later = json!({"begin": {"journal": 3, "rev": 0, "at": "", "map": small()}});
    let dir = folder(&format!("{later}\n"));
    let error = Workshop::start(Options::new(dir.path().join("map.json")))
        .err()
        .unwrap();
    assert!(error.to_string().contains("format 3"), "{error}");
    assert_eq!(
        std::fs::read_to_string(dir.path().join("map.json.journal")).unwrap(),
        format!("{later}\n")
    );
}

#[test]
fn a_changed_character_is_named_with_its_line_and_the_rest_is_read() {
    let (mut dir, lines) = done_before();
    let map = std::fs::read(dir.path().join("map.json")).unwrap();
    let text = lines.join("\n") + "\n";
    let mut at = 3;
    while at < text.len() - 1 {
        let mut damaged = text.clone().into_bytes();
        damaged[at] ^= 1;
        let line = 1 + text[..at].matches('\n').count();
        let room = begun_with(dir, &damaged);
        let told = notes(&room);
        assert!(
            told.contains(&format!("line {line} of map.json.journal is damaged")),
            "byte {at}, line {line}: {told}"
        );
        assert_eq!(std::fs::read(room.path()).unwrap(), map, "byte {at}");
        assert!(room.get("/api/map")["rev"].as_u64().unwrap() >= 5);
        let Room {
            dir: back, workshop, ..
        } = room;
        workshop.stop();
        dir = back;
        at += 97;
    }
}

#[test]
fn a_line_that_is_missing_is_missed_and_every_other_state_can_be_had() {
    let (dir, lines) = done_before();
    let is_step_3 = |line: &&String| line.contains("\"rev\":3,");
    let damaged: Vec<&str> = lines
        .iter()
        .filter(|line| !is_step_3(line))
        .map(String::as_str)
        .collect();
    assert_eq!(damaged.len(), lines.len() - 1);
    let room = begun_with(dir, (damaged.join("\n") + "\n").as_bytes());
    let told = notes(&room);
    assert!(told.contains("step 3 of the history is missing"), "{told}");
    assert_eq!(titles(&room.saved()).len(), 8);
    let boxes = |rev: u64| {
        room.get(&format!("/api/map?rev={rev}"))["map"]["nodes"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!((boxes(0), boxes(2), boxes(6)), (2, 4, 8));
    let mut wire = crate::support::wire::Wire::open(room.address).unwrap();
    for rev in 3..=5 {
        let answer = wire.get(&format!("/api/map?rev={rev}"), &room.view).unwrap();
        let why = answer.json()["refused"].as_str().unwrap().to_owned();
        assert!(
            answer.status == 409 && why.contains("step 3 is damaged or missing"),
            "{why}"
        );
    }
    // The history goes on.
    assert_eq!(room.edit(ADA, 7, add("Box 7"))["rev"], 7);
    let room = room.again();
    assert_eq!(room.get("/api/map")["rev"], 7);
    assert_eq!(room.get("/api/history")["entries"].as_array().unwrap().len(), 6);
    assert_eq!(
        room.post("/api/return", &json!({"client": ADA, "n": 8, "rev": 2}))
            .status,
        200
    );
    assert_eq!(titles(&room.saved()), ["A", "Box 1", "Box 2", "B"]);
}

/// What is said of lines that were changed, and what changes them.
type Changed<'a> = (&'a str, &'a dyn Fn(&mut Vec<String>));

#[test]
fn lines_twice_in_another_order_or_of_nothing_do_no_harm() {
    let (mut dir, lines) = done_before();
    let map = std::fs::read(dir.path().join("map.json")).unwrap();
    let with = |change: &dyn Fn(&mut Vec<String>)| {
        let mut lines = lines.clone();
        change(&mut lines);
        lines.join("\n") + "\n"
    };
    let changes: [Changed; 5] = [
        ("is damaged: its steps are there already", &|lines| {
            lines.insert(4, lines[3].clone())
        }),
        ("", &|lines| lines.swap(3, 5)),
        ("is damaged", &|lines| lines.insert(2, "\0\0\0\0\0\0\0\0".to_owned())),
        ("no longer leads up to the map", &|lines| drop(lines.remove(0))),
        ("is damaged: it begins a journal again", &|lines| {
            lines.push(lines[0].clone())
        }),
    ];
    for (wanted, change) in changes {
        let room = begun_with(dir, with(change).as_bytes());
        let told = notes(&room);
        assert!(told.contains(wanted), "{wanted}: {told}");
        assert_eq!(std::fs::read(room.path()).unwrap(), map, "{wanted}");
        room.edit(
            BO,
            1,
            json!({"do": "set", "what": "map", "field": "purpose", "value": wanted}),
        );
        assert_eq!(room.get("/api/map")["rev"], 7, "{wanted}");
        let room = room.again();
        assert_eq!(room.saved().purpose, wanted);
        let Room {
            dir: back, workshop, ..
        } = room;
        workshop.stop();
        std::fs::write(back.path().join("map.json"), &map).unwrap();
        dir = back;
    }
}

/// Waits until the workshop says something of its journal.
fn told_of_the_journal(events: &mut crate::support::wire::Events) -> String {
    let told = events.until("file", |told| told["journal"].is_string());
    told["journal"].as_str().unwrap().to_owned()
}

#[test]
fn a_journal_that_is_deleted_is_made_again_whole() {
    let room = room();
    room.edit(ADA, 1, add("Before"));
    let mut events = room.events(ADA);
    let whole = std::fs::read(room.journal()).unwrap();
    std::fs::remove_file(room.journal()).unwrap();
    // No other workshop gets it meanwhile, by its map or by its journal.
    let error = Workshop::start(Options::new(room.path())).err();
    assert!(matches!(error, Some(Error::Held { .. })), "{error:?}");
    room.edit(ADA, 2, add("After"));
    assert!(told_of_the_journal(&mut events).contains("deleted or moved"));
    let now = std::fs::read(room.journal()).unwrap();
    assert!(now.starts_with(&whole) && now.len() > whole.len());
    let error = Workshop::start(Options::new(room.path())).err();
    assert!(matches!(error, Some(Error::Held { .. })), "{error:?}");
    let room = room.again();
    assert_eq!(notes(&room).matches("damaged").count(), 0);
    assert_eq!(room.get("/api/map?rev=1")["map"]["nodes"].as_array().unwrap().len(), 3);
    assert_eq!(titles(&room.saved()), ["A", "After", "Before", "B"]);
}

#[test]
fn a_journal_that_is_cut_or_written_into_goes_on_with_the_map_as_it_is() {
    let cut = |path: &Path| {
        let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
        file.set_len(100).unwrap();
    };
    let empty = |path: &Path| std::fs::write(path, "").unwrap();
    let longer = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap();
        std::fs::write(path, text + "somebody's words\n").unwrap();
    };
    let changes: [&dyn Fn(&Path); 3] = [&cut, &empty, &longer];
    for change in changes {
        let room = room();
        room.edit(ADA, 1, add("Before"));
        let mut events = room.events(ADA);
        change(&room.journal());
        room.edit(ADA, 2, add("After"));
        assert!(told_of_the_journal(&mut events).contains("changed by another program"));
        room.edit(ADA, 3, add("Later"));
        let room = room.again();
        assert_eq!(titles(&room.saved()), ["A", "After", "Before", "Later", "B"]);
        assert_eq!(room.get("/api/map")["rev"], 3);
        assert_eq!(room.get("/api/map?rev=2")["map"]["nodes"].as_array().unwrap().len(), 4);
        assert_eq!(room.post("/api/undo", &json!({"client": ADA, "n": 4})).status, 200);
    }
}

#[test]
fn where_something_else_stands_in_the_place_of_the_journal_nothing_is_acknowledged() {
    let room = room();
    room.edit(ADA, 1, add("Before"));
    let mut events = room.events(ADA);
    let aside = room.dir.path().join("aside");
    std::fs::rename(room.journal(), &aside).unwrap();
    std::fs::create_dir(room.journal()).unwrap();
    let why = room.refused(
        "/api/edits",
        &json!({"client": ADA, "n": 2, "edit": add("Lost")}),
        "not-saved",
    );
    assert!(why.contains("nothing was changed"), "{why}");
    assert!(told_of_the_journal(&mut events).contains("move it away"));
    std::fs::remove_dir(room.journal()).unwrap();
    room.edit(ADA, 2, add("After"));
    std::fs::remove_file(aside).unwrap();
    let room = room.again();
    assert_eq!(titles(&room.saved()), ["A", "After", "Before", "B"]);
    assert_eq!(room.get("/api/map")["rev"], 2);
}

#[cfg(unix)]
#[test]
fn where_the_folder_is_moved_away_nothing_is_acknowledged_until_it_is_back() {
    let room = room();
    room.edit(ADA, 1, add("Before"));
    let (here, away) = (room.dir.path().to_owned(), room.dir.path().with_extension("away"));
    std::fs::rename(&here, &away).unwrap();
    let answer = room.post("/api/edits", &json!({"client": ADA, "n": 2, "edit": add("Lost")}));
    assert!([409, 500].contains(&answer.status), "{}", answer.text());
    assert!(!here.exists());
    std::fs::rename(&away, &here).unwrap();
    room.edit(ADA, 2, add("After"));
    assert_eq!(titles(&room.again().saved()), ["A", "After", "Before", "B"]);
}

#[test]
fn a_long_history_is_read_at_once_and_every_state_of_it_can_be_had() {
    let room = room();
    // As a long session writes it: lines of steps by the thousand.
    let words = "x".repeat(150);
    let step = |rev: u64| {
        json!({"rev": rev, "at": "2026-01-02T03:04:05Z", "client": ADA, "n": rev, "name": "Ada", "colour": 3, "does": "edit",
               "label": "rename the box \"A\"", "touches": ["node a"],
               "change": {"edit": {"do": "set", "what": "node a", "field": "description", "value": format!("{rev} {words}")}}})
    };
    let journal = room.journal();
    let Room { dir, workshop, .. } = room;
    workshop.stop();
    let mut text =
        json!({"begin": {"journal": 1, "rev": 0, "at": "2026-01-02T03:04:05Z", "map": small()}}).to_string() + "\n";
    for rev in 1..=3000 {
        text += &format!("{}\n{}\n", json!({"batch": [step(rev)]}), json!({"saved": rev}));
    }
    std::fs::write(&journal, &text).unwrap();
    let mut map = small();
    map.nodes[0].description = format!("3000 {words}");
    std::fs::write(dir.path().join("map.json"), file::write(&map)).unwrap();
    let room = open(dir, |_| {});
    assert_eq!(notes(&room), "");
    // From now on the map stands in the journal again, and the next start goes on from there.
    let first = std::fs::metadata(&journal).unwrap().len();
    assert!(first > text.len() as u64);
    let begun = Instant::now();
    let room = room.again();
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert_eq!(std::fs::metadata(&journal).unwrap().len(), first);
    for rev in [1, 1500, 2999, 3000] {
        let then = room.get(&format!("/api/map?rev={rev}"));
        let said = then["map"]["nodes"][0]["description"].as_str().unwrap();
        assert!(said.starts_with(&format!("{rev} ")), "{rev}: {said}");
    }
}
