//! The workshop's memory: its journal, its history, and the file that belongs to the user.

use benefit_map::file;
use benefit_map::map::NodeKind;
use benefit_map::web::{Error, Links, Options, Rights, Workshop};
use serde_json::json;

use crate::support::room::{ADA, BO, Room, add, open, room, small, titles};
use crate::support::wire::{Events, Wire};

#[test]
fn the_history_names_who_did_what_and_every_point_of_it_can_be_returned_to() {
    let room = room();
    room.post(
        "/api/presence",
        &json!({"client": ADA, "name": " Ada  L. ", "colour": 3}),
    );
    room.edit(ADA, 1, add("One"));
    room.edit(BO, 1, add("Two"));
    room.edit(ADA, 2, json!({"do": "remove", "what": "node a"}));
    let history = room.get("/api/history");
    let entries = history["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 3);
    assert_eq!(
        (&entries[0]["rev"], &entries[0]["name"], &entries[0]["colour"]),
        (&json!(3), &json!("Ada L."), &json!(3))
    );
    assert_eq!(
        (&entries[0]["label"], &entries[0]["does"]),
        (&json!("remove the box \"A\""), &json!("edit"))
    );
    assert_eq!(entries[1]["name"], "somebody");
    assert!(entries[2]["at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(
        room.get("/api/history?before=2")["entries"].as_array().unwrap().len(),
        1
    );
    let then = room.get("/api/map?rev=1");
    assert_eq!(then["map"]["nodes"].as_array().unwrap().len(), 3);

    let answer = room.post("/api/return", &json!({"client": BO, "n": 2, "rev": 1}));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.json()["hash"], then["hash"]);
    assert_eq!(titles(&room.saved()), ["A", "One", "B"]);
    room.refused("/api/return", &json!({"client": BO, "n": 3, "rev": 99}), "refused");
    let room = room.again();
    assert_eq!(room.post("/api/undo", &json!({"client": BO, "n": 4})).status, 200);
    assert_eq!(titles(&room.saved()), ["One", "Two", "B"]);
    room.post("/api/redo", &json!({"client": BO, "n": 5}));
    room.edit(ADA, 3, add("Three"));
    let why = room.refused("/api/undo", &json!({"client": BO, "n": 6}), "refused");
    assert!(why.contains("changed since"), "{why}");
    assert_eq!(
        room.get("/api/map?rev=0")["map"],
        serde_json::to_value(small()).unwrap()
    );
}

#[test]
fn a_file_that_was_changed_outside_is_never_overwritten_silently() {
    let room = room();
    let mut events = room.events(ADA);
    room.edit(ADA, 1, add("Ours"));
    let mut theirs = small();
    theirs.title = "Theirs".to_owned();
    std::fs::write(room.path(), file::write(&theirs)).unwrap();
    let why = room.refused(
        "/api/edits",
        &json!({"client": ADA, "n": 2, "edit": add("More")}),
        "file-changed",
    );
    assert!(why.contains("take it or keep ours"), "{why}");
    assert_eq!(room.saved(), theirs);
    let told = events.until("file", |told| told["state"] == "changed");
    assert_eq!((&told["readable"], &told["name"]), (&json!(true), &json!("map.json")));

    assert_eq!(
        room.post("/api/file", &json!({"client": ADA, "keep": "theirs"})).status,
        200
    );
    assert_eq!(room.get("/api/map")["map"]["title"], "Theirs");
    events.until("file", |told| told["state"] == "saved");
    room.edit(ADA, 3, add("More"));
    assert_eq!(titles(&room.saved()), ["A", "More", "B"]);
    assert_eq!(room.get("/api/history")["entries"][1]["does"], "take");

    // What is no map cannot be taken, and what is ours can be kept.
    std::fs::write(room.path(), "{").unwrap();
    let told = events.until("file", |told| told["state"] == "changed");
    assert_eq!(told["readable"], false);
    room.refused("/api/file", &json!({"client": ADA, "keep": "theirs"}), "refused");
    assert_eq!(std::fs::read_to_string(room.path()).unwrap(), "{");
    assert_eq!(
        room.post("/api/file", &json!({"client": ADA, "keep": "ours"})).status,
        200
    );
    assert_eq!(titles(&room.saved()), ["A", "More", "B"]);

    // Gone is changed too; the same map in another form is not.
    std::fs::remove_file(room.path()).unwrap();
    room.refused(
        "/api/edits",
        &json!({"client": ADA, "n": 4, "edit": add("Lost?")}),
        "file-changed",
    );
    room.post("/api/file", &json!({"client": ADA, "keep": "ours"}));
    let compact = serde_json::to_string(&room.saved()).unwrap();
    std::fs::write(room.path(), compact).unwrap();
    room.edit(ADA, 5, add("Not lost"));
    assert_eq!(titles(&room.saved()), ["A", "More", "Not lost", "B"]);
}

#[test]
fn a_workshop_goes_on_where_it_ended() {
    let room = room();
    room.edit(ADA, 1, add("Kept"));
    let room = room.again();
    let notes = room.workshop.notes();
    assert!(notes.len() == 1 && notes[0].contains("hold again"), "{notes:?}");
    let mut events = room.events(ADA);
    let hello = events.next("hello");
    assert_eq!(
        (&hello["rev"], &hello["undo"]["label"]),
        (&json!(1), &json!("add the box \"Kept\""))
    );
    assert_eq!(room.edit(ADA, 2, add("Next"))["rev"], 2);

    // A file that was changed in between counts, and the history keeps what was before.
    let Room { dir, workshop, .. } = room;
    workshop.stop();
    std::fs::write(dir.path().join("map.json"), file::write(&small())).unwrap();
    let room = open(dir, |_| {});
    assert!(
        room.workshop.notes()[0].contains("changed since the last workshop"),
        "{:?}",
        room.workshop.notes()
    );
    assert_eq!(titles(&room.saved()), ["A", "B"]);
    assert_eq!(room.get("/api/map?rev=2")["map"]["nodes"].as_array().unwrap().len(), 4);
    let room = room.again();
    assert_eq!(room.get("/api/map")["rev"], 3);
}

#[test]
fn what_the_journal_has_and_the_file_has_not_is_brought_into_the_file() {
    let room = room();
    room.edit(ADA, 1, add("One"));
    let before = std::fs::read(room.path()).unwrap();
    room.edit(ADA, 2, add("Two"));
    let (journal, path) = (room.journal(), room.path());
    let Room { dir, workshop, .. } = room;
    workshop.stop();
    // As if the program had been killed after the journal and before the file.
    let lines = std::fs::read_to_string(&journal).unwrap();
    let cut = lines.trim_end().rfind('\n').unwrap() + 1;
    assert!(lines[cut..].contains("saved"), "{}", &lines[cut..]);
    std::fs::write(&journal, &lines[..cut]).unwrap();
    std::fs::write(&path, &before).unwrap();
    let room = open(dir, |_| {});
    assert!(
        room.workshop.notes()[0].contains("only in the journal"),
        "{:?}",
        room.workshop.notes()
    );
    assert_eq!(titles(&room.saved()), ["A", "One", "Two", "B"]);

    // As if it had been killed while it wrote the journal: nobody was told, so it has not been.
    let Room { dir, workshop, .. } = room;
    workshop.stop();
    let mut torn = std::fs::read_to_string(&journal).unwrap();
    let whole = torn.clone();
    torn.push_str("{\"batch\":[{\"rev\":3,\"at\":\"20");
    std::fs::write(&journal, torn).unwrap();
    let room = open(dir, |_| {});
    assert_eq!(std::fs::read_to_string(&journal).unwrap(), whole);
    assert_eq!(room.edit(ADA, 3, add("Three"))["rev"], 3);

    // The file alone lost: made again.
    let Room { dir, workshop, .. } = room;
    workshop.stop();
    std::fs::remove_file(&path).unwrap();
    let room = open(dir, |_| {});
    assert_eq!(titles(&room.saved()), ["A", "One", "Three", "Two", "B"]);
}

#[test]
fn a_journal_that_is_none_is_told_and_left_alone() {
    let begin = |journal: &str| {
        let dir = tempfile::tempdir().unwrap();
        let map = dir.path().join("map.json");
        std::fs::write(&map, file::write(&small())).unwrap();
        std::fs::write(dir.path().join("map.json.journal"), journal).unwrap();
        let error = Workshop::start(Options::new(&map)).err().expect("it is refused");
        assert_eq!(
            std::fs::read_to_string(dir.path().join("map.json.journal")).unwrap(),
            journal
        );
        error
    };
    for text in ["dear diary\n", "{\"batch\":[]}\n", "dear diary"] {
        let error = begin(text);
        assert!(matches!(error, Error::Damaged { line: 1, .. }), "{error}");
        assert!(error.to_string().contains("move the journal away"), "{error}");
    }
}

#[test]
fn one_map_has_one_workshop_and_a_map_that_cannot_be_read_has_none() {
    let room = room();
    let again = Workshop::start(Options::new(room.path()));
    assert!(matches!(again.err(), Some(Error::Held { .. })));
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("map.json"), "{\"format\": 1, \"titel\": 1}").unwrap();
    let error = Workshop::start(Options::new(dir.path().join("map.json")))
        .err()
        .unwrap();
    assert!(matches!(error, Error::File(_)), "{error}");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    let mut taken = Options::new(dir.path().join("other.json"));
    taken.port = room.address.port();
    assert!(matches!(Workshop::start(taken).err(), Some(Error::Address { .. })));
}

#[test]
fn a_map_that_is_not_there_yet_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("map.json");
    let room = open(dir, |_| {});
    assert_eq!(file::load(&path).unwrap().map.title, "Map");
    let mut events = room.events(ADA);
    let hello = events.next("hello");
    let columns = hello["picture"]["columns"].as_array().unwrap();
    let kinds: Vec<&str> = columns.iter().map(|column| column["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, NodeKind::WORDS);
    // Nothing has happened, so there is nothing to keep.
    let journal = room.journal();
    assert!(journal.exists());
    let Room { dir, workshop, .. } = room;
    workshop.stop();
    assert!(!journal.exists());
    drop(dir);
}

#[test]
fn where_nobody_may_edit_nothing_is_written_and_the_file_is_followed() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("map.json"), file::write(&small())).unwrap();
    let room = open(dir, |options| options.rights = Rights::View);
    assert!(room.workshop.edit_link().is_none());
    assert!(!room.journal().exists());
    let mut events = Events::open(room.address, &room.view, ADA).unwrap();
    assert_eq!(events.next("hello")["role"], "view");
    let mut wire = Wire::open(room.address).unwrap();
    let body = json!({"client": ADA, "n": 1, "edit": add("No")});
    assert_eq!(wire.post("/api/edits", &room.view, &body).unwrap().status, 403);
    let mut later = small();
    later.title = "Later".to_owned();
    std::fs::write(room.path(), file::write(&later)).unwrap();
    let news = events.next("map");
    assert_eq!(news["changed"]["map"]["title"], "Later");
    assert_eq!(std::fs::read_dir(room.dir.path()).unwrap().count(), 1);
}

#[test]
fn links_hold_again_where_a_workshop_begins_again_unless_new_ones_are_wanted() {
    let room = room();
    let links = |room: &Room| (room.address, room.edit.clone(), room.view.clone());
    let first = links(&room);
    drop(room.events(ADA).next("hello"));
    let room = room.again();
    assert_eq!(links(&room), first, "somebody has used a link");
    drop(room.events(ADA).next("hello"));

    // Where nobody may edit there is nothing to find out from what was kept, and nothing is written.
    let Room { dir, workshop, .. } = room;
    workshop.stop();
    let there = crate::support::folder::names(dir.path());
    assert_eq!(there, ["map.json", "map.json.links"]);
    let room = open(dir, |options| options.rights = Rights::View);
    assert_ne!(room.view, first.2);
    assert_eq!(crate::support::folder::names(room.dir.path()), there);

    // The port of before is somebody else's: the keys hold, and it is told.
    let Room { dir, workshop, .. } = room;
    workshop.stop();
    let taken = std::net::TcpListener::bind(first.0).unwrap();
    let room = open(dir, |_| {});
    assert_eq!((&room.edit, &room.view), (&first.1, &first.2));
    assert_ne!(room.address, first.0);
    assert!(
        room.workshop.notes()[0].contains("is taken"),
        "{:?}",
        room.workshop.notes()
    );
    drop(taken);
    drop(room.events(ADA).next("hello"));

    let Room { dir, workshop, .. } = room;
    workshop.stop();
    let room = open(dir, |options| options.links = Links::New);
    for (key, new) in [(&first.1, &room.edit), (&first.2, &room.view)] {
        assert_ne!(key, new);
        let answer = Wire::open(room.address).unwrap().get("/api/map", key).unwrap();
        assert_eq!(answer.status, 403);
    }

    // Where nobody came there is nobody to come back.
    let Room { dir, workshop, .. } = room;
    workshop.stop();
    assert_eq!(crate::support::folder::names(dir.path()), ["map.json"]);
}

#[cfg(unix)]
#[test]
fn kept_links_that_are_old_or_that_others_could_have_read_or_put_there_do_not_hold() {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    let mut room = room();
    let path = room.dir.path().join("map.json.links");
    let other = room.dir.path().join("other");
    let mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    let text = || fs::read_to_string(&path).unwrap();
    let put = |text: &str| fs::write(&path, text).unwrap();
    let aged = |hours: i64| {
        let mut kept: serde_json::Value = serde_json::from_str(&text()).unwrap();
        let at = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(hours);
        kept["at"] = at.to_string().into();
        put(&kept.to_string());
    };
    let changes: [(&str, bool, &dyn Fn()); 9] = [
        ("nothing", true, &|| {}),
        ("23 hours", true, &|| aged(23)),
        ("25 hours", false, &|| aged(25)),
        ("from the time to come", false, &|| aged(-2)),
        ("others may read it", false, &|| mode(0o640)),
        ("others may write it", false, &|| mode(0o602)),
        ("half of it", false, &|| put(&text()[..60])),
        ("no key", false, &|| put(&text().replace("\"edit\":\"", "\"edit\":\"-"))),
        ("a link to elsewhere", false, &|| {
            fs::rename(&path, &other).unwrap();
            symlink(&other, &path).unwrap();
        }),
    ];
    for (what, holds, change) in changes {
        room.get("/api/map");
        let Room {
            dir, workshop, edit, ..
        } = room;
        workshop.stop();
        let about = fs::symlink_metadata(&path).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o600, "{what}");
        change();
        room = open(dir, |_| {});
        assert_eq!(room.edit == edit, holds, "{what}");
    }
    // What the link led to was not written to.
    assert!(!fs::read_to_string(&other).unwrap().contains(&room.edit));
    assert!(fs::symlink_metadata(&path).unwrap().is_file());
}
