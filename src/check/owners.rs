//! Boxes that nobody answers for, for the three rules that ask: of end outcomes, of intermediate ones, of outputs.

use super::context::Context;
use super::sink::{Fault, Sink};
use super::whole::Lacking;
use crate::graph::NodeIx;
use crate::map::NodeKind;

/// Whom one of the rules asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    EndOutcomes,
    IntermediateOutcomes,
    Outputs,
}

impl Asked {
    const ALL: [Asked; 3] = [Asked::EndOutcomes, Asked::IntermediateOutcomes, Asked::Outputs];

    fn asks(self, kind: NodeKind) -> bool {
        match self {
            Asked::EndOutcomes => kind == NodeKind::EndOutcome,
            Asked::IntermediateOutcomes => kind == NodeKind::IntermediateOutcome,
            Asked::Outputs => kind.is_output(),
        }
    }

    fn nouns(self) -> &'static str {
        match self {
            Asked::EndOutcomes => "end outcomes",
            Asked::IntermediateOutcomes => "intermediate outcomes",
            Asked::Outputs => "enablers and business changes",
        }
    }
}

/// Tells of boxes that have no owner: once, where none of those asked has one. That none of the map has one is told by
/// the first of the three rules that has any box to ask, and by that alone.
pub(super) fn tell(ctx: &Context<'_>, sink: &mut Sink<'_>, asked: Asked, help: &str) {
    let owned = |ix: &NodeIx| ctx.node(*ix).owner.is_some();
    let lacking = |asks: &dyn Fn(NodeKind) -> bool| {
        let of_kind = |ix: &NodeIx| asks(ctx.kind(*ix)) && !ctx.is_twofold(*ix);
        Lacking::among(ctx.graph.nodes().filter(of_kind), |ix| !owned(ix))
    };
    let all_of_map = |kind: NodeKind| kind != NodeKind::Investment;
    if !ctx.graph.nodes().any(|ix| all_of_map(ctx.kind(ix)) && owned(&ix)) {
        let whole = lacking(&all_of_map);
        if let Some(all) = whole.all() {
            let has_any = |asked: &Asked| whole.records.iter().any(|ix| asked.asks(ctx.kind(*ix)));
            if Asked::ALL.into_iter().find(has_any) == Some(asked) {
                let message = format!("none of the {all} outcomes and outputs has an owner");
                let records = whole.records.iter().map(|ix| ctx.subject(*ix));
                let fault = Fault::of_all(message, records).field("owner");
                sink.push(fault.help("begin with the end outcomes: name the one senior person who answers for each"));
            }
            return;
        }
    }
    let without = lacking(&|kind| asked.asks(kind));
    if let Some(all) = without.all() {
        let message = format!("none of the {all} {} has an owner", asked.nouns());
        let records = without.records.iter().map(|ix| ctx.subject(*ix));
        sink.push(Fault::of_all(message, records).field("owner").help(help));
        return;
    }
    for ix in without.records {
        let fault = Fault::new(ctx.subject(ix), format!("{} has no owner", ctx.kind_and_name(ix))).field("owner");
        sink.push(fault.help(help));
    }
}
