//! Tables as they come, made into a map, with every decision told.

mod appraisal;
mod arrangement;
mod control;
mod measured;
mod money;
mod names;
mod onto;
mod reader;
mod records;
mod reviews;
mod words;

use super::decision::shown;
use super::sheet::{nearest, recognise};
use super::{Decision, DecisionKind, Error, Handling, RawTable, TABLES};
use crate::map::BenefitMap;
pub use measured::measurements;
pub use onto::{Missing, onto};
pub(super) use reader::reads_as_footer;
use reader::{Log, Sheet};

/// What tables gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// The map, its lists in the order of the rows; not yet in canonical order.
    pub map: BenefitMap,
    /// All that had to be decided, by table in the order given, then by row. Empty where the tables are as
    /// [`export`](super::export) writes them.
    pub decisions: Vec<Decision>,
}

/// The map in the tables, in whatever order they and their columns stand. Any table but `nodes` may be missing; a
/// table `measurements` is passed over.
///
/// Nothing is guessed where two readings are possible: what cannot be read is left out and told. Names of people
/// where ids are meant become owners or partners, ids that are none are mended everywhere alike, and a node whose
/// kind cannot be read is taken as an enabler, the kind from which the fewest checks pass by accident.
///
/// ```
/// use benefit_map::table::{csv, import};
///
/// let nodes = csv::read("nodes.csv", b"id,kind,title,due\nn1,Enabler,Sensors on bins,01/04/2026\n")?;
/// let result = import(&[nodes])?;
/// assert_eq!(result.map.nodes[0].title, "Sensors on bins");
/// assert_eq!(
///     result.decisions[0].to_string(),
///     "nodes.csv, row 2, column due: `01/04/2026` may be 1 April 2026 or 4 January 2026, and no other date of the column \
///      shows which, so it was left out"
/// );
/// # Ok::<(), benefit_map::table::Error>(())
/// ```
///
/// # Errors
/// [`Error::NoNodes`] where no table is called `nodes`, [`Error::NoNodeColumns`] where it names neither ids nor titles.
pub fn import(tables: &[RawTable]) -> Result<Import, Error> {
    let tables = &recognised(tables);
    let mut log = Log::default();
    let mut sheets = Sheets::default();
    for table in tables {
        log.decisions.extend(table.decisions.iter().cloned());
        if table.name == "measurements" {
            continue;
        }
        let whole = |kind, handling, message, help| Decision {
            file: table.file.clone(),
            row: None,
            column: None,
            kind,
            handling,
            message,
            help,
        };
        let Some(name) = TABLES.iter().find(|name| **name == table.name) else {
            let help = match nearest(&table.name, TABLES.iter().copied()) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("A map has the tables {}.", TABLES.join(", ")),
            };
            log.decisions.push(whole(
                DecisionKind::UnknownTable,
                Handling::LeftOut,
                format!("a map has no table `{}`, so it was left out", shown(&table.name)),
                help,
            ));
            continue;
        };
        if sheets.0.iter().any(|(have, _)| have == name) {
            log.decisions.push(whole(
                DecisionKind::SecondTable,
                Handling::Fault,
                format!("an earlier table is also called `{name}`, so this one was left out"),
                "Put the rows of both into one table.".to_owned(),
            ));
            continue;
        }
        sheets.0.push((name, Sheet::of(name, table, &mut log)));
    }
    let Some(nodes) = sheets.get("nodes") else {
        return Err(Error::NoNodes {
            found: tables.iter().map(|table| table.file.clone()).collect(),
        });
    };
    if !nodes.has("id") && !nodes.has("title") {
        let table = tables.iter().find(|table| table.name == "nodes");
        return Err(Error::NoNodeColumns {
            file: table.map(|table| table.file.clone()).unwrap_or_default(),
            header: shown(&table.map(|table| table.header.join(", ")).unwrap_or_default()),
        });
    }
    let map = records::read(&sheets, &mut log);
    let mut decisions = log.decisions;
    decisions.sort_by_key(|decision| {
        let at = tables.iter().position(|table| table.file == decision.file);
        (at, decision.row)
    });
    Ok(Import { map, decisions })
}

/// The tables, those of other names under that of the map's table whose columns they have, where that is not there.
fn recognised(tables: &[RawTable]) -> Vec<RawTable> {
    let mut out = tables.to_vec();
    for at in 0..out.len() {
        let table = &out[at];
        if TABLES.contains(&table.name.as_str()) || table.name == "measurements" {
            continue;
        }
        let Some(name) = recognise(&table.header).filter(|name| out.iter().all(|other| other.name != **name)) else {
            continue;
        };
        let told = Decision {
            file: table.file.clone(),
            row: None,
            column: None,
            kind: DecisionKind::TableUnderstood,
            handling: Handling::Taken,
            message: format!("it has the columns of the table `{name}`, and was taken as that"),
            help: String::new(),
        };
        out[at].name = name.to_owned();
        out[at].decisions.insert(0, told);
    }
    out
}

/// The tables that are there, each once.
#[derive(Debug, Default)]
struct Sheets<'t>(Vec<(&'static str, Sheet<'t>)>);

impl<'t> Sheets<'t> {
    fn get(&self, name: &str) -> Option<&Sheet<'t>> {
        self.0.iter().find(|(have, _)| *have == name).map(|(_, sheet)| sheet)
    }

    fn rows<'s>(&'s self, name: &str) -> impl Iterator<Item = reader::Row<'s>> {
        self.get(name).into_iter().flat_map(|sheet| sheet.rows())
    }
}
