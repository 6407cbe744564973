//! What everybody is told: the state as it is, and what is new, in one order for everybody.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::sync::{OnceCell, watch};

use super::coding::{Coding, Part};
use super::shared_json::SharedJson;
use super::wire::{FileState, LeadNow, PeopleNow};
use crate::session::board::Board;
use crate::session::{Leader, View};

/// How many events a listener may be behind before it gets everything anew.
const BEHIND: usize = 64;
/// And how many bytes of them.
const BYTES_BEHIND: usize = 16 << 20;

/// The map as it is shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    pub view: Arc<View>,
    /// What a greeting says of it, made when somebody comes and once for all who take it in the same way.
    pub greetings: Arc<Greetings>,
}

/// What greetings say of the map.
#[derive(Debug, Default)]
pub(super) struct Greetings {
    plain: OnceCell<Greeting>,
    packed: OnceCell<Greeting>,
}

impl Greetings {
    /// Those of listeners that take it in this way.
    pub fn of(&self, coding: Coding) -> &OnceCell<Greeting> {
        match coding {
            Coding::Plain => &self.plain,
            Coding::Gzip => &self.packed,
        }
    }
}

/// What a greeting says of the map, the same for everybody.
#[derive(Debug, Clone)]
pub(super) struct Greeting {
    pub map: SharedJson,
    pub picture: SharedJson,
    pub findings: SharedJson,
}

/// Something that everybody is to know.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// The map is another; with the event that brings pages to it, where there was one before.
    Map(Box<Shown>, Option<Part>),
    /// Who is there.
    People(PeopleNow),
    /// How the file is.
    File(FileState),
    /// What lies beside the map is other; with the event that says what is new.
    Board(Arc<Board>, Part),
    /// Who leads, if anybody does.
    Lead(Option<Leader>),
    /// Everybody is asked to look somewhere, once.
    Gather(Part),
}

#[derive(Debug)]
struct Now {
    shown: Shown,
    people: Arc<PeopleNow>,
    file: Arc<FileState>,
    board: Arc<Board>,
    lead: Option<Leader>,
    /// The last events, as far as they may be waited for.
    events: VecDeque<Part>,
    bytes: usize,
    /// How many events there have been.
    count: u64,
}

/// The one place where events come in and go out.
#[derive(Debug)]
pub(super) struct Hub {
    now: Mutex<Now>,
    count: watch::Sender<u64>,
}

/// Everything that a new listener needs to know.
#[derive(Debug)]
pub(super) struct HubState {
    pub shown: Shown,
    pub people: Arc<PeopleNow>,
    pub file: Arc<FileState>,
    pub board: Arc<Board>,
    pub lead: Option<Leader>,
    /// How many events there were until then.
    pub count: u64,
}

/// Somebody has fallen too far behind.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooFarBehind;

impl Hub {
    /// A hub where nothing is shown yet.
    pub fn new(file: FileState, board: Arc<Board>) -> Self {
        let empty = Now {
            shown: Shown::default(),
            people: Arc::default(),
            file: Arc::new(file),
            board,
            lead: None,
            events: VecDeque::new(),
            bytes: 0,
            count: 0,
        };
        Self {
            now: Mutex::new(empty),
            count: watch::Sender::new(0),
        }
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        // Whoever panicked while holding it has left whole values behind.
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells everybody.
    pub fn send(&self, event: Event) {
        let mut now = self.now();
        let part = match event {
            Event::Map(shown, news) => {
                now.shown = *shown;
                let Some(news) = news else { return };
                news
            }
            Event::People(people) => {
                let part = frame("people", &people);
                now.people = Arc::new(people);
                part
            }
            Event::File(file) => {
                let part = frame("file", &file);
                now.file = Arc::new(file);
                part
            }
            Event::Board(board, news) => {
                now.board = board;
                news
            }
            Event::Lead(lead) => {
                let part = lead_frame(lead.as_ref());
                now.lead = lead;
                part
            }
            Event::Gather(part) => part,
        };
        now.bytes += part.held();
        now.events.push_back(part);
        now.count += 1;
        while now.events.len() > BEHIND || (now.bytes > BYTES_BEHIND && now.events.len() > 1) {
            let gone = now.events.pop_front();
            now.bytes -= gone.map_or(0, |part| part.held());
        }
        self.count.send_replace(now.count);
    }

    /// Everything as it is.
    pub fn listen(&self) -> HubState {
        let now = self.now();
        HubState {
            shown: now.shown.clone(),
            people: now.people.clone(),
            file: now.file.clone(),
            board: now.board.clone(),
            lead: now.lead.clone(),
            count: now.count,
        }
    }

    /// Tells how many events there have been, each time that there are more.
    pub fn counting(&self) -> watch::Receiver<u64> {
        self.count.subscribe()
    }

    /// The event after so many.
    pub fn after(&self, count: u64) -> Result<Option<Part>, TooFarBehind> {
        let now = self.now();
        let first = now.count - now.events.len() as u64;
        let at = count.checked_sub(first).ok_or(TooFarBehind)?;
        Ok(now.events.get(usize::try_from(at).unwrap_or(usize::MAX)).cloned())
    }

    /// The map as it is shown.
    pub fn shown(&self) -> Shown {
        self.now().shown.clone()
    }
}

/// The event that says who leads.
pub(super) fn lead_frame(lead: Option<&Leader>) -> Part {
    frame("lead", &LeadNow { lead })
}

/// A server-sent event for everybody.
pub(super) fn frame(name: &str, data: &impl Serialize) -> Part {
    Part::new(event(name, data))
}

/// A server-sent event as it is written. `data` becomes JSON, which has no line break in it.
pub(super) fn event(name: &str, data: &impl Serialize) -> Vec<u8> {
    let mut text = format!("event: {name}\ndata: ").into_bytes();
    // Writing to memory fails for nothing that is sent here.
    let _ = serde_json::to_writer(&mut text, data);
    text.extend_from_slice(b"\n\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(others: usize) -> PeopleNow {
        PeopleNow {
            people: Vec::new(),
            others,
        }
    }

    #[test]
    fn a_listener_waits_for_so_much_and_no_more() {
        let hub = Hub::new(FileState::saved(String::new()), Arc::default());
        let start = hub.listen().count;
        assert_eq!(hub.after(start), Ok(None));
        for n in 0..BEHIND {
            hub.send(Event::People(people(n)));
        }
        assert_eq!(hub.after(start), Ok(Some(frame("people", &people(0)))));
        hub.send(Event::People(people(1000)));
        assert_eq!(hub.after(start), Err(TooFarBehind));
        assert_eq!(hub.after(start + 1), Ok(Some(frame("people", &people(1)))));
        // Large ones are fewer; the last is there however large it is.
        let large = |bytes| Event::File(FileState::saved("x".repeat(bytes)));
        for _ in 0..10 {
            hub.send(large(BYTES_BEHIND / 3));
        }
        assert!(hub.now().bytes <= BYTES_BEHIND);
        hub.send(large(BYTES_BEHIND * 2));
        assert_eq!(hub.now().events.len(), 1);
    }

    #[test]
    fn an_event_is_one_line_of_json() {
        let file = FileState::unreadable("a\nb.json".to_owned(), "why".to_owned());
        let text = frame("file", &file);
        assert_eq!(
            std::str::from_utf8(&text.coded(Coding::Plain)).unwrap(),
            "event: file\ndata: {\"name\":\"a\\nb.json\",\"readable\":false,\"state\":\"changed\",\"why\":\"why\"}\n\n"
        );
    }
}
