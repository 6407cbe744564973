//! Old states of the map: which snapshot and which steps make each, and the map that they make.
//!
//! A [`Timeline`] knows for every revision where its step and its snapshots are held, not what they say. A map of the past is made of the
//! last snapshot before it and of the steps after that; a return to an earlier revision is as good as a snapshot.

use std::collections::BTreeMap;

use super::step::{Change, Step};
use crate::edit::EditableMap;
use crate::map::BenefitMap;

/// How many bytes of steps are done again at a start, or a few more.
const LONG: u64 = 4 << 20;
/// How many returns are done again at a start.
const RETURNS: usize = 8;

/// Where something is in what holds the history, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub offset: u64,
    /// How many bytes.
    pub length: usize,
}

impl Span {
    /// The first byte after it.
    pub fn end(self) -> u64 {
        self.offset + self.length as u64
    }
}

/// What a timeline needs to know of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The revision that the map has after it.
    pub rev: u64,
    /// The earlier revision that it goes back to; `None` where it does something else.
    pub returns_to: Option<u64>,
}

/// Steps that were done together.
#[derive(Debug, Clone)]
struct Batch {
    first: u64,
    last: u64,
    /// The hash of the map after them, where it is known.
    hash: Option<Box<str>>,
    span: Span,
}

/// A map that the history holds.
#[derive(Debug, Clone, Copy)]
struct Snapshot {
    rev: u64,
    span: Span,
}

/// What is held where, by revision.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// In the order of the revisions.
    batches: Vec<Batch>,
    snapshots: Vec<Snapshot>,
    /// Steps that went back to an earlier revision, and to which.
    returns: BTreeMap<u64, u64>,
}

/// How a map of the past is made.
#[derive(Debug)]
pub struct Recipe {
    /// The snapshot to begin with.
    pub base: Span,
    /// The revision of that snapshot.
    pub from: u64,
    /// The steps to do after it, in order.
    pub parts: Vec<Part>,
    /// The hash of the map that they lead to, where it is known.
    pub hash: Option<Box<str>>,
}

/// Steps that were done together, or some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Where they are.
    pub span: Span,
    /// The first revision that is wanted.
    pub first: u64,
    /// The last.
    pub last: u64,
}

impl Timeline {
    /// Notes a snapshot of the map at a revision.
    pub fn note_snapshot(&mut self, rev: u64, span: Span) {
        let at = self.snapshots.partition_point(|held| held.rev <= rev);
        self.snapshots.insert(at, Snapshot { rev, span });
    }

    /// Notes steps that were done together, with the hash of the map after them where it is known.
    ///
    /// # Errors
    /// Why not, where they do not follow each other or are there already.
    pub fn note_steps(&mut self, marks: &[Mark], hash: Option<&str>, span: Span) -> Result<(), &'static str> {
        let (Some(first), Some(last)) = (marks.first(), marks.last()) else {
            return Ok(());
        };
        let (first, last) = (first.rev, last.rev);
        if marks
            .windows(2)
            .any(|two| two[0].rev.checked_add(1) != Some(two[1].rev))
        {
            return Err("its steps are not numbered one after the other");
        }
        let at = self.batches.partition_point(|other| other.first < first);
        let is_free =
            self.batches.get(at).is_none_or(|next| last < next.first) && (at == 0 || self.batches[at - 1].last < first);
        if !is_free {
            return Err("its steps are there already");
        }
        let returns = marks.iter().filter_map(|mark| Some((mark.rev, mark.returns_to?)));
        self.returns.extend(returns);
        let hash = hash.map(Into::into);
        let batch = Batch {
            first,
            last,
            hash,
            span,
        };
        self.batches.insert(at, batch);
        Ok(())
    }

    /// The earliest revision that can be returned to.
    pub fn first(&self) -> Option<u64> {
        self.snapshots.first().map(|held| held.rev)
    }

    /// The last revision that is known of.
    pub fn last(&self) -> Option<u64> {
        let steps = self.batches.last().map(|batch| batch.last);
        let snapshots = self.snapshots.last().map(|held| held.rev);
        steps.max(snapshots)
    }

    /// The hash of the map after the last steps, where it is known.
    pub fn last_hash(&self) -> Option<&str> {
        self.batches.last()?.hash.as_deref()
    }

    /// The byte after the last snapshot; 0 where there is no snapshot.
    pub fn snapshots_end(&self) -> u64 {
        self.snapshots.iter().map(|held| held.span.end()).max().unwrap_or(0)
    }

    /// A snapshot from which every later step is there and all that they go back to, the earliest that is held beyond that many bytes; its
    /// revision, and the byte after it.
    pub fn tail(&self, beyond: u64) -> Option<(u64, u64)> {
        let is_closed = |held: &&Snapshot| {
            let mut later = self.returns.range(held.rev.saturating_add(1)..);
            held.span.offset >= beyond && later.all(|(_, to)| *to >= held.rev)
        };
        let found = self
            .snapshots
            .iter()
            .filter(is_closed)
            .find(|held| self.is_whole_from(held.rev))?;
        Some((found.rev, found.span.end()))
    }

    fn is_whole_from(&self, rev: u64) -> bool {
        self.last()
            .is_some_and(|last| self.between(rev, last, &mut Vec::new()).is_ok())
    }

    /// The revision before the last steps that were done together.
    pub fn before_last(&self) -> Option<u64> {
        self.batches.last().map(|batch| batch.first.saturating_sub(1))
    }

    /// Revisions that nothing is known of, between the first snapshot and the last revision, as first and last of each gap.
    pub fn gaps(&self) -> Vec<(u64, u64)> {
        let mut gaps = Vec::new();
        let Some(first) = self.first() else { return gaps };
        let mut next = first.saturating_add(1);
        for batch in self.batches.iter().filter(|batch| batch.last > first) {
            if batch.first > next {
                gaps.push((next, batch.first - 1));
            }
            next = batch.last.saturating_add(1);
        }
        gaps
    }

    /// A revision whose map can be made and from which every later step is there, with as few after it as there may be but `least`, where
    /// there are so many and they are not so long, or such returns, that doing them again takes a while.
    pub fn base(&self, least: u64) -> Option<u64> {
        let base = self.nearest(least)?;
        // A return is as good as a snapshot, and each makes another map.
        let returns = self.returns.range(base.saturating_add(1)..).rev();
        let few = returns.map(|(rev, _)| *rev).nth(RETURNS);
        Some(few.filter(|rev| self.recipe(*rev).is_ok()).unwrap_or(base))
    }

    fn nearest(&self, least: u64) -> Option<u64> {
        let last = self.last()?;
        // From the end back to where a step is missing.
        let mut from = last;
        for batch in self.batches.iter().rev() {
            if batch.last != from {
                break;
            }
            from = batch.first.saturating_sub(1);
        }
        let mut whole = self.snapshots.iter().rev().filter(|held| held.rev >= from);
        let end = self.batches.last().map_or(0, |batch| batch.span.offset);
        let is_enough = |held: &&Snapshot| last - held.rev >= least || end.saturating_sub(held.span.offset) >= LONG;
        let near = whole.clone().find(is_enough);
        near.or_else(|| whole.next_back()).map(|held| held.rev)
    }

    /// Where the steps after a revision are, in order.
    pub fn after(&self, rev: u64) -> Vec<Span> {
        let from = self.batches.partition_point(|batch| batch.last <= rev);
        self.batches[from..].iter().map(|batch| batch.span).collect()
    }

    /// Where the steps before a revision are, the last first, as many as are wanted.
    pub fn before(&self, rev: u64, most: usize) -> Vec<Span> {
        let end = self.batches.partition_point(|batch| batch.first < rev);
        self.batches[..end]
            .iter()
            .rev()
            .take(most)
            .map(|batch| batch.span)
            .collect()
    }

    /// Where the step of a revision is, with those done together with it.
    pub fn step(&self, rev: u64) -> Option<Span> {
        let at = self.batches.partition_point(|batch| batch.last < rev);
        self.batches.get(at).map(|batch| batch.span)
    }

    /// How the map at a revision is made.
    ///
    /// # Errors
    /// The revision that is missing on the way to it.
    pub fn recipe(&self, rev: u64) -> Result<Recipe, u64> {
        let mut parts = Vec::new();
        let mut target = rev;
        loop {
            let base = self.snapshots[..self.snapshots.partition_point(|held| held.rev <= target)].last();
            let returned = self.returns.range(..=target).next_back();
            let (from, base) = match (base, returned) {
                (Some(base), Some((at, _))) if base.rev >= *at => (base.rev, Some(*base)),
                (_, Some((at, _))) => (*at, None),
                (Some(base), None) => (base.rev, Some(*base)),
                (None, None) => return Err(target),
            };
            self.between(from, target, &mut parts)?;
            match (base, returned) {
                (Some(base), _) => return Ok(recipe(base, parts)),
                // It leads to an earlier revision each time.
                (None, Some((at, to))) if to < at => target = *to,
                (None, _) => return Err(target),
            }
        }
    }

    /// Adds the batches with the steps after `from` up to `to`, the last first.
    fn between<'t>(&'t self, from: u64, to: u64, parts: &mut Vec<(&'t Batch, Part)>) -> Result<(), u64> {
        let mut last = to;
        let end = self.batches.partition_point(|batch| batch.first <= to);
        for batch in self.batches[..end].iter().rev() {
            if last <= from {
                break;
            }
            if batch.last < last {
                return Err(last);
            }
            let first = batch.first.max(from + 1);
            let span = batch.span;
            parts.push((batch, Part { span, first, last }));
            last = first - 1;
        }
        match last > from {
            true => Err(last),
            false => Ok(()),
        }
    }
}

/// Of a snapshot and what comes after it, the last first.
fn recipe(base: Snapshot, parts: Vec<(&Batch, Part)>) -> Recipe {
    // The hash is that of the map after all steps of the last batch.
    let last = parts.first().filter(|(batch, part)| part.last == batch.last);
    Recipe {
        base: base.span,
        from: base.rev,
        hash: last.and_then(|(batch, _)| batch.hash.clone()),
        parts: parts.iter().rev().map(|(_, part)| *part).collect(),
    }
}

/// The map, in its canonical order, that steps make of an earlier one.
///
/// # Errors
/// Why not, where a step cannot be had, does not follow from those before, or returns to a map that is not given.
pub fn replay(map: BenefitMap, steps: impl IntoIterator<Item = Result<Step, String>>) -> Result<BenefitMap, String> {
    let mut map = EditableMap::new(map);
    for step in steps {
        let step = step?;
        match step.change {
            Change::Edit(edit) => drop(map.apply_again(&edit).map_err(|refusal| refusal.to_string())?),
            Change::Map(other) => map = EditableMap::new(*other),
            Change::Return(_) => return Err(format!("step {} goes back to a map that is not here", step.rev)),
        }
    }
    let mut map = map.into_map();
    map.canonicalize();
    Ok(map)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOWHERE: Span = Span { offset: 0, length: 0 };

    enum Held {
        Steps(Vec<Mark>),
        Snapshot(u64),
    }

    fn steps(revs: std::ops::RangeInclusive<u64>, returns_to: Option<u64>) -> Held {
        Held::Steps(revs.map(|rev| Mark { rev, returns_to }).collect())
    }

    fn map(rev: u64) -> Held {
        Held::Snapshot(rev)
    }

    fn note(timeline: &mut Timeline, held: &Held) -> Result<(), &'static str> {
        match held {
            Held::Steps(marks) => timeline.note_steps(marks, None, NOWHERE),
            Held::Snapshot(rev) => {
                timeline.note_snapshot(*rev, NOWHERE);
                Ok(())
            }
        }
    }

    fn timeline(held: &[Held]) -> Timeline {
        let mut timeline = Timeline::default();
        held.iter().for_each(|held| note(&mut timeline, held).unwrap());
        timeline
    }

    fn parts(timeline: &Timeline, rev: u64) -> (u64, Vec<(u64, u64)>) {
        let recipe = timeline.recipe(rev).unwrap();
        let parts = recipe.parts.iter().map(|part| (part.first, part.last));
        (recipe.from, parts.collect())
    }

    #[test]
    fn a_map_is_made_of_the_nearest_snapshot_before_it() {
        let timeline = timeline(&[
            map(0),
            steps(1..=3, None),
            steps(4..=4, None),
            map(4),
            steps(5..=9, None),
        ]);
        assert_eq!(parts(&timeline, 0), (0, vec![]));
        assert_eq!(parts(&timeline, 2), (0, vec![(1, 2)]));
        assert_eq!(parts(&timeline, 4), (4, vec![]));
        assert_eq!(parts(&timeline, 7), (4, vec![(5, 7)]));
        assert_eq!(
            (timeline.first(), timeline.last(), timeline.gaps()),
            (Some(0), Some(9), vec![])
        );
        assert_eq!(
            (timeline.base(3), timeline.base(6), timeline.base(100)),
            (Some(4), Some(0), Some(0))
        );
    }

    #[test]
    fn the_hash_of_a_state_is_known_after_all_steps_of_a_batch() {
        let mut timeline = timeline(&[map(0)]);
        let mark = |rev| Mark { rev, returns_to: None };
        let marks = [mark(1), mark(2)];
        timeline.note_steps(&marks, Some("abc"), NOWHERE).unwrap();
        assert_eq!(timeline.recipe(2).unwrap().hash.as_deref(), Some("abc"));
        assert_eq!(timeline.recipe(1).unwrap().hash, None);
        assert_eq!(timeline.recipe(0).unwrap().hash, None);
    }

    #[test]
    fn a_return_is_as_good_as_a_snapshot() {
        let returned = timeline(&[
            map(0),
            steps(1..=3, None),
            steps(4..=4, Some(1)),
            steps(5..=5, None),
            steps(6..=6, Some(4)),
            steps(7..=8, None),
        ]);
        assert_eq!(parts(&returned, 4), (0, vec![(1, 1)]));
        assert_eq!(parts(&returned, 5), (0, vec![(1, 1), (5, 5)]));
        assert_eq!(parts(&returned, 8), (0, vec![(1, 1), (7, 8)]));
        // Few of them are done again at a start.
        let mut many = vec![map(0), steps(1..=3, None)];
        many.extend((4..=100).map(|rev| steps(rev..=rev, Some(rev % 3))));
        assert_eq!(timeline(&many).base(1000), Some(92));
        // One that leads to itself or onward is none.
        let loops = timeline(&[map(0), steps(1..=1, Some(1)), steps(2..=2, Some(5))]);
        assert!(loops.recipe(1).is_err() && loops.recipe(2).is_err());
    }

    #[test]
    fn what_is_missing_is_missed_and_what_comes_after_it_is_there() {
        let gap = timeline(&[
            map(0),
            steps(1..=2, None),
            steps(5..=6, None),
            map(6),
            steps(7..=7, None),
        ]);
        assert_eq!(parts(&gap, 2), (0, vec![(1, 2)]));
        assert_eq!(gap.recipe(4).unwrap_err(), 4);
        assert_eq!(gap.recipe(5).unwrap_err(), 4);
        assert_eq!(parts(&gap, 7), (6, vec![(7, 7)]));
        assert_eq!((gap.gaps(), gap.base(100)), (vec![(3, 4)], Some(6)));
        let lost = timeline(&[map(0), steps(1..=2, None), steps(5..=6, None)]);
        assert_eq!(lost.base(0), None);
        // In any order, and each once.
        let mut turned = timeline(&[map(0), steps(3..=3, None), steps(1..=2, None)]);
        assert_eq!(parts(&turned, 3), (0, vec![(1, 2), (3, 3)]));
        assert!(note(&mut turned, &steps(2..=4, None)).is_err());
        assert!(note(&mut turned, &steps(1..=2, None)).is_err());
    }
}
