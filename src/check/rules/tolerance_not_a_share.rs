//! BM415: tolerances that would tolerate anything.

use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
use crate::finding::Subject;
use crate::map::{Number, Tolerance};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM415",
    slug: "tolerance-not-a-share",
    family: Family::Tracking,
    summary: "a tolerance that is no share of the expected value, or a red one below amber",
    source: "PAS 184:2017, 5.3",
    severities: severities("WEE"),
    page: include_str!("../../../docs/rules/tolerance-not-a-share.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let stated = ctx.kpis().filter_map(|kpi| Some((kpi.kpi.tolerance?, kpi)));
    let stated = stated.filter(|(tolerance, _)| tolerance.amber.or(tolerance.red).is_some());
    let wrong = Lacking::among(stated, |(tolerance, _)| wrong(*tolerance, "").is_some());
    let in_percent = |(tolerance, _): &(Tolerance, _)| bounds(*tolerance).any(|(_, value)| value >= Number::ONE);
    if let Some(all) = wrong.all().filter(|_| wrong.records.iter().all(in_percent)) {
        let message =
            format!("the tolerances of all {all} KPIs that state one are 100 % or more, so nothing would count");
        let fault = Fault::new(Subject::Map, message);
        sink.push(fault.help("write each tolerance as a part of 1: 0.05 for 5 %"));
        return;
    }
    for (tolerance, kpi) in &wrong.records {
        if let Some((message, help)) = self::wrong(*tolerance, &kpi.name()) {
            sink.push(kpi.fault(message).field("tolerance").help(help));
        }
    }
}

fn bounds(tolerance: Tolerance) -> impl Iterator<Item = (&'static str, Number)> {
    let bounds = [("amber", tolerance.amber), ("red", tolerance.red)];
    bounds.into_iter().filter_map(|(colour, value)| Some((colour, value?)))
}

/// What is wrong with the tolerance of a KPI of that name, and what to do.
fn wrong(tolerance: Tolerance, name: &str) -> Option<(String, &'static str)> {
    for (colour, value) in bounds(tolerance) {
        if value < Number::ZERO {
            let message = format!("the {colour} tolerance of {name} is {value}, and a tolerance is never below 0");
            return Some((message, "write it without the minus, as a part of 1: 0.05 for 5 %"));
        }
        if value >= Number::ONE {
            let percent = Number::rounded(value.decimal() * rust_decimal::Decimal::ONE_HUNDRED);
            let percent = percent.map_or(String::new(), |percent| format!(", which is {} %", percent.grouped()));
            let message =
                format!("the {colour} tolerance of {name} is {value}{percent}: hardly any shortfall would count");
            return Some((message, "write it as a part of 1: 0.05 for 5 %"));
        }
    }
    let (amber, red) = (tolerance.amber?, tolerance.red?);
    (red < amber).then(|| {
        let message = format!(
            "the red tolerance of {name} is {red} and its amber one {amber}: it would be red before it is amber"
        );
        (
            message,
            "make red the wider of the two: beyond amber it is at risk, beyond red it is off track",
        )
    })
}
