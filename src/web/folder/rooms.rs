//! The maps of a folder that are open: each is opened when somebody asks for it, once for all, and closed when it is left.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::listing::first_fault;
use super::paths::stamp;
use crate::file;
use crate::web::app::{Named, work};
use crate::web::error::{Error, Refused};
use crate::web::front::Front;
use crate::web::keys::Role;
use crate::web::room::{Room, now};
use crate::web::{Rights, private};

/// How many maps may be open at a time.
const OPEN: usize = 48;
/// How many of them may be open because a viewer asked for them: editors find places beside them.
const OPEN_FOR_VIEWERS: usize = 24;
/// How long the files of maps that are open may be together, in bytes: in memory a map takes several times as much.
const LONG: usize = 128 << 20;
/// What that is counted in, in bytes.
const UNIT: usize = 1 << 10;
/// How long the threads of a map that is left have to finish what they do.
const ENDING: Duration = Duration::from_secs(10);

/// A map that is open, for as long as anybody has it.
pub(in crate::web) struct OpenMap {
    pub room: Room,
    asked: Mutex<Instant>,
    _places: Vec<OwnedSemaphorePermit>,
}

impl OpenMap {
    /// Whether nobody is at it, and nobody has asked for anything of it for so long.
    fn is_left(&self, after: Duration) -> bool {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        self.room.app.people.count() == 0 && asked.elapsed() > after
    }
}

/// The place of one map, open or not.
#[derive(Default)]
struct Slot {
    /// Whoever opens or closes the map holds this.
    door: tokio::sync::Mutex<()>,
    open: Mutex<Option<Arc<OpenMap>>>,
}

impl Slot {
    fn now(&self) -> MutexGuard<'_, Option<Arc<OpenMap>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The map, where it is open; it counts as asked for.
    fn enter(&self) -> Option<Arc<OpenMap>> {
        let open = self.now().clone()?;
        *open.asked.lock().unwrap_or_else(PoisonError::into_inner) = now();
        Some(open)
    }

    /// Takes the map away where it is left, and no request has it.
    fn leave(&self, after: Duration) -> Option<Arc<OpenMap>> {
        let mut open = self.now();
        open.take_if(|open| Arc::strong_count(open) == 1 && open.is_left(after))
    }
}

/// The maps that are open.
pub(super) struct Rooms {
    slots: Mutex<BTreeMap<String, Arc<Slot>>>,
    places: Arc<Semaphore>,
    places_for_viewers: Arc<Semaphore>,
    memory: Arc<Semaphore>,
    /// No more are opened.
    is_ending: Mutex<bool>,
}

impl Rooms {
    pub fn new() -> Self {
        Self {
            slots: Mutex::default(),
            places: Arc::new(Semaphore::new(OPEN)),
            places_for_viewers: Arc::new(Semaphore::new(OPEN_FOR_VIEWERS)),
            memory: Arc::new(Semaphore::new(LONG / UNIT)),
            is_ending: Mutex::new(false),
        }
    }

    fn slots(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Slot>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn all(&self) -> Vec<Arc<Slot>> {
        self.slots().values().cloned().collect()
    }

    /// The map of that name, opened from its file where it is not open.
    pub async fn enter(
        &self,
        (name, path): (&str, &Path),
        role: Role,
        front: &Arc<Front>,
    ) -> Result<Arc<OpenMap>, Refused> {
        let slot = self.slots().entry(name.to_owned()).or_default().clone();
        if let Some(open) = slot.enter() {
            return Ok(open);
        }
        let _door = slot.door.lock().await;
        if let Some(open) = slot.enter() {
            return Ok(open);
        }
        let places = self.places(role, path)?;
        let (name, path, front) = (name.to_owned(), path.to_owned(), front.clone());
        let runtime = Handle::current();
        let opened = work(move || open(&name, &path, &front, &runtime)).await?;
        let open = Arc::new(OpenMap {
            room: opened.map_err(|error| cannot(&error))?,
            asked: Mutex::new(now()),
            _places: places,
        });
        // Whoever ends the workshop looks at the places after this is said.
        let is_ending = self.is_ending.lock().unwrap_or_else(PoisonError::into_inner);
        if *is_ending {
            return Err(Refused::stopping());
        }
        *slot.now() = Some(open.clone());
        Ok(open)
    }

    /// Places for one more map.
    fn places(&self, role: Role, path: &Path) -> Result<Vec<OwnedSemaphorePermit>, Refused> {
        let full = |_| {
            let why = "too many maps are open: close the pages of one that you do not need, and try again in a minute";
            Refused::new(503, "busy", why)
        };
        let length = stamp(path).map_or(0, |stamp| usize::try_from(stamp.length).unwrap_or(usize::MAX));
        let units = u32::try_from(length.div_ceil(UNIT).clamp(1, LONG / UNIT)).unwrap_or(u32::MAX);
        let mut taken = vec![
            self.places.clone().try_acquire_owned().map_err(full)?,
            self.memory.clone().try_acquire_many_owned(units).map_err(full)?,
        ];
        if role == Role::View {
            taken.push(self.places_for_viewers.clone().try_acquire_owned().map_err(full)?);
        }
        Ok(taken)
    }

    /// How many browsers are at the map of that name, and why nobody may edit it; `None` where it is not open.
    pub fn people(&self, name: &str) -> Option<(usize, Option<String>)> {
        let slot = self.slots().get(name).cloned()?;
        let open = slot.now();
        let app = &open.as_ref()?.room.app;
        Some((app.people.count(), app.named.why_view.clone()))
    }

    /// Closes the maps that nobody has asked anything of for so long, and nobody is at. What was acknowledged is saved already; the journal is let go.
    pub async fn close_left(&self, after: Duration) {
        for slot in self.all() {
            // Somebody opens it just now, or closes it.
            let Ok(_door) = slot.door.try_lock() else { continue };
            let Some(left) = slot.leave(after) else { continue };
            let close = move || {
                left.room.ask_to_end();
                left.room.finish(now() + ENDING);
            };
            let _ = work(close).await;
        }
    }

    /// Ends all of them by that time at the latest, all at once.
    pub fn finish(&self, until: Instant) {
        *self.is_ending.lock().unwrap_or_else(PoisonError::into_inner) = true;
        let open: Vec<Arc<OpenMap>> = self.all().iter().filter_map(|slot| slot.now().clone()).collect();
        open.iter().for_each(|open| open.room.ask_to_end());
        open.iter().for_each(|open| open.room.finish(until));
    }
}

/// Opens a map. One that may not be written, or that another workshop holds, is opened to be viewed.
fn open(name: &str, path: &Path, front: &Arc<Front>, runtime: &Handle) -> Result<Room, Error> {
    let named = |rights, why_view| Named {
        rights,
        in_folder: Some(name.to_owned()),
        why_view,
    };
    // The list may be older than what is there now.
    let moved = |source| Error::Map {
        path: path.to_owned(),
        source,
    };
    if !private::is_in_place(path).map_err(moved)? {
        return Err(moved(io::Error::other("it is reached by a symbolic link")));
    }
    let why = match Room::open(path, named(front.rights, None), front, runtime) {
        Err(Error::ReadOnly { .. }) => "the file is read-only, so nothing could be saved".to_owned(),
        Err(Error::Journal { doing, source, .. }) => {
            format!("the journal next to it could not be {doing} ({source}), so nothing could be saved")
        }
        Err(Error::Held { .. }) => "it is open in another workshop, and can be changed only there".to_owned(),
        done => return done,
    };
    Room::open(path, named(Rights::View, Some(why)), front, runtime)
}

/// Why a map cannot be opened, for whoever asked for it. Where it lies on the machine is not their business.
fn cannot(error: &Error) -> Refused {
    let why = match error {
        Error::Map { source, .. } => format!("it cannot be read: {source}"),
        Error::Damaged { line, why, .. } => {
            format!("line {line} of its journal is damaged: {why}; move the journal away to begin without its history")
        }
        Error::File(file::Error::Faults(faults)) => first_fault(faults),
        Error::System { what, source } => format!("the system gave no {what}: {source}"),
        _ => "its file or its journal cannot be used".to_owned(),
    };
    Refused::new(409, "not-opened", format!("this map cannot be opened: {why}"))
}
