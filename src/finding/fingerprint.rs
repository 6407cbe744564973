//! What a finding is known by from one run to the next.

use std::collections::HashMap;
use std::fmt::Write;

use super::{Finding, Report};

impl Report {
    /// What each finding is known by, in the order of the findings, each text once:
    /// `BM301 link-without-rationale: link a -> b, rationale`.
    ///
    /// Made of the rule, the subject and the field, so it stays the same when lines move, records change their order or
    /// titles are reworded. Of several findings that share these the second is told apart by ` (2)`, and so on; of several
    /// records with one id, the second by ` #2`.
    pub fn fingerprints(&self) -> Vec<String> {
        let mut seen: HashMap<String, usize> = HashMap::with_capacity(self.findings.len());
        let fingerprint = |finding: &Finding| {
            let mut text = format!("{} {}: {}", finding.code, finding.rule, finding.subject);
            // Writing to a string cannot fail.
            if finding.occurrence > 0 {
                let _ = write!(text, " #{}", finding.occurrence + 1);
            }
            if let Some(field) = finding.field {
                let _ = write!(text, ", {field}");
            }
            let count = seen.entry(text.clone()).or_default();
            *count += 1;
            if *count > 1 {
                let _ = write!(text, " ({count})");
            }
            text
        };
        self.findings.iter().map(fingerprint).collect()
    }
}
