//! Aligned columns of text that fit a width.

use std::io::IsTerminal;

use benefit_map::escape::terminal;
use benefit_map::finding::snippet::Style;
use benefit_map::table::{self, Table};
use terminal_size::terminal_size_of;
use unicode_width::UnicodeWidthStr;

use crate::fold::fold_line;
use crate::output::Place;
use crate::page::Page;

/// The width of tables where nobody sees a terminal: a file is the same wherever it was made.
const WITHOUT_A_TERMINAL: usize = 110;

/// The least width that is kept to.
const LEAST: usize = 20;

/// What stands in a cell: lines, each safe to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell(Vec<String>);

impl Cell {
    /// Several lines, each of them one whatever is in it.
    pub fn lines(lines: impl IntoIterator<Item = String>) -> Self {
        Self(lines.into_iter().map(|line| terminal::words(&line)).collect())
    }

    fn widest(&self) -> usize {
        self.0.iter().map(|line| line.width()).max().unwrap_or(0)
    }

    fn wrapped(&self, width: usize) -> Vec<String> {
        self.0.iter().flat_map(|line| wrap(line, width)).collect()
    }

    fn wrapped_between_words(&self, width: usize) -> Vec<String> {
        self.0.iter().flat_map(|line| wrap_words(line, width)).collect()
    }

    /// The same with a name before its first line.
    fn named(&self, name: &str) -> Self {
        let mut lines = self.0.clone();
        if let Some(first) = lines.first_mut() {
            *first = format!("{name}: {first}");
        }
        Self(lines)
    }

    fn first(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }
}

impl From<&str> for Cell {
    /// One line, whatever is in it.
    fn from(text: &str) -> Self {
        Self(vec![terminal::words(text)])
    }
}

impl From<String> for Cell {
    /// One line, whatever is in it.
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

/// The columns that standard output has: those of the terminal, else those of the variable COLUMNS, as `watch` and people set it.
/// `None` where nothing says: then lines are as long as they are.
pub fn limit() -> Option<usize> {
    limit_of(terminal_size_of(std::io::stdout()).map(|(width, _)| width))
}

/// The columns that standard error has, as [`limit`] has those of standard output.
pub fn limit_of_errors() -> Option<usize> {
    limit_of(terminal_size_of(std::io::stderr()).map(|(width, _)| width))
}

fn limit_of(terminal: Option<terminal_size::Width>) -> Option<usize> {
    let said = || {
        let columns = std::env::var("COLUMNS").ok()?;
        columns.trim().parse::<usize>().ok().filter(|columns| *columns > 0)
    };
    let width = terminal.map(|width| usize::from(width.0)).or_else(said)?;
    Some(width.max(LEAST))
}

/// How wide a table may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Not a column wider: words are broken for it, and rows stand as blocks where it is too little for columns.
    Most(usize),
    /// About as wide as people read, in files and for other programs: words stay whole, and rows in columns.
    Free,
}

/// The width of tables in what is written there.
pub fn width(place: &Place) -> Width {
    match place.path() {
        Some(_) => Width::Free,
        None => limit().map_or(Width::Free, Width::Most),
    }
}

/// The width to show a table in, where it is seen on a terminal and nobody asked for a format.
pub fn seen(place: &Place) -> Option<usize> {
    (place.path().is_none() && std::io::stdout().is_terminal()).then(|| limit().unwrap_or(WITHOUT_A_TERMINAL))
}

/// Where the width is less, rows stand as blocks, one cell under another.
const NARROW: usize = 76;

/// The least width of the last column, which tells the story, where rows stand in columns.
const STORY: usize = 20;

/// Rows under a head, columns two blanks apart. The first column is never wrapped; the others share what is left of the
/// width, each as wide as it need be where they all fit, and are wrapped between words, and within a word that is wider than its
/// column. `paint` may put colour round a cell of the first column. No line ends in blanks, and none is wider than the width. Where
/// the width is less than 76, or too little for the columns, there is no head, and each row is a block of lines: the first two
/// cells, then the others under them with the names of their columns.
pub fn write<const N: usize>(
    head: [&str; N],
    rows: &[[Cell; N]],
    room: Width,
    paint: impl Fn(&str, String) -> String,
) -> String {
    let width = match room {
        Width::Most(width) if width < NARROW => return blocks(head, rows, width, paint),
        Width::Most(width) => width,
        Width::Free => WITHOUT_A_TERMINAL,
    };
    let mut widths = [0; N];
    let heads = head.map(Cell::from);
    for row in std::iter::once(&heads).chain(rows) {
        for (at, cell) in row.iter().enumerate() {
            widths[at] = widths[at].max(cell.widest());
        }
    }
    // The last column tells the story and takes what the others leave; these keep to a fifth of the width each.
    let most = (width / 5).max(12);
    let mut used = widths[0];
    for column in widths.iter_mut().take(N.saturating_sub(1)).skip(1) {
        *column = (*column).min(most);
        used += *column + 2;
    }
    let left = width.saturating_sub(used + 2);
    widths[N - 1] = match room {
        Width::Most(_) if widths[N - 1] > left && left < STORY => return blocks(head, rows, width, paint),
        Width::Most(_) => widths[N - 1].min(left),
        Width::Free => widths[N - 1].min(left.max(STORY)),
    };
    let mut out = String::new();
    for (index, row) in std::iter::once(&heads).chain(rows).enumerate() {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| match room {
                Width::Most(_) => cell.wrapped(width),
                Width::Free => cell.wrapped_between_words(width),
            })
            .collect();
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let mut text = String::new();
            for (at, cell) in cells.iter().enumerate() {
                let piece = cell.get(line).map_or("", String::as_str);
                let blanks = " ".repeat(widths[at].saturating_sub(piece.width()) + 2);
                let piece = if at == 0 && index > 0 && !piece.is_empty() {
                    paint(row[0].first(), piece.to_owned())
                } else {
                    piece.to_owned()
                };
                text.push_str(&piece);
                text.push_str(&blanks);
            }
            out.push_str(text.trim_end());
            out.push('\n');
        }
    }
    out
}

/// Columns that need no name beside what they hold: it tells itself.
const STORIES: [&str; 3] = ["why", "facts", "note"];

fn blocks<const N: usize>(
    head: [&str; N],
    rows: &[[Cell; N]],
    width: usize,
    paint: impl Fn(&str, String) -> String,
) -> String {
    let mut out = String::new();
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let (first, rest) = row.split_at(1.min(N));
        let (second, others) = rest.split_at(1.min(rest.len()));
        let first = first.first().map_or("", Cell::first);
        let named = format!("{first}: {}", second.first().map_or("", Cell::first));
        for line in wrap(&named, width) {
            // The first cell is painted where it stands whole in the first line.
            let line = match line.strip_prefix(first).filter(|_| !first.is_empty()) {
                Some(after) => format!("{}{after}", paint(first, first.to_owned())),
                None => line,
            };
            out.push_str(line.trim_end());
            out.push('\n');
        }
        for (name, cell) in head.iter().skip(2).zip(others) {
            let named = match STORIES.contains(name) || cell.first().is_empty() {
                true => cell.clone(),
                false => cell.named(name),
            };
            for line in named.wrapped(width - 2).iter().filter(|line| !line.is_empty()) {
                out.push_str(format!("  {line}").trim_end());
                out.push('\n');
            }
        }
    }
    out
}

/// A table as it is read on a terminal: a block a row, the first two cells that hold something at its head, and the others under
/// them, each with the name of its column. The last line says how to get the table itself.
pub fn of_table(table: &Table, width: usize) -> Page {
    let mut page = blocks_of(table, width);
    if !page.is_empty() {
        page.gap();
    }
    page.line(match table.rows.len() {
        1 => "1 row; --format csv, or -o with the name of a file, gives the table.".to_owned(),
        rows => format!("{rows} rows; --format csv, or -o with the name of a file, gives the table."),
    });
    page
}

/// The rows of a table as blocks.
pub fn blocks_of(table: &Table, width: usize) -> Page {
    let mut out = String::new();
    for row in &table.rows {
        let mut cells = table
            .columns
            .iter()
            .zip(row)
            .map(|(column, cell)| (column.name.replace('_', " "), told(cell)))
            .filter(|(_, text)| !text.is_empty());
        if let Some((_, first)) = cells.next() {
            let named = cells
                .next()
                .map_or(first.clone(), |(_, second)| format!("{first}: {second}"));
            let mut lines = fold_line(&named, width);
            for (name, text) in cells {
                lines.extend(fold_line(&format!("  {}: {text}", terminal::words(&name)), width));
            }
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&lines.join("\n"));
            out.push('\n');
        }
    }
    let mut page = Page::default();
    page.rendered(&out, Style::Plain);
    page
}

/// A cell in one line, its digits in groups.
fn told(cell: &table::Cell) -> String {
    match cell {
        table::Cell::Number(number) => number.grouped(),
        cell => terminal::words(&cell.to_text()),
    }
}

/// A line in lines of at most that width; from the second on they are indented by two.
fn wrap(line: &str, width: usize) -> Vec<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    fold_line(&words.join(" "), width)
}

/// A text in lines of at most that width, of which none is indented; a word that is wider stays whole.
pub fn lines(text: &str, width: usize) -> Vec<String> {
    let mut out = vec![String::new()];
    for word in text.split_whitespace() {
        if let Some(last) = out.last_mut().filter(|last| last.is_empty()) {
            last.push_str(word);
        } else if let Some(last) = out.last_mut().filter(|last| last.width() + 1 + word.width() <= width) {
            last.push(' ');
            last.push_str(word);
        } else {
            out.push(word.to_owned());
        }
    }
    out
}

/// As [`wrap`], but a word that is wider stays whole.
fn wrap_words(line: &str, width: usize) -> Vec<String> {
    let mut out = Vec::new();
    let mut current = String::new();
    for word in line.split_whitespace() {
        let is_blank = current.trim().is_empty();
        if !is_blank && current.width() + 1 + word.width() > width {
            out.push(std::mem::replace(&mut current, "  ".to_owned()));
        } else if !is_blank {
            current.push(' ');
        }
        current.push_str(word);
    }
    out.push(current);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_little_width_rows_are_blocks() {
        let row = |status: &str, node: &str, why: &str| {
            [
                Cell::from(status),
                node.into(),
                "Ann".into(),
                Cell::lines(why.split('\n').map(str::to_owned)),
            ]
        };
        let rows = [
            row(
                "off track",
                "Fewer overflowing bins [bins]",
                "full: 7% on 2026-03-31, expected 5\nupstream: masts",
            ),
            row("on track", "Rounds [rounds]", "km: 5,200 km"),
        ];
        let text = write(
            ["status", "node", "owner", "why"],
            &rows,
            Width::Most(30),
            |_, piece| format!("<{piece}>"),
        );
        let expected = "\
<off track>: Fewer overflowing
  bins [bins]
  owner: Ann
  full: 7% on 2026-03-31,
    expected 5
  upstream: masts

<on track>: Rounds [rounds]
  owner: Ann
  km: 5,200 km
";
        assert_eq!(text, expected);
    }

    #[test]
    fn columns_line_up_and_wrap_between_words() {
        let rows = [
            [
                "bad".into(),
                "An ü-turn".into(),
                Cell::lines([
                    "one two three four five six seven eight nine ten eleven twelve".to_owned(),
                    "nine".to_owned(),
                ]),
            ],
            ["quite good".into(), "".into(), "x".into()],
        ];
        let text = write(["status", "node", "why"], &rows, Width::Most(76), |_, piece| piece);
        let expected = "\
status      node       why
bad         An ü-turn  one two three four five six seven eight nine ten
                         eleven twelve
                       nine
quite good             x
";
        assert_eq!(text, expected);
        assert!(text.lines().all(|line| line.width() <= 76));
        // A word that is wider than its column is broken on a terminal, and whole in a file.
        let rows = [[
            "bad".into(),
            "an-id-of-many-letters-that-no-column-holds".into(),
            "x".into(),
        ]];
        let in_room = |room| write(["status", "node", "why"], &rows, room, |_, piece| piece);
        assert!(in_room(Width::Most(76)).lines().all(|line| line.width() <= 76));
        assert!(!in_room(Width::Most(76)).contains("an-id-of-many-letters-that-no-column-holds"));
        assert!(in_room(Width::Free).contains("an-id-of-many-letters-that-no-column-holds"));
    }
}
