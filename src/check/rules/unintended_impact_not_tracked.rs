//! BM606: side effects that are known of and not watched.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM606",
    slug: "unintended-impact-not-tracked",
    family: Family::Risk,
    summary: "an unintended outcome that nobody measures",
    source: "PAS 184:2017, 5.4.3 e",
    severities: severities("--WE"),
    plain: Plain::counted(
        "1 unintended effect is not measured",
        "# unintended effects are not measured",
    ),
    page: include_str!("../../../docs/rules/unintended-impact-not-tracked.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let measured = ctx.measured(|_| true);
    let foreseen = ctx.graph.nodes().filter(|ix| {
        let node = ctx.node(*ix);
        node.unintended && node.kind.is_outcome() && !ctx.is_twofold(*ix)
    });
    let unwatched = Lacking::among(foreseen, |ix| !measured.contains(*ix));
    if let Some(all) = unwatched.all() {
        let message = format!(
            "none of the {all} outcomes that are marked as unintended has a KPI, so nobody would see them come"
        );
        let fault = Fault::of_all(message, unwatched.records.iter().map(|ix| ctx.subject(*ix)));
        sink.push(fault.help("add KPIs with baselines and tolerances, and name someone to watch them"));
        return;
    }
    for ix in unwatched.records {
        let message = format!(
            "{} is marked as unintended and has no KPI, so nobody would see it come",
            ctx.kind_and_name(ix)
        );
        let fault = Fault::new(ctx.subject(ix), message);
        sink.push(fault.help("add a KPI with a baseline and a tolerance, and name someone to watch it"));
    }
}
