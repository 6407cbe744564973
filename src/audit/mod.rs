//! A map as an auditor asks of it: what leads where, what is covered, what changed, who agreed, what was sealed.
//!
//! In go maps and graphs, findings and measurements; out come plain values: [`matrix()`] and [`chains()`] trace claims,
//! [`story()`] tells what one node is for and rests on, [`coverage()`] says what share of the map is backed, [`compare()`]
//! tells two maps apart, [`reviews`] weighs reviews against what the map says now, and a [`SealBook`] holds a map to what
//! it was on a day. Nothing here reads a file, a clock or git, and nothing is told in the words of one format: tables,
//! pages and pictures are made elsewhere.

mod chains;
mod compare;
mod coverage;
mod greener;
mod json;
mod matrix;
mod review;
mod seal;
mod sources;
mod story;

pub use chains::{Chain, ChainList, Step, chains};
pub use compare::{Change, ChangeKind, Comparison, FieldChange, Marks, SightChange, both, compare};
pub use coverage::{Coverage, Lack, Measure, Measured, Share, Uncovered, UnknownMeasure, coverage};
pub use greener::{Callout, Judgement, Reason, TargetChange};
pub use matrix::{Axis, Connection, Group, Matrix, UnknownAxis, matrix, size as matrix_size};
pub use review::{ReviewError, ReviewList, ReviewRow, ReviewState, record_review, reviews};
pub use seal::{
    ChainedSeal, Refigured, RowsHeld, Seal, SealBook, SealError, SealedFindings, SealedRows, SealedShare, Sealing,
    VERSION, digest_of_rows, expected_seal, map_digest, next_in_chain, rows_compared, rows_to_seal, verify_chain,
};
pub use sources::Sources;
pub use story::{Story, StoryEnd, StoryStep, story};
