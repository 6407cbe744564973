//! BM106: links that run back.

use crate::check::context::Context;
use crate::check::context::kind;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use std::collections::HashSet;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM106",
    slug: "link-against-the-flow",
    family: Family::Structure,
    summary: "a link from a later stage to an earlier one",
    source: "PAS 184:2017, 5.2; OASIS TGF: investment, output, intermediate outcome, end outcome",
    severities: severities("WEEE"),
    plain: Plain::counted("1 link runs backwards", "# links run backwards"),
    fixes: &[Fix::TurnLink, Fix::DeleteLink],
    page: include_str!("../../../docs/rules/link-against-the-flow.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    // A loop over several stages has a link that runs back; it is told with the loop.
    let mut in_loop = HashSet::new();
    for cycle in ctx.cycles() {
        let next = cycle.nodes.iter().cycle().skip(1);
        in_loop.extend(cycle.nodes.iter().zip(next).map(|(from, to)| (*from, *to)));
    }
    for (from, to) in ctx.steps() {
        let (early, late) = (ctx.kind(to), ctx.kind(from));
        if late.stage() <= early.stage() || in_loop.contains(&(from, to)) {
            continue;
        }
        let message = format!(
            "{} feeds {}: the link runs against the flow",
            ctx.kind_and_name(from),
            ctx.kind_and_name(to)
        );
        let help = format!(
            "turn the link round, mark it as feedback, or correct the kind of a node: {} comes before {}",
            article(kind(early)),
            article(kind(late))
        );
        sink.push(Fault::new(ctx.link_subject(from, to), message).help(help));
    }
}

fn article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}
