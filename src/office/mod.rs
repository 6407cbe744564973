//! Packages of the Office formats (ECMA-376): parts, how they refer to each other, and the archive that holds them.
//!
//! In go parts as bytes and the relations between them; out comes one file. Parts stand in the order in which they were
//! added and bear no time of day, so that the same parts give the same bytes. Absent is what the parts say: that is the
//! matter of whoever writes a presentation or a document.

mod package;
mod theme;
mod word;
mod xml;

pub use package::{Error, MAX_UNPACKED, Package, open, part};
pub use theme::theme;
pub use word::{Insert, WORDS, has_document_type, page, rewritten, style_ids};
pub use xml::emu;
