//! What a number format shows beside a number: a per cent sign, or a currency.
//!
//! Source: ISO/IEC 29500-1, 18.8.31 (codes of number formats).

use std::collections::BTreeMap;

use calamine::Style;

use super::super::Cell;
use crate::map::written::Currency;

/// What is shown beside the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Beside {
    /// A hundredfold of it, and `%`.
    Percent,
    /// That currency.
    Currency(Currency),
}

/// The formats of a workbook that show something beside a number, by their place in its palette.
#[derive(Debug, Default)]
pub(super) struct Formats(BTreeMap<usize, Beside>);

impl Formats {
    /// Of the palette of a workbook.
    pub(super) fn of(styles: &[Style]) -> Self {
        let beside = |style: &Style| {
            let format = style.number_format.as_ref()?;
            // Which currency these show depends on where the workbook is opened.
            let depends = matches!(format.format_id, Some(5..=8 | 42 | 44));
            (!depends).then(|| shown_by(&format.format_code))?
        };
        let all = styles.iter().enumerate();
        Self(all.filter_map(|(at, style)| Some((at, beside(style)?))).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn get(&self, style: usize) -> Option<&Beside> {
        self.0.get(&style)
    }
}

impl Beside {
    /// The cell as it is shown; one that holds no number is as it was.
    pub(super) fn show(&self, cell: Cell) -> Cell {
        match (self, cell) {
            (Self::Percent, Cell::Number(share)) => Cell::Percent(share),
            (Self::Currency(currency), Cell::Number(amount)) => Cell::Money(amount, currency.clone()),
            (_, cell) => cell,
        }
    }
}

/// What a code shows beside a positive number.
fn shown_by(code: &str) -> Option<Beside> {
    let mut words: Vec<String> = vec![String::new()];
    let mut chars = code.chars();
    let mut percent = false;
    while let Some(c) = chars.next() {
        match c {
            // The parts for negative numbers and for zero come after it.
            ';' => break,
            '"' => words.push(chars.by_ref().take_while(|c| *c != '"').collect()),
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // `[$€-407]` is the euro as Germans write it; `[Red]` is a colour.
                if let Some(sign) = inside.strip_prefix('$') {
                    words.push(sign.split('-').next().unwrap_or("").to_owned());
                }
            }
            // A blank as wide as the next character, or that character over and over.
            '_' | '*' => {
                chars.next();
            }
            '%' => percent = true,
            '\\' => {
                if let (Some(next), Some(word)) = (chars.next(), words.last_mut()) {
                    word.push(next);
                }
            }
            '0' | '#' | '?' | '.' | ',' | '@' => words.push(String::new()),
            c => {
                if let Some(word) = words.last_mut() {
                    word.push(c);
                }
            }
        }
    }
    if percent {
        return Some(Beside::Percent);
    }
    words
        .iter()
        .find_map(|word| Currency::named(word))
        .map(Beside::Currency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_says_what_stands_beside_the_number() {
        for (code, shown) in [
            ("0.0%", "%"),
            ("0%;[Red]-0%", "%"),
            ("[$€-407] #,##0.00", "EUR"),
            ("\"£\"#,##0.00", "GBP"),
            ("_-[$£-809]* #,##0.00_-;-[$£-809]* #,##0.00_-", "GBP"),
            ("#,##0.00\\ \"EUR\"", "EUR"),
            ("\\£#,##0", "GBP"),
            ("£#,##0", "GBP"),
            ("[$USD] #,##0", "USD"),
        ] {
            let beside = shown_by(code);
            let told = match &beside {
                Some(Beside::Percent) => Some("%"),
                Some(Beside::Currency(currency)) => currency.code(),
                None => None,
            };
            assert_eq!(told, Some(shown), "{code}");
        }
        for code in [
            "General",
            "0.00",
            "#,##0",
            "0.0\"%\"",
            "0.0,,\"m\"",
            "[Red]0",
            "@",
            "yyyy-mm-dd",
            "0\\%",
            "\"a;b\"0",
        ] {
            assert_eq!(shown_by(code), None, "{code}");
        }
    }
}
