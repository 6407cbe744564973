//! The faces that text is drawn with where it becomes points or goes into a PDF.

use std::borrow::Cow;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{self, Tree};
use skrifa::MetadataProvider;
use skrifa::raw::FontRef;
use unicode_width::UnicodeWidthChar;

use super::Error;
use super::within::end_of_tag;

/// The bytes of a font file.
pub type Face = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The emoji of Unicode in one colour, for titles that have some: a letter of [`crate::layout::text::REGULAR`] stands
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

    /// An SVG of ours with every text shaped and placed.
    pub(super) fn shape(&self, svg: &str) -> Result<Tree, Error> {
        let options = usvg::Options {
            fontdb: Arc::clone(&self.database),
            // Nothing is ever loaded: what we write holds no images.
            resources_dir: None,
            ..usvg::Options::default()
        };
        Tree::from_str(&self.prepared(svg), &options).map_err(Error::Svg)
    }

    /// The SVG with its texts made ready for a shaper that takes one face for a piece of text, begins every line at
    /// its left end, and takes it to run from left to right: letters that the first face lacks stand in a `tspan` of
    /// their own with a face that has them, and lines that run from right to left end where they should begin.
    fn prepared<'s>(&self, svg: &'s str) -> Cow<'s, str> {
        let lacks = svg.chars().any(|c| !c.is_ascii() && self.face_for(c) > 0);
        if !lacks && !svg.contains(RIGHT_TO_LEFT) {
            return Cow::Borrowed(svg);
        }
        let mut out = String::with_capacity(svg.len() * 2);
        let mut rest = svg;
        let mut inside = Inside::Elsewhere;
        while let Some(start) = rest.find('<') {
            let (text, from) = rest.split_at(start);
            self.text(&mut out, text, inside);
            let (tag, after) = from.split_at(end_of_tag(from));
            inside = match (inside, tag) {
                (_, tag) if tag.starts_with("<text ") && tag.contains(RIGHT_TO_LEFT) => Inside::RightToLeft,
                (_, tag) if tag.starts_with("<text ") => Inside::Text,
                (_, "</text>") => Inside::Elsewhere,
                (inside, _) => inside,
            };
            match inside {
                Inside::RightToLeft => out.push_str(&tag.replace(RIGHT_TO_LEFT, " text-anchor=\"end\"")),
                _ => out.push_str(tag),
            }
            rest = after;
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    /// The words of a text element, letters of other faces apart.
    fn text(&self, out: &mut String, text: &str, inside: Inside) {
        if inside == Inside::Elsewhere || text.trim().is_empty() {
            out.push_str(text);
            return;
        }
        if inside == Inside::RightToLeft {
            // Right-to-left embedding: usvg takes every line to run the other way.
            out.push('\u{202b}');
        }
        let mut current = 0;
        for c in text.chars() {
            // Marks and joiners go with what they stand on.
            let face = match UnicodeWidthChar::width(c) {
                Some(0) | None => current,
                _ => self.face_for(c),
            };
            if face != current {
                if current > 0 {
                    out.push_str("</tspan>");
                }
                if let Some((_, family)) = self.files.get(face).filter(|_| face > 0) {
                    let family = family.replace(['"', '\'', '<', '&'], "");
                    out.push_str(&format!("<tspan font-family=\"'{family}'\">"));
                }
                current = face;
            }
            out.push(c);
        }
        if current > 0 {
            out.push_str("</tspan>");
        }
        if inside == Inside::RightToLeft {
            out.push('\u{202c}');
        }
    }

    /// The first file that has the letter; the first of all where none has.
    fn face_for(&self, letter: char) -> usize {
        let has = |(file, _): &(Face, String)| {
            FontRef::from_index((**file).as_ref(), 0).is_ok_and(|font| font.charmap().map(letter).is_some())
        };
        self.files.iter().position(has).unwrap_or(0)
    }
}

/// What `svg` writes on a line that runs from right to left.
const RIGHT_TO_LEFT: &str = " direction=\"rtl\"";

/// Where the words of an SVG stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Elsewhere,
    Text,
    RightToLeft,
}
