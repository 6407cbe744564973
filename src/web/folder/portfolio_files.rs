//! The files that a portfolio names, as far as they are below its own folder.

// Here the workshop looks into the folder that it was given.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};

use super::paths::{Stamp, below, is_hidden, stamp};
use crate::portfolio::Portfolio;
use crate::table;

/// How many files of measurements are read of one folder that a portfolio names.
const MOST: usize = 200;

/// The files that a dashboard is made of.
#[derive(Debug, Clone)]
pub(super) struct Inputs {
    portfolio: PathBuf,
    /// In its order; `None` where the name leads elsewhere.
    maps: Vec<Option<PathBuf>>,
    measurements: Vec<PathBuf>,
}

impl Inputs {
    /// Those of a portfolio in that file.
    pub fn of(path: &Path, portfolio: &Portfolio) -> Self {
        let folder = path.parent().unwrap_or(Path::new(""));
        let own = portfolio.measurements.iter();
        let measured = portfolio.maps.iter().flat_map(|member| &member.measurements).chain(own);
        Self {
            portfolio: path.to_owned(),
            maps: portfolio
                .maps
                .iter()
                .map(|member| below(folder, &member.file))
                .collect(),
            measurements: measured.filter_map(|named| below(folder, named)).collect(),
        }
    }

    /// How all of them look from outside.
    pub fn stamps(&self) -> Vec<Option<Stamp>> {
        let maps = self.maps.iter().flatten();
        let measured = self.measurements.iter().flat_map(|path| tables(path));
        let named = std::iter::once(&self.portfolio).chain(maps).cloned();
        named.chain(measured).map(|path| stamp(&path)).collect()
    }
}

/// The files of measurements at a path: itself, or, of a folder, the CSV files in it that are not named after a table of a map.
pub(super) fn tables(path: &Path) -> Vec<PathBuf> {
    let is_folder = fs::symlink_metadata(path).is_ok_and(|about| about.is_dir());
    if !is_folder {
        return vec![path.to_owned()];
    }
    let there = fs::read_dir(path).into_iter().flatten().flatten().take(MOST);
    let mut files: Vec<PathBuf> = there
        .filter(|one| one.file_type().is_ok_and(|kind| kind.is_file()))
        .map(|one| one.path())
        .filter(|path| {
            let part =
                |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).unwrap_or_default().to_lowercase();
            let (stem, ending) = (part(path.file_stem()), part(path.extension()));
            ending == "csv" && !is_hidden(&stem) && !table::TABLES.contains(&stem.as_str())
        })
        .collect();
    files.sort();
    files
}
