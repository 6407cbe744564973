//! A timer that everybody sees.

use serde::Serialize;

use super::BoardRefusal;
use super::bounds::within;

/// The longest time, in minutes.
const MINUTES: u32 = 180;
/// The longest label, in characters.
const LABEL: usize = 80;

/// A timer. Times are in ms, by the clock of the driver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Timer {
    label: String,
    seconds: u32,
    goes: Goes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goes {
    /// It ends then.
    Until(i64),
    /// It waits with so much left.
    Waits(i64),
}

/// What everybody may know of a timer.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct TimerNews<'b> {
    /// What it is for.
    pub label: &'b str,
    /// How long it was at first.
    pub seconds: u32,
    /// How much is left, in ms: clocks differ, so that no time of day is given.
    pub left: i64,
    /// Whether it goes.
    pub runs: bool,
}

impl Timer {
    pub fn new(seconds: u32, label: &str, now: i64) -> Result<Self, BoardRefusal> {
        if !(5..=MINUTES * 60).contains(&seconds) {
            return Err(BoardRefusal::BadTime { most: MINUTES });
        }
        let label = match label.trim() {
            "" => String::new(),
            label => within(label, LABEL, "a label")?,
        };
        let goes = Goes::Until(now + i64::from(seconds) * 1000);
        Ok(Self { label, seconds, goes })
    }

    fn left(&self, now: i64) -> i64 {
        match self.goes {
            Goes::Until(end) => (end - now).max(0),
            Goes::Waits(left) => left,
        }
    }

    /// Lets it wait; whether that is new.
    pub fn pause(&mut self, now: i64) -> bool {
        let is_new = matches!(self.goes, Goes::Until(_));
        self.goes = Goes::Waits(self.left(now));
        is_new
    }

    /// Lets it go on; whether that is new.
    pub fn resume(&mut self, now: i64) -> bool {
        let is_new = matches!(self.goes, Goes::Waits(_));
        self.goes = Goes::Until(now + self.left(now));
        is_new
    }

    pub fn news(&self, now: i64) -> TimerNews<'_> {
        TimerNews {
            label: &self.label,
            seconds: self.seconds,
            left: self.left(now),
            runs: matches!(self.goes, Goes::Until(_)),
        }
    }
}
