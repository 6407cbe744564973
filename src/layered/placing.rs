//! Heights of all vertices, and the gaps between layers.

use super::graph::LayeredGraph;

/// How far the control points of a curve lie from its ends, as a share of the gap: enough for round bends, and all lines of a
/// gap have the same, so that it changes no crossing.
pub(super) const EASE: f64 = 0.30;
/// A bend begins so far outside of the column, in px, that it keeps clear of the corners of boxes; less in a narrow gap.
pub(super) const CLEAR: f64 = 8.0;

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
