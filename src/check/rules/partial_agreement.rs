//! BM804: agreement that does not cover the KPIs as they are.

use super::suspect_review::{look_again, when, who};
use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;
use crate::map::{Binding, Says};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM804",
    slug: "partial-agreement",
    family: Family::Reviews,
    summary: "an agreement that does not cover the KPIs as they are now",
    source: "PAS 184:2017, 5.3; benefit-map file format",
    severities: severities("---W"),
    plain: Plain::counted(
        "1 agreement does not cover the KPIs as they are now",
        "# agreements do not cover the KPIs as they are now",
    ),
    page: include_str!("../../../docs/rules/partial-agreement.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for (at, review, subject, binding) in ctx.standing_reviews(Says::Agreed) {
        let (who, when) = (who(ctx.map, &review.by), when(review));
        let message = match binding {
            Binding::MeasuresChanged => {
                format!(
                    "{who} agreed to it{when}, but its KPIs have changed since: baseline, target, path, tolerance or what is measured"
                )
            }
            Binding::TextOnly => format!(
                "{who} agreed to it{when} under an earlier version of benefit-map: the agreement covers its text, and neither \
                 its KPIs nor who agreed and when"
            ),
            _ => continue,
        };
        let fault = Fault::new(subject, message).related(Subject::Review(at + 1), "the review");
        sink.push(fault.help(look_again(ctx.map, review)));
    }
}
