//! The workbook of an appraisal against the map: which inputs, formulas and figures differ, cell by cell.
//!
//! The workbook is worked out again from its own inputs, by the same steps as its formulas. So three questions are kept apart: whether
//! its inputs are those of the map, whether its formulas are those that were written, and whether it shows what its inputs come to.

use std::collections::HashMap;

use crate::appraise::Appraised;
use crate::table::Error;

use super::appraisal::{INPUT_HEADS, appraisal};
use super::book::{Book, FIRST, place};
use super::verified::{DifferenceKind, Verified, is_close};
use super::verify_weights::{self, Weights};

/// The columns of `Inputs` that are worked with, from 0.
const SIDE: u32 = 2;
const KEPT: u32 = 13;
const PROFILE: u32 = 15;
/// The first column of `Results` with weighted figures, from 0: the columns before it are those without weights.
const WEIGHTED: u32 = super::weights::WEIGHTED as u32;
/// The columns of `Inputs` that hold numbers which are typed.
const TYPED: std::ops::Range<u32> = 3..13;

/// Compares the workbook of an appraisal, perhaps edited and saved by a spreadsheet program, with what the map comes to now.
///
/// # Errors
/// As [`read`](super::read()), and [`Error::NotAppraisal`] where it is another workbook.
pub fn verify_appraisal(file: &str, bytes: &[u8], appraised: &Appraised) -> Result<Verified, Error> {
    let theirs = Book::read(file, bytes)?;
    let ours = Book::read("the map", &appraisal("", appraised)?)?;
    let mut out = Verified::default();
    inputs(&ours, &theirs, &mut out);
    let again = Again::of(&theirs);
    formulas((&ours, &theirs), &again, &mut out);
    calculations(&ours, &theirs, &again, &mut out);
    results(&ours, &theirs, &mut out);
    out.differences.sort_by_key(|one| one.kind);
    Ok(out)
}

/// Compares all inputs: rows of `Inputs` by their record, columns by their heads, counts of options, and rates.
fn inputs(ours: &Book, theirs: &Book, out: &mut Verified) {
    let (our_lines, their_lines) = (ours.lines(), theirs.lines());
    let find: HashMap<_, u32> = their_lines.iter().map(|(row, key)| (key.clone(), *row)).collect();
    let known: HashMap<_, u32> = our_lines.iter().map(|(row, key)| (key.clone(), *row)).collect();
    let named = |(record, what, _): &(String, String, usize)| match what.as_str() {
        "" => record.clone(),
        what => format!("{record} ({what})"),
    };
    for (row, key) in &their_lines {
        if !known.contains_key(key) {
            let cell = place(*row, 0);
            out.differ(
                DifferenceKind::Input,
                ("Inputs", cell),
                named(key),
                "no such cost or value",
                "a row of it",
            );
        }
    }
    let (our_years, their_years) = (ours.columns("Inputs", PROFILE), theirs.columns("Inputs", PROFILE));
    let (our_options, their_options) = (ours.columns("Options", 1), theirs.columns("Options", 1));
    for (sheet, what, ours, theirs) in [
        ("Inputs", "the year", &our_years, &their_years),
        ("Options", "the option", &our_options, &their_options),
    ] {
        for (name, _) in ours
            .iter()
            .filter(|(name, _)| !theirs.iter().any(|(other, _)| other == name))
        {
            out.differ(
                DifferenceKind::Input,
                (sheet, String::new()),
                format!("{what} {name}"),
                "it",
                "no column of it",
            );
        }
        for (name, column) in theirs
            .iter()
            .filter(|(name, _)| !ours.iter().any(|(other, _)| other == name))
        {
            let cell = place(1, *column);
            out.differ(
                DifferenceKind::Input,
                (sheet, cell),
                format!("{what} {name}"),
                "no such thing",
                "a column of it",
            );
        }
    }
    let mut pairs = Vec::new();
    for (row, key) in &our_lines {
        let Some(at) = find.get(key).copied() else {
            out.differ(
                DifferenceKind::Input,
                ("Inputs", String::new()),
                named(key),
                "it",
                "no row of it",
            );
            continue;
        };
        pairs.push((*row, at, named(key)));
        if ours.text("Inputs", *row, SIDE) != theirs.text("Inputs", at, SIDE) {
            let (is, was) = (theirs.shown("Inputs", at, SIDE), ours.shown("Inputs", *row, SIDE));
            out.differ(
                DifferenceKind::Input,
                ("Inputs", place(at, SIDE)),
                format!("side of {}", named(key)),
                was,
                is,
            );
        }
        let mut compare = |sheet: &str, head: &str, (our_column, column): (u32, u32)| {
            out.compare(
                (ours, theirs),
                sheet,
                (*row, our_column),
                (at, column),
                format!("{head} of {}", named(key)),
            );
        };
        for column in TYPED {
            compare("Inputs", INPUT_HEADS[column as usize], (column, column));
        }
        let same = |ours: &[(String, u32)], theirs: &[(String, u32)]| -> Vec<(String, u32, u32)> {
            let pairs = ours.iter().filter_map(|(name, column)| {
                let other = theirs.iter().find(|(other, _)| other == name)?;
                Some((name.clone(), *column, other.1))
            });
            pairs.collect()
        };
        for (year, our_column, column) in same(&our_years, &their_years) {
            compare(
                "Inputs",
                &format!("how often it counts in {year},"),
                (our_column, column),
            );
        }
        for (option, our_column, column) in same(&our_options, &their_options) {
            compare("Options", &format!("what option {option} counts"), (our_column, column));
        }
    }
    verify_weights::inputs((ours, theirs), &pairs, out);
    let last = |book: &Book| {
        book.rows("Rates")
            .and_then(|rows| rows.keys().next_back().copied())
            .unwrap_or(1)
    };
    for row in FIRST..=last(ours).max(last(theirs)) {
        let year = match ours.text("Rates", row, 0) {
            year if year.is_empty() => theirs.text("Rates", row, 0),
            year => year,
        };
        out.compare(
            (ours, theirs),
            "Rates",
            (row, 2),
            (row, 2),
            format!("the discount rate of {year}"),
        );
    }
}

/// A workbook worked out again from its inputs.
struct Again {
    /// The rows of `Inputs` that hold something.
    rows: Vec<u32>,
    kept: HashMap<u32, f64>,
    /// By row and by year.
    flows: HashMap<u32, Vec<f64>>,
    present: HashMap<u32, Vec<f64>>,
    /// Start, middle and end, by year.
    factors: Vec<[f64; 3]>,
    years: Vec<String>,
    weights: Option<Weights>,
}

impl Again {
    fn of(book: &Book) -> Self {
        let years: Vec<(String, u32)> = book.columns("Inputs", PROFILE);
        let number = |sheet: &str, row: u32, column: u32| book.number(sheet, row, column).unwrap_or(f64::NAN);
        let rate = |year: usize| number("Rates", FIRST + year as u32, 2);
        let mut factors = Vec::new();
        let mut start = 1.0;
        for year in 0..years.len() {
            if year > 0 {
                start /= 1.0 + rate(year);
            }
            let next = 1.0 + rate(year + 1);
            factors.push([start, start / next.sqrt(), start / next]);
        }
        let mut out = Self {
            rows: book.lines().into_keys().collect(),
            kept: HashMap::new(),
            flows: HashMap::new(),
            present: HashMap::new(),
            factors,
            years: years.iter().map(|(name, _)| name.clone()).collect(),
            weights: None,
        };
        out.weights = Weights::of(book, &out.rows);
        for row in out.rows.clone() {
            let of = |column: u32| number("Inputs", row, column);
            let lost: f64 = (7..11).map(|column| 1.0 - of(column)).product();
            let kept = (1.0 + of(5) / 100.0 * (1.0 - of(6))) * lost * of(11) * of(12);
            let timing = match of(3) {
                1.0 => Some(0),
                2.0 => Some(1),
                3.0 => Some(2),
                _ => None,
            };
            let flows: Vec<f64> = years.iter().map(|(_, column)| of(4) * kept * of(*column)).collect();
            let factor = |year: usize| timing.map_or(f64::NAN, |timing| out.factors[year][timing]);
            let present = flows
                .iter()
                .enumerate()
                .map(|(year, flow)| flow * factor(year))
                .collect();
            out.kept.insert(row, kept);
            out.present.insert(row, present);
            out.flows.insert(row, flows);
        }
        out
    }

    /// The sum over all lines of one side of what an option counts, times an amount of each line; and the sum without signs.
    fn counted(&self, book: &Book, side: &str, option: u32, amount: impl Fn(u32) -> f64) -> (f64, f64) {
        let of_side = self.rows.iter().filter(|row| book.text("Inputs", **row, SIDE) == side);
        of_side.fold((0.0, 0.0), |(sum, scale), row| {
            let one = book.number("Options", *row, option).unwrap_or(f64::NAN) * amount(*row);
            (sum + one, scale + one.abs())
        })
    }
}

/// Formulas that were typed over, or that were changed and come to something else.
fn formulas((ours, theirs): (&Book, &Book), again: &Again, out: &mut Verified) {
    let mut typed = |sheet: &str, row: u32, column: u32, what: String| {
        let is_typed = theirs
            .at(sheet, row, column)
            .is_some_and(|found| found.formula.is_none());
        if is_typed {
            let found = format!("{}, typed in its place", theirs.shown(sheet, row, column));
            out.differ(
                DifferenceKind::Formula,
                (sheet, place(row, column)),
                what,
                "a formula",
                found,
            );
        }
    };
    let weights = again.weights.iter().flat_map(|weights| weights.formulas(ours, theirs));
    for (sheet, row, column, what) in weights {
        typed(sheet, row, column, what);
    }
    let results = 2..last_result(theirs);
    for row in &again.rows {
        let of = theirs.text("Inputs", *row, 0);
        typed("Inputs", *row, KEPT, format!("{} of {of}", INPUT_HEADS[KEPT as usize]));
        for (sheet, what) in [("Flows", "amount"), ("Present values", "present value")] {
            typed(sheet, *row, 1, format!("{what} of {of} over all years"));
            for (year, column) in again.years.iter().zip(2..) {
                typed(sheet, *row, column, format!("{what} of {of} in {year}"));
            }
        }
    }
    for (sheet, columns, last) in [
        ("Years", 2..6u32, None),
        ("Results", results, None),
        ("Rates", 3..6, Some(again.years.len())),
    ] {
        let rows = theirs.rows(sheet).into_iter().flat_map(|rows| rows.keys().copied());
        let rows: Vec<u32> = rows
            .filter(|row| *row >= FIRST && last.is_none_or(|last| *row < FIRST + last as u32))
            .collect();
        for row in rows.into_iter().filter(|row| theirs.at(sheet, *row, 2).is_some()) {
            for column in columns.clone() {
                let head = theirs.text(sheet, 1, column);
                typed(sheet, row, column, format!("{head} of {}", theirs.text(sheet, row, 0)));
            }
        }
    }
}

/// Figures that are not what the inputs of the workbook come to.
fn calculations(ours: &Book, theirs: &Book, again: &Again, out: &mut Verified) {
    let before = out.differences.len();
    for row in &again.rows {
        let of = theirs.text("Inputs", *row, 0);
        let what = format!("{} of {of}", INPUT_HEADS[KEPT as usize]);
        out.calculated(theirs, ("Inputs", *row, KEPT), what, (again.kept[row], 0.0));
        for (sheet, what, by_year) in [
            ("Flows", "amount", &again.flows[row]),
            ("Present values", "present value", &again.present[row]),
        ] {
            let scale = by_year.iter().map(|one| one.abs()).sum();
            let all = format!("{what} of {of} over all years");
            out.calculated(theirs, (sheet, *row, 1), all, (by_year.iter().sum(), scale));
            for ((year, amount), column) in again.years.iter().zip(by_year).zip(2..) {
                let what = format!("{what} of {of} in {year}");
                out.calculated(theirs, (sheet, *row, column), what, (*amount, 0.0));
            }
        }
    }
    for (year, factors) in again.factors.iter().enumerate() {
        for (column, factor) in (3..).zip(factors) {
            let what = format!("{} of {}", theirs.text("Rates", 1, column), again.years[year]);
            out.calculated(theirs, ("Rates", FIRST + year as u32, column), what, (*factor, 0.0));
        }
    }
    if let Some(weights) = &again.weights {
        weights.calculations(theirs, out);
    }
    let options = theirs.columns("Options", 1);
    let mut row = FIRST;
    for (at, (option, column)) in options.iter().enumerate() {
        for (year, name) in again.years.iter().enumerate() {
            for (cell, side, amounts) in [
                (2, "cost", &again.flows),
                (3, "benefit", &again.flows),
                (4, "cost", &again.present),
                (5, "benefit", &again.present),
            ] {
                let sum = again.counted(theirs, side, *column, |row| amounts[&row][year]);
                let what = format!("{} of option {option} in {name}", theirs.text("Years", 1, cell));
                out.calculated(theirs, ("Years", row, cell), what, sum);
            }
            row += 1;
        }
        let total = |side: &str| again.counted(theirs, side, *column, |row| again.present[&row].iter().sum());
        let (costs, benefits) = (total("cost"), total("benefit"));
        let result = FIRST + at as u32;
        let net = (benefits.0 - costs.0, benefits.1 + costs.1);
        for (cell, sum) in [(2, costs), (3, benefits), (4, net)] {
            let what = format!("{} of option {option}", theirs.text("Results", 1, cell));
            out.calculated(theirs, ("Results", result, cell), what, sum);
        }
        if costs.0 > costs.1 * 1e-12 {
            let what = format!("{} of option {option}", theirs.text("Results", 1, 5));
            out.calculated(theirs, ("Results", result, 5), what, (benefits.0 / costs.0, 0.0));
        }
        if let Some(weights) = &again.weights {
            let weighed = |row: u32| again.present[&row].iter().sum::<f64>() * weights.line(row);
            let gained = again.counted(theirs, "benefit", *column, weighed);
            let net = (gained.0 - costs.0, gained.1 + costs.1);
            let ratio = (costs.0 > costs.1 * 1e-12).then(|| (gained.0 / costs.0, 0.0));
            for (cell, sum) in (WEIGHTED..).zip([Some(gained), Some(net), ratio]) {
                let Some(sum) = sum else { continue };
                let what = format!("{} of option {option}", theirs.text("Results", 1, cell));
                out.calculated(theirs, ("Results", result, cell), what, sum);
            }
        }
    }
    // Where a figure differs and its formula is another one, that is the reason.
    for one in &mut out.differences[before..] {
        let Some((row, column)) = at(&one.cell) else { continue };
        let (mine, yours) = (ours.at(&one.sheet, row, column), theirs.at(&one.sheet, row, column));
        let formulas = (
            mine.and_then(|found| found.formula.as_ref()),
            yours.and_then(|found| found.formula.as_ref()),
        );
        if let (Some(mine), Some(yours)) = formulas
            && plain(mine) != plain(yours)
        {
            one.kind = DifferenceKind::Formula;
            one.expected = format!("={mine}");
            one.found = format!("={yours}");
        }
    }
}

/// A formula without what programs write in different ways.
fn plain(formula: &str) -> String {
    formula
        .chars()
        .filter(|sign| !sign.is_whitespace() && *sign != '$')
        .collect::<String>()
        .to_uppercase()
}

/// The row and the column of a cell such as `E2`.
fn at(cell: &str) -> Option<(u32, u32)> {
    let split = cell.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, row) = cell.split_at(split);
    let column = letters.bytes().try_fold(0u32, |sum, letter| {
        sum.checked_mul(26)?
            .checked_add(u32::from(letter.checked_sub(b'A')?) + 1)
    })?;
    Some((row.parse().ok()?, column.checked_sub(1)?))
}

/// The column after the last one of `Results` that is worked out.
fn last_result(book: &Book) -> u32 {
    match verify_weights::has(book) {
        true => WEIGHTED + 3,
        false => WEIGHTED,
    }
}

/// The results of the options as both have them.
fn results(ours: &Book, theirs: &Book, out: &mut Verified) {
    let rows = |book: &Book| -> Vec<(String, u32)> {
        let count = book.columns("Options", 1).len() as u32;
        (FIRST..FIRST + count)
            .map(|row| (book.text("Results", row, 0), row))
            .collect()
    };
    let yours = rows(theirs);
    for (option, row) in rows(ours) {
        let Some((_, at)) = yours.iter().find(|(other, _)| *other == option) else {
            continue;
        };
        for column in 2..last_result(ours).min(last_result(theirs)) {
            let (mine, is) = (
                ours.number("Results", row, column),
                theirs.number("Results", *at, column),
            );
            // A net value is a difference of larger figures.
            let scale = match column {
                5 | 8 => 0.0,
                _ => [2, 3, WEIGHTED]
                    .into_iter()
                    .filter_map(|column| ours.number("Results", row, column))
                    .map(f64::abs)
                    .sum(),
            };
            let is_same = match (mine, is) {
                (Some(mine), Some(is)) => is_close(mine, is, scale),
                _ => ours.shown("Results", row, column) == theirs.shown("Results", *at, column),
            };
            if !is_same {
                let what = format!("{} of option {option}", ours.text("Results", 1, column));
                let (was, is) = (ours.shown("Results", row, column), theirs.shown("Results", *at, column));
                out.differ(DifferenceKind::Result, ("Results", place(*at, column)), what, was, is);
            }
        }
    }
}
