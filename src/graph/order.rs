//! An order in which links run one way, whatever loops there are.

use super::{BenefitGraph, GraphLink, NodeIx, Way};

/// Levels that rise along links.
#[derive(Debug)]
pub(super) struct Levels {
    /// The most links of any chain that leads to each node, in the map's order of nodes.
    pub(super) level: Vec<u32>,
    /// When the walk was done with each node, from 0: a link from an earlier to a later one closes a loop.
    done: Vec<u32>,
}

impl Levels {
    /// Whether the link counts in the levels; one that closes a loop does not.
    pub(super) fn rises(&self, link: &GraphLink<'_>) -> bool {
        self.done[link.from.index()] > self.done[link.to.index()]
    }
}

impl<'m> BenefitGraph<'m> {
    /// Levels along links that flow and that `follow` agrees to. A link that closes a loop is left out; which one that
    /// is depends on the map's order alone.
    pub(super) fn levels(&self, follow: impl Fn(&GraphLink<'m>) -> bool) -> Levels {
        let steps = |ix| {
            self.links_of(ix, Way::Downstream)
                .filter(|link| link.flows() && follow(link))
        };
        let mut met = vec![false; self.len()];
        let mut finished: Vec<NodeIx> = Vec::with_capacity(self.len());
        let mut done = vec![u32::MAX; self.len()];
        let mut open = Vec::new();
        for start in self.nodes() {
            if met[start.index()] {
                continue;
            }
            let mut next = Some(start);
            loop {
                if let Some(ix) = next.take() {
                    met[ix.index()] = true;
                    open.push((ix, steps(ix)));
                }
                let Some((ix, links)) = open.last_mut() else { break };
                match links.next() {
                    Some(link) if !met[link.to.index()] => next = Some(link.to),
                    Some(_) => {}
                    None => {
                        done[ix.index()] = finished.len() as u32;
                        finished.push(*ix);
                        open.pop();
                    }
                }
            }
        }
        let mut levels = Levels {
            level: vec![0; self.len()],
            done,
        };
        for ix in finished.iter().rev() {
            for link in steps(*ix) {
                if levels.rises(link) {
                    let to = link.to.index();
                    levels.level[to] = levels.level[to].max(levels.level[ix.index()] + 1);
                }
            }
        }
        levels
    }
}
