//! Layer sweeps: every layer is sorted by where its neighbours stand, to the right and back.

use crate::layered::graph::LayeredGraph;
use crate::layered::levels::Levels;

/// What of its neighbours' places a vertex is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The weighted median (Eades and Wormald 1994, "Edge crossings in drawings of bipartite graphs"; weighted as in
    /// Gansner, Koutsofios, North and Vo 1993, "A technique for drawing directed graphs").
    Median,
    /// The mean, called barycentre (Sugiyama, Tagawa and Toda 1981).
    Mean,
}

/// One sweep to the right and one to the left.
pub(super) fn sweep(graph: &LayeredGraph, levels: &mut Levels, by: By) {
    let n = levels.layers.len();
    for c in 1..n {
        sort(graph, levels, c, by, Look::Left);
    }
    for c in (0..n.saturating_sub(1)).rev() {
        sort(graph, levels, c, by, Look::Right);
    }
}

/// Which neighbours count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Left,
    Right,
}

/// Sorts one layer; a vertex without neighbours keeps its place, and equals keep their order.
fn sort(graph: &LayeredGraph, levels: &mut Levels, c: usize, by: By, look: Look) {
    let mut places = vec![];
    let mut keys: Vec<(f64, u32)> = Vec::with_capacity(levels.layers[c].len());
    let mut still = vec![];
    for (i, &v) in levels.layers[c].iter().enumerate() {
        let neighbours = match look {
            Look::Left => graph.left.of(v),
            Look::Right => graph.right.of(v),
        };
        if neighbours.is_empty() {
            still.push((i, v));
            continue;
        }
        places.clear();
        places.extend(neighbours.iter().map(|&u| levels.position[u as usize]));
        let key = match by {
            By::Mean => places.iter().map(|&p| f64::from(p)).sum::<f64>() / places.len() as f64,
            By::Median => median(&mut places),
        };
        keys.push((key, v));
    }
    keys.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut keys = keys.into_iter();
    let mut still = still.into_iter().peekable();
    for i in 0..levels.layers[c].len() {
        let fixed = still.next_if(|&(at, _)| at == i).map(|(_, v)| v);
        if let Some(v) = fixed.or_else(|| keys.next().map(|(_, v)| v)) {
            levels.layers[c][i] = v;
        }
    }
    levels.number(c);
}

/// Of an even number of places, the middle two are weighed by how far the others reach at their sides.
fn median(places: &mut [u32]) -> f64 {
    places.sort_unstable();
    let n = places.len();
    let at = |i: usize| f64::from(places[i]);
    if n % 2 == 1 {
        at(n / 2)
    } else if n == 2 {
        (at(0) + at(1)) / 2.0
    } else {
        let (low, high) = (at(n / 2 - 1) - at(0), at(n - 1) - at(n / 2));
        if low + high == 0.0 {
            (at(n / 2 - 1) + at(n / 2)) / 2.0
        } else {
            (at(n / 2 - 1) * high + at(n / 2) * low) / (low + high)
        }
    }
}
