//! Where what a comparison calls out is to be read.

use std::collections::BTreeSet;

use super::{Callout, ChangeKind, Comparison};
use crate::finding::{Place, Subject, Whereabouts};

/// Where the records of the two maps of a comparison are to be read.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// Of the old map.
    pub old: &'a dyn Whereabouts,
    /// Of the new map.
    pub new: &'a dyn Whereabouts,
}

impl<'a> Sources<'a> {
    /// The places of what is called out, in its order: in the new map, or in the old one where the record is gone;
    /// `None` where that map is no file.
    pub fn places(&self, comparison: &Comparison) -> Vec<Option<Place<'a>>> {
        let removed = comparison
            .changes
            .iter()
            .filter(|change| change.kind == ChangeKind::Removed);
        let removed: BTreeSet<&Subject> = removed.map(|change| &change.subject).collect();
        let place = |call: &Callout| {
            let source = match removed.contains(&call.subject) {
                true => self.old,
                false => self.new,
            };
            let field = call.field.split(['.', ';']).next().filter(|field| !field.is_empty());
            source.place(&call.subject, 0, field)
        };
        comparison.greener.iter().map(place).collect()
    }
}
