//! Findings for the room: grouped by rule, the gravest first, each group in plain words.

use serde_json::{Value, json};

use crate::check::{self, Options, Profile};
use crate::finding::{Finding, Severity, Subject};
use crate::graph::BenefitGraph;
use crate::map::Day;

/// How many findings of a group are told.
const TOLD: usize = 200;

/// The findings of a map.
pub(super) fn json(graph: &BenefitGraph<'_>, profile: Profile, today: Option<Day>, rev: u64) -> Value {
    let options = Options { profile, as_of: today };
    let report = check::check(graph, &options);
    let mut groups: Vec<&[Finding]> = report.findings.chunk_by(|a, b| a.code == b.code).collect();
    groups.sort_by_key(|group| (gravest(group), group[0].code));
    let groups: Vec<Value> = groups.into_iter().map(group_json).collect();
    let summary = report.summary();
    json!({"rev": rev, "profile": profile, "summary": summary, "groups": groups})
}

fn gravest(group: &[Finding]) -> Option<Severity> {
    group.iter().map(|finding| finding.severity).min()
}

fn group_json(group: &[Finding]) -> Value {
    let first = &group[0];
    let Ok(rule) = check::explain(first.code) else {
        return Value::Null;
    };
    let findings: Vec<Value> = group.iter().take(TOLD).map(finding_json).collect();
    let words = match group.iter().find(|finding| finding.subject == Subject::Map) {
        // What is said once for the whole map, as of all its links, is not one of those things.
        Some(whole) if rule.plain.counts() && group.len() == 1 => whole.message.clone(),
        Some(whole) if rule.plain.counts() => {
            format!("{}, and {}", whole.message, rule.plain.words(group.len() - 1))
        }
        _ => rule.plain.words(group.len()),
    };
    json!({
        "code": first.code,
        "rule": first.rule,
        "severity": gravest(group),
        "words": words,
        "summary": rule.summary,
        "fixes": rule.fixes,
        "count": group.len(),
        "findings": findings,
    })
}

fn finding_json(finding: &Finding) -> Value {
    let related: Vec<Value> = finding
        .related
        .iter()
        .take(TOLD)
        .map(|(subject, phrase)| json!({"subject": subject.to_string(), "phrase": phrase}))
        .collect();
    json!({
        "message": finding.message,
        "help": finding.help,
        "subject": finding.subject.to_string(),
        "field": finding.field,
        "related": related,
    })
}

/// The text of findings with their revision left out, which keys in order of the alphabet put before the summary.
pub(super) fn without_rev(findings: &str) -> (&str, &str) {
    let Some(start) = findings.rfind(",\"rev\":") else {
        return (findings, "");
    };
    let digits = start + ",\"rev\":".len();
    let end = findings[digits..]
        .find(|c: char| !c.is_ascii_digit())
        .map_or(findings.len(), |at| digits + at);
    (&findings[..start], &findings[end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{BenefitMap, Link, Node, NodeId, NodeKind};

    #[test]
    fn what_is_said_of_all_links_is_not_said_of_one() {
        let mut map = BenefitMap::new("All");
        let ids = ["a", "b", "c", "d"].map(|id| NodeId::new(id).unwrap());
        map.nodes = ids
            .iter()
            .map(|id| Node::new(id.clone(), NodeKind::Enabler, id.to_string()))
            .collect();
        for (at, from) in ids.iter().enumerate() {
            map.links
                .extend(ids[at + 1..].iter().map(|to| Link::new(from.clone(), to.clone())));
        }
        let told = json(&BenefitGraph::new(&map), Profile::BusinessCase, None, 1);
        let groups = told["groups"].as_array().unwrap();
        let why = groups.iter().find(|g| g["rule"] == "link-without-rationale").unwrap();
        assert_eq!(
            why["words"],
            "none of the 6 links says why the one end should bring about the other"
        );
    }

    #[test]
    fn findings_are_told_in_plain_words() {
        let mut map = BenefitMap::new("Plain");
        let node = |id: &str| Node::new(NodeId::new(id).unwrap(), NodeKind::EndOutcome, format!("More {id}"));
        map.nodes = vec![node("a"), node("b")];
        let graph = BenefitGraph::new(&map);
        let told = json(&graph, Profile::Audit, None, 7);
        let groups = told["groups"].as_array().unwrap();
        let of = |rule: &str| groups.iter().find(|g| g["rule"] == rule).unwrap();
        assert_eq!(of("no-quick-win")["words"], "there is no quick win");
        let owners = of("end-outcome-without-owner");
        assert_eq!(owners["words"], "none of the 2 outcomes and outputs has an owner");
        assert_eq!(owners["findings"][0]["related"][1]["subject"], "node b");
        let text = told.to_string();
        let other = json(&graph, Profile::Audit, None, 1234).to_string();
        assert_ne!(text, other);
        assert_eq!(without_rev(&text), without_rev(&other));
    }
}
