//! The archive: its parts, their types and their relations (ECMA-376 part 2, Open Packaging Conventions).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::house::{Reference, Target};
use crate::xml::{Element, declared, el};

/// Why a package could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The archive could not be packed.
    #[error("the file could not be packed")]
    Pack(#[source] zip::result::ZipError),
    /// What was read is no archive, or a damaged one.
    #[error(
        "the file is not an Office document, or is damaged: open it in the program that made it, and save it again"
    )]
    Damaged(#[source] zip::result::ZipError),
    /// A part could not be unpacked.
    #[error("the part {name} of the document could not be read")]
    Part {
        /// Its name.
        name: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A document that would fill the memory.
    #[error("the part {name} of the document is larger than {limit} bytes unpacked, which no template needs")]
    TooLarge {
        /// Its name.
        name: String,
        /// In bytes.
        limit: u64,
    },
    /// A document whose house style is made of more than any needs.
    #[error(
        "the headers and footers of the document are made of more than {parts} parts or {bytes} bytes, which no template needs: take pictures out of them"
    )]
    TooMuch {
        /// The most parts.
        parts: usize,
        /// The most bytes, all parts together.
        bytes: usize,
    },
    /// A part with a document type, in which it could define texts that grow as they are read.
    #[error(
        "the part {part} of the document has a document type (<!DOCTYPE>), which Office programs never write: open it in the program that made it, and save it again"
    )]
    DocumentType {
        /// The part.
        part: String,
    },
}

/// No part of a document that is read is larger, in bytes.
pub const MAX_UNPACKED: u64 = 64 << 20;

/// A part or an address that a part refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Relation {
    /// What the referring part calls it: `rId1`.
    id: String,
    /// What it is: the last words of the address that names the kind, such as `slide` or `image`; an address in full
    /// where it is no kind of ECMA-376.
    kind: String,
    /// Where it is: relative to the referring part, or an address.
    target: String,
    side: Side,
}

/// Whether a target is in the package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    Inside,
    Outside,
}

impl Relation {
    fn new(kind: &str, target: &str, side: Side) -> Self {
        Self {
            id: String::new(),
            kind: kind.to_owned(),
            target: target.to_owned(),
            side,
        }
    }
}

/// Parts and relations, ready to be packed.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// Name without the first slash, type, bytes; in the order of adding.
    parts: Vec<(String, String, Vec<u8>)>,
    /// The referring part, the empty text for the package itself.
    relations: BTreeMap<String, Vec<Relation>>,
    /// Where a relation stands in the list of its part, by part, kind and target.
    known: HashMap<(String, String, String, Side), usize>,
    /// The names that came with a relation, by its part.
    named: BTreeSet<(String, String)>,
    /// The last number that was given to a relation of a part.
    next: HashMap<String, usize>,
}

/// Where the kinds of ECMA-376 are named.
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
/// The kind of the part that says title and author.
const CORE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

impl Package {
    /// A package with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part: its name without the first slash, its content type, its bytes.
    pub fn part(&mut self, name: &str, kind: &str, bytes: impl Into<Vec<u8>>) {
        self.parts.push((name.to_owned(), kind.to_owned(), bytes.into()));
    }

    /// Adds a part of XML; the declaration is put before it.
    pub fn xml(&mut self, name: &str, kind: &str, root: &Element) {
        self.part(name, kind, root.to_part());
    }

    /// Adds a part of XML that was written elsewhere, without its declaration.
    pub fn text(&mut self, name: &str, kind: &str, xml: &str) {
        self.part(name, kind, declared(xml));
    }

    /// Says that a part refers to another, and returns the name that it calls it by. The empty text is the package.
    ///
    /// `kind` is the last words of the address that names it, such as `slide` or `image`; an address in full where it is
    /// no kind of ECMA-376. `target` is relative to the referring part.
    pub fn relate(&mut self, from: &str, kind: &str, target: &str) -> String {
        self.add(from, Relation::new(kind, target, Side::Inside))
    }

    /// Says that a part refers to an address outside the package.
    pub fn relate_outside(&mut self, from: &str, kind: &str, address: &str) -> String {
        self.add(from, Relation::new(kind, address, Side::Outside))
    }

    /// Says that a part refers to another by the name that it calls it by already; before any that is given a name here.
    pub fn refer(&mut self, from: &str, reference: &Reference) {
        let (target, side) = match &reference.target {
            Target::Part(name) => (format!("/{name}"), Side::Inside),
            Target::Outside(address) => (address.clone(), Side::Outside),
        };
        self.named.insert((from.to_owned(), reference.id.clone()));
        self.relations.entry(from.to_owned()).or_default().push(Relation {
            id: reference.id.clone(),
            ..Relation::new(&reference.kind, &target, side)
        });
    }

    fn add(&mut self, from: &str, relation: Relation) -> String {
        let of_part = self.relations.entry(from.to_owned()).or_default();
        let key = (
            from.to_owned(),
            relation.kind.clone(),
            relation.target.clone(),
            relation.side,
        );
        if let Some(at) = self.known.get(&key) {
            return of_part[*at].id.clone();
        }
        self.known.insert(key, of_part.len());
        let next = self.next.entry(from.to_owned()).or_default();
        let id = loop {
            *next += 1;
            let id = format!("rId{next}");
            // One that came with a name of its own may have this one.
            if !self.named.contains(&(from.to_owned(), id.clone())) {
                break id;
            }
        };
        of_part.push(Relation {
            id: id.clone(),
            ..relation
        });
        id
    }

    /// Adds what every document says of itself: title, author, language, what it is about. No day: the same document
    /// gives the same bytes.
    pub fn describe(&mut self, title: &str, author: &str, language: &str, description: &str) {
        let fields = [
            ("dc:title", title),
            ("dc:creator", author),
            ("dc:description", description),
            ("dc:language", language),
        ];
        let said = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let core = el("cp:coreProperties")
            .set(
                "xmlns:cp",
                "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            )
            .set("xmlns:dc", "http://purl.org/dc/elements/1.1/")
            .set("xmlns:dcterms", "http://purl.org/dc/terms/")
            .set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
            .add_all(said.map(|(tag, value)| el(tag).add(value)));
        self.xml(
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
            &core,
        );
        self.relate("", CORE, "docProps/core.xml");
        let app = el("Properties")
            .set(
                "xmlns",
                "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
            )
            .add(el("Application").add("benefit-map"));
        self.xml(
            "docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
            &app,
        );
        self.relate("", "extended-properties", "docProps/app.xml");
    }

    /// The packed file.
    ///
    /// # Errors
    /// [`Error::Pack`] where the archive cannot hold it.
    pub fn pack(&self) -> Result<Vec<u8>, Error> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let mut file = |name: &str, bytes: &[u8]| {
            archive.start_file(name, options).map_err(Error::Pack)?;
            archive.write_all(bytes).map_err(|e| Error::Pack(e.into()))
        };
        file("[Content_Types].xml", self.types().as_bytes())?;
        for (from, relations) in &self.relations {
            file(&relations_of(from), relations_part(relations).as_bytes())?;
        }
        for (name, _, bytes) in &self.parts {
            file(name, bytes)?;
        }
        Ok(archive.finish().map_err(Error::Pack)?.into_inner())
    }

    fn types(&self) -> String {
        let default = |ending: &str, kind: &str| el("Default").set("Extension", ending).set("ContentType", kind);
        let pictures = [("png", "image/png"), ("svg", "image/svg+xml")];
        let there = pictures.into_iter().filter(|(ending, _)| {
            let ending = format!(".{ending}");
            self.parts.iter().any(|(name, ..)| name.ends_with(&ending))
        });
        let by_ending = |name: &str, kind: &str| {
            let known = pictures
                .iter()
                .find(|(ending, _)| name.ends_with(&format!(".{ending}")));
            known.is_some_and(|(_, usual)| *usual == kind)
        };
        let others = self.parts.iter().filter(|(name, kind, _)| !by_ending(name, kind));
        el("Types")
            .set("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")
            .add(default(
                "rels",
                "application/vnd.openxmlformats-package.relationships+xml",
            ))
            .add(default("xml", "application/xml"))
            .add_all(there.map(|(ending, kind)| default(ending, kind)))
            .add_all(others.map(|(name, kind, _)| {
                el("Override")
                    .set("PartName", format!("/{name}"))
                    .set("ContentType", kind)
            }))
            .to_part()
    }
}

/// Where the relations of a part stand.
fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

fn relations_part(relations: &[Relation]) -> String {
    let kind = |relation: &Relation| match relation.kind.contains(':') {
        true => relation.kind.clone(),
        false => format!("{KINDS}{}", relation.kind),
    };
    el("Relationships")
        .set("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")
        .add_all(relations.iter().map(|relation| {
            el("Relationship")
                .set("Id", &relation.id)
                .set("Type", kind(relation))
                .set("Target", &relation.target)
                .set("TargetMode", (relation.side == Side::Outside).then_some("External"))
        }))
        .to_part()
}

/// A package that is read.
pub type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// A package of bytes, to read parts of.
///
/// # Errors
/// [`Error::Damaged`] for bytes that are no archive.
pub fn open(bytes: &[u8]) -> Result<Archive<'_>, Error> {
    ZipArchive::new(Cursor::new(bytes)).map_err(Error::Damaged)
}

/// A part of a package, by its name without the first slash; `None` where there is none.
///
/// # Errors
/// [`Error::Part`] where it cannot be unpacked, [`Error::TooLarge`] past [`MAX_UNPACKED`] bytes, whatever the archive
/// says of its size.
pub fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<Vec<u8>>, Error> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(Error::Damaged(error)),
    };
    let mut bytes = Vec::new();
    file.take(MAX_UNPACKED + 1)
        .read_to_end(&mut bytes)
        .map_err(|source| Error::Part {
            name: name.to_owned(),
            source,
        })?;
    if bytes.len() as u64 > MAX_UNPACKED {
        return Err(Error::TooLarge {
            name: name.to_owned(),
            limit: MAX_UNPACKED,
        });
    }
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_give_the_same_bytes_and_read_back() {
        let mut package = Package::new();
        package.xml("word/document.xml", "application/x", &el("a"));
        assert_eq!(package.relate("", "officeDocument", "word/document.xml"), "rId1");
        assert_eq!(
            package.relate_outside("word/document.xml", "hyperlink", "https://a.example/?a&b"),
            "rId1"
        );
        assert_eq!(
            package.relate_outside("word/document.xml", "hyperlink", "https://a.example/?a&b"),
            "rId1"
        );
        let bytes = package.pack().unwrap();
        assert_eq!(package.pack().unwrap(), bytes);
        let mut archive = open(&bytes).unwrap();
        let document = part(&mut archive, "word/document.xml").unwrap().unwrap();
        assert!(document.ends_with(b"<a/>"));
        let relations = part(&mut archive, "word/_rels/document.xml.rels").unwrap().unwrap();
        assert!(
            String::from_utf8(relations)
                .unwrap()
                .contains("?a&amp;b\" TargetMode=\"External\"")
        );
        assert!(part(&mut archive, "word/nothing.xml").unwrap().is_none());
        assert!(open(b"PK is not enough").is_err());
    }

    #[test]
    fn many_addresses_take_no_longer_each() {
        // A search through all that came before would take minutes.
        const MANY: usize = 100_000;
        let mut package = Package::new();
        let mut relate =
            |n: usize| package.relate_outside("word/document.xml", "hyperlink", &format!("https://a.example/{n}"));
        for n in 0..MANY {
            assert_eq!(relate(n), format!("rId{}", n + 1));
        }
        assert_eq!(relate(MANY - 1), format!("rId{MANY}"));
    }
}
