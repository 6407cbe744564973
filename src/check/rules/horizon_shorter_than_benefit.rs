//! BM711: an appraisal that ends before a benefit is there in full.

use crate::appraise::Calendar;
use crate::check::context::Context;
use crate::check::money::valued;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM711",
    slug: "horizon-shorter-than-benefit",
    family: Family::MoneyAndPartners,
    summary: "an appraisal that ends before a benefit is there in full",
    source: "HM Treasury, Green Book, costs and benefits",
    severities: severities("-WWE"),
    plain: Plain::counted(
        "1 benefit lasts longer than the appraisal",
        "# benefits last longer than the appraisal",
    ),
    page: include_str!("../../../docs/rules/horizon-shorter-than-benefit.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(appraisal) = &ctx.map.appraisal else { return };
    let first_month = appraisal.first_month.unwrap_or(4);
    let Ok(calendar) = Calendar::from(&appraisal.base_year, first_month) else {
        return;
    };
    let Ok(last) = calendar.index(&appraisal.end) else {
        return;
    };
    for (at, value) in valued(ctx).filter(|(_, value)| value.is_in_money()) {
        let until = calendar.index(&value.until).ok();
        let target = at.kpi.final_target().and_then(|target| target.date);
        let target = target
            .filter(|_| value.unit_value.is_some())
            .map(|day| calendar.of(day));
        let Some(ends) = until.max(target).filter(|ends| *ends > last) else {
            continue;
        };
        let message = format!(
            "the benefit of {} goes on to {}, and the appraisal ends in {}",
            at.name(),
            calendar.label(ends),
            calendar.label(last)
        );
        let help = "let the appraisal end later, or say in the document why it ends there";
        sink.push(at.fault(message).field("value").help(help));
    }
}
