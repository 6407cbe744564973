//! BM110: outcomes that are worded as tasks.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::work_word;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM110",
    slug: "activity-worded-outcome",
    family: Family::Structure,
    summary: "an outcome that reads as work, not as a change",
    source: "PAS 184:2017, 5.2; OASIS TGF: an outcome is a change in the world, an output is what is done for it",
    severities: severities("-WW"),
    page: include_str!("../../../docs/rules/activity-worded-outcome.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for ix in ctx.graph.nodes().filter(|ix| ctx.kind(*ix).is_outcome()) {
        if let Some(word) = work_word(&ctx.node(ix).title) {
            let message = format!(
                "{} begins with `{word}`, so it reads as work to be done",
                ctx.kind_and_name(ix)
            );
            let fault = Fault::new(ctx.subject(ix), message).field("title");
            sink.push(fault.help(
                "say what will be different for people or places, as in `Fewer missed collections` or `Improved access`",
            ));
        }
    }
}
