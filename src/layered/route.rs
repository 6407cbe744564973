//! Routes: smooth lines between ports.
//!
//! In: placed vertices, ports, channels and columns. Out: one Bézier chain a connection. Between two columns all lines follow the same
//! curve, stretched to their ends: two of them then cross once where their ends are in another order at the two
//! sides, and never else, so the picture has the crossings of the order and no more. Columns are passed level, in the
//! free space that the dummy nodes keep.

use super::channels::Channels;
use super::output::{Column, Point};
use super::placing::Placing;
use super::ports::Ports;
use super::problem::Problem;
use super::ranking::EdgeClass;

/// How far the control points of a curve lie from its ends, as a share of the gap: small, to keep near the chord.
const EASE: f64 = 0.16;
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
            EdgeClass::Back => routing.around(k),
            EdgeClass::Forward => routing.through(k),
        })
        .collect()
}

impl Routing<'_> {
    /// The centre of an item.
    fn centre(&self, v: usize) -> Point {
        let column = &self.columns[self.problem.ranking.layer_of[v]];
        (column.x + column.width / 2.0, self.placing.y[v])
    }

    fn start(&self, k: usize) -> Point {
        let v = self.problem.connections[k].from;
        let (x, y) = self.centre(v);
        (x + self.problem.items[v].width / 2.0, y + self.ports.out[k])
    }

    fn end(&self, k: usize) -> Point {
        let v = self.problem.connections[k].to;
        let (x, y) = self.centre(v);
        (x - self.problem.items[v].width / 2.0, y + self.ports.into[k])
    }

    /// Level through columns and beside channels, curved between them.
    fn through(&self, k: usize) -> Vec<Point> {
        let c = &self.problem.connections[k];
        let (first, count) = self.problem.graph.chains[k];
        let mut at = self.start(k);
        let end = self.end(k);
        let mut chain = vec![at];
        let column = self.problem.ranking.layer_of[c.from];
        for step in 0..=count as usize {
            let here = &self.columns[column + step];
            let next = &self.columns[column + step + 1];
            let from_x = here.x + here.width + self.channels.after[column + step];
            let to_x = next.x - self.channels.before[column + step + 1];
            level(&mut chain, from_x);
            at = if step < count as usize {
                (to_x, self.placing.y[first as usize + step])
            } else {
                (to_x, end.1)
            };
            ease(&mut chain, at);
        }
        level(&mut chain, end.0);
        chain
    }

    /// Out, up or down to a level beyond the map, along it, and back.
    fn around(&self, k: usize) -> Vec<Point> {
        let c = &self.problem.connections[k];
        let (start, end) = (self.start(k), self.end(k));
        let Some(channel) = self.channels.of[k] else {
            return vec![];
        };
        let here = &self.columns[self.problem.ranking.layer_of[c.from]];
        let there = &self.columns[self.problem.ranking.layer_of[c.to]];
        let (out, back) = (here.x + here.width + channel.leaving, there.x - channel.arriving);
        rounded(&[
            start,
            (out, start.1),
            (out, channel.y),
            (back, channel.y),
            (back, end.1),
            end,
        ])
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

/// A line with right angles, its corners rounded.
fn rounded(points: &[Point]) -> Vec<Point> {
    /// From the end of a quarter circle to its control point, as a share of the radius.
    const QUARTER: f64 = 0.552_284_75;
    let toward = |a: Point, b: Point, by: f64| {
        let length = (b.0 - a.0).abs() + (b.1 - a.1).abs();
        let share = if length > 0.0 { by / length } else { 0.0 };
        (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
    };
    let straight = |chain: &mut Vec<Point>, to: Point| {
        let Some(&from) = chain.last() else { return };
        let third = |s: f64| (from.0 + (to.0 - from.0) * s, from.1 + (to.1 - from.1) * s);
        chain.extend([third(1.0 / 3.0), third(2.0 / 3.0), to]);
    };
    let mut chain = vec![points[0]];
    for i in 1..points.len() - 1 {
        let (before, corner, after) = (points[i - 1], points[i], points[i + 1]);
        let room = |a: Point, b: Point| ((a.0 - b.0).abs() + (a.1 - b.1).abs()) / 2.0;
        let radius = RADIUS.min(room(before, corner)).min(room(corner, after));
        straight(&mut chain, toward(corner, before, radius));
        chain.extend([
            toward(corner, before, radius * (1.0 - QUARTER)),
            toward(corner, after, radius * (1.0 - QUARTER)),
            toward(corner, after, radius),
        ]);
    }
    straight(&mut chain, points[points.len() - 1]);
    chain
}
