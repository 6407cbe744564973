//! BM417: KPIs whose figures are figures of nothing.

use crate::check::context::{Context, KpiAt};
use crate::check::registry::{Family, Plain, Rule, severities};
use crate::check::sink::Sink;
use crate::check::whole::Lacking;
use crate::check::wording::quoted;
use crate::map::{Kpi, is_blank};

pub(in crate::check) static RULE: Rule = Rule {
    code: "BM417",
    slug: "kpi-without-unit",
    family: Family::Tracking,
    summary: "a KPI that does not say in what unit its figures are",
    source: "PAS 184:2017, 5.3",
    severities: severities("-NNW"),
    plain: Plain::counted("1 KPI has no unit", "# KPIs have no unit"),
    page: include_str!("../../../docs/rules/kpi-without-unit.md"),
    ..Rule::of(run)
};

fn run(ctx: &Context<'_>, sink: &mut Sink<'_>) {
    let without = Lacking::among(ctx.kpis(), |kpi| is_missing(&kpi.kpi.unit) && !title_says_it(kpi.kpi));
    if let Some(fault) = without.as_one(KpiAt::subject, |all| {
        format!("none of the {all} KPIs says in what unit its figures are")
    }) {
        sink.push(fault.field("unit").help(HELP));
        return;
    }
    for kpi in &without.records {
        let message = match kpi.kpi.unit.trim() {
            "" => format!("{} does not say in what unit its figures are", kpi.name()),
            unit => format!("the unit of {} is {}", kpi.name(), quoted(unit)),
        };
        sink.push(kpi.fault(message).field("unit").help(HELP));
    }
}

const HELP: &str =
    "add the `unit`: what is counted, such as `calls a month`, `% of residents` or `thousand GBP a year`";

/// Whether the unit says nothing. A sign such as `%` or `£` says all that a word does.
fn is_missing(unit: &str) -> bool {
    is_blank(unit) && !unit.contains(['%', '‰', '£', '$', '€', '¥', '°', '#'])
}

/// Whether the title itself says what is counted: `Number of visits`, `Share of rounds on time, %`, `Spend (£m)`.
fn title_says_it(kpi: &Kpi) -> bool {
    let title = kpi.title.trim().to_lowercase();
    let begins = ["number of ", "no. of ", "# of ", "#", "count of ", "total number of "];
    let holds = ["%", "per cent", "percent", "£", "$", "€", "(number", "(count"];
    begins.iter().any(|words| title.starts_with(words)) || holds.iter().any(|words| title.contains(words))
}

#[cfg(test)]
mod tests {
    use super::{is_missing, title_says_it};
    use crate::map::Kpi;

    #[test]
    fn a_sign_is_a_unit() {
        for unit in ["%", "£", "°C", "days", "# of visits"] {
            assert!(!is_missing(unit), "{unit}");
        }
        for unit in ["", "-", "?", "TBC", "n/a"] {
            assert!(is_missing(unit), "{unit}");
        }
    }

    #[test]
    fn a_title_may_name_the_unit() {
        let says = |title: &str| title_says_it(&Kpi::new("k".parse().unwrap(), "n".parse().unwrap(), title));
        for title in [
            "Number of visits",
            "% of rounds on time",
            "Residents satisfied, per cent",
            "Spend (£m)",
        ] {
            assert!(says(title), "{title}");
        }
        for title in ["Missed collections", "Travel time", "Turnover", "A numbering of houses"] {
            assert!(!says(title), "{title}");
        }
    }
}
