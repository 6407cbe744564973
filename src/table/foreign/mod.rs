//! Registers, logframes and lists as people keep them, taken apart into the tables of a map.
//!
//! ```text
//!  a sheet as it is ─▶ the rows that name its columns ─▶ what each column is ─▶ cells read ─▶ tables of a map
//!                      wherever they are                 by head, values, map    unit, year      each row with the sheet
//!                                                        or a mapping            and change off  and the row it is from
//! ```
//!
//! Nothing is placed in silence: every column is in the [`Account`], and every cell that had to be understood, moved to a free
//! field or left out is a [`Decision`].

mod account;
mod amount;
mod build;
mod cells;
mod find;
mod found;
mod grid;
mod heads;
mod level;
mod like;
mod lists;
mod logframe;
mod mapping;
mod measures;
mod register;
mod role;
mod rows;
mod settle;
mod units;
mod waiting;

use std::collections::BTreeMap;

use super::{Cell, Decision, DecisionKind, Handling, RawRow, RawTable};
use crate::map::written::{Currency, DecimalMark, Notation};
use crate::map::{BenefitMap, Kpi};

pub use account::{Account, ColumnAccount, Lack, Said, SheetAccount, lacks};
pub use build::Origins;
pub use grid::{Grid, Merged};
pub use like::{Differs, Likeness, likeness};
pub use mapping::{BadMapping, ColumnMapping, Mapping, SheetMapping};
pub use role::{Role, SheetKind};

use build::{Builder, Place, Told};
use found::Found;

/// What the sheets of a file give.
#[derive(Debug, Clone)]
pub struct Adopted {
    /// The tables of a map, for [`import`](super::import()) and [`onto`](super::onto).
    pub tables: Vec<RawTable>,
    /// Measured values, which are data beside the map; nothing where there are none.
    pub measured: Option<RawTable>,
    /// What every column was taken as, to be corrected and given again.
    pub mapping: Mapping,
    /// The same, with how it was found out.
    pub account: Account,
    /// Where the rows of the tables come from.
    pub origins: Origins,
    /// What had to be decided.
    pub decisions: Vec<Decision>,
    /// The tables of the sheets, in the order in which they were read.
    found: Vec<Found>,
}

/// Why nothing can be taken from a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoRegister {
    /// Every sheet is empty.
    #[error("{file} is empty: give the file in which the register is")]
    Empty {
        /// The file as the user gave it.
        file: String,
    },
    /// No row names columns that are known.
    #[error(
        "{file} has no row that names columns of a register, such as `Benefit`, `Owner`, `Baseline` and `Target`; its first rows are {first}: name the row and the columns in a mapping, or give the columns such names"
    )]
    NoHeads {
        /// The file as the user gave it.
        file: String,
        /// What its first rows hold.
        first: String,
    },
    /// The mapping names none of the sheets.
    #[error(
        "the mapping is for {named}, but {file} has {there}: correct the names of the sheets in the mapping, or delete it to have a new one written"
    )]
    OtherSheets {
        /// The file as the user gave it.
        file: String,
        /// The sheets in the mapping.
        named: String,
        /// The sheets in the file.
        there: String,
    },
}

/// Takes the sheets of a file apart. `file` is its name as the user gave it. What the mapping says of a sheet and its columns
/// holds; the rest is found out. `known` is the map that the file is brought onto.
///
/// # Errors
/// [`NoRegister`] where no table is found.
pub fn adopt(
    file: &str,
    grids: &[Grid],
    mapping: Option<&Mapping>,
    known: Option<&BenefitMap>,
) -> Result<Adopted, NoRegister> {
    if grids.iter().all(|grid| grid.rows.is_empty()) {
        return Err(NoRegister::Empty { file: file.to_owned() });
    }
    if let Some(mapping) = mapping
        && !mapping
            .sheets
            .iter()
            .any(|sheet| grids.iter().any(|grid| is_sheet(grid, &sheet.sheet, grids)))
    {
        let list = |names: Vec<&str>| {
            names
                .iter()
                .map(|name| build::quoted(name))
                .collect::<Vec<_>>()
                .join(", ")
        };
        return Err(NoRegister::OtherSheets {
            file: file.to_owned(),
            named: list(mapping.sheets.iter().map(|sheet| sheet.sheet.as_str()).collect()),
            there: list(grids.iter().map(|grid| grid.sheet.as_str()).collect()),
        });
    }
    let mut grids = grids.to_vec();
    let mut tables: Vec<Found> = Vec::new();
    let mut account = Account::default();
    let mut proposed = Mapping::default();
    let mut decisions = Vec::new();
    for at in 0..grids.len() {
        let found = tables_in(at, &mut grids, mapping, known);
        let grid = &grids[at];
        decisions.extend(grid.decisions.iter().cloned());
        if found.is_empty() {
            let why = if grid.rows.is_empty() { "empty" } else { "no table" };
            account.sheets.push(SheetAccount::without_table(&grid.sheet, why));
            if !grid.rows.is_empty() {
                decisions.push(whole(
                    &grid.file,
                    DecisionKind::UnknownTable,
                    Handling::LeftOut,
                    "no row of the sheet names columns that are known, so it was left out".to_owned(),
                    "If it holds benefits, name its heads and columns in the mapping.",
                ));
            }
            continue;
        }
        for one in found {
            account.sheets.push(SheetAccount::of(&grid.sheet, &one));
            proposed.sheets.push(one.mapping(&grid.sheet));
            above(grid, &one, &mut decisions);
            tables.push(one);
        }
    }
    if tables.iter().all(|found| found.kind == SheetKind::LeftOut) {
        let rows = grids.iter().flat_map(|grid| &grid.rows);
        let first: Vec<String> = rows
            .take(3)
            .map(|row| {
                build::quoted(
                    &row.cells
                        .iter()
                        .filter(|cell| !cell.is_empty())
                        .map(|cell| cell.to_text().into_owned())
                        .collect::<Vec<_>>()
                        .join(", "),
                )
            })
            .collect();
        return Err(NoRegister::NoHeads {
            file: file.to_owned(),
            first: first.join(", "),
        });
    }
    let mut builder = Builder::new(known);
    // What names boxes comes before what only belongs to them.
    let mut order: Vec<usize> = (0..tables.len()).collect();
    order.sort_by_key(|at| match tables[*at].kind {
        SheetKind::Register | SheetKind::Logframe => 0,
        SheetKind::Kpis => 1,
        _ => 2,
    });
    let mut waiting = Vec::new();
    for at in &order {
        let found = &tables[*at];
        let grid = &grids[found.grid];
        let table = builder.begin(&grid.file, heads_of(found));
        if found.kind != SheetKind::LeftOut {
            lacks_columns(found, table, &mut builder);
        }
        match found.kind {
            SheetKind::Register | SheetKind::Kpis => {
                waiting.extend(register::register(grid, found, table, &mut builder))
            }
            SheetKind::Logframe => waiting.extend(logframe::logframe(grid, found, table, &mut builder)),
            SheetKind::Risks => lists::risks(grid, found, table, &mut builder),
            SheetKind::Actions => lists::actions(grid, found, table, &mut builder),
            SheetKind::LeftOut => {}
        }
    }
    waiting::settle(waiting, &mut builder);
    if known.is_none() {
        currency(&mut builder);
    }
    let (mut made, origins, told) = builder.finish(file);
    decisions.extend(told);
    let measured = made
        .iter()
        .position(|table| table.name == "measurements")
        .map(|at| made.remove(at));
    // Even a list of risks alone makes tables that an import can read.
    if !made.iter().any(|table| table.name == "nodes") {
        made.push(nothing(file));
    }
    Ok(Adopted {
        tables: made,
        measured,
        mapping: proposed,
        account,
        origins,
        decisions,
        found: order.into_iter().map(|at| tables[at].clone()).collect(),
    })
}

/// Whether a mapping's name of a sheet is that of the grid; a file with one sheet may have been renamed.
fn is_sheet(grid: &Grid, name: &str, grids: &[Grid]) -> bool {
    grid.sheet == name
        || grid.sheet.trim().eq_ignore_ascii_case(name.trim())
        || grids.len() == 1 && grid.file == grid.sheet
}

fn tables_in(at: usize, grids: &mut [Grid], mapping: Option<&Mapping>, known: Option<&BenefitMap>) -> Vec<Found> {
    let said: Vec<&SheetMapping> = mapping
        .iter()
        .flat_map(|mapping| &mapping.sheets)
        .filter(|sheet| is_sheet(&grids[at], &sheet.sheet, grids))
        .collect();
    let heads = match said.as_slice() {
        [] => find::tables_of(at, &grids[at], known)
            .first()
            .and_then(|found| found.heads.last().copied()),
        said => said.iter().filter_map(|sheet| sheet.heads.last().copied()).min(),
    };
    let Some(heads) = heads else { return Vec::new() };
    grids[at].fill_down(heads);
    match said.as_slice() {
        [] => find::tables_of(at, &grids[at], known),
        said => {
            let starts: Vec<usize> = said.iter().filter_map(|sheet| sheet.heads.first().copied()).collect();
            let ends = |sheet: &SheetMapping| {
                let own = sheet.heads.last().copied().unwrap_or(0);
                starts.iter().copied().filter(|start| *start > own).min()
            };
            said.iter()
                .map(|sheet| find::table_by(at, &grids[at], sheet, ends(sheet)))
                .collect()
        }
    }
}

fn whole(file: &str, kind: DecisionKind, handling: Handling, message: String, help: &str) -> Decision {
    Decision {
        file: file.to_owned(),
        row: None,
        column: None,
        kind,
        handling,
        message,
        help: help.to_owned(),
    }
}

/// What stands above the heads, and heads that are repeated further down.
fn above(grid: &Grid, found: &Found, decisions: &mut Vec<Decision>) {
    for (row, text) in &found.above {
        decisions.push(Decision {
            row: Some(*row),
            ..whole(
                &grid.file,
                DecisionKind::RowsAboveHeader,
                Handling::LeftOut,
                format!(
                    "{} is above the row that names the columns, so it was left out",
                    build::quoted(text)
                ),
                "",
            )
        });
    }
    for row in &found.repeated {
        decisions.push(Decision {
            row: Some(*row),
            ..whole(
                &grid.file,
                DecisionKind::NoteRow,
                Handling::LeftOut,
                "the row repeats the names of the columns, so it was left out".to_owned(),
                "",
            )
        });
    }
}

/// The heads of the columns, by where what stands under them goes.
fn heads_of(found: &Found) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for column in &found.columns {
        let mapping::Meaning::Is(role) = column.meaning else {
            continue;
        };
        let places: &[&str] = match role {
            Role::Id => &["nodes.id", "risks.id", "activities.id"],
            Role::Title => &["nodes.title", "risks.title", "activities.title"],
            Role::Owner => &["nodes.owner", "risks.owner", "activities.owner"],
            Role::Description => &["nodes.description"],
            Role::Start => &["nodes.start", "activities.start"],
            Role::Due => &["nodes.due", "risks.close_by", "activities.end", "targets.date"],
            Role::Partners => &["nodes.partners"],
            Role::QuickWin => &["nodes.quick_win"],
            Role::Kpi => &["kpis.title"],
            Role::Unit => &["kpis.unit"],
            Role::Direction => &["kpis.direction"],
            Role::Frequency => &["kpis.frequency"],
            Role::Source => &["kpis.source"],
            Role::Method => &["kpis.method"],
            Role::Responsible => &["kpis.responsible"],
            Role::Definition => &["kpis.definition"],
            Role::Baseline => &["kpis.baseline_value"],
            Role::BaselineDate => &["kpis.baseline_date"],
            Role::Target => &["targets.value"],
            Role::TargetDate => &["targets.date"],
            Role::Priority => &["activities.priority"],
            _ => &[],
        };
        for place in places {
            out.entry((*place).to_owned()).or_insert_with(|| column.head.clone());
        }
    }
    out
}

/// Tells of columns that a register has and this one has not.
fn lacks_columns(found: &Found, table: usize, builder: &mut Builder<'_>) {
    let place = Place { table, row: 0 };
    let lack = |message: &str, help: &str| Told::fault(DecisionKind::MissingColumn, message, help);
    if matches!(found.kind, SheetKind::Register | SheetKind::Risks | SheetKind::Actions) && !found.has(Role::Owner) {
        builder.tell(
            place,
            None,
            lack(
                "no column names the owners, so nothing in this sheet has one",
                "Add a column `Owner`, or say in the mapping which column it is.",
            ),
        );
    }
    if found.kind == SheetKind::Register && !found.has(Role::Title) {
        builder.tell(
            place,
            None,
            lack(
                "no column names the benefits, so no row could be read",
                "Add a column `Benefit`, or say in the mapping which column is the `title`.",
            ),
        );
    }
}

/// Names the currency of the map, where every unit that is one is the same.
fn currency(builder: &mut Builder<'_>) {
    let units: Vec<String> = builder
        .rows("kpis")
        .iter()
        .map(|record| record.text("unit").into_owned())
        .collect();
    let mut named: Option<&'static str> = None;
    for unit in &units {
        let Some((currency, _)) = Currency::at_start(unit.trim()) else {
            continue;
        };
        match (currency.code(), named) {
            (Some(code), None) => named = Some(code),
            (Some(code), Some(other)) if code == other => {}
            _ => return,
        }
    }
    let Some(code) = named else { return };
    let place = builder
        .rows("kpis")
        .iter()
        .find(|record| Currency::at_start(record.text("unit").trim()).is_some())
        .map(|record| record.place);
    let Some(place) = place else { return };
    builder.add("map", place).set("currency", Cell::text(code));
    builder.tell(
        Place { row: 0, ..place },
        None,
        Told::taken(
            DecisionKind::CurrencyUnnamed,
            format!("every amount is in {code}, so that is the currency of the map"),
        ),
    );
}

fn nothing(file: &str) -> RawTable {
    RawTable {
        file: file.to_owned(),
        name: "nodes".to_owned(),
        header: vec!["id".to_owned(), "kind".to_owned(), "title".to_owned()],
        header_row: 1,
        rows: Vec::<RawRow>::new(),
        notation: Notation::default(),
        own_mark: Some(DecimalMark::Point),
        decisions: Vec::new(),
    }
}

/// The measured values of a file, as a table to be written beside the map; `None` where it has none.
pub fn measured_table(adopted: &Adopted, kpis: &[Kpi]) -> Option<super::Table> {
    let measured = adopted.measured.as_ref()?;
    let place = |name: &str| measured.header.iter().position(|head| head == name);
    let rows = measured.rows.iter().filter(|row| {
        let kpi = place("kpi")
            .and_then(|at| row.cells.get(at))
            .map(Cell::to_text)
            .unwrap_or_default();
        kpis.iter().any(|known| known.id.as_str() == kpi)
    });
    let columns = super::known_columns("measurements").to_vec();
    let rows = rows.map(|row| {
        let cell = |name: &str| {
            place(name)
                .and_then(|at| row.cells.get(at))
                .cloned()
                .unwrap_or_default()
        };
        columns.iter().map(|column| cell(&column.name)).collect()
    });
    Some(super::Table {
        name: "measurements".to_owned(),
        rows: rows.collect(),
        columns: columns.clone(),
    })
}
