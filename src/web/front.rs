//! What is the same for everything that one listener serves: its keys, its addresses, what it bears with, and how it ends.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

use super::budget::Budget;
use super::hosts::Hosts;
use super::keys::Keys;
use super::saved_links::SavedLinks;
use super::wire::Bye;
use super::{Closing, Limits, Rights, today};
#[cfg(feature = "documents")]
use crate::draw::Fonts;
use crate::map::Day;
#[cfg(feature = "documents")]
use crate::scene::Scene;

/// What is the same for everything that one listener serves.
pub(super) struct Front {
    pub keys: Keys,
    pub hosts: Hosts,
    /// The address of the page, without a key.
    pub base: String,
    pub budget: Budget,
    pub limits: Limits,
    pub today: Option<Day>,
    /// Other each time that a server starts.
    pub start: String,
    pub rights: Rights,
    /// Whether the page may close the workshop, and who did.
    pub closed_by: Asked,
    /// Whether anybody has used a link.
    pub is_used: AtomicBool,
    /// What the links are kept beside.
    pub beside: PathBuf,
    /// The links as they are saved; `None` where they are not.
    pub saved_links: Mutex<Option<SavedLinks>>,
    /// The faces for pictures of points and pages.
    #[cfg(feature = "documents")]
    pub fonts: Option<fn(&[Scene]) -> Fonts>,
}

impl Front {
    /// The day that findings are judged by: the one that was given, else today.
    pub fn as_of(&self) -> Day {
        self.today.unwrap_or_else(today)
    }

    /// What is said to whoever listens when it is over.
    pub fn bye(&self) -> Bye {
        Bye {
            by: self.closed_by.by(),
            why: "the workshop was closed",
        }
    }

    /// Notes that the links hold from now on for as long as links are saved. Links that are not saved do no harm: there are new ones then.
    pub fn note_links(&self) {
        let mut saved = self.saved_links.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(saved) = saved.as_mut() {
            let _ = saved.write(&self.beside);
        }
    }

    /// Leaves the links for the next start, or takes them away where nobody has used one.
    pub fn leave_links(&self) {
        if self.is_used.load(Ordering::Relaxed) {
            self.note_links();
        } else if self.keys.edit.is_some() {
            let _ = SavedLinks::forget(&self.beside);
        }
    }
}

/// Whether somebody at a page has asked for the end.
pub(super) struct Asked {
    closing: Closing,
    by: Mutex<Option<String>>,
    now: Notify,
}

impl Asked {
    pub fn new(closing: Closing) -> Self {
        let (by, now) = (Mutex::new(None), Notify::new());
        Self { closing, by, now }
    }

    /// Whether editors may close the workshop from the page.
    pub fn is_allowed(&self) -> bool {
        self.closing == Closing::Editors
    }

    /// Somebody asks for it.
    pub fn ask(&self, name: String) {
        *self.by.lock().unwrap_or_else(PoisonError::into_inner) = Some(name);
        self.now.notify_one();
    }

    /// The name of whoever asked for it; `None` where nobody at a page did.
    pub fn by(&self) -> Option<String> {
        self.by.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until somebody asks for it.
    pub async fn wait(&self) {
        self.now.notified().await;
    }
}
