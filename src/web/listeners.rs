//! The stream of events that a page listens to: everything at first, and then what is new.

use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use super::answer::{content, either};
use super::edit_loop::Message;
use super::error::Refused;
use super::hub::{HubState, Shown, frame};
use super::identity::{Role, is_client, public};
use super::link;
use super::routes::{App, ask, asked, work};
use crate::session::Undoable;

/// How often a line that nothing is said on is kept open.
const BEAT: Duration = Duration::from_secs(15);

/// The stream of one listener.
pub(super) async fn events(
    State(app): State<App>,
    Extension(role): Extension<Role>,
    RawQuery(query): RawQuery,
) -> Response {
    let client = asked(query.as_deref().unwrap_or_default(), "client").filter(|client| is_client(client));
    let begun = async {
        let place = app.budget.place(role)?;
        // What it is greeted with is made first: where there is no room for it, that can be said still.
        let heard = app.hub.listen();
        let greeting = greeting(&app, role, &heard.shown).await?;
        let listener = Listener {
            client: client.map(|client| public(role, &client)),
            role,
            app: app.clone(),
            _place: place,
        };
        // Few at a time: who does not read gets everything anew when they do, instead of a long queue here.
        let (sender, receiver) = mpsc::channel::<Bytes>(2);
        tokio::spawn(listener.tell((heard, greeting), sender));
        let stream = ReceiverStream::new(receiver).map(Ok::<Bytes, std::convert::Infallible>);
        Ok(content("text/event-stream", Body::from_stream(stream)))
    };
    either(begun.await)
}

/// What a greeting says of the map, the same for everybody.
async fn greeting(app: &App, role: Role, shown: &Shown) -> Result<Bytes, Refused> {
    let make = || async {
        let shown = shown.clone();
        let made = work(move || {
            let mut text = b",\"map\":".to_vec();
            // Writing to memory fails for nothing that is told here.
            let _ = serde_json::to_writer(&mut text, &*shown.view.map);
            text.extend(b",\"picture\":");
            let _ = serde_json::to_writer(&mut text, &*shown.view.picture);
            text.extend(b",\"findings\":");
            let _ = serde_json::to_writer(&mut text, &shown.view.findings.as_deref());
            text.shrink_to_fit();
            text
        });
        app.budget.hold(made.await?, role)
    };
    shown.greeting.get_or_try_init(make).await.cloned()
}

struct Listener {
    /// As the others know it.
    client: Option<String>,
    role: Role,
    app: App,
    _place: OwnedSemaphorePermit,
}

/// The listener is gone.
struct Gone;

impl Listener {
    /// Tells a listener everything, until it is gone or the workshop is over.
    async fn tell(self, begun: (HubState, Bytes), sender: mpsc::Sender<Bytes>) {
        // Listeners without a name are counted too.
        let name = self.client.clone().unwrap_or_else(|| "somebody".to_owned());
        self.app.people.come(&name);
        // A browser tries again after that long when the line breaks, in ms.
        let _ = sender.send(Bytes::from_static(b"retry: 1000\n\n")).await;
        let mut closing = self.app.closing.clone();
        let closed = async { drop(closing.wait_for(|is_closing| *is_closing).await) };
        tokio::select! {
            () = sender.closed() => {}
            _ = self.speak(begun, &sender) => {}
            () = closed => {
                // What was sent before goes out first; nobody waits for who does not read.
                let bye = frame("bye", r#"{"why":"the workshop was closed"}"#);
                let _ = tokio::time::timeout(Duration::from_secs(1), sender.send(bye)).await;
            }
        }
        self.app.people.go(&name);
    }

    async fn speak(&self, begun: (HubState, Bytes), sender: &mpsc::Sender<Bytes>) -> Result<(), Gone> {
        let send = |bytes| async move { sender.send(bytes).await.map_err(|_| Gone) };
        let mut counting = self.app.hub.counting();
        let mut next = begun;
        loop {
            let (heard, greeting) = next;
            let mut count = heard.count;
            let (head, tail) = self.around(&heard).await;
            // Whoever does not read holds what is sent, and not the picture that it was made of.
            drop(heard);
            for part in [head, greeting, tail] {
                send(part).await?;
            }
            let mut beat = tokio::time::interval(BEAT);
            beat.tick().await;
            loop {
                counting.mark_unchanged();
                match self.app.hub.after(count) {
                    Ok(Some(bytes)) => {
                        count += 1;
                        send(bytes).await?;
                        continue;
                    }
                    Ok(None) => {}
                    // Everything anew.
                    Err(_) => break,
                }
                tokio::select! {
                    changed = counting.changed() => changed.map_err(|_| Gone)?,
                    _ = beat.tick() => send(Bytes::from_static(b": still here\n\n")).await?,
                }
            }
            let heard = self.app.hub.listen();
            // Where there is no room for it, the page comes again and is told so.
            let again = self::greeting(&self.app, self.role, &heard.shown).await;
            next = (heard, again.map_err(|_| Gone)?);
        }
    }

    /// What stands before and after what a greeting says of the map.
    async fn around(&self, heard: &HubState) -> (Bytes, Bytes) {
        let app = &self.app;
        let standing = match self.client.clone() {
            Some(client) => ask(app, |reply| Message::Standing { client, reply })
                .await
                .unwrap_or_default(),
            None => Undoable::default(),
        };
        let head = json!({
            "rev": heard.shown.view.rev,
            "hash": heard.shown.view.hash,
            "role": self.role,
            "client": self.client,
            "profile": "workshop",
            "today": app.today.map(|day| day.to_string()),
            "server": app.start,
            "name": app.name,
            "links": link::links(app, self.role),
            "undo": standing.undo,
            "redo": standing.redo,
        });
        let mut data = head.to_string();
        data.pop();
        let people: serde_json::Value = serde_json::from_str(&heard.people).unwrap_or_default();
        let file = if heard.file.is_empty() { "null" } else { &heard.file };
        let tail = format!(
            ",\"file\":{file},\"people\":{},\"others\":{}}}\n\n",
            people["people"], people["others"]
        );
        (Bytes::from(format!("event: hello\ndata: {data}")), Bytes::from(tail))
    }
}
