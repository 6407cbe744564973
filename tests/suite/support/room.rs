//! A workshop in this process, on a map of its own.

use std::net::SocketAddr;
use std::path::PathBuf;

use benefit_map::file;
use benefit_map::map::BenefitMap;
use benefit_map::web::{Error, Options, Workshop};
use serde_json::{Value, json};

use super::poll;
use super::wire::{Answer, Events, Wire};

/// A workshop on a map of its own.
pub struct Room {
    pub dir: tempfile::TempDir,
    pub workshop: Workshop,
    pub address: SocketAddr,
    pub edit: String,
    pub view: String,
}

fn key(link: &str) -> String {
    link.split_once("?key=").unwrap().1.to_owned()
}

pub fn open(dir: tempfile::TempDir, change: impl FnOnce(&mut Options)) -> Room {
    let mut options = Options::new(dir.path().join("map.json"));
    change(&mut options);
    // A program that another test starts has a copy of the journal, and with it the lock, until it is loaded: a workshop that was
    // stopped a moment ago may still seem to go on.
    let start = || match Workshop::start(options.clone()) {
        Err(Error::Held { .. }) => None,
        started => Some(started.unwrap_or_else(|error| panic!("{error}"))),
    };
    let workshop = poll::found(start, || "the lock of the workshop before");
    Room {
        address: workshop.address(),
        edit: workshop.edit_link().map(key).unwrap_or_default(),
        view: key(workshop.view_link()),
        dir,
        workshop,
    }
}

/// A map of two boxes and a link.
pub fn small() -> BenefitMap {
    let text = json!({
        "format": 1, "title": "Two boxes of a test",
        "nodes": [
            {"id": "a", "kind": "enabler", "title": "A"},
            {"id": "b", "kind": "end-outcome", "title": "B"},
        ],
        "links": [{"from": "a", "to": "b"}],
    });
    serde_json::from_value(text).unwrap()
}

pub fn room() -> Room {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("map.json"), file::write(&small())).unwrap();
    open(dir, |_| {})
}

impl Room {
    pub fn path(&self) -> PathBuf {
        self.dir.path().join("map.json")
    }

    pub fn journal(&self) -> PathBuf {
        self.dir.path().join("map.json.journal")
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        Wire::open(self.address).unwrap().post(path, &self.edit, body).unwrap()
    }

    pub fn get(&self, path: &str) -> Value {
        let answer = Wire::open(self.address).unwrap().get(path, &self.edit).unwrap();
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }

    /// An edit that is taken.
    pub fn edit(&self, client: &str, n: u64, edit: Value) -> Value {
        let answer = self.post("/api/edits", &json!({"client": client, "n": n, "edit": edit}));
        assert_eq!(answer.status, 200, "{edit}: {}", answer.text());
        answer.json()
    }

    /// A step that is refused, with that code; gives the words.
    pub fn refused(&self, path: &str, body: &Value, code: &str) -> String {
        let answer = self.post(path, body);
        let told = answer.json();
        assert_eq!(told["code"], code, "{told}");
        told["refused"].as_str().unwrap().to_owned()
    }

    pub fn events(&self, client: &str) -> Events {
        Events::open(self.address, &self.edit, client).unwrap()
    }

    /// Everything as it is, when all that was acknowledged is drawn.
    pub fn hello(&self) -> Value {
        let rev = self.get("/api/map")["rev"].as_u64().unwrap();
        let mut events = self.events("one-who-looks-in");
        let hello = events.next("hello");
        if hello["rev"].as_u64().unwrap() >= rev {
            return hello;
        }
        events.until("map", |news| news["rev"].as_u64().unwrap() >= rev);
        self.events("one-who-looks-in").next("hello")
    }

    pub fn saved(&self) -> BenefitMap {
        file::load(&self.path()).unwrap().map
    }

    /// Ends the workshop and begins it again.
    pub fn again(self) -> Room {
        let Room { dir, workshop, .. } = self;
        workshop.stop();
        open(dir, |_| {})
    }
}

pub fn titles(map: &BenefitMap) -> Vec<&str> {
    map.nodes.iter().map(|node| node.title.as_str()).collect()
}

pub const ADA: &str = "client-of-ada";

pub const BO: &str = "client-of-bo";

pub fn add(title: &str) -> Value {
    json!({"do": "add-node", "kind": "enabler", "title": title})
}
