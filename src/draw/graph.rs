//! Charts of values over days as plain values, for formats in which people can edit them.

/// A chart of values over days.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    /// What it is called.
    pub title: String,
    /// What it shows, for those who listen.
    pub description: String,
    /// What the values are counted in; empty for nothing.
    pub unit: String,
    /// Its series, the one at the back first.
    pub series: Vec<Series>,
    /// The marks of its axis of days.
    pub marks: DayMarks,
    /// The same values as an Excel workbook, by which people edit them; empty for none. The sheet is called [`DATA_SHEET`]; each series has two
    /// columns of it, days and values, under its name.
    pub workbook: Vec<u8>,
}

/// Where the axis of days is marked: at a day, counted as that of a [`Series`] is, and so many days after it, again and again. Years are
/// not of one length, so the days between marks are no whole number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayMarks {
    /// The first mark, at which the axis begins.
    pub first: i64,
    /// From one mark to the next, in days.
    pub apart: f64,
}

/// The sheet of the workbook of a chart.
pub const DATA_SHEET: &str = "Data";

/// Values over days.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What the legend calls it.
    pub name: String,
    /// How it looks.
    pub kind: SeriesKind,
    /// Days, counted as spreadsheets do from the end of 1899, and values in their own writing.
    pub points: Vec<(i64, String)>,
}

/// What a series shows, by which it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesKind {
    /// What was planned: a dashed line.
    Planned,
    /// From where on a value is to be watched, or is off track: a thin dotted line.
    Limit,
    /// What was measured: a line with dots.
    Measured,
    /// Where the trend leads: a dotted line.
    Forecast,
    /// What is to be reached: marks alone.
    Target,
}
