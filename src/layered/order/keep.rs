//! Keeping an earlier order: what was there stays in its order, what is new is fitted in.

use super::anneal::{self, Dice, Schedule};
use super::sift::sift;
use crate::layered::graph::LayeredGraph;
use crate::layered::input::Earlier;
use crate::layered::levels::Levels;

/// How far a vertex is sifted at the most: farther gained nothing.
const FAR: usize = 50;

/// Orders a graph by an earlier order of its items.
///
/// New items and all dummies are fitted in where they cross least; nothing else moves.
pub(super) fn order(graph: &LayeredGraph, earlier: &Earlier) -> Levels {
    let place = |v: u32| {
        earlier
            .places
            .get(v as usize)
            .copied()
            .flatten()
            .filter(|_| !graph.is_dummy(v))
    };
    let mut levels = merged(graph, place);
    let free = |v: u32| place(v).is_none();
    fit(graph, &mut levels, free);
    levels
}

/// The items that have a place in the order of their places, everything else among them by its neighbours.
fn merged(graph: &LayeredGraph, place: impl Fn(u32) -> Option<usize>) -> Levels {
    const NOWHERE: f64 = 2.0;
    let mut value = vec![f64::NAN; graph.len()];
    let mut held: Vec<Vec<u32>> = vec![];
    for column in &graph.layers {
        let mut list: Vec<u32> = column.iter().copied().filter(|&v| place(v).is_some()).collect();
        list.sort_by_key(|&v| (place(v), v));
        for (i, &v) in list.iter().enumerate() {
            value[v as usize] = (i as f64 + 0.5) / list.len() as f64;
        }
        held.push(list);
    }
    let free: Vec<u32> = (0..graph.len() as u32).filter(|&v| place(v).is_none()).collect();
    for _ in 0..20 {
        for &v in &free {
            let near = || {
                let all = graph.left.of(v).iter().chain(graph.right.of(v));
                all.map(|&u| value[u as usize]).filter(|value| !value.is_nan())
            };
            let count = near().count();
            if count > 0 {
                value[v as usize] = near().sum::<f64>() / count as f64;
            }
        }
    }
    for &v in &free {
        if value[v as usize].is_nan() {
            value[v as usize] = NOWHERE;
        }
    }
    for &v in &free {
        held[graph.layer_of[v as usize] as usize].push(v);
    }
    for column in &mut held {
        column.sort_by(|&a, &b| value[a as usize].total_cmp(&value[b as usize]));
    }
    Levels::new(held, graph.len())
}

/// Moves what is free to where it crosses least, and nothing else.
fn fit(graph: &LayeredGraph, levels: &mut Levels, free: impl Fn(u32) -> bool) {
    for _ in 0..8 {
        if sift(graph, levels, usize::MAX / 4, &free) == 0 {
            break;
        }
    }
    let schedule = Schedule {
        sweeps: 100,
        hot: 0.5,
        cold: 0.05,
        neutral: 0.0,
    };
    anneal::anneal(graph, levels, schedule, &mut Dice::new(1), |a, b| free(a) || free(b));
    sift(graph, levels, FAR, &free);
}
