//! Aligned columns of text that fit a width.

use benefit_map::escape::terminal;
use unicode_width::UnicodeWidthStr;

/// The width where nobody sees a terminal: a file is the same wherever it was made.
const WITHOUT_A_TERMINAL: usize = 110;

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

/// The width of standard output in characters.
pub fn width() -> usize {
    terminal_size::terminal_size_of(std::io::stdout())
        .map_or(WITHOUT_A_TERMINAL, |(width, _)| usize::from(width.0))
        .max(24)
}

/// Where the width is less, rows stand as blocks, one cell under another.
const NARROW: usize = 76;

/// Rows under a head, columns two blanks apart. The first column is never wrapped; the others share what is left of the
/// width, each as wide as it need be where they all fit, and are wrapped between words. `paint` may put colour round a
/// cell of the first column. No line ends in blanks. Where the width is less than 76 there is no head, and each row is a block
/// of lines: the first two cells, then the others under them.
pub fn write<const N: usize>(
    head: [&str; N],
    rows: &[[Cell; N]],
    width: usize,
    paint: impl Fn(&str, String) -> String,
) -> String {
    if width < NARROW {
        return blocks(rows, width, paint);
    }
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
    widths[N - 1] = widths[N - 1].min(width.saturating_sub(used + 2).max(20));
    let mut out = String::new();
    for (index, row) in std::iter::once(&heads).chain(rows).enumerate() {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| cell.wrapped(width))
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

fn blocks<const N: usize>(rows: &[[Cell; N]], width: usize, paint: impl Fn(&str, String) -> String) -> String {
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
            // A word of the first cell stands whole in the first line, so it can be painted there.
            let line = match line.strip_prefix(first) {
                Some(after) => format!("{}{after}", paint(first, first.to_owned())),
                None => line,
            };
            out.push_str(line.trim_end());
            out.push('\n');
        }
        for line in others.iter().flat_map(|cell| cell.wrapped(width - 2)) {
            out.push_str(format!("  {line}").trim_end());
            out.push('\n');
        }
    }
    out
}

/// A line in lines of at most that width; from the second on they are indented by two.
fn wrap(line: &str, width: usize) -> Vec<String> {
    let mut out = Vec::new();
    let mut current = String::new();
    for word in line.split_whitespace() {
        let room = current.width() + usize::from(!current.trim().is_empty()) + word.width() <= width;
        if !room && !current.trim().is_empty() {
            out.push(std::mem::replace(&mut current, "  ".to_owned()));
        } else if !current.trim().is_empty() {
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
                "full: 7 % on 2026-03-31, expected 5\nupstream: masts",
            ),
            row("on track", "Rounds [rounds]", "km: 5,200 km"),
        ];
        let text = write(["status", "node", "owner", "why"], &rows, 30, |_, piece| {
            format!("<{piece}>")
        });
        let expected = "\
<off track>: Fewer overflowing
  bins [bins]
  Ann
  full: 7 % on 2026-03-31,
    expected 5
  upstream: masts

<on track>: Rounds [rounds]
  Ann
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
        let text = write(["status", "node", "why"], &rows, 76, |_, piece| piece);
        let expected = "\
status      node       why
bad         An ü-turn  one two three four five six seven eight nine ten
                         eleven twelve
                       nine
quite good             x
";
        assert_eq!(text, expected);
        assert!(text.lines().all(|line| line.width() <= 76));
    }
}
