//! What an audit finds, as tables that are read, not imported.

use std::collections::BTreeMap;

use super::register::columns;
use super::{Cell, Column, Table, Values};
use crate::audit::{ChainList, Comparison, Coverage, Matrix};
use crate::graph::ChainCount;
use crate::map::Number;

const COVERAGE: &[(&str, Values)] = &[
    ("measure", Values::Word(crate::audit::Measure::WORDS)),
    ("what", Values::Text),
    ("covered", Values::Number),
    ("of", Values::Number),
    ("percent", Values::Number),
    ("missing", Values::Number),
];

const UNCOVERED: &[(&str, Values)] = &[
    ("measure", Values::Word(crate::audit::Measure::WORDS)),
    ("subject", Values::Text),
    ("name", Values::Text),
    ("amount", Values::Number),
    ("lack", Values::Word(crate::audit::Lack::WORDS)),
];

const BACKING: &[(&str, Values)] = &[("evidence", Values::Text), ("links", Values::Number)];

const GRID: &[(&str, Values)] = &[("id", Values::Id), ("title", Values::Text)];

const MATRIX: &[(&str, Values)] = &[
    ("from", Values::Text),
    ("from_title", Values::Text),
    ("to", Values::Text),
    ("to_title", Values::Text),
    ("chains", Values::Text),
    ("at_least", Values::Bool),
    ("effect", Values::Word(crate::graph::Signs::WORDS)),
    ("only_harm", Values::Bool),
    ("best_chain", Values::Text),
    ("links", Values::Number),
    ("evidence_on_every_link", Values::Bool),
];

const REVIEWS: &[(&str, Values)] = &[
    ("state", Values::Word(crate::audit::ReviewState::WORDS)),
    ("subject", Values::Text),
    ("title", Values::Text),
    ("by", Values::Reference("owners")),
    ("reviewer", Values::Text),
    ("on", Values::Day),
    ("note", Values::Text),
];

const CHANGES: &[(&str, Values)] = &[
    ("change", Values::Text),
    ("reason", Values::Text),
    ("subject", Values::Text),
    ("title", Values::Text),
    ("field", Values::Text),
    ("before", Values::Text),
    ("after", Values::Text),
    ("says", Values::Text),
];

const CHAINS: &[(&str, Values)] = &[
    ("chain", Values::Number),
    ("backing", Values::Text),
    ("effect", Values::Word(crate::graph::Signs::WORDS)),
    ("step", Values::Number),
    ("from", Values::Reference("nodes")),
    ("to", Values::Reference("nodes")),
    ("to_title", Values::Text),
    ("link_effect", Values::Word(crate::map::Effect::WORDS)),
    ("evidence_strength", Values::Text),
    ("rationale", Values::Text),
    ("assumptions", Values::Text),
    ("evidence", Values::Text),
    ("owner", Values::Text),
    ("kpis", Values::Text),
];

fn count(n: usize) -> Cell {
    i32::try_from(n).map_or(Cell::Empty, |n| Cell::Number(n.into()))
}

/// What changed: first a row for each change that is called out, whose `change` is `greener` or `open` and whose `reason` is a
/// word of [`Reason`](crate::audit::Reason); then a row for each field of every record that was `added`, `removed` or
/// `changed`.
pub fn changes(comparison: &Comparison) -> Table {
    let called = comparison.greener.iter().map(|call| {
        vec![
            Cell::text(call.judgement.as_str()),
            Cell::text(call.reason.as_str()),
            Cell::text(call.subject.to_string()),
            Cell::text(&call.title),
            Cell::text(&call.field),
            Cell::text(&call.before),
            Cell::text(&call.after),
            Cell::text(call.says()),
        ]
    });
    let records = comparison.changes.iter().flat_map(|change| {
        let row = |field: &str, before: &str, after: &str| {
            vec![
                Cell::text(change.kind.as_str()),
                Cell::Empty,
                Cell::text(change.subject.to_string()),
                Cell::text(&change.title),
                Cell::text(field),
                Cell::text(before),
                Cell::text(after),
                Cell::Empty,
            ]
        };
        let fields = change.fields.iter();
        let mut rows: Vec<Vec<Cell>> = fields.map(|f| row(&f.field, &f.before, &f.after)).collect();
        if rows.is_empty() {
            rows.push(row("", "", ""));
        }
        rows
    });
    Table {
        name: "changes".to_owned(),
        columns: columns(CHANGES),
        rows: called.chain(records).collect(),
    }
}

/// The coverage: a row a measure, in its order. `percent` is cut to one place, and empty where nothing to cover.
pub fn coverage(coverage: &Coverage) -> Table {
    let rows = coverage.shares.iter().map(|share| {
        vec![
            Cell::text(share.measure.as_str()),
            Cell::text(share.measure.label()),
            Cell::Number(share.covered),
            Cell::Number(share.of),
            share.percent().into(),
            count(share.uncovered.len()),
        ]
    });
    Table {
        name: "coverage".to_owned(),
        columns: columns(COVERAGE),
        rows: rows.collect(),
    }
}

/// What is not covered: a row a thing, by measure.
pub fn uncovered(coverage: &Coverage) -> Table {
    let rows = coverage.shares.iter().flat_map(|share| {
        share.uncovered.iter().map(|missing| {
            vec![
                Cell::text(share.measure.as_str()),
                Cell::text(missing.subject.to_string()),
                Cell::text(&missing.name),
                missing.amount.into(),
                Cell::text(missing.lack.as_str()),
            ]
        })
    });
    Table {
        name: "uncovered".to_owned(),
        columns: columns(UNCOVERED),
        rows: rows.collect(),
    }
}

/// How many links are how well backed, the best first.
pub fn links_by_backing(coverage: &Coverage) -> Table {
    let rows = coverage.links_by_backing.iter();
    Table {
        name: "evidence".to_owned(),
        columns: columns(BACKING),
        rows: rows
            .map(|(backing, n)| vec![Cell::text(backing.label()), count(*n)])
            .collect(),
    }
}

/// The matrix as it is drawn: a row for each row, a column for each column by its title, and in each cell how they are
/// connected, as in `moderate: 2 chains, 3 links, evidence on each` or `weak: 1 chain, 2 links, hinders`; nothing where
/// they are not.
pub fn matrix_grid(matrix: &Matrix<'_>) -> Table {
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    for column in &matrix.columns {
        *bearers.entry(column.title).or_default() += 1;
    }
    let titles = matrix.columns.iter().map(|column| {
        if bearers[column.title] > 1 && !column.id.is_empty() {
            format!("{} [{}]", column.title, column.id)
        } else {
            column.title.to_owned()
        }
    });
    let mut columns = columns(GRID);
    columns.extend(titles.map(|title| Column {
        name: title.into(),
        values: Values::Text,
    }));
    let rows = matrix.rows.iter().enumerate().map(|(at, row)| {
        let cells = (0..matrix.columns.len()).map(|column| {
            matrix.at(at, column).map_or(Cell::Empty, |connection| {
                let evidence = if connection.is_evidenced() {
                    ", evidence on each"
                } else {
                    ""
                };
                Cell::Text(format!(
                    "{}: {}{evidence}",
                    connection.backing.label(),
                    connection.told()
                ))
            })
        });
        [Cell::text(row.id), Cell::text(row.title)]
            .into_iter()
            .chain(cells)
            .collect()
    });
    Table {
        name: "matrix".to_owned(),
        columns,
        rows: rows.collect(),
    }
}

/// The matrix as a list that a spreadsheet can filter and pivot: a row for every row and column that are connected, and
/// one with no chains for each that is connected with nothing. A count of chains of more than 15 digits is text.
pub fn matrix(matrix: &Matrix<'_>) -> Table {
    let none = |from: (&str, &str), to: (&str, &str)| {
        let mut cells = vec![
            Cell::text(from.0),
            Cell::text(from.1),
            Cell::text(to.0),
            Cell::text(to.1),
        ];
        cells.push(Cell::Number(Number::ZERO));
        cells.extend(vec![Cell::Empty; MATRIX.len() - 5]);
        cells
    };
    let mut rows = Vec::new();
    for (row, connections) in matrix.rows.iter().zip(&matrix.connections) {
        if connections.is_empty() {
            rows.push(none((row.id, row.title), ("", "")));
        }
        for connection in connections {
            let column = &matrix.columns[connection.column];
            rows.push(vec![
                Cell::text(row.id),
                Cell::text(row.title),
                Cell::text(column.id),
                Cell::text(column.title),
                chains_of(&connection.chains),
                if connection.chains.is_lower_bound() {
                    Cell::Bool(true)
                } else {
                    Cell::Empty
                },
                Cell::text(connection.signs.as_str()),
                Cell::Bool(connection.only_harm),
                Cell::text(connection.backing.label()),
                count(connection.length),
                Cell::Bool(connection.is_evidenced()),
            ]);
        }
    }
    for at in matrix.loose_columns() {
        rows.push(none(("", ""), (matrix.columns[at].id, matrix.columns[at].title)));
    }
    Table {
        name: "connections".to_owned(),
        columns: columns(MATRIX),
        rows,
    }
}

fn chains_of(count: &ChainCount) -> Cell {
    let digits = count.digits();
    Number::new(&digits).map_or(Cell::Text(digits), Cell::Number)
}

/// The chains of a list, a row a step, numbered from 1.
pub fn chains(list: &ChainList<'_>) -> Table {
    let rows = list.chains.iter().enumerate().flat_map(|(n, chain)| {
        chain.steps.iter().enumerate().map(move |(at, step)| {
            let evidence: Vec<String> = step.link.evidence.iter().map(evidence_text).collect();
            let kpis: Vec<&str> = step.kpis.iter().map(|kpi| kpi.id.as_str()).collect();
            vec![
                count(n + 1),
                Cell::text(chain.backing.label()),
                Cell::text(crate::graph::Signs::of(chain.effect).as_str()),
                count(at + 1),
                Cell::text(step.link.from.as_str()),
                Cell::text(step.link.to.as_str()),
                Cell::text(&step.node.title),
                Cell::text(step.link.effect.as_str()),
                Cell::text(step.backing.label()),
                Cell::text(&step.link.rationale),
                Cell::text(step.link.assumptions.join("; ")),
                Cell::text(evidence.join("; ")),
                Cell::text(step.owner.map_or("", |owner| owner.name.as_str())),
                Cell::text(kpis.join("; ")),
            ]
        })
    });
    Table {
        name: "chains".to_owned(),
        columns: columns(CHAINS),
        rows: rows.collect(),
    }
}

/// A piece of evidence in one line: `Street bin audit, 2025 (moderate) https://…`.
fn evidence_text(evidence: &crate::map::Evidence) -> String {
    let strength = evidence.strength.map_or("not weighed", |strength| strength.as_str());
    let mut text = format!("{} ({strength})", evidence.source);
    if !evidence.url.is_empty() {
        text = format!("{text} {}", evidence.url);
    }
    text
}

/// The reviews, a row each, with what each is worth now.
pub fn reviews(list: &crate::audit::ReviewList<'_>) -> Table {
    let rows = list.rows.iter().map(|row| {
        vec![
            Cell::text(row.state.as_str()),
            Cell::text(row.review.subject.as_str()),
            Cell::text(row.title.as_str()),
            Cell::text(row.review.by.as_str()),
            Cell::text(row.reviewer),
            row.review.on.into(),
            Cell::text(row.review.note.as_str()),
        ]
    });
    Table {
        name: "review-status".to_owned(),
        columns: columns(REVIEWS),
        rows: rows.collect(),
    }
}
