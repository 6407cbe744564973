//! The parts beside the text: styles, lists, settings, the foot of the page.

use crate::office::{Package, text};

use super::super::model::{Numbering, Report};
use super::template::Template;
use super::{NAMESPACES, kind};

/// The list of dots, and the first of the numbered lists, among the lists of a document without a template.
const BULLETS: u32 = 1;
/// What headings are numbered by.
const HEADINGS: u32 = 2;
/// Lists of a template keep their numbers; ours come after this.
pub(super) const OURS: u32 = 9000;

/// The number of the list of dots.
pub(super) fn bullets() -> u32 {
    OURS + BULLETS
}

/// The number of the n-th numbered list, from 0: each counts from 1.
pub(super) fn numbers(n: usize) -> u32 {
    OURS + 10 + n as u32
}

/// Adds them all; `lists` is how many numbered lists there are.
pub(super) fn add(package: &mut Package, report: &Report, template: &Template, lists: usize) {
    let document = "word/document.xml";
    package.relate(document, "styles", "styles.xml");
    let language = format!(
        "<w:lang w:val=\"{0}\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/>",
        text(&report.language)
    );
    let styles = template.styles.replace(LANGUAGE, &language);
    package.text("word/styles.xml", &kind("styles"), &styles);
    package.relate(document, "numbering", "numbering.xml");
    package.text(
        "word/numbering.xml",
        &kind("numbering"),
        &numbering(template.numbering.as_deref(), lists),
    );
    package.relate(document, "settings", "settings.xml");
    package.text(
        "word/settings.xml",
        &kind("settings"),
        &format!(
            "<w:settings {NAMESPACES}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/><w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
        ),
    );
    for (name, relation, what, bytes) in &template.others {
        package.relate(document, relation, name.trim_start_matches("word/"));
        package.text(name, what, &String::from_utf8_lossy(bytes));
    }
    if template.others.is_empty() {
        // Word wants a theme and a table of faces.
        package.relate(document, "theme", "theme/theme1.xml");
        let theme = "application/vnd.openxmlformats-officedocument.theme+xml";
        package.text("word/theme/theme1.xml", theme, THEME);
        package.relate(document, "fontTable", "fontTable.xml");
        package.text(
            "word/fontTable.xml",
            &kind("fontTable"),
            &format!("<w:fonts {NAMESPACES}><w:font w:name=\"Arial\"><w:family w:val=\"swiss\"/><w:pitch w:val=\"variable\"/></w:font></w:fonts>"),
        );
    }
    let field = |word: &str| format!("<w:fldSimple w:instr=\" {word} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    let footer = template.id("footer");
    package.text(
        "word/footer1.xml",
        &kind("footer"),
        &format!(
            "<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"{footer}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{}  ·  Page </w:t></w:r>{}<w:r><w:t xml:space=\"preserve\"> of </w:t></w:r>{}</w:p></w:ftr>",
            text(&report.title),
            field("PAGE"),
            field("NUMPAGES"),
        ),
    );
}

/// The theme of our own documents, in the colours of the default theme of pictures.
const THEME: &str = "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Benefit map\"><a:themeElements><a:clrScheme name=\"Benefit map\"><a:dk1><a:srgbClr val=\"17212B\"/></a:dk1><a:lt1><a:srgbClr val=\"FFFFFF\"/></a:lt1><a:dk2><a:srgbClr val=\"4D5A67\"/></a:dk2><a:lt2><a:srgbClr val=\"F4F6F8\"/></a:lt2><a:accent1><a:srgbClr val=\"8F690A\"/></a:accent1><a:accent2><a:srgbClr val=\"17467D\"/></a:accent2><a:accent3><a:srgbClr val=\"8044B5\"/></a:accent3><a:accent4><a:srgbClr val=\"1B7471\"/></a:accent4><a:accent5><a:srgbClr val=\"0F3526\"/></a:accent5><a:accent6><a:srgbClr val=\"98211F\"/></a:accent6><a:hlink><a:srgbClr val=\"17467D\"/></a:hlink><a:folHlink><a:srgbClr val=\"8044B5\"/></a:folHlink></a:clrScheme><a:fontScheme name=\"Benefit map\"><a:majorFont><a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:majorFont><a:minorFont><a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:minorFont></a:fontScheme><a:fmtScheme name=\"Benefit map\"><a:fillStyleLst><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:fillStyleLst><a:lnStyleLst><a:ln><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln><a:ln><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln><a:ln><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln></a:lnStyleLst><a:effectStyleLst><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle></a:effectStyleLst><a:bgFillStyleLst><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>";

/// Where the language of a report goes in our own styles.
const LANGUAGE: &str = "<w:lang w:val=\"en\"/>";

/// The lists: those of a template, then ours.
fn numbering(template: Option<&str>, lists: usize) -> String {
    let mut kinds = String::new();
    let level = |n: u32, format: &str, sign: &str, left: u32, hanging: u32, more: &str| {
        format!(
            "<w:lvl w:ilvl=\"{n}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{sign}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" w:hanging=\"{hanging}\"/></w:pPr></w:lvl>"
        )
    };
    let define = |id: u32, kind: &str, levels: &str| {
        format!("<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"{kind}\"/>{levels}</w:abstractNum>")
    };
    kinds.push_str(&define(
        OURS + BULLETS,
        "hybridMultilevel",
        &level(0, "bullet", "•", 357, 357, ""),
    ));
    let headings: String = [("%1", 0), ("%1.%2", 1), ("%1.%2.%3", 2)]
        .iter()
        .map(|(sign, n)| {
            let style = format!("<w:pStyle w:val=\"Heading{}\"/>", n + 1);
            level(
                *n,
                "decimal",
                sign,
                680,
                680,
                if template.is_none() { &style } else { "" },
            )
        })
        .collect();
    kinds.push_str(&define(OURS + HEADINGS, "multilevel", &headings));
    kinds.push_str(&define(
        OURS + 3,
        "hybridMultilevel",
        &level(0, "decimal", "%1.", 357, 357, ""),
    ));
    let mut used = String::new();
    let mut take = |number: u32, kind: u32, more: &str| {
        used.push_str(&format!(
            "<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{kind}\"/>{more}</w:num>"
        ));
    };
    take(OURS + BULLETS, OURS + BULLETS, "");
    take(OURS + HEADINGS, OURS + HEADINGS, "");
    for n in 0..lists {
        let again = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>";
        take(numbers(n), OURS + 3, again);
    }
    match template {
        None => format!("<w:numbering {NAMESPACES}>{kinds}{used}</w:numbering>"),
        Some(xml) => {
            // Kinds of lists stand before lists.
            let end = xml.rfind("</w:numbering>").unwrap_or(xml.len());
            let first = xml.find("<w:num ").unwrap_or(end);
            let last = xml.find("<w:numIdMacAtCleanup").unwrap_or(end).max(first);
            format!("{}{kinds}{}{used}{}", &xml[..first], &xml[first..last], &xml[last..])
        }
    }
}

/// One style: its kind, its name, its id, and what it says.
fn style(out: &mut String, known: &[&str], kind: &str, name: &str, inside: &str) {
    if known.contains(&name.to_lowercase().as_str()) {
        return;
    }
    let id = id_of(name);
    let default = if matches!(name, "Normal" | "Default Paragraph Font" | "Normal Table") && known.is_empty() {
        " w:default=\"1\""
    } else {
        ""
    };
    let custom = if matches!(name, "Report Table" | "Note Box" | "Table Text" | "Code Words") {
        " w:customStyle=\"1\""
    } else {
        ""
    };
    out.push_str(&format!(
        "<w:style w:type=\"{kind}\"{default}{custom} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{inside}</w:style>"
    ));
}

/// `heading 1` is `Heading1`.
fn id_of(name: &str) -> String {
    name.split(' ')
        .map(|word| {
            let mut chars = word.chars();
            chars
                .next()
                .map_or(String::new(), |c| c.to_uppercase().collect::<String>() + chars.as_str())
        })
        .collect()
}

/// The part of styles without those whose names, in lower case, are known.
pub(super) fn styles(known: &[&str], numbering: Numbering) -> String {
    let mut out = format!(
        "<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"Arial\" w:cs=\"Arial\"/><w:color w:val=\"17212B\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>{LANGUAGE}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"140\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
    );
    let mut add = |kind: &str, name: &str, inside: &str| style(&mut out, known, kind, name, inside);
    add("paragraph", "Normal", "<w:qFormat/>");
    add(
        "character",
        "Default Paragraph Font",
        "<w:uiPriority w:val=\"1\"/><w:semiHidden/>",
    );
    add(
        "table",
        "Normal Table",
        "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>",
    );
    let based = "<w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/>";
    add(
        "paragraph",
        "Title",
        &format!(
            "{based}<w:qFormat/><w:pPr><w:spacing w:before=\"480\" w:after=\"120\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"56\"/><w:szCs w:val=\"56\"/></w:rPr>"
        ),
    );
    add(
        "paragraph",
        "Subtitle",
        &format!(
            "{based}<w:qFormat/><w:pPr><w:spacing w:after=\"360\"/></w:pPr><w:rPr><w:color w:val=\"4D5A67\"/><w:sz w:val=\"26\"/><w:szCs w:val=\"26\"/></w:rPr>"
        ),
    );
    for (level, size, before) in [(1u32, 34, 480), (2, 27, 360), (3, 23, 280), (4, 21, 240)] {
        let list = if numbering == Numbering::Decimal && level < 4 {
            format!(
                "<w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"{}\"/></w:numPr>",
                level - 1,
                OURS + HEADINGS
            )
        } else {
            String::new()
        };
        add(
            "paragraph",
            &format!("heading {level}"),
            &format!(
                "{based}<w:uiPriority w:val=\"9\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>{list}<w:spacing w:before=\"{before}\" w:after=\"120\" w:line=\"252\" w:lineRule=\"auto\"/><w:outlineLvl w:val=\"{}\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:color w:val=\"17467D\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>",
                level - 1
            ),
        );
    }
    for (level, left) in [(1, 0), (2, 480)] {
        add(
            "paragraph",
            &format!("toc {level}"),
            &format!(
                "{based}<w:uiPriority w:val=\"39\"/><w:pPr><w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9400\"/></w:tabs><w:spacing w:after=\"20\" w:line=\"252\" w:lineRule=\"auto\"/><w:ind w:left=\"{left}\"/></w:pPr>"
            ),
        );
    }
    add(
        "paragraph",
        "TOC Heading",
        &format!(
            "{based}<w:uiPriority w:val=\"39\"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before=\"360\" w:after=\"120\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:color w:val=\"17467D\"/><w:sz w:val=\"27\"/><w:szCs w:val=\"27\"/></w:rPr>"
        ),
    );
    add(
        "paragraph",
        "caption",
        &format!(
            "{based}<w:uiPriority w:val=\"35\"/><w:qFormat/><w:pPr><w:spacing w:before=\"120\" w:after=\"100\" w:line=\"252\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/></w:rPr>"
        ),
    );
    add(
        "paragraph",
        "List Bullet",
        "<w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"70\"/></w:pPr>",
    );
    add(
        "paragraph",
        "List Number",
        "<w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"70\"/></w:pPr>",
    );
    add(
        "paragraph",
        "Note Box",
        "<w:basedOn w:val=\"Normal\"/><w:pPr><w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"17467D\"/></w:pBdr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F4F6F8\"/><w:spacing w:before=\"120\" w:after=\"200\"/><w:ind w:left=\"200\"/></w:pPr>",
    );
    add(
        "paragraph",
        "Table Text",
        "<w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/></w:rPr>",
    );
    add(
        "paragraph",
        "footer",
        "<w:basedOn w:val=\"Normal\"/><w:uiPriority w:val=\"99\"/><w:pPr><w:spacing w:after=\"0\"/></w:pPr><w:rPr><w:color w:val=\"4D5A67\"/><w:sz w:val=\"16\"/><w:szCs w:val=\"16\"/></w:rPr>",
    );
    add(
        "character",
        "Hyperlink",
        "<w:uiPriority w:val=\"99\"/><w:rPr><w:color w:val=\"17467D\"/><w:u w:val=\"single\"/></w:rPr>",
    );
    add("character", "Strong", "<w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr>");
    add("character", "Emphasis", "<w:qFormat/><w:rPr><w:i/><w:iCs/></w:rPr>");
    add(
        "character",
        "Code Words",
        "<w:rPr><w:rFonts w:ascii=\"Courier New\" w:hAnsi=\"Courier New\" w:cs=\"Courier New\"/></w:rPr>",
    );
    add(
        "table",
        "Report Table",
        "<w:basedOn w:val=\"NormalTable\"/><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"D5DBE1\"/><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"D5DBE1\"/><w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"D5DBE1\"/></w:tblBorders><w:tblCellMar><w:left w:w=\"85\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"0\" w:color=\"17467D\"/></w:tcBorders><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F4F6F8\"/></w:tcPr></w:tblStylePr>",
    );
    out.push_str("</w:styles>");
    out
}
