//! BM107: steps that are too long.

use crate::check::broken::aimed_at;
use crate::check::context::Context;
use crate::check::registry::{Family, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::map::NodeKind;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM107",
    slug: "stage-skipped",
    family: Family::Structure,
    summary: "a link that leaves out a stage",
    source: "PAS 184:2017, 5.2; OASIS TGF: investment, output, intermediate outcome, end outcome",
    severities: severities("-WW"),
    page: include_str!("../../../docs/rules/stage-skipped.md"),
    run,
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    for (from, to) in ctx.steps() {
        let Some(missing) = ctx.skipped(from, to) else { continue };
        let message = format!(
            "{} is linked straight to {}: no {missing} stands between them",
            ctx.kind_and_name(from),
            ctx.kind_and_name(to)
        );
        let help = format!("say which {missing} lies between, and lead the chain through it");
        sink.push(Fault::new(ctx.link_subject(from, to), message).help(help));
    }
}

impl Context<'_> {
    /// What a step leaves out; `None` where it leaves out nothing, or where another rule tells of it: an enabler that
    /// is linked to an outcome lacks a business change.
    pub(in crate::check) fn skipped(
        &self,
        from: crate::graph::NodeIx,
        to: crate::graph::NodeIx,
    ) -> Option<&'static str> {
        let (from, to) = (self.node(from), self.node(to));
        match (from.kind, to.kind) {
            (NodeKind::Investment, kind) if kind.is_outcome() && aimed_at(to) => Some("output"),
            (NodeKind::BusinessChange, NodeKind::EndOutcome) if aimed_at(to) => Some("intermediate outcome"),
            _ => None,
        }
    }
}
