//! What answers the requests that change the map or ask for what is known of it.

use axum::Extension;
use axum::extract::Request;
use axum::response::Response;

use super::answer::{content, either, value};
use super::app::{App, Here, held, work};
use super::edit_loop::Message;
use super::error::Refused;
use super::keys::Role;
use super::request::{Parameters, body, editor, is_of_a_client};
use super::wire::{
    Editing, Empty, Explained, History, MapAnswer, Presence, Returning, RevisionAnswer, Settling, Stepping, Tidying,
};
use crate::check::{self, Profile};
use crate::file;
use crate::graph::BenefitGraph;
use crate::map::BenefitMap;
use crate::session::{Action, Findings, Past as _, hash};

async fn change(app: &App, client: String, n: u64, action: Action) -> Result<Response, Refused> {
    let who = app.people.who(&editor(&client)?);
    let n = Some(n);
    let answer = app.ask(|reply| Message::Change { who, n, action, reply }).await??;
    Ok(value(&answer))
}

pub(super) async fn edits(Here(app): Here, request: Request) -> Response {
    let done = async {
        let Editing { client, n, edit } = body(request).await?;
        change(&app, client, n, Action::Edit(Box::new(edit))).await
    };
    either(done.await)
}

pub(super) async fn undo(Here(app): Here, request: Request) -> Response {
    let done = async {
        let Stepping { client, n, skip } = body(request).await?;
        change(&app, client, n, if skip { Action::Skip } else { Action::Undo }).await
    };
    either(done.await)
}

pub(super) async fn redo(Here(app): Here, request: Request) -> Response {
    let done = async {
        let Stepping { client, n, skip: _ } = body(request).await?;
        change(&app, client, n, Action::Redo).await
    };
    either(done.await)
}

pub(super) async fn go_back(Here(app): Here, request: Request) -> Response {
    let done = async {
        let Returning { client, n, rev } = body(request).await?;
        // The turn lasts until the return is done: maps that wait for it take memory.
        let turn = app.front.budget.turn(Role::Edit).await?;
        let map = Box::new(then(&app, rev).await?);
        let done = change(&app, client, n, Action::Return { rev, map }).await;
        drop(turn);
        done
    };
    either(done.await)
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

pub(super) async fn settle(Here(app): Here, request: Request) -> Response {
    let done = async {
        let Settling { client, keep } = body(request).await?;
        let who = app.people.who(&editor(&client)?);
        let rev = app.ask(|reply| Message::File { who, keep, reply }).await??;
        Ok(value(&RevisionAnswer { rev }))
    };
    either(done.await)
}

pub(super) async fn tidy(Here(app): Here, request: Request) -> Response {
    let done = async {
        let Tidying { client } = body(request).await?;
        editor(&client)?;
        app.send(Message::Tidy)?;
        Ok(value(&Empty {}))
    };
    either(done.await)
}

/// Closes the workshop, where whoever runs it lets editors do so.
pub(super) async fn close(Here(app): Here, request: Request) -> Response {
    let done = async {
        let Tidying { client } = body(request).await?;
        let who = app.people.who(&editor(&client)?);
        if !app.front.closed_by.is_allowed() {
            let why = "only the person who started this workshop can close it";
            return Err(Refused::new(409, "refused", why));
        }
        app.front.closed_by.ask(who.name);
        Ok(value(&Empty {}))
    };
    either(done.await)
}

pub(super) async fn presence(Here(app): Here, Extension(role): Extension<Role>, request: Request) -> Response {
    let done = async {
        let presence: Presence = body(request).await?;
        is_of_a_client(&presence.client)?;
        app.people.say(presence, role);
        Ok(value(&Empty {}))
    };
    either(done.await)
}

/// How many steps of the history are listed at once.
const STEPS: usize = 200;

pub(super) async fn history(Here(app): Here, Extension(role): Extension<Role>, parameters: Parameters) -> Response {
    let listed = async {
        let before = parameters.number("before")?.unwrap_or(u64::MAX);
        let (snapshots, rev) = (app.snapshots.clone(), app.newest.get().rev);
        let read = move || {
            let first = snapshots.reach().map_or(rev, |(first, _)| first);
            let entries = snapshots.steps(before, STEPS);
            serde_json::to_vec(&History { entries, first, rev }).unwrap_or_default()
        };
        json_body(&app, role, read).await
    };
    either(listed.await)
}

pub(super) async fn map(Here(app): Here, Extension(role): Extension<Role>, parameters: Parameters) -> Response {
    let found = async {
        let newest = app.newest.get();
        match parameters.number("rev")? {
            Some(rev) if rev != newest.rev => {
                let snapshots = app.snapshots.clone();
                let read = move || {
                    let map = snapshots.map_at(rev)?;
                    let hash = hash(&file::write(&map));
                    let (hash, map) = (hash.as_str(), &map);
                    Ok(serde_json::to_vec(&MapAnswer { hash, rev, map }).unwrap_or_default())
                };
                let turn = app.front.budget.turn(role).await?;
                let made: Result<Vec<u8>, Refused> = held(turn, read).await?;
                Ok(content("application/json", app.front.budget.hold(made?, role)?))
            }
            _ => Ok(content("application/json", newest.body(&app.front.budget, role).await?)),
        }
    };
    either(found.await)
}

pub(super) async fn found(Here(app): Here, Extension(role): Extension<Role>, parameters: Parameters) -> Response {
    let judged = async {
        let wrong = |error: crate::map::BadWord| Refused::unreadable(format!("profile {error}"));
        let profile = parameters.get("profile").map(str::parse).transpose().map_err(wrong)?;
        let profile = profile.unwrap_or(Profile::Workshop);
        let (view, today) = (app.hub.shown().view, app.front.today);
        let judge = move || {
            let findings = Findings::new(&BenefitGraph::new(&view.map), profile, today, view.rev);
            serde_json::to_vec(&findings).unwrap_or_default()
        };
        json_body(&app, role, judge).await
    };
    either(judged.await)
}

/// JSON that takes a while to make.
async fn json_body(
    app: &App,
    role: Role,
    make: impl FnOnce() -> Vec<u8> + Send + 'static,
) -> Result<Response, Refused> {
    let made = held(app.front.budget.turn(role).await?, make).await?;
    Ok(content("application/json", app.front.budget.hold(made, role)?))
}

pub(super) async fn explain(parameters: Parameters) -> Response {
    let explained = check::explain(parameters.get("rule").unwrap_or_default());
    let explained = explained.map_err(|error| Refused::new(404, "unknown", error.to_string()));
    either(explained.map(|rule| {
        value(&Explained {
            code: rule.code,
            page: rule.page,
            rule: rule.slug,
            source: rule.source,
            summary: rule.summary,
        })
    }))
}
