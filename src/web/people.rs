//! Who is in the room: names and colours, and who is on what. What people say of themselves, never who they are.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

use super::error::Refused;
use super::keys::{Role, public};
use super::wire::{LeadAction, PeopleNow, Presence};
use crate::escape::unseen;
use crate::session::{Author, Lead, Leader, Look};

/// How long somebody stays on the list without a stream of events.
const LINGER: Duration = Duration::from_secs(10);
/// The longest name, in characters.
const NAME: usize = 60;
/// How many colours there are.
const COLOURS: u8 = 12;
/// More people than this of each link are not listed.
const LISTED: usize = 200;

/// Somebody who has said who they are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Person {
    client: String,
    name: String,
    colour: u8,
    role: Role,
    at: Option<String>,
    field: Option<String>,
    #[serde(skip)]
    came: u64,
}

#[derive(Debug, Default)]
struct Room {
    people: BTreeMap<String, Person>,
    /// The streams of every client, and since when it has none.
    streams: BTreeMap<String, (usize, Option<Instant>)>,
    came: u64,
    is_news: bool,
    lead: Lead,
    is_led_anew: bool,
}

impl Room {
    /// The colour that somebody wants, where nobody has it; else the first that the fewest people have.
    fn free_colour(&self, wanted: u8) -> u8 {
        let having = |colour: u8| self.people.values().filter(|person| person.colour == colour).count();
        let fewest = (0..COLOURS).map(having).min().unwrap_or(0);
        if having(wanted) == fewest {
            return wanted;
        }
        (0..COLOURS).find(|colour| having(*colour) == fewest).unwrap_or(wanted)
    }
}

/// Everybody who is there.
#[derive(Debug, Default)]
pub(super) struct People(Mutex<Room>);

impl People {
    fn room(&self) -> MutexGuard<'_, Room> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of what somebody says.
    pub fn say(&self, presence: Presence, role: Role) {
        let mut room = self.room();
        let presence = Presence {
            client: public(role, &presence.client),
            ..presence
        };
        let name: String = presence.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_seen = |c: &char| !unseen::is_control(*c) && !unseen::is_hidden(*c);
        let name: String = name.chars().filter(is_seen).map(unseen::shown).take(NAME).collect();
        let short = |text: Option<String>| text.filter(|text| text.len() <= 300);
        if name.is_empty() {
            room.is_news |= room.people.remove(&presence.client).is_some();
            return;
        }
        let before = room.people.get(&presence.client);
        // However many names viewers make up, editors have theirs.
        let same = room.people.values().filter(|person| person.role == role);
        if before.is_none() && same.count() >= LISTED {
            return;
        }
        let came = before.map_or(room.came, |person| person.came);
        let colour = before.map_or_else(|| room.free_colour(presence.colour % COLOURS), |person| person.colour);
        let person = Person {
            client: presence.client.clone(),
            name,
            colour,
            role,
            at: short(presence.at),
            field: short(presence.field),
            came,
        };
        if before != Some(&person) {
            room.came += 1;
            room.is_news = true;
            room.streams.entry(presence.client.clone()).or_insert((0, Some(now())));
            room.people.insert(presence.client, person);
        }
    }

    /// A stream of events of that client has begun.
    pub fn come(&self, client: &str) {
        let mut room = self.room();
        let streams = room.streams.entry(client.to_owned()).or_insert((0, None));
        *streams = (streams.0 + 1, None);
        room.is_news = true;
    }

    /// A stream of events of that client has ended.
    pub fn go(&self, client: &str) {
        let mut room = self.room();
        if let Some(streams) = room.streams.get_mut(client) {
            streams.0 = streams.0.saturating_sub(1);
            if streams.0 == 0 {
                streams.1 = Some(now());
            }
        }
        room.is_news = true;
    }

    /// How many browsers are there, or were a moment ago.
    pub fn count(&self) -> usize {
        self.room().streams.len()
    }

    /// Who is there, where there is news; takes those off the list who have gone.
    pub fn news(&self) -> Option<PeopleNow> {
        let mut room = self.room();
        let is_gone = |(_, since): &(usize, Option<Instant>)| since.is_some_and(|since| since.elapsed() > LINGER);
        let gone: Vec<String> = room
            .streams
            .iter()
            .filter(|(_, s)| is_gone(s))
            .map(|(c, _)| c.clone())
            .collect();
        for client in gone {
            room.streams.remove(&client);
            room.is_news |= room.people.remove(&client).is_some();
            room.is_led_anew |= room.lead.end(&client);
        }
        if !std::mem::take(&mut room.is_news) {
            return None;
        }
        let mut people: Vec<Person> = room.people.values().cloned().collect();
        people.sort_by_key(|person| person.came);
        let nameless = room
            .streams
            .iter()
            .filter(|(client, _)| !room.people.contains_key(*client));
        let others = nameless.map(|(_, (streams, _))| streams).sum();
        Some(PeopleNow { people, others })
    }

    /// What somebody does about leading; `gather` is done elsewhere.
    pub fn lead(&self, who: Author, action: LeadAction, look: Option<Look>) -> Result<(), Refused> {
        let mut room = self.room();
        room.is_led_anew |= match (action, look) {
            (LeadAction::End, _) => room.lead.end(&who.client),
            (_, None) => return Err(Refused::unreadable("`look` must say where you are")),
            (_, Some(look)) if !look.is_sound() => return Err(Refused::unreadable("`look` is not a place on the map")),
            (LeadAction::Go, Some(look)) => {
                if !room.lead.go(&who.client, look) {
                    let leader = room.lead.leader().map(|leader| leader.name.clone());
                    let why = leader.map_or("nobody follows you any more".to_owned(), |name| {
                        format!("{name} leads now")
                    });
                    return Err(Refused::new(409, "refused", why));
                }
                true
            }
            (LeadAction::Begin | LeadAction::Gather, Some(look)) => {
                room.lead.begin(who, look);
                true
            }
        };
        Ok(())
    }

    /// Who leads, where that is news.
    pub fn lead_news(&self) -> Option<Option<Leader>> {
        let mut room = self.room();
        std::mem::take(&mut room.is_led_anew).then(|| room.lead.leader().cloned())
    }

    /// Who a client says they are.
    pub fn who(&self, client: &str) -> Author {
        let room = self.room();
        let person = room.people.get(client);
        Author {
            client: client.to_owned(),
            name: person.map_or_else(|| "somebody".to_owned(), |person| person.name.clone()),
            colour: person.map_or(0, |person| person.colour),
        }
    }
}

// How long somebody has been gone is told by the clock.
#[allow(clippy::disallowed_methods)]
fn now() -> Instant {
    Instant::now()
}
