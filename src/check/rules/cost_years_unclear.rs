//! BM717: a last year of a cost that does not say in how many years it is paid.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::wording::quoted;
use crate::map::{BadEnd, MOST_COST_YEARS};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM717",
    slug: "cost-years-unclear",
    family: Family::MoneyAndPartners,
    summary: "a cost whose last year cannot be used",
    source: "HM Treasury, Green Book, costs and benefits",
    severities: severities("WEEE"),
    plain: Plain::counted(
        "1 cost has a last year that cannot be used",
        "# costs have a last year that cannot be used",
    ),
    page: include_str!("../../../docs/rules/cost-years-unclear.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    // Where there is an appraisal, what it cannot be made with is reported by another rule.
    if ctx.map.appraisal.is_some() {
        return;
    }
    for ix in ctx.graph.nodes() {
        for cost in &ctx.node(ix).cost {
            let Err(why) = cost.further_years() else { continue };
            let (year, until) = (quoted(&cost.year), quoted(&cost.until));
            let why = match why {
                BadEnd::NoYear => format!("is paid from {year} until {until}, which are not both years"),
                BadEnd::OtherKind => format!("is paid from {year} until {until}, which are not years of one kind"),
                BadEnd::Before => format!("is paid until {until}, before it begins in {year}"),
                BadEnd::TooLate => format!("is paid from {year} until {until}, for more than {MOST_COST_YEARS} years"),
            };
            let message = format!(
                "a cost of {} {why}, so only one year of it counts",
                ctx.kind_and_name(ix)
            );
            let help = "write both years in one way, `2026-27` or `2026`, or delete `until`";
            sink.push(Fault::new(ctx.subject(ix), message).field("cost").help(help));
        }
    }
}
