//! Channels: what runs back, but for what is led straight to the layer before, is led around the drawing.
//!
//! In: placed boxes, ports and the connections that are back edges. Out: for each of them a channel: a vertical track
//! beside its first layer, a level run above or below the drawing, and a vertical track beside its last layer; and how
//! much room the tracks need beside every layer.

use super::channels::{Channel, Channels};
use super::input::Spacing;
use super::placing::Placing;
use super::ports::{End, Ports, Side, Wall, Way};
use super::problem::Problem;
use super::ranking::EdgeClass;

/// From a box to the first track, and from the map to the first level.
const LEAD: f64 = 16.0;

/// One end of a connection, by its number.
type Tip = (usize, End);

/// Gives every back edge its tracks and its level run, nested so that those of one layer do not cross where that can be
/// had.
pub(super) fn channels(problem: &Problem, ports: &Ports, placing: &Placing) -> Channels {
    let Problem {
        connections,
        spacing,
        ranking,
        ..
    } = *problem;
    let layers = ranking.stage_of_layer.len();
    let mut channels = Channels {
        of: vec![None; connections.len()],
        before: vec![0.0; layers],
        after: vec![0.0; layers],
    };
    let numbers: Vec<usize> = (0..connections.len())
        .filter(|&k| ranking.class[k] == EdgeClass::Back && ports.way[k] != Way::Across)
        .collect();
    if numbers.is_empty() {
        return channels;
    }
    let blank = Channel {
        leaving: 0.0,
        y: 0.0,
        arriving: 0.0,
    };
    for &k in &numbers {
        channels.of[k] = Some(blank);
    }
    let layer = |v: usize| ranking.layer_of[v];
    let box_of = |(k, end): Tip| match end {
        End::First => connections[k].from,
        End::Second => connections[k].to,
    };
    let height = |one: Tip| placing.y[box_of(one)] + ports.at(one);
    let mut beside: Vec<[Vec<Tip>; 2]> = vec![Default::default(); layers];
    for &k in &numbers {
        for end in [End::First, End::Second] {
            let wall = usize::from(ports.way[k].wall(end) == Wall::Right);
            beside[layer(box_of((k, end)))][wall].push((k, end));
        }
    }

    // Tracks: the end nearest to the side of the channel takes the innermost one.
    for (c, [left, right]) in beside.iter().enumerate() {
        for (ends, room) in [(left, &mut channels.before[c]), (right, &mut channels.after[c])] {
            let (places, needed) = tracks(ends, height, ports, spacing);
            *room = needed;
            for ((k, end), at) in places {
                let channel = channels.of[k].get_or_insert(blank);
                match end {
                    End::First => channel.leaving = at,
                    End::Second => channel.arriving = at,
                }
            }
        }
    }

    // Levels: short back edges nearest to the drawing, each just outside of all shorter ones that it passes.
    let (mut top, mut bottom) = (f64::MAX, f64::MIN);
    for (v, &y) in placing.y.iter().enumerate() {
        let half = problem.height(v as u32) / 2.0;
        top = top.min(y - half);
        bottom = bottom.max(y + half);
    }
    let mut by_span = numbers;
    by_span.sort_by_key(|&k| {
        let c = &connections[k];
        let (a, b) = (layer(c.from), layer(c.to));
        (
            a.abs_diff(b),
            channels.of[k].map_or(0, |t| (t.leaving + t.arriving) as i64),
            k,
        )
    });
    let mut above = vec![0usize; layers];
    let mut below = vec![0usize; layers];
    for k in by_span {
        let c = &connections[k];
        let (a, b) = (layer(c.from).min(layer(c.to)), layer(c.from).max(layer(c.to)));
        let is_above = runs(ports, k) == Side::Above;
        let taken = if is_above { &mut above } else { &mut below };
        let level = taken[a..=b].iter().copied().max().unwrap_or(0);
        taken[a..=b].fill(level + 1);
        let distance = LEAD + level as f64 * spacing.between_lines;
        let level = if is_above { top - distance } else { bottom + distance };
        if let Some(channel) = &mut channels.of[k] {
            channel.y = level;
        }
    }
    channels
}

/// On which side of the drawing a back edge runs.
fn runs(ports: &Ports, k: usize) -> Side {
    match ports.way[k] {
        Way::Around { side, .. } => side,
        Way::Across => Side::Above,
    }
}

/// The ends with the distance of the track of each from its layer, and the room that all of them need.
fn tracks(ends: &[Tip], y: impl Fn(Tip) -> f64, ports: &Ports, spacing: &Spacing) -> (Vec<(Tip, f64)>, f64) {
    let sorted = |side: Side| {
        let mut list: Vec<Tip> = ends.iter().copied().filter(|&(k, _)| runs(ports, k) == side).collect();
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
