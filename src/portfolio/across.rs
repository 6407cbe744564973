//! What is wrong between the maps of a portfolio: one benefit in two maps, owners, dependencies, costs, prices, assumptions.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::checking::{Checking, Said, pointer};
use super::model::{Claim, Counts};
use super::remark::*;
use super::totals::Held;
use crate::map::called::folded;
use crate::map::{BenefitMap, Cost, Day, Kpi, Link, NodeId, Number, Strength, Threatened};

/// Without a measured value of so many days a map is out of date.
const OLD: i64 = 365;

/// Looks at the maps beside one another.
pub(super) fn check(out: &mut Checking<'_>, as_of: Day) {
    out.same_benefits();
    out.chains();
    out.definitions();
    out.owners();
    out.dependencies();
    out.assumptions();
    out.money();
    out.costs();
    out.dates(as_of);
}

fn kpi<'m>(held: Option<&Held<'m>>, claim: &Claim) -> Option<&'m Kpi> {
    held?.map.kpis.iter().find(|kpi| kpi.id == claim.kpi)
}

fn names(one: &Claim, other: &Claim) -> bool {
    let named = |shared: &super::model::Shared| shared.map == other.map && shared.kpi == other.kpi;
    one.counts == Some(Counts::Overlaps) && one.with.iter().any(named)
}

/// Whether both count, and neither says that it overlaps with the other.
fn may_count_twice(one: &Claim, other: &Claim) -> bool {
    let is_shown = |claim: &Claim| claim.counts == Some(Counts::ShownOnly);
    !is_shown(one) && !is_shown(other) && !names(one, other) && !names(other, one)
}

/// Title, unit, baseline and targets.
type Likeness = (String, String, Number, Vec<(Option<Day>, Number)>);

/// What makes two KPIs the same to all that is known of them.
fn likeness(kpi: &Kpi) -> Option<Likeness> {
    let baseline = kpi.baseline?.value;
    let targets: Vec<_> = kpi.targets.iter().map(|target| (target.date, target.value)).collect();
    (!targets.is_empty()).then(|| (folded(&kpi.title), folded(&kpi.unit), baseline, targets))
}

/// Every node that one leads to, along the links of a map, itself too.
fn reached<'m>(links: &BTreeMap<&'m str, Vec<&'m str>>, from: &'m str) -> BTreeSet<&'m str> {
    let mut seen = BTreeSet::from([from]);
    let mut next = VecDeque::from([from]);
    while let Some(node) = next.pop_front() {
        for to in links.get(node).into_iter().flatten() {
            if seen.insert(to) {
                next.push_back(to);
            }
        }
    }
    seen
}

fn links(map: &BenefitMap) -> BTreeMap<&str, Vec<&str>> {
    let mut out: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for link in map.links.iter().filter(|link| !link.feedback) {
        out.entry(link.from.as_str()).or_default().push(link.to.as_str());
    }
    out
}

impl Checking<'_> {
    fn same_benefits(&mut self) {
        let portfolio = self.portfolio;
        let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, claim) in portfolio.claims.iter().enumerate() {
            if let Some(likeness) = kpi(self.maps.get(claim.map.as_str()), claim).and_then(likeness) {
                alike.entry((claim.measure.as_str(), likeness)).or_default().push(at);
            }
        }
        for claims in alike.into_values().filter(|claims| claims.len() > 1) {
            let first = &portfolio.claims[claims[0]];
            for at in &claims[1..] {
                let claim = &portfolio.claims[*at];
                if claim.map == first.map || !may_count_twice(claim, first) {
                    continue;
                }
                let message = format!(
                    "its KPI has the same title, unit, baseline and targets as `{}` of the map `{}`, which counts too",
                    first.kpi, first.map
                );
                let help =
                    "Where it is one benefit, let one claim count and write \"counts\": \"shown-only\" in the other.";
                self.of_claim(SAME_BENEFIT, *at, "kpi", message, help);
            }
        }
    }

    fn chains(&mut self) {
        let portfolio = self.portfolio;
        let mut by_map: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (at, claim) in portfolio.claims.iter().enumerate() {
            by_map.entry((&claim.measure, &claim.map)).or_default().push(at);
        }
        for ((_, map), claims) in by_map.into_iter().filter(|(_, claims)| claims.len() > 1) {
            let Some(held) = self.maps.get(map).copied() else {
                continue;
            };
            let links = links(held.map);
            for (nth, one) in claims.iter().enumerate() {
                let Some(a) = kpi(Some(&held), &portfolio.claims[*one]) else {
                    continue;
                };
                let reached_by_it = reached(&links, a.node.as_str());
                for other in &claims {
                    let Some(b) = kpi(Some(&held), &portfolio.claims[*other]) else {
                        continue;
                    };
                    let is_later = claims[nth + 1..].contains(other);
                    let is_on_chain = if a.node == b.node {
                        is_later
                    } else {
                        reached_by_it.contains(b.node.as_str())
                    };
                    let (first, second) = (&portfolio.claims[*one], &portfolio.claims[*other]);
                    if a.id == b.id || !is_on_chain || !may_count_twice(first, second) {
                        continue;
                    }
                    let message = format!(
                        "its KPI lies on one chain with `{}`, which counts towards the measure too: the second may be the first, seen later",
                        first.kpi
                    );
                    let help =
                        "Let the last of a chain count and only show the others, or say what they have in common.";
                    self.of_claim(ONE_CHAIN, *other, "kpi", message, help);
                }
            }
        }
    }

    fn definitions(&mut self) {
        let portfolio = self.portfolio;
        for (at, claim) in portfolio.claims.iter().enumerate() {
            let Some(kpi) = kpi(self.maps.get(claim.map.as_str()), claim) else {
                continue;
            };
            let Some(measure) = portfolio.measure(&claim.measure) else {
                continue;
            };
            let (own, shared) = (folded(&kpi.definition), folded(&measure.definition));
            if !own.is_empty() && !shared.is_empty() && own != shared && claim.counts != Some(Counts::ShownOnly) {
                let message = format!(
                    "its KPI is defined as `{}`, and the measure as `{}`",
                    kpi.definition.trim(),
                    measure.definition.trim()
                );
                let help = "Measure both in the same way and write the same definition, or only show the KPI.";
                self.of_claim(DEFINITIONS, at, "kpi", message, help);
            }
        }
    }

    fn owners(&mut self) {
        let portfolio = self.portfolio;
        for (at, outcome) in portfolio.outcomes.iter().enumerate() {
            for (nth, measure) in outcome.measures.iter().enumerate() {
                let differs = folded(&measure.owner) != folded(&outcome.owner);
                if differs && !measure.owner.trim().is_empty() && !outcome.owner.trim().is_empty() {
                    let said = Said {
                        subject: format!("outcome {}", outcome.id),
                        pointer: format!("/outcomes/{at}/measures/{nth}/owner"),
                        message: format!(
                            "{} answers for it, and {} for its measure `{}`",
                            outcome.owner, measure.owner, measure.id
                        ),
                    };
                    self.say(TWO_OWNERS, said, "Name one person who answers for both.");
                }
            }
        }
        // The same outcome in two maps has one owner.
        let mut known: BTreeMap<String, (&str, &str)> = BTreeMap::new();
        let mut found = Vec::new();
        for (id, held) in &self.maps {
            let names: BTreeMap<&str, &str> = held
                .map
                .owners
                .iter()
                .map(|owner| (owner.id.as_str(), owner.name.as_str()))
                .collect();
            for node in held.map.nodes.iter().filter(|node| node.kind.is_outcome()) {
                let owner = node.owner.as_ref().and_then(|owner| names.get(owner.as_str()));
                let (Some(owner), false) = (owner, node.title.trim().is_empty()) else {
                    continue;
                };
                let (other, theirs) = *known.entry(folded(&node.title)).or_insert((id, owner));
                if other != *id && folded(theirs) != folded(owner) {
                    let message = format!(
                        "{owner} answers for its outcome `{}`, and {theirs} for the same in the map `{other}`",
                        node.title.trim()
                    );
                    found.push((*id, message));
                }
            }
        }
        for (id, message) in found {
            let help = "Agree who answers for it, or give the two outcomes titles of their own.";
            self.of_map(TWO_OWNERS, id, message, help);
        }
    }

    fn dependencies(&mut self) {
        let portfolio = self.portfolio;
        let mut all: BTreeMap<(&str, &str), Vec<(&str, &str)>> = BTreeMap::new();
        for (id, held) in &self.maps {
            for link in held.map.links.iter().filter(|link| !link.feedback) {
                all.entry((id, link.from.as_str()))
                    .or_default()
                    .push((id, link.to.as_str()));
            }
        }
        for one in &portfolio.dependencies {
            let to = (one.map.as_str(), one.node.as_str());
            all.entry((one.on.map.as_str(), one.on.node.as_str()))
                .or_default()
                .push(to);
        }
        for (at, one) in portfolio.dependencies.iter().enumerate() {
            let said = |message| Said {
                subject: format!("dependency {} {} -> {} {}", one.on.map, one.on.node, one.map, one.node),
                pointer: pointer("dependencies", at, ""),
                message,
            };
            // Whether what waits leads to what it waits for.
            let needed = (one.on.map.as_str(), one.on.node.as_str());
            let waiting = (one.map.as_str(), one.node.as_str());
            let mut seen = BTreeSet::from([waiting]);
            let mut next = VecDeque::from([waiting]);
            while let Some(node) = next.pop_front() {
                for to in all.get(&node).into_iter().flatten() {
                    if seen.insert(*to) {
                        next.push_back(*to);
                    }
                }
            }
            if seen.contains(&needed) {
                let message = format!(
                    "`{}` waits for `{}`, and leads to it: neither can begin",
                    waiting.1, needed.1
                );
                self.say(
                    LOOP,
                    said(message),
                    "Take the dependency out, or mark a link as feedback.",
                );
                continue;
            }
            let node = |map: &str, id: &NodeId| {
                let held = self.maps.get(map)?;
                held.map.nodes.iter().find(|node| node.id == *id)
            };
            let (Some(waits), Some(needs)) = (node(&one.map, &one.node), node(&one.on.map, &one.on.node)) else {
                continue;
            };
            if let (Some(ready), Some(due)) = (needs.due, waits.due)
                && ready > due
            {
                let message = format!(
                    "`{}` is due on {due}, and waits for `{}` of the map `{}`, which is due on {ready}",
                    waits.title, needs.title, one.on.map
                );
                let help = "Bring the first forward, or move what waits for it.";
                self.say(LATE, said(message), help);
            }
        }
    }

    fn assumptions(&mut self) {
        let mut resting: BTreeMap<String, (&str, BTreeSet<&str>, bool)> = BTreeMap::new();
        for (id, held) in &self.maps {
            for link in &held.map.links {
                for text in link.assumptions.iter().filter(|text| !text.trim().is_empty()) {
                    let entry = resting
                        .entry(folded(text))
                        .or_insert((text.trim(), BTreeSet::new(), false));
                    entry.1.insert(id);
                    entry.2 |= is_tested(held.map, link);
                }
            }
        }
        let untested: Vec<_> = resting
            .into_values()
            .filter(|(_, maps, tested)| maps.len() > 1 && !tested)
            .collect();
        for (text, maps, _) in untested {
            let maps: Vec<&str> = maps.into_iter().collect();
            let said = Said {
                subject: "portfolio".to_owned(),
                pointer: "/maps".to_owned(),
                message: format!(
                    "the maps {} all rest on `{text}`, and none of them tests it",
                    maps.join(", ")
                ),
            };
            let help = "Cite evidence, measure both ends of one of the links, or enter a risk to one with an owner.";
            self.say(ASSUMED, said, help);
        }
    }

    fn money(&mut self) {
        let mut currencies: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut years: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (id, held) in &self.maps {
            if !held.map.currency.is_empty() {
                currencies.entry(&held.map.currency).or_default().push(id);
            }
            if let Some(appraisal) = &held.map.appraisal {
                let year = match appraisal.price_year.as_str() {
                    "" => appraisal.base_year.as_str(),
                    year => year,
                };
                years.entry(year).or_default().push(id);
            }
        }
        let said = |groups: &BTreeMap<&str, Vec<&str>>, what: &str| {
            let groups: Vec<String> = groups
                .iter()
                .map(|(one, maps)| format!("{one} in {}", maps.join(", ")))
                .collect();
            Said {
                subject: "portfolio".to_owned(),
                pointer: "/maps".to_owned(),
                message: format!("{what}: {}", groups.join("; ")),
            }
        };
        if currencies.len() > 1 {
            let said = said(&currencies, "amounts are in different currencies");
            self.say(
                CURRENCY,
                said,
                "Write all maps in one currency: amounts in others are not added up.",
            );
        }
        if years.len() > 1 {
            let said = said(&years, "amounts are in the prices of different years");
            self.say(PRICE_YEARS, said, "Bring all maps to the prices of one year.");
        }
    }

    fn costs(&mut self) {
        let portfolio = self.portfolio;
        let declared: BTreeSet<(&str, &str)> = portfolio
            .shared_costs
            .iter()
            .flat_map(|cost| &cost.nodes)
            .map(|one| (one.map.as_str(), one.node.as_str()))
            .collect();
        let maps = &self.maps;
        let mut alike: BTreeMap<_, Vec<(&str, &str, &str)>> = BTreeMap::new();
        for (id, held) in maps {
            for node in held.map.nodes.iter().filter(|node| !node.cost.is_empty()) {
                let amounts: Vec<_> = node.cost.iter().map(amount_by_years).collect();
                alike.entry((folded(&node.title), amounts)).or_default().push((
                    id,
                    node.id.as_str(),
                    node.title.as_str(),
                ));
            }
        }
        let mut found = Vec::new();
        for group in alike.into_values().filter(|group| group.len() > 1) {
            let (first, id, _) = group[0];
            for (map, node, title) in &group[1..] {
                if *map != first && !(declared.contains(&(*map, *node)) && declared.contains(&(first, id))) {
                    found.push((
                        *map,
                        format!("its cost `{title}` looks the same as that of the map `{first}`"),
                    ));
                }
            }
        }
        let mut differing = Vec::new();
        for (at, shared) in portfolio.shared_costs.iter().enumerate() {
            let amounts = |one: &super::model::NodeOf| {
                let node = maps
                    .get(one.map.as_str())?
                    .map
                    .nodes
                    .iter()
                    .find(|node| node.id == one.node)?;
                Some(node.cost.iter().map(amount_by_years).collect::<Vec<_>>())
            };
            let Some(first) = shared.nodes.first() else { continue };
            let Some(own) = amounts(first) else { continue };
            for (nth, other) in shared.nodes.iter().enumerate().skip(1) {
                if amounts(other).is_some_and(|theirs| theirs != own) {
                    differing.push(Said {
                        subject: format!("shared cost {}", shared.id),
                        pointer: format!("/shared_costs/{at}/in/{nth}"),
                        message: format!(
                            "the map `{}` has other amounts for it than the map `{}`, whose amounts count",
                            other.map, first.map
                        ),
                    });
                }
            }
        }
        for (map, message) in found {
            let help = "Where it is one cost, name both in `shared_costs`, so that it counts once.";
            self.of_map(COST_TWICE, map, message, help);
        }
        for said in differing {
            self.say(COSTS_DIFFER, said, "Write the same amounts in both maps.");
        }
    }

    fn dates(&mut self, as_of: Day) {
        let mut last: BTreeMap<&str, Option<Day>> = BTreeMap::new();
        for (id, held) in &self.maps {
            let days = held.map.kpis.iter().filter_map(|kpi| {
                crate::track::actuals(kpi, held.measurements, as_of)
                    .last()
                    .map(|one| one.date)
            });
            last.insert(id, days.max());
        }
        let bar = as_of.later(-OLD);
        if !last.values().flatten().any(|day| *day >= bar) {
            return;
        }
        for (id, day) in last.into_iter().filter(|(_, day)| day.is_none_or(|day| day < bar)) {
            if !self.portfolio.claims.iter().any(|claim| claim.map == id) {
                continue;
            }
            let message = match day {
                Some(day) => format!("nothing of it was measured after {day}"),
                None => "nothing of it has been measured".to_owned(),
            };
            let help = "Ask for its figures, and name their file in `measurements`.";
            self.of_map(OUT_OF_DATE, id, message, help);
        }
    }
}

/// What two nodes have in common that stand for one cost.
fn amount_by_years(cost: &Cost) -> (&str, &str, Number) {
    (&cost.year, &cost.until, cost.amount)
}

/// Whether something would show that what a link assumes is wrong: evidence, both ends measured, or a risk that somebody watches.
fn is_tested(map: &BenefitMap, link: &Link) -> bool {
    let is_measured = |id: &NodeId| map.kpis.iter().any(|kpi| kpi.node == *id && kpi.measurement.is_some());
    let has_evidence = link.evidence.iter().any(|one| one.strength != Some(Strength::Assumed));
    let is_watched = map.risks.iter().any(|risk| {
        let threatens =
            matches!(&risk.threatens, Some(Threatened::Link { from, to }) if *from == link.from && *to == link.to);
        threatens && risk.owner.is_some()
    });
    has_evidence || (is_measured(&link.from) && is_measured(&link.to)) || is_watched
}
