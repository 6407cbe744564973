//! BM805: reviews that do not read as they were written.

use super::suspect_review::who;
use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;
use crate::map::Binding;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM805",
    slug: "altered-review",
    family: Family::Reviews,
    summary: "a review that was changed after it was written",
    source: "benefit-map file format",
    severities: severities("WWWE"),
    plain: Plain::counted(
        "1 review does not read as it was written",
        "# reviews do not read as they were written",
    ),
    page: include_str!("../../../docs/rules/altered-review.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for (at, review) in ctx.map.reviews.iter().enumerate() {
        let message = match ctx.prints().weigh(review) {
            Binding::Altered => format!(
                "the review of `{}` by {} does not read as it was written: its reviewer, day, verdict, note, subject or \
                 fingerprint has been changed",
                review.subject.trim(),
                who(ctx.map, &review.by)
            ),
            // That there is no such owner is told by another rule.
            Binding::OtherReviewer if ctx.owner(&review.by).is_some() => format!(
                "the review of `{}` was written by the owner `{}` under another name than {}",
                review.subject.trim(),
                review.by,
                who(ctx.map, &review.by)
            ),
            _ => continue,
        };
        let fault = Fault::new(Subject::Review(at + 1), message);
        sink.push(
            fault.help("ask the reviewer: put back what they said, or have them look again and take this review out"),
        );
    }
}
