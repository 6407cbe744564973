//! The picture in pieces, for a page that moves them: every card and every line by itself.

use svg::node::element::Group;

use crate::scene::theme::Theme;
use crate::scene::{Area, Point, Scene};

use super::{add_all, add_route, card_in, definitions, ground, in_layers, over, style};

/// A picture in pieces. Painted in the order of the fields, they give what [`svg`](super::svg()) writes.
#[derive(Debug, Clone, PartialEq)]
pub struct Pieces {
    /// In px.
    pub width: f64,
    /// In px.
    pub height: f64,
    /// The style sheet. Nothing of it comes from texts of the scene.
    pub style: String,
    /// One `<defs>` element.
    pub defs: String,
    /// One `<g>` element: page, areas and rules.
    pub ground: String,
    /// Every line, in the order they are painted.
    pub routes: Vec<RoutePiece>,
    /// Every card, in the order of the scene.
    pub cards: Vec<CardPiece>,
    /// One `<g>` element: headings, notes, legend.
    pub over: String,
}

/// A line by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct RoutePiece {
    /// The id of the card that it leaves.
    pub from: String,
    /// The id of the card that it enters.
    pub to: String,
    /// 3k + 1 control points.
    pub bezier: Vec<Point>,
    /// One `<g>` element, in px of the picture.
    pub svg: String,
}

/// A card by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct CardPiece {
    /// What it stands for.
    pub id: String,
    /// Where it is.
    pub area: Area,
    /// One `<g>` element, drawn from the card's upper left corner: it stays the same when the card only moves.
    pub svg: String,
}

/// The scene of a map in pieces; the shapes of charts are left out. All text in them is escaped.
pub fn pieces(scene: &Scene, theme: &Theme) -> Pieces {
    Pieces {
        width: scene.width,
        height: scene.height,
        style: style::sheet(scene, theme),
        defs: definitions(scene, theme).to_string(),
        ground: add_all(Group::new(), ground(scene)).to_string(),
        routes: in_layers(scene)
            .into_iter()
            .map(|(look, at)| {
                let route = &scene.routes[at];
                RoutePiece {
                    from: route.from.clone(),
                    to: route.to.clone(),
                    bezier: route.bezier.clone(),
                    svg: add_route(Group::new().set("class", look), route).to_string(),
                }
            })
            .collect(),
        cards: scene
            .cards
            .iter()
            .map(|card| CardPiece {
                id: card.id.clone(),
                area: card.area(),
                svg: card_in(Group::new(), card, theme.texture).to_string(),
            })
            .collect(),
        over: over(Group::new(), scene, theme).to_string(),
    }
}
