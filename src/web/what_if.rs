//! What would follow if boxes were left out: worked out for whoever asks, and nothing is changed.

use axum::Extension;
use axum::response::Response;
use serde_json::json;

use super::answer::{content, either};
use super::app::{Here, held};
use super::error::Refused;
use super::keys::Role;
use super::request::Parameters;
use crate::appraise::{Assumed, Cut, what_if, what_if_in, what_if_money};
use crate::graph::BenefitGraph;
use crate::map::{BenefitMap, NodeId};

/// How many boxes may be left out at a time.
const MOST: usize = 500;

/// What would follow on the map as it is acknowledged.
pub(super) async fn ask(Here(app): Here, Extension(role): Extension<Role>, parameters: Parameters) -> Response {
    let found = async {
        let nodes = named(parameters.get("without").unwrap_or_default())?;
        let newest = app.newest.get();
        let turn = app.front.budget.turn(role).await?;
        let (rev, map) = (newest.rev, newest.map.clone());
        let made = held(turn, move || follows(rev, &map, nodes)).await??;
        Ok(content("application/json", app.front.budget.hold(made, role)?))
    };
    either(found.await)
}

/// Ids with commas between them.
fn named(text: &str) -> Result<Vec<NodeId>, Refused> {
    let ids = text.split(',').map(str::trim).filter(|id| !id.is_empty());
    let all = ids.map(|id| {
        id.parse()
            .map_err(|_| Refused::unreadable(format!("`{id}` is not an id of a box")))
    });
    let all = all.collect::<Result<Vec<NodeId>, Refused>>()?;
    match all.len() > MOST {
        true => Err(Refused::unreadable(format!(
            "at most {MOST} boxes can be left out at a time"
        ))),
        false => Ok(all),
    }
}

fn follows(rev: u64, map: &BenefitMap, nodes: Vec<NodeId>) -> Result<Vec<u8>, Refused> {
    let unknown = |id: &&NodeId| !map.nodes.iter().any(|node| node.id == **id);
    if let Some(id) = nodes.iter().find(unknown) {
        return Err(Refused::new(404, "unknown", format!("no box has the id `{id}`")));
    }
    let cut = Cut {
        nodes,
        ..Cut::default()
    };
    let graph = BenefitGraph::new(map);
    // The option that is proposed, as for money; that can be chosen whatever the map says of its amounts.
    let found = what_if_in(&graph, &cut, None).unwrap_or_else(|_| what_if(&graph, &cut));
    // An appraisal that cannot be worked out says why, and what follows from the links is known all the same.
    let (money, why) = match what_if_money(&graph, (&cut, &found), None, &Assumed::default()) {
        Ok(money) => (Some(money), None),
        Err(error) => (None, Some(error.to_string())),
    };
    let mut value = found.as_value(&cut, &money.unwrap_or_default(), &map.currency);
    if let Some(why) = why {
        value["money"] = json!({"why_not": why});
    }
    value["rev"] = json!(rev);
    Ok(value.to_string().into_bytes())
}
