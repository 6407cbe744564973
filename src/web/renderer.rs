//! The thread that draws: the newest map, with the order of the last picture kept, and what is new in it.

use std::sync::Arc;
use std::sync::mpsc::Receiver;

use axum::body::Bytes;

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

pub(super) struct Renderer {
    hub: Arc<Hub>,
    today: Option<Day>,
    view: Arc<View>,
}

impl Renderer {
    pub fn new(hub: Arc<Hub>, today: Option<Day>) -> Self {
        Self {
            hub,
            today,
            view: Arc::default(),
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
            let mut newest = None;
            let mut boxes = BoxOrder::AsBefore;
            let (mut steps, mut placements) = (Vec::new(), Vec::new());
            for render in std::iter::once(first).chain(asked.try_iter()) {
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
            self.show(view, Some(news));
        }
    }

    fn show(&mut self, view: View, news: Option<Bytes>) {
        self.view = Arc::new(view);
        let shown = Shown {
            view: self.view.clone(),
            greeting: Arc::default(),
        };
        self.hub.send(Event::Map(Box::new(shown), news));
    }
}
