//! Seals of a portfolio: what it, its maps and all that was measured were on a day, in a chain that cannot be changed unnoticed.

use serde::{Deserialize, Serialize};

use super::bounds::Bounds;
use super::check::check;
use super::model::Portfolio;
use super::totals::{Gathered, Total, totals};
use crate::audit::{
    ChainedSeal, RowsHeld, SealError, SealedFindings, SealedRows, VERSION, digest_of_rows, map_digest, next_in_chain,
    rows_compared, rows_to_seal, verify_chain,
};
use crate::check::Profile;
use crate::escape::json::pretty;
use crate::finding::Severity;
use crate::map::{Day, Number, json_digest};
use crate::track::RowsRead;

/// The format of the seals that this version makes.
const FORMAT: u32 = 1;

/// A file of seals of a portfolio: each names the one before it, and the portfolio of the last is beside them.
///
/// What the chain shows is what that of a map shows, [`SealBook`](crate::audit::SealBook). Of maps and measurements it has the digests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceBook {
    /// The format of the file.
    pub format: u32,
    /// The seals, the first first.
    pub seals: Vec<PlaceSeal>,
    /// The portfolio that the last seal is of.
    pub portfolio: Portfolio,
}

/// One seal of a portfolio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceSeal {
    /// From 1.
    pub number: usize,
    /// The day that it is for, as given by the person who sealed.
    pub on: Day,
    /// When it was made by the clock of the machine, in UTC (RFC 3339).
    pub made: String,
    /// Who sealed; empty where it was not said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// What was said; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The digest of the portfolio, as compact JSON.
    pub portfolio: String,
    /// Its maps, in its order.
    pub maps: Vec<SealedMap>,
    /// What the place measured itself; `None` where it names no files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<SealedSeries>,
    /// The version of benefit-map that made it.
    pub version: String,
    /// What was planned and achieved, by measure and year.
    pub totals: Vec<SealedTotal>,
    /// How many findings there were that day.
    pub findings: SealedFindings,
    /// The digest of the seal before this one; empty for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub previous: String,
    /// The digest of all fields above, as compact JSON.
    pub digest: String,
}

/// A map of a sealed portfolio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedMap {
    /// What the portfolio calls it.
    pub id: String,
    /// The digest of the canonical map, as compact JSON: the same as in a seal of the map.
    pub map: String,
    /// What was measured; `None` where the portfolio names no files for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured: Option<SealedSeries>,
}

/// Rows of measurements that were sealed, as in a seal of a map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedSeries {
    /// The digest of `rows`, as compact JSON.
    pub digest: String,
    /// The rows as they were read, by KPI.
    pub rows: Vec<SealedRows>,
}

impl SealedSeries {
    fn of(rows: &RowsRead) -> Self {
        let rows = rows_to_seal(rows);
        Self {
            digest: digest_of_rows(&rows),
            rows,
        }
    }
}

/// What a measure came to in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedTotal {
    /// The measure.
    pub measure: String,
    /// The year.
    pub year: String,
    /// Planned, at least and at most; `None` where nothing is.
    pub planned: Option<[Number; 2]>,
    /// Achieved, at least and at most; `None` where nothing was measured.
    pub achieved: Option<[Number; 2]>,
}

impl SealedTotal {
    fn of(total: &Total<'_>) -> Self {
        let both = |bounds: Option<Bounds>| {
            let bounds = bounds?;
            Some([Number::rounded(bounds.at_least)?, Number::rounded(bounds.at_most)?])
        };
        Self {
            measure: total.measure.id.clone(),
            year: total.year.to_string(),
            planned: both(total.planned),
            achieved: both(total.achieved),
        }
    }
}

/// What is sealed beside the portfolio and its maps.
#[derive(Debug, Clone, Copy)]
pub struct PlaceSealing<'a> {
    /// When it is made, in UTC (RFC 3339).
    pub made: &'a str,
    /// Who seals.
    pub by: &'a str,
    /// What is said.
    pub note: &'a str,
    /// The rows of each map as they were read, in the order of the maps that were gathered; `None` where the portfolio names no files for it.
    pub rows: &'a [Option<&'a RowsRead>],
    /// The rows of what the place measured itself; `None` where it names no files.
    pub own: Option<&'a RowsRead>,
}

/// What of a portfolio is not as it was sealed last, in the order of the portfolio.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlaceChange {
    /// The map, by its id; `None` for the place itself.
    pub map: Option<String>,
    /// What became of it.
    pub kind: PlaceChangeKind,
}

/// What became of a part of a sealed portfolio.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlaceChangeKind {
    /// It is another map, or another portfolio.
    Edited,
    /// The map was not in the portfolio that was sealed.
    Added,
    /// The map was sealed and is no longer in the portfolio, or could not be read.
    Missing,
    /// Measurements were sealed and none are named any more, or some are named and none were sealed.
    MeasuredOrNot,
    /// Rows of measurements came after the sealed ones, or sealed ones were changed.
    Rows(RowsHeld),
    /// Nothing of the above, and yet it adds up to something else: the measure and the year.
    Total(String),
}

impl PlaceBook {
    /// The book in a text, once every seal and the portfolio have been held against their digests.
    ///
    /// # Errors
    /// [`SealError`] with the place of the first thing that is not as it was sealed.
    pub fn read(text: &str) -> Result<Self, SealError> {
        let book: Self = serde_json::from_str(text).map_err(|source| SealError::Shape { source })?;
        if book.format != FORMAT {
            return Err(SealError::Format { found: book.format });
        }
        verify_chain(&book.seals)?;
        match book.seals.last() {
            Some(last) if last.portfolio != json_digest(&book.portfolio) => Err(SealError::Map { number: last.number }),
            _ => Ok(book),
        }
    }

    /// The book with a seal after those of `book`, or the first seal of all, as of the reporting date of what was gathered. All maps are to be
    /// there: of one that could not be read nothing can be sealed.
    ///
    /// # Errors
    /// [`SealError::Backdated`] where the day is before the last seal's.
    pub fn seal(
        book: Option<Self>,
        portfolio: &Portfolio,
        gathered: &Gathered<'_>,
        sealing: &PlaceSealing<'_>,
    ) -> Result<Self, SealError> {
        let mut seals = book.map(|book| book.seals).unwrap_or_default();
        let on = gathered.as_of;
        let (number, previous) = next_in_chain(&seals, on)?;
        let found = check(portfolio, gathered);
        let count = |severity| found.iter().filter(|one| one.rule.severity == severity).count();
        let mut seal = PlaceSeal {
            number,
            on,
            made: sealing.made.to_owned(),
            by: sealing.by.to_owned(),
            note: sealing.note.to_owned(),
            portfolio: json_digest(portfolio),
            maps: sealed_maps(gathered, sealing.rows),
            measured: sealing.own.map(SealedSeries::of),
            version: VERSION.to_owned(),
            totals: totals(portfolio, gathered).iter().map(SealedTotal::of).collect(),
            findings: SealedFindings {
                errors: count(Severity::Error),
                warnings: count(Severity::Warning),
                notes: count(Severity::Note),
                allowed: 0,
            },
            previous,
            digest: String::new(),
        };
        seal.digest = seal.computed();
        seals.push(seal);
        Ok(Self {
            format: FORMAT,
            seals,
            portfolio: portfolio.clone(),
        })
    }

    /// The last seal.
    pub fn last(&self) -> Option<&PlaceSeal> {
        self.seals.last()
    }

    /// What is not as it was sealed last; empty where everything is. `gathered` is as of the day of the seal. Where nothing else changed, what
    /// it adds up to is calculated again.
    pub fn changes(
        &self,
        portfolio: &Portfolio,
        gathered: &Gathered<'_>,
        (rows, own): (&[Option<&RowsRead>], Option<&RowsRead>),
    ) -> Vec<PlaceChange> {
        let Some(last) = self.last() else { return Vec::new() };
        let mut out = Vec::new();
        let mut add = |map: Option<&str>, kind| {
            out.push(PlaceChange {
                map: map.map(str::to_owned),
                kind,
            });
        };
        if last.portfolio != json_digest(portfolio) {
            add(None, PlaceChangeKind::Edited);
        }
        if let Some(kind) = series_changed(last.measured.as_ref(), own) {
            add(None, kind);
        }
        let now = gathered.maps.iter().zip(rows);
        for (held, rows) in now.clone() {
            let Some(sealed) = last.maps.iter().find(|sealed| sealed.id == held.id) else {
                add(Some(held.id), PlaceChangeKind::Added);
                continue;
            };
            if sealed.map != map_digest(held.map) {
                add(Some(held.id), PlaceChangeKind::Edited);
            }
            if let Some(kind) = series_changed(sealed.measured.as_ref(), *rows) {
                add(Some(held.id), kind);
            }
        }
        for sealed in &last.maps {
            if !gathered.maps.iter().any(|held| held.id == sealed.id) {
                add(Some(&sealed.id), PlaceChangeKind::Missing);
            }
        }
        if out.is_empty() {
            let now: Vec<SealedTotal> = totals(portfolio, gathered).iter().map(SealedTotal::of).collect();
            let differing = last.totals.iter().filter(|total| !now.contains(total));
            out.extend(differing.map(|total| PlaceChange {
                map: None,
                kind: PlaceChangeKind::Total(format!("{} {}", total.measure, total.year)),
            }));
        }
        out
    }

    /// The text of the file: two spaces a level and a final line break.
    pub fn write(&self) -> String {
        pretty(self)
    }
}

fn sealed_maps(gathered: &Gathered<'_>, rows: &[Option<&RowsRead>]) -> Vec<SealedMap> {
    let sealed = gathered.maps.iter().enumerate().map(|(at, held)| SealedMap {
        id: held.id.to_owned(),
        map: map_digest(held.map),
        measured: rows.get(at).copied().flatten().map(SealedSeries::of),
    });
    sealed.collect()
}

fn series_changed(sealed: Option<&SealedSeries>, rows: Option<&RowsRead>) -> Option<PlaceChangeKind> {
    match (sealed, rows) {
        (None, None) => None,
        (Some(sealed), Some(rows)) => match rows_compared(&sealed.rows, rows) {
            RowsHeld::Same | RowsHeld::NotSealed => None,
            held => Some(PlaceChangeKind::Rows(held)),
        },
        _ => Some(PlaceChangeKind::MeasuredOrNot),
    }
}

impl PlaceSeal {
    fn computed(&self) -> String {
        let mut bare = self.clone();
        bare.digest.clear();
        json_digest(&bare)
    }
}

impl ChainedSeal for PlaceSeal {
    fn number(&self) -> usize {
        self.number
    }

    fn on(&self) -> Day {
        self.on
    }

    fn made(&self) -> &str {
        &self.made
    }

    fn by(&self) -> &str {
        &self.by
    }

    fn version(&self) -> &str {
        &self.version
    }

    fn profile(&self) -> Option<Profile> {
        None
    }

    fn findings(&self) -> &SealedFindings {
        &self.findings
    }

    fn previous(&self) -> &str {
        &self.previous
    }

    fn digest(&self) -> &str {
        &self.digest
    }

    fn is_whole(&self) -> bool {
        let all = self
            .maps
            .iter()
            .map(|map| map.measured.as_ref())
            .chain([self.measured.as_ref()]);
        self.digest == self.computed()
            && all
                .flatten()
                .all(|series| series.digest == digest_of_rows(&series.rows))
    }
}
