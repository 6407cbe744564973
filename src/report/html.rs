//! A report as one HTML page that stands alone: no script, nothing loaded from elsewhere, and a style sheet for screen
//! and for A4 paper.

use crate::draw;
use crate::escape::markup::markup;
use crate::scene::Verdict;

use super::flow::{leads_up, lies_across, stays_whole};
use super::label::{self, Labels, Lead};
use super::model::{Align, Block, Inline, ListKind, Picture, Report, Row, RowKind, Table, Width};
use super::sheet_css::CSS;

/// The page, with a final newline.
///
/// It names its language, begins with a link past the head of the page, has one `h1`, headings in order, tables with
/// captions and scopes, and pictures as SVG with a title and a description (WCAG 2.2, 1.1.1, 1.3.1, 2.4.1, 3.1.1).
/// Where the report has no [`Block::Contents`] there is no list of contents.
pub fn write(report: &Report) -> String {
    let page = Page {
        report,
        labels: Labels::of(report),
        across: lies_across(report),
    };
    let mut out = String::new();
    out.push_str("<!doctype html>\n");
    out.push_str(&format!(
        "<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
        markup(&report.language)
    ));
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    if !report.author.is_empty() {
        out.push_str(&format!(
            "<meta name=\"author\" content=\"{}\">\n",
            markup(&report.author)
        ));
    }
    out.push_str(&format!(
        "<title>{}</title>\n<style>\n{CSS}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#text\">Skip to the text</a>\n",
        markup(&report.title)
    ));
    page.head(&mut out);
    out.push_str("<main id=\"text\">\n");
    for (at, block) in report.blocks.iter().enumerate() {
        page.block(&mut out, at, block);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

struct Page<'r> {
    report: &'r Report,
    labels: Labels,
    /// What is printed on pages across.
    across: Vec<bool>,
}

impl Page<'_> {
    fn head(&self, out: &mut String) {
        let report = self.report;
        let across = match self.across.first() {
            Some(true) => " class=\"across\"",
            _ => "",
        };
        out.push_str(&format!(
            "<header{across}>\n<h1 dir=\"auto\">{}</h1>\n",
            markup(&report.title)
        ));
        if !report.subtitle.is_empty() {
            out.push_str(&format!(
                "<p class=\"subtitle\" dir=\"auto\">{}</p>\n",
                markup(&report.subtitle)
            ));
        }
        if !report.facts.is_empty() {
            out.push_str("<dl class=\"facts\">\n");
            for fact in &report.facts {
                out.push_str(&format!(
                    "<dt>{}</dt><dd dir=\"auto\">{}</dd>\n",
                    markup(&fact.name),
                    markup(&fact.value)
                ));
            }
            out.push_str("</dl>\n");
        }
        out.push_str("</header>\n");
    }

    /// Whether a new page begins with the block at that place.
    fn begins_page(&self, at: usize) -> bool {
        at > 0 && self.report.blocks[at - 1] == Block::PageBreak
    }

    /// How the block at that place goes on paper: on a new page, on one across, kept to the table or picture after it.
    /// As an attribute after a blank, `own` first; empty where there is none.
    fn class(&self, at: usize, own: &str) -> String {
        let block = &self.report.blocks[at];
        let all = [
            (!own.is_empty(), own),
            (self.begins_page(at), "break"),
            (self.across[at], "across"),
            (
                matches!(block, Block::Paragraph(_)) && leads_up(self.report, at),
                "leads",
            ),
            (matches!(block, Block::Table(table) if stays_whole(table)), "small"),
        ];
        let classes: Vec<&str> = all.into_iter().filter(|(is, _)| *is).map(|(_, class)| class).collect();
        match classes.as_slice() {
            [] => String::new(),
            classes => format!(" class=\"{}\"", classes.join(" ")),
        }
    }

    fn block(&self, out: &mut String, at: usize, block: &Block) {
        let broken = self.begins_page(at);
        let class = self.class(at, "");
        match block {
            Block::Heading { level, text, .. } => {
                let label = self.labels.at(at);
                let tag = label::level(*level) + 1;
                let number = match label.number.as_str() {
                    "" => String::new(),
                    number => format!("<span class=\"number\">{number}</span>"),
                };
                out.push_str(&format!(
                    "<h{tag} id=\"{}\"{class} dir=\"auto\">{number}{}</h{tag}>\n",
                    label.id,
                    markup(text)
                ));
            }
            Block::Paragraph(line) => {
                out.push_str(&format!("<p{class} dir=\"auto\">{}</p>\n", self.line(line)));
            }
            Block::Note(line) => {
                out.push_str(&format!(
                    "<div class=\"aside{}\" role=\"note\"><p dir=\"auto\">{}</p></div>\n",
                    if broken { " break" } else { "" },
                    self.line(line)
                ));
            }
            Block::List { kind, items } => {
                let tag = match kind {
                    ListKind::Bullets => "ul",
                    ListKind::Numbers => "ol",
                };
                out.push_str(&format!("<{tag}{class}>\n"));
                for item in items {
                    out.push_str(&format!("<li dir=\"auto\">{}</li>\n", self.line(item)));
                }
                out.push_str(&format!("</{tag}>\n"));
            }
            Block::Table(table) => self.table(out, at, table),
            Block::Picture(picture) => self.picture(out, at, picture),
            Block::Contents => self.contents(out),
            Block::PageBreak => {}
        }
    }

    fn contents(&self, out: &mut String) {
        out.push_str("<nav aria-label=\"Contents\">\n<ol>\n");
        let mut depth = 1;
        let mut first = true;
        for (at, block) in self.report.blocks.iter().enumerate() {
            let Block::Heading { level, text, .. } = block else {
                continue;
            };
            let level = label::level(*level);
            if level > 2 {
                continue;
            }
            // A second level without a first before it stands on the first.
            let level = if first { 1 } else { level };
            match (first, level, depth) {
                (true, ..) => {}
                (_, 2, 1) => out.push_str("\n<ol>\n"),
                (_, 1, 2) => out.push_str("</li>\n</ol></li>\n"),
                _ => out.push_str("</li>\n"),
            }
            let label = self.labels.at(at);
            let number = match label.number.as_str() {
                "" => String::new(),
                number => format!("<span class=\"number\">{number}</span>"),
            };
            out.push_str(&format!(
                "<li>{number}<a href=\"#{}\" dir=\"auto\">{}</a>",
                label.id,
                markup(text)
            ));
            (depth, first) = (level, false);
        }
        if !first {
            out.push_str("</li>\n");
        }
        if depth == 2 {
            out.push_str("</ol></li>\n");
        }
        out.push_str("</ol>\n</nav>\n");
    }

    fn table(&self, out: &mut String, at: usize, table: &Table) {
        let label = self.labels.at(at);
        let caption = caption(&label.number, &table.caption);
        // What may be wider than the window can be scrolled by keyboard, and says what it is.
        let name = if caption.is_empty() {
            "Table".to_owned()
        } else {
            caption.clone()
        };
        out.push_str(&format!(
            "<div{} id=\"{}\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\">\n<table>\n",
            self.class(at, "scroll"),
            label.id,
        ));
        if !caption.is_empty() {
            out.push_str(&format!("<caption dir=\"auto\">{caption}</caption>\n"));
        }
        out.push_str("<colgroup>");
        for share in table.shares() {
            out.push_str(&format!("<col style=\"width:{:.1}%\">", share * 100.0));
        }
        out.push_str("</colgroup>\n<thead>\n<tr>");
        for column in &table.columns {
            out.push_str(&format!(
                "<th scope=\"col\"{}>{}</th>",
                place(column.align),
                markup(&column.heading)
            ));
        }
        out.push_str("</tr>\n</thead>\n<tbody>\n");
        for (at, row) in table.rows.iter().enumerate() {
            self.row(out, table, at, row);
        }
        out.push_str("</tbody>\n</table>\n</div>\n");
    }

    fn row(&self, out: &mut String, table: &Table, at: usize, row: &Row) {
        let empty = Vec::new();
        let cell = |i: usize| self.line(row.cells.get(i).map_or(&empty, |cell| &cell.0));
        match row.kind {
            RowKind::Group => {
                let across = table.columns.len();
                out.push_str(&format!(
                    "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"{across}\" dir=\"auto\">{}</th></tr>\n",
                    cell(0)
                ));
                return;
            }
            RowKind::Total => out.push_str("<tr class=\"total\">"),
            RowKind::Body => out.push_str("<tr>"),
        }
        for (i, column) in table.columns.iter().enumerate() {
            let class = place(column.align);
            let span = match table.rows_down(at, i) {
                // One with the cell above it.
                0 => continue,
                1 => String::new(),
                rows => format!(" rowspan=\"{rows}\""),
            };
            let (tag, scope) = match table.is_head(i) {
                true if span.is_empty() => ("th", " scope=\"row\""),
                true => ("th", " scope=\"rowgroup\""),
                false => ("td", ""),
            };
            out.push_str(&format!("<{tag}{scope}{span}{class} dir=\"auto\">{}</{tag}>", cell(i)));
        }
        out.push_str("</tr>\n");
    }

    fn picture(&self, out: &mut String, at: usize, picture: &Picture) {
        let label = self.labels.at(at);
        let mut scene = picture.scene.clone();
        scene.description = picture.description().to_owned();
        let svg = draw::svg_within(&scene, picture.theme, &format!("{}-", label.id));
        let own = match picture.width {
            Width::Landscape => "landscape",
            Width::Text => "",
        };
        let class = self.class(at, own);
        out.push_str(&format!(
            "<figure id=\"{}\"{class}>\n<div class=\"picture\">{}</div>\n",
            label.id,
            svg.trim_end()
        ));
        let caption = caption(&label.number, &picture.caption);
        if !caption.is_empty() {
            out.push_str(&format!("<figcaption dir=\"auto\">{caption}</figcaption>\n"));
        }
        out.push_str("</figure>\n");
    }

    fn line(&self, line: &[Inline]) -> String {
        let mut out = String::new();
        for inline in line {
            let (words, lead) = self.labels.resolve(self.report, inline);
            let words = markup(&words);
            match (inline, lead) {
                (_, Lead::Address(address)) => {
                    out.push_str(&format!("<a href=\"{}\" rel=\"noopener\">{words}</a>", markup(address)));
                }
                (_, Lead::Place(id)) => out.push_str(&format!("<a href=\"#{id}\">{words}</a>")),
                (Inline::Strong(_), _) => out.push_str(&format!("<strong>{words}</strong>")),
                (Inline::Emphasis(_), _) => out.push_str(&format!("<em>{words}</em>")),
                (Inline::Code(_), _) => out.push_str(&format!("<code>{words}</code>")),
                (Inline::Mark(verdict, word), _) => out.push_str(&format!(
                    "<span class=\"{}\" aria-hidden=\"true\">{}</span> {}",
                    verdict_class(*verdict),
                    Inline::sign(*verdict),
                    markup(word)
                )),
                (Inline::Break, _) => out.push_str("<br>"),
                _ => out.push_str(&words),
            }
        }
        out
    }
}

fn caption(number: &str, caption: &str) -> String {
    if caption.is_empty() {
        return String::new();
    }
    format!("{number}: {}", markup(caption))
}

fn place(align: Align) -> &'static str {
    match align {
        Align::Start => "",
        Align::Middle => " class=\"middle\"",
        Align::End => " class=\"end\"",
    }
}

fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Good => "good",
        Verdict::Doubtful => "doubtful",
        Verdict::Bad => "bad",
        Verdict::Open => "open",
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{Cell, Column, Target};
    use super::*;

    #[test]
    fn text_is_data_and_never_markup() {
        let mut report = Report::new("<script>alert(1)</script> & \"co\"");
        report.push(Block::heading(1, "<b>&"));
        report.push(Block::Paragraph(vec![
            Inline::Link {
                text: "here".to_owned(),
                target: Target::Address("javascript:alert(1)".to_owned()),
            },
            Inline::Link {
                text: "there".to_owned(),
                target: Target::Address("https://a.example/?a=\"><script>".to_owned()),
            },
        ]));
        let mut table = Table::new("</caption>", [Column::new("<i>", 1.0)]);
        table.push([Cell::text("</td><script>")]);
        report.push(Block::Table(table));
        let page = write(&report);
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains("javascript"));
        assert!(
            page.contains(
                "<p class=\"leads\" dir=\"auto\">here<a href=\"https://a.example/?a=&quot;&gt;&lt;script&gt;\""
            )
        );
    }

    #[test]
    fn contents_nest_whatever_the_order_of_levels() {
        for levels in [vec![2, 1, 2, 2, 1], vec![1], vec![], vec![1, 2, 2], vec![3, 2, 2, 1]] {
            let mut report = Report::new("r");
            report.push(Block::Contents);
            for level in &levels {
                report.push(Block::heading(*level, "h"));
            }
            let page = write(&report);
            let nav = &page[page.find("<nav").unwrap()..page.find("</nav>").unwrap()];
            for tag in ["li", "ol"] {
                let opened = nav.matches(&format!("<{tag}>")).count();
                assert_eq!(opened, nav.matches(&format!("</{tag}>")).count(), "{levels:?}: {nav}");
            }
        }
    }
}
