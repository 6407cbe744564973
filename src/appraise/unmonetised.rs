//! Benefits without a value in money: listed with what is known of them, and never counted as 0.

use rust_decimal::Decimal;

use super::exact::sum;
use super::membership::Choice;
use super::quantity;
use super::setup::Setup;
use crate::graph::BenefitGraph;
use crate::map::{BenefitClass, KpiId, NodeId, adds_up};

/// A benefit of an option that has no value in money.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unmonetised {
    /// The node.
    pub node: NodeId,
    /// Its title.
    pub title: String,
    /// The KPI; `None` where the outcome has none.
    pub kpi: Option<KpiId>,
    /// What the KPI measures; empty without one.
    pub measure: String,
    /// What sort of benefit it is, where the map says so.
    pub class: Option<BenefitClass>,
    /// Its unit.
    pub unit: String,
    /// By how far from its baseline the KPI is planned to be in the last year, the right way; `None` where the plan does not say.
    pub in_last_year: Option<Decimal>,
    /// The same summed over the years; `None` where the plan does not say, and of shares and rates, which do not add up.
    pub quantity: Option<Decimal>,
    /// The present value of all costs of the option over that quantity; `None` without one above zero.
    pub cost_per_unit: Option<Decimal>,
}

/// The outcomes of an option without a value in money, KPI by KPI in the order of the map; last those without a KPI. Where one
/// KPI of an outcome has a value, its leading indicators and other KPIs are listed too: each says something of its own.
pub(super) fn unmonetised(
    graph: &BenefitGraph<'_>,
    choice: &Choice,
    costs: Decimal,
    setup: &Setup,
) -> Vec<Unmonetised> {
    let map = graph.map();
    let outcome = |id: &NodeId| {
        let node = graph.find(id.as_str()).map(|ix| graph.node(ix));
        node.filter(|node| node.kind.is_outcome() && choice.has(&node.id))
    };
    let mut out = Vec::new();
    for kpi in &map.kpis {
        let value = kpi.value.as_ref();
        if value.is_some_and(|value| value.is_in_money()) {
            continue;
        }
        let Some(node) = outcome(&kpi.node) else { continue };
        let planned = quantity::planned(kpi, setup).ok();
        let quantity = planned
            .as_ref()
            .filter(|_| adds_up(&kpi.unit))
            .and_then(|planned| sum((0..=setup.last).map(|year| planned.in_year(year as i64))));
        let above = quantity.filter(|quantity| *quantity > Decimal::ZERO && costs > Decimal::ZERO);
        out.push(Unmonetised {
            node: node.id.clone(),
            title: node.title.clone(),
            kpi: Some(kpi.id.clone()),
            measure: kpi.title.clone(),
            class: value.and_then(|value| value.class),
            unit: kpi.unit_in_a_line().to_owned(),
            in_last_year: planned.map(|planned| planned.in_year(setup.last as i64)),
            quantity,
            cost_per_unit: above.and_then(|quantity| costs.checked_div(quantity)),
        });
    }
    let measured: std::collections::HashSet<&NodeId> = map.kpis.iter().map(|kpi| &kpi.node).collect();
    for node in map.nodes.iter().filter(|node| !measured.contains(&node.id)) {
        if let Some(node) = outcome(&node.id) {
            out.push(Unmonetised {
                node: node.id.clone(),
                title: node.title.clone(),
                kpi: None,
                measure: String::new(),
                class: None,
                unit: String::new(),
                in_last_year: None,
                quantity: None,
                cost_per_unit: None,
            });
        }
    }
    out
}
