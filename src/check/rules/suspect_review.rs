//! BM801: agreement to something that has changed since.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::quoted;
use crate::finding::Subject;
use crate::map::{BenefitMap, Binding, OwnerId, Review, Says};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM801",
    slug: "suspect-review",
    family: Family::Reviews,
    summary: "an agreement to something that has changed since",
    source: "J. Browning and R. Adams, Doorstop: text-based requirements management using version control, J. Software Engineering and Applications 7 (2014)",
    severities: severities("-WWE"),
    plain: Plain::counted(
        "1 thing has changed since it was agreed",
        "# things have changed since they were agreed",
    ),
    page: include_str!("../../../docs/rules/suspect-review.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    // A review of nothing, and one that was changed itself, are told by rules of their own.
    for (at, review, subject, binding) in ctx.standing_reviews(Says::Agreed) {
        let message = match binding {
            Binding::Unknown => format!(
                "{} agreed to it{}, but nothing says what it was then",
                who(ctx.map, &review.by),
                when(review)
            ),
            Binding::TextChanged => format!(
                "it has changed since {} agreed to it{}",
                who(ctx.map, &review.by),
                when(review)
            ),
            _ => continue,
        };
        let fault = Fault::new(subject, message)
            .related(Subject::Review(at + 1), "the review")
            .help(look_again(ctx.map, review));
        sink.push(fault);
    }
}

/// What is to be done to have an agreement that holds again.
pub(super) fn look_again(map: &BenefitMap, review: &Review) -> String {
    format!(
        "have {} look again: `benefit-map review MAP --agree \"{}\" --by {}` renews the agreement",
        who(map, &review.by),
        review.subject.trim(),
        review.by
    )
}

/// The reviewer's name in backticks.
pub(super) fn who(map: &BenefitMap, by: &OwnerId) -> String {
    let named = map
        .owner(by)
        .map(|owner| owner.name.trim())
        .filter(|name| !name.is_empty());
    quoted(named.unwrap_or(by.as_str()))
}

/// ` on 2026-03-01`, or nothing.
pub(super) fn when(review: &Review) -> String {
    review.on.map(|day| format!(" on {day}")).unwrap_or_default()
}
