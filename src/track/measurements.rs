//! What was measured: one value a KPI and day, in the order of the days.

use std::collections::BTreeMap;

use super::reception::Reception;
use crate::finding::{Place, Subject, Whereabouts};
use crate::map::{Day, KpiId, Number};

/// One row of a table of measurements.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Measurement {
    /// What was measured.
    pub kpi: KpiId,
    /// The day that the value stands for.
    pub date: Day,
    /// In the KPI's unit.
    pub value: Number,
    /// Where the value comes from; empty where not said.
    pub source: String,
    /// What is to be known about it; empty where nothing.
    pub note: String,
}

impl Measurement {
    /// A value of a KPI on a day, in the KPI's unit, of which nothing else is known.
    pub fn new(kpi: KpiId, date: Day, value: Number) -> Self {
        Self {
            kpi,
            date,
            value,
            source: String::new(),
            note: String::new(),
        }
    }
}

/// A value on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Observation {
    /// The day that the value stands for.
    pub date: Day,
    /// In the KPI's unit.
    pub value: Number,
}

/// The measurements of any number of KPIs, at most one a KPI and day: of several rows the last given holds.
/// Knows nothing of a map; a KPI without rows has no observations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measurements {
    kpis: BTreeMap<KpiId, Vec<Observation>>,
    /// The latest day of all.
    latest: Option<Day>,
    /// KPIs that the map did not have when rows of them came.
    unknown: BTreeMap<KpiId, Unknown>,
    /// How many rows were given, and which were left out.
    reception: Reception,
}

/// Rows of a KPI that the map does not have.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unknown {
    /// How many there are.
    pub(super) rows: u64,
    /// The file and the row of the first.
    pub(super) first: Option<(String, u32)>,
}

/// Knows where the things of a map stand, and where the first row of a KPI that the map does not have.
#[derive(Clone, Copy)]
pub struct Beside<'p> {
    measurements: &'p Measurements,
    map: &'p dyn Whereabouts,
}

impl Whereabouts for Beside<'_> {
    fn place(&self, subject: &Subject, occurrence: usize, field: Option<&str>) -> Option<Place<'_>> {
        if let Subject::Kpi(id) = subject
            && let Some((file, row)) = self.measurements.unknown.get(id).and_then(|rows| rows.first.as_ref())
        {
            return Some(Place {
                file: file.as_str().into(),
                line: *row as usize,
                column: 1,
                span: 0..0,
                text: "",
            });
        }
        self.map.place(subject, occurrence, field)
    }
}

impl Measurements {
    /// Observations that are in the order of their days already, each day once, of KPIs that have any.
    pub(super) fn from_sorted(kpis: BTreeMap<KpiId, Vec<Observation>>, unknown: BTreeMap<KpiId, Unknown>) -> Self {
        let latest = kpis.values().filter_map(|all| all.last()).map(|o| o.date).max();
        Self {
            kpis,
            latest,
            unknown,
            reception: Reception::default(),
        }
    }

    /// The same, with what became of the rows that they come from.
    pub(super) fn received(self, reception: Reception) -> Self {
        Self { reception, ..self }
    }

    /// How many rows were given, and which were left out. Only an [`Intake`](super::Intake) counts them.
    pub fn reception(&self) -> &Reception {
        &self.reception
    }

    /// The observations of a KPI, in the order of their days, each day once; empty where there is none.
    pub fn of(&self, kpi: &KpiId) -> &[Observation] {
        self.kpis.get(kpi).map_or(&[], Vec::as_slice)
    }

    /// The last observation of a KPI from `first` to `last`, both days included.
    pub fn last_between(&self, kpi: &KpiId, first: Day, last: Day) -> Option<Observation> {
        let all = self.of(kpi);
        let upto = all.partition_point(|o| o.date <= last);
        all[..upto].last().copied().filter(|o| o.date >= first)
    }

    /// The KPIs that have observations, in order.
    pub fn kpis(&self) -> impl Iterator<Item = &KpiId> {
        self.kpis.keys()
    }

    /// KPIs of which rows came though the map does not have them, in order, with the number of rows: the first
    /// thousand such ids. Only an [`Intake`](super::Intake) knows the map; otherwise empty.
    pub fn unknown(&self) -> impl Iterator<Item = (&KpiId, u64)> {
        self.unknown.iter().map(|(id, unknown)| (id, unknown.rows))
    }

    /// The places of the map's things, and of the first row of each KPI that the map does not have: its file, and its row
    /// as a spreadsheet counts it.
    pub fn beside<'p>(&'p self, map: &'p dyn Whereabouts) -> Beside<'p> {
        Beside {
            measurements: self,
            map,
        }
    }

    /// The day of the latest observation of all; `None` where there is none.
    pub fn latest(&self) -> Option<Day> {
        self.latest
    }

    /// How many observations there are, superseded rows not counted.
    pub fn len(&self) -> usize {
        self.kpis.values().map(Vec::len).sum()
    }

    /// Whether there is no observation at all.
    pub fn is_empty(&self) -> bool {
        self.kpis.is_empty()
    }
}

impl FromIterator<Measurement> for Measurements {
    /// All the rows, in their order: of several for one KPI and day the last holds.
    fn from_iter<T: IntoIterator<Item = Measurement>>(rows: T) -> Self {
        let mut kpis: BTreeMap<KpiId, Vec<Observation>> = BTreeMap::new();
        for row in rows {
            kpis.entry(row.kpi).or_default().push(Observation {
                date: row.date,
                value: row.value,
            });
        }
        for all in kpis.values_mut() {
            // Stable: rows of one day stay in their order, and the last of them is kept.
            all.sort_by_key(|o| o.date);
            all.reverse();
            all.dedup_by_key(|o| o.date);
            all.reverse();
        }
        Self::from_sorted(kpis, BTreeMap::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_row_of_a_day_holds_and_days_are_in_order() {
        let row = |kpi: &str, date: &str, value: i32| {
            Measurement::new(KpiId::new(kpi).unwrap(), Day::new(date).unwrap(), Number::from(value))
        };
        let all: Measurements = [
            row("b", "2026-02-01", 1),
            row("a", "2026-03-01", 2),
            row("b", "2026-01-01", 3),
            row("b", "2026-02-01", 4),
            row("b", "2026-02-01", 5),
        ]
        .into_iter()
        .collect();
        let b = KpiId::new("b").unwrap();
        let values: Vec<_> = all
            .of(&b)
            .iter()
            .map(|o| (o.date.to_string(), o.value.to_string()))
            .collect();
        assert_eq!(
            values,
            [
                ("2026-01-01".to_owned(), "3".to_owned()),
                ("2026-02-01".to_owned(), "5".to_owned())
            ]
        );
        assert_eq!(all.len(), 3);
        assert_eq!(all.latest(), Some(Day::new("2026-03-01").unwrap()));
        let day = |text| Day::new(text).unwrap();
        assert_eq!(
            all.last_between(&b, day("2026-01-01"), day("2026-01-31"))
                .unwrap()
                .value,
            Number::from(3)
        );
        assert_eq!(all.last_between(&b, day("2026-01-02"), day("2026-01-31")), None);
        assert!(all.of(&KpiId::new("z").unwrap()).is_empty());
    }
}
