//! BM413: measurements that count for nothing.

use crate::check::context::Context;
use crate::check::registry::{Family, Needs, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::count;
use crate::finding::Subject;
use std::collections::BTreeSet;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM413",
    slug: "measurement-of-unknown-kpi",
    family: Family::Tracking,
    summary: "measurements of a KPI that the map does not have",
    source: "PAS 184:2017, 5.3",
    severities: severities("EEEE"),
    plain: Plain::counted("1 measured KPI is not in the map", "# measured KPIs are not in the map"),
    needs: Needs::MEASUREMENTS,
    page: include_str!("../../../docs/rules/measurement-of-unknown-kpi.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(measurements) = ctx.measurements else { return };
    let known: BTreeSet<&str> = ctx.map.kpis.iter().map(|kpi| kpi.id.as_str()).collect();
    let taken = measurements.kpis().map(|id| (id, measurements.of(id).len() as u64));
    for (id, rows) in taken.chain(measurements.unknown()) {
        if known.contains(id.as_str()) {
            continue;
        }
        let rows = count(usize::try_from(rows).unwrap_or(usize::MAX), "measurement");
        let fault = Fault::new(
            Subject::Kpi(id.clone()),
            format!("the map has no KPI `{id}`, which has {rows}"),
        );
        let help = match ctx.meant(id.as_str(), known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "correct the id, or add the KPI to the map".to_owned(),
        };
        sink.push(fault.help(help));
    }
}
