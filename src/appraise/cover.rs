//! The cheapest choice of some things that covers all of others: a weighted set cover whose things also share costs.
//!
//! Branch and bound. A choice costs what its things cost by themselves, and what they share once. What is left over is bounded from
//! below by dual ascent: every target that is not covered yet takes as much of the own costs of its things as none of them has given
//! already (D. Erlenkotter, "A dual-based procedure for uncapacitated facility location", Operations Research 26 (1978)). The search
//! ends after a fixed number of looks, so that the answer is the same on every machine; then it says how much cheaper another choice
//! could be at most.

use rust_decimal::Decimal;

/// How many times a thing is looked at in the search through each part of the problem.
const LOOKS: usize = 10_000_000;

/// What is to be covered, and by what.
#[derive(Debug, Clone, Default)]
pub(super) struct Problem {
    /// What each thing costs by itself; not below 0.
    pub(super) own: Vec<Decimal>,
    /// The targets that each thing covers.
    pub(super) covers: Vec<Vec<usize>>,
    /// The shared costs that each thing brings.
    pub(super) brings: Vec<Vec<usize>>,
    /// What each shared cost is; not below 0.
    pub(super) shared: Vec<Decimal>,
    /// How many targets there are, each covered by at least one thing.
    pub(super) targets: usize,
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    /// The things, in order.
    pub(super) things: Vec<usize>,
    /// What they cost together.
    pub(super) cost: Decimal,
    /// What no choice costs less than; the same as `cost` where that is proven to be the least.
    pub(super) at_least: Decimal,
}

/// The cheapest choice; of several the one of fewest things, and of those the first in order. `None` where a sum is too large.
pub(super) fn cheapest(problem: &Problem) -> Option<Choice> {
    let mut out = Choice {
        things: Vec::new(),
        cost: Decimal::ZERO,
        at_least: Decimal::ZERO,
    };
    for part in parts(problem) {
        let best = Search::of(problem, &part)?.run()?;
        out.things.extend(best.things);
        out.cost = out.cost.checked_add(best.cost)?;
        out.at_least = out.at_least.checked_add(best.at_least)?;
    }
    out.things.sort_unstable();
    Some(out)
}

/// The things in parts that share neither targets nor costs; what covers nothing is in none.
fn parts(problem: &Problem) -> Vec<Vec<usize>> {
    let count = problem.own.len();
    let mut root: Vec<usize> = (0..count).collect();
    fn find(root: &mut [usize], mut at: usize) -> usize {
        while root[at] != at {
            root[at] = root[root[at]];
            at = root[at];
        }
        at
    }
    let mut first_of_target = vec![None; problem.targets];
    let mut first_of_shared = vec![None; problem.shared.len()];
    for at in (0..count).filter(|at| !problem.covers[*at].is_empty()) {
        let targets = problem.covers[at]
            .iter()
            .map(|key| *first_of_target[*key].get_or_insert(at));
        let known: Vec<usize> = targets.collect();
        let shared = problem.brings[at]
            .iter()
            .map(|key| *first_of_shared[*key].get_or_insert(at));
        let shared: Vec<usize> = shared.collect();
        for known in known.into_iter().chain(shared) {
            let (a, b) = (find(&mut root, known), find(&mut root, at));
            root[a.max(b)] = a.min(b);
        }
    }
    let mut of: Vec<Vec<usize>> = vec![Vec::new(); count];
    for at in (0..count).filter(|at| !problem.covers[*at].is_empty()) {
        let part = find(&mut root, at);
        of[part].push(at);
    }
    of.retain(|part| !part.is_empty());
    of
}

struct Search<'p> {
    problem: &'p Problem,
    /// The targets of the part, those with fewest things first.
    targets: Vec<usize>,
    /// The things that cover each target, the cheapest first.
    by: Vec<Vec<usize>>,
    best: Option<(Decimal, Vec<usize>)>,
    /// The least bound of what was not looked into.
    cut: Option<Decimal>,
    looks: usize,
    /// Things of the choice, and things that are out of it.
    chosen: Vec<usize>,
    is_out: Vec<bool>,
    /// How often each target is covered, and each shared cost brought.
    covered: Vec<usize>,
    brought: Vec<usize>,
    cost: Decimal,
}

impl<'p> Search<'p> {
    fn of(problem: &'p Problem, part: &[usize]) -> Option<Self> {
        let mut by = vec![Vec::new(); problem.targets];
        for thing in part {
            for target in &problem.covers[*thing] {
                by[*target].push(*thing);
            }
        }
        for things in &mut by {
            things.sort_by_key(|thing| (problem.own[*thing], *thing));
        }
        let mut targets: Vec<usize> = (0..problem.targets).filter(|target| !by[*target].is_empty()).collect();
        targets.sort_by_key(|target| by[*target].len());
        // Every sum of the search is at most this one.
        let own = part.iter().map(|thing| problem.own[*thing]);
        super::exact::sum(own.chain(problem.shared.iter().copied()))?;
        let mut is_out = vec![true; problem.own.len()];
        for thing in part {
            is_out[*thing] = false;
        }
        Some(Self {
            problem,
            targets,
            by,
            best: None,
            cut: None,
            looks: 0,
            chosen: Vec::new(),
            is_out,
            covered: vec![0; problem.targets],
            brought: vec![0; problem.shared.len()],
            cost: Decimal::ZERO,
        })
    }

    fn run(mut self) -> Option<Choice> {
        self.greedy();
        self.branch();
        let (cost, mut things) = self.best?;
        things.sort_unstable();
        let at_least = self.cut.map_or(cost, |cut| cut.min(cost));
        Some(Choice { things, cost, at_least })
    }

    /// What a thing adds to the cost of the choice.
    fn adds(&self, thing: usize) -> Decimal {
        let shared = self.problem.brings[thing].iter().filter(|key| self.brought[**key] == 0);
        self.problem.own[thing] + shared.map(|key| self.problem.shared[*key]).sum::<Decimal>()
    }

    fn take(&mut self, thing: usize) {
        self.cost += self.adds(thing);
        self.chosen.push(thing);
        for target in &self.problem.covers[thing] {
            self.covered[*target] += 1;
        }
        for key in &self.problem.brings[thing] {
            self.brought[*key] += 1;
        }
    }

    fn give_back(&mut self) {
        let Some(thing) = self.chosen.pop() else { return };
        for target in &self.problem.covers[thing] {
            self.covered[*target] -= 1;
        }
        for key in &self.problem.brings[thing] {
            self.brought[*key] -= 1;
        }
        self.cost -= self.adds(thing);
    }

    fn uncovered(&self) -> impl Iterator<Item = usize> {
        self.targets.iter().copied().filter(|target| self.covered[*target] == 0)
    }

    /// Keeps the choice if it is better than the best so far.
    fn keep(&mut self) {
        let mut things = self.chosen.clone();
        things.sort_unstable();
        let is_better = match &self.best {
            None => true,
            Some((cost, had)) => (self.cost, things.len(), &things) < (*cost, had.len(), had),
        };
        if is_better {
            self.best = Some((self.cost, things));
        }
    }

    /// A first choice: whatever covers most for what it adds, one after the other.
    fn greedy(&mut self) {
        loop {
            let open: Vec<usize> = self.uncovered().collect();
            if open.is_empty() {
                break;
            }
            let count = |thing: usize| {
                let covers = self.problem.covers[thing].iter();
                covers.filter(|target| self.covered[**target] == 0).count()
            };
            let things = open.iter().flat_map(|target| &self.by[*target]).copied();
            let price = |thing: usize| self.adds(thing) / Decimal::from(count(thing).max(1) as u64);
            let Some(next) = things.min_by_key(|thing| (price(*thing), *thing)) else {
                break;
            };
            self.take(next);
        }
        self.keep();
        while !self.chosen.is_empty() {
            self.give_back();
        }
    }

    /// What covering the rest costs at least.
    fn bound(&mut self) -> Decimal {
        let mut looks = 0;
        let mut left: Vec<Option<Decimal>> = vec![None; self.problem.own.len()];
        let mut bound = Decimal::ZERO;
        for target in self.uncovered() {
            let things = self.by[target].iter().filter(|thing| !self.is_out[**thing]);
            looks += self.by[target].len();
            let rest = |thing: &usize| left[*thing].unwrap_or(self.problem.own[*thing]);
            let Some(least) = things.clone().map(rest).min() else {
                continue;
            };
            if least.is_zero() {
                continue;
            }
            bound += least;
            for thing in things {
                left[*thing] = Some(left[*thing].unwrap_or(self.problem.own[*thing]) - least);
            }
        }
        self.looks += looks + 1;
        bound
    }

    /// Looks into every choice that has what is chosen and nothing that is out. It goes as deep as there are things.
    fn branch(&mut self) {
        let mut open: Vec<Frame> = Vec::new();
        let mut entering = true;
        loop {
            if entering {
                match self.enter() {
                    Some(frame) => open.push(frame),
                    None if open.is_empty() => return,
                    None => self.give_back(),
                }
            }
            let Some(frame) = open.last_mut() else { return };
            // What was tried in this place is out from here on: all choices with it have been looked at.
            if frame.tried > 0 {
                self.is_out[frame.things[frame.tried - 1]] = true;
            }
            match frame.things.get(frame.tried).copied() {
                Some(thing) => {
                    frame.tried += 1;
                    self.take(thing);
                    entering = true;
                }
                None => {
                    let things = open.pop().map(|frame| frame.things).unwrap_or_default();
                    for thing in things {
                        self.is_out[thing] = false;
                    }
                    if open.is_empty() {
                        return;
                    }
                    self.give_back();
                    entering = false;
                }
            }
        }
    }

    /// The things to try one after the other; `None` where nothing better can come.
    fn enter(&mut self) -> Option<Frame> {
        let Some(first) = self.uncovered().next() else {
            self.keep();
            return None;
        };
        let bound = self.cost + self.bound();
        // As cheap, but of more things, is no better; every target that is left takes one thing more.
        if let Some((cost, things)) = &self.best
            && (bound > *cost || (bound == *cost && self.chosen.len() + 1 > things.len()))
        {
            return None;
        }
        if self.looks > LOOKS {
            self.cut = Some(self.cut.map_or(bound, |cut| cut.min(bound)));
            return None;
        }
        // The target with fewest things left.
        let choices = |target: usize| self.by[target].iter().filter(|thing| !self.is_out[**thing]);
        let narrow = self.uncovered().min_by_key(|target| choices(*target).count());
        let mut things: Vec<usize> = choices(narrow.unwrap_or(first)).copied().collect();
        things.sort_by_key(|thing| (self.adds(*thing), *thing));
        Some(Frame { things, tried: 0 })
    }
}

/// A place in the search: one of these things is to be taken.
struct Frame {
    things: Vec<usize>,
    tried: usize,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn problem() -> impl Strategy<Value = Problem> {
        (1usize..9, 1usize..6, 0usize..4).prop_flat_map(|(things, targets, shared)| {
            let money = || (0i64..20).prop_map(Decimal::from);
            let some = |of: usize| {
                proptest::collection::vec(any::<bool>(), of)
                    .prop_map(|all| (0..all.len()).filter(|at| all[*at]).collect::<Vec<usize>>())
            };
            (
                proptest::collection::vec(money(), things),
                proptest::collection::vec(some(targets), things),
                proptest::collection::vec(some(shared), things),
                proptest::collection::vec(money(), shared),
            )
                .prop_map(move |(own, mut covers, brings, shared)| {
                    // Something covers every target.
                    for target in 0..targets {
                        let at = target % things;
                        if !covers.iter().any(|all| all.contains(&target)) {
                            covers[at].push(target);
                        }
                    }
                    Problem {
                        own,
                        covers,
                        brings,
                        shared,
                        targets,
                    }
                })
        })
    }

    /// Every choice there is, one after the other.
    fn brute(problem: &Problem) -> (Decimal, usize) {
        let count = problem.own.len();
        let all = 0..1usize << count;
        let choices = all.filter_map(|bits| {
            let things: Vec<usize> = (0..count).filter(|at| bits >> at & 1 == 1).collect();
            let covers = |target: usize| things.iter().any(|thing| problem.covers[*thing].contains(&target));
            if !(0..problem.targets).all(covers) {
                return None;
            }
            let own: Decimal = things.iter().map(|thing| problem.own[*thing]).sum();
            let is_brought = |key: &usize| things.iter().any(|thing| problem.brings[*thing].contains(key));
            let shared: Decimal = (0..problem.shared.len())
                .filter(is_brought)
                .map(|key| problem.shared[key])
                .sum();
            Some((own + shared, things.len()))
        });
        choices.min().unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn the_choice_is_the_cheapest_of_all_and_of_fewest_things(problem in problem()) {
            let found = cheapest(&problem).unwrap();
            prop_assert_eq!((found.cost, found.things.len()), brute(&problem));
            prop_assert_eq!(found.cost, found.at_least);
        }
    }

    #[test]
    fn a_search_that_is_cut_short_says_what_no_choice_costs_less_than() {
        // Every pair of 90 targets has a thing of its own, all of one price: far more choices than can be looked into.
        let mut problem = Problem {
            targets: 45,
            ..Problem::default()
        };
        for a in 0..45 {
            for b in [a * 7 + 1, a * 11 + 3, a * 13 + 5, a * 17 + 9] {
                for c in [a * 3 + 2, a * 5 + 4] {
                    let mut covers = vec![a, b % 45, c % 45];
                    covers.sort_unstable();
                    covers.dedup();
                    problem.own.push(Decimal::from(3 + (a + b * 3 + c) as u64 % 5));
                    problem.covers.push(covers);
                    problem.brings.push(Vec::new());
                }
            }
        }
        let found = cheapest(&problem).unwrap();
        assert!(found.at_least <= found.cost, "{found:?}");
        assert!(found.at_least > Decimal::ZERO);
        let is_covered = |target: usize| {
            found
                .things
                .iter()
                .any(|thing| problem.covers[*thing].contains(&target))
        };
        assert!((0..45).all(is_covered));
    }
}
