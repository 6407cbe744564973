//! BM703: end outcomes that partners work towards, and that name none who shares in them.

use crate::check::broken::aimed_at;
use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::{blank, quoted};
use crate::graph::{NodeIx, Way};
use crate::map::NodeKind;
use std::collections::HashMap;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM703",
    slug: "benefit-without-partner-share",
    family: Family::MoneyAndPartners,
    summary: "an end outcome that partners work towards but that names no partner who shares it",
    source: "OASIS Transformational Government Framework, benefits realization; PAS 184:2017, 5.2",
    severities: severities("---N"),
    plain: Plain::counted("1 benefit has no partner", "# benefits have no partner"),
    page: include_str!("../../../docs/rules/benefit-without-partner-share.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    // That no outcome at all names a partner is told of the partners.
    let gains = |ix: NodeIx| ctx.kind(ix).is_outcome() && aimed_at(ctx.node(ix)) && !ctx.node(ix).partners.is_empty();
    if !ctx.graph.nodes().any(gains) {
        return;
    }
    let works = |ix: &NodeIx| !ctx.kind(*ix).is_outcome() && !ctx.node(*ix).partners.is_empty();
    let nearest = ctx.graph.nearest_to(ctx.graph.nodes().filter(works), Way::Upstream);
    let names: HashMap<&str, &str> = ctx
        .map
        .partners
        .iter()
        .map(|partner| (partner.id.as_str(), partner.name.as_str()))
        .collect();
    for end in ctx.graph.of_kind(NodeKind::EndOutcome) {
        let node = ctx.node(end);
        let Some(work) = nearest.target(end) else { continue };
        if !node.partners.is_empty() || !aimed_at(node) || ctx.is_twofold(end) {
            continue;
        }
        let Some(partner) = ctx.node(work).partners.first() else {
            continue;
        };
        let name = names.get(partner.as_str()).filter(|name| !blank(name));
        let message = format!(
            "partners work towards {}, such as {} at {}, but it names no partner that shares in it",
            ctx.kind_and_name(end),
            quoted(name.copied().unwrap_or(partner.as_str())),
            ctx.name(work)
        );
        let fault = Fault::new(ctx.subject(end), message).field("partners");
        let fault = fault.related(ctx.subject(work), "a partner's work towards it");
        sink.push(fault.help("name the partners that share in it; where the benefit is one organisation's alone, allow this with that reason"));
    }
}
