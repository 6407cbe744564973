//! BM608: statements of a health check that are not agreed with, and that nobody has made a risk of.

use crate::check::context::Context;
use crate::check::registry::{Family, Needs, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::count;
use crate::finding::Subject;
use crate::survey::{Stage, Trigger, triggers};

/// So many statements are named before the rest are counted.
const NAMED: usize = 3;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM608",
    slug: "risk-trigger-not-taken-up",
    family: Family::Risk,
    summary: "a statement of the health check that somebody does not agree with, and that no risk on the map takes up",
    source: "PAS 184:2017, 4.6.2",
    severities: severities("NNWW"),
    plain: Plain::counted(
        "1 health check has statements that somebody disagrees with and that no risk takes up",
        "# health checks have statements that somebody disagrees with and that no risk takes up",
    ),
    needs: Needs::ANSWERS,
    page: include_str!("../../../docs/rules/risk-trigger-not-taken-up.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for results in ctx.results() {
        let all = triggers(&results, ctx.map, Stage::Early);
        let open: Vec<&Trigger<'_, '_>> = all.iter().filter(|trigger| !trigger.taken_up).collect();
        if open.is_empty() {
            continue;
        }
        let named = open.iter().take(NAMED).map(|trigger| {
            let result = trigger.result;
            format!(
                "“{}” ({} of {} below “{}”)",
                result.question.text.trim_end_matches('.'),
                trigger.below,
                result.tally.n(),
                results.set.scale.word_of(trigger.least)
            )
        });
        let mut named: Vec<String> = named.collect();
        if open.len() > NAMED {
            named.push(format!("{} more", open.len() - NAMED));
        }
        let message = format!(
            "{} of `{}`, round {}, {} no risk on the map: {}",
            count(open.len(), "statement"),
            results.set.title,
            results.round,
            if open.len() == 1 {
                "is not agreed with and has"
            } else {
                "are not agreed with and have"
            },
            named.join("; ")
        );
        let fault = Fault::new(Subject::Map, message).field("risks");
        sink.push(fault.help(
            "discuss each and add it as a risk: `benefit-map survey triggers MAP --answers FILE --add` adds them all, with their statement as the title",
        ));
    }
}
