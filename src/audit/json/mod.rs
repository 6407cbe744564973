//! What an auditor asks, for programs: one JSON document an answer.
//!
//! Every document is written by [`document`](crate::escape::json::document). Subjects are written as findings write them and
//! numbers exactly as a map does; what is not known is `null`. `docs/audit.md` lists the fields.

mod comparison;
mod coverage;
mod reviews;
mod trace;
