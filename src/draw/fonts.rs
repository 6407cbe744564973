//! The faces that text is drawn with where it becomes points or goes into a PDF.

use std::borrow::Cow;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{self, Tree};
use skrifa::MetadataProvider;
use skrifa::raw::FontRef;
use unicode_segmentation::UnicodeSegmentation;

use crate::escape::markup::legal;
use crate::scene::TextDirection;
use crate::xml::{Element, Node, Nodes, el};

use super::{Error, RIGHT_TO_LEFT};

/// The bytes of a font file.
pub type Face = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The emoji of Unicode in one colour, for titles that have some: a letter of [`crate::text::REGULAR`] stands
/// before one of these.
pub const EMOJI: &[u8] = include_bytes!("../../assets/fonts/NotoEmoji-Regular.ttf");

/// Faces in the order in which they are asked for a letter. Cheap to clone.
#[derive(Clone)]
pub struct Fonts {
    database: Arc<Database>,
    /// The first face of every file with the name of its family; the first of all is what text is set in.
    files: Arc<[(Face, String)]>,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fonts({} faces)", self.database.len())
    }
}

impl Fonts {
    /// The faces of font files, the first asked first. What is no font is passed over.
    ///
    /// No face of the system is ever used: the same faces give the same picture on every machine. A letter that none
    /// of them has is drawn as an empty box.
    pub fn new(files: impl IntoIterator<Item = Face>) -> Self {
        let mut database = Database::new();
        let mut known = Vec::new();
        for file in files {
            let ids = database.load_font_source(Source::Binary(Arc::clone(&file)));
            let family = ids
                .first()
                .and_then(|id| Some(database.face(*id)?.families.first()?.0.clone()));
            known.extend(family.map(|family| (file, family)));
        }
        if let Some((_, first)) = known.first() {
            database.set_serif_family(first.as_str());
            database.set_sans_serif_family(first.as_str());
            database.set_monospace_family(first.as_str());
        }
        Self {
            database: Arc::new(database),
            files: known.into(),
        }
    }

    /// A picture of ours with every text shaped and placed.
    ///
    /// # Errors
    /// [`Error::TooManyLetters`] before anything is shaped, since every letter becomes an outline in memory.
    pub(super) fn shape(&self, picture: &Element) -> Result<Tree, Error> {
        let letters = letters(picture);
        if letters > MOST_LETTERS {
            return Err(Error::TooManyLetters { letters });
        }
        let options = usvg::Options {
            fontdb: Arc::clone(&self.database),
            // Nothing is ever loaded: what we write holds no images.
            resources_dir: None,
            ..usvg::Options::default()
        };
        Tree::from_str(&self.prepared(picture).to_drawing(), &options).map_err(Error::Svg)
    }

    /// The picture with its texts made ready for a shaper that takes one face for a piece of text, begins every line at
    /// its left end, and takes it to run from left to right: letters that the first face lacks stand in a `tspan` of
    /// their own with a face that has them, and lines that run from right to left end where they should begin.
    fn prepared<'p>(&self, picture: &'p Element) -> Cow<'p, Element> {
        let mut is_plain = true;
        each_text(picture, &mut |text, words| {
            is_plain &= text.get("direction").is_none() && words.chars().all(|c| c.is_ascii() || self.face_for(c) == 0);
        });
        match is_plain {
            true => Cow::Borrowed(picture),
            false => Cow::Owned(self.ready(picture, None)),
        }
    }

    /// The element with its texts made ready; `inside` is the text element that it is in.
    fn ready(&self, element: &Element, inside: Option<TextDirection>) -> Element {
        let inside = match (element.name(), element.get("direction")) {
            ("text", Some(RIGHT_TO_LEFT)) => Some(TextDirection::RightToLeft),
            ("text", _) => Some(TextDirection::LeftToRight),
            _ => inside,
        };
        let mut children = Nodes::new();
        for child in element.children() {
            match child {
                Node::Element(child) => children.push(self.ready(child, inside)),
                Node::Text(words) => self.words(&mut children, &legal(words), inside),
            }
        }
        let ready = element.with_children(children);
        match (element.name(), inside) {
            ("text", Some(TextDirection::RightToLeft)) => ready.replace("direction", ("text-anchor", "end")),
            _ => ready,
        }
    }

    /// The words of a text element, letters of other faces apart.
    ///
    /// Where a line has several faces, the shaper takes what the first of them makes of the whole line, and lays over it
    /// what the others make of their parts. It miscounts where they join characters that the first did not, and then
    /// loses letters that follow, or panics. The line therefore begins with a joiner that is not seen, of the face that
    /// joins most; and what would be joined by yet another face is drawn in parts.
    fn words(&self, out: &mut Nodes, words: &str, inside: Option<TextDirection>) {
        let Some(direction) = inside.filter(|_| !words.trim().is_empty()) else {
            out.push(words);
            return;
        };
        // Right-to-left embedding: usvg takes every line to run the other way.
        let (begin, end) = match direction {
            TextDirection::RightToLeft => ("\u{202b}", "\u{202c}"),
            TextDirection::LeftToRight => ("", ""),
        };
        let clusters: Vec<(usize, &str)> = words
            .graphemes(true)
            .map(|cluster| (self.face_of(cluster), cluster))
            .collect();
        let others = || clusters.iter().filter(|(face, _)| *face > 0);
        let scripts = || others().find(|(face, _)| !self.is_emoji(*face));
        let Some((base, _)) = scripts().or_else(|| others().next()).copied() else {
            out.push([begin, words, end]);
            return;
        };
        // Accents are worth more than the tones of emoji.
        let accents = clusters
            .iter()
            .any(|(face, cluster)| *face == 0 && cluster.chars().nth(1).is_some());
        let base = if accents && self.is_emoji(base) { 0 } else { base };
        let mut runs = vec![(base, String::from(if begin.is_empty() { UNSEEN } else { begin }))];
        for (face, cluster) in clusters {
            let joined = cluster.chars().nth(1).is_some();
            let (face, parts) = match joined && face != base {
                true if self.has_all(base, cluster) => (base, Cow::Borrowed(cluster)),
                true => (face, in_parts(cluster)),
                false => (face, Cow::Borrowed(cluster)),
            };
            match runs.last_mut().filter(|(current, _)| *current == face) {
                Some((_, run)) => run.push_str(&parts),
                None => runs.push((face, parts.into_owned())),
            }
        }
        // Words, if none: the runs are parts of one line, with no white space between them.
        out.push("");
        for (face, run) in runs {
            match self.files.get(face).filter(|_| face > 0) {
                Some((_, family)) => {
                    let family = family.replace(['"', '\'', '<', '&'], "");
                    out.push(el("tspan").set("font-family", format!("'{family}'")).add(run));
                }
                None => out.push(run),
            }
        }
        out.push(end);
    }

    fn is_emoji(&self, face: usize) -> bool {
        self.files.get(face).is_some_and(|(file, _)| (**file).as_ref() == EMOJI)
    }

    /// Whether a file has every letter of these that is seen.
    fn has_all(&self, face: usize, letters: &str) -> bool {
        let Some((file, _)) = self.files.get(face) else {
            return false;
        };
        FontRef::from_index((**file).as_ref(), 0).is_ok_and(|font| {
            let known = font.charmap();
            letters
                .chars()
                .filter(|c| !is_joiner(*c))
                .all(|c| known.map(c).is_some())
        })
    }

    /// The first file that has what belongs together; else the first that has how it begins.
    fn face_of(&self, cluster: &str) -> usize {
        let first = cluster.chars().next().unwrap_or(' ');
        if cluster.len() == first.len_utf8() {
            return self.face_for(first);
        }
        (0..self.files.len())
            .find(|face| self.has_all(*face, cluster))
            .unwrap_or_else(|| self.face_for(first))
    }

    /// The first file that has the letter; the first of all where none has.
    fn face_for(&self, letter: char) -> usize {
        let has = |(file, _): &(Face, String)| {
            FontRef::from_index((**file).as_ref(), 0).is_ok_and(|font| font.charmap().map(letter).is_some())
        };
        self.files.iter().position(has).unwrap_or(0)
    }
}

/// The most letters of one picture of points or one page.
pub const MOST_LETTERS: usize = 700_000;

/// How many letters a picture of ours draws.
fn letters(picture: &Element) -> usize {
    let mut letters = 0;
    each_text(picture, &mut |_, words| letters += words.chars().count());
    letters
}

/// Goes through all words that are drawn, each with the text element that it is in.
fn each_text<'p>(picture: &'p Element, visit: &mut dyn FnMut(&'p Element, &'p str)) {
    fn within<'p>(text: &'p Element, element: &'p Element, visit: &mut dyn FnMut(&'p Element, &'p str)) {
        for child in element.children() {
            match child {
                Node::Element(child) => within(text, child, visit),
                Node::Text(words) => visit(text, words),
            }
        }
    }
    if picture.name() == "text" {
        within(picture, picture, visit);
        return;
    }
    for child in picture.children() {
        if let Node::Element(child) = child {
            each_text(child, visit);
        }
    }
}

/// A character that joins nothing and is not seen.
const UNSEEN: &str = "\u{200c}";

/// Whether a character only tells how others are shown: joiners and selectors.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}')
}

/// What belongs together, so that no face joins it: letters without marks and emoji without tones, flags as their letters.
fn in_parts(cluster: &str) -> Cow<'_, str> {
    let mut letters = cluster.chars();
    let (Some(first), second) = (letters.next(), letters.next()) else {
        return Cow::Borrowed(cluster);
    };
    let regional = |c: &char| ('\u{1f1e6}'..='\u{1f1ff}').contains(c);
    match second.filter(|second| regional(&first) && regional(second)) {
        Some(second) => Cow::Owned(format!("{first}{UNSEEN}{second}")),
        None => Cow::Borrowed(&cluster[..first.len_utf8()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGULAR: &[u8] = include_bytes!("../../assets/fonts/LiberationSans-Regular.ttf");

    fn fonts() -> Fonts {
        let faces: [Face; 2] = [Arc::new(REGULAR), Arc::new(EMOJI)];
        Fonts::new(faces)
    }

    fn svg() -> Element {
        el("svg")
            .set("xmlns", "http://www.w3.org/2000/svg")
            .set("width", 900)
            .set("height", 90)
    }

    /// The letters that were shaped, and how many of them no face has.
    fn shaped(words: &str) -> (String, usize) {
        let text = el("text")
            .set("font-family", "Liberation Sans")
            .set("x", 9)
            .set("y", 30);
        let tree = fonts().shape(&svg().add(text.add(words))).unwrap();
        let (mut out, mut missing) = (String::new(), 0);
        for node in tree.root().children() {
            let usvg::Node::Text(text) = node else { continue };
            for glyph in text.layouted().iter().flat_map(|span| &span.positioned_glyphs) {
                out.push_str(&glyph.text);
                missing += usize::from(glyph.id.0 == 0);
            }
        }
        (out, missing)
    }

    #[test]
    fn a_picture_of_too_many_letters_is_refused_before_it_is_shaped() {
        let picture = |words: &str| {
            let text = el("text").set("x", 1).add(el("tspan").set("y", 2).add(words)).add("a");
            svg().add(el("title").add(words)).add(text)
        };
        assert_eq!(letters(&picture("ééé")), 4);
        let refused = fonts().shape(&picture(&"W".repeat(MOST_LETTERS))).unwrap_err();
        assert!(
            refused.to_string().contains("700,001 letters") && refused.to_string().contains("700,000"),
            "{refused}"
        );
    }

    #[test]
    fn no_letter_is_lost_beside_emoji_of_several_characters() {
        for words in [
            "Faster \u{1f6ae} pick-up",
            "x \u{1f469}\u{1f3fd}\u{200d}\u{1f527} and what follows",
            "From \u{1f1ec}\u{1f1e7} to \u{1f1eb}\u{1f1f7} and back",
            "First 1\u{fe0f}\u{20e3} then 2\u{fe0f}\u{20e3}, with \u{2764}\u{fe0f}",
            "Offices \u{1f6ae} file flights \u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} efficiently",
            "\u{1f469}\u{200d}\u{1f527}\u{1f1ec}\u{1f1e7}\u{1f1ec}",
        ] {
            let (out, missing) = shaped(words);
            let letters = |text: &str| -> String { text.chars().filter(char::is_ascii_alphabetic).collect() };
            assert_eq!(letters(&out), letters(words), "{words}: {out}");
            assert_eq!(missing, 0, "{words}: {out}");
        }
    }

    #[test]
    fn marks_beside_emoji_lose_no_letter() {
        let (out, _) = shaped("Cafe\u{301} \u{1f469}\u{1f3fd}\u{200d}\u{1f527} no\u{308}tig");
        let seen: String = out.chars().filter(|c| !is_joiner(*c) && *c != ' ').collect();
        assert_eq!(seen, "Cafe\u{301}\u{1f469}no\u{308}tig", "{out}");
    }
}
