//! BM708: money that does not say which year's prices it is in.

use crate::check::context::Context;
use crate::check::money::valued;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::finding::Subject;
use crate::map::PriceBasis;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM708",
    slug: "price-year-missing",
    family: Family::MoneyAndPartners,
    summary: "money that does not say which year's prices it is in",
    source: "HM Treasury, Green Book, costs and benefits",
    severities: severities("-WWE"),
    plain: Plain::counted(
        "1 amount does not say its price year",
        "# amounts do not say their price year",
    ),
    page: include_str!("../../../docs/rules/price-year-missing.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    if ctx
        .map
        .appraisal
        .as_ref()
        .is_some_and(|appraisal| appraisal.price_year.trim().is_empty())
    {
        let message = "the appraisal does not say which year's prices it is in";
        let fault = Fault::new(Subject::Map, message).field("appraisal");
        sink.push(fault.help("add `price_year`, such as the base year"));
    }
    for (at, value) in valued(ctx) {
        let real = value.basis != Some(PriceBasis::Nominal);
        if value.unit_value.is_some() && real && value.price_year.trim().is_empty() {
            let message = format!("the value of {} does not say which year's prices it is in", at.name());
            sink.push(
                at.fault(message)
                    .field("value")
                    .help("add the `price_year` of its source"),
            );
        }
    }
}
