//! What every request may need, and the ways to the threads that do the work.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, OwnedSemaphorePermit, oneshot, watch};

use super::Closing;
use super::budget::Budget;
use super::current::Newest;
use super::edit_loop::Message;
use super::error::Refused;
use super::hosts::Hosts;
use super::hub::Hub;
use super::keys::Keys;
use super::people::People;
use super::saved_links::SavedLinks;
use super::snapshots::Snapshots;
#[cfg(feature = "documents")]
use crate::draw::Fonts;
use crate::map::Day;
#[cfg(feature = "documents")]
use crate::scene::Scene;

/// What every request may need.
pub(super) type App = Arc<Shared>;

/// What every request may need.
pub(super) struct Shared {
    pub keys: Keys,
    pub hosts: Hosts,
    /// The address of the page, without a key.
    pub base: String,
    pub hub: Arc<Hub>,
    pub newest: Arc<Newest>,
    pub snapshots: Arc<Snapshots>,
    pub budget: Budget,
    pub people: People,
    pub edit_loop: Sender<Message>,
    pub today: Option<Day>,
    /// The map file's name without its folders.
    pub name: String,
    /// Other each time that a server starts.
    pub start: String,
    /// Becomes true when the server goes down.
    pub closing: watch::Receiver<bool>,
    /// Whether the page may close the workshop, and who did.
    pub closed_by: Asked,
    /// The map's file.
    pub path: PathBuf,
    /// Whether anybody has used a link.
    pub is_used: AtomicBool,
    /// The links as they are saved; `None` where they are not.
    pub saved_links: Mutex<Option<SavedLinks>>,
    /// The faces for pictures of points and pages.
    #[cfg(feature = "documents")]
    pub fonts: Option<fn(&[Scene]) -> Fonts>,
}

/// Whether somebody at a page has asked for the end.
pub(super) struct Asked {
    closing: Closing,
    by: Mutex<Option<String>>,
    now: Notify,
}

impl Asked {
    pub fn new(closing: Closing) -> Self {
        let (by, now) = (Mutex::new(None), Notify::new());
        Self { closing, by, now }
    }

    /// Whether editors may close the workshop from the page.
    pub fn is_allowed(&self) -> bool {
        self.closing == Closing::Editors
    }

    /// Somebody asks for it.
    pub fn ask(&self, name: String) {
        *self.by.lock().unwrap_or_else(PoisonError::into_inner) = Some(name);
        self.now.notify_one();
    }

    /// The name of whoever asked for it; `None` where nobody at a page did.
    pub fn by(&self) -> Option<String> {
        self.by.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until somebody asks for it.
    pub async fn wait(&self) {
        self.now.notified().await;
    }
}

impl Shared {
    /// Notes that the links hold from now on for as long as links are saved. Links that are not saved do no harm: there are new ones then.
    pub fn note_links(&self) {
        let mut saved = self.saved_links.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(saved) = saved.as_mut() {
            let _ = saved.write(&self.path);
        }
    }

    /// Leaves the links for the next start, or takes them away where nobody has used one.
    pub fn leave_links(&self) {
        if self.is_used.load(Ordering::Relaxed) {
            self.note_links();
        } else if self.keys.edit.is_some() {
            let _ = SavedLinks::forget(&self.path);
        }
    }

    /// Sends the edit loop a message, and waits for the answer.
    pub async fn ask<T>(&self, message: impl FnOnce(oneshot::Sender<T>) -> Message) -> Result<T, Refused> {
        let (reply, answer) = oneshot::channel();
        self.send(message(reply))?;
        answer.await.map_err(|_| Refused::stopping())
    }

    /// Sends the edit loop a message.
    pub fn send(&self, message: Message) -> Result<(), Refused> {
        self.edit_loop.send(message).map_err(|_| Refused::stopping())
    }
}

/// Does what takes a while, and lets go of a permit when that is done.
pub(super) async fn held<T: Send + 'static>(
    permit: OwnedSemaphorePermit,
    make: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refused> {
    work(move || {
        let _permit = permit;
        make()
    })
    .await
}

/// Does what takes a while beside the requests.
pub(super) async fn work<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
    let failed = |_| Refused::new(500, "failed", "this could not be made");
    tokio::task::spawn_blocking(work).await.map_err(failed)
}
