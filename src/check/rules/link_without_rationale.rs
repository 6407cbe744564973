//! BM301: links that do not say why.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::{blank, count};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM301",
    slug: "link-without-rationale",
    family: Family::TheoryOfChange,
    summary: "a link that does not say why",
    source: "HM Treasury, Magenta Book (2020), theories of change; PAS 184:2017, 5.2",
    severities: severities("-WWE"),
    plain: Plain::counted("1 link does not say why", "# links do not say why"),
    page: include_str!("../../../docs/rules/link-without-rationale.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let pairs = ctx.pairs();
    let silent = pairs.iter().filter(|pair| !pair.says_why);
    if pairs.len() > 1 && silent.clone().count() == pairs.len() {
        let message = format!(
            "none of the {} says why the one end should bring about the other",
            count(pairs.len(), "link")
        );
        let links = pairs.iter().map(|pair| ctx.link_subject(pair.from, pair.to));
        let fault = Fault::of_all(message, links).field("rationale");
        sink.push(
            fault.help("begin with the links into the end outcomes: one sentence each, as the link's `rationale`"),
        );
        return;
    }
    for pair in silent {
        // A reason that only holds the place of one is told by a rule of its own.
        if ctx.links_between(pair).any(|link| !blank(&link.link.rationale)) {
            continue;
        }
        let message = format!(
            "nothing says why {} should bring about {}",
            ctx.name(pair.from),
            ctx.name(pair.to)
        );
        let fault = Fault::new(ctx.link_subject(pair.from, pair.to), message).field("rationale");
        sink.push(fault.help("say in a sentence how the first brings about the second, as the link's `rationale`"));
    }
}
