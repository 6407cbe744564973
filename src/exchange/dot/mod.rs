//! Graphviz DOT, out and in.

mod lex;
mod look;
mod parse;
mod read;
mod value;
mod write;

pub(super) use read::read;
pub(super) use write::write;
