//! BM115: texts that `new` wrote and nobody has changed.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::quoted;
use crate::finding::Subject;
use crate::map::{BenefitMap, Kpi};
use crate::method::{STARTER, TEMPLATES};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM115",
    slug: "text-from-template",
    family: Family::Structure,
    summary: "a text that `benefit-map new` wrote and that nobody has changed",
    source: "HM Treasury, Green Book (2022), 4: a case rests on its own evidence",
    severities: severities("-NWE"),
    plain: Plain::counted(
        "1 text is still the one that came with the template",
        "# texts are still those that came with the template",
    ),
    page: include_str!("../../../docs/rules/text-from-template.md"),
    ..Rule::of(run)
};

/// What `new` writes: of each record its id, and the texts that records of that id have.
#[derive(Default)]
struct Written {
    /// Titles and purposes of maps, in which no id is known.
    of_maps: Vec<String>,
    of_records: HashMap<String, Vec<String>>,
}

impl Written {
    fn add(&mut self, id: String, text: &str) {
        if !text.is_empty() {
            self.of_records.entry(id).or_default().push(text.to_owned());
        }
    }

    fn has(&self, id: &str, text: &str) -> bool {
        (self.of_records.get(id)).is_some_and(|texts| texts.iter().any(|written| written == text.trim()))
    }
}

static WRITTEN: LazyLock<Written> = LazyLock::new(|| {
    let mut written = Written::default();
    for template in TEMPLATES.iter().chain([&STARTER]) {
        // A test reads every template; one that did not read would only go unnoticed here.
        let Ok(map) = template.map() else { continue };
        written.of_maps.extend([map.title.clone(), map.purpose.clone()]);
        for node in &map.nodes {
            written.add(node.id.to_string(), &node.title);
        }
        for link in &map.links {
            let id = format!("{} -> {}", link.from, link.to);
            written.add(id.clone(), &link.rationale);
            for evidence in &link.evidence {
                written.add(id.clone(), &evidence.source);
            }
        }
        for kpi in &map.kpis {
            written.add(kpi.id.to_string(), &figures(kpi));
        }
        for risk in &map.risks {
            written.add(risk.id.to_string(), &risk.title);
        }
    }
    written
});

/// What is measured, from where to where, in one text.
fn figures(kpi: &Kpi) -> String {
    let baseline = kpi
        .baseline
        .map_or(String::new(), |baseline| baseline.value.to_string());
    let targets: Vec<String> = kpi.targets.iter().map(|target| target.value.to_string()).collect();
    format!("{}: {baseline} to {}", kpi.title.trim(), targets.join(", "))
}

/// One sort of text: how many records have one, and those that are as they were written.
struct Texts {
    /// What all of them are, as in "all 9 titles of boxes".
    all: &'static str,
    help: &'static str,
    looked: usize,
    found: Vec<(Subject, String, Fault)>,
}

impl Texts {
    fn new(all: &'static str, help: &'static str) -> Self {
        Self {
            all,
            help,
            looked: 0,
            found: Vec::new(),
        }
    }

    /// Takes one that is as it was written: whose it is, how it reads, and what is to be said of it alone.
    fn found(&mut self, subject: Subject, text: &str, what: &str, field: &'static str) {
        let message = format!("{what} is as the template wrote it: {}", quoted(text));
        let fault = Fault::new(subject.clone(), message).field(field).help(self.help);
        self.found.push((subject, quoted(text), fault));
    }

    /// Reports each, or all of them at once.
    fn report(self, sink: &mut Sink<'_>) {
        match &self.found[..] {
            [(_, first, _), _, ..] if self.found.len() == self.looked => {
                let message = format!(
                    "all {} {} are as the template wrote them, such as {first}",
                    self.looked, self.all
                );
                let subjects = self.found.iter().map(|(subject, ..)| subject.clone());
                sink.push(Fault::of_all(message, subjects).help(self.help));
            }
            _ => self.found.into_iter().for_each(|(.., fault)| sink.push(fault)),
        }
    }
}

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let written = &*WRITTEN;
    the_map(ctx.map, written, sink);
    let mut titles = Texts::new("titles of boxes", "write what your own box is, or take it out");
    for ix in ctx.graph.nodes() {
        let node = ctx.node(ix);
        titles.looked += 1;
        if written.has(node.id.as_str(), &node.title) {
            let what = format!("the title of {} `{}`", crate::check::context::kind(node.kind), node.id);
            titles.found(ctx.subject(ix), &node.title, &what, "title");
        }
    }
    titles.report(sink);
    let mut reasons = Texts::new("reasons for links", "say in a sentence how it works in your own case");
    let mut sources = Texts::new(
        "sources of evidence",
        "cite your own figures, a trial or a study; take the invented source out until you have one",
    );
    for link in ctx.graph.links() {
        // Most maps have no link that a template has, and a map has hundreds of thousands: both ends are known first.
        let ends_known = [&link.link.from, &link.link.to].map(|end| written.of_records.contains_key(end.as_str()));
        let id = match ends_known {
            [true, true] => format!("{} -> {}", link.link.from, link.link.to),
            _ => String::new(),
        };
        if !written.of_records.contains_key(&id) {
            reasons.looked += usize::from(!link.link.rationale.is_empty());
            sources.looked += link.link.evidence.len();
            continue;
        }
        let ends = || format!("the link from {} to {}", ctx.name(link.from), ctx.name(link.to));
        let subject = || ctx.link_subject(link.from, link.to);
        reasons.looked += usize::from(!link.link.rationale.is_empty());
        if written.has(&id, &link.link.rationale) {
            let what = format!("the reason for {}", ends());
            reasons.found(subject(), &link.link.rationale, &what, "rationale");
        }
        for evidence in &link.link.evidence {
            sources.looked += 1;
            if written.has(&id, &evidence.source) {
                let what = format!("the evidence for {}", ends());
                sources.found(subject(), &evidence.source, &what, "evidence");
            }
        }
    }
    reasons.report(sink);
    sources.report(sink);
    let mut measures = Texts::new("KPIs", "put in what you measure, with your own baseline and target");
    for kpi in &ctx.map.kpis {
        measures.looked += 1;
        if !written.of_records.contains_key(kpi.id.as_str()) {
            continue;
        }
        let figures = figures(kpi);
        if written.has(kpi.id.as_str(), &figures) {
            let what = format!("KPI `{}`", kpi.id);
            measures.found(Subject::Kpi(kpi.id.clone()), &figures, &what, "baseline");
        }
    }
    measures.report(sink);
    let mut risks = Texts::new(
        "risks",
        "say what could go wrong in your own case, or take the risk out",
    );
    for risk in &ctx.map.risks {
        risks.looked += 1;
        if written.has(risk.id.as_str(), &risk.title) {
            let what = format!("risk `{}`", risk.id);
            risks.found(Subject::Risk(risk.id.clone()), &risk.title, &what, "title");
        }
    }
    risks.report(sink);
}

fn the_map(map: &BenefitMap, written: &Written, sink: &mut Sink<'_>) {
    for (field, text) in [("title", &map.title), ("purpose", &map.purpose)] {
        if !text.is_empty() && written.of_maps.contains(text) {
            let message = format!("the {field} of the map is as the template wrote it: {}", quoted(text));
            let fault = Fault::new(Subject::Map, message).field(field);
            sink.push(fault.help("say what the map is of, and what it is for"));
        }
    }
}
