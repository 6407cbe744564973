//! Where everything is: the coordinates that come out.

/// A point, in px: x to the right, y down.
pub type Point = (f64, f64);

/// One layer as a column of boxes: a stage, or a part of one where items of one stage feed each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// The stage that it belongs to.
    pub stage: usize,
    /// Left side, in px.
    pub x: f64,
    /// In px.
    pub width: f64,
}

/// How lines with a common end were drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Drawn {
    /// Each by itself, all the way.
    #[default]
    Apart,
    /// As one through the columns that they pass, and fanned out between columns.
    Trunks,
    /// As one level line out of their first box, and as one upright before their second.
    Uprights,
}

/// Where shared lines join or part.
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    /// In px.
    pub at: Point,
    /// The connections that pass it, as indices into those of the input.
    pub of: Vec<usize>,
}

/// Where everything is. All in px, x to the right, y down, the top left corner of the whole at (0, 0).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Output {
    /// From left to right; at least one for every stage of [`Input::stages`](super::Input::stages).
    pub columns: Vec<Column>,
    /// The centre of every item, in the order of the input.
    pub centres: Vec<Point>,
    /// The column of every item, as an index into `columns`.
    pub column_of: Vec<usize>,
    /// A cubic Bézier chain for every connection, in the order of the input: 3k + 1 control points from the side of
    /// the first box to the side of the second. It leaves at the right side and arrives at the left one, save that a
    /// self-loop comes back to the right side. Empty for a connection to an item that does not exist.
    pub routes: Vec<Vec<Point>>,
    /// How lines with a common end were drawn. Lines that are shared have the same curve where they are.
    pub drawn: Drawn,
    /// Where shared lines join or part, for uprights.
    pub joins: Vec<Join>,
    /// The extent of boxes and lines together.
    pub width: f64,
    /// The extent of boxes and lines together.
    pub height: f64,
}
