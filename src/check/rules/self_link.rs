//! BM103: links that lead nowhere else.

use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use std::collections::HashSet;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM103",
    slug: "self-link",
    family: Family::Structure,
    summary: "a link from a node to itself",
    source: "PAS 184:2017, 5.2",
    severities: severities("EEEE"),
    plain: Plain::counted("1 box leads to itself", "# boxes lead to themselves"),
    fixes: &[Fix::DeleteLink],
    page: include_str!("../../../docs/rules/self-link.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let mut told = HashSet::new();
    for link in ctx.graph.links() {
        if link.from == link.to && told.insert(link.from) {
            let message = format!("{} is linked to itself", ctx.kind_and_name(link.from));
            let fault = Fault::new(ctx.link_subject(link.from, link.to), message);
            sink.push(fault.help("remove the link, or lead it to the node that is meant"));
        }
    }
}
