//! Graphviz DOT, out and in.

mod lex;
mod parse;
mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;
