//! What is said of the rows of measurements: of single ones, and of those that were left out.

use std::fmt;

use crate::track::{LeftOut, Reception, Remark, RemarkKind};

impl fmt::Display for Remark {
    /// `jan.csv, row 7, column value: …`, without what is not known of the place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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

impl RemarkKind {
    /// What so many rows that were left out have in common: `names a KPI that the map does not have`.
    fn reason(self, rows: u64) -> Option<&'static str> {
        let (one, many) = match self {
            Self::UnknownKpi => (
                "names a KPI that the map does not have",
                "name a KPI that the map does not have",
            ),
            Self::MissingCell => (
                "lacks its KPI, its date or its value",
                "lack their KPI, their date or their value",
            ),
            Self::BadDate => ("has a date that cannot be read", "have a date that cannot be read"),
            Self::BadValue => ("has a value that cannot be read", "have a value that cannot be read"),
            Self::UndeclaredNotation => (
                "has a value that can be two numbers",
                "have a value that can be two numbers",
            ),
            Self::UndeclaredOrder => (
                "has a date that can mean two days",
                "have a date that can mean two days",
            ),
            Self::FarDay => (
                "has a date far from the time of the map",
                "have a date far from the time of the map",
            ),
            Self::RaggedRow => (
                "has more cells than there are columns",
                "have more cells than there are columns",
            ),
            Self::OpenQuote => (
                "has a quote that is never closed, which hides all rows after it",
                "have a quote that is never closed, which hides all rows after it",
            ),
            _ => return None,
        };
        Some(if rows == 1 { one } else { many })
    }
}

impl fmt::Display for LeftOut {
    /// `2 name a KPI that the map does not have (m.csv, row 4; m.csv, row 9)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.rows, self.kind.reason(self.rows).unwrap_or_default())?;
        let mut places: Vec<String> = Vec::new();
        let mut before = "";
        for (file, row) in self.first.iter().filter_map(|remark| remark.place.as_ref()) {
            places.push(match before == file {
                true => format!("row {row}"),
                false => format!("{file}, row {row}"),
            });
            before = file;
        }
        if self.rows > self.first.len() as u64 && !places.is_empty() {
            places.push("…".to_owned());
        }
        match places.is_empty() {
            true => Ok(()),
            false => write!(f, " ({})", places.join(", ")),
        }
    }
}

impl Reception {
    /// What a document must say of rows that were left out, in a sentence; `None` where all were taken.
    pub fn sentence(&self) -> Option<String> {
        let count = self.count();
        if count == 0 {
            return None;
        }
        let reasons: Vec<String> = self.left_out.iter().map(ToString::to_string).collect();
        let (rows, were) = (
            if self.rows == 1 { "row" } else { "rows" },
            if count == 1 { "was" } else { "were" },
        );
        Some(format!(
            "{count} of {} {rows} of measurements {were} left out: {}.",
            self.rows,
            reasons.join("; ")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_what_was_left_out_and_where() {
        let remark = |kind, row| Remark {
            kind,
            place: Some(("m.csv".to_owned(), row)),
            column: None,
            message: String::new(),
            help: String::new(),
        };
        let remarks: Vec<Remark> = (2..6).map(|row| remark(RemarkKind::UnknownKpi, row)).collect();
        let others = [remark(RemarkKind::BadDate, 9), remark(RemarkKind::Gap, 1)];
        let counts = [
            (RemarkKind::UnknownKpi, 4),
            (RemarkKind::BadDate, 1),
            (RemarkKind::Gap, 1),
        ];
        let reception = Reception::new(12, counts, remarks.iter().chain(&others));
        assert_eq!(reception.count(), 5);
        assert_eq!(
            reception.sentence().unwrap(),
            "5 of 12 rows of measurements were left out: 4 name a KPI that the map does not have (m.csv, row 2, row 3, row 4, …); \
             1 has a date that cannot be read (m.csv, row 9)."
        );
        assert_eq!(Reception::default().sentence(), None);
    }
}
