//! BM806: health checks that were answered too long ago.

use crate::check::context::Context;
use crate::check::registry::{Family, Needs, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;

/// Answers count for so many days: a year.
const HOLDS: i64 = 365;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM806",
    slug: "health-check-out-of-date",
    family: Family::Reviews,
    summary: "a health check that was last answered more than a year ago",
    source: "PAS 184:2017, 4.6",
    severities: severities("--NW"),
    plain: Plain::of_the_map("the health check was last answered more than a year ago"),
    needs: Needs::ANSWERS_AND_DAY,
    page: include_str!("../../../docs/rules/health-check-out-of-date.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(as_of) = ctx.as_of else { return };
    let (message, help) = match ctx.last_answered() {
        (false, _) => return,
        (true, None) => (
            "no answer of the health check says on which day it was given".to_owned(),
            "write the day into the column `on`, as 2027-03-31: without it nobody knows whether the answers still hold",
        ),
        (true, Some(last)) if last.days_until(as_of) > HOLDS => (
            format!(
                "the health check was last answered on {last}, {} days before {as_of}",
                last.days_until(as_of)
            ),
            "ask again, in a new round: `benefit-map survey form` writes the form",
        ),
        (true, Some(_)) => return,
    };
    sink.push(Fault::new(Subject::Map, message).help(help));
}
