//! The workshop: one map that a room of people changes together, each in a browser.
//!
//! In go a map's file, an address and limits; out comes a server that holds the map until it is stopped. Every edit goes through
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
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;

pub use connection::Limits;
pub use error::Error;
pub use recover::Rights;

use app::{Asked, Shared};
use budget::Budget;
use current::{Current, Newest};
use edit_loop::{EditLoop, Message};
use hosts::Hosts;
use hub::{Event, Hub};
use journal::Journal;
use keys::{Keys, random_text};
use people::People;
use renderer::Renderer;
use saved_links::SavedLinks;
use wire::FileState;

#[cfg(feature = "documents")]
use crate::draw::Fonts;
use crate::map::Day;
#[cfg(feature = "documents")]
use crate::scene::Scene;
use crate::session::Revision;

/// How often the map's file is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How often news of people are told, at most.
const PEOPLE: Duration = Duration::from_millis(100);
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
    /// The map's file; a new map is made where there is none.
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
    edit_loop: mpsc::Sender<Message>,
    runtime: Option<Runtime>,
    /// Each thread lets go of an end of it when it is done.
    done: Mutex<mpsc::Receiver<()>>,
    /// Becomes true when nobody waits for the threads any more.
    ending: Arc<AtomicBool>,
    requests: Option<Requests>,
    app: Arc<Shared>,
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
        let recovered = recover::begin(&path, options.rights)?;
        let before = match (options.rights, options.links) {
            (Rights::Edit, Links::Kept) => SavedLinks::read(&path),
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
        let mut notes = recovered.notes.clone();
        notes.extend(elsewhere(&options.map, &path));
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
            match kept.write(&path) {
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
        let name = recovered.map_file.name();
        let board = Arc::new(recovered.board.clone());
        let hub = Arc::new(Hub::new(FileState::saved(name.clone()), board));
        let (edit_loop, asked) = mpsc::channel();
        let (renderer, renders) = mpsc::channel();
        let (closing, is_closing) = watch::channel(false);
        let (map, rev, hash) = (recovered.shown.clone(), recovered.session.rev(), recovered.hash.clone());
        let newest = Arc::new(Newest::new(Current::new(rev, hash.clone(), map.clone())));
        let revision = Revision { rev, hash, map };
        let app = Arc::new(Shared {
            hosts: Hosts {
                bound,
                names: options.hosts,
            },
            base: base.clone(),
            hub: hub.clone(),
            newest: newest.clone(),
            snapshots: recovered.snapshots.clone(),
            budget: Budget::default(),
            people: People::default(),
            edit_loop: edit_loop.clone(),
            today: options.today,
            name,
            start: start[..8].to_owned(),
            closing: is_closing.clone(),
            closed_by: Asked::new(options.closing),
            keys,
            path,
            is_used: AtomicBool::new(false),
            saved_links: Mutex::new(kept),
            #[cfg(feature = "documents")]
            fonts: options.fonts,
        });
        let mut drawing = Renderer::new(hub.clone(), options.today);
        let ending = Arc::new(AtomicBool::new(false));
        let keeping = EditLoop::new(recovered, hub, newest, renderer, ending.clone());
        let (at_work, done) = mpsc::channel();
        let spawn = |name: &str, work: Box<dyn FnOnce() + Send>| {
            let at_work = at_work.clone();
            let thread = thread::Builder::new().name(name.to_owned()).spawn(move || {
                let _at_work: mpsc::Sender<()> = at_work;
                work();
            });
            thread.map_err(system("threads"))
        };
        let (drawn, is_drawn) = mpsc::channel();
        let draw = move || {
            drawing.begin(revision);
            let _: Result<(), _> = drawn.send(());
            drawing.run(&renders);
        };
        spawn("renderer", Box::new(draw))?;
        // In the thread that draws later, too, so that memory is used again.
        let _ = is_drawn.recv();
        spawn("edits", Box::new(move || keeping.run(&asked)))?;
        drop(at_work);
        let (edit, view) = (app.keys.edit.clone(), app.keys.view.clone());
        runtime.spawn(watch_over(app.clone()));
        runtime.spawn(connection::serve(
            listener,
            routes::router(app.clone()),
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
            edit_loop,
            runtime: Some(runtime),
            done: Mutex::new(done),
            ending,
            requests: None,
            app,
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
            let app = self.app.clone();
            let end = async {
                tokio::select! {
                    asked = requests.next() => asked,
                    () = app.closed_by.wait() => Ok(()),
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
        let _ = self.edit_loop.send(Message::Stop);
        // Nothing is ever sent here: the end of the threads is what is waited for.
        let done = self.done.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = done.recv_timeout(ENDING);
        self.ending.store(true, Ordering::Relaxed);
        let _ = self.closing.send(true);
        // Streams have a moment to say goodbye.
        runtime.block_on(async { tokio::time::sleep(Duration::from_millis(100)).await });
        runtime.shutdown_timeout(Duration::from_secs(1));
        self.app.leave_links();
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

/// Looks at the file, and tells of people, now and then.
async fn watch_over(app: Arc<Shared>) {
    let (mut look, mut people) = (tokio::time::interval(LOOK), tokio::time::interval(PEOPLE));
    let mut noted = tokio::time::interval(NOTED);
    noted.tick().await;
    let mut closing = app.closing.clone();
    loop {
        tokio::select! {
            _ = look.tick() => {
                if app.edit_loop.send(Message::Look).is_err() {
                    return;
                }
            }
            _ = people.tick() => {
                if let Some(news) = app.people.news() {
                    app.hub.send(Event::People(news));
                }
                if let Some(lead) = app.people.lead_news() {
                    app.hub.send(Event::Lead(lead));
                }
            }
            _ = noted.tick() => app.note_links(),
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
