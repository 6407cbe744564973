//! What a chart is made of besides texts and symbols: lines, areas and markers, each with the part that it plays. A map has
//! dots of this kind where shared lines join.

use super::Point;

/// One line, area or marker of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// What it stands for, which settles its colour, thickness and dashes.
    pub part: Part,
    /// Its form and place.
    pub form: Form,
}

/// What a shape stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A quiet line at a tick of the values.
    Grid,
    /// An axis and its ticks.
    Axis,
    /// Where values are still tolerated.
    Within,
    /// Where values are to be watched.
    Doubtful,
    /// Beyond this line it is bad.
    Limit,
    /// Where a forecast may come to lie.
    Fan,
    /// The edge of that.
    FanEdge,
    /// What was planned.
    Planned,
    /// What is forecast.
    Forecast,
    /// What was measured.
    Actual,
    /// What is to be reached.
    Target,
    /// Where it began.
    Baseline,
    /// The day that the chart speaks of.
    Today,
    /// What is done, from its first to its last day.
    Activity,
    /// That something waits for something else.
    Waits,
    /// The head of that.
    WaitsHead,
    /// Of four steps across a middle, the one farthest to the left.
    FarLeft,
    /// The one to the left of the middle.
    Left,
    /// The one to the right of the middle.
    Right,
    /// The one farthest to the right.
    FarRight,
    /// What is beside such steps and not among them.
    Aside,
    /// Where lines of a map join or part.
    Join,
}

impl Part {
    /// Every part, in its own order.
    pub const ALL: [Part; 22] = [
        Part::Grid,
        Part::Axis,
        Part::Within,
        Part::Doubtful,
        Part::Limit,
        Part::Fan,
        Part::FanEdge,
        Part::Planned,
        Part::Forecast,
        Part::Actual,
        Part::Target,
        Part::Baseline,
        Part::Today,
        Part::Activity,
        Part::Waits,
        Part::WaitsHead,
        Part::FarLeft,
        Part::Left,
        Part::Right,
        Part::FarRight,
        Part::Aside,
        Part::Join,
    ];
}

/// The form of a shape, in px.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// Straight lines from point to point, at least two.
    Line(Vec<Point>),
    /// What straight lines enclose, at least three points.
    Area(Vec<Point>),
    /// A marker around a point.
    Marker(Marker, Point),
}

/// A marker, told apart by shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Marker {
    /// A filled disc.
    Disc,
    /// A small filled disc, where there are many.
    Dot,
    /// The smallest filled disc, upon lines.
    Knot,
    /// A hollow diamond.
    Diamond,
    /// A hollow square.
    Square,
}

impl Marker {
    /// From its centre to its farthest side, in px.
    pub fn reach(self) -> f64 {
        match self {
            Marker::Disc => 5.0,
            Marker::Dot => 3.0,
            Marker::Knot => 2.25,
            Marker::Diamond => 6.5,
            Marker::Square => 4.5,
        }
    }
}
