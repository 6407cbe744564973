//! The results with every benefit weighted by who has it, beside those without weights.

use super::super::model::{Block, Cell, Column, Table};
use super::super::wording::Figures;
use super::appraisal::in_money;
use super::summary;
use crate::appraise::{Appraised, GroupWeight, Weighting};

/// The options with and without weights, and the groups that the weights are of.
pub(super) fn blocks(whole: &Appraised, weighting: &Weighting) -> Vec<Block> {
    vec![
        Block::Table(options(whole)),
        Block::Table(groups(whole, weighting)),
        Block::note(says(whole, weighting)),
    ]
}

fn options(whole: &Appraised) -> Table {
    let figures = Figures(whole.language);
    let mut table = Table::new(
        in_money("Weighted by who gains: present values", whole),
        [
            Column::new("Option", 3.0),
            summary::number_column("Benefits", 1.5),
            summary::number_column("Benefits, weighted", 1.5),
            summary::number_column("Net value", 1.5),
            summary::number_column("Net value, weighted", 1.5),
            summary::number_column("Ratio, weighted", 1.1),
        ],
    );
    for option in &whole.options {
        let Some(weighted) = &option.weighted else { continue };
        table.push([
            Cell::text(option.title.clone()),
            Cell::text(figures.money(option.society.pvb)),
            Cell::text(figures.money(weighted.pvb)),
            Cell::text(figures.money(option.society.npsv)),
            Cell::text(figures.money(weighted.npsv)),
            Cell::text(figures.ratio(weighted.bcr)),
        ]);
    }
    table
}

fn groups(whole: &Appraised, weighting: &Weighting) -> Table {
    let figures = Figures(whole.language);
    let has_income = weighting.groups.iter().any(|group| group.income.is_some());
    let mut columns = vec![Column::new("Group of people", 4.0)];
    if has_income {
        columns.push(summary::number_column(in_money("Income", whole), 2.0));
    }
    columns.push(summary::number_column("Weight", 1.4));
    let mut table = Table::new("Groups and their weights", columns);
    let mut push = |name: &str, income: Option<String>, weight: String| {
        let income = has_income.then(|| Cell::text(income.unwrap_or_else(|| "Weight stated".to_owned())));
        table.push(
            std::iter::once(Cell::text(name))
                .chain(income)
                .chain([Cell::text(weight)]),
        );
    };
    for GroupWeight { name, income, weight } in &weighting.groups {
        push(
            name,
            income.map(|income| figures.money(income)),
            figures.factor(*weight),
        );
    }
    if let Some(median) = weighting.median_income.filter(|_| has_income) {
        push(
            "Median",
            Some(figures.money(median)),
            figures.factor(rust_decimal::Decimal::ONE),
        );
    }
    table
}

/// How the weights were found, and of how many benefits it is known who gains.
fn says(whole: &Appraised, weighting: &Weighting) -> String {
    let elasticity = whole.language.digits(&weighting.elasticity.normalize().to_string());
    let how = match weighting.groups.iter().any(|group| group.income.is_some()) {
        true => format!(
            "The weight of a group is the median income divided by its income, to the power of {elasticity}: the same money is worth more to those who have less. "
        ),
        false => String::new(),
    };
    let known = whole.preferred().map(|option| whole.with_groups(option));
    let known = match known {
        None | Some((_, 0)) => String::new(),
        Some((said, all)) if said == all => "Every benefit of the preferred option says which groups gain. ".to_owned(),
        Some((said, all)) => format!(
            "Of {all} benefits of the preferred option, {said} {} which groups gain. ",
            if said == 1 { "says" } else { "say" }
        ),
    };
    let source = match weighting.source.as_str() {
        "" => "The map gives no source for the weights.".to_owned(),
        source => format!("Source: {source}{}", if source.ends_with('.') { "" } else { "." }),
    };
    format!(
        "{how}{known}What no group has counts once, and so do costs. Weighted figures are read beside the others, and never in their place. {source}"
    )
}
