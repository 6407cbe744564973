//! What a command is doing, told on a terminal once it takes long.
//!
//! A line for each stage and nothing that moves, so that a log, a screen reader and a slow line can follow it. A command that is
//! soon done says nothing.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, mpsc};
use std::time::Duration;

use crate::io::Talk;
use crate::page::Page;

/// A command that takes no longer says nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// The stage that a command is in.
static STAGE: Mutex<Stage> = Mutex::new(Stage {
    telling: Telling::Never,
    words: None,
});

#[derive(Debug)]
struct Stage {
    telling: Telling,
    /// What is being done, where it was not told yet.
    words: Option<String>,
}

/// Whether stages are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Telling {
    /// Nobody looks, or nobody wants to know.
    Never,
    /// Once the command takes long.
    Later,
    /// It does.
    Now,
}

impl Stage {
    /// The line to be printed now that something else is done; none where it is too early.
    fn enter(&mut self, words: String) -> Option<String> {
        self.words = Some(words);
        self.due()
    }

    /// The line to be printed now that the command takes long.
    fn grow_late(&mut self) -> Option<String> {
        if self.telling == Telling::Later {
            self.telling = Telling::Now;
        }
        self.due()
    }

    fn due(&mut self) -> Option<String> {
        match self.telling {
            Telling::Now => self.words.take(),
            Telling::Never | Telling::Later => None,
        }
    }
}

/// Where and how a command runs, as far as it bears on progress.
#[derive(Debug, Clone, Copy)]
struct Surroundings<'s> {
    is_terminal: bool,
    term: Option<&'s str>,
    is_quiet: bool,
}

impl Surroundings<'_> {
    /// Whether somebody sees the lines, on a terminal that is one, and wants them.
    fn want_progress(self) -> bool {
        self.is_terminal && !self.is_quiet && self.term.is_some_and(|term| !term.is_empty() && term != "dumb")
    }
}

/// Begins to tell what is done, where standard error is a terminal and somebody wants to know.
pub fn begin(talk: Talk) {
    let term = std::env::var("TERM").ok();
    let surroundings = Surroundings {
        is_terminal: io::stderr().is_terminal(),
        term: term.as_deref(),
        is_quiet: talk == Talk::Quiet,
    };
    if !surroundings.want_progress() {
        return;
    }
    stage_now().telling = Telling::Later;
    // It ends with the command, which does not wait for it.
    std::thread::spawn(|| {
        // Nobody sends anything: it is waited for as long as a command may take in silence.
        let (_nobody, wake) = mpsc::channel::<()>();
        let _ = wake.recv_timeout(PATIENCE);
        let mut stage = stage_now();
        if let Some(line) = stage.grow_late() {
            print(&line);
        }
    });
}

/// Says what is done from now on: `Placing 2,000 boxes`.
pub fn stage(words: impl Into<String>) {
    let mut stage = stage_now();
    if stage.telling != Telling::Never
        && let Some(line) = stage.enter(words.into())
    {
        print(&line);
    }
}

fn stage_now() -> MutexGuard<'static, Stage> {
    STAGE.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn print(words: &str) {
    let mut page = Page::default();
    page.line(format!("{words} …"));
    // A closed standard error is no reason to fail.
    let _ = io::stderr().write_all(page.as_str().as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_terminal_that_somebody_looks_at_is_told() {
        let seen = Surroundings {
            is_terminal: true,
            term: Some("xterm-256color"),
            is_quiet: false,
        };
        assert!(seen.want_progress());
        for unseen in [
            Surroundings {
                is_terminal: false,
                ..seen
            },
            Surroundings { is_quiet: true, ..seen },
            Surroundings {
                term: Some("dumb"),
                ..seen
            },
            Surroundings { term: Some(""), ..seen },
            Surroundings { term: None, ..seen },
        ] {
            assert!(!unseen.want_progress(), "{unseen:?}");
        }
    }

    #[test]
    fn a_stage_is_told_once_and_only_when_the_command_takes_long() {
        let mut stage = Stage {
            telling: Telling::Later,
            words: None,
        };
        assert_eq!(stage.enter("Reading".to_owned()), None);
        assert_eq!(stage.enter("Placing".to_owned()), None);
        assert_eq!(stage.grow_late().as_deref(), Some("Placing"));
        assert_eq!(stage.grow_late(), None);
        assert_eq!(stage.enter("Writing".to_owned()).as_deref(), Some("Writing"));
        let mut never = Stage {
            telling: Telling::Never,
            words: None,
        };
        assert_eq!(never.enter("Reading".to_owned()), None);
        assert_eq!(never.grow_late(), None);
    }
}
