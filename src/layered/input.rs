//! What is to be arranged: boxes by stage, connections between them, distances.

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

impl Item {
    /// The same item with sizes that can be computed with: what is not finite, or below 0, counts as 0.
    pub(super) fn sound(&self) -> Self {
        let size = |v: f64| if v.is_finite() { v.max(0.0) } else { 0.0 };
        Self {
            width: size(self.width),
            height: size(self.height),
            ..*self
        }
    }
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
    /// It runs with the stages. Where it closes a cycle, or runs to an earlier stage, it is routed as feedback is.
    Forward,
    /// It runs back on purpose, around the drawing or straight to the layer before, and has no say in the levels.
    Feedback,
}

/// What is to be arranged. Ties are broken by the order of the items.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Input {
    /// The boxes.
    pub items: Vec<Item>,
    /// The lines.
    pub connections: Vec<Connection>,
    /// How many stages there are: each has at least one layer, even without boxes. A box may name a later one.
    pub stages: usize,
    /// The width of a layer without boxes, in px.
    pub empty_width: f64,
    /// An order to start from and to keep, where there is one.
    pub earlier: Option<Earlier>,
    /// Connections that share their line with no other, as indices into `connections`: those that say something of their own.
    /// What runs back never shares.
    pub apart: Vec<usize>,
}

/// An order that the boxes had before, or that people gave them. It is kept whatever it costs in crossings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Earlier {
    /// For every item its place from the top among the items of its stage, in any rising numbers; `None` where it
    /// had none. Items beyond the end of the list had none.
    pub places: Vec<Option<usize>>,
}

/// How to arrange.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Options {
    /// The distances.
    pub spacing: Spacing,
    /// Whether lines with a common end are drawn as one.
    pub sharing: Sharing,
    /// How long an order with few crossings is looked for.
    pub effort: Effort,
}

/// How long an order with few crossings is looked for. It is counted in work, so the same input has the same order on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// Some milliseconds: enough to know how large a picture becomes.
    Quick,
    /// For dense maps up to a quarter of a second more.
    #[default]
    Full,
}

/// Whether lines with a common end are drawn as one where they can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sharing {
    /// Never.
    #[default]
    Never,
    /// Where there are so many crossings that single lines can no longer be followed, and sharing makes them far fewer.
    Auto,
    /// Through the columns that they pass.
    Trunks,
    /// Everywhere: one level line out of each box, one upright before each.
    Uprights,
}

/// Distances, in px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spacing {
    /// Between boxes of one layer.
    pub between_items: f64,
    /// Between the sides of neighbouring layers, at least.
    pub between_columns: f64,
    /// The same beside a layer without boxes, where that is less: lines pass it straight.
    pub beside_empty: f64,
    /// Between a line and a box that it passes, at least.
    pub around_items: f64,
    /// Between two lines side by side.
    pub between_lines: f64,
    /// No gap between columns is made wider than this for lines that rise steeply.
    pub widest_gap: f64,
}

impl Default for Spacing {
    fn default() -> Self {
        Self {
            between_items: 20.0,
            between_columns: 120.0,
            beside_empty: 60.0,
            around_items: 8.0,
            between_lines: 8.0,
            widest_gap: 260.0,
        }
    }
}
