//! What each investment is behind: of every value that chains from it lead to, between its share and all of it.
//!
//! A map does not say how a benefit is shared out among those who bring it about. If an investment fails, all of the benefit may fail
//! with it; if each has its part, it is the part that links state as their `contribution`. Neither is known, so both ends are given.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;
use serde_json::json;

use super::appraisal::{Appraised, OptionResult};
use super::exact::{ONE, times};
use super::fault::Error;
use super::json::number;
use super::line::Side;
use super::membership::Choice;
use crate::finding::Subject;
use crate::graph::{BenefitGraph, GraphLink, NodeIx, Way};
use crate::map::{Effect, KpiId, NodeId, NodeKind};

/// What an investment is behind.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Behind {
    /// The investment.
    pub investment: NodeId,
    /// What it is called.
    pub title: String,
    /// Of the values above 0.
    pub gains: Part,
    /// Of the values below 0.
    pub losses: Part,
}

/// What an investment is behind of some values, in present values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Part {
    /// How many of them chains from it lead to.
    pub values: usize,
    /// Its share of them: what the contributions of links leave it at the least. `None` where there are some, and no chain from it states
    /// a contribution wherever one is needed.
    pub share: Option<Decimal>,
    /// All of them.
    pub all: Decimal,
}

/// What the investments of an option are behind, in the order of the map.
///
/// A benefit counts for an investment if a chain from it does the benefit's box good, and a loss if one does it harm. All of a value
/// counts at each investment, so that the sum of `all` is usually more than the option's benefits. A share follows the chains: along
/// a link it is its `contribution`; a link without one has everything where it is the only one to its box, and else none, as
/// nobody has said how much. What runs in a loop has no share.
///
/// # Errors
/// [`Error::TooLarge`] where a sum cannot be held.
pub fn behind(graph: &BenefitGraph<'_>, appraised: &Appraised, option: &OptionResult) -> Result<Vec<Behind>, Error> {
    let Some(appraisal) = graph.map().appraisal.as_ref() else {
        return Err(Error::NoAppraisal);
    };
    let choice = Choice::named(Choice::all(graph, appraisal), Some(&option.id))?;
    let (gains, losses) = Value::all(graph, appraised, option)
        .into_iter()
        .partition::<Vec<_>, _>(|value| value.present > Decimal::ZERO);
    let parts = || Some((parts(graph, &choice, &gains)?, parts(graph, &choice, &losses)?));
    let (gains, losses) = parts().ok_or(Error::TooLarge)?;
    let own = graph
        .of_kind(NodeKind::Investment)
        .filter(|ix| choice.has(graph.id(*ix)));
    Ok(own
        .map(|ix| Behind {
            investment: graph.id(ix).clone(),
            title: graph.node(ix).title.clone(),
            gains: gains[ix.index()],
            losses: losses[ix.index()],
        })
        .collect())
}

/// The same for programs.
pub fn behind_value(all: &[Behind]) -> serde_json::Value {
    let part = |part: &Part| json!({"values": part.values, "share": part.share.map(number), "all": number(part.all)});
    let one = |one: &Behind| json!({"investment": one.investment.as_str(), "title": one.title, "gains": part(&one.gains), "losses": part(&one.losses)});
    all.iter().map(one).collect()
}

/// A value of a KPI in an option.
struct Value {
    at: NodeIx,
    present: Decimal,
    /// What a chain has to do to the box for the value to come of it.
    effect: Effect,
}

impl Value {
    /// Every value that counts and is not 0, in the order of the appraisal.
    fn all(graph: &BenefitGraph<'_>, appraised: &Appraised, option: &OptionResult) -> Vec<Self> {
        let nodes: HashMap<&KpiId, &NodeId> = graph.map().kpis.iter().map(|kpi| (&kpi.id, &kpi.node)).collect();
        let value = |line: usize, present: Decimal| {
            let line = &appraised.lines[line];
            let Subject::Kpi(id) = &line.subject else { return None };
            let at = graph.find(nodes.get(id)?.as_str())?;
            let is_gain = present > Decimal::ZERO;
            (line.side == Side::Benefit).then_some(Self {
                at,
                present,
                effect: match is_gain != graph.node(at).disbenefit {
                    true => Effect::Supports,
                    false => Effect::Hinders,
                },
            })
        };
        let counted = option.counted.iter();
        counted.filter_map(|one| value(one.line, one.present)).collect()
    }
}

/// By node: the share of values below it that a chain supports, and that a chain hinders.
type Shares = BTreeMap<(NodeIx, Effect), Decimal>;

/// What every node is behind of some values, by its place.
fn parts(graph: &BenefitGraph<'_>, choice: &Choice, values: &[Value]) -> Option<Vec<Part>> {
    let mut parts = vec![Part::default(); graph.len()];
    for value in values {
        let reach = graph.signed_reach([(value.at, value.effect)], Way::Upstream);
        for ix in reach.supporting.iter() {
            let part = &mut parts[ix.index()];
            part.values += 1;
            part.all = part.all.checked_add(value.present)?;
        }
    }
    for part in parts.iter_mut().filter(|part| part.values == 0) {
        part.share = Some(Decimal::ZERO);
    }
    for ((ix, effect), share) in shares(graph, choice, values)? {
        if effect == Effect::Supports {
            parts[ix.index()].share = Some(share);
        }
    }
    Some(parts)
}

/// The shares of every node, from what values are measured at back to where chains begin.
fn shares(graph: &BenefitGraph<'_>, choice: &Choice, values: &[Value]) -> Option<Shares> {
    let mut shares = Shares::new();
    let add = |shares: &mut Shares, key: (NodeIx, Effect), more: Decimal| {
        let had = shares.entry(key).or_default();
        *had = had.checked_add(more)?;
        Some(())
    };
    for value in values {
        add(&mut shares, (value.at, value.effect), value.present)?;
    }
    let is_own = |link: &&GraphLink<'_>| {
        link.flows() && link.from != link.to && choice.has(graph.id(link.from)) && choice.has(graph.id(link.to))
    };
    // The last first, so a box is looked at once all that it leads to have been.
    for loop_or_box in graph.loops_in_order().rev() {
        let [ix] = *loop_or_box else { continue };
        let into: Vec<&GraphLink<'_>> = graph.links_of(ix, Way::Upstream).filter(is_own).collect();
        for link in &into {
            let part = match link.link.contribution {
                Some(part) => part.decimal(),
                None if into.len() == 1 => ONE,
                None => continue,
            };
            for effect in [Effect::Supports, Effect::Hinders] {
                if let Some(here) = shares.get(&(ix, effect)).copied() {
                    add(
                        &mut shares,
                        (link.from, effect.then(link.link.effect)),
                        times(here, part)?,
                    )?;
                }
            }
        }
    }
    Some(shares)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraise::{Assumed, appraise};
    use crate::map::BenefitMap;

    /// What each investment is behind: values, share and all of gains, then of losses, of a map whose year 0 alone counts.
    fn of(nodes: &str, links: &str, kpis: &str) -> Vec<[String; 6]> {
        let text = format!(
            r#"{{"format": 1, "appraisal": {{"base_year": "2026-27", "end": "2026-27"}}, "nodes": [{nodes}], "links": [{links}], "kpis": [{kpis}]}}"#
        );
        let map: BenefitMap = serde_json::from_str(&text).unwrap();
        let graph = BenefitGraph::new(&map);
        let appraised = appraise(&graph, &Assumed::default()).unwrap();
        let of = |part: &Part| {
            [
                part.values.to_string(),
                part.share.map_or("?".to_owned(), |share| share.normalize().to_string()),
                part.all.normalize().to_string(),
            ]
        };
        let all = behind(&graph, &appraised, &appraised.options[0]).unwrap();
        all.iter()
            .map(|one| {
                let [a, b, c] = of(&one.gains);
                let [d, e, f] = of(&one.losses);
                [a, b, c, d, e, f]
            })
            .collect()
    }

    fn worth(id: &str, node: &str, amount: i32) -> String {
        format!(
            r#"{{"id": "{id}", "node": "{node}", "value": {{"amounts": [{{"year": "2026-27", "amount": {amount}}}]}}}}"#
        )
    }

    const TWO: &str = r#"{"id": "a", "kind": "investment"}, {"id": "b", "kind": "investment"}, {"id": "e", "kind": "enabler"},
      {"id": "o", "kind": "intermediate-outcome"}, {"id": "p", "kind": "end-outcome"}"#;

    #[test]
    fn a_share_follows_the_contributions_and_everything_counts_at_each() {
        let links = r#"{"from": "a", "to": "e"}, {"from": "e", "to": "o", "contribution": 0.5}, {"from": "b", "to": "o", "contribution": 0.2},
          {"from": "o", "to": "p"}"#;
        let kpis = [worth("k", "o", 100), worth("l", "p", 40)].join(",");
        // By hand: half of 140 for a, whose link to e is the only one there, and a fifth for b; the rest comes from elsewhere.
        assert_eq!(
            of(TWO, links, &kpis),
            [["2", "70", "140", "0", "0", "0"], ["2", "28", "140", "0", "0", "0"]]
        );
    }

    #[test]
    fn where_nobody_has_said_how_much_there_is_no_share() {
        let links = r#"{"from": "a", "to": "o"}, {"from": "b", "to": "o"}"#;
        assert_eq!(
            of(TWO, links, &worth("k", "o", 100)),
            [["1", "?", "100", "0", "0", "0"]; 2]
        );
        // A box with one link alone has all of it.
        let one = r#"{"from": "a", "to": "o"}"#;
        assert_eq!(
            of(TWO, one, &worth("k", "o", 100))[0],
            ["1", "100", "100", "0", "0", "0"]
        );
    }

    #[test]
    fn what_hinders_a_benefit_is_not_behind_it_and_what_hinders_a_loss_is_not_behind_that() {
        let links = r#"{"from": "a", "to": "o", "contribution": 1}, {"from": "b", "to": "o", "effect": "hinders", "contribution": 0.5}"#;
        let gain = of(TWO, links, &worth("k", "o", 100));
        assert_eq!(
            gain,
            [["1", "100", "100", "0", "0", "0"], ["0", "0", "0", "0", "0", "0"]]
        );
        let loss = of(TWO, links, &worth("k", "o", -100));
        assert_eq!(
            loss,
            [["0", "0", "0", "0", "0", "0"], ["0", "0", "0", "1", "-50", "-100"]]
        );
        // Less of what is bad: to hinder twice is to do good.
        let twice = r#"{"from": "a", "to": "o", "effect": "hinders", "contribution": 0.5}, {"from": "o", "to": "p", "effect": "hinders"}"#;
        assert_eq!(
            of(TWO, twice, &worth("k", "p", 100))[0],
            ["1", "50", "100", "0", "0", "0"]
        );
    }

    #[test]
    fn a_loop_has_no_share_and_ends() {
        let links = r#"{"from": "a", "to": "o"}, {"from": "o", "to": "p"}, {"from": "p", "to": "o"}"#;
        assert_eq!(
            of(TWO, links, &worth("k", "p", 100))[0],
            ["1", "?", "100", "0", "0", "0"]
        );
    }

    #[test]
    fn without_values_there_is_nothing_to_be_behind() {
        assert_eq!(
            of(TWO, r#"{"from": "a", "to": "o"}"#, ""),
            [["0", "0", "0", "0", "0", "0"]; 2]
        );
    }
}
