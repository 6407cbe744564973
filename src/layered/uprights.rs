//! Uprights: in every gap one level line for each line that comes in, and one upright for each that goes out.
//!
//! In: a graph with trunks, placed, and its ports. Out: the way of every connection through every gap, the width of every
//! gap, and where lines join. This is how the nets of a channel are routed (Hashimoto and Stevens 1971), and how
//! hyperedges are drawn in layers (Sander 2004, "Layout of directed hypergraphs with orthogonal hyperedges").
//!
//! What can be read from the picture is kept by distances: no level line lies upon one that goes out beside it, and two
//! uprights on one track are apart. So lines meet only in crossings, at right angles, and in joins, whose corners are
//! round and have a dot.

use std::collections::BTreeMap;

use super::placing::Placing;
use super::ports::Ports;
use super::problem::Problem;
use super::ranking::EdgeClass;
use super::tracks::{self, Pole};
use super::wiring::{Knot, Step, Upright, Wiring};

/// Of the corners, in px.
const RADIUS: f64 = 6.0;
/// From one track to the next, in px.
const PITCH: f64 = 12.0;
/// From the boxes before a gap to its first track, in px.
const LEAD: f64 = 16.0;
/// From the last track to the boxes after the gap, in px: a corner, and room for a head.
const TRAIL: f64 = 24.0;
/// A gap is no narrower than this part of the least gap of lines that are not shared.
const LEAST: f64 = 0.6;
/// Level lines nearer than this, in px, are seen as one.
const CLEAR: f64 = 5.0;
/// What goes out this near to a line that comes in, in px, is moved to be level with it.
const SNAP: f64 = 7.0;
/// Heights that differ by less, in px, are the same.
const SAME: f64 = 0.01;
/// What goes out this near is moved to be level even where it comes a little too near to something else.
const NEARLY: f64 = 1.5;
/// Level lines that lie upon one another and are nearer than this, in px, can be misread.
const MISREAD: f64 = 3.0;
/// A trunk is moved no farther, in px.
const FAR: f64 = 60.0;
/// From the corner of a box to a port that was moved, at least.
const INSET: f64 = 5.0;
/// Rounds of ordering tracks and moving what lies upon something else.
const ROUNDS: usize = 4;

/// What comes into a gap: from a box or a trunk, shared or by itself.
struct Left {
    y: f64,
    /// What takes some of it.
    rights: Vec<usize>,
}

/// What goes out of a gap.
struct Right {
    vertex: u32,
    y: f64,
    /// What it takes in.
    lefts: Vec<usize>,
    /// The track of its upright; `None` where it is level throughout.
    track: Option<usize>,
}

/// One gap.
#[derive(Default)]
struct Gap {
    lefts: Vec<Left>,
    rights: Vec<Right>,
    left_of: BTreeMap<(u32, usize), usize>,
    right_of: BTreeMap<(u32, usize), usize>,
    /// The connections in it, each with what it comes from and what it goes on in.
    lines: Vec<(usize, usize, usize)>,
}

/// Stands for all connections that share.
const SHARED: usize = usize::MAX;

/// Finds the uprights of every gap. Moves ports of boxes and heights of trunks a little, and sets the widths of gaps.
pub(super) fn wire(problem: &Problem, ports: &mut Ports, placing: &mut Placing) -> Wiring {
    let graph = problem.graph;
    let mut gaps: Vec<Gap> = (1..graph.layers.len()).map(|_| Gap::default()).collect();
    for (k, c) in problem.connections.iter().enumerate() {
        if problem.class(k) != EdgeClass::Forward {
            continue;
        }
        let first = problem.ranking.layer_of[c.from];
        let path: Vec<u32> = graph.path(k, c).collect();
        let key = |v: u32| {
            (
                v,
                if problem.apart[k] && !graph.is_dummy(v) {
                    k
                } else {
                    SHARED
                },
            )
        };
        for (step, pair) in path.windows(2).enumerate() {
            gaps[first + step].add(k, key(pair[0]), key(pair[1]));
        }
    }
    let mut wiring = Wiring {
        steps: vec![vec![]; problem.connections.len()],
        ..Wiring::default()
    };
    for (g, gap) in gaps.iter_mut().enumerate() {
        gap.take_heights(problem, ports, placing);
        gap.make_level(problem, placing);
        for _ in 0..ROUNDS {
            gap.set_tracks();
            if !gap.part(problem, placing) {
                break;
            }
        }
        gap.set_tracks();
        for &(k, _, right) in &gap.lines {
            let right = &gap.rights[right];
            if !graph.is_dummy(right.vertex) {
                ports.into[k] = right.y - placing.y[right.vertex as usize];
            }
        }
        let tracks = gap.rights.iter().filter_map(|right| right.track).max();
        let natural = LEAD + PITCH * tracks.unwrap_or(0) as f64 + TRAIL;
        placing.gaps[g] = natural.max(LEAST * problem.spacing.between_columns);
        gap.write(g, (placing.gaps[g] - natural) / 2.0, placing.gaps[g], &mut wiring);
    }
    wiring
}

impl Gap {
    fn add(&mut self, k: usize, from: (u32, usize), to: (u32, usize)) {
        let left = *self.left_of.entry(from).or_insert(self.lefts.len());
        if left == self.lefts.len() {
            self.lefts.push(Left { y: 0.0, rights: vec![] });
        }
        let right = *self.right_of.entry(to).or_insert(self.rights.len());
        if right == self.rights.len() {
            self.rights.push(Right {
                vertex: to.0,
                y: 0.0,
                lefts: vec![],
                track: None,
            });
        }
        self.lines.push((k, left, right));
        if !self.rights[right].lefts.contains(&left) {
            self.rights[right].lefts.push(left);
            self.lefts[left].rights.push(right);
        }
    }

    /// Takes the heights of boxes, ports and trunks as they are.
    fn take_heights(&mut self, problem: &Problem, ports: &Ports, placing: &Placing) {
        for (&(v, _), &left) in &self.left_of {
            self.lefts[left].y = placing.y[v as usize];
        }
        for right in &mut self.rights {
            right.y = placing.y[right.vertex as usize];
        }
        for &(k, left, right) in &self.lines {
            let c = &problem.connections[k];
            let from_box = |key| self.left_of.get(&(c.from as u32, key)) == Some(&left);
            if from_box(SHARED) || from_box(k) {
                self.lefts[left].y = placing.y[c.from] + ports.out[k];
            }
            if self.rights[right].vertex as usize == c.to {
                self.rights[right].y = placing.y[c.to] + ports.into[k];
            }
        }
    }

    /// Between which heights a line that goes out may be moved.
    fn room(&self, right: usize, problem: &Problem, placing: &Placing) -> (f64, f64) {
        let Right { vertex, y, .. } = self.rights[right];
        if problem.graph.is_dummy(vertex) {
            let (low, high) = problem.room(vertex, placing);
            return (low.max(y - FAR), high.min(y + FAR));
        }
        let half = (problem.height(vertex) / 2.0 - INSET).max(0.0);
        let centre = placing.y[vertex as usize];
        let (mut low, mut high) = (centre - half, centre + half);
        // Lines of their own at the same side keep their order.
        let others = self
            .rights
            .iter()
            .enumerate()
            .filter(|(i, other)| *i != right && other.vertex == vertex);
        for (_, other) in others {
            if other.y <= y {
                low = low.max(other.y + CLEAR);
            } else {
                high = high.min(other.y - CLEAR);
            }
        }
        (low.min(y), high.max(y))
    }

    fn move_to(&mut self, right: usize, y: f64, problem: &Problem, placing: &mut Placing) {
        self.rights[right].y = y;
        let vertex = self.rights[right].vertex;
        if problem.graph.is_dummy(vertex) {
            placing.y[vertex as usize] = y;
        }
    }

    /// Makes level what nearly is.
    fn make_level(&mut self, problem: &Problem, placing: &mut Placing) {
        for right in 0..self.rights.len() {
            let y = self.rights[right].y;
            let heights = self.rights[right].lefts.iter().map(|&left| self.lefts[left].y);
            let nearest = heights.min_by(|a, b| (a - y).abs().total_cmp(&(b - y).abs()));
            let (low, high) = self.room(right, problem, placing);
            if let Some(to) = nearest
                && ((to - y).abs() <= NEARLY || (to - y).abs() <= SNAP && (low..=high).contains(&to))
            {
                self.move_to(right, to, problem, placing);
            }
        }
    }

    fn is_level(&self, right: usize) -> bool {
        let Right { y, lefts, .. } = &self.rights[right];
        matches!(lefts[..], [left] if (self.lefts[left].y - y).abs() < SAME)
    }

    /// Gives every upright a track.
    fn set_tracks(&mut self) {
        let upright: Vec<usize> = (0..self.rights.len()).filter(|&right| !self.is_level(right)).collect();
        let poles: Vec<Pole> = upright
            .iter()
            .map(|&right| {
                let Right { y, lefts, .. } = &self.rights[right];
                Pole::new(*y, lefts.iter().map(|&left| (left, self.lefts[left].y)).collect())
            })
            .collect();
        self.rights.iter_mut().for_each(|right| right.track = None);
        for (&right, track) in upright.iter().zip(tracks::tracks(&poles, CLEAR)) {
            self.rights[right].track = Some(track);
        }
    }

    /// How many tracks a line that comes in reaches at least; all where it goes through.
    fn reach(&self, left: usize) -> usize {
        let tracks = self.lefts[left].rights.iter();
        tracks
            .map(|&right| self.rights[right].track.unwrap_or(usize::MAX))
            .max()
            .unwrap_or(0)
    }

    /// Whether what goes out lies upon a line that comes in beside it and goes on.
    fn lies_upon(&self, right: usize, clear: f64) -> bool {
        let Right { y, track, .. } = self.rights[right];
        let mut lefts = self.lefts.iter().enumerate();
        track.is_some_and(|track| lefts.any(|(i, left)| (left.y - y).abs() < clear && self.reach(i) > track))
    }

    /// Moves lines that go out away from those that come in beside them; gives whether any was moved.
    fn part(&mut self, problem: &Problem, placing: &mut Placing) -> bool {
        let mut moved = false;
        for right in 0..self.rights.len() {
            let y = self.rights[right].y;
            if !self.lies_upon(right, CLEAR) {
                continue;
            }
            let (low, high) = self.room(right, problem, placing);
            let distance = |at: f64| self.lefts.iter().map(|l| (l.y - at).abs()).fold(f64::MAX, f64::min);
            let steps = (0..=((high - low).min(400.0) * 2.0) as usize).map(|i| low + i as f64 / 2.0);
            let best = steps.max_by(|&a, &b| {
                let score = |at: f64| (distance(at).min(CLEAR), -(at - y).abs());
                let (a, b) = (score(a), score(b));
                a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
            });
            if let Some(best) = best
                && distance(best) > distance(y)
            {
                self.move_to(right, best, problem, placing);
                moved = true;
            }
        }
        moved
    }

    /// The ways of the connections, with all tracks so much further right; and what they cost.
    fn write(&self, gap: usize, shift: f64, width: f64, wiring: &mut Wiring) {
        let x_of = |track: usize| shift + LEAD + PITCH * track as f64;
        // Corners out of an upright: those of one side are alike, so that its lines come together in one.
        let out = |right: &Right, sign: f64| {
            let rises = right.lefts.iter().map(|&left| (right.y - self.lefts[left].y) * sign);
            rises.filter(|rise| *rise > NEARLY).fold(2.0 * RADIUS, f64::min) / 2.0
        };
        let mut of: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for &(k, left, right) in &self.lines {
            of.entry((right, left)).or_default().push(k);
            let (from, right) = (self.lefts[left].y, &self.rights[right]);
            let rise = right.y - from;
            let upright = right.track.map(|track| Upright {
                x: x_of(track),
                into: RADIUS.min(rise.abs() / 2.0),
                out: out(right, rise.signum()).min(rise.abs() / 2.0),
            });
            wiring.steps[k].push(Step {
                gap,
                from,
                to: right.y,
                upright: upright.filter(|_| rise.abs() > SAME),
            });
        }
        for (r, right) in self.rights.iter().enumerate() {
            let Some(track) = right.track else { continue };
            let x = x_of(track);
            let all: Vec<usize> = right
                .lefts
                .iter()
                .flat_map(|&left| of[&(r, left)].iter().copied())
                .collect();
            let mut sides = 0;
            for sign in [-1.0, 1.0] {
                // The lines of one side, the farthest first.
                let mut lefts: Vec<usize> = right.lefts.clone();
                lefts.retain(|&left| (right.y - self.lefts[left].y) * sign > SAME);
                lefts.sort_by(|&a, &b| ((self.lefts[a].y - self.lefts[b].y) * sign).total_cmp(&0.0));
                sides += usize::from(!lefts.is_empty());
                for (i, &left) in lefts.iter().enumerate() {
                    let y = self.lefts[left].y;
                    let corner = RADIUS.min((right.y - y).abs() / 2.0);
                    let of = of[&(r, left)].clone();
                    if i > 0 {
                        wiring.knots.push(Knot {
                            gap,
                            x,
                            y: y + corner * sign,
                            of: of.clone(),
                        });
                    }
                    if self.reach(left) > track {
                        wiring.knots.push(Knot {
                            gap,
                            x: x - corner,
                            y,
                            of,
                        });
                    }
                }
            }
            let level = right
                .lefts
                .iter()
                .any(|&left| (right.y - self.lefts[left].y).abs() <= SAME);
            if sides + usize::from(level) > 1 {
                let corner = out(right, 1.0).max(out(right, -1.0));
                wiring.knots.push(Knot {
                    gap,
                    x: x + corner,
                    y: right.y,
                    of: all,
                });
            }
        }
        wiring.upon += (0..self.rights.len())
            .filter(|&right| self.lies_upon(right, MISREAD))
            .count();
        self.measure(x_of, width, wiring);
    }

    /// Adds the length of what is drawn, and its crossings.
    fn measure(&self, x_of: impl Fn(usize) -> f64, width: f64, wiring: &mut Wiring) {
        let reach: Vec<usize> = (0..self.lefts.len()).map(|left| self.reach(left)).collect();
        for &track in &reach {
            wiring.ink += if track == usize::MAX { width } else { x_of(track) };
        }
        let poles: Vec<(usize, f64, f64, &Right)> = self
            .rights
            .iter()
            .filter_map(|right| {
                let heights = right.lefts.iter().map(|&left| self.lefts[left].y);
                let (low, high) = heights.fold((right.y, right.y), |(low, high), y| (low.min(y), high.max(y)));
                Some((right.track?, low, high, right))
            })
            .collect();
        for &(track, low, high, right) in &poles {
            wiring.ink += high - low + width - x_of(track);
            let passes = |y: f64| low < y && y < high;
            for (left, line) in self.lefts.iter().enumerate() {
                if passes(line.y) && reach[left] > track {
                    *(if right.lefts.contains(&left) {
                        &mut wiring.past
                    } else {
                        &mut wiring.crossings
                    }) += 1;
                }
            }
            let going = poles
                .iter()
                .filter(|other| other.0 < track && passes(other.3.y))
                .count();
            wiring.crossings += going as u64;
        }
    }
}
