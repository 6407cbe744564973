//! The keys of the links, kept beside the map for a day, so that pages come back when the workshop begins again.
//!
//! They stand in a file of their own, `MAP.links`, which nobody but its owner may read, and not in the journal, which people share and keep.
//! Where that cannot be had, nothing is kept and the links are new.

// A file of secrets is made with its rights, not given them later.
#![allow(clippy::disallowed_methods)]

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long links are kept after a workshop was last open.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// A clock may have been set back by so much in the meantime.
const SKEW: SignedDuration = SignedDuration::from_mins(5);
/// The longest file that is looked at, in bytes.
const LONGEST: u64 = 1000;

/// What is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedLinks {
    /// The key that edits.
    pub edit: String,
    /// The key that only views.
    pub view: String,
    /// Where the pages look for the server.
    pub port: u16,
    /// When the workshop was last known to be open.
    at: String,
}

impl SavedLinks {
    pub fn new(edit: String, view: String, port: u16) -> Self {
        let at = super::now();
        Self { edit, view, port, at }
    }

    /// Where the links of a map are kept: beside it, with `.links` after its name.
    pub fn path_of(map: &Path) -> PathBuf {
        let mut name = map.file_name().unwrap_or_default().to_owned();
        name.push(".links");
        map.with_file_name(name)
    }

    /// What was kept for a map and still holds. What cannot be read, is too old, or could have been read by others is as if it were
    /// not there: the links are new then.
    pub fn read(map: &Path) -> Option<Self> {
        let path = Self::path_of(map);
        let about = fs::symlink_metadata(&path).ok()?;
        if !about.is_file() || about.len() > LONGEST || !is_private(&about) {
            return None;
        }
        let kept: Self = serde_json::from_slice(&fs::read(&path).ok()?).ok()?;
        let age = Timestamp::now().duration_since(kept.at.parse().ok()?);
        let is_key = |key: &str| key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit());
        let holds = is_key(&kept.edit) && is_key(&kept.view) && kept.edit != kept.view && kept.port != 0;
        (holds && age >= -SKEW && age <= KEPT).then_some(kept)
    }

    /// Writes it anew, for its owner alone. Where the file system knows no such rights, nothing is left there.
    pub fn write(&mut self, map: &Path) -> io::Result<()> {
        self.at = super::now();
        let path = Self::path_of(map);
        Self::forget(map)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path)?;
        let written = file.metadata().and_then(|about| match is_private(&about) {
            true => file.write_all(&serde_json::to_vec(self).map_err(io::Error::other)?),
            false => Err(io::Error::other("others could read them there")),
        });
        if written.is_err() {
            let _ = Self::forget(map);
        }
        written
    }

    /// Takes the file away.
    pub fn forget(map: &Path) -> io::Result<()> {
        match fs::remove_file(Self::path_of(map)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Whether nobody but the owner may read or write it.
#[cfg(unix)]
fn is_private(about: &fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o077 == 0
}

/// Elsewhere the folder's own rights count.
#[cfg(not(unix))]
fn is_private(_: &fs::Metadata) -> bool {
    true
}
