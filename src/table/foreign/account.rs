//! What was decided on the way from sheets to a map, and what the map still lacks.

use serde::Serialize;

use super::super::Decision;
use super::super::sheet::letters;
use super::found::{Found, How};
use super::mapping::Meaning;
use crate::map::BenefitMap;

/// What became of the sheets of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Account {
    /// One entry a table, and one a sheet without any.
    pub sheets: Vec<SheetAccount>,
}

/// What became of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetAccount {
    /// The name of the sheet.
    pub sheet: String,
    /// What its rows were taken as: a word of the mapping.
    pub kind: String,
    /// The rows that name its columns.
    pub heads: Vec<usize>,
    /// How many rows stand below them.
    pub rows: usize,
    /// What its columns were taken as.
    pub columns: Vec<ColumnAccount>,
}

/// What one column was taken as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnAccount {
    /// Its letter.
    pub column: String,
    /// Its head.
    pub head: String,
    /// A word of the mapping.
    pub is: String,
    /// The day or the year of its values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// How that was found out, in words.
    pub how: String,
    /// How many cells are filled.
    pub cells: usize,
}

/// Something that a map needs and that the sheets did not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lack {
    /// In a sentence without its full stop.
    pub what: String,
    /// The titles of what it is about.
    pub of: Vec<String>,
    /// What to do about it.
    pub help: String,
}

impl SheetAccount {
    /// Of a table that was found.
    pub(super) fn of(sheet: &str, found: &Found) -> Self {
        let columns = found.columns.iter().map(|column| {
            let cells = found
                .rows
                .iter()
                .filter(|row| row.cells.get(column.at).is_some_and(|cell| !cell.is_empty()));
            let how = match (column.how, &column.meaning) {
                (How::Mapped, _) => "by the mapping",
                (How::Known, _) => "by its head",
                (How::Words, _) => "by the words of its head",
                (How::Values, _) => "by its values",
                (How::Map, _) => "by what the map has",
                (How::Unplaced, Meaning::Free(_)) => "kept as a free field, as a map has no field for it",
                (How::Unplaced, _) => "left out",
            };
            ColumnAccount {
                column: letters(column.at),
                head: column.head.clone(),
                is: column.meaning.word().to_owned(),
                date: column.date.clone(),
                how: how.to_owned(),
                cells: cells.count(),
            }
        });
        Self {
            sheet: sheet.to_owned(),
            kind: found.kind.to_string(),
            heads: found.heads.clone(),
            rows: found.rows.len(),
            columns: columns.collect(),
        }
    }

    /// Of a sheet that holds no table.
    pub(super) fn without_table(sheet: &str, why: &str) -> Self {
        Self {
            sheet: sheet.to_owned(),
            kind: why.to_owned(),
            heads: Vec::new(),
            rows: 0,
            columns: Vec::new(),
        }
    }
}

/// What a map from a register still lacks, the most needed first.
pub fn lacks(map: &BenefitMap) -> Vec<Lack> {
    let mut out = Vec::new();
    let outcomes: Vec<_> = map.nodes.iter().filter(|node| node.kind.is_outcome()).collect();
    let mut lack = |what: &str, of: Vec<String>, help: &str| {
        if !of.is_empty() {
            out.push(Lack {
                what: what.to_owned(),
                of,
                help: help.to_owned(),
            });
        }
    };
    let title = |node: &&&crate::map::Node| node.title.clone();
    let without_owner = outcomes.iter().filter(|node| node.owner.is_none());
    lack(
        "no owner",
        without_owner.map(|node| title(&node)).collect(),
        "Name the person who answers for each.",
    );
    let without_kpi = outcomes
        .iter()
        .filter(|node| !map.kpis.iter().any(|kpi| kpi.node == node.id));
    lack(
        "no KPI",
        without_kpi.map(|node| title(&node)).collect(),
        "Say how each will be measured.",
    );
    let named = |kpi: &&crate::map::Kpi| kpi.title.clone();
    let kpis = || map.kpis.iter();
    lack(
        "no baseline",
        kpis()
            .filter(|kpi| kpi.baseline.is_none())
            .map(|kpi| named(&kpi))
            .collect(),
        "Measure where each starts.",
    );
    let undated = kpis().filter(|kpi| kpi.baseline.is_some_and(|baseline| baseline.date.is_none()));
    lack(
        "a baseline without a date",
        undated.map(|kpi| named(&kpi)).collect(),
        "Say when each was measured.",
    );
    lack(
        "no target",
        kpis()
            .filter(|kpi| kpi.targets.is_empty())
            .map(|kpi| named(&kpi))
            .collect(),
        "Agree a value to be reached.",
    );
    let undated = kpis().filter(|kpi| kpi.targets.iter().any(|target| target.date.is_none()));
    lack(
        "a target without a date",
        undated.map(|kpi| named(&kpi)).collect(),
        "Say by when each is to be reached.",
    );
    let without_unit = kpis().filter(|kpi| kpi.unit.is_empty());
    lack(
        "no unit",
        without_unit.map(|kpi| named(&kpi)).collect(),
        "Say what is counted.",
    );
    let unlinked = outcomes
        .iter()
        .filter(|node| !map.links.iter().any(|link| link.to == node.id));
    lack(
        "nothing that leads to it",
        unlinked.map(|node| title(&node)).collect(),
        "Link the project, the enabler or the change that brings it about.",
    );
    if !map.nodes.is_empty()
        && !map
            .nodes
            .iter()
            .any(|node| node.kind == crate::map::NodeKind::EndOutcome)
    {
        lack(
            "no end outcome",
            vec!["the map".to_owned()],
            "Add what the benefits are for, such as a strategic objective, and link them to it.",
        );
    }
    out
}

/// What is said of a decision, for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said<'d> {
    file: &'d str,
    row: Option<usize>,
    column: Option<&'d str>,
    handling: &'static str,
    kind: &'static str,
    message: &'d str,
    help: &'d str,
}

impl<'d> From<&'d Decision> for Said<'d> {
    fn from(decision: &'d Decision) -> Self {
        Self {
            file: &decision.file,
            row: decision.row,
            column: decision.column.as_deref(),
            handling: decision.handling.as_str(),
            kind: decision.kind.as_str(),
            message: &decision.message,
            help: &decision.help,
        }
    }
}
