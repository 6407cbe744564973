//! BM306: evidence that nobody has weighed.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::count;
use crate::finding::Subject;
use crate::graph::Backing;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM306",
    slug: "evidence-not-weighed",
    family: Family::TheoryOfChange,
    summary: "evidence that does not say how strong it is",
    source: "HM Treasury, Magenta Book (2020), theories of change; PAS 184:2017, 5.2",
    severities: severities("---N"),
    plain: Plain::counted(
        "nobody has said how strong the evidence of 1 link is",
        "nobody has said how strong the evidence of # links is",
    ),
    page: include_str!("../../../docs/rules/evidence-not-weighed.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let unweighed = || ctx.pairs().iter().filter(|pair| pair.backing == Backing::Unweighed);
    let (links, cited) = (
        unweighed().count(),
        ctx.pairs()
            .iter()
            .filter(|pair| pair.backing > Backing::Nothing)
            .count(),
    );
    if links > 1 && links == cited {
        let message = format!(
            "nobody has said how strong the evidence of any link is: {} cite sources",
            count(links, "link")
        );
        let fault = Fault::new(Subject::Map, message);
        sink.push(
            fault.help("give each source a `strength`: `strong`, `moderate`, `weak`, or `assumed` for a judgement"),
        );
        return;
    }
    for pair in unweighed() {
        let message = format!(
            "nobody has said how strong the evidence is that {} brings about {}",
            ctx.name(pair.from),
            ctx.name(pair.to)
        );
        let fault = Fault::new(ctx.link_subject(pair.from, pair.to), message).field("evidence");
        sink.push(
            fault.help("give the source a `strength`: `strong`, `moderate`, `weak`, or `assumed` for a judgement"),
        );
    }
}
