//! The picture in pieces, for a page that moves them: every card and every line by itself.

use crate::escape::markup::legal;
use crate::scene::theme::Theme;
use crate::scene::{Area, Scene};

use crate::xml::el;

use super::{Look, card_in, chart, definitions, ground, head, in_layers, over, style};

/// A picture in pieces. Painted in the order of the fields, they give what [`svg`](super::svg()) writes.
///
/// Cards come as SVG, for they only move; lines as what is different in each, for they bend with every box that moves.
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
    /// One `<g>` element: page, areas, rules, and the dots where lines join.
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
    /// The class of the group that it stands in.
    pub look: String,
    /// The path data of the line, in px of the picture; empty where there is nothing to draw.
    pub line: String,
    /// The path data of its head; empty where it has none.
    pub head: String,
    /// The class of the head.
    pub head_look: String,
    /// What it says when it is pointed at: text, not escaped.
    pub tooltip: String,
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

/// The scene of a map in pieces; the shapes of charts are left out. All text in SVG is escaped.
pub fn pieces(scene: &Scene, theme: &Theme) -> Pieces {
    let look = Look { theme, prefix: "" };
    let mut above = el("g");
    over(&mut above, scene, &look);
    Pieces {
        width: scene.width,
        height: scene.height,
        style: style::sheet(scene, &look),
        defs: definitions(scene, &look).to_svg(),
        ground: el("g").add(ground(scene)).add(chart::joins(scene)).to_svg(),
        routes: in_layers(scene)
            .into_iter()
            .map(|(look, at)| {
                let route = &scene.routes[at];
                let shape = head::shape(route);
                let (line, head) = shape.map_or_else(Default::default, |shape| (shape.line, shape.head));
                RoutePiece {
                    from: route.from.clone(),
                    to: route.to.clone(),
                    look,
                    line,
                    head: head.unwrap_or_default(),
                    head_look: style::head(route),
                    tooltip: legal(&route.tooltip),
                }
            })
            .collect(),
        cards: scene
            .cards
            .iter()
            .map(|card| CardPiece {
                id: card.id.clone(),
                area: card.area(),
                svg: card_in(el("g"), card, &look).to_svg(),
            })
            .collect(),
        over: above.to_svg(),
    }
}
