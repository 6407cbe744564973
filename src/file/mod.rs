//! Text to map and back: JSON with places, the canonical form, whole writes.

mod write;

pub use write::{schema, write};
