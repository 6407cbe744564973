//! The seam of the layout: sizes, stages and connections in, coordinates out; no text, no map.

/// One box to be placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item {
    /// The stage, from 0 at the left.
    pub stage: usize,
    /// In px.
    pub width: f64,
    /// In px.
    pub height: f64,
}

/// A line to be drawn between two boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connection {
    /// Where it leaves, as an index into the items.
    pub from: usize,
    /// Where it arrives, as an index into the items.
    pub to: usize,
    /// Whether it may run back.
    pub flow: Flow,
}

/// Whether a connection belongs to the flow from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// It runs with the stages. Where it closes a loop, or runs to an earlier stage, it is routed as feedback is.
    Forward,
    /// It runs back on purpose, in a lane around the map, and has no say in the order.
    Feedback,
}

/// What is to be arranged. Ties are broken by the order of the items.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Input {
    /// The boxes.
    pub items: Vec<Item>,
    /// The lines.
    pub connections: Vec<Connection>,
}

/// Distances, in px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spacing {
    /// Between boxes of one column.
    pub between_items: f64,
    /// Between the sides of neighbouring columns, at least.
    pub between_columns: f64,
    /// Between a line and a box that it passes, at least.
    pub around_items: f64,
    /// Between two lines side by side.
    pub between_lines: f64,
}

impl Default for Spacing {
    fn default() -> Self {
        Self {
            between_items: 20.0,
            between_columns: 120.0,
            around_items: 8.0,
            between_lines: 8.0,
        }
    }
}

/// One column of boxes: a stage, or a part of one where nodes of one stage feed each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// The stage that it belongs to.
    pub stage: usize,
    /// Left side, in px.
    pub x: f64,
    /// In px.
    pub width: f64,
}

/// Where everything is. All in px, x to the right, y down, the top left corner of the whole at (0, 0).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Output {
    /// From left to right; a stage without boxes has one column of no boxes only if `Input` says so.
    pub columns: Vec<Column>,
    /// The centre of every item, in the order of the input.
    pub centres: Vec<(f64, f64)>,
    /// The column of every item, as an index into `columns`.
    pub column_of: Vec<usize>,
    /// A cubic Bézier chain for every connection, in the order of the input: 3k + 1 control points from the side of
    /// the first box to the side of the second.
    pub routes: Vec<Vec<(f64, f64)>>,
    /// The extent of boxes and lines together.
    pub width: f64,
    /// The extent of boxes and lines together.
    pub height: f64,
}
