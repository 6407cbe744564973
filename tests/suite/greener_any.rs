//! Whatever one field of any map becomes: where the new map looks better than the old one, by what is expected, by its
//! statuses or by its coverage, `diff` calls something out.

use std::cell::Cell;
use std::collections::BTreeMap;

use benefit_map::audit::{self, Measure, Share};
use benefit_map::graph::BenefitGraph;
use benefit_map::map::{Aggregation, BenefitMap, Day, Direction, Kpi, Number};
use benefit_map::track::{Measurement, Measurements, Planned, Status, expected, standing};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::support::generate;

/// How many edits of each map are looked at, each by itself.
const EDITS: usize = 16;

/// What is done to one place of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edit {
    Remove,
    Change(u8),
}

/// Every place of a value that may be edited, by its pointer. Ids, and the ends of links, say which record is which.
fn places(value: &Value, path: &str, out: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(at, item)| (at.to_string(), item))
            .collect(),
        _ => return,
    };
    for (key, value) in inner {
        let is_name = ["id", "format", "$schema", "arrangement", "from", "to"].contains(&key.as_str());
        if is_name && !path.starts_with("/period") {
            continue;
        }
        let below = format!("{path}/{key}");
        places(value, &below, out);
        out.push(below);
    }
}

/// The words of every closed list, to be put in each other's place.
const WORDS: &[&str] = &[
    "investment",
    "enabler",
    "business-change",
    "intermediate-outcome",
    "end-outcome",
    "supports",
    "hinders",
    "strong",
    "moderate",
    "weak",
    "assumed",
    "outcome",
    "leading",
    "increase",
    "decrease",
    "maintain",
    "latest",
    "cumulative",
    "average",
    "linear",
    "s-curve",
    "step",
    "real-time",
    "administrative",
    "survey",
    "longitudinal",
    "other",
    "open",
    "closed",
    "agreed",
    "challenged",
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "yearly",
];

fn edited(old: &Value, place: &str, edit: Edit, turn: usize) -> Option<BenefitMap> {
    let Edit::Change(by) = edit else {
        let mut new = old.clone();
        let (above, last) = place.rsplit_once('/')?;
        match new.pointer_mut(above)? {
            Value::Object(fields) => drop(fields.remove(last)?),
            Value::Array(items) => drop(items.remove(last.parse().ok()?)),
            _ => return None,
        }
        return serde_json::from_value(new).ok();
    };
    let by_much = i64::from(by) - 128;
    let choices: Vec<Value> = match old.pointer(place)? {
        Value::Bool(yes) => vec![Value::Bool(!yes)],
        Value::Number(number) => {
            let texts = [format!("{by_much}"), format!("{number}{by}"), format!("-{number}")];
            texts
                .iter()
                .filter_map(|text| serde_json::from_str(text).ok())
                .collect()
        }
        // What is stated in place of nothing is something new.
        Value::String(text) if text.trim().is_empty() => return None,
        Value::String(text) => match Day::new(text) {
            Ok(day) => vec![Value::String(day.later(by_much * by_much * by_much / 300).to_string())],
            Err(_) if WORDS.contains(&text.as_str()) => {
                let others = WORDS.iter().filter(|word| *word != text);
                others.map(|word| Value::String((*word).to_owned())).collect()
            }
            Err(_) => vec![Value::String(format!("{text} x"))],
        },
        _ => return None,
    };
    choice(choices, old, place, turn)
}

/// The map with one of the choices at the place, the first from `turn` on that can be read.
fn choice(choices: Vec<Value>, map: &Value, place: &str, turn: usize) -> Option<BenefitMap> {
    let count = choices.len();
    (0..count).find_map(|n| {
        let mut map = map.clone();
        *map.pointer_mut(place)? = choices[(turn + n) % count].clone();
        serde_json::from_value(map).ok()
    })
}

/// How good a status looks, as somebody who reads a dashboard sees it.
fn colour(status: Status) -> u8 {
    match status.as_str() {
        "missed" => 0,
        "off-track" => 1,
        "at-risk" => 2,
        "no-data" => 3,
        "on-track" | "not-due" => 4,
        _ => 5,
    }
}

/// Days that matter to a KPI, and days between and after them.
fn days_of(kpi: &Kpi) -> Vec<Day> {
    let mut days: Vec<Day> = Planned::of(kpi).corners().map(|(day, _)| day).collect();
    days.extend(kpi.targets.iter().filter_map(|target| target.date));
    days.extend(kpi.baseline.and_then(|baseline| baseline.date));
    days.sort();
    let between: Vec<Day> = days
        .windows(2)
        .map(|pair| pair[0].later(pair[0].days_until(pair[1]) / 3))
        .collect();
    let after: Vec<Day> = days.iter().flat_map(|day| [day.later(-1), day.later(45)]).collect();
    days.extend(between);
    days.extend(after);
    days
}

/// Measurements of every KPI on days that matter to it, at, above and below what is promised.
fn measured(map: &BenefitMap, seed: u8) -> Measurements {
    let of = |kpi: &Kpi| {
        let plan = Planned::of(kpi);
        let goal = plan.goal().map_or(Number::from(10), |goal| goal.value);
        let days = days_of(kpi);
        let rows = days.into_iter().enumerate().filter_map(move |(n, date)| {
            let wanted = plan.expected(date).unwrap_or(goal).decimal();
            let factor = Decimal::new(
                85 + i64::from(seed.wrapping_mul(37).wrapping_add((n as u8).wrapping_mul(23)) % 30),
                2,
            );
            Some((date, Number::rounded(wanted.checked_mul(factor)?)?))
        });
        rows.collect::<Vec<_>>()
    };
    let all = map.kpis.iter().flat_map(|kpi| {
        of(kpi)
            .into_iter()
            .map(|(date, value)| Measurement::new(kpi.id.clone(), date, value))
    });
    all.collect()
}

/// Where the new map stands better by the same measurements.
fn stands_better(old: &BenefitMap, new: &BenefitMap, values: &Measurements, day: Day) -> Option<String> {
    let (old, new) = (BenefitGraph::new(old), BenefitGraph::new(new));
    let (was, is) = (standing(&old, values, day), standing(&new, values, day));
    let before: BTreeMap<&str, Status> = was.kpis.iter().map(|o| (o.kpi.id.as_str(), o.status)).collect();
    for outlook in &is.kpis {
        let status = before.get(outlook.kpi.id.as_str());
        if let Some(status) = status.filter(|status| colour(**status) < colour(outlook.status)) {
            return Some(format!(
                "{} was {status} and is {} on {day}",
                outlook.kpi.id, outlook.status
            ));
        }
    }
    let warned = |id: &str| {
        was.nodes
            .iter()
            .any(|node| node.node.id.as_str() == id && node.warning.is_some())
    };
    let calm = is
        .nodes
        .iter()
        .find(|node| node.warning.is_none() && warned(node.node.id.as_str()));
    if let Some(node) = calm {
        return Some(format!("{} is warned no more on {day}", node.node.id));
    }
    let colours = was
        .nodes
        .iter()
        .filter_map(|node| Some((node.node.id.as_str(), node.status?)));
    let colours: BTreeMap<&str, Status> = colours.collect();
    is.nodes.iter().find_map(|node| {
        let (was, is) = (*colours.get(node.node.id.as_str())?, node.status?);
        (colour(was) < colour(is)).then(|| format!("{} was {was} and is {is} on {day}", node.node.id))
    })
}

/// Where the new map expects less, by the way that was better before.
fn expects_less(old: &BenefitMap, new: &BenefitMap) -> Option<String> {
    old.kpis.iter().find_map(|was| {
        let is = new.kpis.iter().find(|kpi| kpi.id == was.id)?;
        // Totals begin with their baseline: what is expected moves with them.
        if was.aggregation == Some(Aggregation::Cumulative) && was.baseline != is.baseline {
            return None;
        }
        let way = Planned::of(was).direction();
        days_of(was).into_iter().chain(days_of(is)).find_map(|day| {
            let before = expected(was, day)?.decimal();
            let less = match expected(is, day).map(Number::decimal) {
                None => true,
                Some(after) => {
                    let clear = (after - before).abs() > before.abs().max(after.abs()) / Decimal::from(500);
                    clear
                        && match way {
                            Some(Direction::Increase) => after < before,
                            Some(Direction::Decrease) => after > before,
                            _ => true,
                        }
                }
            };
            less.then(|| format!("{} expects less on {day}", was.id))
        })
    })
}

/// Which measure of coverage has risen.
fn covers_more(old: &BenefitMap, new: &BenefitMap) -> Option<Measure> {
    let (old, new) = (BenefitGraph::new(old), BenefitGraph::new(new));
    let (was, is) = (audit::coverage(&old, None), audit::coverage(&new, None));
    let risen = |a: &Share, b: &Share| {
        let (all, now) = (a.of.decimal(), b.of.decimal());
        all > Decimal::ZERO && now > Decimal::ZERO && a.covered.decimal() / all < b.covered.decimal() / now
    };
    let mut both = was
        .shares
        .iter()
        .filter_map(|share| Some((share, is.of(share.measure)?)));
    both.find(|(a, b)| risen(a, b)).map(|(a, _)| a.measure)
}

#[test]
fn what_makes_any_map_look_better_is_called_out() {
    // How often each assertion had something to assert.
    let [expected, covered, stood] = [const { Cell::new(0) }; 3];
    let count = |counter: &Cell<u32>| counter.set(counter.get() + 1);
    let edits = prop_oneof![Just(Edit::Remove), any::<u8>().prop_map(Edit::Change)];
    let picks = (any::<Index>(), any::<Index>(), any::<Index>());
    let inputs = (generate::maps(), vec(edits, EDITS), picks, any::<u8>());
    // The same maps each time, so that the counts below are the same.
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(100)
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let run = runner.run(&inputs, |(old, edits, (place, turn, look), seed)| {
        let value = serde_json::to_value(&old).unwrap();
        let mut all = Vec::new();
        places(&value, "", &mut all);
        // What has a say in figures; everything has one in what is the same.
        all.retain(|place| {
            ["/kpis/", "/links/", "/nodes/"]
                .iter()
                .any(|list| place.starts_with(list))
        });
        prop_assume!(!all.is_empty());
        let values = measured(&old, seed);
        for (nth, edit) in edits.into_iter().enumerate() {
            let place = &all[(place.index(all.len()) + nth * all.len() / EDITS) % all.len()];
            let Some(new) = edited(&value, place, edit, turn.index(1000)) else {
                continue;
            };
            let called = audit::compare(&old, &new, None);
            let told = || format!("{edit:?} {place}: {:#?}", called.changes);
            if let Some(what) = expects_less(&old, &new) {
                count(&expected);
                prop_assert!(!called.greener.is_empty(), "{what}: {}", told());
            }
            if let Some(measure) = covers_more(&old, &new) {
                count(&covered);
                prop_assert!(!called.greener.is_empty(), "{measure} has risen: {}", told());
            }
            let days: Vec<Day> = old.kpis.iter().chain(&new.kpis).flat_map(days_of).collect();
            if days.is_empty() {
                continue;
            }
            let day = days[(look.index(days.len()) + nth) % days.len()];
            if let Some(what) = stands_better(&old, &new, &values, day) {
                count(&stood);
                let called = audit::compare(&old, &new, Some((&values, day)));
                prop_assert!(!called.greener.is_empty(), "{what}: {}", told());
            }
        }
        // And nothing is called out where nothing changed, whatever the order of the records.
        let mut other = old.clone();
        other.nodes.reverse();
        other.links.reverse();
        other.kpis.reverse();
        other.risks.reverse();
        other.plans.reverse();
        prop_assert!(audit::compare(&old, &other, None).greener.is_empty());
        Ok(())
    });
    if let Err(failure) = run {
        panic!("{failure}");
    }
    let counts = [expected.get(), covered.get(), stood.get()];
    assert!(counts.iter().all(|count| *count >= 5), "{counts:?}");
}
