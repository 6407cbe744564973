//! The text of a document, block by block.

use crate::draw::{self, Fonts, Resolution};
use crate::layout::Turn;
use crate::office::{Package, emu, text};
use crate::scene::{TextDirection, Verdict};
use crate::text::direction;

use super::super::flow::{leads_up, lies_across, stays_whole};
use super::super::label::{self, Labels, Lead};
use super::super::model::{Align, Block, Inline, ListKind, Picture, Report, RowHeads, RowKind, Table};
use super::template::{PageSize, Template};
use super::{Error, parts};

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
    out: String,
    /// Which blocks lie on pages across.
    across: Vec<bool>,
    bookmark: u32,
    drawing: u32,
    lists: usize,
    footer: String,
}

impl<'r> Body<'r> {
    pub fn new(report: &'r Report, template: &'r Template, fonts: &'r Fonts) -> Self {
        Self {
            report,
            template,
            fonts,
            labels: Labels::of(report),
            out: String::new(),
            across: lies_across(report),
            bookmark: 0,
            drawing: 0,
            lists: 0,
            footer: String::new(),
        }
    }

    pub fn numbered_lists(&self) -> usize {
        self.lists
    }

    pub fn finish(self) -> String {
        self.out
    }

    pub fn write(&mut self, package: &mut Package) -> Result<(), Error> {
        self.footer = package.relate("word/document.xml", "footer", "footer1.xml");
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
            .map_or(Turn::Portrait, |last| self.turn(last));
        let section = self.section(last);
        self.out.push_str(&section);
        Ok(())
    }

    fn head(&mut self) {
        let report = self.report;
        let title = self.run(&report.title, "");
        self.paragraph("Title", "", &title, &report.title);
        if !report.subtitle.is_empty() {
            let subtitle = self.run(&report.subtitle, "");
            self.paragraph("Subtitle", "", &subtitle, &report.subtitle);
        }
        for fact in &report.facts {
            let words = format!(
                "{}{}",
                self.run(&format!("{}: ", fact.name), "<w:b/><w:bCs/>"),
                self.run(&fact.value, "")
            );
            self.paragraph("Normal", "<w:spacing w:after=\"40\"/>", &words, &fact.value);
        }
    }

    /// A paragraph of a style, which runs as its words do.
    fn paragraph(&mut self, style: &str, more: &str, runs: &str, words: &str) {
        let id = self.template.id(style);
        let style = if style == "Normal" {
            String::new()
        } else {
            format!("<w:pStyle w:val=\"{id}\"/>")
        };
        let bidi = match direction(words) {
            TextDirection::RightToLeft => "<w:bidi/>",
            TextDirection::LeftToRight => "",
        };
        // The order of the schema: style, keeping, list, direction, spacing, place.
        let (before, after) = split_properties(more);
        self.out
            .push_str(&format!("<w:p><w:pPr>{style}{before}{bidi}{after}</w:pPr>{runs}</w:p>"));
    }

    fn run(&self, words: &str, properties: &str) -> String {
        if words.is_empty() {
            return String::new();
        }
        let rtl = match direction(words) {
            TextDirection::RightToLeft => "<w:rtl/>",
            TextDirection::LeftToRight => "",
        };
        let properties = match (properties, rtl) {
            ("", "") => String::new(),
            (properties, rtl) => format!("<w:rPr>{properties}{rtl}</w:rPr>"),
        };
        format!(
            "<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
            text(words)
        )
    }

    fn block(&mut self, package: &mut Package, at: usize, block: &Block) -> Result<(), Error> {
        match block {
            Block::Heading { level, text: words, .. } => {
                let level = label::level(*level);
                let label = self.labels.at(at);
                let name = bookmark_name(&label.id);
                // A template has numbers of its own, or none.
                let number = if self.template.numbered || label.number.is_empty() {
                    String::new()
                } else {
                    self.run(&format!("{}  ", label.number), "")
                };
                let words_run = self.run(words, "");
                let runs = self.marked(&name, &format!("{number}{words_run}"));
                let broken = at > 0 && self.report.blocks[at - 1] == Block::PageBreak;
                let more = if broken { "<w:pageBreakBefore/>" } else { "" };
                self.paragraph(&format!("heading {level}"), more, &runs, words);
            }
            Block::Paragraph(line) => {
                let runs = self.line(package, line);
                // What leads up to a picture or a table stays with it.
                let stays = leads_up(self.report, at) || (self.across[at] && self.across.get(at + 1) == Some(&true));
                let keep = if stays { "<w:keepNext/>" } else { "" };
                self.paragraph("Normal", keep, &runs, &plain(line));
            }
            Block::Note(line) => {
                let runs = self.line(package, line);
                self.paragraph("Note Box", "", &runs, &plain(line));
            }
            Block::List { kind, items } => {
                let (style, list) = match kind {
                    ListKind::Bullets => ("List Bullet", parts::bullets()),
                    ListKind::Numbers => {
                        self.lists += 1;
                        ("List Number", parts::numbers(self.lists - 1))
                    }
                };
                let more = format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr>");
                for item in items {
                    let runs = self.line(package, item);
                    self.paragraph(style, &more, &runs, &plain(item));
                }
            }
            Block::Table(table) => self.table(package, at, table),
            Block::Picture(picture) => self.picture(package, at, picture)?,
            Block::Contents => self.contents(),
            // A heading after it bears the break itself; before anything else there is an empty paragraph.
            Block::PageBreak => {
                if !matches!(self.report.blocks.get(at + 1), Some(Block::Heading { .. }) | None) {
                    self.out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
                }
            }
        }
        Ok(())
    }

    /// Runs with a bookmark around them.
    fn marked(&mut self, name: &str, runs: &str) -> String {
        let id = self.bookmark;
        self.bookmark += 1;
        format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/>")
    }

    fn line(&mut self, package: &mut Package, line: &[Inline]) -> String {
        let mut out = String::new();
        let styled = |body: &Self, style: &str| format!("<w:rStyle w:val=\"{}\"/>", body.template.id(style));
        for inline in line {
            let (words, lead) = self.labels.resolve(self.report, inline);
            match (inline, lead) {
                (Inline::Break, _) => out.push_str("<w:r><w:br/></w:r>"),
                (_, Lead::Address(address)) => {
                    let id = package.relate_outside("word/document.xml", "hyperlink", address);
                    let run = self.run(&words, &styled(self, "Hyperlink"));
                    out.push_str(&format!("<w:hyperlink r:id=\"{id}\">{run}</w:hyperlink>"));
                }
                (Inline::Reference(_), Lead::Place(id)) => {
                    // A field, so that it counts on when somebody adds a table; headings are referred to by number.
                    let run = self.run(&words, "");
                    let name = bookmark_name(id);
                    if words.starts_with("Table ") || words.starts_with("Figure ") {
                        out.push_str(&format!(
                            "<w:fldSimple w:instr=\" REF {name} \\h \">{run}</w:fldSimple>"
                        ));
                    } else {
                        out.push_str(&format!("<w:hyperlink w:anchor=\"{name}\">{run}</w:hyperlink>"));
                    }
                }
                (_, Lead::Place(id)) => {
                    let run = self.run(&words, &styled(self, "Hyperlink"));
                    out.push_str(&format!(
                        "<w:hyperlink w:anchor=\"{}\">{run}</w:hyperlink>",
                        bookmark_name(id)
                    ));
                }
                (Inline::Strong(_), _) => out.push_str(&self.run(&words, &styled(self, "Strong"))),
                (Inline::Emphasis(_), _) => out.push_str(&self.run(&words, &styled(self, "Emphasis"))),
                (Inline::Code(_), _) => out.push_str(&self.run(&words, &styled(self, "Code Words"))),
                (Inline::Mark(verdict, word), _) => {
                    let colour = match verdict {
                        Verdict::Good => "17703A",
                        Verdict::Doubtful => "8A5A00",
                        Verdict::Bad => "B3261E",
                        Verdict::Open => "4D5A67",
                    };
                    let sign = format!("{} ", Inline::sign(*verdict));
                    out.push_str(&self.run(&sign, &format!("<w:color w:val=\"{colour}\"/>")));
                    out.push_str(&self.run(word, ""));
                }
                _ => out.push_str(&self.run(&words, "")),
            }
        }
        out
    }

    /// `Table 3: words`, whose number is a field and can be referred to.
    fn caption(&mut self, at: usize, words: &str, keep: &str) {
        if words.is_empty() {
            return;
        }
        let label = self.labels.at(at).clone();
        let (word, number) = label.number.split_once(' ').unwrap_or((label.number.as_str(), ""));
        let count = format!(
            "{}<w:fldSimple w:instr=\" SEQ {word} \\* ARABIC \">{}</w:fldSimple>",
            self.run(&format!("{word} "), ""),
            self.run(number, "")
        );
        let marked = self.marked(&bookmark_name(&label.id), &count);
        let runs = format!("{marked}{}", self.run(&format!(": {words}"), ""));
        self.paragraph("caption", keep, &runs, words);
    }

    fn contents(&mut self) {
        let heading = self.run("Contents", "");
        self.paragraph("TOC Heading", "", &heading, "");
        let entries: Vec<(u8, String, String)> = self
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
                    Some((label::level(*level), words, bookmark_name(&label.id)))
                }
                _ => None,
            })
            .collect();
        let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        let count = entries.len();
        for (i, (level, words, name)) in entries.into_iter().enumerate() {
            let mut runs = String::new();
            if i == 0 {
                runs.push_str("<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\z \\u </w:instrText></w:r>");
                runs.push_str(&field("separate"));
            }
            let page = format!(
                "{}<w:r><w:instrText xml:space=\"preserve\"> PAGEREF {name} \\h </w:instrText></w:r>{}<w:r><w:t xml:space=\"preserve\"> </w:t></w:r>{}",
                field("begin"),
                field("separate"),
                field("end")
            );
            runs.push_str(&format!(
                "<w:hyperlink w:anchor=\"{name}\" w:history=\"1\">{}<w:r><w:tab/></w:r>{page}</w:hyperlink>",
                self.run(&words, "")
            ));
            if i + 1 == count {
                runs.push_str(&field("end"));
            }
            self.paragraph(&format!("toc {level}"), "", &runs, &words);
        }
    }

    fn table(&mut self, package: &mut Package, at: usize, table: &Table) {
        self.caption(at, &table.caption, "<w:keepNext/>");
        let width = self.text_width(self.turn(at));
        let shares = table.shares();
        let widths: Vec<u32> = shares.iter().map(|s| (s * f64::from(width)).round() as u32).collect();
        let style = self.template.id("Report Table");
        let grid: String = widths.iter().map(|w| format!("<w:gridCol w:w=\"{w}\"/>")).collect();
        let named = match table.caption.as_str() {
            "" => String::new(),
            caption => format!("<w:tblCaption w:val=\"{}\"/>", text(caption)),
        };
        let first_column = u8::from(table.row_heads != RowHeads::None);
        self.out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0420\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"{first_column}\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/>{named}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            widths.iter().sum::<u32>()
        ));
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            self.out.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"bottom\"/></w:tcPr>"
            ));
            let run = self.run(&column.heading, "<w:b/><w:bCs/>");
            self.paragraph(
                "Table Text",
                &format!("<w:keepNext/>{}", place(column.align)),
                &run,
                &column.heading,
            );
            self.out.push_str("</w:tc>");
        }
        self.out.push_str("</w:tr>");
        let rows = table.rows.len();
        for (i, row) in table.rows.iter().enumerate() {
            // A small table stays whole, the name of a group stays with its rows, and the last row does not go on alone.
            // A cell over several rows shows its words on the first page alone, so its rows stay together.
            let goes_on = i + 1 < rows && table.rows_down(i + 1, 0) == 0;
            let kept = i + 1 < rows && (stays_whole(table) || row.kind == RowKind::Group || i + 2 == rows || goes_on);
            let keep = if kept { "<w:keepNext/>" } else { "" };
            self.row(package, table, i, (&widths, keep));
        }
        // A table must not touch the next one, and the last one of a document needs a paragraph after it.
        self.out.push_str(
            "</w:tbl><w:p><w:pPr><w:spacing w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr></w:p>",
        );
    }

    fn row(&mut self, package: &mut Package, table: &Table, at: usize, (widths, keep): (&[u32], &str)) {
        let row = &table.rows[at];
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        let empty = Vec::new();
        if row.kind == RowKind::Group {
            let span = widths.len();
            self.out.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/><w:gridSpan w:val=\"{span}\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F4F6F8\"/></w:tcPr>",
                widths.iter().sum::<u32>()
            ));
            let words = plain(row.cells.first().map_or(&empty, |cell| &cell.0));
            let run = self.run(&words, "<w:b/><w:bCs/>");
            self.paragraph("Table Text", keep, &run, &words);
            self.out.push_str("</w:tc></w:tr>");
            return;
        }
        for (i, (column, width)) in table.columns.iter().zip(widths).enumerate() {
            let (cell, merged) = match table.rows_down(at, i) {
                0 => (&empty, "<w:vMerge/>"),
                1 => (row.cells.get(i).map_or(&empty, |cell| &cell.0), ""),
                _ => (
                    row.cells.get(i).map_or(&empty, |cell| &cell.0),
                    "<w:vMerge w:val=\"restart\"/>",
                ),
            };
            let line = match row.kind {
                RowKind::Total => {
                    "<w:tcBorders><w:top w:val=\"single\" w:sz=\"12\" w:space=\"0\" w:color=\"17467D\"/></w:tcBorders>"
                }
                _ => "",
            };
            self.out.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{merged}{line}</w:tcPr>"
            ));
            let words = plain(cell);
            let runs = match row.kind {
                RowKind::Total => self.run(&words, "<w:b/><w:bCs/>"),
                _ => self.line(package, cell),
            };
            self.paragraph("Table Text", &format!("{keep}{}", place(column.align)), &runs, &words);
            self.out.push_str("</w:tc>");
        }
        self.out.push_str("</w:tr>");
    }

    fn picture(&mut self, package: &mut Package, at: usize, picture: &Picture) -> Result<(), Error> {
        let scene = &picture.scene;
        let page = self.template.page;
        let turn = self.turn(at);
        let beside = match at.checked_sub(1).map(|before| &self.report.blocks[before]) {
            Some(Block::Paragraph(_) | Block::Note(_)) => BESIDE_PICTURE_AND_TEXT,
            _ => BESIDE_PICTURE,
        };
        let room = (
            f64::from(self.text_width(turn)) / DXA_IN_PX,
            f64::from(text_height(page, turn).saturating_sub(beside)) / DXA_IN_PX,
        );
        let scale = (room.0 / scene.width.max(1.0))
            .min(room.1 / scene.height.max(1.0))
            .min(1.0);
        let (w, h) = (scene.width.max(1.0) * scale, scene.height.max(1.0) * scale);
        // The scene without its paper: it is as large as it is shown here.
        let mut shown = scene.clone();
        shown.paper = None;
        shown.description = picture.description().to_owned();
        let number = self.drawing + 1;
        self.drawing = number;
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
        let (name, words) = (text(&name), text(picture.description()));
        let drawing = format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{cx}\" cy=\"{cy}\"/><wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{words}\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}\" descr=\"{words}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{png_id}\"><a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\"><asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"{svg_id}\"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        );
        let keep = if picture.caption.is_empty() {
            ""
        } else {
            "<w:keepNext/>"
        };
        self.paragraph(
            "Normal",
            &format!("{keep}<w:spacing w:after=\"60\" w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/>"),
            &drawing,
            "",
        );
        self.caption(at, &picture.caption, "");
        Ok(())
    }

    /// Ends what came before; its pages lie across or not.
    fn end_of_section(&mut self, turn: Turn) {
        let section = self.section(turn);
        self.out.push_str(&format!(
            "<w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>{section}</w:pPr></w:p>"
        ));
    }

    fn section(&self, turn: Turn) -> String {
        let page = self.template.page;
        let (w, h, orient) = if turn == Turn::Landscape {
            (page.height, page.width, " w:orient=\"landscape\"")
        } else {
            (page.width, page.height, "")
        };
        let (top, right, bottom, left) = if turn == Turn::Landscape {
            // Turned with the page; the wide side wants its room.
            (
                page.left.min(850),
                page.top.min(850),
                page.right.min(850),
                page.bottom.min(850),
            )
        } else {
            (page.top, page.right, page.bottom, page.left)
        };
        format!(
            "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"{}\"/><w:pgSz w:w=\"{w}\" w:h=\"{h}\"{orient}/><w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"567\" w:footer=\"454\" w:gutter=\"0\"/></w:sectPr>",
            self.footer
        )
    }

    /// Which way the page of the block at that place lies.
    fn turn(&self, at: usize) -> Turn {
        if self.across[at] {
            Turn::Landscape
        } else {
            Turn::Portrait
        }
    }

    /// How wide text is, in dxa.
    fn text_width(&self, turn: Turn) -> u32 {
        let page = self.template.page;
        if turn == Turn::Landscape {
            page.height - page.top.min(850) - page.bottom.min(850)
        } else {
            page.width - page.left - page.right
        }
    }
}

fn text_height(page: PageSize, turn: Turn) -> u32 {
    if turn == Turn::Landscape {
        page.width - page.left.min(850) - page.right.min(850)
    } else {
        page.height - page.top - page.bottom
    }
}

/// The schema wants what keeps paragraphs together and lists before the direction, and spacing and place after it.
fn split_properties(more: &str) -> (&str, &str) {
    let after = ["<w:spacing", "<w:ind", "<w:jc"];
    let at = after
        .iter()
        .filter_map(|tag| more.find(tag))
        .min()
        .unwrap_or(more.len());
    more.split_at(at)
}

fn place(align: Align) -> &'static str {
    match align {
        Align::Start => "",
        Align::Middle => "<w:jc w:val=\"center\"/>",
        Align::End => "<w:jc w:val=\"end\"/>",
    }
}

/// The words of a line alone.
fn plain(line: &[Inline]) -> String {
    let mut out = String::new();
    for inline in line {
        match inline {
            Inline::Text(words) | Inline::Strong(words) | Inline::Emphasis(words) | Inline::Code(words) => {
                out.push_str(words);
            }
            Inline::Link { text, .. } => out.push_str(text),
            Inline::Mark(_, word) => out.push_str(word),
            Inline::Break => out.push(' '),
            Inline::Reference(_) => {}
        }
    }
    out
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
