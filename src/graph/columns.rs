//! How far a stage stretches: nodes of one stage that feed each other need columns of their own.

use super::BenefitGraph;

impl BenefitGraph<'_> {
    /// For every node, in the map's order, the most links of any chain that leads to it without leaving its stage: 0
    /// for a node that no node of its own stage feeds. Feedback does not count. Where links within a stage make a
    /// loop, the link that closes it does not count either; which one closes it depends on the map's order alone.
    pub fn columns_within_stage(&self) -> Vec<usize> {
        let levels = self.levels(|link| self.kind(link.from) == self.kind(link.to));
        levels.level.into_iter().map(|level| level as usize).collect()
    }
}
