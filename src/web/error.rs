//! Why a workshop cannot be held, and why a request is refused.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::file;
use crate::session::Refusal;
use crate::session::board::BoardRefusal;

/// Why a workshop could not begin or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The map's file could not be read or written.
    #[error(transparent)]
    File(#[from] file::Error),
    /// What stands in the map's place cannot be read as one.
    #[error("{} cannot be read", path.display())]
    Map {
        /// Its file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// There is no folder to put the map in.
    #[error("the folder {} does not exist: create it, or name a file in another folder", path.display())]
    NoFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The map may not be written to.
    #[error("{} is read-only, so nothing could be saved: allow writing to it, or show it with --view-only", path.display())]
    ReadOnly {
        /// Its file.
        path: PathBuf,
    },
    /// The journal could not be read or written.
    #[error("the journal {} could not be {doing}; with --view-only nothing is written", path.display())]
    Journal {
        /// Its file.
        path: PathBuf,
        /// `read` or `written`.
        doing: &'static str,
        /// Why it was refused.
        source: io::Error,
    },
    /// The journal is not one, or has been changed by somebody else.
    #[error("line {line} of the journal {} is damaged: {why}; move the journal away to begin without its history", path.display())]
    Damaged {
        /// Its file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// Another workshop holds the map.
    #[error("another workshop on this map is going on: close it first ({} is locked)", path.display())]
    Held {
        /// The journal's file.
        path: PathBuf,
    },
    /// Another workshop holds the folder.
    #[error("another workshop on this folder is going on: close it first ({} is locked)", path.display())]
    HeldFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The folder cannot be looked at.
    #[error("the folder {} cannot be read", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The address cannot be listened at.
    #[error("the address {address} cannot be used: {source}; name another with --port or --bind")]
    Address {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// The system gave no threads or no random numbers.
    #[error("the system gave no {what}")]
    System {
        /// What was wanted.
        what: &'static str,
        /// Why it was refused.
        source: io::Error,
    },
}

/// Why a request is refused: told to whoever sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    /// The status of the answer.
    pub status: u16,
    /// The word for programs.
    pub code: &'static str,
    /// The words for people.
    pub why: String,
}

impl Refused {
    pub fn new(status: u16, code: &'static str, why: impl Into<String>) -> Self {
        let why = why.into();
        Self { status, code, why }
    }

    /// What was sent is not what `docs/workshop-protocol.md` describes.
    pub fn unreadable(why: impl Into<String>) -> Self {
        Self::new(400, "unreadable", why)
    }

    /// The server is going down.
    pub fn stopping() -> Self {
        Self::new(503, "stopping", "the workshop is closing")
    }

    /// Somebody may only look.
    pub fn view_only(why: &str) -> Self {
        Self::new(403, "view-only", why)
    }
}

impl From<BoardRefusal> for Refused {
    fn from(refusal: BoardRefusal) -> Self {
        Self::new(409, "refused", refusal.to_string())
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::NothingToUndo | Refusal::NothingToRedo => "nothing",
            _ => "refused",
        };
        Self::new(409, code, refusal.to_string())
    }
}
