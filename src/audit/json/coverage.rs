//! What share of a map is backed by what it needs.

use serde::Serialize;

use crate::audit::{Coverage, Lack, Measure, Share, Uncovered};
use crate::escape::json::document;
use crate::map::Number;

impl Coverage {
    /// The coverage as JSON: `coverage`, an object for each measure with what is `covered`, `of` how much, the share in
    /// `percent` (cut to one place; `null` where there is nothing to cover) and what is `uncovered`; `links_by_evidence`,
    /// how many links are so well backed; and the `currency` of amounts.
    pub fn to_json(&self) -> String {
        let links = self.links_by_backing.iter();
        document(&CoverageJson {
            coverage: self.shares.iter().map(MeasureJson::new).collect(),
            links_by_evidence: links
                .map(|(backing, links)| LinksJson {
                    evidence: backing.label(),
                    links: *links,
                })
                .collect(),
            currency: &self.currency,
        })
    }
}

#[derive(Serialize)]
struct CoverageJson<'a> {
    coverage: Vec<MeasureJson<'a>>,
    links_by_evidence: Vec<LinksJson>,
    currency: &'a str,
}

#[derive(Serialize)]
struct MeasureJson<'a> {
    measure: Measure,
    what: &'static str,
    #[serde(flatten)]
    share: ShareJson,
    uncovered: Vec<UncoveredJson<'a>>,
}

impl<'a> MeasureJson<'a> {
    fn new(share: &'a Share) -> Self {
        Self {
            measure: share.measure,
            what: share.measure.label(),
            share: ShareJson::new(share),
            uncovered: share.uncovered.iter().map(UncoveredJson::new).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct ShareJson {
    covered: Number,
    of: Number,
    percent: Option<Number>,
}

impl ShareJson {
    pub(super) fn new(share: &Share) -> Self {
        Self {
            covered: share.covered,
            of: share.of,
            percent: share.percent(),
        }
    }
}

#[derive(Serialize)]
struct UncoveredJson<'a> {
    subject: String,
    name: &'a str,
    amount: Option<Number>,
    lack: Lack,
}

impl<'a> UncoveredJson<'a> {
    fn new(missing: &'a Uncovered) -> Self {
        Self {
            subject: missing.subject.to_string(),
            name: &missing.name,
            amount: missing.amount,
            lack: missing.lack,
        }
    }
}

#[derive(Serialize)]
struct LinksJson {
    evidence: &'static str,
    links: usize,
}
