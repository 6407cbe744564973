//! Taking in measurements row by row, also millions of them, and saying what was found on the way.
//!
//! Rows come as texts, with the file and the row that they stand in; reading files and cutting rows into cells is done
//! elsewhere. Nothing is dropped without a [`Remark`]. A row costs 24 bytes until [`Intake::finish`], and 20 after it.

use std::collections::{BTreeMap, HashMap};

use super::measurements::{Measurements, Observation, Unknown};
use super::{Frequency, Notation, Planned};
use crate::map::{BenefitMap, Day, Kpi, KpiId, Number, words};

/// How many remarks of each kind are kept word for word; all are counted.
pub const KEPT_REMARKS: usize = 1000;

/// One row as it stands in a table, each cell as text. White space around a cell means nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct RawMeasurement<'r> {
    /// The KPI's id.
    pub kpi: &'r str,
    /// The day that the value stands for.
    pub date: &'r str,
    /// The value in the KPI's unit.
    pub value: &'r str,
}

words! {
    /// The sorts of remark.
    RemarkKind {
        /// The row names a KPI that the map does not have: it is left out.
        UnknownKpi = "unknown-kpi",
        /// The row lacks its KPI, its date or its value: it is left out.
        MissingCell = "missing-cell",
        /// The date is none: the row is left out.
        BadDate = "bad-date",
        /// The value is not a number: the row is left out.
        BadValue = "bad-value",
        /// The value has thousands separators or a decimal mark that were not declared: the row is left out.
        UndeclaredNotation = "undeclared-notation",
        /// A later row gives another value for the same KPI and day, and holds.
        Correction = "correction",
        /// A later row says the same again.
        Duplicate = "duplicate",
        /// The day is before the KPI's baseline: the row is kept, but nothing is judged by it.
        BeforeBaseline = "before-baseline",
        /// Periods between the first and the last measurement of a KPI have none.
        Gap = "gap",
    }
}

impl RemarkKind {
    /// Whether the row that the remark is about was left out.
    pub fn leaves_out(self) -> bool {
        matches!(
            self,
            Self::UnknownKpi | Self::MissingCell | Self::BadDate | Self::BadValue | Self::UndeclaredNotation
        )
    }
}

/// Something about the rows that somebody should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What sort it is.
    pub kind: RemarkKind,
    /// The file, as it was named, and the row in it; `None` where it is about a KPI and not a row.
    pub place: Option<(String, u32)>,
    /// The column; `None` for the whole row.
    pub column: Option<&'static str>,
    /// What was found: one phrase, texts from the rows in backticks and cut after 40 characters.
    pub message: String,
}

impl std::fmt::Display for Remark {
    /// `jan.csv, row 7, column value: …`, without what is not known of the place.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some((file, row)) = &self.place {
            write!(f, "{file}, row {row}")?;
            if let Some(column) = self.column {
                write!(f, ", column {column}")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.message)
    }
}

/// What has been taken in.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// The measurements that hold.
    pub measurements: Measurements,
    /// How many rows were given, empty ones left aside.
    pub rows: u64,
    /// The first [`KEPT_REMARKS`] of each kind: those about rows in the order of the rows, then those about KPIs by id.
    pub remarks: Vec<Remark>,
    /// How many remarks there were of each kind that occurs, the ones not kept included.
    pub counts: BTreeMap<RemarkKind, u64>,
}

/// Takes in measurements of the KPIs of one map.
#[derive(Debug)]
pub struct Intake<'m> {
    kpis: Vec<&'m Kpi>,
    index: HashMap<&'m str, u32>,
    /// The KPI of the row before.
    latest: Option<u32>,
    entries: Vec<Vec<Entry>>,
    /// Each file with the number of its row 0 in the count of all rows.
    files: Vec<(String, u32)>,
    /// One past the highest origin so far.
    next: u32,
    notation: Notation,
    rows: u64,
    unknown: BTreeMap<KpiId, Unknown>,
    remarks: Vec<(u32, Remark)>,
    counts: BTreeMap<RemarkKind, u64>,
}

/// One row that was read. `origin` is its place in the count of all rows of all files.
#[derive(Debug, Clone, Copy)]
struct Entry {
    value: Number,
    date: Day,
    origin: u32,
}

impl<'m> Intake<'m> {
    /// Nothing taken in yet. Of several KPIs with one id the first stands for it.
    pub fn new(map: &'m BenefitMap, notation: Notation) -> Self {
        let mut kpis = Vec::with_capacity(map.kpis.len());
        let mut index = HashMap::with_capacity(map.kpis.len());
        for kpi in &map.kpis {
            index.entry(kpi.id.as_str()).or_insert_with(|| {
                kpis.push(kpi);
                (kpis.len() - 1) as u32
            });
        }
        Self {
            entries: vec![Vec::new(); kpis.len()],
            kpis,
            index,
            latest: None,
            files: Vec::new(),
            next: 0,
            notation,
            rows: 0,
            unknown: BTreeMap::new(),
            remarks: Vec::new(),
            counts: BTreeMap::new(),
        }
    }

    /// The rows that follow stand in that file.
    pub fn file(&mut self, name: impl Into<String>) {
        self.files.push((name.into(), self.next));
    }

    /// Takes in one row, numbered as a spreadsheet shows it; rows of one file must come in ascending order. A row whose
    /// cells are all empty is nothing. Rows are told apart up to four billion in all.
    pub fn row(&mut self, number: u32, row: RawMeasurement<'_>) {
        let (kpi, date, value) = (row.kpi.trim(), row.date.trim(), row.value.trim());
        if kpi.is_empty() && date.is_empty() && value.is_empty() {
            return;
        }
        self.rows += 1;
        let base = self.files.last().map_or(0, |file| file.1);
        let origin = base.saturating_add(number);
        self.next = self.next.max(origin.saturating_add(1));
        for (text, column) in [(kpi, "kpi"), (date, "date"), (value, "value")] {
            if text.is_empty() {
                self.remark(RemarkKind::MissingCell, origin, Some(column), || {
                    format!("the {column} is missing, and the row is left out")
                });
                return;
            }
        }
        let Some(at) = self.find(kpi) else {
            if let Some(unknown) = self.unknown.get_mut(kpi) {
                unknown.rows += 1;
            } else if self.unknown.len() < KEPT_REMARKS
                // What is no id at all is told of as a remark only.
                && let Ok(id) = KpiId::new(kpi)
            {
                let first = self.place(origin);
                self.unknown.insert(id, Unknown { rows: 1, first });
            }
            self.remark(RemarkKind::UnknownKpi, origin, Some("kpi"), || {
                format!("the map has no KPI {}, and the row is left out", quoted(kpi))
            });
            return;
        };
        let date = match Day::new(date) {
            Ok(date) => date,
            Err(_) => {
                self.remark(RemarkKind::BadDate, origin, Some("date"), || {
                    format!(
                        "{} is not a day written YYYY-MM-DD, and the row is left out",
                        quoted(date)
                    )
                });
                return;
            }
        };
        let value = match self.notation.number(value) {
            Ok(value) => value,
            Err(kind) => {
                self.remark(kind, origin, Some("value"), || match kind {
                    RemarkKind::UndeclaredNotation => format!(
                        "{} has separators that were not declared, and the row is left out",
                        quoted(value)
                    ),
                    _ => format!("{} is not a number, and the row is left out", quoted(value)),
                });
                return;
            }
        };
        self.entries[at as usize].push(Entry { value, date, origin });
    }

    fn find(&mut self, id: &str) -> Option<u32> {
        // Sorted by KPI, a row names the one of the row before; sorted by day, the next one. Both spare the look-up.
        let guess = self.latest.and_then(|latest| {
            let here = |at: &u32| self.kpis.get(*at as usize).is_some_and(|kpi| kpi.id.as_str() == id);
            [latest, latest + 1].into_iter().find(here)
        });
        self.latest = guess.or_else(|| self.index.get(id).copied());
        self.latest
    }

    fn remark(&mut self, kind: RemarkKind, origin: u32, column: Option<&'static str>, message: impl Fn() -> String) {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        if *count <= KEPT_REMARKS as u64 {
            let remark = Remark {
                kind,
                place: self.place(origin),
                column,
                message: message(),
            };
            self.remarks.push((origin, remark));
        }
    }

    fn place(&self, origin: u32) -> Option<(String, u32)> {
        let file = self.files.partition_point(|(_, base)| *base <= origin).checked_sub(1)?;
        let (name, base) = &self.files[file];
        Some((name.clone(), origin - base))
    }

    /// What has been taken in. Of several rows for one KPI and day the last holds: a row later in its file, or in a
    /// later file.
    pub fn finish(mut self) -> Taken {
        let mut order: Vec<usize> = (0..self.kpis.len()).collect();
        order.sort_by(|a, b| self.kpis[*a].id.cmp(&self.kpis[*b].id));
        let mut kpis: BTreeMap<KpiId, Vec<Observation>> = BTreeMap::new();
        let mut gaps = Vec::new();
        for at in order {
            // Taken out one KPI after the other, so that rows and observations never stand in memory twice.
            let mut entries = std::mem::take(&mut self.entries[at]);
            if entries.is_empty() {
                continue;
            }
            let kpi = self.kpis[at];
            // By origin within a day: rows came in that order, and the sort is stable.
            entries.sort_by_key(|entry| entry.date);
            let baseline = kpi.baseline.and_then(|baseline| baseline.date);
            let mut all: Vec<Observation> = Vec::with_capacity(entries.len());
            let mut before: Option<Entry> = None;
            for entry in entries {
                if let Some(first) = before.filter(|before| before.date == entry.date) {
                    self.again(kpi, first, entry);
                    all.pop();
                } else if baseline.is_some_and(|day| entry.date < day) {
                    self.remark(RemarkKind::BeforeBaseline, entry.origin, Some("date"), || {
                        format!("{} is before the baseline of `{}`", entry.date, kpi.id)
                    });
                }
                all.push(Observation {
                    date: entry.date,
                    value: entry.value,
                });
                before = Some(entry);
            }
            all.shrink_to_fit();
            if let Some(message) = gap(kpi, &all) {
                *self.counts.entry(RemarkKind::Gap).or_default() += 1;
                if gaps.len() < KEPT_REMARKS {
                    gaps.push(Remark {
                        kind: RemarkKind::Gap,
                        place: None,
                        column: None,
                        message,
                    });
                }
            }
            kpis.insert(kpi.id.clone(), all);
        }
        self.remarks.sort_by_key(|(origin, _)| *origin);
        let rows = self.remarks.into_iter().map(|(_, remark)| remark);
        Taken {
            measurements: Measurements::from_sorted(kpis, self.unknown),
            rows: self.rows,
            remarks: rows.chain(gaps).collect(),
            counts: self.counts,
        }
    }

    /// A second row for one KPI and day.
    fn again(&mut self, kpi: &Kpi, first: Entry, second: Entry) {
        let place = self.place(first.origin);
        let where_first = match (&place, self.place(second.origin)) {
            (Some((file, row)), Some((same, _))) if *file == same => format!("row {row}"),
            (Some((file, row)), _) => format!("{file}, row {row}"),
            (None, _) => "an earlier row".to_owned(),
        };
        if first.value == second.value {
            self.remark(RemarkKind::Duplicate, second.origin, None, || {
                format!("says of `{}` on {} what {where_first} says", kpi.id, second.date)
            });
        } else {
            self.remark(RemarkKind::Correction, second.origin, Some("value"), || {
                format!(
                    "{} supersedes {} of {where_first} for `{}` on {}",
                    second.value, first.value, kpi.id, second.date
                )
            });
        }
    }
}

/// Says which periods lie empty between the first and the last measurement; `None` where none does, and where the KPI
/// names no frequency. What is missing after the last is overdue, and told elsewhere.
fn gap(kpi: &Kpi, all: &[Observation]) -> Option<String> {
    let frequency = kpi.measurement.as_ref().and_then(|m| Frequency::of(&m.frequency))?;
    let start = kpi.baseline.and_then(|baseline| baseline.date);
    let goal = Planned::of(kpi).goal().and_then(|goal| goal.date);
    let mut missing = 0;
    let mut first = None;
    for pair in all.windows(2) {
        let (a, b) = (pair[0].date, pair[1].date);
        // Nothing was due before the baseline, nor is after the final target.
        if start.is_some_and(|day| a < day) || goal.is_some_and(|day| a >= day) {
            continue;
        }
        let empty = frequency.period(b) - frequency.period(a) - 1;
        if empty > 0 {
            first.get_or_insert((a, b));
            missing += empty;
        }
    }
    let (a, b) = first?;
    let periods = if missing == 1 { "period" } else { "periods" };
    Some(format!(
        "`{}` is to be measured {frequency}, and {missing} {periods} have no measurement, the first between {a} and {b}",
        kpi.id
    ))
}

/// A text from a row in backticks, cut where it is long.
fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> BenefitMap {
        serde_json::from_str(
            r#"{"format": 1, "kpis": [
                {"id": "b", "node": "n"},
                {"id": "a", "node": "n", "baseline": {"date": "2026-01-31", "value": 0},
                 "targets": [{"date": "2026-12-31", "value": 9}], "measurement": {"frequency": "monthly"}}]}"#,
        )
        .unwrap()
    }

    fn take(notation: Notation, files: &[(&str, &[&str])]) -> (Taken, Vec<String>) {
        let map = map();
        let mut intake = Intake::new(&map, notation);
        for (file, rows) in files {
            intake.file(*file);
            for (at, row) in rows.iter().enumerate() {
                let mut cells = row.split('|');
                let mut cell = || cells.next().unwrap_or_default();
                let (kpi, date, value) = (cell(), cell(), cell());
                intake.row(at as u32 + 2, RawMeasurement { kpi, date, value });
            }
        }
        let taken = intake.finish();
        let told = taken.remarks.iter().map(|r| format!("{} {r}", r.kind)).collect();
        (taken, told)
    }

    fn values(taken: &Taken, kpi: &str) -> Vec<String> {
        let id = KpiId::new(kpi).unwrap();
        taken
            .measurements
            .of(&id)
            .iter()
            .map(|o| format!("{} {}", o.date, o.value))
            .collect()
    }

    #[test]
    fn every_row_is_taken_or_told_of() {
        let rows: &[&str] = &[
            " a | 2026-03-31 | 3 ",
            "||",
            "c|2026-03-31|1",
            "a||1",
            "a|31/03/2026|1",
            "a|2026-04-30|n/a",
            "a|2026-04-30|1,234.5",
            "a|2026-04-30|4",
            "b|2026-04-30|1",
        ];
        let (taken, told) = take(Notation::default(), &[("m.csv", rows)]);
        assert_eq!(
            told,
            [
                "unknown-kpi m.csv, row 4, column kpi: the map has no KPI `c`, and the row is left out",
                "missing-cell m.csv, row 5, column date: the date is missing, and the row is left out",
                "bad-date m.csv, row 6, column date: `31/03/2026` is not a day written YYYY-MM-DD, and the row is left out",
                "bad-value m.csv, row 7, column value: `n/a` is not a number, and the row is left out",
                "undeclared-notation m.csv, row 8, column value: `1,234.5` has separators that were not declared, and the row is left out",
            ]
        );
        assert_eq!(taken.rows, 8);
        let left_out: u64 = taken
            .counts
            .iter()
            .filter(|(k, _)| k.leaves_out())
            .map(|(_, n)| n)
            .sum();
        assert_eq!(taken.measurements.len() as u64 + left_out, taken.rows);
        assert_eq!(values(&taken, "a"), ["2026-03-31 3", "2026-04-30 4"]);
    }

    #[test]
    fn a_later_row_supersedes_also_from_a_later_file() {
        let (taken, told) = take(
            Notation::default(),
            &[
                (
                    "one.csv",
                    &["b|2026-02-01|2", "b|2026-01-01|1", "b|2026-02-01|3", "b|2026-01-01|1"],
                ),
                ("two.csv", &["b|2026-02-01|4"]),
            ],
        );
        assert_eq!(
            told,
            [
                "correction one.csv, row 4, column value: 3 supersedes 2 of row 2 for `b` on 2026-02-01",
                "duplicate one.csv, row 5: says of `b` on 2026-01-01 what row 3 says",
                "correction two.csv, row 2, column value: 4 supersedes 3 of one.csv, row 4 for `b` on 2026-02-01",
            ]
        );
        assert_eq!(values(&taken, "b"), ["2026-01-01 1", "2026-02-01 4"]);
    }

    #[test]
    fn gaps_and_history_are_told() {
        let rows: &[&str] = &["a|2025-06-30|1", "a|2026-02-28|1", "a|2026-05-31|2", "a|2026-07-31|2"];
        let (taken, told) = take(Notation::default(), &[("m.csv", rows)]);
        // March, April and June lie empty.
        assert_eq!(
            told,
            [
                "before-baseline m.csv, row 2, column date: 2025-06-30 is before the baseline of `a`",
                "gap `a` is to be measured monthly, and 3 periods have no measurement, the first between 2026-02-28 and 2026-05-31",
            ]
        );
        assert_eq!(taken.measurements.len(), 4);
    }

    #[test]
    fn remarks_are_counted_beyond_those_kept() {
        let map = map();
        let mut intake = Intake::new(&map, Notation::default());
        intake.file("m.csv");
        for row in 2..2002 {
            let raw = RawMeasurement {
                kpi: "nobody",
                date: "2026-01-01",
                value: "1",
            };
            intake.row(row, raw);
        }
        let taken = intake.finish();
        assert_eq!(taken.remarks.len(), KEPT_REMARKS);
        assert_eq!(taken.counts[&RemarkKind::UnknownKpi], 2000);
        assert_eq!(taken.remarks[999].place, Some(("m.csv".to_owned(), 1001)));
    }

    #[test]
    fn a_row_takes_24_bytes() {
        assert_eq!(size_of::<Entry>(), 24);
        assert_eq!(size_of::<Observation>(), 20);
    }
}
