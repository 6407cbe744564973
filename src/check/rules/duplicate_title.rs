//! BM109: boxes that read the same.

use crate::check::context::Context;
use crate::check::context::kind;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::blank;
use std::collections::HashMap;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM109",
    slug: "duplicate-title",
    family: Family::Structure,
    summary: "two boxes that read the same",
    source: "PAS 184:2017, 5.2",
    severities: severities("-WW"),
    page: include_str!("../../../docs/rules/duplicate-title.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let mut first = HashMap::with_capacity(ctx.graph.len());
    for ix in ctx.graph.nodes() {
        let node = ctx.node(ix);
        if blank(&node.title) {
            continue;
        }
        let read = node
            .title
            .split_whitespace()
            .flat_map(|word| [" ", word])
            .collect::<String>();
        let before = *first.entry(read.to_lowercase()).or_insert(ix);
        if before == ix {
            continue;
        }
        let also = kind(ctx.node(before).kind);
        let message = format!(
            "{} reads the same as {also} `{}`",
            ctx.kind_and_name(ix),
            ctx.node(before).id
        );
        let fault = Fault::new(ctx.subject(ix), message).field("title");
        let fault = fault.related(ctx.subject(before), "the first that reads so");
        sink.push(fault.help("make them one box, or say in the titles how they differ"));
    }
}
