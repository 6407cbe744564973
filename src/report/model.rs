//! What a report is made of.

use crate::draw::Graph;
use crate::map::Language;
use crate::scene::theme::Theme;
use crate::scene::{Scene, Verdict};

/// A document, in reading order.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What it is called; a line above everything else.
    pub title: String,
    /// What stands under the title; empty for nothing.
    pub subtitle: String,
    /// Who wrote it or answers for it; empty where nobody is named.
    pub author: String,
    /// The language of its words, as a BCP 47 tag such as `en`.
    pub language: String,
    /// What a reader must know before the first line: the day it speaks of, the file it was made from.
    pub facts: Vec<Fact>,
    /// Whether headings are counted.
    pub numbering: Numbering,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A line of the first page: a name and what it is, such as `As of` and `31 March 2028`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What is told.
    pub name: String,
    /// What it is.
    pub value: String,
}

impl Fact {
    /// A fact.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
        }
    }
}

/// Whether headings are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbering {
    /// They are not.
    #[default]
    Plain,
    /// As 1, 1.1, 1.1.1; headings of the fourth level are not.
    Decimal,
}

impl Report {
    /// A report in English with a title and nothing in it.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            subtitle: String::new(),
            author: String::new(),
            language: crate::map::LANGUAGE.to_owned(),
            facts: Vec::new(),
            numbering: Numbering::Plain,
            blocks: Vec::new(),
        }
    }

    /// The same, in the language of a map, with the pictures that it has so far.
    pub fn in_language(mut self, language: Language) -> Self {
        self.language = language.to_string();
        for block in &mut self.blocks {
            if let Block::Picture(picture) = block {
                picture.scene.language.clone_from(&self.language);
            }
        }
        self
    }

    /// How many letters its blocks have, those in pictures left out.
    pub fn letters(&self) -> usize {
        let line = |line: &Vec<Inline>| {
            line.iter()
                .filter_map(Inline::words)
                .map(|words| words.chars().count())
                .sum::<usize>()
        };
        let block = |block: &Block| match block {
            Block::Heading { text, .. } => text.chars().count(),
            Block::Paragraph(words) | Block::Note(words) => line(words),
            Block::List { items, .. } => items.iter().map(line).sum(),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.map(|cell| line(&cell.0)).sum()
            }
            Block::Picture(_) | Block::Contents | Block::PageBreak => 0,
        };
        self.blocks.iter().map(block).sum()
    }

    /// Adds a block at the end.
    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// Adds blocks at the end, in their order.
    pub fn extend(&mut self, blocks: impl IntoIterator<Item = Block>) {
        self.blocks.extend(blocks);
    }
}

/// One thing after another on the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The heading of what follows, up to the next of its level or above.
    Heading {
        /// From 1 to 4; a writer takes others as the nearest of these.
        level: u8,
        /// The words.
        text: String,
        /// What [`Target::Place`] and [`Inline::Reference`] call it; empty for nothing. Each once in a report.
        anchor: String,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A remark set apart from the text: how to read what follows, or what a reader should not miss.
    Note(Vec<Inline>),
    /// A list; no item holds another list.
    List {
        /// What stands before the items.
        kind: ListKind,
        /// The items in order.
        items: Vec<Vec<Inline>>,
    },
    /// A table.
    Table(Table),
    /// A picture.
    Picture(Box<Picture>),
    /// The headings of the first two levels with their pages, where the format has pages.
    Contents,
    /// What follows begins on a new page, where the format has pages.
    PageBreak,
}

impl Block {
    /// A heading without an anchor of its own.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading {
            level,
            text: text.into(),
            anchor: String::new(),
        }
    }

    /// A heading that links and references can name.
    pub fn heading_at(level: u8, text: impl Into<String>, anchor: impl Into<String>) -> Self {
        Self::Heading {
            level,
            text: text.into(),
            anchor: anchor.into(),
        }
    }

    /// A paragraph of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Paragraph(vec![Inline::text(text)])
    }

    /// A note of plain text.
    pub fn note(text: impl Into<String>) -> Self {
        Self::Note(vec![Inline::text(text)])
    }

    /// A picture.
    pub fn picture(picture: Picture) -> Self {
        Self::Picture(Box::new(picture))
    }

    /// A list of plain texts.
    pub fn list<T: Into<String>>(kind: ListKind, items: impl IntoIterator<Item = T>) -> Self {
        Self::List {
            kind,
            items: items.into_iter().map(|item| vec![Inline::text(item)]).collect(),
        }
    }
}

/// What stands before the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// A dot.
    Bullets,
    /// 1, 2, 3.
    Numbers,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words as they are; white space and line ends count as one space.
    Text(String),
    /// Words that carry weight.
    Strong(String),
    /// Words said with a stress.
    Emphasis(String),
    /// An id, a file name or a command, in the type of a machine.
    Code(String),
    /// Words that lead somewhere.
    Link {
        /// The words.
        text: String,
        /// Where they lead.
        target: Target,
    },
    /// The number of the table, picture or heading with that anchor, such as `Table 3`, as a link to it. The anchor
    /// itself where nothing has it.
    Reference(String),
    /// A judgement: a sign of its own shape in its own colour, then the word. Never colour alone (WCAG 2.2, 1.4.1).
    Mark(Verdict, String),
    /// The line ends here, and the paragraph goes on.
    Break,
}

impl Inline {
    /// Plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Its own words; `None` for a reference, whose words are known only when the report is written, and for the end of a line.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text(text)
            | Self::Strong(text)
            | Self::Emphasis(text)
            | Self::Code(text)
            | Self::Mark(_, text)
            | Self::Link { text, .. } => Some(text),
            Self::Reference(_) | Self::Break => None,
        }
    }

    /// The sign that stands for a judgement.
    pub fn sign(verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Good => "●",
            Verdict::Doubtful => "▲",
            Verdict::Bad => "■",
            Verdict::Open => "○",
        }
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To an address. Only `http`, `https` and `mailto` become links; of anything else the words stand alone.
    Address(String),
    /// To the block with that anchor; the words stand alone where nothing has it.
    Place(String),
}

/// A table: one row of headings, which is repeated on every page, and rows under it.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it shows, for the line above it, which also counts it; empty for a table that is not counted.
    pub caption: String,
    /// What references call it; empty for nothing.
    pub anchor: String,
    /// The columns from the first to the last, at least one.
    pub columns: Vec<Column>,
    /// Whether the first cell of a row names the row.
    pub row_heads: RowHeads,
    /// The rows. A row with fewer cells than there are columns is filled up with empty ones; more are left out.
    pub rows: Vec<Row>,
    /// How it wants to lie.
    pub width: Width,
}

impl Table {
    /// A table without rows whose first column names its rows.
    pub fn new(caption: impl Into<String>, columns: impl IntoIterator<Item = Column>) -> Self {
        Self {
            caption: caption.into(),
            anchor: String::new(),
            columns: columns.into_iter().collect(),
            row_heads: RowHeads::First,
            rows: Vec::new(),
            width: Width::Text,
        }
    }

    /// Adds a row.
    pub fn push(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(Row {
            kind: RowKind::Body,
            continues: 0,
            cells: cells.into_iter().collect(),
        });
    }

    /// Adds a row whose first cells are those of the row before it, so many of them: each is one cell over both rows.
    pub fn push_under(&mut self, shared: usize, cells: impl IntoIterator<Item = Cell>) {
        let above = self.rows.last().map(|row| row.cells.as_slice()).unwrap_or_default();
        let first = (0..shared).map(|at| above.get(at).cloned().unwrap_or_default());
        let cells = first.chain(cells).collect();
        self.rows.push(Row {
            kind: RowKind::Body,
            continues: shared,
            cells,
        });
    }

    /// Over how many rows the cell reaches down from there; 0 where it is one with the cell above it.
    pub(super) fn rows_down(&self, row: usize, column: usize) -> usize {
        let continues = |at: usize| {
            let pair = at.checked_sub(1).and_then(|before| self.rows.get(before..=at));
            pair.is_some_and(|pair| pair.iter().all(|row| row.kind == RowKind::Body) && pair[1].continues > column)
        };
        match continues(row) {
            true => 0,
            false => 1 + (row + 1..self.rows.len()).take_while(|at| continues(*at)).count(),
        }
    }

    /// Whether the cell of that column names its row.
    pub(super) fn is_head(&self, column: usize) -> bool {
        match self.row_heads {
            RowHeads::First => column == 0,
            RowHeads::FirstAnd(other) => column == 0 || column == other,
            RowHeads::None => false,
        }
    }

    /// Adds a row across all columns that names the rows after it.
    pub fn push_group(&mut self, text: impl Into<String>) {
        self.rows.push(Row {
            kind: RowKind::Group,
            continues: 0,
            cells: vec![Cell::text(text)],
        });
    }

    /// Adds a row that sums up those before it.
    pub fn push_total(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(Row {
            kind: RowKind::Total,
            continues: 0,
            cells: cells.into_iter().collect(),
        });
    }
}

/// Whether the first cell of a row names the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowHeads {
    /// It does.
    First,
    /// It does, and so does that of another column, counted from 0: what the first names comes in several rows.
    FirstAnd(usize),
    /// It does not.
    None,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The words at its head.
    pub heading: String,
    /// Its share of the width, against the shares of the other columns. A writer takes at least a twentieth of the
    /// table.
    pub share: f64,
    /// Where its cells stand.
    pub align: Align,
}

impl Column {
    /// A column whose cells begin at its start.
    pub fn new(heading: impl Into<String>, share: f64) -> Self {
        Self {
            heading: heading.into(),
            share,
            align: Align::Start,
        }
    }

    /// The same column with its cells elsewhere.
    #[must_use]
    pub fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }
}

/// Where the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the start of the line, as text does.
    #[default]
    Start,
    /// In the middle.
    Middle,
    /// At the end of the line, as numbers do.
    End,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is among the rows.
    pub kind: RowKind,
    /// How many of its first cells are one with those above them; they hold the same all the same, for formats that know no
    /// cell over several rows.
    pub continues: usize,
    /// Its cells; of a [`RowKind::Group`] the first alone.
    pub cells: Vec<Cell>,
}

/// What a row is among the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// One of many.
    Body,
    /// A line across all columns that names the rows after it.
    Group,
    /// The sum of those before it.
    Total,
}

/// A cell: its lines, [`Inline::Break`] between them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell(pub Vec<Inline>);

impl Cell {
    /// A cell of plain text; of nothing where the text is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::default()
        } else {
            Self(vec![Inline::Text(text)])
        }
    }

    /// A cell with a judgement.
    pub fn mark(verdict: Verdict, word: impl Into<String>) -> Self {
        Self(vec![Inline::Mark(verdict, word.into())])
    }

    /// A cell of several lines.
    pub fn lines<T: Into<String>>(lines: impl IntoIterator<Item = T>) -> Self {
        let mut out = Vec::new();
        for line in lines {
            if !out.is_empty() {
                out.push(Inline::Break);
            }
            out.push(Inline::Text(line.into()));
        }
        Self(out)
    }
}

/// How wide a thing wants the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// As wide as the text.
    #[default]
    Text,
    /// On a page of its own whose long side lies across, where the format has pages.
    Landscape,
    /// On such a page of twice the size, which is folded in: A3 in a document on A4.
    Foldout,
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// What is drawn.
    pub scene: Scene,
    /// Its colours.
    pub theme: &'static Theme,
    /// What it is called, for the line under it, which also counts it; empty for a picture that is not counted.
    pub caption: String,
    /// What references call it; empty for nothing.
    pub anchor: String,
    /// What it shows, in words, for readers who do not see it; empty to take the scene's own description.
    pub alt: String,
    /// How it wants to lie.
    pub width: Width,
    /// The same as charts that people can edit, in place of the picture where a format has such; empty where there are none.
    pub graphs: Vec<Graph>,
    /// The same in parts, from the first to the last, where a page of a format is too small for all of it; empty where it has none.
    pub parts: Vec<Scene>,
}

impl Picture {
    /// A picture in the default colours, as wide as the text, described by its scene.
    pub fn new(scene: Scene, caption: impl Into<String>) -> Self {
        Self {
            scene,
            theme: <&Theme>::default(),
            caption: caption.into(),
            anchor: String::new(),
            alt: String::new(),
            width: Width::Text,
            graphs: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// What it shows, in words: the own text, else the scene's description, else its title.
    pub fn description(&self) -> &str {
        [&self.alt, &self.scene.description, &self.scene.title]
            .into_iter()
            .find(|text| !text.trim().is_empty())
            .map_or("", |text| text.as_str())
    }
}
