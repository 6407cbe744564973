//! BM415: tolerances that are no share, and so do not count.

use crate::check::context::Context;
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::{Fault, Sink};
use crate::check::whole::Lacking;
use crate::finding::Subject;
use crate::map::{Kpi, Number, Tolerance};
use crate::track::Planned;
use rust_decimal::Decimal;

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM415",
    slug: "tolerance-not-a-share",
    family: Family::Tracking,
    summary: "a tolerance that is not a share of the expected value, or a red one below amber",
    source: "PAS 184:2017, 5.3",
    severities: severities("WEEE"),
    plain: Plain::counted(
        "1 tolerance is not a share, so it does not count",
        "# tolerances are not shares, so they do not count",
    ),
    page: include_str!("../../../docs/rules/tolerance-not-a-share.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let stated = ctx.kpis().filter_map(|kpi| Some((kpi.kpi.tolerance?, kpi)));
    let stated = stated.filter(|(tolerance, _)| tolerance.amber.or(tolerance.red).is_some());
    let wrong = Lacking::among(stated, |(tolerance, _)| !Wrong::of(*tolerance).is_nothing());
    let in_percent = |(tolerance, _): &(Tolerance, _)| bounds(*tolerance).all(|(_, value)| value >= Number::ONE);
    if let Some(all) = wrong.all().filter(|_| wrong.records.iter().all(in_percent)) {
        let message = format!(
            "the tolerances of all {all} KPIs that state one are 100% or more, so they do not count: {}",
            counts(wrong.records[0].1.kpi)
        );
        let fault = Fault::new(Subject::Map, message);
        sink.push(fault.help(PART_OF_ONE));
        return;
    }
    for (tolerance, kpi) in &wrong.records {
        let wrong = Wrong::of(*tolerance);
        let message = format!("{}: {}", wrong.sentence(&kpi.name()), counts(kpi.kpi));
        sink.push(kpi.fault(message).field("tolerance").help(wrong.help()));
    }
}

const PART_OF_ONE: &str = "write each tolerance as a part of 1: 0.05 for 5%";

fn bounds(tolerance: Tolerance) -> impl Iterator<Item = (&'static str, Number)> {
    let bounds = [("amber", tolerance.amber), ("red", tolerance.red)];
    bounds.into_iter().filter_map(|(colour, value)| Some((colour, value?)))
}

/// What is wrong with a tolerance.
enum Wrong {
    /// Those of its bounds that are no share; none where there is nothing wrong.
    NoShare(Vec<(&'static str, Number)>),
    /// Red is below amber.
    Crossed { amber: Number, red: Number },
}

impl Wrong {
    fn of(tolerance: Tolerance) -> Self {
        let is_share = |value: Number| (Number::ZERO..Number::ONE).contains(&value);
        let no_share: Vec<_> = bounds(tolerance).filter(|(_, value)| !is_share(*value)).collect();
        match (tolerance.amber, tolerance.red) {
            (Some(amber), Some(red)) if no_share.is_empty() && red < amber => Self::Crossed { amber, red },
            _ => Self::NoShare(no_share),
        }
    }

    fn is_nothing(&self) -> bool {
        matches!(self, Self::NoShare(bounds) if bounds.is_empty())
    }

    /// What is wrong, of the KPI of that name, and that it does not count.
    fn sentence(&self, name: &str) -> String {
        match self {
            Self::Crossed { amber, red } => {
                format!("the red tolerance of {name} is {red}, below its amber one of {amber}, so neither counts")
            }
            Self::NoShare(bounds) => {
                let shown: Vec<String> = bounds.iter().map(|(_, value)| shown(*value)).collect();
                match bounds[..] {
                    [(first, _), (second, _)] => format!(
                        "the {first} tolerance of {name} is {} and its {second} one {}, so neither counts",
                        shown[0], shown[1]
                    ),
                    _ => {
                        let colour = bounds.first().map_or("", |bound| bound.0);
                        format!(
                            "the {colour} tolerance of {name} is {}, so it does not count",
                            shown.concat()
                        )
                    }
                }
            }
        }
    }

    fn help(&self) -> &'static str {
        match self {
            Self::Crossed { .. } => {
                "make red the wider of the two: beyond amber it is at risk, beyond red it is off track"
            }
            Self::NoShare(bounds) if bounds.iter().any(|(_, value)| *value >= Number::ONE) => PART_OF_ONE,
            Self::NoShare(_) => "write it without the minus, as a part of 1: 0.05 for 5%",
        }
    }
}

/// `5 (500%)`, `-0.05 (below 0)`.
fn shown(value: Number) -> String {
    match percent(value.decimal()) {
        _ if value < Number::ZERO => format!("{value} (below 0)"),
        Some(percent) => format!("{value} ({percent}%)"),
        None => value.to_string(),
    }
}

fn percent(share: Decimal) -> Option<String> {
    Some(Number::rounded(share.checked_mul(Decimal::ONE_HUNDRED)?)?.grouped())
}

/// What counts instead, in the words of a status: what [`Planned::tolerances`] makes of the KPI as it is.
fn counts(kpi: &Kpi) -> String {
    let (amber, red) = Planned::of(kpi).tolerances();
    let more = |share: Decimal| match percent(share) {
        Some(percent) if !share.is_zero() => format!("a shortfall of more than {percent}%"),
        _ => "any shortfall".to_owned(),
    };
    match amber < red {
        true => format!(
            "{} is at risk, and {} off track",
            more(amber),
            more(red).replace("a shortfall", "one")
        ),
        false => format!("{} is off track", more(red)),
    }
}
