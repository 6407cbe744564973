//! Filling: boxes without lines go into the slack of their layer where it would else be the highest.
//!
//! In: placed vertices, their lines straight. Out: the same, with boxes that have no line moved up into free room.
//! Nothing else moves, and neither does a box that an earlier order has given its place.

use super::input::Earlier;
use super::placing::Placing;
use super::problem::Problem;
use super::ranking::EdgeClass;

/// Moves boxes without lines from below the drawing into it, layer by layer, the lowest free room first; what finds
/// none stays below.
pub(super) fn fill(problem: &Problem, earlier: Option<&Earlier>, placing: &mut Placing) {
    let graph = problem.graph;
    let half = |v: u32| problem.height(v) / 2.0;
    let mut loose = vec![true; graph.len()];
    loose[problem.items.len()..].fill(false);
    for (c, class) in problem.connections.iter().zip(&problem.ranking.class) {
        if *class != EdgeClass::Dangling {
            (loose[c.from], loose[c.to]) = (false, false);
        }
    }
    for (v, _) in earlier
        .iter()
        .flat_map(|e| e.places.iter().enumerate())
        .filter(|p| p.1.is_some())
    {
        if let Some(loose) = loose.get_mut(v) {
            *loose = false;
        }
    }
    let (mut top, mut bottom) = (f64::MAX, f64::MIN);
    for v in (0..graph.len()).filter(|&v| !loose[v]) {
        top = top.min(placing.y[v] - half(v as u32));
        bottom = bottom.max(placing.y[v] + half(v as u32));
    }
    if top < bottom {
        for layer in &graph.layers {
            let by_height = |list: &mut Vec<u32>| {
                list.sort_by(|&a, &b| placing.y[a as usize].total_cmp(&placing.y[b as usize]).then(a.cmp(&b)));
            };
            let (mut free, mut held): (Vec<u32>, Vec<u32>) = layer.iter().partition(|&&v| loose[v as usize]);
            by_height(&mut free);
            by_height(&mut held);
            Slack { problem }.fill_layer(&free, &held, (top, bottom), placing);
        }
    }
}

struct Slack<'a> {
    problem: &'a Problem<'a>,
}

impl Slack<'_> {
    fn half(&self, v: u32) -> f64 {
        self.problem.height(v) / 2.0
    }

    fn fill_layer(&self, free: &[u32], held: &[u32], (top, bottom): (f64, f64), placing: &mut Placing) {
        let lowest = |placing: &Placing| {
            free.iter()
                .map(|&v| placing.y[v as usize] + self.half(v))
                .fold(top, f64::max)
        };
        if lowest(placing) <= bottom + 0.01 {
            return;
        }
        // As many of the last ones stay below as go there without making the drawing higher.
        let mut stay = free.len();
        let floor = held.last().map_or(top - self.problem.spacing.between_items, |&v| {
            placing.y[v as usize] + self.half(v) + self.clearance(v) - self.problem.spacing.between_items
        });
        let mut at = floor;
        while stay > 0 {
            at += self.problem.spacing.between_items + 2.0 * self.half(free[stay - 1]);
            if at > bottom {
                break;
            }
            stay -= 1;
        }
        let mut left = stay;
        for slot in (0..held.len()).rev() {
            let (above, below) = (slot.checked_sub(1).map(|i| held[i]), held[slot]);
            let high = above.map_or(top, |a| placing.y[a as usize] + self.half(a) + self.clearance(a));
            let low = placing.y[below as usize] - self.half(below) - self.clearance(below);
            let mut first = left;
            let mut used = -self.problem.spacing.between_items;
            while first > 0 {
                let more = used + self.problem.spacing.between_items + 2.0 * self.half(free[first - 1]);
                if more > low - high {
                    break;
                }
                (first, used) = (first - 1, more);
            }
            let mut at = high + (low - high - used) / 2.0;
            for &v in &free[first..left] {
                placing.y[v as usize] = at + self.half(v);
                at += 2.0 * self.half(v) + self.problem.spacing.between_items;
            }
            left = first;
        }
        let mut at = floor;
        for &v in free[..left].iter().chain(&free[stay..]) {
            at += self.problem.spacing.between_items + self.half(v);
            placing.y[v as usize] = at;
            at += self.half(v);
        }
    }

    /// From the side of a vertex to a box beside it.
    fn clearance(&self, v: u32) -> f64 {
        if self.problem.graph.is_dummy(v) {
            self.problem.spacing.around_items
        } else {
            self.problem.spacing.between_items
        }
    }
}
