//! What an import decided.

use benefit_map::table::{Decision, DecisionKind};

/// The decisions but those on days far from a map's period and on ids that stand twice: both are kept as they stand, and told.
pub fn but_faults_of_the_map(decisions: &[Decision]) -> Vec<&Decision> {
    let of_the_map = [DecisionKind::FarDay, DecisionKind::DuplicateId];
    decisions.iter().filter(|d| !of_the_map.contains(&d.kind)).collect()
}
