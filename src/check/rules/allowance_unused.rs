//! BM901: allowances that have outlived what they allow.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::quoted;
use crate::finding::Subject;
use crate::map::Allowance;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM901",
    slug: "allowance-unused",
    family: Family::Checker,
    summary: "an allowance that allows nothing",
    source: "benefit-map file format",
    severities: severities("-WWW"),
    plain: Plain::counted(
        "1 accepted finding is no longer there",
        "# accepted findings are no longer there",
    ),
    page: include_str!("../../../docs/rules/allowance-unused.md"),
    ..Rule::of(run)
};

/// The check itself sees which allowances are used, and calls [`fault`] for the rest.
fn run(_: &Context<'_>, _: &mut Sink<'_>) {}

pub(in crate::check) fn fault(allowance: &Allowance, subject: Subject, why: &str) -> Fault {
    let (rule, what) = (quoted(&allowance.rule), quoted(&allowance.subject));
    let fault = Fault::new(
        subject,
        format!("the allowance of {rule} for {what} is not used: {why}"),
    );
    fault.help("remove the allowance, or correct it")
}
