//! Writing XML and HTML: elements, their attributes and the text in them, escaped in one place.
//!
//! In: names that stand in the program, and words from anywhere. Out: markup in which no word is ever anything but a word.
//! Everything that writes XML or HTML does it here: pictures, pages, the parts of office files, the files of other tools,
//! test results. [`Element`] is a tree, for what is put together from pieces; [`Lines`] writes as it goes, for files that
//! are as long as the map. Both write with `quick-xml`. Knows nothing of maps and nothing of what the names mean.

mod element;
mod lines;
mod syntax;

pub use element::{Content, Element, Node, Nodes, Value, el};
pub use lines::{Fidelity, Lines};
pub use syntax::declared;
