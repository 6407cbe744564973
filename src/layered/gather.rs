//! Gathering: boxes and trunks are moved so that uprights are short.
//!
//! In: a graph with trunks, placed for lines that run from end to end. Out: the same, in the same order and with the same
//! distances at least. What counts for an upright is only how far its highest and its lowest line are apart, which is a
//! convex function of the heights too; it is lowered layer by layer as lengths are in placing.

use super::placing::Placing;
use super::pool::Blocks;
use super::problem::Problem;

/// How softly distances are taken, in px: first nearly quadratic, then as they are.
const SOFT: [f64; 5] = [120.0, 60.0, 30.0, 12.0, 6.0];
/// Sweeps over all layers, there and back, for each.
const SWEEPS: usize = 10;
/// What the present place of a vertex weighs beside a line a px away.
const STILL: f64 = 0.004;
/// How far a layer goes towards its best place in one sweep: its vertices pull each other, and would overshoot.
const STEP: f64 = 0.6;

/// The highest and the lowest of some heights, with the next ones.
#[derive(Clone, Copy)]
struct Ends {
    low: [f64; 2],
    high: [f64; 2],
}

impl Ends {
    fn of(heights: impl Iterator<Item = f64>) -> Self {
        let mut ends = Self {
            low: [f64::MAX; 2],
            high: [f64::MIN; 2],
        };
        for y in heights {
            if y < ends.low[0] {
                ends.low = [y, ends.low[0]];
            } else if y < ends.low[1] {
                ends.low[1] = y;
            }
            if y > ends.high[0] {
                ends.high = [y, ends.high[0]];
            } else if y > ends.high[1] {
                ends.high[1] = y;
            }
        }
        ends
    }

    /// The ends of all but one of the heights.
    fn without(&self, y: f64) -> (f64, f64) {
        let low = if y <= self.low[0] { self.low[1] } else { self.low[0] };
        let high = if y >= self.high[0] { self.high[1] } else { self.high[0] };
        (low, high)
    }
}

/// Shortens the uprights.
pub(super) fn gather(problem: &Problem, placing: &mut Placing) {
    let layers = problem.graph.layers.len();
    for soft in SOFT {
        for _ in 0..SWEEPS {
            for c in (0..layers).chain((0..layers).rev()) {
                settle(problem, placing, c, soft);
            }
        }
    }
}

/// Moves one layer towards where its uprights are short: weighted isotonic regression, as in placing.
fn settle(problem: &Problem, placing: &mut Placing, c: usize, soft: f64) {
    let (graph, column) = (problem.graph, &problem.levels.layers[c]);
    // The upright before each vertex of the next layer.
    let next = problem.levels.layers.get(c + 1).map_or(&[][..], Vec::as_slice);
    let mut ends = vec![None; next.len()];
    let mut blocks = Blocks::for_vertices(column.len());
    let mut offsets = Vec::with_capacity(column.len());
    let mut offset = 0.0;
    for (i, &v) in column.iter().enumerate() {
        if i > 0 {
            offset += problem.separation(column[i - 1], v);
        }
        offsets.push(offset);
        let y = placing.y[v as usize];
        let (mut weight, mut sum) = (STILL, STILL * y);
        let mut pull = |low: f64, high: f64| {
            if low <= high {
                let wish = y.clamp(low, high);
                let w = 1.0 / (soft * soft + (wish - y) * (wish - y)).sqrt();
                if wish != y {
                    weight += w;
                    sum += w * wish;
                }
            }
        };
        let before = graph.left.of(v).iter().map(|&u| placing.y[u as usize]);
        let before = Ends::of(before);
        pull(before.low[0], before.high[0]);
        for &to in graph.right.of(v) {
            let at = problem.levels.position[to as usize] as usize;
            let ends = ends[at].get_or_insert_with(|| {
                let heights = graph.left.of(to).iter().chain([&to]).map(|&u| placing.y[u as usize]);
                Ends::of(heights)
            });
            let (low, high) = ends.without(y);
            pull(low, high);
        }
        blocks.push(weight, sum - weight * offset);
    }
    for (i, at) in blocks.places().enumerate() {
        let y = &mut placing.y[column[i] as usize];
        *y += STEP * (at + offsets[i] - *y);
    }
}
