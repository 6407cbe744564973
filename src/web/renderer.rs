//! The thread that draws: the newest map, with the order of the last picture kept, and what is new in it.

use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use tokio::time::Instant;

use super::coding::Part;
use super::hub::{Event, Hub, Shown, frame};
use crate::map::Day;
use crate::session::{BoxOrder, HistoryEntry, Placement, Revision, View};

/// What is to be drawn.
pub(super) enum Render {
    /// A map, after these steps.
    Map {
        revision: Revision,
        steps: Vec<HistoryEntry>,
        /// New boxes, and below which each should be.
        placements: Vec<Placement>,
    },
    /// The same map with no order kept but what people arranged.
    Tidy,
}

/// How much each browser is sent of the map at most, in bytes a second.
const RATE: f64 = 240.0 * 1024.0;
/// How much may be sent at once after a quiet time, in seconds of that rate: a few edits of a person are shown without waiting.
const BURST: f64 = 1.0;
/// Nobody waits longer for a picture than that, however large the map is, in seconds.
const LONGEST: f64 = 1.0;

/// When the next picture is due, so that a busy room never sends more than a line bears: what happens until then goes into one.
#[derive(Debug, Default)]
struct Pace {
    /// By how much the rate is ahead, in seconds, and since when.
    ahead: Option<(f64, Instant)>,
}

impl Pace {
    fn ahead(&self, now: Instant) -> f64 {
        self.ahead.map_or(0.0, |(ahead, since)| {
            (ahead - now.saturating_duration_since(since).as_secs_f64()).max(0.0)
        })
    }

    /// So many bytes go to each browser.
    fn sent(&mut self, bytes: usize, now: Instant) {
        let ahead = self.ahead(now) + bytes as f64 / RATE;
        self.ahead = Some((ahead.min(BURST + LONGEST), now));
    }

    /// How long the next picture waits.
    fn wait(&self, now: Instant) -> Duration {
        Duration::from_secs_f64((self.ahead(now) - BURST).clamp(0.0, LONGEST))
    }
}

pub(super) struct Renderer {
    hub: Arc<Hub>,
    today: Option<Day>,
    view: Arc<View>,
    pace: Pace,
}

impl Renderer {
    pub fn new(hub: Arc<Hub>, today: Option<Day>) -> Self {
        Self {
            hub,
            today,
            view: Arc::default(),
            pace: Pace::default(),
        }
    }

    /// Draws the map once, so that everybody who comes finds it.
    pub fn begin(&mut self, revision: Revision) {
        let view = self.view.next(revision, BoxOrder::AsBefore, &[], self.today);
        self.show(view, None);
    }

    /// Draws what comes in; of several maps that wait, only the newest.
    pub fn run(mut self, asked: &Receiver<Render>) {
        while let Ok(first) = asked.recv() {
            let due = Instant::now() + self.pace.wait(Instant::now());
            let until_due = || asked.recv_timeout(due.saturating_duration_since(Instant::now()));
            let more: Vec<Render> = std::iter::from_fn(|| until_due().ok()).collect();
            let mut newest = None;
            let mut boxes = BoxOrder::AsBefore;
            let (mut steps, mut placements) = (Vec::new(), Vec::new());
            for render in std::iter::once(first).chain(more) {
                match render {
                    Render::Map {
                        revision,
                        steps: more,
                        placements: placed,
                    } => {
                        newest = Some(revision);
                        steps.extend(more);
                        placements.extend(placed);
                    }
                    Render::Tidy => boxes = BoxOrder::Arranged,
                }
            }
            let revision = newest.unwrap_or_else(|| self.view.revision());
            let view = self.view.next(revision, boxes, &placements, self.today);
            let news = frame("map", &self.view.patch(&view, &steps));
            self.pace.sent(news.sent(), Instant::now());
            self.show(view, Some(news));
        }
    }

    fn show(&mut self, view: View, news: Option<Part>) {
        self.view = Arc::new(view);
        let shown = Shown {
            view: self.view.clone(),
            greetings: Arc::default(),
        };
        self.hub.send(Event::Map(Box::new(shown), news));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_room_sends_no_more_than_a_line_bears_and_a_quiet_one_waits_for_nothing() {
        let start = Instant::now();
        let (mut pace, mut now, mut sent) = (Pace::default(), start, 0);
        assert_eq!(pace.wait(now), Duration::ZERO);
        while now < start + Duration::from_secs(60) {
            now += pace.wait(now);
            pace.sent(40_000, now);
            sent += 40_000;
        }
        let rate = f64::from(sent) / 60.0 / 1024.0;
        assert!((230.0..250.0).contains(&rate), "{rate}");
        // After a while a few pictures go out at once again.
        now += Duration::from_secs(2);
        for _ in 0..5 {
            assert_eq!(pace.wait(now), Duration::ZERO);
            pace.sent(40_000, now);
        }
        pace.sent(100_000_000, now);
        assert_eq!(pace.wait(now), Duration::from_secs_f64(LONGEST));
        now += Duration::from_secs_f64(LONGEST);
        assert_eq!(pace.wait(now), Duration::ZERO);
    }
}
