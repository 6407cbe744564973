//! Tracks: which uprights of a gap are left of which.
//!
//! In: the uprights of one gap, with the heights of the lines that they take in. Out: the track of each. Their order is a
//! linear ordering, found by moving one at a time to its best place until nothing is gained; uprights that do not meet
//! may then have one track.

use std::collections::BTreeMap;

/// Uprights on one track are so far apart, in px.
const APART: f64 = 9.0;
/// What a crossing costs.
const CROSSING: i64 = 4;
/// What it costs that a line goes on past an upright that takes some of it, which is a crossing at a join.
const PAST: i64 = 1;
/// What it costs that a line goes on upon another one.
const UPON: i64 = 1_000;
/// More uprights than this are put in the order of their heights: to try all places takes too long.
const MOST: usize = 400;
/// Rounds in which every upright is moved to its best place.
const ROUNDS: usize = 20;

/// An upright.
#[derive(Debug, Clone)]
pub(super) struct Pole {
    /// Where its line goes out.
    exit: f64,
    /// The lines that it takes in, rising: their numbers, each with its height.
    lines: Vec<(usize, f64)>,
    /// From its upper to its lower end.
    span: (f64, f64),
    /// Whether it takes in a line, by number.
    takes: Vec<bool>,
}

impl Pole {
    /// An upright whose line goes out at that height, and the lines that it takes in, each with its height.
    pub fn new(exit: f64, mut lines: Vec<(usize, f64)>) -> Self {
        lines.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let heights = lines.iter().map(|line| line.1);
        let span = heights.fold((exit, exit), |(low, high), y| (low.min(y), high.max(y)));
        let mut takes = vec![false; lines.iter().map(|line| line.0 + 1).max().unwrap_or(0)];
        lines.iter().for_each(|line| takes[line.0] = true);
        Self {
            exit,
            lines,
            span,
            takes,
        }
    }

    fn takes(&self, line: usize) -> bool {
        self.takes.get(line).is_some_and(|&takes| takes)
    }
}

/// What it costs to have `v` left of `w`: lines on their way to `w` that pass the upright of `v`, and the line that goes out
/// of `v` where it passes that of `w`. `clear` is how near level lines may be.
fn cost(v: &Pole, w: &Pole, clear: f64) -> i64 {
    let (low, high) = v.span;
    let mut cost = 0;
    for &(line, y) in &w.lines {
        if low < y && y < high {
            cost += if v.takes(line) { PAST } else { CROSSING };
        }
        cost += if (y - v.exit).abs() < clear { UPON } else { 0 };
    }
    let (low, high) = w.span;
    cost + i64::from(low < v.exit && v.exit < high) * CROSSING
}

/// The track of every upright, from the left.
pub(super) fn tracks(poles: &[Pole], clear: f64) -> Vec<usize> {
    let n = poles.len();
    let mut by_height: Vec<usize> = (0..n).collect();
    by_height.sort_by(|&a, &b| poles[a].exit.total_cmp(&poles[b].exit).then(a.cmp(&b)));
    let costs: Vec<Vec<i64>> = if n <= MOST {
        let row = |v: usize| (0..n).map(|w| cost(&poles[v], &poles[w], clear)).collect();
        (0..n).map(row).collect()
    } else {
        vec![]
    };
    let order = if n <= MOST {
        let reversed = by_height.iter().rev().copied().collect();
        let tried = [by_height, reversed].map(|order| improved(order, &costs));
        let [a, b] = tried;
        if b.1 < a.1 { b.0 } else { a.0 }
    } else {
        by_height
    };
    let spans: Vec<(f64, f64)> = poles.iter().map(|pole| pole.span).collect();
    let meet = |v: usize, w: usize| {
        let near = spans[v].0 < spans[w].1 + APART && spans[w].0 < spans[v].1 + APART;
        near || costs.get(v).is_some_and(|row| row[w] != costs[w][v])
    };
    // As far left as the order allows, or as far right: by what is shorter.
    let left = packed(&order, meet);
    let last = left.iter().copied().max().unwrap_or(0);
    let backward: Vec<usize> = order.iter().rev().copied().collect();
    let right: Vec<usize> = packed(&backward, meet).iter().map(|track| last - track).collect();
    if level(poles, &right) < level(poles, &left) {
        right
    } else {
        left
    }
}

/// The least track of each, in an order, beyond those before it that it meets.
fn packed(order: &[usize], meet: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut track = vec![0; order.len()];
    for (i, &w) in order.iter().enumerate() {
        let before = order[..i].iter().filter(|&&v| meet(v, w));
        track[w] = before.map(|&v| track[v] + 1).max().unwrap_or(0);
    }
    track
}

/// How many tracks level lines pass.
fn level(poles: &[Pole], track: &[usize]) -> usize {
    let last = track.iter().copied().max().unwrap_or(0);
    let mut reach: BTreeMap<usize, usize> = BTreeMap::new();
    for (pole, &track) in poles.iter().zip(track) {
        for &(line, _) in &pole.lines {
            let reach = reach.entry(line).or_default();
            *reach = track.max(*reach);
        }
    }
    reach.values().sum::<usize>() + track.iter().map(|track| last - track).sum::<usize>()
}

/// An order that moving one upright makes no better, and its cost.
fn improved(mut order: Vec<usize>, costs: &[Vec<i64>]) -> (Vec<usize>, i64) {
    for _ in 0..ROUNDS {
        let mut moved = false;
        for from in 0..order.len() {
            let v = order[from];
            let (mut best, mut to, mut change) = (0, from, 0);
            for i in (0..from).rev() {
                change += costs[v][order[i]] - costs[order[i]][v];
                if change < best {
                    (best, to) = (change, i);
                }
            }
            change = 0;
            for (i, &w) in order.iter().enumerate().skip(from + 1) {
                change += costs[w][v] - costs[v][w];
                if change < best {
                    (best, to) = (change, i);
                }
            }
            if best < 0 {
                moved = true;
                order.remove(from);
                order.insert(to, v);
            }
        }
        if !moved {
            break;
        }
    }
    let pairs = (0..order.len()).flat_map(|i| (i + 1..order.len()).map(move |j| (i, j)));
    let total = pairs.map(|(i, j)| costs[order[i]][order[j]]).sum();
    (order, total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pole(exit: f64, heights: &[f64]) -> Pole {
        Pole::new(exit, heights.iter().map(|&y| (y as usize, y)).collect())
    }

    #[test]
    fn uprights_that_do_not_meet_share_a_track() {
        assert_eq!(tracks(&[pole(0.0, &[20.0]), pole(40.0, &[60.0])], 5.0), [0, 0]);
        assert_eq!(tracks(&[pole(0.0, &[20.0]), pole(25.0, &[60.0])], 5.0), [0, 1]);
    }

    #[test]
    fn uprights_nest_without_a_crossing() {
        // Both go down: the line that comes in lower turns first.
        let down = [pole(100.0, &[0.0]), pole(150.0, &[50.0])];
        let track = tracks(&down, 5.0);
        assert!(track[1] < track[0]);
        let up = [pole(0.0, &[100.0]), pole(50.0, &[150.0])];
        let track = tracks(&up, 5.0);
        assert!(track[0] < track[1]);
    }

    #[test]
    fn no_line_goes_on_upon_one_that_goes_out() {
        // The line at 50 goes on to the second upright, past the first one's way out at 52.
        let poles = [pole(52.0, &[10.0]), pole(90.0, &[50.0])];
        let track = tracks(&poles, 5.0);
        assert!(track[1] < track[0], "the second turns before the first goes out");
    }
}
