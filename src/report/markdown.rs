//! A report as Markdown (CommonMark with tables), for version control and for pasting; pictures are files beside it.

use crate::draw;
use crate::escape::address::of_file;
use crate::escape::markdown::{Place, code, escape, line as words, link};
use crate::xml::el;

use super::label::{self, Labels, Lead};
use super::model::{Align, Block, Inline, ListKind, Picture, Report, RowKind, Table};

/// A report as Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markdown {
    /// The text, with a final newline.
    pub text: String,
    /// The pictures that the text names: the name of the file, which must stand beside the text, and its SVG.
    pub pictures: Vec<(String, String)>,
}

/// The text and its pictures, which are named `stem-figure-1.svg` and so on; `stem` must be a plain file name.
///
/// Markup in the words of the report is escaped. What Markdown has no word for, such as a page break, is left out; the
/// caption of a table stands above it, that of a picture under it.
pub fn write(report: &Report, stem: &str) -> Markdown {
    let page = Page {
        report,
        labels: Labels::of(report),
        stem,
    };
    let mut out = Markdown {
        text: format!("# {}\n", words(&report.title)),
        pictures: Vec::new(),
    };
    if !report.subtitle.is_empty() {
        out.text.push_str(&format!("\n{}\n", words(&report.subtitle)));
    }
    if !report.facts.is_empty() {
        out.text.push('\n');
        for fact in &report.facts {
            out.text
                .push_str(&format!("- {}: {}\n", words(&fact.name), words(&fact.value)));
        }
    }
    for (at, block) in report.blocks.iter().enumerate() {
        page.block(&mut out, at, block);
    }
    out
}

struct Page<'r> {
    report: &'r Report,
    labels: Labels,
    stem: &'r str,
}

impl Page<'_> {
    fn block(&self, out: &mut Markdown, at: usize, block: &Block) {
        let label = self.labels.at(at);
        let text = &mut out.text;
        match block {
            Block::Heading {
                level, text: heading, ..
            } => {
                let signs = "#".repeat(usize::from(label::level(*level)) + 1);
                let number = if label.number.is_empty() {
                    String::new()
                } else {
                    format!("{} ", label.number)
                };
                text.push_str(&format!("\n{signs} {}{number}{}\n", anchor(&label.id), words(heading)));
            }
            Block::Paragraph(line) => text.push_str(&format!("\n{}\n", self.line(line, "\\\n"))),
            Block::Note(line) => text.push_str(&format!("\n> {}\n", self.line(line, "\\\n> "))),
            Block::List { kind, items } => {
                text.push('\n');
                for (i, item) in items.iter().enumerate() {
                    let sign = match kind {
                        ListKind::Bullets => "-".to_owned(),
                        ListKind::Numbers => format!("{}.", i + 1),
                    };
                    let indent = format!("\\\n{}", " ".repeat(sign.len() + 1));
                    text.push_str(&format!("{sign} {}\n", self.line(item, &indent)));
                }
            }
            Block::Table(table) => self.table(text, at, table),
            Block::Picture(picture) => self.picture(out, at, picture),
            Block::Contents => self.contents(text),
            Block::PageBreak => {}
        }
    }

    fn contents(&self, out: &mut String) {
        out.push('\n');
        for (at, block) in self.report.blocks.iter().enumerate() {
            if let Block::Heading { level, text, .. } = block
                && let level @ 1..=2 = label::level(*level)
            {
                let label = self.labels.at(at);
                let number = if label.number.is_empty() {
                    String::new()
                } else {
                    format!("{} ", label.number)
                };
                let indent = "  ".repeat(usize::from(level) - 1);
                out.push_str(&format!("{indent}- [{number}{}](#{})\n", words(text), label.id));
            }
        }
    }

    fn table(&self, out: &mut String, at: usize, table: &Table) {
        let label = self.labels.at(at);
        let caption = match table.caption.as_str() {
            "" => String::new(),
            caption => format!("**{}: {}**", label.number, words(caption)),
        };
        out.push_str(&format!("\n{}{caption}\n\n|", anchor(&label.id)));
        for column in &table.columns {
            out.push_str(&format!(" {} |", words(&column.heading)));
        }
        out.push_str("\n|");
        for column in &table.columns {
            out.push_str(match column.align {
                Align::Start => " --- |",
                Align::Middle => " :-: |",
                Align::End => " --: |",
            });
        }
        out.push('\n');
        let empty = Vec::new();
        for row in &table.rows {
            out.push('|');
            for i in 0..table.columns.len() {
                let cell = self.line(row.cells.get(i).map_or(&empty, |cell| &cell.0), &el("br").to_html());
                match row.kind {
                    RowKind::Group | RowKind::Total if !cell.is_empty() => out.push_str(&format!(" **{cell}** |")),
                    _ => out.push_str(&format!(" {cell} |")),
                }
            }
            out.push('\n');
        }
    }

    fn picture(&self, out: &mut Markdown, at: usize, picture: &Picture) {
        let label = self.labels.at(at);
        let file = format!("{}-figure-{}.svg", self.stem, out.pictures.len() + 1);
        out.text.push_str(&format!(
            "\n{}![{}](<{}>)\n",
            anchor(&label.id),
            words(picture.description()),
            of_file(&file)
        ));
        if !picture.caption.is_empty() {
            out.text
                .push_str(&format!("\n**{}: {}**\n", label.number, words(&picture.caption)));
        }
        out.pictures.push((file, draw::svg(&picture.scene, picture.theme)));
    }

    fn line(&self, line: &[Inline], line_end: &str) -> String {
        let mut out = String::new();
        for inline in line {
            let (text, lead) = self.labels.resolve(self.report, inline);
            match (inline, lead) {
                (Inline::Break, _) => {
                    out.push_str(line_end);
                    continue;
                }
                (Inline::Code(text), _) => {
                    out.push_str(&code(text));
                    continue;
                }
                _ => {}
            }
            let words = escape(
                &text,
                if out.is_empty() || out.ends_with('\n') {
                    Place::Start
                } else {
                    Place::Within
                },
            );
            match (inline, lead) {
                (_, Lead::Address(address)) => {
                    out.push_str(&link(&words, address));
                }
                (_, Lead::Place(id)) => out.push_str(&format!("[{words}](#{id})")),
                (Inline::Strong(_), _) => out.push_str(&wrapped(&words, "**")),
                (Inline::Emphasis(_), _) => out.push_str(&wrapped(&words, "*")),
                _ => out.push_str(&words),
            }
        }
        out
    }
}

/// Signs around words; those of stress must touch no white space.
fn wrapped(words: &str, sign: &str) -> String {
    let bare = words.trim();
    if bare.is_empty() {
        return words.to_owned();
    }
    let lead = &words[..words.len() - words.trim_start().len()];
    let trail = &words[words.trim_end().len()..];
    format!("{lead}{sign}{bare}{sign}{trail}")
}

/// A place that a link can lead to.
fn anchor(id: &str) -> String {
    el("a").set("id", id).to_html()
}

#[cfg(test)]
mod tests {
    use super::super::model::{Cell, Column};
    use super::*;
    use crate::scene::{Scene, Verdict};

    #[test]
    fn a_report_reads_as_text() {
        let mut report = Report::new("A & B");
        report.push(Block::Paragraph(vec![
            Inline::text("1. see "),
            Inline::Reference("t".to_owned()),
            Inline::Strong(" now ".to_owned()),
            Inline::Code("a`b".to_owned()),
        ]));
        let mut table = Table::new(
            "Costs",
            [Column::new("What", 1.0), Column::new("£", 1.0).align(Align::End)],
        );
        table.anchor = "t".to_owned();
        table.push([Cell::mark(Verdict::Bad, "x | y"), Cell::lines(["1", "2"])]);
        table.push_total([Cell::text("All")]);
        report.push(Block::Table(table));
        report.push(Block::picture(Picture::new(Scene::default(), "The map")));
        let written = write(&report, "case");
        assert_eq!(
            written.text,
            "# A \\& B\n\n1\\. see [Table 1](#t) **now** ``a`b``\n\n<a id=\"t\"></a>**Table 1: Costs**\n\n| What | £ |\n| --- | --: |\n| ■ x \\| y | 1<br>2 |\n| **All** |  |\n\n<a id=\"figure\"></a>![](<case-figure-1.svg>)\n\n**Figure 1: The map**\n"
        );
        assert_eq!(written.pictures.len(), 1);
    }
}
