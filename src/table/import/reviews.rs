//! The table `reviews`: who has looked at what, and what they said.

use super::Sheets;
use super::names::{Names, Taken};
use super::reader::Log;
use crate::map::written::{Bound, Edge};
use crate::map::{OwnerId, Review, Says};
use crate::table::Handling;

/// What people write for the words.
const SAYS: &[(&str, Says)] = &[
    ("agree", Says::Agreed),
    ("agrees", Says::Agreed),
    ("yes", Says::Agreed),
    ("approved", Says::Agreed),
    ("challenge", Says::Challenged),
    ("challenges", Says::Challenged),
    ("disputed", Says::Challenged),
];

/// The reviews; a row that does not say what was looked at, by whom, or what they said is left out.
pub(super) fn read(sheets: &Sheets<'_>, names: &mut Names<OwnerId>, taken: &mut Taken, log: &mut Log) -> Vec<Review> {
    let mut reviews = Vec::new();
    for row in sheets.rows("reviews") {
        let by = names.refer(&row.text("by"), &row, "by", taken, log);
        let says = row.word("says", SAYS, log);
        let on = row.day("on", (Edge::Last, Bound::Measured), "it", log);
        let (Some(by), Some(says)) = (&by, says) else {
            let (column, message) = match by {
                None => ("by", "the row does not name a reviewer, so it was left out"),
                Some(_) => (
                    "says",
                    "the row does not say what the reviewer said, so it was left out",
                ),
            };
            row.missing(column, Handling::Fault, message, "Fill in the cell.", log);
            continue;
        };
        reviews.push(Review {
            subject: row.text("subject"),
            by: by.clone(),
            on,
            says,
            note: row.text("note"),
            fingerprint: row.text("fingerprint"),
        });
    }
    reviews
}
