//! BM201: boxes that stand alone.

use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM201",
    slug: "orphan",
    family: Family::LineOfSight,
    summary: "a node without links",
    source: "PAS 184:2017, 5.2.1: every node is on a chain",
    severities: severities("-WWE"),
    plain: Plain::counted("1 box is not linked to anything", "# boxes are not linked to anything"),
    fixes: &[Fix::Link],
    page: include_str!("../../../docs/rules/orphan.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let alone = Lacking::among(ctx.graph.nodes(), |ix| !ctx.linked().contains(*ix));
    if let Some(all) = alone.all() {
        let message = format!("none of the {all} boxes has a link to another");
        let fault = Fault::of_all(message, alone.records.iter().map(|ix| ctx.subject(*ix)));
        sink.push(fault.help("begin with an end outcome, and link to it what brings it about"));
        return;
    }
    for ix in alone.records {
        let only_feedback = ctx
            .graph
            .links_of(ix, crate::graph::Way::Downstream)
            .chain(ctx.graph.links_of(ix, crate::graph::Way::Upstream))
            .any(|link| link.from != link.to);
        let what = if only_feedback {
            "no link but feedback"
        } else {
            "no link to or from any other node"
        };
        let fault = Fault::new(ctx.subject(ix), format!("{} has {what}", ctx.kind_and_name(ix)));
        sink.push(fault.help("link it to what brings it about and to what it brings about, or take it out"));
    }
}
