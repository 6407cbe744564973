//! BM504: end outcomes whose owners cannot command what they need.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::quoted;
use crate::finding::Subject;
use crate::map::NodeKind;
use std::collections::HashSet;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM504",
    slug: "owner-not-senior",
    family: Family::Delivery,
    summary: "an owner of an end outcome who is not marked as senior",
    source: "PAS 184:2017, 5.4.3 a",
    severities: severities("-WE"),
    page: include_str!("../../../docs/rules/owner-not-senior.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    // Of two owners with one id either may be meant.
    let senior: HashSet<_> = ctx
        .map
        .owners
        .iter()
        .filter(|owner| owner.senior)
        .map(|owner| &owner.id)
        .collect();
    let owned = ctx.owned(|node| node.kind == NodeKind::EndOutcome);
    for (owner, nodes) in ctx.map.owners.iter().zip(&owned) {
        if senior.contains(&owner.id) {
            continue;
        }
        let Some(first) = nodes.first() else { continue };
        let more = match nodes.len() {
            1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        let who = if crate::check::wording::blank(&owner.name) {
            owner.id.as_str()
        } else {
            &owner.name
        };
        let message = format!(
            "{} answers for {}{more}, but is not marked as senior",
            quoted(who),
            ctx.kind_and_name(*first)
        );
        let mut fault = Fault::new(Subject::Owner(owner.id.clone()), message).field("senior");
        for ix in nodes.iter().take(MOST) {
            fault = fault.related(ctx.subject(*ix), format!("the owner of {}", ctx.name(*ix)));
        }
        sink.push(fault.help(
            "mark the owner as senior if that is so; otherwise find an owner who can decide on people and money",
        ));
    }
}

/// Nodes that are named one by one.
const MOST: usize = 50;
