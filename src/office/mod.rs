//! Packages of the Office formats (ECMA-376): parts, how they refer to each other, and the archive that holds them.
//!
//! In go parts as bytes and the relations between them; out comes one file. Parts stand in the order in which they were
//! added and bear no time of day, so that the same parts give the same bytes. Absent is what the parts say: that is the
//! matter of whoever writes a presentation or a document.

mod house;
mod package;
mod slides;
mod theme;
mod word;
mod xml;

pub use house::{House, Reference, Target, references_of};
pub use package::{Archive, Error, MAX_UNPACKED, Package, open, part};
pub use slides::{Place, SlideHouse, SlideLayout, TemplateError};
pub use theme::theme;
pub use word::{
    Furniture, Insert, Side, WORDS, Which, filled, furniture, has_document_type, has_placeholder, is_on,
    own_table_style, page, rewritten, style_ids, type_size,
};
pub use xml::emu;
