//! Counting crossings.

use crate::layered::graph::LayeredGraph;
use crate::layered::levels::Levels;

/// All crossings of an order, between all neighbouring layers.
pub(super) fn all(graph: &LayeredGraph, levels: &Levels) -> u64 {
    let mut counter = Counter::default();
    (1..levels.layers.len())
        .map(|c| counter.between(graph, levels, c - 1))
        .sum()
}

/// Room for counting, kept between counts.
#[derive(Debug, Default)]
pub(super) struct Counter {
    tree: Vec<u32>,
    ends: Vec<u32>,
}

impl Counter {
    /// The crossings between layer `c` and the next, in O(e log v): the inversions in the sequence of right ends,
    /// counted by an accumulator tree (Barth, Mutzel and Jünger 2004, "Simple and efficient bilayer cross counting").
    pub fn between(&mut self, graph: &LayeredGraph, levels: &Levels, c: usize) -> u64 {
        let width = levels.layers[c + 1].len();
        self.tree.clear();
        self.tree.resize(width + 1, 0);
        let mut crossings = 0u64;
        let mut before = 0u64;
        for &v in &levels.layers[c] {
            let right = graph.right.of(v);
            // Lines of one vertex do not cross each other: count all of them before any is entered.
            self.ends.clear();
            self.ends.extend(right.iter().map(|&to| levels.position[to as usize]));
            for &end in &self.ends {
                let mut i = end as usize + 1;
                let mut not_below = 0u64;
                while i > 0 {
                    not_below += u64::from(self.tree[i]);
                    i &= i - 1;
                }
                crossings += before - not_below;
            }
            for &end in &self.ends {
                let mut i = end as usize + 1;
                while i <= width {
                    self.tree[i] += 1;
                    i += i & i.wrapping_neg();
                }
            }
            before += self.ends.len() as u64;
        }
        crossings
    }
}
