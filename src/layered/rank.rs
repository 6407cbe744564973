//! Ranks: the layer of every item, and which connections run with the flow.
//!
//! In: items with stages, connections. Out: layers from left to right, and the class of every connection. Nothing is
//! moved out of its stage; a stage whose items feed each other is split into several layers.

use std::collections::BTreeMap;

use super::input::{Connection, Flow, Item};
use super::ranking::{EdgeClass, Ranking};

/// How many dummy nodes a map may have beyond three a connection, which five stages need. The longest connections
/// past it are routed as back edges: a chain of thousands of layers would else need millions.
const SPARE_DUMMIES: usize = 10_000;

/// Gives every item a layer within its stage.
///
/// Layers within a stage follow from the longest path over the connections that stay in it (Healy and Nikolov 2013,
/// "Hierarchical drawing algorithms", 13.3.1); cycles are opened at the back edges of a depth-first search in item
/// order. An item that more connections leave than enter moves as far right as its followers allow, which saves
/// dummy nodes.
pub(super) fn rank(items: &[Item], connections: &[Connection], stages: usize) -> Ranking {
    let n = items.len();
    let mut class: Vec<EdgeClass> = connections
        .iter()
        .map(|c| match c {
            c if c.from >= n || c.to >= n => EdgeClass::Dangling,
            c if c.from == c.to => EdgeClass::SelfLoop,
            c if c.flow == Flow::Feedback || items[c.from].stage > items[c.to].stage => EdgeClass::Back,
            _ => EdgeClass::Forward,
        })
        .collect();
    let mut within: Vec<Vec<(usize, usize)>> = vec![vec![]; n];
    let mut pull = vec![0i64; n];
    for (k, c) in connections.iter().enumerate() {
        if class[k] == EdgeClass::Forward {
            pull[c.from] += 1;
            pull[c.to] -= 1;
            if items[c.from].stage == items[c.to].stage {
                within[c.from].push((c.to, k));
            }
        }
    }
    within.iter_mut().for_each(|list| list.sort_unstable());
    let downstream_first = open_cycles(&within, &mut class);

    let mut depth = vec![0usize; n];
    for &v in downstream_first.iter().rev() {
        for &(to, k) in &within[v] {
            if class[k] == EdgeClass::Forward {
                depth[to] = depth[to].max(depth[v] + 1);
            }
        }
    }
    for &v in &downstream_first {
        let room = within[v]
            .iter()
            .filter(|&&(_, k)| class[k] == EdgeClass::Forward)
            .map(|&(to, _)| depth[to] - 1)
            .min();
        if let Some(room) = room
            && pull[v] > 0
        {
            depth[v] = room;
        }
    }

    let mut size: BTreeMap<usize, usize> = (0..stages).map(|s| (s, 1)).collect();
    for (item, &d) in items.iter().zip(&depth) {
        let size = size.entry(item.stage).or_insert(1);
        *size = (*size).max(d + 1);
    }
    let mut first = BTreeMap::new();
    let mut stage_of_layer = vec![];
    for (&stage, &layers) in &size {
        first.insert(stage, stage_of_layer.len());
        stage_of_layer.extend(std::iter::repeat_n(stage, layers));
    }
    let layer_of: Vec<usize> = items
        .iter()
        .zip(&depth)
        .map(|(item, d)| first[&item.stage] + d)
        .collect();
    spare_dummies(connections, &layer_of, &mut class);
    Ranking {
        stage_of_layer,
        layer_of,
        class,
    }
}

/// Makes back edges of connections that close a cycle; gives the items so that every follower comes before what it
/// follows.
fn open_cycles(within: &[Vec<(usize, usize)>], class: &mut [EdgeClass]) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        Open,
        Closed,
    }
    let n = within.len();
    let mut fed = vec![false; n];
    for &(to, _) in within.iter().flatten() {
        fed[to] = true;
    }
    let mut seen = vec![Seen::No; n];
    let mut done = Vec::with_capacity(n);
    let mut stack: Vec<(usize, usize)> = vec![];
    for root in (0..n).filter(|&v| !fed[v]).chain(0..n) {
        if seen[root] != Seen::No {
            continue;
        }
        seen[root] = Seen::Open;
        stack.push((root, 0));
        while let Some((v, next)) = stack.last_mut() {
            let v = *v;
            let Some(&(to, k)) = within[v].get(*next) else {
                seen[v] = Seen::Closed;
                done.push(v);
                stack.pop();
                continue;
            };
            *next += 1;
            match seen[to] {
                Seen::Open => class[k] = EdgeClass::Back,
                Seen::No => {
                    seen[to] = Seen::Open;
                    stack.push((to, 0));
                }
                Seen::Closed => {}
            }
        }
    }
    done
}

/// Routes the longest connections as back edges until the dummy nodes of the others are few enough.
fn spare_dummies(connections: &[Connection], layer_of: &[usize], class: &mut [EdgeClass]) {
    let mut long: Vec<(usize, usize)> = connections
        .iter()
        .enumerate()
        .filter(|&(k, _)| class[k] == EdgeClass::Forward)
        .map(|(k, c)| (layer_of[c.to] - layer_of[c.from] - 1, k))
        .filter(|&(span, _)| span > 0)
        .collect();
    let mut dummies: usize = long.iter().map(|l| l.0).sum();
    long.sort_unstable();
    while dummies > SPARE_DUMMIES + 3 * connections.len() {
        let Some((span, k)) = long.pop() else { break };
        dummies -= span;
        class[k] = EdgeClass::Back;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(stage: usize) -> Item {
        Item {
            stage,
            width: 10.0,
            height: 10.0,
        }
    }

    fn forward(from: usize, to: usize) -> Connection {
        Connection {
            from,
            to,
            flow: Flow::Forward,
        }
    }

    #[test]
    fn a_chain_within_a_stage_takes_a_layer_a_step() {
        let items = [item(0), item(1), item(1), item(1), item(2)];
        let links = [forward(0, 1), forward(1, 2), forward(2, 3), forward(3, 4)];
        let ranking = rank(&items, &links, 3);
        assert_eq!(ranking.layer_of, [0, 1, 2, 3, 4]);
        assert_eq!(ranking.stage_of_layer, [0, 1, 1, 1, 2]);
    }

    #[test]
    fn a_cycle_within_a_stage_is_opened_once() {
        let items = [item(0), item(0), item(0)];
        let links = [forward(0, 1), forward(1, 2), forward(2, 0)];
        let ranking = rank(&items, &links, 1);
        assert_eq!(ranking.class, [EdgeClass::Forward, EdgeClass::Forward, EdgeClass::Back]);
    }

    #[test]
    fn stages_without_items_have_a_layer() {
        assert_eq!(rank(&[item(2)], &[], 4).stage_of_layer, [0, 1, 2, 3]);
    }

    #[test]
    fn very_long_chains_do_not_breed_dummies_without_end() {
        let n = 3000;
        let items: Vec<Item> = (0..n).map(|_| item(0)).chain([item(1)]).collect();
        let links: Vec<Connection> = (1..n)
            .map(|v| forward(v - 1, v))
            .chain((0..n).map(|v| forward(v, n)))
            .collect();
        let ranking = rank(&items, &links, 2);
        let dummies: usize = links
            .iter()
            .zip(&ranking.class)
            .filter(|l| *l.1 == EdgeClass::Forward)
            .map(|l| ranking.layer_of[l.0.to] - ranking.layer_of[l.0.from] - 1)
            .sum();
        assert!(dummies <= SPARE_DUMMIES + 3 * links.len());
    }
}
