//! Ports: where connections leave and enter their boxes.

/// On which side of the drawing a back edge runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Above all boxes.
    Above,
    /// Below all boxes.
    Below,
}

/// Where connections leave and enter their boxes, as distances below the centre; and the sides of channels.
#[derive(Debug, Clone)]
pub(super) struct Ports {
    /// Of every connection, at its first box.
    pub out: Vec<f64>,
    /// Of every connection, at its second box.
    pub into: Vec<f64>,
    /// Of every connection, should it be a back edge.
    pub side: Vec<Side>,
}
