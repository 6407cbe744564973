//! The past as the journal holds it, by revision: read from the file beside the thread that edits, and never kept in memory.
//!
//! For every line it is known where it stands and which revisions it is about. A map of the past is made of the last map that the
//! journal holds before it and of the steps after that; a return to an earlier revision is as good as a map.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::error::Refused;
use super::line::{Change, ChangeGlance, Glance, Line, Step, told};
use super::told::{Told, hash};
use crate::edit::EditableMap;
use crate::file;
use crate::map::BenefitMap;

/// How many bytes of steps are done again at a start, or a few more.
const LONG: u64 = 4 << 20;
/// How many returns are done again at a start.
const RETURNS: usize = 8;

/// Where a line stands in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// The first byte.
    pub offset: u64,
    /// How many bytes, the line feed left out.
    pub length: usize,
}

/// Steps that were done together.
#[derive(Debug, Clone)]
struct Together {
    first: u64,
    last: u64,
    /// The hash of the map after them, where the line tells it.
    hash: Option<Box<str>>,
    piece: Piece,
}

/// A map that the journal holds.
#[derive(Debug, Clone, Copy)]
struct Held {
    rev: u64,
    piece: Piece,
}

/// What stands where in a journal.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// In the order of the revisions.
    steps: Vec<Together>,
    maps: Vec<Held>,
    /// Steps that went back to an earlier revision, and to which.
    returns: BTreeMap<u64, u64>,
}

/// How a map of the past is made.
#[derive(Debug)]
pub(super) struct Recipe {
    base: Held,
    /// Lines and the revisions that are wanted of each, in the order in which they are done.
    parts: Vec<(Together, u64, u64)>,
}

impl Index {
    /// Takes note of a line. Gives why not, where its steps are there already.
    pub fn note(&mut self, glance: &Glance, piece: Piece) -> Result<(), String> {
        let (steps, hash) = match glance {
            Glance::Begin { rev, .. } | Glance::Map { rev, .. } => {
                let at = self.maps.partition_point(|held| held.rev <= *rev);
                self.maps.insert(at, Held { rev: *rev, piece });
                return Ok(());
            }
            Glance::Saved(_) => return Ok(()),
            Glance::Batch(steps) => (steps, None),
            Glance::Steps { steps, hash } => (steps, Some(hash.as_str().into())),
        };
        let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
            return Ok(());
        };
        let (first, last) = (first.rev, last.rev);
        if steps
            .windows(2)
            .any(|two| two[0].rev.checked_add(1) != Some(two[1].rev))
        {
            return Err("its steps are not numbered one after the other".to_owned());
        }
        let at = self.steps.partition_point(|other| other.first < first);
        let is_free =
            self.steps.get(at).is_none_or(|next| last < next.first) && (at == 0 || self.steps[at - 1].last < first);
        if !is_free {
            return Err("its steps are there already".to_owned());
        }
        for step in steps {
            if let ChangeGlance::Return(rev) = step.change {
                self.returns.insert(step.rev, rev);
            }
        }
        let together = Together {
            first,
            last,
            hash,
            piece,
        };
        self.steps.insert(at, together);
        Ok(())
    }

    /// The earliest revision that can be returned to.
    pub fn first(&self) -> Option<u64> {
        self.maps.first().map(|held| held.rev)
    }

    /// The last revision that any line tells of.
    pub fn last(&self) -> Option<u64> {
        let (steps, maps) = (self.steps.last().map(|s| s.last), self.maps.last().map(|m| m.rev));
        steps.max(maps)
    }

    /// The hash of the map after the last line with steps, where that tells it.
    pub fn last_hash(&self) -> Option<&str> {
        self.steps.last()?.hash.as_deref()
    }

    /// Where the last map ends, in bytes from the beginning.
    pub fn last_map(&self) -> u64 {
        let ends = self
            .maps
            .iter()
            .map(|held| held.piece.offset + held.piece.length as u64);
        ends.max().unwrap_or(0)
    }

    /// A map from which every later step is there and all that they go back to, the earliest that stands beyond that many bytes; its
    /// revision, and where it ends.
    pub fn tail(&self, beyond: u64) -> Option<(u64, u64)> {
        let is_closed = |held: &&Held| {
            let mut later = self.returns.range(held.rev.saturating_add(1)..);
            held.piece.offset >= beyond && later.all(|(_, to)| *to >= held.rev)
        };
        let found = self
            .maps
            .iter()
            .filter(is_closed)
            .find(|held| self.is_whole_from(held.rev))?;
        Some((found.rev, found.piece.offset + found.piece.length as u64 + 1))
    }

    fn is_whole_from(&self, rev: u64) -> bool {
        self.last()
            .is_some_and(|last| self.between(rev, last, &mut Vec::new()).is_ok())
    }

    /// The revision before the last line with steps.
    pub fn before_last(&self) -> Option<u64> {
        self.steps.last().map(|line| line.first.saturating_sub(1))
    }

    /// Revisions that no line tells of, between the first map and the last revision, as first and last of each gap.
    pub fn gaps(&self) -> Vec<(u64, u64)> {
        let mut gaps = Vec::new();
        let Some(first) = self.first() else { return gaps };
        let mut next = first.saturating_add(1);
        for line in self.steps.iter().filter(|line| line.last > first) {
            if line.first > next {
                gaps.push((next, line.first - 1));
            }
            next = line.last.saturating_add(1);
        }
        gaps
    }

    /// A revision whose map can be made and from which every later step is there, with as few after it as there may be but `least`, where
    /// there are so many and they are not so long, or such returns, that doing them again takes a while.
    pub fn base(&self, least: u64) -> Option<u64> {
        let base = self.nearest(least)?;
        // A return is as good as a map, and each makes another one.
        let returns = self.returns.range(base.saturating_add(1)..).rev();
        let few = returns.map(|(rev, _)| *rev).nth(RETURNS);
        Some(few.filter(|rev| self.recipe(*rev).is_ok()).unwrap_or(base))
    }

    fn nearest(&self, least: u64) -> Option<u64> {
        let last = self.last()?;
        // From the end back to where a step is missing.
        let mut from = last;
        for line in self.steps.iter().rev() {
            if line.last != from {
                break;
            }
            from = line.first.saturating_sub(1);
        }
        let mut whole = self.maps.iter().rev().filter(|held| held.rev >= from);
        let end = self.steps.last().map_or(0, |line| line.piece.offset);
        let is_enough = |held: &&Held| last - held.rev >= least || end.saturating_sub(held.piece.offset) >= LONG;
        let near = whole.clone().find(is_enough);
        near.or_else(|| whole.next_back()).map(|held| held.rev)
    }

    /// Where the steps after a revision stand, in their order.
    pub fn after(&self, rev: u64) -> Vec<Piece> {
        let from = self.steps.partition_point(|line| line.last <= rev);
        self.steps[from..].iter().map(|line| line.piece).collect()
    }

    /// How the map at a revision is made; the first revision that is missing where it cannot be.
    fn recipe(&self, rev: u64) -> Result<Recipe, u64> {
        let mut parts = Vec::new();
        let mut target = rev;
        loop {
            let base = self.maps[..self.maps.partition_point(|held| held.rev <= target)].last();
            let returned = self.returns.range(..=target).next_back();
            let (from, base) = match (base, returned) {
                (Some(base), Some((at, _))) if base.rev >= *at => (base.rev, Some(*base)),
                (_, Some((at, _))) => (*at, None),
                (Some(base), None) => (base.rev, Some(*base)),
                (None, None) => return Err(target),
            };
            self.between(from, target, &mut parts)?;
            match (base, returned) {
                (Some(base), _) => {
                    parts.reverse();
                    return Ok(Recipe { base, parts });
                }
                // It leads to an earlier revision each time.
                (None, Some((at, to))) if to < at => target = *to,
                (None, _) => return Err(target),
            }
        }
    }

    /// Adds the lines with the steps after `from` up to `to`, the last first.
    fn between(&self, from: u64, to: u64, parts: &mut Vec<(Together, u64, u64)>) -> Result<(), u64> {
        let mut last = to;
        let end = self.steps.partition_point(|line| line.first <= to);
        for line in self.steps[..end].iter().rev() {
            if last <= from {
                break;
            }
            if line.last < last {
                return Err(last);
            }
            let first = line.first.max(from + 1);
            parts.push((line.clone(), first, last));
            last = first - 1;
        }
        match last > from {
            true => Err(last),
            false => Ok(()),
        }
    }
}

/// The past.
#[derive(Debug, Default)]
pub(super) struct Archive(RwLock<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// `None` where nothing is kept.
    file: Option<Arc<File>>,
    index: Index,
}

impl Archive {
    /// What a journal holds.
    pub fn new(file: File, index: Index) -> Self {
        let file = Some(Arc::new(file));
        Self(RwLock::new(Inner { file, index }))
    }

    fn read(&self) -> RwLockReadGuard<'_, Inner> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Inner> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of a line that was written and counts.
    pub fn note(&self, glance: &Glance, piece: Piece) {
        // Lines of our own are numbered as they should be.
        let _ = self.write().index.note(glance, piece);
    }

    /// The same stands in another file now.
    pub fn go_on_in(&self, file: File) {
        self.write().file = Some(Arc::new(file));
    }

    /// What is there now stands in that file.
    pub fn move_to(&self, file: File, index: Index) {
        *self.write() = Inner {
            file: Some(Arc::new(file)),
            index,
        };
    }

    /// The earliest and the last revision that it has.
    pub fn reach(&self) -> Option<(u64, u64)> {
        let inner = self.read();
        Some((inner.index.first()?, inner.index.last()?))
    }

    /// The map at a revision.
    pub fn at(&self, rev: u64) -> Result<BenefitMap, Refused> {
        let (file, recipe) = {
            let inner = self.read();
            let reach = inner.index.first().zip(inner.index.last());
            let (Some((first, last)), Some(file)) = (reach, inner.file.clone()) else {
                return Err(Refused::new(409, "refused", "no history is kept here"));
            };
            if rev < first || rev > last {
                let why = format!("there is no step {rev}: the history goes from {first} to {last}");
                return Err(Refused::new(409, "refused", why));
            }
            let lost = |missing| {
                let why = format!(
                    "the map at step {rev} cannot be made: step {missing} is damaged or missing in the journal"
                );
                Refused::new(409, "refused", why)
            };
            (file, inner.index.recipe(rev).map_err(lost)?)
        };
        made(&file, recipe).map_err(|why| {
            let why = format!("the map at step {rev} cannot be made: {why}");
            Refused::new(409, "refused", why)
        })
    }

    /// What a line says.
    pub fn line(&self, piece: Piece) -> Result<Line, String> {
        let file = self.read().file.clone();
        let file = file.ok_or_else(|| "no journal is kept".to_owned())?;
        Line::decode(&text(&file, piece).map_err(|error| error.to_string())?)
    }

    /// What stands where.
    pub fn index(&self) -> Index {
        self.read().index.clone()
    }

    /// The step of a revision.
    pub fn step(&self, rev: u64) -> Option<Step> {
        let (file, piece) = {
            let inner = self.read();
            let line = inner.index.steps.partition_point(|line| line.last < rev);
            (inner.file.clone()?, inner.index.steps.get(line)?.piece)
        };
        let line = Line::decode(&text(&file, piece).ok()?).ok()?;
        line.into_steps().into_iter().find(|step| step.rev == rev)
    }

    /// Steps before a revision, the newest first.
    pub fn steps(&self, before: u64, most: usize) -> Vec<Told> {
        let (file, pieces) = {
            let inner = self.read();
            let end = inner.index.steps.partition_point(|line| line.first < before);
            let pieces = inner.index.steps[..end].iter().rev().take(most).map(|line| line.piece);
            let Some(file) = inner.file.clone() else {
                return Vec::new();
            };
            (file, pieces.collect::<Vec<_>>())
        };
        let mut out = Vec::new();
        for piece in pieces {
            // What is damaged has been told of at the start.
            let steps = text(&file, piece).map_err(|error| error.to_string());
            let steps = steps.and_then(|text| told(&text)).unwrap_or_default();
            out.extend(steps.into_iter().rev().filter(|step| step.rev < before));
            if out.len() >= most {
                break;
            }
        }
        out.truncate(most);
        out
    }
}

/// The map that a recipe makes.
fn made(file: &File, recipe: Recipe) -> Result<BenefitMap, String> {
    let read = |piece| text(file, piece).map_err(|error| error.to_string());
    let (Line::Begin { map, .. } | Line::Map { map, .. }) = Line::decode(&read(recipe.base.piece)?)? else {
        return Err("the journal was changed".to_owned());
    };
    let mut map = EditableMap::new(*map);
    let mut expected = None;
    for (line, first, last) in recipe.parts {
        let steps = Line::decode(&read(line.piece)?)?.into_steps();
        for step in steps.into_iter().filter(|step| (first..=last).contains(&step.rev)) {
            match step.change {
                Change::Edit(edit) => drop(map.apply_again(&edit).map_err(|refusal| refusal.to_string())?),
                Change::Map(other) => map = EditableMap::new(*other),
                Change::Return(_) => return Err("the journal was changed".to_owned()),
            }
        }
        expected = line.hash.filter(|_| last == line.last);
    }
    let mut map = map.into_map();
    map.canonicalize();
    match expected {
        Some(expected) if *hash(&file::write(&map)) != *expected => {
            Err("its steps do not lead to what they led to then: the journal was changed".to_owned())
        }
        _ => Ok(map),
    }
}

/// The bytes of a line.
fn text(file: &File, piece: Piece) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; piece.length];
    read_exact_at(file, &mut bytes, piece.offset)?;
    Ok(bytes)
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, offset)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                bytes = &mut bytes[read..];
                offset += read as u64;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::line::StepGlance;
    use super::*;

    const NOWHERE: Piece = Piece { offset: 0, length: 0 };

    fn steps(revs: std::ops::RangeInclusive<u64>, to: Option<u64>) -> Glance {
        let change = || match to {
            Some(rev) => ChangeGlance::Return(rev),
            None => serde_json::from_str("{\"edit\": null}").unwrap(),
        };
        let steps = revs.map(|rev| StepGlance {
            rev,
            client: String::new(),
            n: None,
            change: change(),
        });
        Glance::Steps {
            hash: String::new(),
            steps: steps.collect(),
        }
    }

    fn index(glances: &[Glance]) -> Index {
        let mut index = Index::default();
        glances.iter().for_each(|glance| index.note(glance, NOWHERE).unwrap());
        index
    }

    fn parts(index: &Index, rev: u64) -> (u64, Vec<(u64, u64)>) {
        let recipe = index.recipe(rev).unwrap();
        (
            recipe.base.rev,
            recipe.parts.iter().map(|(_, first, last)| (*first, *last)).collect(),
        )
    }

    fn map(rev: u64) -> Glance {
        Glance::Map { rev }
    }

    #[test]
    fn a_map_is_made_of_the_nearest_one_before_it() {
        let index = index(&[
            map(0),
            steps(1..=3, None),
            steps(4..=4, None),
            map(4),
            steps(5..=9, None),
        ]);
        assert_eq!(parts(&index, 0), (0, vec![]));
        assert_eq!(parts(&index, 2), (0, vec![(1, 2)]));
        assert_eq!(parts(&index, 4), (4, vec![]));
        assert_eq!(parts(&index, 7), (4, vec![(5, 7)]));
        assert_eq!((index.first(), index.last(), index.gaps()), (Some(0), Some(9), vec![]));
        assert_eq!(
            (index.base(3), index.base(6), index.base(100)),
            (Some(4), Some(0), Some(0))
        );
    }

    #[test]
    fn a_return_is_as_good_as_a_map() {
        let index = index(&[
            map(0),
            steps(1..=3, None),
            steps(4..=4, Some(1)),
            steps(5..=5, None),
            steps(6..=6, Some(4)),
            steps(7..=8, None),
        ]);
        assert_eq!(parts(&index, 4), (0, vec![(1, 1)]));
        assert_eq!(parts(&index, 5), (0, vec![(1, 1), (5, 5)]));
        assert_eq!(parts(&index, 8), (0, vec![(1, 1), (7, 8)]));
        // Few of them are done again at a start.
        let mut many = vec![map(0), steps(1..=3, None)];
        many.extend((4..=100).map(|rev| steps(rev..=rev, Some(rev % 3))));
        assert_eq!(self::index(&many).base(1000), Some(92));
        // One that leads to itself or onward is none.
        let loops = self::index(&[map(0), steps(1..=1, Some(1)), steps(2..=2, Some(5))]);
        assert!(loops.recipe(1).is_err() && loops.recipe(2).is_err());
    }

    #[test]
    fn what_is_missing_is_missed_and_what_comes_after_it_is_there() {
        let gap = index(&[
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
        let lost = index(&[map(0), steps(1..=2, None), steps(5..=6, None)]);
        assert_eq!(lost.base(0), None);
        // In any order, and each once.
        let mut turned = index(&[map(0), steps(3..=3, None), steps(1..=2, None)]);
        assert_eq!(parts(&turned, 3), (0, vec![(1, 2), (3, 3)]));
        assert!(turned.note(&steps(2..=4, None), NOWHERE).is_err());
        assert!(turned.note(&steps(1..=2, None), NOWHERE).is_err());
    }
}
