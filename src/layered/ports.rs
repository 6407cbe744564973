//! Ports: where connections leave and enter their boxes, and which way back edges take.

/// One end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    /// At its first box.
    First,
    /// At its second box.
    Second,
}

/// The side of a box that a line leaves or enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wall {
    /// Where lines come from the layer before.
    Left,
    /// Where lines go on to the next layer.
    Right,
}

/// The way of a back edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Out of the drawing, along it, and back in.
    Around {
        /// Above or below all boxes.
        side: Side,
        /// Where it leaves its first box.
        leaves: Wall,
        /// Where it enters its second box.
        enters: Wall,
    },
    /// Straight through the gap between two layers that follow each other.
    Across,
}

impl Way {
    /// Out at the right of the first box, above the drawing, and in at the left of the second box.
    pub(super) const USUAL: Self = Self::usual(Side::Above);

    /// The same on that side.
    pub(super) const fn usual(side: Side) -> Self {
        Self::Around {
            side,
            leaves: Wall::Right,
            enters: Wall::Left,
        }
    }

    /// The side of the box that one end is at.
    pub(super) fn wall(self, end: End) -> Wall {
        match (self, end) {
            (Self::Around { leaves, .. }, End::First) => leaves,
            (Self::Around { enters, .. }, End::Second) => enters,
            (Self::Across, End::First) => Wall::Left,
            (Self::Across, End::Second) => Wall::Right,
        }
    }
}

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
    pub way: Vec<Way>,
}

impl Ports {
    /// The place of one end of a connection.
    pub(super) fn at(&self, (connection, end): (usize, End)) -> f64 {
        match end {
            End::First => self.out[connection],
            End::Second => self.into[connection],
        }
    }
}
