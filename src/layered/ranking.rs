//! The layers, who is in them, and the class of every connection.

/// How a connection is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EdgeClass {
    /// Through the gaps between layers, from left to right.
    Forward,
    /// Out of the drawing, along a channel above or below it, and back in.
    Back,
    /// From an item to itself.
    SelfLoop,
    /// Not at all: it names an item that does not exist.
    Dangling,
}

/// The layers, and who is in them.
#[derive(Debug, Clone)]
pub(super) struct Ranking {
    /// The stage of every layer, rising.
    pub stage_of_layer: Vec<usize>,
    /// The layer of every item.
    pub layer_of: Vec<usize>,
    /// The class of every connection.
    pub class: Vec<EdgeClass>,
}
