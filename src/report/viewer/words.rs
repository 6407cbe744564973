//! The map in words: every box by stage, its links with their reasons, its KPIs, and what was found wanting.

use std::collections::{BTreeMap, BTreeSet};

use crate::draw;
use crate::escape::is_safe_link;
use crate::finding::{Finding, Severity, Subject};
use crate::graph::{GraphLink, NodeIx, Way};
use crate::map::{
    BenefitMap, Effect, Kpi, KpiId, LANGUAGE, Link, Lookup, Node as MapNode, NodeKind, Number, Owner, OwnerId,
    PartnerId, Risk, RiskId, Threatened, record,
};
use crate::scene::Scene;
use crate::xml::{Element, Node, Nodes, el};

use super::super::wording::{in_currency, number};
use super::Viewer;

/// The nodes that the picture shows, in the order of the graph. An overview shows end outcomes
/// alone.
pub(super) fn shown<'v>(viewer: &Viewer<'v>) -> impl Iterator<Item = NodeIx> + use<'v> {
    let cards: BTreeSet<&str> = viewer.scene.cards.iter().map(|card| card.id.as_str()).collect();
    let graph = viewer.graph;
    graph.nodes().filter(move |ix| cards.contains(graph.id(*ix).as_str()))
}

pub(super) struct Words<'v> {
    viewer: &'v Viewer<'v>,
    map: &'v BenefitMap,
    records: Lookup<'v>,
    kpis: BTreeMap<&'v KpiId, &'v Kpi>,
    risks: BTreeMap<&'v RiskId, &'v Risk>,
    /// What may go wrong with each box and each link.
    threats: BTreeMap<&'v Threatened, Vec<&'v Risk>>,
    shown: BTreeSet<NodeIx>,
    charts: BTreeMap<&'v str, (usize, &'v Scene)>,
}

impl<'v> Words<'v> {
    pub fn new(viewer: &'v Viewer<'v>) -> Self {
        let charts = viewer.charts.iter().enumerate();
        let map = viewer.graph.map();
        let mut threats: BTreeMap<&Threatened, Vec<&Risk>> = BTreeMap::new();
        for risk in &map.risks {
            if let Some(threatened) = &risk.threatens {
                threats.entry(threatened).or_default().push(risk);
            }
        }
        Self {
            viewer,
            map,
            records: Lookup::new(map),
            // Of several with one id the first counts.
            kpis: map.kpis.iter().rev().map(|kpi| (&kpi.id, kpi)).collect(),
            risks: map.risks.iter().rev().map(|risk| (&risk.id, risk)).collect(),
            threats,
            shown: shown(viewer).collect(),
            charts: charts.map(|(i, (id, scene))| (id.as_str(), (i, scene))).collect(),
        }
    }

    /// The words, the table of KPIs, and the findings: a section each.
    pub fn write(&self) -> Vec<Element> {
        let mut words = el("section")
            .set("id", "words")
            .set("tabindex", "-1")
            .line(el("h2").add("The map in words"));
        if !self.map.purpose.is_empty() {
            words.push_line(auto("p").add(&self.map.purpose));
        }
        for kind in NodeKind::ALL.iter().copied() {
            let of_kind = |ix: &NodeIx| self.viewer.graph.kind(*ix) == kind;
            let mut nodes = self.shown.iter().copied().filter(of_kind).peekable();
            if nodes.peek().is_some() {
                words.push_line(el("h3").add(kind.heading()));
            }
            for ix in nodes {
                words.push_line(self.node(ix));
            }
        }
        std::iter::once(words)
            .chain(self.kpi_table())
            .chain(self.findings())
            .collect()
    }

    fn node(&self, ix: NodeIx) -> Element {
        let graph = self.viewer.graph;
        let node = graph.node(ix);
        let name = format!("name-{}", node.id);
        let mut out = el("article")
            .set("id", about(node))
            .set("tabindex", "-1")
            .set("aria-labelledby", &name)
            .line(el("h4").set("id", name).set("dir", "auto").add(node.label()))
            .line(el("p").set("class", "kind").add(node.kind.label()).add(marks(node)));
        if !node.description.is_empty() {
            out.push_line(auto("p").add(&node.description));
        }
        out.push_line(self.facts(node));
        for way in [Way::Upstream, Way::Downstream] {
            for part in self.links(ix, way) {
                out.push_line(part);
            }
        }
        let kpis = self.records.kpis_of(&node.id);
        if !kpis.is_empty() {
            out.push_line(heading("KPIs"));
            out.push_line(
                el("ul")
                    .set("class", "kpis")
                    .lines(kpis.iter().map(|kpi| self.kpi(kpi))),
            );
        }
        out.lines(self.risks(&Threatened::Node(node.id.clone())))
    }

    fn facts(&self, node: &MapNode) -> Element {
        let mut facts: Vec<(&str, String)> = Vec::new();
        let owner = match &node.owner {
            Some(id) => self.owner(id),
            None => "Not set".to_owned(),
        };
        facts.push(("Owner", owner));
        if let Some(day) = node.start {
            facts.push(("Starts", self.map.language().day(day)));
        }
        if let Some(day) = node.due {
            facts.push(("Due", self.map.language().day(day)));
        }
        if !node.partners.is_empty() {
            let name = |id: &PartnerId| {
                let there = self.map.partners.iter().find(|partner| partner.id == *id);
                there.map_or_else(|| id.to_string(), |partner| partner.name.clone())
            };
            facts.push((
                "Shared with",
                node.partners.iter().map(name).collect::<Vec<_>>().join(", "),
            ));
        }
        if !node.tags.is_empty() {
            facts.push(("Tags", node.tags.join(", ")));
        }
        for cost in &node.cost {
            let centre = match cost.cost_centre.as_str() {
                "" => String::new(),
                centre => format!(", cost centre {centre}"),
            };
            let paid = match cost.further_years() {
                Ok(1..) => format!("a year from {} to {}", cost.year, cost.until),
                _ => format!("in {}", cost.year),
            };
            facts.push(("Cost", format!("{} {paid}{centre}", self.money(cost.amount))));
        }
        let facts = facts.into_iter();
        el("dl")
            .add_all(facts.map(|(name, value)| (el("dt").set("lang", self.ours()).add(name), auto("dd").add(value))))
    }

    /// The language of our own words, for the elements that hold nothing else; `None` where the map is in English.
    fn ours(&self) -> Option<&'static str> {
        (!self.map.language().is_english()).then_some(LANGUAGE)
    }

    fn owner(&self, id: &OwnerId) -> String {
        self.records.owner(id).map_or_else(|| id.to_string(), Owner::in_full)
    }

    fn money(&self, amount: Number) -> String {
        in_currency(self.map.language(), &self.map.currency, amount)
    }

    /// A heading and a list; nothing where there are no links.
    fn links(&self, ix: NodeIx, way: Way) -> Vec<Element> {
        let graph = self.viewer.graph;
        let other = |link: &GraphLink<'_>| match way {
            Way::Upstream => link.from,
            Way::Downstream => link.to,
        };
        let links: Vec<&GraphLink<'_>> = graph
            .links_of(ix, way)
            .filter(|link| self.shown.contains(&other(link)))
            .collect();
        if links.is_empty() {
            return Vec::new();
        }
        let (words, class) = match way {
            Way::Upstream => ("What brings it about", "from"),
            Way::Downstream => ("What it leads to", "to"),
        };
        let items = links.into_iter().map(|link| {
            let mut item = el("li")
                .set("data-from", link.link.from.as_str())
                .set("data-to", link.link.to.as_str())
                .add(to(graph.node(other(link))))
                .add(what_it_does(link.link));
            // Told once, where the link begins; the script shows it at both ends.
            if way == Way::Downstream {
                item.push(self.why(link.link));
                let (from, to) = (link.link.from.clone(), link.link.to.clone());
                for part in self.risks(&Threatened::Link { from, to }) {
                    item.push((part, "\n"));
                }
            }
            item
        });
        vec![heading(words), el("ul").set("class", class).lines(items)]
    }

    fn why(&self, link: &Link) -> Element {
        let rationale = match link.rationale.as_str() {
            "" => "No reason is recorded yet.",
            said => said,
        };
        let mut out = el("div").set("class", "why").add(auto("p").add(rationale));
        if let Some(share) = link.contribution {
            let percent = (share.to_f64() * 1000.0).round() / 10.0;
            out.push(el("p").add(format!("Brings about {percent}% of it.")));
        }
        for assumption in &link.assumptions {
            out.push(auto("p").add(["Assumes: ", assumption]));
        }
        for evidence in &link.evidence {
            let words = match (is_safe_link(&evidence.url), evidence.source.trim()) {
                (true, "") => &evidence.url,
                _ => &evidence.source,
            };
            let source = match is_safe_link(&evidence.url) {
                true => Node::from(el("a").set("href", &evidence.url).set("rel", "noreferrer").add(words)),
                false => Node::from(words.as_str()),
            };
            let strength = evidence
                .strength
                .map_or_else(|| "strength not given".to_owned(), |strength| strength.to_string());
            out.push(auto("p").add(format!("Evidence ({strength}): ")).add(source));
        }
        out
    }

    fn kpi(&self, kpi: &Kpi) -> Element {
        let path = match self.path(kpi).as_str() {
            "" => String::new(),
            path => format!(": {path}"),
        };
        let chart = self.charts.get(kpi.id.as_str()).map(|(i, scene)| {
            let drawn = draw::picture(scene, self.viewer.theme, &format!("chart-{i}-"));
            el("figure").add(drawn).add("\n")
        });
        let prose = record::KPI.prose(kpi);
        let prose = prose.into_iter().map(|(field, text)| {
            let text = format!("{}: {text}", field.label());
            auto("p").set("class", "quiet").add(text)
        });
        el("li")
            .add(auto("p").add(&kpi.title).add(path))
            .add_all(prose)
            .add(chart)
    }

    /// From what to what, and by when.
    fn path(&self, kpi: &Kpi) -> String {
        let mut parts = Vec::new();
        if let Some(baseline) = &kpi.baseline {
            parts.push(format!("from {}", number(self.map.language(), baseline.value)));
        }
        if let Some(target) = kpi.final_target() {
            let day = target
                .date
                .map_or(String::new(), |day| format!(" by {}", self.map.language().day(day)));
            parts.push(format!("to {}{day}", number(self.map.language(), target.value)));
        }
        match (parts.is_empty(), kpi.unit.as_str()) {
            (true, _) => String::new(),
            (false, "") => parts.join(" "),
            (false, unit) => format!("{} ({unit})", parts.join(" ")),
        }
    }

    /// A heading and a list; nothing where there are no risks.
    fn risks(&self, threatened: &Threatened) -> Vec<Element> {
        let Some(risks) = self.threats.get(threatened) else {
            return Vec::new();
        };
        let items = risks.iter().map(|risk| {
            let mut more = vec![risk.status.to_string()];
            if let Some(exposure) = risk.exposure() {
                more.push(format!("exposure {exposure} of 25"));
            }
            if let Some(owner) = &risk.owner {
                more.push(self.owner(owner));
            }
            let mut item = auto("li")
                .add([&risk.title, " "])
                .add(quiet(&format!("({})", more.join("; "))));
            for response in risk.responses.iter().filter(|response| response.chosen) {
                let cost = response
                    .cost
                    .map_or(String::new(), |cost| format!(", {}", self.money(cost)));
                item.push((el("br"), format!("Response: {}{cost}", response.action)));
            }
            item
        });
        vec![heading("Risks"), el("ul").set("class", "risks").lines(items)]
    }

    fn kpi_table(&self) -> Option<Element> {
        let graph = self.viewer.graph;
        let here = |kpi: &&Kpi| graph.find(kpi.node.as_str()).is_some_and(|ix| self.shown.contains(&ix));
        let kpis: Vec<&Kpi> = self.map.kpis.iter().filter(here).collect();
        if kpis.is_empty() {
            return None;
        }
        let ours = self.ours();
        let head = |words: &str| el("th").set("scope", "col").set("lang", ours).add(words);
        let end = |words: &str| head(words).set("class", "end");
        let columns = [
            head("KPI"),
            head("Measures"),
            head("Unit"),
            end("Baseline"),
            end("Target"),
            head("By"),
            head("Measured by"),
        ];
        let rows = kpis.into_iter().map(|kpi| {
            let number = |value: Option<Number>| {
                let value = value.map_or(String::new(), Number::grouped);
                el("td").set("class", "end").add(value)
            };
            let target = kpi.final_target();
            let node = graph
                .find(kpi.node.as_str())
                .map(|ix| to(graph.node(ix)).without("dir"));
            let day = target
                .and_then(|target| target.date)
                .map(|day| self.map.language().short_day(day));
            let responsible = kpi.measurement.as_ref().and_then(|plan| plan.responsible.as_ref());
            el("tr")
                .add(el("th").set("scope", "row").set("dir", "auto").add(&kpi.title))
                .add(auto("td").add(node))
                .add(auto("td").add(&kpi.unit))
                .add(number(kpi.baseline.map(|baseline| baseline.value)))
                .add(number(target.map(|target| target.value)))
                .add(el("td").set("class", "day").add(day))
                .add(auto("td").add(responsible.map(|id| self.owner(id))))
        });
        let table = el("table")
            .line(el("thead").add(el("tr").add(columns)))
            .line(el("tbody").lines(rows));
        let scroll = el("div")
            .set("class", "scroll")
            .set("role", "region")
            .set("tabindex", "0")
            .set("aria-label", "Table of KPIs")
            .line(table);
        Some(el("section").set("id", "kpis").line(el("h2").add("KPIs")).line(scroll))
    }

    fn findings(&self) -> Option<Element> {
        let report = self.viewer.findings?;
        let mut out = el("section")
            .set("id", "findings")
            .line(el("h2").add("Points to resolve"));
        if report.findings.is_empty() {
            out.push_line(el("p").add("The checks found nothing."));
        }
        let headings = [
            (Severity::Error, "Errors"),
            (Severity::Warning, "Warnings"),
            (Severity::Note, "Notes"),
        ];
        for (severity, heading) in headings {
            let some: Vec<&Finding> = report.findings.iter().filter(|f| f.severity == severity).collect();
            if some.is_empty() {
                continue;
            }
            out.push_line(el("h3").add(format!("{heading} ({})", some.len())));
            out.push_line(el("ul").lines(some.into_iter().map(|finding| self.finding(finding))));
        }
        if report.allowed > 0 {
            let words = format!("{} more are accepted on the map, each with its reason.", report.allowed);
            out.push_line(el("p").add(words));
        }
        Some(out)
    }

    fn finding(&self, finding: &Finding) -> Element {
        let mut out = auto("li").add(coded(&finding.message));
        if !finding.help.is_empty() {
            let help = el("span").set("class", "quiet").add(coded(&finding.help));
            out.push((el("br"), help));
        }
        if let Some(node) = self.place(&finding.subject) {
            out.push((el("br"), to(node)));
        }
        out.add(" ").add(quiet(finding.code))
    }

    /// The box of the picture that a finding belongs to.
    fn place(&self, subject: &Subject) -> Option<&'v MapNode> {
        let id = match subject {
            Subject::Node(id) | Subject::Link { from: id, .. } => id,
            Subject::Kpi(kpi) => &self.kpis.get(kpi)?.node,
            Subject::Risk(risk) => match self.risks.get(risk)?.threatens.as_ref()? {
                Threatened::Node(id) | Threatened::Link { from: id, .. } => id,
            },
            _ => return None,
        };
        let ix = self.viewer.graph.find(id.as_str())?;
        self.shown.contains(&ix).then(|| self.viewer.graph.node(ix))
    }
}

/// An element whose direction is that of its words.
fn auto(name: &'static str) -> Element {
    el(name).set("dir", "auto")
}

fn heading(words: &str) -> Element {
    el("p").set("class", "label").add(words)
}

fn quiet(words: &str) -> Element {
    el("span").set("class", "quiet").add(words)
}

/// The id of the part of the page that is about a box.
fn about(node: &MapNode) -> String {
    format!("about-{}", node.id)
}

/// What a box is called, leading to the part that is about it.
fn to(node: &MapNode) -> Element {
    el("a")
        .set("href", format!("#{}", about(node)))
        .set("dir", "auto")
        .add(node.label())
}

fn marks(node: &MapNode) -> String {
    let all = [
        (node.quick_win, "quick win"),
        (node.disbenefit, "disbenefit"),
        (node.unintended, "unintended"),
    ];
    all.iter()
        .filter(|(is, _)| *is)
        .map(|(_, word)| format!(", {word}"))
        .collect()
}

fn what_it_does(link: &Link) -> Option<Element> {
    match (link.feedback, link.effect) {
        (true, _) => Some(quiet(" (feeds back)")),
        (false, Effect::Hinders) => Some(quiet(" (works against it)")),
        (false, Effect::Supports) => None,
    }
}

/// The words, with what stands in backticks as code.
fn coded(text: &str) -> Nodes {
    let mut out = Nodes::new();
    let pieces: Vec<&str> = text.split('`').collect();
    for (i, piece) in pieces.iter().enumerate() {
        // A backtick without a second one is just that.
        match (i % 2 == 1, i + 1 == pieces.len()) {
            (true, false) => out.push(el("code").add(*piece)),
            (true, true) => out.push(["`", piece]),
            (false, _) => out.push(*piece),
        }
    }
    out
}
