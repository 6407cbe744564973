//! Which way a text runs.

use crate::scene::TextDirection;

/// Which way a text runs, by its first letter that has a direction (Unicode Standard Annex 9, P2 and P3).
pub fn direction(text: &str) -> TextDirection {
    match unicode_bidi::get_base_direction(text) {
        unicode_bidi::Direction::Rtl => TextDirection::RightToLeft,
        unicode_bidi::Direction::Ltr | unicode_bidi::Direction::Mixed => TextDirection::LeftToRight,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_strong_letter_gives_the_direction() {
        assert_eq!(
            direction("12 \u{5e9}\u{5dc}\u{5d5}\u{5dd} abc"),
            TextDirection::RightToLeft
        );
        assert_eq!(direction("abc \u{5e9}"), TextDirection::LeftToRight);
        assert_eq!(direction("12"), TextDirection::LeftToRight);
    }
}
