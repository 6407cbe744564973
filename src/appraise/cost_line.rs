//! The costs of nodes as amounts by year.

use rust_decimal::Decimal;

use super::exact::{ONE, times};
use super::fault::Faults;
use super::formulas::optimism_bias;
use super::line::{Input, InputUnit, Line, Side};
use super::setup::Setup;
use crate::finding::Subject;
use crate::map::{Cost, CostKind, Node, Number, PriceBasis, Range};

/// What is said where a result is too large.
pub(super) const TOO_LARGE: &str = "the amounts are too large to be worked with";
pub(super) const SMALLER: &str =
    "correct them, or write all amounts in thousands or millions and say so in the currency";

/// The amounts of a cost, the `nth` of its node; `None` where something is wrong, which is told.
pub(super) fn of(node: &Node, nth: usize, cost: &Cost, setup: &Setup, faults: &mut Faults) -> Option<Line> {
    let before = faults.0.len();
    let subject = || Subject::Node(node.id.clone());
    let (first, until) = years(node, cost, setup, faults)?;
    let mut steps = vec![("amount in the map".to_owned(), cost.amount.grouped())];
    let (low, high) = range(cost.range, cost.amount, subject, "cost", faults);
    let mut inputs = Vec::new();
    let amount = cost.amount.decimal();
    inputs.push(Input {
        name: match cost.kind {
            Some(CostKind::Capital) => "capital cost",
            Some(CostKind::Revenue) => "running cost",
            Some(CostKind::InKind) => "cost in kind",
            None => "cost",
        },
        field: "cost",
        value: amount,
        per_unit: ONE.checked_div(amount).unwrap_or_default(),
        unit: InputUnit::Money,
        source: match cost.cost_centre.as_str() {
            "" => String::new(),
            centre => format!("cost centre {centre}"),
        },
        mitigation: Decimal::ZERO,
    });
    let mut bias = ONE;
    if let Some(stated) = &cost.optimism_bias {
        let percent = stated.percent.decimal();
        let mitigation = stated.mitigation.unwrap_or(Number::ZERO);
        if percent < Decimal::ZERO {
            let message = format!("an optimism bias of {percent}% would make the cost smaller");
            faults.tell(subject(), "cost", message, "give a percentage of 0 or more");
        }
        if mitigation < Number::ZERO || mitigation > Number::ONE {
            let message = format!("a mitigation of {mitigation} is not a share from 0 to 1");
            faults.tell(subject(), "cost", message, "write 92% as 0.92");
        }
        match optimism_bias(percent, mitigation.decimal()) {
            Some(factor) => bias = factor,
            None => faults.tell(subject(), "cost", TOO_LARGE, SMALLER),
        }
        let left = ONE - mitigation.decimal().clamp(Decimal::ZERO, ONE);
        let source = [stated.of_type.as_str(), stated.reason.as_str()];
        let source: Vec<&str> = source.into_iter().filter(|text| !text.is_empty()).collect();
        inputs.push(Input {
            name: "optimism bias",
            field: "cost",
            value: percent,
            per_unit: (left * Decimal::new(1, 2)).checked_div(bias).unwrap_or_default(),
            unit: InputUnit::Percent,
            source: source.join(": "),
            mitigation: mitigation.decimal(),
        });
        let what = format!("× (1 + {percent}% × (1 − {mitigation})) for optimism bias");
        steps.push((what, bias.normalize().to_string()));
    }
    let mut amounts = vec![Decimal::ZERO; setup.last + 1];
    for year in first..=until {
        let Ok(at) = usize::try_from(year) else { continue };
        let prices = match cost.basis {
            Some(PriceBasis::Nominal) => setup.to_price_year(year),
            _ => Some(ONE),
        };
        let Some(prices) = prices else {
            no_deflator(subject(), "cost", year, setup, faults);
            return None;
        };
        match times(amount, bias).and_then(|amount| times(amount, prices)) {
            Some(amount) => amounts[at] = amount,
            None => {
                faults.tell(subject(), "cost", TOO_LARGE, SMALLER);
                return None;
            }
        }
    }
    if cost.basis == Some(PriceBasis::Nominal) {
        let year = setup.calendar.label(setup.price_year);
        steps.push((format!("× prices of {year} ÷ prices of its own year"), String::new()));
    }
    if until > first {
        let (first, until) = (setup.calendar.label(first), setup.calendar.label(until));
        steps.push((format!("each year from {first} to {until}"), String::new()));
    }
    (faults.0.len() == before).then(|| Line {
        subject: subject(),
        nth,
        // A node has several costs, which only their years tell apart.
        title: match node.title.trim() {
            "" => String::new(),
            title => format!("{title}, {}", setup.calendar.label(first)),
        },
        side: Side::Cost,
        kind: cost.kind,
        class: None,
        gains: None,
        timing: cost.timing.unwrap_or(setup.timing),
        amounts,
        year_later: None,
        quantities: Vec::new(),
        range: low.zip(high),
        inputs,
        shares: Vec::new(),
        weight: Decimal::ONE,
        steps,
    })
}

/// The first and the last year of a cost.
fn years(node: &Node, cost: &Cost, setup: &Setup, faults: &mut Faults) -> Option<(i64, i64)> {
    let subject = || Subject::Node(node.id.clone());
    let mut year = |text: &str| match setup.calendar.index(text) {
        Ok(year) => Some(year),
        Err(why) => {
            let message = format!("the year of a cost cannot be used: {why}");
            faults.tell(subject(), "cost", message, "correct the year");
            None
        }
    };
    let first = year(&cost.year)?;
    let until = match cost.until.trim() {
        "" => first,
        text => year(text)?,
    };
    let last = setup.last as i64;
    let fault = if until < first {
        format!("a cost from {} ends in {}, before it begins", cost.year, cost.until)
    } else if first < 0 {
        format!(
            "a cost of {} falls before the base year {}",
            cost.year,
            setup.calendar.label(0)
        )
    } else if until > last {
        let year = if cost.until.is_empty() { &cost.year } else { &cost.until };
        format!(
            "a cost of {year} falls after the last year {}",
            setup.calendar.label(last)
        )
    } else {
        return Some((first, until));
    };
    let help =
        "correct the year, or the years of the appraisal: what has been spent already is no part of an appraisal";
    faults.tell(subject(), "cost", fault, help);
    None
}

/// Tells that nothing brings nominal amounts of a year to the prices of the price year.
pub(super) fn no_deflator(subject: Subject, field: &'static str, year: i64, setup: &Setup, faults: &mut Faults) {
    let (year, to) = (setup.calendar.label(year), setup.calendar.label(setup.price_year));
    faults.mixed(
        subject,
        field,
        format!(
            "an amount in the prices of {year} cannot be brought to those of {to}: the deflator has not both years"
        ),
        "add the years to `deflator` of the appraisal with its source, or write the amount in real terms",
    );
}

/// What the ends of a range are times the best guess; nothing where there is no range.
pub(super) fn range(
    range: Option<Range>,
    best: Number,
    subject: impl Fn() -> Subject,
    field: &'static str,
    faults: &mut Faults,
) -> (Option<Decimal>, Option<Decimal>) {
    let Some(range) = range.filter(|range| range.low.is_some() || range.high.is_some()) else {
        return (None, None);
    };
    let (low, high) = (range.low.unwrap_or(best), range.high.unwrap_or(best));
    if low > best || best > high {
        let message = format!(
            "the range from {} to {} does not hold the best guess of {}",
            low.grouped(),
            high.grouped(),
            best.grouped()
        );
        faults.tell(
            subject(),
            field,
            message,
            "let low be no higher, and high no lower than the best guess",
        );
        return (None, None);
    }
    if best == Number::ZERO {
        let help = "give a best guess other than 0, or leave the range out";
        faults.tell(
            subject(),
            field,
            "a range around a best guess of 0 cannot be used",
            help,
        );
        return (None, None);
    }
    let share = |end: Number| end.decimal().checked_div(best.decimal());
    (share(low), share(high))
}
