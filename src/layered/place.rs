//! Places: how far down every vertex is, and how wide the gaps between layers are.
//!
//! In: a layered graph, its levels and the ports. Out: the height of every vertex's centre and the width of every gap. The
//! order within layers is kept, and so are the distances between neighbours.
//!
//! Brandes and Köpf (2002) align each vertex with a median neighbour and so make few bends; the total length is left
//! to chance. Here the total length of all lines is itself made small: it is a convex function of the heights, and
//! for one layer with the others held still its minimum under the separation constraints is a weighted isotonic
//! regression, found in linear time (Barlow, Bartholomew, Bremner and Brunk 1972, pool adjacent violators). Lengths
//! are made quadratic around the present place (Weiszfeld 1937), so that every step lowers the total.

use std::collections::BTreeSet;

use super::adjacency::Adjacency;
use super::graph::LayeredGraph;
use super::levels::Levels;
use super::output::Drawn;
use super::placing::{CLEAR, EASE, Placing};
use super::pool::Blocks;
use super::ports::Ports;
use super::problem::Problem;
use super::ranking::EdgeClass;

/// How softly lengths are taken, sweep by sweep, as a multiple of the gap: first nearly quadratic, which brings
/// everything near its neighbours' mean, then as they are.
const SOFTENING: [f64; 4] = [16.0, 4.0, 2.0, 1.0];
/// Sweeps over all columns, there and back, for every softening.
const SWEEPS: usize = 8;
/// What a line between two dummies weighs beside one between two items: long lines are to be straight.
const STRAIGHT: f64 = 2.0;
/// How wide a gap is for the rise of the line at its steepest tenth, so that its middle is no steeper than 72°: the level ends
/// and the ease of a curve leave less than the gap for the rise.
const SLOPE: f64 = 0.325 / (1.0 - EASE);
/// The level ends of a curve, in px.
const ENDS: f64 = 2.0 * CLEAR;
/// Of all lines of a gap, so many may be steeper.
const STEEPEST: f64 = 0.1;

/// A line between neighbouring columns, seen from one end.
#[derive(Debug, Clone, Copy)]
struct Spring {
    to: u32,
    /// How much lower this vertex stands than the other where the line is level.
    offset: f64,
    weight: f64,
}

/// Places the vertices of every group of components by itself, then stacks the groups as closely as they go.
pub(super) fn place(problem: &Problem, ports: &Ports) -> Placing {
    let Problem {
        connections,
        spacing,
        graph,
        levels,
        ..
    } = *problem;
    let n = graph.len();
    let (mut leftward, mut rightward) = (vec![], vec![]);
    let mut known = BTreeSet::new();
    for (k, c) in connections.iter().enumerate() {
        if problem.class(k) != EdgeClass::Forward {
            continue;
        }
        let mut path = graph.path(k, c);
        let Some(mut u) = path.next() else { continue };
        let mut out = ports.out[k];
        for v in path {
            // What is one line pulls as one.
            if problem.drawn != Drawn::Apart && !known.insert((u, v)) {
                (u, out) = (v, 0.0);
                continue;
            }
            let into = if graph.is_dummy(v) { 0.0 } else { ports.into[k] };
            let weight = if graph.is_dummy(u) && graph.is_dummy(v) {
                STRAIGHT
            } else {
                1.0
            };
            rightward.push((
                u,
                Spring {
                    to: v,
                    offset: into - out,
                    weight,
                },
            ));
            leftward.push((
                v,
                Spring {
                    to: u,
                    offset: out - into,
                    weight,
                },
            ));
            (u, out) = (v, 0.0);
        }
    }
    let mut placer = Placer {
        problem: *problem,
        left: Adjacency::new(n, leftward.iter().copied()),
        right: Adjacency::new(n, rightward.iter().copied()),
        least: (1..graph.layers.len())
            .map(|c| {
                let is_empty = |c: usize| graph.layers[c].first().is_none_or(|&v| graph.is_dummy(v));
                let gap = match is_empty(c - 1) || is_empty(c) {
                    true => spacing.beside_empty.min(spacing.between_columns),
                    false => spacing.between_columns,
                };
                gap.max(1.0)
            })
            .collect(),
        gaps: vec![],
        y: vec![0.0; n],
    };
    placer.gaps.clone_from(&placer.least);
    let groups = groups(graph, levels);
    for softening in SOFTENING {
        for group in &groups {
            if softening == SOFTENING[0] {
                placer.stack(group);
            }
            for _ in 0..SWEEPS {
                placer.sweep(group, softening);
            }
        }
        placer.widen();
    }
    placer.pack(&groups);
    Placing {
        y: placer.y,
        gaps: placer.gaps,
    }
}

/// The vertices of one group: its columns from left to right, each from top to bottom.
struct Group {
    columns: Vec<(usize, Vec<u32>)>,
}

/// Components that stand whole above one another in every column are groups of their own, from top to bottom; those
/// that an earlier order has mingled are one group.
fn groups(graph: &LayeredGraph, levels: &Levels) -> Vec<Group> {
    let (component, count) = graph.components();
    // Join components that reappear in a column after another one.
    let mut root: Vec<usize> = (0..count).collect();
    fn find(root: &mut [usize], mut c: usize) -> usize {
        while root[c] != c {
            root[c] = root[root[c]];
            c = root[c];
        }
        c
    }
    let mut seen_in = vec![usize::MAX; count];
    for (number, column) in levels.layers.iter().enumerate() {
        let mut stack: Vec<usize> = vec![];
        for &v in column {
            let c = component[v as usize] as usize;
            if seen_in[c] != number {
                seen_in[c] = number;
                stack.push(c);
                continue;
            }
            while let Some(&top) = stack.last() {
                let (a, b) = (find(&mut root, top), find(&mut root, c));
                if a == b {
                    break;
                }
                root[a.max(b)] = a.min(b);
                stack.pop();
            }
        }
    }
    // Sort by who stands above whom; whatever stands in a circle is one group.
    let group_of: Vec<usize> = (0..count).map(|c| find(&mut root, c)).collect();
    let mut follows: Vec<Vec<usize>> = vec![vec![]; count];
    let mut above = vec![0usize; count];
    for column in &levels.layers {
        for pair in column.windows(2) {
            let (a, b) = (
                group_of[component[pair[0] as usize] as usize],
                group_of[component[pair[1] as usize] as usize],
            );
            if a != b {
                follows[a].push(b);
                above[b] += 1;
            }
        }
    }
    let mut ready: std::collections::BTreeSet<(usize, usize)> = std::collections::BTreeSet::new();
    let mut first_place = vec![usize::MAX; count];
    for column in &levels.layers {
        for (i, &v) in column.iter().enumerate() {
            let g = group_of[component[v as usize] as usize];
            first_place[g] = first_place[g].min(i);
        }
    }
    ready.extend(
        (0..count)
            .filter(|&g| group_of[g] == g && above[g] == 0)
            .map(|g| (first_place[g], g)),
    );
    let mut number = vec![usize::MAX; count];
    let mut total = 0;
    while let Some((_, g)) = ready.pop_first() {
        number[g] = total;
        total += 1;
        for &next in &follows[g] {
            above[next] -= 1;
            if above[next] == 0 {
                ready.insert((first_place[next], next));
            }
        }
    }
    let mut groups: Vec<Group> = (0..=total).map(|_| Group { columns: vec![] }).collect();
    for (c, column) in levels.layers.iter().enumerate() {
        for &v in column {
            let number = number[group_of[component[v as usize] as usize]].min(total);
            let columns = &mut groups[number].columns;
            match columns.last_mut() {
                Some((last, list)) if *last == c => list.push(v),
                _ => columns.push((c, vec![v])),
            }
        }
    }
    groups.retain(|group| !group.columns.is_empty());
    groups
}

struct Placer<'a> {
    problem: Problem<'a>,
    left: Adjacency<Spring>,
    right: Adjacency<Spring>,
    /// The least width of every gap.
    least: Vec<f64>,
    gaps: Vec<f64>,
    y: Vec<f64>,
}

impl Placer<'_> {
    /// Stacks every column of a group, all to the height of the highest.
    fn stack(&mut self, group: &Group) {
        let offsets: Vec<Vec<f64>> = group.columns.iter().map(|(_, column)| self.offsets(column)).collect();
        let full = offsets.iter().filter_map(|o| o.last()).fold(0.0, |a: f64, &b| a.max(b));
        for ((_, column), offsets) in group.columns.iter().zip(&offsets) {
            let own = offsets.last().copied().unwrap_or(0.0);
            let spare = (full - own) / column.len() as f64;
            for (i, (&v, &offset)) in column.iter().zip(offsets).enumerate() {
                self.y[v as usize] = offset + spare * (i as f64 + 0.5);
            }
        }
    }

    /// How far below the first vertex of a column every one stands at least.
    fn offsets(&self, column: &[u32]) -> Vec<f64> {
        let mut at = 0.0;
        let mut offsets = Vec::with_capacity(column.len());
        for (i, &v) in column.iter().enumerate() {
            if i > 0 {
                at += self.problem.separation(column[i - 1], v);
            }
            offsets.push(at);
        }
        offsets
    }

    /// Moves every column of a group to its best place, from left to right and back.
    fn sweep(&mut self, group: &Group, softening: f64) {
        let columns = &group.columns;
        for (c, column) in columns.iter().chain(columns.iter().rev().skip(1)) {
            self.settle(*c, column, softening);
        }
    }

    /// Weighted isotonic regression of one column on where its neighbours want it.
    fn settle(&mut self, c: usize, column: &[u32], softening: f64) {
        let left_gap = if c > 0 { self.gaps[c - 1] * softening } else { 1.0 };
        let right_gap = self.gaps.get(c).map_or(1.0, |gap| gap * softening);
        let mut blocks = Blocks::for_vertices(column.len());
        let offsets = self.offsets(column);
        for (&v, &offset) in column.iter().zip(&offsets) {
            let y = self.y[v as usize];
            let (mut weight, mut sum) = (0.0, 0.0);
            for (springs, gap) in [(self.left.of(v), left_gap), (self.right.of(v), right_gap)] {
                for spring in springs {
                    let wish = self.y[spring.to as usize] - spring.offset;
                    let rise = wish - y;
                    let w = spring.weight / (gap * gap + rise * rise).sqrt();
                    weight += w;
                    sum += w * wish;
                }
            }
            if weight == 0.0 {
                (weight, sum) = (1e-9, 1e-9 * y);
            }
            blocks.push(weight, sum - weight * offset);
        }
        for (i, at) in blocks.places().enumerate() {
            self.y[column[i] as usize] = at + offsets[i];
        }
    }

    /// Makes gaps wide enough for the rise of all but the steepest tenth of their lines.
    fn widen(&mut self) {
        for c in 0..self.gaps.len() {
            let mut rises = vec![];
            for &v in &self.problem.graph.layers[c] {
                for spring in self.right.of(v) {
                    rises.push((self.y[spring.to as usize] - spring.offset - self.y[v as usize]).abs());
                }
            }
            rises.sort_by(f64::total_cmp);
            // `as` rounds down: the place of the last line that is to have room.
            let last = (rises.len() as f64 * (1.0 - STEEPEST)) as usize;
            let rise = rises
                .get(last.min(rises.len().saturating_sub(1)))
                .copied()
                .unwrap_or(0.0);
            self.gaps[c] = self.least[c].max((SLOPE * rise + ENDS).min(self.problem.spacing.widest_gap));
        }
    }

    /// Moves every group up or down until it just clears the ones above it.
    fn pack(&mut self, groups: &[Group]) {
        let mut floor = vec![f64::MIN; self.problem.graph.layers.len()];
        for group in groups {
            let mut shift = f64::MIN;
            let mut top = f64::MAX;
            for (c, column) in &group.columns {
                let Some(&v) = column.first() else { continue };
                let upper = self.y[v as usize] - self.problem.height(v) / 2.0;
                top = top.min(upper);
                if floor[*c] > f64::MIN {
                    shift = shift.max(floor[*c] + self.problem.spacing.between_items - upper);
                }
            }
            shift = shift.max(-top);
            for (c, column) in &group.columns {
                for &v in column {
                    self.y[v as usize] += shift;
                }
                if let Some(&v) = column.last() {
                    floor[*c] = self.y[v as usize] + self.problem.height(v) / 2.0;
                }
            }
        }
    }
}
