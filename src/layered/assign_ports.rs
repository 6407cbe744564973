//! Ports: every connection gets a place of its own on the side of each of its boxes.
//!
//! In: layers and their levels. Out: the place of every connection on the right side of its first box and on the left
//! side of its second, and whether a back edge runs above or below the drawing.

use std::cell::LazyCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::input::{Connection, Spacing};
use super::output::Drawn;
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
        ..
    } = *problem;
    let n = connections.len();
    let mut ports = Ports {
        out: vec![0.0; n],
        into: vec![0.0; n],
        side: vec![Side::Above; n],
    };
    // Most drawings have no back edge, and need none of this.
    let beside = LazyCell::new(|| Beside::new(problem));
    let mut right: Vec<Vec<Use>> = vec![vec![]; items.len()];
    let mut left: Vec<Vec<Use>> = vec![vec![]; items.len()];
    for (k, c) in connections.iter().enumerate() {
        let one = |key: PortKey| Use {
            key,
            shared: None,
            comes_back: false,
        };
        match problem.class(k) {
            EdgeClass::Dangling => {}
            EdgeClass::SelfLoop => right[c.from].extend([
                one((1, 2 * k as i64, k)),
                Use {
                    comes_back: true,
                    ..one((1, 2 * k as i64 + 1, k))
                },
            ]),
            EdgeClass::Forward => {
                let dummies = graph.dummies(k);
                let next = dummies.first().map_or(c.to as u32, |&v| v);
                let last = dummies.last().map_or(c.from as u32, |&v| v);
                let with = |v: u32| match problem.drawn {
                    Drawn::Uprights => u32::MAX,
                    _ => v,
                };
                let at = |v: u32| Use {
                    shared: problem.is_shared(k).then(|| with(v)),
                    ..one((2, levels.position[v as usize] as i64, k))
                };
                right[c.from].push(at(next));
                left[c.to].push(at(last));
            }
            EdgeClass::Back => {
                let side = beside.side(problem, c);
                ports.side[k] = side;
                let span = ranking.layer_of[c.from].abs_diff(ranking.layer_of[c.to]) as i64;
                let (rank, span) = if side == Side::Above { (0, span) } else { (3, -span) };
                right[c.from].push(one((rank, span, k)));
                left[c.to].push(one((rank, span, k)));
            }
        }
    }
    for (item, (right, left)) in items.iter().zip(right.iter_mut().zip(&mut left)) {
        let mut set = |uses: &mut [Use], at_right: bool| {
            let slots = slots(uses);
            let count = slots.last().map_or(0, |slot| slot.0 + 1);
            for (i, Use { key, comes_back, .. }) in slots {
                let at = port(i, count, item.height, spacing);
                let into = comes_back || !at_right;
                let place = if into { &mut ports.into } else { &mut ports.out };
                place[key.2] = at;
            }
        };
        set(right, true);
        set(left, false);
    }
    ports
}

/// A line at a side of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Use {
    key: PortKey,
    /// What it has its port in common with.
    shared: Option<u32>,
    /// Whether it is the second end of a self-loop.
    comes_back: bool,
}

/// The lines of a side from top to bottom, each with the number of its port. Those that share one are where the middle of
/// them would be.
fn slots(uses: &mut [Use]) -> Vec<(usize, Use)> {
    uses.sort_unstable();
    let mut middle: BTreeMap<u32, Vec<PortKey>> = BTreeMap::new();
    for one in uses.iter() {
        if let Some(shared) = one.shared {
            middle.entry(shared).or_default().push(one.key);
        }
    }
    let key = |one: &Use| {
        one.shared
            .map_or(one.key, |shared| middle[&shared][middle[&shared].len() / 2])
    };
    uses.sort_by_key(|one| (key(one), one.key));
    let mut slot = 0;
    let mut last = None;
    uses.iter()
        .map(|one| {
            if last.is_some_and(|last| last != key(one)) {
                slot += 1;
            }
            last = Some(key(one));
            (slot, *one)
        })
        .collect()
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

/// What a back edge crosses beside its boxes on its way out of the drawing: the lines that leave and reach the vertices of each
/// layer, added up from the top.
struct Beside {
    /// For every layer, and every place in it and one past the last, the lines on the right side of the vertices above.
    right: Vec<Vec<usize>>,
    /// The same on the left side.
    left: Vec<Vec<usize>>,
}

impl Beside {
    fn new(problem: &Problem) -> Self {
        let Problem { graph, levels, .. } = *problem;
        let sums = |lines: &dyn Fn(u32) -> usize| -> Vec<Vec<usize>> {
            let of_layer = |layer: &Vec<u32>| {
                let mut sum = 0;
                let mut sums = vec![0];
                sums.extend(layer.iter().map(|&v| {
                    sum += lines(v);
                    sum
                }));
                sums
            };
            levels.layers.iter().map(of_layer).collect()
        };
        Self {
            right: sums(&|v| graph.right.of(v).len()),
            left: sums(&|v| graph.left.of(v).len()),
        }
    }

    /// The side on which a back edge crosses fewer lines; the nearer one where that is the same, above where neither is.
    fn side(&self, problem: &Problem, connection: &Connection) -> Side {
        let Problem { graph, levels, .. } = *problem;
        let crossed = |v: usize, sums: &[Vec<usize>]| {
            let (sums, place) = (&sums[graph.layer_of[v] as usize], levels.position[v] as usize);
            let all = sums.last().copied().unwrap_or(0);
            (
                sums[place],
                all - sums[place + 1],
                (place as f64 + 0.5) / (sums.len() - 1) as f64,
            )
        };
        let (out, into) = (
            crossed(connection.from, &self.right),
            crossed(connection.to, &self.left),
        );
        let (above, below, depth) = (out.0 + into.0, out.1 + into.1, out.2 + into.2);
        match above.cmp(&below) {
            Ordering::Less => Side::Above,
            Ordering::Equal if depth <= 1.0 => Side::Above,
            Ordering::Equal | Ordering::Greater => Side::Below,
        }
    }
}
