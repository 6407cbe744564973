//! Keeping an earlier order: what was there stays in its order, what is new is fitted in.

use super::anneal::{self, Dice, Schedule};
use super::search::settle_ties;
use super::sift::sift;
use super::{Order, crossings, fresh};
use crate::layout::engine::{Earlier, Hold};
use crate::layout::ladder::Ladder;

/// How far a vertex is sifted at the most: farther gained nothing.
const FAR: usize = 50;

/// Orders a ladder by an earlier order of its items.
///
/// New items and all dummies are fitted in where they cross least. Only if a fresh order has more than a tenth fewer
/// crossings, more is changed, the least first: single vertices near their place, then farther, then neighbours
/// here and there, then everything.
pub(super) fn order(ladder: &Ladder, earlier: &Earlier) -> Order {
    let place = |v: u32| {
        earlier
            .places
            .get(v as usize)
            .copied()
            .flatten()
            .filter(|_| !ladder.is_dummy(v))
    };
    let mut order = merged(ladder, place);
    let free = |v: u32| place(v).is_none();
    fit(ladder, &mut order, free);
    if earlier.hold == Hold::Always {
        return order;
    }
    let fresh = with_the_grain(ladder, fresh(ladder), place);
    let enough = |count: u64| count * 10 <= crossings::all(ladder, &fresh) * 11;
    let mut count = crossings::all(ladder, &order);
    for window in [2, 5, 12, FAR] {
        for _ in 0..3 {
            if enough(count) {
                return order;
            }
            count -= sift(ladder, &mut order, window, |_| true);
        }
    }
    let mut dice = Dice::new(ladder.len() as u64);
    for hot in [0.2, 0.4] {
        if enough(count) {
            return order;
        }
        let schedule = Schedule {
            sweeps: 200,
            hot,
            cold: 0.05,
            neutral: 0.0,
        };
        count -= anneal::anneal(ladder, &mut order, schedule, &mut dice, |_, _| true);
    }
    if enough(count) { order } else { fresh }
}

/// The items that have a place in the order of their places, everything else among them by its neighbours.
fn merged(ladder: &Ladder, place: impl Fn(u32) -> Option<usize>) -> Order {
    const NOWHERE: f64 = 2.0;
    let mut value = vec![f64::NAN; ladder.len()];
    let mut held: Vec<Vec<u32>> = vec![];
    for column in &ladder.columns {
        let mut list: Vec<u32> = column.iter().copied().filter(|&v| place(v).is_some()).collect();
        list.sort_by_key(|&v| (place(v), v));
        for (i, &v) in list.iter().enumerate() {
            value[v as usize] = (i as f64 + 0.5) / list.len() as f64;
        }
        held.push(list);
    }
    let free: Vec<u32> = (0..ladder.len() as u32).filter(|&v| place(v).is_none()).collect();
    for _ in 0..20 {
        for &v in &free {
            let near = || {
                let all = ladder.left.of(v).iter().chain(ladder.right.of(v));
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
        held[ladder.column_of[v as usize] as usize].push(v);
    }
    for column in &mut held {
        column.sort_by(|&a, &b| value[a as usize].total_cmp(&value[b as usize]));
    }
    Order::new(held, ladder.len())
}

/// Moves what is free to where it crosses least, and nothing else.
fn fit(ladder: &Ladder, order: &mut Order, free: impl Fn(u32) -> bool) {
    for _ in 0..8 {
        if sift(ladder, order, usize::MAX / 4, &free) == 0 {
            break;
        }
    }
    let schedule = Schedule {
        sweeps: 100,
        hot: 0.5,
        cold: 0.05,
        neutral: 0.0,
    };
    anneal::anneal(ladder, order, schedule, &mut Dice::new(1), |a, b| free(a) || free(b));
    sift(ladder, order, FAR, &free);
}

/// An order, turned over if that leaves more items in their earlier order.
fn with_the_grain(ladder: &Ladder, mut order: Order, place: impl Fn(u32) -> Option<usize>) -> Order {
    let mut agreement = 0i64;
    for column in &order.columns {
        let held: Vec<u32> = column.iter().copied().filter(|&v| place(v).is_some()).collect();
        let mut by_place = held.clone();
        by_place.sort_by_key(|&v| (place(v), v));
        let middle = held.len() as i64 - 1;
        let mut rank = std::collections::BTreeMap::new();
        rank.extend(by_place.iter().enumerate().map(|(i, &v)| (v, i as i64)));
        agreement += held
            .iter()
            .enumerate()
            .map(|(i, v)| (2 * i as i64 - middle) * (2 * rank[v] - middle))
            .sum::<i64>();
    }
    if agreement < 0 {
        order.turn_over();
        settle_ties(ladder, &mut order);
    }
    order
}
