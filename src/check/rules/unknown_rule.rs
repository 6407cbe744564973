//! BM902: allowances that name no rule.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::quoted;
use crate::finding::Subject;
use crate::map::Allowance;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM902",
    slug: "unknown-rule",
    family: Family::Checker,
    summary: "an allowance for a rule that does not exist",
    source: "benefit-map file format",
    severities: severities("WWWE"),
    plain: Plain::counted(
        "1 accepted finding names a rule that does not exist",
        "# accepted findings name a rule that does not exist",
    ),
    page: include_str!("../../../docs/rules/unknown-rule.md"),
    ..Rule::of(run)
};

/// The check itself meets allowances of unknown rules, and calls [`fault`] for each.
fn run(_: &Context<'_>, _: &mut Sink<'_>) {}

pub(in crate::check) fn fault(allowance: &Allowance, subject: Subject, nearest: &str) -> Fault {
    let message = format!(
        "the allowance is for {}, which is not the code or name of a rule",
        quoted(&allowance.rule)
    );
    Fault::new(subject, message).field("rule").help(match nearest {
        "" => "write the code or the name of a rule, such as `no-quick-win`; `benefit-map explain --rules` lists them"
            .to_owned(),
        nearest => format!("did you mean `{nearest}`?"),
    })
}
