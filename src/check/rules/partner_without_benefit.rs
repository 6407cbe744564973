//! BM702: partners that are asked to work and are promised nothing.

use crate::check::broken::aimed_at;
use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::{blank, count, quoted};
use crate::finding::Subject;
use crate::graph::NodeIx;
use std::collections::HashMap;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM702",
    slug: "partner-without-benefit",
    family: Family::MoneyAndPartners,
    summary: "a partner that gains from no outcome",
    source: "OASIS Transformational Government Framework, benefits realization; PAS 184:2017, 5.2",
    severities: severities("--NW"),
    plain: Plain::counted("1 partner has no benefit", "# partners have no benefit"),
    page: include_str!("../../../docs/rules/partner-without-benefit.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let partners = &ctx.map.partners;
    let mut place: HashMap<&str, usize> = HashMap::new();
    for (at, partner) in partners.iter().enumerate() {
        place.entry(partner.id.as_str()).or_insert(at);
    }
    // For every partner, the first node that it works on, and whether it gains from an outcome.
    let mut part: Vec<(Option<NodeIx>, bool)> = vec![(None, false); partners.len()];
    for ix in ctx.graph.nodes() {
        let node = ctx.node(ix);
        for id in &node.partners {
            let known = place.get(id.as_str()).copied();
            let meant = || {
                let meant = ctx.meant(id.as_str(), partners.iter().map(|partner| partner.id.as_str()))?;
                place.get(meant).copied()
            };
            let Some(at) = known.or_else(meant) else { continue };
            if node.kind.is_outcome() && aimed_at(node) {
                part[at].1 = true;
            } else {
                part[at].0.get_or_insert(ix);
            }
        }
    }
    if part.len() > 1 && part.iter().all(|(_, gains)| !gains) {
        let message = format!(
            "no outcome names any of the {} as sharing in it",
            count(part.len(), "partner")
        );
        let fault = Fault::new(Subject::Map, message);
        sink.push(fault.help("ask each partner which outcomes it gains from, and name it among their `partners`"));
        return;
    }
    for (at, partner) in partners.iter().enumerate() {
        if part[at].1 || place.get(partner.id.as_str()) != Some(&at) {
            continue;
        }
        let name = quoted(if blank(&partner.name) {
            partner.id.as_str()
        } else {
            &partner.name
        });
        let message = match part[at].0 {
            Some(ix) => format!(
                "partner {name} has a part in {} and gains from no outcome",
                ctx.kind_and_name(ix)
            ),
            None => format!("partner {name} has no part in the map"),
        };
        let mut fault = Fault::new(Subject::Partner(partner.id.clone()), message);
        if let Some(ix) = part[at].0 {
            fault = fault.related(ctx.subject(ix), "its part in the work");
        }
        sink.push(fault.help(
            "name it among the `partners` of the outcomes that it gains from; a supplier that is only paid may be allowed with that reason",
        ));
    }
}
