//! One day as people write it: its parts first, the day once the column's writing is known.

use jiff::civil::Date;

use super::period::{Span, Spanned, Token, in_full, month_named, span, tokens};
use super::{DayOrder, Notation, Read, Refusal, Settled, Votes};
use crate::map::{Day, Period};

/// Which day of a month, a quarter or a year is meant where nobody says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// The first, for what begins.
    First,
    /// The last, for what falls due or was measured.
    Last,
}

/// A date in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Day(Day),
    /// Two numbers and a year: day and month in either order.
    Either {
        first: u32,
        second: u32,
        year: u32,
        /// With points between them, as in 01.04.2026, where people write the day first.
        points: bool,
    },
    Span(Spanned),
    /// What a spreadsheet counts days by, in a cell that is not shown as a date.
    Serial(Day),
}

/// What stands between the numbers of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signs {
    Points,
    Others,
}

/// The days of a column: what has been declared, and how its cells are written.
#[derive(Debug, Clone)]
pub(crate) struct Days {
    votes: Votes<DayOrder>,
    first_month: u8,
}

/// A date that stands in a cell.
#[derive(Debug, Clone)]
pub(crate) struct WrittenDay<'t> {
    text: &'t str,
    shape: Shape,
}

const NO_DATE: &str = "cannot be read as a date";
const WRITE_A_DAY: &str = "Write the date as YYYY-MM-DD, as in 2026-04-01.";

impl Days {
    /// Nothing seen yet.
    pub(crate) fn new(notation: &Notation) -> Self {
        Self {
            votes: Votes::new(notation.days),
            first_month: notation.first_month,
        }
    }

    /// Takes in what a cell shows of the column's writing.
    pub(crate) fn see(&mut self, text: &str, place: impl FnOnce() -> String) {
        if let Ok(written) = written_day(text)
            && let Some(order) = written.shows()
        {
            self.votes.firm(order, text, place);
        } else if let Ok(written) = written_day(text)
            && let Some(order) = written.suggests()
        {
            self.votes.hint(order, text, place);
        }
    }

    /// The day in a cell, after all cells have been seen.
    pub(crate) fn read(&self, text: &str, edge: Edge) -> Result<Read<Day>, Refusal> {
        written_day(text)?.read(edge, &self.votes.settle(None), self.first_month)
    }
}

/// The parts of a date.
///
/// # Errors
/// Where the text is none, with what to write.
pub(crate) fn written_day(text: &str) -> Result<WrittenDay<'_>, Refusal> {
    let text = text.trim();
    let refused = |help: &str| Refusal::new(NO_DATE, help);
    if let Ok(day) = Day::new(text) {
        return Ok(WrittenDay {
            text,
            shape: Shape::Day(day),
        });
    }
    if let Some(span) = span(text) {
        return Ok(WrittenDay {
            text,
            shape: Shape::Span(span),
        });
    }
    // A time of day says nothing about the day: `2026-04-01T00:00:00Z`, `01-Apr-2026 12:30`.
    let day_part = without_time(text);
    let all = tokens(day_part).ok_or_else(|| refused(WRITE_A_DAY))?;
    let mut numbers: Vec<(&str, usize, u32)> = Vec::new();
    let mut month = None;
    for (before, token) in all {
        match token {
            Token::Digits(length, n) => numbers.push((before, length, n)),
            Token::Word(word) => match month_named(word) {
                Some(n) if month.is_none() => month = Some(n),
                _ if is_beside_a_day(word) => {}
                _ => return Err(refused(WRITE_A_DAY)),
            },
        }
    }
    let made = |year: u32, month: u32, day: u32| {
        let date = calendar(year, month, day)
            .ok_or_else(|| refused("The calendar does not have this date: write the date as YYYY-MM-DD."))?;
        Ok(Shape::Day(date))
    };
    let signs = match numbers.get(1..) {
        Some(rest) if rest.len() == 2 && rest.iter().all(|(before, ..)| before.trim() == ".") => Signs::Points,
        _ => Signs::Others,
    };
    let found: Vec<(usize, u32)> = numbers.iter().map(|(_, length, n)| (*length, *n)).collect();
    let shape = match (found.as_slice(), month) {
        // A month by its name.
        ([(4, year), (1..=2, day)] | [(1..=2, day), (4, year)], Some(month)) => made(*year, month, *day)?,
        ([(1..=2, day), (2, year)], Some(month)) => made(in_full(*year), month, *day)?,
        // The year first: the month follows.
        ([(4, year), (1..=2, month), (1..=2, day)], None) => made(*year, *month, *day)?,
        ([(8, whole)], None) if (19_000_000..22_000_000).contains(whole) => {
            made(whole / 10_000, whole / 100 % 100, whole % 100)?
        }
        // The year last: which of the others is the month?
        ([(1..=2, a), (1..=2, b), (4, year)], None) => either((*a, *b), *year, signs)?,
        ([(1..=2, a), (1..=2, b), (2, year)], None) => {
            // With hyphens the year may as well come first.
            if numbers[1].0.trim() == "-" {
                return Err(refused(
                    "The year may come first or last: write the date as YYYY-MM-DD.",
                ));
            }
            either((*a, *b), in_full(*year), signs)?
        }
        ([(5, serial)], None) if day_part == text => match from_serial(*serial) {
            Some(day) => Shape::Serial(day),
            None => return Err(refused(WRITE_A_DAY)),
        },
        _ => return Err(refused(WRITE_A_DAY)),
    };
    Ok(WrittenDay { text, shape })
}

fn either((first, second): (u32, u32), year: u32, signs: Signs) -> Result<Shape, Refusal> {
    let points = signs == Signs::Points;
    let any = calendar(year, second, first).or_else(|| calendar(year, first, second));
    match any {
        Some(day) if first == second => Ok(Shape::Day(day)),
        Some(_) => Ok(Shape::Either {
            first,
            second,
            year,
            points,
        }),
        None => Err(Refusal::new(
            NO_DATE,
            "The calendar does not have this date: write the date as YYYY-MM-DD.",
        )),
    }
}

fn calendar(year: u32, month: u32, day: u32) -> Option<Day> {
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    (year >= 1).then(|| date.into())
}

/// The day that spreadsheets count so.
fn from_serial(serial: u32) -> Option<Day> {
    let days = jiff::Span::new().try_days(i64::from(serial)).ok()?;
    let day = Date::constant(1899, 12, 30).checked_add(days).ok()?;
    (1970..=2170).contains(&day.year()).then(|| day.into())
}

impl WrittenDay<'_> {
    /// Which number comes first, where only one of the two can be the month.
    pub(crate) fn shows(&self) -> Option<DayOrder> {
        match self.shape {
            Shape::Either {
                first, second, year, ..
            } => match (calendar(year, second, first), calendar(year, first, second)) {
                (Some(_), None) => Some(DayOrder::DayFirst),
                (None, Some(_)) => Some(DayOrder::MonthFirst),
                _ => None,
            },
            _ => None,
        }
    }

    /// Which number comes first where nothing says otherwise: with points the day, since nobody writes the month first so.
    pub(crate) fn suggests(&self) -> Option<DayOrder> {
        (self.is_open() && self.has_points()).then_some(DayOrder::DayFirst)
    }

    /// Whether points stand between its numbers.
    pub(crate) fn has_points(&self) -> bool {
        matches!(self.shape, Shape::Either { points: true, .. })
    }

    /// Whether it may be two days.
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.shape, Shape::Either { .. }) && self.shows().is_none()
    }

    /// The day, in the column's writing. Of a month, a quarter or a year it is the one at that edge.
    pub(crate) fn read(&self, edge: Edge, order: &Settled<DayOrder>, first_month: u8) -> Result<Read<Day>, Refusal> {
        let read = |value, note| Read {
            value,
            as_written: Day::new(self.text).is_ok(),
            note,
        };
        match self.shape {
            Shape::Day(day) => Ok(read(day, String::new())),
            Shape::Either {
                first, second, year, ..
            } => self
                .in_order((first, second, year), order)
                .map(|day| read(day, String::new())),
            Shape::Serial(day) => Err(Refusal::new(
                NO_DATE,
                format!("As a spreadsheet counts days it is {day}: write that."),
            )),
            Shape::Span(Spanned::One(span)) => {
                let day = at_edge(span, edge, first_month).ok_or_else(|| Refusal::new(NO_DATE, WRITE_A_DAY))?;
                let which = match edge {
                    Edge::First => "first",
                    Edge::Last => "last",
                };
                Ok(read(day, format!("the {which} day of {}", span.named(first_month))))
            }
            Shape::Span(Spanned::Two(one, other)) => {
                let day = |span| at_edge(span, edge, first_month).map_or(String::new(), |day: Day| day.to_string());
                Err(Refusal::new(
                    format!("may be {} or {}", one.named(first_month), other.named(first_month)),
                    format!("Write {} or {}.", day(one), day(other)),
                ))
            }
        }
    }

    fn in_order(&self, (first, second, year): (u32, u32, u32), order: &Settled<DayOrder>) -> Result<Day, Refusal> {
        let day_first = calendar(year, second, first);
        let month_first = calendar(year, first, second);
        match (day_first, month_first, order) {
            (Some(day), Some(_), Settled::Declared(DayOrder::DayFirst) | Settled::Shown(DayOrder::DayFirst)) => Ok(day),
            (Some(_), Some(day), Settled::Declared(DayOrder::MonthFirst)) => Ok(day),
            (Some(_), Some(day), Settled::Shown(DayOrder::MonthFirst)) if !self.has_points() => Ok(day),
            (None, Some(day), Settled::Declared(DayOrder::DayFirst)) => Err(against("dmy", day)),
            (Some(day), None, Settled::Declared(DayOrder::MonthFirst)) => Err(against("mdy", day)),
            (Some(day), None, _) | (None, Some(day), _) => Ok(day),
            (Some(day), Some(_), Settled::Open | Settled::Assumed(_)) if self.has_points() => Ok(day),
            (Some(one), Some(other), _) => Err(Refusal {
                why: format!(
                    "may be {} or {}, and {}",
                    one.spelled(),
                    other.spelled(),
                    match order {
                        Settled::Contradicted(a, b) => format!(
                            "the column has both `{}` in {} and `{}` in {}",
                            a.text, a.place, b.text, b.place
                        ),
                        Settled::Shown(_) =>
                            "dates with full stops have the day first, but another date of the column has the month first"
                                .to_owned(),
                        _ => "no other date of the column shows which".to_owned(),
                    }
                ),
                help: format!(
                    "Write {one} or {other}, or say whether the day or the month comes first: --dates dmy or --dates mdy."
                ),
                open: true,
            }),
            (None, None, _) => Err(Refusal::new(NO_DATE, WRITE_A_DAY)),
        }
    }
}

fn against(said: &str, day: Day) -> Refusal {
    Refusal::new(
        format!("is not a date in the order of `--dates {said}`"),
        format!("Write {day}, or leave --dates out."),
    )
}

fn at_edge(span: Span, edge: Edge, first_month: u8) -> Option<Day> {
    let (first, last) = span.days(first_month)?;
    Some(match edge {
        Edge::First => first,
        Edge::Last => last,
    })
}

/// The text up to a time of day, where one follows a blank or a `T`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let before = &text[..colon];
    match before.rfind([' ', 'T', ',', '\u{a0}']) {
        Some(at) => &before[..at],
        None => text,
    }
}

/// The days of the week, in lower case.
pub(crate) const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Whether the word may stand in a date and says nothing: a day of the week, `of`, `1st`.
fn is_beside_a_day(word: &str) -> bool {
    let word = word.to_lowercase();
    WEEKDAYS.iter().any(|day| *day == word || day[..3] == word)
        || matches!(
            word.as_str(),
            "of" | "st" | "nd" | "rd" | "th" | "tues" | "thur" | "thurs"
        )
}

/// How far a day may lie from the time that a map covers before it is taken for a slip of the hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// Thirty years either way, for what is planned.
    Plan,
    /// Thirty years after it and a hundred before, for what was measured: baselines may be old.
    Measured,
}

impl Bound {
    /// Why the day is too far off; `None` where it is not. Without a period, 1950 to 2149 is near enough.
    pub(crate) fn beyond(self, day: Day, period: Option<Period>) -> Option<String> {
        let before = match self {
            Self::Plan => 30,
            Self::Measured => 100,
        };
        let year = |day: Day| i32::from(day.date().year());
        let (start, end) = period.map_or((None, None), |period| (period.start, period.end));
        match (start.or(end), end.or(start)) {
            (Some(start), Some(end)) => {
                if year(day) < year(start) - before {
                    Some(format!(
                        "lies {} years before the map's period",
                        year(start) - year(day)
                    ))
                } else if year(day) > year(end) + 30 {
                    Some(format!("lies {} years after the map's period", year(day) - year(end)))
                } else {
                    None
                }
            }
            _ => (!(1950..2150).contains(&year(day))).then(|| format!("is in the year {}", year(day))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: &Settled<DayOrder>) -> Option<String> {
        let day = written_day(text).ok()?.read(Edge::Last, order, 4).ok()?;
        Some(day.value.to_string())
    }

    #[test]
    fn days_are_understood_where_they_mean_one_thing() {
        for (text, meant) in [
            ("2026-04-01", "2026-04-01"),
            ("2026/04/01", "2026-04-01"),
            ("2026-4-1", "2026-04-01"),
            ("20260401", "2026-04-01"),
            ("1 April 2026", "2026-04-01"),
            ("1st of April, 2026", "2026-04-01"),
            ("01-Apr-2026", "2026-04-01"),
            ("31-Mar-26", "2026-03-31"),
            ("31-Mar-98", "1998-03-31"),
            ("April 1, 2026", "2026-04-01"),
            ("Wednesday, 1 Apr 2026", "2026-04-01"),
            ("2026-04-01 00:00:00", "2026-04-01"),
            ("2026-04-01T09:30:00Z", "2026-04-01"),
            ("2026-04-01T09:30:00.000+02:00", "2026-04-01"),
            ("31/12/2026", "2026-12-31"),
            ("31/12/2026 00:00", "2026-12-31"),
            ("31/12/26", "2026-12-31"),
            ("12/31/2026", "2026-12-31"),
            ("04.04.2026", "2026-04-04"),
            ("31.03.2025", "2025-03-31"),
            ("1.4.2026", "2026-04-01"),
            ("01. 04. 26", "2026-04-01"),
            ("2026 Sept 3", "2026-09-03"),
            ("2030", "2030-12-31"),
            ("March 2029", "2029-03-31"),
            ("2028/29", "2029-03-31"),
            ("Q1 26/27", "2026-06-30"),
        ] {
            assert_eq!(read(text, &Settled::Open).as_deref(), Some(meant), "{text}");
        }
        for text in [
            "01/04/2026",
            "TBC",
            "",
            "1/4/26",
            "46113",
            "31/04/2026",
            "2026-02-30",
            "31-03-26",
            "1 April",
            "12:30",
            "é",
            "Marchioness 2026",
            "2011-12",
            "Ongoing",
            "13/13/2026",
        ] {
            assert_eq!(read(text, &Settled::Open), None, "{text}");
        }
    }

    #[test]
    fn the_column_decides_which_number_is_the_month() {
        let column = |cells: &[&str], declared| {
            let mut days = Days::new(&Notation {
                days: declared,
                ..Notation::default()
            });
            for (at, text) in cells.iter().enumerate() {
                days.see(text, || format!("row {}", at + 2));
            }
            let read = |text: &&str| days.read(text, Edge::Last).ok().map(|read| read.value.to_string());
            cells.iter().map(read).collect::<Vec<_>>()
        };
        let some = |all: &[&str]| all.iter().map(|day| Some((*day).to_owned())).collect::<Vec<_>>();
        assert_eq!(
            column(&["01/04/2031", "31/12/2026"], None),
            some(&["2031-04-01", "2026-12-31"])
        );
        assert_eq!(
            column(&["01/04/2031", "12/31/2026"], None),
            some(&["2031-01-04", "2026-12-31"])
        );
        assert_eq!(column(&["01/04/2031"], None), [None]);
        // With points the day comes first, and shows it to the others; where the column says otherwise, it is left open.
        assert_eq!(
            column(&["01.04.2026", "01/04/2031"], None),
            some(&["2026-04-01", "2031-04-01"])
        );
        assert_eq!(
            column(&["01.04.2026", "12/31/2026"], None),
            [None, Some("2026-12-31".to_owned())]
        );
        assert_eq!(
            column(&["01.04.2026"], Some(DayOrder::MonthFirst)),
            some(&["2026-01-04"])
        );
        assert_eq!(
            column(&["01/04/2031", "31/12/2026", "12/31/2026"], None),
            [None, Some("2026-12-31".to_owned()), Some("2026-12-31".to_owned())]
        );
        assert_eq!(column(&["01/04/2031"], Some(DayOrder::DayFirst)), some(&["2031-04-01"]));
        assert_eq!(
            column(&["01/04/2031", "12/31/2026"], Some(DayOrder::DayFirst)),
            [Some("2031-04-01".to_owned()), None]
        );
    }

    #[test]
    fn advice_shows_the_days_in_hand() {
        let refused = |text| {
            let written = written_day(text).unwrap();
            let refusal = written.read(Edge::Last, &Settled::Open, 4).unwrap_err();
            (refusal.why, refusal.help)
        };
        let (why, help) = refused("01/04/2031");
        assert_eq!(
            why,
            "may be 1 April 2031 or 4 January 2031, and no other date of the column shows which"
        );
        assert!(help.starts_with("Write 2031-04-01 or 2031-01-04, or say"), "{help}");
        assert_eq!(
            refused("46113").1,
            "As a spreadsheet counts days it is 2026-04-01: write that."
        );
        assert_eq!(refused("2011-12").1, "Write 2012-03-31 or 2011-12-31.");
    }

    #[test]
    fn a_day_far_from_the_period_is_seen() {
        let day = |text| Day::new(text).unwrap();
        let period = Some(Period {
            start: Some(day("2026-04-01")),
            end: None,
        });
        assert!(Bound::Plan.beyond(day("1905-07-22"), period).is_some());
        assert!(Bound::Plan.beyond(day("2082-06-30"), period).is_some());
        assert_eq!(Bound::Plan.beyond(day("2056-06-30"), period), None);
        assert_eq!(Bound::Measured.beyond(day("1990-12-31"), period), None);
        assert!(Bound::Plan.beyond(day("1905-07-22"), None).is_some());
        assert_eq!(Bound::Plan.beyond(day("2030-07-22"), None), None);
    }
}
