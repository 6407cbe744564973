//! What is missing in the map: findings grouped by rule, the gravest first, each group in plain words.

use serde::Serialize;

use crate::check::{self, Fix, Options, Profile};
use crate::finding::{Finding, Severity, Subject, Summary};
use crate::graph::BenefitGraph;
use crate::map::Day;

/// How many findings of a group are listed.
const LISTED: usize = 200;

/// The findings of a map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Findings {
    /// The gravest first.
    pub groups: Vec<Group>,
    /// What the map is held against.
    pub profile: Profile,
    /// The revision of the map.
    pub rev: u64,
    /// How many there are.
    pub summary: Summary,
}

/// The findings of one rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// The rule's code.
    pub code: &'static str,
    /// How many findings there are, whether or not they are listed.
    pub count: usize,
    /// The first 200.
    pub findings: Vec<Found>,
    /// What puts one right in one step, the likeliest first.
    pub fixes: &'static [Fix],
    /// The rule's slug.
    pub rule: &'static str,
    /// That of the gravest.
    pub severity: Severity,
    /// What the rule finds, in one phrase.
    pub summary: &'static str,
    /// What was found, in plain words.
    pub words: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// The field that it is about; `None` for a record as a whole.
    pub field: Option<&'static str>,
    /// What to do; empty where the message says it.
    pub help: String,
    /// What is wrong.
    pub message: String,
    /// Other records that it is about.
    pub related: Vec<Related>,
    /// The record that it is about.
    pub subject: String,
}

/// Another record that a finding is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Related {
    /// What it has to do with it.
    pub phrase: String,
    /// The record.
    pub subject: String,
}

impl Findings {
    /// The findings of a map at a revision.
    pub fn new(graph: &BenefitGraph<'_>, profile: Profile, today: Option<Day>, rev: u64) -> Self {
        let options = Options { profile, as_of: today };
        let report = check::check(graph, &options);
        let mut groups: Vec<Group> = (report.findings.chunk_by(|a, b| a.code == b.code))
            .filter_map(group)
            .collect();
        groups.sort_by_key(|group| (group.severity, group.code));
        Self {
            groups,
            profile,
            rev,
            summary: report.summary(),
        }
    }

    /// Whether both say the same, of whatever revision.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        (&self.groups, self.profile, self.summary) == (&other.groups, other.profile, other.summary)
    }
}

fn group(found: &[Finding]) -> Option<Group> {
    let first = found.first()?;
    let rule = check::explain(first.code).ok()?;
    let words = match found.iter().find(|finding| finding.subject == Subject::Map) {
        // What is said once for the whole map, as of all its links, is not one of those things.
        Some(whole) if rule.plain.counts() && found.len() == 1 => whole.message.clone(),
        Some(whole) if rule.plain.counts() => {
            format!("{}, and {}", whole.message, rule.plain.words(found.len() - 1))
        }
        _ => rule.plain.words(found.len()),
    };
    Some(Group {
        code: first.code,
        count: found.len(),
        findings: found.iter().take(LISTED).map(Found::new).collect(),
        fixes: rule.fixes,
        rule: first.rule,
        severity: found.iter().map(|finding| finding.severity).min()?,
        summary: rule.summary,
        words,
    })
}

impl Found {
    fn new(finding: &Finding) -> Self {
        let related = finding.related.iter().take(LISTED);
        let related = related.map(|(subject, phrase)| Related {
            phrase: phrase.clone(),
            subject: subject.to_string(),
        });
        Self {
            field: finding.field,
            help: finding.help.clone(),
            message: finding.message.clone(),
            related: related.collect(),
            subject: finding.subject.to_string(),
        }
    }
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
        let found = Findings::new(&BenefitGraph::new(&map), Profile::BusinessCase, None, 1);
        let why = found
            .groups
            .iter()
            .find(|g| g.rule == "link-without-rationale")
            .unwrap();
        assert_eq!(
            why.words,
            "none of the 6 links says why the one end should bring about the other"
        );
    }

    #[test]
    fn findings_are_in_plain_words() {
        let mut map = BenefitMap::new("Plain");
        let node = |id: &str| Node::new(NodeId::new(id).unwrap(), NodeKind::EndOutcome, format!("More {id}"));
        map.nodes = vec![node("a"), node("b")];
        let graph = BenefitGraph::new(&map);
        let found = Findings::new(&graph, Profile::Audit, None, 7);
        let of = |rule: &str| found.groups.iter().find(|g| g.rule == rule).unwrap();
        assert_eq!(of("no-quick-win").words, "the map has no quick win");
        let owners = of("end-outcome-without-owner");
        assert_eq!(owners.words, "none of the 2 outcomes and outputs has an owner");
        assert_eq!(owners.findings[0].related[1].subject, "node b");
        let later = Findings::new(&graph, Profile::Audit, None, 1234);
        assert_ne!(found, later);
        assert!(found.says_the_same_as(&later));
        assert!(!found.says_the_same_as(&Findings::new(&graph, Profile::Workshop, None, 7)));
    }
}
