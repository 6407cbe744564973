//! Numbers as they are written in tables of measurements: read in the notation that was declared, and in no other.

use super::RemarkKind;
use crate::map::{BadNumber, Number};

/// How numbers are written in a table, declared by whoever hands it in: nothing is guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Notation {
    /// What stands before the fraction.
    pub decimal: DecimalMark,
    /// What may stand between groups of three digits; `None` where nothing may. A space is also met by the no-break
    /// spaces that spreadsheets write.
    pub thousands: Option<char>,
}

/// What stands before the fraction of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DecimalMark {
    /// As in 1234.5.
    #[default]
    Point,
    /// As in 1234,5.
    Comma,
}

impl Notation {
    /// The number that the text is in this notation.
    ///
    /// # Errors
    /// [`RemarkKind::UndeclaredNotation`] where it would be a number in another notation, else
    /// [`RemarkKind::BadValue`].
    pub(super) fn number(self, text: &str) -> Result<Number, RemarkKind> {
        if self == Self::default() {
            // The usual case, without a copy of the text.
            return match Number::new(text) {
                Ok(number) => Ok(number),
                Err(BadNumber::Digits { .. }) => Err(RemarkKind::BadValue),
                Err(_) => Err(Self::refused(text)),
            };
        }
        let mark = match self.decimal {
            DecimalMark::Point => '.',
            DecimalMark::Comma => ',',
        };
        let (whole, fraction) = match text.split_once(mark) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (text, None),
        };
        let mut plain = match self.thousands {
            Some(separator) if separator != mark => ungrouped(whole, |c| is_separator(c, separator)),
            _ => Some(whole.to_owned()),
        }
        .ok_or_else(|| Self::refused(text))?;
        if let Some(fraction) = fraction {
            plain.push('.');
            plain.push_str(fraction);
        }
        // A declared comma makes a point a separator, which must have been declared too.
        if mark != '.' && text.contains('.') && self.thousands != Some('.') {
            return Err(Self::refused(text));
        }
        Number::new(&plain).map_err(|_| Self::refused(text))
    }

    fn refused(text: &str) -> RemarkKind {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let like_a_number = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.ends_with(|c: char| c.is_ascii_digit())
            && digits
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}'));
        if like_a_number && digits.contains(|c: char| !c.is_ascii_digit()) {
            RemarkKind::UndeclaredNotation
        } else {
            RemarkKind::BadValue
        }
    }
}

fn is_separator(c: char, separator: char) -> bool {
    c == separator || separator == ' ' && matches!(c, '\u{a0}' | '\u{202f}')
}

/// The digits without their separators; `None` where these do not stand between groups of three.
fn ungrouped(whole: &str, separates: impl Fn(char) -> bool) -> Option<String> {
    let (sign, digits) = match whole.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", whole),
    };
    if !digits.contains(&separates) {
        return Some(whole.to_owned());
    }
    let groups: Vec<&str> = digits.split(&separates).collect();
    let grouped = groups.iter().enumerate().all(|(at, group)| {
        group.bytes().all(|b| b.is_ascii_digit())
            && match at {
                0 => (1..=3).contains(&group.len()),
                _ => group.len() == 3,
            }
    });
    grouped.then(|| format!("{sign}{}", groups.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_read_only_as_declared() {
        let comma = Notation {
            decimal: DecimalMark::Comma,
            thousands: Some('.'),
        };
        let spaced = Notation {
            decimal: DecimalMark::Point,
            thousands: Some(' '),
        };
        let english = Notation {
            decimal: DecimalMark::Point,
            thousands: Some(','),
        };
        for (notation, text, shown) in [
            (comma, "1.234,5", "1234.5"),
            (comma, "-1.234.567", "-1234567"),
            (comma, "0,05", "0.05"),
            (comma, "12", "12"),
            (spaced, "12 345.5", "12345.5"),
            (spaced, "1\u{202f}234\u{a0}567", "1234567"),
            (english, "1,234", "1234"),
        ] {
            assert_eq!(notation.number(text).unwrap().to_string(), shown, "{text}");
        }
        for (notation, text) in [
            (comma, "1.5"),
            (comma, "12.34,5"),
            (spaced, "1 23"),
            (english, "1,23"),
            (english, "1234,567"),
            (Notation::default(), "1,5"),
            (Notation::default(), "1 000"),
        ] {
            assert_eq!(notation.number(text), Err(RemarkKind::UndeclaredNotation), "{text}");
        }
        for text in ["", "TBC", "5 %", "£5", "1e400", "--5", "31/03/2026"] {
            assert_eq!(comma.number(text), Err(RemarkKind::BadValue), "{text}");
            assert_eq!(Notation::default().number(text), Err(RemarkKind::BadValue), "{text}");
        }
    }
}
