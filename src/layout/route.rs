//! Routes: ports on the sides of boxes, and smooth lines between them.
//!
//! In: an order and placed vertices. Out: one Bézier chain a connection. Between two columns all lines follow the same
//! curve, stretched to their ends: two of them then cross once where their ends are in another order at the two
//! sides, and never else, so the picture has the crossings of the order and no more. Columns are passed level, in the
//! free space that the dummy nodes keep.

use super::engine::{Connection, Item, Output, Spacing};
use super::ladder::Ladder;
use super::lane::{self, Lanes, Side};
use super::order::Order;
use super::place::Placing;
use super::rank::{Course, Ranking};

/// A point, in px.
type Point = (f64, f64);

/// How far the control points of a curve lie from its ends, as a share of the gap: small, to keep near the chord.
const EASE: f64 = 0.16;
/// How far apart ports are where there is room, in distances of lines side by side.
const APART: f64 = 1.5;
/// From the corner of a box to the first port.
const INSET: f64 = 6.0;
/// Of the corners of lanes.
const RADIUS: f64 = 10.0;
/// How far a self-link swings out.
const SWING: f64 = 36.0;

/// Where connections leave and enter their boxes, as distances below the centre; and the sides of lanes.
#[derive(Debug, Clone)]
pub(super) struct Ports {
    /// Of every connection, at its first box.
    pub out: Vec<f64>,
    /// Of every connection, at its second box.
    pub into: Vec<f64>,
    /// Of every connection, should it take a lane.
    pub side: Vec<Side>,
}

/// The place of a port among others of its side: those of lanes above, of loops, of lines through the map, of lanes
/// below; then by what they lead to.
type PortKey = (u8, i64, usize);

impl Ports {
    /// Orders the ports of every side as their lines go on, so that lines of one box never cross at its side. Where a
    /// side has no room for a port each, neighbouring lines share one, and are seen as one bundle.
    pub fn new(
        ladder: &Ladder,
        ranking: &Ranking,
        order: &Order,
        items: &[Item],
        connections: &[Connection],
        spacing: &Spacing,
    ) -> Self {
        let n = connections.len();
        let mut ports = Self {
            out: vec![0.0; n],
            into: vec![0.0; n],
            side: vec![Side::Above; n],
        };
        let mut right: Vec<Vec<(PortKey, bool)>> = vec![vec![]; items.len()];
        let mut left: Vec<Vec<PortKey>> = vec![vec![]; items.len()];
        for (k, c) in connections.iter().enumerate() {
            match ranking.course[k] {
                Course::Nowhere => {}
                Course::Loop => right[c.from].extend([((1, 2 * k as i64, k), false), ((1, 2 * k as i64 + 1, k), true)]),
                Course::Through => {
                    let (first, count) = ladder.chains[k];
                    let next = if count > 0 { first } else { c.to as u32 };
                    let last = if count > 0 { first + count - 1 } else { c.from as u32 };
                    right[c.from].push(((2, order.position[next as usize] as i64, k), false));
                    left[c.to].push((2, order.position[last as usize] as i64, k));
                }
                Course::Lane => {
                    let side = lane::side(c, ladder, order);
                    ports.side[k] = side;
                    let span = ranking.column_of[c.from].abs_diff(ranking.column_of[c.to]) as i64;
                    let (rank, span) = if side == Side::Above { (0, span) } else { (3, -span) };
                    right[c.from].push(((rank, span, k), false));
                    left[c.to].push((rank, span, k));
                }
            }
        }
        for (item, (right, left)) in items.iter().zip(right.iter_mut().zip(&mut left)) {
            right.sort_unstable();
            for (i, &((_, _, k), back)) in right.iter().enumerate() {
                let at = port(i, right.len(), item.height, spacing);
                if back { ports.into[k] = at } else { ports.out[k] = at }
            }
            left.sort_unstable();
            for (i, &(_, _, k)) in left.iter().enumerate() {
                ports.into[k] = port(i, left.len(), item.height, spacing);
            }
        }
        ports
    }
}

/// The place of port `i` of `count` on a side of the given height, below its centre: a little apart, so that
/// arrowheads stand clear of each other; closer where the side is short, but never closer than lines side by side.
fn port(i: usize, count: usize, height: f64, spacing: &Spacing) -> f64 {
    let usable = (height - 2.0 * INSET).max(0.0);
    let least = spacing.between_lines.max(1.0);
    let slots = count.min((usable / least) as usize + 1);
    let pitch = (usable / slots.saturating_sub(1).max(1) as f64).min(APART * least);
    let slot = i * slots / count;
    (slot as f64 - (slots - 1) as f64 / 2.0) * pitch
}

/// What the lines are drawn from.
pub(super) struct Drawing<'a> {
    pub ladder: &'a Ladder,
    pub ranking: &'a Ranking,
    pub items: &'a [Item],
    pub connections: &'a [Connection],
    pub ports: &'a Ports,
    pub placing: &'a Placing,
    pub lanes: &'a Lanes,
}

/// The lines of all connections, in px of `output`, whose columns are set.
pub(super) fn routes(drawing: &Drawing, output: &Output) -> Vec<Vec<Point>> {
    (0..drawing.connections.len())
        .map(|k| match drawing.ranking.course[k] {
            Course::Nowhere => vec![],
            Course::Loop => drawing.looped(k, output),
            Course::Lane => drawing.around(k, output),
            Course::Through => drawing.through(k, output),
        })
        .collect()
}

impl Drawing<'_> {
    fn start(&self, k: usize, output: &Output) -> Point {
        let v = self.connections[k].from;
        let (x, y) = output.centres[v];
        (x + self.items[v].width / 2.0, y + self.ports.out[k])
    }

    fn end(&self, k: usize, output: &Output) -> Point {
        let v = self.connections[k].to;
        let (x, y) = output.centres[v];
        (x - self.items[v].width / 2.0, y + self.ports.into[k])
    }

    /// Level through columns and lane tracks, curved between them.
    fn through(&self, k: usize, output: &Output) -> Vec<Point> {
        let c = &self.connections[k];
        let (first, count) = self.ladder.chains[k];
        let mut at = self.start(k, output);
        let end = self.end(k, output);
        let mut chain = vec![at];
        let column = self.ranking.column_of[c.from];
        for step in 0..=count as usize {
            let here = &output.columns[column + step];
            let next = &output.columns[column + step + 1];
            let from_x = here.x + here.width + self.lanes.after(column + step);
            let to_x = next.x - self.lanes.before(column + step + 1);
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
    fn around(&self, k: usize, output: &Output) -> Vec<Point> {
        let c = &self.connections[k];
        let (start, end) = (self.start(k, output), self.end(k, output));
        let Some(turns) = self.lanes.turns[k] else {
            return vec![];
        };
        let here = &output.columns[self.ranking.column_of[c.from]];
        let there = &output.columns[self.ranking.column_of[c.to]];
        let (out, back) = (here.x + here.width + turns.leaving, there.x - turns.arriving);
        rounded(&[
            start,
            (out, start.1),
            (out, turns.level),
            (back, turns.level),
            (back, end.1),
            end,
        ])
    }

    /// A small loop at the right side.
    fn looped(&self, k: usize, output: &Output) -> Vec<Point> {
        let (x, y) = self.start(k, output);
        let (_, centre) = output.centres[self.connections[k].from];
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
