//! Taking in measurements row by row, also millions of them, and saying what was found on the way.
//!
//! Rows come as texts, or as the values that a workbook holds, with the file and the row that they stand in; reading files
//! and cutting rows into cells is done elsewhere. Nothing is dropped without a [`Remark`]. A row costs 24 bytes until
//! [`Intake::finish`], and 20 after it; one that may be read in two ways 8 more, since only the last row shows how a
//! column is written.

use std::collections::{BTreeMap, HashMap};

use super::gaps::gap;
use super::measurements::{Measurements, Observation, Unknown};
use super::reception::{KEPT_REMARKS, Reception, Remark, RemarkKind};
use super::rows::{RowsRead, RowsToSeal};
use super::sources::{Decided, Held, Sources};
use crate::finding::nearest;
use crate::map::called::{Called, Callings};
use crate::map::written::{Bound, DecimalMark, Meant, Notation, Purse, Read, Refusal, Written};
use crate::map::{BenefitMap, Day, Kpi, KpiId, Number, Period, is_blank, slug};

/// How many texts that are no ids are remembered with the KPI that they call.
const REMEMBERED: usize = 10_000;

/// One row as it stands in a table, each cell as text. White space around a cell means nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct RawMeasurement<'r> {
    /// The KPI: its id, the code that its id was made of, or its title.
    pub kpi: &'r str,
    /// The day that the value stands for.
    pub date: &'r str,
    /// The value in the KPI's unit.
    pub value: &'r str,
}

/// What has been taken in.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// The measurements that hold. They know how many rows were given, and which were left out.
    pub measurements: Measurements,
    /// The first [`KEPT_REMARKS`] of each kind: those about rows in the order of the rows, then those about KPIs by id.
    pub remarks: Vec<Remark>,
    /// How many remarks there were of each kind that occurs, the ones not kept included.
    pub counts: BTreeMap<RemarkKind, u64>,
    /// The rows as they were read, where the intake was asked to keep them.
    pub rows_read: Option<RowsRead>,
}

/// Takes in measurements of the KPIs of one map.
#[derive(Debug)]
pub struct Intake<'m> {
    kpis: Vec<&'m Kpi>,
    index: HashMap<&'m str, u32>,
    callings: Callings,
    /// What texts that are no ids call.
    called: HashMap<String, Option<u32>>,
    /// The KPI of the row before.
    latest: Option<u32>,
    entries: Vec<Vec<Entry>>,
    sources: Sources,
    held: Vec<Held>,
    purse: Purse,
    /// The time that the map and its KPIs cover.
    period: Option<Period>,
    as_of: Option<Day>,
    today: Option<Day>,
    rows: u64,
    unknown: BTreeMap<KpiId, Unknown>,
    remarks: Vec<(u32, Remark)>,
    counts: BTreeMap<RemarkKind, u64>,
    /// What a seal holds of the rows; `None` where nobody asked for it.
    sealing: Option<RowsToSeal>,
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
        let purse = match map.currency.trim() {
            "" => Purse::Any,
            currency => Purse::Named(currency.to_owned()),
        };
        Self {
            entries: vec![Vec::new(); kpis.len()],
            callings: Callings::new("kpi", kpis.iter().map(|kpi| (kpi.id.as_str(), kpi.title.as_str()))),
            called: HashMap::new(),
            period: time_of(map),
            kpis,
            index,
            latest: None,
            sources: Sources::new(notation),
            held: Vec::new(),
            purse,
            as_of: None,
            today: None,
            rows: 0,
            unknown: BTreeMap::new(),
            remarks: Vec::new(),
            counts: BTreeMap::new(),
            sealing: None,
        }
    }

    /// Keeps of every row what a seal holds of it, of superseded rows and of those that are left out too: about a hundred
    /// bytes a row.
    pub fn keeping_rows(mut self) -> Self {
        self.sealing = Some(RowsToSeal::default());
        self
    }

    /// What the next row says of its source, and its note. Only a seal asks for it.
    pub fn said(&mut self, source: &str, note: &str) {
        if let Some(sealing) = &mut self.sealing {
            sealing.said(source, note);
        }
    }

    /// Says from which day the measurements will be looked at, and which day it is: what lies after them is told.
    pub fn looking_from(mut self, as_of: Day, today: Day) -> Self {
        self.as_of = Some(as_of);
        self.today = Some(today);
        self
    }

    /// The rows that follow stand in that file. `own` is the sign before a fraction where no cell shows it: a point, or
    /// nothing in a file whose make speaks for the comma as much.
    pub fn file(&mut self, name: impl Into<String>, own: Option<DecimalMark>) {
        self.sources.file(name.into(), own);
    }

    /// Takes in one row, numbered as a spreadsheet shows it; rows of one file must come in ascending order. A row whose
    /// cells are all empty is nothing. Rows are told apart up to four billion in all.
    pub fn row(&mut self, number: u32, row: RawMeasurement<'_>) {
        self.written(number, row.kpi, Written::text(row.date), Written::text(row.value));
    }

    /// As [`Intake::row`], with a day and a value that a workbook may hold as such.
    pub fn written(&mut self, number: u32, kpi: &str, date: Written<'_>, value: Written<'_>) {
        let kpi = kpi.trim();
        if kpi.is_empty() && date == Written::Nothing && value == Written::Nothing {
            return;
        }
        self.rows += 1;
        let origin = self.sources.origin(number);
        if let Some(sealing) = &mut self.sealing {
            sealing.row(origin, [kpi, &date.shown(), &value.shown()]);
        }
        let missing = [
            ("kpi", kpi.is_empty()),
            ("date", date == Written::Nothing),
            ("value", value == Written::Nothing),
        ];
        if let Some((column, _)) = missing.iter().find(|(_, missing)| *missing) {
            self.remark(RemarkKind::MissingCell, origin, Some(column), || {
                (
                    format!("the {column} is missing, and the row is left out"),
                    String::new(),
                )
            });
            return;
        }
        let Some(at) = self.find(kpi, origin) else { return };
        let mut held = Held::new(origin);
        let day = match self.sources.day(date, &mut held) {
            Ok(day) => day,
            Err(refusal) => return self.refuse(RemarkKind::BadDate, origin, "date", (&date.shown(), refusal)),
        };
        let meant = Meant::Value {
            unit: &self.kpis[at as usize].unit,
            purse: &self.purse,
        };
        let number = match self.sources.number(value, meant, &mut held) {
            Ok(number) => number,
            Err(refusal) => return self.refuse(RemarkKind::BadValue, origin, "value", (&value.shown(), refusal)),
        };
        self.entries[at as usize].push(Entry {
            value: number.value,
            date: day.value,
            origin,
        });
        // What is said of an open cell is said once all have been seen.
        if !held.date_is_open() {
            self.understood(origin, "date", &date.shown(), &day);
        }
        if !held.value_is_open() {
            self.understood(origin, "value", &value.shown(), &number);
        }
        if held.is_open() {
            self.sources.keep(&held, &value.shown(), &date.shown());
            self.held.push(held);
        }
    }

    /// A row with more cells than there are columns, or one after which nothing can be cut into rows: it is left out.
    pub fn uncut(&mut self, number: u32, kind: RemarkKind, message: &str, help: &str) {
        self.rows += 1;
        let origin = self.sources.origin(number);
        if let Some(sealing) = &mut self.sealing {
            sealing.row(origin, [kind.as_str(), message, ""]);
        }
        self.remark(kind, origin, None, || (message.to_owned(), help.to_owned()));
    }

    /// Says how a cell was taken, where it is not written as the format has it.
    fn understood<T: std::fmt::Display>(&mut self, origin: u32, column: &'static str, text: &str, read: &Read<T>) {
        if read.as_written {
            return;
        }
        self.remark(RemarkKind::Understood, origin, Some(column), || {
            let note = match read.note.as_str() {
                "" => String::new(),
                note => format!(", {note}"),
            };
            (
                format!("{} was taken as {}{note}", quoted(text), read.value),
                String::new(),
            )
        });
    }

    fn refuse(&mut self, kind: RemarkKind, origin: u32, column: &'static str, (text, refusal): (&str, Refusal)) {
        if !text.is_empty() && is_blank(text) {
            self.remark(RemarkKind::MissingCell, origin, Some(column), || {
                (
                    format!("{} has no content, and the row is left out", quoted(text)),
                    String::new(),
                )
            });
            return;
        }
        let kind = match (refusal.open, kind) {
            (true, RemarkKind::BadDate) => RemarkKind::UndeclaredOrder,
            (true, _) => RemarkKind::UndeclaredNotation,
            (false, kind) => kind,
        };
        self.remark(kind, origin, Some(column), || {
            (
                format!("{} {}, and the row is left out", quoted(text), refusal.why),
                refusal.help,
            )
        });
    }

    /// The KPI that the text calls; told where there is none, and where the text is no id.
    fn find(&mut self, text: &str, origin: u32) -> Option<u32> {
        // Sorted by KPI, a row names the one of the row before; sorted by day, the next one. Both spare the look-up.
        let guess = self.latest.and_then(|latest| {
            let here = |at: &u32| self.kpis.get(*at as usize).is_some_and(|kpi| kpi.id.as_str() == text);
            [latest, latest + 1].into_iter().find(here)
        });
        self.latest = guess.or_else(|| self.index.get(text).copied());
        if self.latest.is_some() {
            return self.latest;
        }
        if let Some(called) = self.called.get(text).copied() {
            if called.is_none() {
                self.unknown(text, origin, String::new());
            }
            return called;
        }
        let called = match self.callings.find(text) {
            Called::Id(at) | Called::Otherwise(at) => {
                let id = self.kpis[at].id.clone();
                self.remark(RemarkKind::Understood, origin, Some("kpi"), || {
                    (format!("{} was taken as the KPI `{id}`", quoted(text)), String::new())
                });
                Some(at as u32)
            }
            Called::Several(all) => {
                let ids: Vec<String> = all.iter().map(|at| format!("`{}`", self.kpis[*at].id)).collect();
                self.unknown(text, origin, format!("Did you mean {}?", ids.join(" or ")));
                None
            }
            Called::Nothing => {
                let near = slug(text).and_then(|slug| nearest(&slug, self.kpis.iter().map(|kpi| kpi.id.as_str())));
                let help = near.map_or(String::new(), |near| format!("Did you mean `{near}`?"));
                self.unknown(text, origin, help);
                None
            }
        };
        if self.called.len() < REMEMBERED {
            self.called.insert(text.to_owned(), called);
        }
        called
    }

    /// A row of a KPI that the map does not have.
    fn unknown(&mut self, text: &str, origin: u32, help: String) {
        if is_blank(text) {
            self.remark(RemarkKind::MissingCell, origin, Some("kpi"), || {
                (
                    format!("{} does not name a KPI, and the row is left out", quoted(text)),
                    String::new(),
                )
            });
            return;
        }
        if let Some(unknown) = self.unknown.get_mut(text) {
            unknown.rows += 1;
        } else if self.unknown.len() < KEPT_REMARKS
            // What is no id at all is told of as a remark only.
            && let Ok(id) = KpiId::new(text)
        {
            let first = self.sources.place(origin);
            self.unknown.insert(id, Unknown { rows: 1, first });
        }
        self.remark(RemarkKind::UnknownKpi, origin, Some("kpi"), || {
            let help = match help.as_str() {
                "" => "Give the row the id of a KPI of the map.".to_owned(),
                help => help.to_owned(),
            };
            (
                format!("the map has no KPI {}, and the row is left out", quoted(text)),
                help,
            )
        });
    }

    fn remark(
        &mut self,
        kind: RemarkKind,
        origin: u32,
        column: Option<&'static str>,
        told: impl FnOnce() -> (String, String),
    ) {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        if *count <= KEPT_REMARKS as u64 {
            let (message, help) = told();
            let remark = Remark {
                kind,
                place: self.sources.place(origin),
                column,
                message,
                help,
            };
            self.remarks.push((origin, remark));
        }
    }

    /// What has been taken in. Of several rows for one KPI and day the last holds: a row later in its file, or in a
    /// later file.
    pub fn finish(mut self) -> Taken {
        self.resolve();
        let rows_read = self.sealing.take().map(|mut sealing| {
            for (kpi, entries) in self.kpis.iter().zip(&self.entries) {
                for entry in entries {
                    sealing.keep(&kpi.id, (entry.date, entry.value), entry.origin);
                }
            }
            sealing.finish()
        });
        let mut order: Vec<usize> = (0..self.kpis.len()).collect();
        order.sort_by(|a, b| self.kpis[*a].id.cmp(&self.kpis[*b].id));
        let mut kpis: BTreeMap<KpiId, Vec<Observation>> = BTreeMap::new();
        let mut gaps = Vec::new();
        for at in order {
            // Taken out one KPI after the other, so that rows and observations never stand in memory twice.
            let mut entries = std::mem::take(&mut self.entries[at]);
            entries.retain(|entry| self.is_near(entry));
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
                        (
                            format!("{} is before the baseline of `{}`", entry.date, kpi.id),
                            String::new(),
                        )
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
                        help: String::new(),
                    });
                }
            }
            kpis.insert(kpi.id.clone(), all);
        }
        self.remarks.sort_by_key(|(origin, _)| *origin);
        let remarks: Vec<Remark> = self.remarks.into_iter().map(|(_, remark)| remark).chain(gaps).collect();
        let counts = self.counts.iter().map(|(kind, count)| (*kind, *count));
        let reception = Reception::new(self.rows, counts, &remarks);
        Taken {
            measurements: Measurements::from_sorted(kpis, self.unknown).received(reception),
            remarks,
            counts: self.counts,
            rows_read,
        }
    }

    /// Reads the cells that were open, now that all have been seen.
    fn resolve(&mut self) {
        if self.held.is_empty() {
            return;
        }
        let decided = self.sources.decide();
        let held = std::mem::take(&mut self.held);
        for at in 0..self.entries.len() {
            let mut entries = std::mem::take(&mut self.entries[at]);
            entries.retain_mut(
                |entry| match held.binary_search_by_key(&entry.origin, |held| held.origin) {
                    Ok(found) => self.resolve_one(at, entry, &held[found], &decided),
                    Err(_) => true,
                },
            );
            self.entries[at] = entries;
        }
    }

    /// Reads a row that was open; whether it can be kept.
    fn resolve_one(&mut self, kpi: usize, entry: &mut Entry, held: &Held, decided: &Decided) -> bool {
        let resolved = held.resolve((entry.date, entry.value), &self.sources, decided);
        let texts = self.sources.texts(held.origin);
        let texts = texts.map(|(value, date)| (value.to_owned(), date.to_owned()));
        let meant = Meant::Value {
            unit: &self.kpis[kpi].unit,
            purse: &self.purse,
        };
        // Where so many rows are open that their texts were not kept, they are counted and no more.
        let unsaid = || Refusal {
            open: true,
            ..Refusal::no_number()
        };
        let number = match &texts {
            Some((value, _)) if held.value_is_open() => self.sources.number_again(held, value, meant, decided),
            _ => resolved.value.map(Read::plain).ok_or_else(unsaid),
        };
        let day = match &texts {
            Some((_, date)) if held.date_is_open() => self.sources.day_again(held, date, decided),
            _ => resolved.date.map(Read::plain).ok_or_else(unsaid),
        };
        let (value, date) = texts.unwrap_or_default();
        match (number, day) {
            (Ok(number), Ok(day)) => {
                self.understood(held.origin, "date", &date, &day);
                self.understood(held.origin, "value", &value, &number);
                (entry.date, entry.value) = (day.value, number.value);
                true
            }
            (_, Err(refusal)) => {
                self.refuse(RemarkKind::BadDate, held.origin, "date", (&date, refusal));
                false
            }
            (Err(refusal), _) => {
                self.refuse(RemarkKind::BadValue, held.origin, "value", (&value, refusal));
                false
            }
        }
    }

    /// Tells of a day that is after the reporting date, or far from the map's time; whether the row can be kept.
    fn is_near(&mut self, entry: &Entry) -> bool {
        let after = |day: Option<Day>| day.is_some_and(|day| entry.date > day);
        let (after_looking, after_today) = (after(self.as_of), after(self.today));
        let far = Bound::Measured.beyond(entry.date, self.period);
        if !after_looking && far.is_none() {
            return true;
        }
        let when = match (after_looking, after_today, self.as_of == self.today) {
            (false, ..) => "",
            (true, true, true) => "is after today",
            (true, true, false) => "is after the reporting date, and after today",
            (true, false, _) => "is after the reporting date",
        };
        let date = entry.date;
        if let Some(far) = far {
            self.remark(RemarkKind::FarDay, entry.origin, Some("date"), || {
                let when = if when.is_empty() {
                    String::new()
                } else {
                    format!("{when}: it ")
                };
                (
                    format!("{date} {when}{far}, and the row is left out"),
                    "Correct the date, or the period of the map.".to_owned(),
                )
            });
            return false;
        }
        let (kind, help) = match after_today {
            true => (
                RemarkKind::AfterToday,
                "Correct the date, or delete the row until that date.",
            ),
            false => (RemarkKind::AfterLooking, ""),
        };
        self.remark(kind, entry.origin, Some("date"), || {
            (format!("{date} {when}, and is not used"), help.to_owned())
        });
        true
    }

    /// A second row for one KPI and day.
    fn again(&mut self, kpi: &Kpi, first: Entry, second: Entry) {
        let place = self.sources.place(first.origin);
        let where_first = match (&place, self.sources.place(second.origin)) {
            (Some((file, row)), Some((same, _))) if *file == same => format!("row {row}"),
            (Some((file, row)), _) => format!("{file}, row {row}"),
            (None, _) => "an earlier row".to_owned(),
        };
        if first.value == second.value {
            self.remark(RemarkKind::Duplicate, second.origin, None, || {
                (
                    format!("says of `{}` on {} what {where_first} says", kpi.id, second.date),
                    String::new(),
                )
            });
        } else {
            self.remark(RemarkKind::Correction, second.origin, Some("value"), || {
                (
                    format!(
                        "{} replaces {} of {where_first} for `{}` on {}",
                        second.value, first.value, kpi.id, second.date
                    ),
                    String::new(),
                )
            });
        }
    }
}

/// The time that a map and what its KPIs promise cover.
fn time_of(map: &BenefitMap) -> Option<Period> {
    let days = map.kpis.iter().flat_map(|kpi| {
        let baseline = kpi.baseline.and_then(|baseline| baseline.date);
        baseline
            .into_iter()
            .chain(kpi.targets.iter().filter_map(|target| target.date))
    });
    let (start, end) = map.period.map_or((None, None), |period| (period.start, period.end));
    let all: Vec<Day> = days.chain(start).chain(end).collect();
    let (start, end) = (all.iter().min().copied(), all.iter().max().copied());
    start.map(|start| Period {
        start: Some(start),
        end,
    })
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
mod tests;
