//! Exact search: a graph with few vertices in every layer is ordered as well as it can be.
//!
//! In: a small graph and the best order that was found otherwise. Out: an order with the fewest crossings, and
//! whether it is known to be that; where the work runs out, the best that was met.
//!
//! Every second layer is branched over, vertex by vertex from the top. Each of the others stands between layers
//! that are set, so its pairs cost what they cost whatever the rest does: the sum of the cheaper order of every pair
//! bounds it from below (Jünger and Mutzel 1997, "2-layer straightline crossing minimization"), and its best order is
//! found over subsets (Held and Karp 1962, "A dynamic programming approach to sequencing problems").

use super::crossings::Counter;
use crate::layered::graph::LayeredGraph;
use crate::layered::levels::Levels;

/// The most vertices in a layer that is searched.
pub(super) const WIDEST: usize = 8;

/// What a layer costs, or a gap: a number for every pair.
type Pairs = [[u32; WIDEST]; WIDEST];

/// Whether the order is known to be the best there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// No order has fewer crossings.
    Optimal,
    /// The work ran out before that was known.
    Stopped,
}

/// Whether every layer is narrow enough.
pub(super) fn fits(graph: &LayeredGraph) -> bool {
    graph.layers.len() > 1 && graph.layers.iter().all(|column| column.len() <= WIDEST)
}

/// Looks for an order with fewer crossings than this one, which is replaced if there is one, until `work` steps are
/// done. The graph must fit, and be connected.
pub(super) fn improve(graph: &LayeredGraph, levels: &mut Levels, work: u64) -> Outcome {
    let mut counter = Counter::default();
    let counts: Vec<u64> = (1..levels.layers.len())
        .map(|c| counter.between(graph, levels, c - 1))
        .collect();
    let known: u64 = counts.iter().sum();
    if known == 0 {
        return Outcome::Optimal;
    }
    let mut index = vec![0; graph.len()];
    for column in &graph.layers {
        column.iter().enumerate().for_each(|(i, &v)| index[v as usize] = i);
    }
    let sizes: Vec<usize> = graph.layers.iter().map(Vec::len).collect();
    let gaps: Vec<Pairs> = graph.layers[1..]
        .iter()
        .zip(&graph.layers)
        .map(|(_, column)| {
            let mut lines = Pairs::default();
            for &v in column {
                for &to in graph.right.of(v) {
                    lines[index[v as usize]][index[to as usize]] += 1;
                }
            }
            lines
        })
        .collect();
    // Every gap by itself: what the others leave it, it cannot go below.
    let mut left = work;
    let mut floor = vec![0; gaps.len()];
    if gaps.len() > 1 {
        for (g, floor) in floor.iter_mut().enumerate() {
            let mut search = Search::new(&sizes[g..g + 2], &gaps[g..=g], vec![0], counts[g], left);
            if search.run() == Outcome::Optimal {
                *floor = search.best;
            }
            left = search.work;
        }
        if floor.iter().sum::<u64>() == known {
            return Outcome::Optimal;
        }
    }
    let mut search = Search::new(&sizes, &gaps, floor, known, left);
    let outcome = search.run();
    if search.best < known {
        for (c, column) in search.found.iter().enumerate() {
            levels.layers[c] = column.iter().map(|&i| graph.layers[c][i]).collect();
            levels.number(c);
        }
    }
    outcome
}

struct Search<'a> {
    sizes: &'a [usize],
    /// Between every two layers: how many lines join a vertex of the left one and a vertex of the right one.
    gaps: &'a [Pairs],
    /// The layers that are branched over, from the left.
    branches: Vec<usize>,
    /// What the gaps beside branch layers from a number on cost at least.
    ahead: Vec<u64>,
    /// For every vertex of a layer, one that must stand above it because both have the same neighbours.
    twin: Vec<[Option<usize>; WIDEST]>,
    /// What is known so far of a layer between branch layers: crossings with the first vertex above the second.
    cost: Vec<Pairs>,
    /// The least that every such layer costs, by pairs.
    bound: Vec<u64>,
    /// How many lines of a vertex lead, through a gap, to branch vertices without a place.
    open: Vec<[u32; WIDEST]>,
    /// The branch layers as far as they are set, by layer.
    set: Vec<Vec<usize>>,
    /// The fewest crossings known.
    best: u64,
    /// The layers that have them, if they were found here.
    found: Vec<Vec<usize>>,
    /// Steps that may still be done.
    work: u64,
}

impl<'a> Search<'a> {
    fn new(sizes: &'a [usize], gaps: &'a [Pairs], floor: Vec<u64>, best: u64, work: u64) -> Self {
        let n = sizes.len();
        let trials = |odd: usize| -> u64 {
            let orders = sizes
                .iter()
                .skip(odd)
                .step_by(2)
                .map(|&size| (1..=size as u64).product::<u64>());
            orders.fold(1, u64::saturating_mul)
        };
        let first = usize::from(trials(1) <= trials(0));
        let branches: Vec<usize> = (first..n).step_by(2).collect();
        let mut ahead = vec![0; branches.len() + 1];
        for (i, &b) in branches.iter().enumerate().rev() {
            let left = if b > 0 { floor[b - 1] } else { 0 };
            ahead[i] = ahead[i + 1] + left + floor.get(b).copied().unwrap_or(0);
        }
        let mut search = Self {
            sizes,
            gaps,
            branches,
            ahead,
            twin: vec![[None; WIDEST]; n],
            cost: vec![Pairs::default(); n],
            bound: vec![0; n],
            open: vec![[0; WIDEST]; n.saturating_sub(1)],
            set: vec![vec![]; n],
            best,
            found: vec![],
            work,
        };
        for &b in &search.branches {
            for x in 0..sizes[b] {
                let same = |y: &usize| {
                    search
                        .sides(b)
                        .all(|(g, _)| search.lines(g, b, x) == search.lines(g, b, *y))
                };
                search.twin[b][x] = (0..x).rev().find(same);
                for (g, _) in search.sides(b).collect::<Vec<_>>() {
                    let lines = search.lines(g, b, x);
                    search.open[g]
                        .iter_mut()
                        .zip(lines)
                        .for_each(|(open, line)| *open += line);
                }
            }
        }
        search
    }

    /// The gaps beside a branch layer, and the layers beyond them.
    fn sides(&self, b: usize) -> impl Iterator<Item = (usize, usize)> + use<> {
        let right = (b + 1 < self.sizes.len()).then_some((b, b + 1));
        b.checked_sub(1).map(|f| (f, f)).into_iter().chain(right)
    }

    /// The lines of vertex `x` of branch layer `b` through gap `g`.
    fn lines(&self, g: usize, b: usize, x: usize) -> [u32; WIDEST] {
        if g == b {
            self.gaps[g][x]
        } else {
            self.gaps[g].map(|row| row[x])
        }
    }

    fn run(&mut self) -> Outcome {
        if self.ahead[0] >= self.best || self.descend(0, 0, 0) {
            Outcome::Optimal
        } else {
            Outcome::Stopped
        }
    }

    /// Tries everything below a start of branch layer `i` that holds the vertices of `placed`; what is left of it
    /// costs `settled`. Gives whether it came to an end.
    fn descend(&mut self, i: usize, placed: usize, settled: u64) -> bool {
        let b = self.branches[i];
        if placed + 1 == 1 << self.sizes[b] {
            return self.go_on(i, settled);
        }
        for x in 0..self.sizes[b] {
            let is_free = |x: usize| placed & (1 << x) == 0;
            if !is_free(x) || self.twin[b][x].is_some_and(is_free) {
                continue;
            }
            const STEPS: u64 = 3 * (WIDEST * WIDEST) as u64;
            let Some(left) = self.work.checked_sub(STEPS) else {
                return false;
            };
            self.work = left;
            let before: [u64; 2] = self.bounds(b);
            self.place(b, x, Turn::Put);
            self.set[b].push(x);
            let [left, right] = self.bounds(b);
            let ended =
                settled + left + right + self.ahead[i + 1] >= self.best || self.descend(i, placed | (1 << x), settled);
            self.set[b].pop();
            self.place(b, x, Turn::Take);
            self.sides(b)
                .for_each(|(_, f)| self.bound[f] = before[usize::from(f > b)]);
            if !ended {
                return false;
            }
        }
        true
    }

    /// What the layers to the left and to the right of a branch layer cost at least.
    fn bounds(&self, b: usize) -> [u64; 2] {
        let left = b.checked_sub(1).map_or(0, |f| self.bound[f]);
        [left, self.bound.get(b + 1).copied().unwrap_or(0)]
    }

    /// Puts vertex `x` below those that are set in branch layer `b`, or takes it away again.
    fn place(&mut self, b: usize, x: usize, turn: Turn) {
        for (g, f) in self.sides(b) {
            let lines = self.lines(g, b, x);
            let size = self.sizes[f];
            let cost = &mut self.cost[f];
            let open = &mut self.open[g];
            if turn == Turn::Put {
                open.iter_mut().zip(lines).for_each(|(open, line)| *open -= line);
            }
            // Whatever has no place yet will stand below: it crosses the lines of `x` from vertices further down.
            for v in (0..size).filter(|&v| lines[v] > 0) {
                for u in (0..size).filter(|&u| u != v) {
                    let crossings = lines[v] * open[u];
                    match turn {
                        Turn::Put => cost[u][v] += crossings,
                        Turn::Take => cost[u][v] -= crossings,
                    }
                }
            }
            match turn {
                Turn::Take => open.iter_mut().zip(lines).for_each(|(open, line)| *open += line),
                Turn::Put => {
                    let pairs = (0..size).flat_map(|u| (0..u).map(move |v| (u, v)));
                    self.bound[f] = pairs.map(|(u, v)| u64::from(cost[u][v].min(cost[v][u]))).sum();
                }
            }
        }
    }

    /// Branch layer `i` is set: what lies between set layers is settled, then the next one is tried.
    fn go_on(&mut self, i: usize, mut settled: u64) -> bool {
        let b = self.branches[i];
        let mut waiting = 0;
        for (_, f) in self.sides(b) {
            if f > b && f + 1 < self.sizes.len() {
                waiting = self.bound[f];
                continue;
            }
            let steps = (self.sizes[f] << self.sizes[f]) as u64;
            let Some(left) = self.work.checked_sub(steps) else {
                return false;
            };
            self.work = left;
            settled += sequence(&self.cost[f], self.sizes[f]).0;
        }
        if settled + waiting + self.ahead[i + 1] >= self.best {
            return true;
        }
        if i + 1 < self.branches.len() {
            return self.descend(i + 1, 0, settled);
        }
        self.best = settled;
        self.found = self.set.clone();
        for f in (0..self.sizes.len()).filter(|f| !self.branches.contains(f)) {
            self.found[f] = sequence(&self.cost[f], self.sizes[f]).1;
        }
        true
    }
}

/// Whether a vertex comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Put,
    Take,
}

/// The cheapest order of a layer, and what it costs: of every set of vertices, the cheapest way to be above the rest.
fn sequence(cost: &Pairs, size: usize) -> (u64, Vec<usize>) {
    let mut least = [u32::MAX; 1 << WIDEST];
    let mut last = [0u8; 1 << WIDEST];
    // What a vertex costs below a set, from the set without its first vertex.
    let mut below = [[0u32; 1 << WIDEST]; WIDEST];
    least[0] = 0;
    for set in 1usize..1 << size {
        let first = set.trailing_zeros() as usize;
        for v in 0..size {
            below[v][set] = below[v][set & (set - 1)] + cost[first][v];
            let rest = set & !(1 << v);
            if rest != set {
                let sum = least[rest] + below[v][rest];
                if sum < least[set] {
                    (least[set], last[set]) = (sum, v as u8);
                }
            }
        }
    }
    let mut set = (1usize << size) - 1;
    let total = u64::from(least[set]);
    let mut levels = vec![];
    while set != 0 {
        levels.push(usize::from(last[set]));
        set &= !(1 << last[set]);
    }
    levels.reverse();
    (total, levels)
}
