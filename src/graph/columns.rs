//! How far a stage stretches: nodes of one stage that feed each other need columns of their own.

use super::{BenefitGraph, NodeIx, Way};

impl BenefitGraph<'_> {
    /// For every node, in the map's order, the most links of any chain that leads to it without leaving its stage: 0
    /// for a node that no node of its own stage feeds. Feedback does not count. Where links within a stage make a
    /// loop, the link that closes it does not count either; which one closes it depends on the map's order alone.
    pub fn columns_within_stage(&self) -> Vec<usize> {
        #[derive(Clone, Copy, PartialEq)]
        enum Walked {
            Not,
            Open,
            Done,
        }
        let steps = |ix: NodeIx| {
            self.neighbours(ix, Way::Downstream)
                .filter(move |to| self.node(*to).kind == self.node(ix).kind)
        };
        let mut walked = vec![Walked::Not; self.len()];
        let mut finished: Vec<NodeIx> = Vec::with_capacity(self.len());
        // A link that leads to an open node closes a loop; all others lead from later to earlier in `finished`.
        let mut rank = vec![0u32; self.len()];
        let mut open = Vec::new();
        for start in self.nodes() {
            if walked[start.index()] != Walked::Not {
                continue;
            }
            let mut met = Some(start);
            loop {
                if let Some(ix) = met.take() {
                    walked[ix.index()] = Walked::Open;
                    open.push((ix, steps(ix)));
                }
                let Some((ix, next)) = open.last_mut() else { break };
                let ix = *ix;
                match next.next() {
                    Some(to) if walked[to.index()] == Walked::Not => met = Some(to),
                    Some(_) => {}
                    None => {
                        walked[ix.index()] = Walked::Done;
                        rank[ix.index()] = finished.len() as u32;
                        finished.push(ix);
                        open.pop();
                    }
                }
            }
        }
        let mut column = vec![0; self.len()];
        for ix in finished.iter().rev() {
            for to in steps(*ix) {
                if rank[to.index()] < rank[ix.index()] {
                    column[to.index()] = column[to.index()].max(column[ix.index()] + 1);
                }
            }
        }
        column
    }
}
