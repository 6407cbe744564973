//! What is wrong with a portfolio, and of which thing in it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::across;
use super::checking::{Checking, Said, claim, pointer};
use super::model::{Counts, Portfolio};
use super::own::wanted;
use super::remark::*;
use super::totals::{Gathered, Total, WhyNot, is_of_the_whole, totals};
use super::year::Year;
use crate::finding::nearest;
use crate::map::{Direction, KpiId, NodeId, Number, is_id};

/// All that is wrong with a portfolio and its claims, by rule, then in the order of the file.
pub fn check(portfolio: &Portfolio, gathered: &Gathered<'_>) -> Vec<Remark> {
    let mut out = Checking {
        portfolio,
        maps: gathered.maps.iter().map(|held| (held.id, *held)).collect(),
        unread: gathered.unread.iter().map(|(id, _)| *id).collect(),
        remarks: Vec::new(),
    };
    out.ids();
    for (id, why) in gathered.unread {
        let help = "Correct the map, or its `file` in the portfolio.";
        out.of_map(NOT_READ, id, why.clone(), help);
    }
    if let Some(why) = gathered.not_measured {
        let said = Said {
            subject: "portfolio".to_owned(),
            pointer: "/measurements".to_owned(),
            message: why.to_owned(),
        };
        out.say(
            SERIES_NOT_READ,
            said,
            "Correct the file, or its name in `measurements`.",
        );
    }
    out.references();
    out.claims();
    let all = totals(portfolio, gathered);
    out.totals(&all);
    out.service();
    across::check(&mut out, gathered.as_of);
    let place: BTreeMap<&str, usize> = RULES.iter().enumerate().map(|(at, rule)| (rule.slug, at)).collect();
    out.remarks.sort_by_key(|remark| place.get(remark.rule.slug).copied());
    out.remarks
}

/// What can be named in a portfolio and its maps.
struct Named<'p> {
    maps: Vec<&'p str>,
    nodes: BTreeMap<&'p str, BTreeSet<&'p str>>,
    kpis: BTreeMap<&'p str, BTreeSet<&'p str>>,
}

impl<'p> Checking<'p> {
    fn ids(&mut self) {
        let portfolio = self.portfolio;
        let mut ids: [(&str, Vec<(&str, String)>); 4] = [
            ("map", Vec::new()),
            ("outcome", Vec::new()),
            ("measure", Vec::new()),
            ("shared cost", Vec::new()),
        ];
        for (at, member) in portfolio.maps.iter().enumerate() {
            ids[0].1.push((&member.id, pointer("maps", at, "id")));
        }
        for (at, outcome) in portfolio.outcomes.iter().enumerate() {
            ids[1].1.push((&outcome.id, pointer("outcomes", at, "id")));
            for (nth, measure) in outcome.measures.iter().enumerate() {
                ids[2]
                    .1
                    .push((&measure.id, format!("/outcomes/{at}/measures/{nth}/id")));
            }
        }
        for (at, cost) in portfolio.shared_costs.iter().enumerate() {
            ids[3].1.push((&cost.id, pointer("shared_costs", at, "id")));
        }
        for (what, ids) in ids {
            let mut seen = BTreeSet::new();
            for (id, pointer) in ids {
                let said = |message| Said {
                    subject: format!("{what} {id}"),
                    pointer: pointer.clone(),
                    message,
                };
                if !is_id(id) {
                    let help = "An id begins with a-z or 0-9 and continues with a-z, 0-9, `.`, `_` or `-`.";
                    self.say(BAD_ID, said(format!("`{id}` is not an id")), help);
                }
                if !seen.insert(id) {
                    let message = format!("another {what} has the id `{id}` too");
                    self.say(DUPLICATE_ID, said(message), "Give each an id of its own.");
                }
            }
        }
        let mut files: BTreeMap<String, &str> = BTreeMap::new();
        for (at, member) in portfolio.maps.iter().enumerate() {
            // `./a.json` is `a.json`.
            let parts: Vec<&str> = member
                .file
                .split(['/', '\\'])
                .filter(|part| !part.is_empty() && *part != ".")
                .collect();
            if let Some(other) = files.insert(parts.join("/"), &member.id) {
                let said = Said {
                    subject: format!("map {}", member.id),
                    pointer: pointer("maps", at, "file"),
                    message: format!("the file {} is the map `{other}` too", member.file),
                };
                self.say(SAME_MAP, said, "Take one of the two out.");
            }
        }
    }

    fn unknown(&mut self, subject: &str, pointer: String, (what, id): (&str, &str), known: &[&str]) {
        let help = match nearest(id, known.iter().copied()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "Correct the id, or take it out: what it named may have been deleted.".to_owned(),
        };
        let said = Said {
            subject: subject.to_owned(),
            pointer,
            message: format!("there is no {what} `{id}`"),
        };
        self.say(UNKNOWN, said, &help);
    }

    /// Looks for a map, and for a node of it.
    fn node(&mut self, known: &Named<'p>, subject: &str, at: &str, (map, node): (&str, &NodeId)) {
        if !known.maps.contains(&map) {
            return self.unknown(subject, format!("{at}/map"), ("map", map), &known.maps);
        }
        if let Some(nodes) = known.nodes.get(map).filter(|nodes| !nodes.contains(node.as_str())) {
            let what = format!("node in the map `{map}` with the id");
            let nodes: Vec<&str> = nodes.iter().copied().collect();
            self.unknown(subject, format!("{at}/node"), (&what, node.as_str()), &nodes);
        }
    }

    fn references(&mut self) {
        let portfolio = self.portfolio;
        let known = Named {
            maps: portfolio.maps.iter().map(|map| map.id.as_str()).collect(),
            nodes: self
                .maps
                .iter()
                .map(|(id, held)| (*id, held.map.nodes.iter().map(|node| node.id.as_str()).collect()))
                .collect(),
            kpis: self
                .maps
                .iter()
                .map(|(id, held)| (*id, held.map.kpis.iter().map(|kpi| kpi.id.as_str()).collect()))
                .collect(),
        };
        let outcomes: Vec<&str> = portfolio.outcomes.iter().map(|one| one.id.as_str()).collect();
        let measures: Vec<&str> = portfolio.measures().map(|(_, one)| one.id.as_str()).collect();
        for (at, one) in portfolio.claims.iter().enumerate() {
            if !measures.contains(&one.measure.as_str()) {
                let place = pointer("claims", at, "measure");
                self.unknown(&claim(one), place, ("measure", &one.measure), &measures);
            }
            if !known.maps.contains(&one.map.as_str()) {
                self.unknown(
                    &claim(one),
                    pointer("claims", at, "map"),
                    ("map", &one.map),
                    &known.maps,
                );
            } else if let Some(kpis) = known
                .kpis
                .get(one.map.as_str())
                .filter(|kpis| !kpis.contains(one.kpi.as_str()))
            {
                let what = format!("KPI in the map `{}` with the id", one.map);
                let kpis: Vec<&str> = kpis.iter().copied().collect();
                let place = pointer("claims", at, "kpi");
                self.unknown(&claim(one), place, (&what, one.kpi.as_str()), &kpis);
            }
        }
        for (at, link) in portfolio.links.iter().enumerate() {
            let subject = format!("link {} {} -> {}", link.map, link.node, link.outcome);
            if !outcomes.contains(&link.outcome.as_str()) {
                let place = pointer("links", at, "outcome");
                self.unknown(&subject, place, ("outcome", &link.outcome), &outcomes);
            }
            self.node(&known, &subject, &pointer("links", at, ""), (&link.map, &link.node));
        }
        for (at, one) in portfolio.dependencies.iter().enumerate() {
            let subject = format!("dependency {} {} -> {} {}", one.on.map, one.on.node, one.map, one.node);
            let place = pointer("dependencies", at, "");
            self.node(&known, &subject, &place, (&one.map, &one.node));
            self.node(&known, &subject, &format!("{place}/on"), (&one.on.map, &one.on.node));
        }
        for (at, cost) in portfolio.shared_costs.iter().enumerate() {
            for (nth, one) in cost.nodes.iter().enumerate() {
                let place = format!("/shared_costs/{at}/in/{nth}");
                self.node(
                    &known,
                    &format!("shared cost {}", cost.id),
                    &place,
                    (&one.map, &one.node),
                );
            }
        }
        for (at, group) in portfolio.appraisal.iter().flat_map(|one| &one.together).enumerate() {
            for (nth, map) in group
                .iter()
                .enumerate()
                .filter(|(_, map)| !known.maps.contains(&map.as_str()))
            {
                let place = format!("/appraisal/together/{at}/{nth}");
                self.unknown("appraisal", place, ("map", map), &known.maps);
            }
        }
    }

    fn claims(&mut self) {
        let portfolio = self.portfolio;
        let mut seen: BTreeMap<(&str, &KpiId), Vec<usize>> = BTreeMap::new();
        let mut by_place: BTreeMap<(&str, &str, &KpiId), usize> = BTreeMap::new();
        for (at, one) in portfolio.claims.iter().enumerate() {
            by_place.entry((&one.measure, &one.map, &one.kpi)).or_insert(at);
        }
        for (at, one) in portfolio.claims.iter().enumerate() {
            let claims = seen.entry((&one.map, &one.kpi)).or_default();
            if claims
                .iter()
                .any(|other| portfolio.claims[*other].measure == one.measure)
            {
                let message = "the same KPI counts towards this measure already".to_owned();
                self.of_claim(CLAIMED_TWICE, at, "", message, "Take one of the two claims out.");
            } else {
                claims.push(at);
            }
            let is_share = |share: Number| share > Number::ZERO && share <= Number::ONE;
            match (one.counts, one.share) {
                (Some(Counts::Share), None) => {
                    let message = "a share of it counts, and the claim does not say which".to_owned();
                    self.of_claim(SHARE, at, "counts", message, "Add `share`: 0.4 is 40%.");
                }
                (_, Some(share)) if !is_share(share) => {
                    let message = format!("{share} is not a share");
                    self.of_claim(SHARE, at, "share", message, "Write a part of 1: 0.4 is 40%.");
                }
                (counts, Some(_)) if counts != Some(Counts::Share) => {
                    let message = "it has a share, and does not count by a share".to_owned();
                    let help = "Write \"counts\": \"share\", or take the share out.";
                    self.of_claim(SHARE, at, "share", message, help);
                }
                _ => {}
            }
            self.overlaps(at, &by_place);
        }
        for claims in seen.into_values().filter(|claims| claims.len() > 1) {
            let all: Vec<&str> = claims.iter().map(|at| portfolio.claims[*at].measure.as_str()).collect();
            let message = format!("it counts towards {} measures: {}", all.len(), all.join(", "));
            let help = "That is right where they measure different things: never add these measures up.";
            self.of_claim(CLAIMED_BY_MANY, claims[1], "measure", message, help);
        }
    }

    fn overlaps(&mut self, at: usize, claims: &BTreeMap<(&str, &str, &KpiId), usize>) {
        let portfolio = self.portfolio;
        let one = &portfolio.claims[at];
        if one.counts != Some(Counts::Overlaps) && !one.with.is_empty() {
            let message = "it names what it has something in common with, and does not count as overlapping".to_owned();
            let help = "Write \"counts\": \"overlaps\", or take `with` out.";
            self.of_claim(OVERLAP, at, "with", message, help);
        }
        for (nth, shared) in one.with.iter().enumerate() {
            let place = format!("with/{nth}");
            let other = claims.get(&(one.measure.as_str(), shared.map.as_str(), &shared.kpi));
            let named = format!("{} {}", shared.map, shared.kpi);
            match other.map(|other| &portfolio.claims[*other]) {
                None => {
                    let message = format!("it overlaps with {named}, which makes no claim on this measure");
                    self.of_claim(OVERLAP, at, &place, message, "Name a claim on the same measure.");
                }
                Some(other) if other.map == one.map && other.kpi == one.kpi => {
                    let message = "it overlaps with itself".to_owned();
                    self.of_claim(OVERLAP, at, &place, message, "Name another claim on the same measure.");
                }
                Some(other) if other.counts == Some(Counts::Adds) => {
                    let message =
                        format!("it overlaps with {named}, which says that it has nothing in common with others");
                    self.of_claim(OVERLAP, at, &place, message, "Correct one of the two claims.");
                }
                Some(_) => {}
            }
            if shared.by.is_some_and(|by| by < Number::ZERO) {
                let message = format!("what it has in common with {named} is less than nothing");
                let help = "Write how much counts in both, above 0.";
                self.of_claim(OVERLAP, at, &format!("{place}/by"), message, help);
            }
        }
    }

    fn totals(&mut self, all: &[Total<'_>]) {
        let portfolio = self.portfolio;
        let mut last: BTreeMap<&str, &Total<'_>> = BTreeMap::new();
        for total in all {
            last.insert(&total.measure.id, total);
        }
        let mut why_not: BTreeMap<(&str, &str, &KpiId), WhyNot> = BTreeMap::new();
        for one in last.values().flat_map(|total| &total.claims) {
            if let Some(why) = one.why_not {
                let claim = one.claim;
                why_not.entry((&claim.measure, &claim.map, &claim.kpi)).or_insert(why);
            }
        }
        for (at, one) in portfolio.claims.iter().enumerate() {
            let Some(why) = why_not.get(&(one.measure.as_str(), one.map.as_str(), &one.kpi)) else {
                continue;
            };
            let (rule, help) = match why {
                WhyNot::Unit => (UNITS, "Measure both in the same unit, or show the KPI only."),
                WhyNot::NoDenominator => (
                    PER_CENT,
                    "Add `of` to the claim and to the measure: of how many each is a percentage. Otherwise it is left out of the totals.",
                ),
                WhyNot::NoPath => (
                    NO_PATH,
                    "Give the KPI a baseline with its day, and a target with its day.",
                ),
                _ => continue,
            };
            self.of_claim(rule, at, "kpi", format!("its KPI {}", why.words()), help);
        }
        for (_, measure) in portfolio.measures() {
            if let Some(total) = last.get(measure.id.as_str()) {
                self.too_large(total);
                self.total(total);
            }
        }
        let mut measured: BTreeMap<&str, &Total<'_>> = BTreeMap::new();
        for total in all {
            // Of the year in which the place was measured, for what projects achieved later explains nothing of that value.
            let day = total.own.map(|own| own.last.date);
            if day.is_some_and(|day| Year::of(day, total.year.first_month()) == total.year) {
                measured.insert(&total.measure.id, total);
            }
        }
        for (_, measure) in portfolio.measures() {
            if let Some(total) = measured.get(measure.id.as_str()) {
                self.explained(total);
            }
        }
    }

    /// Finds overlaps that are larger than what they are a part of, by the end of the last year.
    fn too_large(&mut self, total: &Total<'_>) {
        let portfolio = self.portfolio;
        let values: BTreeMap<(&str, &KpiId), Decimal> = total
            .claims
            .iter()
            .filter_map(|one| Some(((one.claim.map.as_str(), &one.claim.kpi), one.planned?.abs())))
            .collect();
        for (at, one) in portfolio.claims.iter().enumerate() {
            let own = values.get(&(one.map.as_str(), &one.kpi));
            let (Some(own), true) = (
                own,
                one.measure == total.measure.id && one.counts == Some(Counts::Overlaps),
            ) else {
                continue;
            };
            for (nth, shared) in one.with.iter().enumerate() {
                let other = values.get(&(shared.map.as_str(), &shared.kpi));
                let (Some(by), Some(other)) = (shared.by.map(Number::decimal), other) else {
                    continue;
                };
                let smaller = *own.min(other);
                if by > smaller {
                    let unit = total.measure.unit.trim();
                    let message = format!(
                        "it has {by} {unit} in common with {} {}, and the smaller of the two comes to {smaller} {unit}",
                        shared.map, shared.kpi
                    );
                    let help = "Write how much counts in both, which is at most the smaller of the two.";
                    self.of_claim(OVERLAP, at, &format!("with/{nth}/by"), message, help);
                }
            }
        }
    }

    /// Compares what was measured of the claims with how the place changed.
    fn explained(&mut self, total: &Total<'_>) {
        let measure = total.measure;
        let (Some(own), Some(achieved)) = (total.own, total.achieved) else {
            return;
        };
        let Some(change) = own.change else { return };
        let is_down = match (measure.direction, wanted(measure)) {
            (Some(Direction::Decrease), _) => true,
            (Some(Direction::Increase), _) => false,
            (_, wanted) => wanted.unwrap_or(achieved.at_least) < Decimal::ZERO,
        };
        let is_over = match is_down {
            true => achieved.at_least < change,
            false => achieved.at_least > change,
        };
        if is_over {
            let unit = measure.unit.trim();
            let said = Said {
                subject: format!("measure {}", measure.id),
                pointer: self.measure_at(&measure.id),
                message: format!(
                    "what was measured of its claims explains at least {} {unit} by the end of {}, and the place had changed by {change} {unit} on {}",
                    achieved.at_least, total.year, own.last.date
                ),
            };
            let help = "Look for what is claimed twice, or find out what else made the place worse.";
            self.say(MORE_THAN_CHANGED, said, help);
        }
    }

    fn total(&mut self, total: &Total<'_>) {
        let measure = total.measure;
        let at = self.measure_at(&measure.id);
        let said = |field: &str, message| Said {
            subject: format!("measure {}", measure.id),
            pointer: format!("{at}{field}"),
            message,
        };
        let unit = &measure.unit;
        let Some(planned) = total.planned else { return };
        if !planned.is_exact() && !is_of_the_whole(measure) {
            let names: Vec<String> = total.undeclared().collect();
            let message = format!(
                "by the end of {} its claims come to between {} and {} {unit}, as nobody has said what {} have in common",
                total.year,
                planned.at_least,
                planned.at_most,
                names.join(", ")
            );
            let help = "Say of each how it counts: `adds`, or `overlaps` with whom and by how much.";
            self.say(UNDECLARED, said("", message), help);
        }
        let Some(wanted) = wanted(measure) else { return };
        let is_short = match wanted < Decimal::ZERO {
            true => planned.at_most > wanted,
            false => planned.at_most < wanted,
        };
        if is_of_the_whole(measure) {
            let is_over = match wanted < Decimal::ZERO {
                true => planned.at_least < wanted,
                false => planned.at_least > wanted,
            };
            if is_over {
                let message = format!(
                    "its claims explain at least {} {unit}, and the place is to change by {wanted}",
                    planned.at_least
                );
                self.say(MORE_THAN_CHANGED, said("", message), "Look for what is claimed twice.");
            }
        } else if is_short {
            let message = format!(
                "its claims come to {} {unit} at the most, and the place is to change by {wanted}",
                planned.at_most
            );
            let help = "Find what brings about the rest, or say less.";
            self.say(SHORT, said("/targets", message), help);
        }
    }

    fn service(&mut self) {
        let portfolio = self.portfolio;
        let claimed: BTreeSet<&str> = portfolio.claims.iter().map(|one| one.measure.as_str()).collect();
        for (at, outcome) in portfolio.outcomes.iter().enumerate() {
            let is_served = portfolio.links.iter().any(|link| link.outcome == outcome.id)
                || outcome
                    .measures
                    .iter()
                    .any(|measure| claimed.contains(measure.id.as_str()));
            if !is_served {
                let said = Said {
                    subject: format!("outcome {}", outcome.id),
                    pointer: pointer("outcomes", at, ""),
                    message: "no map leads to it".to_owned(),
                };
                let help = "Link a node of a map to it, or let a KPI count towards one of its measures.";
                self.say(NOT_SERVED, said, help);
            }
        }
        let serving: BTreeSet<&str> = portfolio
            .links
            .iter()
            .map(|link| link.map.as_str())
            .chain(portfolio.claims.iter().map(|one| one.map.as_str()))
            .collect();
        for member in &portfolio.maps {
            if !serving.contains(member.id.as_str()) && !self.unread.contains(member.id.as_str()) {
                let message = "it leads to no outcome of the place".to_owned();
                let help = "Link one of its nodes to an outcome, or take the map out.";
                self.of_map(SERVES_NONE, &member.id, message, help);
            }
        }
    }
}
