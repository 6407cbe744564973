//! What changed between two maps, and what that did.

use std::collections::BTreeMap;

use serde::Serialize;

use super::coverage::ShareJson;
use crate::audit::{
    Change, ChangeKind, Comparison, FieldChange, Judgement, Measure, Reason, SightChange, Sources, TargetChange,
};
use crate::escape::json::document;
use crate::finding::Place;
use crate::map::{KpiId, NodeKind, Target};
use crate::track::Observation;

impl Comparison {
    /// The comparison as JSON: `summary`, the number of records `added`, `removed` and `changed`; `line_of_sight`, what was
    /// `lost` and `gained`; `greener`, what makes the map look better, with its place where `sources` know it; `targets`
    /// that promise less or later; `coverage` `before` and `after`; and all `changes`, field by field.
    pub fn to_json(&self, sources: &Sources<'_>) -> String {
        let called = self.greener.iter().zip(sources.places(self));
        let coverage = self.coverage.iter();
        document(&ComparisonJson {
            summary: self.counts().map(|(kind, count)| (kind.as_str(), count)).into(),
            line_of_sight: SightJson {
                lost: self.lost.iter().map(SightChangeJson::new).collect(),
                gained: self.gained.iter().map(SightChangeJson::new).collect(),
            },
            greener: called
                .map(|(call, place)| CalloutJson {
                    judgement: call.judgement,
                    reason: call.reason,
                    subject: call.subject.to_string(),
                    title: &call.title,
                    field: &call.field,
                    before: &call.before,
                    after: &call.after,
                    says: call.says(),
                    place: PlaceJson::new(place),
                })
                .collect(),
            targets: self.targets.iter().map(TargetJson::new).collect(),
            coverage: coverage
                .map(|(measure, before, after)| ShareChangeJson {
                    measure: *measure,
                    before: ShareJson::new(before),
                    after: ShareJson::new(after),
                })
                .collect(),
            changes: self.changes.iter().map(ChangeJson::new).collect(),
        })
    }
}

#[derive(Serialize)]
struct ComparisonJson<'a> {
    summary: BTreeMap<&'static str, usize>,
    line_of_sight: SightJson<'a>,
    greener: Vec<CalloutJson<'a>>,
    targets: Vec<TargetJson<'a>>,
    coverage: Vec<ShareChangeJson>,
    changes: Vec<ChangeJson<'a>>,
}

#[derive(Serialize)]
struct SightJson<'a> {
    lost: Vec<SightChangeJson<'a>>,
    gained: Vec<SightChangeJson<'a>>,
}

#[derive(Serialize)]
struct SightChangeJson<'a> {
    subject: String,
    title: &'a str,
    kind: NodeKind,
}

impl<'a> SightChangeJson<'a> {
    fn new(change: &'a SightChange) -> Self {
        Self {
            subject: change.subject.to_string(),
            title: &change.title,
            kind: change.kind,
        }
    }
}

#[derive(Serialize)]
struct CalloutJson<'a> {
    judgement: Judgement,
    reason: Reason,
    subject: String,
    title: &'a str,
    field: &'a str,
    before: &'a str,
    after: &'a str,
    says: String,
    #[serde(flatten)]
    place: PlaceJson,
}

#[derive(Serialize)]
struct PlaceJson {
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
}

impl PlaceJson {
    fn new(place: Option<Place<'_>>) -> Self {
        Self {
            line: place.as_ref().map(|place| place.line),
            column: place.as_ref().map(|place| place.column),
            file: place.map(|place| place.file.into_owned()),
        }
    }
}

#[derive(Serialize)]
struct TargetJson<'a> {
    kpi: &'a KpiId,
    title: &'a str,
    before: &'a Target,
    after: Option<&'a Target>,
    lowered: bool,
    later: bool,
    missed: Option<Observation>,
}

impl<'a> TargetJson<'a> {
    fn new(change: &'a TargetChange) -> Self {
        Self {
            kpi: &change.kpi,
            title: &change.title,
            before: &change.before,
            after: change.after.as_ref(),
            lowered: change.lowered,
            later: change.later,
            missed: change.missed,
        }
    }
}

#[derive(Serialize)]
struct ShareChangeJson {
    measure: Measure,
    before: ShareJson,
    after: ShareJson,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    change: ChangeKind,
    subject: String,
    title: &'a str,
    fields: &'a [FieldChange],
}

impl<'a> ChangeJson<'a> {
    fn new(change: &'a Change) -> Self {
        Self {
            change: change.kind,
            subject: change.subject.to_string(),
            title: &change.title,
            fields: &change.fields,
        }
    }
}
