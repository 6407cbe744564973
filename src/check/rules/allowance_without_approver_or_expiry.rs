//! BM903: allowances that nobody has signed, or that hold for ever.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
use crate::check::wording::quoted;
use crate::finding::Subject;
use crate::map::{BenefitMap, is_blank};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM903",
    slug: "allowance-without-approver-or-expiry",
    family: Family::Checker,
    summary: "an accepted finding that does not say who accepted it, or until when",
    source: "benefit-map file format",
    severities: severities("---W"),
    plain: Plain::counted(
        "1 accepted finding has no approver or no end",
        "# accepted findings have no approver or no end",
    ),
    page: include_str!("../../../docs/rules/allowance-without-approver-or-expiry.md"),
    ..Rule::of(run)
};

/// The check itself sees which allowances are followed, and calls [`faults`] for those.
fn run(_: &Context<'_>, _: &mut Sink<'_>) {}

/// What is wrong with the allowances at these places of the map's list, from 0.
pub(in crate::check) fn faults(map: &BenefitMap, followed: &[usize]) -> Vec<Fault> {
    let missing = |at: &usize| match (is_blank(&map.allow[*at].by), map.allow[*at].until) {
        (true, None) => Some("who accepted it or until when"),
        (true, Some(_)) => Some("who accepted it"),
        (false, None) => Some("until when it is accepted"),
        (false, Some(_)) => None,
    };
    let lacking = Lacking::among(followed.iter(), |at| missing(at).is_some());
    if let Some(all) = lacking.all() {
        let both = lacking
            .records
            .iter()
            .all(|at| missing(at).is_some_and(|what| what.contains(" or ")));
        if both {
            let message = format!("none of the {all} accepted findings says who accepted it or until when");
            return vec![Fault::new(Subject::Map, message).field("allow").help(HELP)];
        }
    }
    let fault = |at: &&usize| {
        let entry = &map.allow[**at];
        let message = format!(
            "the allowance of {} for {} does not say {}",
            quoted(&entry.rule),
            quoted(&entry.subject),
            missing(at)?
        );
        Some(Fault::new(Subject::Allowance(**at + 1), message).help(HELP))
    };
    lacking.records.iter().filter_map(fault).collect()
}

const HELP: &str = "add `by`, who accepts it, and `until`, the last day before someone reviews it";
