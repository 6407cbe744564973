//! What a document takes over from another as it is: parts, and all that they refer to, under a folder of their own.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::package::{Archive, Error, Package, part};
use super::word::{attribute, has_document_type};
use crate::escape::is_safe_link;

/// The folder of what is taken over: no part of ours has a name in it.
const FOLDER: &str = "house";
/// So many parts at most are taken over.
const MOST_PARTS: usize = 500;
/// So many bytes at most are taken over, all parts together.
const MOST_BYTES: usize = 64 << 20;
/// Stands in for a picture outside the document, which would tell its owner who opens it: one clear point.
const BLANK: &[u8] = include_bytes!("../../assets/blank.png");
const BLANK_NAME: &str = "house/blank.png";

/// How a part refers to another, or to an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What the referring part calls it.
    pub id: String,
    /// The whole address that names its kind.
    pub kind: String,
    /// Where it is: a part of the package by its full name, or an address outside.
    pub target: Target,
}

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a part, by its name without the first slash.
    Part(String),
    /// To an address.
    Outside(String),
}

/// Parts of another package, with what they refer to.
#[derive(Debug, Clone, Default)]
pub struct House {
    /// New name, type, bytes.
    parts: Vec<(String, String, Vec<u8>)>,
    /// By the new name of the referring part.
    references: BTreeMap<String, Vec<Reference>>,
}

impl House {
    /// The parts of these names and all that they refer to, directly or not. Pictures outside the package become one clear
    /// point, addresses outside that are no web or mail address lead nowhere, and programs (macros) are left out.
    ///
    /// # Errors
    /// [`Error::Part`] and [`Error::TooLarge`] as [`part`], [`Error::TooMuch`] past the number of parts or bytes that a house
    /// style needs, [`Error::DocumentType`] for a part that could define texts that grow.
    pub fn of(archive: &mut Archive<'_>, names: impl IntoIterator<Item = String>) -> Result<Self, Error> {
        let types = Types::read(archive)?;
        let mut house = Self::default();
        let mut waiting: Vec<String> = names.into_iter().collect();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut size = 0;
        while let Some(name) = waiting.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let Some(bytes) = part(archive, &name)? else { continue };
            size += bytes.len();
            if seen.len() > MOST_PARTS || size > MOST_BYTES {
                return Err(Error::TooMuch {
                    parts: MOST_PARTS,
                    bytes: MOST_BYTES,
                });
            }
            if name.ends_with(".xml") && std::str::from_utf8(&bytes).map_or(true, has_document_type) {
                return Err(Error::DocumentType { part: name });
            }
            let mut references = Vec::new();
            for mut reference in references_of(archive, &name)? {
                let is = |word: &str| reference.kind.ends_with(&format!("/{word}"));
                if is("vbaProject") || is("attachedToolbars") {
                    continue;
                }
                reference.target = match reference.target {
                    Target::Part(to) => {
                        waiting.push(to.clone());
                        Target::Part(moved(&to))
                    }
                    Target::Outside(address) => house.outside(&reference.kind, address),
                };
                references.push(reference);
            }
            if !references.is_empty() {
                house.references.insert(moved(&name), references);
            }
            house.parts.push((moved(&name), types.of(&name), bytes));
        }
        house.parts.sort();
        Ok(house)
    }

    /// Where a reference leads that leads out of the package.
    fn outside(&mut self, kind: &str, address: String) -> Target {
        if kind.ends_with("/image") {
            if self.parts.iter().all(|(name, ..)| name != BLANK_NAME) {
                self.parts
                    .push((BLANK_NAME.to_owned(), "image/png".to_owned(), BLANK.to_vec()));
            }
            return Target::Part(BLANK_NAME.to_owned());
        }
        match is_safe_link(&address) {
            true => Target::Outside(address),
            false => Target::Outside("about:blank".to_owned()),
        }
    }

    /// What the part of that name is called in a package that holds the house; `None` where it was not taken over.
    pub fn name(&self, name: &str) -> Option<String> {
        let name = moved(name);
        self.parts.iter().any(|(known, ..)| *known == name).then_some(name)
    }

    /// The same reference of another package, to the part as it is called here; `None` where that was not taken over.
    pub fn taken_over(&mut self, reference: &Reference) -> Option<Reference> {
        let target = match &reference.target {
            Target::Part(name) => Target::Part(self.name(name)?),
            Target::Outside(address) => self.outside(&reference.kind, address.clone()),
        };
        Some(Reference {
            target,
            ..reference.clone()
        })
    }

    /// Puts all of it into a package.
    pub fn add_to(&self, package: &mut Package) {
        for (name, kind, bytes) in &self.parts {
            package.part(name, kind, bytes.clone());
        }
        for (from, references) in &self.references {
            for reference in references {
                package.refer(from, reference);
            }
        }
    }
}

fn moved(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

/// What a part refers to, in its own order; what leads out of the package by its path is left out.
///
/// # Errors
/// As [`part`].
pub fn references_of(archive: &mut Archive<'_>, name: &str) -> Result<Vec<Reference>, Error> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let list = match folder {
        "" => format!("_rels/{file}.rels"),
        folder => format!("{folder}/_rels/{file}.rels"),
    };
    let Some(bytes) = part(archive, &list)? else {
        return Ok(Vec::new());
    };
    let text = String::from_utf8_lossy(&bytes);
    if has_document_type(&text) {
        return Err(Error::DocumentType { part: list });
    }
    let mut out = Vec::new();
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    loop {
        let tag = match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "Relationship" => tag,
            Ok(Event::Eof) | Err(_) => return Ok(out),
            Ok(_) => continue,
        };
        let (Some(id), Some(kind), Some(target)) = (
            attribute(&tag, "Id"),
            attribute(&tag, "Type"),
            attribute(&tag, "Target"),
        ) else {
            continue;
        };
        let target = match attribute(&tag, "TargetMode").as_deref() {
            Some("External") => Target::Outside(target),
            _ => match resolved(folder, &target) {
                Some(target) => Target::Part(target),
                None => continue,
            },
        };
        out.push(Reference { id, kind, target });
    }
}

/// The name of a part that is referred to from a folder; `None` where it would lie outside the package.
fn resolved(folder: &str, target: &str) -> Option<String> {
    let target = target.split('#').next().unwrap_or_default();
    let mut steps: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in target.split('/').filter(|step| !step.is_empty() && *step != ".") {
        match step {
            ".." => {
                steps.pop()?;
            }
            step => steps.push(step),
        }
    }
    (!steps.is_empty()).then(|| steps.join("/"))
}

/// The types of the parts of a package.
struct Types {
    /// By name.
    parts: BTreeMap<String, String>,
    /// By ending, in lower case.
    endings: BTreeMap<String, String>,
}

impl Types {
    fn read(archive: &mut Archive<'_>) -> Result<Self, Error> {
        let mut out = Self {
            parts: BTreeMap::new(),
            endings: BTreeMap::new(),
        };
        let bytes = part(archive, "[Content_Types].xml")?.unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) => {
                    let Some(kind) = attribute(&tag, "ContentType") else {
                        continue;
                    };
                    if let Some(name) = attribute(&tag, "PartName") {
                        out.parts.insert(name.trim_start_matches('/').to_owned(), kind);
                    } else if let Some(ending) = attribute(&tag, "Extension") {
                        out.endings.insert(ending.to_lowercase(), kind);
                    }
                }
                Ok(Event::Eof) | Err(_) => return Ok(out),
                Ok(_) => {}
            }
        }
    }

    fn of(&self, name: &str) -> String {
        let ending = || name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        let known = self.parts.get(name).cloned();
        known
            .or_else(|| self.endings.get(&ending()?).cloned())
            .unwrap_or_else(|| "application/octet-stream".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_resolved_as_addresses_are() {
        assert_eq!(resolved("word", "media/a.png").unwrap(), "word/media/a.png");
        assert_eq!(resolved("word", "../docProps/a.xml").unwrap(), "docProps/a.xml");
        assert_eq!(resolved("word", "/customXml/a.xml").unwrap(), "customXml/a.xml");
        assert_eq!(resolved("word", "../../a.xml"), None);
        assert_eq!(resolved("", ""), None);
    }
}
