//! What can be asked of the server, and what answers.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::header;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, middleware};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, oneshot, watch};

use super::answer::{content, either, refusal, value};
use super::budget::Budget;
use super::current::{Newest, as_json};
use super::edit_loop::{Keep, Message};
use super::error::Refused;
use super::guard::{Hosts, Keys, guard};
use super::hub::Hub;
use super::identity::{Role, is_client, public};
use super::people::{People, Presence};
use super::saved_links::SavedLinks;
use super::snapshots::Snapshots;
use super::{export, link, listeners, page};
use crate::check::{self, Profile};
#[cfg(feature = "documents")]
use crate::draw::Fonts;
use crate::edit::Edit;
use crate::file;
use crate::graph::BenefitGraph;
use crate::map::{BenefitMap, Day};
#[cfg(feature = "documents")]
use crate::scene::Scene;
use crate::session::{Action, Findings, HistoryEntry, Past as _, hash};

/// The longest body that is read, in bytes.
const BODY: usize = 1 << 20;
/// How long a body may take to come in.
const PATIENCE: Duration = Duration::from_secs(10);

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
    /// The map's file.
    pub path: PathBuf,
    /// Whether anybody has used a link.
    pub is_used: AtomicBool,
    /// The links as they are kept; `None` where they are not.
    pub kept: Mutex<Option<SavedLinks>>,
    /// The faces for pictures of points and pages.
    #[cfg(feature = "documents")]
    pub fonts: Option<fn(&[Scene]) -> Fonts>,
}

impl Shared {
    /// Notes that the links hold from now on for as long as links are kept. Links that are not kept do no harm: there are new ones then.
    pub fn note_links(&self) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_mut() {
            let _ = kept.write(&self.path);
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
}

pub(super) fn router(app: App) -> Router {
    let mut router = Router::new()
        .route("/api/events", get(listeners::events))
        .route("/api/edits", post(edits))
        .route("/api/undo", post(undo))
        .route("/api/redo", post(redo))
        .route("/api/return", post(go_back))
        .route("/api/history", get(history))
        .route("/api/map", get(map))
        .route("/api/presence", post(presence))
        .route("/api/tidy", post(tidy))
        .route("/api/file", post(settle))
        .route("/api/findings", get(found))
        .route("/api/explain", get(explain))
        .route("/api/qr", get(link::qr))
        .route("/api/export", get(export::formats))
        .route("/api/export/{format}", get(export::export));
    for (path, kind, body) in page::FILES {
        let serve = move || async move { content(kind, Body::from(*body)) };
        router = router.route(path, get(serve));
    }
    let unknown = || async { refusal(&Refused::new(404, "unknown", "there is nothing at this address")) };
    router
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(middleware::from_fn_with_state(app.clone(), guard))
        .with_state(app)
}

/// The value of a parameter of an address.
pub(super) fn asked(query: &str, name: &str) -> Option<String> {
    let given = query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key == name).then_some(value)
    })?;
    decoded(given)
}

/// Percent-encoding taken off (RFC 3986, 2.1), with `+` for a space as forms write it.
fn decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                let (high, low) = (digit()?, digit()?);
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(out).ok()
}

/// The JSON of a body.
async fn body<T: DeserializeOwned>(request: Request) -> Result<T, Refused> {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let too_large = || Refused::new(413, "too-large", "this is more than 1 MiB: send it in parts");
    if length.is_some_and(|length| length > BODY) {
        return Err(too_large());
    }
    let read = tokio::time::timeout(PATIENCE, to_bytes(request.into_body(), BODY)).await;
    let slow = |_| Refused::new(408, "unreadable", "the request took too long to come in");
    let bytes = read.map_err(slow)?.map_err(|_| too_large())?;
    serde_json::from_slice(&bytes)
        .map_err(|error| Refused::new(400, "unreadable", format!("this is not understood: {error}")))
}

/// What the others know an editor's browser by.
fn editor(client: &str) -> Result<String, Refused> {
    is_of_a_client(client).map(|()| public(Role::Edit, client))
}

fn is_of_a_client(text: &str) -> Result<(), Refused> {
    match is_client(text) {
        true => Ok(()),
        false => Err(Refused::new(
            400,
            "unreadable",
            "`client` must be 8 to 64 of A-Z, a-z, 0-9 and -",
        )),
    }
}

/// Asks the edit loop, and waits for the answer.
pub(super) async fn ask<T>(app: &App, ask: impl FnOnce(oneshot::Sender<T>) -> Message) -> Result<T, Refused> {
    let stopping = || Refused::new(503, "stopping", "the workshop is closing");
    let (reply, answer) = oneshot::channel();
    app.edit_loop.send(ask(reply)).map_err(|_| stopping())?;
    answer.await.map_err(|_| stopping())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Editing {
    client: String,
    n: u64,
    edit: Edit,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stepping {
    client: String,
    n: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Returning {
    client: String,
    n: u64,
    rev: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settling {
    client: String,
    keep: Keep,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tidying {
    client: String,
}

async fn change(app: &App, client: String, n: u64, action: Action) -> Result<Response, Refused> {
    let who = app.people.who(&editor(&client)?);
    let n = Some(n);
    let answer = ask(app, |reply| Message::Change { who, n, action, reply }).await??;
    Ok(value(&answer))
}

async fn edits(State(app): State<App>, request: Request) -> Response {
    let done = async {
        let Editing { client, n, edit } = body(request).await?;
        change(&app, client, n, Action::Edit(Box::new(edit))).await
    };
    either(done.await)
}

async fn undo(State(app): State<App>, request: Request) -> Response {
    let done = async {
        let Stepping { client, n } = body(request).await?;
        change(&app, client, n, Action::Undo).await
    };
    either(done.await)
}

async fn redo(State(app): State<App>, request: Request) -> Response {
    let done = async {
        let Stepping { client, n } = body(request).await?;
        change(&app, client, n, Action::Redo).await
    };
    either(done.await)
}

async fn go_back(State(app): State<App>, request: Request) -> Response {
    let done = async {
        let Returning { client, n, rev } = body(request).await?;
        // The turn lasts until the return is done: maps that wait for it take memory.
        let turn = app.budget.turn(Role::Edit).await?;
        let map = then(&app, rev).await?;
        let map = Box::new(map);
        let done = change(&app, client, n, Action::Return { rev, map }).await;
        drop(turn);
        done
    };
    either(done.await)
}

async fn settle(State(app): State<App>, request: Request) -> Response {
    let done = async {
        let Settling { client, keep } = body(request).await?;
        let who = app.people.who(&editor(&client)?);
        let rev = ask(&app, |reply| Message::File { who, keep, reply }).await??;
        Ok(value(&json!({"rev": rev})))
    };
    either(done.await)
}

async fn tidy(State(app): State<App>, request: Request) -> Response {
    let done = async {
        let Tidying { client } = body(request).await?;
        editor(&client)?;
        let stopping = |_| Refused::new(503, "stopping", "the workshop is closing");
        app.edit_loop.send(Message::Tidy).map_err(stopping)?;
        Ok(value(&json!({})))
    };
    either(done.await)
}

async fn presence(State(app): State<App>, Extension(role): Extension<Role>, request: Request) -> Response {
    let done = async {
        let presence: Presence = body(request).await?;
        is_of_a_client(&presence.client)?;
        app.people.say(presence, role);
        Ok(value(&json!({})))
    };
    either(done.await)
}

/// A part of the history, as it is told.
#[derive(Serialize)]
struct History {
    entries: Vec<HistoryEntry>,
    first: u64,
    rev: u64,
}

/// How many steps of the history are told at once.
const STEPS: usize = 200;

async fn history(State(app): State<App>, Extension(role): Extension<Role>, RawQuery(query): RawQuery) -> Response {
    let told = async {
        let before = number(&query, "before")?.unwrap_or(u64::MAX);
        let (snapshots, rev) = (app.snapshots.clone(), app.newest.get().rev);
        let read = move || {
            let first = snapshots.reach().map_or(rev, |(first, _)| first);
            let entries = snapshots.steps(before, STEPS);
            serde_json::to_vec(&History { entries, first, rev }).unwrap_or_default()
        };
        json_body(&app, role, read).await
    };
    either(told.await)
}

async fn map(State(app): State<App>, Extension(role): Extension<Role>, RawQuery(query): RawQuery) -> Response {
    let told = async {
        let newest = app.newest.get();
        match number(&query, "rev")? {
            Some(rev) if rev != newest.rev => {
                let snapshots = app.snapshots.clone();
                let read = move || {
                    let map = snapshots.map_at(rev)?;
                    Ok(as_json(rev, &hash(&file::write(&map)), &map))
                };
                let turn = app.budget.turn(role).await?;
                let made: Result<Vec<u8>, Refused> = in_turn(turn, read).await?;
                Ok(content("application/json", app.budget.hold(made?, role)?))
            }
            _ => Ok(content("application/json", newest.body(&app.budget, role).await?)),
        }
    };
    either(told.await)
}

/// The map at a revision.
async fn then(app: &App, rev: u64) -> Result<BenefitMap, Refused> {
    let newest = app.newest.get();
    if rev == newest.rev {
        return Ok((*newest.map).clone());
    }
    let snapshots = app.snapshots.clone();
    Ok(work(move || snapshots.map_at(rev)).await??)
}

/// JSON that takes a while to make.
async fn json_body(
    app: &App,
    role: Role,
    make: impl FnOnce() -> Vec<u8> + Send + 'static,
) -> Result<Response, Refused> {
    let made = in_turn(app.budget.turn(role).await?, make).await?;
    Ok(content("application/json", app.budget.hold(made, role)?))
}

/// Does what takes a while in its turn, which ends with it: whoever breaks off and asks again waits until then.
async fn in_turn<T: Send + 'static>(
    turn: OwnedSemaphorePermit,
    make: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refused> {
    work(move || {
        let _turn = turn;
        make()
    })
    .await
}

/// A whole number of an address.
fn number(query: &Option<String>, name: &str) -> Result<Option<u64>, Refused> {
    match asked(query.as_deref().unwrap_or_default(), name) {
        None => Ok(None),
        Some(text) => {
            let wrong = |_| Refused::new(400, "unreadable", format!("`{name}` must be a whole number"));
            text.parse().map(Some).map_err(wrong)
        }
    }
}

async fn found(State(app): State<App>, Extension(role): Extension<Role>, RawQuery(query): RawQuery) -> Response {
    let profile = asked(query.as_deref().unwrap_or_default(), "profile").unwrap_or_else(|| "workshop".to_owned());
    let told = async {
        let wrong = |error: crate::map::BadWord| Refused::new(400, "unreadable", format!("profile {error}"));
        let profile: Profile = profile.parse().map_err(wrong)?;
        let (view, today) = (app.hub.shown().view, app.today);
        let judge = move || {
            let findings = Findings::new(&BenefitGraph::new(&view.map), profile, today, view.rev);
            serde_json::to_vec(&findings).unwrap_or_default()
        };
        json_body(&app, role, judge).await
    };
    either(told.await)
}

/// Does what takes a while beside the requests.
pub(super) async fn work<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
    let failed = |_| Refused::new(500, "failed", "this could not be made");
    tokio::task::spawn_blocking(work).await.map_err(failed)
}

async fn explain(RawQuery(query): RawQuery) -> Response {
    let rule = asked(query.as_deref().unwrap_or_default(), "rule").unwrap_or_default();
    let told = check::explain(&rule).map_err(|error| Refused::new(404, "unknown", error.to_string()));
    either(told.map(|rule| {
        value(&json!({
            "code": rule.code, "rule": rule.slug, "summary": rule.summary, "source": rule.source, "page": rule.page,
        }))
    }))
}

/// The part of an address after its last slash.
pub(super) type Named = Path<String>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        let query = "key=a%20b+c&rev=12&empty=&key=other";
        assert_eq!(asked(query, "key").as_deref(), Some("a b c"));
        assert_eq!(asked(query, "rev").as_deref(), Some("12"));
        assert_eq!(asked(query, "empty").as_deref(), Some(""));
        assert_eq!(asked(query, "none"), None);
        for broken in ["key=%", "key=%4", "key=%zz", "key=%ff"] {
            assert_eq!(asked(broken, "key"), None, "{broken}");
        }
    }
}
