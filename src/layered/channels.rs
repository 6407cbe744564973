//! Channels: the way of every back edge around the drawing, and the room that they take beside the layers.

/// Where one back edge turns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Channel {
    /// Of the track beside the first layer, from that side of it where the edge leaves.
    pub leaving: f64,
    /// How far down its level run is, in px.
    pub y: f64,
    /// Of the track beside the last layer, from that side of it where the edge enters.
    pub arriving: f64,
}

/// The channels of all back edges.
#[derive(Debug, Clone)]
pub(super) struct Channels {
    /// The channel of every connection that is a back edge.
    pub of: Vec<Option<Channel>>,
    /// The room left of every layer, in px.
    pub before: Vec<f64>,
    /// The room right of every layer, in px.
    pub after: Vec<f64>,
}
