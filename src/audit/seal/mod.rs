//! Seals: what a map was on a day, in a chain that cannot be changed unnoticed.

mod chain;
mod error;
mod figures;

use serde::{Deserialize, Serialize};

use super::Measure;
use crate::check::Profile;
use crate::escape::json::pretty;
use crate::finding::Summary;
use crate::map::{BenefitMap, Day, Number, digest, json_digest};
use crate::track::{Measurements, RowsOf, RowsRead};

pub use chain::{ChainedSeal, expected_seal, next_in_chain, verify_chain};
pub use error::SealError;
pub use figures::Refigured;

/// The format of the seals that this version makes. Format 1 knew no rows, profile, version and time.
const FORMAT: u32 = 2;

/// The version of benefit-map that this is, as seals state it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A file of seals: each names the one before it, and the map of the last stands beside them.
///
/// What the chain shows: no seal was changed, left out or moved without all later ones being made again. Whoever can write
/// the file can make the whole chain again, or cut seals off its end; who keeps the digest of a seal elsewhere finds that
/// out up to that seal (S. Haber, W. S. Stornetta, "How to time-stamp a digital document", J. Cryptology 3 (1991)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealBook {
    /// The format of its last seal.
    pub format: u32,
    /// The seals, the first first.
    pub seals: Vec<Seal>,
    /// The map that the last seal is of, in its canonical form.
    pub map: BenefitMap,
}

/// One seal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// From 1.
    pub number: usize,
    /// The format of this seal; 1 where the file does not say.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub format: u32,
    /// The day that it is for, as whoever sealed gave it.
    pub on: Day,
    /// When it was made by the clock of the machine, in UTC (RFC 3339); empty in format 1.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub made: String,
    /// Who sealed; empty where it was not said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// What was said; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The digest of the canonical map, as compact JSON.
    pub map: String,
    /// The digest of the measurements; empty where none were sealed. In format 2 of `rows`, as compact JSON; in format 1
    /// of a line `kpi,date,value` for each value that holds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub measurements: String,
    /// The rows of measurements as they were read, by KPI; empty in format 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<SealedRows>,
    /// The profile that findings were counted under; `None` in format 1, where it was `audit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// The version of benefit-map that made it; empty in format 1.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// The coverage of that day.
    pub coverage: Vec<SealedShare>,
    /// How many findings the profile had that day.
    pub findings: SealedFindings,
    /// The digest of the seal before this one; empty for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub previous: String,
    /// The digest of all fields above, as compact JSON.
    pub digest: String,
}

fn first() -> u32 {
    1
}

fn is_first(format: &u32) -> bool {
    *format == 1
}

/// All sealed rows of one KPI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedRows {
    /// Its id; empty for rows that were left out.
    pub kpi: String,
    /// How many there are, superseded ones too.
    pub rows: u64,
    /// The digest of all of them.
    pub digest: String,
}

/// A line of the coverage of a sealed map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedShare {
    /// What is measured.
    pub measure: Measure,
    /// How much was covered.
    pub covered: Number,
    /// Of how much.
    pub of: Number,
}

/// Findings of a sealed map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedFindings {
    /// Of severity error.
    pub errors: usize,
    /// Of severity warning.
    pub warnings: usize,
    /// Of severity note.
    pub notes: usize,
    /// Left out, for the map allows them.
    pub allowed: usize,
}

impl From<Summary> for SealedFindings {
    fn from(summary: Summary) -> Self {
        Self {
            errors: summary.errors,
            warnings: summary.warnings,
            notes: summary.notes,
            allowed: summary.allowed,
        }
    }
}

impl std::fmt::Display for SealedFindings {
    /// `2 errors, 1 warnings, 0 notes, 3 allowed`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} errors, {} warnings, {} notes, {} allowed",
            self.errors, self.warnings, self.notes, self.allowed
        )
    }
}

/// What is sealed beside the map.
#[derive(Debug, Clone)]
pub struct Sealing<'a> {
    /// The day that the seal is for.
    pub on: Day,
    /// When it is made, in UTC (RFC 3339).
    pub made: &'a str,
    /// Who seals.
    pub by: &'a str,
    /// What is said.
    pub note: &'a str,
    /// The profile that findings are counted under.
    pub profile: Profile,
    /// What has been measured, and the rows as they were read; `None` where that is not sealed.
    pub measured: Option<(&'a Measurements, &'a RowsRead)>,
}

/// How measurements compare with those that were sealed last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowsHeld {
    /// None were sealed.
    NotSealed,
    /// They are the same, row for row.
    Same,
    /// Every row that was sealed is there unchanged, and so many came after them.
    Added(u64),
    /// Rows that were sealed have been changed, moved or taken out: of these KPIs, by id; of an empty id rows that were
    /// left out. No id is named where the seal is of format 1.
    Changed(Vec<String>),
}

impl SealBook {
    /// The book in a text, once every seal and the map have been held against their digests. Figures are held against
    /// the map by [`Self::refigured`].
    ///
    /// # Errors
    /// [`SealError`] with the place of the first thing that is not as it was sealed.
    pub fn read(text: &str) -> Result<Self, SealError> {
        let book: Self = serde_json::from_str(text).map_err(|source| SealError::Shape { source })?;
        if !(1..=FORMAT).contains(&book.format) {
            return Err(SealError::Format { found: book.format });
        }
        // A seal of another format has its digest over other fields: that is said first.
        if let Some(seal) = book.seals.iter().find(|seal| !(1..=FORMAT).contains(&seal.format)) {
            return Err(SealError::Format { found: seal.format });
        }
        verify_chain(&book.seals)?;
        // A chain that has once been of a later form does not go back.
        for pair in book.seals.windows(2) {
            if pair[1].format < pair[0].format {
                return Err(pair[1].older_than(pair[0].format));
            }
        }
        let last = book.last().ok_or(SealError::Empty)?;
        if last.format != book.format {
            return Err(last.older_than(book.format));
        }
        if last.map != map_digest(&book.map) {
            return Err(SealError::Map { number: last.number });
        }
        Ok(book)
    }

    /// The book with a seal of the map after those of `book`, or the first seal of all. Coverage and findings are those of
    /// the map as of the day, under the profile.
    ///
    /// # Errors
    /// [`SealError::Backdated`] where the day is before the last seal's.
    pub fn seal(book: Option<Self>, map: &BenefitMap, sealing: &Sealing<'_>) -> Result<Self, SealError> {
        let mut seals = book.map(|book| book.seals).unwrap_or_default();
        let (number, previous) = next_in_chain(&seals, sealing.on)?;
        let mut map = map.clone();
        map.canonicalize();
        let values = sealing.measured.map(|(measurements, _)| measurements);
        let (coverage, findings) = figures::of(&map, sealing.profile, sealing.on, values);
        let rows: Vec<SealedRows> = sealing.measured.map(|(_, rows)| rows_to_seal(rows)).unwrap_or_default();
        let mut seal = Seal {
            number,
            format: FORMAT,
            on: sealing.on,
            made: sealing.made.to_owned(),
            by: sealing.by.to_owned(),
            note: sealing.note.to_owned(),
            map: map_digest(&map),
            measurements: sealing.measured.map(|_| digest_of_rows(&rows)).unwrap_or_default(),
            rows,
            profile: Some(sealing.profile),
            version: VERSION.to_owned(),
            coverage,
            findings,
            previous,
            digest: String::new(),
        };
        seal.digest = seal.computed();
        seals.push(seal);
        Ok(Self {
            format: FORMAT,
            seals,
            map,
        })
    }

    /// The last seal.
    pub fn last(&self) -> Option<&Seal> {
        self.seals.last()
    }

    /// The seal with a digest that was kept elsewhere, as [`expected_seal`].
    ///
    /// # Errors
    /// [`SealError::Expected`] where no seal has it.
    pub fn expect(&self, digest: &str) -> Result<&Seal, SealError> {
        expected_seal(&self.seals, digest)
    }

    /// Whether the map is the one that was sealed last, record for record and word for word.
    pub fn holds(&self, map: &BenefitMap) -> bool {
        self.last().is_some_and(|seal| seal.map == map_digest(map))
    }

    /// How measurements compare with those that were sealed last. A seal of format 1 holds only the values that counted.
    pub fn holds_rows(&self, measurements: &Measurements, rows: &RowsRead) -> RowsHeld {
        let Some(seal) = self.last().filter(|seal| seal.seals_measurements()) else {
            return RowsHeld::NotSealed;
        };
        if seal.format == 1 {
            return match seal.measurements == digest_of_values(measurements) {
                true => RowsHeld::Same,
                false => RowsHeld::Changed(Vec::new()),
            };
        }
        rows_compared(&seal.rows, rows)
    }

    /// The text of the file: two spaces a level and a final line break.
    pub fn write(&self) -> String {
        pretty(self)
    }
}

impl Seal {
    /// Whether measurements were sealed with the map.
    pub fn seals_measurements(&self) -> bool {
        !self.measurements.is_empty()
    }

    fn computed(&self) -> String {
        let mut bare = self.clone();
        bare.digest.clear();
        json_digest(&bare)
    }

    fn rows_have_their_digest(&self) -> bool {
        match (self.format, self.seals_measurements()) {
            (1, _) | (_, false) => self.rows.is_empty(),
            _ => self.measurements == digest_of_rows(&self.rows),
        }
    }

    fn older_than(&self, of: u32) -> SealError {
        SealError::OlderFormat {
            number: self.number,
            found: self.format,
            of,
        }
    }
}

impl ChainedSeal for Seal {
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
        Some(self.profile.unwrap_or(Profile::Audit))
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
        self.digest == self.computed() && self.rows_have_their_digest()
    }
}

impl SealedRows {
    fn as_read(&self) -> RowsOf {
        RowsOf {
            kpi: self.kpi.clone(),
            rows: self.rows,
            digest: self.digest.clone(),
        }
    }
}

/// The digest of a map: of its canonical form, reviews and all, as compact JSON. Seals and reports name the same.
pub fn map_digest(map: &BenefitMap) -> String {
    let mut map = map.clone();
    map.canonicalize();
    json_digest(&map)
}

/// How rows compare with those that were sealed: with each row, its source and its note.
pub fn rows_compared(sealed: &[SealedRows], rows: &RowsRead) -> RowsHeld {
    if digest_of_rows(sealed) == digest_of_rows(&rows_to_seal(rows)) {
        return RowsHeld::Same;
    }
    let changed: Vec<String> = sealed
        .iter()
        .filter(|sealed| !rows.begins_with(&sealed.as_read()))
        .map(|sealed| sealed.kpi.clone())
        .collect();
    let before: u64 = sealed.iter().map(|sealed| sealed.rows).sum();
    match changed.is_empty() {
        true => RowsHeld::Added(rows.len().saturating_sub(before)),
        false => RowsHeld::Changed(changed),
    }
}

/// Rows as a seal holds them, by KPI.
pub fn rows_to_seal(rows: &RowsRead) -> Vec<SealedRows> {
    let all = rows.by_kpi().into_iter();
    all.map(|of| SealedRows {
        kpi: of.kpi,
        rows: of.rows,
        digest: of.digest,
    })
    .collect()
}

/// The digest of sealed rows, as compact JSON.
pub fn digest_of_rows(rows: &[SealedRows]) -> String {
    json_digest(rows)
}

/// Of a line `kpi,date,value` for each observation, by KPI and day: what seals of format 1 hold.
fn digest_of_values(measurements: &Measurements) -> String {
    let mut text = String::new();
    for kpi in measurements.kpis() {
        for observation in measurements.of(kpi) {
            text.push_str(&format!("{kpi},{},{}\n", observation.date, observation.value));
        }
    }
    digest(text.as_bytes())
}
