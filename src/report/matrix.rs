//! The traceability matrix, as a part of a document and as one.

use super::{Align, Block, Cell, Column, Inline, ListKind, Report, Table, Width};
use crate::audit::{Axis, Connection, Group, Matrix};
use crate::map::BenefitMap;
use crate::scene::Verdict;

/// A matrix with more columns than this is told as a list: a grid would not go on a page.
const GRID: usize = 9;

/// The traceability matrix as a page of its own.
pub fn matrix_page(map: &BenefitMap, matrix: &Matrix<'_>) -> Report {
    let mut report = Report::new("Traceability matrix").in_language(map.language());
    report.subtitle.clone_from(&map.title);
    report.extend(matrix_blocks(matrix));
    report
}

/// The matrix, how to read it, and what is connected with nothing.
pub(super) fn matrix_blocks(matrix: &Matrix<'_>) -> Vec<Block> {
    let (rows, columns) = (matrix.rows_are.heading(), matrix.columns_are.heading());
    if matrix.rows.is_empty() || matrix.columns.is_empty() {
        let missing = if matrix.rows.is_empty() { rows } else { columns };
        return vec![Block::text(format!("The map has no {}.", missing.to_lowercase()))];
    }
    let mut blocks = vec![Block::text(format!(
        "Which {} lead to which {}: the number of chains, how well the best chain is backed, and how many links it has. A \
         chain is no better than its weakest link. A chain that hinders is marked; to hinder a disbenefit is good.",
        rows.to_lowercase(),
        columns.to_lowercase()
    ))];
    blocks.push(Block::Table(if matrix.columns.len() <= GRID {
        grid(matrix)
    } else {
        list(matrix)
    }));
    let mut loose = |heading: String, titles: Vec<&str>| {
        if !titles.is_empty() {
            blocks.push(Block::text(heading));
            blocks.push(Block::list(ListKind::Bullets, titles));
        }
    };
    loose(
        format!("{rows} that lead to none of the {}:", columns.to_lowercase()),
        matrix.loose_rows().map(|at| matrix.rows[at].title).collect(),
    );
    loose(
        format!("{columns} that none of the {} lead to:", rows.to_lowercase()),
        matrix
            .loose_columns()
            .into_iter()
            .map(|at| matrix.columns[at].title)
            .collect(),
    );
    blocks
}

fn singular(axis: Axis) -> &'static str {
    match axis {
        Axis::Kind(kind) => kind.label(),
        Axis::Owner => "Owner",
        Axis::Partner => "Partner",
    }
}

/// The sign and the word for how well a chain is backed.
fn mark(connection: &Connection) -> Cell {
    use crate::graph::Backing::{Moderate, Strong};
    let verdict = match connection.backing {
        Strong | Moderate => Verdict::Good,
        backing if backing.is_evidence() => Verdict::Doubtful,
        _ => Verdict::Bad,
    };
    Cell::mark(verdict, connection.backing.label())
}

/// The title of what stands at the far end of chains, and whether that is unwanted.
fn heading(group: &Group<'_>) -> String {
    let unwanted = if group.disbenefit { " (disbenefit)" } else { "" };
    format!("{}{unwanted}", clipped(group.title))
}

/// Adds that chains do nothing but harm, where that is so.
fn harm(connection: &Connection, cell: &mut Cell) {
    if connection.only_harm {
        cell.0.push(Inline::Break);
        cell.0.push(Inline::Mark(Verdict::Bad, "only harm".to_owned()));
    }
}

/// A title that leaves room for the figures under it.
fn clipped(title: &str) -> String {
    const MOST: usize = 60;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    let kept: String = title.chars().take(MOST - 1).collect();
    format!("{}…", kept.trim_end())
}

fn grid(matrix: &Matrix<'_>) -> Table {
    let columns = matrix.columns.iter().map(|column| Column::new(heading(column), 1.0));
    let first = Column::new(singular(matrix.rows_are), 1.4);
    let mut table = Table::new("Traceability matrix", std::iter::once(first).chain(columns));
    if matrix.columns.len() > 6 {
        table.width = Width::Landscape;
    }
    // Rows that lead nowhere are listed under the table.
    let connected = matrix.rows.iter().enumerate();
    for (at, row) in connected.filter(|(at, _)| !matrix.connections[*at].is_empty()) {
        let cells = (0..matrix.columns.len()).map(|column| match matrix.at(at, column) {
            None => Cell::text("–"),
            Some(connection) => {
                let mut cell = mark(connection);
                cell.0.push(Inline::Break);
                cell.0.push(Inline::text(connection.told()));
                harm(connection, &mut cell);
                cell
            }
        });
        table.push(std::iter::once(Cell::text(row.title)).chain(cells));
    }
    table
}

fn list(matrix: &Matrix<'_>) -> Table {
    let mut table = Table::new(
        "Traceability matrix",
        [
            Column::new(singular(matrix.columns_are), 4.0),
            Column::new("Chains", 1.2).align(Align::End),
            Column::new("Effect", 1.0),
            Column::new("Best chain", 1.4),
            Column::new("Links", 0.8).align(Align::End),
        ],
    );
    for (row, connections) in matrix.rows.iter().zip(&matrix.connections) {
        if connections.is_empty() {
            continue;
        }
        table.push_group(format!("{}: {}", singular(matrix.rows_are), row.title));
        for connection in connections {
            let mut effect = Cell::text(connection.signs.as_str());
            harm(connection, &mut effect);
            table.push([
                Cell::text(heading(&matrix.columns[connection.column])),
                Cell::text(connection.chains.told()),
                effect,
                mark(connection),
                Cell::text(connection.length.to_string()),
            ]);
        }
    }
    table
}
