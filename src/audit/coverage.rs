//! What share of a map is backed by what it needs: numerator, denominator, and what is missing.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, RoundingStrategy};

use crate::finding::{Subject, nearest};
use crate::graph::{Backing, BenefitGraph, NodeIx};
use crate::map::{Day, Kpi, NodeKind, Number, words};
use crate::track::{Measurements, outlook};

words! {
    /// What is measured of a map, in the order in which it is told.
    Measure {
        /// End outcomes that an investment leads to.
        LineOfSight = "line-of-sight",
        /// Investments that lead to an end outcome.
        Investments = "investments",
        /// The cost of nodes that lead to an end outcome, or are one.
        Money = "money",
        /// Links with a reason.
        Rationale = "rationale",
        /// Links with evidence: a source that is more than an assumption.
        Evidence = "evidence",
        /// Links whose evidence is moderate or strong.
        EvidenceModerate = "evidence-moderate",
        /// Links whose evidence is strong.
        EvidenceStrong = "evidence-strong",
        /// Outcomes with an owner that the map knows.
        Owner = "owner",
        /// Outcomes with a KPI.
        Kpi = "kpi",
        /// Outcomes with a KPI that has a baseline.
        Baseline = "baseline",
        /// Outcomes with a KPI that has a target and its day.
        Target = "target",
        /// Outcomes with a KPI that has a measurement plan.
        MeasurementPlan = "measurement-plan",
        /// KPIs with data: those that were measured in the last period in which they were due.
        Data = "data",
    }
}

impl Measure {
    /// What is counted, to stand in a table that a board reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::LineOfSight => "End outcomes that an investment leads to",
            Self::Investments => "Investments that lead to an end outcome",
            Self::Money => "Money that leads to an end outcome",
            Self::Rationale => "Links with a reason",
            Self::Evidence => "Links with evidence",
            Self::EvidenceModerate => "Links with moderate or strong evidence",
            Self::EvidenceStrong => "Links with strong evidence",
            Self::Owner => "Outcomes with an owner",
            Self::Kpi => "Outcomes with a KPI",
            Self::Baseline => "Outcomes with a baseline",
            Self::Target => "Outcomes with a target and its day",
            Self::MeasurementPlan => "Outcomes with a measurement plan",
            Self::Data => "KPIs with data in the last period that was due",
        }
    }
}

/// A text that names no [`Measure`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no measure `{text}`{}: write one of {}",
    .nearest.map(|name| format!(", did you mean `{name}`")).unwrap_or_default(),
    Measure::WORDS.join(", ")
)]
pub struct UnknownMeasure {
    /// The refused text.
    pub text: String,
    /// The measure that was perhaps meant.
    pub nearest: Option<&'static str>,
}

impl UnknownMeasure {
    /// The measure of that name.
    ///
    /// # Errors
    /// [`UnknownMeasure`] where there is none.
    pub fn find(text: &str) -> Result<Measure, Self> {
        text.parse().map_err(|_| Self {
            text: text.to_owned(),
            nearest: nearest(text, Measure::WORDS.iter().copied()),
        })
    }
}

/// One line of the coverage of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// What is measured.
    pub measure: Measure,
    /// How much of it is covered: a count, or an amount in the map's currency.
    pub covered: Number,
    /// How much there is of it.
    pub of: Number,
    /// What is not covered, in canonical order.
    pub uncovered: Vec<Uncovered>,
}

/// Something that is not covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncovered {
    /// What it is.
    pub subject: Subject,
    /// What it is called; its id where it has no title, `a -> b` for a link.
    pub name: String,
    /// Its cost, where money is measured.
    pub amount: Option<Number>,
}

impl Share {
    /// The share in per cent to one place, cut and not rounded, so that 100 means all; `None` where there is nothing
    /// to cover.
    pub fn percent(&self) -> Option<Number> {
        let of = self.of.decimal();
        if of.is_zero() {
            return None;
        }
        let share = self.covered.decimal().checked_div(of)? * Decimal::ONE_HUNDRED;
        Number::rounded(share.round_dp_with_strategy(1, RoundingStrategy::ToZero))
    }

    /// Whether at least that many per cent are covered, reckoned exactly. Where there is nothing to cover, none is: a
    /// gate must not open because the map is empty.
    pub fn reaches(&self, percent: Number) -> bool {
        let of = self.of.decimal();
        !of.is_zero() && self.covered.decimal() * Decimal::ONE_HUNDRED >= percent.decimal() * of
    }
}

/// How much of a map is covered.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// The measures, in their order; [`Measure::Data`] only where measurements were given.
    pub shares: Vec<Share>,
    /// How many links are so well backed, the best first; all levels are told.
    pub links_by_backing: Vec<(Backing, usize)>,
    /// The currency of amounts; empty where the map names none.
    pub currency: String,
}

impl Coverage {
    /// One measure; `None` where it was not taken.
    pub fn of(&self, measure: Measure) -> Option<&Share> {
        self.shares.iter().find(|share| share.measure == measure)
    }
}

/// What has been measured, and the day to look from.
pub type Measured<'a> = (&'a Measurements, Day);

/// The coverage of a map; with measurements and a day also that of KPIs with data. A KPI counts for that once it has
/// data or is overdue.
///
/// Several nodes of one id are one, and links to nothing are none. Feedback links are counted among links.
pub fn coverage(graph: &BenefitGraph<'_>, measured: Option<Measured<'_>>) -> Coverage {
    let map = graph.map();
    let to_end = graph.reaching_end_outcome();
    let from_money = graph.reached_from_investment();
    let mut shares = Vec::new();
    let node = |ix: NodeIx| {
        let node = graph.node(ix);
        let named = !node.title.trim().is_empty();
        Uncovered {
            subject: Subject::Node(node.id.clone()),
            name: if named { node.title.clone() } else { node.id.to_string() },
            amount: None,
        }
    };
    let nodes = |measure, among: &dyn Fn(NodeIx) -> bool, has: &dyn Fn(NodeIx) -> bool| {
        let all: Vec<NodeIx> = graph.nodes().filter(|ix| among(*ix)).collect();
        let without = all.iter().filter(|ix| !has(**ix)).map(|ix| node(*ix)).collect();
        share(measure, all.len(), without)
    };
    let is = |kind| move |ix| graph.kind(ix) == kind;
    shares.push(nodes(Measure::LineOfSight, &is(NodeKind::EndOutcome), &|ix| {
        from_money.contains(ix)
    }));
    shares.push(nodes(Measure::Investments, &is(NodeKind::Investment), &|ix| {
        to_end.contains(ix)
    }));

    let (mut covered, mut of, mut without) = (Decimal::ZERO, Decimal::ZERO, Vec::new());
    for ix in graph.nodes() {
        let amounts = graph.node(ix).cost.iter().map(|cost| cost.amount.decimal());
        let Some(sum) = amounts.reduce(|a, b| a + b) else {
            continue;
        };
        of += sum;
        if to_end.contains(ix) {
            covered += sum;
        } else {
            without.push(Uncovered {
                amount: Number::rounded(sum),
                ..node(ix)
            });
        }
    }
    without.sort_by(|a, b| a.subject.cmp(&b.subject));
    shares.push(Share {
        measure: Measure::Money,
        covered: Number::rounded(covered).unwrap_or_default(),
        of: Number::rounded(of).unwrap_or_default(),
        uncovered: without,
    });

    let backings: Vec<Backing> = graph.links().iter().map(|link| link.backing()).collect();
    let links = |measure, has: &dyn Fn(usize) -> bool| {
        let all = graph.links().iter().enumerate();
        let without = all.filter(|(at, _)| !has(*at)).map(|(_, link)| Uncovered {
            subject: Subject::Link {
                from: link.link.from.clone(),
                to: link.link.to.clone(),
            },
            name: format!("{} -> {}", link.link.from, link.link.to),
            amount: None,
        });
        share(measure, graph.links().len(), without.collect())
    };
    shares.push(links(Measure::Rationale, &|at| {
        !graph.links()[at].link.rationale.trim().is_empty()
    }));
    shares.push(links(Measure::Evidence, &|at| backings[at].is_evidence()));
    shares.push(links(Measure::EvidenceModerate, &|at| {
        backings[at] >= Backing::Moderate
    }));
    shares.push(links(Measure::EvidenceStrong, &|at| backings[at] >= Backing::Strong));

    let owners: BTreeSet<&str> = map.owners.iter().map(|owner| owner.id.as_str()).collect();
    let mut kpis: BTreeMap<&str, Vec<&Kpi>> = BTreeMap::new();
    for kpi in &map.kpis {
        kpis.entry(kpi.node.as_str()).or_default().push(kpi);
    }
    let with = |has: fn(&Kpi) -> bool| {
        let kpis = &kpis;
        move |ix: NodeIx| {
            kpis.get(graph.id(ix).as_str())
                .is_some_and(|all| all.iter().any(|kpi| has(kpi)))
        }
    };
    let outcome = |ix: NodeIx| graph.kind(ix).is_outcome();
    shares.push(nodes(Measure::Owner, &outcome, &|ix| {
        graph
            .node(ix)
            .owner
            .as_ref()
            .is_some_and(|id| owners.contains(id.as_str()))
    }));
    shares.push(nodes(Measure::Kpi, &outcome, &with(|_| true)));
    shares.push(nodes(Measure::Baseline, &outcome, &with(|kpi| kpi.baseline.is_some())));
    let dated = |kpi: &Kpi| kpi.targets.iter().any(|target| target.date.is_some());
    shares.push(nodes(Measure::Target, &outcome, &with(dated)));
    shares.push(nodes(
        Measure::MeasurementPlan,
        &outcome,
        &with(|kpi| kpi.measurement.as_ref().is_some_and(|plan| *plan != Default::default())),
    ));
    if let Some((measurements, as_of)) = measured {
        let due = map.kpis.iter().map(|kpi| (kpi, outlook(kpi, measurements, as_of)));
        let due: Vec<_> = due.filter(|(_, o)| o.last.is_some() || o.overdue > 0).collect();
        let without = due.iter().filter(|(_, o)| o.last.is_none() || o.overdue > 0);
        let without = without.map(|(kpi, _)| Uncovered {
            subject: Subject::Kpi(kpi.id.clone()),
            name: if kpi.title.trim().is_empty() {
                kpi.id.to_string()
            } else {
                kpi.title.clone()
            },
            amount: None,
        });
        shares.push(share(Measure::Data, due.len(), without.collect()));
    }
    let levels = Backing::ALL.iter().rev();
    Coverage {
        shares,
        links_by_backing: levels
            .map(|level| (*level, backings.iter().filter(|backing| *backing == level).count()))
            .collect(),
        currency: map.currency.clone(),
    }
}

fn share(measure: Measure, of: usize, mut uncovered: Vec<Uncovered>) -> Share {
    uncovered.sort_by(|a, b| a.subject.cmp(&b.subject));
    let number = |n: usize| Number::try_from(Decimal::from(n)).unwrap_or_default();
    Share {
        measure,
        covered: number(of - uncovered.len()),
        of: number(of),
        uncovered,
    }
}
