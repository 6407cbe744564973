//! How long the texts of a map may be and how much of it there may be: one table for files, tables, other tools' files, edits and
//! everything that is made of a map.
//!
//! Generous enough for every map that people read, and small enough that nothing takes more than half a minute or a gigabyte. What
//! goes beyond is refused as soon as it is counted, before anything is made of it.

use super::{BenefitMap, group_digits};

/// The longest id, in characters.
pub const LONGEST_ID: usize = 100;

/// The longest title, name or other short text, in characters.
pub const LONGEST_TITLE: usize = 1_000;

/// The longest text of any other field, such as a description, in characters: as much as a cell of a workbook holds.
pub const LONGEST_TEXT: usize = 32_767;

/// Fields that name or label something: they are drawn, listed and put into tables whole.
const TITLES: &[&str] = &[
    "$schema",
    "title",
    "name",
    "organisation",
    "currency",
    "unit",
    "year",
    "base_year",
    "price_year",
    "from",
    "until",
    "end",
    "rates",
    "type",
    "cost_centre",
    "frequency",
    "tags",
    "who",
    "role",
    "version",
    "marking",
    "group",
    "rule",
    "subject",
    "fingerprint",
];

/// The most characters that a text may have in the field of that name, as the file names it; in a list, each of its texts.
pub fn longest(field: &str) -> usize {
    match TITLES.contains(&field) {
        true => LONGEST_TITLE,
        false => LONGEST_TEXT,
    }
}

/// Whether the text is longer than the field of that name may hold.
pub fn is_too_long(field: &str, text: &str) -> bool {
    let most = longest(field);
    // A character takes a byte at least, so most texts need not be counted.
    text.len() > most && text.chars().nth(most).is_some()
}

/// A text that is longer than its field may hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{field}` has {} characters, and {} is the most", grouped(*characters), grouped(*most))]
pub struct TooLong {
    /// The field, as the file names it.
    pub field: String,
    /// The id of the record that it stands in; empty where that has none.
    pub record: String,
    /// How many characters the text has.
    pub characters: usize,
    /// How many it may have.
    pub most: usize,
}

/// How much there may be of something.
#[derive(Debug, PartialEq, Eq)]
pub struct Limit {
    /// What has it: `a picture`.
    pub of: &'static str,
    /// What is counted: `lines`.
    pub counted: &'static str,
    /// How much there may be.
    pub most: usize,
    /// What to do where there is more.
    pub instead: &'static str,
}

const SPLIT: &str = "split the map into several files";
const PART: &str = "draw part of it with --focus and --only, or all of it with --overview";
const AS_TABLES: &str = "write it with `export tables`, or split the map into several files";
const SHORTER: &str =
    "draw the map with `draw`, write the registers with `register` and `kpis`, or split the map into several files";
const ONE_VIEW: &str = "draw the views that you need one by one with `draw --focus` and `--only`";

/// The longest text of a map that is read, in MiB.
pub const MAP_SIZE: Limit = limit(
    "the file of a map",
    "MiB",
    256,
    "split the map into several files, and keep measurements in separate CSV files",
);
/// The longest file of any other sort that is read whole, in MiB.
pub const FILE_SIZE: Limit = limit("a file", "MiB", 256, "split it into several files");
/// The boxes of a map.
pub const BOXES: Limit = limit("a map", "boxes", 500_000, SPLIT);
/// The links of a map.
pub const LINKS: Limit = limit("a map", "links", 1_000_000, SPLIT);
/// The KPIs of a map.
pub const KPIS: Limit = limit("a map", "KPIs", 500_000, SPLIT);
/// The boxes of a picture.
pub const PICTURE_BOXES: Limit = limit("a picture", "boxes", 100_000, PART);
/// The lines of a picture: links between the same two boxes that do the same are one.
pub const PICTURE_LINES: Limit = limit("a picture", "lines", 100_000, PART);
/// The boxes of a picture that is cut into sheets of paper.
pub const PAPER_BOXES: Limit = limit("a picture on paper", "boxes", 20_000, PART);
/// The lines of a picture that is cut into sheets of paper.
pub const PAPER_LINES: Limit = limit("a picture on paper", "lines", 40_000, PART);
/// The boxes of a picture that is painted in points or put on one page.
pub const SHEET_BOXES: Limit = limit("a picture in points or on a page", "boxes", 20_000, PART);
/// The lines of a picture that is painted in points or put on one page.
pub const SHEET_LINES: Limit = limit("a picture in points or on a page", "lines", 40_000, PART);
/// The boxes of a page to send, which holds the picture and all that is known of each box in words.
pub const PAGE_BOXES: Limit = limit("an HTML page", "boxes", 60_000, PART);
/// The boxes that an overview goes through: for every end outcome those that lead to it.
pub const OVERVIEW_BOXES: Limit = limit(
    "an overview",
    "boxes behind its end outcomes",
    100_000_000,
    "draw part of the map with --focus and --only",
);
/// The letters of a report that is written as PDF.
pub const REPORT_LETTERS: Limit = limit(
    "a PDF report",
    "letters",
    4_000_000,
    "write it as .docx or .html, or split the map into several files",
);
/// The boxes of a map that a business case is written of.
pub const DOCUMENT_BOXES: Limit = limit("a business case", "boxes", 20_000, SHORTER);
/// The links of a map that a business case is written of.
pub const DOCUMENT_LINKS: Limit = limit("a business case", "links", 50_000, SHORTER);
/// The KPIs of a map that a business case is written of.
pub const DOCUMENT_KPIS: Limit = limit("a business case", "KPIs", 5_000, SHORTER);
/// The targets of a map that a business case is written of.
pub const DOCUMENT_TARGETS: Limit = limit("a business case", "targets", 50_000, SHORTER);
/// The years that the costs of a business case are spread over.
pub const DOCUMENT_YEARS: Limit = limit("a business case", "years of costs", 100, SHORTER);
/// The boxes that a benefits register goes through: for every benefit those that lead to it and all that these lead to.
pub const REGISTER_BOXES: Limit = limit("a benefits register", "boxes behind its benefits", 100_000_000, SPLIT);
/// The boxes of a presentation, those of all its slides together.
pub const SLIDES_BOXES: Limit = limit("a presentation", "boxes", 50_000, PART);
/// The lines of a presentation, those of the picture of the whole map.
pub const SLIDES_LINES: Limit = limit("a presentation", "lines", 40_000, PART);
/// The boxes of a map that is written as a workbook.
pub const WORKBOOK_BOXES: Limit = limit("a workbook", "boxes", 200_000, AS_TABLES);
/// The links of a map that is written as a workbook.
pub const WORKBOOK_LINKS: Limit = limit("a workbook", "links", 400_000, AS_TABLES);
/// The targets of a map that is written as a workbook.
pub const WORKBOOK_TARGETS: Limit = limit("a workbook", "targets", 100_000, AS_TABLES);
/// The links of a map that is written for another tool.
pub const EXCHANGE_LINKS: Limit = limit("a drawing for another tool", "links", 500_000, AS_TABLES);
/// The views of a pack.
pub const PACK_VIEWS: Limit = limit("a pack", "views", 1_000, ONE_VIEW);
/// The boxes of a pack, those of all its views together.
pub const PACK_BOXES: Limit = limit("a pack", "boxes", 50_000, ONE_VIEW);
/// The boxes of a pack whose views are painted in points too, which takes ten times as long as drawing them.
pub const PACK_PAINTED_BOXES: Limit = limit(
    "a pack with PNG pictures",
    "boxes",
    10_000,
    "leave PNG out with `--formats svg,pdf`, or draw the views that you need one by one with `draw --focus` and `--only`",
);
/// The pairs of a row and a column of a matrix, of which those that are connected are listed.
pub const MATRIX_PAIRS: Limit = limit("a matrix", "pairs of a row and a column", 25_000_000, NARROWER);
/// The pairs of an investment and an end outcome of which an audit report tells the chains.
pub const AUDIT_PAIRS: Limit = limit(
    "an audit report",
    "pairs of an investment and an end outcome",
    25_000_000,
    "use `check`, `coverage` and `trace --rows owner` one by one, or split the map into several files",
);
/// The cells of a matrix that is written as a grid.
pub const MATRIX_CELLS: Limit = limit("a matrix", "cells in a grid", 4_000_000, NARROWER);

/// The rows of a form for measurements.
pub const FORM_ROWS: Limit = limit(
    "a form for measurements",
    "rows",
    200_000,
    "name a later first day with --from",
);

const NARROWER: &str = "give --rows owner or --columns partner, or --from and --to for the chains between two boxes";

/// Every limit on how much there may be of something.
pub const LIMITS: &[&Limit] = &[
    &MAP_SIZE,
    &FILE_SIZE,
    &BOXES,
    &LINKS,
    &KPIS,
    &PICTURE_BOXES,
    &PICTURE_LINES,
    &PAPER_BOXES,
    &PAPER_LINES,
    &SHEET_BOXES,
    &SHEET_LINES,
    &PAGE_BOXES,
    &OVERVIEW_BOXES,
    &REPORT_LETTERS,
    &DOCUMENT_BOXES,
    &DOCUMENT_LINKS,
    &DOCUMENT_KPIS,
    &DOCUMENT_TARGETS,
    &DOCUMENT_YEARS,
    &REGISTER_BOXES,
    &SLIDES_BOXES,
    &SLIDES_LINES,
    &WORKBOOK_BOXES,
    &WORKBOOK_LINKS,
    &WORKBOOK_TARGETS,
    &EXCHANGE_LINKS,
    &PACK_VIEWS,
    &PACK_BOXES,
    &PACK_PAINTED_BOXES,
    &MATRIX_PAIRS,
    &MATRIX_CELLS,
    &AUDIT_PAIRS,
    &FORM_ROWS,
];

const fn limit(of: &'static str, counted: &'static str, most: usize, instead: &'static str) -> Limit {
    Limit {
        of,
        counted,
        most,
        instead,
    }
}

impl Limit {
    /// Whether there is no more than there may be.
    ///
    /// # Errors
    /// [`TooMuch`] where there is more.
    pub fn hold(&'static self, have: usize) -> Result<(), TooMuch> {
        match have > self.most {
            true => Err(TooMuch { limit: self, have }),
            false => Ok(()),
        }
    }
}

/// More of something than there may be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} has {} {} at most, but this one would have {}: {}",
    limit.of,
    grouped(limit.most),
    limit.counted,
    grouped(*have),
    limit.instead
)]
pub struct TooMuch {
    /// What may not be passed.
    pub limit: &'static Limit,
    /// How much there is.
    pub have: usize,
}

/// Whether a map is small enough to be kept in a file and read again.
///
/// # Errors
/// [`TooMuch`] where it has more boxes, links or KPIs than are read.
pub fn of_map(map: &BenefitMap) -> Result<(), TooMuch> {
    BOXES.hold(map.nodes.len())?;
    LINKS.hold(map.links.len())?;
    KPIS.hold(map.kpis.len())
}

/// Whether a business case can be written of a map.
///
/// # Errors
/// [`TooMuch`] for more than is read on paper.
pub fn of_document(map: &BenefitMap) -> Result<(), TooMuch> {
    DOCUMENT_BOXES.hold(map.nodes.len())?;
    DOCUMENT_LINKS.hold(map.links.len())?;
    DOCUMENT_KPIS.hold(map.kpis.len())?;
    DOCUMENT_TARGETS.hold(targets(map))?;
    let costs = map.nodes.iter().flat_map(|node| &node.cost);
    let years: std::collections::BTreeSet<&str> = costs.map(|cost| cost.year.as_str()).collect();
    DOCUMENT_YEARS.hold(years.len())
}

/// Whether a map can be written as a workbook.
///
/// # Errors
/// [`TooMuch`] for more than a spreadsheet opens in good time.
pub fn of_workbook(map: &BenefitMap) -> Result<(), TooMuch> {
    WORKBOOK_BOXES.hold(map.nodes.len())?;
    WORKBOOK_LINKS.hold(map.links.len())?;
    WORKBOOK_TARGETS.hold(targets(map))
}

/// The targets of all KPIs together.
fn targets(map: &BenefitMap) -> usize {
    map.kpis.iter().map(|kpi| kpi.targets.len()).sum()
}

fn grouped(count: usize) -> String {
    group_digits(&count.to_string())
}

/// Cuts a text to what the field of that name may hold; whether anything had to go.
pub fn cut(field: &str, text: &mut String) -> bool {
    match text.char_indices().nth(longest(field)) {
        Some((end, _)) if is_too_long(field, text) => {
            text.truncate(end);
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{ID_PATTERN, NodeId};

    #[test]
    fn characters_are_counted_and_not_bytes() {
        let title = "é".repeat(LONGEST_TITLE);
        assert!(!is_too_long("title", &title));
        let mut longer = format!("{title}é");
        assert!(is_too_long("title", &longer));
        assert!(!is_too_long("description", &longer));
        assert!(cut("title", &mut longer));
        assert_eq!(longer, title);
        assert!(!cut("title", &mut longer));
    }

    #[test]
    fn the_pattern_of_ids_says_how_long_they_may_be() {
        assert!(ID_PATTERN.ends_with(&format!("{{0,{}}}$", LONGEST_ID - 1)));
        assert!(NodeId::new("a".repeat(LONGEST_ID)).is_ok());
        assert!(NodeId::new("a".repeat(LONGEST_ID + 1)).is_err());
    }
}
