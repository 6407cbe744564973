//! BM802: reviews of nothing, or by nobody.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::quoted;
use crate::finding::{Subject, nearest};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM802",
    slug: "review-of-nothing",
    family: Family::Reviews,
    summary: "a review of something that is not on the map, or by somebody who is not",
    source: "benefit-map file format",
    severities: severities("WWWE"),
    plain: Plain::counted(
        "1 review names a thing or a person that is not on the map",
        "# reviews name a thing or a person that is not on the map",
    ),
    page: include_str!("../../../docs/rules/review-of-nothing.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for (at, review) in ctx.map.reviews.iter().enumerate() {
        let subject = || Subject::Review(at + 1);
        let reviewed = review.subject.trim();
        match reviewed.parse::<Subject>() {
            Err(_) => {
                let message = format!(
                    "the review is of {}, which is not a name for anything in a map",
                    quoted(reviewed)
                );
                let help = "write it as findings do: `map`, `node ID`, `link ID -> ID`, `kpi ID`, `risk ID`";
                sink.push(Fault::new(subject(), message).field("subject").help(help));
            }
            Ok(_) if ctx.prints().of(reviewed).is_none() => {
                let message = format!("the review is of {}, but the map has no such thing", quoted(reviewed));
                let help = "correct the subject, or take the review out where its subject is gone for good";
                sink.push(Fault::new(subject(), message).field("subject").help(help));
            }
            Ok(_) => {}
        }
        if ctx.owner(&review.by).is_none() {
            let message = format!("the reviewer is `{}`, but the map has no owner with that id", review.by);
            let help = match nearest(review.by.as_str(), owners_in_order(ctx)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "add the owner, or correct the id".to_owned(),
            };
            sink.push(Fault::new(subject(), message).field("by").help(help));
        }
    }
}

fn owners_in_order<'m>(ctx: &Context<'m>) -> impl Iterator<Item = &'m str> {
    ctx.map.owners.iter().map(|owner| owner.id.as_str())
}
