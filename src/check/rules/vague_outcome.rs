//! BM116: outcomes that would suit any project.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::title::{Vague, vague, work};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM116",
    slug: "vague-outcome",
    family: Family::Structure,
    summary: "an outcome that says neither for whom nor what can be counted",
    source: "PAS 184:2017, 5.3 c: what is to be achieved is specific and measurable",
    severities: severities("-NWW"),
    plain: Plain::counted("1 outcome would suit any project", "# outcomes would suit any project"),
    page: include_str!("../../../docs/rules/vague-outcome.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for ix in ctx.graph.nodes().filter(|ix| ctx.kind(*ix).is_outcome()) {
        let title = &ctx.node(ix).title;
        // What reads as work is said of it already.
        let Some(vague) = vague(title).filter(|_| work(title).is_none()) else {
            continue;
        };
        let why = match vague {
            Vague::Praise => "promises that something gets better, and does not say for whom or how it would be seen",
            Vague::Topic => "names a topic or a thing, and does not say what changes for whom",
        };
        let fault = Fault::new(ctx.subject(ix), format!("{} {why}", ctx.kind_and_name(ix))).field("title");
        sink.push(fault.help(
            "name who is better off and what they would notice, as in `Fewer missed collections` or `Carers get help within a week`",
        ));
    }
}
