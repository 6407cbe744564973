//! The map's own list of findings that are accepted.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::registry::{Rule, find};
use super::sink::{Fault, Sink};
use super::{Options, RULES, explain, rules};
use crate::finding::{Finding, Subject};
use crate::map::{BenefitMap, Day, is_blank};

/// What an entry of `allow` is about.
type Allowed = (&'static str, Subject);

/// The entries that are followed, those that have run out, and those with which something is wrong.
#[derive(Default)]
struct Entries {
    followed: HashMap<Allowed, usize>,
    run_out: HashMap<Allowed, usize>,
    /// Each with why it is not used.
    unused: Vec<(usize, &'static str)>,
    /// Those that name no rule.
    unknown: Vec<usize>,
}

impl Entries {
    fn of(map: &BenefitMap, ran: &[usize], as_of: Option<Day>) -> Self {
        let mut entries = Self::default();
        for (at, entry) in map.allow.iter().enumerate() {
            let Some(rule) = find(entry.rule.trim()) else {
                entries.unknown.push(at);
                continue;
            };
            if !ran.iter().any(|at| RULES[*at].code == rule.code) {
                // The rule is off in this profile: whether the entry is needed shows in another.
                continue;
            }
            let Ok(subject) = entry.subject.parse::<Subject>() else {
                let why = "its subject names nothing that a finding could be about";
                entries.unused.push((at, why));
                continue;
            };
            if is_blank(&entry.reason) {
                entries.unused.push((at, "it gives no reason, so it is not followed"));
                continue;
            }
            let run_out = entry.until.zip(as_of).is_some_and(|(until, as_of)| until < as_of);
            let of_its_sort = if run_out {
                &mut entries.run_out
            } else {
                &mut entries.followed
            };
            match of_its_sort.entry((rule.code, subject)) {
                Entry::Occupied(_) => entries.unused.push((at, "an earlier entry allows the same")),
                Entry::Vacant(place) => _ = place.insert(at),
            }
        }
        // What has run out and has been renewed by another entry is only left over.
        let followed = &entries.followed;
        let unused = &mut entries.unused;
        entries.run_out.retain(|allowed, at| {
            let renewed = followed.contains_key(allowed);
            if renewed {
                unused.push((*at, "it has run out, and another entry allows the same"));
            }
            !renewed
        });
        entries
    }
}

/// Takes out what the map allows, says of what it allowed until a day that has passed that it did, and adds what is
/// wrong with the allowances themselves. `ran` are the places in [`RULES`] of the rules that have run. Returns how many
/// findings were taken out.
pub(super) fn apply(map: &BenefitMap, ran: &[usize], options: &Options, findings: &mut Vec<Finding>) -> usize {
    if map.allow.is_empty() {
        return 0;
    }
    let mut entries = Entries::of(map, ran, options.as_of);
    let mut used = vec![false; map.allow.len()];
    // Few entries and many findings: the subject is only cloned where an entry names the rule.
    let all = entries.followed.keys().chain(entries.run_out.keys());
    let rules_named: Vec<&str> = all.map(|(code, _)| *code).collect();
    let before = findings.len();
    findings.retain_mut(|finding| {
        if !rules_named.contains(&finding.code) {
            return true;
        }
        let allowed = (finding.code, finding.subject.clone());
        if let Some(at) = entries.followed.get(&allowed) {
            used[*at] = true;
            return false;
        }
        if let Some(at) = entries.run_out.get(&allowed) {
            used[*at] = true;
            if let Some(until) = map.allow[*at].until {
                finding.message += &format!("; it was accepted until {until}");
            }
            finding.related.push((
                Subject::Allowance(at + 1),
                "the allowance, which has run out".to_owned(),
            ));
        }
        true
    });
    let allowed = before - findings.len();

    let mut push = |rule: &'static Rule, fault: Fault| {
        if let Some(severity) = rule.severities.of(options.profile) {
            Sink::new(rule, severity, findings).push(fault);
        }
    };
    let idle = entries.followed.values().chain(entries.run_out.values());
    let idle = idle
        .filter(|at| !used[**at])
        .map(|at| (*at, "the rule finds nothing there"));
    entries.unused.extend(idle);
    entries.unused.sort_unstable();
    for (at, why) in &entries.unused {
        let fault = rules::allowance_unused::fault(&map.allow[*at], Subject::Allowance(at + 1), why);
        push(&rules::allowance_unused::RULE, fault);
    }
    for at in &entries.unknown {
        let meant = explain(map.allow[*at].rule.trim())
            .err()
            .and_then(|error| error.nearest);
        let fault = rules::unknown_rule::fault(&map.allow[*at], Subject::Allowance(at + 1), meant.unwrap_or(""));
        push(&rules::unknown_rule::RULE, fault);
    }
    let mut followed: Vec<usize> = entries.followed.into_values().filter(|at| used[*at]).collect();
    followed.sort_unstable();
    for fault in rules::allowance_without_approver_or_expiry::faults(map, &followed) {
        push(&rules::allowance_without_approver_or_expiry::RULE, fault);
    }
    allowed
}
