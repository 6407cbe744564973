//! What every request about a map may need, and the ways to the threads that do the work.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use tokio::sync::{OwnedSemaphorePermit, oneshot, watch};

use super::Rights;
use super::answer::refusal;
use super::current::Newest;
use super::edit_loop::Message;
use super::error::Refused;
use super::front::Front;
use super::hub::Hub;
use super::link;
use super::people::People;
use super::snapshots::Snapshots;

/// What every request about a map may need.
pub(super) type App = Arc<Shared>;

/// What every request about a map may need.
pub(super) struct Shared {
    pub front: Arc<Front>,
    pub hub: Arc<Hub>,
    pub newest: Arc<Newest>,
    pub snapshots: Arc<Snapshots>,
    pub people: People,
    pub edit_loop: Sender<Message>,
    /// The map file's name without its folders.
    pub name: String,
    pub named: Named,
    /// Becomes true when the map is closed.
    pub closing: watch::Receiver<bool>,
}

/// How a map came to be open, and what may be done with it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub rights: Rights,
    /// Its name within the folder that is served; `None` where it is served alone.
    pub in_folder: Option<String>,
    /// Why nobody may edit it, where those with the link that edits might expect so.
    pub why_view: Option<String>,
}

impl Named {
    /// Of a map that is served alone.
    pub fn alone(rights: Rights) -> Self {
        Self {
            rights,
            in_folder: None,
            why_view: None,
        }
    }
}

impl Shared {
    /// The address of the map's page, with a key.
    pub fn link(&self, key: &str) -> String {
        link::of_map(&self.front.base, key, self.named.in_folder.as_deref())
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

/// The map that a request is about: the guard puts it there.
pub(super) struct Here(pub App);

impl<S: Sync> FromRequestParts<S> for Here {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let none = || refusal(&Refused::new(404, "unknown", "say which map this is about"));
        parts.extensions.get::<App>().cloned().map(Self).ok_or_else(none)
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
