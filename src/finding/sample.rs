//! A finding for the tests of this room.

use super::{Finding, Severity, Subject};
use crate::map::NodeId;

/// A finding of a rule about a node, with one other thing that explains it.
pub(super) fn finding(code: &'static str, node: &str, severity: Severity) -> Finding {
    Finding {
        code,
        rule: "some-rule",
        severity,
        message: format!("`{node}` is wrong"),
        help: "correct it".into(),
        subject: Subject::Node(NodeId::new(node).unwrap()),
        occurrence: 0,
        field: None,
        related: vec![(Subject::Map, "the whole".into())],
    }
}
