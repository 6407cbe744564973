//! What a file is, by what is in it and never by its name.

mod json;
mod package;
mod text;
mod xml;

use std::borrow::Cow;

/// How much of a text is looked at, in bytes: what a file is shows at its beginning.
const LOOKED_AT: usize = 1 << 20;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $label:literal $(=> $advice:literal)?),* $(,)?) => {
        /// What a file is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FileKind {
            $($(#[$doc])* $kind,)*
        }

        impl FileKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// What it is, with its article: `an Excel workbook`.
            pub fn label(self) -> &'static str {
                match self { $(Self::$kind => $label,)* }
            }

            /// What reads it, or what to do so that something does, as half a sentence; empty where there is nothing to say.
            pub fn advice(self) -> &'static str {
                match self { $(Self::$kind => concat!($($advice)?),)* }
            }
        }
    };
}

kinds! {
    /// No byte, or nothing but white space.
    Empty = "empty" => "`benefit-map new` makes a small map to start from",
    /// A benefit map, or what may become one once its faults are put right.
    Map = "a benefit map" => "give its name where a map is expected",
    /// Seals of a map.
    Seals = "a file of seals" => "`benefit-map seal --verify` reads it",
    /// The findings of an earlier run.
    Baseline = "a baseline of findings" => "`benefit-map check --baseline` reads it",
    /// Findings that `check` printed.
    Findings = "a list of findings as JSON" => "name the map that they are of",
    /// What another command printed for programs.
    Answer = "a result of benefit-map as JSON" => "name the map that it is of",
    /// Findings in the format of code hosts.
    Sarif = "a SARIF file of findings" => "name the map that they are of",
    /// The schema of a format.
    Schema = "a JSON Schema" => "name the map itself",
    /// Several maps under one roof.
    Portfolio = "a portfolio of maps" => "name one of its maps",
    /// Boxes and lines as numbers.
    Scene = "the numbers of a drawing" => "name the map that was drawn",
    /// What a workshop did.
    Journal = "the journal of a workshop" => "name the map that is next to it",
    /// A project of Kumu.
    Kumu = "a Kumu project" => "`benefit-map import kumu` makes a map of it",
    /// JSON of any other shape.
    Json = "JSON, but not a benefit map" => "a map begins with {\"format\": 1, \"title\": …}",
    /// A table with the columns of measurements.
    Measurements = "a table of measurements" => "name it with --measurements, beside the map",
    /// Text in rows and columns.
    Table = "a table (CSV)" => "`benefit-map import tables` makes a map of a folder of such tables",
    /// A workbook of Excel since 2007.
    Workbook = "an Excel workbook" => "`benefit-map import xlsx` makes a map of it",
    /// A workbook of Excel in its binary format.
    BinaryWorkbook = "an Excel workbook in the binary format (.xlsb)" => "save it as .xlsx, and `benefit-map import xlsx` makes a map of it",
    /// A workbook of Excel before 2007.
    OldWorkbook = "an Excel workbook in the old format (.xls)" => "save it as .xlsx, and `benefit-map import xlsx` makes a map of it",
    /// A workbook of LibreOffice.
    OpenWorkbook = "an OpenDocument workbook (.ods)" => "save it as .xlsx, and `benefit-map import xlsx` makes a map of it",
    /// A document of Word or LibreOffice.
    Document = "a text document" => "a map cannot be read from one",
    /// Slides.
    Slides = "a presentation" => "a map cannot be read from one",
    /// A drawing of Visio.
    Visio = "a Visio drawing" => "a map cannot be read from one",
    /// An Office file that needs a password, or one of before 2007 that is no workbook.
    OldOffice = "an Office file in an old format or with a password" => "save it in a current format, without a password",
    /// Files packed together.
    Zip = "a ZIP archive" => "unpack it, and name a file in it",
    /// Graphviz DOT.
    Dot = "a Graphviz DOT file" => "`benefit-map import dot` makes a map of it",
    /// GraphML.
    GraphMl = "a GraphML file" => "`benefit-map import graphml` makes a map of it",
    /// An ArchiMate model in the exchange format.
    Archimate = "an ArchiMate model" => "`benefit-map import archimate` makes a map of it",
    /// A model in the format of Archi itself.
    Archi = "a model of Archi" => "export it from Archi as an Open Exchange file for `benefit-map import archimate`, or as CSV for `benefit-map import archi-csv`",
    /// A drawing of draw.io.
    Drawio = "a draw.io drawing" => "benefit-map writes draw.io files but cannot read them, and draw.io exports no format that it can read: draw the map in `benefit-map workshop`, or type its boxes and links into tables for `benefit-map import tables`",
    /// A Mermaid diagram.
    Mermaid = "a Mermaid diagram" => "benefit-map writes Mermaid but cannot read it: write the boxes and links as DOT for `benefit-map import dot`, or as tables for `benefit-map import tables`",
    /// Test results.
    Junit = "a JUnit file of findings" => "name the map that they are of",
    /// A picture of lines.
    Svg = "an SVG picture" => "a map cannot be read from a picture",
    /// A page.
    Html = "an HTML page" => "a map cannot be read from one",
    /// XML of any other sort.
    Xml = "XML, but not from a known tool" => "benefit-map reads GraphML and ArchiMate models",
    /// A picture of pixels.
    Png = "a PNG picture" => "a map cannot be read from a picture",
    /// A picture of pixels in another format.
    Picture = "a picture" => "a map cannot be read from a picture",
    /// Pages.
    Pdf = "a PDF document" => "a map cannot be read from one",
    /// Words.
    Text = "text, but not a benefit map" => "a map begins with {\"format\": 1, \"title\": …}",
    /// Nothing of these.
    Binary = "not text" => "a map is a JSON file",
}

impl FileKind {
    /// What the bytes of a file are. A part of them will do, as long as it is their beginning and, of packed files, their end too.
    pub fn of(bytes: &[u8]) -> Self {
        if let Some(kind) = package::kind(bytes) {
            return kind;
        }
        let Some(text) = decoded(&bytes[..bytes.len().min(LOOKED_AT)]) else {
            return Self::Binary;
        };
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let after_comments = text::without_comments(text);
        match after_comments.chars().next() {
            _ if text.is_empty() => Self::Empty,
            Some('<') => xml::kind(text),
            Some('{' | '[' | '"') if json::may_be(after_comments) => json::kind(after_comments),
            _ if json::is_literal(after_comments) => Self::Json,
            _ => text::kind(text),
        }
    }

    /// Whether it is a thing that people made and no command can make again: such a file is not to be written over by a result.
    pub fn is_source(self) -> bool {
        matches!(
            self,
            Self::Map | Self::Seals | Self::Portfolio | Self::Journal | Self::Measurements
        )
    }
}

/// The text of the bytes, whose last character may be cut; none where they are no text.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let wide = |bytes: &[u8], pair: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|two| pair([two[0], two[1]]));
        let letters = char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER));
        Some(Cow::Owned(letters.collect::<String>()))
    };
    match bytes {
        [0xff, 0xfe, ..] | [1..=127, 0, ..] => wide(bytes, u16::from_le_bytes),
        [0xfe, 0xff, ..] | [0, 1..=127, ..] => wide(bytes, u16::from_be_bytes),
        _ => {
            // What begins as JSON is shown its control characters one by one.
            let is_json = bytes.trim_ascii_start().starts_with(b"{");
            let text = String::from_utf8_lossy(bytes);
            let is_strange = |c: &char| matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1a}' | '\u{1c}'..='\u{1f}');
            let broken = text.matches(char::REPLACEMENT_CHARACTER).count();
            let is_text = !text.chars().any(|c| is_strange(&c)) && broken * 4 <= text.chars().count();
            (is_json || is_text).then_some(text)
        }
    }
}

#[cfg(test)]
mod tests;
