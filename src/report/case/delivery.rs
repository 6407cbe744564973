//! Risks, plans and partners.

use crate::map::{Node, Risk, RiskStatus, Threatened};
use crate::scene::Verdict;
use crate::track::realization_plans;

use super::super::model::{Block, Cell, Column, Table};
use super::super::tracked::of_owner;
use super::super::wording;
use super::Case;

/// So many risks, the gravest, are for a board.
const RISKS_FOR_A_BOARD: usize = 8;

/// The section on risks.
pub(super) fn risks(case: &Case<'_, '_>) -> Vec<Block> {
    let map = case.map;
    let mut out = vec![Block::heading_at(1, "Risks and responses", "risks")];
    let mut open: Vec<&Risk> = map
        .risks
        .iter()
        .filter(|risk| risk.status == RiskStatus::Open)
        .collect();
    if open.is_empty() {
        out.push(Block::text("No open risks are recorded."));
        return out;
    }
    open.sort_by_key(|risk| (std::cmp::Reverse(risk.exposure()), &risk.id));
    out.push(Block::text(
        "Exposure is likelihood times impact, each from 1 to 5. The table shows the response that was chosen.",
    ));
    let mut table = Table::new(
        "Open risks, highest exposure first",
        [
            Column::new("Risk", 2.8),
            Column::new("Threatens", 2.2),
            Column::new("Exposure", 1.7),
            Column::new("Owner", 1.6),
            Column::new("Response", 3.0),
            Column::new("Close by", 1.5),
        ],
    );
    let most = if case.is_short() { RISKS_FOR_A_BOARD } else { usize::MAX };
    let further = open.len().saturating_sub(most);
    for risk in open.into_iter().take(most) {
        let exposure = match (risk.exposure(), risk.likelihood, risk.impact) {
            (Some(exposure), Some(likelihood), Some(impact)) => {
                let verdict = match exposure {
                    15.. => Verdict::Bad,
                    8.. => Verdict::Doubtful,
                    _ => Verdict::Good,
                };
                Cell::mark(verdict, format!("{exposure} ({} × {})", likelihood.get(), impact.get()))
            }
            _ => Cell::text("Not scored"),
        };
        let threatened = match &risk.threatens {
            Some(Threatened::Node(id)) => wording::title(&case.records, id).to_owned(),
            Some(Threatened::Link { from, to }) => {
                format!(
                    "{} → {}",
                    wording::title(&case.records, from),
                    wording::title(&case.records, to)
                )
            }
            None => String::new(),
        };
        let chosen: Vec<String> = risk
            .responses
            .iter()
            .filter(|response| response.chosen)
            .map(|response| match response.cost {
                Some(cost) => format!("{} ({})", response.action, wording::money(map, cost)),
                None => response.action.clone(),
            })
            .collect();
        let response = match (chosen.is_empty(), risk.responses.len()) {
            (false, _) => Cell::lines(chosen),
            (true, 0) => Cell::text("None"),
            (true, n) => Cell::text(format!("None chosen of {n}")),
        };
        table.push([
            Cell::text(if risk.title.is_empty() {
                risk.id.as_str()
            } else {
                &risk.title
            }),
            Cell::text(threatened),
            exposure,
            Cell::text(
                risk.owner
                    .as_ref()
                    .map_or("Nobody", |id| wording::owner(&case.records, id)),
            ),
            response,
            Cell::text(
                risk.close_by
                    .map_or(String::new(), |day| case.map.language().short_day(day)),
            ),
        ]);
    }
    if further > 0 {
        table.push([Cell::text(format!("… and {further} more, in the annex"))]);
    }
    out.push(Block::Table(table));
    out
}

/// The section on plans.
pub(super) fn plans(case: &Case<'_, '_>) -> Vec<Block> {
    let map = case.map;
    let mut out = vec![
        Block::heading_at(1, "Benefits realisation plans", "plans"),
        Block::text("What each owner is responsible for, and their activities in the order in which they can be done."),
    ];
    let plans = realization_plans(map);
    if plans.is_empty() {
        out.push(Block::note("No box has an owner yet."));
    }
    for plan in plans {
        out.push(Block::heading(2, plan.owner.label()));
        out.extend(of_owner(&case.records, &plan));
    }
    out
}

/// The section on partners.
pub(super) fn partners(case: &Case<'_, '_>) -> Vec<Block> {
    let map = case.map;
    let mut out = vec![Block::heading_at(1, "Partners and what each gains", "partners")];
    if map.partners.is_empty() {
        out.push(Block::text("No partners share in the work or the benefits."));
        return out;
    }
    let mut table = Table::new(
        "Partners, what they contribute to, and what they gain",
        [
            Column::new("Partner", 2.0),
            Column::new("Contributes to", 3.5),
            Column::new("Gains", 3.5),
        ],
    );
    for partner in &map.partners {
        let shares = |wanted: &dyn Fn(&Node) -> bool| {
            let nodes = map
                .nodes
                .iter()
                .filter(|node| node.partners.contains(&partner.id) && wanted(node));
            let titles: Vec<&str> = nodes.map(Node::label).collect();
            if titles.is_empty() {
                Cell::text("Nothing recorded")
            } else {
                Cell::lines(titles)
            }
        };
        table.push([
            Cell::text(if partner.name.is_empty() {
                partner.id.as_str()
            } else {
                &partner.name
            }),
            shares(&|node| !node.kind.is_outcome()),
            shares(&|node| node.kind.is_outcome() && !node.disbenefit),
        ]);
    }
    out.push(Block::Table(table));
    out
}
