//! The weights of a workbook of an appraisal against those of the map.

use std::collections::HashMap;

use super::book::{Book, FIRST, place};
use super::verified::{DifferenceKind, Verified};
use super::weights::{GROUPS, SHARES, WEIGHTS};

/// The columns of `Groups`.
const INCOME: u32 = 1;
const WEIGHT: u32 = 2;
const MEDIAN: u32 = 3;
const ELASTICITY: u32 = 4;

/// Whether a workbook has weights.
pub(super) fn has(book: &Book) -> bool {
    book.rows(GROUPS).is_some() && book.rows(WEIGHTS).is_some()
}

/// The rows of the groups by their names.
fn groups(book: &Book) -> Vec<(String, u32)> {
    // The source stands below them, with an empty row between.
    (FIRST..)
        .map(|row| (book.text(GROUPS, row, 0), row))
        .take_while(|(name, _)| !name.is_empty())
        .collect()
}

/// Compares incomes, weights and shares; `pairs` are the rows of the same cost or value in both, with its name.
pub(super) fn inputs((ours, theirs): (&Book, &Book), pairs: &[(u32, u32, String)], out: &mut Verified) {
    if has(ours) != has(theirs) {
        let (expected, found) = match has(ours) {
            true => ("them", "no sheets of them"),
            false => ("none", "sheets of them"),
        };
        let what = "the weights by who gains";
        out.differ(DifferenceKind::Input, (GROUPS, String::new()), what, expected, found);
    }
    if !has(ours) || !has(theirs) {
        return;
    }
    for (column, what) in [
        (MEDIAN, "the median income"),
        (ELASTICITY, "the elasticity of the weights"),
    ] {
        let both = (ours, theirs);
        out.compare(both, GROUPS, (FIRST, column), (FIRST, column), what.to_owned());
    }
    let (mine, yours) = (groups(ours), groups(theirs));
    for (name, row) in yours
        .iter()
        .filter(|(name, _)| !mine.iter().any(|(one, _)| one == name))
    {
        let what = format!("the group {name}");
        out.differ(
            DifferenceKind::Input,
            (GROUPS, place(*row, 0)),
            what,
            "no such group",
            "a row of it",
        );
    }
    for (name, row) in &mine {
        let Some((_, at)) = yours.iter().find(|(other, _)| other == name) else {
            let what = format!("the group {name}");
            out.differ(
                DifferenceKind::Input,
                (GROUPS, String::new()),
                what,
                "it",
                "no row of it",
            );
            continue;
        };
        let is_stated = ours.at(GROUPS, *row, INCOME).is_none();
        let (column, what) = match is_stated {
            true => (WEIGHT, "the weight"),
            false => (INCOME, "the income"),
        };
        out.compare(
            (ours, theirs),
            GROUPS,
            (*row, column),
            (*at, column),
            format!("{what} of {name}"),
        );
    }
    let columns = theirs.columns(WEIGHTS, u32::from(SHARES));
    for (name, column) in ours.columns(WEIGHTS, u32::from(SHARES)) {
        let Some((_, other)) = columns.iter().find(|(other, _)| *other == name) else {
            let what = format!("the shares of {name}");
            out.differ(
                DifferenceKind::Input,
                (WEIGHTS, String::new()),
                what,
                "them",
                "no column of them",
            );
            continue;
        };
        for (row, at, of) in pairs {
            let what = format!("the share of {name} in {of}");
            out.compare((ours, theirs), WEIGHTS, (*row, column), (*at, *other), what);
        }
    }
}

/// The weights worked out again from the inputs of the workbook.
pub(super) struct Weights {
    by_group: Vec<(u32, String, f64)>,
    by_line: HashMap<u32, f64>,
}

impl Weights {
    /// `None` where the workbook has none.
    pub(super) fn of(book: &Book, lines: &[u32]) -> Option<Self> {
        if !has(book) {
            return None;
        }
        let number = |sheet: &str, row: u32, column: u32| book.number(sheet, row, column).unwrap_or(f64::NAN);
        let (median, elasticity) = (number(GROUPS, FIRST, MEDIAN), number(GROUPS, FIRST, ELASTICITY));
        #[allow(
            clippy::disallowed_methods,
            reason = "held against what a spreadsheet worked out, which differs in the last bits as well"
        )]
        let raised = |ratio: f64| ratio.powf(elasticity);
        let weight = |row: u32| match book.at(GROUPS, row, WEIGHT) {
            Some(found) if found.formula.is_some() => raised(median / number(GROUPS, row, INCOME)),
            _ => number(GROUPS, row, WEIGHT),
        };
        let by_group: Vec<_> = groups(book)
            .into_iter()
            .map(|(name, row)| (row, name, weight(row)))
            .collect();
        let by_line = lines.iter().map(|row| {
            let shares = (u32::from(SHARES)..).zip(&by_group);
            let more: f64 = shares
                .map(|(column, (_, _, weight))| number(WEIGHTS, *row, column) * (weight - 1.0))
                .sum();
            (*row, 1.0 + more)
        });
        Some(Self {
            by_line: by_line.collect(),
            by_group,
        })
    }

    /// The weight of a line.
    pub(super) fn line(&self, row: u32) -> f64 {
        self.by_line.get(&row).copied().unwrap_or(f64::NAN)
    }

    /// The cells that are formulas, with what they are.
    pub(super) fn formulas<'a>(
        &'a self,
        ours: &'a Book,
        theirs: &'a Book,
    ) -> impl Iterator<Item = (&'static str, u32, u32, String)> + 'a {
        let follows: Vec<String> = groups(ours)
            .into_iter()
            .filter(|(_, row)| ours.at(GROUPS, *row, INCOME).is_some())
            .map(|(name, _)| name)
            .collect();
        let of_groups = self.by_group.iter().filter(move |(_, name, _)| follows.contains(name));
        let of_groups = of_groups.map(|(row, name, _)| (GROUPS, *row, WEIGHT, format!("the weight of {name}")));
        let mut rows: Vec<u32> = self.by_line.keys().copied().collect();
        rows.sort_unstable();
        let of_lines = rows.into_iter().map(|row| {
            let of = theirs.text("Inputs", row, 0);
            (WEIGHTS, row, 1, format!("weight of {of}"))
        });
        of_groups.chain(of_lines)
    }

    /// Weights that are not what the inputs come to.
    pub(super) fn calculations(&self, theirs: &Book, out: &mut Verified) {
        for (row, name, weight) in &self.by_group {
            out.calculated(
                theirs,
                (GROUPS, *row, WEIGHT),
                format!("the weight of {name}"),
                (*weight, 0.0),
            );
        }
        let mut rows: Vec<_> = self.by_line.iter().collect();
        rows.sort_by_key(|(row, _)| **row);
        for (row, weight) in rows {
            let what = format!("weight of {}", theirs.text("Inputs", *row, 0));
            out.calculated(theirs, (WEIGHTS, *row, 1), what, (*weight, 0.0));
        }
    }
}
