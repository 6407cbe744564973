//! How far a text reaches, by the metrics of the type that it is shown in.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::FontRef;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::scene::{TextStyle, Weight};

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

/// How far the baseline of a line stands below its upper side, in px, with the type centred in its leading.
pub fn baseline(style: TextStyle) -> f64 {
    let leftover = style.leading() - (ASCENT + DESCENT) * style.size();
    (leftover / 2.0 + ASCENT * style.size()).round()
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
