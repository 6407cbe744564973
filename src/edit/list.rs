//! An ordered list whose records are found by their key, whose places can be asked for, and that can be changed anywhere, each in
//! little time, however long it is.
//!
//! The records stand in chunks. For every key it is known in which chunks records of it stand; where in the chunk is looked for.
//! Several records may have one key, as in a map with that fault: the first is meant then.

use std::collections::HashMap;
use std::hash::Hash;

/// How many records a chunk holds before it is parted.
const FULL: usize = 256;

/// What a record of a list is found by.
pub(super) trait Keyed {
    type Key: Eq + Hash + Clone;

    fn key(&self) -> Self::Key;

    fn has_key(&self, key: &Self::Key) -> bool;
}

#[derive(Debug, Clone)]
struct Chunk<T> {
    /// Never given again.
    number: u32,
    records: Vec<T>,
}

/// The list.
#[derive(Debug, Clone)]
pub(super) struct List<T: Keyed> {
    chunks: Vec<Chunk<T>>,
    /// The numbers of the chunks in which records of a key stand.
    homes: HashMap<T::Key, Vec<u32>>,
    given: u32,
}

/// Where a record stands: in which chunk, where in it, and where in the whole list.
#[derive(Debug, Clone, Copy)]
struct Spot {
    chunk: usize,
    within: usize,
    at: usize,
}

impl<T: Keyed> List<T> {
    pub fn new(records: Vec<T>) -> Self {
        let mut list = Self {
            chunks: Vec::with_capacity(records.len() / (FULL / 2) + 1),
            homes: HashMap::with_capacity(records.len()),
            given: 0,
        };
        let mut rest = records.into_iter().peekable();
        while rest.peek().is_some() {
            let records: Vec<T> = rest.by_ref().take(FULL / 2).collect();
            let number = list.number();
            for record in &records {
                list.settle(record.key(), number);
            }
            list.chunks.push(Chunk { number, records });
        }
        list
    }

    pub fn into_records(self) -> Vec<T> {
        self.chunks.into_iter().flat_map(|chunk| chunk.records).collect()
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| &chunk.records)
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.records.len()).sum()
    }

    /// Whether there is a record of that key.
    pub fn has(&self, key: &T::Key) -> bool {
        self.homes.contains_key(key)
    }

    /// The first record of that key.
    pub fn get(&self, key: &T::Key) -> Option<&T> {
        let spot = self.find(key)?;
        Some(&self.chunks[spot.chunk].records[spot.within])
    }

    /// As [`Self::get`], to be changed in anything but its key.
    pub fn get_mut(&mut self, key: &T::Key) -> Option<&mut T> {
        let spot = self.find(key)?;
        Some(&mut self.chunks[spot.chunk].records[spot.within])
    }

    /// The nth record of that key, from 0, to be changed in anything but its key.
    pub fn nth_mut(&mut self, key: &T::Key, nth: usize) -> Option<&mut T> {
        let homes = self.homes.get(key)?;
        let chunks = self.chunks.iter_mut().filter(|chunk| homes.contains(&chunk.number));
        let records = chunks.flat_map(|chunk| &mut chunk.records);
        records.filter(|record| record.has_key(key)).nth(nth)
    }

    /// All records of that key, in their order.
    pub fn all<'l>(&'l self, key: &'l T::Key) -> Vec<&'l T> {
        let Some(homes) = self.homes.get(key) else {
            return Vec::new();
        };
        let chunks = self.chunks.iter().filter(|chunk| homes.contains(&chunk.number));
        let records = chunks.flat_map(|chunk| &chunk.records);
        records.filter(|record| record.has_key(key)).collect()
    }

    /// Where the first record of that key stands, from 0.
    pub fn place(&self, key: &T::Key) -> Option<usize> {
        self.find(key).map(|spot| spot.at)
    }

    fn find(&self, key: &T::Key) -> Option<Spot> {
        let homes = self.homes.get(key)?;
        let mut before = 0;
        for (chunk, Chunk { number, records }) in self.chunks.iter().enumerate() {
            if homes.contains(number)
                && let Some(within) = records.iter().position(|record| record.has_key(key))
            {
                return Some(Spot {
                    chunk,
                    within,
                    at: before + within,
                });
            }
            before += records.len();
        }
        None
    }

    /// Puts a record at a place; at the end where the list is shorter.
    pub fn insert(&mut self, at: usize, record: T) {
        let key = record.key();
        let mut before = 0;
        let holds = |chunk: &Chunk<T>| {
            let is_here = at < before + chunk.records.len();
            if !is_here {
                before += chunk.records.len();
            }
            is_here
        };
        match self.chunks.iter().position(holds) {
            Some(chunk) => {
                self.chunks[chunk].records.insert(at - before, record);
                let number = self.chunks[chunk].number;
                self.settle(key, number);
                self.part(chunk);
            }
            None => self.push(key, record),
        }
    }

    fn push(&mut self, key: T::Key, record: T) {
        if self.chunks.last().is_none_or(|chunk| chunk.records.len() >= FULL / 2) {
            let number = self.number();
            let records = Vec::new();
            self.chunks.push(Chunk { number, records });
        }
        if let Some(chunk) = self.chunks.last_mut() {
            let number = chunk.number;
            chunk.records.push(record);
            self.settle(key, number);
        }
    }

    /// Parts a chunk that is full into two.
    fn part(&mut self, at: usize) {
        if self.chunks[at].records.len() < FULL {
            return;
        }
        let number = self.number();
        let records = self.chunks[at].records.split_off(FULL / 2);
        let keys: Vec<T::Key> = records.iter().map(Keyed::key).collect();
        self.chunks.insert(at + 1, Chunk { number, records });
        for key in keys {
            self.unsettle(&key, at);
            self.settle(key, number);
        }
    }

    /// Takes the first record of that key out.
    pub fn remove(&mut self, key: &T::Key) -> Option<T> {
        let spot = self.find(key)?;
        let record = self.chunks[spot.chunk].records.remove(spot.within);
        self.unsettle(key, spot.chunk);
        if self.chunks[spot.chunk].records.is_empty() {
            self.chunks.remove(spot.chunk);
        }
        Some(record)
    }

    fn number(&mut self) -> u32 {
        self.given += 1;
        self.given
    }

    /// Notes that a record of that key stands in a chunk.
    fn settle(&mut self, key: T::Key, number: u32) {
        let homes = self.homes.entry(key).or_default();
        if !homes.contains(&number) {
            homes.push(number);
        }
    }

    /// Notes that a record of that key has left a chunk.
    fn unsettle(&mut self, key: &T::Key, chunk: usize) {
        let Chunk { number, records } = &self.chunks[chunk];
        if records.iter().any(|record| record.has_key(key)) {
            return;
        }
        if let Some(homes) = self.homes.get_mut(key) {
            homes.retain(|home| home != number);
            if homes.is_empty() {
                self.homes.remove(key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A key, and what tells records of one key apart.
    type Card = (u8, usize);

    impl Keyed for Card {
        type Key = u8;

        fn key(&self) -> u8 {
            self.0
        }

        fn has_key(&self, key: &u8) -> bool {
            self.0 == *key
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        /// It does whatever a plain list does, with keys that several records have, over many chunks.
        #[test]
        fn it_is_a_list(begin in 0usize..700, steps in prop::collection::vec((0u8..4, 0u8..60, 0usize..900), 1..400)) {
            let mut plain: Vec<Card> = (0..begin).map(|at| ((at % 50) as u8, at)).collect();
            let mut list = List::new(plain.clone());
            for (at, (what, key, place)) in steps.into_iter().enumerate() {
                let first = plain.iter().position(|record| record.0 == key);
                prop_assert_eq!(list.place(&key), first);
                prop_assert_eq!(list.has(&key), first.is_some());
                prop_assert_eq!(list.get(&key), first.map(|at| &plain[at]));
                match what {
                    0 => prop_assert_eq!(list.remove(&key), first.map(|at| plain.remove(at))),
                    1 => {
                        let all: Vec<&Card> = plain.iter().filter(|record| record.0 == key).collect();
                        prop_assert_eq!(list.all(&key), all);
                    }
                    _ => {
                        let record = (key, 10_000 + at);
                        plain.insert(place.min(plain.len()), record);
                        list.insert(place, record);
                    }
                }
            }
            prop_assert_eq!(list.iter().copied().collect::<Vec<_>>(), plain.clone());
            prop_assert_eq!(list.into_records(), plain);
        }
    }
}
