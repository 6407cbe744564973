//! BM801: agreement to something that has changed since.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::quoted;
use crate::finding::Subject;
use crate::map::{BenefitMap, Fingerprints, OwnerId, Review, Says};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM801",
    slug: "suspect-review",
    family: Family::Reviews,
    summary: "an agreement to something that has changed since",
    source: "J. Browning and R. Adams, Doorstop: text-based requirements management using version control, J. Software Engineering and Applications 7 (2014)",
    severities: severities("-WE"),
    page: include_str!("../../../docs/rules/suspect-review.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    if ctx.map.reviews.is_empty() {
        return;
    }
    let prints = Fingerprints::new(ctx.map);
    for (at, review) in ctx.map.standing_reviews() {
        if review.says != Says::Agreed {
            continue;
        }
        // A review of nothing is told by another rule.
        let (Some(now), Ok(subject)) = (prints.of(&review.subject), review.subject.parse::<Subject>()) else {
            continue;
        };
        let was = review.fingerprint.trim();
        if was == now {
            continue;
        }
        let message = if was.is_empty() {
            format!(
                "{} agreed to it{}, but nothing says what it was then",
                who(ctx.map, &review.by),
                when(review)
            )
        } else {
            format!(
                "it has changed since {} agreed to it{}",
                who(ctx.map, &review.by),
                when(review)
            )
        };
        let fault = Fault::new(subject, message)
            .related(Subject::Review(at + 1), "the review")
            .help(format!(
                "have {} look again: `benefit-map review MAP --agree \"{}\" --by {}` renews the agreement",
                who(ctx.map, &review.by),
                review.subject.trim(),
                review.by
            ));
        sink.push(fault);
    }
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
