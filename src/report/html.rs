//! A report as one HTML page that stands alone: no script, nothing loaded from elsewhere, and a style sheet for screen
//! and for A4 paper.

use crate::draw;
use crate::map::{LANGUAGE, Language};
use crate::xml::{Element, Nodes, el};

use super::flow::{Lie, leads_up, lies, stays_whole};
use super::label::{self, Labels, Lead};
use super::model::{Align, Block, Inline, ListKind, Picture, Report, Row, RowKind, Table, Width};
use super::sheet_css;

/// The page, with a final newline.
///
/// It names its language, begins with a link past the head of the page, has one `h1`, headings in order, tables with
/// captions and scopes, and pictures as SVG with a title and a description (WCAG 2.2, 1.1.1, 1.3.1, 2.4.1, 3.1.1).
/// Where the report has no [`Block::Contents`] there is no list of contents.
pub fn write(report: &Report) -> String {
    let page = Page {
        report,
        labels: Labels::of(report),
        lies: lies(report),
    };
    let author = Some(&report.author).filter(|author| !author.is_empty());
    let head = el("head")
        .line(el("meta").set("charset", "utf-8"))
        .line(meta("viewport", "width=device-width, initial-scale=1"))
        .lines(author.map(|author| meta("author", author)))
        .line(el("title").add(&report.title))
        .line(el("style").add("\n").add(sheet_css::css()));
    let skip = el("a")
        .set("class", "skip")
        .set("href", "#text")
        .set("lang", ours(report))
        .add("Skip to the text");
    let blocks = report.blocks.iter().enumerate();
    let main = el("main")
        .set("id", "text")
        .add("\n")
        .lines(blocks.filter_map(|(at, block)| page.block(at, block)));
    el("html")
        .set("lang", &report.language)
        .line(head)
        .line(el("body").line(skip).line(page.head()).line(main))
        .to_page()
}

/// The language of our own words, for the elements that hold nothing else; `None` where the page is in English throughout (WCAG 2.2,
/// 3.1.2).
fn ours(report: &Report) -> Option<&'static str> {
    let is_english = Language::new(&report.language).is_ok_and(|language| language.is_english());
    (!is_english).then_some(LANGUAGE)
}

/// What a page says of itself.
pub(super) fn meta(name: &str, content: &str) -> Element {
    el("meta").set("name", name).set("content", content)
}

/// The class of what is printed on a page that lies so; `None` for one that stands.
fn page_class(lie: Lie) -> Option<&'static str> {
    match lie {
        Lie::Standing => None,
        Lie::Across => Some("across"),
        Lie::Foldout => Some("foldout"),
    }
}

struct Page<'r> {
    report: &'r Report,
    labels: Labels,
    /// How the pages lie that the blocks are printed on.
    lies: Vec<Lie>,
}

impl Page<'_> {
    fn head(&self) -> Element {
        let report = self.report;
        let first = self.lies.first().copied().unwrap_or(Lie::Standing);
        let mut out = el("header")
            .set("class", page_class(first))
            .line(el("h1").set("dir", "auto").add(&report.title));
        if !report.subtitle.is_empty() {
            let subtitle = el("p").set("class", "subtitle").set("dir", "auto");
            out.push_line(subtitle.add(&report.subtitle));
        }
        if !report.facts.is_empty() {
            let facts = report.facts.iter().map(|fact| {
                let value = el("dd").set("dir", "auto").add(&fact.value);
                (el("dt").set("lang", ours(report)).add(&fact.name), value)
            });
            out.push_line(el("dl").set("class", "facts").lines(facts));
        }
        out
    }

    /// Whether a new page begins with the block at that place.
    fn begins_page(&self, at: usize) -> bool {
        at > 0 && self.report.blocks[at - 1] == Block::PageBreak
    }

    /// How the block at that place goes on paper: on a new page, on one across, kept to the table or picture after it.
    /// The classes, `own` first; `None` where there are none.
    fn class(&self, at: usize, own: &str) -> Option<String> {
        let block = &self.report.blocks[at];
        let all = [
            (!own.is_empty(), own),
            (self.begins_page(at), "break"),
            (
                self.lies[at] != Lie::Standing,
                page_class(self.lies[at]).unwrap_or_default(),
            ),
            (
                matches!(block, Block::Paragraph(_)) && leads_up(self.report, at),
                "leads",
            ),
            (matches!(block, Block::Table(table) if stays_whole(table)), "small"),
        ];
        let classes: Vec<&str> = all.into_iter().filter(|(is, _)| *is).map(|(_, class)| class).collect();
        (!classes.is_empty()).then(|| classes.join(" "))
    }

    fn block(&self, at: usize, block: &Block) -> Option<Element> {
        let class = self.class(at, "");
        Some(match block {
            Block::Heading { level, text, .. } => {
                let label = self.labels.at(at);
                // The title of the report is the only `h1`.
                let names = ["h2", "h3", "h4", "h5"];
                let level = usize::from(label::level(*level)) - 1;
                el(names[level.min(names.len() - 1)])
                    .set("id", &label.id)
                    .set("class", class)
                    .set("dir", "auto")
                    .add(number(&label.number))
                    .add(text)
            }
            Block::Paragraph(line) => el("p").set("class", class).set("dir", "auto").add(self.line(line)),
            Block::Note(line) => {
                let class = if self.begins_page(at) { "aside break" } else { "aside" };
                el("div")
                    .set("class", class)
                    .set("role", "note")
                    .add(el("p").set("dir", "auto").add(self.line(line)))
            }
            Block::List { kind, items } => {
                let name = match kind {
                    ListKind::Bullets => "ul",
                    ListKind::Numbers => "ol",
                };
                let items = items
                    .iter()
                    .map(|item| el("li").set("dir", "auto").add(self.line(item)));
                el(name).set("class", class).add("\n").lines(items)
            }
            Block::Table(table) => self.table(at, table),
            Block::Picture(picture) => self.picture(at, picture),
            Block::Contents => self.contents(),
            Block::PageBreak => return None,
        })
    }

    fn contents(&self) -> Element {
        // Headings of the first level, each with those of the second under it.
        let mut entries: Vec<(Element, Vec<Element>)> = Vec::new();
        for (at, block) in self.report.blocks.iter().enumerate() {
            let Block::Heading { level, text, .. } = block else {
                continue;
            };
            let label = self.labels.at(at);
            let link = el("a")
                .set("href", format!("#{}", label.id))
                .set("dir", "auto")
                .add(text);
            let entry = el("li").add(number(&label.number)).add(link);
            match (label::level(*level), entries.last_mut()) {
                (2, Some((_, under))) => under.push(entry),
                // A second level without a first before it stands on the first.
                (1 | 2, _) => entries.push((entry, Vec::new())),
                _ => {}
            }
        }
        let entries = entries.into_iter().map(|(entry, under)| match under.is_empty() {
            true => entry,
            false => entry.add("\n").add(el("ol").lines(under)),
        });
        el("nav")
            .set("aria-label", "Contents")
            .line(el("ol").add("\n").lines(entries))
    }

    fn table(&self, at: usize, table: &Table) -> Element {
        let label = self.labels.at(at);
        let caption = caption(&label.number, &table.caption);
        let shares = table.shares().into_iter();
        let widths = shares.map(|share| el("col").set("style", format!("width:{:.1}%", share * 100.0)));
        let headings = table.columns.iter().map(|column| {
            el("th")
                .set("scope", "col")
                .set("class", place(column.align))
                .set("lang", ours(self.report))
                .add(&column.heading)
        });
        let rows = table.rows.iter().enumerate();
        let inside = el("table")
            .lines(
                caption
                    .as_ref()
                    .map(|caption| el("caption").set("dir", "auto").add(caption)),
            )
            .line(el("colgroup").add_all(widths))
            .line(el("thead").line(el("tr").add_all(headings)))
            .line(
                el("tbody")
                    .add("\n")
                    .lines(rows.map(|(at, row)| self.row(table, at, row))),
            );
        // What may be wider than the window can be scrolled by keyboard, and says what it is.
        el("div")
            .set("class", self.class(at, "scroll"))
            .set("id", &label.id)
            .set("role", "region")
            .set("tabindex", "0")
            .set("aria-label", caption.as_deref().unwrap_or("Table"))
            .line(inside)
    }

    fn row(&self, table: &Table, at: usize, row: &Row) -> Element {
        let cell = |i: usize| row.cells.get(i).map(|cell| self.line(&cell.0));
        let class = match row.kind {
            RowKind::Group => {
                let name = el("th")
                    .set("scope", "rowgroup")
                    .set("colspan", table.columns.len())
                    .set("dir", "auto");
                return el("tr").set("class", "group").add(name.add(cell(0)));
            }
            RowKind::Total => Some("total"),
            RowKind::Body => None,
        };
        let cells = table.columns.iter().enumerate().filter_map(|(i, column)| {
            let rows = match table.rows_down(at, i) {
                // One with the cell above it.
                0 => return None,
                1 => None,
                rows => Some(rows),
            };
            let (name, scope) = match (table.is_head(i), rows) {
                (true, None) => ("th", Some("row")),
                (true, Some(_)) => ("th", Some("rowgroup")),
                (false, _) => ("td", None),
            };
            let out = el(name)
                .set("scope", scope)
                .set("rowspan", rows)
                .set("class", place(column.align))
                .set("dir", "auto");
            Some(out.add(cell(i)))
        });
        el("tr").set("class", class).add_all(cells)
    }

    fn picture(&self, at: usize, picture: &Picture) -> Element {
        let label = self.labels.at(at);
        let mut scene = picture.scene.clone();
        scene.description = picture.description().to_owned();
        let own = match picture.width {
            Width::Landscape | Width::Foldout => "landscape",
            Width::Text => "",
        };
        let drawn = draw::picture(&scene, picture.theme, &format!("{}-", label.id));
        let caption = caption(&label.number, &picture.caption);
        el("figure")
            .set("id", &label.id)
            .set("class", self.class(at, own))
            .line(el("div").set("class", "picture").add(drawn))
            .lines(caption.map(|caption| el("figcaption").set("dir", "auto").add(caption)))
    }

    fn line(&self, line: &[Inline]) -> Nodes {
        let mut out = Nodes::new();
        for inline in line {
            let (words, lead) = self.labels.resolve(self.report, inline);
            match (inline, lead) {
                (_, Lead::Address(address)) => {
                    out.push(el("a").set("href", address).set("rel", "noopener").add(words));
                }
                (_, Lead::Place(id)) => out.push(el("a").set("href", format!("#{id}")).add(words)),
                (Inline::Strong(_), _) => out.push(el("strong").add(words)),
                (Inline::Emphasis(_), _) => out.push(el("em").add(words)),
                (Inline::Code(_), _) => out.push(el("code").add(words)),
                (Inline::Mark(verdict, word), _) => {
                    let sign = el("span")
                        .set("class", sheet_css::class(*verdict))
                        .set("aria-hidden", "true")
                        .add(Inline::sign(*verdict));
                    match ours(self.report) {
                        None => out.push((sign, " ", word)),
                        ours => out.push((sign, " ", el("span").set("lang", ours).add(word))),
                    }
                }
                (Inline::Break, _) => out.push(el("br")),
                _ => out.push(words),
            }
        }
        out
    }
}

/// The number of a heading; nothing where it has none.
fn number(number: &str) -> Option<Element> {
    (!number.is_empty()).then(|| el("span").set("class", "number").add(number))
}

fn caption(number: &str, caption: &str) -> Option<String> {
    (!caption.is_empty()).then(|| format!("{number}: {caption}"))
}

fn place(align: Align) -> Option<&'static str> {
    match align {
        Align::Start => None,
        Align::Middle => Some("middle"),
        Align::End => Some("end"),
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
