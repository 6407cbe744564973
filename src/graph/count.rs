//! How many chains there are between nodes, without listing any.
//!
//! Over a map without loops the chains to a node are the sum of the chains to the nodes before it: one walk in
//! topological order, in time in proportion to links times the digits of the numbers. A knot of nodes that reach each
//! other is taken as one place, since counting the simple paths inside it is #P-complete (L. G. Valiant, "The complexity
//! of enumeration and reliability problems", SIAM J. Computing 8 (1979)); what runs through one is counted once for
//! every way in and out, and the number is then a lower bound, and says so.

use std::fmt;

use num_bigint::BigUint;

use super::{BenefitGraph, NodeIx, Way, components};
use crate::map::group_digits;

/// A whole number of any size, and whether it is exact.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChainCount {
    value: Whole,
    at_least: bool,
}

impl ChainCount {
    /// Whether there is no chain.
    pub fn is_zero(&self) -> bool {
        self.value == Whole::Small(0)
    }

    /// Whether there may be more chains, for some run through a loop.
    pub fn is_lower_bound(&self) -> bool {
        self.at_least
    }

    /// All its digits and nothing else.
    pub fn digits(&self) -> String {
        match &self.value {
            Whole::Small(n) => n.to_string(),
            Whole::Big(n) => n.to_string(),
        }
    }

    /// As people read it: `1,024`, or `at least 12`. Of more than 24 digits the first three and the power of ten:
    /// `about 1.26 × 10^30`.
    pub fn told(&self) -> String {
        let digits = self.digits();
        let number = if digits.len() > 24 {
            format!("about {}.{} × 10^{}", &digits[..1], &digits[1..3], digits.len() - 1)
        } else {
            group_digits(&digits)
        };
        if self.at_least {
            format!("at least {number}")
        } else {
            number
        }
    }

    /// Adds another count; the sum is a lower bound where either is.
    pub fn add(&mut self, other: &Self) {
        self.value.add(&other.value);
        self.at_least |= other.at_least && !other.is_zero();
    }
}

impl fmt::Display for ChainCount {
    /// As [`ChainCount::told`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.told())
    }
}

/// Nearly every count is small; the few that are not must be exact all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whole {
    Small(u128),
    Big(Box<BigUint>),
}

impl Default for Whole {
    fn default() -> Self {
        Self::Small(0)
    }
}

impl Whole {
    fn add(&mut self, other: &Self) {
        let sum = match (&*self, other) {
            (Self::Small(a), Self::Small(b)) => match a.checked_add(*b) {
                Some(sum) => Self::Small(sum),
                None => Self::Big(Box::new(BigUint::from(*a) + *b)),
            },
            (Self::Small(small), Self::Big(big)) | (Self::Big(big), Self::Small(small)) => {
                Self::Big(Box::new(big.as_ref() + *small))
            }
            (Self::Big(a), Self::Big(b)) => Self::Big(Box::new(a.as_ref() + b.as_ref())),
        };
        *self = sum;
    }

    fn less_one(&self) -> Self {
        match self {
            Self::Small(n) => Self::Small(n.saturating_sub(1)),
            Self::Big(n) => Self::Big(Box::new(n.as_ref() - 1u8)),
        }
    }
}

/// Counts chains in one graph: what is worked out once for any number of starts.
#[derive(Debug, Clone)]
pub struct ChainCounter {
    /// For every node the place of its knot, in an order in which links lead to later places.
    place: Vec<u32>,
    /// Where the ways on from each place begin; one more than there are places.
    starts: Vec<u32>,
    /// The places that the ways lead to, one for every pair of nodes of different places with a link between them.
    ways: Vec<u32>,
    /// Whether a place holds a loop.
    knot: Vec<bool>,
}

impl BenefitGraph<'_> {
    /// A counter of the chains of this graph. Feedback is left out; several links between two nodes are one step.
    ///
    /// ```
    /// use benefit_map::graph::BenefitGraph;
    ///
    /// let map: benefit_map::map::BenefitMap = serde_json::from_str(r#"{
    ///   "format": 1,
    ///   "nodes": [{"id": "a", "kind": "investment"}, {"id": "b", "kind": "enabler"},
    ///             {"id": "c", "kind": "enabler"}, {"id": "d", "kind": "end-outcome"}],
    ///   "links": [{"from": "a", "to": "b"}, {"from": "a", "to": "c"}, {"from": "b", "to": "d"}, {"from": "c", "to": "d"}]
    /// }"#).unwrap();
    /// let graph = BenefitGraph::new(&map);
    /// let [a, d] = ["a", "d"].map(|id| graph.find(id).unwrap());
    /// assert_eq!(graph.chain_counter().from([a]).to(d).digits(), "2");
    /// ```
    pub fn chain_counter(&self) -> ChainCounter {
        let components::Components { all: knots, of: place } = self.components();
        let mut starts = Vec::with_capacity(knots.len() + 1);
        let mut ways = Vec::new();
        let mut steps = Vec::new();
        for (at, knot) in knots.iter().enumerate() {
            starts.push(ways.len() as u32);
            for ix in knot {
                steps.clear();
                steps.extend(self.neighbours(*ix, Way::Downstream));
                steps.sort_unstable();
                steps.dedup();
                let on = steps.iter().map(|next| place[next.index()]);
                ways.extend(on.filter(|next| *next != at as u32));
            }
        }
        starts.push(ways.len() as u32);
        ChainCounter {
            place: place.clone(),
            starts,
            ways,
            knot: knots.iter().map(|knot| knot.len() > 1).collect(),
        }
    }
}

impl ChainCounter {
    /// Counts the chains that begin at any of `starts`, to every node of the graph. A chain that begins at a later start
    /// of a longer chain is one of its own.
    pub fn from(&self, starts: impl IntoIterator<Item = NodeIx>) -> Counted<'_> {
        let mut counted = Counted {
            counter: self,
            counts: vec![ChainCount::default(); self.knot.len()],
            starts: Vec::new(),
        };
        let one = ChainCount {
            value: Whole::Small(1),
            at_least: false,
        };
        for start in starts {
            if !counted.starts.contains(&start) {
                counted.counts[self.place[start.index()] as usize].add(&one);
                counted.starts.push(start);
            }
        }
        counted.starts.sort_unstable();
        for at in 0..self.knot.len() {
            if counted.counts[at].is_zero() {
                continue;
            }
            counted.counts[at].at_least |= self.knot[at];
            let (before, after) = counted.counts.split_at_mut(at + 1);
            for next in &self.ways[self.starts[at] as usize..self.starts[at + 1] as usize] {
                after[*next as usize - at - 1].add(&before[at]);
            }
        }
        counted
    }

    /// Whether the node is on a loop.
    pub fn on_loop(&self, ix: NodeIx) -> bool {
        self.knot[self.place[ix.index()] as usize]
    }
}

/// The chains from some nodes to every node.
#[derive(Debug, Clone)]
pub struct Counted<'c> {
    counter: &'c ChainCounter,
    counts: Vec<ChainCount>,
    starts: Vec<NodeIx>,
}

impl Counted<'_> {
    /// How many chains of at least one link end at the node.
    pub fn to(&self, ix: NodeIx) -> ChainCount {
        let count = &self.counts[self.counter.place[ix.index()] as usize];
        if self.starts.binary_search(&ix).is_err() {
            return count.clone();
        }
        // A start is not a chain to itself here.
        let value = count.value.less_one();
        let at_least = count.at_least && value != Whole::Small(0);
        ChainCount { value, at_least }
    }
}
