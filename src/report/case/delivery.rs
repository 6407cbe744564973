//! Risks, plans, partners and money.

use std::collections::BTreeSet;

use crate::graph::Way;
use crate::map::written::financial_year;
use crate::map::{Cost, Effect, Node, NodeKind, Number, Risk, RiskStatus, Threatened};
use crate::scene::Verdict;
use crate::track::realization_plans;

use super::super::model::{Block, Cell, Column, Inline, Table, Width};
use super::super::tracked::of_owner;
use super::super::wording;
use super::{Case, summary};

/// More years than this make the table of costs lie across.
const YEARS: usize = 5;
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

/// So many things that cost something are named to a board.
const FEW_COSTS: usize = 8;

/// The section on costs.
pub(super) fn costs(case: &Case<'_, '_>) -> Vec<Block> {
    let map = case.map;
    let mut out = vec![Block::heading_at(1, "Costs and what they lead to", "costs")];
    let costed: Vec<&Node> = map.nodes.iter().filter(|node| !node.cost.is_empty()).collect();
    let Some(total) = summary::total(case) else {
        out.push(Block::note(
            "The map holds no costs, so no money can be followed to an outcome.",
        ));
        return out;
    };
    // `FY26/27` and `2026-27` are one year, and stand before `2030-31`.
    let year_of = |cost: &Cost| financial_year(&cost.year).unwrap_or_else(|| cost.year.clone());
    let years: BTreeSet<String> = costed.iter().flat_map(|node| &node.cost).map(year_of).collect();
    let seen = case.graph.sight();
    let with_sight = summary::sum(
        case.graph
            .nodes()
            .filter(|ix| seen.does_good(*ix))
            .flat_map(|ix| &case.graph.node(ix).cost)
            .map(|cost| cost.amount),
    );
    let mut words = vec![Inline::text(format!(
        "The programme costs {} in all. Of that, {} has a line of sight to an end outcome that it helps. ",
        wording::money(map, total),
        with_sight.map_or("nothing".to_owned(), |sum| wording::money(map, sum))
    ))];
    if !case.is_short() {
        words.extend([
            Inline::text("The same money serves all the outcomes that it leads to: the rows of "),
            Inline::Reference("cost-sight".to_owned()),
            Inline::text(" are not to be added up over outcomes."),
        ]);
    }
    out.push(Block::Paragraph(words));
    let again = costed
        .iter()
        .flat_map(|node| &node.cost)
        .filter(|cost| !cost.until.trim().is_empty());
    let again: Vec<String> = again
        .map(|cost| {
            format!(
                "{} from {} to {}",
                wording::money(map, cost.amount),
                cost.year,
                cost.until
            )
        })
        .collect();
    if !again.is_empty() {
        out.push(Block::note(format!(
            "Paid again each year, and in these tables in the first year alone: {}. The economic appraisal has all years.",
            again.join("; ")
        )));
    }
    let mut columns = vec![Column::new("What", 3.0)];
    columns.extend(years.iter().map(|year| summary::number_column(year.as_str(), 1.2)));
    columns.push(summary::number_column("Total", 1.3));
    let mut table = Table::new("Costs by financial year", columns);
    if years.len() > YEARS {
        table.width = Width::Landscape;
    }
    let in_year = |node: &Node, year: &str| {
        summary::sum(
            node.cost
                .iter()
                .filter(|cost| year_of(cost) == year)
                .map(|cost| cost.amount),
        )
    };
    let shown = |amount: Option<Number>| Cell::text(amount.map_or("–".to_owned(), |sum| wording::money(map, sum)));
    for kind in NodeKind::ALL {
        let of_kind: Vec<&&Node> = costed.iter().filter(|node| node.kind == *kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        // A board reads a line for each investment where there are a few, and else one for all of a kind.
        if case.is_short() && costed.len() > FEW_COSTS {
            let amounts = |year: Option<&str>| {
                let costs = of_kind.iter().flat_map(|node| &node.cost);
                let costs = costs.filter(|cost| year.is_none_or(|year| year_of(cost) == year));
                shown(summary::sum(costs.map(|cost| cost.amount)))
            };
            let mut cells = vec![Cell::text(kind.heading())];
            cells.extend(years.iter().map(|year| amounts(Some(year.as_str()))));
            cells.push(amounts(None));
            table.push(cells);
            continue;
        }
        if !case.is_short() {
            table.push_group(kind.heading());
        }
        for node in of_kind {
            let mut cells = vec![Cell::text(node.label())];
            cells.extend(years.iter().map(|year| shown(in_year(node, year))));
            cells.push(shown(summary::sum(node.cost.iter().map(|cost| cost.amount))));
            table.push(cells);
        }
    }
    let mut cells = vec![Cell::text("All")];
    cells.extend(years.iter().map(|year| {
        shown(summary::sum(
            costed
                .iter()
                .flat_map(|node| &node.cost)
                .filter(|cost| year_of(cost) == **year)
                .map(|cost| cost.amount),
        ))
    }));
    cells.push(shown(Some(total)));
    table.push_total(cells);
    out.push(Block::Table(table));
    if case.is_short() {
        return out;
    }
    let mut sight = Table::new(
        "What each cost leads to",
        [
            Column::new("What", 3.0),
            summary::number_column("Cost", 1.3),
            Column::new("End outcomes that it leads to", 5.0),
        ],
    );
    sight.anchor = "cost-sight".to_owned();
    for node in &costed {
        let Some(ix) = case.graph.find(node.id.as_str()) else {
            continue;
        };
        let reach = case.graph.signed_reach([(ix, Effect::Supports)], Way::Downstream);
        let (mut helped, mut harmed) = (Vec::new(), Vec::new());
        for end in case.graph.of_kind(NodeKind::EndOutcome) {
            let node = case.graph.node(end);
            let (good, bad) = match node.disbenefit {
                true => (&reach.hindering, &reach.supporting),
                false => (&reach.supporting, &reach.hindering),
            };
            if good.contains(end) {
                helped.push(node.label());
            } else if bad.contains(end) {
                harmed.push(node.label());
            }
        }
        let harms = format!("Only harm to {}", wording::row(&harmed));
        sight.push([
            Cell::text(node.label()),
            shown(summary::sum(node.cost.iter().map(|cost| cost.amount))),
            match (helped.is_empty(), harmed.is_empty()) {
                (true, true) => Cell::mark(Verdict::Bad, "None: this money has no line of sight"),
                (true, false) => Cell::mark(Verdict::Bad, harms),
                (false, true) => Cell::text(wording::row(&helped)),
                (false, false) => Cell::text(format!("{}. {harms}", wording::row(&helped))),
            },
        ]);
    }
    out.push(Block::Table(sight));
    out
}
