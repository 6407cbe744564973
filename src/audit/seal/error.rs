//! Why a file of seals is refused.

use crate::escape::json::reason;
use crate::map::Day;

/// Why a file of seals is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// It is not JSON of that shape: cut short, or something else altogether.
    #[error(
        "line {}, column {}: it is not a complete file of seals: {}", .source.line(), .source.column(), reason(.source)
    )]
    Shape {
        /// What the reader of JSON met.
        source: serde_json::Error,
    },
    /// It is of another format.
    #[error("it has format {found}, and this version reads the formats 1 to {newest}", newest = super::FORMAT)]
    Format {
        /// The number in the file.
        found: u32,
    },
    /// A seal is of an older format than one before it, or than the file.
    #[error("seal {number} has format {found} in a chain of format {of}: it has been replaced by one of an older form")]
    OlderFormat {
        /// Which seal.
        number: usize,
        /// Its format.
        found: u32,
        /// The format that it should have at least.
        of: u32,
    },
    /// It holds no seal.
    #[error("it has no seals: they have been removed")]
    Empty,
    /// A seal does not stand where its number says.
    #[error("seal {place} of the file has the number {found}: seals have been removed or moved")]
    Order {
        /// Its place in the file, from 1.
        place: usize,
        /// Its own number.
        found: usize,
    },
    /// A seal is not what its digest says.
    #[error("seal {number} of {on} has been edited: its content does not have its digest")]
    Edited {
        /// Which seal.
        number: usize,
        /// Its day.
        on: Day,
    },
    /// A seal does not follow on the one before it.
    #[error("seal {number} of {on} does not follow on seal {before}: one of the two has been replaced")]
    Broken {
        /// Which seal.
        number: usize,
        /// Its day.
        on: Day,
        /// The one before it.
        before: usize,
    },
    /// The map beside the seals is not the one that was sealed.
    #[error(
        "the map in the file is not the map of seal {number}: later seals have been cut off, or the map was edited"
    )]
    Map {
        /// The last seal.
        number: usize,
    },
    /// The figures of the last seal are not those of the map beside it.
    #[error(
        "the figures of seal {number} are not those of the map in the file, so it was not made from that map: {}",
        .differences.join("; ")
    )]
    Figures {
        /// The last seal.
        number: usize,
        /// What the seal says and what is found, a phrase each.
        differences: Vec<String>,
    },
    /// No seal of the chain is the one that was expected.
    #[error(
        "no seal in it has the digest {expected}: seals have been cut off, or the chain was made again from the start; its \
         last seal has the digest {last}"
    )]
    Expected {
        /// The digest of the last seal.
        last: String,
        /// The one that was asked for.
        expected: String,
    },
    /// The day is before that of the last seal.
    #[error("the last seal is of {last}, and a seal of {on} cannot follow it: give the day with --on")]
    Backdated {
        /// The day of the last seal.
        last: Day,
        /// The day that was given.
        on: Day,
    },
}
