//! A map's boxes and links, and where a drawing put them.

use std::collections::BTreeMap;

use benefit_map::map::BenefitMap;
use serde::Deserialize;

/// A place in px, x to the right, y down.
pub type Point = (f64, f64);

/// A box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// The stage of its node, from 0.
    pub stage: usize,
    /// Centre; not a number where the box was not drawn.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Frame {
    /// Whether it was drawn.
    pub fn is_placed(&self) -> bool {
        self.x.is_finite() && self.y.is_finite() && self.w.is_finite() && self.h.is_finite()
    }

    /// Whether a point lies in the box made larger by `margin` on every side, its edge included.
    pub fn holds(&self, (x, y): Point, margin: f64) -> bool {
        (x - self.x).abs() <= self.w / 2.0 + margin && (y - self.y).abs() <= self.h / 2.0 + margin
    }

    /// Upper left and lower right corner.
    pub fn corners(&self) -> (Point, Point) {
        let (w, h) = (self.w / 2.0, self.h / 2.0);
        ((self.x - w, self.y - h), (self.x + w, self.y + h))
    }
}

/// A link as it was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The box that it leaves, as an index into the frames.
    pub from: usize,
    /// The box that it enters.
    pub to: usize,
    /// Its corners, curves cut into chords; at least two.
    pub points: Vec<Point>,
    /// The least radius of its bends in px, where it is drawn of curves; `None` where it is drawn of straight pieces.
    pub tightest: Option<f64>,
}

/// How many chords stand for one cubic.
const CHORDS: usize = 16;

impl Line {
    /// A line of straight pieces.
    pub fn through(from: usize, to: usize, points: Vec<Point>) -> Self {
        Self {
            from,
            to,
            points,
            tightest: None,
        }
    }

    /// A line of cubics: 3k + 1 control points.
    pub fn curved(from: usize, to: usize, controls: &[Point]) -> Self {
        let mut points = Vec::with_capacity(controls.len() / 3 * CHORDS + 1);
        points.extend(controls.first());
        for cubic in controls.windows(4).step_by(3) {
            points.extend((1..=CHORDS).map(|i| on_cubic(cubic, i as f64 / CHORDS as f64)));
        }
        let radii = controls.windows(4).step_by(3).map(least_radius);
        Self {
            from,
            to,
            points,
            tightest: Some(radii.fold(f64::INFINITY, f64::min)),
        }
    }

    /// In px.
    pub fn length(&self) -> f64 {
        self.points
            .windows(2)
            .map(|piece| {
                let (dx, dy) = (piece[1].0 - piece[0].0, piece[1].1 - piece[0].1);
                (dx * dx + dy * dy).sqrt()
            })
            .sum()
    }

    fn is_drawn(&self) -> bool {
        self.points.len() > 1
            && self
                .points
                .iter()
                .all(|point| point.0.is_finite() && point.1.is_finite())
    }
}

/// The point of a cubic at `t` from 0 to 1 (de Casteljau).
fn on_cubic(controls: &[Point], t: f64) -> Point {
    let between = |a: Point, b: Point| (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
    let outer = [
        between(controls[0], controls[1]),
        between(controls[1], controls[2]),
        between(controls[2], controls[3]),
    ];
    between(between(outer[0], outer[1]), between(outer[1], outer[2]))
}

/// The least radius of a cubic, of 128 places along it: the cube of the speed over what the speed turns by.
fn least_radius(controls: &[Point]) -> f64 {
    let less = |a: Point, b: Point| (a.0 - b.0, a.1 - b.1);
    let first = [1, 2, 3].map(|i| less(controls[i], controls[i - 1]));
    let second = [1, 2].map(|i| less(first[i], first[i - 1]));
    let radius = |t: f64| {
        let u = 1.0 - t;
        let sum = |parts: &[(f64, Point)]| {
            parts
                .iter()
                .fold((0.0, 0.0), |s, (k, p)| (s.0 + k * p.0, s.1 + k * p.1))
        };
        let v = sum(&[
            (3.0 * u * u, first[0]),
            (6.0 * u * t, first[1]),
            (3.0 * t * t, first[2]),
        ]);
        let a = sum(&[(6.0 * u, second[0]), (6.0 * t, second[1])]);
        let turn = (v.0 * a.1 - v.1 * a.0).abs();
        if turn < 1e-9 {
            f64::INFINITY
        } else {
            v.0.hypot(v.1).powi(3) / turn
        }
    };
    (1..128)
        .map(|i| radius(f64::from(i) / 128.0))
        .fold(f64::INFINITY, f64::min)
}

/// Boxes and lines of one drawn map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picture {
    /// One for every node of the map, in the map's order.
    pub frames: Vec<Frame>,
    /// The lines that were drawn.
    pub lines: Vec<Line>,
    /// How many more links the map has.
    pub missing_links: usize,
}

/// Why a drawing cannot be told against its map.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// It is no scene.
    #[error("the drawing is no scene: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// It has a box that the map has not, or one twice.
    #[error("the drawing has a box `{id}` too many")]
    StrangeBox {
        /// What the box is called.
        id: String,
    },
    /// It has a line that the map has not, or more of it than the map has.
    #[error("the drawing has a line `{from}` -> `{to}` too many")]
    StrangeLine {
        /// Where it leaves.
        from: String,
        /// Where it arrives.
        to: String,
    },
}

/// A drawing as `draw --format scene` writes it; fields that are not asked for here are passed over.
#[derive(Deserialize)]
struct Scene {
    nodes: Vec<SceneNode>,
    edges: Vec<SceneEdge>,
}

#[derive(Deserialize)]
struct SceneNode {
    id: String,
    x: Option<f64>,
    y: Option<f64>,
    w: Option<f64>,
    h: Option<f64>,
}

#[derive(Deserialize)]
struct SceneEdge {
    from: String,
    to: String,
    bezier: Option<Vec<(Option<f64>, Option<f64>)>>,
    points: Option<Vec<(Option<f64>, Option<f64>)>>,
}

impl Picture {
    /// The picture of a map that a scene draws. Links of the map that lead to no node are left out, since there is
    /// nothing to draw.
    ///
    /// # Errors
    /// [`PictureError`] where the scene cannot be read, or draws what is not in the map.
    pub fn of(map: &BenefitMap, scene: &str) -> Result<Self, PictureError> {
        let scene: Scene = serde_json::from_str(scene)?;
        let number = |value: Option<f64>| value.unwrap_or(f64::NAN);
        let mut picture = Self::undrawn(map);
        let index = indices(map);
        for node in scene.nodes {
            let frame = index.get(node.id.as_str()).map(|&i| &mut picture.frames[i]);
            let Some(frame) = frame.filter(|frame| !frame.is_placed()) else {
                return Err(PictureError::StrangeBox { id: node.id });
            };
            (frame.x, frame.y) = (number(node.x), number(node.y));
            (frame.w, frame.h) = (number(node.w), number(node.h));
        }
        let mut wanted: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for link in &map.links {
            if let (Some(&from), Some(&to)) = (index.get(link.from.as_str()), index.get(link.to.as_str())) {
                *wanted.entry((from, to)).or_default() += 1;
            }
        }
        for edge in scene.edges {
            let ends = (index.get(edge.from.as_str()), index.get(edge.to.as_str()));
            let left = match ends {
                (Some(&from), Some(&to)) => wanted.get_mut(&(from, to)).filter(|left| **left > 0),
                _ => None,
            };
            let (Some(left), (Some(&from), Some(&to))) = (left, ends) else {
                let SceneEdge { from, to, .. } = edge;
                return Err(PictureError::StrangeLine { from, to });
            };
            let points = |list: Vec<(Option<f64>, Option<f64>)>| -> Vec<Point> {
                list.into_iter().map(|(x, y)| (number(x), number(y))).collect()
            };
            let line = match (edge.bezier, edge.points) {
                (Some(controls), _) => Line::curved(from, to, &points(controls)),
                (None, Some(corners)) => Line::through(from, to, points(corners)),
                (None, None) => Line::through(from, to, vec![]),
            };
            if line.is_drawn() {
                *left -= 1;
                picture.lines.push(line);
            }
        }
        picture.missing_links = wanted.values().sum();
        Ok(picture)
    }

    /// The boxes of a map without places, and no line.
    pub fn undrawn(map: &BenefitMap) -> Self {
        let frame = |stage| Frame {
            stage,
            x: f64::NAN,
            y: f64::NAN,
            w: f64::NAN,
            h: f64::NAN,
        };
        Self {
            frames: map.nodes.iter().map(|node| frame(node.kind.stage())).collect(),
            lines: Vec::new(),
            missing_links: map.links.len(),
        }
    }

    /// Upper left and lower right corner of boxes and lines together; `None` where nothing was drawn.
    pub fn bounds(&self) -> Option<(Point, Point)> {
        let boxes = self.frames.iter().filter(|frame| frame.is_placed()).map(Frame::corners);
        let lines = self
            .lines
            .iter()
            .flat_map(|line| &line.points)
            .map(|&point| (point, point));
        boxes
            .chain(lines)
            .reduce(|(a, b), (c, d)| ((a.0.min(c.0), a.1.min(c.1)), (b.0.max(d.0), b.1.max(d.1))))
    }
}

/// The place of every id among the map's nodes, the first where several share it.
fn indices(map: &BenefitMap) -> BTreeMap<&str, usize> {
    let mut index = BTreeMap::new();
    for (i, node) in map.nodes.iter().enumerate() {
        index.entry(node.id.as_str()).or_insert(i);
    }
    index
}
