//! Rows of measurements as they were read: what a seal holds of them.
//!
//! Of every row a digest is kept: of its KPI, day, value, source and note, superseded rows too. Rows of one KPI are put in
//! the order of their days, those of one day in the order of the files: how files are cut and named makes no difference,
//! and which of two rows of a day came last does.

use std::collections::BTreeMap;

use super::Measurement;
use crate::map::{Day, KpiId, Number, digest, sha256};

/// The day of a row, where it could be read, and its digest.
type RowDigest = (Option<Day>, [u8; 32]);

/// Rows of any number of KPIs as they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowsRead {
    /// By KPI; rows that were left out, under no KPI, in the order of the files.
    kpis: BTreeMap<String, Vec<RowDigest>>,
}

/// All rows of one KPI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowsOf {
    /// The KPI's id; empty for rows that were left out, for they could not be read or their KPI is not on the map.
    pub kpi: String,
    /// How many there are, superseded ones too.
    pub rows: u64,
    /// `sha256:` and 64 hexadecimal digits over all of them in their order.
    pub digest: String,
}

impl RowsRead {
    /// Adds a row that was read.
    pub fn add(&mut self, row: &Measurement) {
        self.keep(&row.kpi, (row.date, row.value), of_texts([&row.source, &row.note]));
    }

    fn keep(&mut self, kpi: &KpiId, (day, value): (Day, Number), said: [u8; 32]) {
        let cells = [kpi.to_string(), day.to_string(), value.to_string()];
        let digest = of_parts(&[of_texts(cells.each_ref().map(String::as_str)), said]);
        self.kpis.entry(kpi.to_string()).or_default().push((Some(day), digest));
    }

    /// The rows of every KPI, in the order of the ids.
    pub fn by_kpi(&self) -> Vec<RowsOf> {
        let of = |(kpi, rows): (&String, &Vec<_>)| RowsOf {
            kpi: kpi.clone(),
            rows: rows.len() as u64,
            digest: of_rows(rows, rows.len()),
        };
        self.kpis.iter().map(of).collect()
    }

    /// Whether the first rows of the KPI are those, and only later ones were added.
    pub fn begins_with(&self, sealed: &RowsOf) -> bool {
        let Some(rows) = self.kpis.get(&sealed.kpi) else {
            return sealed.rows == 0;
        };
        usize::try_from(sealed.rows).is_ok_and(|count| count <= rows.len() && of_rows(rows, count) == sealed.digest)
    }

    /// How many rows there are.
    pub fn len(&self) -> u64 {
        self.kpis.values().map(|rows| rows.len() as u64).sum()
    }

    /// Whether there is no row at all.
    pub fn is_empty(&self) -> bool {
        self.kpis.is_empty()
    }
}

impl<'r> FromIterator<&'r Measurement> for RowsRead {
    fn from_iter<T: IntoIterator<Item = &'r Measurement>>(rows: T) -> Self {
        let mut read = Self::default();
        rows.into_iter().for_each(|row| read.add(row));
        read
    }
}

/// Rows on their way in: what a seal holds of each before it is known what its day and its value mean.
#[derive(Debug, Clone, Default)]
pub(super) struct RowsToSeal {
    /// Of the source and the note of the next row.
    next: Option<[u8; 32]>,
    /// By the place of the row among all: of its source and note, and of its cells as they stand.
    rows: BTreeMap<u32, ([u8; 32], [u8; 32])>,
    read: RowsRead,
}

impl RowsToSeal {
    /// What the next row says of its source, and its note.
    pub(super) fn said(&mut self, source: &str, note: &str) {
        self.next = Some(of_texts([source, note]));
    }

    /// A row, by its cells as they stand.
    pub(super) fn row(&mut self, origin: u32, cells: [&str; 3]) {
        let said = self.next.take().unwrap_or_else(|| of_texts(["", ""]));
        self.rows.insert(origin, (said, of_texts(cells)));
    }

    /// The row was read.
    pub(super) fn keep(&mut self, kpi: &KpiId, read: (Day, Number), origin: u32) {
        if let Some((said, _)) = self.rows.remove(&origin) {
            self.read.keep(kpi, read, said);
        }
    }

    /// All that was read, and what was not as it stands.
    pub(super) fn finish(mut self) -> RowsRead {
        let left_out: Vec<_> = self
            .rows
            .values()
            .map(|(said, cells)| (None, of_parts(&[*cells, *said])))
            .collect();
        if !left_out.is_empty() {
            self.read.kpis.insert(String::new(), left_out);
        }
        self.read
    }
}

/// The digest of some texts, without white space around them: of a JSON list of them.
fn of_texts<const N: usize>(texts: [&str; N]) -> [u8; 32] {
    // A list of texts: there is nothing that JSON cannot hold.
    sha256(&serde_json::to_vec(texts.map(str::trim).as_slice()).unwrap_or_default())
}

fn of_parts(parts: &[[u8; 32]]) -> [u8; 32] {
    sha256(&parts.concat())
}

/// The digest of the first rows in the order of their days: each row is taken together with all before it.
fn of_rows(rows: &[(Option<Day>, [u8; 32])], count: usize) -> String {
    let mut sorted: Vec<&(Option<Day>, [u8; 32])> = rows.iter().collect();
    sorted.sort_by_key(|row| row.0);
    let mut all = Vec::with_capacity(count * 32);
    for row in &sorted[..count] {
        all.extend_from_slice(&row.1);
    }
    digest(&all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kpi: &str, date: &str, value: i32, source: &str, note: &str) -> Measurement {
        Measurement {
            kpi: kpi.parse().unwrap(),
            date: date.parse().unwrap(),
            value: crate::map::Number::from(value),
            source: source.to_owned(),
            note: note.to_owned(),
        }
    }

    #[test]
    fn every_cell_counts_and_so_does_which_of_two_rows_of_a_day_came_last() {
        let rows = [
            row("a", "2026-01-31", 40, "Panel", ""),
            row("b", "2026-01-31", 7, "Panel", ""),
            row("a", "2026-01-31", 11, "Panel", "corrected"),
            row("a", "2026-02-28", 12, "Panel", ""),
        ];
        let of = |rows: &[Measurement]| rows.iter().collect::<RowsRead>().by_kpi();
        let before = of(&rows);
        assert_eq!(before.iter().map(|of| of.rows).collect::<Vec<_>>(), [3, 1]);
        // How the rows of several KPIs are mixed says nothing, nor which day comes first in the file.
        assert_eq!(of(&[3, 0, 2, 1].map(|at| rows[at].clone())), before);
        assert_ne!(
            of(&[2, 1, 0, 3].map(|at| rows[at].clone())),
            before,
            "the correction came first"
        );
        assert_ne!(
            of(&[2, 1, 3].map(|at| rows[at].clone())),
            before,
            "what was corrected is gone"
        );
        for change in [
            |row: &mut Measurement| row.value = crate::map::Number::from(41),
            |row: &mut Measurement| row.source = "Panel 2".to_owned(),
            |row: &mut Measurement| row.note = "x".to_owned(),
            |row: &mut Measurement| row.date = "2026-01-30".parse().unwrap(),
        ] {
            let mut changed = rows.clone();
            change(&mut changed[0]);
            assert_ne!(of(&changed), before);
        }
        // Rows that come later leave those before as they were; rows in between do not.
        let mut more = rows.to_vec();
        more.push(row("a", "2026-03-31", 13, "Panel", ""));
        let read: RowsRead = more.iter().collect();
        assert!(before.iter().all(|sealed| read.begins_with(sealed)));
        more.push(row("a", "2026-01-01", 13, "Panel", ""));
        let read: RowsRead = more.iter().collect();
        assert!(!read.begins_with(&before[0]) && read.begins_with(&before[1]));
        assert!(!RowsRead::default().begins_with(&before[0]));
    }
}
