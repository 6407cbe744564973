//! Heights of all vertices, and the gaps between layers.

/// Heights and gaps.
#[derive(Debug, Clone)]
pub(super) struct Placing {
    /// The centre of every vertex, in px downwards.
    pub y: Vec<f64>,
    /// The width of the gap after every layer but the last, in px, room for channels not counted.
    pub gaps: Vec<f64>,
}
