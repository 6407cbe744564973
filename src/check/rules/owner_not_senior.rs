//! BM504: end outcomes whose owners cannot command what they need.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
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
    severities: severities("-NWE"),
    plain: Plain::counted("1 benefit owner is not senior", "# benefit owners are not senior"),
    page: include_str!("../../../docs/rules/owner-not-senior.md"),
    ..Rule::of(run)
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
    let answering = ctx.map.owners.iter().zip(&owned).filter(|(_, nodes)| !nodes.is_empty());
    let junior = Lacking::among(answering, |(owner, _)| !senior.contains(&owner.id));
    if let Some(all) = junior.all() {
        let message = format!("none of the {all} owners of end outcomes is marked as senior");
        let fault = Fault::of_all(
            message,
            junior.records.iter().map(|(owner, _)| Subject::Owner(owner.id.clone())),
        );
        sink.push(
            fault.field("senior").help(
                "mark those as senior who can decide on people and money; where nobody can, find an owner who does",
            ),
        );
        return;
    }
    for (owner, nodes) in junior.records {
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
