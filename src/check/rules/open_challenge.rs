//! BM803: challenges that nobody has answered.

use super::suspect_review::{when, who};
use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;
use crate::map::{Binding, Says};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM803",
    slug: "open-challenge",
    family: Family::Reviews,
    summary: "a challenge that has not been answered",
    source: "benefit-map file format",
    severities: severities("-WWE"),
    plain: Plain::counted(
        "1 challenge has not been answered",
        "# challenges have not been answered",
    ),
    page: include_str!("../../../docs/rules/open-challenge.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let challenges = ctx.standing_reviews(Says::Challenged);
    for (at, review, subject, binding) in challenges.filter(|(.., binding)| *binding != Binding::OfNothing) {
        let note = match review.note.trim().trim_end_matches('.') {
            "" => String::new(),
            note => format!(": {}", note.split_whitespace().collect::<Vec<_>>().join(" ")),
        };
        let message = format!("{} challenged it{}{note}", who(ctx.map, &review.by), when(review));
        let help = match binding {
            Binding::TextChanged | Binding::MeasuresChanged => {
                "it has changed since: have the reviewer say whether that answers the challenge"
            }
            _ => "answer the challenge, and have the reviewer look again",
        };
        sink.push(
            Fault::new(subject, message)
                .related(Subject::Review(at + 1), "the review")
                .help(help),
        );
    }
}
