//! Numbers, days and yes-or-no as people write them in tables, and the bytes that hold them.
//!
//! In goes the text of a cell with what is known of its column, out comes one value, or why there is none and what to
//! write. Where a writing may mean two things (`1,234`, `01/04/2031`), the whole column decides, never the cell alone:
//! every cell is first asked what it shows of the writing (its votes), and then read by what came of that. One home for
//! tables, workbooks and measurements.
//!
//! Absent: cutting files into cells, and saying where a cell stands.

mod cell;
mod currency;
mod day;
mod encoding;
mod money;
mod number;
mod period;
mod votes;
mod year;

pub use cell::Written;
pub use currency::Currency;
pub(crate) use day::{Bound, Days, Edge, WEEKDAYS, written_day};
#[cfg(feature = "exchange")]
pub(crate) use encoding::utf16;
pub(crate) use encoding::{Encoding, NotUtf8, decode_text, windows_1252};
pub(crate) use money::{Purse, is_percent, unit_tens};
pub(crate) use number::{Figure, Meant, within_whole};
pub(crate) use period::{MONTHS, month_named};
pub(crate) use votes::{Settled, Votes};
pub(crate) use year::{Year, financial_year};

use super::word::words;

words! {
    /// What stands before the fraction of a number.
    DecimalMark {
        /// As in 1234.5; a comma groups thousands.
        Point = "point",
        /// As in 1234,5; a point groups thousands.
        Comma = "comma",
    }
}

words! {
    /// The order of the numbers in a date that is written in three.
    DayOrder {
        /// Day, month, year: 31/12/2026.
        DayFirst = "dmy",
        /// Month, day, year: 12/31/2026.
        MonthFirst = "mdy",
    }
}

/// How the numbers and days of tables are written, as far as somebody has said so: the rest is decided from each whole
/// column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notation {
    /// What stands before the fraction of every number; `None` where each column decides.
    pub decimal: Option<DecimalMark>,
    /// Which comes first in every date; `None` where each column decides.
    pub days: Option<DayOrder>,
    /// The month in which a financial year begins, from 1 to 12.
    pub first_month: u8,
}

impl Default for Notation {
    /// Nothing is declared, and financial years begin in April.
    fn default() -> Self {
        Self {
            decimal: None,
            days: None,
            first_month: 4,
        }
    }
}

/// A value that was read from a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Read<T> {
    /// What the cell says.
    pub(crate) value: T,
    /// Whether it stands there as the format writes it; else somebody should hear how it was taken.
    pub(crate) as_written: bool,
    /// What else there is to say of it, such as `the last day of March 2029`; mostly empty.
    pub(crate) note: String,
}

impl<T> Read<T> {
    /// A value that stands there as the format writes it.
    pub(crate) fn plain(value: T) -> Self {
        Self {
            value,
            as_written: true,
            note: String::new(),
        }
    }
}

/// Why a cell has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// A phrase that goes on from the text of the cell: `cannot be read as a number`.
    pub(crate) why: String,
    /// What to write instead: sentences, with the value in hand where it is known.
    pub(crate) help: String,
    /// Whether the writing has two meanings, and what would settle the column has not been said.
    pub(crate) open: bool,
}

impl Refusal {
    fn new(why: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            help: help.into(),
            open: false,
        }
    }

    /// For a text that is no number in any writing.
    pub(crate) fn no_number() -> Self {
        Self::new("cannot be read as a number", "Write a plain number, such as 1234.5.")
    }
}

/// Yes or no, and whether it stands there as the format writes it; `None` where the text is neither.
pub(crate) fn truth(text: &str) -> Option<(bool, bool)> {
    match text.trim().to_lowercase().as_str() {
        "true" => Some((true, true)),
        "false" => Some((false, true)),
        "yes" | "y" | "x" | "1" | "✓" | "✔" | "☑" => Some((true, false)),
        "no" | "n" | "0" | "-" | "✗" | "✘" | "☐" => Some((false, false)),
        _ => None,
    }
}
