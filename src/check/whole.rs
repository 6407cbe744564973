//! What is so of every record alike: one fact about the map, and so one finding.

use super::sink::Fault;
use crate::finding::Subject;

/// The records that a rule asks something of, and which of them lack it.
pub(super) struct Lacking<T> {
    asked: usize,
    /// Those that lack it, in the order in which they were asked.
    pub(super) records: Vec<T>,
}

impl<T> Lacking<T> {
    /// Asks each of the records.
    pub(super) fn among(records: impl Iterator<Item = T>, lacks: impl Fn(&T) -> bool) -> Self {
        let mut asked = 0;
        let records = records.inspect(|_| asked += 1).filter(|record| lacks(record)).collect();
        Self { asked, records }
    }

    /// How many records there are, where every one of several lacks it: then it is told once, of the map.
    pub(super) fn all(&self) -> Option<usize> {
        (self.asked > 1 && self.records.len() == self.asked).then_some(self.asked)
    }

    /// The one finding about the map, where every one of several records lacks it: what is to be said of so many, and the
    /// records that share it.
    pub(super) fn as_one(
        &self,
        subject: impl Fn(&T) -> Subject,
        message: impl FnOnce(usize) -> String,
    ) -> Option<Fault> {
        let message = message(self.all()?);
        Some(Fault::of_all(message, self.records.iter().map(subject)))
    }
}

#[cfg(test)]
mod tests {
    use super::Lacking;

    #[test]
    fn a_fact_about_the_map_is_one_that_several_records_share_and_none_is_free_of() {
        let of = |numbers: &[i32]| Lacking::among(numbers.iter(), |n| **n == 0).all();
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[0]), None);
        assert_eq!(of(&[0, 0, 0]), Some(3));
        assert_eq!(of(&[0, 0, 1]), None);
    }
}
