//! Where the tables of a sheet are, which rows name their columns, and what the columns are.

use std::collections::{BTreeMap, BTreeSet};

use super::super::sheet::letters;
use super::super::{Cell, RawRow};
use super::found::{Column, Found, How, filled, unplaced};
use super::grid::Grid;
use super::heads::{Head, head, head_of_two, is_head};
use super::mapping::{ColumnMapping, Meaning, SheetMapping};
use super::role::{FREE_WORDS, Role, SheetKind};
use super::settle::settle;
use crate::map::called::{folded, plain};
use crate::map::{BenefitMap, NodeKind};

/// How far down a row that names the columns is looked for, in rows that hold something.
const WITHIN: usize = 300;

/// The rows that name the columns, with what each column is called.
struct Named {
    /// By their places among the rows of the grid.
    rows: Vec<usize>,
    heads: Vec<Head>,
    score: usize,
}

/// The tables of a sheet. Nothing where no row names columns that are known.
pub(super) fn tables_of(at: usize, grid: &Grid, known: Option<&BenefitMap>) -> Vec<Found> {
    let mut out = Vec::new();
    let mut start = 0;
    while let Some(named) = best(grid, start) {
        let last = named.rows.last().copied().unwrap_or(start);
        // Another table may follow further down, with heads of its own.
        let mut end = grid.rows.len();
        let mut repeated = Vec::new();
        for row in last + 1..grid.rows.len() {
            let texts: Vec<&str> = grid.rows[row]
                .cells
                .iter()
                .filter_map(|cell| match cell {
                    Cell::Text(text) => Some(text.trim()),
                    _ => None,
                })
                .collect();
            // Most rows hold a number, or words that are no heads.
            let sure = texts.iter().filter(|text| is_head(text)).count();
            let filled = filled(&grid.rows[row]);
            let same = texts
                .iter()
                .filter(|text| named.heads.iter().any(|head| head.text == **text))
                .count();
            let all = named.heads.iter().filter(|head| !head.text.is_empty()).count();
            if same * 10 >= all * 7 && all > 1 {
                repeated.push(grid.rows[row].number);
                continue;
            }
            if sure >= 3 && sure * 10 >= filled * 7 {
                end = row;
                break;
            }
        }
        let rows: Vec<RawRow> = grid.rows[last + 1..end]
            .iter()
            .filter(|row| !repeated.contains(&row.number))
            .cloned()
            .collect();
        let first = named.rows.first().copied().unwrap_or(last);
        let above = grid.rows[start..first].iter().map(|row| (row.number, words_of(row)));
        let mut found = Found {
            grid: at,
            kind: SheetKind::Register,
            heads: named.rows.iter().map(|row| grid.rows[*row].number).collect(),
            columns: columns(&named.heads, &rows),
            rows,
            above: above.collect(),
            repeated,
        };
        settle(&mut found, &grid.sheet, known);
        out.push(found);
        start = end;
    }
    out
}

/// The table that a mapping names in a sheet.
pub(super) fn table_by(at: usize, grid: &Grid, mapping: &SheetMapping, ends: Option<usize>) -> Found {
    let first = mapping.heads.first().copied().unwrap_or(0);
    let last = mapping.heads.last().copied().unwrap_or(0);
    let width = grid.width();
    let place = |number: usize| grid.rows.iter().position(|row| row.number == number);
    let heads: Vec<Head> = match mapping.heads.as_slice() {
        [one] => place(*one).map(|row| one_row(grid, row, width)).unwrap_or_default(),
        [one, two] => match (place(*one), place(*two)) {
            (Some(one), Some(two)) => two_rows(grid, one, two, width),
            (Some(one), None) | (None, Some(one)) => one_row(grid, one, width),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let rows: Vec<RawRow> = grid
        .rows
        .iter()
        .filter(|row| row.number > last && ends.is_none_or(|end| row.number < end))
        .cloned()
        .collect();
    let mut columns = columns(&heads, &rows);
    for column in &mut columns {
        // By its head, wherever it has moved to; by its letter where the head is as it was, or there is none.
        let by_head = mapping
            .columns
            .iter()
            .filter(|one| !column.head.is_empty() && plain(&one.head) == plain(&column.head));
        let by_head: Vec<&ColumnMapping> = by_head.collect();
        let letter = letters(column.at);
        let said = match by_head.as_slice() {
            [one] => Some(*one),
            several if !several.is_empty() => several
                .iter()
                .find(|one| one.column.eq_ignore_ascii_case(&letter))
                .copied(),
            _ => mapping.columns.iter().find(|one| {
                one.column.eq_ignore_ascii_case(&letter) && (one.head.is_empty() || column.head.is_empty())
            }),
        };
        if let Some(said) = said {
            column.meaning = said.meaning();
            column.date.clone_from(&said.date);
            column.unit.clone_from(&said.unit);
            column.how = How::Mapped;
        }
    }
    Found {
        grid: at,
        kind: mapping.kind,
        heads: mapping.heads.clone(),
        columns,
        rows,
        above: grid
            .rows
            .iter()
            .filter(|row| row.number < first)
            .map(|row| (row.number, words_of(row)))
            .collect(),
        repeated: Vec::new(),
    }
}

fn words_of(row: &RawRow) -> String {
    let texts = row.cells.iter().filter(|cell| !cell.is_empty());
    texts
        .map(|cell| cell.to_text().into_owned())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The row, or the two rows, with the most heads that are known; the first of several.
fn best(grid: &Grid, start: usize) -> Option<Named> {
    let width = grid.width();
    let mut best: Option<Named> = None;
    for row in start..grid.rows.len().min(start + WITHIN) {
        let mut tries = vec![(vec![row], one_row(grid, row, width))];
        if row + 1 < grid.rows.len() && may_be_second(grid, row + 1, width) {
            tries.push((vec![row, row + 1], two_rows(grid, row, row + 1, width)));
        }
        for (rows, heads) in tries {
            let score = score(&heads, filled(&grid.rows[row]));
            if score > best.as_ref().map_or(3, |best| best.score) {
                best = Some(Named { rows, heads, score });
            }
        }
    }
    best
}

/// How many different columns heads name, sure ones twice.
fn score(heads: &[Head], filled: usize) -> usize {
    let named: Vec<&Head> = heads.iter().filter(|head| !head.text.is_empty()).collect();
    // A sentence is no head.
    if named.is_empty()
        || filled < 2
        || named.iter().filter(|head| head.text.chars().count() > 90).count() * 2 > named.len()
    {
        return 0;
    }
    let mut roles: BTreeMap<Role, usize> = BTreeMap::new();
    for head in &named {
        if let Some(role) = head.role {
            let weight = roles.entry(role).or_default();
            *weight = (*weight).max(head.weight);
        }
    }
    let kinds: BTreeSet<NodeKind> = named.iter().filter_map(|head| NodeKind::named(&head.text)).collect();
    let dates = named.iter().filter(|head| head.is_date || head.date.is_some()).count();
    let free = named
        .iter()
        .filter(|head| FREE_WORDS.contains(&folded(&head.text).as_str()))
        .count();
    let sure: usize = roles.values().sum::<usize>() + if kinds.len() > 1 { 2 * kinds.len() } else { 0 };
    match sure {
        // One name that is known may be a word of any table.
        _ if roles.len() + if kinds.len() > 1 { kinds.len() } else { 0 } < 2 => 0,
        0..=1 => 0,
        sure => sure * 10 + dates.min(6) + free,
    }
}

fn one_row(grid: &Grid, row: usize, width: usize) -> Vec<Head> {
    let row = &grid.rows[row];
    (0..width).map(|at| head(&Grid::cell(row, at).to_text())).collect()
}

/// Whether a row may be the lower of two rows of heads: short words and years, some of which are known or say `value`, `date`.
fn may_be_second(grid: &Grid, row: usize, width: usize) -> bool {
    let row = &grid.rows[row];
    let texts: Vec<String> = (0..width)
        .map(|at| Grid::cell(row, at).to_text().trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    const PARTS: &[&str] = &[
        "value",
        "date",
        "year",
        "figure",
        "unit",
        "name",
        "source",
        "by",
        "when",
        "amount",
        "level",
        "description",
    ];
    let speaks = texts.iter().filter(|text| {
        let one = head(text);
        one.weight == 2
            || one.is_date
            || PARTS.contains(&folded(text).as_str())
            || super::amount::is_unit(text) && !text.chars().any(|c| c.is_ascii_digit())
    });
    let speaks = speaks.count();
    speaks >= 2 && speaks * 10 >= texts.len() * 6 && texts.iter().all(|text| text.chars().count() <= 60)
}

fn two_rows(grid: &Grid, one: usize, two: usize, width: usize) -> Vec<Head> {
    let (upper, lower) = (&grid.rows[one], &grid.rows[two]);
    let mut last = String::new();
    (0..width)
        .map(|at| {
            let own = Grid::cell(upper, at).to_text().trim().to_owned();
            let below = Grid::cell(lower, at).to_text().trim().to_owned();
            let merged = grid.merged.iter().find(|region| {
                (region.left..=region.right).contains(&at) && (region.top..=region.bottom).contains(&upper.number)
            });
            let above = match (&own, merged) {
                (own, _) if !own.is_empty() => own.clone(),
                (_, Some(region)) => Grid::cell(upper, region.left).to_text().trim().to_owned(),
                // Without merged cells the head goes on until the next one.
                _ if grid.merged.is_empty() && !below.is_empty() => last.clone(),
                _ => String::new(),
            };
            if !own.is_empty() {
                last = own;
            }
            // Cells of both rows made one say the same twice.
            head_of_two(&above, &below)
        })
        .collect()
}

/// The columns by their heads; one without a head counts where something stands under it.
fn columns(heads: &[Head], rows: &[RawRow]) -> Vec<Column> {
    let width = rows
        .iter()
        .map(|row| row.cells.len())
        .max()
        .unwrap_or(0)
        .max(heads.len());
    let nothing = Head::default();
    (0..width)
        .filter_map(|at| {
            let head = heads.get(at).unwrap_or(&nothing);
            let is_filled = rows.iter().any(|row| !Grid::cell(row, at).is_empty());
            if head.text.is_empty() && !is_filled {
                return None;
            }
            let (meaning, how) = match head.role {
                Some(role) => (
                    Meaning::Is(role),
                    if head.weight == 2 { How::Known } else { How::Words },
                ),
                None => (unplaced(&head.text, at), How::Unplaced),
            };
            Some(Column {
                at,
                head: head.text.clone(),
                meaning,
                date: head.date.clone(),
                unit: head.unit.clone(),
                how,
            })
        })
        .collect()
}
