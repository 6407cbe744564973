//! Why a board does not do what it was asked to.

/// Why a board does not do what it was asked to. It is then as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BoardRefusal {
    /// An id has other characters or another length.
    #[error("an id must be 8 to 40 small letters and digits")]
    BadId,
    /// It is about something that cannot be had.
    #[error("this must be about a box, a link or a note")]
    BadSubject,
    /// A text says nothing.
    #[error("{what} must say something")]
    Empty {
        /// What it is.
        what: &'static str,
    },
    /// A text is too long.
    #[error("{what} can have up to {most} characters, and this has {length}: shorten it")]
    TooLong {
        /// What it is.
        what: &'static str,
        /// How long it is.
        length: usize,
        /// How long it may be.
        most: usize,
    },
    /// There would be too many of them.
    #[error("a workshop can have up to {most} {what}: delete some first")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// All texts together would be too much.
    #[error("notes, votes and answers can have up to {most} bytes together: delete some first")]
    Full {
        /// How much there may be.
        most: usize,
    },
    /// Somebody has deleted it.
    #[error("this {what} was deleted")]
    Gone {
        /// What.
        what: &'static str,
    },
    /// Somebody else has changed the text of the note.
    #[error("someone else changed this note. It now says: {now}")]
    Reworded {
        /// What it says now.
        now: String,
    },
    /// The number of dots is out of all reason.
    #[error("each person can have 1 to {most} dots")]
    BadDots {
        /// How many there may be.
        most: u8,
    },
    /// More dots are given than there are.
    #[error("each person has {have} dots, and these are {given}")]
    DotsOver {
        /// How many there are.
        have: u8,
        /// How many were given.
        given: u32,
    },
    /// It is over.
    #[error("this {what} has ended")]
    Over {
        /// What.
        what: &'static str,
    },
    /// The answer is none of those that there are.
    #[error("choose one of the answers")]
    NotAChoice,
    /// The choices are too few, too many or the same.
    #[error("give 2 to {most} different answers to choose from, or none")]
    BadChoices {
        /// How many there may be.
        most: usize,
    },
    /// A set of questions, or a group of it, that there is not.
    #[error("this set of questions is not known: choose one from the list")]
    UnknownSet,
    /// A question that is not asked.
    #[error("this question is not part of this round")]
    UnknownQuestion,
    /// Marks that nobody has seen cannot be agreed on.
    #[error("show the answers first: a mark is agreed on when everyone has seen them")]
    NotShown,
    /// A time that no timer takes.
    #[error("a timer takes from 5 seconds to {most} minutes")]
    BadTime {
        /// How long it may be, in minutes.
        most: u32,
    },
}
