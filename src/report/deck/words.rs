//! Blocks of a report as slides: what stands under a heading goes on as many as it takes, none with type that is too small.

use crate::draw::pptx::{Content, Grid, GridCell, Slide};
use crate::scene::Area;

use super::super::model::{Block, Cell, Inline, Row, RowKind, Table};
use super::status::BETWEEN;

/// What a letter of the text takes across at most, and a line of it down, in px: type of 14 pt.
const LETTER: f64 = 9.3;
const LINE: f64 = 22.5;
/// After a paragraph, in px.
const AFTER: f64 = 8.0;
/// A text of more lines is cut in a cell, and is whole in the notes.
const LINES_IN_A_CELL: usize = 10;
/// A paragraph of more letters goes on in the next.
const LONGEST_LINE: usize = 1_000;

/// What stands under one heading.
#[derive(Default)]
struct Under {
    title: String,
    lines: Vec<(String, String)>,
    tables: Vec<Table>,
    pictures: Vec<Slide>,
}

/// The slides of some blocks; `title` is that of what stands before the first heading.
pub(super) fn from_blocks(blocks: &[Block], title: &str, room: Area) -> Vec<Slide> {
    let mut out = Vec::new();
    let mut under = Under {
        title: title.to_owned(),
        ..Under::default()
    };
    for block in blocks {
        match block {
            Block::Heading { text, .. } => {
                let before = std::mem::take(&mut under);
                out.extend(before.slides(room));
                under.title.clone_from(text);
            }
            Block::Paragraph(words) | Block::Note(words) => under.lines.push(weighed(words)),
            Block::List { items, .. } => under.lines.extend(items.iter().map(|item| weighed(item))),
            Block::Table(table) => under.tables.push(table.clone()),
            Block::Picture(picture) => under.pictures.push(Slide {
                title: match picture.caption.trim() {
                    "" => under.title.clone(),
                    caption => caption.to_owned(),
                },
                content: Content::Picture {
                    scene: Box::new(picture.scene.clone()),
                    titles: Default::default(),
                },
                notes: vec![picture.description().to_owned()],
            }),
            Block::Contents | Block::PageBreak => {}
        }
    }
    out.extend(under.slides(room));
    out
}

/// A line: what it begins with that carries weight, and the rest.
fn weighed(words: &[Inline]) -> (String, String) {
    let strong = match words.first() {
        Some(Inline::Strong(text)) => text.clone(),
        _ => String::new(),
    };
    let rest = &words[usize::from(!strong.is_empty())..];
    (strong, said(rest))
}

/// Words as one text; a reference to another part of a document says nothing on a slide.
fn said(words: &[Inline]) -> String {
    let mut out = String::new();
    for inline in words {
        match inline {
            Inline::Break => out.push('\n'),
            Inline::Mark(verdict, text) => out.push_str(&format!("{} {text}", Inline::sign(*verdict))),
            other => out.push_str(other.words().unwrap_or_default()),
        }
    }
    out
}

/// How high a paragraph is, in px.
fn height((strong, rest): &(String, String), width: f64) -> f64 {
    let across = (width / LETTER).max(1.0);
    let letters = strong.chars().count() + rest.chars().count();
    (letters as f64 / across).ceil().max(1.0) * LINE + AFTER
}

/// A long paragraph as several that fit on a slide.
fn divided(line: (String, String)) -> Vec<(String, String)> {
    let (strong, rest) = line;
    if rest.chars().count() <= LONGEST_LINE {
        return vec![(strong, rest)];
    }
    let mut out = vec![(strong, String::new())];
    for word in rest.split_whitespace() {
        let is_full = out
            .last()
            .is_some_and(|(_, text)| text.chars().count() + word.chars().count() > LONGEST_LINE);
        if is_full {
            out.push(Default::default());
        }
        if let Some((_, text)) = out.last_mut() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.extend(word.chars().take(LONGEST_LINE));
        }
    }
    out
}

impl Under {
    fn slides(self, room: Area) -> Vec<Slide> {
        let mut out: Vec<(Content, Vec<String>)> = Vec::new();
        let mut notes = Vec::new();
        // What leads up to a table is under it where both have room on one slide; else it is there to be said.
        let tall: f64 = self.lines.iter().map(|line| height(line, room.w)).sum();
        let mut under = Vec::new();
        if self.tables.is_empty() {
            for part in parted(self.lines, room) {
                let content = Content::Mixed {
                    grids: Vec::new(),
                    graph: None,
                    lines: part,
                };
                out.push((content, Vec::new()));
            }
        } else {
            under = self.lines;
        }
        // Small tables share a slide.
        let mut shared: Vec<(Vec<Grid>, Vec<String>)> = Vec::new();
        let mut left = 0.0;
        for (grid, whole) in self.tables.iter().flat_map(|table| grids(table, room)) {
            let height = grid.height(room.w) + BETWEEN;
            match shared.last_mut().filter(|_| height <= left) {
                Some((grids, notes)) => {
                    grids.push(grid);
                    notes.extend(whole);
                }
                None => {
                    shared.push((vec![grid], whole));
                    left = room.h;
                }
            }
            left -= height;
        }
        if shared.len() > 1 || tall > left {
            let told = std::mem::take(&mut under).into_iter();
            notes.extend(told.map(|(strong, rest)| strong + &rest));
        }
        out.extend(shared.into_iter().map(|(grids, notes)| {
            let content = Content::Mixed {
                grids,
                graph: None,
                lines: std::mem::take(&mut under),
            };
            (content, notes)
        }));
        if let Some((_, first)) = out.first_mut() {
            first.splice(0..0, notes);
        }
        let many = out.len();
        let title = &self.title;
        let slide = |(at, (content, notes)): (usize, (Content, Vec<String>))| Slide {
            title: match many {
                1 => title.clone(),
                _ => format!("{title} ({} of {many})", at + 1),
            },
            content,
            notes,
        };
        out.into_iter().enumerate().map(slide).chain(self.pictures).collect()
    }
}

/// Lines by the slides that they go on.
fn parted(lines: Vec<(String, String)>, room: Area) -> Vec<Vec<(String, String)>> {
    let mut out: Vec<Vec<(String, String)>> = Vec::new();
    let mut left = 0.0;
    for line in lines.into_iter().flat_map(divided) {
        let height = height(&line, room.w);
        match out.last_mut().filter(|_| height <= left) {
            Some(slide) => slide.push(line),
            None => {
                out.push(vec![line]);
                left = room.h;
            }
        }
        left -= height;
    }
    out
}

/// A table by the slides that it goes on, each with the head; and what its cells do not show, for the notes.
fn grids(table: &Table, room: Area) -> Vec<(Grid, Vec<String>)> {
    let empty = Grid {
        description: table.caption.clone(),
        columns: table
            .columns
            .iter()
            .map(|column| (column.heading.clone(), column.share))
            .collect(),
        rows: Vec::new(),
    };
    let head = empty.height(room.w);
    let letters: Vec<usize> = empty.letters(room.w).map(|across| across * LINES_IN_A_CELL).collect();
    let mut out: Vec<(Grid, Vec<String>)> = vec![(empty.clone(), Vec::new())];
    let mut left = room.h - head - BETWEEN;
    let mut before: Option<&Row> = None;
    for row in &table.rows {
        let mut cut = Vec::new();
        let whole = row_of(row, 0, &letters, &mut cut);
        let height = empty.height_of(&whole, room.w);
        let is_new = height > left;
        // What a cell over several rows says is said again at the head of a slide.
        let shared = match before {
            Some(above) if !is_new && above.kind == RowKind::Body => row.continues,
            _ => 0,
        };
        if is_new && out.last().is_some_and(|(grid, _)| !grid.rows.is_empty()) {
            out.push((empty.clone(), Vec::new()));
            left = room.h - head - BETWEEN;
        }
        left -= height;
        if let Some((grid, notes)) = out.last_mut() {
            let cells = match shared {
                0 => whole,
                shared => row_of(row, shared, &letters, &mut Vec::new()),
            };
            grid.rows.push(cells);
            notes.extend(cut);
        }
        before = Some(row);
    }
    out
}

/// The cells of a row, the first of them empty; texts of more letters than their column takes are cut, and whole in `cut`.
fn row_of(row: &Row, empty: usize, letters: &[usize], cut: &mut Vec<String>) -> Vec<GridCell> {
    let cell = |(at, Cell(words)): (usize, &Cell)| {
        if at < empty {
            return GridCell::new("");
        }
        let mut text = said(words);
        let most = letters.get(at).copied().unwrap_or(usize::MAX).max(2);
        if text.chars().count() > most {
            let kept: String = text.chars().take(most - 1).collect();
            cut.push(std::mem::replace(&mut text, format!("{}…", kept.trim_end())));
        }
        let verdict = words.iter().find_map(|inline| match inline {
            Inline::Mark(verdict, _) => Some(*verdict),
            _ => None,
        });
        GridCell { text, verdict }
    };
    row.cells.iter().enumerate().map(cell).collect()
}
