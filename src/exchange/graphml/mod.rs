//! GraphML, out with shapes for yEd, and in from any tool.

mod look;
mod read;
mod write;

pub(super) use read::read;
pub(super) use write::write;

/// How wide the label of a box is, in columns of text.
const COLUMNS: usize = 26;

/// A title as it stands on a box.
fn label(title: &str) -> String {
    super::text::wrap(title, COLUMNS).join("\n")
}
