//! Text from people made safe for where it goes: a terminal, a log of a build server, XML and HTML, JSON, Markdown, an address,
//! the name of a file.
//!
//! In: words as they were typed, in a map, in a cell of an import or in the name of a file. Out: the same words, with
//! nothing in them that a terminal, a browser, a spreadsheet or a build server would obey. Each place has its one function
//! here, so that a new writer need not invent one. Knows nothing of maps.

pub mod address;
pub mod cell;
pub mod json;
pub mod markdown;
pub mod markup;
pub mod terminal;
pub mod unseen;
pub mod workflow;

pub use address::is_safe_link;
