//! Texts measured and broken into lines with the metrics of the type that they are shown in.
//!
//! In: the words of a map, as they were typed. Out: lines without white space at either end, each no wider than asked
//! for. Widths are those of Liberation Sans, which equal those of Arial and Helvetica. Kerning is left out: it makes
//! words narrower, so that what fits by this measure fits on screen. Shaping is absent: a character that the
//! face lacks is drawn in another face that nobody knows here, and is given its width by the rules of [`measure()`].
//!
//! The styles are those of a [`scene`](crate::scene), and so is the text that [`typeset`] gives: this room knows of
//! nothing else.
//!
//! ```
//! use benefit_map::scene::TextStyle;
//! use benefit_map::text::{measure, wrap};
//!
//! let lines = wrap("Fill-level sensors on street bins", TextStyle::Card, 160.0);
//! assert_eq!(lines, ["Fill-level sensors", "on street bins"]);
//! assert!(lines.iter().all(|line| measure(line, TextStyle::Card) <= 160.0));
//! ```

mod direction;
mod measure;
mod minus;
mod wrap;

use crate::scene::{Ink, Line, Text, TextDirection, TextStyle};

pub use direction::direction;
pub use measure::{ASCENT, BOLD, DESCENT, REGULAR, baseline, covered, lacking, measure};
pub use minus::with_minus;
pub use wrap::{clean, widest_word, wrap};

/// The text as it stands at a place: broken into lines as [`wrap`] does, the first at the upper side `top`, each
/// beginning at `left`, or ending at `left + width` where the text runs from right to left. All in px.
pub fn typeset(text: &str, style: TextStyle, ink: Ink, left: f64, width: f64, top: f64) -> Text {
    let direction = direction(text);
    let x = match direction {
        TextDirection::LeftToRight => left,
        TextDirection::RightToLeft => left + width,
    };
    let lines = wrap(text, style, width)
        .into_iter()
        .enumerate()
        .map(|(i, text)| Line {
            x,
            y: top + i as f64 * style.leading() + baseline(style),
            width: measure(&text, style),
            text,
        })
        .collect();
    Text {
        style,
        ink,
        direction,
        lines,
    }
}

/// The height of a text, in px; 0 where it has no lines.
pub fn height(text: &Text) -> f64 {
    text.lines.len() as f64 * text.style.leading()
}

/// A number of things: `1 link`, `3 links`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
