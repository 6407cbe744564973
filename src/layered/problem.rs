//! What all stages after the order read: the input, its layers and their levels, in one place.

use super::graph::LayeredGraph;
use super::input::{Connection, Item, Spacing};
use super::levels::Levels;
use super::output::Drawn;
use super::placing::Placing;
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
    /// How lines with a common end are drawn.
    pub drawn: Drawn,
    /// Of every connection, whether its line is its own all the way.
    pub apart: &'a [bool],
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

    /// Whether a connection has a part of its line in common with others, or may have.
    pub fn is_shared(&self, connection: usize) -> bool {
        match self.drawn {
            Drawn::Apart => false,
            Drawn::Trunks => !self.apart[connection] && !self.graph.dummies(connection).is_empty(),
            Drawn::Uprights => !self.apart[connection],
        }
    }

    /// Where a dummy may stand without coming too near to the ones above and below.
    pub fn room(&self, v: u32, placing: &Placing) -> (f64, f64) {
        let layer = &self.levels.layers[self.graph.layer_of[v as usize] as usize];
        let i = self.levels.position[v as usize] as usize;
        let y = placing.y[v as usize];
        let low = if i > 0 {
            placing.y[layer[i - 1] as usize] + self.separation(layer[i - 1], v)
        } else {
            f64::MIN
        };
        let high = layer
            .get(i + 1)
            .map_or(f64::MAX, |&below| placing.y[below as usize] - self.separation(v, below));
        // Sums of distances may differ in the last bits: where the dummy stands it may stay.
        (low.min(y), high.max(y))
    }
}
