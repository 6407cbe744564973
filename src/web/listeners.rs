//! The listeners: each has a stream of events, with everything at first and then what is new.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use super::answer::{content, either};
use super::app::{App, Here, work};
use super::beside;
use super::coding::Coding;
use super::edit_loop::Message;
use super::error::Refused;
use super::hub::{Greeting, HubState, Shown, frame, lead_frame};
use super::keys::{Role, is_client, public};
use super::link::Links;
use super::request::Parameters;
use super::shared_json::{SharedJson, in_pieces};
use super::wire::Hello;
use crate::check::Profile;
use crate::session::Undoable;

/// How often everybody hears that the line is open. A comment would keep it open too, but no page can hear one.
const BEAT: Duration = Duration::from_secs(4);

/// The stream of one listener.
pub(super) async fn events(
    Here(app): Here,
    Extension(role): Extension<Role>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Response {
    let coding = Coding::asked(&headers);
    let client = parameters.get("client").filter(|client| is_client(client));
    let begun = async {
        let place = app.front.budget.place(role)?;
        // What it is greeted with is made first: where there is no room for it, that can be said still.
        let state = app.hub.listen();
        let greeting = greeting_of(&app, role, coding, &state.shown).await?;
        let listener = Listener {
            client: client.map(|client| public(role, client)),
            role,
            coding,
            app: app.clone(),
            _place: place,
        };
        // Few at a time: who does not read gets everything again when they do, instead of a long queue here.
        let (sender, receiver) = mpsc::channel::<Bytes>(2);
        tokio::spawn(listener.serve((state, greeting), sender));
        let stream = ReceiverStream::new(receiver).map(Ok::<Bytes, std::convert::Infallible>);
        let mut response = content("text/event-stream", Body::from_stream(stream));
        let answer = response.headers_mut();
        answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if coding == Coding::Gzip {
            answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        Ok(response)
    };
    either(begun.await)
}

/// What a greeting says of the map, the same for everybody who takes it in this way.
async fn greeting_of(app: &App, role: Role, coding: Coding, shown: &Shown) -> Result<Greeting, Refused> {
    let make = || async {
        let view = shown.view.clone();
        let made = work(move || {
            // One after the other: of what is packed, only one is there as it was at a time. Writing to memory fails for nothing
            // that is sent here.
            [
                coding.shared(serde_json::to_vec(&*view.map).unwrap_or_default()),
                coding.shared(serde_json::to_vec(&*view.picture).unwrap_or_default()),
                coding.shared(serde_json::to_vec(&view.findings.as_deref()).unwrap_or_default()),
            ]
        });
        let made = made.await?;
        let bytes = made.iter().map(Vec::len).sum();
        let leave = Arc::new(app.front.budget.leave_to_hold(bytes, role)?);
        let [map, picture, findings] = made.map(|json| SharedJson::new(json, leave.clone()));
        Ok(Greeting { map, picture, findings })
    };
    shown.greetings.of(coding).get_or_try_init(make).await.cloned()
}

struct Listener {
    /// As the others know it.
    client: Option<String>,
    role: Role,
    coding: Coding,
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
        let first = [self.coding.head(), Some(self.alone("retry: 1000\n\n"))];
        for bytes in first.into_iter().flatten() {
            let _ = sender.send(bytes).await;
        }
        let mut closing = self.app.closing.clone();
        let closed = async { drop(closing.wait_for(|is_closing| *is_closing).await) };
        tokio::select! {
            () = sender.closed() => {}
            _ = self.speak(begun, &sender) => {}
            () = closed => {
                // What was sent before goes out first; nobody waits for who does not read.
                let bye = frame("bye", &self.app.front.bye()).coded(self.coding);
                let _ = tokio::time::timeout(Duration::from_secs(1), sender.send(bye)).await;
            }
        }
        self.app.people.go(&name);
    }

    async fn speak(&self, begun: (HubState, Greeting), sender: &mpsc::Sender<Bytes>) -> Result<(), Gone> {
        let beats = self.alone("event: beat\ndata: {}\n\n");
        let send = |bytes: Bytes| async move { sender.send(bytes).await.map_err(|_| Gone) };
        let mut counting = self.app.hub.counting();
        let mut next = begun;
        loop {
            let (state, greeting) = next;
            let mut count = state.count;
            let mut hello = self.hello(&state, &greeting).await;
            hello.push(beside::whole(&state.board, self.client.as_deref()).coded(self.coding));
            hello.push(lead_frame(state.lead.as_ref()).coded(self.coding));
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
                    Ok(Some(part)) => {
                        count += 1;
                        send(part.coded(self.coding)).await?;
                        continue;
                    }
                    Ok(None) => {}
                    // Everything again.
                    Err(_) => break,
                }
                tokio::select! {
                    changed = counting.changed() => changed.map_err(|_| Gone)?,
                    _ = beat.tick() => send(beats.clone()).await?,
                }
            }
            let state = self.app.hub.listen();
            // Where there is no room for it, the page comes again and is refused then.
            let again = greeting_of(&self.app, self.role, self.coding, &state.shown).await;
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
            closable: self.role == Role::Edit && app.front.closed_by.is_allowed(),
            hash: &view.hash,
            links: Links::of(app, self.role),
            name: &app.name,
            only_view: app.named.why_view.as_deref(),
            profile: Profile::Workshop,
            redo: undoable.redo.as_ref(),
            rev: view.rev,
            role: self.role,
            server: &app.front.start,
            today: app.front.today,
            undo: undoable.undo.as_ref(),
            view: view.number,
            map: &greeting.map,
            picture: &greeting.picture,
            findings: &greeting.findings,
            file: &state.file,
            people: &state.people,
        };
        let shared = [&greeting.map, &greeting.picture, &greeting.findings];
        // Writing to memory fails for nothing that is sent here.
        let data = in_pieces(&hello, &shared, self.coding).unwrap_or_default();
        let (start, end) = (self.alone("event: hello\ndata: "), self.alone("\n\n"));
        [vec![start], data, vec![end]].concat()
    }

    /// A part of the stream that is always the same.
    fn alone(&self, text: &'static str) -> Bytes {
        self.coding.alone(Bytes::from_static(text.as_bytes()))
    }
}
