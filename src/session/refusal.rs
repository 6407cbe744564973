//! Why a session does not do what it was asked to.

use crate::edit;

/// Why a session does not do what it was asked to. The map is then as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The map cannot take the edit.
    #[error(transparent)]
    Edit(#[from] edit::Refusal),
    /// This browser has done nothing that is not undone yet.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// This browser has undone nothing, or has done something since.
    #[error("there is nothing to redo")]
    NothingToRedo,
    /// To undo would put another map in the place of one that was changed since.
    #[error("the map was changed since, and that would be lost: return to an earlier step instead")]
    MapChangedSince,
    /// Somebody has built on the step that was to be undone.
    #[error("this cannot be undone: {label}. Since then, {who} did this: {did}")]
    BuiltOn {
        /// What was to be undone, in words.
        label: String,
        /// Who did something since.
        who: String,
        /// What, in words.
        did: String,
    },
    /// A browser's counter is far ahead of all that it was answered.
    #[error("edits are numbered one after the other, and {number} is more than {ahead} ahead of {last}")]
    TooFarAhead {
        /// The number that came.
        number: u64,
        /// How far ahead it may be.
        ahead: u64,
        /// The last that was answered.
        last: u64,
    },
    /// A browser asks for an answer that is no longer known.
    #[error("edit {number} of this browser is too old: it was answered long ago")]
    AnsweredLongAgo {
        /// The number that came.
        number: u64,
    },
    /// A step goes back to a map that nobody gave.
    #[error("the history has no map of step {rev}")]
    NoMap {
        /// The revision.
        rev: u64,
    },
    /// There is no history.
    #[error("no history is kept here")]
    NoHistory,
    /// The history has no such step.
    #[error("the history has no step {rev}: it goes from {first} to {last}")]
    NoSuchStep {
        /// The revision that was wanted.
        rev: u64,
        /// The first that there is.
        first: u64,
        /// The last.
        last: u64,
    },
    /// A step on the way to an old state is missing.
    #[error("the map at step {rev} cannot be made: step {missing} is damaged or missing in the journal")]
    StepMissing {
        /// The revision that was wanted.
        rev: u64,
        /// The step that is missing.
        missing: u64,
    },
    /// An old state cannot be made of what the history holds.
    #[error("the map at step {rev} cannot be made: {why}")]
    NotRestored {
        /// The revision that was wanted.
        rev: u64,
        /// Why not.
        why: String,
    },
}
