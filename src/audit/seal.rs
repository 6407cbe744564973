//! Seals: what a map was on a day, in a chain that cannot be changed unnoticed.

use serde::{Deserialize, Serialize};

use super::{Coverage, Measure};
use crate::escape::json::printable;
use crate::finding::Summary;
use crate::map::{BenefitMap, Day, Number, digest};
use crate::track::Measurements;

/// A file of seals: each names the one before it, and the map of the last stands beside them.
///
/// What the chain shows: no seal was changed, left out or moved without all later ones being made again. Whoever can write
/// the file can make the whole chain anew; who keeps the digest of a seal elsewhere finds that out
/// (S. Haber, W. S. Stornetta, "How to time-stamp a digital document", J. Cryptology 3 (1991)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealBook {
    /// Always 1.
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
    /// The day.
    pub on: Day,
    /// Who sealed; empty where it was not said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// What was said; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The digest of the canonical map, as compact JSON.
    pub map: String,
    /// The digest of the measurements; empty where none were sealed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub measurements: String,
    /// The coverage of that day.
    pub coverage: Vec<SealedShare>,
    /// How many findings the profile `audit` had that day.
    pub findings: SealedFindings,
    /// The digest of the seal before this one; empty for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub previous: String,
    /// The digest of all fields above, as compact JSON.
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

/// Why a file of seals is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// It is not JSON of that shape: cut short, or something else altogether.
    #[error("line {}, column {}: it is no whole file of seals: {source}", .source.line(), .source.column())]
    Shape {
        /// What the reader of JSON met.
        source: serde_json::Error,
    },
    /// It is of another format.
    #[error("it has format {found}, and this version reads format 1")]
    Format {
        /// The number in the file.
        found: u32,
    },
    /// It holds no seal.
    #[error("it holds no seal: the seals have been taken out")]
    Empty,
    /// A seal does not stand where its number says.
    #[error("seal {place} of the file has the number {found}: seals have been taken out or moved")]
    Order {
        /// Its place in the file, from 1.
        place: usize,
        /// Its own number.
        found: usize,
    },
    /// A seal is not what its digest says.
    #[error("seal {number} of {on} has been edited: its content does not have its digest")]
    Edited {
        /// Which seal.
        number: usize,
        /// Its day.
        on: Day,
    },
    /// A seal does not follow on the one before it.
    #[error("seal {number} of {on} does not follow on seal {before}: one of the two has been replaced")]
    Broken {
        /// Which seal.
        number: usize,
        /// Its day.
        on: Day,
        /// The one before it.
        before: usize,
    },
    /// The map beside the seals is not the one that was sealed.
    #[error(
        "the map in the file is not the one of seal {number}: later seals have been cut off, or the map was edited"
    )]
    Map {
        /// The last seal.
        number: usize,
    },
    /// The last seal is not the one that was expected.
    #[error(
        "the last seal has the digest {found}, and {expected} was expected: seals have been cut off, added or made anew"
    )]
    Expected {
        /// The digest of the last seal.
        found: String,
        /// The one that was asked for.
        expected: String,
    },
    /// The day is before that of the last seal.
    #[error("the last seal is of {last}, and a seal of {on} cannot follow it: give the day with --on")]
    Backdated {
        /// The day of the last seal.
        last: Day,
        /// The day that was given.
        on: Day,
    },
}

/// What is sealed beside the map.
#[derive(Debug, Clone)]
pub struct Sealing<'a> {
    /// The day.
    pub on: Day,
    /// Who seals.
    pub by: &'a str,
    /// What is said.
    pub note: &'a str,
    /// What has been measured; `None` where it is not sealed.
    pub measurements: Option<&'a Measurements>,
    /// The coverage of the map.
    pub coverage: &'a Coverage,
    /// The findings of the profile `audit`.
    pub findings: Summary,
}

impl SealBook {
    /// The book in a text, once every seal and the map have been held against their digests.
    ///
    /// # Errors
    /// [`SealError`] with the place of the first thing that is not as it was sealed.
    pub fn read(text: &str) -> Result<Self, SealError> {
        let book: Self = serde_json::from_str(text).map_err(|source| SealError::Shape { source })?;
        if book.format != 1 {
            return Err(SealError::Format { found: book.format });
        }
        let mut before: Option<&Seal> = None;
        for (at, seal) in book.seals.iter().enumerate() {
            if seal.number != at + 1 {
                return Err(SealError::Order {
                    place: at + 1,
                    found: seal.number,
                });
            }
            if seal.digest != seal.reckoned() {
                return Err(SealError::Edited {
                    number: seal.number,
                    on: seal.on,
                });
            }
            if before.map_or("", |before| before.digest.as_str()) != seal.previous {
                return Err(SealError::Broken {
                    number: seal.number,
                    on: seal.on,
                    before: at,
                });
            }
            before = Some(seal);
        }
        let last = before.ok_or(SealError::Empty)?;
        if last.map != digest_of_map(&book.map) {
            return Err(SealError::Map { number: last.number });
        }
        Ok(book)
    }

    /// The book with a seal of the map after those of `book`, or the first seal of all.
    ///
    /// # Errors
    /// [`SealError::Backdated`] where the day is before the last seal's.
    pub fn seal(book: Option<Self>, map: &BenefitMap, sealing: &Sealing<'_>) -> Result<Self, SealError> {
        let mut seals = book.map(|book| book.seals).unwrap_or_default();
        if let Some(last) = seals.last().filter(|last| last.on > sealing.on) {
            return Err(SealError::Backdated {
                last: last.on,
                on: sealing.on,
            });
        }
        let mut map = map.clone();
        map.canonicalize();
        let shares = sealing.coverage.shares.iter().map(|share| SealedShare {
            measure: share.measure,
            covered: share.covered,
            of: share.of,
        });
        let mut seal = Seal {
            number: seals.len() + 1,
            on: sealing.on,
            by: sealing.by.to_owned(),
            note: sealing.note.to_owned(),
            map: digest_of_map(&map),
            measurements: sealing.measurements.map(digest_of_measurements).unwrap_or_default(),
            coverage: shares.collect(),
            findings: sealing.findings.into(),
            previous: seals.last().map(|last| last.digest.clone()).unwrap_or_default(),
            digest: String::new(),
        };
        seal.digest = seal.reckoned();
        seals.push(seal);
        Ok(Self { format: 1, seals, map })
    }

    /// The last seal.
    pub fn last(&self) -> Option<&Seal> {
        self.seals.last()
    }

    /// Holds the last seal against a digest that was kept elsewhere.
    ///
    /// # Errors
    /// [`SealError::Expected`] where it is another.
    pub fn expect(&self, digest: &str) -> Result<(), SealError> {
        let found = self.last().map(|seal| seal.digest.clone()).unwrap_or_default();
        if found == digest.trim() {
            return Ok(());
        }
        Err(SealError::Expected {
            found,
            expected: digest.trim().to_owned(),
        })
    }

    /// Whether the map is the one that was sealed last, record for record and word for word.
    pub fn holds(&self, map: &BenefitMap) -> bool {
        self.last().is_some_and(|seal| seal.map == digest_of_map(map))
    }

    /// Whether the measurements are those that were sealed last; `None` where none were.
    pub fn holds_measurements(&self, measurements: &Measurements) -> Option<bool> {
        let sealed = &self.last()?.measurements;
        (!sealed.is_empty()).then(|| *sealed == digest_of_measurements(measurements))
    }

    /// The text of the file: two spaces a level and a final line break.
    pub fn write(&self) -> String {
        // Strings, whole numbers and exact decimals: there is nothing that JSON cannot hold.
        printable(serde_json::to_string_pretty(self).unwrap_or_default()) + "\n"
    }
}

impl Seal {
    fn reckoned(&self) -> String {
        let mut bare = self.clone();
        bare.digest.clear();
        digest(&serde_json::to_vec(&bare).unwrap_or_default())
    }
}

fn digest_of_map(map: &BenefitMap) -> String {
    let mut map = map.clone();
    map.canonicalize();
    digest(&serde_json::to_vec(&map).unwrap_or_default())
}

/// Of a line `kpi,date,value` for each observation, by KPI and day.
fn digest_of_measurements(measurements: &Measurements) -> String {
    let mut text = String::new();
    for kpi in measurements.kpis() {
        for observation in measurements.of(kpi) {
            text.push_str(&format!("{kpi},{},{}\n", observation.date, observation.value));
        }
    }
    digest(text.as_bytes())
}
