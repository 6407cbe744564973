//! The map in words: every box by stage, its links with their reasons, its KPIs, and what was found wanting.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::draw;
use crate::escape::is_safe_link;
use crate::escape::markup::markup;
use crate::finding::{Finding, Severity, Subject};
use crate::graph::{GraphLink, NodeIx, Way};
use crate::map::{
    BenefitMap, Effect, Kpi, KpiId, Link, Lookup, Node, NodeKind, Number, Owner, OwnerId, PartnerId, Risk, RiskId,
    Threatened, record,
};
use crate::scene::Scene;

use super::super::wording;
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

    pub fn write(&self) -> String {
        let mut out = String::from("<section id=\"words\" tabindex=\"-1\">\n<h2>The map in words</h2>\n");
        if !self.map.purpose.is_empty() {
            let _ = writeln!(out, "<p dir=\"auto\">{}</p>", markup(&self.map.purpose));
        }
        for kind in NodeKind::ALL.iter().copied() {
            let nodes: Vec<NodeIx> = self
                .shown
                .iter()
                .copied()
                .filter(|ix| self.viewer.graph.kind(*ix) == kind)
                .collect();
            if nodes.is_empty() {
                continue;
            }
            let _ = writeln!(out, "<h3>{}</h3>", kind.heading());
            for ix in nodes {
                self.node(&mut out, ix);
            }
        }
        out.push_str("</section>\n");
        self.kpi_table(&mut out);
        self.findings(&mut out);
        out
    }

    fn node(&self, out: &mut String, ix: NodeIx) {
        let graph = self.viewer.graph;
        let node = graph.node(ix);
        let id = markup(node.id.as_str());
        let _ = writeln!(
            out,
            "<article id=\"about-{id}\" tabindex=\"-1\" aria-labelledby=\"name-{id}\">\n\
             <h4 id=\"name-{id}\" dir=\"auto\">{}</h4>\n<p class=\"kind\">{}{}</p>",
            title_of(node),
            node.kind.label(),
            marks(node)
        );
        if !node.description.is_empty() {
            let _ = writeln!(out, "<p dir=\"auto\">{}</p>", markup(&node.description));
        }
        self.facts(out, node);
        self.links(out, ix, Way::Upstream);
        self.links(out, ix, Way::Downstream);
        let kpis = self.records.kpis_of(&node.id);
        if !kpis.is_empty() {
            out.push_str("<p class=\"label\">KPIs</p>\n<ul class=\"kpis\">\n");
            for kpi in kpis {
                self.kpi(out, kpi);
            }
            out.push_str("</ul>\n");
        }
        self.risks(out, &Threatened::Node(node.id.clone()));
        out.push_str("</article>\n");
    }

    fn facts(&self, out: &mut String, node: &Node) {
        let mut facts: Vec<(&str, String)> = Vec::new();
        let owner = match &node.owner {
            Some(id) => self.owner(id),
            None => "Nobody yet".to_owned(),
        };
        facts.push(("Owner", owner));
        if let Some(day) = node.start {
            facts.push(("Starts", day.to_string()));
        }
        if let Some(day) = node.due {
            facts.push(("Due", day.to_string()));
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
            facts.push(("Cost", format!("{} in {}{centre}", self.money(cost.amount), cost.year)));
        }
        out.push_str("<dl>");
        for (name, value) in facts {
            let _ = write!(out, "<dt>{name}</dt><dd dir=\"auto\">{}</dd>", markup(&value));
        }
        out.push_str("</dl>\n");
    }

    fn owner(&self, id: &OwnerId) -> String {
        self.records.owner(id).map_or_else(|| id.to_string(), Owner::in_full)
    }

    fn money(&self, amount: Number) -> String {
        format!("{} {}", self.map.currency, amount.grouped()).trim().to_owned()
    }

    fn links(&self, out: &mut String, ix: NodeIx, way: Way) {
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
            return;
        }
        let (heading, class) = match way {
            Way::Upstream => ("What brings it about", "from"),
            Way::Downstream => ("What it brings about", "to"),
        };
        let _ = writeln!(out, "<p class=\"label\">{heading}</p>\n<ul class=\"{class}\">");
        for link in links {
            let node = graph.node(other(link));
            let _ = write!(
                out,
                "<li data-from=\"{}\" data-to=\"{}\"><a href=\"#about-{}\" dir=\"auto\">{}</a>{}",
                markup(link.link.from.as_str()),
                markup(link.link.to.as_str()),
                markup(node.id.as_str()),
                title_of(node),
                what_it_does(link.link)
            );
            // Told once, where the link begins; the script shows it at both ends.
            if way == Way::Downstream {
                self.why(out, link.link);
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }

    fn why(&self, out: &mut String, link: &Link) {
        out.push_str("<div class=\"why\">");
        let rationale = match link.rationale.as_str() {
            "" => "Nobody has said why yet.",
            said => said,
        };
        let _ = write!(out, "<p dir=\"auto\">{}</p>", markup(rationale));
        if let Some(share) = link.contribution {
            let percent = (share.to_f64() * 1000.0).round() / 10.0;
            let _ = write!(out, "<p>Brings {percent} % of it.</p>");
        }
        for assumption in &link.assumptions {
            let _ = write!(out, "<p dir=\"auto\">Assumes: {}</p>", markup(assumption));
        }
        for evidence in &link.evidence {
            let source = if is_safe_link(&evidence.url) {
                format!(
                    "<a href=\"{}\" rel=\"noreferrer\">{}</a>",
                    markup(&evidence.url),
                    markup(if evidence.source.trim().is_empty() {
                        &evidence.url
                    } else {
                        &evidence.source
                    })
                )
            } else {
                markup(&evidence.source)
            };
            let strength = evidence
                .strength
                .map_or_else(|| "not weighed".to_owned(), |strength| strength.to_string());
            let _ = write!(out, "<p dir=\"auto\">Evidence ({strength}): {source}</p>");
        }
        out.push_str("</div>");
        let (from, to) = (link.from.clone(), link.to.clone());
        self.risks(out, &Threatened::Link { from, to });
    }

    fn kpi(&self, out: &mut String, kpi: &Kpi) {
        let _ = write!(
            out,
            "<li><p dir=\"auto\">{}{}</p>",
            markup(&kpi.title),
            match self.path(kpi).as_str() {
                "" => String::new(),
                path => format!(": {}", markup(path)),
            }
        );
        for (field, text) in record::KPI.prose(kpi) {
            let _ = write!(
                out,
                "<p dir=\"auto\" class=\"quiet\">{}: {}</p>",
                markup(&field.label()),
                markup(&text)
            );
        }
        if let Some((i, scene)) = self.charts.get(kpi.id.as_str()) {
            let svg = draw::svg_within(scene, self.viewer.theme, &format!("chart-{i}-"));
            let _ = write!(out, "<figure>{svg}</figure>");
        }
        out.push_str("</li>\n");
    }

    /// From what to what, and by when.
    fn path(&self, kpi: &Kpi) -> String {
        let mut parts = Vec::new();
        if let Some(baseline) = &kpi.baseline {
            parts.push(format!("from {}", baseline.value.grouped()));
        }
        if let Some(target) = kpi.final_target() {
            let day = target.date.map_or(String::new(), |day| format!(" by {day}"));
            parts.push(format!("to {}{day}", target.value.grouped()));
        }
        match (parts.is_empty(), kpi.unit.as_str()) {
            (true, _) => String::new(),
            (false, "") => parts.join(" "),
            (false, unit) => format!("{} ({unit})", parts.join(" ")),
        }
    }

    fn risks(&self, out: &mut String, threatened: &Threatened) {
        let Some(risks) = self.threats.get(threatened) else {
            return;
        };
        out.push_str("<p class=\"label\">Risks</p>\n<ul class=\"risks\">\n");
        for risk in risks {
            let mut more = vec![risk.status.to_string()];
            if let Some(exposure) = risk.exposure() {
                more.push(format!("exposure {exposure} of 25"));
            }
            if let Some(owner) = &risk.owner {
                more.push(self.owner(owner));
            }
            let _ = write!(
                out,
                "<li dir=\"auto\">{} <span class=\"quiet\">({})</span>",
                markup(&risk.title),
                markup(&more.join("; "))
            );
            for response in risk.responses.iter().filter(|response| response.chosen) {
                let cost = response
                    .cost
                    .map_or(String::new(), |cost| format!(", {}", self.money(cost)));
                let _ = write!(out, "<br>Response: {}{}", markup(&response.action), markup(&cost));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }

    fn kpi_table(&self, out: &mut String) {
        let graph = self.viewer.graph;
        let here = |kpi: &&Kpi| graph.find(kpi.node.as_str()).is_some_and(|ix| self.shown.contains(&ix));
        let kpis: Vec<&Kpi> = self.map.kpis.iter().filter(here).collect();
        if kpis.is_empty() {
            return;
        }
        out.push_str(
            "<section id=\"kpis\">\n<h2>KPIs</h2>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table of KPIs\">\n\
             <table>\n<thead><tr><th scope=\"col\">KPI</th><th scope=\"col\">Measures</th><th scope=\"col\">Unit</th>\
             <th scope=\"col\" class=\"end\">Baseline</th><th scope=\"col\" class=\"end\">Target</th>\
             <th scope=\"col\">By</th><th scope=\"col\">Measured by</th></tr></thead>\n<tbody>\n",
        );
        for kpi in kpis {
            let number = |value: Option<Number>| value.map_or(String::new(), Number::grouped);
            let target = kpi.final_target();
            let node = graph.find(kpi.node.as_str()).map(|ix| graph.node(ix));
            let responsible = kpi.measurement.as_ref().and_then(|plan| plan.responsible.as_ref());
            let _ = writeln!(
                out,
                "<tr><th scope=\"row\" dir=\"auto\">{}</th><td dir=\"auto\"><a href=\"#about-{}\">{}</a></td>\
                 <td dir=\"auto\">{}</td><td class=\"end\">{}</td><td class=\"end\">{}</td><td class=\"day\">{}</td><td dir=\"auto\">{}</td></tr>",
                markup(&kpi.title),
                markup(kpi.node.as_str()),
                node.map_or(String::new(), title_of),
                markup(&kpi.unit),
                number(kpi.baseline.map(|baseline| baseline.value)),
                number(target.map(|target| target.value)),
                target
                    .and_then(|target| target.date)
                    .map_or(String::new(), |day| day.to_string()),
                markup(&responsible.map_or(String::new(), |id| self.owner(id)))
            );
        }
        out.push_str("</tbody>\n</table>\n</div>\n</section>\n");
    }

    fn findings(&self, out: &mut String) {
        let Some(report) = self.viewer.findings else {
            return;
        };
        out.push_str("<section id=\"findings\">\n<h2>What a reader may challenge</h2>\n");
        if report.findings.is_empty() {
            out.push_str("<p>Nothing was found.</p>\n");
        }
        let headings = [
            (Severity::Error, "Wrong"),
            (Severity::Warning, "To be challenged"),
            (Severity::Note, "Worth knowing"),
        ];
        for (severity, heading) in headings {
            let some: Vec<&Finding> = report.findings.iter().filter(|f| f.severity == severity).collect();
            if some.is_empty() {
                continue;
            }
            let _ = writeln!(out, "<h3>{heading} ({})</h3>\n<ul>", some.len());
            for finding in some {
                let _ = write!(out, "<li dir=\"auto\">{}", coded(&finding.message));
                if !finding.help.is_empty() {
                    let _ = write!(out, "<br><span class=\"quiet\">{}</span>", coded(&finding.help));
                }
                if let Some(node) = self.place(&finding.subject) {
                    let _ = write!(
                        out,
                        "<br><a href=\"#about-{}\" dir=\"auto\">{}</a>",
                        markup(node.id.as_str()),
                        title_of(node)
                    );
                }
                let _ = writeln!(out, " <span class=\"quiet\">{}</span></li>", finding.code);
            }
            out.push_str("</ul>\n");
        }
        if report.allowed > 0 {
            let _ = writeln!(
                out,
                "<p>The map gives reasons to let {} more stand.</p>",
                report.allowed
            );
        }
        out.push_str("</section>\n");
    }

    /// The box of the picture that a finding belongs to.
    fn place(&self, subject: &Subject) -> Option<&'v Node> {
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

/// What a node is called; its id where it has no title.
fn title_of(node: &Node) -> String {
    markup(wording::shown(node))
}

fn marks(node: &Node) -> String {
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

fn what_it_does(link: &Link) -> &'static str {
    match (link.feedback, link.effect) {
        (true, _) => "<span class=\"quiet\"> (feeds back)</span>",
        (false, Effect::Hinders) => "<span class=\"quiet\"> (stands against it)</span>",
        (false, Effect::Supports) => "",
    }
}

/// Escaped, with what stands in backticks as code.
fn coded(text: &str) -> String {
    let mut out = String::new();
    let pieces: Vec<&str> = text.split('`').collect();
    for (i, piece) in pieces.iter().enumerate() {
        // A backtick without a second one is just that.
        match (i % 2 == 1, i + 1 == pieces.len()) {
            (true, false) => {
                let _ = write!(out, "<code>{}</code>", markup(piece));
            }
            (true, true) => {
                let _ = write!(out, "`{}", markup(piece));
            }
            (false, _) => out.push_str(&markup(piece)),
        }
    }
    out
}
