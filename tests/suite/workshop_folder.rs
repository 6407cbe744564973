//! A workshop of a folder, from outside: what is listed, what is opened, what stays closed, and how it ends.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use benefit_map::map::{BenefitMap, Day};
use benefit_map::web::{Error, Options, Rights, Workshop};
use serde_json::{Value, json};

use crate::support::poll;
use crate::support::wire::{Answer, Events, Wire};

/// A folder that is served, inside another folder in which there is something that nobody may see.
pub struct City {
    around: tempfile::TempDir,
    workshop: Option<Workshop>,
    address: SocketAddr,
    edit: String,
    pub view: String,
}

pub const SECRET: &str = "The map that nobody may see";

pub fn map(title: &str) -> String {
    let map = json!({"format": 1, "title": title, "nodes": [
        {"id": "a", "kind": "enabler", "title": "A"}, {"id": "b", "kind": "end-outcome", "title": "B"}]});
    map.to_string()
}

fn key(link: &str) -> String {
    link.split_once("?key=").unwrap().1.to_owned()
}

impl City {
    pub fn new(fill: impl FnOnce(&Path), change: impl FnOnce(&mut Options)) -> Self {
        let around = tempfile::tempdir().unwrap();
        let folder = around.path().join("city");
        fs::create_dir(&folder).unwrap();
        fs::write(around.path().join("secret.json"), map(SECRET)).unwrap();
        fill(&folder);
        let mut options = Options::new(&folder);
        options.limits.left = Duration::from_millis(200);
        options.today = Some(Day::new("2028-04-01").unwrap());
        change(&mut options);
        let start = || match Workshop::start(options.clone()) {
            Err(Error::HeldFolder { .. }) => None,
            started => Some(started.unwrap_or_else(|error| panic!("{error}"))),
        };
        let workshop = poll::found(start, || "the folder");
        Self {
            address: workshop.address(),
            edit: workshop.edit_link().map(key).unwrap_or_default(),
            view: key(workshop.view_link()),
            workshop: Some(workshop),
            around,
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.around.path().join("city").join(name)
    }

    pub fn wire(&self) -> Wire {
        Wire::open(self.address).unwrap()
    }

    pub fn get(&self, path: &str, key: &str) -> Answer {
        self.wire().get(path, key).unwrap()
    }

    pub fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.wire().post(path, key, body).unwrap()
    }

    /// Adds a box to a map by way of the folder.
    pub fn add(&self, map: &str, client: &str, n: u64, title: &str) -> Answer {
        let edit = json!({"do": "add", "what": "node", "fields": {"kind": "enabler", "title": title}});
        let body = json!({"client": client, "n": n, "edit": edit});
        self.post(&format!("/api/edits?map={map}"), &self.edit, &body)
    }

    pub fn titles(&self, name: &str) -> Vec<String> {
        let map: BenefitMap = serde_json::from_slice(&fs::read(self.path(name)).unwrap()).unwrap();
        map.nodes.into_iter().map(|node| node.title).collect()
    }

    pub fn list(&self) -> Events {
        Events::at(self.address, &format!("/api/folder?key={}", self.view)).unwrap()
    }

    pub fn at_map(&self, name: &str, key: &str) -> Events {
        let path = format!("/api/events?key={key}&map={name}&client=client-of-a-test");
        Events::at(self.address, &path).unwrap()
    }

    pub fn stop(&mut self) {
        self.workshop.take().unwrap().stop();
    }
}

fn names(list: &Value, of: &str) -> Vec<String> {
    let all = list[of].as_array().unwrap().iter();
    all.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

pub fn write(path: PathBuf, text: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn the_list_has_maps_and_portfolios_and_nothing_of_elsewhere() {
    let city = City::new(
        |folder| {
            write(folder.join("a.json"), map("A city"));
            write(folder.join("north/plan.json"), map("North"));
            write(folder.join("south/plan.json"), map("South"));
            write(
                folder.join("portfolio.json"),
                r#"{"format": 1, "title": "All", "maps": [{"id": "a", "file": "a.json"}]}"#,
            );
            write(
                folder.join("broken.json"),
                "{\"format\": 1, \"title\": \"x\",\n \"nodes\": [",
            );
            write(folder.join("wrong.json"), "{\"format\": 1, \"titel\": \"x\"}");
            for (name, text) in [
                (".hidden.json", map(SECRET)),
                (".git/config.json", map(SECRET)),
                ("package.json", r#"{"name": "no map"}"#.to_owned()),
                ("portfolio.seal.json", r#"{"format": 1, "seals": []}"#.to_owned()),
                ("notes.txt", map(SECRET)),
            ] {
                write(folder.join(name), text);
            }
            #[cfg(unix)]
            {
                use std::os::unix::fs::symlink;
                symlink("../secret.json", folder.join("link.json")).unwrap();
                symlink("..", folder.join("up")).unwrap();
                symlink("a.json", folder.join("same.json")).unwrap();
                let made = std::process::Command::new("mkfifo")
                    .arg(folder.join("pipe.json"))
                    .status();
                assert!(made.unwrap().success());
            }
        },
        |_| {},
    );
    let mut events = city.list();
    let hello = events.next("hello");
    assert_eq!(
        (hello["folder"].as_str(), hello["role"].as_str()),
        (Some("city"), Some("view"))
    );
    assert!(hello["links"]["edit"].is_null(), "{hello}");
    let list = events.next("list");
    assert_eq!(names(&list, "maps"), ["a.json", "north/plan.json", "south/plan.json"]);
    assert_eq!(names(&list, "portfolios"), ["portfolio.json"]);
    assert_eq!(names(&list, "broken"), ["broken.json", "wrong.json"]);
    assert_eq!(
        (list["maps"][0]["title"].as_str(), list["maps"][0]["boxes"].as_u64()),
        (Some("A city"), Some(2))
    );
    assert!(
        list["broken"][0]["why"].as_str().unwrap().starts_with("line 2, column"),
        "{list}"
    );
    assert!(!list.to_string().contains(SECRET));
    for elsewhere in [
        ".hidden.json",
        ".git%2Fconfig.json",
        "link.json",
        "up%2Fsecret.json",
        "up/city/a.json",
        "..%2Fsecret.json",
        "../secret.json",
        "north/../../secret.json",
        "%2Fetc%2Fpasswd",
        "a.json.journal",
        "pipe.json",
        "a.json%00",
        "package.json",
        "",
    ] {
        for path in [
            "/api/map?map=",
            "/api/export/json?map=",
            "/api/folder/dashboard?portfolio=",
        ] {
            let answer = city.get(&format!("{path}{elsewhere}"), &city.edit);
            assert_eq!(answer.status, 404, "{path}{elsewhere}: {}", answer.text());
            assert!(!answer.text().contains(SECRET), "{path}{elsewhere}");
        }
    }
    // A file that is listed may have become a link since.
    #[cfg(unix)]
    {
        fs::remove_file(city.path("a.json")).unwrap();
        std::os::unix::fs::symlink("../secret.json", city.path("a.json")).unwrap();
        let answer = city.get("/api/map?map=a.json", &city.edit);
        assert!(
            !answer.text().contains(SECRET) && answer.status >= 400,
            "{}",
            answer.text()
        );
    }
    // What cannot be read says why, and where in it; never where it is on the machine.
    let answer = city.get("/api/map?map=broken.json", &city.edit);
    assert_eq!(
        (answer.status, answer.json()["code"].as_str()),
        (409, Some("not-opened"))
    );
    assert!(answer.text().contains("line 2") && !answer.text().contains(city.around.path().to_str().unwrap()));
    // A portfolio is no map, and the other way round.
    assert_eq!(city.get("/api/map?map=portfolio.json", &city.edit).status, 409);
    assert_eq!(
        city.get("/api/folder/dashboard?portfolio=a.json", &city.edit).status,
        404
    );
}

#[test]
fn without_a_key_nothing_is_opened_and_the_viewing_link_changes_nothing() {
    let city = City::new(|folder| write(folder.join("a.json"), map("A")), |_| {});
    let before = fs::read(city.path("a.json")).unwrap();
    for path in [
        "/api/folder",
        "/api/folder/dashboard?portfolio=p",
        "/api/map?map=a.json",
        "/api/events?map=a.json",
    ] {
        let answer = city.get(path, "0123456789abcdef0123456789abcdef");
        assert_eq!(
            (answer.status, answer.json()["code"].as_str()),
            (403, Some("key")),
            "{path}"
        );
    }
    assert!(
        !city.path("a.json.journal").exists(),
        "no map is opened for a wrong key"
    );
    let edit = json!({"client": "client-of-a-test", "n": 1, "edit": {"do": "add", "what": "node", "fields": {"kind": "enabler", "title": "x"}}});
    for (path, body) in [
        ("/api/edits?map=a.json", edit),
        ("/api/undo?map=a.json", json!({"client": "client-of-a-test", "n": 2})),
        ("/api/folder/new", json!({"title": "Mine"})),
        ("/api/close?map=a.json", json!({"client": "client-of-a-test"})),
    ] {
        let answer = city.post(path, &city.view, &body);
        assert_eq!(
            (answer.status, answer.json()["code"].as_str()),
            (403, Some("view-only")),
            "{path}"
        );
    }
    assert_eq!(fs::read(city.path("a.json")).unwrap(), before);
    assert!(!city.path("mine.json").exists());
    // As with one map, a request from another site or for another host is refused before anything is opened.
    let headers = format!(
        "Content-Type: application/json\r\nOrigin: http://evil.example\r\nAuthorization: Bearer {}\r\n",
        city.edit
    );
    let answer = city
        .wire()
        .ask("POST", "/api/folder/new", &headers, b"{\"title\": \"Mine\"}")
        .unwrap();
    assert_eq!(answer.json()["code"], "origin");
    // The pages hold nothing of the folder, and have the strict policy.
    for page in ["/", "/map", "/dashboard", "/list.js", "/folder.css"] {
        let answer = city.get(page, "");
        assert_eq!(answer.status, 200, "{page}");
        assert!(
            answer
                .head
                .to_lowercase()
                .contains("content-security-policy: default-src 'none'; script-src 'self'")
        );
        assert!(!answer.text().contains("a.json"));
    }
}

#[test]
fn maps_of_a_folder_do_not_mix() {
    let mut city = City::new(
        |folder| {
            write(folder.join("north/plan.json"), map("North"));
            write(folder.join("south/plan.json"), map("South"));
        },
        |_| {},
    );
    let client = "the-same-client-1";
    for (n, title) in [(1, "First"), (2, "Second")] {
        assert_eq!(city.add("north%2Fplan.json", client, n, title).status, 200);
    }
    assert_eq!(city.add("south%2Fplan.json", client, 1, "Other").status, 200);
    let has = |name: &str, titles: &[&str]| {
        let there = city.titles(name);
        there.len() == titles.len() && titles.iter().all(|title| there.iter().any(|one| one == title))
    };
    assert!(has("north/plan.json", &["A", "B", "First", "Second"]));
    assert!(has("south/plan.json", &["A", "B", "Other"]));
    // An undo belongs to the map that it is asked of.
    let undone = city.post(
        "/api/undo?map=south%2Fplan.json",
        &city.edit,
        &json!({"client": client, "n": 2}),
    );
    assert_eq!(undone.status, 200, "{}", undone.text());
    assert!(has("south/plan.json", &["A", "B"]));
    assert!(has("north/plan.json", &["A", "B", "First", "Second"]));
    let begun = Instant::now();
    city.stop();
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(city.path("north/plan.json.journal").exists() && city.path("south/plan.json.journal").exists());
}

#[test]
fn a_map_is_open_while_somebody_is_at_it_and_closed_when_it_is_left() {
    let city = City::new(|folder| write(folder.join("a.json"), map("A")), |_| {});
    let mut list = city.list();
    assert_eq!(list.next("list")["maps"][0]["people"], 0);
    let is_held = || {
        matches!(
            Workshop::start(Options::new(city.path("a.json"))),
            Err(Error::Held { .. })
        )
    };
    assert!(!city.path("a.json.journal").exists(), "nothing is opened by itself");
    let mut at_map = city.at_map("a.json", &city.edit);
    assert_eq!(at_map.next("hello")["role"], "edit");
    list.until("list", |list| list["maps"][0]["people"] == 1);
    assert!(is_held(), "no other workshop has it meanwhile");
    assert_eq!(city.add("a.json", "client-of-a-test", 1, "Kept").status, 200);
    list.until("list", |list| list["maps"][0]["boxes"] == 3);
    drop(at_map);
    list.until("list", |list| list["maps"][0]["people"] == 0);
    poll::until(|| !is_held(), || "the map to be let go".to_owned());
    // It opens again with its history, and the number that was answered is not done twice.
    assert_eq!(city.add("a.json", "client-of-a-test", 1, "Kept").status, 200);
    assert_eq!(city.titles("a.json").len(), 3);
}

#[test]
fn what_cannot_be_written_is_shown_to_be_viewed_and_says_why() {
    let city = City::new(
        |folder| {
            write(folder.join("a.json"), map("A"));
            write(folder.join("locked.json"), map("Locked"));
            let mut rights = fs::metadata(folder.join("locked.json")).unwrap().permissions();
            rights.set_readonly(true);
            fs::set_permissions(folder.join("locked.json"), rights).unwrap();
        },
        |_| {},
    );
    let start = || Workshop::start(Options::new(city.path("a.json"))).ok();
    let other = poll::found(start, || "the map");
    for (name, why) in [("a.json", "another workshop"), ("locked.json", "read-only")] {
        let hello = city.at_map(name, &city.edit).next("hello");
        assert_eq!(hello["role"], "view", "{name}");
        assert!(hello["only_view"].as_str().unwrap().contains(why), "{hello}");
        let refused = city.add(name, "client-of-a-test", 1, "x");
        assert_eq!(
            (refused.status, refused.json()["code"].as_str()),
            (403, Some("view-only")),
            "{name}"
        );
        assert!(refused.text().contains(why));
        assert_eq!(city.titles(name).len(), 2);
    }
    // What is changed there is seen here.
    let mut at_map = city.at_map("a.json", &city.edit);
    at_map.next("hello");
    let edit = json!({"do": "add", "what": "node", "fields": {"kind": "enabler", "title": "From there"}});
    let body = json!({"client": "client-of-another", "n": 1, "edit": edit});
    let edited = Wire::open(other.address())
        .unwrap()
        .post("/api/edits", &key(other.edit_link().unwrap()), &body);
    assert_eq!(edited.unwrap().status, 200);
    at_map.until("map", |news| news.to_string().contains("From there"));
    other.stop();
}

#[test]
fn a_new_map_is_named_after_its_title_and_never_takes_the_place_of_a_file() {
    let city = City::new(
        |folder| {
            write(folder.join("taken.json"), "something else");
            #[cfg(unix)]
            std::os::unix::fs::symlink("../secret.json", folder.join("led-out.json")).unwrap();
        },
        |_| {},
    );
    let new = |title: &str| city.post("/api/folder/new", &city.edit, &json!({"title": title}));
    let made = new("  Warm homes, 2030  ");
    assert_eq!(
        (made.status, made.json()["name"].as_str()),
        (200, Some("warm-homes-2030.json")),
        "{}",
        made.text()
    );
    let text = fs::read_to_string(city.path("warm-homes-2030.json")).unwrap();
    assert!(text.contains("\"Warm homes, 2030\""), "{text}");
    assert_eq!(
        city.at_map("warm-homes-2030.json", &city.edit).next("hello")["role"],
        "edit"
    );
    let long = "x".repeat(201);
    for title in [
        "Warm homes 2030",
        "Taken",
        "",
        "   ",
        "?!",
        "CON",
        "lpt1",
        "two\nlines",
        long.as_str(),
    ] {
        let refused = new(title);
        assert_eq!(
            (refused.status, refused.json()["code"].as_str()),
            (409, Some("refused")),
            "{title}"
        );
    }
    // A name never leads out of the folder, whatever is typed.
    for (title, name) in [
        ("../up", "up.json"),
        ("/etc/x", "etc-x.json"),
        (".hidden", "hidden.json"),
        ("a\\b", "a-b.json"),
    ] {
        assert_eq!(new(title).json()["name"], name);
        assert!(city.path(name).is_file());
    }
    assert_eq!(fs::read_to_string(city.path("taken.json")).unwrap(), "something else");
    #[cfg(unix)]
    {
        assert_eq!(new("Led out").json()["code"], "refused");
        assert!(
            fs::read_to_string(city.around.path().join("secret.json"))
                .unwrap()
                .contains(SECRET)
        );
    }
    let around: Vec<_> = fs::read_dir(city.around.path())
        .unwrap()
        .flatten()
        .map(|one| one.file_name())
        .collect();
    assert_eq!(around.len(), 2, "{around:?}");
}

#[test]
fn viewers_open_so_many_maps_and_editors_find_room_beside_them() {
    let city = City::new(
        |folder| {
            for nth in 0..26 {
                write(folder.join(format!("m{nth:02}.json")), map("M"));
            }
        },
        |options| options.limits.left = Duration::from_secs(600),
    );
    for nth in 0..24 {
        assert_eq!(
            city.get(&format!("/api/map?map=m{nth:02}.json"), &city.view).status,
            200,
            "{nth}"
        );
    }
    let refused = city.get("/api/map?map=m24.json", &city.view);
    assert_eq!((refused.status, refused.json()["code"].as_str()), (503, Some("busy")));
    assert_eq!(city.add("m24.json", "client-of-a-test", 1, "x").status, 200);
    // What is open already has room for everybody.
    assert_eq!(city.get("/api/map?map=m24.json", &city.view).status, 200);
}

#[test]
fn a_folder_has_one_workshop_and_ends_with_everything_that_was_confirmed() {
    let mut city = City::new(
        |folder| {
            for nth in 0..6 {
                write(folder.join(format!("m{nth}.json")), map("M"));
            }
        },
        |_| {},
    );
    let second = Workshop::start(Options::new(city.path("")));
    assert!(matches!(second, Err(Error::HeldFolder { .. })));
    // To look at it is another thing.
    let mut viewing = Options::new(city.path(""));
    viewing.rights = Rights::View;
    let viewing = Workshop::start(viewing).unwrap();
    assert!(viewing.edit_link().is_none());
    viewing.stop();
    let mut listeners: Vec<Events> = (0..6)
        .map(|nth| city.at_map(&format!("m{nth}.json"), &city.edit))
        .collect();
    let mut list = city.list();
    list.next("list");
    let confirmed: Vec<Vec<String>> = std::thread::scope(|scope| {
        let city = &city;
        let one = |map: usize| {
            scope.spawn(move || {
                let title = |n: u64| format!("Box {map} {n}");
                let sent = (1..=20).filter(|n| {
                    city.add(&format!("m{map}.json"), "client-of-a-test", *n, &title(*n))
                        .status
                        == 200
                });
                sent.map(title).collect()
            })
        };
        let all: Vec<_> = (0..6).map(one).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let begun = Instant::now();
    city.stop();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    for (nth, titles) in confirmed.iter().enumerate() {
        assert_eq!(titles.len(), 20);
        let there = city.titles(&format!("m{nth}.json"));
        assert!(titles.iter().all(|title| there.contains(title)), "m{nth}: {there:?}");
    }
    for listener in listeners.iter_mut().chain([&mut list]) {
        listener.next("bye");
    }
    // The links hold for another start, and are kept in the folder, for nobody else to read.
    let links = city.path(".benefit-map.links");
    assert!(links.is_file());
    let start = || Workshop::start(Options::new(city.path(""))).ok();
    let again = poll::found(start, || "the folder");
    assert_eq!(key(again.edit_link().unwrap()), city.edit);
    again.stop();
    assert_eq!(
        fs::read_dir(city.around.path()).unwrap().count(),
        2,
        "nothing is left beside the folder"
    );
}
