//! What a board is asked to decide: what the map shows to be undecided, and nothing that it does not.

use rust_decimal::Decimal;

use crate::graph::NodeIx;
use crate::map::{NodeKind, Number, OptionKind, Risk, RiskStatus};
use crate::track::{Cause, Sign, escalate};

use super::super::model::{Block, Inline, ListKind};
use super::super::wording;
use super::Case;

/// So many decisions of one kind are listed before the rest are counted.
const OF_A_KIND: usize = 5;
/// A risk of this exposure without a response is for a board to settle; one of less is for its owner.
const GRAVE: u8 = 15;

/// The section.
pub(super) fn blocks(case: &Case<'_, '_>) -> Vec<Block> {
    let mut out = vec![Block::heading_at(1, "Decisions asked for", "decisions")];
    let asked: Vec<Vec<Inline>> = [
        preferred(case),
        behind(case),
        risks(case),
        without_owner(case),
        without_sight(case),
    ]
    .into_iter()
    .flat_map(counted)
    .collect();
    if asked.is_empty() {
        out.push(Block::text("Nothing on the map waits for a decision of the board."));
        return out;
    }
    out.push(Block::text("The board is asked:"));
    out.push(Block::List {
        kind: ListKind::Numbers,
        items: asked,
    });
    out
}

/// What is asked first in bold, and why.
fn item(asked: String, why: String) -> Vec<Inline> {
    match why.is_empty() {
        true => vec![Inline::Strong(asked)],
        false => vec![Inline::Strong(asked), Inline::text(format!(" {why}"))],
    }
}

/// The first of one kind, and how many more there are.
fn counted(mut items: Vec<Vec<Inline>>) -> Vec<Vec<Inline>> {
    let further = items.len().saturating_sub(OF_A_KIND);
    items.truncate(OF_A_KIND);
    if further > 0
        && let Some(last) = items.last_mut()
    {
        last.push(Inline::text(format!(" The annex has {further} more of this kind.")));
    }
    items
}

/// To agree the option that the appraisal prefers.
fn preferred(case: &Case<'_, '_>) -> Vec<Vec<Inline>> {
    if case.map.appraisal.is_none() {
        return Vec::new();
    }
    let Ok(whole) = case.appraised() else {
        return Vec::new();
    };
    let others = whole
        .options
        .iter()
        .filter(|option| option.kind != OptionKind::BusinessAsUsual);
    let (Some(option), 2..) = (whole.preferred(), others.count()) else {
        return Vec::new();
    };
    let figures = wording::Figures(case.map.language());
    let told = |value: Decimal| wording::in_code(case.map.language(), &case.map.currency, &figures.money(value));
    let society = &option.society;
    let of_each = society.bcr.map_or(String::new(), |_| {
        format!(" ({} for each 1 of cost)", figures.ratio(society.bcr))
    });
    vec![item(
        format!("To agree the preferred option, {}.", option.title),
        format!(
            "Its costs have a present value of {} and its benefits of {}{of_each}, which leaves a net value of {}.",
            told(society.pvc),
            told(society.pvb),
            told(society.npsv)
        ),
    )]
}

/// To decide what is done about what is missed or off track.
fn behind(case: &Case<'_, '_>) -> Vec<Vec<Inline>> {
    let Some(standing) = &case.standing else {
        return Vec::new();
    };
    let letters = escalate(case.map, standing);
    let mut grave: Vec<_> = letters
        .iter()
        .flat_map(|letter| letter.matters.iter().map(move |matter| (letter.owner, matter)))
        .filter(|(_, matter)| matches!(matter.cause, Cause::Missed | Cause::OffTrack | Cause::Lost))
        .collect();
    grave.sort_by_key(|(_, matter)| {
        let is_end = matter.node.is_some_and(|node| node.kind == NodeKind::EndOutcome);
        (!is_end, matter.cause, &matter.kpi.id)
    });
    let asked = grave.into_iter().filter_map(|(owner, matter)| {
        let Sign::Itself(outlook) = &matter.sign else {
            return None;
        };
        let of = matter.node.map_or(matter.kpi.label(), |node| node.label());
        let answers = owner.map_or("Nobody owns it yet.".to_owned(), |owner| {
            format!("Owner: {}.", owner.label())
        });
        let why = wording::because(outlook, case.map.language());
        let status = wording::status(outlook.status).to_lowercase();
        Some(item(
            format!("To decide what is done about “{of}”."),
            format!("{} is {status}: {why}. {answers}", matter.kpi.label()),
        ))
    });
    asked.collect()
}

/// To choose a response to a risk.
fn risks(case: &Case<'_, '_>) -> Vec<Vec<Inline>> {
    let mut open: Vec<&Risk> = (case.map.risks.iter())
        .filter(|risk| risk.status == RiskStatus::Open && risk.responses.iter().all(|response| !response.chosen))
        .filter(|risk| !risk.responses.is_empty() || risk.exposure() >= Some(GRAVE))
        .collect();
    open.sort_by_key(|risk| (std::cmp::Reverse(risk.exposure()), &risk.id));
    let asked = open.into_iter().map(|risk| {
        let title = match risk.title.trim() {
            "" => risk.id.as_str(),
            title => title,
        };
        let exposure = risk
            .exposure()
            .map_or(String::new(), |exposure| format!(" Its exposure is {exposure} of 25."));
        let proposed: Vec<String> = risk
            .responses
            .iter()
            .map(|response| match response.cost {
                Some(cost) => format!("{} ({})", response.action, wording::money(case.map, cost)),
                None => response.action.clone(),
            })
            .collect();
        match proposed.is_empty() {
            true => item(
                format!("To agree a response to the risk “{title}”."),
                format!("None is proposed yet.{exposure}"),
            ),
            false => item(
                format!("To choose a response to the risk “{title}”:"),
                format!("{}.{exposure}", proposed.join("; or ")),
            ),
        }
    });
    asked.collect()
}

/// To name who answers for an end outcome.
fn without_owner(case: &Case<'_, '_>) -> Vec<Vec<Inline>> {
    let owners = case.map.named_owners();
    let ends = case.graph.of_kind(NodeKind::EndOutcome).map(|ix| case.graph.node(ix));
    let ownerless = ends.filter(|node| owners.answering(node.owner.as_ref()).is_none());
    let mut names: Vec<String> = ownerless.map(|node| format!("“{}”", node.label())).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let further = names.len().saturating_sub(OF_A_KIND);
    if further > 0 {
        names.truncate(OF_A_KIND);
        names.push(wording::counted(further, "further end outcome", "further end outcomes"));
    }
    vec![item(
        format!("To name an owner for {}.", wording::row(&names)),
        "Nobody answers for this yet.".to_owned(),
    )]
}

/// To stop or to justify money that leads to no end outcome.
fn without_sight(case: &Case<'_, '_>) -> Vec<Vec<Inline>> {
    let sight = case.graph.sight();
    let blind = |ix: &NodeIx| !sight.does_good(*ix) && !case.graph.node(*ix).cost.is_empty();
    let asked = case.graph.nodes().filter(blind).filter_map(|ix| {
        let node = case.graph.node(ix);
        let cost = case.map.cost_of(node).and_then(Number::rounded)?;
        Some(item(
            format!("To stop or to justify “{}”.", node.label()),
            format!(
                "Its {} lead to no end outcome on the map that they help.",
                wording::money(case.map, cost)
            ),
        ))
    });
    asked.collect()
}
