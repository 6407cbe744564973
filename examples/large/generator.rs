//! Large maps that look like maps: staged, locally linked, the same for the same numbers on every machine.
//!
//! Every node has a hidden height in its stage, and links mostly join nodes of near heights, as real programmes do:
//! what is done for one theme mostly serves that theme. So a good order of the nodes exists, with few crossings, but
//! neither ids nor titles nor the order of the lists give it away. A layout has to find it.
//!
//! What comes out is free of errors: every investment reaches an end outcome, no chain runs from an enabler to an
//! outcome without a business change, and the links make no loop. Owners and KPIs are set, as far as a checker needs
//! something to do. About 1.8 links a node.

use benefit_map::map::{
    BenefitMap, Cost, Day, Direction, Evidence, Indicator, Kpi, KpiId, Link, Node, NodeId, NodeKind, Number, Owner,
    OwnerId, Period, Strength, Target,
};

/// Of 100 nodes, how many belong to each stage.
const SHARES: [usize; 5] = [6, 22, 24, 32, 16];
/// One link in so many joins two nodes of any heights.
const FAR: u64 = 16;
/// Otherwise the heights of its ends differ by at most this share of the stage, and seldom by that much.
const NEAR: u64 = 24;

/// What the titles are made of: a theme, and for each stage two shapes to put it in.
const THEMES: [&str; 16] = [
    "waste",
    "parking",
    "libraries",
    "housing repairs",
    "school meals",
    "street lighting",
    "home care",
    "planning",
    "museums",
    "road safety",
    "flood defence",
    "benefits advice",
    "youth services",
    "parks",
    "trading standards",
    "adult learning",
];
const SHAPES: [[&str; 2]; 5] = [
    ["Fund for {}", "Grant for {}"],
    ["Shared records for {}", "Booking platform for {}"],
    ["Visits for {} planned by need", "One team for {}"],
    ["Fewer complaints about {}", "Shorter waits for {}"],
    ["Higher trust in {}", "Lower cost of {}"],
];

/// A map of `nodes` nodes, at least 10. `seed` picks one of many maps of the same size and shape.
pub fn map(nodes: usize, seed: u64) -> BenefitMap {
    let nodes = nodes.max(10);
    let mut dice = Dice(seed);
    let stages = stages(nodes, &mut dice);

    let mut map = BenefitMap::new(format!("A map of {nodes} nodes"));
    map.purpose = "Generated, to measure with. Nobody's programme.".to_owned();
    map.currency = "GBP".to_owned();
    map.period = Some(Period::new(Some(day("2026-04-01")), Some(day("2031-03-31"))));
    map.owners = owners(nodes);
    for (kind, stage) in NodeKind::ALL.iter().zip(&stages) {
        for (height, id) in stage.iter().enumerate() {
            map.nodes.push(node(
                id,
                *kind,
                height * THEMES.len() / stage.len(),
                &map.owners,
                &mut dice,
            ));
        }
    }
    map.links = links(&stages, &mut dice);
    map.kpis = map
        .nodes
        .iter()
        .filter(|node| node.kind.is_outcome())
        .map(kpi)
        .collect();
    // The lists now stand in the order of hidden heights; the canonical order is by id, which tells nothing.
    map.canonicalize();
    map
}

/// The ids of each stage by hidden height, from the top. The numbers in the ids are shuffled.
fn stages(nodes: usize, dice: &mut Dice) -> [Vec<NodeId>; 5] {
    let mut left = nodes;
    let mut first = 1;
    let width = nodes.to_string().len();
    std::array::from_fn(|stage| {
        let size = if stage == 4 {
            left
        } else {
            (nodes * SHARES[stage] / 100).max(1)
        };
        left -= size;
        let mut numbers: Vec<usize> = (first..first + size).collect();
        first += size;
        for i in (1..size).rev() {
            numbers.swap(i, dice.below(i as u64 + 1) as usize);
        }
        numbers.iter().map(|number| id(&format!("n{number:0width$}"))).collect()
    })
}

/// First one link into each node of a later stage, then one out of each node that has none, then as many more as the
/// map is to have. All run from one stage to the next, save a few between two intermediate outcomes.
fn links(stages: &[Vec<NodeId>; 5], dice: &mut Dice) -> Vec<Link> {
    let mut pairs = std::collections::BTreeSet::new();
    for stage in 1..5 {
        let (before, here) = (stages[stage - 1].len(), stages[stage].len());
        let mut served = vec![false; before];
        for to in 0..here {
            let from = dice.near(to, here, before);
            served[from] = true;
            pairs.insert((stage - 1, from, stage, to));
        }
        for from in (0..before).filter(|from| !served[*from]) {
            pairs.insert((stage - 1, from, stage, dice.near(from, before, here)));
        }
    }
    let nodes: usize = stages.iter().map(Vec::len).sum();
    let inner = stages[3].len();
    let mut by_id: Vec<&NodeId> = stages[3].iter().collect();
    by_id.sort();
    let middle = by_id[inner / 2];
    // Small maps have not room for so many: hence the limit on tries.
    for _ in 0..4 * nodes {
        if pairs.len() * 10 >= nodes * 18 {
            break;
        }
        let stage = 1 + dice.below(4) as usize;
        let to = dice.below(stages[stage].len() as u64) as usize;
        if stage == 3 && dice.below(4) == 0 {
            // From the first half of the ids to the second half, and so never in a loop.
            let from = dice.near(to, inner, inner);
            let (from, to) = if stages[3][from] < stages[3][to] {
                (from, to)
            } else {
                (to, from)
            };
            if stages[3][from] < *middle && stages[3][to] >= *middle {
                pairs.insert((3, from, 3, to));
            }
        } else {
            let from = dice.near(to, stages[stage].len(), stages[stage - 1].len());
            pairs.insert((stage - 1, from, stage, to));
        }
    }
    pairs
        .into_iter()
        .map(|(a, from, b, to)| {
            let mut link = Link::new(stages[a][from].clone(), stages[b][to].clone());
            link.rationale = "The one makes room for the other.".to_owned();
            link.evidence = vec![{
                let mut made = Evidence::new("Generated.".to_owned());
                made.strength = Some(Strength::ALL[dice.below(3) as usize]);
                made
            }];
            link
        })
        .collect()
}

fn owners(nodes: usize) -> Vec<Owner> {
    (1..=(nodes / 12).max(2))
        .map(|number| {
            let mut owner = Owner::new(
                OwnerId::new(format!("o{number:05}")).expect("an id"),
                format!("Benefit owner {number}"),
            );
            owner.organisation = "The City Council".to_owned();
            owner.senior = true;
            owner
        })
        .collect()
}

fn node(id: &NodeId, kind: NodeKind, theme: usize, owners: &[Owner], dice: &mut Dice) -> Node {
    let shape = SHAPES[kind.stage()][dice.below(2) as usize];
    let place = id.as_str().trim_start_matches(['n', '0']);
    let mut node = Node::new(
        id.clone(),
        kind,
        format!("{}, area {place}", shape.replace("{}", THEMES[theme])),
    );
    node.owner = Some(owners[dice.below(owners.len() as u64) as usize].id.clone());
    node.due = Some(day([
        "2027-03-31",
        "2027-09-30",
        "2028-03-31",
        "2029-03-31",
        "2031-03-31",
    ][kind.stage()]));
    node.quick_win = kind == NodeKind::IntermediateOutcome && dice.below(20) == 0;
    if kind == NodeKind::Investment {
        node.cost.push(Cost::new(
            "2026-27".to_owned(),
            Number::from(50_000 + 1_000 * dice.below(400) as i32),
        ));
    }
    node
}

fn kpi(node: &Node) -> Kpi {
    let mut kpi = Kpi::new(
        KpiId::new(format!("k-{}", node.id)).expect("an id"),
        node.id.clone(),
        node.title.clone(),
    );
    kpi.indicator = Some(Indicator::Outcome);
    kpi.unit = "cases a month".to_owned();
    kpi.direction = Some(Direction::Decrease);
    kpi.targets = vec![Target::new(node.due, Number::from(40))];
    kpi
}

fn id(text: &str) -> NodeId {
    NodeId::new(text).expect("an id")
}

fn day(text: &str) -> Day {
    Day::new(text).expect("a day")
}

/// SplitMix64 (Steele, Lea and Flood 2014): whole numbers only, so the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, but not including, `limit`.
    fn below(&mut self, limit: u64) -> u64 {
        self.roll() % limit
    }

    /// A place among `to` places that lies about as high as `at` does among `from`.
    fn near(&mut self, at: usize, from: usize, to: usize) -> usize {
        let to = to as u64;
        if self.below(FAR) == 0 {
            return self.below(to) as usize;
        }
        let level = (at as u64 * to + self.below(to)) / from as u64;
        let reach = to.div_ceil(NEAR);
        // The mean of two throws: small differences are likelier than large ones.
        let shift = (self.below(2 * reach + 1) + self.below(2 * reach + 1)) / 2;
        (level + shift).saturating_sub(reach).min(to - 1) as usize
    }
}
