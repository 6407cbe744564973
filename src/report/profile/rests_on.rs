//! The lower half of a profile: what is measured and how it stands, what brings the benefit about, and what could stand in
//! its way.

use std::collections::BTreeSet;

use crate::graph::{NodeIx, NodeSet, Way};
use crate::map::{Aggregation, Kpi, Link, Node, Risk, RiskStatus, Threatened};

use super::super::model::{Cell, Column, Inline, Table};
use super::super::{chart, wording};
use super::{Profiles, lines, lines_or, or_not_said};

impl Profiles<'_, '_> {
    /// What is measured, from where to where, how it stands and where it is heading.
    pub(super) fn measures(&self, node: &Node) -> Table {
        let mut columns = vec![
            Column::new("Measure", 2.4),
            Column::new("Baseline", 1.5),
            Column::new("Target", 1.6),
        ];
        if self.standing.is_some() {
            columns.extend([
                Column::new("Last value", 1.6),
                Column::new("Forecast", 1.9),
                Column::new("Status", 1.3),
            ]);
        } else {
            columns.push(Column::new("How it is measured", 2.4));
        }
        let mut table = Table::new("", columns);
        let kpis = self.records.kpis_of(&node.id);
        if kpis.is_empty() {
            table.push([Cell(vec![Inline::Emphasis("No measure yet".to_owned())])]);
        }
        for kpi in kpis {
            let mut cells = vec![
                Cell::text(kpi.label()),
                or_not_said(wording::short_baseline(self.map.language(), kpi)),
                or_not_said(match (kpi.kept_within(), kpi.final_target()) {
                    (Some(band), _) => format!("keep {band}"),
                    (None, Some(target)) => match target.date {
                        Some(day) => format!(
                            "{} by {}",
                            wording::value(self.map.language(), kpi, target.value),
                            self.map.language().short_day(day)
                        ),
                        None => format!("{}, no date", wording::value(self.map.language(), kpi, target.value)),
                    },
                    (None, None) => String::new(),
                }),
            ];
            match &self.standing {
                None => cells.push(or_not_said(self.measured(kpi))),
                Some(standing) => cells.extend(match standing.of(kpi) {
                    None => vec![Cell::default(), Cell::default(), Cell::default()],
                    Some(outlook) => vec![
                        Cell::text(
                            wording::last_measured(outlook, self.map.language())
                                .unwrap_or_else(|| "Not measured".to_owned()),
                        ),
                        Cell::text(wording::capital(
                            &wording::ahead(outlook, self.map.language()).unwrap_or_else(|| "none".to_owned()),
                        )),
                        Cell::mark(chart::verdict(outlook.status), wording::status(outlook.status)),
                    ],
                }),
            }
            table.push(cells);
        }
        table
    }

    /// How, how often and by whom a KPI is measured; empty where nobody has said.
    fn measured(&self, kpi: &Kpi) -> String {
        let Some(plan) = &kpi.measurement else {
            return String::new();
        };
        let mut parts: Vec<String> = Vec::new();
        parts.extend(Some(plan.frequency.trim().to_owned()).filter(|text| !text.is_empty()));
        parts.extend(
            Some(plan.source.trim())
                .filter(|text| !text.is_empty())
                .map(|source| format!("from {source}")),
        );
        parts.extend(
            plan.responsible
                .as_ref()
                .map(|id| format!("by {}", wording::owner(&self.records, id))),
        );
        if kpi.aggregation == Some(Aggregation::Cumulative) {
            parts.push("added up".to_owned());
        }
        wording::capital(&parts.join(", "))
    }

    /// What brings the benefit about, and what could stand in its way.
    pub(super) fn rests_on(&self, ix: NodeIx) -> Table {
        let graph = self.graph;
        let node = graph.node(ix);
        let mut table = Table::new(
            "",
            [
                Column::new("What it rests on", 1.2),
                Column::new("What the map says", 4.2),
            ],
        );
        let upstream = graph.upstream(ix);
        let titled = |ix: NodeIx| {
            let node = graph.node(ix);
            format!("{} ({})", node.label(), node.kind.label().to_lowercase())
        };
        let causes: Vec<String> = graph.neighbours(ix, Way::Upstream).map(titled).collect();
        let effects: Vec<String> = graph.neighbours(ix, Way::Downstream).map(titled).collect();
        let mut row = |name: &str, cell: Cell| table.push([Cell::text(name), cell]);
        row(
            "Brought about by",
            lines_or(causes, "Nothing on the map leads to it yet"),
        );
        if !effects.is_empty() {
            row("Leads to", lines(effects));
        }
        // Work that others answer for is what the owner of the benefit depends on.
        let needs = |one: &NodeIx| {
            let other = graph.node(*one);
            other.kind.is_output() && upstream.contains(*one) && other.owner.is_some() && other.owner != node.owner
        };
        let mut depends: Vec<NodeIx> = graph.nodes().filter(needs).collect();
        depends.sort_by_key(|one| std::cmp::Reverse(graph.kind(*one)));
        let depends = depends.into_iter().map(|one| {
            let other = graph.node(one);
            let owner = other.owner.as_ref().map_or("", |id| wording::owner(&self.records, id));
            format!("{} ({owner})", other.label())
        });
        row("Dependencies on others", lines_or(depends.collect(), "None on the map"));
        let leads: Vec<&Link> = (graph.links().iter())
            .filter(|link| upstream.contains(link.from) && (link.to == ix || upstream.contains(link.to)))
            .map(|link| link.link)
            .collect();
        let mut assumed = BTreeSet::new();
        let assumptions = leads
            .iter()
            .flat_map(|link| &link.assumptions)
            .filter(|text| assumed.insert(text.as_str()))
            .cloned();
        row("Assumptions", lines(assumptions.collect()));
        row("Constraints", lines(node.constraints.clone()));
        row("Risks", self.risks(ix, &upstream, &leads));
        let harms = |one: &NodeIx| *one != ix && graph.is_disbenefit(*one) && self.comes_with(*one, &upstream);
        let disbenefits = graph
            .nodes()
            .filter(harms)
            .map(|one| graph.node(one).label().to_owned());
        row(
            "Disbenefits that come with it",
            lines_or(disbenefits.collect(), "None on the map"),
        );
        table
    }

    /// Whether what leads to the benefit leads to that node too.
    fn comes_with(&self, other: NodeIx, upstream: &NodeSet) -> bool {
        upstream.contains(other)
            || self
                .graph
                .neighbours(other, Way::Upstream)
                .any(|from| upstream.contains(from))
    }

    /// Open risks of the benefit and of all that leads to it, the gravest first.
    fn risks(&self, ix: NodeIx, upstream: &NodeSet, leads: &[&Link]) -> Cell {
        let is_of = |risk: &&Risk| match &risk.threatens {
            Some(Threatened::Node(id)) => {
                (self.graph.find(id.as_str())).is_some_and(|node| node == ix || upstream.contains(node))
            }
            Some(Threatened::Link { from, to }) => leads.iter().any(|link| link.from == *from && link.to == *to),
            None => false,
        };
        let mut open: Vec<&Risk> = (self.map.risks.iter())
            .filter(|risk| risk.status == RiskStatus::Open)
            .filter(is_of)
            .collect();
        open.sort_by_key(|risk| (std::cmp::Reverse(risk.exposure()), &risk.id));
        let told = open.into_iter().map(|risk| {
            let title = match risk.title.trim() {
                "" => risk.id.as_str(),
                title => title,
            };
            let exposure = risk
                .exposure()
                .map_or("not scored".to_owned(), |exposure| format!("{exposure} of 25"));
            let chosen: Vec<&str> = (risk.responses.iter())
                .filter(|response| response.chosen)
                .map(|response| response.action.as_str())
                .collect();
            match chosen.is_empty() {
                true => format!("{title} ({exposure}; no response chosen)"),
                false => format!("{title} ({exposure}; {})", wording::row(&chosen)),
            }
        });
        lines_or(told.collect(), "No open risk on the map")
    }
}
