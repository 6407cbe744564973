//! What share of a map is backed by what it needs: numerator, denominator, and what is missing.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::finding::{Subject, nearest};
use crate::graph::{Backing, BenefitGraph, NodeIx, Pair, Sight};
use crate::map::{BenefitMap, Day, Kpi, NodeKind, Number, Promise, words};
use crate::track::{Measurements, outlook};

words! {
    /// What is measured of a map, in the order in which it is told. To help an end outcome is to bring about a benefit or
    /// to work against a disbenefit, all links of a chain taken together.
    Measure {
        /// End outcomes that an investment helps.
        LineOfSight = "line-of-sight",
        /// Investments that help an end outcome.
        Investments = "investments",
        /// The cost of nodes that help an end outcome, or are one that is a benefit.
        Money = "money",
        /// Links with a reason.
        Rationale = "rationale",
        /// Links with evidence: a source that is more than an assumption.
        Evidence = "evidence",
        /// Links whose evidence is moderate or strong.
        EvidenceModerate = "evidence-moderate",
        /// Links whose evidence is strong.
        EvidenceStrong = "evidence-strong",
        /// Outcomes with an owner whom the map knows by name.
        Owner = "owner",
        /// Outcomes with a KPI.
        Kpi = "kpi",
        /// Outcomes whose every KPI has a baseline and its day.
        Baseline = "baseline",
        /// Outcomes whose every KPI has a target, each with its day, or is to be kept within a band.
        Target = "target",
        /// Outcomes whose every KPI says how, how often and by whom it is measured.
        MeasurementPlan = "measurement-plan",
        /// KPIs with data: those that were measured in the last period in which they were due.
        Data = "data",
    }
}

impl Measure {
    /// What is counted, to stand in a table that a board reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::LineOfSight => "End outcomes that an investment helps",
            Self::Investments => "Investments that help an end outcome",
            Self::Money => "Money that helps an end outcome",
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

words! {
    /// Why something is not covered.
    Lack {
        /// What is asked for is not there.
        Missing = "missing",
        /// There are chains, but every one of them does harm.
        OnlyHarm = "only-harm",
    }
}

/// A text that names no [`Measure`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not a measure{}: write one of {}",
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
    /// Why it is not covered.
    pub lack: Lack,
}

impl Uncovered {
    /// What a reader is told beside its name where more is to be said than that something is missing; else empty.
    pub fn remark(&self, measure: Measure) -> &'static str {
        match (self.lack, measure) {
            (Lack::Missing, _) => "",
            (Lack::OnlyHarm, Measure::LineOfSight) => "investments only do it harm",
            (Lack::OnlyHarm, _) => "it only does harm",
        }
    }
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

    /// Whether at least that many per cent are covered, reckoned exactly. Where nothing to cover, none is: a
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
/// Several nodes of one id are one, several links between the same two nodes are one with the best that they say, and
/// links to nothing or from a node to itself are none. Feedback counts among the links that should have a reason; of
/// evidence it needs none, since no chain rests on it. What counts as a reason, a source, an owner, a baseline, a target
/// and a plan is told by [`BenefitGraph::pairs`] and by the map's own records, for rules as for coverage.
pub fn coverage(graph: &BenefitGraph<'_>, measured: Option<Measured<'_>>) -> Coverage {
    let counted = Counted {
        graph,
        sight: graph.sight(),
        pairs: graph.pairs(),
    };
    let mut shares = counted.lines_of_sight();
    shares.push(counted.money());
    shares.extend(counted.links());
    shares.extend(counted.outcomes());
    shares.extend(measured.map(|measured| data(graph.map(), measured)));
    let flowing = || counted.pairs.iter().filter(|pair| pair.flows);
    let levels = Backing::ALL.iter().rev();
    Coverage {
        shares,
        links_by_backing: levels
            .map(|level| (*level, flowing().filter(|pair| pair.backing == *level).count()))
            .collect(),
        currency: graph.map().currency.clone(),
    }
}

/// A map with what several measures need of it.
struct Counted<'g, 'm> {
    graph: &'g BenefitGraph<'m>,
    sight: Sight,
    pairs: Vec<Pair<'m>>,
}

impl Counted<'_, '_> {
    fn node(&self, ix: NodeIx, lack: Lack) -> Uncovered {
        let node = self.graph.node(ix);
        let named = !node.title.trim().is_empty();
        Uncovered {
            subject: Subject::Node(node.id.clone()),
            name: if named { node.title.clone() } else { node.id.to_string() },
            amount: None,
            lack,
        }
    }

    /// The share of those among the nodes that lack nothing.
    fn nodes(&self, measure: Measure, among: impl Fn(NodeIx) -> bool, lack: impl Fn(NodeIx) -> Option<Lack>) -> Share {
        let all: Vec<NodeIx> = self.graph.nodes().filter(|ix| among(*ix)).collect();
        let without = all.iter().filter_map(|ix| Some(self.node(*ix, lack(*ix)?)));
        share(measure, all.len(), without.collect())
    }

    fn lines_of_sight(&self) -> Vec<Share> {
        let sight = &self.sight;
        let lacks = |covered: bool, only_harm: bool| match (covered, only_harm) {
            (true, _) => None,
            (false, true) => Some(Lack::OnlyHarm),
            (false, false) => Some(Lack::Missing),
        };
        vec![
            self.nodes(
                Measure::LineOfSight,
                |ix| sight.is_aim(ix),
                |ix| lacks(sight.is_served(ix), sight.is_only_harmed(ix)),
            ),
            self.nodes(
                Measure::Investments,
                |ix| self.graph.kind(ix) == NodeKind::Investment,
                |ix| lacks(sight.does_good(ix), sight.only_harms(ix)),
            ),
        ]
    }

    fn money(&self) -> Share {
        let (mut covered, mut of, mut without) = (Decimal::ZERO, Decimal::ZERO, Vec::new());
        for ix in self.graph.nodes() {
            let Some(sum) = self.graph.map().cost_of(self.graph.node(ix)) else {
                continue;
            };
            of += sum;
            if self.sight.does_good(ix) {
                covered += sum;
                continue;
            }
            let lack = match self.sight.does_harm(ix) {
                true => Lack::OnlyHarm,
                false => Lack::Missing,
            };
            without.push(Uncovered {
                amount: Number::rounded(sum),
                ..self.node(ix, lack)
            });
        }
        without.sort_by(|a, b| a.subject.cmp(&b.subject));
        Share {
            measure: Measure::Money,
            covered: Number::rounded(covered).unwrap_or_default(),
            of: Number::rounded(of).unwrap_or_default(),
            uncovered: without,
        }
    }

    fn links(&self) -> Vec<Share> {
        let links = |measure, among: &dyn Fn(&&Pair<'_>) -> bool, has: &dyn Fn(&Pair<'_>) -> bool| {
            let all: Vec<&Pair<'_>> = self.pairs.iter().filter(among).collect();
            let without = all.iter().filter(|pair| !has(pair)).map(|pair| {
                let [from, to] = [pair.from, pair.to].map(|ix| self.graph.id(ix).clone());
                Uncovered {
                    name: format!("{from} -> {to}"),
                    subject: Subject::Link { from, to },
                    amount: None,
                    lack: Lack::Missing,
                }
            });
            share(measure, all.len(), without.collect())
        };
        let flowing = |pair: &&Pair<'_>| pair.flows;
        vec![
            links(Measure::Rationale, &|_| true, &|pair| pair.says_why),
            links(Measure::Evidence, &flowing, &|pair| pair.backing.is_evidence()),
            links(Measure::EvidenceModerate, &flowing, &|pair| {
                pair.backing >= Backing::Moderate
            }),
            links(Measure::EvidenceStrong, &flowing, &|pair| {
                pair.backing >= Backing::Strong
            }),
        ]
    }

    fn outcomes(&self) -> Vec<Share> {
        let map = self.graph.map();
        let owners = map.named_owners();
        let mut kpis: BTreeMap<&str, Vec<&Kpi>> = BTreeMap::new();
        for kpi in &map.kpis {
            kpis.entry(kpi.node.as_str()).or_default().push(kpi);
        }
        let outcomes = |measure, has: &dyn Fn(NodeIx) -> bool| {
            self.nodes(
                measure,
                |ix| self.graph.kind(ix).is_outcome(),
                |ix| (!has(ix)).then_some(Lack::Missing),
            )
        };
        let every = |measure, has: &dyn Fn(&Kpi) -> bool| {
            let all = |ix: NodeIx| kpis.get(self.graph.id(ix).as_str());
            outcomes(measure, &|ix| all(ix).is_some_and(|all| all.iter().all(|kpi| has(kpi))))
        };
        vec![
            outcomes(Measure::Owner, &|ix| {
                owners.answering(self.graph.node(ix).owner.as_ref()).is_some()
            }),
            every(Measure::Kpi, &|_| true),
            every(Measure::Baseline, &|kpi| kpi.dated_baseline().is_some()),
            every(Measure::Target, &|kpi| kpi.promise() == Promise::Dated),
            every(Measure::MeasurementPlan, &|kpi| kpi.plan_gaps(&owners).is_empty()),
        ]
    }
}

fn data(map: &BenefitMap, (measurements, as_of): Measured<'_>) -> Share {
    let due = map.kpis.iter().map(|kpi| (kpi, outlook(kpi, measurements, as_of)));
    let due: Vec<_> = due.filter(|(_, o)| o.last.is_some() || o.overdue > 0).collect();
    let without = due.iter().filter(|(_, o)| o.last.is_none() || o.overdue > 0);
    let without = without.map(|(kpi, _)| Uncovered {
        subject: Subject::Kpi(kpi.id.clone()),
        name: kpi.label().to_owned(),
        amount: None,
        lack: Lack::Missing,
    });
    share(Measure::Data, due.len(), without.collect())
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
