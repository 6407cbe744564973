//! Notes at boxes and links, and in the parking place.

use serde::{Deserialize, Serialize};

/// Something that somebody wrote beside the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// `node ID` or `link FROM -> TO`; `None` for the parking place.
    pub about: Option<String>,
    /// When it was written, as RFC 3339 writes it.
    pub at: String,
    /// The colour of who wrote it.
    pub colour: u8,
    /// Whether it is dealt with.
    pub done: bool,
    /// Who wrote it.
    pub name: String,
    /// Later ones have higher numbers.
    pub number: u64,
    /// What it says.
    pub text: String,
}

impl Note {
    pub(super) fn weight(&self) -> usize {
        self.text.len() + self.name.len() + self.about.as_ref().map_or(0, String::len)
    }
}
