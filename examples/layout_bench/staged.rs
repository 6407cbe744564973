//! Staged maps to measure layouts with: nodes in five stages, links from stage to stage, the same on every machine.
//!
//! Every node has a hidden place in its stage, from 0 at the top to 1. [`Pattern::Local`] links mostly nodes of near
//! places, so that a good drawing exists and a layout has to find it; [`Pattern::Random`] links anything, so that every
//! drawing is a tangle and the question is how bad. Neither ids nor the order of the lists tell the hidden places.
//!
//! Only nodes, titles and links: nothing that costs a layout nothing. `examples/large` makes maps that are complete
//! enough for checks as well; its links never skip a stage, so it has no long lines to route.

use std::collections::BTreeSet;

use benefit_map::map::{BenefitMap, Link, Node, NodeId, NodeKind};

/// What a map's links join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Nodes of near places, save one link in a hundred, which may go a good way off.
    Local,
    /// Any nodes.
    Random,
}

/// Of 100 nodes, how many belong to each stage.
const SHARES: [usize; 5] = [15, 25, 25, 20, 15];
/// How many places away the far end of a near link lies (standard deviation).
const NEAR: f64 = 1.6;
/// How far away the far end of a far link lies, as a share of the stage (standard deviation).
const FAR: f64 = 0.1;

const WORDS: [&str; 40] = [
    "Better",
    "Faster",
    "Fewer",
    "Shorter",
    "Safer",
    "Shared",
    "Local",
    "Digital",
    "Mobile",
    "Public",
    "Home",
    "Street",
    "School",
    "Library",
    "Housing",
    "Parking",
    "Planning",
    "Waste",
    "Energy",
    "Water",
    "Care",
    "Health",
    "Family",
    "Youth",
    "Visits",
    "Records",
    "Permits",
    "Payments",
    "Repairs",
    "Sensors",
    "Bookings",
    "Reports",
    "Training",
    "Contracts",
    "Complaints",
    "Waits",
    "Costs",
    "Emissions",
    "Trust",
    "Uptake",
];

/// A map of at least five nodes, about 1.9 links a node. Every node but those of the first stage is linked to, and
/// every node but those of the last links to something; one link in ten skips a stage. `seed` picks one of many maps.
pub fn map(nodes: usize, pattern: Pattern, seed: u64) -> BenefitMap {
    let nodes = nodes.max(5);
    let mut dice = Dice::new(seed ^ ((nodes as u64) << 32) ^ ((pattern as u64) << 63));
    let stages = stages(nodes, &mut dice);
    let links = links(&stages, pattern, &mut dice);

    // Where in the file a node stands, and what it is called, is shuffled against where it is.
    let mut number: Vec<usize> = (0..nodes).collect();
    dice.shuffle(&mut number);
    let id = |node: usize| NodeId::new(format!("n{}", number[node])).expect("an id");
    let name = if pattern == Pattern::Local { "local" } else { "random" };
    let mut map = BenefitMap::new(format!("{nodes} nodes, {name} links, seed {seed}"));
    for (kind, stage) in NodeKind::ALL.iter().zip(&stages) {
        for node in stage {
            map.nodes.push(Node::new(id(node.index), *kind, title(&mut dice)));
        }
    }
    map.links = links
        .into_iter()
        .map(|(from, to)| Link::new(id(from), id(to)))
        .collect();
    dice.shuffle(&mut map.nodes);
    dice.shuffle(&mut map.links);
    map
}

/// A node that is not yet one.
struct Place {
    index: usize,
    height: f64,
}

fn stages(nodes: usize, dice: &mut Dice) -> [Vec<Place>; 5] {
    let mut sizes = SHARES.map(|share| (nodes * share / 100).max(1));
    // What rounding has left over goes to the middle, where most of it came from.
    sizes[2] += nodes.saturating_sub(sizes.iter().sum());
    let mut next = 0;
    sizes.map(|size| {
        (0..size)
            .map(|i| {
                let height = (i as f64 + 0.5 + 0.6 * (dice.unit() - 0.5)) / size as f64;
                next += 1;
                Place {
                    index: next - 1,
                    height,
                }
            })
            .collect()
    })
}

fn links(stages: &[Vec<Place>; 5], pattern: Pattern, dice: &mut Dice) -> Vec<(usize, usize)> {
    let mut links = BTreeSet::new();
    let mut linked = vec![false; stages.iter().map(Vec::len).sum()];
    for stage in 0..4 {
        for node in &stages[stage] {
            // One link, two or three: 22, 50 and 28 in a hundred.
            let roll = dice.below(100);
            for _ in 0..1 + usize::from(roll >= 22) + usize::from(roll >= 72) {
                let skip = stage < 3 && dice.below(10) == 0;
                let column = &stages[stage + 1 + usize::from(skip)];
                // Where all that is near is taken, there is one link less.
                let free = (0..40)
                    .map(|_| pick(node.height, column, pattern, dice).index)
                    .find(|&to| !links.contains(&(node.index, to)));
                if let Some(to) = free {
                    links.insert((node.index, to));
                    linked[to] = true;
                }
            }
        }
    }
    for stage in 1..5 {
        for node in stages[stage].iter().filter(|node| !linked[node.index]) {
            links.insert((pick(node.height, &stages[stage - 1], pattern, dice).index, node.index));
        }
    }
    links.into_iter().collect()
}

/// A node of another stage.
fn pick<'s>(height: f64, column: &'s [Place], pattern: Pattern, dice: &mut Dice) -> &'s Place {
    let size = column.len();
    if pattern == Pattern::Random {
        return &column[dice.below(size as u64) as usize];
    }
    let spread = if dice.below(100) == 0 { FAR } else { NEAR / size as f64 };
    let mut at = height + spread * dice.bell();
    // What falls out at one end of the stage comes back in.
    if at < 0.0 {
        at = -at;
    }
    if at > 1.0 {
        at = 2.0 - at;
    }
    &column[((at.max(0.0) * size as f64) as usize).min(size - 1)]
}

/// Three to seven words.
fn title(dice: &mut Dice) -> String {
    let count = 3 + dice.below(5);
    let words: Vec<&str> = (0..count)
        .map(|_| WORDS[dice.below(WORDS.len() as u64) as usize])
        .collect();
    words.join(" ")
}

/// SplitMix64 (Steele, Lea and Flood 2014). Whole numbers, and sums and products of fractions that are exact or rounded
/// alike everywhere: so the same on every machine.
pub struct Dice(u64);

impl Dice {
    /// The same seed throws the same.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, but not including, `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.roll() % limit
    }

    /// From 0 up to, but not including, 1.
    fn unit(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// About the normal distribution of mean 0 and deviation 1: the sum of twelve throws, which needs no logarithm.
    fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i as u64 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_node_takes_part_and_every_link_runs_forward() {
        for (nodes, pattern, seed) in [
            (5, Pattern::Local, 1),
            (12, Pattern::Local, 2),
            (100, Pattern::Local, 3),
            (100, Pattern::Random, 3),
            (1000, Pattern::Local, 4),
        ] {
            let map = map(nodes, pattern, seed);
            assert_eq!(map.nodes.len(), nodes);
            let stage: BTreeMap<_, _> = map.nodes.iter().map(|node| (&node.id, node.kind.stage())).collect();
            assert_eq!(stage.len(), nodes);
            let (mut outs, mut ins) = (BTreeSet::new(), BTreeSet::new());
            for link in &map.links {
                assert!((1..=2).contains(&(stage[&link.to] - stage[&link.from])));
                outs.insert(&link.from);
                ins.insert(&link.to);
            }
            for (id, stage) in stage {
                assert!(stage == 0 || ins.contains(id), "{id}");
                assert!(stage == 4 || outs.contains(id), "{id}");
            }
            if nodes >= 100 {
                let ratio = map.links.len() as f64 / nodes as f64;
                assert!((1.7..2.1).contains(&ratio), "{ratio}");
            }
        }
    }

    #[test]
    fn a_seed_is_one_map_and_another_seed_another() {
        let text = |pattern, seed| {
            let map = map(60, pattern, seed);
            map.links
                .iter()
                .map(|link| format!("{} {}\n", link.from, link.to))
                .collect::<String>()
        };
        assert_eq!(text(Pattern::Local, 1), text(Pattern::Local, 1));
        assert_ne!(text(Pattern::Local, 1), text(Pattern::Local, 2));
        assert_ne!(text(Pattern::Local, 1), text(Pattern::Random, 1));
        // FNV-1a, 64 bits, as it was on the machine that the figures in docs/performance.md come from.
        let digest = text(Pattern::Local, 1)
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        assert_eq!(format!("{digest:016x}"), "a9bc1db9fd352e44");
    }
}
