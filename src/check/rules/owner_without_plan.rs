//! BM505: owners who have not said what they will do.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
use crate::check::wording::{blank, count, quoted};
use crate::finding::Subject;
use std::collections::HashSet;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM505",
    slug: "owner-without-plan",
    family: Family::Delivery,
    summary: "an owner of outcomes without a benefits realisation plan",
    source: "PAS 184:2017, 5.4.3 b",
    severities: severities("--WE"),
    plain: Plain::counted("1 owner has no plan", "# owners have no plan"),
    page: include_str!("../../../docs/rules/owner-without-plan.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let ids = || ctx.map.owners.iter().map(|owner| owner.id.as_str());
    let mut planned = HashSet::new();
    let mut empty = HashSet::new();
    for plan in &ctx.map.plans {
        let id = plan.owner.as_str();
        // A plan of an unknown owner is perhaps that of the owner whose id is most like it.
        let id = if ctx.owner(&plan.owner).is_some() {
            Some(id)
        } else {
            ctx.meant(id, ids())
        };
        if plan.activities.is_empty() {
            empty.extend(id);
        } else {
            planned.extend(id);
        }
    }
    let owned = ctx.owned(|node| node.kind.is_outcome());
    let answering = ctx.map.owners.iter().zip(&owned).filter(|(_, nodes)| !nodes.is_empty());
    let unplanned = Lacking::among(answering, |(owner, _)| !planned.contains(owner.id.as_str()));
    if let Some(all) = unplanned.all() {
        let message = format!("none of the {all} owners of outcomes has a benefits realisation plan with activities");
        let fault = Fault::of_all(
            message,
            unplanned
                .records
                .iter()
                .map(|(owner, _)| Subject::Owner(owner.id.clone())),
        );
        sink.push(fault.help(
            "begin with the owners of end outcomes: add the activities by which each will bring the benefit about, with dates",
        ));
        return;
    }
    for (owner, nodes) in unplanned.records {
        let who = if blank(&owner.name) {
            owner.id.as_str()
        } else {
            &owner.name
        };
        let what = if empty.contains(owner.id.as_str()) {
            "a plan without activities"
        } else {
            "no benefits realisation plan"
        };
        let message = format!(
            "{} answers for {} and has {what}",
            quoted(who),
            count(nodes.len(), "outcome")
        );
        let fault = Fault::new(Subject::Owner(owner.id.clone()), message);
        sink.push(
            fault.help("add a plan with the activities by which the owner will bring the benefit about, with dates"),
        );
    }
}
