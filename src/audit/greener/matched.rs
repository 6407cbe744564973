//! Records of two maps side by side, by what they are called.

use std::collections::BTreeMap;

/// A record in the old map and in the new one.
pub(super) type Both<'m, T> = (Option<&'m T>, Option<&'m T>);

/// Every record of either list, by what it is called and, where several are called alike, by which of them it is.
pub(super) fn matched<'m, T, K: Ord + Clone>(
    old: impl IntoIterator<Item = &'m T>,
    new: impl IntoIterator<Item = &'m T>,
    key: impl Fn(&'m T) -> K,
) -> Vec<Both<'m, T>> {
    let mut all: BTreeMap<(K, usize), Both<'m, T>> = BTreeMap::new();
    for (key, record) in numbered(old, &key) {
        all.entry(key).or_default().0 = Some(record);
    }
    for (key, record) in numbered(new, &key) {
        all.entry(key).or_default().1 = Some(record);
    }
    all.into_values().collect()
}

fn numbered<'m, T, K: Ord + Clone>(
    records: impl IntoIterator<Item = &'m T>,
    key: impl Fn(&'m T) -> K,
) -> Vec<((K, usize), &'m T)> {
    let mut counts: BTreeMap<K, usize> = BTreeMap::new();
    let number = |record: &'m T| {
        let key = key(record);
        let count = counts.entry(key.clone()).or_default();
        *count += 1;
        ((key, *count), record)
    };
    records.into_iter().map(number).collect()
}
