//! Heights of all vertices, and the gaps between layers.

use super::graph::LayeredGraph;

/// Heights and gaps.
#[derive(Debug, Clone)]
pub(super) struct Placing {
    /// The centre of every vertex, in px downwards.
    pub y: Vec<f64>,
    /// The width of the gap after every layer but the last, in px, room for channels not counted.
    pub gaps: Vec<f64>,
}

impl Placing {
    /// How far lines lead through gaps, about: by the heights of what they join.
    pub fn rise(&self, graph: &LayeredGraph) -> f64 {
        let mut rise = 0.0;
        for v in 0..graph.len() as u32 {
            for &to in graph.right.of(v) {
                let (across, down) = (
                    self.gaps[graph.layer_of[v as usize] as usize],
                    self.y[to as usize] - self.y[v as usize],
                );
                rise += (across * across + down * down).sqrt();
            }
        }
        rise
    }
}
