//! One number as people write it: its parts first, its value once the column's writing is known.

use rust_decimal::Decimal;

use super::money::{Unit, percent_at_start, scale_at_start};
use super::{Currency, DecimalMark, Purse, Read, Refusal, Settled, Votes};
use crate::map::{Number, group_digits};

/// What a number in a column is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Meant<'m> {
    /// A share of a whole: `60%` is 0.6.
    Share,
    /// An amount of money of the map.
    Money(&'m Purse),
    /// A value of a KPI.
    Value {
        /// The KPI's unit.
        unit: &'m str,
        /// The currency of the map's amounts.
        purse: &'m Purse,
    },
    /// A plain count, such as a score.
    Count,
}

/// A number in parts, its separators perhaps still open.
#[derive(Debug, Clone)]
pub(crate) struct Figure<'t> {
    /// As it stands in the cell; what is shown for a number that a workbook holds.
    text: &'t str,
    negative: bool,
    digits: Digits,
    currency: Option<Currency>,
    percent: bool,
    /// What stands behind the digits.
    tail: &'t str,
    /// Whether it came as a number and not as a text.
    exact: bool,
}

#[derive(Debug, Clone)]
enum Digits {
    /// Digits with a point before the fraction; the mark that parted the fraction off, where that was to be seen.
    Firm { plain: String, mark: Option<DecimalMark> },
    /// One sign before three digits: a fraction, or thousands.
    Open {
        sign: DecimalMark,
        whole: String,
        last: String,
    },
}

const NO_NUMBER: &str = "cannot be read as a number";
const PLAIN: &str = "Write a plain number, such as 1234.5.";

impl<'t> Figure<'t> {
    /// The parts of a text that is a number, whatever stands before and behind the digits; `None` where it is none.
    pub(crate) fn new(text: &'t str) -> Option<Self> {
        let mut rest = text.trim();
        let mut figure = Self {
            text: rest,
            negative: false,
            digits: Digits::Open {
                sign: DecimalMark::Point,
                whole: String::new(),
                last: String::new(),
            },
            currency: None,
            percent: false,
            tail: "",
            exact: false,
        };
        let (mut bracket, mut sign) = (false, false);
        // A sign, a bracket and a currency may stand before the digits in any order: -£5, £(5), (£5).
        loop {
            if let Some(inner) = rest.strip_prefix('(').filter(|_| !bracket) {
                // Only digits and what belongs to them may stand in accounting brackets.
                let (inner, after) = inner.rsplit_once(')')?;
                if !after.trim().is_empty() {
                    return None;
                }
                (rest, bracket) = (inner.trim(), true);
            } else if let Some(after) = rest.strip_prefix(['-', '−']).filter(|_| !sign) {
                (rest, sign, figure.negative) = (after.trim_start(), true, true);
            } else if let Some(after) = rest.strip_prefix('+').filter(|_| !sign) {
                (rest, sign) = (after.trim_start(), true);
            } else if let Some((currency, after)) = Currency::at_start(rest).filter(|_| figure.currency.is_none()) {
                figure.currency = Some(currency);
                rest = after;
            } else {
                break;
            }
        }
        if bracket && figure.negative {
            return None;
        }
        figure.negative |= bracket;
        let (core, tail) = rest.split_at(end_of_digits(rest));
        figure.digits = digits(core.trim_end())?;
        figure.tail = tail.trim_start();
        Some(figure)
    }

    /// A number that a workbook holds as one, perhaps with a sign that it is shown with. `text` is what is shown.
    pub(crate) fn exact(number: Number, text: &'t str, currency: Option<Currency>) -> Self {
        Self {
            text,
            negative: number < Number::ZERO,
            digits: Digits::Firm {
                plain: number.decimal().abs().normalize().to_string(),
                mark: None,
            },
            currency,
            percent: false,
            tail: "",
            exact: true,
        }
    }

    /// A share that a workbook shows as a percentage: 0.615 shown as 61.5%.
    pub(crate) fn percent(share: Number, text: &'t str) -> Self {
        let hundredfold = share.decimal() * Decimal::ONE_HUNDRED;
        Self {
            digits: Digits::Firm {
                plain: hundredfold.abs().normalize().to_string(),
                mark: None,
            },
            percent: true,
            ..Self::exact(share, text, None)
        }
    }

    /// What it shows of the column's writing.
    pub(crate) fn vote(&self, votes: &mut Votes<DecimalMark>, place: impl FnOnce() -> String) {
        match &self.digits {
            Digits::Firm { mark: Some(mark), .. } => votes.firm(*mark, self.text, place),
            Digits::Open {
                sign: DecimalMark::Comma,
                ..
            } => {
                if self.currency.as_ref().is_some_and(Currency::groups_by_commas) {
                    votes.hint(DecimalMark::Point, self.text, place);
                } else {
                    votes.doubt();
                }
            }
            _ => {}
        }
    }

    /// The sign before its last three digits, where it may be two numbers.
    pub(crate) fn open(&self) -> Option<DecimalMark> {
        match &self.digits {
            Digits::Open { sign, .. } => Some(*sign),
            Digits::Firm { .. } => None,
        }
    }

    /// The currency that stands beside it, before or behind.
    pub(crate) fn currency(&self) -> Option<Currency> {
        self.currency.clone().or_else(|| self.parts("").ok()?.currency)
    }

    /// The number, in the column's writing and as what it is meant for.
    pub(crate) fn read(&self, meant: Meant<'_>, mark: &Settled<DecimalMark>) -> Result<Read<Number>, Refusal> {
        let unit = match meant {
            Meant::Value { unit, .. } => Unit::of(unit),
            _ => Unit::of(""),
        };
        let parts = self
            .parts(unit.text)
            .map_err(|()| Refusal::new(NO_NUMBER, self.without_tail(mark)))?;
        let digits = self.digits_in(mark)?;
        let value: Decimal = digits
            .parse()
            .or_else(|_| Decimal::from_scientific(&digits))
            .map_err(|_| too_long())?;
        let value = if self.negative { -value } else { value };
        let value = self.scaled(value, &parts, &unit, meant)?;
        let number = exactly(value, &digits).ok_or_else(too_long)?;
        let as_written = match (self.exact, self.percent, &parts.currency) {
            (true, false, None) => true,
            (true, ..) => false,
            _ => Number::new(self.text).is_ok_and(|plain| plain == number),
        };
        Ok(Read {
            value: number,
            as_written,
            note: String::new(),
        })
    }

    /// The value once the words and signs beside it are taken into it.
    fn scaled(&self, value: Decimal, parts: &Parts, unit: &Unit<'_>, meant: Meant<'_>) -> Result<Decimal, Refusal> {
        let shown = |value: Decimal| group(value);
        if let Some(currency) = &parts.currency {
            let purse = match meant {
                Meant::Money(purse) | Meant::Value { purse, .. } => purse,
                _ => {
                    return Err(Refusal::new(
                        format!("is an amount in {currency}, but this is not a sum of money"),
                        PLAIN,
                    ));
                }
            };
            refuse_other_currency(currency, unit, purse)?;
        }
        let mut value = value;
        if parts.tens > 0 {
            let tens = Decimal::from(10u64.pow(parts.tens));
            value = value.checked_mul(tens).ok_or_else(too_long)?;
        }
        if unit.tens > 0 && (parts.tens > 0 || parts.currency.is_some()) {
            let in_units = value / Decimal::from(10u64.pow(unit.tens));
            if parts.tens == 0 {
                return Err(Refusal::new(
                    format!(
                        "may be {} or {}, as the unit is {}",
                        shown(in_units),
                        shown(value),
                        unit.text
                    ),
                    format!("Write only the number, in {}.", unit.text),
                ));
            }
            value = in_units;
        }
        if !parts.percent {
            return Ok(value);
        }
        let share = value / Decimal::ONE_HUNDRED;
        match meant {
            Meant::Share => Ok(share),
            Meant::Value { .. } if unit.percent => Ok(value),
            Meant::Value { .. } if unit.share => Ok(share),
            Meant::Value { .. } => {
                let is = match unit.text {
                    "" => "the KPI has no unit".to_owned(),
                    unit => format!("the KPI is measured in {unit}"),
                };
                Err(Refusal::new(
                    format!("is a percentage, and {is}"),
                    format!(
                        "Give the KPI the unit %, or write {} if it is a share.",
                        share.normalize()
                    ),
                ))
            }
            _ => Err(Refusal::new("is a percentage, but a plain number is needed", PLAIN)),
        }
    }

    /// The number with its scale (`k`, `m`) in it, the signs beside it, and what else follows: `1200000`, `£` and `pa` of
    /// `£1.2m pa`.
    pub(crate) fn apart(&self, mark: &Settled<DecimalMark>) -> Result<Apart<'t>, Refusal> {
        let digits = self.digits_in(mark)?;
        let value: Decimal = digits
            .parse()
            .or_else(|_| Decimal::from_scientific(&digits))
            .map_err(|_| too_long())?;
        let mut apart = Apart {
            value: if self.negative { -value } else { value },
            tens: 0,
            currency: self.currency.clone(),
            percent: self.percent,
            rest: self.tail,
        };
        loop {
            if let Some(after) = percent_at_start(apart.rest).filter(|_| !apart.percent) {
                apart.percent = true;
                apart.rest = after;
            } else if let Some((tens, _, after)) = scale_at_start(apart.rest).filter(|_| apart.tens == 0) {
                apart.tens = tens;
                apart.rest = after;
            } else if let Some((currency, after)) = Currency::at_start(apart.rest).filter(|_| apart.currency.is_none())
            {
                apart.currency = Some(currency);
                apart.rest = after;
            } else {
                break;
            }
        }
        let tens = Decimal::from(10u64.pow(apart.tens));
        apart.value = apart.value.checked_mul(tens).ok_or_else(too_long)?.normalize();
        exactly(apart.value, &digits).ok_or_else(too_long)?;
        Ok(apart)
    }

    /// The words and signs beside the digits.
    fn parts(&self, unit: &str) -> Result<Parts, ()> {
        let unit = Unit::of(unit);
        let mut parts = Parts {
            percent: self.percent,
            tens: 0,
            currency: self.currency.clone(),
        };
        let mut rest = self.tail;
        while !rest.is_empty() {
            if unit.is(rest) {
                parts.percent |= unit.percent;
                return Ok(parts);
            }
            if let Some(after) = percent_at_start(rest).filter(|_| !parts.percent) {
                parts.percent = true;
                rest = after;
            } else if let Some((tens, word, after)) = scale_at_start(rest).filter(|_| parts.tens == 0) {
                if unit.may_begin_with(word) && parts.currency.is_none() {
                    return Err(());
                }
                parts.tens = tens;
                rest = after;
            } else if let Some((currency, after)) = Currency::at_start(rest).filter(|_| parts.currency.is_none()) {
                parts.currency = Some(currency);
                rest = after;
            } else {
                return Err(());
            }
        }
        Ok(parts)
    }

    /// The digits with a point before the fraction, in that writing.
    fn digits_in(&self, settled: &Settled<DecimalMark>) -> Result<String, Refusal> {
        match &self.digits {
            Digits::Firm { plain, mark } => match (settled, mark) {
                (Settled::Declared(declared), Some(mark)) if declared != mark => {
                    let (has, said) = match declared {
                        DecimalMark::Point => ("a decimal comma", "point"),
                        DecimalMark::Comma => ("a decimal point", "comma"),
                    };
                    Err(Refusal::new(
                        format!("has {has}, but the option is `--decimal {said}`"),
                        match declared {
                            DecimalMark::Point => format!("Write {plain}, or leave --decimal out."),
                            DecimalMark::Comma => {
                                format!("Write {}, or leave --decimal out.", plain.replace('.', ","))
                            }
                        },
                    ))
                }
                _ => Ok(plain.clone()),
            },
            Digits::Open { sign, whole, last } => match settled.choice() {
                Some(mark) if mark == *sign => Ok(format!("{whole}.{last}")),
                Some(_) => Ok(format!("{whole}{last}")),
                None => {
                    let (grouped, parted) = (format!("{whole}{last}"), format!("{whole}.{last}"));
                    Err(Refusal {
                        why: format!("may be {grouped} or {parted}, and {}", unsettled(settled)),
                        help: format!(
                            "Write {grouped} or {parted}, or give the decimal separator: --decimal point or --decimal comma."
                        ),
                        open: true,
                    })
                }
            },
        }
    }

    /// What to write for a number with something behind it that is not understood.
    fn without_tail(&self, mark: &Settled<DecimalMark>) -> String {
        let sign = if self.negative { "-" } else { "" };
        match self.digits_in(mark) {
            Ok(plain) => format!("Write the number alone, such as {sign}{plain}."),
            Err(_) => PLAIN.to_owned(),
        }
    }
}

/// Why a column does not settle what one of its cells means.
fn unsettled(settled: &Settled<DecimalMark>) -> String {
    match settled {
        Settled::Contradicted(one, other) => format!(
            "the column has both `{}` in {} and `{}` in {}",
            one.text, one.place, other.text, other.place
        ),
        _ => "no other number of the column shows which".to_owned(),
    }
}

/// A number and what stands beside it, each by itself.
#[derive(Debug, Clone)]
pub(crate) struct Apart<'t> {
    /// With the scale in it.
    pub(crate) value: Decimal,
    /// The power of ten of that scale.
    pub(crate) tens: u32,
    /// The currency beside it.
    pub(crate) currency: Option<Currency>,
    /// Whether a per cent sign or a word for it stands beside it.
    pub(crate) percent: bool,
    /// What else follows.
    pub(crate) rest: &'t str,
}

/// What stands beside the digits of a number.
struct Parts {
    percent: bool,
    tens: u32,
    currency: Option<Currency>,
}

fn refuse_other_currency(currency: &Currency, unit: &Unit<'_>, purse: &Purse) -> Result<(), Refusal> {
    if let Some(own) = &unit.currency {
        return match own.may_be(currency) {
            true => Ok(()),
            false => Err(Refusal::new(
                format!("is in {currency}, and the KPI is measured in {}", unit.text),
                format!("Write the value in {} as a plain number.", unit.text),
            )),
        };
    }
    if purse.takes(currency) {
        return Ok(());
    }
    Err(match purse {
        Purse::Named(name) => Refusal::new(
            format!("is in {currency}, and the map's amounts are in {name}"),
            format!("Write the amount in {name}, as a plain number."),
        ),
        _ => {
            let (one, other) = match purse {
                Purse::Mixed(one, other) => (one.to_string(), other.to_string()),
                _ => (currency.to_string(), currency.to_string()),
            };
            Refusal::new(
                format!(
                    "is in {currency}, and the map names no currency while its amounts name both {one} and {other}"
                ),
                "Name the map's currency in the table `map`, column `currency`, and write every amount in it.",
            )
        }
    })
}

/// Refuses what is no share of a whole, with the number that was perhaps meant.
///
/// # Errors
/// Where it is below 0 or above 1.
pub(crate) fn within_whole(number: Number) -> Result<(), Refusal> {
    if number < Number::ZERO {
        return Err(Refusal::new("is less than nothing", "Write a share from 0 to 1."));
    }
    if number <= Number::ONE {
        return Ok(());
    }
    let share = number.decimal() / Decimal::ONE_HUNDRED;
    let help = match share <= Decimal::ONE {
        true => format!("Write {} for {number}%.", share.normalize()),
        false => "Write a share from 0 to 1.".to_owned(),
    };
    Err(Refusal::new("is more than the whole, which is 1", help))
}

fn too_long() -> Refusal {
    Refusal::new("has more digits than a spreadsheet keeps", "Round it to 15 digits.")
}

/// The number itself, or where only digits behind the point are too many, as programs write 0.30000000000000004, the
/// nearest that a map holds.
fn exactly(value: Decimal, digits: &str) -> Option<Number> {
    match Number::try_from(value) {
        Ok(number) => Some(number),
        Err(_) if digits.contains('.') => Number::rounded(value),
        Err(_) => None,
    }
}

fn group(value: Decimal) -> String {
    group_digits(&value.normalize().to_string())
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’')
}

/// How far the digits go, with the separators and an exponent among them.
fn end_of_digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit_at = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        match c {
            '0'..='9' | '.' | ',' => end = after,
            // A blank groups only where digits follow it.
            c if is_blank(c) && end > 0 && end == at && digit_at(after) => end = after,
            'e' | 'E' if end == at && at > 0 => {
                let signed = usize::from(matches!(bytes.get(after), Some(b'+' | b'-')));
                if !digit_at(after + signed) {
                    return end;
                }
                let mut last = after + signed;
                while digit_at(last) {
                    last += 1;
                }
                return last;
            }
            _ => return end,
        }
    }
    end
}

/// The digits, where their grouping leaves one meaning or two.
fn digits(text: &str) -> Option<Digits> {
    use DecimalMark::{Comma, Point};
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if let Some((mantissa, exponent)) = text.split_once(['e', 'E']) {
        let mark = mantissa
            .contains(['.', ','])
            .then(|| if mantissa.contains(',') { Comma } else { Point });
        let plain = format!("{}e{exponent}", mantissa.replace(',', "."));
        return Number::new(&plain).is_ok().then_some(Digits::Firm { plain, mark });
    }
    let (commas, points) = (text.matches(',').count(), text.matches('.').count());
    // Which sign parts the fraction off, where one does, and which groups the thousands.
    let (whole, fraction, mark) = match (commas, points) {
        (0, 0) => (text, "", None),
        (0, 1) | (1, 0) => {
            let mark = if commas == 1 { Comma } else { Point };
            let (whole, last) = text.split_once(['.', ','])?;
            let may_group =
                last.len() == 3 && all_digits(last) && all_digits(whole) && whole.len() <= 3 && !whole.starts_with('0');
            if may_group {
                let (whole, last) = (whole.to_owned(), last.to_owned());
                return Some(Digits::Open {
                    sign: mark,
                    whole,
                    last,
                });
            }
            (whole, last, Some(mark))
        }
        (_, 0) => (text, "", Some(Point)),
        (0, _) => (text, "", Some(Comma)),
        (_, 1) if text.rfind(',') < text.find('.') => {
            let (whole, fraction) = text.split_once('.')?;
            (whole, fraction, Some(Point))
        }
        (1, _) if text.rfind('.') < text.find(',') => {
            let (whole, fraction) = text.split_once(',')?;
            (whole, fraction, Some(Comma))
        }
        _ => return None,
    };
    if !(fraction.is_empty() || all_digits(fraction)) {
        return None;
    }
    let whole = match whole {
        "" if !fraction.is_empty() => "0".to_owned(),
        plain if all_digits(plain) => {
            let kept = plain.trim_start_matches('0');
            (if kept.is_empty() { "0" } else { kept }).to_owned()
        }
        grouped => ungrouped(grouped)?,
    };
    let plain = match fraction {
        "" => whole,
        fraction => format!("{whole}.{fraction}"),
    };
    // `5.` shows its mark as little as `5` does.
    let mark = mark.filter(|_| !fraction.is_empty() || commas + points > 1 || text.contains(is_blank));
    let mark = mark.filter(|_| commas + points > 0);
    Some(Digits::Firm { plain, mark })
}

/// The digits of groups of three, which one sign alone parts.
fn ungrouped(text: &str) -> Option<String> {
    let mut signs = text.chars().filter(|c| !c.is_ascii_digit());
    let sign = signs.next()?;
    let alike = |c: char| c == sign || (is_blank(c) && is_blank(sign));
    if !signs.all(alike) {
        return None;
    }
    let mut parts = text.split(alike);
    let first = parts.next()?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(first) || first.len() > 3 || first.starts_with('0') {
        return None;
    }
    let mut out = first.to_owned();
    for part in parts {
        if part.len() != 3 || !digits(part) {
            return None;
        }
        out.push_str(part);
    }
    Some(out)
}

#[cfg(test)]
mod tests;
