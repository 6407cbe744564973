//! What one browser can undo and redo, and what it was answered, as revisions.

use std::collections::{BTreeMap, VecDeque};

use super::Refusal;
use super::step::Does;

/// How many steps of one person can be undone.
const UNDOABLE: usize = 500;
/// How many answers to one browser are kept, should it ask again.
const ANSWERS: u64 = 256;
/// How far a browser's numbers may go ahead of what it was answered.
const AHEAD: u64 = 10_000;
/// The highest number that a browser may begin with that is not known here: it may have counted in a workshop whose journal is gone.
const UNKNOWN: u64 = 1_000_000;
/// How many browsers are remembered.
const BROWSERS: usize = 1_000;

/// One browser.
#[derive(Debug, Clone, Default)]
struct Browser {
    undo: VecDeque<u64>,
    redo: Vec<u64>,
    /// The highest number that was answered.
    last: u64,
    answers: BTreeMap<u64, u64>,
    /// The revision of its last step.
    active: u64,
}

/// All that are remembered.
#[derive(Debug, Clone, Default)]
pub(super) struct Browsers(BTreeMap<String, Browser>);

impl Browser {
    fn note(&mut self, does: Does, rev: u64) {
        match does {
            Does::Edit | Does::Return => {
                self.undo.push_back(rev);
                self.redo.clear();
            }
            Does::Undo => {
                self.undo.pop_back();
                self.redo.push(rev);
            }
            Does::Redo => {
                self.redo.pop();
                self.undo.push_back(rev);
            }
            Does::Skip => {
                self.undo.pop_back();
            }
            Does::Take => {}
        }
        if self.undo.len() > UNDOABLE {
            self.undo.pop_front();
        }
        self.active = rev;
    }

    fn answer(&mut self, n: u64, rev: u64) {
        self.last = self.last.max(n);
        self.answers.insert(n, rev);
        let oldest = self.last.saturating_sub(ANSWERS);
        while self.answers.first_key_value().is_some_and(|(n, _)| *n <= oldest) {
            self.answers.pop_first();
        }
    }
}

impl Browsers {
    /// Notes a step of a browser.
    pub fn note(&mut self, client: &str, does: Does, rev: u64) {
        self.0.entry(client.to_owned()).or_default().note(does, rev);
    }

    /// Remembers that number `n` of a browser was answered with a revision.
    pub fn answer(&mut self, client: &str, n: u64, rev: u64) {
        self.0.entry(client.to_owned()).or_default().answer(n, rev);
    }

    /// As [`Self::answer`], for what was answered in an earlier session.
    pub fn remember(&mut self, client: String, n: u64, rev: u64) {
        let browser = self.0.entry(client).or_default();
        browser.answer(n, rev);
        browser.active = browser.active.max(rev);
    }

    /// The revision that a browser would undo, and the one that it would redo.
    pub fn undoable(&self, client: &str) -> (Option<u64>, Option<u64>) {
        let browser = self.0.get(client);
        (
            browser.and_then(|browser| browser.undo.back().copied()),
            browser.and_then(|browser| browser.redo.last().copied()),
        )
    }

    /// The revision that was answered to a number of a browser; `None` where it was not answered yet.
    ///
    /// # Errors
    /// [`Refusal`] where the answer is too old to be known, or the number is far from any that the browser could have come to.
    pub fn answered(&self, client: &str, number: u64) -> Result<Option<u64>, Refusal> {
        let browser = self.0.get(client);
        let last = browser.map_or(0, |browser| browser.last);
        let ahead = if last == 0 { UNKNOWN } else { AHEAD };
        if number > last.saturating_add(ahead) {
            return Err(Refusal::TooFarAhead { number, ahead, last });
        }
        match browser.and_then(|browser| browser.answers.get(&number)) {
            Some(rev) => Ok(Some(*rev)),
            None if last.saturating_sub(number) >= ANSWERS => Err(Refusal::AnsweredLongAgo { number }),
            None => Ok(None),
        }
    }

    /// Forgets what can be undone, and notes these steps instead.
    pub fn note_only<'s>(&mut self, steps: impl Iterator<Item = (&'s str, Does, u64)>) {
        for browser in self.0.values_mut() {
            browser.undo.clear();
            browser.redo.clear();
        }
        for (client, does, rev) in steps {
            self.note(client, does, rev);
        }
    }

    /// Forgets those that have done nothing for the longest, where there are too many.
    pub fn forget_idle(&mut self) {
        while self.0.len() > BROWSERS {
            let idle = self.0.iter().min_by_key(|(_, browser)| browser.active);
            let Some(client) = idle.map(|(client, _)| client.clone()) else {
                return;
            };
            self.0.remove(&client);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_answered_once_and_for_a_while() {
        let mut browsers = Browsers::default();
        assert_eq!(browsers.answered("ada", 1), Ok(None));
        assert_eq!(
            browsers.answered("ada", UNKNOWN + 1),
            Err(Refusal::TooFarAhead {
                number: UNKNOWN + 1,
                ahead: UNKNOWN,
                last: 0
            })
        );
        browsers.answer("ada", 1, 7);
        assert_eq!(browsers.answered("ada", 1), Ok(Some(7)));
        assert_eq!(browsers.answered("ben", 1), Ok(None));
        assert!(browsers.answered("ada", AHEAD + 2).is_err());
        browsers.answer("ada", ANSWERS + 1, 8);
        assert_eq!(browsers.answered("ada", 1), Err(Refusal::AnsweredLongAgo { number: 1 }));
        assert_eq!(browsers.answered("ada", 2), Ok(None));
    }

    #[test]
    fn each_browser_undoes_its_own_steps() {
        let mut browsers = Browsers::default();
        browsers.note("ada", Does::Edit, 1);
        browsers.note("ben", Does::Edit, 2);
        assert_eq!(browsers.undoable("ada"), (Some(1), None));
        browsers.note("ada", Does::Undo, 3);
        assert_eq!(browsers.undoable("ada"), (None, Some(3)));
        browsers.note("ada", Does::Redo, 4);
        assert_eq!(browsers.undoable("ada"), (Some(4), None));
        assert_eq!(browsers.undoable("ben"), (Some(2), None));
        for rev in 5..=5 + UNDOABLE as u64 {
            browsers.note("ada", Does::Edit, rev);
        }
        assert_eq!(browsers.0["ada"].undo.len(), UNDOABLE);
    }

    #[test]
    fn those_that_do_nothing_are_forgotten_first() {
        let mut browsers = Browsers::default();
        for rev in 0..=BROWSERS as u64 {
            browsers.note(&format!("browser-{rev}"), Does::Edit, rev);
        }
        browsers.forget_idle();
        assert_eq!(browsers.0.len(), BROWSERS);
        assert_eq!(browsers.undoable("browser-0"), (None, None));
    }
}
