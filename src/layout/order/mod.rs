//! Orders: who stands above whom in a column, so that lines cross little.
//!
//! In: a ladder, perhaps an earlier order. Out: every column from top to bottom. How hard is tried is counted in units
//! of work, not in time, so that the same map has the same order everywhere.

mod anneal;
mod bench;
mod crossings;
mod keep;
mod search;
mod sift;
mod spectral;
mod sweep;

use super::engine::Earlier;
use super::ladder::Ladder;

/// An order of all columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Order {
    /// The vertices of every column, from top to bottom.
    pub columns: Vec<Vec<u32>>,
    /// The place of every vertex in its column, from 0.
    pub position: Vec<u32>,
}

impl Order {
    /// Takes columns as they are.
    fn new(columns: Vec<Vec<u32>>, vertices: usize) -> Self {
        let mut order = Self {
            columns,
            position: vec![0; vertices],
        };
        for c in 0..order.columns.len() {
            order.number(c);
        }
        order
    }

    /// Brings the places of one column up to date.
    fn number(&mut self, column: usize) {
        for (i, &v) in self.columns[column].iter().enumerate() {
            self.position[v as usize] = i as u32;
        }
    }

    /// Turns every column upside down, which changes no crossing.
    fn turn_over(&mut self) {
        for c in 0..self.columns.len() {
            self.columns[c].reverse();
            self.number(c);
        }
    }
}

/// Orders a ladder, near to an earlier order if there is one.
pub(super) fn order(ladder: &Ladder, earlier: Option<&Earlier>) -> Order {
    match earlier {
        Some(earlier) if earlier.places.iter().take(ladder.items).any(Option::is_some) => keep::order(ladder, earlier),
        _ => fresh(ladder),
    }
}

/// Orders a ladder from nothing: every component by itself, the large ones above, single vertices last.
fn fresh(ladder: &Ladder) -> Order {
    let (component, count) = ladder.components();
    let mut members = vec![vec![]; count];
    for v in 0..ladder.len() as u32 {
        members[component[v as usize] as usize].push(v);
    }
    members.sort_by_key(|list| std::cmp::Reverse(list.len()));
    let mut columns = vec![vec![]; ladder.columns.len()];
    let mut index = vec![0; ladder.len()];
    for list in &members {
        if let [v] = list[..] {
            columns[ladder.column_of[v as usize] as usize].push(v);
            continue;
        }
        let part = ladder.part(list, &mut index);
        for column in &search::order(&part, ladder.len()).columns {
            let Some(&first) = column.first() else { continue };
            let c = ladder.column_of[list[first as usize] as usize] as usize;
            columns[c].extend(column.iter().map(|&v| list[v as usize]));
        }
    }
    Order::new(columns, ladder.len())
}

#[cfg(test)]
mod tests {
    use super::super::engine::{Connection, Flow, Item};
    use super::super::rank::rank;
    use super::anneal::Dice;
    use super::*;

    /// A ladder of columns of the given sizes, with every possible line between neighbours drawn with a chance of one
    /// in `rare`.
    fn ladder(sizes: &[usize], rare: usize, dice: &mut Dice) -> Ladder {
        let items: Vec<Item> = (0..sizes.len())
            .flat_map(|stage| {
                (0..sizes[stage]).map(move |_| Item {
                    stage,
                    width: 10.0,
                    height: 10.0,
                })
            })
            .collect();
        let mut connections = vec![];
        for from in 0..items.len() {
            for to in 0..items.len() {
                if items[from].stage + 1 == items[to].stage && dice.below(rare) == 0 {
                    connections.push(Connection {
                        from,
                        to,
                        flow: Flow::Forward,
                    });
                }
            }
        }
        let ranking = rank(&items, &connections, sizes.len());
        Ladder::new(&items, &connections, &ranking)
    }

    /// Crossings counted pair by pair, from positions alone.
    fn plain_count(ladder: &Ladder, order: &Order) -> u64 {
        let mut lines = vec![];
        for v in 0..ladder.len() as u32 {
            lines.extend(
                ladder
                    .right
                    .of(v)
                    .iter()
                    .map(|&to| (ladder.column_of[v as usize], v, to)),
            );
        }
        let at = |v: u32| order.position[v as usize];
        let mut count = 0;
        for (i, a) in lines.iter().enumerate() {
            for b in &lines[i + 1..] {
                count +=
                    u64::from(a.0 == b.0 && (at(a.1) < at(b.1)) != (at(a.2) < at(b.2)) && a.1 != b.1 && a.2 != b.2);
            }
        }
        count
    }

    fn permutations(list: &[u32]) -> Vec<Vec<u32>> {
        if list.len() < 2 {
            return vec![list.to_vec()];
        }
        let mut all = vec![];
        for (i, &first) in list.iter().enumerate() {
            let mut rest = list.to_vec();
            rest.remove(i);
            all.extend(permutations(&rest).into_iter().map(|mut p| {
                p.insert(0, first);
                p
            }));
        }
        all
    }

    /// The least crossings that any order has: every order of every column is tried, column by column.
    fn least(ladder: &Ladder) -> u64 {
        let mut before: Vec<(Vec<u32>, u64)> = permutations(&ladder.columns[0]).into_iter().map(|p| (p, 0)).collect();
        let mut position = vec![0usize; ladder.len()];
        for column in &ladder.columns[1..] {
            let mut next = vec![];
            for right in permutations(column) {
                right.iter().enumerate().for_each(|(i, &v)| position[v as usize] = i);
                let mut best = u64::MAX;
                for (left, so_far) in &before {
                    let ends: Vec<(usize, usize)> = left
                        .iter()
                        .enumerate()
                        .flat_map(|(i, &v)| ladder.right.of(v).iter().map(move |&to| (i, to)))
                        .map(|(i, to)| (i, position[to as usize]))
                        .collect();
                    let pairs = ends
                        .iter()
                        .enumerate()
                        .flat_map(|(k, a)| ends[k + 1..].iter().map(move |b| (a, b)));
                    best = best.min(so_far + pairs.filter(|(a, b)| a.0 != b.0 && a.1 > b.1).count() as u64);
                }
                next.push((right, best));
            }
            before = next;
        }
        before.iter().map(|b| b.1).min().unwrap_or(0)
    }

    #[test]
    fn counts_agree_with_plain_counting() {
        let mut dice = Dice::new(3);
        for size in [1, 2, 5, 20] {
            let ladder = ladder(&[size, size + 3, size], 3, &mut dice);
            let order = Order::new(ladder.columns.clone(), ladder.len());
            assert_eq!(crossings::all(&ladder, &order), plain_count(&ladder, &order));
        }
    }

    #[test]
    fn small_ladders_are_solved_to_the_optimum() {
        let mut dice = Dice::new(11);
        for round in 0..40 {
            let sizes: &[usize] = [&[5, 5][..], &[4, 5, 4], &[3, 4, 4, 3], &[2, 5, 5, 2]][round % 4];
            let ladder = ladder(sizes, 2 + round % 3, &mut dice);
            let order = order(&ladder, None);
            assert_eq!(
                plain_count(&ladder, &order),
                least(&ladder),
                "round {round}: {ladder:?}"
            );
        }
    }

    #[test]
    fn savings_are_what_the_counts_say() {
        let mut dice = Dice::new(5);
        let ladder = ladder(&[12, 14, 12, 9], 4, &mut dice);
        let mut order = Order::new(ladder.columns.clone(), ladder.len());
        let before = crossings::all(&ladder, &order);
        let sifted = sift::sift(&ladder, &mut order, 6, |_| true);
        assert_eq!(before - sifted, crossings::all(&ladder, &order));
        let schedule = anneal::Schedule {
            sweeps: 50,
            hot: 0.6,
            cold: 0.05,
            neutral: 1.0,
        };
        let annealed = anneal::anneal(&ladder, &mut order, schedule, &mut dice, |_, _| true);
        assert_eq!(before - sifted - annealed, plain_count(&ladder, &order));
    }

    #[test]
    fn an_earlier_order_is_held() {
        let ladder = ladder(&[6, 6], 2, &mut Dice::new(8));
        let places = (0..12).map(|v| Some(100 - v)).collect();
        let kept = order(
            &ladder,
            Some(&Earlier {
                places,
                hold: super::super::engine::Hold::Always,
            }),
        );
        assert_eq!(kept.columns, [[5, 4, 3, 2, 1, 0], [11, 10, 9, 8, 7, 6]]);
    }
}
