//! What happened before, wherever it is kept.

use std::collections::VecDeque;

use super::restore::replay;
use super::{Change, Refusal, Step};
use crate::map::BenefitMap;

/// The history of a session, as the driver of the session keeps it: on disk, or in memory as [`Memory`] does.
pub trait Past {
    /// The map at a revision, in its canonical order.
    ///
    /// # Errors
    /// [`Refusal`] where there is no such revision, or the map cannot be made of what is kept.
    fn map_at(&self, rev: u64) -> Result<BenefitMap, Refusal>;

    /// The step that led to a revision; `None` where it is not kept.
    fn step(&self, rev: u64) -> Option<Step>;
}

/// The last steps of a history in memory, with the map as it was before them.
///
/// It holds as many steps as it was made for, so it stays small however long a session lasts. A step that returned to an earlier map
/// is held with that map, which may be older than all that is held.
#[derive(Debug, Clone)]
pub struct Memory {
    first: u64,
    map: BenefitMap,
    steps: VecDeque<Step>,
    most: usize,
}

impl Memory {
    /// A history that begins with a map at a revision, and keeps that many steps.
    pub fn new(map: BenefitMap, rev: u64, most: usize) -> Self {
        let steps = VecDeque::new();
        Self {
            first: rev,
            map,
            steps,
            most,
        }
    }

    /// Adds a step that was done; the oldest go where there are too many.
    ///
    /// # Errors
    /// [`Refusal`] where it returns to a map that is no longer held, or does not follow from the steps before.
    pub fn add(&mut self, mut step: Step) -> Result<(), Refusal> {
        if let Change::Return(rev) = step.change {
            step.change = Change::Map(Box::new(self.map_at(rev)?));
        }
        self.steps.push_back(step);
        while self.steps.len() > self.most {
            let next = self.first + 1;
            self.map = self.map_at(next)?;
            self.steps.pop_front();
            self.first = next;
        }
        Ok(())
    }

    fn last(&self) -> u64 {
        self.steps.back().map_or(self.first, |step| step.rev)
    }
}

impl Past for Memory {
    fn map_at(&self, rev: u64) -> Result<BenefitMap, Refusal> {
        let (first, last) = (self.first, self.last());
        if rev < first || rev > last {
            return Err(Refusal::NoSuchStep { rev, first, last });
        }
        let until = self.steps.partition_point(|step| step.rev <= rev);
        let steps = self.steps.range(..until).cloned().map(Ok);
        replay(self.map.clone(), steps).map_err(|why| Refusal::NotRestored { rev, why })
    }

    fn step(&self, rev: u64) -> Option<Step> {
        self.steps.iter().find(|step| step.rev == rev).cloned()
    }
}
