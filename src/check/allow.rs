//! The map's own list of findings that are accepted.

use std::collections::HashMap;

use super::registry::{Rule, find};
use super::sink::{Fault, Sink};
use super::{Profile, RULES, explain, rules};
use crate::finding::{Finding, Subject};
use crate::map::{Allowance, BenefitMap};

/// Takes out what the map allows, and adds what is wrong with the allowances themselves. `ran` are the places in
/// [`RULES`] of the rules that have run. Returns how many findings were taken out.
pub(super) fn apply(map: &BenefitMap, ran: &[usize], profile: Profile, findings: &mut Vec<Finding>) -> usize {
    if map.allow.is_empty() {
        return 0;
    }
    let mut entries: HashMap<(&'static str, Subject), usize> = HashMap::new();
    let mut unused: Vec<(usize, &'static str)> = Vec::new();
    let mut idle = vec![false; map.allow.len()];
    let mut unknown = Vec::new();
    for (at, entry) in map.allow.iter().enumerate() {
        let Some(rule) = find(entry.rule.trim()) else {
            unknown.push(at);
            continue;
        };
        if !ran.iter().any(|at| RULES[*at].code == rule.code) {
            // The rule is off in this profile: whether the entry is needed shows in another.
            continue;
        }
        let Ok(subject) = entry.subject.parse::<Subject>() else {
            unused.push((at, "its subject names nothing that a finding could be about"));
            continue;
        };
        if entry.reason.trim().is_empty() {
            unused.push((at, "it gives no reason, so it is not followed"));
            continue;
        }
        if entries.contains_key(&(rule.code, subject.clone())) {
            unused.push((at, "an earlier entry allows the same"));
            continue;
        }
        idle[at] = true;
        entries.insert((rule.code, subject), at);
    }
    let before = findings.len();
    // Few entries and many findings: the subject is only cloned where an entry names the rule.
    let rules_named: Vec<&str> = entries.keys().map(|(code, _)| *code).collect();
    findings.retain(|finding| {
        let matched = rules_named.contains(&finding.code)
            && entries
                .get(&(finding.code, finding.subject.clone()))
                .inspect(|at| idle[**at] = false)
                .is_some();
        !matched
    });
    let allowed = before - findings.len();

    let mut report = |rule: &'static Rule, at: usize, fault: fn(&Allowance, Subject, &str) -> Fault, why: &str| {
        if let Some(severity) = rule.severities.of(profile) {
            let subject = Subject::Allowance(at + 1);
            Sink::new(rule, severity, findings).push(fault(&map.allow[at], subject, why));
        }
    };
    for (at, why) in unused {
        report(&rules::allowance_unused::RULE, at, rules::allowance_unused::fault, why);
    }
    for at in (0..idle.len()).filter(|at| idle[*at]) {
        let why = "the rule finds nothing there";
        report(&rules::allowance_unused::RULE, at, rules::allowance_unused::fault, why);
    }
    for at in unknown {
        let meant = explain(map.allow[at].rule.trim()).err().and_then(|error| error.nearest);
        report(
            &rules::unknown_rule::RULE,
            at,
            rules::unknown_rule::fault,
            meant.unwrap_or(""),
        );
    }
    allowed
}
