//! One map that is open: the threads that keep it, and how they come to an end.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::app::{App, Named, Shared};
use super::current::{Current, Newest};
use super::edit_loop::{EditLoop, Message};
use super::error::Error;
use super::front::Front;
use super::hub::{Event, Hub};
use super::people::People;
use super::recover::{self, Recovered};
use super::renderer::Renderer;
use super::wire::FileState;
use crate::session::Revision;

/// How often the map's file is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How often news of people are told, at most.
const PEOPLE: Duration = Duration::from_millis(100);

/// One map that is open. Its threads end when it is dropped; [`Room::finish`] waits for them.
pub(super) struct Room {
    pub app: App,
    closing: watch::Sender<bool>,
    /// Each thread lets go of an end of it when it is done.
    done: Mutex<mpsc::Receiver<()>>,
    /// Becomes true when nobody waits for the threads any more.
    ending: Arc<AtomicBool>,
}

impl Room {
    /// Reads a map and its journal, and opens it.
    ///
    /// # Errors
    /// As [`recover::begin`], and [`Error::System`] where there are no threads.
    pub fn open(path: &Path, named: Named, front: &Arc<Front>, runtime: &Handle) -> Result<Self, Error> {
        Self::begin(recover::begin(path, named.rights)?, named, front, runtime)
    }

    /// Opens a map that was read.
    ///
    /// # Errors
    /// [`Error::System`] where there are no threads.
    pub fn begin(recovered: Recovered, named: Named, front: &Arc<Front>, runtime: &Handle) -> Result<Self, Error> {
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
            front: front.clone(),
            hub: hub.clone(),
            newest: newest.clone(),
            snapshots: recovered.snapshots.clone(),
            people: People::default(),
            edit_loop,
            name,
            named,
            closing: is_closing,
        });
        let mut drawing = Renderer::new(hub.clone(), front.today);
        let ending = Arc::new(AtomicBool::new(false));
        let keeping = EditLoop::new(recovered, hub, newest, renderer, ending.clone());
        let (at_work, done) = mpsc::channel();
        let spawn = |name: &str, work: Box<dyn FnOnce() + Send>| {
            let at_work = at_work.clone();
            let thread = thread::Builder::new().name(name.to_owned()).spawn(move || {
                let _at_work: mpsc::Sender<()> = at_work;
                work();
            });
            let what = "threads";
            thread.map_err(|source| Error::System { what, source })
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
        runtime.spawn(watch_over(app.clone()));
        Ok(Self {
            app,
            closing,
            done: Mutex::new(done),
            ending,
        })
    }

    /// Asks its threads to finish what was sent to them, and to end.
    pub fn ask_to_end(&self) {
        let _ = self.app.edit_loop.send(Message::Stop);
    }

    /// Waits until they have, or until then: what is not finished is not done. Whoever listens is told that it is over.
    pub fn finish(&self, until: Instant) {
        // Nothing is ever sent here: the end of the threads is what is waited for.
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = done.recv_timeout(until.saturating_duration_since(now()));
        self.give_up();
    }

    fn give_up(&self) {
        self.ending.store(true, Ordering::Relaxed);
        let _ = self.closing.send(true);
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.ask_to_end();
        self.give_up();
    }
}

/// How long something takes is measured by the clock.
#[allow(clippy::disallowed_methods)]
pub(super) fn now() -> Instant {
    Instant::now()
}

/// Looks at the file, and tells of people, now and then.
async fn watch_over(app: App) {
    let (mut look, mut people) = (tokio::time::interval(LOOK), tokio::time::interval(PEOPLE));
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
            _ = closing.wait_for(|is_closing| *is_closing) => return,
        }
    }
}
