//! A folder that is served: its list, looked at again as long as somebody watches it, and the ways to what is in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::watch;

use super::listing::{Entry, Kind, LISTED, Listing, Reader, version};
use super::paths::Stamp;
use super::rooms::{OpenMap, Rooms};
use super::{dashboard, paths};
use crate::file;
use crate::map::{BenefitMap, slug};
use crate::web::app::{held, work};
use crate::web::error::{Error, Refused};
use crate::web::front::Front;
use crate::web::hub::event;
use crate::web::keys::Role;
use crate::web::room::now;
use crate::web::{Rights, private};

/// How often the folder is looked at while somebody watches its list.
const LOOK: Duration = Duration::from_secs(1);
/// A look that is as old as this is looked again, so that the clock's own steps are met.
const OLD: Duration = Duration::from_millis(900);
/// How many dashboards are kept that were made.
const KEPT: usize = 8;
/// The longest title of a new map, in characters.
const TITLE: usize = 200;
/// Names that some systems keep for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];

/// A folder held against other workshops.
pub(in crate::web) struct HeldFolder {
    root: PathBuf,
    first: (Reader, Listing),
    _held: Option<private::HeldFolder>,
}

impl HeldFolder {
    /// Holds a folder, by its true name, and looks into it.
    ///
    /// # Errors
    /// [`Error::HeldFolder`] where another workshop has it, [`Error::Folder`] where it cannot be read.
    pub fn new(root: &Path, rights: Rights) -> Result<Self, Error> {
        let path = root.to_owned();
        let held = match rights {
            Rights::View => None,
            Rights::Edit => match private::HeldFolder::new(root) {
                Err(private::Taken) => return Err(Error::HeldFolder { path }),
                Ok(held) => held,
            },
        };
        let mut reader = Reader::new(path.clone());
        let listing = reader.look().map_err(|source| Error::Folder { path, source })?;
        Ok(Self {
            root: root.to_owned(),
            first: (reader, listing),
            _held: held,
        })
    }
}

/// What the links of a folder are kept beside: in it, under a name that no list has.
pub(in crate::web) fn links_of(root: &Path) -> PathBuf {
    root.join(".benefit-map")
}

/// What was seen of a folder last.
#[derive(Default)]
pub(super) struct Seen {
    pub listing: Listing,
    /// The event that says so.
    pub event: Bytes,
}

/// A folder that is served.
pub(in crate::web) struct Folder {
    front: Arc<Front>,
    root: PathBuf,
    reader: Arc<Mutex<Reader>>,
    seen: watch::Sender<Arc<Seen>>,
    looked: Mutex<Option<Instant>>,
    rooms: Rooms,
    /// By the portfolio's name: of which files it was made, and the answer.
    made: Mutex<BTreeMap<String, (String, Bytes)>>,
    /// Becomes true when the server goes down.
    pub(super) closing: watch::Receiver<bool>,
    _held: Option<private::HeldFolder>,
}

impl Folder {
    pub fn new(there: HeldFolder, front: Arc<Front>, closing: watch::Receiver<bool>) -> Self {
        let (reader, listing) = there.first;
        let folder = Self {
            front,
            root: there.root,
            reader: Arc::new(Mutex::new(reader)),
            seen: watch::Sender::default(),
            looked: Mutex::new(None),
            rooms: Rooms::new(),
            made: Mutex::default(),
            closing,
            _held: there._held,
        };
        folder.show(listing);
        folder
    }

    pub fn front(&self) -> &Front {
        &self.front
    }

    /// The folder's own name.
    pub(super) fn name(&self) -> String {
        self.root.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// What was seen last, and what will be.
    pub(super) fn watch(&self) -> watch::Receiver<Arc<Seen>> {
        self.seen.subscribe()
    }

    /// The map of that name in the list, opened where it is not open.
    pub async fn enter(&self, name: &str, role: Role) -> Result<Arc<OpenMap>, Refused> {
        let entry = self.find(name, role).await?;
        match &entry.kind {
            Kind::Map { .. } | Kind::Broken { .. } => {
                let (name, path) = (entry.name.as_str(), entry.path.as_path());
                self.rooms.enter((name, path), role, &self.front).await
            }
            Kind::Portfolio { .. } => Err(Refused::new(
                409,
                "not-opened",
                "this is a portfolio and no map: its dashboard shows it",
            )),
        }
    }

    /// The file of that name in the list; where it is not there yet, the folder is looked at again.
    async fn find(&self, name: &str, role: Role) -> Result<Arc<Entry>, Refused> {
        if name.is_empty() {
            return Err(Refused::new(404, "unknown", "say which map this is about"));
        }
        let known = |seen: &Seen| seen.listing.find(name).cloned();
        let found = known(&self.seen.borrow());
        if let Some(found) = found {
            return Ok(found);
        }
        let turn = self.front.budget.turn(role).await?;
        self.look().await?;
        drop(turn);
        let found = known(&self.seen.borrow());
        found.ok_or_else(|| {
            Refused::new(
                404,
                "not-opened",
                "this folder has no map of that name any more: go back to the list",
            )
        })
    }

    /// Looks into the folder, and shows what is new.
    pub(super) async fn look(&self) -> Result<(), Refused> {
        let reader = self.reader.clone();
        let look = move || reader.lock().unwrap_or_else(PoisonError::into_inner).look();
        // A folder that cannot be read for a moment is shown as it was.
        if let Ok(listing) = work(look).await? {
            self.show(listing);
        }
        Ok(())
    }

    /// The same, where the last look is older than a second.
    pub(super) async fn look_if_old(&self) -> Result<(), Refused> {
        let is_old = {
            let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
            let is_old = looked.is_none_or(|looked| looked.elapsed() >= OLD);
            if is_old {
                *looked = Some(now());
            }
            is_old
        };
        match is_old {
            true => self.look().await,
            false => Ok(()),
        }
    }

    fn show(&self, listing: Listing) {
        let event = event("list", &self.told(&listing)).into();
        let seen = Arc::new(Seen { listing, event });
        self.seen.send_if_modified(|before| {
            let is_new = before.event != seen.event;
            *before = seen;
            is_new
        });
    }

    /// The list as everybody is told of it.
    fn told<'l>(&self, listing: &'l Listing) -> List<'l> {
        let mut list = List {
            is_cut: listing.is_cut,
            maps: Vec::new(),
            portfolios: Vec::new(),
            broken: Vec::new(),
        };
        for entry in &listing.entries {
            let name = entry.name.as_str();
            let changed = at(entry.stamp);
            match &entry.kind {
                Kind::Map { title, boxes } => {
                    let (people, only_view) = self.rooms.people(name).unwrap_or_default();
                    list.maps.push(OfMap {
                        name,
                        title,
                        boxes: *boxes,
                        changed,
                        people,
                        only_view,
                    });
                }
                Kind::Portfolio { title, maps, inputs } => list.portfolios.push(OfPortfolio {
                    name,
                    title,
                    maps: *maps,
                    changed,
                    version: version(&inputs.stamps()),
                }),
                Kind::Broken { why } => list.broken.push(OfBroken { name, why, changed }),
            }
        }
        list
    }

    /// Makes a new map of that title, named after it, and gives the file's name.
    pub(super) async fn new_map(&self, title: &str) -> Result<String, Refused> {
        let refused = |why: String| Refused::new(409, "refused", why);
        let title = title.trim();
        if title.is_empty() || title.chars().count() > TITLE || title.chars().any(char::is_control) {
            return Err(refused(format!("give the map a title of 1 to {TITLE} characters")));
        }
        let stem = slug(title).ok_or_else(|| {
            refused("the file is named after the title: use at least one letter a to z or a digit in it".to_owned())
        })?;
        if DEVICES.contains(&stem.trim_end_matches(|c: char| c.is_ascii_digit())) {
            return Err(refused(format!(
                "a file cannot be called {stem} on every system: use another title"
            )));
        }
        if self.seen.borrow().listing.entries.len() >= LISTED {
            return Err(refused(format!(
                "the folder has {LISTED} maps, the most that are listed: use another folder"
            )));
        }
        let name = format!("{stem}.json");
        let path = paths::below(&self.root, &name).ok_or_else(|| refused("use another title".to_owned()))?;
        let map = BenefitMap {
            title: title.to_owned(),
            ..BenefitMap::default()
        };
        let made = work(move || file::save_new(&path, file::write(&map).as_bytes())).await?;
        made.map_err(|error| match error {
            file::Error::Exists { .. } => refused(format!("there is a file {name} already: use another title")),
            file::Error::Io { source, .. } => {
                Refused::new(500, "not-saved", format!("{name} could not be written: {source}"))
            }
            _ => Refused::new(500, "not-saved", format!("{name} could not be written")),
        })?;
        self.look().await?;
        Ok(name)
    }

    /// The dashboard of a portfolio, made where one of its files is another than before; one at a time of each.
    pub(super) async fn dashboard(&self, name: &str, role: Role) -> Result<Bytes, Refused> {
        let entry = self.find(name, role).await?;
        let Kind::Portfolio { inputs, .. } = &entry.kind else {
            return Err(Refused::new(
                404,
                "not-opened",
                "this folder has no portfolio of that name: go back to the list",
            ));
        };
        let turn = self.front.budget.turn(role).await?;
        let version = version(&inputs.stamps());
        if let Some(made) = self.kept(name, &version) {
            return Ok(made);
        }
        let as_of = self.front.as_of();
        let (path, shown) = (entry.path.clone(), entry.name.clone());
        let made = held(turn, move || dashboard::page(&path, &shown, as_of)).await?;
        let page = made.map_err(|why| Refused::new(409, "refused", why))?;
        let answer = serde_json::to_vec(&Dashboard {
            page: &page,
            version: &version,
        })
        .unwrap_or_default();
        let answer = self.front.budget.hold(answer, role)?;
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if made.len() >= KEPT && !made.contains_key(name) {
            made.pop_first();
        }
        made.insert(name.to_owned(), (version, answer.clone()));
        Ok(answer)
    }

    fn kept(&self, name: &str, version: &str) -> Option<Bytes> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, answer) = made.get(name)?;
        (of == version).then(|| answer.clone())
    }

    /// Ends all maps that are open by that time at the latest.
    pub fn finish(&self, until: Instant) {
        self.rooms.finish(until);
    }
}

/// Closes maps that are left, and looks into the folder while somebody watches it.
pub(in crate::web) async fn watch_over(folder: Arc<Folder>) {
    let mut look = tokio::time::interval(LOOK);
    let mut closing = folder.closing.clone();
    loop {
        let is_over = tokio::select! {
            _ = look.tick() => false,
            _ = closing.wait_for(|is_closing| *is_closing) => true,
        };
        if is_over {
            return;
        }
        folder.rooms.close_left(folder.front.limits.left).await;
        if folder.seen.receiver_count() > 0 {
            let _ = folder.look_if_old().await;
        }
    }
}

/// When a file was changed last, to the second.
fn at(stamp: Stamp) -> Option<String> {
    let changed = Timestamp::try_from(stamp.changed).ok()?;
    Some(Timestamp::from_second(changed.as_second()).ok()?.to_string())
}

/// `list`: what is in the folder.
#[derive(Serialize)]
struct List<'l> {
    maps: Vec<OfMap<'l>>,
    portfolios: Vec<OfPortfolio<'l>>,
    broken: Vec<OfBroken<'l>>,
    is_cut: bool,
}

#[derive(Serialize)]
struct OfMap<'l> {
    name: &'l str,
    title: &'l str,
    boxes: Option<usize>,
    changed: Option<String>,
    people: usize,
    only_view: Option<String>,
}

#[derive(Serialize)]
struct OfPortfolio<'l> {
    name: &'l str,
    title: &'l str,
    maps: usize,
    changed: Option<String>,
    version: String,
}

#[derive(Serialize)]
struct OfBroken<'l> {
    name: &'l str,
    why: &'l str,
    changed: Option<String>,
}

/// The answer with a dashboard.
#[derive(Serialize)]
struct Dashboard<'d> {
    page: &'d str,
    version: &'d str,
}
