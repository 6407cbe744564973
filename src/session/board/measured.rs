//! What was measured, as people hand it in: a value of a KPI on a day. It is data beside the map, never part of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::BoardRefusal;
use crate::map::{Day, KpiId, Number};

/// How many values there may be.
const ROWS: usize = 20_000;
/// The longest source or note, in characters.
const SAID: usize = 200;

/// A value of a KPI on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasuredRow {
    /// What was measured.
    pub kpi: KpiId,
    /// The day that the value stands for.
    pub date: Day,
    /// In the KPI's unit.
    pub value: Number,
    /// Where it comes from; empty where not said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// What is to be known about it; empty where nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// All values, each KPI and day once: the last that was given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<MeasuredRow>", into = "Vec<MeasuredRow>")]
pub(super) struct Measured(BTreeMap<(KpiId, Day), MeasuredRow>);

impl From<Vec<MeasuredRow>> for Measured {
    fn from(rows: Vec<MeasuredRow>) -> Self {
        let rows = rows.into_iter();
        Self(rows.map(|row| ((row.kpi.clone(), row.date), row)).collect())
    }
}

impl From<Measured> for Vec<MeasuredRow> {
    fn from(measured: Measured) -> Self {
        measured.0.into_values().collect()
    }
}

/// What everybody may know of what was measured: that there is something new. The values are asked for.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct MeasuredNews {
    /// How many values there are.
    pub rows: usize,
    /// Other each time that a value is new or gone.
    pub version: u64,
}

impl Measured {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn rows(&self) -> impl Iterator<Item = &MeasuredRow> {
        self.0.values()
    }

    /// Takes values in the place of those of the same days; whether any is new.
    pub fn take(&mut self, rows: &[MeasuredRow]) -> Result<bool, BoardRefusal> {
        for said in rows.iter().flat_map(|row| [&row.source, &row.note]) {
            let length = said.chars().count();
            if length > SAID {
                let (what, most) = ("a source or a note", SAID);
                return Err(BoardRefusal::TooLong { what, length, most });
            }
        }
        let is_fresh = |row: &&MeasuredRow| !self.0.contains_key(&(row.kpi.clone(), row.date));
        if self.0.len() + rows.iter().filter(is_fresh).count() > ROWS {
            return Err(BoardRefusal::TooMany {
                what: "measurements",
                most: ROWS,
            });
        }
        let mut is_new = false;
        for row in rows {
            let before = self.0.insert((row.kpi.clone(), row.date), row.clone());
            is_new |= before.as_ref() != Some(row);
        }
        Ok(is_new)
    }

    /// Takes a value away; whether there was one.
    pub fn remove(&mut self, kpi: &KpiId, date: Day) -> bool {
        self.0.remove(&(kpi.clone(), date)).is_some()
    }
}
