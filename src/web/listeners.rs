//! The listeners: each has a stream of events, with everything at first and then what is new.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::Response;
use serde_json::value::to_raw_value;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use super::answer::{content, either};
use super::app::{App, work};
use super::beside;
use super::edit_loop::Message;
use super::error::Refused;
use super::hub::{Greeting, HubState, Shown, frame, lead_frame};
use super::keys::{Role, is_client, public};
use super::link::Links;
use super::request::Parameters;
use super::shared_json::{SharedJson, in_pieces};
use super::wire::{Bye, Hello};
use crate::check::Profile;
use crate::session::Undoable;

/// How often everybody hears that the line is open. A comment would keep it open too, but no page can hear one.
const BEAT: Duration = Duration::from_secs(4);

/// The stream of one listener.
pub(super) async fn events(
    State(app): State<App>,
    Extension(role): Extension<Role>,
    parameters: Parameters,
) -> Response {
    let client = parameters.get("client").filter(|client| is_client(client));
    let begun = async {
        let place = app.budget.place(role)?;
        // What it is greeted with is made first: where there is no room for it, that can be said still.
        let state = app.hub.listen();
        let greeting = greeting_of(&app, role, &state.shown).await?;
        let listener = Listener {
            client: client.map(|client| public(role, client)),
            role,
            app: app.clone(),
            _place: place,
        };
        // Few at a time: who does not read gets everything again when they do, instead of a long queue here.
        let (sender, receiver) = mpsc::channel::<Bytes>(2);
        tokio::spawn(listener.serve((state, greeting), sender));
        let stream = ReceiverStream::new(receiver).map(Ok::<Bytes, std::convert::Infallible>);
        Ok(content("text/event-stream", Body::from_stream(stream)))
    };
    either(begun.await)
}

/// What a greeting says of the map, the same for everybody.
async fn greeting_of(app: &App, role: Role, shown: &Shown) -> Result<Greeting, Refused> {
    let make = || async {
        let view = shown.view.clone();
        let made = work(move || {
            let parts = [
                to_raw_value(&*view.map),
                to_raw_value(&*view.picture),
                to_raw_value(&view.findings.as_deref()),
            ];
            // Writing to memory fails for nothing that is sent here.
            parts.map(Result::unwrap_or_default)
        });
        let made = made.await?;
        let bytes = made.iter().map(|json| json.get().len()).sum();
        let leave = Arc::new(app.budget.leave_to_hold(bytes, role)?);
        let [map, picture, findings] = made.map(|json| SharedJson::new(json, leave.clone()));
        Ok(Greeting { map, picture, findings })
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
    /// Sends a listener everything, until it is gone or the workshop is over.
    async fn serve(self, begun: (HubState, Greeting), sender: mpsc::Sender<Bytes>) {
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
                let by = self.app.closed_by.by();
                let why = "the workshop was closed";
                let bye = frame("bye", &Bye { by, why });
                let _ = tokio::time::timeout(Duration::from_secs(1), sender.send(bye)).await;
            }
        }
        self.app.people.go(&name);
    }

    async fn speak(&self, begun: (HubState, Greeting), sender: &mpsc::Sender<Bytes>) -> Result<(), Gone> {
        let send = |bytes| async move { sender.send(bytes).await.map_err(|_| Gone) };
        let mut counting = self.app.hub.counting();
        let mut next = begun;
        loop {
            let (state, greeting) = next;
            let mut count = state.count;
            let mut hello = self.hello(&state, &greeting).await;
            hello.push(beside::whole(&state.board, self.client.as_deref()));
            hello.push(lead_frame(state.lead.as_ref()));
            // A listener that does not read holds what is sent, and not the picture that it was made of.
            drop((state, greeting));
            for part in hello {
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
                    // Everything again.
                    Err(_) => break,
                }
                tokio::select! {
                    changed = counting.changed() => changed.map_err(|_| Gone)?,
                    _ = beat.tick() => send(Bytes::from_static(b"event: beat\ndata: {}\n\n")).await?,
                }
            }
            let state = self.app.hub.listen();
            // Where there is no room for it, the page comes again and is refused then.
            let again = greeting_of(&self.app, self.role, &state.shown).await;
            next = (state, again.map_err(|_| Gone)?);
        }
    }

    /// The event with everything, in pieces.
    async fn hello(&self, state: &HubState, greeting: &Greeting) -> Vec<Bytes> {
        let app = &self.app;
        let undoable = match self.client.clone() {
            Some(client) => {
                let asked = app.ask(|reply| Message::Undoable { client, reply }).await;
                asked.unwrap_or_default()
            }
            None => Undoable::default(),
        };
        let view = &state.shown.view;
        let hello = Hello {
            client: self.client.as_deref(),
            closable: self.role == Role::Edit && app.closed_by.is_allowed(),
            hash: &view.hash,
            links: Links::of(app, self.role),
            name: &app.name,
            profile: Profile::Workshop,
            redo: undoable.redo.as_ref(),
            rev: view.rev,
            role: self.role,
            server: &app.start,
            today: app.today,
            undo: undoable.undo.as_ref(),
            map: &greeting.map,
            picture: &greeting.picture,
            findings: &greeting.findings,
            file: &state.file,
            people: &state.people,
        };
        let shared = [&greeting.map, &greeting.picture, &greeting.findings];
        // Writing to memory fails for nothing that is sent here.
        let data = in_pieces(&hello, &shared).unwrap_or_default();
        let (start, end) = (Bytes::from_static(b"event: hello\ndata: "), Bytes::from_static(b"\n\n"));
        [vec![start], data, vec![end]].concat()
    }
}
