//! The workshop: one map that a room of people changes together, each in a browser.
//!
//! In go a map's file, an address and limits; out comes a server that holds the map until it is stopped. Every edit goes through
//! one thread, stands in a journal beside the file and in the file itself before it is acknowledged, and is told to everybody with
//! the picture that `draw` would make. What page and server say to each other is in `docs/workshop-protocol.md`, what is promised of
//! security in `docs/security.md`. Absent: printing, which is the binary's; encryption, which is a proxy's.

mod answer;
mod chronicle;
mod connection;
mod disk;
mod error;
mod export;
mod findings;
mod guard;
mod hub;
mod journal;
mod keeper;
mod kept;
mod link;
mod page;
mod painter;
mod people;
mod picture;
mod records;
mod recover;
mod room;
mod routes;
mod stream;
mod words;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;

pub use connection::Limits;
pub use error::Error;
pub use recover::Rights;

use guard::{Hosts, Keys, random_text};
use hub::{Event, Hub};
use keeper::{Ask, Keeper};
use kept::Kept;
use painter::Painter;
use people::People;
use routes::Shared;

#[cfg(feature = "documents")]
use crate::draw::Fonts;
use crate::map::Day;
#[cfg(feature = "documents")]
use crate::scene::Scene;

/// How often the map's file is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How often news of people are told, at most.
const PEOPLE: Duration = Duration::from_millis(100);
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

/// How a workshop is held.
#[derive(Debug, Clone)]
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
    keeper: mpsc::Sender<Ask>,
    runtime: Option<Runtime>,
    threads: Vec<JoinHandle<()>>,
    app: Arc<Shared>,
}

impl Workshop {
    /// Reads the map, brings it together with its journal, and begins to listen.
    ///
    /// # Errors
    /// [`Error`] where the map or the journal cannot be read, another workshop holds them, or the address is taken.
    pub fn start(options: Options) -> Result<Self, Error> {
        let system = |what| move |source| Error::System { what, source };
        let begun = recover::begin(&options.map, options.rights)?;
        let before = match (options.rights, options.links) {
            (Rights::Edit, Links::Kept) => Kept::read(&options.map),
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
        let mut notes = begun.notes.clone();
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
            let mut kept = Kept::new(edit, keys.view.clone(), bound.port());
            match kept.write(&options.map) {
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
        let name = begun.disk.name();
        let file = serde_json::json!({"name": name, "state": "saved"});
        let hub = Arc::new(Hub::new(file.to_string()));
        let (keeper, asked) = mpsc::channel();
        let (painter, paintings) = mpsc::channel();
        let (closing, is_closing) = watch::channel(false);
        let app = Arc::new(Shared {
            hosts: Hosts {
                bound,
                names: options.hosts,
            },
            base: base.clone(),
            hub: hub.clone(),
            people: People::default(),
            keeper: keeper.clone(),
            today: options.today,
            name,
            start: start[..8].to_owned(),
            closing: is_closing.clone(),
            keys,
            path: options.map,
            is_used: AtomicBool::new(false),
            kept: Mutex::new(kept),
            #[cfg(feature = "documents")]
            fonts: options.fonts,
        });
        let (map, rev) = (begun.chronicle.shown(), begun.chronicle.rev());
        let hash = chronicle::hash(&crate::file::write(&map));
        let drawing = Painter::new(hub.clone(), options.today, map, rev, hash);
        let keeping = Keeper::new(begun, hub, painter);
        let spawn = |name: &str, work: Box<dyn FnOnce() + Send>| {
            let thread = thread::Builder::new().name(name.to_owned()).spawn(work);
            thread.map_err(system("threads"))
        };
        let threads = vec![
            spawn("painter", Box::new(move || drawing.run(&paintings)))?,
            spawn("keeper", Box::new(move || keeping.run(&asked)))?,
        ];
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
            keeper,
            runtime: Some(runtime),
            threads,
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

    /// Goes on until the process is asked to end (Ctrl-C, or SIGTERM where there is such), and then ends as [`Self::stop`] does.
    ///
    /// # Errors
    /// [`Error::System`] where the system does not tell.
    pub fn wait(self) -> Result<(), Error> {
        if let Some(runtime) = &self.runtime {
            runtime.block_on(asked_to_end()).map_err(|source| Error::System {
                what: "signals",
                source,
            })?;
        }
        self.stop();
        Ok(())
    }

    /// Ends it: edits that were sent are finished and answered, everybody is told, and the journal is let go.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let Some(runtime) = self.runtime.take() else { return };
        let _ = self.keeper.send(Ask::Stop);
        for thread in self.threads.drain(..).rev() {
            let _ = thread.join();
        }
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
                if app.keeper.send(Ask::Look).is_err() {
                    return;
                }
            }
            _ = people.tick() => {
                if let Some(news) = app.people.news() {
                    app.hub.send(Event::People(news));
                }
            }
            _ = noted.tick() => app.note_links(),
            _ = closing.wait_for(|is_closing| *is_closing) => return,
        }
    }
}

#[cfg(unix)]
async fn asked_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        asked = tokio::signal::ctrl_c() => asked,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn asked_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

/// Now, to the second, as RFC 3339 writes it.
fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}
