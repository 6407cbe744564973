//! Financial and calendar years, as costs and appraisals write them.

use std::fmt;

use super::period::{Span, Spanned, span};

/// How a year is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `2026-27`.
    Financial,
    /// `2026`.
    Calendar,
}

/// A year that costs are paid in, or that an appraisal counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Year {
    /// The calendar year that it begins in.
    begins: i64,
    form: Form,
}

impl Year {
    /// The year that a text names: a financial year, or four digits; `None` where it is neither.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self {
                begins: text.parse().ok()?,
                form: Form::Calendar,
            });
        }
        let begins = match span(text)? {
            Spanned::One(Span::FinancialYear(first)) | Spanned::Two(Span::FinancialYear(first), _) => first,
            _ => return None,
        };
        Some(Self {
            begins: begins.into(),
            form: Form::Financial,
        })
    }

    /// The calendar year that it begins in.
    pub(crate) fn begins(self) -> i64 {
        self.begins
    }

    /// Whether it is a calendar year: `2026`, not `2026-27`.
    pub(crate) fn is_calendar(self) -> bool {
        self.form == Form::Calendar
    }

    /// The year so many years later, or earlier for a number below 0.
    pub(crate) fn after(self, years: i64) -> Self {
        Self {
            begins: self.begins + years,
            ..self
        }
    }

    /// How many years it comes after another, below 0 for one before; `None` where one is a financial year and the other is not.
    pub(crate) fn since(self, other: Self) -> Option<i64> {
        (self.form == other.form).then(|| self.begins - other.begins)
    }
}

/// In the one form that sorts: `2026-27`, or `2026`.
impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.form {
            Form::Financial => write!(f, "{}-{:02}", self.begins, (self.begins + 1).rem_euclid(100)),
            Form::Calendar => self.begins.fmt(f),
        }
    }
}

/// A financial year in the one form that sorts: `2026-27` for `FY26/27`, `2026/27`, `2026-2027` and `26/27`. `None` where
/// the text is no pair of years.
pub(crate) fn financial_year(text: &str) -> Option<String> {
    let year = Year::read(text).filter(|year| !year.is_calendar())?;
    Some(year.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_financial_year_has_one_form() {
        for text in [
            "FY26/27",
            "2026-27",
            "2026/27",
            "2026-2027",
            "26/27",
            "FY 26-27",
            " 2026 / 27",
        ] {
            assert_eq!(financial_year(text).as_deref(), Some("2026-27"), "{text}");
        }
        assert_eq!(financial_year("2099/00").as_deref(), Some("2099-00"));
        assert_eq!(financial_year("2011-12").as_deref(), Some("2011-12"));
        for text in ["2026", "FY27", "Year 1", "2026-29", "March 2026"] {
            assert_eq!(financial_year(text), None, "{text}");
        }
    }

    #[test]
    fn years_of_one_form_are_counted_from_each_other() {
        let year = |text| Year::read(text).unwrap();
        assert_eq!(year("2099-00").after(1).to_string(), "2100-01");
        assert_eq!(year("FY28/29").since(year("2026/27")), Some(2));
        assert_eq!(year("2025").since(year("2026")), Some(-1));
        assert_eq!(year("2026").since(year("2026-27")), None);
        assert_eq!(Year::read("soon"), None);
    }
}
