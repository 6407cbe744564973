//! BM113: texts that only hold the place of one that is still to come.

use crate::check::context::{Context, kind};
use crate::check::placeholder::{Placeholder, Wanted, placeholder};
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::{blank, boxes as how_many_boxes, quoted};
use crate::finding::Subject;
use crate::map::{OwnerId, Strength};
use std::collections::HashMap;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM113",
    slug: "placeholder-text",
    family: Family::Structure,
    summary: "a placeholder that nobody has filled in yet, such as `TBC` or `[name]`",
    source: "PAS 184:2017, 5.2, 5.4.3 a; HM Treasury, Magenta Book (2020), theories of change",
    severities: severities("-WWE"),
    plain: Plain::counted("1 text is still to be filled in", "# texts are still to be filled in"),
    page: include_str!("../../../docs/rules/placeholder-text.md"),
    ..Rule::of(run)
};

/// One sort of text: how many records have one, and what is wrong with those that only hold a place.
struct Texts {
    /// What all of them are, as in "all 12 names of owners".
    all: &'static str,
    /// What to do about one.
    help: &'static str,
    wanted: Wanted,
    written: usize,
    /// The faults, and the first text that says nothing at all.
    faults: Vec<Fault>,
    whole: usize,
    first: Option<String>,
}

impl Texts {
    fn new(all: &'static str, wanted: Wanted, help: &'static str) -> Self {
        Self {
            all,
            help,
            wanted,
            written: 0,
            faults: Vec::new(),
            whole: 0,
            first: None,
        }
    }

    /// Looks at a text; `fault` is asked for the fault of one that holds a place, with what is to be said of it.
    fn look(&mut self, text: &str, fault: impl FnOnce(&str) -> Fault) {
        if blank(text) {
            return;
        }
        self.written += 1;
        let Some(found) = placeholder(text, self.wanted) else {
            return;
        };
        let said = match found {
            Placeholder::Whole => format!("is only a placeholder: {}", quoted(text)),
            Placeholder::Gap => format!("still has a gap to fill in: {}", quoted(text)),
        };
        if found == Placeholder::Whole {
            self.whole += 1;
            self.first.get_or_insert_with(|| quoted(text));
        }
        self.faults.push(fault(&said).help(self.help));
    }

    /// Tells each, or all of them at once.
    fn tell(self, sink: &mut Sink<'_>) {
        match self.first {
            Some(first) if self.whole > 1 && self.whole == self.written => {
                let message = format!("all {} {} are only placeholders, such as {first}", self.whole, self.all);
                sink.push(Fault::new(Subject::Map, message).help(self.help));
            }
            _ => self.faults.into_iter().for_each(|fault| sink.push(fault)),
        }
    }
}

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    the_map(ctx, sink);
    people(ctx, sink);
    boxes(ctx, sink);
    links(ctx, sink);
    kpis(ctx, sink);
    risks_and_plans(ctx, sink);
    reviews(ctx, sink);
}

fn the_map(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let fields = [("title", &ctx.map.title), ("purpose", &ctx.map.purpose)];
    for (field, text) in fields {
        let mut texts = Texts::new("", Wanted::Always, "say what the map is of, and what it is for");
        texts.look(text, |said| {
            Fault::new(Subject::Map, format!("the {field} of the map {said}")).field(field)
        });
        texts.tell(sink);
    }
}

fn people(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let mut named = Texts::new(
        "names of owners",
        Wanted::Always,
        "name the person or the post that answers for it; until there is one, take the owner out, so that the gap shows",
    );
    let mut organised = Texts::new("organisations of owners", Wanted::Perhaps, FILL_IN);
    let mut answers: Option<HashMap<&OwnerId, usize>> = None;
    for owner in &ctx.map.owners {
        let subject = || Subject::Owner(owner.id.clone());
        named.look(&owner.name, |said| {
            let answers = answers.get_or_insert_with(|| {
                let mut answers = HashMap::new();
                for id in ctx.map.nodes.iter().filter_map(|node| node.owner.as_ref()) {
                    *answers.entry(id).or_default() += 1;
                }
                answers
            });
            let rest = match answers.get(&owner.id) {
                Some(owned) => format!(", so nobody answers for the {} of that owner", how_many_boxes(*owned)),
                None => String::new(),
            };
            Fault::new(subject(), format!("the name of owner `{}` {said}{rest}", owner.id)).field("name")
        });
        organised.look(&owner.organisation, |said| {
            Fault::new(subject(), format!("the organisation of owner `{}` {said}", owner.id)).field("organisation")
        });
    }
    let mut partners = Texts::new(
        "names of partners",
        Wanted::Always,
        "name the organisation, or take the partner out",
    );
    for partner in &ctx.map.partners {
        partners.look(&partner.name, |said| {
            let message = format!("the name of partner `{}` {said}", partner.id);
            Fault::new(Subject::Partner(partner.id.clone()), message).field("name")
        });
    }
    [named, organised, partners]
        .into_iter()
        .for_each(|texts| texts.tell(sink));
}

fn boxes(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let help = "write what the box is, as people in the room would say it, or take it out";
    let mut titles = Texts::new("titles of boxes", Wanted::Title, help);
    let mut descriptions = Texts::new("descriptions of boxes", Wanted::Perhaps, FILL_IN);
    let mut years = Texts::new(
        "years of costs",
        Wanted::Always,
        "say in which financial year the cost falls",
    );
    let mut centres = Texts::new("cost centres", Wanted::Perhaps, FILL_IN);
    for ix in ctx.graph.nodes() {
        let node = ctx.node(ix);
        let fault = |message: String, field: &'static str| Fault::new(ctx.subject(ix), message).field(field);
        titles.look(&node.title, |said| {
            fault(
                format!("the title of {} `{}` {said}", kind(node.kind), node.id),
                "title",
            )
        });
        descriptions.look(&node.description, |said| {
            fault(
                format!("the description of {} {said}", ctx.kind_and_name(ix)),
                "description",
            )
        });
        for cost in &node.cost {
            years.look(&cost.year, |said| {
                fault(
                    format!("the year of a cost of {} {said}", ctx.kind_and_name(ix)),
                    "cost",
                )
            });
            centres.look(&cost.cost_centre, |said| {
                fault(
                    format!("the cost centre of a cost of {} {said}", ctx.kind_and_name(ix)),
                    "cost",
                )
            });
        }
    }
    [titles, descriptions, years, centres]
        .into_iter()
        .for_each(|texts| texts.tell(sink));
}

fn links(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let mut reasons = Texts::new(
        "reasons for links",
        Wanted::Always,
        "say in a sentence how the first brings about the second, or leave the `rationale` empty until you know",
    );
    let mut assumptions = Texts::new("assumptions", Wanted::Perhaps, "write the assumption, or take it out");
    let mut sources = Texts::new(
        "sources of evidence",
        Wanted::Always,
        "cite the study, the trial or your own figures; take the entry out until there is a source",
    );
    for link in ctx.graph.links() {
        let fault = |message: String, field: &'static str| {
            Fault::new(ctx.link_subject(link.from, link.to), message).field(field)
        };
        let ends = || format!("from {} to {}", ctx.name(link.from), ctx.name(link.to));
        reasons.look(&link.link.rationale, |said| {
            fault(format!("the reason for the link {} {said}", ends()), "rationale")
        });
        for text in &link.link.assumptions {
            assumptions.look(text, |said| {
                fault(format!("an assumption of the link {} {said}", ends()), "assumptions")
            });
        }
        for evidence in &link.link.evidence {
            sources.look(&evidence.source, |said| {
                let rated = match evidence.strength {
                    Some(strength) if strength != Strength::Assumed => format!(", yet it is rated as {strength}"),
                    _ => String::new(),
                };
                fault(
                    format!("a source of evidence for the link {} {said}{rated}", ends()),
                    "evidence",
                )
            });
        }
    }
    [reasons, assumptions, sources]
        .into_iter()
        .for_each(|texts| texts.tell(sink));
}

fn kpis(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let mut titles = Texts::new("titles of KPIs", Wanted::Title, "say what is measured");
    let mut sources = Texts::new(
        "sources of KPIs",
        Wanted::Always,
        "name the system, the survey or the record that the values come from",
    );
    let mut frequencies = Texts::new(
        "frequencies of KPIs",
        Wanted::Always,
        "say how often it is measured, such as `quarterly`",
    );
    for kpi in ctx.kpis() {
        let id = &kpi.kpi.id;
        titles.look(&kpi.kpi.title, |said| {
            kpi.fault(format!("the title of KPI `{id}` {said}")).field("title")
        });
        let Some(plan) = &kpi.kpi.measurement else { continue };
        sources.look(&plan.source, |said| {
            let message = format!("where the values of {} come from {said}", kpi.name());
            kpi.fault(message).field("measurement")
        });
        frequencies.look(&plan.frequency, |said| {
            let message = format!("how often {} is measured {said}", kpi.name());
            kpi.fault(message).field("measurement")
        });
    }
    [titles, sources, frequencies]
        .into_iter()
        .for_each(|texts| texts.tell(sink));
}

fn risks_and_plans(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let mut titles = Texts::new(
        "titles of risks",
        Wanted::Always,
        "say what may go wrong, or take the risk out",
    );
    let mut responses = Texts::new(
        "responses to risks",
        Wanted::Always,
        "say what is done against the risk; leave the response out until that is decided",
    );
    for at in ctx.risks() {
        titles.look(&at.risk.title, |said| {
            at.fault(format!("the title of risk `{}` {said}", at.risk.id))
                .field("title")
        });
        for response in &at.risk.responses {
            responses.look(&response.action, |said| {
                at.fault(format!("a response to {} {said}", at.name()))
                    .field("responses")
            });
        }
    }
    let mut activities = Texts::new(
        "titles of activities",
        Wanted::Always,
        "say what is done, or take the activity out",
    );
    for activity in ctx.map.plans.iter().flat_map(|plan| &plan.activities) {
        activities.look(&activity.title, |said| {
            let message = format!("the title of activity `{}` {said}", activity.id);
            Fault::new(Subject::Activity(activity.id.clone()), message).field("title")
        });
    }
    [titles, responses, activities]
        .into_iter()
        .for_each(|texts| texts.tell(sink));
}

fn reviews(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let mut notes = Texts::new("notes of reviews", Wanted::Perhaps, FILL_IN);
    for (at, review) in ctx.map.reviews.iter().enumerate() {
        notes.look(&review.note, |said| {
            let message = format!("the note of the review of {} {said}", quoted(&review.subject));
            Fault::new(Subject::Review(at + 1), message).field("note")
        });
    }
    notes.tell(sink);
}

const FILL_IN: &str = "write what is meant, or leave the field empty";
