//! Health checks: question sets, the answers of many people, how far they agree, and the risks that follow.
//!
//! In go sets of questions and rows of answers, whatever they hold; out come the answers that hold, a [`Remark`] for every row
//! that does not, and for each question the distribution of its answers. Nothing is ever averaged: the distance between two
//! honest answers is the most valuable thing in the room.
//!
//! ```
//! use benefit_map::survey::{Intake, Results, Row, built_in};
//!
//! let sets = built_in();
//! let mut intake = Intake::new(&sets);
//! for (respondent, answer) in [("Ada", "4"), ("Ben", "tend to disagree"), ("Cem", "don't know")] {
//!     let mut row = Row::default();
//!     (row.question, row.respondent, row.answer) = ("clarity.scope", respondent, answer);
//!     intake.row(&row);
//! }
//! let answers = intake.finish();
//! let results = Results::new(&sets, 0, &answers, None).unwrap();
//! let scope = &results.weakest_first()[0].tally;
//! assert_eq!((scope.n(), scope.dont_know, scope.lowest()), (2, 1, Some(2)));
//! ```
//!
//! Absent: files (`table` reads the rows), forms (`report`), pictures (`chart`), and risks in the map, which come by an edit.
//!
//! The method is that of PAS 184, 4.6 and its annex. The sets are data in `assets/questions`, in our own words.

mod agreement;
mod answer;
mod intake;
mod json;
mod links;
mod results;
mod scale;
mod set;
mod tally;
mod triggers;

pub use agreement::{agreement, consensus};
pub use answer::{Answer, Answers, COLUMNS, Remark, RemarkKind};
pub use intake::{Intake, Row};
pub use json::{results_json, sets_json, triggers_json};
pub use links::{LINKS, links_set, question_of};
pub use results::{LEAST_OF_A_ROLE, QuestionResult, Results};
pub use scale::{DONT_KNOW, NOT_APPLICABLE, Reply, Scale};
pub use set::{Group, LONGEST_TEXT, MOST_QUESTIONS, Question, QuestionSet, SET_SCHEMA, SetError, built_in};
pub use tally::{DIVIDED, ENOUGH, Median, Tally};
pub use triggers::{Stage, Trigger, triggers};
