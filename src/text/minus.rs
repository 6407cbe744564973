//! The sign of figures below zero.

/// Words for people to read, with a minus sign (U+2212) in place of the hyphen before a figure: `(-5%)` is `(−5%)`. It is as wide as a
/// plus, and no line ends after it, as one may after a hyphen. Hyphens within words, years and days, and files for programs, keep theirs.
pub fn with_minus(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut letters = words.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let begins = before.is_whitespace() || matches!(before, '(' | '[' | '"' | '“' | '±' | ':');
        let is_minus = letter == '-' && begins && letters.peek().is_some_and(char::is_ascii_digit);
        out.push(if is_minus { '\u{2212}' } else { letter });
        before = letter;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::with_minus;

    #[test]
    fn only_figures_below_zero_have_a_minus() {
        for (words, shown) in [
            ("-1,234", "\u{2212}1,234"),
            ("expected 40.9 (-0.32%)", "expected 40.9 (\u{2212}0.32%)"),
            ("-3 to -1", "\u{2212}3 to \u{2212}1"),
            ("2026-27 to 2027-28, on 2026-04-01", "2026-27 to 2027-28, on 2026-04-01"),
            ("grade-5 - a well-worn road", "grade-5 - a well-worn road"),
        ] {
            assert_eq!(with_minus(words), shown);
        }
    }
}
