//! A slide for each end outcome: its measures, a chart of the one that needs most attention, and what it rests on.

use crate::draw::pptx::{Content, Grid, GridCell, Slide};
use crate::graph::{NodeIx, Way};
use crate::map::{Kpi, NodeKind};
use crate::text::with_minus;
use crate::track::{Measurements, series};

use super::super::case::CaseOptions;
use super::super::native::{editable, graph_of};
use super::super::{chart, wording};
use super::Making;

/// So many measures are on the slide of a benefit; the others are in its notes.
const MEASURES: usize = 3;
/// So many causes are named.
const CAUSES: usize = 4;
/// A text of more letters is cut on a slide, and is whole in the notes.
const LONGEST: usize = 160;

/// The text, cut where it is too long for its place; then it is whole in the notes.
fn fitting(text: &str, notes: &mut Vec<String>) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    notes.push(text.to_owned());
    let kept: String = text.chars().take(LONGEST - 1).collect();
    format!("{}…", kept.trim_end())
}

impl Making<'_, '_> {
    /// The slides of the end outcomes, by the day on which they are due.
    pub(super) fn benefits(&self) -> Vec<Slide> {
        let mut ends: Vec<NodeIx> = self.graph.of_kind(NodeKind::EndOutcome).collect();
        ends.sort_by_key(|ix| {
            let node = self.graph.node(*ix);
            (node.due.is_none(), node.due, &node.id)
        });
        let Some(case) = self.case() else {
            return Vec::new();
        };
        ends.into_iter().map(|ix| self.benefit(ix, &case)).collect()
    }

    fn benefit(&self, ix: NodeIx, case: &CaseOptions<'_>) -> Slide {
        let node = self.graph.node(ix);
        let nothing = Measurements::default();
        let known = case.measurements.unwrap_or(&nothing);
        let is_measured = case.measurements.is_some();
        let mut kpis: Vec<(&Kpi, _)> = (self.records.kpis_of(&node.id).iter())
            .map(|kpi| {
                (
                    *kpi,
                    series(kpi, known, case.as_of).in_language(self.records.language()),
                )
            })
            .collect();
        kpis.sort_by_key(|(kpi, series)| (series.outlook.status, kpi.id.clone()));
        let mut notes = Vec::new();
        let mut grid = Grid {
            description: format!("Measures of {}", node.label()),
            columns: [
                ("Measure", 3.0),
                ("Baseline", 2.0),
                ("Last value", 2.2),
                ("Target", 2.2),
                ("Status", 1.3),
            ]
            .map(|(head, share)| (head.to_owned(), share))
            .to_vec(),
            rows: Vec::new(),
        };
        for (at, (kpi, series)) in kpis.iter().enumerate() {
            let outlook = &series.outlook;
            let or = |text: String, nothing: &str| if text.is_empty() { nothing.to_owned() } else { text };
            let last =
                wording::last_measured(outlook, self.records.language()).unwrap_or_else(|| "not measured".to_owned());
            let status = wording::status(outlook.status);
            if is_measured {
                notes.push(format!(
                    "{}: {}: {}.",
                    kpi.label(),
                    status.to_lowercase(),
                    with_minus(&outlook.facts(self.records.language().long()))
                ));
            }
            if at >= MEASURES {
                continue;
            }
            grid.rows.push(vec![
                GridCell::new(fitting(kpi.label(), &mut notes)),
                GridCell::new(or(
                    wording::short_baseline(self.records.language(), kpi),
                    "not yet said",
                )),
                GridCell::new(last),
                GridCell::new(or(wording::target(self.records.language(), kpi), "not yet said")),
                match is_measured {
                    true => GridCell {
                        text: status,
                        verdict: Some(chart::verdict(outlook.status)),
                    },
                    false => GridCell::new("–"),
                },
            ]);
        }
        let mut lines = Vec::new();
        let mut line = |name: &str, text: String| lines.push((format!("{name}: "), text));
        line(
            "Owner",
            node.owner.as_ref().map_or("no owner yet".to_owned(), |id| {
                wording::owner(&self.records, id).to_owned()
            }),
        );
        line(
            "Due",
            node.due
                .map_or("not yet said".to_owned(), |day| self.records.language().day(day)),
        );
        if let Some((kpi, series)) = kpis.first().filter(|_| is_measured) {
            let why = wording::because(&series.outlook, self.records.language());
            let ahead = wording::ahead(&series.outlook, self.records.language());
            let told: Vec<String> = [Some(why), ahead].into_iter().flatten().collect();
            line(kpi.label(), fitting(&format!("{}.", told.join("; ")), &mut notes));
        }
        let causes: Vec<&str> = (self.graph.neighbours(ix, Way::Upstream))
            .map(|from| self.graph.node(from).label())
            .collect();
        if causes.len() > CAUSES {
            notes.push(format!("Brought about by: {}.", wording::row(&causes)));
        }
        let shown = &causes[..causes.len().min(CAUSES)];
        let further = causes.len().saturating_sub(CAUSES);
        line(
            "Brought about by",
            match (shown, further) {
                ([], _) => "nothing on the map yet".to_owned(),
                (shown, 0) => fitting(&wording::row(shown), &mut notes),
                (shown, further) => fitting(&format!("{} and {further} more", shown.join(", ")), &mut notes),
            },
        );
        if kpis.is_empty() {
            line("Measures", "none yet".to_owned());
        } else if kpis.len() > MEASURES {
            line("Further measures", format!("{}, in the notes", kpis.len() - MEASURES));
        }
        if !node.description.trim().is_empty() {
            notes.insert(0, node.description.trim().to_owned());
        }
        let graph = kpis
            .iter()
            .find_map(|(kpi, series)| graph_of(kpi, series))
            .map(editable);
        Slide {
            title: node.label().to_owned(),
            content: Content::Mixed {
                grids: if grid.rows.is_empty() { Vec::new() } else { vec![grid] },
                graph,
                lines,
            },
            notes,
        }
    }
}
