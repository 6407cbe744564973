//! BM108: boxes that say nothing.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
use crate::check::wording::blank;
use crate::finding::Subject;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM108",
    slug: "empty-title",
    family: Family::Structure,
    summary: "something without a title or a name",
    source: "PAS 184:2017, 5.2",
    severities: severities("WEEE"),
    plain: Plain::counted("1 thing has no title", "# things have no title"),
    page: include_str!("../../../docs/rules/empty-title.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let untitled = Lacking::among(ctx.graph.nodes(), |ix| blank(&ctx.node(*ix).title));
    let no_titles = untitled.all();
    if let Some(all) = no_titles {
        let message = format!("none of the {all} boxes has a title");
        let fault = Fault::of_all(message, untitled.records.iter().map(|ix| ctx.subject(*ix)));
        sink.push(
            fault
                .field("title")
                .help("write what each box is, as people in the room would say it"),
        );
    }
    let mut missing = |subject: Subject, field: &'static str, noun: &str| {
        let fault = Fault::new(subject, format!("the {noun} has no {field}")).field(field);
        sink.push(fault.help(format!("write what the {noun} is, as people in the room would say it")));
    };
    for ix in untitled.records.into_iter().filter(|_| no_titles.is_none()) {
        missing(ctx.subject(ix), "title", crate::check::context::kind(ctx.kind(ix)));
    }
    let map = ctx.map;
    for owner in map.owners.iter().filter(|owner| blank(&owner.name)) {
        missing(Subject::Owner(owner.id.clone()), "name", "owner");
    }
    for partner in map.partners.iter().filter(|partner| blank(&partner.name)) {
        missing(Subject::Partner(partner.id.clone()), "name", "partner");
    }
    for kpi in map.kpis.iter().filter(|kpi| blank(&kpi.title)) {
        missing(Subject::Kpi(kpi.id.clone()), "title", "KPI");
    }
    for risk in map.risks.iter().filter(|risk| blank(&risk.title)) {
        missing(Subject::Risk(risk.id.clone()), "title", "risk");
    }
    for activity in map.plans.iter().flat_map(|plan| &plan.activities) {
        if blank(&activity.title) {
            missing(Subject::Activity(activity.id.clone()), "title", "activity");
        }
    }
}
