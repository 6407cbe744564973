//! Tables as they come in, with named columns, whatever read them.

use super::text::one_line;
use crate::map::called::folded;

/// A table of texts under named columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The file or sheet as the user gave it, for messages: `elements.csv`.
    pub name: String,
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows, in order.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As a spreadsheet shows it; the header is row 1.
    pub number: usize,
    /// The cells; fewer than there are columns where the rest is empty.
    pub cells: Vec<String>,
}

/// The bytes of a CSV file with an empty line in the place of each comment: a row that begins with `#`, as Archi and
/// other programs write and pass over them. The rows keep their numbers. UTF-16 is left as it is.
pub fn without_comments(bytes: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    let is_wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if is_wide || !bytes.contains(&b'#') {
        return bytes.into();
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    if let Some(after) = rest.strip_prefix(b"\xEF\xBB\xBF") {
        out.extend_from_slice(&rest[..3]);
        rest = after;
    }
    while !rest.is_empty() {
        let is_comment = rest.first() == Some(&b'#');
        let mut inside = false;
        let end = rest.iter().position(|b| {
            // A line feed in quotes is part of a cell; a comment has no quotes.
            inside ^= *b == b'"' && !is_comment;
            *b == b'\n' && !inside
        });
        let (row, after) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
        match is_comment {
            true if row.ends_with(b"\n") => out.push(b'\n'),
            true => {}
            false => out.extend_from_slice(row),
        }
        rest = after;
    }
    out.into()
}

/// How far down the names of columns are looked for, in rows.
const HEADER_WITHIN: usize = 10;

impl Sheet {
    /// The same rows under the names of their columns, where these stand below a title: the first row of the first few
    /// that has the most of these names. `above` gets the text and the place of each row above it.
    pub(super) fn headed(&self, names: &[&str], mut above: impl FnMut(String, String)) -> Sheet {
        let count = |cells: &[String]| {
            cells
                .iter()
                .filter(|cell| names.contains(&folded(cell).as_str()))
                .count()
        };
        let mut best = (count(&self.header), None);
        for (at, row) in self.rows.iter().take(HEADER_WITHIN).enumerate() {
            if count(&row.cells) > best.0 {
                best = (count(&row.cells), Some(at));
            }
        }
        let (2.., Some(at)) = best else { return self.clone() };
        let said = |cells: &[String]| one_line(&cells.join(" "));
        above(
            said(&self.header),
            format!("{}, above row {}", self.name, self.rows[at].number),
        );
        for row in &self.rows[..at] {
            above(said(&row.cells), self.place(row));
        }
        Sheet {
            name: self.name.clone(),
            header: self.rows[at].cells.clone(),
            rows: self.rows[at + 1..].to_vec(),
        }
    }

    /// The place of a column whose folded name is one of these, the first name that there is.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        names
            .iter()
            .find_map(|name| self.header.iter().position(|own| folded(own) == *name))
    }

    /// Where a row stands.
    pub(super) fn place(&self, row: &Row) -> String {
        format!("{}, row {}", self.name, row.number)
    }
}

impl Row {
    /// The cell of a column; empty where there is none.
    pub(super) fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_become_empty_lines_and_cells_stay() {
        let text = b"# \"on\" Monday\n\"ID\",\"x\"\n# more\r\n\"a\",\"#1\n# in a cell\"\nb,#2\n#";
        let kept = b"\n\"ID\",\"x\"\n\n\"a\",\"#1\n# in a cell\"\nb,#2\n";
        assert_eq!(without_comments(text).as_ref(), kept);
        assert_eq!(without_comments(b"\xEF\xBB\xBF#a\nb").as_ref(), b"\xEF\xBB\xBF\nb");
        assert_eq!(without_comments(b"a,b\n").as_ref(), b"a,b\n");
    }

    #[test]
    fn names_of_columns_may_stand_below_a_title() {
        let row = |number: usize, cells: &[&str]| Row {
            number,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        };
        let sheet = Sheet {
            name: "s".to_owned(),
            header: vec!["Our project".to_owned()],
            rows: vec![row(2, &["of 2026"]), row(4, &["Label", "Type"]), row(5, &["a", "b"])],
        };
        let mut told = Vec::new();
        let headed = sheet.headed(&["label", "type"], |text, place| told.push(format!("{text}: {place}")));
        assert_eq!(
            (headed.header.join("|"), headed.rows.len()),
            ("Label|Type".to_owned(), 1)
        );
        assert_eq!(told, ["Our project: s, above row 4", "of 2026: s, row 2"]);
        assert_eq!(headed.headed(&["label", "type"], |_, _| unreachable!()), headed);
    }
}
