//! BM605: risks that should have been settled by now.

use crate::check::context::Context;
use crate::check::registry::{Family, Needs, Plain, Rule, severities};
use crate::check::sink::Sink;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM605",
    slug: "risk-overdue",
    family: Family::Risk,
    summary: "a risk that is still open after the day by which it was to be settled",
    source: "PAS 184:2017, 5.4.3 c",
    severities: severities("-WWE"),
    plain: Plain::counted("1 risk is overdue", "# risks are overdue"),
    needs: Needs::DAY,
    page: include_str!("../../../docs/rules/risk-overdue.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(as_of) = ctx.as_of else { return };
    for at in ctx.open_risks() {
        let Some(close_by) = at.risk.close_by.filter(|day| *day < as_of) else {
            continue;
        };
        let message = format!(
            "{} was to be settled by {close_by}, and is still open on {as_of}",
            at.name()
        );
        let fault = at.fault(message).field("close_by");
        sink.push(
            fault.help(
                "mark it as `closed` if it has passed; otherwise agree a new day, and what will be done until then",
            ),
        );
    }
}
