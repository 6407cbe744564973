//! What of a map is covered, and how its KPIs stand, as tables on slides.

use std::collections::{BTreeMap, BTreeSet};

use crate::draw::pptx::{Content, Grid, GridCell, Slide};
use crate::graph::BenefitGraph;
use crate::map::{BenefitMap, Kpi, Lookup, Node, NodeId, NodeKind, Promise};
use crate::text::with_minus;
use crate::track::{Standing, Status};

use super::super::{chart, wording};
use super::Making;

/// Between the tables of a slide, and what stands above them, in px.
pub(super) const BETWEEN: f64 = 20.0;
const SUBTITLE: f64 = 34.0;

impl Making<'_, '_> {
    /// What the map covers, and every KPI with its status, those that need most attention first.
    pub(super) fn status_slides(&self) -> Vec<Slide> {
        let map = self.graph.map();
        let records = &self.records;
        let standing = self.options.standing;
        let subtitle = match standing {
            Some(standing) => format!(
                "As of {}: {}.",
                self.records.language().day(standing.as_of),
                counts(standing).unwrap_or_else(|| "nothing is measured".to_owned())
            ),
            None => "No measurements were given: this slide shows what the map covers.".to_owned(),
        };
        let covered = coverage(map);
        let mut left = self.room.h - SUBTITLE - covered.height(self.room.w) - BETWEEN;
        let mut slides: Vec<(Vec<Grid>, Vec<String>)> = vec![(vec![covered], Vec::new())];
        if let Some(standing) = standing {
            let mut worst: Vec<_> = standing.kpis.iter().collect();
            worst.sort_by_key(|outlook| outlook.status);
            let head = kpis(&[]).height(self.room.w);
            let mut begun = false;
            for outlook in worst {
                let kpi = outlook.kpi;
                let last = outlook
                    .last
                    .map(|o| wording::dated(self.records.language(), kpi, o.value, Some(o.date)));
                let row = vec![
                    GridCell {
                        text: wording::status(outlook.status),
                        verdict: Some(chart::verdict(outlook.status)),
                    },
                    GridCell::new(kpi.label()),
                    GridCell::new(wording::title(records, &kpi.node)),
                    GridCell::new(last.unwrap_or_else(|| "not measured".to_owned())),
                    GridCell::new(wording::target(self.records.language(), kpi)),
                ];
                let height = kpis(&[]).height_of(&row, self.room.w);
                let needs = if begun { height } else { head + height };
                if needs > left {
                    slides.push((Vec::new(), Vec::new()));
                    left = self.room.h - head;
                    begun = false;
                }
                // Why, in the words of `status`, is too long for a slide and is there to be said.
                let status = wording::status(outlook.status).to_lowercase();
                let facts = with_minus(&outlook.facts(self.records.language().long()));
                let (title, of) = (kpi.label(), wording::title(records, &kpi.node));
                if let Some((grids, notes)) = slides.last_mut() {
                    if !begun {
                        grids.push(kpis(&[]));
                    }
                    if let Some(grid) = grids.last_mut() {
                        grid.rows.push(row);
                    }
                    notes.push(format!("{title} ({of}): {status}: {facts}."));
                }
                left -= if begun { height } else { head + height };
                begun = true;
            }
        }
        let many = slides.len();
        slides
            .into_iter()
            .enumerate()
            .map(|(i, (grids, notes))| Slide {
                title: match many {
                    1 => "Coverage and status".to_owned(),
                    _ => format!("Coverage and status ({} of {many})", i + 1),
                },
                content: Content::Grids {
                    subtitle: if i == 0 { subtitle.clone() } else { String::new() },
                    grids,
                },
                notes,
            })
            .collect()
    }
}

fn kpis(rows: &[Vec<GridCell>]) -> Grid {
    Grid {
        description: "KPIs with their status, last values and targets, those that need most attention first".to_owned(),
        columns: [
            ("Status", 1.1),
            ("KPI", 3.2),
            ("Of", 2.7),
            ("Last value", 2.6),
            ("Target", 2.6),
        ]
        .map(|(head, share)| (head.to_owned(), share))
        .to_vec(),
        rows: rows.to_vec(),
    }
}

/// How many KPIs have each status, worst first; `None` without KPIs.
fn counts(standing: &Standing<'_>) -> Option<String> {
    let mut of_status: BTreeMap<Status, usize> = BTreeMap::new();
    for outlook in &standing.kpis {
        *of_status.entry(outlook.status).or_default() += 1;
    }
    let told: Vec<String> = of_status
        .into_iter()
        .map(|(status, n)| format!("{n} {}", wording::status(status).to_lowercase()))
        .collect();
    (!told.is_empty()).then(|| wording::row(&told))
}

/// How many boxes of each stage have an owner, a KPI, a baseline, a target, and evidence on a link that leads to them. What
/// counts as each is what counts for the coverage of an audit.
fn coverage(map: &BenefitMap) -> Grid {
    let owners = map.named_owners();
    let records = Lookup::new(map);
    let graph = BenefitGraph::new(map);
    let mut backed: BTreeSet<&str> = BTreeSet::new();
    for pair in graph.pairs() {
        if pair.flows && pair.backing.is_evidence() {
            backed.insert(graph.id(pair.to).as_str());
        }
    }
    let rows = NodeKind::ALL
        .iter()
        .map(|&kind| {
            let nodes: Vec<&Node> = map.nodes.iter().filter(|node| node.kind == kind).collect();
            let of = |has: &dyn Fn(&&&Node) -> bool| {
                let n = nodes.iter().filter(has).count();
                GridCell::new(format!("{n} of {}", nodes.len()))
            };
            let kpis = |id: &NodeId, wanted: fn(&Kpi) -> bool| {
                let all = records.kpis_of(id);
                !all.is_empty() && all.iter().all(|kpi| wanted(kpi))
            };
            vec![
                GridCell::new(kind.heading()),
                of(&|node| owners.answering(node.owner.as_ref()).is_some()),
                of(&|node| kpis(&node.id, |_| true)),
                of(&|node| kpis(&node.id, |kpi| kpi.dated_baseline().is_some())),
                of(&|node| kpis(&node.id, |kpi| kpi.promise() == Promise::Dated)),
                if kind == NodeKind::Investment {
                    GridCell::new("–")
                } else {
                    of(&|node| backed.contains(node.id.as_str()))
                },
            ]
        })
        .collect();
    Grid {
        description: "How many boxes of each stage have an owner, a KPI, a baseline, a target and evidence".to_owned(),
        columns: [
            ("Stage", 3.0),
            ("With an owner", 1.7),
            ("With a KPI", 1.7),
            ("With a baseline", 1.7),
            ("With a dated target", 2.0),
            ("With evidence", 1.7),
        ]
        .map(|(head, share)| (head.to_owned(), share))
        .to_vec(),
        rows,
    }
}
