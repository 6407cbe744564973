//! Tables as an Excel workbook (ISO/IEC 29500), out and back.
//!
//! Written: a sheet `Start here`, and a sheet for each table under the table's own name. Headers are frozen and have
//! filters; numbers are numbers, days are dates shown as `YYYY-MM-DD`, yes is the word `true`, and every text is a text, whatever
//! it begins with. Columns of closed words and of references have drop-down lists, which warn and do not forbid; an id of a
//! map's own record cannot be typed over. The same tables always give the same bytes.
//!
//! Read: any workbook with such sheets, also after Excel or LibreOffice saved it, with rows sorted, columns moved and
//! notes added. Sizes are looked at before anything is unpacked; a damaged workbook is an error, never a panic.
//!
//! A map with dated plans has a sheet `Progress`, whose statuses are formulas that follow what is typed, and a sheet of native
//! charts; so has a table of trajectories. They are made from the map and passed over on reading.
//!
//! Absent: formulas in the tables themselves, and macros, going out; comments, colours and hidden columns coming in.

mod appraisal;
mod book;
mod charts;
mod cover;
mod data;
mod format;
mod grids;
mod guard;
mod patch;
mod progress;
mod read;
mod tags;
mod value;
mod verified;
mod verify;
mod verify_weights;
mod weights;
mod write;

pub use appraisal::appraisal;
pub use cover::Cover;
pub use data::{ChartSeries, chart_data};
pub use grids::grids;
pub use patch::{CellChange, Patched, patched};
pub use progress::is_progress;
pub use read::{TypedOver, changed_progress, read, read_every_sheet, typed_over};
pub use verified::{Difference, DifferenceKind, Verified};
pub use verify::verify_appraisal;
pub use write::{tracked, workbook, write};

/// The sheet that explains the others; reading passes it over.
pub const COVER_SHEET: &str = "Start here";

/// What that sheet was called before, and what people call one of their own.
const READ_ME: &str = "read me";

/// How many rows a sheet has, the header among them.
const MOST_ROWS: usize = 1_048_576;

/// How many UTF-16 units a cell holds.
const MOST_UNITS: usize = 32_767;
