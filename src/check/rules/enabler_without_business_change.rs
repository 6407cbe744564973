//! BM204: an enabler alone cannot deliver a benefit.

use crate::check::broken::aimed_at;
use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;
use crate::map::NodeKind;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM204",
    slug: "enabler-without-business-change",
    family: Family::LineOfSight,
    summary: "an enabler that leads to an outcome without a business change between",
    source: "PAS 184:2017, 5.2.2 b",
    severities: severities("-EEE"),
    plain: Plain::counted("1 chain has no business change", "# chains have no business change"),
    fixes: &[Fix::Link],
    page: include_str!("../../../docs/rules/enabler-without-business-change.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    if let Some((enablers, investments)) = ctx.without_business_change() {
        let also = match investments {
            0 => String::new(),
            n => format!(
                ", and {n} from {}",
                if n == 1 { "an investment" } else { "investments" }
            ),
        };
        let message = format!(
            "the map has no business change: {} straight to {}{also}",
            if enablers == 1 {
                "1 link leads from an enabler".to_owned()
            } else {
                format!("{enablers} links lead from enablers")
            },
            if enablers == 1 { "an outcome" } else { "outcomes" },
        );
        let fault = Fault::new(Subject::Map, message);
        sink.push(fault.help("ask of each enabler who will work differently because of it, add those business changes, and lead the chains through them"));
        return;
    }
    for (from, to) in ctx.steps() {
        let (enabler, outcome) = (ctx.node(from), ctx.node(to));
        if enabler.kind != NodeKind::Enabler || !outcome.kind.is_outcome() || !aimed_at(outcome) {
            continue;
        }
        let nearest = ctx.nearest_investment();
        let mut chain: Vec<_> = nearest.chain(from).take(LONGEST).collect();
        // Told from the investment on where that is near, and otherwise from the enabler.
        if chain.len() == LONGEST || chain.is_empty() {
            chain = vec![from];
        }
        chain.reverse();
        chain.push(to);
        let message = format!(
            "{} leads to {} without a business change: {}",
            ctx.kind_and_name(from),
            ctx.kind_and_name(to),
            ctx.chain(&chain)
        );
        let fault = Fault::new(ctx.link_subject(from, to), message);
        sink.push(
            fault
                .help("add the change in how people work that makes use of the enabler, and lead the chain through it"),
        );
    }
}

/// A chain of more nodes than this is not told whole.
const LONGEST: usize = 12;
