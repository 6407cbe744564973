//! What all stages after the order read: the input, its layers and their levels, in one place.

use super::graph::LayeredGraph;
use super::input::{Connection, Item, Spacing};
use super::levels::Levels;
use super::ranking::{EdgeClass, Ranking};

/// The layered graph with its levels, and what it was made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Problem<'a> {
    pub items: &'a [Item],
    pub connections: &'a [Connection],
    pub spacing: &'a Spacing,
    pub ranking: &'a Ranking,
    pub graph: &'a LayeredGraph,
    pub levels: &'a Levels,
}

impl Problem<'_> {
    /// The class of a connection.
    pub fn class(&self, connection: usize) -> EdgeClass {
        self.ranking.class[connection]
    }

    /// The height of a vertex in px: 0 for a dummy node.
    pub fn height(&self, v: u32) -> f64 {
        self.items.get(v as usize).map_or(0.0, |item| item.height)
    }

    /// The least distance of the centres of two neighbours in a layer, in px.
    pub fn separation(&self, a: u32, b: u32) -> f64 {
        let gap = match (self.graph.is_dummy(a), self.graph.is_dummy(b)) {
            (false, false) => self.spacing.between_items,
            (true, true) => self.spacing.between_lines,
            _ => self.spacing.around_items,
        };
        (self.height(a) + self.height(b)) / 2.0 + gap
    }
}
