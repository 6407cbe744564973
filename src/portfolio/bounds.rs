//! How much several claims come to together, where nobody has counted what they have in common.

use rust_decimal::Decimal;

/// What may lie in between: the least and the most that a sum can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds {
    /// It is at least this much.
    pub at_least: Decimal,
    /// It is at most this much.
    pub at_most: Decimal,
}

impl Bounds {
    fn exactly(value: Decimal) -> Self {
        Self {
            at_least: value,
            at_most: value,
        }
    }

    /// Whether there is nothing in between.
    pub fn is_exact(self) -> bool {
        self.at_least == self.at_most
    }
}

/// What two parts have in common, in the unit of the parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Common {
    /// The one, by its place among the parts.
    pub(super) one: usize,
    /// The other.
    pub(super) other: usize,
    /// At least this much of both.
    pub(super) least: Decimal,
    /// At most this much of both.
    pub(super) most: Decimal,
}

/// Up to how many parts every choice of them is looked at; of more, parts are taken one after the other.
const EVERY_CHOICE: usize = 12;

/// The bounds of what parts come to together, each of them zero or more; parts that no pair names have nothing in common.
///
/// - The whole is at most the sum of all, less what pairs have in common at the least, along a tree of pairs: the heaviest
///   (Hunter, An upper bound for the probability of a union, J. Appl. Prob. 13, 1976; Worsley, Biometrika 69, 1982).
/// - The whole is at least what some of the parts come to, less the most that each two of them have in common (Bonferroni):
///   the best choice is taken, and no choice is better than the largest part where all may lie within it.
///
/// Both hold for any sets whatever. Between no pair and all pairs unknown lie the two ends that people use: the largest claim,
/// and the sum.
pub(super) fn union(parts: &[Decimal], pairs: &[Common]) -> Bounds {
    let sum: Decimal = parts.iter().sum();
    if pairs.is_empty() {
        return Bounds::exactly(sum);
    }
    let mut at_least = Decimal::ZERO;
    for group in groups(parts.len(), pairs) {
        at_least += least(parts, &group, pairs);
    }
    Bounds {
        at_least,
        at_most: sum - heaviest_forest(parts.len(), pairs),
    }
}

/// The parts that hang together by pairs that may have something in common, each group in ascending order.
fn groups(count: usize, pairs: &[Common]) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..count).collect();
    for pair in pairs.iter().filter(|pair| pair.most > Decimal::ZERO) {
        let (a, b) = (find(&mut root, pair.one), find(&mut root, pair.other));
        root[a.max(b)] = a.min(b);
    }
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); count];
    for part in 0..count {
        let at = find(&mut root, part);
        out[at].push(part);
    }
    out.retain(|group| !group.is_empty());
    out
}

fn find(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}

/// The most that a choice of the parts of a group comes to for certain.
fn least(parts: &[Decimal], group: &[usize], pairs: &[Common]) -> Decimal {
    let places: Vec<Option<usize>> = (0..parts.len()).map(|part| group.binary_search(&part).ok()).collect();
    // What each two of the group have in common at the most, by their places in it.
    let mut common = vec![Vec::new(); group.len()];
    for pair in pairs {
        if let (Some(a), Some(b)) = (places[pair.one], places[pair.other]) {
            common[a].push((b, pair.most));
            common[b].push((a, pair.most));
        }
    }
    if group.len() <= EVERY_CHOICE {
        return every_choice(parts, group, &common);
    }
    // The largest first, then each that adds more than it may share with those that are taken.
    let mut order: Vec<usize> = (0..group.len()).collect();
    order.sort_by(|a, b| parts[group[*b]].cmp(&parts[group[*a]]).then(a.cmp(b)));
    let mut is_taken = vec![false; group.len()];
    let mut sum = Decimal::ZERO;
    for at in order {
        let shared: Decimal = common[at]
            .iter()
            .filter(|(other, _)| is_taken[*other])
            .map(|(_, most)| most)
            .sum();
        let gain = parts[group[at]] - shared;
        if gain > Decimal::ZERO {
            is_taken[at] = true;
            sum += gain;
        }
    }
    sum
}

fn every_choice(parts: &[Decimal], group: &[usize], common: &[Vec<(usize, Decimal)>]) -> Decimal {
    let mut best = Decimal::ZERO;
    for choice in 1_u32..1 << group.len() {
        let is_in = |at: usize| choice >> at & 1 == 1;
        let mut sum = Decimal::ZERO;
        for (at, part) in group.iter().enumerate().filter(|(at, _)| is_in(*at)) {
            sum += parts[*part];
            // Each pair once.
            let shared = common[at].iter().filter(|(other, _)| *other > at && is_in(*other));
            sum -= shared.map(|(_, most)| most).sum::<Decimal>();
        }
        best = best.max(sum);
    }
    best
}

/// The most that pairs without a loop among them have in common at the least (Kruskal).
fn heaviest_forest(count: usize, pairs: &[Common]) -> Decimal {
    let mut sorted: Vec<&Common> = pairs.iter().filter(|pair| pair.least > Decimal::ZERO).collect();
    sorted.sort_by(|a, b| b.least.cmp(&a.least).then((a.one, a.other).cmp(&(b.one, b.other))));
    let mut root: Vec<usize> = (0..count).collect();
    let mut sum = Decimal::ZERO;
    for pair in sorted {
        let (a, b) = (find(&mut root, pair.one), find(&mut root, pair.other));
        if a != b {
            root[a] = b;
            sum += pair.least;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn parts(values: &[u32]) -> Vec<Decimal> {
        values.iter().map(|v| Decimal::from(*v)).collect()
    }

    fn pair(one: usize, other: usize, least: u32, most: u32) -> Common {
        Common {
            one,
            other,
            least: least.into(),
            most: most.into(),
        }
    }

    fn bounds(values: &[u32], pairs: &[Common]) -> (Decimal, Decimal) {
        let out = union(&parts(values), pairs);
        (out.at_least, out.at_most)
    }

    #[test]
    fn nothing_in_common_is_the_sum_and_nothing_known_lies_between_the_largest_and_the_sum() {
        assert_eq!(bounds(&[], &[]), (0.into(), 0.into()));
        assert_eq!(bounds(&[10, 20, 5], &[]), (35.into(), 35.into()));
        let unknown = [pair(0, 1, 0, 10), pair(0, 2, 0, 5), pair(1, 2, 0, 5)];
        assert_eq!(bounds(&[10, 20, 5], &unknown), (20.into(), 35.into()));
    }

    #[test]
    fn each_declaration_narrows_them() {
        // Of two, what they have in common is known: so is the whole.
        assert_eq!(bounds(&[10, 20], &[pair(0, 1, 4, 4)]), (26.into(), 26.into()));
        // Of three, one pair is known and the third part has nothing to do with them.
        assert_eq!(bounds(&[10, 20, 5], &[pair(0, 1, 4, 4)]), (31.into(), 31.into()));
        // A chain of two pairs: 10 + 20 + 5 - 4 - 2.
        assert_eq!(
            bounds(&[10, 20, 5], &[pair(0, 1, 4, 4), pair(1, 2, 2, 2)]),
            (29.into(), 29.into())
        );
    }

    proptest! {
        #[test]
        fn the_true_union_of_any_sets_lies_within(
            sets in prop::collection::vec(prop::collection::btree_set(0_u32..40, 0..25), 1..16),
            known in prop::collection::vec(0_u8..3, 120),
        ) {
            let values: Vec<u32> = sets.iter().map(|s: &BTreeSet<u32>| s.len() as u32).collect();
            let mut pairs = Vec::new();
            let mut at = 0;
            for one in 0..sets.len() {
                for other in one + 1..sets.len() {
                    let common = sets[one].intersection(&sets[other]).count() as u32;
                    match known[at % known.len()] {
                        // Said to the last one, said to be some, or unsaid.
                        0 => pairs.push(pair(one, other, common, common)),
                        1 => pairs.push(pair(one, other, common / 2, common)),
                        _ => pairs.push(pair(one, other, 0, values[one].min(values[other]))),
                    }
                    at += 1;
                }
            }
            let all: BTreeSet<u32> = sets.iter().flatten().copied().collect();
            let (least, most) = bounds(&values, &pairs);
            prop_assert!(least <= Decimal::from(all.len()) && Decimal::from(all.len()) <= most, "{least} {} {most}", all.len());
            prop_assert!(least >= Decimal::from(*values.iter().max().unwrap()));
        }
    }
}
