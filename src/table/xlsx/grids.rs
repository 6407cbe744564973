//! The sheets of a workbook that somebody else laid out: every row as it is, none of them taken for the one that names the
//! columns.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, SheetType, SheetVisible, Xlsx};

use super::super::decision::shown;
use super::super::sheet::letters;
use super::super::{Cell, Decision, DecisionKind, Error, Grid, Handling, Merged, RawRow, RawTable};
use super::read::{Allowance, MOST_CELLS, MOST_TEXT, Rows, cells, damaged, look_at_sizes};
use crate::map::written::{DecimalMark, Notation};

/// The sheets of a workbook in its order, charts left out. `file` is its name as the user gave it. A formula counts by the value
/// that the spreadsheet last calculated; one that refers to itself has none.
///
/// # Errors
/// As [`read`](super::read).
pub fn grids(file: &str, bytes: &[u8]) -> Result<Vec<Grid>, Error> {
    look_at_sizes(file, bytes)?;
    // The reader is not ours and reads what strangers send; a panic in it is damage in the file, not a fault here.
    catch_unwind(AssertUnwindSafe(|| sheets(file, bytes))).unwrap_or_else(|_| {
        Err(Error::Damaged {
            file: file.to_owned(),
            reason: "part of it cannot be understood".to_owned(),
        })
    })
}

fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<Grid>, Error> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(file, &error))?;
    let mut left = Allowance {
        cells: MOST_CELLS,
        text: MOST_TEXT,
    };
    let mut grids = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut found = cells(&mut workbook, &sheet.name, file, &mut left)?;
        let merged = workbook
            .merge_cells_by_sheet_name(&sheet.name)
            .map_err(|error| damaged(file, &error))?;
        // Its decisions are made as those of any sheet.
        let mut table = RawTable {
            file: format!("{file}, sheet {}", shown(&sheet.name)),
            name: String::new(),
            header: Vec::new(),
            header_row: 1,
            rows: Vec::new(),
            notation: Notation::default(),
            own_mark: Some(DecimalMark::Point),
            decisions: Vec::new(),
        };
        if sheet.visible != SheetVisible::Visible && !found.is_empty() {
            table.decisions.push(Decision {
                file: table.file.clone(),
                row: None,
                column: None,
                kind: DecisionKind::HiddenSheet,
                handling: Handling::Taken,
                message: "the sheet is hidden, but was read".to_owned(),
                help: "Delete the sheet if it is not part of the register, or write `left-out` as its kind in the mapping."
                    .to_owned(),
            });
        }
        let circular = circular(&found);
        for (number, row) in &mut found {
            for (at, one) in row.iter_mut() {
                if circular.contains(&(*number, *at)) {
                    one.cell = Cell::Empty;
                    table.decisions.push(Decision {
                        file: table.file.clone(),
                        row: Some(*number as usize),
                        column: Some(letters(*at as usize)),
                        kind: DecisionKind::FormulaValue,
                        handling: Handling::LeftOut,
                        message: format!(
                            "`={}` refers to itself, directly or by way of other cells, so it was left out",
                            shown(one.formula.as_deref().unwrap_or_default())
                        ),
                        help: "Correct the formula, or write the value.".to_owned(),
                    });
                } else {
                    table.tell_formula(*number as usize, *at, one);
                }
            }
        }
        found.retain(|_, row| row.values().any(|one| !one.cell.is_empty()));
        let rows = found.into_iter().map(|(number, row)| {
            let width = row.keys().last().map_or(0, |last| *last as usize + 1);
            let mut cells = vec![Cell::Empty; width];
            for (at, one) in row {
                cells[at as usize] = one.cell;
            }
            RawRow {
                number: number as usize,
                cells,
                had: Vec::new(),
            }
        });
        let merged = merged.iter().map(|region| Merged {
            top: region.start.0 as usize + 1,
            bottom: region.end.0 as usize + 1,
            left: region.start.1 as usize,
            right: region.end.1 as usize,
        });
        grids.push(Grid {
            rows: rows.collect(),
            merged: merged.collect(),
            sheet: sheet.name,
            notation: table.notation,
            own_mark: table.own_mark,
            decisions: table.decisions,
            file: table.file,
        });
    }
    Ok(grids)
}

type Place = (u32, u32);

/// The cells of a sheet whose formula comes back to itself, directly or by way of others of the sheet.
fn circular(rows: &Rows) -> BTreeSet<Place> {
    let mut formulas: BTreeMap<Place, Vec<(Place, Place)>> = BTreeMap::new();
    for (row, cells) in rows {
        for (at, one) in cells {
            if let Some(formula) = one.formula.as_deref().filter(|formula| !formula.is_empty()) {
                formulas.insert((*row, *at), references(formula));
            }
        }
    }
    let mut next: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
    for (place, ranges) in &formulas {
        let mut all = Vec::new();
        for (from, to) in ranges {
            let within = formulas.range((from.0, 0)..=(to.0, u32::MAX)).map(|(at, _)| *at);
            all.extend(within.filter(|at| (from.1..=to.1).contains(&at.1)));
        }
        next.insert(*place, all);
    }
    // What leads to nothing is taken away until nothing is left that does: the rest are loops, and what leads into them.
    let mut waiting: BTreeMap<Place, usize> = next.iter().map(|(place, all)| (*place, all.len())).collect();
    let mut before: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
    for (place, all) in &next {
        for to in all {
            before.entry(*to).or_default().push(*place);
        }
    }
    let mut free: Vec<Place> = waiting
        .iter()
        .filter(|(_, n)| **n == 0)
        .map(|(place, _)| *place)
        .collect();
    while let Some(place) = free.pop() {
        waiting.remove(&place);
        for from in before.get(&place).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(from) {
                *count -= 1;
                if *count == 0 {
                    free.push(*from);
                }
            }
        }
    }
    waiting.into_keys().collect()
}

/// The cells of its own sheet that a formula names, as ranges.
fn references(formula: &str) -> Vec<(Place, Place)> {
    let bytes = formula.as_bytes();
    let mut found: Vec<(usize, usize, Place)> = Vec::new();
    let (mut at, mut inside) = (0, false);
    while at < bytes.len() {
        if bytes[at] == b'"' {
            inside = !inside;
            at += 1;
            continue;
        }
        let before = at.checked_sub(1).map(|before| bytes[before]);
        // The cells of other sheets have their name before them, and a letter or a digit goes on with a word.
        let begins = !inside
            && !before.is_some_and(|b| b == b'!' || b == b'_' || b == b'.' || b == b'$' || b.is_ascii_alphanumeric());
        match reference(&bytes[at..]).filter(|_| begins) {
            Some((length, place)) => {
                found.push((at, at + length, place));
                at += length;
            }
            None => at += 1,
        }
    }
    let mut out = Vec::new();
    let mut found = found.into_iter().peekable();
    while let Some((_, end, from)) = found.next() {
        let to = found.next_if(|(start, ..)| *start == end + 1 && bytes.get(end) == Some(&b':'));
        let (_, _, to) = to.unwrap_or((0, 0, from));
        out.push((
            (from.0.min(to.0), from.1.min(to.1)),
            (from.0.max(to.0), from.1.max(to.1)),
        ));
    }
    out
}

/// The cell that a text begins with (`$B$7`), and how long its name is.
fn reference(text: &[u8]) -> Option<(usize, Place)> {
    let mut at = usize::from(text.first() == Some(&b'$'));
    let (mut column, mut row) = (0u32, 0u32);
    let start = at;
    while let Some(letter) = text.get(at).filter(|b| b.is_ascii_alphabetic()) {
        column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        at += 1;
    }
    if !(1..=3).contains(&(at - start)) {
        return None;
    }
    at += usize::from(text.get(at) == Some(&b'$'));
    let digits = at;
    while let Some(digit) = text.get(at).filter(|b| b.is_ascii_digit()) {
        row = row * 10 + u32::from(digit - b'0');
        at += 1;
        if at - digits > 7 {
            return None;
        }
    }
    let ends = !text
        .get(at)
        .is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'(' | b'!'));
    (at > digits && row > 0 && ends).then_some((at, (row, column - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_names_cells_of_its_own_sheet() {
        for (formula, places) in [
            ("A1+$B$2", vec![((1, 0), (1, 0)), ((2, 1), (2, 1))]),
            ("SUM(C9:A3)", vec![((3, 0), (9, 2))]),
            ("Costs!A1*2", vec![]),
            ("IF(D4=\"A1\",LOG10(E5),0)", vec![((4, 3), (4, 3)), ((5, 4), (5, 4))]),
        ] {
            assert_eq!(references(formula), places, "{formula}");
        }
    }
}
