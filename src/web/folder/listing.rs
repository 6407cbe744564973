//! What is in a folder: its maps, its portfolios, and the files that are meant to be one and cannot be read.

// Here the workshop looks into the folder that it was given.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::paths::{Stamp, is_hidden, stamp, stamp_of};
use super::portfolio_files::Inputs;
use crate::file::{Document, Faults, FileKind};
use crate::portfolio;
use crate::session::hash;
use crate::web::private;

/// How many names of files and folders are looked at.
const LOOKED_AT: usize = 5_000;
/// How many files are listed.
pub(super) const LISTED: usize = 500;
/// How many folders lie within one another at most.
const DEEP: usize = 6;
/// A map that is longer than this is listed by its name alone: to know more it would have to be read whole, in bytes.
const READ: u64 = 16 << 20;
/// The longest title or reason that is sent, in characters.
const LONGEST: usize = 300;

/// One file of the list.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its name from the folder, with `/` between folders.
    pub name: String,
    pub path: PathBuf,
    pub stamp: Stamp,
    pub kind: Kind,
}

/// What a file is.
#[derive(Debug)]
pub(super) enum Kind {
    Map {
        title: String,
        /// `None` where the map is too long to be read for the list.
        boxes: Option<usize>,
    },
    Portfolio {
        title: String,
        maps: usize,
        /// The files that its dashboard is made of.
        inputs: Inputs,
    },
    /// A map or a portfolio that cannot be read, and why.
    Broken { why: String },
}

/// What is in the folder, in the order of the names.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub entries: Vec<Arc<Entry>>,
    /// Whether there is more than is listed.
    pub is_cut: bool,
}

impl Listing {
    /// The file of that name.
    pub fn find(&self, name: &str) -> Option<&Arc<Entry>> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

/// Looks into a folder again and again, and reads only what looks otherwise than before.
#[derive(Debug)]
pub(super) struct Reader {
    /// The folder's true name.
    root: PathBuf,
    /// What was found at each path that is no map and no portfolio is remembered, too.
    known: BTreeMap<PathBuf, (Stamp, Option<Arc<Entry>>)>,
}

impl Reader {
    pub fn new(root: PathBuf) -> Self {
        let known = BTreeMap::new();
        Self { root, known }
    }

    /// What is in the folder now.
    ///
    /// # Errors
    /// Where the folder itself cannot be read.
    pub fn look(&mut self) -> io::Result<Listing> {
        let mut walk = Walk::default();
        walk.folder(&self.root, DEEP)?;
        walk.files.sort();
        let mut listing = Listing {
            entries: Vec::new(),
            is_cut: walk.is_cut,
        };
        let mut known = BTreeMap::new();
        for (path, stamp) in walk.files {
            let found = match self.known.remove(&path) {
                Some((before, found)) if before == stamp => found,
                _ => self.entry(&path, stamp).map(Arc::new),
            };
            if let Some(entry) = &found {
                match listing.entries.len() < LISTED {
                    true => listing.entries.push(entry.clone()),
                    false => listing.is_cut = true,
                }
            }
            known.insert(path, (stamp, found));
        }
        self.known = known;
        Ok(listing)
    }

    /// What a file is; `None` where it is nothing that is listed.
    fn entry(&self, path: &Path, stamp: Stamp) -> Option<Entry> {
        let name = name_of(&self.root, path)?;
        let kind = kind_of(&name, path, stamp)?;
        Some(Entry {
            name,
            path: path.to_owned(),
            stamp,
            kind,
        })
    }
}

/// A path from the folder, as it is written in the list; `None` where it is no text.
fn name_of(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.components();
    let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

fn kind_of(name: &str, path: &Path, stamp: Stamp) -> Option<Kind> {
    let broken = |why: String| Some(Kind::Broken { why: short(&why) });
    if stamp.length > READ {
        // What it is shows at the beginning, but the rest is too much for a list.
        return (stamp.length <= private::LARGEST).then(|| Kind::Map {
            title: String::new(),
            boxes: None,
        });
    }
    let bytes = match private::read_in_place(path) {
        Ok(bytes) => bytes,
        // Gone meanwhile, or no longer what it was: the next look knows.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidInput) => return None,
        Err(error) => return broken(format!("it cannot be read: {error}")),
    };
    match FileKind::of(&bytes) {
        FileKind::Map => match Document::parse(name, bytes) {
            Ok(document) => Some(Kind::Map {
                title: short(document.map.title.trim()),
                boxes: Some(document.map.nodes.len()),
            }),
            Err(faults) => broken(first_fault(&faults)),
        },
        FileKind::Portfolio => {
            let Ok(text) = String::from_utf8(bytes) else {
                return broken("it is not UTF-8: save it again as UTF-8".to_owned());
            };
            match portfolio::read(name, &text) {
                Ok(portfolio) => Some(Kind::Portfolio {
                    title: short(portfolio.title.trim()),
                    maps: portfolio.maps.len(),
                    inputs: Inputs::of(path, &portfolio),
                }),
                Err(error) => broken(error.to_string().lines().next().unwrap_or_default().to_owned()),
            }
        }
        _ => None,
    }
}

/// The first fault of a map, with its place.
pub(super) fn first_fault(faults: &Faults) -> String {
    match faults.list().first() {
        Some(fault) => format!("line {}, column {}: {}", fault.line, fault.column, fault.kind.message()),
        None => "it holds no map".to_owned(),
    }
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// A walk through a folder.
#[derive(Debug, Default)]
struct Walk {
    files: Vec<(PathBuf, Stamp)>,
    names: usize,
    is_cut: bool,
}

impl Walk {
    /// The JSON files of a folder and of those in it. A symbolic link is neither a file nor a folder here.
    fn folder(&mut self, folder: &Path, deep: usize) -> io::Result<()> {
        let mut names: Vec<_> = Vec::new();
        for one in fs::read_dir(folder)? {
            self.names += 1;
            if self.names > LOOKED_AT {
                self.is_cut = true;
                break;
            }
            names.extend(one.ok());
        }
        names.sort_by_key(fs::DirEntry::file_name);
        for one in names {
            let name = one.file_name();
            let (Some(name), Ok(kind)) = (name.to_str(), one.file_type()) else {
                continue;
            };
            if is_hidden(name) {
                continue;
            }
            let path = one.path();
            if kind.is_dir() {
                match deep {
                    0 => self.is_cut = true,
                    // A folder that may not be read is passed over: the others are still listed.
                    deep => drop(self.folder(&path, deep - 1)),
                }
            } else if kind.is_file() && name.to_ascii_lowercase().ends_with(".json") {
                let about = one.metadata().ok();
                let stamp = about.as_ref().and_then(stamp_of).or_else(|| stamp(&path));
                self.files.extend(stamp.map(|stamp| (path, stamp)));
            }
        }
        Ok(())
    }
}

/// A short text that is another when one of the files is.
pub(super) fn version(stamps: &[Option<Stamp>]) -> String {
    hash(&format!("{stamps:?}"))
}
