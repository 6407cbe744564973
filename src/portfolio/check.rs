//! What is wrong with a portfolio, and of which thing in it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rust_decimal::Decimal;

use super::model::{Claim, Counts, Portfolio};
use super::totals::{Held, Total, WhyNot, is_of_the_whole, totals};
use crate::finding::{Severity, nearest};
use crate::map::{Day, KpiId, Number, is_id};

/// A rule of a portfolio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What it is called, in kebab-case.
    pub slug: &'static str,
    /// How much what it finds matters.
    pub severity: Severity,
    /// What it finds, in one phrase.
    pub about: &'static str,
}

/// One thing that is wrong with a portfolio. Displayed, it is one line: `error[map-twice]: …`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// What it is about: `map a`, `outcome air`, `measure co2`, `claim a k -> co2`, `portfolio`.
    pub subject: String,
    /// What is wrong: one phrase in lower case without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}[{}]: {}: {}",
            self.rule.severity, self.rule.slug, self.subject, self.message
        )
    }
}

macro_rules! rules {
    ($($name:ident = $slug:literal, $severity:ident, $about:literal;)*) => {
        $(const $name: &Rule = &Rule { slug: $slug, severity: Severity::$severity, about: $about };)*
        /// Every rule of a portfolio, in the order in which their findings are given.
        pub const RULES: &[&Rule] = &[$($name),*];
    };
}

rules! {
    BAD_ID = "bad-id", Error, "an id that is not one";
    DUPLICATE_ID = "duplicate-id", Error, "two maps, outcomes or measures with one id";
    SAME_MAP = "map-twice", Error, "one file that is two members of the portfolio";
    NOT_READ = "map-not-read", Error, "a map that could not be read";
    UNKNOWN = "unknown-reference", Error, "a claim or a link that names something which is not there";
    CLAIMED_TWICE = "claimed-twice", Error, "one KPI that counts twice towards one measure";
    SHARE = "share-unclear", Error, "a share that is missing or is not between 0 and 1";
    OVERLAP = "overlap-unclear", Error, "an overlap with a claim that is not there, with itself, or larger than the claim";
    UNITS = "units-differ", Error, "a KPI in another unit than the measure that it counts towards";
    PER_CENT = "percentage-without-whole", Warning, "a percentage of which it is not known of how many";
    NO_PATH = "claim-without-path", Warning, "a KPI without a baseline or a dated target that counts towards a measure";
    MORE_THAN_CHANGED = "more-explained-than-changed", Warning, "claims that explain more than the place has changed";
    SHORT = "targets-do-not-add-up", Warning, "claims that come to less than the place is to reach";
    NOT_SERVED = "outcome-not-served", Warning, "an outcome of the place that no map leads to";
    SERVES_NONE = "map-serves-none", Warning, "a map that leads to no outcome of the place";
    UNDECLARED = "overlap-undeclared", Warning, "claims of which nobody has said what they have in common";
    CLAIMED_BY_MANY = "counts-in-two-measures", Note, "one KPI that counts towards several measures";
}

/// All that is wrong with a portfolio and its claims, by rule, then in the order of the file. `unread` are the ids of the maps
/// that could not be read, each with why; `as_of` is the day up to which measurements count.
pub fn check(portfolio: &Portfolio, maps: &[Held<'_>], unread: &[(&str, String)], as_of: Day) -> Vec<Remark> {
    let mut out = Checking {
        portfolio,
        maps: maps.iter().map(|held| (held.id, *held)).collect(),
        unread: unread.iter().map(|(id, _)| *id).collect(),
        remarks: Vec::new(),
    };
    out.ids();
    for (id, why) in unread {
        out.say(
            NOT_READ,
            format!("map {id}"),
            why.clone(),
            "Correct the map, or its `file` in the portfolio.",
        );
    }
    out.references();
    out.claims();
    out.totals(as_of);
    out.service();
    let place = |rule: &Rule| RULES.iter().position(|one| one.slug == rule.slug);
    out.remarks.sort_by_key(|remark| place(remark.rule));
    out.remarks
}

struct Checking<'p> {
    portfolio: &'p Portfolio,
    maps: BTreeMap<&'p str, Held<'p>>,
    unread: BTreeSet<&'p str>,
    remarks: Vec<Remark>,
}

fn claim(claim: &Claim) -> String {
    format!("claim {} {} -> {}", claim.map, claim.kpi, claim.measure)
}

impl<'p> Checking<'p> {
    fn say(&mut self, rule: &'static Rule, subject: String, message: String, help: &str) {
        self.remarks.push(Remark {
            rule,
            subject,
            message,
            help: help.to_owned(),
        });
    }

    fn ids(&mut self) {
        let portfolio = self.portfolio;
        let measures = portfolio.outcomes.iter().flat_map(|outcome| &outcome.measures);
        let lists: [(&str, Vec<&str>); 3] = [
            ("map", portfolio.maps.iter().map(|map| map.id.as_str()).collect()),
            (
                "outcome",
                portfolio.outcomes.iter().map(|one| one.id.as_str()).collect(),
            ),
            ("measure", measures.map(|one| one.id.as_str()).collect()),
        ];
        for (what, ids) in lists {
            let mut seen = BTreeSet::new();
            for id in ids {
                if !is_id(id) {
                    self.say(
                        BAD_ID,
                        format!("{what} {id}"),
                        format!("`{id}` is not an id"),
                        "An id begins with a-z or 0-9 and continues with a-z, 0-9, `.`, `_` or `-`.",
                    );
                }
                if !seen.insert(id) {
                    let message = format!("another {what} has the id `{id}` too");
                    self.say(
                        DUPLICATE_ID,
                        format!("{what} {id}"),
                        message,
                        "Give each an id of its own.",
                    );
                }
            }
        }
        let mut files: BTreeMap<&str, &str> = BTreeMap::new();
        for member in &portfolio.maps {
            if let Some(other) = files.insert(&member.file, &member.id) {
                let message = format!("the file {} is the map `{other}` too", member.file);
                self.say(
                    SAME_MAP,
                    format!("map {}", member.id),
                    message,
                    "Take one of the two out.",
                );
            }
        }
    }

    fn unknown(&mut self, subject: String, what: &str, id: &str, known: &[&str]) {
        let help = match nearest(id, known.iter().copied()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "Correct the id, or take it out.".to_owned(),
        };
        self.say(UNKNOWN, subject, format!("there is no {what} `{id}`"), &help);
    }

    fn references(&mut self) {
        let portfolio = self.portfolio;
        let maps: Vec<&str> = portfolio.maps.iter().map(|map| map.id.as_str()).collect();
        let outcomes: Vec<&str> = portfolio.outcomes.iter().map(|one| one.id.as_str()).collect();
        let measures = portfolio.outcomes.iter().flat_map(|one| &one.measures);
        let measures: Vec<&str> = measures.map(|one| one.id.as_str()).collect();
        for one in &portfolio.claims {
            if !measures.contains(&one.measure.as_str()) {
                self.unknown(claim(one), "measure", &one.measure, &measures);
            }
            match self.maps.get(one.map.as_str()) {
                Some(held) if held.map.kpis.iter().all(|kpi| kpi.id != one.kpi) => {
                    let kpis: Vec<&str> = held.map.kpis.iter().map(|kpi| kpi.id.as_str()).collect();
                    let what = format!("KPI in the map `{}` with the id", one.map);
                    self.unknown(claim(one), &what, one.kpi.as_str(), &kpis);
                }
                None if !maps.contains(&one.map.as_str()) => self.unknown(claim(one), "map", &one.map, &maps),
                _ => {}
            }
        }
        for link in &portfolio.links {
            let subject = || format!("link {} {} -> {}", link.map, link.node, link.outcome);
            if !outcomes.contains(&link.outcome.as_str()) {
                self.unknown(subject(), "outcome", &link.outcome, &outcomes);
            }
            match self.maps.get(link.map.as_str()) {
                Some(held) if held.map.nodes.iter().all(|node| node.id != link.node) => {
                    let nodes: Vec<&str> = held.map.nodes.iter().map(|node| node.id.as_str()).collect();
                    let what = format!("node in the map `{}` with the id", link.map);
                    self.unknown(subject(), &what, link.node.as_str(), &nodes);
                }
                None if !maps.contains(&link.map.as_str()) => self.unknown(subject(), "map", &link.map, &maps),
                _ => {}
            }
        }
    }

    fn claims(&mut self) {
        let portfolio = self.portfolio;
        let mut seen: BTreeMap<(&str, &KpiId), BTreeSet<&str>> = BTreeMap::new();
        for one in &portfolio.claims {
            let measures = seen.entry((&one.map, &one.kpi)).or_default();
            if !measures.insert(&one.measure) {
                let message = "the same KPI counts towards this measure already".to_owned();
                self.say(CLAIMED_TWICE, claim(one), message, "Take one of the two claims out.");
            }
            let is_share = |share: Number| share > Number::ZERO && share <= Number::ONE;
            match (one.counts, one.share) {
                (Some(Counts::Share), None) => {
                    let message = "a share of it counts, and the claim does not say which".to_owned();
                    self.say(SHARE, claim(one), message, "Add `share`: 0.4 is 40%.");
                }
                (_, Some(share)) if !is_share(share) => {
                    let message = format!("{share} is not a share");
                    self.say(SHARE, claim(one), message, "Write a part of 1: 0.4 is 40%.");
                }
                (counts, Some(_)) if counts != Some(Counts::Share) => {
                    let message = "it has a share, and does not count by a share".to_owned();
                    self.say(
                        SHARE,
                        claim(one),
                        message,
                        "Write \"counts\": \"share\", or take the share out.",
                    );
                }
                _ => {}
            }
            self.overlaps(one);
        }
        for ((map, kpi), measures) in seen {
            if measures.len() > 1 {
                let all: Vec<&str> = measures.into_iter().collect();
                let message = format!("it counts towards {} measures: {}", all.len(), all.join(", "));
                let help = "That is right where they measure different things: never add these measures up.";
                self.say(CLAIMED_BY_MANY, format!("claim {map} {kpi}"), message, help);
            }
        }
    }

    fn overlaps(&mut self, one: &Claim) {
        if one.counts != Some(Counts::Overlaps) && !one.with.is_empty() {
            let message = "it names what it has something in common with, and does not count as overlapping".to_owned();
            self.say(
                OVERLAP,
                claim(one),
                message,
                "Write \"counts\": \"overlaps\", or take `with` out.",
            );
        }
        for shared in &one.with {
            let other = self
                .portfolio
                .claims
                .iter()
                .find(|other| other.measure == one.measure && other.map == shared.map && other.kpi == shared.kpi);
            let named = format!("{} {}", shared.map, shared.kpi);
            match other {
                None => {
                    let message = format!("it overlaps with {named}, which makes no claim on this measure");
                    self.say(OVERLAP, claim(one), message, "Name a claim on the same measure.");
                }
                Some(other) if std::ptr::eq(other, one) || (other.map == one.map && other.kpi == one.kpi) => {
                    let message = "it overlaps with itself".to_owned();
                    self.say(OVERLAP, claim(one), message, "Name another claim on the same measure.");
                }
                Some(other) if other.counts == Some(Counts::Adds) => {
                    let message =
                        format!("it overlaps with {named}, which says that it has nothing in common with others");
                    self.say(OVERLAP, claim(one), message, "Correct one of the two claims.");
                }
                Some(_) => {}
            }
            if shared.by.is_some_and(|by| by < Number::ZERO) {
                let message = format!("what it has in common with {named} is less than nothing");
                self.say(OVERLAP, claim(one), message, "Write how much counts in both, above 0.");
            }
        }
    }

    fn totals(&mut self, as_of: Day) {
        let portfolio = self.portfolio;
        let held: Vec<Held<'_>> = self.maps.values().copied().collect();
        let all = totals(portfolio, &held, as_of);
        let mut last: BTreeMap<&str, &Total<'_>> = BTreeMap::new();
        for total in &all {
            last.insert(&total.measure.id, total);
        }
        for total in last.values() {
            for one in &total.claims {
                let Some(why) = one.why_not else { continue };
                let (rule, help) = match why {
                    WhyNot::Unit => (UNITS, "Measure both in the same unit, or show the KPI only."),
                    WhyNot::NoDenominator => (
                        PER_CENT,
                        "Add `of` to the claim and to the measure: of how many each is a percentage. Else it is not added up.",
                    ),
                    WhyNot::NoPath => (
                        NO_PATH,
                        "Give the KPI a baseline with its day, and a target with its day.",
                    ),
                    _ => continue,
                };
                self.say(rule, claim(one.claim), format!("its KPI {}", why.words()), help);
            }
        }
        for outcome in &portfolio.outcomes {
            for measure in &outcome.measures {
                if let Some(total) = last.get(measure.id.as_str()) {
                    self.total(total);
                }
            }
        }
    }

    fn total(&mut self, total: &Total<'_>) {
        let subject = format!("measure {}", total.measure.id);
        let unit = &total.measure.unit;
        let Some(planned) = total.planned else { return };
        if !planned.is_exact() && !is_of_the_whole(total.measure) {
            let names: Vec<String> = total.undeclared().collect();
            let message = format!(
                "by the end of {} its claims come to between {} and {} {unit}, as nobody has said what {} have in common",
                total.year,
                planned.at_least,
                planned.at_most,
                names.join(", ")
            );
            let help = "Say of each how it counts: `adds`, or `overlaps` with whom and by how much.";
            self.say(UNDECLARED, subject.clone(), message, help);
        }
        let target = total.measure.targets.iter().max_by_key(|target| target.date);
        let (Some(baseline), Some(target)) = (total.measure.baseline, target) else {
            return;
        };
        let wanted = target.value.decimal() - baseline.value.decimal();
        let is_short = match wanted < Decimal::ZERO {
            true => planned.at_most > wanted,
            false => planned.at_most < wanted,
        };
        if is_of_the_whole(total.measure) {
            let is_over = match wanted < Decimal::ZERO {
                true => planned.at_least < wanted,
                false => planned.at_least > wanted,
            };
            if is_over {
                let message = format!(
                    "its claims explain at least {} {unit}, and the place is to change by {wanted}",
                    planned.at_least
                );
                self.say(MORE_THAN_CHANGED, subject, message, "Look for what is claimed twice.");
            }
        } else if is_short {
            let message = format!(
                "its claims come to {} {unit} at the most, and the place is to change by {wanted}",
                planned.at_most
            );
            self.say(SHORT, subject, message, "Find what brings about the rest, or say less.");
        }
    }

    fn service(&mut self) {
        let portfolio = self.portfolio;
        for outcome in &portfolio.outcomes {
            let is_claimed = |id: &str| portfolio.claims.iter().any(|one| one.measure == id);
            let is_served = portfolio.links.iter().any(|link| link.outcome == outcome.id)
                || outcome.measures.iter().any(|measure| is_claimed(&measure.id));
            if !is_served {
                let message = "no map leads to it".to_owned();
                let help = "Link a node of a map to it, or let a KPI count towards one of its measures.";
                self.say(NOT_SERVED, format!("outcome {}", outcome.id), message, help);
            }
        }
        for member in &portfolio.maps {
            let serves = portfolio.links.iter().any(|link| link.map == member.id)
                || portfolio.claims.iter().any(|one| one.map == member.id);
            if !serves && !self.unread.contains(member.id.as_str()) {
                let message = "it leads to no outcome of the place".to_owned();
                let help = "Link one of its nodes to an outcome, or take the map out.";
                self.say(SERVES_NONE, format!("map {}", member.id), message, help);
            }
        }
    }
}
