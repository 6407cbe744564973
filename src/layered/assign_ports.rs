//! Ports: every connection gets a place of its own on the side of each of its boxes.
//!
//! In: layers and their levels. Out: the place of every connection at its first and at its second box, and which way every back
//! edge takes: above or below the drawing, from which sides of its boxes, or straight to the layer before.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::input::{Connection, Spacing};
use super::output::Drawn;
use super::ports::{End, Ports, Side, Wall, Way};
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
        way: vec![Way::USUAL; n],
    };
    // Most drawings have no back edge, and need none of this.
    let beside = LazyCell::new(|| Beside::new(problem));
    let mut right: Vec<Vec<Use>> = vec![vec![]; items.len()];
    let mut left: Vec<Vec<Use>> = vec![vec![]; items.len()];
    for (k, c) in connections.iter().enumerate() {
        let one = |key: PortKey, end: End| Use { key, shared: None, end };
        match problem.class(k) {
            EdgeClass::Dangling => {}
            EdgeClass::SelfLoop => right[c.from].extend([
                one((1, 2 * k as i64, k), End::First),
                one((1, 2 * k as i64 + 1, k), End::Second),
            ]),
            EdgeClass::Forward => {
                let dummies = graph.dummies(k);
                let next = dummies.first().map_or(c.to as u32, |&v| v);
                let last = dummies.last().map_or(c.from as u32, |&v| v);
                let with = |v: u32| match problem.drawn {
                    Drawn::Uprights => u32::MAX,
                    _ => v,
                };
                let at = |v: u32, end: End| Use {
                    shared: problem.is_shared(k).then(|| with(v)),
                    ..one((2, levels.position[v as usize] as i64, k), end)
                };
                right[c.from].push(at(next, End::First));
                left[c.to].push(at(last, End::Second));
            }
            EdgeClass::Back => {
                let way = beside.way(problem, c);
                ports.way[k] = way;
                let span = ranking.layer_of[c.from].abs_diff(ranking.layer_of[c.to]) as i64;
                for (end, own, other) in [(End::First, c.from, c.to), (End::Second, c.to, c.from)] {
                    let (rank, at) = match way {
                        Way::Around { side: Side::Above, .. } => (0, span),
                        Way::Around { side: Side::Below, .. } => (3, -span),
                        Way::Across => (2, levels.position[other] as i64),
                    };
                    let wall = match way.wall(end) {
                        Wall::Left => &mut left,
                        Wall::Right => &mut right,
                    };
                    wall[own].push(one((rank, at, k), end));
                }
            }
        }
    }
    for (item, (right, left)) in items.iter().zip(right.iter_mut().zip(&mut left)) {
        let mut set = |uses: &mut [Use]| {
            let slots = slots(uses);
            let count = slots.last().map_or(0, |slot| slot.0 + 1);
            for (i, Use { key, end, .. }) in slots {
                let place = match end {
                    End::First => &mut ports.out,
                    End::Second => &mut ports.into,
                };
                place[key.2] = port(i, count, item.height, spacing);
            }
        };
        set(right);
        set(left);
    }
    ports
}

/// A line at a side of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Use {
    key: PortKey,
    /// What it has its port in common with.
    shared: Option<u32>,
    /// Which end of the line it is.
    end: End,
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

    /// The way on which a back edge crosses fewest lines. Where that is the same it leaves at the right and enters at the left, as
    /// what runs forward does, on the nearer side, above where neither is.
    fn way(&self, problem: &Problem, connection: &Connection) -> Way {
        let graph = problem.graph;
        let (from, to) = (connection.from, connection.to);
        let (first, second) = (self.crossed(problem, from), self.crossed(problem, to));
        let depth = first.depth + second.depth;
        // What runs within a layer, and what joins uprights, keeps to the usual sides.
        let layers = (graph.layer_of[from], graph.layer_of[to]);
        let is_free = problem.drawn != Drawn::Uprights && layers.1 < layers.0;
        // With each, how many of its ends are where what runs forward has its other end.
        let mut ways: Vec<(usize, usize, Way)> = Vec::new();
        for side in [Side::Above, Side::Below] {
            for leaves in [Wall::Right, Wall::Left] {
                for enters in [Wall::Left, Wall::Right] {
                    let turned = usize::from(leaves == Wall::Left) + usize::from(enters == Wall::Right);
                    if turned > 0 && !is_free || turned == 2 && layers.0 == layers.1 + 1 {
                        continue;
                    }
                    let lines = first.lines(leaves, side) + second.lines(enters, side);
                    ways.push((lines, turned, Way::Around { side, leaves, enters }));
                }
            }
        }
        if is_free && layers.0 == layers.1 + 1 {
            ways.push((across(problem, connection), 2, Way::Across));
        }
        let nearer = if depth <= 1.0 { Side::Above } else { Side::Below };
        let is_far = |way: &Way| matches!(way, Way::Around { side, .. } if *side != nearer);
        let least = ways
            .into_iter()
            .min_by_key(|(lines, turned, way)| (*lines, *turned, is_far(way)));
        least.map_or(Way::USUAL, |(.., way)| way)
    }

    /// What a line out of the drawing from a box crosses, on each side.
    fn crossed(&self, problem: &Problem, v: usize) -> Crossed {
        let Problem { graph, levels, .. } = *problem;
        let (layer, place) = (graph.layer_of[v] as usize, levels.position[v] as usize);
        let beside = |sums: &[Vec<usize>]| {
            let sums = &sums[layer];
            (sums[place], sums.last().copied().unwrap_or(0) - sums[place + 1])
        };
        Crossed {
            left: beside(&self.left),
            right: beside(&self.right),
            depth: (place as f64 + 0.5) / (self.right[layer].len() - 1) as f64,
        }
    }
}

/// The lines beside the boxes above and below a box.
struct Crossed {
    left: (usize, usize),
    right: (usize, usize),
    /// How far down the box is in its layer, from 0 to 1.
    depth: f64,
}

impl Crossed {
    fn lines(&self, wall: Wall, side: Side) -> usize {
        let (above, below) = match wall {
            Wall::Left => self.left,
            Wall::Right => self.right,
        };
        match side {
            Side::Above => above,
            Side::Below => below,
        }
    }
}

/// What a back edge crosses that runs straight from a box to one of the layer before: the lines of the gap whose ends are in the
/// other order.
fn across(problem: &Problem, connection: &Connection) -> usize {
    let Problem { graph, levels, .. } = *problem;
    let (right, left) = (connection.from, connection.to);
    let place = |v: usize| levels.position[v];
    let layer = &levels.layers[graph.layer_of[left] as usize];
    let lines = layer
        .iter()
        .flat_map(|&u| graph.right.of(u).iter().map(move |&v| (u as usize, v as usize)));
    lines
        .filter(|&(u, v)| u != left && v != right && (place(u) < place(left)) != (place(v) < place(right)))
        .count()
}
