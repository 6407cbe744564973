//! The stream of events that a page listens to: everything at first, and then what is new.

use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use super::answer::content;
use super::guard::Role;
use super::hub::{Heard, frame};
use super::keeper::{Ask, Standing};
use super::link;
use super::routes::{App, ask, asked, is_client};

/// How often a line that nothing is said on is kept open.
const BEAT: Duration = Duration::from_secs(15);

/// The stream of one listener.
pub(super) async fn events(
    State(app): State<App>,
    Extension(role): Extension<Role>,
    RawQuery(query): RawQuery,
) -> Response {
    let client = asked(query.as_deref().unwrap_or_default(), "client").filter(|client| is_client(client));
    // Few at a time: who does not read gets everything anew when they do, instead of a long queue here.
    let (sender, receiver) = mpsc::channel::<Bytes>(2);
    tokio::spawn(tell(app, role, client, sender));
    let stream = ReceiverStream::new(receiver).map(Ok::<Bytes, std::convert::Infallible>);
    content("text/event-stream", Body::from_stream(stream))
}

/// Tells one listener everything, until it is gone or the workshop is over.
async fn tell(app: App, role: Role, client: Option<String>, sender: mpsc::Sender<Bytes>) {
    // Listeners without a name are counted too.
    let name = client.clone().unwrap_or_else(|| "somebody".to_owned());
    app.people.come(&name);
    // A browser tries again after that long when the line breaks, in ms.
    let _ = sender.send(Bytes::from_static(b"retry: 1000\n\n")).await;
    let mut closing = app.closing.clone();
    let closed = async { drop(closing.wait_for(|is_closing| *is_closing).await) };
    tokio::select! {
        () = sender.closed() => {}
        () = speak(&app, role, client.as_deref(), &sender) => {}
        () = closed => {
            // What was sent before goes out first; nobody waits for who does not read.
            let bye = frame("bye", r#"{"why":"the workshop was closed"}"#);
            let _ = tokio::time::timeout(Duration::from_secs(1), sender.send(bye)).await;
        }
    }
    app.people.go(&name);
}

async fn speak(app: &App, role: Role, client: Option<&str>, sender: &mpsc::Sender<Bytes>) {
    loop {
        let standing = match client {
            Some(client) => {
                let client = client.to_owned();
                let standing = ask(app, |reply| Ask::Standing { client, reply }).await;
                standing.unwrap_or_default()
            }
            None => Standing::default(),
        };
        let mut heard = app.hub.listen();
        if sender.send(hello(app, role, &heard, &standing)).await.is_err() {
            return;
        }
        let mut beat = tokio::time::interval(BEAT);
        beat.tick().await;
        loop {
            let bytes = tokio::select! {
                event = heard.events.recv() => match event {
                    Ok(bytes) => bytes,
                    // Too far behind: everything anew.
                    Err(RecvError::Lagged(_)) => break,
                    Err(RecvError::Closed) => return,
                },
                _ = beat.tick() => Bytes::from_static(b": still here\n\n"),
            };
            if sender.send(bytes).await.is_err() {
                return;
            }
        }
    }
}

/// Everything as it is.
fn hello(app: &App, role: Role, heard: &Heard, standing: &Standing) -> Bytes {
    let shown = &heard.shown;
    let head = json!({
        "rev": shown.rev,
        "hash": shown.hash,
        "role": role,
        "profile": "workshop",
        "today": app.today.map(|day| day.to_string()),
        "server": app.start,
        "name": app.name,
        "links": link::links(app, role),
        "undo": standing.undo,
        "redo": standing.redo,
    });
    let people: serde_json::Value = serde_json::from_str(&heard.people).unwrap_or_default();
    let map = serde_json::to_string(&*shown.map).unwrap_or_default();
    let mut data = head.to_string();
    data.pop();
    for (name, json) in [
        ("file", heard.file.as_str()),
        ("map", &map),
        ("picture", &shown.picture.json().to_string()),
        ("findings", &shown.findings),
        ("people", &people["people"].to_string()),
        ("others", &people["others"].to_string()),
    ] {
        data.push_str(&format!(",\"{name}\":{}", if json.is_empty() { "null" } else { json }));
    }
    data.push('}');
    frame("hello", &data)
}
