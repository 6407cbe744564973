//! Uprights: the way of every shared line through every gap, before columns have their places.

/// The way of a connection through one gap: level, up or down an upright, and level again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    /// The layer before the gap.
    pub gap: usize,
    /// How far down it comes in, in px.
    pub from: f64,
    /// How far down it goes out.
    pub to: f64,
    /// The upright, and the radius of its two corners; `None` where the line is level throughout.
    pub upright: Option<Upright>,
}

/// The upright that a line takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Upright {
    /// Right of the beginning of the gap, in px.
    pub x: f64,
    /// Of the corner into it.
    pub into: f64,
    /// Of the corner out of it.
    pub out: f64,
}

/// Where lines join or part.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Knot {
    /// The layer before the gap.
    pub gap: usize,
    /// Right of the beginning of the gap, in px.
    pub x: f64,
    /// In px.
    pub y: f64,
    /// The connections that pass it.
    pub of: Vec<usize>,
}

/// The ways of all connections.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Wiring {
    /// Of every connection, gap by gap.
    pub steps: Vec<Vec<Step>>,
    /// In the order of their gaps.
    pub knots: Vec<Knot>,
    /// The length of all that is drawn, in px.
    pub ink: f64,
    /// Crossings of lines in gaps that have nothing to do with each other.
    pub crossings: u64,
    /// How often a line goes on past an upright that takes some of it.
    pub past: u64,
    /// Lines that lie upon another one, so that the picture can be misread.
    pub upon: usize,
}
