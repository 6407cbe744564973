//! Other pictures of the map, as `draw` makes them: an overview, and bands by owner, partner or tag.

use axum::Extension;
use axum::http::{HeaderValue, header};
use axum::response::Response;

use super::answer::{content, either};
use super::app::{Here, held};
use super::error::Refused;
use super::keys::Role;
use super::request::Parameters;
use crate::draw;
use crate::graph::BenefitGraph;
use crate::layout::{Extent, Grouping, LayoutOptions, layout};

/// What a picture takes for each box with its lines, in bytes.
const A_BOX: usize = 12 << 10;
/// An image runs nothing and loads nothing; its colours are in its own style sheet.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox");

/// A picture of the map as it is shown, as SVG; `of` says which.
pub(super) async fn view(Here(app): Here, Extension(role): Extension<Role>, parameters: Parameters) -> Response {
    let made = async {
        let (extent, group_by) = match parameters.get("of") {
            None | Some("overview") => (Extent::Overview, None),
            Some(word) => {
                let wrong = |error| Refused::unreadable(format!("`of` is `overview`, or {error}"));
                (Extent::Whole, Some(word.parse::<Grouping>().map_err(wrong)?))
            }
        };
        let shown = app.hub.shown().view;
        let turn = app.front.budget.turn(role).await?;
        let room = app.front.budget.room(shown.map.nodes.len() * A_BOX).await?;
        let options = LayoutOptions {
            order: shown.order.values().flatten().cloned().collect(),
            as_of: app.front.today,
            source: app.name.clone(),
            extent,
            group_by,
            ..LayoutOptions::default()
        };
        let make = move || {
            let _room = room;
            draw::svg(&layout(&BenefitGraph::new(&shown.map), &options), Default::default()).into_bytes()
        };
        let bytes = app.front.budget.hold(held(turn, make).await?, role)?;
        let mut response = content("image/svg+xml", bytes);
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, POLICY);
        Ok(response)
    };
    either(made.await)
}
