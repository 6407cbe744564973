//! Why a map cannot take an edit.

use crate::finding::Subject;
use crate::map::group_digits;
use crate::map::limits::{TooLong, TooMuch};

/// Why a map cannot take an edit, in words for the person who tried.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The thing is not there.
    #[error("{} is no longer on the map", .what)]
    Gone {
        /// What was meant.
        what: Subject,
    },
    /// Something would point at nothing.
    #[error("`{field}` names {missing}, which is not on the map")]
    PointsAtNothing {
        /// The field that would point.
        field: &'static str,
        /// What it would point at.
        missing: Subject,
    },
    /// The id is taken.
    #[error("the id `{id}` is taken: leave it out, and one is made from the title")]
    IdTaken {
        /// The id.
        id: String,
    },
    /// A link would lead from a box to itself.
    #[error("{name} cannot lead to itself")]
    LeadsToItself {
        /// The box, as people call it.
        name: String,
    },
    /// The link is there already.
    #[error("{name} exists already")]
    LinkedAlready {
        /// The link, as people call it.
        name: String,
    },
    /// The owner has a plan already.
    #[error("{name} exists already: add activities to it")]
    PlannedAlready {
        /// The plan, as people call it.
        name: String,
    },
    /// Somebody has set the field meanwhile.
    #[error("the {} of {name} was changed in the meantime: it is now {now}", .field.replace('_', " "))]
    SetSince {
        /// The record, as people call it.
        name: String,
        /// The field.
        field: String,
        /// What it says now.
        now: String,
    },
    /// Somebody has changed the record meanwhile, and that would be lost.
    #[error("{name} was changed in the meantime, and the change would be lost")]
    ChangedSince {
        /// The record, as people call it.
        name: String,
    },
    /// Something refers to it.
    #[error("{name} is still needed by {by}")]
    StillNeeded {
        /// What was to be taken away, as people call it.
        name: String,
        /// What refers to it, as people call it.
        by: String,
    },
    /// The field cannot be set so.
    #[error("`{field}` of {what} cannot be set to this: {why}")]
    Unsettable {
        /// The record.
        what: Subject,
        /// The field.
        field: String,
        /// Why not.
        why: String,
    },
    /// The fields make no such record.
    #[error("these fields make no {sort}: {why}")]
    NoRecord {
        /// The sort.
        sort: super::Sort,
        /// Why not.
        why: String,
    },
    /// The finding is not accepted, so this cannot be taken back.
    #[error("nothing allows `{rule}` for {subject}")]
    NotAllowed {
        /// The rule.
        rule: String,
        /// The subject.
        subject: String,
    },
    /// Groups stand too deep within each other.
    #[error("groups of edits are nested more than {most} deep: put them next to each other")]
    TooDeep {
        /// How deep they may stand.
        most: usize,
    },
    /// It is too many edits at once.
    #[error("these are more than {} edits at once: send them in parts", group_digits(&most.to_string()))]
    TooMany {
        /// How many there may be.
        most: usize,
    },
    /// It touches more than can be changed at once.
    #[error("this touches more of the map than can be changed at once: send it in parts")]
    TooMuch,
    /// The map has as many records of that sort as a map may have.
    #[error(transparent)]
    TooLarge(TooMuch),
    /// A text is too long.
    #[error("{_0}: shorten it")]
    TooLong(TooLong),
    /// It is no record that can be removed.
    #[error("{what} cannot be removed")]
    NotRemovable {
        /// What was meant.
        what: Subject,
    },
}
