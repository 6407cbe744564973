//! Ports: every connection gets a place of its own on the side of each of its boxes.
//!
//! In: layers and their levels. Out: the place of every connection on the right side of its first box and on the left
//! side of its second, and whether a back edge runs above or below the drawing.

use super::input::{Connection, Spacing};
use super::ports::{Ports, Side};
use super::problem::Problem;
use super::ranking::EdgeClass;

/// How far apart ports are where there is room, in distances of lines side by side.
const APART: f64 = 1.5;
/// From the corner of a box to the first port.
const INSET: f64 = 6.0;

/// The place of a port among others of its side: those of back edges above, of self-loops, of forward lines, of back
/// edges below; then by what they lead to.
type PortKey = (u8, i64, usize);

/// Orders the ports of every side as their lines go on, so that lines of one box never cross at its side. Where a
/// side has no room for a port each, neighbouring lines share one, and are seen as one bundle.
pub(super) fn assign(problem: &Problem) -> Ports {
    let Problem {
        items,
        connections,
        spacing,
        ranking,
        graph,
        levels,
    } = *problem;
    let n = connections.len();
    let mut ports = Ports {
        out: vec![0.0; n],
        into: vec![0.0; n],
        side: vec![Side::Above; n],
    };
    let mut right: Vec<Vec<(PortKey, bool)>> = vec![vec![]; items.len()];
    let mut left: Vec<Vec<PortKey>> = vec![vec![]; items.len()];
    for (k, c) in connections.iter().enumerate() {
        match problem.class(k) {
            EdgeClass::Dangling => {}
            EdgeClass::SelfLoop => {
                right[c.from].extend([((1, 2 * k as i64, k), false), ((1, 2 * k as i64 + 1, k), true)])
            }
            EdgeClass::Forward => {
                let (first, count) = graph.chains[k];
                let next = if count > 0 { first } else { c.to as u32 };
                let last = if count > 0 { first + count - 1 } else { c.from as u32 };
                right[c.from].push(((2, levels.position[next as usize] as i64, k), false));
                left[c.to].push((2, levels.position[last as usize] as i64, k));
            }
            EdgeClass::Back => {
                let side = side(problem, c);
                ports.side[k] = side;
                let span = ranking.layer_of[c.from].abs_diff(ranking.layer_of[c.to]) as i64;
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

/// The side that is nearer to both ends; above where neither is.
fn side(problem: &Problem, connection: &Connection) -> Side {
    let levels = problem.levels;
    let depth = |v: usize| {
        let layer = problem.graph.layer_of[v] as usize;
        (levels.position[v] as f64 + 0.5) / levels.layers[layer].len() as f64
    };
    if depth(connection.from) + depth(connection.to) <= 1.0 {
        Side::Above
    } else {
        Side::Below
    }
}
