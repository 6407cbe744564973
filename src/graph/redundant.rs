//! Links beside a longer chain: what a transitive reduction would leave out.

use super::{BenefitGraph, GraphLink, NodeIx, Way};

/// A link between two nodes that a longer chain joins too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortcut {
    /// The longer chain, from the link's first node to its last.
    pub chain: Vec<NodeIx>,
}

/// What a search for shortcuts came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shortcuts {
    /// One for each pair of nodes, in the map's order of the first and then of the links.
    pub found: Vec<Shortcut>,
    /// The first node whose links were not looked at, for the steps were used up; `None` where all were.
    pub stopped_at: Option<NodeIx>,
}

impl<'m> BenefitGraph<'m> {
    /// Finds every link along which something flows, and that `follow` agrees to, beside which a longer chain of such
    /// links runs. Links on a loop are left out, and so are chains along them: which of the two says what the other
    /// says is not known before the loop is cut. Looks along `steps` links at most, since no way is known to do this in
    /// linear time.
    pub fn shortcuts(&self, follow: impl Fn(&GraphLink<'m>) -> bool, mut steps: usize) -> Shortcuts {
        let follow = |link: &GraphLink<'m>| follow(link) && !self.on_one_loop(link.from, link.to);
        let levels = self.levels(follow);
        let next = |ix: NodeIx| {
            let links = self.links_of(ix, Way::Downstream);
            links.filter(|link| link.flows() && follow(link) && levels.rises(link))
        };
        let mut shortcuts = Shortcuts::default();
        // For each node: whose walk has met it last, and from where; the node itself where the walk began with it.
        let mut met: Vec<Option<(NodeIx, NodeIx)>> = vec![None; self.len()];
        let mut reached: Vec<Option<NodeIx>> = vec![None; self.len()];
        let (mut open, mut firsts) = (Vec::new(), Vec::new());
        for from in self.nodes() {
            firsts.clear();
            for link in next(from) {
                if met[link.to.index()].is_none_or(|(walk, _)| walk != from) {
                    met[link.to.index()] = Some((from, link.to));
                    firsts.push(link.to);
                }
            }
            if firsts.len() < 2 {
                continue;
            }
            let highest = firsts.iter().map(|ix| levels.level[ix.index()]).max().unwrap_or(0);
            open.extend_from_slice(&firsts);
            while let Some(ix) = open.pop() {
                if levels.level[ix.index()] >= highest {
                    continue;
                }
                for link in next(ix) {
                    if steps == 0 {
                        shortcuts.stopped_at = Some(from);
                        return shortcuts;
                    }
                    steps -= 1;
                    match met[link.to.index()] {
                        Some((walk, before)) if walk == from => {
                            // Met before: where the walk began with it, there is a longer way to it than the link.
                            if before == link.to && reached[link.to.index()].is_none() {
                                reached[link.to.index()] = Some(ix);
                            }
                        }
                        _ => {
                            met[link.to.index()] = Some((from, ix));
                            open.push(link.to);
                        }
                    }
                }
            }
            for to in &firsts {
                let Some(before) = reached[to.index()].take() else {
                    continue;
                };
                let mut chain = vec![*to];
                let back = std::iter::successors(Some(before), |at| match met[at.index()] {
                    Some((_, before)) if before != *at => Some(before),
                    _ => None,
                });
                chain.extend(back);
                chain.push(from);
                chain.reverse();
                shortcuts.found.push(Shortcut { chain });
            }
        }
        shortcuts
    }
}
