//! Lanes: feedback runs around the map, not through it.
//!
//! In: placed boxes and the connections whose course is a lane. Out: for each of them a vertical track beside its
//! first column, a level above or below the map, and a vertical track beside its last column; and how much room the
//! tracks need beside every column.

use super::engine::{Connection, Item, Spacing};
use super::ladder::Ladder;
use super::order::Order;
use super::place::Placing;
use super::rank::{Course, Ranking};
use super::route::Ports;

/// On which side of the map a lane runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Above all boxes.
    Above,
    /// Below all boxes.
    Below,
}

/// From a box to the first track, and from the map to the first level.
const LEAD: f64 = 16.0;

/// Where one connection turns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turns {
    /// Of the track beside the first column, right of its right side.
    pub leaving: f64,
    /// Of the level.
    pub level: f64,
    /// Of the track beside the last column, left of its left side.
    pub arriving: f64,
}

/// All lanes of a map.
#[derive(Debug, Clone)]
pub(super) struct Lanes {
    /// The turns of every connection whose course is a lane.
    pub turns: Vec<Option<Turns>>,
    before: Vec<f64>,
    after: Vec<f64>,
}

impl Lanes {
    /// The room kept for tracks left of a column.
    pub fn before(&self, column: usize) -> f64 {
        self.before[column]
    }

    /// The room kept for tracks right of a column.
    pub fn after(&self, column: usize) -> f64 {
        self.after[column]
    }
}

/// The side that is nearer to both ends; above where neither is.
pub(super) fn side(connection: &Connection, ladder: &Ladder, order: &Order) -> Side {
    let depth = |v: usize| {
        let column = ladder.column_of[v] as usize;
        (order.position[v] as f64 + 0.5) / order.columns[column].len() as f64
    };
    if depth(connection.from) + depth(connection.to) <= 1.0 {
        Side::Above
    } else {
        Side::Below
    }
}

/// Gives every lane its tracks and its level, nested so that lanes of one column do not cross where that can be had.
pub(super) fn plan(
    ranking: &Ranking,
    items: &[Item],
    connections: &[Connection],
    ports: &Ports,
    placing: &Placing,
    spacing: &Spacing,
) -> Lanes {
    let columns = ranking.stage_of_column.len();
    let mut lanes = Lanes {
        turns: vec![None; connections.len()],
        before: vec![0.0; columns],
        after: vec![0.0; columns],
    };
    let numbers: Vec<usize> = (0..connections.len())
        .filter(|&k| ranking.course[k] == Course::Lane)
        .collect();
    if numbers.is_empty() {
        return lanes;
    }
    let blank = Turns {
        leaving: 0.0,
        level: 0.0,
        arriving: 0.0,
    };
    for &k in &numbers {
        lanes.turns[k] = Some(blank);
    }
    let column = |v: usize| ranking.column_of[v];
    let leaves = |k: usize| placing.y[connections[k].from] + ports.out[k];
    let arrives = |k: usize| placing.y[connections[k].to] + ports.into[k];

    // Tracks: the end nearest to the lane's side takes the innermost one.
    for c in 0..columns {
        let out: Vec<usize> = numbers
            .iter()
            .copied()
            .filter(|&k| column(connections[k].from) == c)
            .collect();
        let (places, room) = tracks(&out, leaves, ports, spacing);
        lanes.after[c] = room;
        for (k, at) in places {
            lanes.turns[k].get_or_insert(blank).leaving = at;
        }
        let into: Vec<usize> = numbers
            .iter()
            .copied()
            .filter(|&k| column(connections[k].to) == c)
            .collect();
        let (places, room) = tracks(&into, arrives, ports, spacing);
        lanes.before[c] = room;
        for (k, at) in places {
            lanes.turns[k].get_or_insert(blank).arriving = at;
        }
    }

    // Levels: short lanes nearest to the map, each just outside of all shorter ones that it passes.
    let (mut top, mut bottom) = (f64::MAX, f64::MIN);
    for (v, &y) in placing.y.iter().enumerate() {
        let half = items.get(v).map_or(0.0, |item| item.height / 2.0);
        top = top.min(y - half);
        bottom = bottom.max(y + half);
    }
    let mut by_span = numbers;
    by_span.sort_by_key(|&k| {
        let c = &connections[k];
        let (a, b) = (column(c.from), column(c.to));
        (
            a.abs_diff(b),
            lanes.turns[k].map_or(0, |t| (t.leaving + t.arriving) as i64),
            k,
        )
    });
    let mut above = vec![0usize; columns];
    let mut below = vec![0usize; columns];
    for k in by_span {
        let c = &connections[k];
        let (a, b) = (column(c.from).min(column(c.to)), column(c.from).max(column(c.to)));
        let taken = if ports.side[k] == Side::Above {
            &mut above
        } else {
            &mut below
        };
        let level = taken[a..=b].iter().copied().max().unwrap_or(0);
        taken[a..=b].fill(level + 1);
        let distance = LEAD + level as f64 * spacing.between_lines;
        let level = if ports.side[k] == Side::Above {
            top - distance
        } else {
            bottom + distance
        };
        if let Some(turns) = &mut lanes.turns[k] {
            turns.level = level;
        }
    }
    lanes
}

/// The distance of every track from its column, and the room that all of them need.
fn tracks(numbers: &[usize], y: impl Fn(usize) -> f64, ports: &Ports, spacing: &Spacing) -> (Vec<(usize, f64)>, f64) {
    let sorted = |side: Side| {
        let mut list: Vec<usize> = numbers.iter().copied().filter(|&k| ports.side[k] == side).collect();
        list.sort_by(|&a, &b| y(a).total_cmp(&y(b)).then(a.cmp(&b)));
        list
    };
    let up = sorted(Side::Above);
    let mut down = sorted(Side::Below);
    down.reverse();
    let apart = match (up.last(), down.last()) {
        (Some(&a), Some(&b)) => y(a) + spacing.between_lines < y(b),
        _ => true,
    };
    let first_down = if apart { 0 } else { up.len() };
    let count = up.len().max(first_down + down.len());
    let at = |i: usize| LEAD + i as f64 * spacing.between_lines;
    let places = up
        .iter()
        .enumerate()
        .map(|(i, &k)| (k, at(i)))
        .chain(down.iter().enumerate().map(|(i, &k)| (k, at(first_down + i))));
    (places.collect(), if count == 0 { 0.0 } else { at(count) })
}
