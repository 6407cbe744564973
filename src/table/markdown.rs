//! Tables as Markdown, to stand in a report.
//!
//! Text from a map is shown as it is: whatever Markdown or HTML would take for markup is escaped.

pub use crate::escape::markdown::line as escape;

use super::{Cell, Table};

/// The table as Markdown: a header, a rule, a line for each row. Columns in which no row has anything are left out; a
/// table without rows is the empty text. Numbers have their thousands grouped.
pub fn write(table: &Table) -> String {
    let used: Vec<usize> = (0..table.columns.len())
        .filter(|at| {
            table
                .rows
                .iter()
                .any(|row| row.get(*at).is_some_and(|cell| !cell.is_empty()))
        })
        .collect();
    if used.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    let mut add = |cells: Vec<String>| {
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    };
    add(used
        .iter()
        .map(|at| table.columns[*at].name.replace('_', " "))
        .collect());
    add(vec!["---".to_owned(); used.len()]);
    for row in &table.rows {
        add(used
            .iter()
            .map(|at| match row.get(*at) {
                Some(Cell::Number(number)) => number.grouped(),
                Some(cell) => escape(&cell.to_text()),
                None => String::new(),
            })
            .collect());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Column, Values};
    use super::*;

    #[test]
    fn text_is_data_and_never_markup() {
        let column = |name: &'static str| Column {
            name: name.into(),
            values: Values::Text,
        };
        let table = Table {
            name: "t".to_owned(),
            columns: vec![column("a"), column("nothing"), column("b_c"), column("n")],
            rows: vec![vec![
                Cell::Text("x | <b>*y*</b>\nz".to_owned()),
                Cell::Empty,
                Cell::Text("# 5-6".to_owned()),
                Cell::Number("-1234.5".parse().unwrap()),
            ]],
        };
        assert_eq!(
            write(&table),
            "| a | b c | n |\n| --- | --- | --- |\n| x \\| \\<b\\>\\*y\\*\\</b\\> z | \\# 5-6 | -1,234.5 |\n"
        );
        assert_eq!(
            write(&Table {
                rows: Vec::new(),
                ..table
            }),
            ""
        );
    }
}
