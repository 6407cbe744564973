//! BM107: steps that are too long.

use crate::check::broken::aimed_at;
use crate::check::context::Context;
use crate::check::registry::{Family, Fix, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::map::NodeKind;
use std::fmt;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM107",
    slug: "stage-skipped",
    family: Family::Structure,
    summary: "a link that leaves out a stage",
    source: "PAS 184:2017, 5.2; OASIS TGF: investment, output, intermediate outcome, end outcome",
    severities: severities("-NWW"),
    plain: Plain::counted("1 link skips a stage", "# links skip a stage"),
    fixes: &[Fix::DeleteLink],
    also_said_by: &["BM204", "BM205"],
    page: include_str!("../../../docs/rules/stage-skipped.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    // A map without any output, or without any business change, is told of that once.
    let no_output = ctx.has_no_output() || ctx.without_business_change().is_some();
    let no_intermediate = ctx.lacks(NodeKind::IntermediateOutcome);
    let straight = || {
        let missing = ctx
            .steps()
            .filter(|(from, to)| ctx.skipped(*from, *to) == Some(Missing::Outcome));
        missing.filter(|_| no_intermediate)
    };
    let several = straight().nth(1).is_some();
    if several {
        let message = format!(
            "the map has no intermediate outcome: {} links lead from business changes straight to end outcomes",
            straight().count()
        );
        let fault = Fault::of_all(message, straight().map(|(from, to)| ctx.link_subject(from, to)));
        sink.push(
            fault.help("say what must change first, on the way to each end outcome, and lead the chains through it"),
        );
    }
    for (from, to) in ctx.steps() {
        let Some(missing) = ctx.skipped(from, to) else { continue };
        if (missing == Missing::Output && no_output) || (missing == Missing::Outcome && several) {
            continue;
        }
        let message = format!(
            "{} is linked straight to {}, with no {missing} between them",
            ctx.kind_and_name(from),
            ctx.kind_and_name(to)
        );
        let help = format!("say which {missing} lies between, and lead the chain through it");
        sink.push(Fault::new(ctx.link_subject(from, to), message).help(help));
    }
}

/// The stage that a step leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Missing {
    Output,
    Outcome,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Missing::Output => "output",
            Missing::Outcome => "intermediate outcome",
        })
    }
}

impl Context<'_> {
    /// What a step leaves out; `None` where it leaves out nothing, or where another rule tells of it: an enabler that
    /// is linked to an outcome lacks a business change.
    pub(in crate::check) fn skipped(&self, from: crate::graph::NodeIx, to: crate::graph::NodeIx) -> Option<Missing> {
        let (from, to) = (self.node(from), self.node(to));
        match (from.kind, to.kind) {
            (NodeKind::Investment, kind) if kind.is_outcome() && aimed_at(to) => Some(Missing::Output),
            (NodeKind::BusinessChange, NodeKind::EndOutcome) if aimed_at(to) => Some(Missing::Outcome),
            _ => None,
        }
    }
}
