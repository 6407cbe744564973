//! Text and lengths as parts write them.

use crate::escape::markup::{self, Space};

/// English Metric Units in a px of 1/96 inch.
const EMU_IN_PX: f64 = 9525.0;

/// The text for an XML part, also within a quoted attribute; characters that no XML file may hold become U+FFFD, and
/// line ends a space.
pub fn text(text: &str) -> String {
    markup::text(text, Space::Plain)
}

/// A length in px of 1/96 inch as English Metric Units, to the nearest.
pub fn emu(px: f64) -> i64 {
    // `as` turns NaN into 0 and holds at the ends of the range.
    (px * EMU_IN_PX).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_data_and_lengths_are_whole() {
        assert_eq!(text("<a b=\"c\">&\u{b}\n"), "&lt;a b=&quot;c&quot;&gt;&amp;\u{fffd} ");
        assert_eq!((emu(1.0), emu(-0.5), emu(f64::NAN)), (9525, -4763, 0));
    }
}
