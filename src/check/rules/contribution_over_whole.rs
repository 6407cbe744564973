//! BM304: the same benefit counted twice.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::graph::{GraphLink, Way};
use crate::map::{Effect, Number};
use rust_decimal::Decimal;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM304",
    slug: "contribution-over-whole",
    family: Family::TheoryOfChange,
    summary: "shares into one node that add up to more than the whole",
    source: "HM Treasury, Magenta Book (2020), contribution; PAS 184:2017, 5.2",
    severities: severities("WEEE"),
    plain: Plain::counted("1 box is counted more than once", "# boxes are counted more than once"),
    page: include_str!("../../../docs/rules/contribution-over-whole.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    if ctx.map.links.iter().all(|link| link.contribution.is_none()) {
        return;
    }
    // Of several links between the same two, which are a fault of their own, the first share counts: for every node,
    // the last of those that it was found to feed.
    let mut fed = vec![None; ctx.graph.len()];
    for ix in ctx.graph.nodes().filter(|ix| !ctx.is_twofold(*ix)) {
        let mut feeders: Vec<&GraphLink<'_>> = Vec::new();
        for link in ctx.graph.links_of(ix, Way::Upstream) {
            let stated = link.flows() && link.from != ix && link.link.contribution.is_some();
            if stated && fed[link.from.index()].replace(ix) != Some(ix) {
                feeders.push(link);
            }
        }
        let (odd, sound): (Vec<&GraphLink<'_>>, Vec<_>) = feeders.into_iter().partition(|link| {
            let share = share(link);
            share < Decimal::ZERO || share > Decimal::ONE
        });
        for link in odd {
            let message = format!(
                "{} is said to bring {} of {}, which is not a share of a whole",
                ctx.name(link.from),
                share(link),
                ctx.name(ix)
            );
            let fault = Fault::new(ctx.link_subject(link.from, ix), message).field("contribution");
            sink.push(fault.help("write the share as a part of 1: 0.6 for 60%"));
        }
        // What stands against the node takes from it, and is a whole of its own.
        for effect in Effect::ALL {
            let of: Vec<_> = sound.iter().filter(|link| link.link.effect == *effect).collect();
            let sum: Decimal = of.iter().map(|link| share(link)).sum();
            if sum <= Decimal::ONE {
                continue;
            }
            let mut shares: Vec<String> = of.iter().take(SHOWN).map(|link| told(ctx, link)).collect();
            if of.len() > SHOWN {
                shares.push(format!("{} more", of.len() - SHOWN));
            }
            let message = format!(
                "the shares of what {effect} {} add up to {}, which is more than the whole: {}",
                ctx.kind_and_name(ix),
                sum.normalize(),
                shares.join(", ")
            );
            let mut fault = Fault::new(ctx.subject(ix), message);
            for link in of.iter().take(MOST) {
                let phrase = format!("a share of {} from {}", share(link), ctx.name(link.from));
                fault = fault.related(ctx.link_subject(link.from, ix), phrase);
            }
            sink.push(fault.help(
                "a part of the benefit is counted twice: lower the shares until they come to 1 or less together",
            ));
        }
    }
}

fn share(link: &GraphLink<'_>) -> Decimal {
    link.link
        .contribution
        .map_or(Decimal::ZERO, Number::decimal)
        .normalize()
}

fn told(ctx: &Context<'_>, link: &GraphLink<'_>) -> String {
    format!("{} from {}", share(link), ctx.name(link.from))
}

/// Shares that the message names.
const SHOWN: usize = 5;
/// Shares that are named one by one.
const MOST: usize = 50;
