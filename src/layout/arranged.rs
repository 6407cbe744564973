//! What the engine arranged, turned the way that the picture is read.

use crate::map::NodeKind;
use crate::scene::{Card, Point};

use super::ReadingDirection;
use crate::layered::{self, Band, Connection, Earlier, Effort, Input, Item, Sharing, Spacing};

/// Where cards, lines and stages are, in px; the top left corner of the whole is at (0, 0).
pub(super) struct Arranged {
    /// The centre of every card.
    pub centres: Vec<Point>,
    /// Every line, in the order of the connections.
    pub curves: Vec<Curve>,
    /// Every stage, in order.
    pub stages: Vec<Span>,
    /// Where shared lines join or part, and the connections that pass there.
    pub joins: Vec<(Point, Vec<usize>)>,
    /// How many gaps there are between columns, or between rows.
    pub gaps: usize,
    /// Every band across the reading direction, in order.
    pub bands: Vec<Band>,
    pub width: f64,
    pub height: f64,
}

/// A line.
pub(super) struct Curve {
    /// 3k + 1 control points, or none.
    pub points: Vec<Point>,
    /// Whether it ends no later in the reading than it begins.
    pub runs_back: bool,
}

/// The part of the picture that a stage has, along the way it is read.
pub(super) struct Span {
    pub kind: NodeKind,
    pub start: f64,
    pub extent: f64,
}

/// What is to be arranged beside the cards themselves.
pub(super) struct Request<'r> {
    /// The kind of every card.
    pub kinds: Vec<NodeKind>,
    /// The kinds that have a stage, in order and without a gap.
    pub stages: &'static [NodeKind],
    pub connections: Vec<Connection>,
    pub direction: ReadingDirection,
    pub spacing: Spacing,
    pub sharing: Sharing,
    pub effort: Effort,
    /// Connections that say something of their own, and share their line with no other.
    pub apart: Vec<usize>,
    /// The extent of a stage without cards, in px.
    pub empty: f64,
    pub earlier: Option<Earlier>,
    /// The group of every card, where groups are kept together.
    pub groups: Option<Vec<usize>>,
    pub cards: &'r [Card],
}

impl Arranged {
    pub fn new(request: Request<'_>) -> Self {
        let direction = request.direction;
        let first = request.stages.first().map_or(0, |kind| kind.stage());
        let input = Input {
            items: request
                .cards
                .iter()
                .zip(&request.kinds)
                .map(|(card, kind)| {
                    let stage = kind.stage().saturating_sub(first);
                    let (width, height) = direction.turn((card.w, card.h));
                    Item { stage, width, height }
                })
                .collect(),
            connections: request.connections,
            stages: request.stages.len(),
            empty_width: request.empty,
            earlier: request.earlier,
            apart: request.apart,
        };
        let options = layered::Options {
            spacing: request.spacing,
            // Bands lead every line around them by itself.
            sharing: if request.groups.is_some() {
                Sharing::Never
            } else {
                request.sharing
            },
            effort: request.effort,
        };
        let mut output = layered::arrange(&input, &options);
        let mut bands = Vec::new();
        if let Some(groups) = &request.groups {
            (output, bands) = layered::bands(&input, output, groups);
        }
        let gaps = output.columns.len().saturating_sub(1);
        let stages = request
            .stages
            .iter()
            .filter_map(|&kind| {
                let columns = || output.columns.iter().filter(|c| c.stage + first == kind.stage());
                let start = columns().map(|c| c.x).reduce(f64::min)?;
                let end = columns().map(|c| c.x + c.width).reduce(f64::max)?;
                Some(Span {
                    kind,
                    start,
                    extent: end - start,
                })
            })
            .collect();
        let (width, height) = direction.turn((output.width, output.height));
        Self {
            centres: output.centres.into_iter().map(|p| direction.turn(p)).collect(),
            curves: output
                .routes
                .into_iter()
                .map(|points| Curve {
                    runs_back: points.first().zip(points.last()).is_some_and(|(a, b)| b.0 <= a.0),
                    points: points.into_iter().map(|p| direction.turn(p)).collect(),
                })
                .collect(),
            joins: output
                .joins
                .into_iter()
                .map(|join| (direction.turn(join.at), join.of))
                .collect(),
            stages,
            gaps,
            bands,
            width,
            height,
        }
    }
}

impl ReadingDirection {
    /// The engine reads to the right: a point or a size of its own as it is in the picture, and the other way round.
    fn turn(self, (x, y): Point) -> Point {
        match self {
            Self::Right => (x, y),
            Self::Down => (y, x),
        }
    }
}
