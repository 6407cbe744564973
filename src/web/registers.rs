//! A register, a logframe or a list of other heads that somebody drops on the page: read as `import register` reads it, with what
//! every column was taken as, to be corrected before anything is taken.

use serde::Serialize;

use super::error::Refused;
use super::tables::refused;
use crate::file::FileKind;
use crate::map::BenefitMap;
use crate::table::{self, Adopted, Grid, Mapping, Role, SheetAccount, SheetKind};

/// What a page shows of the sheets, and sends back corrected.
#[derive(Serialize)]
pub(super) struct Sheets {
    /// What every sheet and every column was taken as, and how that was found out.
    sheets: Vec<SheetAccount>,
    /// The same, to be sent back with the table.
    mapping: Mapping,
    /// What a column can be.
    roles: &'static [&'static str],
    /// What a sheet can be.
    kinds: &'static [&'static str],
    /// How many measured values it has, which are not part of a map.
    measured: usize,
}

impl Sheets {
    pub fn of(adopted: &Adopted) -> Self {
        Self {
            sheets: adopted.account.sheets.clone(),
            mapping: adopted.mapping.clone(),
            roles: Role::WORDS,
            kinds: SheetKind::WORDS,
            measured: adopted.measured.as_ref().map_or(0, |table| table.rows.len()),
        }
    }
}

/// The sheets of a file as they are, without a row taken for the one that names the columns.
pub(super) fn grids_of(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Refused> {
    match FileKind::of(bytes) {
        FileKind::Workbook => grids(name, bytes),
        _ => Ok(vec![
            Grid::of_csv(name, bytes).map_err(|error| refused(error.to_string()))?,
        ]),
    }
}

#[cfg(feature = "xlsx")]
fn grids(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Refused> {
    table::xlsx::grids(name, bytes).map_err(|error| refused(error.to_string()))
}

#[cfg(not(feature = "xlsx"))]
fn grids(name: &str, _bytes: &[u8]) -> Result<Vec<Grid>, Refused> {
    Err(refused(format!(
        "{name} is a workbook, and this build reads none: save the sheet as CSV"
    )))
}

/// The register in the sheets, as somebody corrected it or as it is found out.
///
/// # Errors
/// Where nothing of it is a register, or the mapping does not fit the file.
pub(super) fn adopted(
    name: &str,
    grids: &[Grid],
    mapping: Option<&Mapping>,
    map: &BenefitMap,
) -> Result<Adopted, Refused> {
    if let Some(mapping) = mapping {
        // A mapping that was sent by a page is held to the same rules as one in a file.
        Mapping::read("the mapping", &mapping.write()).map_err(|error| Refused::unreadable(error.to_string()))?;
    }
    table::adopt(name, grids, mapping, Some(map)).map_err(|error| refused(error.to_string()))
}

/// Whether the heads name what was found, rather than its values alone.
pub(super) fn is_named(adopted: &Adopted) -> bool {
    let columns = adopted.account.sheets.iter().flat_map(|sheet| &sheet.columns);
    let named = columns.filter(|column| column.how.contains("head")).count();
    named > 1
}

/// The boxes that the tables name: the ids of those that are new, in the order of the rows, and how many are on the map.
pub(super) fn boxes_of(adopted: &Adopted, map: &BenefitMap) -> (Vec<String>, usize) {
    let nodes = adopted.tables.iter().filter(|table| table.name == "nodes");
    let ids = nodes.flat_map(|table| {
        let at = table.header.iter().position(|head| head == "id");
        let cells = table.rows.iter().filter_map(move |row| row.cells.get(at?));
        cells.map(|cell| cell.to_text().into_owned())
    });
    let is_there = |id: &String| map.nodes.iter().any(|node| node.id.as_str() == id);
    let (there, new): (Vec<String>, Vec<String>) = ids.filter(|id| !id.is_empty()).partition(is_there);
    (new, there.len())
}
