//! The project file: what a folder's map, measurements and rules of the house are, and what is built of them.
//!
//! `benefit-map.toml` is found upwards from the working folder. Its settings take the place of options that were not given: they
//! become the defaults of the command line, so a flag wins by itself. What belongs to its map alone (measurements, baseline, seals) is
//! not used for another map.

mod apply;
mod fault;
mod read;

use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Command;

pub use apply::{Refused, is_for, named, parse};
pub use fault::{Fault, Faults, line_and_column};
use read::below;

use crate::files;

/// The name of a project file.
pub const NAME: &str = "benefit-map.toml";

/// A key of the file, and the argument that it is the default of.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// The argument's id.
    pub arg: &'static str,
    /// The commands that it is for; none for every command that has the argument.
    pub commands: &'static [&'static str],
    /// What its value is.
    pub shape: Shape,
    /// Whether it is for the map of the file alone.
    pub of_map: OfMap,
    /// A value, for messages.
    pub example: &'static str,
}

/// What the value of a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A file or a folder.
    File,
    /// One or several.
    Files,
    /// One of the words that the option takes.
    Word,
    /// One of the words that the option takes, or a file.
    WordOrFile,
    /// One or several.
    Words,
    /// A whole number.
    Number,
}

/// Which maps a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfMap {
    /// The map of the file.
    Own,
    /// Every map: how the house does it.
    Any,
}

macro_rules! key {
    ($name:literal, $arg:literal, $commands:expr, $shape:ident, $of:ident, $example:literal) => {
        Key {
            name: $name,
            arg: $arg,
            commands: $commands,
            shape: Shape::$shape,
            of_map: OfMap::$of,
            example: $example,
        }
    };
}

/// The keys, `deny` and `build` aside.
pub static KEYS: [Key; 11] = [
    key!("map", "map", &[], File, Own, "map.json"),
    key!("measurements", "measurements", &[], Files, Own, "measurements.csv"),
    key!("baseline", "baseline", &["check"], File, Own, "known-findings.json"),
    key!("seals", "seals", &["report audit"], File, Own, "map.seal.json"),
    key!("decimal", "decimal", &["status"], Word, Any, "comma"),
    key!("dates", "dates", &["status"], Word, Any, "dmy"),
    key!("first-month", "first_month", &["status"], Number, Any, "4"),
    key!("profile", "profile", &["check"], Word, Any, "business-case"),
    key!("theme", "theme", &["draw"], WordOrFile, Any, "print"),
    key!(
        "template",
        "template",
        &["report business-case"],
        File,
        Any,
        "house-style.docx"
    ),
    key!(
        "slide-template",
        "template",
        &["report business-case"],
        File,
        Any,
        "house.potx"
    ),
];

/// What `deny` says, by command.
pub static DENY: [Key; 4] = [
    key!("deny", "deny", &["check"], Word, Any, "error"),
    key!("deny", "deny", &["status"], Word, Any, "off-track"),
    key!("deny", "deny", &["coverage"], Words, Any, "line-of-sight=100"),
    key!("deny", "deny", &["diff"], Word, Any, "greener"),
];

/// What a file says under one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The key.
    pub key: &'static Key,
    /// Its values; files as they are reached from the working folder.
    pub values: Vec<String>,
    /// Where the key is.
    pub span: Range<usize>,
    /// Where its value is.
    pub value: Range<usize>,
}

/// A file that `build` writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// The file or folder, relative to the project file.
    pub file: PathBuf,
    /// The command that writes it.
    pub make: String,
    /// Its options.
    pub options: Vec<String>,
    /// Where the file is named.
    pub span: Range<usize>,
}

/// A project file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The file, as it is reached from the working folder.
    pub file: PathBuf,
    /// Its folder, likewise; empty for the working folder.
    pub folder: PathBuf,
    /// What is in it.
    pub text: String,
    /// What it says.
    pub settings: Vec<Setting>,
    /// What it builds.
    pub builds: Vec<Build>,
}

impl Project {
    /// The project file of the working folder or of the nearest folder above it; `None` where there is none.
    ///
    /// # Errors
    /// Says what is wrong with the file, as [`Faults`] where it can be read.
    pub fn find(model: &Command) -> Result<Option<Self>> {
        let here = std::env::current_dir().context("the working folder cannot be found")?;
        let mut up = PathBuf::new();
        for folder in here.ancestors() {
            if folder.join(NAME).is_file() {
                return Self::at(&up, model).map(Some);
            }
            up.push("..");
        }
        Ok(None)
    }

    /// The project file of a folder.
    ///
    /// # Errors
    /// As [`Self::find`].
    pub fn at(folder: &Path, model: &Command) -> Result<Self> {
        let file = folder.join(NAME);
        let text = files::Files::new().bytes(&file)?;
        let text = String::from_utf8(text)
            .ok()
            .with_context(|| format!("{} is not UTF-8 text: save it as UTF-8", file.display()))?;
        let text = text.trim_start_matches('\u{feff}');
        Ok(read::read(&file, folder, text, model)?)
    }

    /// What the file says under a key; of `deny` what it says for `check`.
    pub fn setting(&self, name: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.key.name == name)
    }

    /// The map that it names.
    pub fn map(&self) -> Option<PathBuf> {
        self.setting("map")
            .and_then(|map| map.values.first())
            .map(PathBuf::from)
    }

    /// A fault of it.
    pub fn fault(&self, fault: Fault) -> Faults {
        Faults {
            file: self.file.clone(),
            text: self.text.clone(),
            list: vec![fault],
        }
    }

    /// The line of a byte of it.
    pub fn line(&self, at: usize) -> usize {
        line_and_column(&self.text, at).0
    }
}
