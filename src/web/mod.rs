//! The workshop: maps that a room of people changes together, each in a browser.
//!
//! In go a map's file or a folder, an address and limits; out comes a server that holds the map until it is stopped, or each map of the
//! folder for as long as somebody is at it. Every edit of a map goes through
//! one thread, is in a journal beside the file and in the file itself before it is acknowledged, and is sent to everybody with
//! the picture that `draw` would make. What page and server say to each other is in `docs/workshop-protocol.md`, what is promised of
//! security in `docs/security.md`. Absent: what an edit means, which is for [`session`](crate::session); printing, which is the
//! binary's; encryption, which is a proxy's.
//!
//! ```text
//!   requests ─▶ guard ─▶ routes ──Message──▶ edit loop ──Render──▶ renderer ──Event──▶ hub ─▶ listeners
//!   (tokio)     keys,    request             one thread            one thread          one lock, (tokio)
//!               hosts    current map,        session, journal,     the next view       last events
//!                        snapshots           map file
//! ```
//!
//! What is behind the routes is a `Room`, one for each map that is open. Before them is the `Front`, one for each listener: keys, hosts,
//! limits.

mod answer;
mod app;
mod beside;
mod beside_export;
mod budget;
mod coding;
mod connection;
mod current;
#[cfg(feature = "documents")]
mod documents;
mod edit_loop;
mod error;
mod export;
mod folder;
mod front;
mod guard;
mod handlers;
mod hosts;
mod hub;
mod journal;
mod journal_entry;
mod journal_writer;
mod keys;
mod link;
mod listeners;
mod map_file;
mod measured;
mod page;
mod people;
mod private;
mod recover;
mod registers;
mod renderer;
mod request;
mod room;
mod routes;
mod saved_links;
mod shared_json;
mod snapshots;
mod tables;
mod views;
mod what_if;
mod wire;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;

pub use connection::Limits;
pub use error::Error;
pub use recover::Rights;

use app::Named;
use budget::Budget;
use folder::{Folder, HeldFolder};
use front::{Asked, Front};
use hosts::Hosts;
use journal::Journal;
use keys::{Keys, random_text};
use recover::Recovered;
use room::Room;
use routes::Serves;
use saved_links::SavedLinks;

#[cfg(feature = "documents")]
use crate::draw::Fonts;
use crate::map::Day;
#[cfg(feature = "documents")]
use crate::scene::Scene;

/// How long the threads have to finish what they do when the workshop ends.
const ENDING: Duration = Duration::from_secs(3);
/// How often it is noted that the links still hold.
const NOTED: Duration = Duration::from_secs(60 * 60);

/// Whether links of before hold again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// Those of the last workshop on the map, where it was open within the last day; else new ones. They are kept beside the map.
    Kept,
    /// New ones: those of before are worth nothing any more.
    New,
}

/// Who may close a workshop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// Whoever runs the program alone.
    Host,
    /// Everybody who may edit, from the page.
    Editors,
}

/// How a workshop is held.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The map's file, of which a new one is made where there is none; or a folder of maps.
    pub map: PathBuf,
    /// The address to listen at.
    pub bind: IpAddr,
    /// The port; 0 for that of the last workshop where its links are kept and it is free, else for any that is free.
    pub port: u16,
    /// Whether links of before hold again.
    pub links: Links,
    /// Names that the server is reached by, beside addresses and `localhost`.
    pub hosts: Vec<String>,
    /// Whether anything may be changed.
    pub rights: Rights,
    /// Who may close it.
    pub closing: Closing,
    /// The day that findings are judged by.
    pub today: Option<Day>,
    /// How much is borne with.
    pub limits: Limits,
    /// The faces for pictures of points and pages; `None` for the embedded ones alone.
    #[cfg(feature = "documents")]
    pub fonts: Option<fn(&[Scene]) -> Fonts>,
}

impl Options {
    /// A workshop on a map at a free port of this machine alone, with both links.
    pub fn new(map: impl Into<PathBuf>) -> Self {
        Self {
            map: map.into(),
            bind: IpAddr::from([127, 0, 0, 1]),
            port: 0,
            links: Links::Kept,
            hosts: Vec::new(),
            rights: Rights::Edit,
            closing: Closing::Host,
            today: None,
            limits: Limits::default(),
            #[cfg(feature = "documents")]
            fonts: None,
        }
    }
}

/// A workshop that is going on. It ends when it is dropped.
pub struct Workshop {
    address: SocketAddr,
    base: String,
    edit: Option<String>,
    view: String,
    notes: Vec<String>,
    closing: watch::Sender<bool>,
    runtime: Option<Runtime>,
    requests: Option<Requests>,
    front: Arc<Front>,
    held: Held,
}

/// What a workshop is held on.
enum Held {
    /// One map.
    Map(Box<Room>),
    /// The maps of a folder.
    Folder(Arc<Folder>),
}

/// What was read before the workshop listens.
enum Read {
    Map(Box<Recovered>),
    Folder(HeldFolder),
}

/// Why there is no file at a path and none can be made.
fn no_path(map: &Path, source: std::io::Error) -> Error {
    match map
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty() && !folder.exists())
    {
        Some(folder) => Error::NoFolder {
            path: folder.to_owned(),
        },
        None => Error::Map {
            path: map.to_owned(),
            source,
        },
    }
}

impl Workshop {
    /// Reads the map, brings it together with its journal, and begins to listen.
    ///
    /// # Errors
    /// [`Error`] where the map or the journal cannot be read, another workshop holds them, or the address is taken.
    pub fn start(options: Options) -> Result<Self, Error> {
        let system = |what| move |source| Error::System { what, source };
        let path = private::true_path(&options.map).map_err(|source| no_path(&options.map, source))?;
        let read = match path.is_dir() {
            true => Read::Folder(HeldFolder::new(&path, options.rights)?),
            false => Read::Map(Box::new(recover::begin(&path, options.rights)?)),
        };
        let beside = match &read {
            Read::Map(_) => path.clone(),
            Read::Folder(_) => folder::links_of(&path),
        };
        let before = match (options.rights, options.links) {
            (Rights::Edit, Links::Kept) => SavedLinks::read(&beside),
            _ => None,
        };
        let keys = match &before {
            Some(kept) => Keys::of(kept),
            None => Keys::random(options.rights).map_err(system("random numbers"))?,
        };
        let start = random_text().map_err(system("random numbers"))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(8)
            .enable_all()
            .build()
            .map_err(system("threads"))?;
        let mut notes = match &read {
            Read::Map(recovered) => recovered
                .notes
                .iter()
                .cloned()
                .chain(elsewhere(&options.map, &path))
                .collect(),
            Read::Folder(_) => Vec::new(),
        };
        let address = SocketAddr::new(options.bind, options.port);
        let taken = |source| Error::Address { address, source };
        let bind = |port| runtime.block_on(TcpListener::bind(SocketAddr::new(options.bind, port)));
        // Pages that are still open look for the server where it was.
        let again = before.as_ref().filter(|_| options.port == 0).map(|kept| kept.port);
        let listener = match again.map(bind) {
            Some(Ok(listener)) => Ok(listener),
            Some(Err(_)) => {
                notes.push(format!(
                    "port {} of the last workshop is taken: pages that are still open need the new links",
                    again.unwrap_or_default()
                ));
                bind(0)
            }
            None => bind(options.port),
        };
        let listener = listener.map_err(taken)?;
        let bound = listener.local_addr().map_err(taken)?;
        let base = format!("http://{}", shown_address(bound, &options.hosts));
        let kept = keys.edit.clone().and_then(|edit| {
            let mut kept = SavedLinks::new(edit, keys.view.clone(), bound.port());
            match kept.write(&beside) {
                Ok(()) => Some(kept),
                Err(error) => {
                    notes.push(format!("the links cannot be kept for another start: {error}"));
                    None
                }
            }
        });
        if before.is_some() && again.is_none_or(|port| port == bound.port()) {
            notes.push("the links of the last workshop hold again; --new-links makes new ones".to_owned());
        }
        let (closing, is_closing) = watch::channel(false);
        let (edit, view) = (keys.edit.clone(), keys.view.clone());
        let front = Arc::new(Front {
            keys,
            hosts: Hosts {
                bound,
                names: options.hosts,
            },
            base: base.clone(),
            budget: Budget::default(),
            limits: options.limits,
            today: options.today,
            start: start[..8].to_owned(),
            rights: options.rights,
            closed_by: Asked::new(options.closing),
            is_used: AtomicBool::new(false),
            beside,
            saved_links: Mutex::new(kept),
            #[cfg(feature = "documents")]
            fonts: options.fonts,
        });
        let (held, serves) = match read {
            Read::Map(recovered) => {
                let named = Named::alone(options.rights);
                let room = Room::begin(*recovered, named, &front, runtime.handle())?;
                let serves = Serves::Map(room.app.clone());
                (Held::Map(Box::new(room)), serves)
            }
            Read::Folder(there) => {
                let folder = Arc::new(Folder::new(there, front.clone(), is_closing.clone()));
                runtime.spawn(folder::watch_over(folder.clone()));
                (Held::Folder(folder.clone()), Serves::Folder(folder))
            }
        };
        runtime.spawn(note_links(front.clone(), is_closing.clone()));
        runtime.spawn(connection::serve(
            listener,
            routes::router(serves),
            options.limits,
            is_closing,
        ));
        Ok(Self {
            address: bound,
            edit: edit.map(|key| link::link(&base, &key)),
            view: link::link(&base, &view),
            base,
            notes,
            closing,
            runtime: Some(runtime),
            requests: None,
            front,
            held,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the page, without a key.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The link that edits; `None` where nobody may.
    pub fn edit_link(&self) -> Option<&str> {
        self.edit.as_deref()
    }

    /// The link that only views.
    pub fn view_link(&self) -> &str {
        &self.view
    }

    /// What there is to know of how it began, a sentence each.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// A link as a QR code for a terminal; `None` where it is too long for one.
    pub fn qr(link: &str) -> Option<String> {
        link::for_terminal(link)
    }

    /// From now on the process no longer ends by itself when it is asked to (Ctrl-C, or SIGTERM where there is such): [`Self::wait`] does.
    ///
    /// # Errors
    /// [`Error::System`] where the system does not tell.
    pub fn heed(&mut self) -> Result<(), Error> {
        if let (Some(runtime), None) = (&self.runtime, &self.requests) {
            let requests = runtime.block_on(async { Requests::listen() });
            self.requests = Some(requests.map_err(signals)?);
        }
        Ok(())
    }

    /// Goes on until the process is asked to end, as [`Self::heed`] says, or somebody closes the workshop from the page, where
    /// [`Options::closing`] lets them; it then ends as [`Self::stop`] does.
    ///
    /// # Errors
    /// [`Error::System`] where the system does not tell.
    pub fn wait(mut self) -> Result<(), Error> {
        self.heed()?;
        if let (Some(runtime), Some(requests)) = (&self.runtime, &mut self.requests) {
            let front = self.front.clone();
            let end = async {
                tokio::select! {
                    asked = requests.next() => asked,
                    () = front.closed_by.wait() => Ok(()),
                }
            };
            runtime.block_on(end).map_err(signals)?;
        }
        self.stop();
        Ok(())
    }

    /// Ends it: edits that were sent are finished and answered, everybody is told, and the journal is let go. It takes no longer than
    /// 5 s, whatever is being done: what is not finished by then is not done, and nobody was told that it is.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let Some(runtime) = self.runtime.take() else { return };
        let until = room::now() + ENDING;
        match &self.held {
            Held::Map(room) => {
                room.ask_to_end();
                room.finish(until);
            }
            Held::Folder(folder) => folder.finish(until),
        }
        let _ = self.closing.send(true);
        // Streams have a moment to say goodbye.
        runtime.block_on(async { tokio::time::sleep(Duration::from_millis(100)).await });
        runtime.shutdown_timeout(Duration::from_secs(1));
        self.front.leave_links();
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        self.end();
    }
}

/// What is to be said of a journal that stands where the map was named, and not where it is.
fn elsewhere(named: &Path, path: &Path) -> Option<String> {
    let old = Journal::path_of(named);
    let is_elsewhere = private::true_path(&old).is_ok_and(|old| old != Journal::path_of(path));
    (is_elsewhere && private::is_there(&old)).then(|| {
        let (old, path) = (old.display(), path.display());
        format!("{old} is not used: the journal is beside {path}, which is what the map's name leads to")
    })
}

/// The address to show: a name that was given, else the address itself; for "every address", the one by which this machine would
/// reach others, which others can reach it by too.
fn shown_address(bound: SocketAddr, names: &[String]) -> String {
    match names.first() {
        Some(name) => format!("{name}:{}", bound.port()),
        None if bound.ip().is_unspecified() => match own_address(bound.ip()) {
            Some(own) => SocketAddr::new(own, bound.port()).to_string(),
            None => format!("localhost:{}", bound.port()),
        },
        None => bound.to_string(),
    }
}

/// The address that the system would send from to somewhere else. Nothing is sent to find out.
fn own_address(any: IpAddr) -> Option<IpAddr> {
    let elsewhere = match any {
        // Addresses that are kept for documentation (RFC 5737, RFC 3849): nobody is there.
        IpAddr::V4(_) => IpAddr::from([192, 0, 2, 1]),
        IpAddr::V6(_) => IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]),
    };
    let socket = std::net::UdpSocket::bind((any, 0)).ok()?;
    socket.connect((elsewhere, 9)).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified() && !own.is_loopback()).then_some(own)
}

/// Notes now and then that the links still hold.
async fn note_links(front: Arc<Front>, mut closing: watch::Receiver<bool>) {
    let mut noted = tokio::time::interval(NOTED);
    noted.tick().await;
    loop {
        tokio::select! {
            _ = noted.tick() => front.note_links(),
            _ = closing.wait_for(|is_closing| *is_closing) => return,
        }
    }
}

fn signals(source: std::io::Error) -> Error {
    let what = "signals";
    Error::System { what, source }
}

/// Requests to end, as the system makes them.
#[cfg(unix)]
struct Requests {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Requests {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) -> std::io::Result<()> {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
        Ok(())
    }
}

#[cfg(not(unix))]
struct Requests;

#[cfg(not(unix))]
impl Requests {
    fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> std::io::Result<()> {
        tokio::signal::ctrl_c().await
    }
}

/// The day that it is here.
fn today() -> Day {
    let zone = jiff::tz::TimeZone::system();
    jiff::Timestamp::now().to_zoned_datetime(zone).date().into()
}

/// Now, in ms since 1970.
fn now_in_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// Now, to the second, as RFC 3339 writes it.
fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}
