//! Text to map and back: JSON with places, the canonical form, whole writes.
//!
//! In goes the text of a file, whatever it holds; out comes a map, or every fault of the text with its place. A map
//! goes out as the one canonical form. This room reads and writes files; it judges no map: what a map that reads may
//! still have wrong is for `check`, to which [`Source`] tells where each thing stands.

mod disk;
mod examine;
mod fault;
mod kind;
mod lexeme;
mod lines;
mod read;
mod source;
mod syntax;
mod syntax_fault;
mod temporary;
mod tree;
mod write;

pub use disk::{Document, Doing, Error, load, read, save, save_new, writable};
#[cfg(feature = "web")]
pub(crate) use disk::{clear_left_over, sync_folder};
pub use fault::{BadDayReason, Fault, FaultKind, Faults, Part};
pub use kind::FileKind;
pub use read::{MAX_BYTES, parse, parse_bytes};
pub use source::Source;
pub use syntax_fault::SyntaxFault;
pub use write::{SCHEMA_ID, schema, write};
