//! Findings as SARIF, which code hosts, editors and dashboards read.
//!
//! Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::escape::json::pretty;

use super::rule::{RuleInfo, sentence};
use super::run::{Checked, Outcome, Run as Maps};
use super::{Finding, Place, Report, Severity, Subject, Whereabouts};

/// Where the format is defined, for editors.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

impl Report {
    /// One SARIF 2.1.0 log with one run, two spaces a level, with a final line break.
    ///
    /// Every rule of `rules` is described, with its page as help, the clause that it comes from, and its level in the
    /// profile of the run. Every result names its subject; it has a region where `whereabouts` knows one: lines and
    /// columns from 1, columns in Unicode characters, the end behind the last one. Its fingerprint does not depend on
    /// lines ([`Report::fingerprints`]).
    pub fn to_sarif(&self, whereabouts: &dyn Whereabouts, rules: &[RuleInfo]) -> String {
        let map = Checked {
            file: "",
            outcome: Outcome::Checked(self, whereabouts),
        };
        log(Maps(&[map]), rules, None)
    }
}

impl Maps<'_> {
    /// One SARIF 2.1.0 log with one run, as [`Report::to_sarif`] gives of one map. The maps are the artifacts of the run, in
    /// the order in which they were given, and every location in one names it by its index. A map that could not be read is an
    /// error among the notifications of the invocation, which was then not successful.
    pub fn to_sarif(&self, rules: &[RuleInfo]) -> String {
        let artifacts = self
            .0
            .iter()
            .map(|map| json!({"location": {"uri": uri(map.file)}, "roles": ["analysisTarget"]}))
            .collect();
        log(*self, rules, Some(artifacts))
    }
}

fn log(maps: Maps<'_>, rules: &[RuleInfo], artifacts: Option<Vec<Value>>) -> String {
    let mut index_of = HashMap::new();
    if artifacts.is_some() {
        for (at, map) in maps.0.iter().enumerate() {
            index_of.entry(uri(map.file)).or_insert(at);
        }
    }
    let unread: Vec<Value> = maps.unread().map(|(file, why)| notification(file, why)).collect();
    let mut invocation = json!({"executionSuccessful": unread.is_empty()});
    if !unread.is_empty() {
        invocation["toolExecutionNotifications"] = Value::Array(unread);
    }
    let summary = maps.summary();
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: json!({"driver": {
                "name": "benefit-map",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "shortDescription": {"text": env!("CARGO_PKG_DESCRIPTION")},
                "rules": rules.iter().map(descriptor).collect::<Vec<_>>(),
            }}),
            invocations: json!([invocation]),
            artifacts,
            column_kind: "unicodeCodePoints",
            results: Results {
                maps,
                place_of: rules.iter().enumerate().map(|(at, rule)| (rule.code, at)).collect(),
                index_of,
            },
            properties: json!({"allowed": summary.allowed, "standing": summary.standing}),
        }],
    };
    pretty(&log)
}

/// Why a map could not be read.
fn notification(file: &str, why: &str) -> Value {
    json!({
        "level": "error",
        "message": {"text": why},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(file)}}}],
    })
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    invocations: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    artifacts: Option<Vec<Value>>,
    column_kind: &'static str,
    results: Results<'a>,
    properties: Value,
}

/// The findings, made into results one at a time: a report may have hundreds of thousands.
struct Results<'a> {
    maps: Maps<'a>,
    /// The place of each rule in the list of rules, by code.
    place_of: HashMap<&'static str, usize>,
    /// The place of each map in the list of artifacts, by its address.
    index_of: HashMap<String, usize>,
}

impl Serialize for Results<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let results = self.maps.checked().flat_map(|(_, report, whereabouts)| {
            let all = report.findings.iter().zip(report.fingerprints());
            all.map(move |(finding, fingerprint)| self.result(finding, &fingerprint, whereabouts))
        });
        serializer.collect_seq(results)
    }
}

fn level(severity: Severity) -> &'static str {
    // SARIF has the same three words.
    severity.as_str()
}

fn descriptor(rule: &RuleInfo) -> Value {
    let configuration = match rule.severity {
        Some(severity) => json!({"level": level(severity)}),
        None => json!({"enabled": false}),
    };
    let summary = sentence(rule.summary);
    json!({
        "id": rule.code,
        "name": rule.slug,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {
            "text": format!("{summary} `benefit-map explain {}` shows the page of the rule, with a bad and a good map.", rule.code),
            "markdown": format!("{}\n\n`benefit-map explain {}` shows a bad and a good map.", rule.about(), rule.code),
        },
        "defaultConfiguration": configuration,
        "properties": {"clause": rule.source, "tags": [rule.family]},
    })
}

impl Results<'_> {
    fn result(&self, finding: &Finding, fingerprint: &str, whereabouts: &dyn Whereabouts) -> Value {
        let text = format!("{} {}", sentence(&finding.message), sentence(&finding.help));
        let place = whereabouts.place(&finding.subject, finding.occurrence, finding.field);
        let related = finding.related.iter().filter_map(|(subject, phrase)| {
            let place = whereabouts.place(subject, 0, None)?;
            Some(json!({
                "physicalLocation": self.physical(&place),
                "logicalLocations": [logical(subject, None)],
                "message": {"text": sentence(phrase)},
            }))
        });
        let mut location = json!({"logicalLocations": [logical(&finding.subject, finding.field)]});
        if let Some(place) = place {
            location["physicalLocation"] = self.physical(&place);
        }
        let mut result = json!({
            "ruleId": finding.code,
            "level": level(finding.severity),
            "message": {"text": text.trim_end()},
            "locations": [location],
            "partialFingerprints": {"benefitMapFinding/v1": fingerprint},
        });
        let related: Vec<Value> = related.collect();
        if !related.is_empty() {
            result["relatedLocations"] = Value::Array(related);
        }
        if let Some(at) = self.place_of.get(finding.code) {
            result["ruleIndex"] = json!(at);
        }
        result
    }

    /// A place in a file, which is named by its index too where it is one of the artifacts.
    fn physical(&self, place: &Place<'_>) -> Value {
        let mut location = physical(place);
        let index = location["artifactLocation"]["uri"]
            .as_str()
            .and_then(|uri| self.index_of.get(uri));
        if let Some(index) = index.copied() {
            location["artifactLocation"]["index"] = json!(index);
        }
        location
    }
}

/// The thing in the map, whatever the file.
fn logical(subject: &Subject, field: Option<&str>) -> Value {
    let name = match field {
        Some(field) => format!("{subject}, {field}"),
        None => subject.to_string(),
    };
    json!({"fullyQualifiedName": name, "kind": "object"})
}

fn physical(place: &Place<'_>) -> Value {
    let mut region = json!({"startLine": place.line, "startColumn": place.column});
    if let Some(covered) = place.text.get(place.span.clone()).filter(|covered| !covered.is_empty()) {
        let (line, column) = match covered.rsplit_once('\n') {
            None => (place.line, place.column + covered.chars().count()),
            Some((before, last)) => (place.line + before.matches('\n').count() + 1, last.chars().count() + 1),
        };
        region["endLine"] = json!(line);
        region["endColumn"] = json!(column);
    }
    json!({"artifactLocation": {"uri": uri(&place.file)}, "region": region})
}

/// The name of a source as a URI reference: a relative path stays relative, an absolute one becomes a `file` URI.
///
/// Source: RFC 3986, sections 3.3 and 4.2; a colon is escaped too, since in a first segment it would end a scheme.
fn uri(path: &str) -> String {
    let path = if std::path::MAIN_SEPARATOR == '\\' {
        path.replace('\\', "/")
    } else {
        path.to_owned()
    };
    let drive = matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    let mut out = match (path.starts_with('/'), drive) {
        (true, _) => "file://".to_owned(),
        (false, true) => "file:///".to_owned(),
        (false, false) => String::new(),
    };
    for (at, byte) in path.trim_start_matches("./").bytes().enumerate() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            b':' if drive && at == 1 => out.push(':'),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uri_references() {
        for (path, expected) in [
            ("map.json", "map.json"),
            ("./maps/map.json", "maps/map.json"),
            ("../our maps/50% é.json", "../our%20maps/50%25%20%C3%A9.json"),
            ("/srv/our maps/map.json", "file:///srv/our%20maps/map.json"),
            ("a:b.json", "a%3Ab.json"),
            ("<stdin>", "%3Cstdin%3E"),
        ] {
            assert_eq!(uri(path), expected);
        }
        assert_eq!(uri("C:/maps/map.json"), "file:///C:/maps/map.json");
    }

    #[test]
    fn a_region_over_lines_ends_behind_its_last_character() {
        let text = "{\n  \"é\": 1\n}";
        let place = |span| Place {
            file: "m".into(),
            line: 1,
            column: 1,
            span,
            text,
        };
        let region = |span| physical(&place(span))["region"].clone();
        assert_eq!(
            region(0..text.len()),
            json!({"startLine": 1, "startColumn": 1, "endLine": 3, "endColumn": 2})
        );
        assert_eq!(
            region(0..1),
            json!({"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2})
        );
        assert_eq!(region(0..0), json!({"startLine": 1, "startColumn": 1}));
    }
}
