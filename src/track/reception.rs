//! What became of the rows of measurements that were given: what is to be said of single rows, and how many were left
//! out and why, for documents that are made of the rest.

use crate::map::words;

/// How many remarks of each kind are kept word for word; all are counted.
pub const KEPT_REMARKS: usize = 1000;

/// How many places of each reason for leaving rows out are named in a document.
const FIRST: usize = 3;

words! {
    /// The sorts of remark.
    RemarkKind {
        /// The row names a KPI that the map does not have: it is left out.
        UnknownKpi = "unknown-kpi",
        /// The row lacks its KPI, its date or its value: it is left out.
        MissingCell = "missing-cell",
        /// The date is none: the row is left out.
        BadDate = "bad-date",
        /// The value is not a number, or not one in the KPI's unit: the row is left out.
        BadValue = "bad-value",
        /// The value may be two numbers, and nothing settles which: the row is left out.
        UndeclaredNotation = "undeclared-notation",
        /// The date may be two days, and nothing settles which: the row is left out.
        UndeclaredOrder = "undeclared-order",
        /// The day lies far from the time that the map covers: the row is left out.
        FarDay = "far-day",
        /// The row has more cells than there are columns: it is left out.
        RaggedRow = "ragged-row",
        /// A quote never closes: the row and all that follow are left out.
        OpenQuote = "open-quote",
        /// A later row gives another value for the same KPI and day, and holds.
        Correction = "correction",
        /// A later row says the same again.
        Duplicate = "duplicate",
        /// The value stands there in another writing than the format's, or the KPI is called by a code or a title.
        Understood = "understood",
        /// The day is after the day of looking and after today: the row is kept, and not looked at yet.
        AfterToday = "after-today",
        /// The day is after the day of looking: the row is kept, and not looked at.
        AfterLooking = "after-looking",
        /// The day is before the KPI's baseline: the row is kept, but nothing is judged by it.
        BeforeBaseline = "before-baseline",
        /// Periods between the first and the last measurement of a KPI have none.
        Gap = "gap",
    }
}

impl RemarkKind {
    /// Whether the row that the remark is about was left out.
    pub fn leaves_out(self) -> bool {
        match self {
            Self::UnknownKpi
            | Self::MissingCell
            | Self::BadDate
            | Self::BadValue
            | Self::UndeclaredNotation
            | Self::UndeclaredOrder
            | Self::FarDay
            | Self::RaggedRow
            | Self::OpenQuote => true,
            Self::Correction
            | Self::Duplicate
            | Self::Understood
            | Self::AfterToday
            | Self::AfterLooking
            | Self::BeforeBaseline
            | Self::Gap => false,
        }
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
    /// What to do about it: sentences; empty where nothing need be done.
    pub help: String,
}

/// Rows that were left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The reason.
    pub kind: RemarkKind,
    /// How many rows.
    pub rows: u64,
    /// The first three of them.
    pub first: Vec<Remark>,
}

/// How many rows of measurements were given, and which were left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reception {
    /// How many rows were given, empty ones left aside.
    pub rows: u64,
    /// Those that were left out, by reason.
    pub left_out: Vec<LeftOut>,
}

impl Reception {
    /// Of that many rows and what was said of them, with how often each sort was.
    pub(super) fn new<'r>(
        rows: u64,
        counts: impl IntoIterator<Item = (RemarkKind, u64)>,
        remarks: impl IntoIterator<Item = &'r Remark> + Clone,
    ) -> Self {
        let counts = counts.into_iter().filter(|(kind, _)| kind.leaves_out());
        let left_out = counts.map(|(kind, rows)| {
            let of_a_kind = remarks.clone().into_iter().filter(|remark| remark.kind == kind);
            LeftOut {
                kind,
                rows,
                first: of_a_kind.take(FIRST).cloned().collect(),
            }
        });
        Self {
            rows,
            left_out: left_out.collect(),
        }
    }

    /// How many rows were left out.
    pub fn count(&self) -> u64 {
        self.left_out.iter().map(|reason| reason.rows).sum()
    }
}
