//! What the words of a title give away: whether it names work, and whether it names two changes. English only; what can
//! be read either way passes.

mod changes;
mod vague;
// Lists of words, a line for many.
#[rustfmt::skip]
mod words;
mod work;

pub(super) use changes::two_changes;
pub(super) use vague::{Vague, vague};
pub(super) use work::{Work, work};
