//! What is told of a step of the history, and the hash that a map is known by.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A step, as it is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Told {
    /// The revision that the map has after it.
    pub rev: u64,
    /// When, as RFC 3339 writes it.
    pub at: String,
    /// Whose browser, as others know it.
    pub client: String,
    /// What the person is called.
    pub name: String,
    /// The person's colour.
    pub colour: u8,
    /// What sort of step it is.
    pub does: Does,
    /// What it does, in words.
    pub label: String,
    /// What it touched, as findings name it; the first [`TOUCHES`] of them.
    pub touches: Vec<String>,
}

/// How many things that a step touched are told at most.
pub(super) const TOUCHES: usize = 200;

/// What sort of step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Does {
    /// An edit.
    Edit,
    /// An edit taken back.
    Undo,
    /// That taken back again.
    Redo,
    /// The map as it was before.
    Return,
    /// The map as somebody changed it in the file.
    Take,
}

/// The first 16 digits of the SHA-256 of a text.
pub(super) fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
