//! What several rules about money look at.

use super::context::{Context, KpiAt};
use crate::map::BenefitValue;

/// Every KPI that says what its benefit is worth.
pub(super) fn valued<'c, 'm>(
    ctx: &'c Context<'m>,
) -> impl Iterator<Item = (KpiAt<'m>, &'m BenefitValue)> + use<'c, 'm> {
    ctx.kpis().filter_map(|at| {
        let value = at.kpi.value.as_deref()?;
        Some((at, value))
    })
}
