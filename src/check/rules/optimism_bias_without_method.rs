//! BM709: an optimism bias that does not say its type or its reason.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::quoted;
use crate::map::{Number, is_blank};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM709",
    slug: "optimism-bias-without-method",
    family: Family::MoneyAndPartners,
    summary: "an optimism bias that does not say its type or its reason",
    source: "HM Treasury, supplementary Green Book guidance on optimism bias",
    severities: severities("-WWE"),
    plain: Plain::counted("1 optimism bias has no method", "# optimism biases have no method"),
    page: include_str!("../../../docs/rules/optimism-bias-without-method.md"),
    ..Rule::of(run)
};

/// The upper bound for equipment and development, the highest of the table of the guidance.
const HIGHEST: i32 = 200;

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for ix in ctx.graph.nodes() {
        for cost in &ctx.node(ix).cost {
            let Some(bias) = &cost.optimism_bias else { continue };
            if bias.percent > Number::from(HIGHEST) {
                let message = format!(
                    "the optimism bias on a cost of {} in {} adds {}%, which is more than {HIGHEST}%, the highest that the guidance has",
                    ctx.kind_and_name(ix),
                    quoted(&cost.year),
                    bias.percent
                );
                let help = "correct the percentage: 24 adds 24%";
                sink.push(Fault::new(ctx.subject(ix), message).field("cost").help(help));
                continue;
            }
            let lacks = match (is_blank(&bias.of_type), is_blank(&bias.reason)) {
                (true, true) => "neither its type nor its reason",
                (true, false) => "no type of project",
                (false, true) => "no reason",
                (false, false) => continue,
            };
            let message = format!(
                "the optimism bias of {}% on a cost of {} in {} gives {lacks}",
                bias.percent,
                ctx.kind_and_name(ix),
                quoted(&cost.year)
            );
            let help = "name the type of project that the percentage is for, and say how it is mitigated";
            sink.push(Fault::new(ctx.subject(ix), message).field("cost").help(help));
        }
    }
}
