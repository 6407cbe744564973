//! BM507: owners who answer for too much.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::{blank, quoted};
use crate::finding::Subject;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM507",
    slug: "owner-overloaded",
    family: Family::Delivery,
    summary: "an owner who answers for many outcomes",
    source: "PAS 184:2017, 5.4.3 a",
    severities: severities("---N"),
    plain: Plain::counted("1 owner has too much", "# owners have too much"),
    page: include_str!("../../../docs/rules/owner-overloaded.md"),
    ..Rule::of(run)
};

/// More outcomes than this are more than one person can see through.
const MOST: usize = 7;

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let owned = ctx.owned(|node| node.kind.is_outcome());
    for (owner, nodes) in ctx.map.owners.iter().zip(&owned) {
        if nodes.len() > MOST {
            let who = if blank(&owner.name) {
                owner.id.as_str()
            } else {
                &owner.name
            };
            let message = format!("{} answers for {} outcomes, more than {MOST}", quoted(who), nodes.len());
            let fault = Fault::new(Subject::Owner(owner.id.clone()), message);
            sink.push(fault.help("share the outcomes among people who can see each of them through"));
        }
    }
}
