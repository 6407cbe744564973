//! BM111: boxes that should be two.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::title::two_changes;
use crate::check::wording::quoted;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM111",
    slug: "two-things-in-one-box",
    family: Family::Structure,
    summary: "a box whose title names two changes",
    source: "PAS 184:2017, 5.2, 5.3: each outcome is measured by itself",
    severities: severities("-NNN"),
    plain: Plain::counted("1 box says two things", "# boxes say two things"),
    page: include_str!("../../../docs/rules/two-things-in-one-box.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for ix in ctx.graph.nodes() {
        if let Some((left, right)) = two_changes(&ctx.node(ix).title) {
            let what = crate::check::context::kind(ctx.kind(ix));
            let message = format!(
                "the title of the {what} names two changes: {} and {}",
                quoted(left),
                quoted(right)
            );
            let fault = Fault::new(ctx.subject(ix), message).field("title");
            sink.push(fault.help("make a box for each, so that each can be owned, measured and linked by itself"));
        }
    }
}
