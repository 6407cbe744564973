//! What answers the requests about a folder.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use super::served::Folder;
use crate::web::answer::{content, either, value};
use crate::web::hub::event;
use crate::web::keys::Role;
use crate::web::link::{self, Links};
use crate::web::request::{Parameters, body};

/// How often everybody hears that the line is open.
const BEAT: Duration = Duration::from_secs(4);

/// `hello`: who listens, and to what.
#[derive(Serialize)]
struct Greeting<'g> {
    folder: String,
    links: Links,
    role: Role,
    server: &'g str,
}

/// The stream of what is in the folder.
pub(in crate::web) async fn events(
    Extension(folder): Extension<Arc<Folder>>,
    Extension(role): Extension<Role>,
) -> Response {
    let begun = async {
        let place = folder.front().budget.place(role)?;
        folder.look_if_old().await?;
        let (sender, receiver) = mpsc::channel::<Bytes>(2);
        tokio::spawn(serve(folder, role, place, sender));
        let stream = ReceiverStream::new(receiver).map(Ok::<Bytes, std::convert::Infallible>);
        Ok(content("text/event-stream", Body::from_stream(stream)))
    };
    either(begun.await)
}

async fn serve(folder: Arc<Folder>, role: Role, _place: OwnedSemaphorePermit, sender: mpsc::Sender<Bytes>) {
    let mut closing = folder.closing.clone();
    let closed = async { drop(closing.wait_for(|is_closing| *is_closing).await) };
    tokio::select! {
        () = sender.closed() => {}
        _ = speak(&folder, role, &sender) => {}
        () = closed => {
            let bye = event("bye", &folder.front().bye());
            let _ = tokio::time::timeout(Duration::from_secs(1), sender.send(bye.into())).await;
        }
    }
}

/// Sends what is in the folder, and again whenever that is another; `None` where nobody listens any more.
async fn speak(folder: &Folder, role: Role, sender: &mpsc::Sender<Bytes>) -> Option<()> {
    let front = folder.front();
    let greeting = Greeting {
        folder: folder.name(),
        links: Links::made(front, role, |key| link::link(&front.base, key)),
        role,
        server: &front.start,
    };
    sender.send(Bytes::from_static(b"retry: 1000\n\n")).await.ok()?;
    sender.send(event("hello", &greeting).into()).await.ok()?;
    let mut seen = folder.watch();
    let mut beat = tokio::time::interval(BEAT);
    beat.tick().await;
    loop {
        let list = seen.borrow_and_update().event.clone();
        sender.send(list).await.ok()?;
        loop {
            tokio::select! {
                changed = seen.changed() => {
                    changed.ok()?;
                    break;
                }
                _ = beat.tick() => sender.send(Bytes::from_static(b"event: beat\ndata: {}\n\n")).await.ok()?,
            }
        }
    }
}

/// `POST /api/folder/new`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewMap {
    title: String,
}

/// The answer to it.
#[derive(Serialize)]
struct MadeMap {
    name: String,
}

pub(in crate::web) async fn new_map(Extension(folder): Extension<Arc<Folder>>, request: Request) -> Response {
    let made = async {
        let NewMap { title } = body(request).await?;
        let name = folder.new_map(&title).await?;
        Ok(value(&MadeMap { name }))
    };
    either(made.await)
}

pub(in crate::web) async fn dashboard(
    Extension(folder): Extension<Arc<Folder>>,
    Extension(role): Extension<Role>,
    parameters: Parameters,
) -> Response {
    let made = async {
        let name = parameters.get("portfolio").unwrap_or_default();
        Ok(content("application/json", folder.dashboard(name, role).await?))
    };
    either(made.await)
}
