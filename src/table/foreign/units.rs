//! A value in the unit of its KPI, and the unit and the direction that the title of a KPI names.

use rust_decimal::Decimal;

use super::amount::{Amount, Change, agrees, is_unit};
use crate::map::Number;
use crate::map::written::{is_percent, unit_tens};

/// How a bare number was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// As it stands there.
    Plain,
    /// As a share that is shown in per cent.
    Share,
}

/// The number in the unit of the KPI, with what is to be said of it.
pub(super) fn in_unit(
    amount: &Amount,
    unit: &str,
    baseline: Option<&Amount>,
    sort: Sort,
) -> Result<(Number, String), (String, String)> {
    let made = |number: Decimal| {
        Number::try_from(number.normalize())
            .ok()
            .or_else(|| Number::rounded(number))
            .ok_or_else(|| {
                (
                    "has more digits than a spreadsheet keeps".to_owned(),
                    "Round it to 15 digits.".to_owned(),
                )
            })
    };
    if let Some(change) = amount.change {
        return changed(amount, change, unit, baseline).and_then(|(number, note)| Ok((made(number)?, note)));
    }
    if !amount.unit.is_empty() && !agrees(&amount.unit, unit) {
        return Err((
            format!("is in {}, and the unit is {unit}", amount.unit),
            format!("Write the value in {unit}, or correct the unit."),
        ));
    }
    let tens = unit_tens(unit);
    if tens == 0 || sort == Sort::Share {
        return made(amount.number).map(|number| (number, String::new()));
    }
    let scale = Decimal::from(10u64.pow(tens));
    match (amount.tens, amount.is_bare) {
        (0, true) => made(amount.number).map(|number| (number, String::new())),
        // `£450` in £m may be either; `£1,200,000` is no number of millions.
        (0, false) if amount.number.abs() < scale / Decimal::from(100) => {
            made(amount.number).map(|number| (number, String::new()))
        }
        _ => made(amount.number / scale).map(|number| (number, String::new())),
    }
}

/// What a change comes to: the level that it leads to where the baseline is known, else the change itself.
fn changed(
    amount: &Amount,
    change: Change,
    unit: &str,
    baseline: Option<&Amount>,
) -> Result<(Decimal, String), (String, String)> {
    let sign = match change {
        Change::More => Decimal::ONE,
        Change::Less => -Decimal::ONE,
    };
    let by = amount.number.abs();
    match (baseline, amount.unit.as_str()) {
        (Some(from), "%") if is_percent(unit) => {
            let from = from.number;
            let relative = (from * (Decimal::ONE + sign * by / Decimal::ONE_HUNDRED)).normalize();
            let points = (from + sign * by).normalize();
            Err((
                format!("may lead to {relative} or to {points}, as the baseline is {from} {unit}"),
                format!("Write {relative} or {points}."),
            ))
        }
        (Some(from), "%") => {
            let level = (from.number * (Decimal::ONE + sign * by / Decimal::ONE_HUNDRED)).normalize();
            Ok((
                level,
                format!(
                    ", a {} of {by}% from the baseline of {}",
                    change.word(),
                    from.number.normalize()
                ),
            ))
        }
        (Some(from), _) => {
            let level = (from.number + sign * by).normalize();
            Ok((
                level,
                format!(
                    ", a {} of {by} from the baseline of {}",
                    change.word(),
                    from.number.normalize()
                ),
            ))
        }
        (None, _) => Ok((
            by,
            format!(", the {} itself, as the baseline is not known", change.word()),
        )),
    }
}

/// The unit that the title of a KPI names: `%` of `% below poverty line`, `USD` of `Mean income, USD`, `km` of `km repaired`.
pub(super) fn unit_in(title: &str) -> String {
    let text = title.trim();
    let lower = text.to_lowercase();
    if is_percent(text) || lower.starts_with("proportion of") || lower.starts_with("share of") || lower.contains("(%)")
    {
        return "%".to_owned();
    }
    if let Some((_, inner)) = text
        .strip_suffix([')', ']'])
        .and_then(|rest| rest.rsplit_once(['(', '[']))
        && is_unit(inner)
    {
        return inner.trim().to_owned();
    }
    if let Some((_, after)) = text.rsplit_once([',', ';'])
        && is_unit(after)
    {
        return after.trim().to_owned();
    }
    for word in ["number of ", "no. of ", "no of ", "nr of ", "# of ", "# ", "count of "] {
        if lower.starts_with(word) {
            return "number".to_owned();
        }
    }
    let first = text.split_whitespace().next().unwrap_or("");
    match text.contains(' ')
        && is_unit(first)
        && first.chars().count() > 1
        && !first.contains('.')
        && first.to_lowercase() != "people"
    {
        true => first.to_owned(),
        false => String::new(),
    }
}

/// The direction that the words of a title say.
pub(super) fn by_words(title: &str) -> Option<&'static str> {
    let lower = title.to_lowercase();
    let first = lower.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    match first {
        "fewer" | "reduced" | "reduce" | "reduction" | "lower" | "less" | "decreased" | "decrease" | "cut"
        | "avoided" => Some("decrease"),
        "more" | "increased" | "increase" | "higher" | "greater" | "additional" => Some("increase"),
        _ => None,
    }
}
