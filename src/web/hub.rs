//! What everybody is told: the state as it is, and one channel for what is new.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use tokio::sync::broadcast;

use super::picture::Picture;
use crate::map::BenefitMap;
use crate::scene::Scene;

/// How many events a listener may be behind before it gets everything anew.
const BEHIND: usize = 64;

/// The map as it is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    pub rev: u64,
    pub hash: String,
    pub map: Arc<BenefitMap>,
    pub scene: Arc<Scene>,
    pub picture: Arc<Picture>,
    /// As JSON.
    pub findings: Arc<str>,
}

/// Something that everybody is told.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// The map is another; with what is told of it.
    Map(Box<Shown>, String),
    /// Who is there.
    People(String),
    /// How the file is.
    File(String),
}

#[derive(Debug)]
struct Now {
    shown: Shown,
    people: String,
    file: String,
}

/// The one place where events come in and go out, in one order for everybody.
#[derive(Debug)]
pub(super) struct Hub {
    now: Mutex<Now>,
    sender: broadcast::Sender<Bytes>,
}

/// Everything that a new listener needs to know.
#[derive(Debug)]
pub(super) struct Heard {
    pub shown: Shown,
    pub people: String,
    pub file: String,
    pub events: broadcast::Receiver<Bytes>,
}

impl Hub {
    /// A hub where nothing is shown yet.
    pub fn new(file: String) -> Self {
        let empty = Now {
            shown: Shown::default(),
            people: r#"{"people":[],"others":0}"#.to_owned(),
            file,
        };
        Self {
            now: Mutex::new(empty),
            sender: broadcast::channel(BEHIND).0,
        }
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        // Whoever panicked while holding it has left whole values behind.
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells everybody.
    pub fn send(&self, event: Event) {
        let mut now = self.now();
        let bytes = match event {
            Event::Map(shown, news) => {
                now.shown = *shown;
                frame("map", &news)
            }
            Event::People(people) => {
                let bytes = frame("people", &people);
                now.people = people;
                bytes
            }
            Event::File(file) => {
                let bytes = frame("file", &file);
                now.file = file;
                bytes
            }
        };
        // Nobody may be listening.
        let _ = self.sender.send(bytes);
    }

    /// Everything as it is, and what comes after it.
    pub fn listen(&self) -> Heard {
        let now = self.now();
        Heard {
            shown: now.shown.clone(),
            people: now.people.clone(),
            file: now.file.clone(),
            events: self.sender.subscribe(),
        }
    }

    /// The map as it is shown.
    pub fn shown(&self) -> Shown {
        self.now().shown.clone()
    }
}

/// A server-sent event. `data` is JSON, which has no line break in it.
pub(super) fn frame(name: &str, data: &str) -> Bytes {
    Bytes::from(format!("event: {name}\ndata: {data}\n\n"))
}
