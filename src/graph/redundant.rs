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

/// Where the links lead that are followed: asked once for each link, since a walk comes by many times.
struct Followed {
    /// Where in `to` those of a node begin; one more at the end.
    starts: Vec<u32>,
    to: Vec<NodeIx>,
}

impl Followed {
    fn new<'m>(graph: &BenefitGraph<'m>, follow: impl Fn(&GraphLink<'m>) -> bool) -> Self {
        let mut starts = Vec::with_capacity(graph.len() + 1);
        let mut to = Vec::with_capacity(graph.links().len());
        starts.push(0);
        for ix in graph.nodes() {
            let links = graph.links_of(ix, Way::Downstream).filter(|link| follow(link));
            to.extend(links.map(|link| link.to));
            starts.push(to.len() as u32);
        }
        Self { starts, to }
    }

    /// The nodes to which links from the node lead, in the map's order.
    fn from(&self, ix: NodeIx) -> &[NodeIx] {
        &self.to[self.starts[ix.index()] as usize..self.starts[ix.index() + 1] as usize]
    }
}

impl<'m> BenefitGraph<'m> {
    /// Finds every link along which something flows, and that `follow` agrees to, beside which a longer chain of such
    /// links runs. Links on a loop are left out, and so are chains along them: which of the two says what the other
    /// says is not known before the loop is cut. Looks along `steps` links at most, since no way is known to do this in
    /// linear time.
    /// ```
    /// use benefit_map::graph::BenefitGraph;
    /// use benefit_map::map::BenefitMap;
    ///
    /// let map: BenefitMap = serde_json::from_str(r#"{"format": 1, "title": "Twice said",
    ///   "nodes": [{"id": "a", "kind": "enabler"}, {"id": "b", "kind": "business-change"}, {"id": "c", "kind": "end-outcome"}],
    ///   "links": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}, {"from": "a", "to": "c"}]}"#)?;
    /// let graph = BenefitGraph::new(&map);
    /// let shortcuts = graph.shortcuts(|_| true, 1000);
    /// assert_eq!(shortcuts.found[0].chain.len(), 3, "a to c is said by way of b");
    /// assert_eq!(shortcuts.stopped_at, None, "every link was looked at");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn shortcuts(&self, follow: impl Fn(&GraphLink<'m>) -> bool, mut steps: usize) -> Shortcuts {
        let follow = |link: &GraphLink<'m>| follow(link) && !self.on_one_loop(link.from, link.to);
        let levels = self.levels(follow);
        let followed = Followed::new(self, |link| link.flows() && follow(link) && levels.rises(link));
        let mut shortcuts = Shortcuts::default();
        // For each node: whose walk has met it last, and from where; the node itself where the walk began with it.
        let mut met: Vec<Option<(NodeIx, NodeIx)>> = vec![None; self.len()];
        let mut reached: Vec<Option<NodeIx>> = vec![None; self.len()];
        let (mut open, mut firsts) = (Vec::new(), Vec::new());
        for from in self.nodes() {
            firsts.clear();
            for to in followed.from(from) {
                if met[to.index()].is_none_or(|(walk, _)| walk != from) {
                    met[to.index()] = Some((from, *to));
                    firsts.push(*to);
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
                for to in followed.from(ix) {
                    if steps == 0 {
                        shortcuts.stopped_at = Some(from);
                        return shortcuts;
                    }
                    steps -= 1;
                    match met[to.index()] {
                        Some((walk, before)) if walk == from => {
                            // Met before: where the walk began with it, there is a longer way to it than the link.
                            if before == *to && reached[to.index()].is_none() {
                                reached[to.index()] = Some(ix);
                            }
                        }
                        _ => {
                            met[to.index()] = Some((from, ix));
                            open.push(*to);
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
