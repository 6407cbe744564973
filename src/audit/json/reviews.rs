//! Who has looked at what, and whether it still holds.

use serde::Serialize;

use crate::audit::{ReviewList, ReviewRow, ReviewState};
use crate::escape::json::document;
use crate::map::Review;

impl ReviewList<'_> {
    /// The reviews as JSON: `reviews`, each with its `state`, what that is `meaning`, the `title` of its subject, the
    /// `reviewer` by name and the `review` as in the map; and of `nodes` and `links` how many are `agreed`, `of` how many.
    pub fn to_json(&self) -> String {
        document(&ReviewsJson {
            reviews: self.rows.iter().map(ReviewJson::new).collect(),
            nodes: AgreedJson::new(self.nodes),
            links: AgreedJson::new(self.links),
        })
    }
}

#[derive(Serialize)]
struct ReviewsJson<'a> {
    reviews: Vec<ReviewJson<'a>>,
    nodes: AgreedJson,
    links: AgreedJson,
}

#[derive(Serialize)]
struct ReviewJson<'a> {
    state: ReviewState,
    meaning: &'static str,
    title: &'a str,
    reviewer: &'a str,
    review: &'a Review,
}

impl<'a> ReviewJson<'a> {
    fn new(row: &'a ReviewRow<'_>) -> Self {
        Self {
            state: row.state,
            meaning: row.state.meaning(),
            title: &row.title,
            reviewer: row.reviewer,
            review: row.review,
        }
    }
}

#[derive(Serialize)]
struct AgreedJson {
    agreed: usize,
    of: usize,
}

impl AgreedJson {
    fn new((agreed, of): (usize, usize)) -> Self {
        Self { agreed, of }
    }
}
