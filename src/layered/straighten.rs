//! Straightening: what is nearly level is made level.
//!
//! In: placed vertices and ports. Out: the same, with dummies of one line at one height as far as their neighbours
//! allow, and ports moved a little where that makes a line level. Orders and distances are kept.

use super::placing::Placing;
use super::ports::{End, Ports, Wall};
use super::problem::Problem;
use super::ranking::EdgeClass;

/// Up to this rise, in px, a long line starts or ends level.
const SNAP: f64 = 24.0;
/// Up to this rise, in px, a port is moved so that its line is level.
const NUDGE: f64 = 7.0;
/// From a corner to a moved port, at least.
const CORNER: f64 = 4.0;

/// Makes level what nearly is.
pub(super) fn straighten(problem: &Problem, placing: &mut Placing, ports: &mut Ports) {
    let lines = Lines { problem };
    for (k, c) in problem.connections.iter().enumerate() {
        if problem.class(k) == EdgeClass::Forward && !problem.graph.dummies(k).is_empty() {
            let ends = (placing.y[c.from] + ports.out[k], placing.y[c.to] + ports.into[k]);
            lines.straighten_chain(problem.graph.dummies(k), ends, placing);
        }
    }
    lines.nudge(placing, ports);
}

struct Lines<'a> {
    problem: &'a Problem<'a>,
}

impl Lines<'_> {
    /// Puts runs of dummies to one height, as long as they go; the first and the last run to that of their end where
    /// it is near.
    fn straighten_chain(&self, dummies: &[u32], ends: (f64, f64), placing: &mut Placing) {
        let mut start = 0;
        while start < dummies.len() {
            let (mut low, mut high) = self.problem.room(dummies[start], placing);
            let mut end = start + 1;
            while end < dummies.len() {
                let room = self.problem.room(dummies[end], placing);
                if room.0.max(low) > room.1.min(high) {
                    break;
                }
                (low, high) = (low.max(room.0), high.min(room.1));
                end += 1;
            }
            let run = &dummies[start..end];
            let mean = run.iter().map(|&v| placing.y[v as usize]).sum::<f64>() / run.len() as f64;
            let mut at = mean.clamp(low, high);
            let near = |height: f64| (height - at).abs() <= SNAP && (low..=high).contains(&height);
            if start == 0 && near(ends.0) {
                at = ends.0;
            } else if end == dummies.len() && near(ends.1) {
                at = ends.1;
            }
            for &v in run {
                placing.y[v as usize] = at;
            }
            start = end;
        }
    }

    /// Moves ports up or down to where their line arrives, or leaves, level.
    fn nudge(&self, placing: &Placing, ports: &mut Ports) {
        let mut left: Vec<Vec<(usize, End)>> = vec![vec![]; self.problem.items.len()];
        let mut right = left.clone();
        for (k, c) in self.problem.connections.iter().enumerate() {
            let walls = match self.problem.class(k) {
                EdgeClass::Dangling => continue,
                EdgeClass::SelfLoop => [Some(Wall::Right), None],
                EdgeClass::Forward => [Some(Wall::Right), Some(Wall::Left)],
                EdgeClass::Back => [End::First, End::Second].map(|end| Some(ports.way[k].wall(end))),
            };
            for ((wall, end), v) in walls.into_iter().zip([End::First, End::Second]).zip([c.from, c.to]) {
                match wall {
                    Some(Wall::Left) => left[v].push((k, end)),
                    Some(Wall::Right) => right[v].push((k, end)),
                    None => {}
                }
            }
        }
        for v in 0..self.problem.items.len() {
            let half = (self.problem.items[v].height / 2.0 - CORNER).max(0.0);
            let loops = right[v]
                .iter()
                .any(|&(k, _)| self.problem.class(k) == EdgeClass::SelfLoop);
            let rise = |k: usize, ports: &Ports| {
                let c = &self.problem.connections[k];
                let last = self.problem.graph.dummies(k).last();
                let (before, out) = last.map_or((c.from as u32, ports.out[k]), |&v| (v, 0.0));
                placing.y[before as usize] + out - placing.y[v] - ports.into[k]
            };
            // What several lines have in common stays so.
            let may = |k: usize| self.problem.class(k) == EdgeClass::Forward && !self.problem.is_shared(k);
            let moves = |k: usize, ports: &Ports| may(k) && rise(k, ports).abs() <= NUDGE;
            let mut list = left[v].clone();
            list.sort_by(|&a, &b| ports.at(a).total_cmp(&ports.at(b)).then(a.cmp(&b)));
            for (i, &(k, _)) in list.iter().enumerate() {
                if moves(k, ports) {
                    let at = ports.into[k] + rise(k, ports);
                    let neighbours = [i.checked_sub(1).map(|i| list[i]), list.get(i + 1).copied()];
                    if self.clear(at, ports.into[k], neighbours.map(|n| n.map(|n| ports.at(n))), half) {
                        ports.into[k] = at;
                    }
                }
            }
            if loops {
                continue;
            }
            let fall = |k: usize, ports: &Ports| {
                let c = &self.problem.connections[k];
                let first = self.problem.graph.dummies(k).first();
                let (after, into) = first.map_or((c.to as u32, ports.into[k]), |&v| (v, 0.0));
                placing.y[after as usize] + into - placing.y[v] - ports.out[k]
            };
            let mut list = right[v].clone();
            list.sort_by(|&a, &b| ports.at(a).total_cmp(&ports.at(b)).then(a.cmp(&b)));
            for (i, &(k, _)) in list.iter().enumerate() {
                if may(k) && fall(k, ports).abs() <= NUDGE {
                    let at = ports.out[k] + fall(k, ports);
                    let neighbours = [i.checked_sub(1).map(|i| list[i]), list.get(i + 1).copied()];
                    if self.clear(at, ports.out[k], neighbours.map(|n| n.map(|n| ports.at(n))), half) {
                        ports.out[k] = at;
                    }
                }
            }
        }
    }

    /// Whether a port may be moved: on its side, between its neighbours, and clear of them as ports are.
    fn clear(&self, at: f64, from: f64, [above, below]: [Option<f64>; 2], half: f64) -> bool {
        let least = self.problem.spacing.between_lines.min(8.0) - 0.01;
        at.abs() <= half
            && above.is_none_or(|port| at - port >= least && from > port)
            && below.is_none_or(|port| port - at >= least && from < port)
    }
}
