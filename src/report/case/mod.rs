//! The measurement part of a business case (PAS 184, 5.1.3) out of one map: what it is for, how money becomes outcomes,
//! how success is measured, what may go wrong, who does what, what it costs, and what is still open.

mod appraisal;
mod chains;
mod costs;
mod decisions;
mod delivery;
mod health;
mod measures;
mod register;
mod section;
mod summary;
mod weighted;

use std::cell::OnceCell;

use crate::appraise::{self, Appraised, Assumed};
use crate::check;
use crate::graph::BenefitGraph;
use crate::map::{BenefitMap, Day, Lookup};
use crate::survey::{Answers, QuestionSet};
use crate::track::{Measurements, Standing, standing};

use super::model::{Block, Fact, Numbering, Report};
use super::tracked::status_and_why;
use super::wording;

pub use section::{Audience, Section};

/// What a business case is written from, beside the map.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CaseOptions<'s> {
    /// The day that it speaks of.
    pub as_of: Day,
    /// What was measured; `None` where nothing was, so that nothing is said of how KPIs stand.
    pub measurements: Option<&'s Measurements>,
    /// Where the map comes from, such as a file name; left out where it is empty.
    pub source: String,
    /// What people answered in a health check, with the sets that they were asked; `None` where nobody was asked.
    pub answered: Option<(&'s [QuestionSet], &'s Answers)>,
    /// Who it is written for; `None` for nobody in particular.
    pub audience: Option<Audience>,
    /// Its sections in order, each once; those of [`Section::of`] the audience where there are none.
    pub sections: Vec<Section>,
}

impl CaseOptions<'_> {
    /// Of that day: nothing was measured, and the map comes from nowhere in particular.
    pub fn new(as_of: Day) -> Self {
        Self {
            as_of,
            measurements: None,
            source: String::new(),
            answered: None,
            audience: None,
            sections: Vec::new(),
        }
    }

    /// The sections that it has, in order.
    fn sections(&self) -> Vec<Section> {
        match self.sections.is_empty() {
            true => Section::of(self.audience),
            false => self.sections.clone(),
        }
    }
}

/// All that the sections draw on.
struct Case<'g, 'm> {
    graph: &'g BenefitGraph<'m>,
    map: &'m BenefitMap,
    records: Lookup<'m>,
    options: &'g CaseOptions<'g>,
    standing: Option<Standing<'m>>,
    /// What the checks find; `None` where nobody asked.
    findings: Option<crate::finding::Report>,
    /// The sections that it has.
    sections: Vec<Section>,
    appraised: OnceCell<Result<Appraised, appraise::Error>>,
}

impl<'g, 'm> Case<'g, 'm> {
    /// Without findings.
    fn unchecked(graph: &'g BenefitGraph<'m>, options: &'g CaseOptions<'g>) -> Self {
        Self {
            graph,
            map: graph.map(),
            records: Lookup::new(graph.map()),
            options,
            standing: options.measurements.map(|known| standing(graph, known, options.as_of)),
            findings: None,
            sections: Vec::new(),
            appraised: OnceCell::new(),
        }
    }

    /// What the map comes to by its own appraisal, worked out once for all sections.
    fn appraised(&self) -> Result<&Appraised, &appraise::Error> {
        let appraised = || appraise::appraise(self.graph, &Assumed::default());
        self.appraised.get_or_init(appraised).as_ref()
    }

    fn has(&self, section: Section) -> bool {
        self.sections.contains(&section)
    }

    /// Whether it is for a board, which reads a few pages.
    fn is_short(&self) -> bool {
        self.options.audience == Some(Audience::Board)
    }

    /// The blocks of a section.
    fn section(&self, section: Section) -> Vec<Block> {
        match section {
            Section::Summary => summary::blocks(self),
            Section::Purpose => summary::purpose(self),
            Section::Map => chains::blocks(self),
            Section::Sights => chains::sights(self),
            Section::Evidence => chains::evidence(self),
            Section::Outcomes => register::outcomes(self),
            Section::Register => register::blocks(self),
            Section::Kpis => measures::blocks(self),
            Section::Risks => delivery::risks(self),
            Section::HealthCheck => health::blocks(self),
            Section::Plans => delivery::plans(self),
            Section::Partners => delivery::partners(self),
            Section::Costs => costs::costs(self),
            Section::Appraisal => appraisal::blocks(self),
            Section::Decisions => decisions::blocks(self),
            Section::Findings => summary::findings(self),
        }
    }
}

/// The blocks of one section, for other documents that hold it.
#[cfg(feature = "documents")]
pub(super) fn section_blocks(graph: &BenefitGraph<'_>, options: &CaseOptions<'_>, section: Section) -> Vec<Block> {
    let mut case = Case::unchecked(graph, options);
    case.sections = vec![section];
    case.section(section)
}

/// The benefits register as a document of its own: the section of [`business_case`] with the same columns, one row a KPI.
pub fn benefit_register(graph: &BenefitGraph<'_>, options: &CaseOptions<'_>) -> Report {
    let case = Case::unchecked(graph, options);
    let mut report = Report::new(match case.map.title.trim() {
        "" => "Benefits register".to_owned(),
        title => format!("Benefits register: {title}"),
    })
    .in_language(case.map.language());
    report.facts = facts(&case);
    if let Some(sentence) = options.measurements.and_then(|known| known.reception().sentence()) {
        report.push(Block::note(sentence));
    }
    report.extend(register::body(&case));
    report
}

/// The document: its sections in order, each with what the map holds for it, and a sentence where it holds nothing; the
/// economic appraisal and the health check have one only where there is such a thing, unless it was asked for by name.
///
/// Numbers, names and days are those of the map; nothing is estimated. Points to resolve are those that the checks of the profile
/// `business-case` find as of the day, and are looked for only where they have a section.
pub fn business_case(graph: &BenefitGraph<'_>, options: &CaseOptions<'_>) -> Report {
    let sections = options.sections();
    let check = check::Options {
        profile: check::Profile::BusinessCase,
        as_of: Some(options.as_of),
    };
    let found = || {
        let known = check::Known {
            measurements: options.measurements,
            answered: options.answered,
        };
        check::check_with(graph, known, &check)
    };
    let case = Case {
        findings: sections.contains(&Section::Findings).then(found),
        sections,
        ..Case::unchecked(graph, options)
    };
    let map = case.map;
    let mut report = Report::new(match map.title.trim() {
        "" => "Business case".to_owned(),
        title => title.to_owned(),
    })
    .in_language(map.language());
    report.subtitle = match options.audience {
        Some(Audience::Board) => "Business case: paper for the board".to_owned(),
        Some(Audience::Annex) => "Business case: annex".to_owned(),
        None => "Business case: how the benefits come about, and how they are measured".to_owned(),
    };
    report.numbering = Numbering::Decimal;
    report.facts = facts(&case);
    // Who reads a few pages turns them over; a list of what is on them would be one more.
    if !case.is_short() && case.sections.len() > FEW_SECTIONS {
        report.push(Block::Contents);
        report.push(Block::PageBreak);
    }
    for section in &case.sections {
        report.extend(case.section(*section));
    }
    report
}

/// A document of so many sections has no list of contents.
const FEW_SECTIONS: usize = 4;

fn facts(case: &Case<'_, '_>) -> Vec<Fact> {
    let map = case.map;
    let mut out = vec![Fact::new("As of", case.map.language().day(case.options.as_of))];
    if let Some(period) = map.period {
        let words = match (period.start, period.end) {
            (Some(start), Some(end)) => {
                format!("{} to {}", case.map.language().day(start), case.map.language().day(end))
            }
            (Some(start), None) => format!("from {}", case.map.language().day(start)),
            (None, Some(end)) => format!("to {}", case.map.language().day(end)),
            (None, None) => String::new(),
        };
        if !words.is_empty() {
            out.push(Fact::new("Period", words));
        }
    }
    if !map.currency.is_empty() {
        out.push(Fact::new("Currency", map.currency.clone()));
    }
    if !case.options.source.is_empty() {
        out.push(Fact::new("Made from", case.options.source.clone()));
    }
    out.push(Fact::new(
        "Holds",
        format!(
            "{}, {}, {}, {}",
            wording::count(map.nodes.len(), "box", "boxes"),
            wording::count(map.links.len(), "link", "links"),
            wording::count(map.kpis.len(), "KPI", "KPIs"),
            wording::count(map.risks.len(), "risk", "risks")
        ),
    ));
    out
}
