//! The text of a document, block by block.

use crate::draw::{self, Fonts, Resolution};
use crate::office::{Package, Side, Which, emu};
use crate::scene::TextDirection;
use crate::scene::theme::DEFAULT;
use crate::text::direction;
use crate::xml::{Content, Element, Nodes, el};

use super::super::flow::{Lie, leads_up, lies, stays_whole};
use super::super::label::{self, Labels, Lead};
use super::super::model::{Block, Inline, ListKind, Picture, Report, RowHeads, RowKind, Table};
use super::super::pdf::page_numbers;
use super::pieces::{About, drawing, field, keep_next, place, plain, run, run_of, width_of, word_width};
use super::template::Template;
use super::{Error, bold, parts, val};

/// Twentieths of a point in a px.
const DXA_IN_PX: f64 = 15.0;
/// Pixels to the inch of the picture that stands in for the SVG.
const DPI: f64 = 200.0;
/// Above and under a picture that has a page for itself there is room for its heading and its caption, in dxa; and for a
/// few lines of text after the heading, where there are any.
const BESIDE_PICTURE: u32 = 1400;
const BESIDE_PICTURE_AND_TEXT: u32 = 2100;

/// A text that is being written.
pub(super) struct Body<'r> {
    report: &'r Report,
    template: &'r Template,
    fonts: &'r Fonts,
    labels: Labels,
    out: Vec<Element>,
    /// How the pages of the blocks lie.
    lies: Vec<Lie>,
    /// The section that the document ends with.
    last: Option<Element>,
    /// Whether a section has been written.
    is_begun: bool,
    bookmark: u32,
    drawing: u32,
    lists: usize,
    /// The headers and footers of every section: which, on which pages, and what the document calls it.
    furniture: Vec<(Side, Which, String)>,
}

impl<'r> Body<'r> {
    pub fn new(report: &'r Report, template: &'r Template, fonts: &'r Fonts) -> Self {
        Self {
            report,
            template,
            fonts,
            labels: Labels::of(report),
            out: Vec::new(),
            lies: lies(report),
            last: None,
            is_begun: false,
            // Those of a template that it goes into come before.
            bookmark: 50_000,
            drawing: 0,
            lists: 0,
            furniture: Vec::new(),
        }
    }

    pub fn numbered_lists(&self) -> usize {
        self.lists
    }

    /// The text, and the section that it ends with.
    pub fn finish(self) -> (Vec<Element>, Option<Element>) {
        (self.out, self.last)
    }

    pub fn write(&mut self, package: &mut Package) -> Result<(), Error> {
        self.furnish(package);
        self.head();
        let blocks = &self.report.blocks;
        for (at, block) in blocks.iter().enumerate() {
            // The head of the document lies as what it begins with.
            let before = self.turn(at.saturating_sub(1));
            if self.turn(at) != before {
                self.end_of_section(before);
            }
            self.block(package, at, block)?;
        }
        let last = blocks
            .len()
            .checked_sub(1)
            .map_or(Lie::Standing, |last| self.turn(last));
        if self.template.around.is_some() {
            // What comes after our text stands upright again.
            if last != Lie::Standing {
                self.end_of_section(last);
            }
            self.last = Some(self.section(Lie::Standing));
            return Ok(());
        }
        let section = self.section(last);
        self.last = Some(section);
        Ok(())
    }

    /// Headers and footers: those of the template, and our own foot where it has none.
    fn furnish(&mut self, package: &mut Package) {
        let of_template = &self.template.furniture.parts;
        for ((side, which), name) in of_template {
            let kind = match side {
                Side::Header => "header",
                Side::Footer => "footer",
            };
            let id = package.relate("word/document.xml", kind, &format!("/{name}"));
            self.furniture.push((*side, *which, id));
        }
        if !self.template.has_footer() {
            let id = package.relate("word/document.xml", "footer", "footer1.xml");
            self.furniture.push((Side::Footer, Which::Default, id));
        }
    }

    fn head(&mut self) {
        let report = self.report;
        let title = self.paragraph("Title", About::default(), run(&report.title), &report.title);
        self.out.push(title);
        if !report.subtitle.is_empty() {
            let subtitle = self.paragraph("Subtitle", About::default(), run(&report.subtitle), &report.subtitle);
            self.out.push(subtitle);
        }
        for fact in &report.facts {
            let words = [run_of(&format!("{}: ", fact.name), bold()), run(&fact.value)];
            let about = About::after(el("w:spacing").set("w:after", 40));
            let fact = self.paragraph("Normal", about, words, &fact.value);
            self.out.push(fact);
        }
    }

    /// A paragraph of a style, which runs as its words do.
    pub(super) fn paragraph(&self, style: &str, about: About, runs: impl Content, words: &str) -> Element {
        let style = (style != "Normal").then(|| val("w:pStyle", self.template.id(style)));
        let bidi = match direction(words) {
            TextDirection::RightToLeft => Some(el("w:bidi")),
            TextDirection::LeftToRight => None,
        };
        // The order of the schema: style, keeping, list, direction, spacing, place.
        let properties = el("w:pPr")
            .add("")
            .add((style, about.keeping))
            .add((bidi, about.spacing));
        el("w:p").add(properties).add(runs)
    }

    /// A run of words in a style of characters.
    fn styled(&self, words: &str, style: &str) -> Option<Element> {
        run_of(words, [val("w:rStyle", self.template.id(style))])
    }

    fn block(&mut self, package: &mut Package, at: usize, block: &Block) -> Result<(), Error> {
        match block {
            Block::Heading { level, text: words, .. } => {
                let level = label::level(*level);
                let label = self.labels.at(at);
                let name = bookmark_name(&label.id);
                // A template has numbers of its own, or none.
                let is_numbered = !self.template.numbered && !label.number.is_empty();
                let number = is_numbered.then(|| run(&format!("{}  ", label.number)));
                let runs = self.marked(&name, (number, run(words)));
                let broken = at > 0 && self.report.blocks[at - 1] == Block::PageBreak;
                let about = About::keeping(broken.then(|| el("w:pageBreakBefore")));
                let paragraph = self.paragraph(&format!("heading {level}"), about, runs, words);
                self.out.push(paragraph);
            }
            Block::Paragraph(line) => {
                let runs = self.line(package, line);
                // What leads up to a picture or a table stays with it.
                let stays = leads_up(self.report, at)
                    || (self.lies[at] != Lie::Standing && self.lies.get(at + 1) == Some(&self.lies[at]));
                let about = About::keeping(stays.then(keep_next));
                let paragraph = self.paragraph("Normal", about, runs, &plain(line));
                self.out.push(paragraph);
            }
            Block::Note(line) => {
                let runs = self.line(package, line);
                let paragraph = self.paragraph("Note Box", About::default(), runs, &plain(line));
                self.out.push(paragraph);
            }
            Block::List { kind, items } => {
                let (style, list) = match kind {
                    ListKind::Bullets => ("List Bullet", parts::bullets()),
                    ListKind::Numbers => {
                        self.lists += 1;
                        ("List Number", parts::numbers(self.lists - 1))
                    }
                };
                for item in items {
                    let runs = self.line(package, item);
                    let list = el("w:numPr").add([val("w:ilvl", 0), val("w:numId", list)]);
                    let paragraph = self.paragraph(style, About::keeping(Some(list)), runs, &plain(item));
                    self.out.push(paragraph);
                }
            }
            Block::Table(table) => self.table(package, at, table),
            Block::Picture(picture) => self.picture(package, at, picture)?,
            Block::Contents => self.contents(),
            // A heading after it bears the break itself; before anything else there is an empty paragraph.
            Block::PageBreak => {
                if !matches!(self.report.blocks.get(at + 1), Some(Block::Heading { .. }) | None) {
                    let page = el("w:br").set("w:type", "page");
                    self.out.push(el("w:p").add(el("w:r").add(page)));
                }
            }
        }
        Ok(())
    }

    /// Runs with a bookmark around them.
    fn marked(&mut self, name: &str, runs: impl Content) -> Nodes {
        let id = self.bookmark;
        self.bookmark += 1;
        let mut out = Nodes::new();
        out.push(el("w:bookmarkStart").set("w:id", id).set("w:name", name));
        out.push(runs);
        out.push(el("w:bookmarkEnd").set("w:id", id));
        out
    }

    fn line(&self, package: &mut Package, line: &[Inline]) -> Nodes {
        let mut out = Nodes::new();
        for inline in line {
            let (words, lead) = self.labels.resolve(self.report, inline);
            match (inline, lead) {
                (Inline::Break, _) => out.push(el("w:r").add(el("w:br"))),
                (_, Lead::Address(address)) => {
                    let id = package.relate_outside("word/document.xml", "hyperlink", address);
                    let run = self.styled(&words, "Hyperlink");
                    out.push(el("w:hyperlink").set("r:id", id).add(run));
                }
                (Inline::Reference(_), Lead::Place(id)) => {
                    // A field, so that it counts on when somebody adds a table; headings are referred to by number.
                    let name = bookmark_name(id);
                    let counts = words.starts_with("Table ") || words.starts_with("Figure ");
                    out.push(match counts {
                        true => field(&format!(" REF {name} \\h "), &words),
                        false => el("w:hyperlink").set("w:anchor", name).add(run(&words)),
                    });
                }
                (_, Lead::Place(id)) => {
                    let run = self.styled(&words, "Hyperlink");
                    out.push(el("w:hyperlink").set("w:anchor", bookmark_name(id)).add(run));
                }
                (Inline::Strong(_), _) => out.push(self.styled(&words, "Strong")),
                (Inline::Emphasis(_), _) => out.push(self.styled(&words, "Emphasis")),
                (Inline::Code(_), _) => out.push(self.styled(&words, "Code Words")),
                (Inline::Mark(verdict, word), _) => {
                    let colour = DEFAULT.verdict(*verdict).trim_start_matches('#').to_uppercase();
                    let sign = format!("{} ", Inline::sign(*verdict));
                    out.push((run_of(&sign, [val("w:color", colour)]), run(word)));
                }
                _ => out.push(run(&words)),
            }
        }
        out
    }

    /// `Table 3: words`, whose number is a field and can be referred to.
    fn caption(&mut self, at: usize, words: &str, keep: Option<Element>) {
        if words.is_empty() {
            return;
        }
        let label = self.labels.at(at).clone();
        let (word, number) = label.number.split_once(' ').unwrap_or((label.number.as_str(), ""));
        let count = (
            run(&format!("{word} ")),
            field(&format!(" SEQ {word} \\* ARABIC "), number),
        );
        let marked = self.marked(&bookmark_name(&label.id), count);
        let runs = (marked, run(&format!(": {words}")));
        let paragraph = self.paragraph("caption", About::keeping(keep), runs, words);
        self.out.push(paragraph);
    }

    fn contents(&mut self) {
        let heading = self.paragraph("TOC Heading", About::default(), run("Contents"), "");
        self.out.push(heading);
        // Until Word has counted them, the pages are those of the PDF: a list without any is of no use in a preview.
        let pages = page_numbers(self.report);
        let entries: Vec<(u8, String, String, String)> = self
            .report
            .blocks
            .iter()
            .enumerate()
            .filter_map(|(at, block)| match block {
                Block::Heading { level, text: words, .. } if label::level(*level) <= 2 => {
                    let label = self.labels.at(at);
                    let words = match label.number.as_str() {
                        "" => words.clone(),
                        number => format!("{number}  {words}"),
                    };
                    let page = pages.get(&at).map_or(" ".to_owned(), usize::to_string);
                    Some((label::level(*level), words, bookmark_name(&label.id), page))
                }
                _ => None,
            })
            .collect();
        let mark = |kind: &str| el("w:r").add(el("w:fldChar").set("w:fldCharType", kind));
        let dirty = el("w:fldChar").set("w:fldCharType", "begin").set("w:dirty", "true");
        let instruction = |words: &str| el("w:r").add(el("w:instrText").set("xml:space", "preserve").add(words));
        let begin = (
            el("w:r").add(dirty),
            instruction(" TOC \\o \"1-2\" \\h \\z \\u "),
            mark("separate"),
        );
        let mut begin = Some(begin);
        let count = entries.len();
        for (i, (level, words, name, number)) in entries.into_iter().enumerate() {
            let page = instruction(&format!(" PAGEREF {name} \\h "));
            let entry = el("w:hyperlink")
                .set("w:anchor", name)
                .set("w:history", 1)
                .add((run(&words), el("w:r").add(el("w:tab"))))
                .add((mark("begin"), page, mark("separate")))
                .add((run(&number), mark("end")));
            let end = (i + 1 == count).then(|| mark("end"));
            let runs = (begin.take(), entry, end);
            let paragraph = self.paragraph(&format!("toc {level}"), About::default(), runs, &words);
            self.out.push(paragraph);
        }
    }

    fn table(&mut self, package: &mut Package, at: usize, table: &Table) {
        self.caption(at, &table.caption, Some(keep_next()));
        let width = self.text_width(self.turn(at));
        let widths = table.widths(f64::from(width), |word, place| {
            word_width(word, place) * self.template.wider
        });
        let widths: Vec<u32> = widths.iter().map(|width| width.round() as u32).collect();
        let caption = Some(&table.caption).filter(|caption| !caption.is_empty());
        let looks = val("w:tblLook", "0420")
            .set("w:firstRow", 1)
            .set("w:lastRow", 0)
            .set("w:firstColumn", u8::from(table.row_heads != RowHeads::None))
            .set("w:lastColumn", 0)
            .set("w:noHBand", 0)
            .set("w:noVBand", 1);
        let about = el("w:tblPr")
            .add(val("w:tblStyle", self.template.id("Report Table")))
            .add(width_of("w:tblW", widths.iter().sum()))
            .add(el("w:tblLayout").set("w:type", "fixed"))
            .add((looks, caption.map(|caption| val("w:tblCaption", caption))));
        let grid = widths.iter().map(|width| el("w:gridCol").set("w:w", *width));
        let heads = table.columns.iter().zip(&widths).map(|(column, width)| {
            let about = About {
                keeping: Some(keep_next()),
                spacing: place(column.align).into_iter().collect(),
            };
            let run = run_of(&column.heading, bold());
            let bottom = val("w:vAlign", "bottom");
            el("w:tc")
                .add(el("w:tcPr").add((width_of("w:tcW", *width), bottom)))
                .add(self.paragraph("Table Text", about, run, &column.heading))
        });
        let mut out = el("w:tbl").add((about, el("w:tblGrid").add_all(grid))).add(
            el("w:tr")
                .add(el("w:trPr").add([el("w:cantSplit"), el("w:tblHeader")]))
                .add_all(heads),
        );
        let rows = table.rows.len();
        for (i, row) in table.rows.iter().enumerate() {
            // A small table stays whole, the name of a group stays with its rows, and the last row does not go on alone.
            // A cell over several rows shows its words on the first page alone, so its rows stay together.
            let goes_on = i + 1 < rows && table.rows_down(i + 1, 0) == 0;
            let kept = i + 1 < rows && (stays_whole(table) || row.kind == RowKind::Group || i + 2 == rows || goes_on);
            out.push(self.row(package, table, i, (&widths, kept.then(keep_next))));
        }
        self.out.push(out);
        // A table must not touch the next one, and the last one of a document needs a paragraph after it.
        let gap = el("w:spacing")
            .set("w:after", 120)
            .set("w:line", 240)
            .set("w:lineRule", "auto");
        self.out.push(el("w:p").add(el("w:pPr").add(gap)));
    }

    fn row(
        &self,
        package: &mut Package,
        table: &Table,
        at: usize,
        (widths, keep): (&[u32], Option<Element>),
    ) -> Element {
        let row = &table.rows[at];
        let out = el("w:tr").add(el("w:trPr").add(el("w:cantSplit")));
        let empty = Vec::new();
        let cell = |width: u32| el("w:tcPr").add(width_of("w:tcW", width));
        if row.kind == RowKind::Group {
            let ground = val("w:shd", "clear").set("w:color", "auto").set("w:fill", "F4F6F8");
            let looks = cell(widths.iter().sum())
                .add(val("w:gridSpan", widths.len()))
                .add(ground);
            let words = plain(row.cells.first().map_or(&empty, |cell| &cell.0));
            let name = self.paragraph("Table Text", About::keeping(keep), run_of(&words, bold()), &words);
            return out.add(el("w:tc").add((looks, name)));
        }
        let cells = table
            .columns
            .iter()
            .zip(widths)
            .enumerate()
            .map(|(i, (column, width))| {
                let own = row.cells.get(i).map_or(&empty, |cell| &cell.0);
                let (words_of, merged) = match table.rows_down(at, i) {
                    0 => (&empty, Some(el("w:vMerge"))),
                    1 => (own, None),
                    _ => (own, Some(val("w:vMerge", "restart"))),
                };
                let is_total = row.kind == RowKind::Total;
                let rule = is_total.then(|| {
                    let top = val("w:top", "single")
                        .set("w:sz", 12)
                        .set("w:space", 0)
                        .set("w:color", "17467D");
                    el("w:tcBorders").add(top)
                });
                let words = plain(words_of);
                let runs = match is_total {
                    true => run_of(&words, bold()).into_iter().collect(),
                    false => self.line(package, words_of),
                };
                let about = About {
                    keeping: keep.clone(),
                    spacing: place(column.align).into_iter().collect(),
                };
                let paragraph = self.paragraph("Table Text", about, runs, &words);
                el("w:tc").add((cell(*width).add((merged, rule)), paragraph))
            });
        out.add_all(cells)
    }

    pub(super) fn push(&mut self, element: Element) {
        self.out.push(element);
    }

    pub(super) fn language(&self) -> &'r str {
        &self.report.language
    }

    /// The number of the next picture or chart.
    pub(super) fn next_drawing(&mut self) -> u32 {
        self.drawing += 1;
        self.drawing
    }

    fn picture(&mut self, package: &mut Package, at: usize, picture: &Picture) -> Result<(), Error> {
        let scene = &picture.scene;
        let turn = self.turn(at);
        if !picture.graphs.is_empty() {
            let width = f64::from(self.text_width(turn)) / DXA_IN_PX;
            self.charts(package, picture, width);
            self.caption(at, &picture.caption, None);
            return Ok(());
        }
        let beside = match at.checked_sub(1).map(|before| &self.report.blocks[before]) {
            Some(Block::Paragraph(_) | Block::Note(_)) => BESIDE_PICTURE_AND_TEXT,
            _ => BESIDE_PICTURE,
        };
        // `as` cuts: whole twentieths of a point.
        let beside = (f64::from(beside) * self.template.enlarged) as u32;
        let room = (
            f64::from(self.text_width(turn)) / DXA_IN_PX,
            f64::from(self.text_height(turn).saturating_sub(beside)) / DXA_IN_PX,
        );
        let scale = (room.0 / scene.width.max(1.0))
            .min(room.1 / scene.height.max(1.0))
            .min(1.0);
        let (w, h) = (scene.width.max(1.0) * scale, scene.height.max(1.0) * scale);
        // The scene without its paper: it is as large as it is shown here.
        let mut shown = scene.clone();
        shown.paper = None;
        shown.description = picture.description().to_owned();
        let number = self.next_drawing();
        let png = draw::png(&shown, picture.theme, self.fonts, Resolution::Scale(scale * DPI / 96.0))?;
        let svg = draw::svg(&shown, picture.theme);
        let (png_name, svg_name) = (format!("media/image{number}.png"), format!("media/image{number}.svg"));
        package.part(&format!("word/{png_name}"), "image/png", png);
        package.part(&format!("word/{svg_name}"), "image/svg+xml", svg.into_bytes());
        let png_id = package.relate("word/document.xml", "image", &png_name);
        let svg_id = package.relate("word/document.xml", "image", &svg_name);
        let (cx, cy) = (emu(w), emu(h));
        let name = match picture.caption.as_str() {
            "" => format!("Picture {number}"),
            caption => caption.to_owned(),
        };
        let drawing = drawing(number, (&name, picture.description()), (cx, cy), (&png_id, &svg_id));
        let has_caption = !picture.caption.is_empty();
        let about = About {
            keeping: has_caption.then(keep_next),
            spacing: vec![
                el("w:spacing")
                    .set("w:after", 60)
                    .set("w:line", 240)
                    .set("w:lineRule", "auto"),
                val("w:jc", "center"),
            ],
        };
        let paragraph = self.paragraph("Normal", about, drawing, "");
        self.out.push(paragraph);
        self.caption(at, &picture.caption, None);
        Ok(())
    }

    /// Ends what came before; its pages lie across or not.
    fn end_of_section(&mut self, turn: Lie) {
        let thin = el("w:spacing")
            .set("w:after", 0)
            .set("w:line", 20)
            .set("w:lineRule", "exact");
        let section = self.section(turn);
        let end = el("w:pPr").add((thin, section));
        self.out.push(el("w:p").add(end));
    }

    fn section(&mut self, turn: Lie) -> Element {
        let page = self.template.page;
        let is_across = turn != Lie::Standing;
        let (w, h) = match turn {
            Lie::Standing => (page.width, page.height),
            Lie::Across => (page.height, page.width),
            Lie::Foldout => (2 * page.width, page.height),
        };
        let [top, right, bottom, left] = self.template.margins(turn);
        let furniture = self.furniture.iter().map(|(side, which, id)| {
            let name = match side {
                Side::Header => "w:headerReference",
                Side::Footer => "w:footerReference",
            };
            el(name).set("w:type", which.word()).set("r:id", id)
        });
        let size = el("w:pgSz")
            .set("w:w", w)
            .set("w:h", h)
            .set("w:orient", is_across.then_some("landscape"));
        let (header, footer) = self.template.furniture.distances;
        let margins = el("w:pgMar")
            .set("w:top", top)
            .set("w:right", right)
            .set("w:bottom", bottom)
            .set("w:left", left)
            .set("w:header", header.unwrap_or(567))
            .set("w:footer", footer.unwrap_or(454))
            .set("w:gutter", 0);
        let has_first_page = self.template.furniture.has_first_page && !self.is_begun;
        self.is_begun = true;
        el("w:sectPr")
            .add_all(furniture)
            .add((size, margins, has_first_page.then(|| el("w:titlePg"))))
    }

    /// Which way the page of the block at that place lies.
    fn turn(&self, at: usize) -> Lie {
        self.lies[at]
    }

    /// How wide text is, in dxa.
    fn text_width(&self, turn: Lie) -> u32 {
        let page = self.template.page;
        let [_, right, _, left] = self.template.margins(turn);
        let whole = match turn {
            Lie::Standing => page.width,
            Lie::Across => page.height,
            Lie::Foldout => 2 * page.width,
        };
        whole - left - right
    }

    /// How high the text of a page is, in dxa.
    fn text_height(&self, turn: Lie) -> u32 {
        let page = self.template.page;
        let [top, _, bottom, _] = self.template.margins(turn);
        let whole = match turn {
            Lie::Standing | Lie::Foldout => page.height,
            Lie::Across => page.width,
        };
        whole - top - bottom
    }
}

/// The name of a bookmark: letters, digits and underscores, 40 at most, and hidden from lists of bookmarks.
fn bookmark_name(id: &str) -> String {
    // Ids are unique; what is cut off is made up for by a sum of it.
    let sum = id
        .bytes()
        .fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let stem: String = id.chars().map(|c| if c == '-' { '_' } else { c }).take(24).collect();
    format!("_{stem}_{sum:08x}")
}
