//! BM110: outcomes that are worded as tasks.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::title::{Work, work};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM110",
    slug: "activity-worded-outcome",
    family: Family::Structure,
    summary: "an outcome that reads like work and not like a change",
    source: "PAS 184:2017, 5.2; OASIS TGF: an outcome is a change in the world, an output is what is done for it",
    severities: severities("-WWW"),
    plain: Plain::counted(
        "1 outcome reads like work, not like a change",
        "# outcomes read like work, not like a change",
    ),
    page: include_str!("../../../docs/rules/activity-worded-outcome.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for ix in ctx.graph.nodes().filter(|ix| ctx.kind(*ix).is_outcome()) {
        let Some(work) = work(&ctx.node(ix).title) else {
            continue;
        };
        let because = match work {
            Work::Begins(word) => format!("begins with `{word}`, so it reads as work to be done"),
            Work::Ends(word) => format!("ends with `{word}`, so it reads as work that is done"),
        };
        let fault = Fault::new(ctx.subject(ix), format!("{} {because}", ctx.kind_and_name(ix))).field("title");
        sink.push(fault.help(
            "say what will be different for people or places, as in `Fewer missed collections` or `Residents reach a doctor within a week`",
        ));
    }
}
