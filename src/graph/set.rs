//! Sets of nodes, a bit a node.

use super::NodeIx;

/// A set of nodes of one graph; listed in the map's order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NodeSet {
    words: Vec<u64>,
}

impl NodeSet {
    /// The empty set, with room for the nodes of a graph of that size.
    pub fn with_capacity(nodes: usize) -> Self {
        Self {
            words: vec![0; nodes.div_ceil(64)],
        }
    }

    /// Whether the node is in the set.
    pub fn contains(&self, ix: NodeIx) -> bool {
        self.words
            .get(ix.index() / 64)
            .is_some_and(|word| word & (1 << (ix.index() % 64)) != 0)
    }

    /// Puts the node in; returns whether it was not there before.
    pub fn insert(&mut self, ix: NodeIx) -> bool {
        let (at, bit) = (ix.index() / 64, 1 << (ix.index() % 64));
        if at >= self.words.len() {
            self.words.resize(at + 1, 0);
        }
        let new = self.words[at] & bit == 0;
        self.words[at] |= bit;
        new
    }

    /// Takes the node out; returns whether it was there.
    pub fn remove(&mut self, ix: NodeIx) -> bool {
        let was = self.contains(ix);
        if was {
            self.words[ix.index() / 64] &= !(1 << (ix.index() % 64));
        }
        was
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The nodes, in the map's order.
    pub fn iter(&self) -> impl Iterator<Item = NodeIx> {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(NodeIx::new(at * 64 + bit))
            })
        })
    }

    /// The nodes that are in both sets.
    pub fn intersection(&self, other: &NodeSet) -> NodeSet {
        NodeSet {
            words: self.words.iter().zip(&other.words).map(|(a, b)| a & b).collect(),
        }
    }

    /// The nodes that are in either set.
    pub fn union(&self, other: &NodeSet) -> NodeSet {
        let (mut long, short) = if self.words.len() >= other.words.len() {
            (self.clone(), other)
        } else {
            (other.clone(), self)
        };
        for (a, b) in long.words.iter_mut().zip(&short.words) {
            *a |= b;
        }
        long
    }
}

impl FromIterator<NodeIx> for NodeSet {
    fn from_iter<I: IntoIterator<Item = NodeIx>>(nodes: I) -> Self {
        let mut set = Self::default();
        set.extend(nodes);
        set
    }
}

impl Extend<NodeIx> for NodeSet {
    fn extend<I: IntoIterator<Item = NodeIx>>(&mut self, nodes: I) {
        for ix in nodes {
            self.insert(ix);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_is_put_in_across_words() {
        let set: NodeSet = [200, 0, 63, 64, 63].into_iter().map(NodeIx::new).collect();
        assert_eq!(set.len(), 4);
        assert_eq!(set.iter().map(NodeIx::index).collect::<Vec<_>>(), [0, 63, 64, 200]);
        let other: NodeSet = [64, 65].into_iter().map(NodeIx::new).collect();
        assert_eq!(set.intersection(&other).iter().collect::<Vec<_>>(), [NodeIx::new(64)]);
        assert_eq!(set.union(&other).len(), 5);
        assert_eq!(other.union(&set), set.union(&other));
        let mut rest = other.clone();
        assert!(rest.remove(NodeIx::new(64)) && !rest.remove(NodeIx::new(64)) && !rest.remove(NodeIx::new(9999)));
        assert!(!rest.is_empty() && !rest.contains(NodeIx::new(64)));
    }
}
