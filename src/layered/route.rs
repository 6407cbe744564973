//! Routes: smooth lines between ports.
//!
//! In: placed vertices, ports, channels and columns. Out: one Bézier chain a connection. Between two columns all lines follow the same
//! curve, stretched to their ends: two of them then cross once where their ends are in another order at the two
//! sides, and never else, so the picture has the crossings of the order and no more. Columns are passed level, in the
//! free space that the dummy nodes keep.

use super::channels::Channels;
use super::output::{Column, Join, Point};
use super::placing::{CLEAR, EASE, Placing};
use super::ports::{End, Ports, Wall, Way};
use super::problem::Problem;
use super::ranking::EdgeClass;
use super::wiring::{Knot, Step, Upright, Wiring};

/// Of the corners of back edges.
const RADIUS: f64 = 10.0;
/// How far a self-link swings out.
const SWING: f64 = 36.0;

/// What the lines are drawn from.
struct Routing<'a> {
    problem: &'a Problem<'a>,
    ports: &'a Ports,
    placing: &'a Placing,
    channels: &'a Channels,
    columns: &'a [Column],
}

/// The lines of all connections, in px, between columns that are set.
pub(super) fn routes(
    problem: &Problem,
    ports: &Ports,
    placing: &Placing,
    channels: &Channels,
    columns: &[Column],
    wiring: &Wiring,
) -> Vec<Vec<Point>> {
    let routing = Routing {
        problem,
        ports,
        placing,
        channels,
        columns,
    };
    (0..problem.connections.len())
        .map(|k| match problem.class(k) {
            EdgeClass::Dangling => vec![],
            EdgeClass::SelfLoop => routing.looped(k),
            EdgeClass::Back if ports.way[k] == Way::Across => routing.across(k),
            EdgeClass::Back => routing.around(k),
            EdgeClass::Forward if wiring.steps.is_empty() => routing.through(k),
            EdgeClass::Forward => routing.wired(k, &wiring.steps[k]),
        })
        .collect()
}

impl Routing<'_> {
    /// The centre of an item.
    fn centre(&self, v: usize) -> Point {
        let column = &self.columns[self.problem.ranking.layer_of[v]];
        (column.x + column.width / 2.0, self.placing.y[v])
    }

    /// The middle of a side of a box, `down` below it.
    fn at(&self, v: usize, wall: Wall, down: f64) -> Point {
        let (x, y) = self.centre(v);
        let half = self.problem.items[v].width / 2.0;
        let x = match wall {
            Wall::Left => x - half,
            Wall::Right => x + half,
        };
        (x, y + down)
    }

    /// Where a line that runs forward leaves its first box.
    fn start(&self, k: usize) -> Point {
        self.at(self.problem.connections[k].from, Wall::Right, self.ports.out[k])
    }

    /// Where a line that runs forward enters its second box.
    fn end(&self, k: usize) -> Point {
        self.at(self.problem.connections[k].to, Wall::Left, self.ports.into[k])
    }

    /// The ends of a back edge.
    fn ends(&self, k: usize) -> (Point, Point) {
        let (c, way) = (&self.problem.connections[k], self.ports.way[k]);
        (
            self.at(c.from, way.wall(End::First), self.ports.out[k]),
            self.at(c.to, way.wall(End::Second), self.ports.into[k]),
        )
    }

    /// Where the lines of the gap after a column begin and end to rise and fall.
    fn gap(&self, column: usize) -> (f64, f64) {
        let (here, next) = (&self.columns[column], &self.columns[column + 1]);
        let from_x = here.x + here.width + self.channels.after[column];
        let to_x = next.x - self.channels.before[column + 1];
        let clear = CLEAR.min((to_x - from_x) / 6.0);
        (from_x + clear, to_x - clear)
    }

    /// Level through columns and beside channels, curved between them.
    fn through(&self, k: usize) -> Vec<Point> {
        let c = &self.problem.connections[k];
        let dummies = self.problem.graph.dummies(k);
        let mut at = self.start(k);
        let end = self.end(k);
        let mut chain = vec![at];
        let column = self.problem.ranking.layer_of[c.from];
        for step in 0..=dummies.len() {
            let (from_x, to_x) = self.gap(column + step);
            level(&mut chain, from_x);
            let y = dummies.get(step).map_or(end.1, |&v| self.placing.y[v as usize]);
            at = (to_x, y);
            ease(&mut chain, at);
        }
        level(&mut chain, end.0);
        chain
    }

    /// Level through columns, and up or down an upright in each gap.
    fn wired(&self, k: usize, steps: &[Step]) -> Vec<Point> {
        let mut chain = vec![self.start(k)];
        for step in steps {
            if let Some(Upright { x, into, out }) = step.upright {
                let x = gap_start(self.columns, self.channels, step.gap) + x;
                let sign = (step.to - step.from).signum();
                level(&mut chain, x - into);
                turn(&mut chain, (x, step.from), (x, step.from + sign * into));
                straight(&mut chain, (x, step.to - sign * out));
                turn(&mut chain, (x, step.to), (x + out, step.to));
            }
        }
        level(&mut chain, self.end(k).0);
        chain
    }

    /// Out, up or down to a level beyond the map, along it, and back.
    fn around(&self, k: usize) -> Vec<Point> {
        let c = &self.problem.connections[k];
        let (start, end) = self.ends(k);
        let Some(channel) = self.channels.of[k] else {
            return vec![];
        };
        let beside = |v: usize, end: End, track: f64| {
            let column = &self.columns[self.problem.ranking.layer_of[v]];
            match self.ports.way[k].wall(end) {
                Wall::Left => column.x - track,
                Wall::Right => column.x + column.width + track,
            }
        };
        let out = beside(c.from, End::First, channel.leaving);
        let back = beside(c.to, End::Second, channel.arriving);
        rounded(&[
            start,
            (out, start.1),
            (out, channel.y),
            (back, channel.y),
            (back, end.1),
            end,
        ])
    }

    /// Back through the gap between two columns, on the curve that all lines there have.
    fn across(&self, k: usize) -> Vec<Point> {
        let (start, end) = self.ends(k);
        let (from_x, to_x) = self.gap(self.problem.ranking.layer_of[self.problem.connections[k].to]);
        let mut chain = vec![end];
        level(&mut chain, from_x);
        ease(&mut chain, (to_x, start.1));
        level(&mut chain, start.0);
        chain.reverse();
        chain
    }

    /// A small loop at the right side.
    fn looped(&self, k: usize) -> Vec<Point> {
        let (x, y) = self.start(k);
        let (_, centre) = self.centre(self.problem.connections[k].from);
        let back = centre + self.ports.into[k];
        let flare = ((back - y) / 2.0).max(SWING / 4.0);
        vec![(x, y), (x + SWING, y - flare), (x + SWING, back + flare), (x, back)]
    }
}

/// Goes on level to `x`.
fn level(chain: &mut Vec<Point>, x: f64) {
    let Some(&(from, y)) = chain.last() else { return };
    if x - from > 0.005 {
        let third = (x - from) / 3.0;
        chain.extend([(from + third, y), (x - third, y), (x, y)]);
    }
}

/// Goes on in the curve that all lines of a gap share.
fn ease(chain: &mut Vec<Point>, to: Point) {
    let Some(&from) = chain.last() else { return };
    let lead = (to.0 - from.0) * EASE;
    chain.extend([(from.0 + lead, from.1), (to.0 - lead, to.1), to]);
}

/// Where the gap after a layer begins, past the channels of its boxes.
fn gap_start(columns: &[Column], channels: &Channels, gap: usize) -> f64 {
    columns[gap].x + columns[gap].width + channels.after[gap]
}

/// Where shared lines join or part, between columns that are set.
pub(super) fn joins(wiring: &Wiring, channels: &Channels, columns: &[Column]) -> Vec<Join> {
    let join = |knot: &Knot| Join {
        at: (gap_start(columns, channels, knot.gap) + knot.x, knot.y),
        of: knot.of.clone(),
    };
    wiring.knots.iter().map(join).collect()
}

/// Goes on straight.
fn straight(chain: &mut Vec<Point>, to: Point) {
    let Some(&from) = chain.last() else { return };
    if (to.0 - from.0).abs() + (to.1 - from.1).abs() > 0.005 {
        let part = |s: f64| (from.0 + (to.0 - from.0) * s, from.1 + (to.1 - from.1) * s);
        chain.extend([part(1.0 / 3.0), part(2.0 / 3.0), to]);
    }
}

/// Turns a corner in a quarter of a circle.
fn turn(chain: &mut Vec<Point>, corner: Point, to: Point) {
    /// From the end of a quarter circle to its control point, as a share of the radius.
    const QUARTER: f64 = 0.552_284_75;
    let Some(&from) = chain.last() else { return };
    let toward = |a: Point, b: Point| (a.0 + (b.0 - a.0) * QUARTER, a.1 + (b.1 - a.1) * QUARTER);
    chain.extend([toward(from, corner), toward(to, corner), to]);
}

/// A line with right angles, its corners rounded.
fn rounded(points: &[Point]) -> Vec<Point> {
    let toward = |a: Point, b: Point, by: f64| {
        let length = (b.0 - a.0).abs() + (b.1 - a.1).abs();
        let share = if length > 0.0 { by / length } else { 0.0 };
        (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
    };
    let mut chain = vec![points[0]];
    for i in 1..points.len() - 1 {
        let (before, corner, after) = (points[i - 1], points[i], points[i + 1]);
        let room = |a: Point, b: Point| ((a.0 - b.0).abs() + (a.1 - b.1).abs()) / 2.0;
        let radius = RADIUS.min(room(before, corner)).min(room(corner, after));
        straight(&mut chain, toward(corner, before, radius));
        turn(&mut chain, corner, toward(corner, after, radius));
    }
    straight(&mut chain, points[points.len() - 1]);
    chain
}
