//! BM302: links that nothing shows to hold.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::{blank, count};
use crate::graph::Backing;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM302",
    slug: "link-without-evidence",
    family: Family::TheoryOfChange,
    summary: "a link without evidence that it works",
    source: "HM Treasury, Magenta Book (2020), theories of change; PAS 184:2017, 5.2",
    severities: severities("--WE"),
    plain: Plain::counted("1 link has no evidence", "# links have no evidence"),
    page: include_str!("../../../docs/rules/link-without-evidence.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    if ctx.is_without_evidence() && ctx.flowing_pairs().nth(1).is_some() {
        let message = format!(
            "none of the {} has evidence that it works",
            count(ctx.flowing_pairs().count(), "link")
        );
        let links = ctx.flowing_pairs().map(|pair| ctx.link_subject(pair.from, pair.to));
        let fault = Fault::of_all(message, links).field("evidence");
        sink.push(fault.help(
            "begin with the links into the end outcomes: cite a study, a trial or your own figures, or say that a link is `assumed`",
        ));
        return;
    }
    for pair in ctx.flowing_pairs().filter(|pair| pair.backing == Backing::Nothing) {
        // A source that only holds the place of one is told by a rule of its own.
        let mut links = ctx.links_between(pair).filter(|link| link.flows());
        if links.any(|link| link.link.evidence.iter().any(|evidence| !blank(&evidence.source))) {
            continue;
        }
        let message = format!(
            "nothing shows that {} brings about {}",
            ctx.name(pair.from),
            ctx.name(pair.to)
        );
        let fault = Fault::new(ctx.link_subject(pair.from, pair.to), message).field("evidence");
        sink.push(fault.help(
            "cite a study, a trial or your own figures as its `evidence`; where it is a judgement, say whose, with the strength `assumed`",
        ));
    }
}
