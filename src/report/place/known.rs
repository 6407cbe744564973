//! A portfolio with all that was found out about it.

use super::super::{Fact, Numbering, Report};
use crate::map::{Day, Node, NodeId};
use crate::portfolio::{Held, Money, OwnStanding, Portfolio, Remark, Square, Total};

/// A portfolio with all that was found out about it.
#[derive(Debug, Clone, Copy)]
pub struct Place<'p> {
    /// The portfolio.
    pub portfolio: &'p Portfolio,
    /// Its maps, as far as they could be read.
    pub maps: &'p [Held<'p>],
    /// The ids of the others, each with why.
    pub unread: &'p [(&'p str, String)],
    /// The totals of every measure and year.
    pub totals: &'p [Total<'p>],
    /// Every outcome by every map.
    pub matrix: &'p [Square<'p>],
    /// How the measures do that the place measures itself.
    pub own: &'p [OwnStanding<'p>],
    /// What the maps cost and are worth.
    pub money: &'p Money<'p>,
    /// What is wrong.
    pub findings: &'p [Remark],
    /// The day that it speaks of.
    pub as_of: Day,
    /// The file, for the first lines.
    pub source: &'p str,
}

impl Place<'_> {
    pub(super) fn title(&self) -> String {
        match self.portfolio.title.trim() {
            "" => "Portfolio".to_owned(),
            title => title.to_owned(),
        }
    }

    pub(super) fn map_title(&self, id: &str) -> String {
        self.maps
            .iter()
            .find(|held| held.id == id)
            .map_or_else(|| id.to_owned(), title_of)
    }

    /// What a KPI of a map is called.
    pub(super) fn kpi_title(&self, map: &str, kpi: &str) -> String {
        let held = self.maps.iter().find(|held| held.id == map);
        let found = held.and_then(|held| held.map.kpis.iter().find(|one| one.id.as_str() == kpi));
        match found.map(|kpi| kpi.title.trim()).filter(|title| !title.is_empty()) {
            Some(title) => title.to_owned(),
            None => kpi.to_owned(),
        }
    }

    /// A node of a map.
    pub(super) fn node(&self, map: &str, node: &NodeId) -> Option<&Node> {
        let held = self.maps.iter().find(|held| held.id == map)?;
        held.map.nodes.iter().find(|one| one.id == *node)
    }

    pub(super) fn begun(&self, title: String, numbering: Numbering) -> Report {
        let mut report = Report::new(title);
        report.numbering = numbering;
        report.subtitle.clone_from(&self.portfolio.purpose);
        report.facts = vec![
            Fact::new("As of", self.as_of.to_string()),
            Fact::new("Made from", self.source),
            Fact::new(
                "Maps",
                match self.unread.len() {
                    0 => format!("{}", self.maps.len()),
                    unread => format!("{} read, {unread} could not be read", self.maps.len()),
                },
            ),
        ];
        report
    }
}

/// What a project is called.
pub(super) fn title_of(held: &Held<'_>) -> String {
    match held.map.title.trim() {
        "" => held.id.to_owned(),
        title => title.to_owned(),
    }
}
