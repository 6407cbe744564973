//! BM416: texts that say how often a KPI is measured, and are not understood.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
use crate::check::wording;
use crate::finding::Subject;
use crate::map::is_blank;
use crate::track::Frequency;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM416",
    slug: "frequency-not-understood",
    family: Family::Tracking,
    summary: "a KPI that says how often it is measured in words that are not understood",
    source: "PAS 184:2017, 5.3",
    severities: severities("-NWW"),
    plain: Plain::counted(
        "1 KPI does not say clearly how often it is measured",
        "# KPIs do not say clearly how often they are measured",
    ),
    page: include_str!("../../../docs/rules/frequency-not-understood.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    // That nothing is said is found by another rule.
    let stated = ctx.kpis().filter_map(|kpi| {
        let text = kpi.kpi.measurement.as_ref()?.frequency.as_str();
        (!is_blank(text)).then_some((text, kpi))
    });
    let unclear = Lacking::among(stated, |(text, _)| Frequency::of(text).is_none());
    let help =
        "write how often, such as `monthly`, `each quarter`, `twice a year` or `every 2 years`; say the rest after it";
    if let (Some(all), Some((text, _))) = (unclear.all(), unclear.records.first()) {
        let message = format!(
            "none of the {all} KPIs that say how often they are measured says so in words that are understood, such as {}: \
             each is treated as measured once a year",
            wording::quoted(text)
        );
        sink.push(Fault::new(Subject::Map, message).help(help));
        return;
    }
    for (text, kpi) in &unclear.records {
        let message = format!(
            "{} is measured {}, which is not understood: it is treated as measured once a year",
            kpi.name(),
            wording::quoted(text)
        );
        sink.push(kpi.fault(message).field("measurement").help(help));
    }
}
