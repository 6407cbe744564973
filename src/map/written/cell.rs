//! What stands in a cell of measurements, as its source holds it.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::Currency;
use crate::map::{Day, Number};

/// A text, or a value that a workbook holds as such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written<'w> {
    /// Nothing.
    Nothing,
    /// A text, without white space around it.
    Text(&'w str),
    /// A number.
    Number(Number),
    /// A share that is shown as a percentage.
    Percent(Number),
    /// An amount that is shown with a currency.
    Money(Number, &'w Currency),
    /// A day.
    Day(Day),
}

impl<'w> Written<'w> {
    /// A text, or nothing where it is blank.
    pub fn text(text: &'w str) -> Self {
        match text.trim() {
            "" => Self::Nothing,
            text => Self::Text(text),
        }
    }

    /// What is shown there.
    pub fn shown(&self) -> Cow<'w, str> {
        match self {
            Self::Nothing => "".into(),
            Self::Text(text) => (*text).into(),
            Self::Number(number) => number.to_string().into(),
            Self::Percent(share) => format!("{}%", (share.decimal() * Decimal::ONE_HUNDRED).normalize()).into(),
            Self::Money(amount, currency) => format!("{currency} {amount}").into(),
            Self::Day(day) => day.to_string().into(),
        }
    }
}
