//! BM712: a cost that belongs to no option.

use crate::appraise;
use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::map::{AppraisalOption, OptionKind};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM712",
    slug: "cost-without-option",
    family: Family::MoneyAndPartners,
    summary: "a cost that belongs to no option",
    source: "HM Treasury, Green Book, costs and benefits",
    severities: severities("-WEE"),
    plain: Plain::counted("1 cost belongs to no option", "# costs belong to no option"),
    page: include_str!("../../../docs/rules/cost-without-option.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(appraisal) = ctx
        .map
        .appraisal
        .as_ref()
        .filter(|appraisal| !appraisal.options.is_empty())
    else {
        return;
    };
    let named = |option: &AppraisalOption| {
        let all = option.nodes.is_empty() && option.kind == Some(OptionKind::Preferred);
        all || !option.nodes.is_empty()
    };
    let options: Vec<&AppraisalOption> = appraisal.options.iter().filter(|option| named(option)).collect();
    if options.iter().any(|option| option.nodes.is_empty()) {
        return;
    }
    let inside = appraise::nodes_of(ctx.graph, options.iter().flat_map(|option| &option.nodes));
    for ix in ctx.graph.nodes() {
        let node = ctx.node(ix);
        if inside.contains(&node.id) || node.cost.iter().all(|cost| cost.option.is_some()) {
            continue;
        }
        let message = format!("{} has a cost, and belongs to no option", ctx.kind_and_name(ix));
        let help = "add its id to `nodes` of the options that it belongs to, or give the cost an `option`";
        sink.push(Fault::new(ctx.subject(ix), message).field("cost").help(help));
    }
}
