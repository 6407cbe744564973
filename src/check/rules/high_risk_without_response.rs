//! BM603: high risks against which nothing has been decided.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM603",
    slug: "high-risk-without-response",
    family: Family::Risk,
    summary: "a high risk with no response decided",
    source: "PAS 184:2017, 5.4.3 c",
    severities: severities("-NWE"),
    plain: Plain::counted("1 high risk has no response", "# high risks have no response"),
    page: include_str!("../../../docs/rules/high-risk-without-response.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for at in ctx.open_risks() {
        let risk = at.risk;
        let (Some(exposure), Some(likelihood), Some(impact)) = (risk.exposure(), risk.likelihood, risk.impact) else {
            continue;
        };
        if exposure < HIGH || risk.responses.iter().any(|response| response.chosen) {
            continue;
        }
        let what = match risk.responses.len() {
            0 => "nothing is planned to deal with it".to_owned(),
            1 => "the one response to it has not been decided on".to_owned(),
            n => format!("none of the {n} responses to it has been decided on"),
        };
        let message = format!(
            "{} is high (likelihood {} of 5, impact {} of 5), and {what}",
            at.name(),
            likelihood.get(),
            impact.get()
        );
        let fault = at.fault(message).field("responses");
        sink.push(
            fault.help(
                "decide what will be done, enter it among the `responses` with its cost, and mark it as `chosen`",
            ),
        );
    }
}

/// Likelihood times impact from which a risk is high.
const HIGH: u8 = 12;
