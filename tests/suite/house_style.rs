//! Word documents in the style of a house: what its template has around the text is kept, and what could do harm is not.

use std::io::Write;

use benefit_map::report::{Block, Report, docx};

use crate::support::archive::{check_package, part};
use crate::support::example::fonts;
use crate::support::foreign::{converted, there, words_of_pdf};
use crate::support::hostile::everything;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STYLES: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"28\"/></w:rPr></w:rPrDefault></w:docDefaults>\
    <w:style w:type=\"table\" w:styleId=\"HouseGrid\" w:customStyle=\"1\"><w:name w:val=\"House Grid\"/></w:style>";
const SECTION: &str = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId7\"/><w:headerReference w:type=\"first\" r:id=\"rId8\"/>\
    <w:footerReference w:type=\"default\" r:id=\"rId9\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
    <w:pgMar w:top=\"2000\" w:right=\"1300\" w:bottom=\"1900\" w:left=\"1301\" w:header=\"333\" w:footer=\"444\" w:gutter=\"0\"/><w:titlePg/></w:sectPr>";
/// The smallest picture there is.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 4, 0, 0, 0,
    0xb5, 0x1c, 0x0c, 0x02, 0, 0, 0, 11, b'I', b'D', b'A', b'T', 0x78, 0xda, 0x63, 0x64, 0x60, 0, 0, 0, 6, 0, 2, 0x30,
    0x81, 0xd0, 0x2f, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

fn logo(id: &str) -> String {
    format!(
        "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"900000\" cy=\"300000\"/><wp:docPr id=\"1\" name=\"logo\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"0\" name=\"logo\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{id}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"900000\" cy=\"300000\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
}

fn words(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn relations(all: &[(&str, &str, &str, bool)]) -> String {
    let one = |(id, kind, target, outside): &(&str, &str, &str, bool)| {
        let mode = if *outside { " TargetMode=\"External\"" } else { "" };
        format!("<Relationship Id=\"{id}\" Type=\"{KINDS}/{kind}\" Target=\"{target}\"{mode}/>")
    };
    let all: String = all.iter().map(one).collect();
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
    )
}

/// A template with that text in its body: logo and marking at the head, a first page of its own, a foot, larger type.
fn template(body: &str, header: &str) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    };
    let kind = |word: &str| format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{word}+xml");
    let types: String = ["header1", "header2", "footer1"]
        .iter()
        .map(|name| {
            format!(
                "<Override PartName=\"/word/{name}.xml\" ContentType=\"{}\"/>",
                kind(&name[..6])
            )
        })
        .collect();
    put(
        "[Content_Types].xml",
        format!("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"jpg\" ContentType=\"image/jpeg\"/><Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>{types}</Types>").as_bytes(),
    );
    put(
        "word/document.xml",
        format!("<w:document {W}><w:body>{body}{SECTION}</w:body></w:document>").as_bytes(),
    );
    put(
        "word/_rels/document.xml.rels",
        relations(&[
            ("rId1", "image", "media/plan.png", false),
            ("rId2", "hyperlink", "javascript:alert(1)", true),
            ("rId3", "hyperlink", "https://wexbridge.example/plan", true),
            ("rId4", "image", "https://spy.example/pixel.png", true),
            ("rId5", "vbaProject", "vbaProject.bin", false),
            ("rId7", "header", "header1.xml", false),
            ("rId8", "header", "header2.xml", false),
            ("rId9", "footer", "footer1.xml", false),
        ])
        .as_bytes(),
    );
    put(
        "word/styles.xml",
        format!("<w:styles {W}>{STYLES}</w:styles>").as_bytes(),
    );
    put(
        "word/settings.xml",
        format!("<w:settings {W}><w:evenAndOddHeaders/></w:settings>").as_bytes(),
    );
    put("word/header1.xml", header.as_bytes());
    put(
        "word/_rels/header1.xml.rels",
        relations(&[
            ("rId1", "image", "media/logo.png", false),
            ("rId2", "image", "http://spy.example/pixel.png", true),
        ])
        .as_bytes(),
    );
    put(
        "word/header2.xml",
        format!("<w:hdr {W}>{}</w:hdr>", words("FIRST PAGE")).as_bytes(),
    );
    put(
        "word/footer1.xml",
        format!("<w:ftr {W}>{}</w:ftr>", words("Civic Centre")).as_bytes(),
    );
    for picture in ["word/media/logo.png", "word/media/plan.png"] {
        put(picture, PNG);
    }
    put("word/vbaProject.bin", b"macros");
    out.finish().unwrap().into_inner()
}

fn header() -> String {
    format!(
        "<w:hdr {W}>{}{}{}</w:hdr>",
        logo("rId1"),
        logo("rId2"),
        words("OFFICIAL")
    )
}

fn names(bytes: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    archive.file_names().map(|name| name.unwrap().into_owned()).collect()
}

#[test]
fn headers_logo_marking_first_page_margins_and_tables_are_those_of_the_house() {
    let template = docx::Template::read(&template(&words("Only to show the styles"), &header())).unwrap();
    let bytes = docx::write(&everything(), &fonts(), Some(&template)).unwrap();
    assert_eq!(docx::write(&everything(), &fonts(), Some(&template)).unwrap(), bytes);
    check_package(&bytes);
    let document = part(&bytes, "word/document.xml");
    let sections = document.matches("<w:sectPr").count();
    assert!(sections > 1, "pages lie both ways");
    assert_eq!(document.matches("<w:headerReference").count(), 2 * sections);
    assert_eq!(document.matches("<w:footerReference").count(), sections);
    assert_eq!(document.matches("<w:titlePg/>").count(), 1, "one first page");
    assert!(document.find("<w:titlePg/>").unwrap() < document.find("</w:sectPr>").unwrap());
    // Every page leaves the head and the foot their room.
    assert_eq!(document.matches("w:top=\"2000\"").count(), sections);
    assert_eq!(document.matches("w:header=\"333\" w:footer=\"444\"").count(), sections);
    assert!(document.contains("w:val=\"HouseGrid\"") && !document.contains("w:val=\"ReportTable\""));
    assert!(!document.contains("Only to show the styles"));
    assert!(part(&bytes, "word/settings.xml").contains("<w:evenAndOddHeaders/>"));
    assert!(part(&bytes, "house/word/header1.xml").contains("OFFICIAL"));
    assert!(part(&bytes, "house/word/header2.xml").contains("FIRST PAGE"));
    assert!(part(&bytes, "house/word/footer1.xml").contains("Civic Centre"));
    let names = names(&bytes);
    assert!(names.contains(&"house/word/media/logo.png".to_owned()));
    assert!(
        !names
            .iter()
            .any(|name| name.contains("vba") || name.contains("plan") || name == "word/footer1.xml")
    );
    // Nobody learns who opens the document.
    let references = part(&bytes, "house/word/_rels/header1.xml.rels");
    assert!(
        !references.contains("spy.example") && references.contains("/house/blank.png"),
        "{references}"
    );
    if there("soffice") && there("pdftotext") {
        let words = words_of_pdf(&converted("house.docx", &bytes));
        assert!(words.contains("FIRSTPAGE") && words.contains("OFFICIAL") && words.contains("CivicCentre"));
    }
}

#[test]
fn text_goes_where_the_template_says_and_what_is_around_it_stays() {
    let link = |id: &str| format!("<w:p><w:hyperlink r:id=\"{id}\"><w:r><w:t>see</w:t></w:r></w:hyperlink></w:p>");
    let before = format!(
        "{}{}{}{}{}",
        words("Document control"),
        logo("rId1"),
        link("rId2"),
        link("rId3"),
        logo("rId4")
    );
    for place in [
        words("{{benefit-map}}"),
        words(" {{Benefit-Map}} "),
        "<w:p><w:r><w:t>{{bene</w:t></w:r><w:r><w:t>fit-map}}</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:bookmarkStart w:id=\"0\" w:name=\"benefit_map\"/><w:bookmarkEnd w:id=\"0\"/></w:p>".to_owned(),
    ] {
        let body = format!("{before}{place}{}", words("Annex of the house"));
        let template = docx::Template::read(&template(&body, &header())).unwrap();
        let bytes = docx::write(&everything(), &fonts(), Some(&template)).unwrap();
        check_package(&bytes);
        let document = part(&bytes, "word/document.xml");
        let at = |words: &str| document.find(words).unwrap_or_else(|| panic!("{words} is not there"));
        assert!(at("Document control") < at("w:val=\"Title\"") && at("w:val=\"Title\"") < at("Annex of the house"));
        assert!(!document.to_lowercase().contains("{{bene"), "{place}");
        assert!(document.trim_end().ends_with("</w:sectPr></w:body></w:document>"));
        // What comes after stands upright, whatever the report ends with.
        assert!(
            !document
                .rsplit_once("Annex of the house")
                .unwrap()
                .1
                .contains("landscape")
        );
        // Each name that the text uses leads somewhere.
        let references = part(&bytes, "word/_rels/document.xml.rels");
        for used in document.split("r:embed=\"").chain(document.split("r:id=\"")).skip(1) {
            let Some((id, _)) = used.split_once('"').filter(|(id, _)| id.starts_with("rId")) else {
                continue;
            };
            assert_eq!(references.matches(&format!("Id=\"{id}\"")).count(), 1, "{id}");
        }
        assert!(references.contains("house/word/media/plan.png") && references.contains("wexbridge.example"));
        assert!(
            !references.contains("javascript") && !references.contains("spy.example"),
            "{references}"
        );
        assert!(!names(&bytes).iter().any(|name| name.contains("vba")));
    }
}

#[test]
fn a_template_without_headers_has_our_foot_and_one_that_could_grow_is_refused() {
    let mut report = Report::new("Short");
    report.push(Block::text("A sentence."));
    let bare = {
        let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in [
            ("word/document.xml", format!("<w:document {W}><w:body/></w:document>")),
            ("word/styles.xml", format!("<w:styles {W}/>")),
        ] {
            out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            out.write_all(text.as_bytes()).unwrap();
        }
        out.finish().unwrap().into_inner()
    };
    let template_of = docx::Template::read(&bare).unwrap();
    let bytes = docx::write(&report, &fonts(), Some(&template_of)).unwrap();
    check_package(&bytes);
    assert!(part(&bytes, "word/footer1.xml").contains("Short"));
    let grows = format!("<!DOCTYPE a [<!ENTITY b \"bb\">]><w:hdr {W}>&b;</w:hdr>");
    let error = docx::Template::read(&template(&words("x"), &grows)).unwrap_err();
    assert!(error.to_string().contains("word/header1.xml"), "{error}");
    assert!(error.to_string().contains("document type"), "{error}");
}
