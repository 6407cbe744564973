//! ArchiMate models, in the exchange format of The Open Group (C174, C19C) and as Archi writes them to CSV.

mod archi;
mod read;
mod types;
mod write;

pub(super) use archi::read as read_csv;
pub(super) use read::read;
pub(super) use write::write;
