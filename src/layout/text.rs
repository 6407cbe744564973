//! Texts measured and broken into lines with the metrics of the type that they are shown in.
//!
//! In: the words of a map, as they were typed. Out: lines without white space at either end, each no wider than asked
//! for. Widths are those of Liberation Sans, which equal those of Arial and Helvetica. Kerning is left out: it makes
//! words narrower, so that what fits by this measure fits on screen. Shaping is absent: a character that the
//! face lacks is drawn in another face that nobody knows here, and is given its width by the rules of [`measure`].

use std::collections::BTreeSet;
use std::sync::OnceLock;

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::FontRef;
use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::escape::unseen::shown;
use crate::scene::{Ink, Line, Text, TextDirection, TextStyle, Weight};

/// The type that text is measured with, for whoever must embed or draw it.
pub const REGULAR: &[u8] = include_bytes!("../../assets/fonts/LiberationSans-Regular.ttf");
/// The bold of the same type.
pub const BOLD: &[u8] = include_bytes!("../../assets/fonts/LiberationSans-Bold.ttf");

/// Above the baseline, as a share of the size.
pub const ASCENT: f64 = 0.905;
/// Below the baseline, as a share of the size.
pub const DESCENT: f64 = 0.212;

/// The width of a full-width character that the face lacks, in em.
const WIDE: f64 = 1.0;
/// The width of an emoji, in em: colour faces draw them wider than the square of the type.
const EMOJI: f64 = 1.3;
/// The width of an Arabic letter, in em: joined letters are narrow, the widest common face takes 0.6 on average.
const ARABIC: f64 = 0.6;
/// The width of any other character that the face lacks, in em: wide enough for Devanagari, Thai and Ethiopic in the
/// common faces.
const OTHER: f64 = 0.7;

/// Titles up to this number of lines are balanced; in longer ones a ragged last line is not seen.
const BALANCED_LINES: usize = 12;

/// Advance widths of one face in em, for the characters that it has.
struct Face {
    font: FontRef<'static>,
    /// Widths of the first characters, which are nearly all that occur; NaN where the face has none.
    common: Vec<f32>,
}

impl Face {
    fn of(weight: Weight) -> &'static Self {
        static REGULAR_FACE: OnceLock<Face> = OnceLock::new();
        static BOLD_FACE: OnceLock<Face> = OnceLock::new();
        match weight {
            Weight::Regular => REGULAR_FACE.get_or_init(|| Face::read(REGULAR)),
            Weight::Bold => BOLD_FACE.get_or_init(|| Face::read(BOLD)),
        }
    }

    fn read(bytes: &'static [u8]) -> Self {
        let font = FontRef::new(bytes).expect("the embedded face is a font: a test reads it");
        let look_up = advances(&font);
        let common = (0..0x250)
            .map(|code| char::from_u32(code).and_then(&look_up).unwrap_or(f32::NAN))
            .collect();
        Self { font, common }
    }

    /// In em; `None` where the face has no such character.
    fn advance(&self, c: char) -> Option<f64> {
        match self.common.get(c as usize) {
            Some(width) => (!width.is_nan()).then_some(f64::from(*width)),
            None => advances(&self.font)(c).map(f64::from),
        }
    }
}

/// What gives the advance width of a character in em; `None` where the font has no such character.
fn advances(font: &FontRef<'static>) -> impl Fn(char) -> Option<f32> + use<> {
    let charmap = font.charmap();
    // At size 1 advances come in em.
    let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
    move |c| metrics.advance_width(charmap.map(c)?)
}

/// One user-perceived character, in em.
fn cluster(face: &Face, text: &str) -> f64 {
    let mut chars = text.chars();
    let (Some(first), rest) = (chars.next(), chars.as_str()) else {
        return 0.0;
    };
    if rest.is_empty() && (first as usize) < face.common.len() {
        return face.advance(first).unwrap_or(OTHER);
    }
    let is_emoji = text.contains('\u{fe0f}') || ('\u{1f000}'..='\u{1faff}').contains(&first);
    if is_emoji && text.width() > 0 {
        return EMOJI;
    }
    text.chars()
        .map(|c| match (UnicodeWidthChar::width(c), face.advance(c)) {
            (Some(0), _) => 0.0,
            (_, Some(advance)) => advance,
            (Some(2), None) => WIDE,
            (_, None) if ('\u{600}'..='\u{77f}').contains(&c) => ARABIC,
            (_, None) => OTHER,
        })
        .sum()
}

/// How far a text reaches on one line, in px.
///
/// Characters of the face have its advance widths; marks that combine with another have none; a full-width character
/// that the face lacks is one em (Unicode Standard Annex 11), an emoji 1.3 em, an Arabic letter 0.6 em, any
/// other 0.7 em.
pub fn measure(text: &str, style: TextStyle) -> f64 {
    em(text, style.weight()) * style.size()
}

fn em(text: &str, weight: Weight) -> f64 {
    let face = Face::of(weight);
    if text.is_ascii() {
        return text.bytes().map(|b| cluster_ascii(face, b)).sum();
    }
    text.graphemes(true).map(|g| cluster(face, g)).sum()
}

fn cluster_ascii(face: &Face, byte: u8) -> f64 {
    face.advance(char::from(byte)).unwrap_or(OTHER)
}

/// Which characters of a text have no letter in the face, in their own order; marks and signs without a width are not
/// among them.
pub fn lacking(text: &str) -> BTreeSet<char> {
    let face = Face::of(Weight::Regular);
    text.chars()
        .filter(|c| UnicodeWidthChar::width(*c).is_some_and(|w| w > 0) && face.advance(*c).is_none())
        .collect()
}

/// Which of the characters the face at that place of a font file has; none where the file is no font.
pub fn covered(file: &[u8], index: u32, wanted: &BTreeSet<char>) -> BTreeSet<char> {
    let Ok(font) = FontRef::from_index(file, index) else {
        return BTreeSet::new();
    };
    let letters = font.charmap();
    wanted.iter().copied().filter(|c| letters.map(*c).is_some()).collect()
}

/// The text as it can be shown: runs of white space, line ends among them, as one space, none at either end, and
/// controls, characters that turn the direction of text and those that no XML file may hold as U+FFFD.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().map(shown));
    }
    out
}

/// Which way a text runs, by its first letter that has a direction (Unicode Standard Annex 9, P2 and P3).
pub fn direction(text: &str) -> TextDirection {
    match unicode_bidi::get_base_direction(text) {
        unicode_bidi::Direction::Rtl => TextDirection::RightToLeft,
        unicode_bidi::Direction::Ltr | unicode_bidi::Direction::Mixed => TextDirection::LeftToRight,
    }
}

/// A part of a text up to a place where a line may end.
struct Segment {
    /// Where it begins in the text, in bytes.
    start: usize,
    /// Where it ends, after the white space that follows it.
    end: usize,
    /// With the white space that follows it, in px.
    full: f64,
    /// Without it, in px.
    bare: f64,
}

/// The text in lines no wider than `width` px, as even as can be with the fewest lines; empty for an empty text.
///
/// Lines end where the Unicode Standard lets them (Annex 14); a word wider than a whole line is cut between
/// user-perceived characters. Nothing of the text is lost but white space where a line ends. A single character wider
/// than `width` has a line to itself.
pub fn wrap(text: &str, style: TextStyle, width: f64) -> Vec<String> {
    let text = clean(text);
    let segments = segments(&text, style, width);
    let lines = fill(&segments, width);
    let count = lines.len();
    let words = |lines: Vec<(usize, usize)>| {
        lines
            .into_iter()
            .map(|(a, b)| text[a..b].trim_end().to_owned())
            .collect()
    };
    if !(2..=BALANCED_LINES).contains(&count) {
        return words(lines);
    }
    // The narrowest width, to the px, that takes no more lines: the even look of `text-wrap: balance`.
    let widest = segments.iter().map(|s| s.bare).fold(0.0, f64::max);
    let (mut low, mut high) = (widest.floor().min(width), width);
    while high - low > 1.0 {
        let middle = (low + high) / 2.0;
        if fill(&segments, middle).len() <= count {
            high = middle;
        } else {
            low = middle;
        }
    }
    words(fill(&segments, high))
}

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

/// How far the baseline of a line stands below its upper side, in px, with the type centred in its leading.
pub fn baseline(style: TextStyle) -> f64 {
    let leftover = style.leading() - (ASCENT + DESCENT) * style.size();
    (leftover / 2.0 + ASCENT * style.size()).round()
}

/// The height of a text, in px; 0 where it has no lines.
pub fn height(text: &Text) -> f64 {
    text.lines.len() as f64 * text.style.leading()
}

/// Every part that must stay on one line, cut where it is wider than a line.
fn segments(text: &str, style: TextStyle, width: f64) -> Vec<Segment> {
    let mut out = Vec::new();
    let mut add = |start: usize, end: usize| {
        let part = &text[start..end];
        out.push(Segment {
            start,
            end,
            full: measure(part, style),
            bare: measure(part.trim_end(), style),
        });
    };
    let mut start = 0;
    for (end, _) in linebreaks(text) {
        let part = &text[start..end];
        if measure(part.trim_end(), style) <= width {
            add(start, end);
        } else {
            let (mut from, mut reached) = (0, 0.0);
            for (at, grapheme) in part.grapheme_indices(true) {
                let advance = measure(grapheme, style);
                if reached + advance > width && at > from && !grapheme.trim().is_empty() {
                    add(start + from, start + at);
                    (from, reached) = (at, 0.0);
                }
                reached += advance;
            }
            add(start + from, end);
        }
        start = end;
    }
    out
}

/// As many segments on each line as it takes, as ranges of bytes.
fn fill(segments: &[Segment], width: f64) -> Vec<(usize, usize)> {
    let mut lines: Vec<(usize, usize)> = Vec::new();
    let mut reached = 0.0;
    for segment in segments {
        match lines.last_mut() {
            Some(line) if reached + segment.bare <= width => line.1 = segment.end,
            _ => {
                lines.push((segment.start, segment.end));
                reached = 0.0;
            }
        }
        reached += segment.full;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_are_those_of_arial() {
        // Advance widths of Arial in units of 1/2048 em, from its published metrics: H 1479, e 1139, l 455, o 1139.
        let expected = f64::from(1479 + 1139 + 455 + 455 + 1139) / 2048.0 * 15.0;
        assert!((measure("Hello", TextStyle::Card) - expected).abs() < 1e-3);
        // Arial Bold: H 1479, e 1139, l 569, o 1251.
        let bold = f64::from(1479 + 1139 + 569 + 569 + 1251) / 2048.0 * 16.0;
        assert!((measure("Hello", TextStyle::Heading) - bold).abs() < 1e-3);
    }

    #[test]
    fn characters_that_the_face_lacks_have_a_width() {
        let size = TextStyle::Card.size();
        assert_eq!(measure("\u{6771}\u{4eac}", TextStyle::Card), 2.0 * size);
        // A combining mark adds nothing; a family of four is one picture.
        assert_eq!(measure("e\u{301}", TextStyle::Card), measure("e", TextStyle::Card));
        assert_eq!(
            measure("\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}", TextStyle::Card),
            1.3 * size
        );
        assert!(measure("\u{645}\u{631}\u{62d}\u{628}\u{627}", TextStyle::Card) > 2.5 * size);
    }

    #[test]
    fn white_space_is_one_space_and_controls_are_replaced() {
        assert_eq!(clean("  a\r\n\tb\u{0}c \u{2028}"), "a b\u{fffd}c");
        assert_eq!(wrap("", TextStyle::Card, 100.0), Vec::<String>::new());
        assert_eq!(wrap(" \n ", TextStyle::Card, 100.0), Vec::<String>::new());
    }

    #[test]
    fn lines_are_even() {
        let lines = wrap("Fill-level sensors on street bins", TextStyle::Card, 160.0);
        assert_eq!(lines, ["Fill-level sensors", "on street bins"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut_and_nothing_is_lost() {
        let word = "x".repeat(400);
        let lines = wrap(&word, TextStyle::Card, 150.0);
        assert!(lines.len() > 10);
        assert_eq!(lines.concat(), word);
    }

    #[test]
    fn the_first_strong_letter_gives_the_direction() {
        assert_eq!(
            direction("12 \u{5e9}\u{5dc}\u{5d5}\u{5dd} abc"),
            TextDirection::RightToLeft
        );
        assert_eq!(direction("abc \u{5e9}"), TextDirection::LeftToRight);
        assert_eq!(direction("12"), TextDirection::LeftToRight);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(text in "\\PC{0,200}", width in 60.0..400.0f64) {
            let lines = wrap(&text, TextStyle::Card, width);
            for line in &lines {
                prop_assert!(!line.is_empty());
                let alone = line.graphemes(true).count() == 1;
                prop_assert!(alone || measure(line, TextStyle::Card) <= width + 1e-6, "{line:?}");
            }
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&clean(&text)));
        }
    }
}
