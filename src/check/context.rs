//! What rules look at: the map, its graph, and answers that several rules need, each worked out once.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

use super::broken::{Broken, aimed_at};
use super::registry::{Needs, Rule};
use super::sink::Fault;
use super::{Known, Options, wording};
use crate::finding::Subject;
use crate::graph::{Backing, BenefitGraph, Cycle, GraphLink, Nearest, NodeIx, NodeSet, Pair, Way};
use crate::map::{
    BenefitMap, Binding, Day, Fingerprints, Kpi, NamedOwners, Node, NodeKind, OwnerId, Review, Risk, RiskStatus, Says,
};
use crate::survey::{Answer, Answers, QuestionSet, Results, Scale};
use crate::track::Measurements;

/// How many characters may be compared in search of what was meant, over the whole check.
const GUESSES: usize = 5_000_000;

/// What a rule may look at.
pub(super) struct Context<'m> {
    pub(super) map: &'m BenefitMap,
    pub(super) graph: &'m BenefitGraph<'m>,
    /// The day to judge by.
    pub(super) as_of: Option<Day>,
    /// What has been measured; `None` where that is not known.
    pub(super) measurements: Option<&'m Measurements>,
    answered: Option<(&'m [QuestionSet], &'m Answers)>,
    doubts: OnceCell<Doubts>,
    to_end: OnceCell<NodeSet>,
    from_investment: OnceCell<NodeSet>,
    linked: OnceCell<NodeSet>,
    cycles: OnceCell<Vec<Cycle>>,
    broken: OnceCell<Broken>,
    nearest_investment: OnceCell<Nearest>,
    without_output: OnceCell<NodeSet>,
    owners: OnceCell<HashMap<&'m str, usize>>,
    named: OnceCell<NamedOwners<'m>>,
    owner_of: OnceCell<Vec<Option<usize>>>,
    kpi_entries: OnceCell<Vec<(u32, Option<NodeIx>)>>,
    pairs: OnceCell<Vec<Pair<'m>>>,
    straight: OnceCell<(usize, usize)>,
    prints: OnceCell<Fingerprints<'m>>,
    guesses: Cell<usize>,
}

/// Nodes of which it is not known where their links lead, for a fault of another kind stands in the way. A rule that
/// judges by what is missing keeps silent about them: what is missing may only be misspelt.
struct Doubts {
    /// Something leads to them from nobody knows where.
    upstream: NodeSet,
    /// They lead nobody knows where.
    downstream: NodeSet,
    /// Several nodes have their id.
    twofold: NodeSet,
    /// Links to a misspelt node, led to the node that was perhaps meant.
    guessed: Vec<(NodeIx, NodeIx)>,
}

impl<'m> Context<'m> {
    pub(super) fn new(graph: &'m BenefitGraph<'m>, options: &Options, known: Known<'m>) -> Self {
        Self {
            map: graph.map(),
            graph,
            as_of: options.as_of,
            measurements: known.measurements,
            answered: known.answered,
            doubts: OnceCell::new(),
            to_end: OnceCell::new(),
            from_investment: OnceCell::new(),
            linked: OnceCell::new(),
            cycles: OnceCell::new(),
            broken: OnceCell::new(),
            nearest_investment: OnceCell::new(),
            without_output: OnceCell::new(),
            owners: OnceCell::new(),
            named: OnceCell::new(),
            owner_of: OnceCell::new(),
            kpi_entries: OnceCell::new(),
            pairs: OnceCell::new(),
            straight: OnceCell::new(),
            prints: OnceCell::new(),
            guesses: Cell::new(GUESSES),
        }
    }

    /// Whether all that the rule needs is known.
    pub(super) fn can_judge(&self, rule: &Rule) -> bool {
        let Needs {
            measurements,
            day,
            answers,
        } = rule.needs;
        (!measurements || self.measurements.is_some())
            && (!day || self.as_of.is_some())
            && (!answers || self.answered.is_some())
    }

    /// What came of the last round of every set that was answered, in the order of the sets.
    pub(super) fn results(&self) -> impl Iterator<Item = Results<'m>> {
        let answered = self.answered.into_iter();
        answered.flat_map(|(sets, answers)| Results::of_all(sets, answers))
    }

    /// The last day on which a question about the programme was answered, votes on links left out, and whether there is an
    /// answer at all.
    pub(super) fn last_answered(&self) -> (bool, Option<Day>) {
        let Some((sets, answers)) = self.answered else {
            return (false, None);
        };
        let of_programme = |answer: &&Answer| sets.get(answer.set).is_some_and(|set| set.scale != Scale::Confidence);
        let days = answers.all.iter().filter(of_programme).map(|answer| answer.on);
        days.fold((false, None), |(_, last), day| (true, last.max(day)))
    }

    pub(super) fn node(&self, ix: NodeIx) -> &'m Node {
        self.graph.node(ix)
    }

    pub(super) fn kind(&self, ix: NodeIx) -> NodeKind {
        self.graph.kind(ix)
    }

    /// The node's title in backticks.
    pub(super) fn name(&self, ix: NodeIx) -> String {
        wording::name(self.node(ix))
    }

    /// The node's kind as it is read in a sentence, and its title: ``enabler `Sensors` ``.
    pub(super) fn kind_and_name(&self, ix: NodeIx) -> String {
        format!("{} {}", kind(self.graph.kind(ix)), self.name(ix))
    }

    pub(super) fn subject(&self, ix: NodeIx) -> Subject {
        Subject::Node(self.node(ix).id.clone())
    }

    pub(super) fn link_subject(&self, from: NodeIx, to: NodeIx) -> Subject {
        Subject::Link {
            from: self.node(from).id.clone(),
            to: self.node(to).id.clone(),
        }
    }

    /// The titles with arrows between them.
    pub(super) fn chain(&self, nodes: &[NodeIx]) -> String {
        wording::chain(nodes.iter().map(|ix| self.node(*ix)))
    }

    /// Whether the map has no node of the kind, and none of an id that another node has taken.
    pub(super) fn lacks(&self, kind: NodeKind) -> bool {
        !self.map.nodes.iter().any(|node| node.kind == kind)
    }

    /// Whether the map has neither enablers nor business changes.
    pub(super) fn has_no_output(&self) -> bool {
        self.lacks(NodeKind::Enabler) && self.lacks(NodeKind::BusinessChange)
    }

    /// How many steps lead from enablers, and how many from investments, straight to outcomes that are aimed at.
    fn straight_to_outcomes(&self) -> (usize, usize) {
        *self.straight.get_or_init(|| {
            let (mut enablers, mut investments) = (0, 0);
            for (from, to) in self.steps() {
                if self.kind(to).is_outcome() && aimed_at(self.node(to)) {
                    enablers += usize::from(self.kind(from) == NodeKind::Enabler);
                    investments += usize::from(self.kind(from) == NodeKind::Investment);
                }
            }
            (enablers, investments)
        })
    }

    /// Where the map has no business change at all, and several of its links pass over where one should stand: how many
    /// of them lead from enablers, and how many from investments. Then that is one fact about the map.
    pub(super) fn without_business_change(&self) -> Option<(usize, usize)> {
        if !self.lacks(NodeKind::BusinessChange) || self.lacks(NodeKind::Enabler) {
            return None;
        }
        let (enablers, investments) = self.straight_to_outcomes();
        (enablers > 0 && enablers + investments > 1).then_some((enablers, investments))
    }

    /// The step of a loop that most likely closes it: the one that goes back by most stages, of several the last.
    pub(super) fn closing_step(&self, cycle: &Cycle) -> (NodeIx, NodeIx) {
        let stage = |ix: NodeIx| self.graph.kind(ix).stage() as isize;
        let next = cycle.nodes.iter().cycle().skip(1);
        let steps = cycle.nodes.iter().zip(next).map(|(from, to)| (*from, *to));
        steps
            .max_by_key(|(from, to)| stage(*from) - stage(*to))
            .unwrap_or((cycle.nodes[0], cycle.nodes[0]))
    }

    pub(super) fn cycles(&self) -> &[Cycle] {
        self.cycles.get_or_init(|| self.graph.cycles())
    }

    /// Nodes from which an end outcome is reached, or from which nobody knows what is reached.
    pub(super) fn reaching_end_outcome(&self) -> &NodeSet {
        self.to_end.get_or_init(|| {
            let ends = self.graph.of_kind(NodeKind::EndOutcome);
            self.graph
                .reach(ends.chain(self.doubts().downstream.iter()), Way::Upstream)
        })
    }

    /// Nodes that an investment reaches, or that nobody knows what reaches.
    pub(super) fn reached_from_investment(&self) -> &NodeSet {
        self.from_investment.get_or_init(|| {
            let investments = self.graph.of_kind(NodeKind::Investment);
            let starts = investments.chain(self.doubts().upstream.iter());
            self.graph.reach(starts, Way::Downstream)
        })
    }

    /// Nodes with a link to or from another node along which something flows, or perhaps one: the rest are orphans.
    pub(super) fn linked(&self) -> &NodeSet {
        self.linked.get_or_init(|| {
            let mut set = self.doubts().upstream.union(&self.doubts().downstream);
            for link in self.graph.links() {
                if link.flows() && link.from != link.to {
                    set.insert(link.from);
                    set.insert(link.to);
                }
            }
            set
        })
    }

    /// Nodes whose feeders are not known for certain.
    pub(super) fn doubtful_upstream(&self) -> &NodeSet {
        &self.doubts().upstream
    }

    /// Nodes of which it is not known for certain what they lead to.
    pub(super) fn doubtful_downstream(&self) -> &NodeSet {
        &self.doubts().downstream
    }

    /// Links to or from a misspelt node, between the nodes that were perhaps meant.
    pub(super) fn guessed_links(&self) -> impl Iterator<Item = (NodeIx, NodeIx)> + '_ {
        self.doubts().guessed.iter().copied()
    }

    /// Whether several nodes have the node's id, so that nobody knows which of them a link means.
    pub(super) fn is_twofold(&self, ix: NodeIx) -> bool {
        self.doubts().twofold.contains(ix)
    }

    /// Nodes of the set that none of the set leads to (downstream), or that lead to none of the set (upstream), and one
    /// for every loop of the set that stands alike: where what is wrong with the whole set begins.
    pub(super) fn heads(&self, set: &NodeSet, way: Way) -> NodeSet {
        let against = match way {
            Way::Downstream => Way::Upstream,
            Way::Upstream => Way::Downstream,
        };
        let alone = |ix: &NodeIx| {
            let mut before = self.graph.neighbours(*ix, against);
            !before.any(|other| other != *ix && set.contains(other))
        };
        let mut heads: NodeSet = set.iter().filter(alone).collect();
        let mut seen = heads.clone();
        self.spread(heads.iter().collect(), &mut seen, set, way);
        for cycle in self.cycles() {
            let first = cycle.nodes[0];
            if set.contains(first) && !seen.contains(first) {
                // Loops are looked at in the map's order, so one may be chosen that another, later one leads to; it
                // is a place where a reader may begin all the same.
                heads.insert(first);
                seen.insert(first);
                self.spread(vec![first], &mut seen, set, way);
            }
        }
        heads
    }

    fn spread(&self, mut open: Vec<NodeIx>, seen: &mut NodeSet, set: &NodeSet, way: Way) {
        while let Some(ix) = open.pop() {
            for next in self.graph.neighbours(ix, way) {
                if set.contains(next) && seen.insert(next) {
                    open.push(next);
                }
            }
        }
    }

    /// Which of `ids` was perhaps meant by `text`: at most a third of its letters differ. After a great many searches
    /// over a large map it gives up, and answers `None`.
    pub(super) fn meant<'i>(&self, text: &str, ids: impl Iterator<Item = &'i str>) -> Option<&'i str> {
        let most = (text.len() / 3).clamp(1, 3);
        let mut best: Option<(usize, &str)> = None;
        for id in ids {
            let left = self.guesses.get();
            if left == 0 {
                return None;
            }
            self.guesses.set(left.saturating_sub(1));
            if id.len().abs_diff(text.len()) > most || id == text {
                continue;
            }
            self.guesses.set(left.saturating_sub(text.len() * id.len()));
            let distance = strsim::osa_distance(text, id);
            if distance <= most && best.is_none_or(|best| (distance, id) < best) {
                best = Some((distance, id));
            }
        }
        best.map(|(_, id)| id)
    }

    /// The steps of the map: every pair of different nodes that a link along which something flows leads between, each
    /// pair once, without nodes whose id is not their own alone.
    pub(super) fn steps(&self) -> impl Iterator<Item = (NodeIx, NodeIx)> {
        let mut last_from = vec![None; self.graph.len()];
        let nodes = self.graph.nodes().filter(|ix| !self.is_twofold(*ix));
        let all = nodes.flat_map(|from| self.graph.neighbours(from, Way::Downstream).map(move |to| (from, to)));
        all.filter(move |(from, to)| {
            from != to && !self.is_twofold(*to) && last_from[to.index()].replace(*from) != Some(*from)
        })
    }

    /// Every pair of different nodes between which the map says something, feedback too, with all that its links say.
    pub(super) fn pairs(&self) -> &[Pair<'m>] {
        self.pairs.get_or_init(|| self.graph.pairs())
    }

    /// The links of a pair, in the map's order.
    pub(super) fn links_between(&self, pair: &Pair<'_>) -> impl Iterator<Item = &'m GraphLink<'m>> {
        let to = pair.to;
        let links = self.graph.links_of(pair.from, Way::Downstream);
        links.filter(move |link| link.to == to)
    }

    /// The pairs along which something flows.
    pub(super) fn flowing_pairs(&self) -> impl Iterator<Item = &Pair<'m>> + Clone {
        self.pairs().iter().filter(|pair| pair.flows)
    }

    /// Whether the map has no evidence for any of its links: that is told once, and not of what hangs on them.
    pub(super) fn is_without_evidence(&self) -> bool {
        self.flowing_pairs().all(|pair| pair.backing == Backing::Nothing)
    }

    /// The risks that are still open.
    pub(super) fn open_risks(&self) -> impl Iterator<Item = RiskAt<'m>> {
        self.risks().filter(|at| at.risk.status == RiskStatus::Open)
    }

    /// Every risk of the map, in its order.
    pub(super) fn risks(&self) -> impl Iterator<Item = RiskAt<'m>> {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        self.map.risks.iter().map(move |risk| {
            let count = seen.entry(risk.id.as_str()).or_default();
            *count += 1;
            RiskAt {
                risk,
                occurrence: *count - 1,
            }
        })
    }

    /// The way from the node to what the table leads to, as text; of a long one the two ends.
    pub(super) fn way(&self, nearest: &Nearest, from: NodeIx) -> String {
        const WHOLE: usize = 16;
        let steps = nearest.distance(from).unwrap_or(0);
        if steps < WHOLE {
            return self.chain(&nearest.chain(from).collect::<Vec<_>>());
        }
        let first: Vec<NodeIx> = nearest.chain(from).take(WHOLE / 2).collect();
        let last = nearest.target(from).map_or(String::new(), |ix| self.name(ix));
        format!("{} -> ({} more) -> {last}", self.chain(&first), steps - WHOLE / 2)
    }

    /// The way on from nodes without a line of sight to an end outcome to where it stops.
    pub(super) fn broken(&self) -> &Broken {
        self.broken.get_or_init(|| Broken::new(self))
    }

    /// The nearest investment of every node that one reaches.
    pub(super) fn nearest_investment(&self) -> &Nearest {
        self.nearest_investment.get_or_init(|| {
            let investments = self.graph.of_kind(NodeKind::Investment);
            self.graph.nearest_to(investments, Way::Upstream)
        })
    }

    /// Outcomes that neither an output nor an investment leads to, as far as is known.
    pub(super) fn without_output(&self) -> &NodeSet {
        self.without_output.get_or_init(|| {
            let makers = self.graph.nodes().filter(|ix| !self.graph.kind(*ix).is_outcome());
            let made = self
                .graph
                .reach(makers.chain(self.doubtful_upstream().iter()), Way::Downstream);
            self.linked().iter().filter(|ix| !made.contains(*ix)).collect()
        })
    }

    /// The owner of that id: its place in the map's list, the first where several share the id.
    pub(super) fn owner(&self, id: &OwnerId) -> Option<usize> {
        let owners = self.owners.get_or_init(|| {
            let mut owners = HashMap::new();
            for (at, owner) in self.map.owners.iter().enumerate() {
                owners.entry(owner.id.as_str()).or_insert(at);
            }
            owners
        });
        owners.get(id.as_str()).copied()
    }

    /// The owners, to be looked up by id.
    pub(super) fn owners(&self) -> &NamedOwners<'m> {
        self.named.get_or_init(|| self.map.named_owners())
    }

    /// For every owner, in the map's order, the nodes that they own and that are wanted; of owners with one id the
    /// first has all. One whose name only holds a place owns nothing, and is told by a rule of its own.
    pub(super) fn owned(&self, wanted: impl Fn(&Node) -> bool) -> Vec<Vec<NodeIx>> {
        let owners = self.owner_of.get_or_init(|| {
            let owner = |ix| {
                let id = self.node(ix).owner.as_ref();
                let holds_a_place = |at: &usize| {
                    let owner = &self.map.owners[*at];
                    !owner.is_named() && !wording::blank(&owner.name)
                };
                id.and_then(|id| self.owner(id)).filter(|at| !holds_a_place(at))
            };
            self.graph.nodes().map(owner).collect()
        });
        let mut owned = vec![Vec::new(); self.map.owners.len()];
        for (ix, owner) in self.graph.nodes().zip(owners) {
            if let Some(at) = owner.filter(|_| wanted(self.node(ix))) {
                owned[at].push(ix);
            }
        }
        owned
    }

    /// What the fingerprints of reviews are held against: the whole map as it reads now, which is copied for it.
    pub(super) fn prints(&self) -> &Fingerprints<'m> {
        self.prints.get_or_init(|| Fingerprints::new(self.map))
    }

    /// The reviews that hold and say so, with their places in the list from 0: each with what it is of, where that is a
    /// thing of a map, and what its fingerprint says of that now. The map is looked at only where there is one.
    pub(super) fn standing_reviews(&self, says: Says) -> impl Iterator<Item = (usize, &'m Review, Subject, Binding)> {
        let reviews = match self.map.reviews.iter().any(|review| review.says == says) {
            true => self.map.standing_reviews(),
            false => Vec::new(),
        };
        let wanted = reviews.into_iter().filter(move |(_, review)| review.says == says);
        wanted.filter_map(|(at, review)| {
            let subject = review.subject.parse().ok()?;
            Some((at, review, subject, self.prints().weigh(review)))
        })
    }

    /// Every KPI of the map, in its order.
    pub(super) fn kpis(&self) -> impl Iterator<Item = KpiAt<'m>> {
        let entries = self.map.kpis.iter().zip(self.kpi_entries());
        entries.map(|(kpi, entry)| KpiAt {
            kpi,
            node: entry.1,
            occurrence: entry.0 as usize,
        })
    }

    /// For every KPI, which of several with its id it is, and the node that it measures, where there is one: a dozen
    /// rules ask, and looking up an id is the most that most of them do.
    fn kpi_entries(&self) -> &[(u32, Option<NodeIx>)] {
        self.kpi_entries.get_or_init(|| {
            let mut seen: HashMap<&str, u32> = HashMap::with_capacity(self.map.kpis.len());
            let entry = |kpi: &'m Kpi| {
                let count = seen.entry(kpi.id.as_str()).or_default();
                *count += 1;
                (*count - 1, self.graph.find(kpi.node.as_str()))
            };
            self.map.kpis.iter().map(entry).collect()
        })
    }

    /// Nodes that a wanted KPI measures, or was perhaps meant to.
    pub(super) fn measured(&self, wanted: impl Fn(&Kpi) -> bool) -> NodeSet {
        let mut set = NodeSet::with_capacity(self.graph.len());
        for at in self.kpis().filter(|at| wanted(at.kpi)) {
            set.extend(at.node.or_else(|| self.meant_node(at.kpi.node.as_str())));
        }
        set
    }

    /// The node that was perhaps meant by an id that no node has.
    pub(super) fn meant_node(&self, id: &str) -> Option<NodeIx> {
        let ids = self.graph.nodes().map(|ix| self.graph.id(ix).as_str());
        self.meant(id, ids).and_then(|id| self.graph.find(id))
    }

    fn doubts(&self) -> &Doubts {
        self.doubts.get_or_init(|| {
            let mut doubts = Doubts {
                upstream: NodeSet::with_capacity(self.graph.len()),
                downstream: NodeSet::with_capacity(self.graph.len()),
                twofold: NodeSet::with_capacity(self.graph.len()),
                guessed: Vec::new(),
            };
            for (_, ix) in self.graph.duplicates() {
                doubts.upstream.insert(*ix);
                doubts.downstream.insert(*ix);
                doubts.twofold.insert(*ix);
            }
            let mut guessed: HashMap<&str, Option<NodeIx>> = HashMap::new();
            let mut guess = |id: &'m str| *guessed.entry(id).or_insert_with(|| self.meant_node(id));
            for dangling in self.graph.dangling() {
                let link = dangling.link;
                let from = dangling.from.or_else(|| guess(link.from.as_str()));
                let to = dangling.to.or_else(|| guess(link.to.as_str()));
                doubts.downstream.extend(from);
                doubts.upstream.extend(to);
                doubts.guessed.extend(from.zip(to));
            }
            doubts
        })
    }
}

/// A KPI, and which of several with its id it is, from 0.
pub(super) struct KpiAt<'m> {
    pub(super) kpi: &'m Kpi,
    /// The node that it measures, where there is one.
    pub(super) node: Option<NodeIx>,
    occurrence: usize,
}

impl KpiAt<'_> {
    pub(super) fn subject(&self) -> Subject {
        Subject::Kpi(self.kpi.id.clone())
    }

    /// What is wrong with the KPI.
    pub(super) fn fault(&self, message: String) -> Fault {
        Fault::new(self.subject(), message).occurrence(self.occurrence)
    }

    /// The KPI as a message names it: ``KPI `Missed collections` ``, by its id where it has no title.
    pub(super) fn name(&self) -> String {
        format!("KPI {}", wording::title_or_id(&self.kpi.title, self.kpi.id.as_str()))
    }
}

/// A risk, and which of several with its id it is, from 0.
pub(super) struct RiskAt<'m> {
    pub(super) risk: &'m Risk,
    occurrence: usize,
}

impl RiskAt<'_> {
    pub(super) fn subject(&self) -> Subject {
        Subject::Risk(self.risk.id.clone())
    }

    /// What is wrong with the risk.
    pub(super) fn fault(&self, message: String) -> Fault {
        Fault::new(self.subject(), message).occurrence(self.occurrence)
    }

    /// The risk as a message names it: ``risk `A shortage of drivers` ``, by its id where it has no title.
    pub(super) fn name(&self) -> String {
        format!("risk {}", wording::title_or_id(&self.risk.title, self.risk.id.as_str()))
    }
}

/// The kind as it is read in a sentence.
pub(super) fn kind(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Investment => "investment",
        NodeKind::Enabler => "enabler",
        NodeKind::BusinessChange => "business change",
        NodeKind::IntermediateOutcome => "intermediate outcome",
        NodeKind::EndOutcome => "end outcome",
    }
}
