//! BM716: benefits of more than ten times the costs.

use rust_decimal::Decimal;

use crate::appraise::{self, Assumed, shown};
use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM716",
    slug: "value-above-investment-unlikely",
    family: Family::MoneyAndPartners,
    summary: "benefits of more than ten times the costs",
    source: "HM Treasury, Green Book, costs and benefits",
    severities: severities("-NNN"),
    plain: Plain::of_the_map("The benefits are more than ten times the costs"),
    page: include_str!("../../../docs/rules/value-above-investment-unlikely.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let Ok(appraised) = appraise::appraise(ctx.graph, &Assumed::default()) else {
        return;
    };
    let ten = Decimal::TEN;
    for option in appraised
        .options
        .iter()
        .filter(|option| option.society.bcr.is_some_and(|bcr| bcr > ten))
    {
        let message = format!(
            "the option `{}` has benefits of {} times its costs",
            option.id,
            shown::ratio(option.society.bcr)
        );
        let fault = Fault::new(Subject::Map, message).field("appraisal");
        sink.push(fault.help("check the units of costs and values, and whether a cost is missing"));
    }
}
