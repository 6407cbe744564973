//! Benefit profiles: for each benefit one page with all that the map says of it, and what it does not say yet.
//!
//! The fields are those that the benefits register of the Green Book, the guide of the Infrastructure and Projects Authority and
//! benefit profiles of MSP ask for. Nothing is estimated: what a reader needs to know and the map does not say is "Not yet said".

mod rests_on;

use std::collections::BTreeSet;

use crate::appraise::shown::figure;
use crate::appraise::{self, Appraised, Assumed, Side, appraise};
use crate::finding::Subject;
use crate::graph::{BenefitGraph, NodeIx};
use crate::map::{BenefitMap, Day, Gains, Kpi, Language, Lookup, Node, NodeKind, Number, Owner, OwnerId, Stake};
use crate::track::{Measurements, Standing, standing};

use super::model::{Block, Cell, Column, Fact, Inline, Report, Table, Target};
use super::{chart, wording};

/// Of a list in a cell so many are named before the rest are counted: a profile is one page.
const NAMED: usize = 2;
/// What a reader needs to know and the map does not say.
const NOT_SAID: &str = "Not yet said";

/// What benefit profiles are written from, beside the map.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProfileOptions<'s> {
    /// The day that they speak of.
    pub as_of: Day,
    /// What was measured; `None` where nothing was.
    pub measurements: Option<&'s Measurements>,
    /// Where the map comes from, such as a file name; left out where it is empty.
    pub source: String,
    /// The benefits, in this order; every end outcome by the day on which it is due where there are none.
    pub benefits: Vec<NodeIx>,
}

impl ProfileOptions<'_> {
    /// Of that day, for every end outcome of a map that comes from nowhere in particular and of which nothing was measured.
    pub fn new(as_of: Day) -> Self {
        Self {
            as_of,
            measurements: None,
            source: String::new(),
            benefits: Vec::new(),
        }
    }
}

/// The profiles as a document, each from the top of a page.
pub fn benefit_profiles(graph: &BenefitGraph<'_>, options: &ProfileOptions<'_>) -> Report {
    let map = graph.map();
    let profiles = Profiles {
        graph,
        map,
        records: Lookup::new(map),
        standing: options.measurements.map(|known| standing(graph, known, options.as_of)),
        appraised: map
            .kpis
            .iter()
            .any(|kpi| kpi.value.is_some())
            .then(|| appraise(graph, &Assumed::default())),
    };
    let benefits = match options.benefits.is_empty() {
        true => by_due(graph, graph.of_kind(NodeKind::EndOutcome).collect()),
        false => options.benefits.clone(),
    };
    let many = benefits.len();
    let title = map.title.trim();
    let as_of = format!("as of {}", map.language().day(options.as_of));
    let mut report = Report::new("").in_language(map.language());
    match benefits.as_slice() {
        // A profile that goes out alone is called after its benefit, and all of its page is for it.
        [only] => {
            report.title = graph.node(*only).label().to_owned();
            let of = [title].into_iter().filter(|title| !title.is_empty());
            let words: Vec<&str> = ["Benefit profile"]
                .into_iter()
                .chain(of)
                .chain([as_of.as_str()])
                .collect();
            report.subtitle = words.join(" · ");
            report.extend(profiles.of(*only, None));
        }
        several => {
            report.title = match title {
                "" => "Benefit profiles".to_owned(),
                title => format!("Benefit profiles: {title}"),
            };
            report.facts = profiles.facts(options);
            match several.is_empty() {
                true => report.push(Block::note(
                    "The map has no end outcomes yet. Each of them gets a page here.",
                )),
                false => report.push(Block::Table(profiles.list(several))),
            }
            for (at, ix) in several.iter().enumerate() {
                report.push(Block::PageBreak);
                report.extend(profiles.of(*ix, Some((at + 1, many))));
            }
        }
    }
    report
}

/// What links call the profile of a benefit.
fn anchor(node: &Node) -> String {
    format!("profile-{}", node.id)
}

/// Nodes by the day on which they are due, those without one last.
fn by_due(graph: &BenefitGraph<'_>, mut nodes: Vec<NodeIx>) -> Vec<NodeIx> {
    nodes.sort_by_key(|ix| {
        let node = graph.node(*ix);
        (node.due.is_none(), node.due, &node.id)
    });
    nodes
}

struct Profiles<'g, 'm> {
    graph: &'g BenefitGraph<'m>,
    map: &'m BenefitMap,
    records: Lookup<'m>,
    standing: Option<Standing<'m>>,
    appraised: Option<Result<Appraised, appraise::Error>>,
}

/// A text, or that nobody has said it.
fn or_not_said(text: impl Into<String>) -> Cell {
    let text = text.into();
    match text.trim() {
        "" => Cell(vec![Inline::Emphasis(NOT_SAID.to_owned())]),
        _ => Cell::text(text),
    }
}

/// The first of many, a line each, and how many more there are; that nobody has said it where there are none.
fn lines(all: Vec<String>) -> Cell {
    lines_or(all, NOT_SAID)
}

fn lines_or(mut all: Vec<String>, nothing: &str) -> Cell {
    if all.is_empty() {
        return Cell(vec![Inline::Emphasis(nothing.to_owned())]);
    }
    let further = all.len().saturating_sub(NAMED);
    if further > 1 {
        all.truncate(NAMED);
        all.push(format!("and {further} more on the map"));
    }
    Cell::lines(all)
}

impl<'m> Profiles<'_, 'm> {
    /// What stands on the first page before the first profile.
    fn facts(&self, options: &ProfileOptions<'_>) -> Vec<Fact> {
        let mut out = vec![Fact::new("As of", self.map.language().day(options.as_of))];
        if let Some(document) = &self.map.document {
            for (name, value) in [
                ("Version", &document.version),
                ("Status", &document.status),
                ("Marking", &document.marking),
            ] {
                if !value.trim().is_empty() {
                    out.push(Fact::new(name, value.clone()));
                }
            }
        }
        if !options.source.is_empty() {
            out.push(Fact::new("Made from", options.source.clone()));
        }
        out
    }

    /// The benefits in a row each, for the first page: each leads to its profile.
    fn list(&self, benefits: &[NodeIx]) -> Table {
        let mut columns = vec![
            Column::new("Benefit", 3.0),
            Column::new("Owner", 2.0),
            Column::new("Due", 1.2),
        ];
        columns.extend(
            self.standing
                .as_ref()
                .map(|_| Column::new("Status of its measures", 2.2)),
        );
        let mut table = Table::new("", columns);
        for (at, ix) in benefits.iter().enumerate() {
            let node = self.graph.node(*ix);
            let name = Inline::Link {
                text: format!("{}. {}", at + 1, node.label()),
                target: Target::Place(anchor(node)),
            };
            let mut cells = vec![
                Cell(vec![name]),
                self.owner(node.owner.as_ref()),
                or_not_said(node.due.map_or(String::new(), |day| self.map.language().short_day(day))),
            ];
            if let Some(standing) = &self.standing {
                let mut marks = Vec::new();
                for outlook in self.records.kpis_of(&node.id).iter().filter_map(|kpi| standing.of(kpi)) {
                    if !marks.is_empty() {
                        marks.push(Inline::Break);
                    }
                    let words = wording::status(outlook.status);
                    marks.push(Inline::Mark(chart::verdict(outlook.status), words));
                }
                cells.push(match marks.is_empty() {
                    true => Cell(vec![Inline::Emphasis("No measure yet".to_owned())]),
                    false => Cell(marks),
                });
            }
            table.push(cells);
        }
        table
    }

    /// One profile, with its place among several.
    fn of(&self, ix: NodeIx, place: Option<(usize, usize)>) -> Vec<Block> {
        let node = self.graph.node(ix);
        let mut out = Vec::new();
        if place.is_some() {
            out.push(Block::heading_at(1, node.label(), anchor(node)));
        }
        if !node.description.trim().is_empty() {
            out.push(Block::text(node.description.trim()));
        }
        out.push(Block::Table(self.about(ix, place)));
        out.push(Block::Table(self.measures(node)));
        out.push(Block::Table(self.rests_on(ix)));
        out
    }

    fn about(&self, ix: NodeIx, place: Option<(usize, usize)>) -> Table {
        let node = self.graph.node(ix);
        let mut table = Table::new(
            "",
            [Column::new("The benefit", 1.2), Column::new("What the map says", 4.2)],
        );
        let mut row = |name: &str, cell: Cell| table.push([Cell::text(name), cell]);
        let number = place.map_or(String::new(), |(at, many)| format!("{at} of {many}, "));
        row("Number", Cell::text(format!("{number}{}", node.id)));
        row("Class and who gains", self.class(ix));
        row("Objectives served", lines(node.objectives.clone()));
        row("Owner", self.owner(node.owner.as_ref()));
        row("Value by year", self.value_by_year(node));
        row("Due and build-up", self.build_up(node));
        row(
            "Who gains and who loses",
            lines(node.stakeholders.iter().map(stakeholder).collect()),
        );
        let review = node.review.clone().unwrap_or_default();
        row("Reporting line", or_not_said(review.reporting_line.trim()));
        row("Reviews", self.reviews(node, review.next));
        row("Version", self.version());
        table
    }

    /// What sort of benefit it is, as the values of its KPIs say, and who gains.
    fn class(&self, ix: NodeIx) -> Cell {
        let node = self.graph.node(ix);
        let mut first = vec![match self.graph.is_disbenefit(ix) {
            true => format!("Disbenefit, {}", node.kind.label().to_lowercase()),
            false => node.kind.label().to_owned(),
        }];
        first.extend(node.quick_win.then(|| "quick win".to_owned()));
        first.extend(node.unintended.then(|| "unintended".to_owned()));
        let values = || {
            self.records
                .kpis_of(&node.id)
                .iter()
                .filter_map(|kpi| kpi.value.as_ref())
        };
        let classes: BTreeSet<String> = values()
            .filter_map(|value| value.class)
            .map(|class| class.as_str().replace('-', " "))
            .collect();
        let gains: BTreeSet<&str> = values()
            .map(|value| value.gains.unwrap_or(Gains::Society))
            .map(wording::gains)
            .collect();
        let listed = |all: Vec<&str>| match all.is_empty() {
            true => NOT_SAID.to_lowercase(),
            false => wording::row(&all),
        };
        Cell::text(format!(
            "{}. Class: {}. Gains: {}.",
            first.join(", "),
            listed(classes.iter().map(String::as_str).collect()),
            listed(gains.into_iter().collect()),
        ))
    }

    fn owner(&self, id: Option<&OwnerId>) -> Cell {
        match id {
            None => Cell(vec![Inline::Emphasis("No owner yet".to_owned())]),
            Some(id) => Cell::text(self.person(id)),
        }
    }

    /// An owner with the organisation.
    fn person(&self, id: &OwnerId) -> String {
        self.records.owner(id).map_or_else(|| id.to_string(), Owner::in_full)
    }

    /// What the KPIs of the benefit are worth in each year of the appraisal, not discounted.
    fn value_by_year(&self, node: &Node) -> Cell {
        let kpis = self.records.kpis_of(&node.id);
        if !kpis
            .iter()
            .any(|kpi| kpi.value.as_ref().is_some_and(|value| value.is_in_money()))
        {
            return Cell(vec![Inline::Emphasis("No value in money is given".to_owned())]);
        }
        let whole = match &self.appraised {
            Some(Ok(whole)) => whole,
            Some(Err(why)) => return Cell::text(format!("The map cannot be appraised as it is: {why}")),
            None => return or_not_said(""),
        };
        let of_kpi = |kpi: &&&Kpi| {
            let subject = Subject::Kpi(kpi.id.clone());
            whole
                .lines
                .iter()
                .any(|line| line.side == Side::Benefit && line.subject == subject)
        };
        let mut out: Vec<String> = Vec::new();
        let valued: Vec<&&Kpi> = kpis.iter().filter(of_kpi).collect();
        for kpi in &valued {
            let subject = Subject::Kpi(kpi.id.clone());
            let line = whole
                .lines
                .iter()
                .find(|line| line.side == Side::Benefit && line.subject == subject);
            let amounts = line.map(|line| line.amounts.as_slice()).unwrap_or_default();
            let years: Vec<String> = (amounts.iter().enumerate())
                .filter(|(_, amount)| !amount.is_zero())
                .filter_map(|(year, amount)| {
                    let rounded = Number::new(&figure(*amount, 0).replace(',', "")).ok()?;
                    let label = whole.calendar.label(i64::try_from(year).ok()?);
                    Some(format!("{label} {}", wording::money(self.map, rounded)))
                })
                .collect();
            let said = match years.is_empty() {
                true => "nothing in the years of the appraisal".to_owned(),
                false => years.join(", "),
            };
            out.push(match valued.len() {
                1 => said,
                _ => format!("{}: {said}", kpi.label()),
            });
        }
        if out.is_empty() {
            return or_not_said("");
        }
        let prices = match whole.price_year.trim() {
            "" => "Not discounted.".to_owned(),
            year => format!("In prices of {year}, not discounted."),
        };
        out.push(prices);
        Cell::lines(out)
    }

    /// When it is there, and how it builds up.
    fn build_up(&self, node: &Node) -> Cell {
        let mut out = vec![match (node.start, node.due) {
            (Some(start), Some(due)) => format!(
                "From {} to {}.",
                self.map.language().day(start),
                self.map.language().day(due)
            ),
            (None, Some(due)) => format!("Due {}.", self.map.language().day(due)),
            (Some(start), None) => format!(
                "From {}; the day on which it is due is not yet said.",
                self.map.language().day(start)
            ),
            (None, None) => "The day on which it is due is not yet said.".to_owned(),
        }];
        for kpi in self.records.kpis_of(&node.id) {
            let Some(value) = &kpi.value else { continue };
            let mut said = Vec::new();
            if !value.build_up.is_empty() {
                let shares: Vec<String> = value
                    .build_up
                    .iter()
                    .map(|share| percent(self.map.language(), *share))
                    .collect();
                said.push(format!(
                    "{} of it in the first years, then all of it",
                    wording::row(&shares)
                ));
            }
            if let Some(delay) = value.delay.filter(|delay| *delay > 0) {
                said.push(format!(
                    "{} later than the measure shows",
                    wording::counted(delay.into(), "month", "months")
                ));
            }
            if let Some(drop) = &value.drop_off {
                said.push(format!(
                    "{} lost each year after that",
                    percent(self.map.language(), drop.share)
                ));
            }
            if !said.is_empty() {
                out.push(format!("{}: {}.", kpi.label(), said.join("; ")));
            }
        }
        Cell(vec![Inline::text(out.join(" "))])
    }

    /// When it is looked at next, and who has agreed to it or challenged it.
    fn reviews(&self, node: &Node, next: Option<Day>) -> Cell {
        let mut out = vec![match next {
            Some(day) => format!("Next review on {}.", self.map.language().day(day)),
            None => "The day of the next review is not yet said.".to_owned(),
        }];
        let subject = Subject::Node(node.id.clone()).to_string();
        let said = self.map.reviews.iter().filter(|review| review.subject == subject);
        let said: Vec<String> = said
            .map(|review| {
                let on = review.on.map_or(String::new(), |day| {
                    format!(" on {}", self.map.language().short_day(day))
                });
                format!(
                    "{} by {}{on}",
                    wording::capital(review.says.as_str()),
                    wording::owner(&self.records, &review.by)
                )
            })
            .collect();
        if !said.is_empty() {
            out.push(format!("{}.", said.join("; ")));
        }
        Cell::text(out.join(" "))
    }

    /// Which version of the map this is, and who has approved it.
    fn version(&self) -> Cell {
        let Some(document) = &self.map.document else {
            return or_not_said("");
        };
        let said: Vec<&str> = [&document.version, &document.status, &document.marking]
            .into_iter()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect();
        let mut out = vec![match said.is_empty() {
            true => NOT_SAID.to_owned(),
            false => said.join(", "),
        }];
        for approval in &document.approvals {
            let by = self
                .map
                .owners
                .iter()
                .find(|owner| owner.id.as_str() == approval.by.trim());
            let by = by.map_or(approval.by.trim().to_owned(), |owner| owner.label().to_owned());
            let role = match approval.role.trim() {
                "" => String::new(),
                role => format!(" ({role})"),
            };
            let version = match approval.version.trim() {
                "" => String::new(),
                version => format!("version {version} "),
            };
            out.push(match approval.on {
                Some(day) => format!("{}approved by {by}{role} on {}", version, self.map.language().day(day)),
                None => format!("{}waits for the approval of {by}{role}", version),
            });
        }
        Cell::text(wording::capital(&out.join("; ")))
    }
}

/// Who gains or loses, and what.
fn stakeholder(one: &crate::map::Stakeholder) -> String {
    let what = match one.what.trim() {
        "" => String::new(),
        what => format!(" {what}"),
    };
    match one.stake {
        Some(Stake::Gains) => format!("{} gains{}", one.who, if what.is_empty() { "" } else { ":" }) + &what,
        Some(Stake::Loses) => format!("{} loses{}", one.who, if what.is_empty() { "" } else { ":" }) + &what,
        None if what.is_empty() => one.who.clone(),
        None => format!("{}:{what}", one.who),
    }
}

/// A share in per cent.
fn percent(language: Language, share: Number) -> String {
    let hundred = Number::from(100);
    (share.decimal().checked_mul(hundred.decimal()))
        .and_then(Number::rounded)
        .map_or_else(|| share.to_string(), |share| format!("{}%", language.number(share)))
}
