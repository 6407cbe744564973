//! BM307: links that people disagree about.

use std::collections::HashMap;

use crate::check::context::Context;
use crate::check::registry::{Family, Needs, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;
use crate::survey::{Scale, question_of};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM307",
    slug: "link-divides-the-room",
    family: Family::TheoryOfChange,
    summary: "a link of which some people are sure and others are not",
    source: "W. J. Tastle and M. J. Wierman, Consensus and dissention, Int. J. Approximate Reasoning 45 (2007)",
    severities: severities("NWWW"),
    plain: Plain::counted("1 link divides the room", "# links divide the room"),
    needs: Needs::ANSWERS,
    page: include_str!("../../../docs/rules/link-divides-the-room.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let votes: Vec<_> = ctx
        .results()
        .filter(|results| results.set.scale == Scale::Confidence)
        .collect();
    let questions = votes.iter().flat_map(|results| &results.questions);
    let divided: HashMap<&str, String> = questions
        .filter(|result| result.tally.divides())
        .map(|result| (result.question.id.as_str(), result.tally.words(Scale::Confidence)))
        .collect();
    if divided.is_empty() {
        return;
    }
    for link in ctx.graph.links() {
        let Some(words) = divided.get(question_of(link.link).as_str()) else {
            continue;
        };
        let subject = Subject::Link {
            from: ctx.node(link.from).id.clone(),
            to: ctx.node(link.to).id.clone(),
        };
        let message = format!(
            "people disagree whether {} leads to {}: {words}",
            ctx.name(link.from),
            ctx.name(link.to)
        );
        sink.push(Fault::new(subject, message).help(
            "ask those at both ends of the scale what they know, and write it down as the reason, evidence or assumption of the link; then ask again",
        ));
    }
}
