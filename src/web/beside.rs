//! What people do beside the map: notes, votes, rounds and the timer, and who shows the map to the others.

use axum::extract::Request;
use axum::response::Response;

use super::answer::{either, value};
use super::app::Here;
use super::coding::Part;
use super::edit_loop::Message;
use super::error::Refused;
use super::hub::{Event, frame};
use super::now_in_ms;
use super::request::{body, editor};
use super::wire::{Beside, BesideAnswer, BoardEvent, Empty, Gathering, LeadAction, Leading};
use crate::session::board::{Board, Changed};

pub(super) async fn board(Here(app): Here, request: Request) -> Response {
    let done = async {
        let Beside { client, deed } = body(request).await?;
        let who = app.people.who(&editor(&client)?);
        let client = who.client.clone();
        let board = app.ask(|reply| Message::Board { who, deed, reply }).await??;
        let own = board.own(&client);
        Ok(value(&BesideAnswer { own }))
    };
    either(done.await)
}

pub(super) async fn lead(Here(app): Here, request: Request) -> Response {
    let done = async {
        let Leading { client, action, look } = body(request).await?;
        let who = app.people.who(&editor(&client)?);
        match (action, look) {
            (LeadAction::Gather, Some(look)) if look.is_sound() => {
                let who = &who;
                app.hub
                    .send(Event::Gather(frame("gather", &Gathering { who, look: &look })));
            }
            (LeadAction::Gather, _) => return Err(Refused::unreadable("`look` must be a place on the map")),
            (action, look) => app.people.lead(who, action, look)?,
        }
        Ok(value(&Empty {}))
    };
    either(done.await)
}

/// The event with what changed on a board, for everybody.
pub(super) fn news(board: &Board, changed: &[Changed]) -> Part {
    let news = board.news(changed, now_in_ms());
    let (whole, own) = (false, None);
    frame("board", &BoardEvent { whole, news, own })
}

/// The event with all of a board, for a page that comes.
pub(super) fn whole(board: &Board, client: Option<&str>) -> Part {
    let own = client.map(|client| board.own(client));
    let (whole, news) = (true, board.all(now_in_ms()));
    frame("board", &BoardEvent { whole, news, own })
}
