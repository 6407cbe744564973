//! What is paid in which year, and what it leads to.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::graph::Way;
use crate::map::{Cost, CostKind, Effect, Node, NodeKind, Number};
use crate::scene::Verdict;

use super::super::model::{Block, Cell, Column, Inline, Table, Width};
use super::super::wording;
use super::{Case, summary};

/// More columns of years than this make the table of costs lie across.
const UPRIGHT: usize = 5;
/// So many columns of years fit beside each other on a page that lies across.
const ACROSS: usize = 10;
/// So many things that cost something are named to a board.
const FEW_COSTS: usize = 8;

/// The section on costs.
pub(super) fn costs(case: &Case<'_, '_>) -> Vec<Block> {
    let map = case.map;
    let mut out = vec![Block::heading_at(1, "Costs and what they lead to", "costs")];
    let Some(total) = summary::total(case) else {
        out.push(Block::note(
            "The map holds no costs, so no money can be followed to an outcome.",
        ));
        return out;
    };
    let seen = case.graph.sight();
    let served = case.graph.nodes().filter(|ix| seen.does_good(*ix));
    let with_sight = map.cost_of_all(served.map(|ix| case.graph.node(ix)));
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
    let spent = Spent::of(case);
    out.extend(notes(case, &spent).into_iter().map(Block::note));
    out.push(Block::Table(by_year(case, &spent)));
    if !case.is_short() {
        out.push(Block::Table(leads_to(case)));
    }
    out
}

/// The costs of a map that are part of what it proposes, with the years in which they are paid.
struct Spent<'m> {
    /// The nodes that cost anything, in the map's order, with their costs.
    nodes: Vec<(&'m Node, Vec<Paid<'m>>)>,
    /// What stands above each column of the table: a year, or the first and the last of several.
    headings: Vec<String>,
}

/// A cost, and in how many of the years of each column it is paid.
struct Paid<'m> {
    cost: &'m Cost,
    by_column: Vec<u16>,
}

impl<'m> Spent<'m> {
    fn of(case: &Case<'m, '_>) -> Self {
        let costs = |node: &'m Node| (node, case.map.costs(node).collect::<Vec<_>>());
        let nodes: Vec<_> = case
            .map
            .nodes
            .iter()
            .map(costs)
            .filter(|(_, costs)| !costs.is_empty())
            .collect();
        let years: BTreeSet<String> = nodes
            .iter()
            .flat_map(|(_, costs)| costs)
            .flat_map(|cost| cost.years())
            .collect();
        let most = if case.is_short() { UPRIGHT } else { ACROSS };
        let headings = headings(&years, most);
        let at: BTreeMap<&str, usize> = years
            .iter()
            .enumerate()
            .map(|(at, year)| (year.as_str(), at.min(most - 1)))
            .collect();
        let paid = |cost: &'m Cost| {
            let mut by_column = vec![0; headings.len()];
            for year in cost.years() {
                by_column[at[year.as_str()]] += 1;
            }
            Paid { cost, by_column }
        };
        Self {
            nodes: nodes
                .into_iter()
                .map(|(node, costs)| (node, costs.into_iter().map(paid).collect()))
                .collect(),
            headings,
        }
    }

    fn all(&self) -> Vec<&Paid<'m>> {
        self.nodes.iter().flat_map(|(_, costs)| costs).collect()
    }
}

/// The years themselves; where there are more than `most`, the last heading is for all the later ones together.
fn headings(years: &BTreeSet<String>, most: usize) -> Vec<String> {
    if years.len() <= most {
        return years.iter().cloned().collect();
    }
    let mut out: Vec<String> = years.iter().take(most - 1).cloned().collect();
    if let (Some(first), Some(last)) = (years.iter().nth(most - 1), years.last()) {
        out.push(format!("{first} to {last}"));
    }
    out
}

/// What somebody who adds up the table has to know.
fn notes(case: &Case<'_, '_>, spent: &Spent<'_>) -> Vec<String> {
    let map = case.map;
    let mut out = Vec::new();
    let written: Vec<&Cost> = map.nodes.iter().flat_map(|node| &node.cost).collect();
    let counted = spent.all();
    let sum = |costs: &mut dyn Iterator<Item = &Cost>| costs.map(Cost::in_all).sum::<Decimal>();
    let left_out = sum(&mut written.iter().copied()) - sum(&mut counted.iter().map(|paid| paid.cost));
    if let Some(left_out) = Number::rounded(left_out).filter(|_| counted.len() < written.len()) {
        out.push(format!(
            "What only other options cost, {}, is not part of this.",
            wording::money(map, left_out)
        ));
    }
    if map.appraisal.is_some() {
        let biased = counted.iter().any(|paid| paid.cost.optimism_bias.is_some());
        let bias = if biased { "with optimism bias and " } else { "" };
        out.push(format!(
            "These are the amounts as they are written in the map. The economic appraisal counts them {bias}discounted."
        ));
    }
    out
}

/// Every cost in the years in which it is paid.
fn by_year(case: &Case<'_, '_>, spent: &Spent<'_>) -> Table {
    let mut heads = vec![Column::new("What", 3.0)];
    heads.extend(
        spent
            .headings
            .iter()
            .map(|heading| summary::number_column(heading.as_str(), 1.2)),
    );
    heads.push(summary::number_column("Total", 1.3));
    let mut table = Table::new("Costs by financial year", heads);
    if spent.headings.len() > UPRIGHT {
        table.width = Width::Landscape;
    }
    let shown = |amount: Option<Number>| Cell::text(amount.map_or("–".to_owned(), |sum| wording::money(case.map, sum)));
    let row = |name: &str, costs: &[&Paid<'_>]| -> Vec<Cell> {
        let in_column = |at: usize| {
            let paid = costs.iter().filter(|one| one.by_column[at] > 0);
            shown(summary::sum(
                paid.map(|one| one.cost.amount.decimal() * Decimal::from(one.by_column[at])),
            ))
        };
        let total = shown(summary::sum(costs.iter().map(|one| one.cost.in_all())));
        [Cell::text(name)]
            .into_iter()
            .chain((0..spent.headings.len()).map(in_column))
            .chain([total])
            .collect()
    };
    for kind in NodeKind::ALL {
        let of_kind: Vec<_> = spent.nodes.iter().filter(|(node, _)| node.kind == *kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        // A board reads a line for each investment where there are a few, and else one for all of a kind.
        if case.is_short() && spent.nodes.len() > FEW_COSTS {
            let costs: Vec<&Paid<'_>> = of_kind.iter().flat_map(|(_, costs)| costs).collect();
            table.push(row(kind.heading(), &costs));
            continue;
        }
        if !case.is_short() {
            table.push_group(kind.heading());
        }
        for (node, costs) in of_kind {
            table.push(row(node.label(), &costs.iter().collect::<Vec<_>>()));
        }
    }
    let all = spent.all();
    table.push_total(row("All", &all));
    if all.iter().any(|one| one.cost.kind.is_some()) {
        let kinds = CostKind::ALL.iter().map(|kind| Some(*kind)).chain([None]);
        for kind in kinds {
            let costs: Vec<&Paid<'_>> = all.iter().copied().filter(|one| one.cost.kind == kind).collect();
            if !costs.is_empty() {
                let name = kind.map_or("Kind not stated".to_owned(), |kind| {
                    format!("Of which {}", kind.label().to_lowercase())
                });
                table.push(row(&name, &costs));
            }
        }
    }
    table
}

/// Which end outcomes each cost leads to.
fn leads_to(case: &Case<'_, '_>) -> Table {
    let mut sight = Table::new(
        "What each cost leads to",
        [
            Column::new("What", 3.0),
            summary::number_column("Cost", 1.3),
            Column::new("End outcomes that it leads to", 5.0),
        ],
    );
    sight.anchor = "cost-sight".to_owned();
    for node in case.map.nodes.iter() {
        let (Some(ix), Some(cost)) = (case.graph.find(node.id.as_str()), case.map.cost_of(node)) else {
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
            Cell::text(Number::rounded(cost).map_or("–".to_owned(), |cost| wording::money(case.map, cost))),
            match (helped.is_empty(), harmed.is_empty()) {
                (true, true) => Cell::mark(Verdict::Bad, "None: this money has no line of sight"),
                (true, false) => Cell::mark(Verdict::Bad, harms),
                (false, true) => Cell::text(wording::row(&helped)),
                (false, false) => Cell::text(format!("{}. {harms}", wording::row(&helped))),
            },
        ]);
    }
    sight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_do_not_fit_are_one_column() {
        let years = |n: u16| (0..n).map(|at| (2030 + at).to_string()).collect::<BTreeSet<_>>();
        assert!(headings(&years(0), 3).is_empty());
        assert_eq!(headings(&years(3), 3), ["2030", "2031", "2032"]);
        assert_eq!(headings(&years(6), 3), ["2030", "2031", "2032 to 2035"]);
    }
}
